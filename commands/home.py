"""One's own page, and what waits for one's decision: everything on it can be pressed there."""

from __future__ import annotations

import re
from typing import Annotated

from commands import embedding
from commands.context import Context
from lifbot import notices
from lifbot.buttons import on_page
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Block, Button, Fine, Heading, ItemList, Message
from lifbot.notices.home import decisions as listed
from lifbot.notices.home import suggestion_card
from storage import homes, stale

MINE, TAB = "mine", "home"
PER_PAGE = 8


@command(MINE, may="ask", title="Your page", examples=("/lif mine",), replaces=True)
def mine(ctx: Context) -> Message:
    """Show your own page: what is yours, what waits for your decision, your groups, meetings and settings."""
    return on_page(notices.home(homes.page(ctx.scope, ctx.caller)), MINE)


@command(TAB, may="ask", title="Home", examples=("/lif home",), replaces=True, in_help=False)
def home(ctx: Context) -> Message:
    """Show the same as mine; opened as Slack's Home tab it shows more, and is kept up to date."""
    return tab(ctx) if ctx.incoming.kind == "tab" else mine.run(ctx)


def tab(ctx: Context) -> Message:
    """Return the caller's Home tab as it is now, which they have before their eyes."""
    stale.opened(ctx.scope, ctx.caller)
    return on_page(notices.home(homes.page(ctx.scope, ctx.caller), on_tab=True), TAB)


@command("decisions", may="ask", title="Decisions", examples=("/lif decisions",), replaces=True)
def decisions(ctx: Context, page: Annotated[str, Arg("line", "Page", longest=6, in_form=False)] = "1") -> Message:
    """Show what waits for your decision, in all your groups: one by one, or sign off all."""
    found = homes.lines(ctx.scope, ctx.reader, homes.decisions(ctx.scope, ctx.reader, ctx.caller.id))
    suggested = homes.suggestions(ctx.scope, ctx.reader, ctx.caller.id)
    untold = embedding.silent(ctx)
    if not found and not suggested:
        if untold:
            return Message(
                (Heading("Decisions"), *untold, Fine("Only you can see this list.")), summary="Your decisions"
            )
        return Message((Heading("Decisions"), Ask("Nothing is waiting for your decision. Thank you.")))
    every = [*found, *suggested]
    pages = -(-len(every) // PER_PAGE)
    at = min(max(int(page) if re.fullmatch("[0-9]{1,4}", page) else 1, 1), pages) - 1
    first = at * PER_PAGE
    blocks: list[Block] = []
    if first < len(found):
        blocks += listed(found, PER_PAGE, first)
    late = suggested[max(0, first - len(found)) : max(0, first + PER_PAGE - len(found))]
    blocks += [ItemList("Might need help sooner", tuple(map(suggestion_card, late)))] if late else []
    if pages > 1:
        turn = (("Previous", at), ("Next", at + 2))
        buttons = tuple(Button(label, f"decisions page:{to}") for label, to in turn if 1 <= to <= pages)
        blocks.append(Ask(f"Page {at + 1} of {pages}.", buttons))
    blocks += untold if at == pages - 1 else ()
    return Message((*blocks, Fine(f"{notices.DECIDING} Only you can see this list.")), summary="Your decisions")
