"""What is said to owners and chairs about items: nudges, news of changes, discussions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lifbot import notices
from lifbot.calendar import local_day, say_date
from lifbot.message import Message
from lifbot.model import Item, Outbox, Person, Update
from lifbot.notices import Line
from lifbot.policy import drift
from lifbot.policy.reminders import why_now
from storage import chase, items, meetings, outbox, series
from storage.items import Reader
from storage.scope import Scope


def _line(scope: Scope, reader: Reader, item: Item, why: str, said: str = "") -> Line:
    coming = meetings.next_meeting(scope, item.group_id)
    return Line(reader.view(item), why, said, local_day(coming.starts_at, scope.zone) if coming else None)


def nudge(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    person = scope.get(Person, row.person)
    day = row.key.rpartition("/")[2]
    held = row.about["lines"]
    if day != scope.today.isoformat() and outbox.later_nudge(scope, row):  # which does not hold what chairs wrote here
        held = [line for line in held if line[1] == "chased"]
    if person is None or not held:
        return "a later nudge says what stands now"
    lines = [line for id, why, said in held if (line := _still(scope, reader, person, id, why, said))]
    cycles = scope.rules.cycles_before_escalation
    return notices.nudge(person.name, lines, scope.today, cycles) if lines else "nothing of it is open any more"


def _still(scope: Scope, reader: Reader, person: Person, id: int, why: str, said: str) -> Line | None:
    item = scope.get(Item, id)
    if item is None:
        return None
    if why == "decide":
        return _line(scope, reader, item, why, _said_last(scope, item)) if item.waiting else None
    if item.status not in items.OPEN:
        return None
    if why in ("discuss", "suggest"):
        return _line(scope, reader, item, why, _drift_words(said))
    if why == "chased":
        return _chased(scope, reader, item, person, said)
    snoozed = item.snoozed_until and item.snoozed_until > scope.today
    if item.owner != person.id or item.waiting == "declined" or snoozed:
        return None
    return _line(scope, reader, item, why_now(reader.facts(item), scope.today))


def _chased(scope: Scope, reader: Reader, item: Item, owner: Person, id: str) -> Line | None:
    """A chair's own words to the owner, unless they were taken back or the item waits for the chair by now."""
    words = scope.get(Update, int(id))
    if words is None or item.owner != owner.id or item.waiting or not chase.stands(scope, item, words):
        return None
    line = _line(scope, reader, item, "chased", words.text.removeprefix(chase.PREFIX))
    return replace(line, by=reader.name(words.by))


def _drift_words(reasons: str) -> str:
    words = ", ".join(drift.WORDS.get(reason, reason) for reason in reasons.split(",") if reason)
    return words[:1].upper() + words[1:]


WAITING_WORDS = {
    "sign_off": "Done",
    "acceptance": "Cannot be completed",
    "more_time": "Asks for more time, to",
    "declined": "Its owner says it is not theirs",
}


def _said_last(scope: Scope, item: Item) -> str:
    """What the chair decides about, in the words it was reported with."""
    kinds = {"sign_off": "done", "acceptance": "cannot", "more_time": "more_time", "declined": "declined"}
    said = [row.text for row in items.updates(scope, item) if row.kind == kinds.get(item.waiting or "")]
    proof = [row.text for row in items.evidence(scope, item)] if item.waiting == "sign_off" else []
    detail = (proof or said or [""])[-1]
    words = WAITING_WORDS[item.waiting or "sign_off"]
    if item.waiting == "more_time":  # its text begins with the date asked for
        return f"{words} {detail}"
    return f"{words}: {detail}" if detail else words


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
    if what in STILL and not STILL[what](item):
        return None
    note = _note(scope, item, what)
    return (
        None
        if note.startswith("Undone: ")
        else replace(_line(scope, reader, item, what, note), then=_then(scope, item, what))
    )


def _then(scope: Scope, item: Item, what: str) -> str:
    """What follows in a series, told with the end of the one before."""
    new = series.next_of(scope, item) if what in ("signed_off", "accepted") and item.repeats else None
    return f"It repeats {item.repeats_text}: the next is {new.ref}, due {say_date(new.due_on)}." if new else ""


# What must still hold for news of a change to be told: it may have been undone.
STILL: dict[str, Callable[[Item], bool]] = {
    "signed_off": lambda item: item.signed_off_on is not None,
    "closed": lambda item: item.signed_off_on is not None,
    "superseded": lambda item: item.status == "superseded",
    "reopened": lambda item: item.status in items.OPEN,
}


def _note(scope: Scope, item: Item, what: str) -> str:
    """The words that came with a change, where there are any."""
    kinds = {"returned": "returned", "returned_to_group": "returned", "re_dated": "extended", "withdrawn": "withdrawn"}
    kinds |= {"reopened": "returned", "closed": "signed_off", "superseded": "edited", "edited": "edited"}
    if what == "decided":
        decisions = [row.decision for row in items.escalations(scope, item) if row.decision]
        return decisions[-1] if decisions else ""
    said = [row.text for row in items.updates(scope, item) if row.kind == kinds.get(what)]
    return said[-1].removeprefix("Reopened: ").removeprefix("Closed: ") if said else ""


def discuss(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    found = [item for id, _ in row.about["lines"] if (item := scope.get(Item, id)) and item.status in items.OPEN]
    if not found:
        return "nothing of it is open any more"
    lines = [_line(scope, reader, item, "discuss") for item in found]
    return notices.discuss(lines[0].view.group, lines, lines[0].meets, scope.rules.cycles_before_escalation)
