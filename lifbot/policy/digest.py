"""When the weekly digest comes, and what it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lifbot.calendar import at_local, local_day, on_or_after
from lifbot.policy.brag import Brag
from lifbot.policy.facts import OPEN, REPORTED
from lifbot.policy.moments import late_ok
from lifbot.policy.rules import Rules

WEEK = timedelta(days=7)
TWO_WEEKS = timedelta(days=14)
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the digest sees it."""

    ref: str
    text: str
    agency: str
    due_on: date
    brag: Brag | None
    status: str
    escalated: bool
    created_on: date
    is_practice: bool = False
    """Strong practice, which is counted apart from actions."""
    is_untold: bool = False
    """Its owner was asked what difference it made, and has not answered."""
    closed_on: date | None = None
    """The day it was signed off, accepted, withdrawn or superseded."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the digest says, each part in order of due date and ref."""

    open: tuple[Row, ...]
    due_in_two_weeks: tuple[Row, ...]
    past_date: tuple[Row, ...]
    with_chair: tuple[Row, ...]
    awaiting_sign_off: tuple[Row, ...]
    completed_this_week: tuple[Row, ...]
    new_this_week: tuple[Row, ...]
    practice_new: tuple[Row, ...] = ()
    practice_open: tuple[Row, ...] = ()
    practice_late: tuple[Row, ...] = ()
    practice_waiting: tuple[Row, ...] = ()
    """Said to have spread, awaiting sign-off."""
    practice_spread: tuple[Row, ...] = ()
    """Signed off this week as spread."""
    untold: tuple[Row, ...] = ()

    @property
    def practice(self) -> bool:
        """Whether there is anything to say of strong practice."""
        ahead = self.practice_new or self.practice_open or self.practice_late
        return bool(ahead or self.practice_waiting or self.practice_spread)


def next_digest(after: datetime, rules: Rules, zone: ZoneInfo) -> datetime:
    """The first digest strictly after a moment: weekly, on the next working day if its own day is none."""
    weekday, clock = rules.digest
    today = local_day(after, zone)
    week = today - timedelta(days=today.weekday()) - WEEK
    while (at := at_local(on_or_after(week + timedelta(days=weekday)), clock, zone)) <= after:
        week += WEEK
    return at


def last_digest(now: datetime, rules: Rules, zone: ZoneInfo) -> datetime:
    """The latest digest moment up to now; one moved off a bank holiday does not take the next week's place."""
    weekday, clock = rules.digest
    today = local_day(now, zone)
    monday = today - timedelta(days=today.weekday())
    weeks = (monday - n * WEEK for n in range(3))
    moments = (at_local(on_or_after(week + timedelta(days=weekday)), clock, zone) for week in weeks)
    return max(at for at in moments if at <= now)


def is_timely(now: datetime, rules: Rules, zone: ZoneInfo) -> bool:
    """Whether today's digest may go now: at its own hour, whatever that is, or later in the day within nudge hours."""
    at = last_digest(now, rules, zone)
    return local_day(at, zone) == local_day(now, zone) and (now - at < AN_HOUR or late_ok(now, rules, zone) <= now)


def counts(rows: Iterable[Row], today: date) -> Summary:
    """What stands today, and what was completed or logged since this day last week."""
    every = sorted(rows, key=lambda row: (row.due_on, row.ref))
    ordered = [row for row in every if not row.is_practice]
    still = tuple(row for row in ordered if row.status in OPEN)
    reported = tuple(row for row in ordered if row.status in REPORTED)
    return Summary(
        open=still,
        due_in_two_weeks=tuple(row for row in still if today <= row.due_on <= today + TWO_WEEKS),
        past_date=tuple(row for row in still if row.due_on < today),
        with_chair=tuple(row for row in every if row.status in OPEN and row.escalated),
        awaiting_sign_off=tuple(row for row in reported if row.closed_on is None),
        completed_this_week=tuple(row for row in reported if _this_week(row.closed_on, today)),
        new_this_week=tuple(row for row in still + reported if _this_week(row.created_on, today)),
        untold=tuple(row for row in every if row.is_untold),
        **_practice([row for row in every if row.is_practice], today),
    )


def _practice(rows: list[Row], today: date) -> dict[str, tuple[Row, ...]]:
    """Strong practice, counted apart: each in the first part that fits."""
    new = tuple(row for row in rows if row.status in OPEN and _this_week(row.created_on, today))
    still = [row for row in rows if row.status in OPEN and row not in new]
    return {
        "practice_new": new,
        "practice_late": tuple(row for row in still if row.due_on < today),
        "practice_open": tuple(row for row in still if row.due_on >= today),
        "practice_waiting": tuple(row for row in rows if row.status in REPORTED and row.closed_on is None),
        "practice_spread": tuple(row for row in rows if row.status == "complete" and _this_week(row.closed_on, today)),
    }


def nothing(summary: Summary) -> bool:
    """Whether there is nothing to say: nothing open or waiting, nothing done or logged this week."""
    if summary.practice or summary.untold:
        return False
    return not (summary.open or summary.awaiting_sign_off or summary.completed_this_week or summary.new_this_week)


def _this_week(day: date | None, today: date) -> bool:
    return day is not None and today - WEEK <= day <= today
