"""An outbox row -> what it says now: items are read again, and what is no longer true is left out or dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lifbot import notices
from lifbot.calendar import say_moment
from lifbot.message import Address, Message
from lifbot.model import Group, Meeting, Outbox, Person
from lifbot.notices import coverage
from lifbot.policy import digest as counting
from lifbot.policy.moments import late_ok, late_ok_for, notice_moment
from scheduler import about_help, about_items, about_people, cards, instead, not_added, publishing, receipts, requests
from scheduler.addresses import address
from storage import meetings, pack, people
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


@dataclass(frozen=True)
class Ready:
    """What is said, where it goes, and who hears it, unless it is for a channel."""

    address: Address
    message: Message
    person: str | None


@dataclass(frozen=True)
class PassOn:
    """Somebody stands in by now for whom it was promised to, and is told with what else is theirs."""

    why: str


Composed = Ready | Drop | Postpone | Unreachable | PassOn


def compose(scope: Scope, row: Outbox, connected: Collection[str]) -> Composed:
    """Return what a row says now and where it goes on the platforms that are connected, or why it does not go."""
    opens = _opens(scope, row)
    if opens > scope.now and not row.about.get("asked"):  # what somebody asks for comes when they ask
        return Postpone(opens)
    reader = Reader(scope)
    heard = instead.hearer(scope, reader, row)
    if isinstance(heard, str):
        return Unreachable(heard) if row.occasion == "escalation" else Drop(heard)
    if heard and heard.is_stand_in and row.occasion in BUNDLED:
        return PassOn(f"{heard.person} hears it")
    message = OCCASIONS[row.occasion](scope, reader, row)
    if isinstance(message, str):
        return Drop(message)
    to = address(scope, row, connected, heard.person if heard else None)
    if to is None and row.occasion == "digest":
        return Drop("there is no channel for it")
    if to is None:
        return Unreachable("they have no address here")
    return Ready(to, instead.introduced(message, reader, heard), heard.person if heard else None)


def _opens(scope: Scope, row: Outbox) -> datetime:
    """When a row may be said: now, or at the next hour for its like; a nudge never before the person's own hour."""
    if row.occasion == "nudge":
        person = scope.get(Person, row.person)
        return late_ok_for(scope.now, person.nudge_at if person else None, scope.rules, scope.zone)
    if row.occasion in ("digest", "own_digest") and counting.is_timely(scope.now, scope.rules, scope.zone):
        return scope.now
    return (notice_moment if row.occasion in NOTICES else late_ok)(scope.now, scope.rules, scope.zone)


def _file(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    person = reader.people.get(row.person or "")
    if person and person.left_on is None and row.about.get("picture"):
        return coverage.picture()
    return notices.file() if person and person.left_on is None else "they have left"


def _agenda(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    meeting = scope.get(Meeting, row.about["meeting"])
    group = scope.get(Group, row.group_id)
    if meeting is None or group is None or meeting.status != "planned" or meeting.starts_at <= scope.now:
        return "the meeting has begun, or is not held"
    found = pack.matters(scope, reader, group, meeting, row.person)
    if not (found.rows or found.apart or row.about.get("asked") or pack.is_anything_open(scope, group)):
        return "the group has nothing open"
    return notices.agenda(group.name, say_moment(meeting.starts_at, scope.zone), found)


def _digest(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    if date.fromisoformat(row.about["day"]) != scope.today:
        return "its day has passed"
    group = scope.get(Group, row.group_id)
    counts, lines = pack.summary(scope, reader, group, row.person), pack.lines(scope, group, row.person)
    if counting.nothing(counts) and not lines:
        return "nothing happened and nothing is open"
    coming = _next_meetings(scope, [group] if group else people.groups(scope))
    return notices.digest(group.name if group else scope.partnership.name, scope.today, counts, coming, lines)


def _own_digest(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """The digests of all of somebody's groups, in one message."""
    person = scope.get(Person, row.person)
    if person is None or not person.wants_digest or date.fromisoformat(row.about["day"]) != scope.today:
        return "its day has passed, or it is not wanted any more"
    mine = people.groups_of(scope, person)
    found = [
        (group, pack.summary(scope, reader, group, person.id), pack.lines(scope, group, person.id)) for group in mine
    ]
    parts = [
        notices.digest(group.name, scope.today, counts, _next_meetings(scope, [group]), lines)
        for group, counts, lines in found
        if lines or not counting.nothing(counts)
    ]
    return notices.digests(parts) if parts else "nothing happened and nothing is open"


def _next_meetings(scope: Scope, groups: Sequence[Group]) -> str | None:
    found = [(group, meeting) for group in groups if (meeting := meetings.next_meeting(scope, group.id))]
    if not found:
        return None
    group, first = min(found, key=lambda pair: pair[1].starts_at)
    when = say_moment(first.starts_at, scope.zone)
    return when if len(groups) == 1 else f"{group.name}, {when}"


NOTICES = (
    "change",
    "absence",
    "leaving",
    "account",
    "request",
    "notice",
    "notice_check",
    "notice_news",
    "cascade",
)  # told at once, in the hours for notices
BUNDLED = ("nudge", "change")  # one message for all that a person is told
Compose = Callable[[Scope, Reader, Outbox], Message | str]
OCCASIONS: dict[str, Compose] = {
    "nudge": about_items.nudge,
    "change": about_items.change,
    "discuss": about_items.discuss,
    "escalation": about_help.escalation,
    "unanswered": about_help.unanswered,
    "unsigned": about_help.unsigned,
    "agenda": _agenda,
    "digest": _digest,
    "own_digest": _own_digest,
    "file": _file,
    "undelivered": about_help.undelivered,
    "not_added": not_added.notice,
    "card": cards.card,
    "redraw": cards.redraw,
    "absence": about_people.absence,
    "leaving": about_people.leaving,
    "account": about_people.account,
    "request": requests.request,
    "notice": publishing.post,
    "notice_redraw": publishing.redraw,
    "notice_check": publishing.to_check,
    "notice_news": publishing.told,
    "cascade": receipts.told,
}
