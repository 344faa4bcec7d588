"""What the sweep looks at: the rows whose moment has come, by an index, so cost follows what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, union_all, update
from sqlmodel import Session, col, select

from lifbot.model import Escalation, Group, Item, Outbox, Partnership
from storage.people import without_file
from storage.scope import Scope


def partnerships(session: Session) -> Sequence[Partnership]:
    """Return every partnership there is."""
    return session.exec(select(Partnership).options(without_file()).order_by(Partnership.id)).all()


def items(scope: Scope) -> Sequence[Item]:
    """Return the items to look at now."""
    return scope.all(Item, col(Item.look_again_at) <= scope.now, order=(col(Item.due_on), col(Item.id)))


def groups(scope: Scope) -> Sequence[Group]:
    """Return the groups whose agenda or digest may be due; a new one is looked at at once."""
    due = col(Group.look_again_at).is_(None) | (col(Group.look_again_at) <= scope.now)
    return scope.all(Group, due, order=Group.id)


def escalations(scope: Scope) -> Sequence[Escalation]:
    """Return the escalations without an answer that the business unit is to hear of."""
    return unanswered(scope, col(Escalation.look_again_at) <= scope.now)


def unanswered(scope: Scope, *where: Any) -> Sequence[Escalation]:
    """Return the escalations that stand without an answer, oldest first."""
    silent = (col(Escalation.acknowledged_at).is_(None), col(Escalation.ended_at).is_(None))
    return scope.all(Escalation, *where, *silent, order=col(Escalation.id))


def next_moment(session: Session, after: datetime) -> datetime | None:
    """Return the next moment at which anything is to be looked at or sent."""
    columns = (Item.look_again_at, Group.look_again_at, Partnership.look_again_at, Escalation.look_again_at)
    earliest = [select(func.min(column).label("at")).where(col(column) > after) for column in columns]
    waiting = select(func.min(Outbox.not_before).label("at")).where(
        Outbox.status == "waiting", Outbox.not_before > after
    )
    every = union_all(*earliest, waiting).subquery()
    found = session.execute(select(every.c.at).where(every.c.at.is_not(None)).order_by(literal_column("at")).limit(1))
    return found.scalar()


def look_anew(session: Session, now: datetime) -> None:
    """Let everything be looked at again: for a clock that was set back."""
    for each in (Group, Partnership):
        session.execute(update(each).values(look_again_at=None))
    for asleep in (Item, Escalation):
        session.execute(update(asleep).where(col(asleep.look_again_at).is_not(None)).values(look_again_at=now))


def items_by_id(scope: Scope, ids: Sequence[int]) -> Sequence[Item]:
    """Return the items of those ids."""
    return scope.all(Item, col(Item.id).in_(ids))
