"""APScheduler with one job for each reminder, kept in a database."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_REMOVED, JobEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from storage.clock import real
from storage.db import sqlite


class JobStore:
    """APScheduler with a job for each reminder in SQLite, as careful with the disk as lifbot is."""

    def __init__(self, path: Path, waiting: int, due: int) -> None:
        self.due = due
        self._done: Counter[int] = Counter()
        self._jobs = BackgroundScheduler(
            jobstores={"default": SQLAlchemyJobStore(engine=sqlite(f"sqlite:///{path}"))}, timezone="UTC"
        )
        self._jobs.add_listener(self._note, EVENT_JOB_EXECUTED | EVENT_JOB_REMOVED)
        self._jobs.start(paused=True)
        self._add(waiting, timedelta(days=300))

    def fire(self) -> float:
        """Let some jobs be due; returns seconds for each, until it has run and is gone from the store."""
        self._done.clear()
        self._add(self.due, timedelta())
        began = time.perf_counter()
        self._jobs.resume()
        while min(self._done[EVENT_JOB_EXECUTED], self._done[EVENT_JOB_REMOVED]) < self.due:
            time.sleep(0.001)
        seconds = time.perf_counter() - began
        self._jobs.pause()
        return seconds / self.due

    def close(self) -> None:
        """Stop its threads."""
        self._jobs.shutdown()

    def _add(self, jobs: int, ahead: timedelta) -> None:
        for _ in range(jobs):
            self._jobs.add_job(remind, "date", run_date=real() + ahead, misfire_grace_time=None)

    def _note(self, event: JobEvent) -> None:
        self._done[event.code] += 1


def remind() -> None:
    """Do nothing: what is measured is how a job is found, run and removed."""
