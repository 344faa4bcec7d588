"""Seeing the log: lists with filters and pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated

from commands.context import Context
from commands.names import default_group, group
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Fine, ItemCard, ItemList, Message, Say
from lifbot.model import Group, Item
from lifbot.policy import rights
from lifbot.views import ItemView
from storage import items

PAGE = 10
FILTERS: dict[str, str] = {
    "mine": "for you",
    "overdue": "past their date",
    "open": "open",
    "escalated": "with the partnership chair",
    "waiting": "waiting for a decision",
    "all": "in the log",
}
Filter = Annotated[str, Arg("line", "mine, overdue, open, escalated, waiting or all, and a group", longest=200)]
Page = Annotated[str, Arg("line", "Page", longest=6, in_form=False)]


@command(
    "action list",
    may="ask",
    title="List",
    examples=("/lif action list overdue", "/lif action list mine"),
    replaces=True,
)
def list_(ctx: Context, which: Filter = "", page: Page = "1") -> Message:
    """List items: yours, overdue, open, escalated or all, of this group or another."""
    wanted, of = _read(ctx, which)
    if wanted == "mine":
        of = None
    elif of is None:
        raise LifError("Which group? Type for example: /lif action list open SE")
    elif not ctx.may("see", of):
        return _counts_only(ctx, of)
    rows = _rows(ctx, wanted, of)
    views = ctx.reader.views(rows)
    keep: Callable[[ItemView], bool] = {
        "overdue": lambda view: view.is_late(ctx.scope.today),
        "escalated": lambda view: view.escalated,
    }.get(wanted, lambda view: True)
    return _paged(
        ctx, wanted, of, [view for view in views if keep(view)], int(page) if re.fullmatch("[0-9]{1,4}", page) else 1
    )


def _read(ctx: Context, which: str) -> tuple[str, Group | None]:
    words = which.replace(",", " ").split()
    wanted = next((word.lower() for word in words if word.lower() in FILTERS), "")
    rest = " ".join(word for word in words if word.lower() not in FILTERS)
    of = group(ctx, rest) if rest else default_group(ctx)
    return wanted or ("open" if of else "mine"), of


def _rows(ctx: Context, wanted: str, of: Group | None) -> Sequence[Item]:
    here = (Item.group_id == of.id,) if of else ()
    if wanted == "mine":
        return items.open_of(ctx.scope, ctx.caller.id)
    if wanted == "waiting":
        return items.undecided(ctx.scope, *here)
    if wanted == "all":
        return ctx.scope.all(Item, *here, order=(Item.due_on, Item.id))
    return items.open_items(ctx.scope, *here)


def _counts_only(ctx: Context, of: Group) -> Message:
    views = ctx.reader.views(items.open_items(ctx.scope, Item.group_id == of.id))
    late = sum(view.is_late(ctx.scope.today) for view in views)
    text = f"{of.name}: {len(views)} open, {late} past their date. Its items can be seen by {rights.who_may('see')}."
    return Message((Say(text),), summary=text)


def _paged(ctx: Context, wanted: str, of: Group | None, views: list[ItemView], page: int) -> Message:
    pages = max(1, -(-len(views) // PAGE))
    page = min(max(page, 1), pages)
    shown = views[(page - 1) * PAGE : page * PAGE]
    title = f"{len(views)} {FILTERS[wanted]}" + (f" · {of.name}" if of else "")
    title += f" · page {page} of {pages}" if pages > 1 else ""
    cards = tuple(_card(ctx, view) for view in shown)
    blocks: list[Block] = [ItemList(title, cards, _empty(wanted))]
    if pages > 1:
        line = f"action list {wanted} {of.prefix if of else ''}".strip()
        turn = (("Previous", page - 1), ("Next", page + 1))
        buttons = tuple(Button(label, f"{line} page:{to}") for label, to in turn if 1 <= to <= pages)
        blocks.append(Ask("", buttons))
    blocks.append(Fine("Only you can see this list."))
    return Message(tuple(blocks), summary=title)


def _card(ctx: Context, view: ItemView) -> ItemCard:
    buttons = (Button("Show", f"action show {view.ref}"),)
    return ItemCard(
        view.ref, clip(view.text, 300), view.line(named=True, today=ctx.scope.today), view.brag_word, buttons
    )


def _empty(wanted: str) -> str:
    if wanted == "mine":
        return "Nothing is waiting for you. Thank you."
    return "Nothing here. To log an action type: /lif action add … owner:@name due:31 March"
