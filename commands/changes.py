"""A change to an item, kept with all that belongs to it: history, log, the promise to tell, the offer to undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.context import Context
from lifbot.calendar import say_date
from lifbot.message import Ask, Block, Button, Fine, ItemCard, Message, Say
from lifbot.model import Item, LogEntry, Update
from lifbot.policy.facts import Facts
from storage import log, outbox, series
from storage.log import WITH

SEEN_BY = "This is in the log, which the group can see."


def keep(
    ctx: Context,
    item: Item,
    before: Mapping[str, Any],
    *,
    kind: str | None = None,
    text: str = "",
    why: str | None = None,
    meeting_id: int | None = None,
) -> LogEntry:
    """Keep a changed item with its history and log entry, and let the next sweep decide anew about it."""
    if kind:
        by = ctx.caller.id
        ctx.scope.insert(Update, item_id=item.id, at=ctx.scope.now, by=by, kind=kind, text=text, meeting_id=meeting_id)
    item.look_again_at = None if is_finished(item) else ctx.scope.now
    ctx.scope.add(item)
    what = ctx.command.words if ctx.command else "change"
    entry = log.write(ctx.scope, ctx.caller.id, what, item, before=before, why=why)
    if kind == "signed_off":
        series.follow(ctx.scope, ctx.caller.id, item, entry)
    ctx.__dict__.pop("reader", None)  # names and colours are read anew for the answer
    return entry


def belongs_with(ctx: Context, other: LogEntry, entry: LogEntry) -> None:
    """Tie a change of another item to the change that it came with: undo takes both back."""
    other.about = f"{WITH}{entry.id}"
    ctx.scope.add(other)


def is_finished(item: Item) -> bool:
    """Whether nothing more will happen to an item by itself."""
    return bool(item.signed_off_on or item.accepted_by) or item.status in ("withdrawn", "superseded")


def tell(ctx: Context, person: str | None, item: Item, what: str) -> None:
    """Promise to tell somebody of a change, unless it is their own."""
    if person == item.owner and item.told_on != ctx.scope.today:
        item.told_on = ctx.scope.today
        ctx.scope.add(item)
    if person and person != ctx.caller.id:
        outbox.put_change(ctx.scope, person, item, what)


def pause_clock(ctx: Context, item: Item) -> None:
    """Stop the cycle clock from now on."""
    item.pauses = [*item.pauses, [ctx.scope.now.isoformat(), None]]


def resume_clock(ctx: Context, item: Item) -> None:
    """Let the cycle clock go on from where it was."""
    item.pauses = [[start, end or ctx.scope.now.isoformat()] for start, end in item.pauses]


def wait_for(ctx: Context, item: Item, what: str | None) -> None:
    """Let an item wait for its group's chair, or wait no longer."""
    item.waiting = what
    item.waiting_since = ctx.scope.now if what else None
    item.decision_asked_on = item.unsigned_told_on = None
    if what is None:
        item.proposed_due = None


def for_owner(ctx: Context, item: Item) -> str:
    """Say on whose behalf something was recorded, if not the caller's own."""
    return "" if item.owner == ctx.caller.id else f" Recorded for {ctx.reader.name(item.owner)}."


def decider(ctx: Context, item: Item) -> str:
    """Say who is asked to decide: nobody decides about their own."""
    group = ctx.group_of(item)
    return "The group's chair" if group.chair not in (None, item.owner) else "The deputy or the business unit"


def and_next(ctx: Context, item: Item) -> str:
    """Say which is the next of a series, where there is one."""
    new = series.next_of(ctx.scope, item)
    return f" The next is {new.ref}, due {say_date(new.due_on)}." if new else ""


def undo_button(entry: LogEntry) -> Button:
    """Return the button that takes a change back."""
    return Button("Undo", f"undo {entry.id}")


def answer(ctx: Context, item: Item, entry: LogEntry, text: str, *more: Block, asks: str = "") -> Message:
    """Confirm a change: what it is now, who can see it, and the way back."""
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.line(named=True, today=ctx.scope.today), view.brag_word)
    blocks = (Say(text), card, *more, Fine(SEEN_BY), Ask("", (undo_button(entry),)))
    return Message(blocks, summary=text, about=(item.id,) if asks else (), asks=asks)


def current_facts(ctx: Context, item: Item) -> Facts:
    """Return what the rules are told about an item now."""
    return ctx.reader.facts(item)
