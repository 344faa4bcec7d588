"""An outbox row -> what it says now: items are read again, and what is no longer true is left out or dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lifbot import notices
from lifbot.calendar import local_day, say_date, say_moment
from lifbot.message import Address, Message
from lifbot.model import Escalation, Group, Item, Meeting, Outbox, Person
from lifbot.notices import Line
from lifbot.policy import digest as counting
from lifbot.policy.moments import late_ok, notice_moment
from lifbot.policy.reminders import why_now
from storage import items, meetings, outbox, pack, people
from storage.items import Reader
from storage.scope import Scope


@dataclass(frozen=True)
class Drop:
    """Nothing is to be said any more, and why."""

    why: str


@dataclass(frozen=True)
class Postpone:
    """It is not the hour for it; say it then."""

    until: datetime


@dataclass(frozen=True)
class Unreachable:
    """There is no address to send it to."""

    why: str


Composed = tuple[Address, Message] | Drop | Postpone | Unreachable


def compose(scope: Scope, row: Outbox) -> Composed:
    """Return what a row says now and where it goes, or why it does not go."""
    opens = (notice_moment if row.occasion == "change" else late_ok)(scope.now, scope.rules, scope.zone)
    if opens > scope.now:
        return Postpone(opens)
    message = OCCASIONS[row.occasion](scope, Reader(scope), row)
    if isinstance(message, str):
        return Drop(message)
    address = _address(scope, row)
    return (address, message) if address else Unreachable("they have no address here")


def _address(scope: Scope, row: Outbox) -> Address | None:
    team = scope.partnership.slack_team
    group = scope.get(Group, row.group_id)
    if group and group.slack_channel:
        return Address("slack", team, group.slack_channel, direct=False)
    here = (row.person,) if row.person else ((group.chair, group.deputy) if group else ())
    found = (scope.get(Person, id) for id in here if id)
    to = next((person.slack for person in found if person and person.slack and not person.left_on), None)
    return Address("slack", team, to, direct=True) if to else None


def _line(scope: Scope, reader: Reader, item: Item, why: str, said: str = "") -> Line:
    coming = meetings.next_meeting(scope, item.group_id)
    return Line(reader.view(item), why, said, local_day(coming.starts_at, scope.zone) if coming else None)


def _nudge(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    person = scope.get(Person, row.person)
    day = row.key.rpartition("/")[2]
    if person is None or (day != scope.today.isoformat() and outbox.later_nudge(scope, row)):
        return "a later nudge says what stands now"
    lines = [line for id, why, said in row.about["lines"] if (line := _still(scope, reader, person, id, why, said))]
    return notices.nudge(person.name, lines, scope.today) if lines else "nothing of it is open any more"


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
    snoozed = item.snoozed_until and item.snoozed_until > scope.today
    if item.owner != person.id or item.waiting == "declined" or snoozed:
        return None
    return _line(scope, reader, item, why_now(reader.facts(item), scope.today))


DRIFT_WORDS = {
    "second_extension": "its date has moved twice",
    "no_update": "no update for two meetings",
    "owner_left": "its owner has left",
    "declined": "nobody has taken it over yet",
    "not_meeting": "the group has not met",
}


def _drift_words(reasons: str) -> str:
    return ", ".join(DRIFT_WORDS.get(reason, reason) for reason in reasons.split(",") if reason)


WAITING_WORDS = {
    "sign_off": "Done",
    "acceptance": "Cannot be completed",
    "more_time": "More time is asked",
    "declined": "Its owner says it is not theirs",
}


def _said_last(scope: Scope, item: Item) -> str:
    """What the chair decides about, in the words it was reported with."""
    kinds = {"sign_off": "done", "acceptance": "cannot", "more_time": "more_time", "declined": "declined"}
    said = [row.text for row in items.updates(scope, item) if row.kind == kinds.get(item.waiting or "")]
    proof = [row.text for row in items.evidence(scope, item)] if item.waiting == "sign_off" else []
    detail = (proof or said or [""])[-1]
    words = WAITING_WORDS[item.waiting or "sign_off"]
    return f"{words}: {detail}" if detail else words


def _change(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
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


def _discuss(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    found = [item for id, _ in row.about["lines"] if (item := scope.get(Item, id)) and item.status in items.OPEN]
    if not found:
        return "nothing of it is open any more"
    lines = [_line(scope, reader, item, "discuss") for item in found]
    return notices.discuss(lines[0].view.group, lines, lines[0].meets)


def _escalation(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    taken = scope.get(Escalation, row.about["escalation"])
    item = scope.get(Item, taken.item_id) if taken else None
    if taken is None or item is None or taken.ended_at or item.status not in items.OPEN:
        return "it is closed or back with the group"
    history = _history(scope, reader, item)
    return notices.escalation(reader.view(item), taken.reason, taken.note or "", _discussion(scope, item), history)


def _discussion(scope: Scope, item: Item) -> tuple[str, str] | None:
    spoken = [row for row in items.updates(scope, item) if row.kind == "discussed"]
    if not spoken:
        return None
    meeting = scope.get(Meeting, spoken[-1].meeting_id)
    at = meeting.starts_at if meeting else spoken[-1].at
    return say_date(local_day(at, scope.zone)), spoken[-1].text


HISTORY_WORDS = {
    "update": "update",
    "done": "reported done",
    "cannot": "reported as not completable",
    "more_time": "more time asked",
    "extended": "new date",
    "reassigned": "new owner",
    "declined": "declined",
    "returned": "returned",
    "edited": "edited",
    "discussed": "discussed",
}


def _history(scope: Scope, reader: Reader, item: Item) -> list[str]:
    """The item's story, a line each: when it was agreed, then what was said of it."""
    agreed = f"{_day(scope, item.created_at)}: agreed, due {say_date(item.original_due_on)}"
    said = [
        f"{_day(scope, row.at)}: {HISTORY_WORDS.get(row.kind, row.kind)}" + (f": {row.text}" if row.text else "")
        for row in items.updates(scope, item)
    ]
    return [agreed, *said[-4:]]


def _day(scope: Scope, moment: datetime) -> str:
    return say_date(local_day(moment, scope.zone))


def _unanswered(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    taken = scope.get(Escalation, row.about["escalation"])
    item = scope.get(Item, taken.item_id) if taken else None
    if taken is None or item is None or taken.acknowledged_at or taken.ended_at:
        return "it was answered"
    return notices.unanswered(reader.view(item), local_day(taken.at, scope.zone), reader.name(taken.to))


def _unsigned(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    item = scope.get(Item, row.about["item"])
    return notices.unsigned(reader.view(item)) if item and item.waiting else "it was decided"


def _agenda(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    meeting = scope.get(Meeting, row.about["meeting"])
    group = scope.get(Group, row.group_id)
    if meeting is None or group is None or meeting.status != "planned" or meeting.starts_at <= scope.now:
        return "the meeting has begun, or is not held"
    found = pack.matters(scope, reader, group, meeting)
    return notices.agenda(group.name, say_moment(meeting.starts_at, scope.zone), found)


def _digest(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    if date.fromisoformat(row.about["day"]) != scope.today:
        return "its day has passed"
    group = scope.get(Group, row.group_id)
    counts = pack.summary(scope, reader, group)
    if counting.nothing(counts):
        return "nothing happened and nothing is open"
    coming = _next_meetings(scope, [group] if group else people.groups(scope))
    return notices.digest(group.name if group else scope.partnership.name, scope.today, counts, coming)


def _next_meetings(scope: Scope, groups: Sequence[Group]) -> str | None:
    found = [(group, meeting) for group in groups if (meeting := meetings.next_meeting(scope, group.id))]
    if not found:
        return None
    group, first = min(found, key=lambda pair: pair[1].starts_at)
    when = say_moment(first.starts_at, scope.zone)
    return when if len(groups) == 1 else f"{group.name}, {when}"


def _undelivered(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    failed = scope.get(Outbox, row.about["outbox"])
    if failed is None:
        return "it was taken out"
    ids = [id for id, *_ in [*failed.about.get("lines", []), *failed.about.get("changes", [])]]
    taken = scope.get(Escalation, failed.about.get("escalation"))
    ids += [taken.item_id] if taken else []
    refs = [item.ref for id in ids if (item := scope.get(Item, id))]
    group = scope.get(Group, failed.group_id)
    who = group.name if group else reader.name(failed.person)
    return notices.undelivered(who, failed.occasion, (failed.error or "unknown").replace("_", " "), refs)


Compose = Callable[[Scope, Reader, Outbox], Message | str]
OCCASIONS: dict[str, Compose] = {
    "nudge": _nudge,
    "change": _change,
    "discuss": _discuss,
    "escalation": _escalation,
    "unanswered": _unanswered,
    "unsigned": _unsigned,
    "agenda": _agenda,
    "digest": _digest,
    "undelivered": _undelivered,
}
