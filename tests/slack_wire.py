"""The bot on Slack's wire: signed requests go in, and a small Slack on a socket is on its other side."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import httpx
from starlette.applications import Starlette

from lifbot.message import Ask, Button, Field, Form, Incoming, ItemCard, Message, say
from lifbot.settings import Settings
from lifbot.slack.inbound import SlackApp, app, routes
from lifbot.slack.sender import client
from tests.fake_slack import SECRET, FakeSlack, fake_slack, form, signed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADD = Form(
    "New action",
    "action add Audit",
    (Field("owner", "Who?", "person", options=(("cleo", "Cleo Hart"),)), Field("due", "By when?")),
)
ASKED = Message((Ask("Who answers for it?", (Button("Cleo Hart", "action add Audit owner:cleo"),)),), form=ADD)
DONE = Message((ItemCard("SE-2026-014", "Audit <MASH>", "done", "Green"),), "Thank you", replaces=True)

Answer = Message | None | Exception


@dataclass
class Wire:
    """The bot under test: what it heard, what it is to say, and Slack on its other side."""

    slack: FakeSlack
    bolt: SlackApp
    http: httpx.AsyncClient
    heard: list[Incoming] = field(default_factory=list)
    says: Callable[[Incoming], Answer] = lambda incoming: say("Heard.")

    async def post(self, body: str, kind: str, headers: dict[str, str] | None = None) -> httpx.Response:
        sent = {"Content-Type": kind, **(signed(body) if headers is None else headers)}
        answer = await self.http.post("/slack/events", content=body.encode(), headers=sent)
        await self.bolt.drain()
        return answer

    async def command(self, text: str, **given: str) -> httpx.Response:
        fields = {
            "command": "/lif",
            "text": text,
            "team_id": "T1",
            "user_id": "U0BEN",
            "channel_id": "C0SE",
            "trigger_id": "1.trigger",
            "response_url": self.slack.response_url,
        }
        return await self.post(*form(**{**fields, **given}))

    async def interact(self, payload: dict[str, Any]) -> httpx.Response:
        given = {"team": {"id": "T1"}, "user": {"id": "U0CLEO", "team_id": "T1"}, "trigger_id": "2.trigger"}
        return await self.post(*form(payload=json.dumps({**given, **payload})))

    async def click(
        self, value: str, channel: str = "C0SE", box: dict[str, Any] | None = None, **given: Any
    ) -> httpx.Response:
        container = {"type": "message", "message_ts": "17.1", "channel_id": channel, **(box or {})}
        action = {"type": "button", "action_id": "lif:0", "block_id": "b", "value": value}
        payload = {"type": "block_actions", "channel": {"id": channel}, "container": container, "actions": [action]}
        return await self.interact({"response_url": self.slack.response_url, **payload, **given})

    async def submit(self, view: dict[str, Any], **values: dict[str, Any]) -> httpx.Response:
        state = {"values": {name: {"value": value} for name, value in values.items()}}
        return await self.interact({"type": "view_submission", "view": {**view, "state": state}})

    async def event(self, event: dict[str, Any], headers: dict[str, str] | None = None, **given: Any) -> httpx.Response:
        body: dict[str, Any] = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event, **given}
        text = json.dumps(body)
        return await self.post(text, "application/json", {**signed(text), **(headers or {})})


@asynccontextmanager
async def on_the_wire() -> AsyncIterator[Wire]:
    """Start both sides."""
    async with fake_slack() as slack, aiohttp.ClientSession() as session:
        settings = Settings(slack_signing_secret=SECRET, slack_bot_token="xoxb-test", slack_api_url=slack.base_url)  # type: ignore[arg-type]  # pydantic makes them secrets

        async def handle(incoming: Incoming) -> Message | None:
            it.heard.append(incoming)
            answer = it.says(incoming)
            if isinstance(answer, Exception):
                raise answer
            return answer

        bolt = app(settings, handle, lambda: NOW, client(settings, session))
        transport = httpx.ASGITransport(Starlette(routes=routes(bolt)))
        async with httpx.AsyncClient(transport=transport, base_url="http://lifbot") as http:
            it = Wire(slack, bolt, http)
            yield it


def said(answer: Message) -> Callable[[Incoming], Answer]:
    """Let the bot say this to everything."""
    return lambda incoming: answer
