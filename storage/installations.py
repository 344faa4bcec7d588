"""Which workspaces have installed lifbot, with their tokens sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from lifbot.model import Installation
from storage.asked import seen_before
from storage.seal import Seal, Unreadable

STATE_SECONDS = 600  # between opening /slack/install and coming back from Slack


def save(session: Session, seal: Seal, team: str, token: str, bot_user: str | None, now: datetime) -> None:
    """Keep a workspace's token; a new installation takes an earlier one's place."""
    bundle = seal.lock(json.dumps({"team": team, "token": token}))
    session.merge(Installation(team=team, bundle=bundle, bot_user=bot_user, installed_at=now, revoked_at=None))


def token(row: Installation, seal: Seal) -> str:
    """Return an installation's token; Unreadable if no key opens it, or if it is another workspace's."""
    held: dict[str, Any] = json.loads(seal.unlock(row.bundle))
    if held["team"] != row.team:
        raise Unreadable
    return str(held["token"])


def find(session: Session, team: str | None) -> Installation | None:
    """Return a workspace's installation, unless it was revoked; for None, the only one that there is."""
    query = select(Installation).where(col(Installation.revoked_at).is_(None))
    if team is not None:
        query = query.where(Installation.team == team)
    found = session.exec(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def are_several(session: Session) -> bool:
    """Say whether more than one workspace has lifbot installed by OAuth."""
    here = select(Installation.team).where(col(Installation.revoked_at).is_(None)).limit(2)
    return len(session.exec(here).all()) > 1


def revoke(session: Session, team: str, at: datetime) -> None:
    """Forget a workspace's token, unless lifbot was installed there again since: Slack's news may come late."""
    gone = (col(Installation.team) == team, col(Installation.installed_at) < at + timedelta(seconds=1))
    session.execute(update(Installation).where(*gone).values(bundle="", revoked_at=at))


def every(session: Session) -> Sequence[Installation]:
    """Return all installations, revoked ones among them, by workspace."""
    return session.exec(select(Installation).order_by(col(Installation.team))).all()


def seal_anew(session: Session, seal: Seal) -> None:
    """Seal with the first key what an older one sealed, so that the older one can be taken away."""
    for row in every(session):
        if row.bundle and not seal.is_first(row.bundle):
            try:
                row.bundle = seal.lock(seal.unlock(row.bundle))
            except Unreadable:  # `bot.py check` names it
                continue
            session.add(row)


def consume(session: Session, seal: Seal, state: str, now: datetime) -> bool:
    """Take a state that was issued here within ten minutes; False for any other, and the second time."""
    if not seal.is_fresh(state, now, STATE_SECONDS):
        return False
    once = f"install:{hashlib.sha256(state.encode()).hexdigest()}"
    return not seen_before(session, once, now)
