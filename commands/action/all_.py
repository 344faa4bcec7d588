"""Signing off everything that waits, with one tap; nobody signs off their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from commands import changes
from commands.action.decide import sign
from commands.ask import button_line
from commands.bind import item as one_item
from commands.context import Context
from commands.names import group
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Fine, ItemCard, ItemList, Message, Say
from lifbot.model import Item, LogEntry
from storage import homes, items, log

Which = Annotated[str, Arg("line", "A group, or references", "Everything about which you are asked, unless you say.")]
REFS = re.compile(r"(?:[A-Za-z][A-Za-z0-9]{0,7}-\d{4}-\d+[\s,;]*)+")


@command(
    "action signoff all",
    may="ask",
    title="Sign off all",
    examples=("/lif action signoff all", "/lif action signoff all SE"),
)
def signoff_all(ctx: Context, which: Which = "") -> Message:
    """Sign off everything that waits for your sign-off, or that of one group; never your own."""
    waiting, left = _waiting(ctx, which.strip())
    if not waiting:
        raise LifError("Nothing waits for your sign-off now, so nothing was changed. " + " ".join(left))
    entries = [signed(ctx, item) for item in waiting]
    return _answer(ctx, waiting, entries, left)


def signed(ctx: Context, item: Item) -> LogEntry:
    """Sign off one item and tell its owner."""
    before = log.picture(item)
    sign(ctx, item)
    entry = changes.keep(ctx, item, before, kind="signed_off")
    changes.tell(ctx, item.owner, item, "signed_off")
    return entry


def _waiting(ctx: Context, which: str) -> tuple[list[Item], list[str]]:
    """What is to be signed off, and what is left out and why."""
    if REFS.fullmatch(which):
        return _named(ctx, re.findall(r"[^\s,;]+", which))
    if not which or which.lower() == "all":
        found = homes.decisions(ctx.scope, ctx.reader, ctx.caller.id)
        return [item for item in found if item.waiting == "sign_off"], []
    of = group(ctx, which)
    ctx.require("decide", of)
    waiting = items.undecided(ctx.scope, Item.group_id == of.id, Item.waiting == "sign_off")
    own = [item.ref for item in waiting if item.owner == ctx.caller.id]
    left = [f"{', '.join(own)} {_are(own)} yours, so somebody else decides."] if own else []
    return [item for item in waiting if item.owner != ctx.caller.id], left


def _named(ctx: Context, refs: Sequence[str]) -> tuple[list[Item], list[str]]:
    waiting: list[Item] = []
    gone: list[str] = []
    for ref in dict.fromkeys(refs):
        item = one_item(ctx, ref)
        if isinstance(item, Item) and item.waiting == "sign_off":
            ctx.require("decide", ctx.group_of(item), item)
            waiting.append(item)
        else:
            gone.append(ref.upper())
    return waiting, [f"{', '.join(gone)} {_do(gone)} not wait for sign-off any more."] if gone else []


def _are(refs: Sequence[str]) -> str:
    return "is" if len(refs) == 1 else "are"


def _do(refs: Sequence[str]) -> str:
    return "does" if len(refs) == 1 else "do"


def _answer(ctx: Context, signed: Sequence[Item], entries: Sequence[LogEntry], left: Sequence[str]) -> Message:
    views = ctx.reader.views(signed)
    cards = tuple(
        ItemCard(view.ref, clip(view.text, 100), view.line(named=True, status=False), view.brag_word) for view in views
    )
    text = f"Signed off {len(signed)}. Thank you." if len(signed) > 1 else f"Signed off {signed[0].ref}. Thank you."
    undo = Button("Undo all" if len(signed) > 1 else "Undo", button_line(ctx, undo_line(entries)))
    notes: list[Block] = [Say(line) for line in left]
    return Message((Say(text), ItemList("", cards), *notes, Fine(changes.SEEN_BY), Ask("", (undo,))), summary=text)


def undo_line(entries: Sequence[LogEntry]) -> str:
    """Return the line that takes several changes back at once."""
    return f"undo {','.join(str(entry.id) for entry in entries)}"
