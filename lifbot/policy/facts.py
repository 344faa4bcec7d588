"""What the rules are told: an item, its group's calendar and the partnership's numbers, as frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lifbot.calendar import local_day
from lifbot.policy.rules import Rules

__all__ = ["OPEN", "REPORTED", "UNCOUNTED", "Course", "Facts", "Pause", "Rules", "Sitting"]

OPEN = frozenset({"not_started", "in_progress"})
REPORTED = {"complete": "sign_off", "not_completable": "acceptance"}
"""Statuses the owner has reported, with what the group's chair is then asked for."""
UNCOUNTED = frozenset({"cancelled", "moved"})


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of the owning group; status is planned, held, cancelled (inquorate is too) or moved."""

    at: datetime
    status: str = "planned"


@dataclass(frozen=True, slots=True)
class Course:
    """The owning group's calendar, sorted; interval is the normal gap between its meetings in days."""

    zone: ZoneInfo
    sittings: tuple[Sitting, ...] = ()
    interval: int | None = None
    held: tuple[tuple[datetime, date], ...] = field(init=False, compare=False, repr=False)
    """The meetings that count once begun, neither cancelled nor moved, each with its local day."""
    gone: dict[tuple[date, timedelta], tuple[datetime, ...]] = field(
        init=False, compare=False, repr=False, default_factory=dict
    )
    """The first cycles to pass after a day, as far as they have been worked out: items of one day share them."""

    def __post_init__(self) -> None:
        counted = (sitting.at for sitting in self.sittings if sitting.status not in UNCOUNTED)
        object.__setattr__(self, "held", tuple((at, local_day(at, self.zone)) for at in counted))


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still: done, or cannot be completed, and waiting for the chair's answer."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one item that a rule may ask."""

    status: str
    created_on: date
    due_on: date
    original_due_on: date
    pauses: tuple[Pause, ...] = ()
    returned_at: datetime | None = None
    """When the partnership chair last returned it to the group."""
    escalated: bool = False
    """An escalation stands, not returned."""
    discuss_told: bool = False
    """The group's chair has been told once, in this round."""
    nudged_on: date | None = None
    told_on: date | None = None
    """The last day the owner had a notice of change (assigned, re-dated, returned); nudges begin after it."""
    overdue_anchor: date | None = None
    """A date of the series that all overdue items of the owner share."""
    snoozed_until: date | None = None
    declined: bool = False
    owner_left: bool = False
    left_on: date | None = None
    waiting: str | None = None
    """What the group's chair must decide: sign_off, acceptance, more_time or declined."""
    waiting_since: datetime | None = None
    decision_asked_on: date | None = None
    unsigned_told_on: date | None = None
    """The last day deputy and business unit were told that it is unsigned after two meetings."""
    heard_at: datetime | None = None
    """The last word from the owner (update, done, more time, accept)."""
    extensions: int = 0
    drift_suggested: frozenset[str] = frozenset()
    signed_off: bool = False
    accepted: bool = False
    held: bool = False
    """On hold: silent."""

    @property
    def is_open(self) -> bool:
        """Whether work is still to be done on it."""
        return self.status in OPEN and not self.signed_off and not self.accepted

    @property
    def is_reported(self) -> bool:
        """Whether it is done, or cannot be completed, and the chair has not yet agreed."""
        return self.status in REPORTED and not self.signed_off and not self.accepted

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still now."""
        return self.is_reported or any(pause.end is None for pause in self.pauses)

    @property
    def question(self) -> str | None:
        """What the group's chair must decide about it, if anything."""
        return self.waiting or (REPORTED[self.status] if self.is_reported else None)
