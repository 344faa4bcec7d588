"""Several processes on one PostgreSQL: each message goes out once, whoever dies, and readiness tells the truth."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from commands import dispatch
from lifbot.message import Incoming, Place
from lifbot.partnership_file import read
from storage.clock import WorldClock
from storage.db import Database
from storage.migrate import migrate
from storage.setup import apply
from tests.fake_slack import SECRET, signed
from tests.ports import free_port
from tests.postgres import Server
from tests.world import ROOT

OWNERS = 40
LOGGED = datetime(2026, 1, 9, 10, tzinfo=UTC)
NUDGED = datetime(2026, 1, 26, 9, tzinfo=UTC)  # fourteen days before it is due: one message each
SEED = int(os.environ.get("LIFBOT_TEST_SEED", "0")) or 20260112
PRIVATE = "Words that belong in no log"
SOON = 30.0  # seconds in which the living have done a dead worker's part: far less than a lease
FILE = f"""
partnership: {{id: kirklees, name: Kirklees, timezone: Europe/London, profile: kirklees, chair: dev,
              business_unit: [amina], slack_team: T0001}}
agencies: [{{id: council, name: Kirklees Council}}]
people:
  - {{id: amina, name: Amina Yusuf, agency: council, slack: U0AMINA}}
  - {{id: dev, name: Dev Rao, agency: council, slack: U0DEV}}
{"".join(f"  - {{id: p{n}, name: Owner {n}, agency: council, slack: U0P{n}}}" + chr(10) for n in range(OWNERS))}
groups:
  - {{id: se, name: Safeguarding Effectiveness, prefix: SE, chair: amina, members: [amina]}}
"""


@dataclass
class Slack:
    """A workspace of any number of people, which takes its time; it keeps each message under its metadata's key."""

    seconds: float
    url: str = ""
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    said: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    async def take(self, request: web.Request) -> web.Response:
        """Answer one call."""
        sent = await request.json() if request.content_type == "application/json" else await request.post()
        args = {**request.query, **sent}
        match request.match_info["method"]:
            case "conversations.open":
                return web.json_response({"ok": True, "channel": {"id": f"D{args['users']}"}})
            case "chat.postMessage":
                await asyncio.sleep(self.seconds * self.dice.random())  # also when its caller has died meanwhile
                kept = self.said.setdefault(str(args["channel"]), [])
                kept.append({"ts": f"17000.{len(kept):06d}", "metadata": args["metadata"], "text": args["text"]})
                await asyncio.sleep(self.seconds * self.dice.random())
                return web.json_response({"ok": True, "channel": args["channel"], "ts": kept[-1]["ts"]})
            case "conversations.history":
                return web.json_response({"ok": True, "messages": self.said.get(str(args["channel"]), [])})
            case _:
                return web.json_response({"ok": True, "team_id": "T0001", "user_id": "ULIF"})

    @property
    def keys(self) -> Counter[str]:
        """How often each message was taken."""
        return Counter(each["metadata"]["event_payload"]["key"] for several in self.said.values() for each in several)


@asynccontextmanager
async def slack(seconds: float) -> AsyncIterator[Slack]:
    """Open a workspace whose answers take some seconds, before and after the message is taken."""
    it = Slack(seconds)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", it.take)
    async with TestServer(app) as server:
        it.url = str(server.make_url("/api/"))
        yield it


@dataclass
class Halves:
    """The program in several processes."""

    database_url: str
    slack_url: str
    folder: Path
    port: int = field(default_factory=free_port)
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """Start `bot.py` with these arguments."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        settings = {
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BOT_TOKEN": "xoxb-halves",
            "SLACK_API_URL": self.slack_url,
            "LIFBOT_TIME_TRAVEL": "1",
            "LIFBOT_TICK_SECONDS": "0.5",
            "PYTHONWARNINGS": "error",
        }
        with (self.folder / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(ROOT / "bot.py"), *arguments),
                env={**kept, **settings},
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    async def run(self, *arguments: str) -> int:
        """Run `bot.py` to its end and return its exit code."""
        return await asyncio.wait_for((await self.start(*arguments)).wait(), 60)

    async def ready(self) -> tuple[int, dict[str, bool]]:
        """Ask the web half whether it is ready."""
        async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
            answer = await http.get(f"http://127.0.0.1:{self.port}/readyz")
        return answer.status_code, answer.json()

    async def types(self, line: str) -> str:
        """Let the chair type a command to the web half; returns what Slack is answered."""
        command, _, text = line.partition(" ")
        body = urlencode(
            {"command": command, "text": text, "team_id": "T0001", "user_id": "U0AMINA", "channel_id": "D1"}
        )
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
            url = f"http://127.0.0.1:{self.port}/slack/events"
            return (await http.post(url, content=body, headers={**signed(body, SECRET), **kind})).text

    def log(self) -> str:
        """What the processes wrote."""
        return (self.folder / "bot.log").read_text(encoding="utf-8", errors="replace")


@asynccontextmanager
async def halves(database_url: str, slack_url: str, folder: Path) -> AsyncIterator[Halves]:
    """Yield a program whose processes are all ended at the end."""
    it = Halves(database_url, slack_url, folder)
    try:
        yield it
    finally:
        for process in it.running:
            if process.returncode is None:
                process.kill()
                await process.wait()


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """The address of a fresh database on PostgreSQL."""
    url = postgres.new_database()
    yield url
    postgres.drop_database(url)


def logged(url: str, owners: int) -> None:
    """Set up the partnership, and let the chair log an action for each of some owners."""
    db = Database(url)
    migrate(db)
    with db.begin() as session:
        apply(session, read(FILE), LOGGED, remove=False)
    for n in range(owners):
        line = f"action add {PRIVATE} {n} owner:@p{n} due:9 February"
        answer = dispatch.handle(db, Incoming("slack", "T0001", "U0AMINA", Place("D1", True), line, LOGGED))
        assert answer is not None
        assert "SE-2026-" in answer.plain()
    WorldClock(db, travel=True).set(LOGGED)
    db.close()


def wind(url: str, to: datetime) -> None:
    """Set the clock that all processes live by; nothing else happens here."""
    db = Database(url)
    WorldClock(db, travel=True).set(to)
    db.close()


async def until(what: Callable[[], Awaitable[bool]], seconds: float) -> float:
    """Wait until something is so; returns how long that took."""
    began = time.monotonic()
    while not await what():
        assert time.monotonic() - began < seconds, "it did not come to pass"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def test_a_worker_is_killed_in_the_midst_of_its_batch(postgres_url: str, tmp_path: Path) -> None:
    """The other one does its part: nothing is lost or sent twice, and nobody waits for a lease to run out."""
    dice = random.Random(SEED)
    enough = dice.randint(3, 30)
    await asyncio.to_thread(logged, postgres_url, OWNERS)
    async with slack(1.0) as there, halves(postgres_url, there.url, tmp_path) as it:
        workers = [await it.start("worker") for _ in range(2)]
        served = await it.start("web")
        assert await it.run("tick") == 0  # by hand, beside them

        async def welcomed() -> bool:
            return len(there.keys) == 0 and "at work" in it.log() and it.log().count("at work") == 2

        await until(welcomed, 20)
        await asyncio.to_thread(wind, postgres_url, NUDGED)

        async def nudging() -> bool:
            return sum("nudge" in key for key in there.keys) >= enough

        await until(nudging, 20)
        victim = dice.choice(workers)
        victim.kill()
        beside = asyncio.gather(*(it.run(*words) for words in (("migrate",), ("outbox",), ("tick", "--dry-run"))))

        async def all_told() -> bool:
            return sum("nudge" in key for key in there.keys) >= OWNERS

        took = await until(all_told, SOON)
        assert await beside == [0, 0, 0]
        print(f"seed {SEED}: {len(there.keys)} messages, the last {took:.1f} s after a worker's death")
        assert [key for key, times in there.keys.items() if times > 1] == []
        assert sum("nudge" in key for key in there.keys) == OWNERS
        survivor = next(each for each in workers if each is not victim)
        for each in (survivor, served):
            each.terminate()
        assert [await asyncio.wait_for(each.wait(), 10) for each in (survivor, served)] == [0, 0]


@dataclass
class Wire:
    """What lies between the program and PostgreSQL, and can be cut."""

    here: Path
    there: str
    server: asyncio.Server | None = None
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def mend(self) -> None:
        """Let connections through."""
        self.server = await asyncio.start_unix_server(self._join, self.here / ".s.PGSQL.5432")

    async def cut(self) -> None:
        """End all connections, and let none through."""
        assert self.server is not None
        self.server.close()
        for writer in tuple(self.open):
            writer.transport.abort()
        (self.here / ".s.PGSQL.5432").unlink(missing_ok=True)
        await self.server.wait_closed()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(f"{self.there}/.s.PGSQL.5432")
        self.open |= {writer, to_server}
        await asyncio.gather(_carry(reader, to_server), _carry(from_server, writer))
        self.open -= {writer, to_server}


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while part := await source.read(65536):
            target.write(part)
            await target.drain()
    target.close()


async def test_the_database_is_away_for_a_while(postgres: Server, postgres_url: str, tmp_path: Path) -> None:
    """Readiness says which part is not well, the log holds nobody's words, and all goes on by itself."""
    await asyncio.to_thread(logged, postgres_url, 3)
    folder = Path(tempfile.mkdtemp(prefix="lifbot-wire-", dir="/tmp"))  # a socket's path must be short
    wire = Wire(folder, str(postgres.folder))
    await wire.mend()
    url = postgres_url.replace(quote(str(postgres.folder), safe=""), quote(str(folder), safe=""))
    async with slack(0) as there, halves(url, there.url, tmp_path) as it:
        await it.start("web")

        async def says(status: int, **parts: bool) -> bool:
            with suppress(httpx.TransportError):
                return await it.ready() == (status, parts)
            return False

        await until(lambda: says(503, database=True, scheduler=False), 20)
        await it.start("worker")
        await until(lambda: says(200, database=True, scheduler=True), 20)
        await wire.cut()
        await until(lambda: says(503, database=False, scheduler=False), 10)
        assert "nothing was changed" in await it.types(f"/lif action add {PRIVATE} owner:@p1 due:9 February")
        await asyncio.sleep(1)
        await wire.mend()
        await until(lambda: says(200, database=True, scheduler=True), 10)
        await asyncio.to_thread(wind, postgres_url, NUDGED)

        async def all_told() -> bool:
            return sum("nudge" in key for key in there.keys) == 3

        await until(all_told, 10)
        assert set(there.keys.values()) == {1}
    assert "the pass was not clean: OperationalError" in it.log()
    assert PRIVATE not in it.log()
    await wire.cut()
    shutil.rmtree(folder)
