"""Letting an action come round again, and stopping that."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.arguments import Ref
from commands.context import Context
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Message
from lifbot.model import Item
from lifbot.rhythm import Rhythm, next_date
from storage import log, series

HowOften = Annotated[Rhythm, Arg("rhythm", "How often", "For example “every quarter”; “never” ends the series.")]


def refuse_others(ctx: Context, item: Item) -> None:
    """Raise LifError for what is no action, or is closed."""
    if item.kind != "action":
        raise LifError(f"{item.ref} is no action, and only actions repeat. Nothing was changed.")
    if changes.is_finished(item):
        new = series.next_of(ctx.scope, item)
        instead = f" The next of it is {new.ref}: type /lif action repeat {new.ref}" if new else ""
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word}, so nothing was changed.{instead}")


def set_rhythm(item: Item, how: Rhythm) -> None:
    """Let an item repeat, or no more."""
    item.repeats, item.repeats_text = (how.rrule, how.words) if how.rrule else (None, None)


@command(
    "action repeat",
    may="decide",
    title="Repeat",
    examples=("/lif action repeat SE-2026-014 every quarter", "/lif action repeat SE-2026-014 never"),
    fits=refuse_others,
)
def repeat(ctx: Context, item: Ref, how_often: HowOften) -> Message:
    """Let an action come round again: once it is closed, the next is logged; “never” ends the series."""
    if (item.repeats or "") == how_often.rrule:
        stands = f"repeats {item.repeats_text}" if item.repeats else "does not repeat"
        raise LifError(f"{item.ref} {stands} already, so nothing was changed.")
    before = log.picture(item)
    set_rhythm(item, how_often)
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Repeats {how_often.words}.")
    return changes.answer(ctx, item, entry, _told(ctx, item))


def _told(ctx: Context, item: Item) -> str:
    if not item.repeats:
        return f"{item.ref} does not repeat any more: once it is closed, none follows."
    coming = next_date(item.repeats, item.original_due_on, max(item.due_on, ctx.scope.today))
    then = f", due {say_date(coming)} as things stand" if coming else ""
    return f"{item.ref} repeats {item.repeats_text}. Once it is closed, the next is logged{then}."
