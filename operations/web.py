"""What operators and their scripts reach by HTTP: health, readiness, metrics, and the time machine."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lifbot.settings import Settings
from operations import receipt_page
from scheduler.clock import Metronome
from storage import due, outbox
from storage.clock import WorldClock, last_beat, real
from storage.db import Database

FAR = timedelta(days=366 * 20)


def routes(db: Database, clock: WorldClock, metronome: Metronome, settings: Settings) -> list[Route]:
    """Return the operators' paths."""

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(request: Request) -> Response:
        state = await readiness(db, settings.lifbot_tick_seconds)
        return JSONResponse(state, 200 if all(state.values()) else 503)

    async def metrics(request: Request) -> Response:
        return Response(await db.run(measured, db), media_type="text/plain; version=0.0.4")

    async def clock_get(request: Request) -> Response:
        return JSONResponse({"now": (await db.run(clock.now)).isoformat(), "set": await db.run(clock.is_set)})

    async def clock_post(request: Request) -> Response:
        return await _move(request, db, clock, metronome)

    found = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    found += receipt_page.routes(db, clock, metronome)
    if clock.travel:
        found += [Route("/clock", clock_get, methods=["GET"]), Route("/clock", clock_post, methods=["POST"])]
    return found


async def readiness(db: Database, tick_seconds: float) -> dict[str, bool]:
    """Say whether the database answers, and whether the last clean scheduler pass is recent."""
    try:
        beat = await asyncio.wait_for(db.run(_last_beat, db), timeout=5)
    except (SQLAlchemyError, TimeoutError):
        return {"database": False, "scheduler": False}
    recent = timedelta(seconds=max(30.0, 4 * tick_seconds))
    return {"database": True, "scheduler": beat is not None and real() - beat < recent}


def _last_beat(db: Database) -> datetime | None:
    with db.begin() as session:
        return last_beat(session)


def measured(db: Database) -> bytes:
    """Return the numbers an operator watches, as Prometheus reads them."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # not every operator asks

    registry = CollectorRegistry()
    rows = Gauge("lifbot_outbox_rows", "Outbox rows by status", ["status"], registry=registry)
    partnerships = Gauge("lifbot_partnerships", "Partnerships served", registry=registry)
    beat = Gauge("lifbot_last_clean_pass_timestamp_seconds", "Last clean scheduler pass", registry=registry)
    with db.begin() as session:
        for status, count in outbox.counts(session).items():
            rows.labels(status).set(count)
        partnerships.set(len(due.partnerships(session)))
        last = last_beat(session)
        beat.set(last.timestamp() if last else 0)
    return generate_latest(registry)


async def _move(request: Request, db: Database, clock: WorldClock, metronome: Metronome) -> Response:
    try:
        wanted = json.loads(await request.body())
        target = datetime.fromisoformat(wanted["now"])
        mode = wanted.get("mode", "run")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _refused(400, 'Send {"now": "2026-03-02T09:00:00+00:00", "mode": "run"}.')
    if target.tzinfo is None or mode not in ("run", "jump"):
        return _refused(400, "now needs its offset, as in 2026-03-02T09:00:00+00:00; mode is run or jump.")
    # The clock runs on: what it was last set to may be asked for again, by somebody who got no answer.
    now = await db.run(clock.last_set)
    back = bool(now and target < now)
    if now and back and not clock.may_go_back:
        return _refused(409, f"It is {now.isoformat()} already: this clock does not go back.")
    if abs(target - (now or target)) > FAR:
        return _refused(400, "That is more than twenty years away.")
    if back:
        await db.run(_look_anew, db, target)
    move = metronome.run_to if mode == "run" and now and not back else metronome.jump_to
    if not await move(target.astimezone(UTC)):
        return _refused(503, "lifbot is stopping. Start it, and ask again.")
    return JSONResponse({"now": (await db.run(clock.now)).isoformat()})


def _look_anew(db: Database, now: datetime) -> None:
    with db.begin() as session:
        due.look_anew(session, now)


def _refused(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status)
