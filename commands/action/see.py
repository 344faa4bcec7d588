"""Seeing the log: lists with filters and pages, and one item with its whole history."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated

from commands.action.card import post_button
from commands.action.history import evidence, history
from commands.arguments import Ref
from commands.context import Context
from commands.names import default_group, group
from lifbot.buttons import decision_buttons, owner_buttons
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Say
from lifbot.model import Group, Item, Meeting
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


@command("action show", may="ask", title="Show", examples=("/lif action show SE-2026-014",))
def show(ctx: Context, item: Ref) -> Message:
    """Show one item with its whole history."""
    if not ctx.may("see", ctx.group_of(item), item):
        raise LifError(f"{item.ref} can be seen by {rights.who_may('see')}.")
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.lateness(ctx.scope.today), view.brag_word)
    blocks: list[Block] = [Heading(f"{item.kind.capitalize()} {item.ref}"), card, Facts(tuple(_facts(ctx, item, view)))]
    blocks += [*history(ctx, item), *evidence(ctx, item)]
    if buttons := (*_buttons(ctx, item), *post_button(ctx, item)):
        blocks.append(Ask("", buttons))
    return Message((*blocks, Fine("Only you can see this answer.")), summary=f"{item.ref}, {view.status_word}")


def _facts(ctx: Context, item: Item, view: ItemView) -> list[tuple[str, str]]:
    reader = ctx.reader
    original = say_date(item.original_due_on) if item.original_due_on != item.due_on else ""
    with_others = ", ".join(reader.name(id) for id in item.contributors)
    parent, said = ctx.scope.get(Item, item.parent), item.timescale_text
    agreed = ctx.scope.get(Meeting, item.agreed_at_meeting)
    meeting = f"the meeting of {say_date(local_day(agreed.starts_at, ctx.scope.zone))}" if agreed else ""
    pairs = (
        ("Accountable owner", view.owner),
        ("Agency", view.agency),
        ("Contributors", with_others),
        ("Group", view.group),
        ("Status", view.status_word),
        ("Due", say_date(item.due_on) + (f" (said as “{said}”)" if said != say_date(item.due_on) else "")),
        ("Originally due", original),
        ("Date asked for", item.proposed_due or ""),
        ("Meetings missed", str(view.cycles_missed) if view.cycles_missed else ""),
        ("With the partnership chair", "yes" if view.escalated else ""),
        ("Agreed at", meeting),
        ("Source", item.source or ""),
        ("Success criteria", item.success_criteria or ""),
        ("Belongs to", parent.ref if parent else ""),
        ("Why not completable", item.not_completable_reason or ""),
        ("Done instead", item.done_instead or ""),
        ("Logged", f"{say_date(local_day(item.created_at, ctx.scope.zone))} by {reader.name(item.created_by)}"),
    )
    return [(name, value) for name, value in pairs if value]


def _buttons(ctx: Context, item: Item) -> tuple[Button, ...]:
    group, roles = ctx.group_of(item), ctx.roles(ctx.group_of(item), item)
    if ctx.may("decide", group, item) and item.waiting:
        return decision_buttons(item.waiting, item.ref)
    if item.status in items.OPEN and rights.may("report", roles):
        return owner_buttons(item.ref)
    return ()
