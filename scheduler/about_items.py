"""What is said to owners and chairs about items: nudges, news of changes, discussions."""

from __future__ import annotations

from lifbot import notices
from lifbot.calendar import local_day
from lifbot.message import Message
from lifbot.model import Item, Outbox, Person
from lifbot.notices import Line
from lifbot.policy import drift
from lifbot.policy.reminders import why_now
from storage import items, meetings, outbox, reported
from storage.items import Reader
from storage.scope import Scope


def _line(scope: Scope, reader: Reader, item: Item, why: str, said: str = "") -> Line:
    coming = meetings.next_meeting(scope, item.group_id)
    return Line(reader.view(item), why, said, local_day(coming.starts_at, scope.zone) if coming else None)


def nudge(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    person = scope.get(Person, row.person)
    day = row.key.rpartition("/")[2]
    if person is None or (day != scope.today.isoformat() and outbox.later_nudge(scope, row)):
        return "a later nudge says what stands now"
    lines = [line for id, why, said in row.about["lines"] if (line := _still(scope, reader, person, id, why, said))]
    cycles = scope.rules.cycles_before_escalation
    return notices.nudge(person.name, lines, scope.today, cycles) if lines else "nothing of it is open any more"


def _still(scope: Scope, reader: Reader, person: Person, id: int, why: str, said: str) -> Line | None:
    item = scope.get(Item, id)
    if item is None:
        return None
    if why == "decide":
        return _line(scope, reader, item, why, reported.words(scope, item)) if item.waiting else None
    if item.status not in items.OPEN:
        return None
    if why == "suggest":
        reasons = sorted(set(said.split(",")) - set(item.drift_dismissed) - {""})
        return _line(scope, reader, item, why, drift.say(reasons)) if reasons else None
    if why == "discuss":
        return _line(scope, reader, item, why)
    snoozed = item.snoozed_until and item.snoozed_until > scope.today
    if item.owner != person.id or item.waiting == "declined" or snoozed:
        return None
    return _line(scope, reader, item, why_now(reader.facts(item), scope.today))


def change(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    lines = [_changed(scope, reader, row.person, id, what) for id, what in row.about["changes"]]
    found = [line for line in lines if line]
    return notices.change(found, scope.today) if found else "it was undone"


def _changed(scope: Scope, reader: Reader, person: str | None, id: int, what: str) -> Line | None:
    item = scope.get(Item, id)
    if item is None or (what != "withdrawn" and item.status == "withdrawn"):
        return None
    if what in notices.ASKING and item.owner != person:
        return None
    if what == "signed_off" and item.signed_off_on is None:
        return None
    return _line(scope, reader, item, what, _note(scope, item, what))


def _note(scope: Scope, item: Item, what: str) -> str:
    """The words that came with a change, where there are any."""
    kinds = {"returned": "returned", "returned_to_group": "returned", "re_dated": "extended", "withdrawn": "withdrawn"}
    if what == "decided":
        decisions = [row.decision for row in items.escalations(scope, item) if row.decision]
        return decisions[-1] if decisions else ""
    said = [row.text for row in items.updates(scope, item) if row.kind == kinds.get(what)]
    return said[-1] if said else ""


def discuss(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    found = [item for id, _ in row.about["lines"] if (item := scope.get(Item, id)) and item.status in items.OPEN]
    if not found:
        return "nothing of it is open any more"
    lines = [_line(scope, reader, item, "discuss") for item in found]
    return notices.discuss(lines[0].view.group, lines, lines[0].meets, scope.rules.cycles_before_escalation)
