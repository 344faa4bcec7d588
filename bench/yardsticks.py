"""What lifbot is measured against: Bolt alone, APScheduler's job store, and the import of the libraries."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_REMOVED, JobEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage.clock import real
from storage.db import sqlite

QUIET = logging.getLogger("bench.bolt")
QUIET.setLevel(logging.ERROR)


def bolt(secret: str, answer: dict[str, Any], *, waits_for_ack: bool = False) -> Starlette:
    """Return Bolt with one listener that acknowledges /lif with an answer made beforehand."""
    app = AsyncApp(
        logger=QUIET,
        signing_secret=secret,
        client=AsyncWebClient("xoxb-bench"),
        authorize=_authorize,
        process_before_response=not waits_for_ack,
        ignoring_self_events_enabled=False,
    )

    @app.command("/lif")
    async def lif(ack: AsyncAck) -> None:
        await ack(answer)

    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


async def _authorize(**given: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0001", bot_token="xoxb-bench")


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
