"""The metronome: one APScheduler job, one tick; and the time machine for tests and the playground."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from lifbot.errors import WAITS_FOR_SOMEBODY
from scheduler.deliver import Sender, deliver
from scheduler.homes import redraw
from scheduler.sweep import sweep
from storage import due, outbox
from storage.clock import WorldClock, beat, real
from storage.db import Database, take_turn
from storage.scope import Scope

log = logging.getLogger("lifbot.scheduler")

SOON = timedelta(seconds=0.3)
LONGEST_WAIT = timedelta(seconds=100)  # for the platform, before a moved clock answers all the same
LAST_SECONDS = 5  # for the pass that is under way when the program stops


class Metronome:
    """Sweeps and delivers at every tick; one pass at a time."""

    def __init__(self, db: Database, clock: WorldClock, senders: Mapping[str, Sender], seconds: float) -> None:
        self.db = db
        self.clock = clock
        self.senders = senders
        self._one_pass = asyncio.Lock()
        self._halted = False
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

    def halt(self) -> None:
        """Begin nothing new: the pass that is under way ends after its present batch."""
        self._halted = True

    async def stop(self) -> None:
        """Stop after the present batch, or in the midst of it if that takes long; what is not settled is let go."""
        self.halt()
        await self._pass_ends()
        self._jobs.shutdown(wait=False)
        for each in self._under_way:
            each.cancel()
        await self._pass_ends()
        await self.db.run(_let_go, self.db)

    async def _pass_ends(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_SECONDS), self._one_pass:
                pass

    async def beat(self) -> None:
        """Do one pass now; a fault is logged by its kind, and the next tick tries again."""
        try:
            async with self._one_pass:
                if self._halted:
                    return
                if await self.db.run(self.clock.is_set):
                    await tick(self.db, self.senders, await self.db.run(self.clock.now), self._goes_on)
                await self.db.run(_beat, self.db)
        except Exception as error:
            log.error("the pass was not clean: %s", type(error).__name__)

    async def run_to(self, target: datetime) -> bool:
        """Live through all the time until a moment, as if the process had been up; False if that was cut short."""
        async with self._one_pass:
            now = await self.db.run(self.clock.travelled) or target
            patient = await self._live(now, patient=True)  # what has fallen due already comes first
            while (moment := await self.db.run(_next, self.db, now, target)) is not None and self._goes_on():
                now = moment
                patient = await self._be_at(now, patient=patient)
            if now < target and self._goes_on():
                await self._be_at(target, patient=patient)
        return self._goes_on()

    async def jump_to(self, target: datetime) -> bool:
        """Wake up at a moment, as after an outage; False if that was cut short."""
        async with self._one_pass:
            await self._be_at(target, patient=True)
        return self._goes_on()

    def _goes_on(self) -> bool:
        return not self._halted

    async def _be_at(self, now: datetime, *, patient: bool) -> bool:
        await self.db.run(self.clock.set, now)
        return await self._live(now, patient=patient)

    async def _live(self, now: datetime, *, patient: bool) -> bool:
        """Do what is due; False once a wait for the platform was in vain, after which there is no more waiting."""
        await tick(self.db, self.senders, now, self._goes_on)
        settled = patient and await settle(self.db, self.senders, now, self._goes_on)
        await self.db.run(_beat, self.db)
        return settled


def always() -> bool:
    """Go on."""
    return True


async def tick(
    db: Database, senders: Mapping[str, Sender], now: datetime, goes_on: Callable[[], bool] = always
) -> None:
    """Do one pass: decide about everything due, then deliver all that can be delivered."""
    faults = [fault for id in await db.run(_partnership_ids, db) if (fault := await db.run(_swept, db, id, now))]
    while goes_on() and await deliver(db, senders, now):
        pass
    if goes_on():
        await redraw(db, senders, now)
    if faults:
        raise faults[0]


def _swept(db: Database, partnership_id: str, now: datetime) -> Exception | None:
    """Sweep one partnership; a fault in it must keep neither the others nor what is promised already from going out."""
    try:
        sweep_one(db, partnership_id, now)
    except Exception as error:
        log.error("partnership %s could not be swept: %s", partnership_id, type(error).__name__)
        return error
    return None


def sweep_one(db: Database, partnership_id: str, now: datetime) -> None:
    """Sweep one partnership in one transaction."""
    with db.begin() as session:
        take_turn(session, partnership_id)
        partnership = next(row for row in due.partnerships(session) if row.id == partnership_id)
        sweep(Scope(session, partnership, now))


async def settle(
    db: Database, senders: Mapping[str, Sender], now: datetime, goes_on: Callable[[], bool] = always
) -> bool:
    """Wait, in real time and not for ever, until the platform has taken everything due; False if it has not."""
    until = real() + LONGEST_WAIT
    while (again := await db.run(_try_again, db, now)) is not None:
        if not goes_on() or max(real(), again) > until:
            return False
        await asyncio.sleep(0.25)
        await deliver(db, senders, now)
    return True


def _try_again(db: Database, now: datetime) -> datetime | None:
    """Return the real moment at which the next of what is due may be tried; None where all that can be is settled."""
    with db.begin() as session:
        rows = [row for row in outbox.unsettled(session, now) if row.error not in WAITS_FOR_SOMEBODY]
        return min((row.retry_at or real() for row in rows), default=None)


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


def _let_go(db: Database) -> None:
    holder = db.holder()
    with db.begin() as session:
        outbox.release(session, real(), holder)
