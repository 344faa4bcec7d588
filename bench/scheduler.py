"""What a reminder costs: lifbot's sweep, against APScheduler's job store and against itself with more rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import insert, select

from bench import Goal, Measured, in_turns
from bench.partnership import GROUPS, PARTNERSHIP, file
from bench.yardsticks.job_store import JobStore
from lifbot.model import Item, Outbox
from lifbot.partnership_file import read
from scheduler.clock import sweep_one
from storage.db import Database
from storage.migrate import migrate
from storage.setup import apply

FEW, MANY = 10_000, 200_000  # open actions
SHARE = 100  # one in so many is due in a round
EACH = 20  # open actions a person answers for
JOBS = 1_000
BEGIN = datetime(2026, 2, 2, 8, tzinfo=UTC)
# Working days without a digest (Mondays) and without a meeting or its agenda.
DAYS = tuple(date(2026, 3, day) for day in (3, 4, 5, 6, 10, 11, 12))
IDLE = 25  # sweeps with nothing due, in each round

JOB_STORE = "APScheduler's `SQLAlchemyJobStore` (SQLite, WAL, FULL): one job a reminder that does nothing when it fires"
G8 = Goal("G8", f"a due reminder, {FEW:,} open actions: time from due to promised", JOB_STORE, 1 / 15)
ITSELF = f"the same with {FEW:,} open actions"
G9_DUE = Goal("G9", f"a due reminder, {MANY:,} open actions: time", ITSELF, 2)
G9_IDLE = Goal("G9", f"a sweep with nothing due, {MANY:,} open actions: time", ITSELF, 2)
COMMON: dict[str, Any] = {
    "partnership_id": PARTNERSHIP,
    "text": "Audit the thresholds and tell the group what was found",
    "agency": "council",
    "timescale_text": "by then",
    "created_at": BEGIN,
    "created_by": "p0",
    "contributors": [],
    "pauses": [],
    "drift_suggested": [],
}


@dataclass
class Log:
    """A partnership with many open actions, one in a hundred of them due on each of DAYS."""

    db: Database
    actions: int
    day: int = -1

    def remind(self) -> float:
        """Sweep on the morning of the next day; returns seconds for each reminder, week-old ones too."""
        before = self._reminders()
        self.day += 1
        seconds = self._sweep()
        if (promised := self._reminders() - before) < self.actions // SHARE:
            raise AssertionError(f"{promised} reminders were promised of {self.actions // SHARE}")
        return seconds / promised

    def idle(self) -> float:
        """Sweep again and again when all is done; returns seconds for a sweep."""
        return sum(self._sweep() for _ in range(IDLE)) / IDLE

    def _sweep(self) -> float:
        began = time.perf_counter()
        sweep_one(self.db, PARTNERSHIP, morning(DAYS[self.day]))
        return time.perf_counter() - began

    def _reminders(self) -> int:
        with self.db.begin() as session:
            rows = session.exec(select(Outbox.about).where(Outbox.occasion == "nudge")).all()
        return sum(len(about["lines"]) for about in rows)


def morning(day: date) -> datetime:
    """The moment of a day's reminders, a minute past nine."""
    return datetime(day.year, day.month, day.day, 9, 1, tzinfo=UTC)


@contextmanager
def log(folder: Path, actions: int) -> Iterator[Log]:
    """Make a partnership in a new SQLite file."""
    db = Database(f"sqlite:///{folder}/{actions}.db")
    migrate(db)
    with db.begin() as session:
        apply(session, read(file(actions // EACH)), BEGIN, remove=False)
        for start in range(0, actions, 10_000):
            session.execute(insert(Item), [_action(number, actions // EACH) for number in range(start, start + 10_000)])
    sweep_one(db, PARTNERSHIP, morning(DAYS[0]) - timedelta(days=1))  # a year of meetings is planned only once
    yield Log(db, actions)
    db.close()


def _action(number: int, people: int) -> dict[str, Any]:
    """An action whose owner heard of it the day before its date, and is to hear again on the day."""
    place = number % SHARE
    day = DAYS[place] if place < len(DAYS) else date(2026, 11, 2)
    group = number % GROUPS
    return COMMON | {
        "group_id": f"g{group}",
        "ref": f"G{group}-2026-{number}",
        "number": number,
        "owner": f"p{number // 7 % people}",
        "due_on": day,
        "original_due_on": day,
        "nudged_on": day - timedelta(days=1),
        "look_again_at": morning(day) - timedelta(minutes=1),
    }


def measured() -> Iterator[Measured]:
    """Measure reminders against a job store, and many rows against few."""
    with TemporaryDirectory() as folder, log(Path(folder), FEW) as few, log(Path(folder), MANY) as many:
        jobs = JobStore(Path(folder) / "jobs.db", JOBS, FEW // SHARE)
        rounds = in_turns((jobs.fire, few.remind, many.remind, few.idle, many.idle), len(DAYS))
        jobs.close()
    yield Measured(G8, tuple(ours / theirs for theirs, ours, *_ in rounds))
    yield Measured(G9_DUE, tuple(with_many / with_few for _, with_few, with_many, *_ in rounds))
    yield Measured(G9_IDLE, tuple(with_many / with_few for *_, with_few, with_many in rounds))
