"""Taking back what was just done."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from commands import changes
from commands.context import Context
from commands.spoken import UNDO
from lifbot.calendar import say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Fine, ItemCard, Message, Say, say
from lifbot.model import Item, LogEntry, Meeting, Update
from storage import amending, calendars, log

UNDO_FOR = timedelta(minutes=10)
OWN_MARKS = {
    "round",
    "discuss_told",
    "nudged_on",
    "chased_on",
    "told_on",
    "decision_asked_on",
    "unsigned_told_on",
    "drift_suggested",
}


@command("undo", may="ask", title="Undo", examples=("/lif undo",), replaces=True)
def undo(ctx: Context, entry: Annotated[str, Arg("line", "Which change", longest=20, in_form=False)] = "") -> Message:
    """Take back what you just did, within ten minutes; the log keeps both."""
    done = _meant(ctx, entry)
    if amending.KEPT in done.before:
        return _set_up_as_before(ctx, done)
    item = ctx.scope.get(Item, done.item_id)
    if item is None:
        return _uncancel(ctx, done)
    _refuse_late(ctx, done)
    others = [(each, other) for each in log.came_with(ctx.scope, done) if (other := ctx.scope.get(Item, each.item_id))]
    for entry_of, its in ((done, item), *others):
        _refuse(ctx, entry_of, its)
    said = f"Undone: {done.what}."
    for entry_of, its in (*others, (done, item)):
        _take_back(ctx, entry_of, its, said)
    ctx.__dict__.pop("reader", None)
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.line(named=True, today=ctx.scope.today), view.brag_word)
    return Message((Say(f"{said} This is how it stands now."), card, Fine(changes.SEEN_BY)), summary=said)


def _take_back(ctx: Context, done: LogEntry, item: Item, said: str) -> None:
    """Set an item to what it was; one that was new is withdrawn, since its reference stays."""
    before = log.picture(item)
    if done.what.endswith(" add"):
        item.status, item.closed_at = "withdrawn", ctx.scope.now
    else:
        log.restore(ctx.scope, item, done.before)
    kind = "withdrawn" if item.status == "withdrawn" else "edited"
    ctx.scope.add(
        Update(partnership_id=ctx.scope.id, item_id=item.id, at=ctx.scope.now, by=ctx.caller.id, kind=kind, text=said)
    )
    item.look_again_at = None if changes.is_finished(item) else ctx.scope.now
    ctx.scope.add(item)
    log.write(ctx.scope, ctx.caller.id, "undo", item, before=before, undoes=done.id)


def _meant(ctx: Context, entry: str) -> LogEntry:
    entry = "" if UNDO.fullmatch(f"undo {entry}") else entry
    if entry and not re.fullmatch("[0-9]{1,9}", entry):
        raise LifError("To take back what you just did, type undo and nothing else. Nothing was changed.")
    found = log.find(ctx.scope, int(entry)) if entry else log.last_of(ctx.scope, ctx.caller.id)
    if found is None:
        raise LifError("There is nothing of yours to undo.")
    return log.first_of(ctx.scope, found)


def _set_up_as_before(ctx: Context, done: LogEntry) -> Message:
    """Set the partnership up again as it was before a change."""
    _refuse_late(ctx, done)
    if done.by != ctx.caller.id:
        ctx.require("set up", None)
    amending.take_back(ctx.scope, done, ctx.caller.id)
    return say(f"Undone: {done.what}. It is set up as before.")


def _uncancel(ctx: Context, done: LogEntry) -> Message:
    meeting = ctx.scope.get(Meeting, int(done.about.split()[1])) if done.about and done.what != "undo" else None
    _refuse_late(ctx, done)
    if meeting and done.what == "meeting add" and meeting.status == "planned" and meeting.starts_at > ctx.scope.now:
        ctx.require("meet", ctx.reader.groups[meeting.group_id])
        calendars.take_out(ctx.scope, meeting, done, ctx.caller.id)
        return say(f"Undone: the meeting on {say_moment(meeting.starts_at, ctx.scope.zone)} is taken out again.")
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
