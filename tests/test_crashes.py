"""Killed in the midst of things: what was promised arrives, once, and the log is that of an undisturbed life."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.postgres import Server
from tests.world import FILE, SE, World, world

SEED = int(os.environ.get("LIFBOT_TEST_SEED", "0")) or 20260112
SOON = 30  # seconds in which a moved clock answers after a crash: far less than a lease
MONTHLY = FILE.replace("INTERVAL=2", "INTERVAL=1")
REMINDED, MET = "2026-02-06T12:00:00+00:00", "2026-02-12T10:30:00+00:00"
ESCALATED, AFTER = "2026-03-13T09:00:00+00:00", "2026-04-01T09:00:00+01:00"
TIMES = ("at", "exported_at")
HOURS = re.compile(r"(?<=\d\d-\d\d)T\d\d:\d\d:\d\d\S*")


@dataclass
class Life:
    """The story in steps, each of which moves the clock; `disturb` is what happens to the program meanwhile."""

    w: World
    disturb: dict[str, Callable[[Life, str], Awaitable[None]]] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)

    async def until(self, moment: str) -> None:
        """Move the clock, undisturbed or not, and note how long that took."""
        began = time.monotonic()
        await self.disturb[moment](self, moment) if moment in self.disturb else await self.w.live_until(moment)
        self.took[moment] = time.monotonic() - began

    async def play(self) -> None:
        """Live from three actions being logged to an escalation that is returned."""
        await self.until("2026-01-09T10:00:00+00:00")
        for line in ("Audit MASH thresholds owner:@cleo due:27 February", "Review the form owner:@ben due:9 February"):
            await self.w.types("ben", f"/lif action add {line}")
        await self.w.types("ben", "/lif action add Review the neglect toolkit owner:@cleo due:9 February")
        await self.until(REMINDED)
        await self.w.says("cleo", "SE-2026-001 done, training delivered")
        await self.until("2026-02-09T09:00:00+00:00")
        await self.w.types("ben", "/lif action signoff SE-2026-001")
        await self.until(MET)
        await self.w.types("ben", "/lif meeting close SE-2026-003: waiting for a system change")
        await self.until(ESCALATED)
        await self.w.says("dev", "SE-2026-003 return to group please agree a date")
        await self.until(AFTER)


@dataclass(frozen=True)
class Told:
    """What a life left behind."""

    log: Any
    said: dict[str, list[str]]
    keys: Counter[str]


async def told(w: World) -> Told:
    """Read everything that anybody was sent, and the whole log without its times."""
    said = {who: [each.text for each in w.dms(who)] for who in ("amina", "ben", "cleo", "dev")}
    said["group"] = [each.text for each in w.posts()]
    places = [SE, *(f"D0{who.upper()}" for who in said if who != "group")]
    found = [m for place in places for m in w.workspace.messages.in_place(place, None, 500) if m.metadata]
    return Told(
        timeless(await w.export()), said, Counter(m.metadata["event_payload"]["key"] for m in found if m.metadata)
    )


def timeless(found: Any) -> Any:
    """Return a piece of the log with the days on which things were done, but not the hours."""
    if isinstance(found, dict):
        return {name: timeless(value) for name, value in found.items() if name not in TIMES}
    if isinstance(found, str):
        return HOURS.sub("", found)
    return [timeless(each) for each in found] if isinstance(found, list) else found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, dict[str, float]]:
    """The story as nobody disturbs it, and how long each step of it takes."""
    folder = tmp_path_factory.mktemp("undisturbed")

    async def live() -> tuple[Told, dict[str, float]]:
        async with world(f"sqlite:///{folder / 'lifbot.db'}", folder, file=MONTHLY) as w:
            life = Life(w)
            await life.play()
            return await told(w), life.took

    return asyncio.run(live())


@asynccontextmanager
async def being_moved(w: World, moment: str) -> AsyncIterator[asyncio.Task[httpx.Response]]:
    """Move the clock meanwhile; whatever becomes of that request is no fault."""
    moving = asyncio.create_task(w.clock(moment))
    try:
        yield moving
    finally:
        await asyncio.gather(moving, return_exceptions=True)


async def again(w: World, moment: str) -> None:
    """Start the program anew and ask for the same moment; it does not wait for a lease to run out."""
    await w.start()
    began = time.monotonic()
    await w.live_until(moment)
    print(f"after the restart the clock answered in {time.monotonic() - began:.1f} s")


def killed_after(seconds: float) -> Callable[[Life, str], Awaitable[None]]:
    """Kill the program while it lives towards a moment."""

    async def disturb(life: Life, moment: str) -> None:
        async with being_moved(life.w, moment):
            await asyncio.sleep(seconds)
            await life.w.stop(signal.SIGKILL)
        await again(life.w, moment)

    return disturb


def killed_while_slack_takes(nth: int, seconds: float) -> Callable[[Life, str], Awaitable[None]]:
    """Kill the program when Slack has a message but has not said so."""

    async def disturb(life: Life, moment: str) -> None:
        w = life.w
        before = sum(call.method == "chat.postMessage" for call in w.workspace.calls)
        w.workspace.fail_next("chat.postMessage", delay=0.4, times=nth)
        async with being_moved(w, moment):
            for _ in range(1000):
                if sum(call.method == "chat.postMessage" for call in w.workspace.calls) >= before + nth:
                    break
                await asyncio.sleep(0.01)
            await asyncio.sleep(seconds)
            await w.stop(signal.SIGKILL)
        began = time.monotonic()
        await again(w, moment)
        assert time.monotonic() - began < SOON

    return disturb


async def asked_to_stop(life: Life, moment: str) -> None:
    """Ask the program to stop while it lives towards a moment: it does so soon, and says that all is well."""
    async with being_moved(life.w, moment) as moving:
        await asyncio.sleep(0.3)
        began = time.monotonic()
        assert await life.w.stop() == 0
        print(f"it stopped in {time.monotonic() - began:.1f} s")
        assert time.monotonic() - began < 8
    assert moving.result().status_code in (200, 503)
    await again(life.w, moment)


async def test_killed_at_three_random_moments(
    database_url: str, tmp_path: Path, undisturbed: tuple[Told, dict[str, float]]
) -> None:
    """Nothing is lost, nothing is sent twice, and the log agrees with that of an undisturbed life."""
    whole, took = undisturbed
    dice = random.Random(SEED)
    first, last = (took[step] * dice.random() for step in (REMINDED, AFTER))
    nth, seconds = dice.randint(2, 5), dice.uniform(0.05, 0.35)
    print(f"seed {SEED}: killed after {first:.2f} s, {seconds:.2f} s into message {nth}, after {last:.2f} s")
    async with world(database_url, tmp_path, file=MONTHLY) as w:
        life = Life(
            w,
            {
                REMINDED: killed_after(first),
                MET: asked_to_stop,
                ESCALATED: killed_while_slack_takes(nth, seconds),
                AFTER: killed_after(last),
            },
        )
        await life.play()
        found = await told(w)
        print({step: f"{seconds:.1f}" for step, seconds in life.took.items()}, dict(took))
    assert [key for key, times in found.keys.items() if times > 1] == []
    assert found.said == whole.said
    assert found.log == whole.log


async def test_an_event_that_slack_delivers_again_is_done_once(postgres: Server, tmp_path: Path) -> None:
    """While the first is being handled, and after the program was killed before it could say that it had it."""
    async with world(postgres.new_database(), tmp_path) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        await w.types("ben", "/lif action add Audit MASH thresholds owner:@cleo due:27 February")
        stage = w.playground.stage
        first = _written(w, "Ev1", "SE-2026-001 update the audit has begun", "1767952800.000100")
        replies = await asyncio.gather(*(stage.wire.event(first, retry) for retry in (0, 1, 2)))
        assert [reply.status for reply in replies] == [200, 200, 200]
        second = _written(w, "Ev2", "SE-2026-001 update half of it is done", "1767952801.000100")
        assert (await stage.wire.event(second)).ok
        await w.stop(signal.SIGKILL)
        await w.start()
        assert (await stage.wire.event(second, 1, "http_timeout")).ok
        updates = [each["text"] for each in (await w.item("SE-2026-001"))["updates"]]
        assert updates == ["the audit has begun", "half of it is done"]
        w.dms("cleo")


def _written(w: World, event: str, text: str, stamp: str) -> dict[str, Any]:
    said = {"type": "message", "channel_type": "im", "channel": "D0CLEO", "user": "U0CLEO", "text": text, "ts": stamp}
    return {"type": "event_callback", "team_id": "T0001", "event_id": event, "event": {**said, "event_ts": stamp}}
