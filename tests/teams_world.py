"""The world of tests.world with Microsoft Teams in it: for everybody, or for Cleo beside colleagues in Slack.

The same stories are told here: what people type, press and fill in goes over Teams' wire, signed as Microsoft signs it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx

from tests.fake_teams import BOT, CLIENT, SECRET, TENANT, FakeTeams, claims, fake_teams, signed
from tests.teams_limits import actions, bare, check, nodes
from tests.world import FILE, PEOPLE, SE, World, world_of

Json = dict[str, Any]
CHANNEL = "19:safeguarding@thread.tacv2"
MENTIONED = re.compile(r"<@U0(\w+)>")
SENT = re.compile(r"POST /v3/conversations/([^/]+)/activities$")
DRAWN = re.compile(r"PUT /v3/conversations/([^/]+)/activities/([^/]+)$")
HELLO = "Hello, I am lifbot."


def directory_id(who: str) -> str:
    """Return somebody's id in the directory (aadObjectId)."""
    return f"{who.encode().hex():0>8}-0000-4000-8000-000000000000"


def chat_of(who: str) -> str:
    """Return somebody's own chat with the bot."""
    return f"a:{directory_id(who)}"


@dataclass(frozen=True)
class Shown:
    """A message of lifbot's in Teams: `moment` grows with each drawing."""

    conversation: str
    id: str
    activity: Json
    moment: int
    first: int
    is_post: bool  # began a thread in a channel

    @property
    def card(self) -> Json:
        """The message's card."""
        card: Json = self.activity["attachments"][0]["content"]
        return card

    @property
    def text(self) -> str:
        """All its words as they are read, a line each; what stands beside each other on one line stays there."""
        if "text" in self.activity:
            return str(self.activity["text"])
        return bare("\n".join(_lines(self.card)))

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [action["title"] for action in actions(self.card)]

    def __contains__(self, words: str) -> bool:
        return words in self.text


def _lines(card: Json) -> Iterator[str]:
    for node in nodes(card):
        if node["type"] == "RichTextBlock":
            yield "".join(run["text"] for run in node["inlines"])
        elif node["type"] == "TextBlock":
            yield node["text"]


@dataclass
class TeamsWorld(World):
    """One partnership at work, some or all of its people in Teams."""

    teams: FakeTeams = field(kw_only=True)
    in_teams: frozenset[str] = field(kw_only=True)
    read_up_to: dict[str, int] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    rooms: Mapping[str, str] = field(default_factory=lambda: {SE: CHANNEL})  # Slack's word for a channel: Teams' own

    @property
    def all_in_teams(self) -> bool:
        """Whether nobody is in Slack."""
        return self.in_teams >= self.people.keys()

    def room(self, place: str) -> str:
        """Return the channel in Teams that tests call as Slack does."""
        return self.rooms.get(place, CHANNEL)

    def settings(self) -> dict[str, str]:
        """The program's environment."""
        given = {
            "CLIENT_ID": CLIENT,
            "CLIENT_SECRET": SECRET,
            "TENANT_ID": TENANT,
            "TEAMS_OPENID_METADATA_URL": f"{self.teams.url}/openid",
            "TEAMS_TOKEN_URL": f"{self.teams.url}/token",
        }
        slacks = {name: value for name, value in super().settings().items() if not name.startswith("SLACK_")}
        return {**(slacks if self.all_in_teams else super().settings()), **given, **self.environment}

    # --- what people do ------------------------------------------------------------------------------------------

    async def install(self, *everybody: str) -> None:
        """Add the bot for people, and to the channel where nobody is in Slack; each gets a hello."""
        for who in everybody:
            before = self._count(chat_of(who))
            await self._post({**self._from(who), "type": "installationUpdate", "action": "add"})
            self.teams.strangers.discard(directory_id(who))
            hello = await self._new(chat_of(who), before)
            assert HELLO in hello
        for room in self.rooms.values() if self.all_in_teams else ():
            if not self._count(room):
                first = next(iter(everybody), "ben")
                await self._post({**self._from(first, room), "type": "installationUpdate", "action": "add"})
                assert HELLO in await self._new(room, 0)

    async def types(self, who: str, text: str, place: str = SE) -> Any:
        """Type a command where everybody meets, by mention, or in one's own chat; return what that person gets."""
        if who not in self.in_teams:
            return await super().types(who, text, place)
        chat, before = chat_of(who), self._count(chat_of(who))
        words = text.removeprefix("/lif").strip()
        if place == "dm":
            return await self.says(who, words)
        room = self.room(place)
        told = self._count(room)
        typed, people = self._mentions(f"<at>lifbot</at> {words}")
        await self._post({**self._from(who, room), "type": "message", "text": typed, "entities": people})
        answer = await self._new(chat, before)
        await self._pointed_there(room, told)
        return answer

    async def says(self, who: str, text: str, thread: str | None = None, file: str | None = None) -> Any:
        """Write to lifbot in one's own chat, and return its reply."""
        if who not in self.in_teams:
            return await super().says(who, text, thread, file)
        before = self._count(chat_of(who))
        reply = {"replyToId": thread} if thread else {}
        typed, people = self._mentions(text)
        await self._post({**self._from(who), "type": "message", "text": typed, "entities": people, **reply})
        return await self._new(chat_of(who), before)

    async def clicks(self, who: str, posted: Any, label: str) -> None:
        """Press a button of a message."""
        if who not in self.in_teams:
            await super().clicks(who, posted, label)
            return
        now = next(each for each in self._shown(posted.conversation) if each.id == posted.id)
        found = [each for each in actions(posted.card) if each["title"] == label and each in actions(now.card)]
        assert found, f"there is no button {label!r} in {now.buttons}"
        await self._press(who, posted, found[0])

    def form(self, who: str) -> Any:
        """Return the form that is open before somebody."""
        if who not in self.in_teams:
            return super().form(who)
        newest = self._newest_in(chat_of(who))
        assert any(node["type"].startswith("Input.") for node in nodes(newest.card)), "no form is open"
        return newest

    async def submits(self, who: str, **values: Any) -> dict[str, str]:
        """Fill in the open form and send it; returns the errors beside its fields."""
        if who not in self.in_teams:
            return await super().submits(who, **values)
        form = self.form(who)
        fields = {node["id"]: node.get("value", "") for node in nodes(form.card) if node["type"].startswith("Input.")}
        assert values.keys() <= fields.keys()
        save = next(each for each in actions(form.card) if each.get("verb") == "lif.form")
        again = await self._press(who, form, {**save, "data": {**save["data"], **fields, **values}})
        return _errors(again["value"])

    # --- what lifbot does ----------------------------------------------------------------------------------------

    def dms(self, who: str) -> list[Any]:
        """Return, and so read, what lifbot has newly written to somebody directly."""
        return self._unread_in(chat_of(who)) if who in self.in_teams else super().dms(who)

    def posts(self, channel: str = SE) -> list[Any]:
        """Return, and so read, what lifbot has newly posted in the channel for all to see."""
        if not self.all_in_teams:
            return super().posts(channel)
        return [each for each in self._unread_in(self.room(channel)) if each.is_post]

    async def settled_newest(self, who: str, place: str = SE) -> Any:
        """Return the newest message somebody sees, once lifbot's background answers have arrived."""
        if who not in self.in_teams:
            return await super().settled_newest(who, place)
        await asyncio.sleep(0.3)
        return self._newest_in(chat_of(who))

    def assert_all_read(self) -> None:
        """Fail on any message nobody expected, and on any that Teams would not have taken."""
        super().assert_all_read()
        assert self.teams.faults == []

    def _shown(self, conversation: str) -> list[Shown]:
        """What stands in a conversation, oldest first."""
        found: dict[str, Shown] = {}
        for moment, call in enumerate(self.teams.calls, 1):
            if call.what == "POST /v3/conversations" and call.body["isGroup"]:
                if call.body["channelData"]["channel"]["id"] == conversation:
                    id = str(1700 + moment)
                    found[id] = Shown(conversation, id, call.body["activity"], moment, moment, True)
            elif (sent := SENT.match(call.what)) and _root(sent[1]) == conversation:
                found[f"sent-{moment}"] = Shown(conversation, f"sent-{moment}", call.body, moment, moment, False)
            elif (drawn := DRAWN.match(call.what)) and _root(drawn[1]) == conversation:
                known = found[unquote(drawn[2])]
                found[known.id] = replace(known, activity=call.body, moment=moment)
        return list(found.values())

    def _count(self, conversation: str) -> int:
        return len(self._shown(conversation))

    async def _new(self, conversation: str, before: int) -> Shown:
        """The next message in a conversation, once it is there; it counts as read."""
        for _ in range(200):
            if len(shown := self._shown(conversation)) > before:
                self._has_read(conversation, shown[-1])
                return shown[-1]
            await asyncio.sleep(0.02)
        raise AssertionError(f"nothing new in {conversation}: {self.log()[-1500:]}")

    async def _pointed_there(self, room: str, before: int) -> None:
        """Wait for the word in the channel that the answer went to one's own chat: a card may be posted beside it."""
        for _ in range(200):
            if any(each.text == "Sent to you." for each in self._shown(room)[before:]):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"nobody in {room} was pointed to their own chat: {self.log()[-1500:]}")

    def _newest_in(self, conversation: str) -> Shown:
        newest = max(self._shown(conversation), key=lambda each: each.moment)
        self._has_read(conversation, newest)
        return newest

    def _unread_in(self, conversation: str) -> list[Shown]:
        after = self.read_up_to.get(conversation, 0)
        new = [each for each in self._shown(conversation) if each.first > after]
        for each in new:
            self._has_read(conversation, each)
        return new

    def _has_read(self, conversation: str, shown: Shown) -> None:
        self.read_up_to[conversation] = max(self.read_up_to.get(conversation, 0), shown.first)

    # --- the wire ------------------------------------------------------------------------------------------------

    def _from(self, who: str, channel: str = "") -> Json:
        kind = "channel" if channel else "personal"
        id = f"{channel};messageid={next(self.ids)}" if channel else chat_of(who)
        place = {"channel": {"id": channel}, "team": {"id": "19:team@thread.tacv2"}} if channel else {}
        return {
            "id": str(next(self.ids)),
            "channelId": "msteams",
            "serviceUrl": self.teams.service_url,
            "from": {"id": f"29:{who}", "name": self.people[who], "aadObjectId": directory_id(who)},
            "recipient": {"id": BOT, "name": "lifbot"},
            "conversation": {"id": id, "conversationType": kind, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}, **place},
        }

    def _mentions(self, text: str) -> tuple[str, list[Json]]:
        """The text with `<@U0CLEO>` as Teams' client writes it, and the entities that belong to it."""
        people: list[Json] = [{"type": "mention", "mentioned": {"id": BOT}, "text": "<at>lifbot</at>"}]
        for who in (found.lower() for found in MENTIONED.findall(text)):
            mentioned = {"id": f"29:{who}", "name": self.people[who], "aadObjectId": directory_id(who)}
            people.append({"type": "mention", "mentioned": mentioned, "text": f"<at>{self.people[who]}</at>"})
        return MENTIONED.sub(lambda found: f"<at>{self.people[found[1].lower()]}</at>", text), people

    async def _press(self, who: str, shown: Shown, action: Mapping[str, Any]) -> Json:
        invoke = {
            **self._from(who, shown.conversation if shown.conversation in self.rooms.values() else ""),
            "type": "invoke",
            "name": "adaptiveCard/action",
            "replyToId": shown.id,
            "value": {"action": {key: action[key] for key in ("type", "verb", "data")}, "trigger": "manual"},
        }
        answer: Json = (await self._post(invoke)).json()
        if answer["type"].endswith("adaptive"):
            assert check(answer) == []
        await asyncio.sleep(0.2)
        return answer

    async def _post(self, activity: Json) -> httpx.Response:
        headers = {"Authorization": f"Bearer {signed(claims(self.teams.service_url))}"}
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.post(f"{self.url}/api/messages", content=json.dumps(activity), headers=headers)
        assert answer.status_code == 200, answer.text
        return answer


def _root(quoted: str) -> str:
    return unquote(quoted).partition(";")[0]


def _errors(card: Json) -> dict[str, str]:
    """What stands in bold and red below each field."""
    found, name = {}, ""
    for node in card.get("body", ()):
        name = node.get("id", name)
        for run in node.get("inlines", ()):
            if run.get("color") == "Attention" and run.get("weight") == "Bolder":
                found[name] = run["text"]
    return found


def file_with(in_teams: frozenset[str]) -> str:
    """Return the world's partnership file with these people, and with everybody also the group, in Teams."""
    text = FILE.replace("slack_team: T0001", f"slack_team: T0001, teams_tenant: {TENANT.upper()}")
    alone = in_teams >= PEOPLE.keys()
    for who in in_teams:
        both = f"slack: U0{who.upper()}, teams: {directory_id(who).upper()}, prefers: teams"
        text = text.replace(f"slack: U0{who.upper()}", f"teams: {directory_id(who).upper()}" if alone else both)
    return text.replace("slack_channel: C0SE", f'teams_channel: "{CHANNEL}"') if alone else text


@asynccontextmanager
async def teams_world(database_url: str, folder: Path, *in_teams: str, **given: Any) -> AsyncIterator[TeamsWorld]:
    """Set up a partnership with these people in Teams, or with everybody there."""
    them = frozenset(in_teams or PEOPLE)
    async with fake_teams() as teams:
        kind: Callable[..., TeamsWorld] = partial(TeamsWorld, teams=teams, in_teams=them)
        async with world_of(kind, database_url, folder, file=file_with(them), **given) as w:
            yield w
