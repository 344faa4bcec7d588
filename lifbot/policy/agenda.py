"""The standing items of a meeting: when the pack goes out, and where each item stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lifbot.calendar import add_working_days, at_local, local_day, on_or_before
from lifbot.policy.brag import Brag
from lifbot.policy.facts import OPEN, REPORTED
from lifbot.policy.rules import Rules


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the agenda sees it."""

    ref: str
    text: str
    agency: str
    due_on: date
    brag: Brag | None
    status: str
    missed: int = 0
    """Cycles missed since the due date, or since the partnership chair returned it."""
    updated_on: date | None = None
    is_practice: bool = False
    """Strong practice, which is shown first."""
    new: bool = False
    """Logged since the last meeting."""
    handed_over: bool = False
    """What another group handed over since the last meeting."""
    closed_on: date | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Matters:
    """Matters arising, the challenges apart; each item appears once, in the first part that fits."""

    for_discussion: tuple[Row, ...]
    due: tuple[Row, ...]
    overdue: tuple[Row, ...]
    updated: tuple[Row, ...]
    awaiting_sign_off: tuple[Row, ...]
    practice: tuple[Row, ...] = ()
    """Strong practice, which comes first."""
    handed_over: tuple[Row, ...] = ()
    challenges: tuple[Row, ...] = ()
    apart: int = 0
    """Items of a single agency's own learning, which are not for who reads this (K25)."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every item on the list, in order."""
        first = self.practice + self.challenges + self.for_discussion + self.handed_over
        return first + self.due + self.overdue + self.updated + self.awaiting_sign_off


def say_apart(count: int) -> str:
    """Say how many items are left out, since they come of a single agency's own learning."""
    return f"{count} {'item of a single agency is' if count == 1 else 'items of single agencies are'} not shown here."


def agenda_at(meeting_at: datetime, rules: Rules, zone: ZoneInfo) -> datetime:
    """When the pack goes to the group's channel: some working days before the meeting, at nudge time."""
    meeting_on = local_day(meeting_at, zone)
    days = rules.agenda_working_days_before
    day = add_working_days(meeting_on, -days) if days else on_or_before(meeting_on)
    return at_local(day, rules.nudge_at, zone)


def matters(rows: Iterable[Row], today: date, meeting_on: date, last_held: date | None) -> Matters:
    """The items for a meeting, by part, each part in order of due date and ref."""
    parts: dict[str, list[Row]] = {
        "practice": [],
        "for_discussion": [],
        "handed_over": [],
        "due": [],
        "overdue": [],
        "updated": [],
        "awaiting_sign_off": [],
        "": [],
    }
    for row in sorted(rows, key=lambda row: (row.due_on, row.ref)):
        part = _part(row, today, meeting_on, last_held)
        parts["practice" if row.is_practice and (part or _is_news(row)) else part].append(row)
    return Matters(**{name: tuple(found) for name, found in parts.items() if name})


def _is_news(row: Row) -> bool:
    return row.new and row.status in OPEN


def _part(row: Row, today: date, meeting_on: date, last_held: date | None) -> str:
    """The name of the part; empty for an item that need not be spoken of."""
    if row.status in REPORTED:
        return "" if row.closed_on else "awaiting_sign_off"
    if row.status not in OPEN:
        return ""
    if row.missed:
        return "for_discussion"
    if row.handed_over:
        return "handed_over"
    if row.due_on <= meeting_on:
        return "overdue" if row.due_on < today else "due"
    return "updated" if row.updated_on and (last_held is None or row.updated_on >= last_held) else ""
