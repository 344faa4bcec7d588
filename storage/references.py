"""The conversations in Teams that lifbot is in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from lifbot.model import TeamsReference


def keep(session: Session, values: dict[str, Any], now: datetime) -> bool:
    """Keep or refresh a conversation; True if it is new. What is not known this time stays as it was."""
    known = session.get(TeamsReference, (values["tenant"], values["conversation"]))
    row = known or TeamsReference(**values, refreshed_at=now)
    for name, value in values.items():
        setattr(row, name, value or getattr(row, name))
    row.refreshed_at = now
    session.add(row)
    return known is None


def personal(session: Session, tenant: str, who: str) -> TeamsReference | None:
    """Return somebody's personal chat, the one spoken in last."""
    mine = (TeamsReference.tenant == tenant, TeamsReference.who == who, col(TeamsReference.channel).is_(None))
    return _newest(session, *mine)


def channel(session: Session, tenant: str, channel: str) -> TeamsReference | None:
    """Return a channel or group chat."""
    return _newest(session, TeamsReference.tenant == tenant, TeamsReference.channel == channel)


def newest(session: Session, tenant: str) -> TeamsReference | None:
    """Return the tenant's conversation that was spoken in last: its address serves for new ones."""
    return _newest(session, TeamsReference.tenant == tenant)


def places(session: Session) -> tuple[set[str], set[str]]:
    """Return whose personal chats are known, and which channels and group chats."""
    rows = session.exec(select(TeamsReference)).all()
    return {row.who for row in rows if row.who and not row.channel}, {row.channel for row in rows if row.channel}


def forget(session: Session, tenant: str, conversation: str) -> None:
    """Drop a conversation that lifbot was removed from."""
    row = session.get(TeamsReference, (tenant, conversation))
    if row:
        session.delete(row)


def _newest(session: Session, *where: Any) -> TeamsReference | None:
    return session.exec(select(TeamsReference).where(*where).order_by(col(TeamsReference.refreshed_at).desc())).first()
