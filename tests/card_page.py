"""Microsoft's own renderer in a real browser: draws a card as Teams would, and tells what it did not like."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.browser import page
from tests.npm_packages import package

HARNESS = Path(__file__).parent / "card_page.js"
PAPER = {False: "#f5f5f5", True: "#1f1f1f"}
# Colours as in Teams; what lifbot draws must be readable with either.
LIGHT = {
    "paper": "#ffffff", "emphasis": "#f5f5f5", "line": "#e0e0e0", "default": "#242424", "subtle": "#616161",
    "accent": "#5b5fc7", "good": "#0e700e", "warning": "#bc4b09", "attention": "#b10e1c",
}  # fmt: skip
DARK = {
    "paper": "#292929", "emphasis": "#1f1f1f", "line": "#666666", "default": "#ffffff", "subtle": "#adadad",
    "accent": "#a6a7dc", "good": "#54b054", "warning": "#fa8652", "attention": "#e37d80",
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """What came of a card: the renderer's complaints, the words to be seen, and marks that Markdown has made."""

    faults: list[str]
    words: str
    marked: list[str]
    values: dict[str, str]


class Easel:
    """A page on which one card after the other is drawn."""

    def __init__(self, opened: Page) -> None:
        self.page = opened

    async def draw(self, card: Mapping[str, Any]) -> Drawn:
        """Draw the card in place of the last one."""
        return Drawn(**await self.page.evaluate("card => draw(card)", card))

    async def press(self, title: str) -> dict[str, Any] | None:
        """Press a button and return what would be sent: its verb and data; None where an input is wanting."""
        await self.page.get_by_role("button", name=title, exact=True).first.click()
        sent: dict[str, Any] | None = await self.page.evaluate("taken()")
        return sent


@asynccontextmanager
async def easel(*, width: int = 600, dark: bool = False) -> AsyncIterator[Easel]:
    """Open a page with the renderer, Markdown as Teams reads it, and Teams' colours."""
    async with page(width=width, height=400, dark=dark) as opened:
        await opened.set_content(
            f'<!doctype html><html lang="en"><body style="background:{PAPER[dark]}"></body></html>'
        )
        renderer = package("adaptivecards") / "dist"
        await opened.add_style_tag(path=renderer / "adaptivecards.css")
        await opened.add_script_tag(path=renderer / "adaptivecards.min.js")
        await opened.add_script_tag(path=package("markdown-it") / "dist" / "browser" / "markdown-it.umd.min.js")
        await opened.add_script_tag(path=HARNESS)
        await opened.evaluate("colours => prepare(colours)", DARK if dark else LIGHT)
        yield Easel(opened)
