"""A visitor of the playground: `python bot.py` in an empty folder, and a real browser in front of it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Locator, Page, expect

from tests.browser import page
from tests.ports import free_port
from tests.world import ROOT

KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
ANSWER_MS = 15_000  # a shared machine can be slow for a moment
CLOCK_MS = 60_000


@dataclass(frozen=True)
class Opened:
    """The program with nothing set but its port and its database: then it opens the playground."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in KEPT}
        return {**kept, "DATABASE_URL": "sqlite:///lifbot.db", "PORT": str(self.port), "PYTHONWARNINGS": "error"}

    async def export(self) -> dict[str, dict[str, Any]]:
        """The log's items by reference."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(ROOT / "bot.py"), "export", "--format", "json"),
            env=self.settings(),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await asyncio.wait_for(process.communicate(), 30)
        return {item["ref"]: item for item in json.loads(out)["items"]}


@dataclass
class Visitor:
    """Somebody at the browser who is one person of the cast after the other."""

    shown: Page

    async def is_(self, who: str, place: str = "") -> None:
        """Become somebody, in a channel or in their messages with lifbot."""
        await self.shown.click(f"[data-person=U0{who.upper()}]")
        await expect(self.shown.locator(f"[data-person=U0{who.upper()}]")).to_have_attribute("aria-pressed", "true")
        await self.shown.click(f"[data-place={place or f'D0{who.upper()}'}]")

    async def writes(self, text: str) -> None:
        """Type something and send it."""
        box = self.shown.locator("#composer textarea")
        await box.fill(text)
        await box.press("Enter")

    async def reads(self, *texts: str) -> Locator:
        """See each text in the newest message here; returns that message."""
        newest = self.shown.locator("#stream .message").last
        for text in texts:
            await expect(newest).to_contain_text(text)
        return newest

    async def presses(self, label: str, about: str = "") -> None:
        """Press a button of the newest message that has it, about an item if one is named."""
        name = re.compile(f"^{re.escape(f'{label}, {about}' if about else label)}")
        await self.shown.locator("#stream .message").get_by_role("button", name=name).last.click()

    def form(self) -> Locator:
        """The form that is open."""
        return self.shown.locator("dialog#form")

    async def winds(self, label: str) -> None:
        """Press one of the clock's buttons, and wait until it has arrived."""
        before = await self.shown.locator("#clock .face").inner_text()
        await self.shown.locator("#clock").get_by_role("button", name=label, exact=True).click()
        await self._arrived(before)

    async def sets(self, local: str) -> None:
        """Set the clock to a moment, and live through all the time until then."""
        before = await self.shown.locator("#clock .face").inner_text()
        await self.shown.locator("#clock").get_by_role("button", name="Set…").click()
        await self.shown.fill("#clock-to", local)
        await self.shown.get_by_role("button", name="Set the clock").click()
        await self._arrived(before)

    async def _arrived(self, before: str) -> None:
        await expect(self.shown.locator("#clock .face")).not_to_have_text(before, timeout=CLOCK_MS)
        await expect(self.shown.locator("#clock")).not_to_have_class(re.compile("living"), timeout=CLOCK_MS)
        await expect(self.shown.locator("#clock").get_by_role("button", name="+1 day")).to_be_visible()

    async def day(self) -> str:
        """The day on the clock."""
        return await self.shown.locator("#clock [data-part=day]").inner_text()


@asynccontextmanager
async def visitor(folder: Path) -> AsyncIterator[tuple[Visitor, Opened]]:
    """Start the program and open its page; at the end it must stop at once, though the page is still open."""
    opened = Opened(folder, free_port())
    expect.set_options(timeout=ANSWER_MS)
    with (folder / "bot.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "bot.py"), env=opened.settings(), cwd=folder, stdout=log, stderr=log
        )
    try:
        await _listens(opened, process)
        async with page(opened.url, expect=("ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY")) as shown:
            yield Visitor(shown), opened
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 5)
    except BaseException as error:
        error.add_note((folder / "bot.log").read_text(encoding="utf-8", errors="replace")[-3000:])
        raise
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0


async def _listens(opened: Opened, process: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        for _ in range(400):
            assert process.returncode is None, "the program stopped"
            try:
                if (await http.get(f"{opened.url}/healthz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError("the program did not answer in time")
