"""What is said to owners and chairs about items: nudges, news of changes, discussions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from lifbot import notices
from lifbot.calendar import local_day, say_date
from lifbot.message import Message
from lifbot.model import Item, Outbox, Person, Update
from lifbot.notices import InPlace, Line
from lifbot.policy import drift
from lifbot.policy.reminders import why_now
from scheduler import after_absence, learning
from storage import chase, items, meetings, outbox, reported, series
from storage.items import Reader
from storage.scope import Scope


def _line(scope: Scope, reader: Reader, item: Item, why: str, said: str = "", of: str = "") -> Line:
    coming = meetings.next_meeting(scope, item.group_id)
    meets = local_day(coming.starts_at, scope.zone) if coming else None
    return Line(reader.view(item), why, said, meets, in_place(reader, item, of) if of else None)


def in_place(reader: Reader, item: Item, of: str) -> InPlace | None:
    """Return in whose place something is heard, and why; None where they hear for themselves by now."""
    heard = reader.hears(item, of)
    if heard is None or not heard.is_stand_in:
        return None
    return InPlace(reader.name(of), reader.why(heard), is_away=heard.why == "away")


def nudge(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    person = scope.get(Person, row.person)
    day = row.key.rpartition("/")[2]
    held = row.about["lines"]
    beside = row.about.get("records", [])
    if day != scope.today.isoformat() and outbox.later_nudge(scope, row):  # which does not hold what chairs wrote here
        held, beside = [line for line in held if line[1] == "chased"], []
    if person is None or not (held or beside):
        return "a later nudge says what stands now"
    lines = [line for told in held if (line := _still(scope, reader, person, *told))]
    others = learning.lines(scope, reader, person, beside)
    if not (lines or others):
        return "nothing of it is open any more"
    cycles, back = scope.rules.cycles_before_escalation, after_absence.summary(scope, reader, row)
    return notices.nudge(person.name, lines, scope.today, cycles, back, others)


def _still(scope: Scope, reader: Reader, person: Person, id: int, why: str, said: str, of: str = "") -> Line | None:
    """Return what is still true of a line; `of` is in whose place they hear it."""
    item = scope.get(Item, id)
    if item is None:
        return None
    if why == "decide":
        return _line(scope, reader, item, why, reported.words(scope, item), of) if item.waiting else None
    if item.status not in items.OPEN:
        return None
    if why == "suggest":
        reasons = sorted(set(said.split(",")) - set(item.drift_dismissed) - {""})
        return _line(scope, reader, item, why, drift.say(reasons), of) if reasons else None
    if why == "discuss":
        return _line(scope, reader, item, why, of=of)
    if why == "chased":
        return _chased(scope, reader, item, of or person.id, said, of)
    snoozed = item.snoozed_until and item.snoozed_until > scope.today
    if item.owner != (of or person.id) or item.waiting == "declined" or snoozed:
        return None
    return _line(scope, reader, item, why_now(reader.facts(item), scope.today), of=of)


def _chased(scope: Scope, reader: Reader, item: Item, owner: str, id: str, of: str) -> Line | None:
    """A chair's own words to the owner, unless they were taken back or the item waits for the chair by now."""
    words = scope.get(Update, int(id))
    if words is None or item.owner != owner or item.waiting or not chase.stands(scope, item, words):
        return None
    line = _line(scope, reader, item, "chased", words.text.removeprefix(chase.PREFIX), of)
    return replace(line, by=reader.name(words.by))


def change(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    lines = [_changed(scope, reader, row, *told) for told in row.about["changes"]]
    found = [line for line in lines if line]
    return notices.change(found, scope.today) if found else "it was undone"


def _changed(scope: Scope, reader: Reader, row: Outbox, id: int, what: str, of: str | None = None) -> Line | None:
    item = scope.get(Item, id)
    if item is None or (what != "withdrawn" and item.status == "withdrawn"):
        return None
    if not _holds(item, what, of or row.person):
        return None
    if what in STILL and not STILL[what](item):
        return None
    note = _note(scope, item, what, row.created_at)
    if note.startswith("Undone: "):
        return None
    line = _line(scope, reader, item, what, note, of or "")
    return replace(line, then=_then(scope, item, what), by=_board(scope, item) if what in BY_CHAIR else "")


BY_CHAIR = ("seen", "decided", "returned_to_group")


def _board(scope: Scope, item: Item) -> str:
    """Return whose chair answered last, where there are several Boards."""
    answered = [row for row in items.escalations(scope, item) if row.acknowledged_at]
    last = max(answered, key=lambda row: row.decided_at or row.acknowledged_at or row.at, default=None)
    return next((board.name for board in scope.roster.boards if last and board.chair == last.to), "")


def _then(scope: Scope, item: Item, what: str) -> str:
    """What follows in a series, told with the end of the one before."""
    new = series.next_of(scope, item) if what in ("signed_off", "accepted") and item.repeats else None
    return f"It repeats {item.repeats_text}: the next is {new.ref}, due {say_date(new.due_on)}." if new else ""


# What must still hold for news of a change to be told: it may have been undone.
STILL: dict[str, Callable[[Item], bool]] = {
    "signed_off": lambda item: item.signed_off_on is not None,
    "closed": lambda item: item.signed_off_on is not None,
    "superseded": lambda item: item.status == "superseded",
    "not_embedded": lambda item: item.embedded == "not_yet",
    "reopened": lambda item: item.status in items.OPEN,
    "responded": lambda item: item.waiting == "response",
    "discussed": lambda item: item.waiting == "outcome",
    "resolved": lambda item: item.signed_off_on is not None,
    "remains": lambda item: item.status in items.OPEN,
    "to_chair": lambda item: item.status in items.OPEN,
}


def _holds(item: Item, what: str, person: str | None) -> bool:
    """Whether a piece of news is still true of somebody."""
    if what in notices.ASKING:
        return item.owner == person
    if what == "offered":
        return item.offered_to == person
    if what in ("contributes", "contributes_no_more"):
        return (person in item.contributors) == (what == "contributes")
    return True


SAYS_SO = re.compile(r"^(?:Reopened|Closed|Response|Resolved|Still remains): ")
TOLD_AS = {
    "offered": "Offered to ",
    "offer_declined": " cannot take it over",
    "part_done": "s part is done",
    "contributor_left": " no longer contributes",
}


def _note(scope: Scope, item: Item, what: str, since: datetime) -> str:
    """The words that came with a change, where there are any."""
    if what in TOLD_AS:
        rows = (row for row in items.updates(scope, item) if row.at >= since and row.kind in ("edited", "update"))
        return "\n".join(row.text for row in rows if TOLD_AS[what] in row.text)
    kinds = {"returned": "returned", "returned_to_group": "returned", "re_dated": "extended", "withdrawn": "withdrawn"}
    kinds |= {"responded": "update", "discussed": "discussed", "resolved": "signed_off"}
    kinds |= {"remains": "returned", "to_chair": "returned"}
    kinds |= {"not_embedded": "impact", "handed_over": "edited", "handed_back": "edited"}
    kinds |= {"reopened": "returned", "closed": "signed_off", "superseded": "edited", "edited": "edited"}
    if what == "decided":
        decided = [row for row in items.escalations(scope, item) if row.decision and row.decided_at]
        last = max(decided, key=lambda row: row.decided_at or row.at, default=None)  # of two Boards, the later
        return (last.decision or "") if last else ""
    said = [row.text for row in items.updates(scope, item) if row.kind == kinds.get(what)]
    return SAYS_SO.sub("", said[-1]) if said else ""


def discuss(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    found = [item for id, _ in row.about["lines"] if (item := scope.get(Item, id)) and item.status in items.OPEN]
    if not found:
        return "nothing of it is open any more"
    lines = [_line(scope, reader, item, "discuss") for item in found]
    return notices.discuss(lines[0].view.group, lines, lines[0].meets, scope.rules.cycles_before_escalation)
