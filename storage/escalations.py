"""Opening escalations: one row for each partnership chair an item concerns, with the promise to tell them."""

from __future__ import annotations

from datetime import date, datetime

from lifbot.calendar import at_local, local_day
from lifbot.model import Escalation, Item, Person
from lifbot.policy.escalation import chase_on
from storage import outbox, people, stale
from storage.scope import Scope


def open_(scope: Scope, item: Item, reason: str, note: str | None = None, *, at_once: bool = False) -> list[Escalation]:
    """Take an item to its partnership chair or chairs; where there is none, to the deputy or the business unit.

    `at_once` is for what somebody has just decided: it does not wait for the hours of nudges.
    """
    rows = [_keep(scope, item, person, reason, note) for person in recipients(scope, item)]
    for row in rows:
        about = {"escalation": row.id} | ({"asked": True} if at_once else {})
        outbox.put(scope, f"escalate/{item.ref}/{row.id}", "escalation", person=row.to, about=about)
    stale.item_changed(scope, item, None)
    return rows


def recipients(scope: Scope, item: Item) -> list[str]:
    """Return who is told of an escalation: the chairs still here, else the deputy, else the business unit."""
    gone = {row.id for row in scope.all(Person) if row.left_on}
    chairs = [id for id in people.partnership_chairs(scope, item) if id not in gone]
    deputy = [id for id in (scope.partnership.deputy_chair,) if id and id not in gone]
    return chairs or deputy or [id for id in scope.partnership.business_unit if id not in gone][:1]


def _keep(scope: Scope, item: Item, person: str, reason: str, note: str | None) -> Escalation:
    return scope.add(
        Escalation(
            partnership_id=scope.id,
            item_id=item.id,
            at=scope.now,
            to=person,
            reason=reason,
            note=note,
            look_again_at=chase_moment(scope, scope.now, None),
        )
    )


def chase_moment(scope: Scope, escalated_at: datetime, told_on: date | None) -> datetime:
    """Return when the business unit next hears that there is no answer."""
    day = chase_on(local_day(escalated_at, scope.zone), told_on, scope.rules)
    return at_local(day, scope.rules.nudge_at, scope.zone)


def in_line(scope: Scope, failed: str | None) -> list[str]:
    """Return who gets an escalation that somebody could not: the deputy, then the business unit."""
    line = [id for id in (scope.partnership.deputy_chair, *scope.partnership.business_unit) if id]
    return line[line.index(failed) + 1 :] if failed in line else line
