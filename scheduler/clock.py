"""The metronome: one APScheduler job, one tick; and the time machine for tests and the playground."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.deliver import Sender, deliver
from scheduler.sweep import sweep
from storage import due, outbox
from storage.clock import WorldClock, beat, real
from storage.db import Database, take_turn
from storage.scope import Scope

log = logging.getLogger("lifbot.scheduler")

SOON = timedelta(seconds=0.3)
LONGEST_WAIT = timedelta(seconds=100)  # for the platform, before a moved clock answers all the same


class Metronome:
    """Sweeps and delivers at every tick; one pass at a time."""

    def __init__(self, db: Database, clock: WorldClock, senders: Mapping[str, Sender], seconds: float) -> None:
        self.db = db
        self.clock = clock
        self.senders = senders
        self._one_pass = asyncio.Lock()
        self._jobs = AsyncIOScheduler(timezone="UTC")
        self._job = self._jobs.add_job(
            self.beat, "interval", seconds=seconds, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to tick; the first tick comes at once, since something may have fallen due while we were away."""
        self._jobs.start()
        first = asyncio.get_running_loop().create_task(self.beat())
        self._under_way.add(first)
        first.add_done_callback(self._under_way.discard)

    def wake(self) -> None:
        """Tick in a moment: somebody has just done something that may be for others to hear."""
        soon = real() + SOON
        if self._jobs.running and self._job.next_run_time > soon:
            self._job.modify(next_run_time=soon)

    async def stop(self) -> None:
        """Let the pass that is under way finish, then stop; what it had claimed is settled."""
        self._jobs.pause()
        async with self._one_pass:
            self._jobs.shutdown(wait=False)

    async def beat(self) -> None:
        """Do one pass now; a fault is logged by its kind, and the next tick tries again."""
        try:
            async with self._one_pass:
                if await self.db.run(self.clock.is_set):
                    await tick(self.db, self.senders, await self.db.run(self.clock.now))
                await self.db.run(_beat, self.db)
        except Exception as error:
            log.error("the pass was not clean: %s", type(error).__name__)

    async def run_to(self, target: datetime) -> None:
        """Live through all the time until a moment, as if the process had been up."""
        async with self._one_pass:
            await self._restart()
            now = await self.db.run(self.clock.travelled) or target
            while (moment := await self.db.run(_next, self.db, now, target)) is not None:
                now = moment
                await self._be_at(now)
            await self._be_at(target)

    async def jump_to(self, target: datetime) -> None:
        """Wake up at a moment, as after an outage."""
        async with self._one_pass:
            await self._be_at(target)

    async def _restart(self) -> None:
        """Do first what has fallen due already."""
        now = await self.db.run(self.clock.travelled)
        if now:
            await tick(self.db, self.senders, now)

    async def _be_at(self, now: datetime) -> None:
        await self.db.run(self.clock.set, now)
        await tick(self.db, self.senders, now)
        await settle(self.db, self.senders, now)
        await self.db.run(_beat, self.db)


async def tick(db: Database, senders: Mapping[str, Sender], now: datetime) -> None:
    """Do one pass: decide about everything due, then deliver all that can be delivered."""
    for id in await db.run(_partnership_ids, db):
        await db.run(sweep_one, db, id, now)
    while await deliver(db, senders, now):
        pass


def sweep_one(db: Database, partnership_id: str, now: datetime) -> None:
    """Sweep one partnership in one transaction."""
    with db.begin() as session:
        take_turn(session, partnership_id)
        partnership = next(row for row in due.partnerships(session) if row.id == partnership_id)
        sweep(Scope(session, partnership, now))


async def settle(db: Database, senders: Mapping[str, Sender], now: datetime) -> None:
    """Wait, in real time and not for ever, until the platform has taken everything due."""
    until = real() + LONGEST_WAIT
    while real() < until and await db.run(_unsettled, db, now):
        await asyncio.sleep(0.25)
        await deliver(db, senders, now)


def _unsettled(db: Database, now: datetime) -> bool:
    with db.begin() as session:
        return bool(outbox.unsettled(session, now))


def _partnership_ids(db: Database) -> list[str]:
    with db.begin() as session:
        return [row.id for row in due.partnerships(session)]


def _next(db: Database, after: datetime, until: datetime) -> datetime | None:
    with db.begin() as session:
        moment = due.next_moment(session, after)
    return moment if moment and moment <= until else None


def _beat(db: Database) -> None:
    with db.begin() as session:
        beat(session)
