"""Opening escalations: one row for each partnership chair an item concerns, with the promise to tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col

from lifbot.calendar import at_local, local_day
from lifbot.model import Escalation, Item
from lifbot.policy.escalation import chase_on
from lifbot.policy.stand_in import GONE, can_hear
from storage import outbox, people, stale, stand_ins
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
    """Return who is told of an escalation: each chair, or who is asked in their place; with no chair, the deputy.

    A chair who has left is nobody's to wait for: the others of several Boards are asked, else the deputy.
    """
    known, head = stand_ins.roll(scope), scope.partnership
    chairs = [id for id in people.partnership_chairs(scope, item) if known.get(id, GONE).is_here]
    found = [heard.person for id in chairs if (heard := stand_ins.helps(scope, known, id))]
    vacant = [id for id in (head.deputy_chair, *head.business_unit) if id and known.get(id, GONE).is_here]
    reached = [id for id in vacant if can_hear(known, id)] or vacant
    return list(dict.fromkeys(found)) or reached[:1]


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
    """Return who gets an escalation that somebody could not: the deputy, their substitute, the business unit."""
    known, head = stand_ins.roll(scope), scope.partnership
    acting = known.get(failed or "", GONE).substitute
    line = [id for id in dict.fromkeys((head.deputy_chair, acting, *head.business_unit)) if id]
    rest = line[line.index(failed) + 1 :] if failed in line else line
    here = [id for id in rest if id != failed and known.get(id, GONE).is_here]
    return [id for id in here if can_hear(known, id)] or here


def pass_on(scope: Scope, row: Escalation, failed: str) -> str | None:
    """Promise a standing escalation to the next in line after somebody; returns who that is."""
    line = in_line(scope, failed)
    if not line:
        return None
    outbox.put(scope, f"escalate/{row.id}/to/{line[0]}", "escalation", person=line[0], about={"escalation": row.id})
    return line[0]


def standing_with(scope: Scope, person: str) -> Sequence[Escalation]:
    """Return the escalations that somebody was asked about and that still stand."""
    return scope.all(Escalation, Escalation.to == person, col(Escalation.ended_at).is_(None))
