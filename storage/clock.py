"""What time it is: the real clock, or with time travel the one that was set and runs on from there."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from lifbot.model import Clock, Pulse
from storage.db import Database


def real() -> datetime:
    """Return the real time: for signatures, leases and pacing, whatever the travelled clock says."""
    return datetime.now(UTC)


class WorldClock:
    """The partnership's time. With `travel`, None until somebody has set it; then it runs on at real speed."""

    def __init__(self, db: Database, *, travel: bool) -> None:
        self.db = db
        self.travel = travel
        self.may_go_back = False  # once: the playground's own first setting does not bind who sets it next

    def now(self) -> datetime:
        """Return the time for rules and words; an unset travelled clock shows the real time."""
        return (self.travelled() or real()) if self.travel else real()

    def travelled(self) -> datetime | None:
        """Return the travelled time, or None before it was first set."""
        with self.db.begin() as session:
            row = session.get(Clock, 1)
            return _shown(row) if row else None

    def last_set(self) -> datetime | None:
        """Return the moment to which the travelled clock was last set."""
        with self.db.begin() as session:
            row = session.get(Clock, 1)
            return row.now if row else None

    def is_set(self) -> bool:
        """Say whether the scheduler may act: always, except before a travelled clock is first set."""
        return not self.travel or self.travelled() is not None

    def set(self, now: datetime, *, for_good: bool = True) -> None:
        """Set the travelled clock, never back; it is kept in the database and holds for every process."""
        back, self.may_go_back = self.may_go_back, not for_good
        with self.db.begin() as session:
            row = session.get(Clock, 1)
            if row is None or back or _shown(row) < now:
                session.merge(Clock(id=1, now=now, set_at=real()))


def _shown(row: Clock) -> datetime:
    return row.now + (real() - row.set_at)


def beat(session: Session) -> None:
    """Note that the scheduler has just finished a clean pass."""
    session.merge(Pulse(id=1, at=real()))


def last_beat(session: Session) -> datetime | None:
    """Return when the scheduler last finished a clean pass, in real time."""
    row = session.get(Pulse, 1)
    return row.at if row else None
