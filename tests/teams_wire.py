"""The bot on Teams' wire: signed activities go in, and a small Microsoft on a socket is on its other side."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.applications import Starlette

from lifbot.message import Ask, Button, Field, File, Form, Incoming, ItemCard, Message, say
from lifbot.settings import Settings
from lifbot.teams.connector import Connector, client
from lifbot.teams.inbound import TeamsApp, app, routes
from lifbot.teams.references import Reference
from tests.fake_teams import BOT, CLIENT, SECRET, TENANT, FakeTeams, claims, fake_teams, signed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHANNEL = "19:safeguarding@thread.tacv2"
THREAD = f"{CHANNEL};messageid=1650"
CHAT = "a:chat-with-ben"
BEN, BEN_HERE = "0b0e0000-0000-4000-8000-000000000be9", "29:ben"
CLEO, CLEO_HERE = "7f3c0000-0000-4000-8000-000000000c1e", "29:cleo"
ADD = Form(
    "Log an action",
    "action add Audit",
    (Field("owner", "Who?", "person", options=(("@cleo", "Cleo Hart"),)), Field("due", "By when?")),
)
ASKED = Message((Ask("Who answers for it?", (Button("Cleo Hart", "action add Audit owner:cleo"),)),), "Who?", form=ADD)
DONE = Message((ItemCard("SE-2026-014", "Audit <MASH>", "done", "Green"),), "Thank you", replaces=True)

Json = dict[str, Any]
Answer = Message | None | Exception


class Kept:
    """References in memory."""

    def __init__(self) -> None:
        self.all: dict[tuple[str, str], Reference] = {}

    async def remember(self, reference: Reference) -> bool:
        new = self.all.pop((reference.tenant, reference.conversation), None) is None
        self.all[reference.tenant, reference.conversation] = reference
        return new

    async def personal(self, tenant: str, who: str) -> Reference | None:
        return next((each for each in self.all.values() if (each.tenant, each.who) == (tenant, who)), None)

    async def channel(self, tenant: str, channel: str) -> Reference | None:
        return next((each for each in self.all.values() if (each.tenant, each.channel) == (tenant, channel)), None)

    async def newest(self, tenant: str) -> Reference | None:
        return next((each for each in reversed(self.all.values()) if each.tenant == tenant), None)

    async def forget(self, tenant: str, conversation: str) -> None:
        self.all.pop((tenant, conversation), None)


def settings(teams: FakeTeams, **other: Any) -> Settings:
    """Return the settings of a bot whose Microsoft is the small one."""
    given: Json = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "tenant_id": TENANT,
        "teams_openid_metadata_url": f"{teams.url}/openid",
        "teams_token_url": f"{teams.url}/token",
        "_env_file": None,
    }
    return Settings(**{**given, **other})


@dataclass
class Wire:
    """The bot under test: what it heard, what it is to say, and Microsoft on its other side."""

    teams: FakeTeams
    app: TeamsApp
    http: httpx.AsyncClient
    kept: Kept
    pauses: list[float]
    heard: list[Incoming] = field(default_factory=list)
    says: Callable[[Incoming], Answer] = lambda incoming: say("Heard.")
    files: dict[tuple[str, tuple[str, str]], File] = field(default_factory=dict)

    async def post(self, body: str | bytes, *authorization: str) -> httpx.Response:
        headers = [("Content-Type", "application/json"), *(("Authorization", each) for each in authorization)]
        answer = await self.http.post("/api/messages", content=body, headers=headers)
        await self.app.drain()
        return answer

    async def send(self, activity: Json, **other: Any) -> httpx.Response:
        token = signed(claims(self.teams.service_url, **other))
        return await self.post(json.dumps(activity), f"Bearer {token}")

    def chat(self, **other: Any) -> Json:
        """Return an activity of Ben's own chat with the bot."""
        return {
            "type": "message",
            "id": "1001",
            "channelId": "msteams",
            "serviceUrl": self.teams.service_url,
            "from": {"id": BEN_HERE, "name": "Ben Carter", "aadObjectId": BEN},
            "recipient": {"id": BOT, "name": "lifbot"},
            "conversation": {"id": CHAT, "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            **other,
        }

    def channel(self, **other: Any) -> Json:
        """Return an activity of a thread in the group's channel."""
        place = {
            "conversation": {"id": THREAD, "conversationType": "channel", "isGroup": True, "tenantId": TENANT},
            "channelData": {
                "tenant": {"id": TENANT},
                "channel": {"id": CHANNEL},
                "team": {"id": "19:team@thread.tacv2"},
            },
        }
        return self.chat(**{**place, **other})

    async def mention(self, text: str, *others: Json, **given: Any) -> httpx.Response:
        """Say something to the bot in the channel."""
        me = {"type": "mention", "mentioned": {"id": BOT, "name": "lifbot"}, "text": "<at>lifbot</at>"}
        typed = {"text": f"<at>lifbot</at> {text}\n", "entities": [me, *others]}
        return await self.send(self.channel(**typed, **given))

    async def execute(self, data: Json, verb: str = "lif", where: Json | None = None) -> Any:
        """Press a button of a card."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        invoke = {
            **(where or self.chat()),
            "type": "invoke",
            "name": "adaptiveCard/action",
            "id": "f:1",
            "replyToId": "900",
            "value": {"action": action, "trigger": "manual"},
        }
        answer = await self.send(invoke)
        assert answer.status_code == 200
        return answer.json()

    async def invoke(self, name: str, value: Any, where: Json | None = None) -> Any:
        """Open or submit a dialog."""
        answer = await self.send({**(where or self.chat()), "type": "invoke", "name": name, "value": value})
        assert answer.status_code == 200
        return answer.json()


@asynccontextmanager
async def on_the_wire(**other: Any) -> AsyncIterator[Wire]:
    """Start both sides."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async with fake_teams() as teams, client() as outward:
        kept = Kept()

        async def handle(incoming: Incoming) -> Message | None:
            it.heard.append(incoming)
            answer = it.says(incoming)
            if isinstance(answer, Exception):
                raise answer
            return answer

        async def draw(key: str, who: tuple[str, str]) -> File | None:
            return it.files.get((key, who))

        given = settings(teams, **other)
        bot = app(given, handle, lambda: NOW, Connector(given, outward), kept, draw, sleep=sleep, body_seconds=0.3)
        transport = httpx.ASGITransport(Starlette(routes=routes(bot)))
        async with httpx.AsyncClient(transport=transport, base_url="http://lifbot") as http:
            it = Wire(teams, bot, http, kept, pauses)
            yield it


def said(answer: Message) -> Callable[[Incoming], Answer]:
    """Let the bot say this to everything."""
    return lambda incoming: answer


def texts(drawn: Any) -> list[str]:
    """Return every text that a card shows."""
    if isinstance(drawn, list):
        return [text for each in drawn for text in texts(each)]
    if not isinstance(drawn, dict):
        return []
    own = [drawn["text"]] if isinstance(drawn.get("text"), str) else []
    return own + [text for each in drawn.values() for text in texts(each)]
