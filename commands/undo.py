"""Taking back what was just done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from commands import changes
from commands.context import Context
from commands.spoken import UNDO
from lifbot.calendar import say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Block, Fine, ItemCard, ItemList, Message, Say, say
from lifbot.model import Item, LogEntry, Meeting, Update
from storage import calendars, log

UNDO_FOR = timedelta(minutes=10)
OWN_MARKS = {
    "round",
    "discuss_told",
    "nudged_on",
    "told_on",
    "decision_asked_on",
    "unsigned_told_on",
    "drift_suggested",
}


@command("undo", may="ask", title="Undo", examples=("/lif undo",), replaces=True)
def undo(ctx: Context, entry: Annotated[str, Arg("line", "Which change", longest=8000, in_form=False)] = "") -> Message:
    """Take back what you just did, within ten minutes; the log keeps both."""
    meant = _meant(ctx, entry)
    if len(meant) == 1 and ctx.scope.get(Item, meant[0].item_id) is None:
        return _uncancel(ctx, meant[0])
    undone: list[tuple[LogEntry, Item]] = []
    refused: list[LifError] = []
    for done in meant:
        try:
            undone.append((done, _undo(ctx, done)))
        except LifError as error:
            refused.append(error)
    if not undone:
        raise refused[0]
    ctx.__dict__.pop("reader", None)
    return _told(ctx, undone, refused)


def _undo(ctx: Context, done: LogEntry) -> Item:
    """Take one change back; LifError, and nothing changed, where that is not possible."""
    item = ctx.scope.get(Item, done.item_id)
    _refuse_late(ctx, done)
    if item is None:
        raise LifError(f"“{done.what}” cannot be taken back together with others.")
    _refuse(ctx, done, item)
    before = log.picture(item)
    if done.what.endswith(" add"):
        item.status, item.closed_at = "withdrawn", ctx.scope.now
    else:
        log.restore(ctx.scope, item, done.before)
    kind = "withdrawn" if item.status == "withdrawn" else "edited"
    said = f"Undone: {done.what}."
    ctx.scope.add(
        Update(partnership_id=ctx.scope.id, item_id=item.id, at=ctx.scope.now, by=ctx.caller.id, kind=kind, text=said)
    )
    item.look_again_at = None if changes.is_finished(item) else ctx.scope.now
    ctx.scope.add(item)
    log.write(ctx.scope, ctx.caller.id, "undo", item, before=before, undoes=done.id)
    return item


def _told(ctx: Context, undone: Sequence[tuple[LogEntry, Item]], refused: Sequence[LifError]) -> Message:
    """Say what was taken back and how it stands now, and what could not be."""
    cards = tuple(_card(ctx, item) for _, item in undone)
    whats = ", ".join(dict.fromkeys(done.what for done, _ in undone))
    if len(cards) == 1:
        said = f"Undone: {whats}."
        shown: tuple[Block, ...] = (Say(f"{said} This is how it stands now."), cards[0])
    else:
        said = f"Undone: {whats}, {len(cards)} items."
        shown = (ItemList(f"{said} This is how they stand now.", cards),)
    stays = [Fine(error.text) for error in refused[:5]]
    return Message((*shown, *stays, Fine(changes.SEEN_BY)), summary=said)


def _card(ctx: Context, item: Item) -> ItemCard:
    view = ctx.reader.view(item)
    return ItemCard(item.ref, item.text, view.line(named=True, today=ctx.scope.today), view.brag_word)


def _meant(ctx: Context, entry: str) -> list[LogEntry]:
    """The changes that are meant: those of a button, "12,13,14", else the last; what was saved together is one."""
    entry = "" if UNDO.fullmatch(f"undo {entry}") else entry
    if entry and not re.fullmatch(r"[0-9]{1,9}(?:\s*,\s*[0-9]{1,9})*", entry):
        raise LifError("To take back what you just did, type undo and nothing else. Nothing was changed.")
    if entry:
        found = [log.find(ctx.scope, int(id)) for id in dict.fromkeys(entry.replace(" ", "").split(","))]
    else:
        last = log.last_of(ctx.scope, ctx.caller.id)
        found = list(log.together(ctx.scope, last)) if last else []
    if not found or None in found:
        raise LifError("There is nothing of yours to undo.")
    return [each for each in found if each]


def _uncancel(ctx: Context, done: LogEntry) -> Message:
    meeting = ctx.scope.get(Meeting, int(done.about.split()[1])) if done.about and done.what != "undo" else None
    _refuse_late(ctx, done)
    if meeting is None or done.what != "meeting cancel" or meeting.status != "cancelled":
        raise LifError(f"“{done.what}” cannot be taken back by undo. Nothing was changed. Type /lif help meeting move")
    group = ctx.reader.groups[meeting.group_id]
    ctx.require("meet", group)
    calendars.uncancel(ctx.scope, meeting, done, ctx.caller.id)
    return say(f"Undone: {group.name} meets on {say_moment(meeting.starts_at, ctx.scope.zone)} after all.")


def _refuse_late(ctx: Context, done: LogEntry) -> None:
    if done.what == "undo" or log.undone(ctx.scope, done):
        raise LifError("That was undone already.")
    if ctx.scope.now - done.at > UNDO_FOR:
        raise LifError("That is more than ten minutes ago. Please make the change that is needed instead.")


def _refuse(ctx: Context, done: LogEntry, item: Item) -> None:
    group = ctx.group_of(item)
    if done.by != ctx.caller.id:
        ctx.require("decide", group)
    now = log.picture(item)
    if any(now.get(name) != value for name, value in done.after.items() if name not in OWN_MARKS):
        raise LifError(f"{item.ref} has changed since, so that cannot be undone on its own.")
