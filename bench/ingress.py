"""What it costs to answer /lif: from a signed request to its answer, in this process, against Bolt alone."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bench import Goal, Measured, in_turns, yardsticks
from commands import dispatch
from lifbot.message import Incoming, Message
from lifbot.partnership_file import read
from lifbot.settings import Settings
from lifbot.slack import inbound
from storage.db import Database
from storage.migrate import migrate
from storage.setup import apply

SECRET = "the bench's secret"
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
BETWEEN = timedelta(seconds=7)  # two requests, by the partnership's clock: changes made within two minutes are bundled
FILE = Path(__file__).parent.parent / "lifbot" / "playground" / "kirklees.yaml"
HELP, LIST = "help", "action list mine"
ADD = "action add Audit MASH thresholds owner:<@U0CLEO> due:31 March"
AT_ONCE = 32

BARE = "Bolt alone, one listener, `process_before_response`, acknowledging with the same answer made beforehand"
STOCK = "Bolt alone as it comes, acknowledging with the same answer"
G1 = Goal("G1", "`/lif help`: answers a second, 32 at once", BARE, 0.9, at_least=True)
G2 = Goal("G2", "50 further subcommands: time of an answer", "the same command when it is the only one", 1.05)
G3_HELP = Goal("G3", "`/lif help`: median time, one at a time", STOCK, 0.05)
G3_ADD = Goal("G3", "`/lif action add`: median time, one at a time", STOCK, 0.15)
G4 = Goal("G4", "`/lif action add`, SQLite `synchronous=FULL`: answers a second, 32 at once", BARE, 0.25, at_least=True)


@dataclass
class Desk:
    """lifbot on a fresh SQLite file with the playground's partnership, where Ben types."""

    db: Database
    runner: asyncio.Runner
    now: datetime = NOW
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        settings = Settings.model_validate({"slack_signing_secret": SECRET, "slack_bot_token": "xoxb-bench"})
        bolt = inbound.app(settings, self.handle, self.clock, AsyncWebClient("xoxb-bench"))
        self.app = Starlette(routes=inbound.routes(bolt))

    async def handle(self, incoming: Incoming) -> Message | None:
        """Answer as the program does."""
        return await self.db.run(dispatch.handle, self.db, incoming)

    def clock(self) -> datetime:
        """Let some time go by with each request."""
        self.now += BETWEEN
        return self.now

    def answer(self, text: str) -> dict[str, Any]:
        """Return what lifbot acknowledges with."""
        found: dict[str, Any] = json.loads(self.runner.run(post(self.app, signed(text))))
        return found

    def seconds_each(self, app: Starlette, text: str, requests: int, at_once: int = AT_ONCE) -> float:
        """Return the time of a request when so many are under way at once."""
        return self.runner.run(crowd(app, signed(text), requests, at_once))

    def seconds_alone(self, app: Starlette, text: str, requests: int) -> float:
        """Return the median time of a request when none other is under way."""
        return self.runner.run(one_by_one(app, signed(text), requests))


@contextmanager
def desk() -> Iterator[Desk]:
    """Open a desk on a new database."""
    with TemporaryDirectory() as folder, asyncio.Runner() as runner:
        db = Database(f"sqlite:///{folder}/bench.db")
        migrate(db)
        with db.begin() as session:
            apply(session, read(FILE.read_text(encoding="utf-8")), NOW, remove=False)
        yield Desk(db, runner)
        db.close()


@dataclass(frozen=True, slots=True)
class Signed:
    """A request of Slack's, as a server hands it over."""

    body: bytes
    headers: list[tuple[bytes, bytes]]


def signed(text: str) -> Signed:
    """Return what Slack sends when Ben types /lif and this."""
    fields = {"command": "/lif", "text": text, "team_id": "T0LIFBOT", "user_id": "U0BEN", "channel_id": "C0SE"}
    body, moment = urlencode(fields).encode(), str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": str(len(body)),
        "x-slack-request-timestamp": moment,
        "x-slack-signature": f"v0={digest}",
    }
    return Signed(body, [(name.encode(), value.encode()) for name, value in headers.items()])


async def post(app: Starlette, request: Signed) -> bytes:
    """Hand a request to an application as a server would, and return the body of its answer, which must be 200."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/slack/events",
        "query_string": b"",
        "headers": request.headers,
    }
    answer = bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(event: Any) -> None:
        if event.get("status", 200) != 200:
            raise AssertionError(event)
        answer.extend(event.get("body", b""))

    await app(scope, receive, send)
    return bytes(answer)


async def crowd(app: Starlette, request: Signed, requests: int, at_once: int) -> float:
    """Let several clients send one request after the other; returns seconds for each request."""
    left = iter(range(requests))

    async def client() -> None:
        for _ in left:
            await post(app, request)

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(at_once)))
    return (time.perf_counter() - began) / requests


async def one_by_one(app: Starlette, request: Signed, requests: int) -> float:
    """Send one request after the other; returns the median of their seconds."""
    taken = []
    for _ in range(requests):
        began = time.perf_counter()
        await post(app, request)
        taken.append(time.perf_counter() - began)
    return median(taken)


def measured() -> Iterator[Measured]:
    """Measure answers against Bolt alone."""
    for goal, text, few in ((G1, HELP, 64), (G4, ADD, 32)):
        with desk() as it:
            yield _throughput(it, goal, text, few)
    for goal, text in ((G3_HELP, HELP), (G3_ADD, ADD)):
        with desk() as it:
            yield _latency(it, goal, text)
    with desk() as it:
        yield _subcommands(it)


def _throughput(it: Desk, goal: Goal, text: str, few: int) -> Measured:
    bare = yardsticks.bolt(SECRET, it.answer(text))
    rounds = in_turns(
        (lambda: it.seconds_each(bare, text, 10 * few), lambda: it.seconds_each(it.app, text, few)),
    )
    return Measured(goal, tuple(theirs / ours for theirs, ours in rounds))


def _latency(it: Desk, goal: Goal, text: str) -> Measured:
    stock = yardsticks.bolt(SECRET, it.answer(text), waits_for_ack=True)
    rounds = in_turns((lambda: it.seconds_alone(stock, text, 25), lambda: it.seconds_alone(it.app, text, 25)))
    return Measured(goal, tuple(ours / theirs for theirs, ours in rounds))


def _subcommands(it: Desk) -> Measured:
    """The table that commands are found in holds one command, or that one and 50 more."""
    command = dispatch.BY_WORDS["action list"]
    more = {f"area{number} do": replace(command, words=f"area{number} do") for number in range(50)}

    def with_table(table: dict[str, Any]) -> Callable[[], float]:
        def take() -> float:
            dispatch.BY_WORDS.clear()
            dispatch.BY_WORDS.update(table)
            return it.seconds_alone(it.app, LIST, 75)

        return take

    whole = dict(dispatch.BY_WORDS)
    rounds = in_turns((with_table({command.words: command}), with_table({**more, command.words: command})))
    dispatch.BY_WORDS.update(whole)
    return Measured(G2, tuple(many / one for one, many in rounds))
