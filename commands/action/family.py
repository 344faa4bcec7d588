"""What belongs to what: actions under a recommendation, an issue or another action, in any group of the partnership."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.arguments import Ref
from commands.context import Context
from lifbot import grammar
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.kinds import a_kind
from lifbot.message import Message
from lifbot.model import Item
from storage import family, items, log

To = Annotated[
    str,
    Arg(
        "line",
        "Belongs to",
        "The reference of a recommendation, an issue or another action.",
        leads=("to", "under"),
        keys=("to", "parent", "under"),
        longest=40,
    ),
]


def known(ctx: Context, ref: str, field: str) -> Item:
    """Return the one item of a reference that stands beside another's."""
    found = items.find(ctx.scope, ref, ctx.here)
    if len(found) != 1:
        name = clip(ref, 40)
        raise LifError(f"I do not know one item called {name}. Type {field}: and a whole reference.", field=field)
    return found[0]


def parent_of_new(ctx: Context, ref: str | None) -> int | None:
    """Return the id of what a new item is to belong to."""
    if not ref:
        return None
    parent = known(ctx, ref, "parent")
    _refuse_ended(parent, "parent")
    return parent.id


def add_line(item: Item) -> str:
    """Return the line of a button that logs an action under an item."""
    return grammar.line("form action add", group=item.group_id, parent=item.ref)


def _refuse_ended(parent: Item, field: str) -> None:
    if parent.status in ("withdrawn", "superseded"):
        raise LifError(f"{parent.ref} is {parent.status}, so nothing can be put under it.", field=field)


def refuse_closed_parent(ctx: Context, item: Item) -> None:
    """Raise LifError for what is no recommendation or is out of the log: no agency has a part in it."""
    if item.kind != "recommendation":
        raise LifError(f"{item.ref} is {a_kind(item.kind)}; only a recommendation is spread. Nothing was changed.")
    _refuse_ended(item, "item")


def _refuse_loop(ctx: Context, item: Item, parent: Item) -> None:
    if parent.id == item.id:
        raise LifError(f"{item.ref} cannot belong to itself. Nothing was changed.", field="to")
    if any(above.id == item.id for above in family.lineage(ctx.scope, parent)):
        raise LifError(f"{parent.ref} belongs to {item.ref} already, so it cannot stand above it.", field="to")


@command("action link", may="decide", title="Belongs to", examples=("/lif action link SE-2026-014 to:SE-2026-002",))
def link(ctx: Context, item: Ref, to: To) -> Message:
    """Put an item under a recommendation, an issue or another action, also of another group."""
    parent = known(ctx, to, "to")
    if item.parent == parent.id:
        raise LifError(f"{item.ref} belongs to {parent.ref} already, so nothing was changed.")
    _refuse_loop(ctx, item, parent)
    _refuse_ended(parent, "to")
    before = log.picture(item)
    item.parent = parent.id
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Now belongs to {parent.ref}.")
    return changes.answer(ctx, item, entry, f"{item.ref} now belongs to {parent.ref}.")


@command("action unlink", may="decide", title="Belongs to nothing", examples=("/lif action unlink SE-2026-014",))
def unlink(ctx: Context, item: Ref) -> Message:
    """Take an item out from under what it belongs to."""
    parent = ctx.scope.get(Item, item.parent)
    if parent is None:
        raise LifError(f"{item.ref} belongs to nothing, so nothing was changed.")
    before = log.picture(item)
    item.parent = None
    entry = changes.keep(ctx, item, before, kind="edited", text=f"No longer belongs to {parent.ref}.")
    return changes.answer(ctx, item, entry, f"{item.ref} no longer belongs to {parent.ref}.")
