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
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lifbot.playground import Cast, Channel, Person, Playground, Workspace
from lifbot.playground.wall import real_now

SECRET, TOKEN = "playground-secret", "xoxb-playground"
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
Json = dict[str, Any]


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


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def button(text: str, action_id: str, value: str = "", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value, **more}


CARD: list[Json] = [
    {"type": "header", "text": plain("SE-2026-001 is due on 31 March 2026")},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Audit MASH thresholds* &amp; report to <#C0SE>\n> Where has it got to?"},
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [{"text": plain("Show the history"), "value": "show SE-2026-001"}],
        },
    },
    {
        "type": "section",
        "fields": [
            {"type": "mrkdwn", "text": "*Agency*\nWest Yorkshire ICB"},
            {"type": "mrkdwn", "text": "*Status*\n:large_orange_circle: amber"},
        ],
    },
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "answers",
        "elements": [
            button("Done", "done", "done SE-2026-001", style="primary"),
            button("More time", "form"),
            button(
                "Cannot complete",
                "cannot",
                style="danger",
                confirm={"title": plain("Sure?"), "text": plain("It stays in the log.")},
            ),
            {
                "type": "static_select",
                "action_id": "snooze",
                "placeholder": plain("Snooze…"),
                "options": [{"text": plain("3 days"), "value": "3"}, {"text": plain("a week"), "value": "7"}],
            },
        ],
    },
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "The group can see your reply."}]},
]
FORM: Json = {
    "type": "modal",
    "callback_id": "more_time",
    "private_metadata": "SE-2026-001",
    "notify_on_close": True,
    "title": plain("Ask for more time"),
    "submit": plain("Send"),
    "close": plain("Not now"),
    "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*SE-2026-001* Audit MASH thresholds"}},
        {
            "type": "input",
            "block_id": "until",
            "label": plain("New date"),
            "hint": plain("For example: 30 June, or next meeting"),
            "element": {
                "type": "plain_text_input",
                "action_id": "until",
                "placeholder": plain("30 June"),
                "max_length": 40,
            },
        },
        {
            "type": "input",
            "block_id": "why",
            "label": plain("What got in the way?"),
            "element": {"type": "plain_text_input", "action_id": "why", "multiline": True, "max_length": 500},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": plain("Who could help?"),
            "element": {"type": "users_select", "action_id": "who", "placeholder": plain("Choose a person")},
        },
        {
            "type": "input",
            "block_id": "tell",
            "optional": True,
            "label": plain("Who should know?"),
            "element": {"type": "multi_users_select", "action_id": "tell"},
        },
        {
            "type": "input",
            "block_id": "kind",
            "label": plain("What would help?"),
            "element": {
                "type": "radio_buttons",
                "action_id": "kind",
                "initial_option": {"text": plain("Only time"), "value": "time"},
                "options": [
                    {"text": plain("Only time"), "value": "time"},
                    {"text": plain("Help"), "value": "help", "description": plain("the chair will be asked")},
                ],
            },
        },
        {
            "type": "input",
            "block_id": "on",
            "optional": True,
            "label": plain("Talk about it on"),
            "element": {"type": "datepicker", "action_id": "on"},
        },
    ],
}


def bot(client: AsyncWebClient, heard: list[Json], slow: list[float]) -> AsyncApp:
    """A bot with one command, one form, one Home and a few buttons; it writes down all that it hears."""
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    @app.command("/lif")
    async def command(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        heard.append(body)
        match body.get("text", "").split(" ")[0]:
            case "card":
                await ack()
                await client.chat_postMessage(channel=body["channel_id"], text="A card", blocks=CARD)
            case "form":
                await client.views_open(trigger_id=body["trigger_id"], view=FORM)
                await ack()
            case "later":
                await ack()
                await respond("Here it is, later.")
            case "slow":
                await asyncio.sleep(3.3)
                await ack("too late")
            case "broken":
                await ack(blocks=[{"type": "header", "text": plain("x" * 151)}])
            case "":
                await ack()
            case _:
                await ack(f"You said: {body['text']}")

    @app.action("done")
    async def done(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        heard.append(body)
        await respond("Thank you. SE-2026-001 waits for sign-off.", replace_original=True)

    @app.action("form")
    async def more(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    for name in ("cannot", "snooze", "more"):

        @app.action(name)
        async def used(ack: AsyncAck, body: Json) -> None:
            await ack()
            heard.append(body)

    @app.view("more_time")
    async def submitted(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        said = body["view"]["state"]["values"]["until"]["until"]["value"]
        if said == "soon":
            await ack(response_action="errors", errors={"until": "“soon” is not a date. Try 30 June, or next meeting."})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Asked for more time: {said}")

    @app.view_closed("more_time")
    async def closed(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    @app.event("message")
    async def message(body: Json) -> None:
        heard.append(body)
        if slow:
            await asyncio.sleep(slow.pop())
        event = body["event"]
        thread = event.get("thread_ts") or event["ts"]
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=f"Noted: {event['text']}")

    @app.event("app_mention")
    async def mention(body: Json) -> None:
        heard.append(body)

    @app.event("app_home_opened")
    async def home(body: Json) -> None:
        heard.append(body)
        blocks = [{"type": "header", "text": plain("Your actions")}, *CARD[1:]]
        await client.views_publish(user_id=body["event"]["user"], view={"type": "home", "blocks": blocks})

    return app


class Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def open_world(path: Path, *, port: int | None = None) -> AsyncIterator[World]:
    """A server on a free port with the playground and the bot in it, until the block ends."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    heard: list[Json] = []
    slow: list[float] = []
    clock = TravelClock()
    workspace = Workspace(path / "playground.db", CAST)
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
    config = uvicorn.Config(Starlette(routes=[*own, *playground.routes()]), port=port, log_level="warning", ws="none")
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
