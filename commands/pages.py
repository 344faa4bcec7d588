"""A page of one's own on which something was pressed: it is drawn anew with what was answered."""

from __future__ import annotations

import re
from dataclasses import replace

from commands import home
from commands.context import Context
from lifbot.buttons import on_page
from lifbot.message import Ask, Button, Incoming, Message

STANDS_ON = re.compile(rf"(form )?on ({home.MINE}|{home.TAB}) ")
SHORT = 900  # letters of an answer that leaves room for the page below it


def taken_off(incoming: Incoming) -> tuple[str, Incoming]:
    """Return the page that a button or a form stood on, if any, and what was pressed on it."""
    found = STANDS_ON.match(incoming.text) if incoming.kind in ("click", "form") else None
    if found is None:
        return "", incoming
    return found[2], replace(incoming, text=f"{found[1] or ''}{incoming.text[found.end() :]}")


def with_page(ctx: Context, page: str, answer: Message) -> Message:
    """Return the answer with the page as it is now: above it, or beside it on the Home tab; faults of a form alone."""
    if answer.errors:
        return answer
    if page == home.TAB:
        return replace(on_page(answer, page), page=home.tab(ctx), replaces=False)
    if answer.form or _is_page(ctx):
        return replace(on_page(answer, page), replaces=True)
    drawn = on_page(answer, page)
    below = home.mine.run(ctx).blocks if len(answer.plain()) <= SHORT else (Ask("", (Button("Back", page),)),)
    return replace(drawn, blocks=(*drawn.blocks, *below), replaces=True)


def _is_page(ctx: Context) -> bool:
    return ctx.command is home.mine
