"""What the sweep looks at: the rows whose moment has come, by an index, so cost follows what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import bindparam, func, sql, union_all, update
from sqlmodel import Session, SQLModel, col, select

from lifbot.model import (
    AssuranceAnswer,
    AssuranceRequest,
    Escalation,
    Group,
    Impact,
    Item,
    Milestone,
    Notice,
    Partnership,
    Receipt,
    Source,
)
from storage.items import OPEN
from storage.people import without_file
from storage.scope import Scope

WEEK = timedelta(days=7)
ITEMS = SQLModel.metadata.tables["item"]
OUTBOX = SQLModel.metadata.tables["outbox"]
DUE = (
    sql.select(ITEMS)
    .where(ITEMS.c.partnership_id == bindparam("mine"), ITEMS.c.look_again_at <= bindparam("now"))
    .order_by(ITEMS.c.due_on, ITEMS.c.id)
)
FORWARD = (
    update(ITEMS)
    .where(
        ITEMS.c.partnership_id == bindparam("mine"),
        ITEMS.c.owner == bindparam("whose"),
        ITEMS.c.status.in_(OPEN),
        ITEMS.c.due_on <= bindparam("latest"),
    )
    .values(look_again_at=bindparam("now"))
)
PEOPLE = SQLModel.metadata.tables["person"]
ANCHORS = sql.select(PEOPLE.c.id, PEOPLE.c.overdue_anchor).where(
    PEOPLE.c.partnership_id == bindparam("mine"), PEOPLE.c.id.in_(bindparam("ids", expanding=True))
)
ANCHOR = (
    update(PEOPLE)
    .where(PEOPLE.c.partnership_id == bindparam("mine"), PEOPLE.c.id == bindparam("whose"))
    .values(overdue_anchor=bindparam("to"))
)
BESIDE: tuple[Any, ...] = (Source, Milestone, Notice, Receipt, AssuranceRequest, AssuranceAnswer, Impact)
"""What is logged beside items and looked at when its `look_again_at` has come."""
ASLEEP: tuple[Any, ...] = (Item, Escalation, *BESIDE)
NEXT = union_all(  # made once: to build it takes many times as long as to run it
    *(
        sql.select(func.min(column)).where(column > bindparam("after", type_=column.type), *also)
        for column, *also in (
            *((each.__table__.c.look_again_at,) for each in (Group, Partnership, *ASLEEP)),
            (OUTBOX.c.not_before, OUTBOX.c.status == "waiting"),
        )
    )
)
BESIDE_DUE = union_all(
    *(
        sql.select(sql.literal(each.__tablename__))
        .where(each.__table__.c.partnership_id == bindparam("mine"), each.__table__.c.look_again_at <= bindparam("now"))
        .limit(1)
        .subquery()
        .select()
        for each in BESIDE
    )
)
MARK = update(ITEMS).where(ITEMS.c.id == bindparam("which"))


def partnerships(session: Session) -> Sequence[Partnership]:
    """Return every partnership there is."""
    return session.exec(select(Partnership).options(without_file()).order_by(Partnership.id)).all()


def owners(scope: Scope) -> set[str]:
    """Return who answers for the items to look at now."""
    return {owner for (owner,) in scope.columns(Item, (col(Item.owner),), col(Item.look_again_at) <= scope.now)}


@contextmanager
def items(scope: Scope) -> Iterator[Sequence[Item]]:
    """Give the items to look at now; what was marked on them meanwhile is written at the end, all at once.

    They have an item's columns, and are no rows that a session or anybody else follows: to do that for a thousand rows
    takes longer than to decide about them.
    """
    rows = [row._asdict() for row in scope.run(DUE, now=scope.now)]
    found = [(SimpleNamespace(**row), row) for row in rows]
    yield [cast("Item", item) for item, _ in found]
    changed = defaultdict(list)
    for item, was in found:
        now = vars(item)
        new = {name: now[name] for name, value in was.items() if now[name] != value}
        changed[tuple(new)].append({"which": item.id, **new})
    scope.session.flush()
    for names, marks in changed.items():
        if names:
            scope.session.connection().execute(MARK.values({name: bindparam(name) for name in names}), marks)


def anchors(scope: Scope, people: set[str]) -> dict[str, date | None]:
    """Return the day of the series on which each of these people hears of what is overdue."""
    rows: Sequence[Any] = scope.run(ANCHORS, ids=list(people)).all()
    return dict(rows)


def move_anchor(scope: Scope, person: str, to: date | None) -> None:
    """Let somebody's reminders of what is overdue begin on another day, and their items be looked at now.

    One that has a reminder on its date still to come is looked at then; 0 days before is within a week of the date.
    """
    scope.run(ANCHOR, whose=person, to=to)
    latest = scope.today + WEEK if 0 in scope.rules.remind_days_before else date.max
    scope.run(FORWARD, whose=person, latest=latest, now=scope.now)


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
    found = scope.all(Escalation, *where, *silent, order=col(Escalation.id))
    return [row for row in found if scope.get(Item, row.item_id)]  # that of a held item waits as it does


def beside(scope: Scope) -> frozenset[str]:
    """Return the tables beside items that have rows to look at now."""
    return frozenset(scope.run(BESIDE_DUE, now=scope.now).scalars())


def next_moment(session: Session, after: datetime) -> datetime | None:
    """Return the next moment at which anything is to be looked at or sent."""
    found = session.connection().execute(NEXT, {"after": after}).scalars()
    return min((at for at in found if at is not None), default=None)


def look_anew(session: Session, now: datetime) -> None:
    """Let everything be looked at again: for a clock that was set back."""
    for each in (Group, Partnership):
        session.execute(update(each).values(look_again_at=None))
    for asleep in ASLEEP:
        session.execute(update(asleep).where(col(asleep.look_again_at).is_not(None)).values(look_again_at=now))


def items_by_id(scope: Scope, ids: Sequence[int]) -> Sequence[Item]:
    """Return the items of those ids."""
    return scope.all(Item, col(Item.id).in_(ids))
