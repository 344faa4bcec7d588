"""A playground with a tiny bot in it: a real Bolt app behind a real server, and nothing of lifbot's own commands."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lifbot.playground import Cast, Channel, Person, Playground, Workspace
from lifbot.playground.wall import real_now
from operations.running import KEPT_OPEN
from tests.playground_bot import SECRET, TOKEN, Json, bot
from tests.ports import free_port

AMINA, BEN, CLEO, DEV, EVE = "U0AMINA", "U0BEN", "U0CLEO", "U0DEV", "U0EVE"
SE, LD = "C0SE", "C0LD"
CAST = Cast(
    team="T0001",
    people=(
        Person(BEN, "Ben Carter", "Chair, Safeguarding Effectiveness"),
        Person(CLEO, "Cleo Hart", "Designated nurse, ICB"),
        Person(DEV, "Dev Rao", "Partnership chair"),
        Person(AMINA, "Amina Yusuf", "Business unit", "amina@example.org"),
        Person(EVE, "Eve Moss", "From elsewhere"),
    ),
    channels=(
        Channel(SE, "safeguarding-effectiveness", "Audits, performance, learning", (AMINA, BEN, CLEO)),
        Channel(LD, "learning-and-development", "Training and its effect", (AMINA, DEV)),
    ),
)


class TravelClock:
    """A clock that can be wound forward, as the program's own `/clock`."""

    def __init__(self) -> None:
        self.offset = datetime(2026, 3, 31, 8, 0, tzinfo=UTC) - real_now()
        self.moves: list[Json] = []
        self.dawdle = 0.0

    def now(self) -> datetime:
        return real_now() + self.offset

    def moments(self) -> Mapping[str, datetime]:
        now = self.now()
        return {"+1 day": now + timedelta(days=1), "To the next meeting": now + timedelta(days=9, hours=2)}

    async def answer(self, request: Request) -> Response:
        if request.method == "POST":
            told = await request.json()
            to = datetime.fromisoformat(told["now"])
            if to < self.now():
                return JSONResponse({"error": "never back"}, 409)
            self.moves.append(told)
            await asyncio.sleep(self.dawdle)
            self.offset = to - real_now()
        return JSONResponse({"now": self.now().isoformat()})


@dataclass
class World:
    """The playground, its web client as the bot has it, and its page's door as a person has it."""

    url: str
    workspace: Workspace
    playground: Playground
    clock: TravelClock
    heard: list[Json]
    client: AsyncWebClient
    page: httpx.AsyncClient
    slow: list[float] = field(default_factory=list)

    async def do(self, deed: str, who: str, **told: Any) -> Json:
        answer = await self.page.post(f"/playground/{deed}", json={"as": who, **told})
        body: Json = answer.json()
        return body

    async def say(self, who: str, place: str, text: str, thread: str | None = None) -> Json:
        return await self.do("say", who, place=place, text=text, thread=thread)

    async def sees(self, who: str, place: str, thread: str | None = None) -> Json:
        asked = {"as": who, "place": place} | ({"thread": thread} if thread else {})
        state: Json = (await self.page.get("/playground/state", params=asked)).json()
        return state

    async def texts(self, who: str, place: str) -> list[str]:
        return [message["text"] for message in (await self.sees(who, place))["messages"]]


class Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def open_world(path: Path, *, port: int | None = None, cast: Cast = CAST) -> AsyncIterator[World]:
    """A server on a free port with the playground and the bot in it, until the block ends."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    heard: list[Json] = []
    slow: list[float] = []
    clock = TravelClock()
    workspace = Workspace(path / "playground.db", cast)
    client = AsyncWebClient(TOKEN, base_url=f"{url}/playground/api/")
    playground = Playground(
        workspace=workspace,
        events_url=f"{url}/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        moments=clock.moments,
        clock_url=f"{url}/clock",
        partnership="Kirklees Safeguarding Children Partnership",
    )
    playground.stage.retry_seconds = (0.05, 0.1, 0.2)
    handler = AsyncSlackRequestHandler(bot(client, heard, slow))
    own = [
        Route("/slack/events", handler.handle, methods=["POST"]),
        Route("/clock", clock.answer, methods=["GET", "POST"]),
    ]
    app = Starlette(routes=[*own, *playground.routes()])
    config = uvicorn.Config(app, port=port, log_level="warning", ws="none", timeout_keep_alive=KEPT_OPEN)
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    await server.ready.wait()
    try:
        async with httpx.AsyncClient(base_url=url) as page:
            await playground.start()
            yield World(url, workspace, playground, clock, heard, client, page, slow)
    finally:
        await playground.close()
        server.should_exit = True
        await serving
        workspace.close()
