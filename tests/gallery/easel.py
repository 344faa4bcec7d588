"""Draws messages as the playground draws them, and takes a picture of each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page

from lifbot.message import Address, File, Form, Message, Parcel
from lifbot.playground import Cast, Channel, Person
from lifbot.playground.wall import real_now
from lifbot.slack import render
from lifbot.slack.answers import drawn
from lifbot.slack.sender import SlackSender
from tests.browser import page
from tests.gallery.png import small
from tests.playground_world import World, open_world
from tests.room import SE

PEOPLE = (
    *(("ben", "Ben Carter"), ("cleo", "Cleo Hart"), ("dev", "Dev Rao"), ("amina", "Amina Yusuf")),
    *(("grace", "Grace Okafor"), ("ian", "Ian Lund"), ("jo", "Jo Bell"), ("eve", "Eve Marsh")),
)
CAST = Cast(
    "T0001",
    tuple(Person(f"U0{id.upper()}", name) for id, name in PEOPLE),
    (Channel(SE, "safeguarding-effectiveness", members=tuple(f"U0{id.upper()}" for id, _ in PEOPLE)),),
)
WIDTH, HEIGHT = 956, 4000  # a message is then about 640 wide, and the longest is seen whole
NAME, TITLE = "lifbot-SE-open-2026-01-12.xlsx", "open · Safeguarding Effectiveness Subgroup"
LIST = File(NAME, f"{TITLE}, asked for on Monday 12 January 2026 at 11:00", bytes(8000))


@dataclass
class Easel:
    """The playground's page, and the wire over which a bot writes into it."""

    world: World
    shown: Page
    sender: SlackSender

    async def told(self, message: Message, to: str, at: datetime) -> bytes:
        """Draw what was said by itself, to a person or in a channel."""
        self._is(at)
        direct = not to.startswith("C")
        address = Address("slack", "T0001", f"U0{to.upper()}" if direct else to, direct=direct)
        file = LIST if message.has_file else None
        receipt = await self.sender.send(Parcel(f"gallery/{at}", address, message, again=False, file=file))
        return await self._seen("ben" if not direct else to, receipt.channel, receipt.stamp)

    async def answered(self, message: Message, who: str, at: datetime, *, direct: bool) -> bytes:
        """Draw an answer, which in a channel only the person who asked can see."""
        self._is(at)
        body: dict[str, Any] = {name: part for name, part in drawn(message).items() if name in ("text", "blocks")}
        user, dm = f"U0{who.upper()}", f"D0{who.upper()}"
        if direct:
            sent = await self.world.client.chat_postMessage(channel=dm, **body)
            return await self._seen(who, dm, str(sent["ts"]))
        sent = await self.world.client.chat_postEphemeral(channel=SE, user=user, **body)
        return await self._seen(who, SE, str(sent["message_ts"]))

    async def form(self, form: Form, who: str) -> bytes:
        """Draw a form, and put it away again."""
        await self._go(who, SE)
        trigger = self.world.workspace.triggers.new(f"U0{who.upper()}")
        await self.world.client.views_open(trigger_id=trigger, view=render.form_view(form, "{}"))
        dialog = self.shown.locator("dialog#form")
        await dialog.wait_for(state="visible")
        taken = await self._taken(dialog)
        await self.shown.keyboard.press("Escape")
        await dialog.wait_for(state="hidden")
        return taken

    def _is(self, at: datetime) -> None:
        self.world.clock.offset = at - real_now()

    async def _go(self, who: str, place: str) -> None:
        await self.shown.click(f"[data-person=U0{who.upper()}]")
        await self.shown.locator(f"[data-person=U0{who.upper()}][aria-pressed=true]").wait_for()
        await self.shown.click(f"[data-place={place}]")

    async def _seen(self, who: str, place: str, stamp: str) -> bytes:
        await self._go(who, place)
        return await self._taken(self.shown.locator(f"#stream article[data-ts='{stamp}']"))

    async def _taken(self, what: Locator) -> bytes:
        await what.wait_for()
        await self.shown.evaluate("document.activeElement.blur()")
        return small(await what.screenshot(animations="disabled", scale="css"))


@asynccontextmanager
async def easel(folder: Path) -> AsyncIterator[Easel]:
    """Open the playground with nobody but a browser in front of it."""
    async with open_world(folder, cast=CAST) as world, page(world.url, width=WIDTH, height=HEIGHT) as shown:
        yield Easel(world, shown, SlackSender(world.client, haste=1000))
