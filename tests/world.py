"""The whole program as users meet it: `python bot.py` in its own process, and a workspace on Slack's wire beside it.

People type, click and fill in forms; what lifbot posts is read one by one, and a test that leaves any unread fails.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette

from lifbot.playground import Cast, Channel, Person, Playground, Workspace, deeds, forms
from lifbot.playground.cast import BOT, dm_of
from lifbot.playground.messages import Message
from lifbot.playground.spoken import edit
from operations.running import KEPT_OPEN
from tests import at_hand
from tests.nursery import Child, nursery
from tests.ports import free_port

ROOT = Path(__file__).parent.parent
SECRET, TOKEN, TEAM = "the world's secret", "xoxb-world", "T0001"
PEOPLE = {"amina": "Amina Yusuf", "ben": "Ben Carter", "cleo": "Cleo Hart", "dev": "Dev Rao", "eve": "Eve Marsh"}
SE = "C0SE"
ONE_CHANNEL = {SE: "safeguarding-effectiveness"}
FILE = """
partnership: {id: kirklees, name: Kirklees Safeguarding Children Partnership, abbreviation: KSCP,
              timezone: Europe/London, profile: kirklees, chair: dev, business_unit: [amina], slack_team: T0001}
agencies:
  - {id: council, name: Kirklees Council, ld_link: amina}
  - {id: icb, name: West Yorkshire ICB, ld_link: cleo}
  - {id: police, name: West Yorkshire Police}
people:
  - {id: amina, name: Amina Yusuf, agency: council, slack: U0AMINA, email: amina@example.org}
  - {id: ben, name: Ben Carter, agency: police, slack: U0BEN}
  - {id: dev, name: Dev Rao, agency: council, slack: U0DEV}
  - {id: cleo, name: Cleo Hart, agency: icb, slack: U0CLEO}
  - {id: fay, name: Fay O'Brien, agency: police, email: fay@example.org}
groups:
  - id: se
    name: Safeguarding Effectiveness Subgroup
    prefix: SE
    chair: ben
    members: [amina, ben, cleo]
    slack_channel: C0SE
    meetings: {rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}
"""


def words_of(block: Any) -> Iterator[str]:
    """Yield every text in a piece of Block Kit, in reading order."""
    if isinstance(block, dict):
        if isinstance(block.get("text"), str):
            yield block["text"]
        for name, value in block.items():
            if name not in ("value", "metadata", "action_id", "block_id", "type") and isinstance(value, dict | list):
                yield from words_of(value)
    elif isinstance(block, list):
        for each in block:
            yield from words_of(each)


def buttons_of(block: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield the label, the element and what is picked, for every button and overflow option of a message."""
    if isinstance(block, dict):
        if block.get("type") == "button":
            yield block["text"]["text"], block, block.get("value")
        for option in block.get("options", ()) if block.get("type") == "overflow" else ():
            yield option["text"]["text"], block, option["value"]
        for value in block.values():
            yield from buttons_of(value)
    elif isinstance(block, list):
        for each in block:
            yield from buttons_of(each)


@dataclass(frozen=True)
class Posted:
    """A message of lifbot's as somebody sees it."""

    message: Message

    @property
    def text(self) -> str:
        """All its words, a line each; a message without blocks is its text."""
        return "\n".join(words_of(self.message.blocks)) or self.message.text

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [label for label, _, _ in buttons_of(self.message.blocks)]

    def __contains__(self, words: str) -> bool:
        return words in self.text


@dataclass
class World:
    """One partnership at work."""

    database_url: str
    folder: Path
    workspace: Workspace
    playground: Playground
    slack_url: str
    port: int
    tick_seconds: float = 1000.0  # the clock is wound by hand
    environment: dict[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=lambda: PEOPLE)
    process: Child | None = None
    unread_from: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the program listens."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        """The program's environment: nothing of ours but what is said here."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        return {
            **kept,
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_API_URL": f"{self.slack_url}/playground/api/",
            "LIFBOT_TIME_TRAVEL": "1",
            "LIFBOT_TICK_SECONDS": str(self.tick_seconds),
            "PYTHONWARNINGS": "error",
            **self.environment,
        }

    async def start(self) -> None:
        """Start the program and wait until it answers."""
        log = self.folder / "bot.log"
        self.process = await asyncio.to_thread(nursery().start, (), self.settings(), self.folder, log, log)
        async with httpx.AsyncClient(trust_env=False) as http:
            for _ in range(300):
                if self.process.returncode is not None:
                    raise AssertionError(f"the program stopped: {self.log()[-2000:]}")
                try:
                    if (await http.get(f"{self.url}/healthz")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        raise AssertionError("the program did not answer in time")

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the program, kindly or not, and return its exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(how)
        code = await asyncio.wait_for(self.process.wait(), 20)
        self.process = None
        return code

    def log(self) -> str:
        """What the program wrote to stdout and stderr."""
        return (self.folder / "bot.log").read_text(encoding="utf-8", errors="replace")

    async def run(self, *arguments: str, expect: int = 0) -> str:
        """Run another `bot.py` command on the same database; returns what it printed."""
        files = self.folder / "ran.out", self.folder / "ran.err"
        for each in files:
            each.write_text("")
        process = await asyncio.to_thread(nursery().start, arguments, self.settings(), self.folder, *files)
        code = await asyncio.wait_for(process.wait(), 60)
        out, err = (each.read_text(encoding="utf-8") for each in files)
        assert code == expect, (arguments, code, out[-800:], err[-2000:])
        return out + (err if expect else "")

    async def clock(self, moment: str, mode: str = "run") -> httpx.Response:
        """Move the clock; answers when everything due has been handed to Slack."""
        async with httpx.AsyncClient(trust_env=False, timeout=150) as http:
            return await http.post(f"{self.url}/clock", json={"now": moment, "mode": mode})

    async def live_until(self, moment: str, mode: str = "run") -> None:
        """Move the clock, which must succeed."""
        answer = await self.clock(moment, mode)
        assert answer.status_code == 200, answer.text

    async def export(self) -> dict[str, Any]:
        """Return the whole log."""
        return await asyncio.to_thread(at_hand.export, self.database_url)

    async def item(self, ref: str) -> dict[str, Any]:
        """Return one item of the log."""
        return next(item for item in (await self.export())["items"] if item["ref"] == ref)

    async def types(self, who: str, text: str, place: str = SE) -> Posted:
        """Type a command, and return the answer, which only that person sees."""
        await deeds.say(self.playground.stage, _user(who), dm_of(_user(who)) if place == "dm" else place, text)
        return self._newest(who, place)

    async def mentions(self, who: str, text: str, place: str = SE) -> Posted:
        """Mention lifbot in a channel, and return the answer, which only that person sees."""
        await deeds.say(self.playground.stage, _user(who), place, f"@lifbot {text}")
        return await self.settled_newest(who, place)

    async def says(self, who: str, text: str, thread: str | None = None, file: str | None = None) -> Posted:
        """Write to lifbot in the direct message, perhaps with a file, and return its reply."""
        before = self._stamps(dm_of(_user(who)), _user(who), thread)
        await deeds.say(self.playground.stage, _user(who), dm_of(_user(who)), text, thread, file)
        for _ in range(200):
            new = [m for m in self._messages(dm_of(_user(who)), _user(who), thread) if m.ts not in before]
            answers = [m for m in new if m.author == BOT]
            if answers:
                self._read(dm_of(_user(who)), answers[-1])
                return Posted(answers[-1])
            await asyncio.sleep(0.02)
        raise AssertionError(f"no reply to {who}")

    async def edits(self, who: str, old: str, new: str, place: str = "dm", thread: str | None = None) -> None:
        """Put other words into one's newest message that holds the old ones."""
        channel = dm_of(_user(who)) if place == "dm" else place
        mine = [m for m in self._messages(channel, _user(who), thread) if m.author == _user(who) and old in m.text]
        await edit(self.playground.stage, _user(who), channel, mine[-1].ts, new)

    async def replies(self, who: str, posted: Posted, text: str, file: str | None = None) -> list[Posted]:
        """Write in the thread of a message in the group's channel; returns what lifbot then shows to them there."""
        channel, thread = posted.message.channel, posted.message.thread_ts or posted.message.ts
        before = self._stamps(channel, _user(who), thread)
        await deeds.say(self.playground.stage, _user(who), channel, text, thread, file)
        await asyncio.sleep(0.4)
        new = [m for m in self._messages(channel, _user(who), thread) if m.ts not in before and m.author == BOT]
        return [Posted(message) for message in new]

    def as_it_stands(self, posted: Posted) -> Posted:
        """Return a message as it is shown now."""
        return Posted(self.workspace.messages.find(posted.message.channel, posted.message.ts))

    def stands(self, channel: str = SE) -> list[Posted]:
        """Return, and so read, everything that lifbot has posted in a channel for all to see."""
        self.posts(channel)
        return [Posted(message) for message in self._messages(channel, None) if message.author == BOT]

    def in_threads(self, channel: str = SE) -> list[Posted]:
        """Return what lifbot has said for all to see in the channel's threads."""
        messages = self.workspace.messages
        every = [m for ts in messages.thread_sizes(channel) for m in messages.in_thread(channel, ts, None, 500)]
        return [Posted(message) for message in every if message.author == BOT and message.only_for is None]

    async def clicks(self, who: str, posted: Posted, label: str) -> None:
        """Press a button of a message."""
        for shown, element, picked in buttons_of(posted.message.blocks):
            if shown == label:
                block = next(b for b in posted.message.blocks if element in list(_elements(b)))
                what = deeds.Click(
                    element["action_id"], block["block_id"], picked, posted.message.channel, posted.message.ts
                )
                trouble = await deeds.click(self.playground.stage, _user(who), what, {})
                assert trouble is None, trouble
                return
        raise AssertionError(f"there is no button {label!r} in {posted.buttons}")

    def form(self, who: str) -> dict[str, Any]:
        """Return the form that is open before somebody."""
        open_views = self.workspace.views.stack(_user(who))
        assert open_views, "no form is open"
        return {"id": open_views[-1].id, **open_views[-1].body}

    async def submits(self, who: str, **values: Any) -> dict[str, str]:
        """Fill in the open form and send it; returns the errors beside its fields."""
        view = self.form(who)
        filled = {name: {"value": value} for name, value in values.items()}
        outcome = await forms.submit(self.playground.stage, _user(who), view["id"], filled)
        assert not outcome.trouble, outcome.trouble
        return dict(outcome.errors)

    def dms(self, who: str) -> list[Posted]:
        """Return, and so read, what lifbot has newly written to somebody directly."""
        return self._unread(dm_of(_user(who)), _user(who))

    def posts(self, channel: str = SE) -> list[Posted]:
        """Return, and so read, what lifbot has newly posted in a channel for all to see."""
        return self._unread(channel, None)

    async def settled_newest(self, who: str, place: str = SE) -> Posted:
        """Return the newest message somebody sees, once lifbot's background answers have arrived."""
        await asyncio.sleep(0.3)
        return self._newest(who, place)

    def _messages(self, channel: str, viewer: str | None, thread: str | None = None) -> list[Message]:
        messages = self.workspace.messages
        return messages.in_thread(channel, thread, viewer, 500) if thread else messages.in_place(channel, viewer, 500)

    def _stamps(self, channel: str, viewer: str, thread: str | None) -> set[str]:
        return {message.ts for message in self._messages(channel, viewer, thread)}

    def _newest(self, who: str, place: str) -> Posted:
        channel = dm_of(_user(who)) if place == "dm" else place
        shown = [message for message in self._messages(channel, _user(who)) if message.author == BOT]
        assert shown, f"lifbot has said nothing in {channel}"
        self._read(channel, shown[-1])
        return Posted(shown[-1])

    def _read(self, channel: str, message: Message) -> None:
        if message.only_for is None:
            self.unread_from[channel] = max(self.unread_from.get(channel, ""), message.ts)

    def _unread(self, channel: str, viewer: str | None) -> list[Posted]:
        after = self.unread_from.get(channel, "")
        new = [m for m in self._messages(channel, viewer) if m.author == BOT and m.only_for is None and m.ts > after]
        for message in new:
            self._read(channel, message)
        return [Posted(message) for message in new]

    def assert_all_read(self) -> None:
        """Fail on any message nobody expected."""
        left = {who: [each.message.text for each in self.dms(who)] for who in self.people}
        left |= {
            channel.id: [each.message.text for each in self.posts(channel.id)]
            for channel in self.workspace.cast.channels
        }
        assert not any(left.values()), {place: texts for place, texts in left.items() if texts}


W = TypeVar("W", bound=World)


def _user(who: str) -> str:
    return f"U0{who.upper()}"


def _elements(block: Mapping[str, Any]) -> Iterator[Any]:
    yield from block.get("elements", ())
    yield block.get("accessory")


@asynccontextmanager
async def world(
    database_url: str, folder: Path, *, file: str = FILE, start: bool = True, **environment: str
) -> AsyncIterator[World]:
    """Set up a partnership and start the program beside a workspace; at the end nothing may be unread."""
    given: dict[str, Any] = {"file": file, "start": start, **environment}
    async with world_of(World, database_url, folder, **given) as it:
        yield it


@asynccontextmanager
async def world_of(
    kind: Callable[..., W],
    database_url: str,
    folder: Path,
    *,
    file: str,
    start: bool = True,
    people: Mapping[str, str] = PEOPLE,
    channels: Mapping[str, str] = ONE_CHANNEL,
    **environment: str,
) -> AsyncIterator[W]:
    """Do the same for a world of another kind, with other people and channels."""
    actors = tuple(Person(_user(id), name) for id, name in people.items())
    everybody = tuple(actor.id for actor in actors)
    cast = Cast(TEAM, actors, tuple(Channel(id, name, members=everybody) for id, name in channels.items()))
    bot_port, slack_port = free_port(), free_port()
    here = f"http://127.0.0.1:{bot_port}"
    workspace = Workspace(folder / "workspace.db", cast)
    playground = Playground(
        workspace=workspace,
        events_url=f"{here}/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        moments=dict,
        clock_url=f"{here}/clock",
        partnership="Kirklees",
    )
    # People speak to this workspace's stage, so what it hands out to the bot must lead back here.
    playground.stage.here = f"http://127.0.0.1:{slack_port}"
    server = _server(playground, slack_port)
    serving = asyncio.create_task(server.serve())
    slack_url = f"http://127.0.0.1:{slack_port}"
    it = kind(database_url, folder, workspace, playground, slack_url, bot_port, environment=environment, people=people)
    await asyncio.to_thread(at_hand.load, database_url, file)
    try:
        if start:
            await it.start()
        yield it
        it.assert_all_read()
    finally:
        if it.process:
            await it.stop(signal.SIGKILL)
        await playground.close()
        server.should_exit = True
        await serving
        workspace.close()


def _server(playground: Playground, port: int) -> uvicorn.Server:
    app = Starlette(routes=playground.routes())
    config = uvicorn.Config(
        app, port=port, log_level="error", access_log=False, lifespan="off", timeout_keep_alive=KEPT_OPEN
    )
    return uvicorn.Server(config)
