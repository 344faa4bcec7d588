"""Whose Home tab has changed since it was drawn."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, sql, update
from sqlmodel import Session, SQLModel, col, select

from lifbot.model import Absence, Escalation, Item, Person
from storage.scope import Scope
from storage.stamp import ONLY_MARKS

PEOPLE = SQLModel.metadata.tables["person"]
A_HOME = (
    sql.select(PEOPLE.c.id)
    .where(PEOPLE.c.partnership_id == bindparam("mine"), PEOPLE.c.home_opened_at.is_not(None))
    .limit(1)
)


def opened(scope: Scope, person: Person) -> None:
    """Take note that somebody's Home tab is open, as it is now."""
    person.home_opened_at, person.home_stale = scope.now, False
    scope.add(person)


def changed(scope: Scope, concerned: Iterable[str | None]) -> None:
    """Let these people's Home tabs be drawn anew, where they have one."""
    ids = {id for id in concerned if id}
    if ids:
        scope.change(Person, {"home_stale": True}, col(Person.id).in_(ids), col(Person.home_opened_at).is_not(None))


def take_stale(session: Session, limit: int) -> list[tuple[str, str]]:
    """Take a few people whose Home tab is to be drawn anew, as partnership and person; no other process gets them."""
    stale = select(Person).where(col(Person.home_stale), col(Person.left_on).is_(None))
    newest = col(Person.home_opened_at).desc()
    rows = session.exec(stale.order_by(newest).limit(limit).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.home_stale = False
        session.add(row)
    return [(row.partnership_id, row.id) for row in rows]


def stale_again(session: Session, partnership_id: str, person: str) -> None:
    """Put somebody back among those whose Home tab is to be drawn anew."""
    mine = (col(Person.partnership_id) == partnership_id, col(Person.id) == person)
    again = update(Person).where(*mine).values(home_stale=True)
    session.execute(again, execution_options={ONLY_MARKS: True})


def item_changed(scope: Scope, item: Item, owner_before: str | None) -> None:
    """Let the Home tabs of everybody whom a change to an item concerns be drawn anew."""
    if _nobody_has_one(scope):
        return
    asked = scope.columns(Escalation, (col(Escalation.to),), Escalation.item_id == item.id)
    concerned = (item.owner, owner_before, *item.contributors, *_leads(scope, item.group_id))
    changed(scope, _with_substitutes(scope, {*concerned, *(to for (to,) in asked)}))


def _with_substitutes(scope: Scope, concerned: set[str | None]) -> set[str | None]:
    """Those whom something concerns, and whoever stands in for one of them today."""
    now = (col(Absence.from_on) <= scope.today, col(Absence.until_on) >= scope.today, col(Absence.ended_on).is_(None))
    rows = scope.columns(Absence, (col(Absence.person), col(Absence.substitute)), *now)
    return concerned | {substitute for person, substitute in rows if person in concerned}


def calendar_changed(scope: Scope, group_id: str) -> None:
    """Let the Home tabs of a group's people be drawn anew, since it meets at another time."""
    if _nobody_has_one(scope):
        return
    changed(scope, (*scope.roster.members.get(group_id, ()), *_leads(scope, group_id)))


def _nobody_has_one(scope: Scope) -> bool:
    return scope.run(A_HOME).first() is None


def _leads(scope: Scope, group_id: str) -> tuple[str | None, ...]:
    group = scope.roster.groups.get(group_id)
    return (*((group.chair, group.deputy) if group else ()), *scope.partnership.business_unit)
