"""Taking back what was just done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated

from commands import absence, changes, leaving, receipt, settings
from commands.context import Context
from commands.spoken import UNDO
from lifbot.calendar import say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Fine, ItemCard, Message, Say, say
from lifbot.model import Item, LogEntry, Meeting, Receipt, Update
from storage import amending, calendars, holds, log, records

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
def undo(ctx: Context, entry: Annotated[str, Arg("line", "Which change", longest=8000, in_form=False)] = "") -> Message:
    """Take back what you just did, within ten minutes; the log keeps both."""
    if re.fullmatch(r"[0-9]+(\s*,\s*[0-9]+)+", entry):
        return _several(ctx, re.findall("[0-9]+", entry))
    done = _meant(ctx, entry)
    if not entry and len(pasted := log.pasted_with(ctx.scope, done)) > 1:
        return _several(ctx, [str(each.id) for each in pasted])
    if amending.KEPT in done.before:
        return _set_up_as_before(ctx, done)
    if done.record:
        return _record_as_before(ctx, done)
    item = ctx.scope.get(Item, done.item_id) or _silenced_by(ctx, done)
    if item is None:
        return _of_no_item(ctx, done)
    said = _taken_back(ctx, done, item)
    if item.held:
        return say(f"{said} {holds.SILENT}")
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.line(named=True, today=ctx.scope.today), view.brag_word)
    return Message((Say(f"{said} This is how it stands now."), card, Fine(changes.SEEN_BY)), summary=said)


def _silenced_by(ctx: Context, done: LogEntry) -> Item | None:
    """The item that somebody's own change silenced, by naming a source on hold: the wrong one, perhaps."""
    mine = done.by == ctx.caller.id and "source_id" in done.after
    return ctx.scope.with_held.get(Item, done.item_id) if mine else None


def _several(ctx: Context, ids: Sequence[str]) -> Message:
    """Take back what was done at once, the last first; what has changed since stays, and is named."""
    back: list[str] = []
    kept: list[str] = []
    for id in reversed(ids):
        done = _meant(ctx, id)
        item = ctx.scope.get(Item, done.item_id)
        try:
            _refuse_late(ctx, done)
            _taken_back(ctx, done, item or _no_item())
        except LifError as error:
            kept.append(error.text)
        else:
            back.append(item.ref if item else "")
    if not back:
        raise LifError(kept[0])
    refs = ", ".join(sorted(set(back)))
    said = f"Undone for {refs}. {' '.join(dict.fromkeys(kept))}".strip()
    return Message((Say(said), Fine(changes.SEEN_BY)), summary=clip(said, 150))


def _no_item() -> Item:
    raise LifError("That cannot be taken back by undo.")


def _taken_back(ctx: Context, done: LogEntry, item: Item) -> str:
    """Put an item back to what it was before a change; returns what is said of that."""
    _refuse_late(ctx, done)
    others = [(each, other) for each in log.came_with(ctx.scope, done) if (other := ctx.scope.get(Item, each.item_id))]
    for entry_of, its in ((done, item), *others):
        _refuse(ctx, entry_of, its)
    beside = [each for each in log.came_with(ctx.scope, done) if each.record]
    if any(records.has_changed_since(ctx.scope, each) for each in beside):
        raise LifError(f"{item.ref} has changed since, so that cannot be undone on its own.")
    said = f"Undone: {done.what}."
    for each in beside:
        records.take_back(ctx.scope, each, ctx.caller.id)
    for entry_of, its in (*others, (done, item)):
        _take_back(ctx, entry_of, its, said)
    if any("source_id" in each.after for each in (done, *(each for each, _ in others))):
        holds.settle(ctx.scope)
    ctx.__dict__.pop("reader", None)
    return said


def _take_back(ctx: Context, done: LogEntry, item: Item, said: str) -> None:
    """Set an item to what it was; one that was new is withdrawn, since its reference stays."""
    before = log.picture(item)
    if done.what.endswith(" add"):
        item.status, item.closed_at = "withdrawn", ctx.scope.now
    else:
        log.restore(ctx.scope, item, done.before)
        _say_as_before(ctx, done)
    kind = "withdrawn" if item.status == "withdrawn" else "edited"
    ctx.scope.add(
        Update(partnership_id=ctx.scope.id, item_id=item.id, at=ctx.scope.now, by=ctx.caller.id, kind=kind, text=said)
    )
    item.look_again_at = None if changes.is_finished(item) else ctx.scope.now
    ctx.scope.add(item)
    log.write(ctx.scope, ctx.caller.id, "undo", item, before=before, undoes=done.id)


def _say_as_before(ctx: Context, done: LogEntry) -> None:
    """Let the words stand again that a correction had put aside."""
    mine = (Update.item_id == done.item_id, Update.by == done.by, Update.at == done.at)
    row = ctx.scope.first(Update, *mine) if done.what == changes.CORRECTION else None
    earlier = ctx.scope.get(Update, row.corrects) if row else None
    if row and earlier:
        ctx.scope.add(
            Update(
                partnership_id=ctx.scope.id,
                item_id=row.item_id,
                at=ctx.scope.now,
                by=row.by,
                kind=row.kind,
                text=earlier.text,
                said_in=row.said_in,
                corrects=row.id,
            )
        )


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


def _record_as_before(ctx: Context, done: LogEntry) -> Message:
    """Take back what was done about something that is logged beside items, and all that came with it."""
    _refuse_late(ctx, done)
    if done.by != ctx.caller.id:
        raise LifError("That was somebody else's change, so it is theirs to take back. Nothing was changed.")
    if reason := OUT_ALREADY.get(done.what):
        raise LifError(f"{reason} Nothing was changed.")
    entries = [done, *(each for each in log.came_with(ctx.scope, done) if each.record)]
    if any(records.has_changed_since(ctx.scope, each) for each in entries):
        raise LifError("It has changed since, so that cannot be undone on its own.")
    back = [records.take_back(ctx.scope, each, ctx.caller.id) for each in reversed(entries)]
    if answers := [row for row in reversed(back) if isinstance(row, Receipt)]:
        return receipt.taken_back(ctx, answers, f"Undone: {done.what}. It stands as before.")
    return say(f"Undone: {done.what}. It stands as before.")


OUT_ALREADY: dict[str, str] = {
    "request add": "Agencies are asked already. To take it back, type /lif request withdraw and its reference.",
    "request withdraw": "Agencies are told already that nothing more is needed. Please ask anew.",
    "notice check": "They have it before them already. To ask somebody else, type notice check again.",
    "notice return": "Its author has your reason already.",
    "notice publish": "It is published, and others have it. To take it back, type notice withdraw.",
    "notice published": "It is published, and others have it. To take it back, type notice withdraw.",
    "notice not published": "That was not your change.",
    "notice withdraw": "Others have read already that it is withdrawn. Write it anew with notice add.",
}
"""Commands whose answer cannot be taken back by undo, since others have it already, and what to do instead."""


def _of_no_item(ctx: Context, done: LogEntry) -> Message:
    """Take back what was done about a meeting or a person."""
    take_back = TAKE_BACK.get(done.what)
    if done.what == "undo" or take_back is not None:
        _refuse_late(ctx, done)
    if take_back is None:
        raise LifError(f"“{done.what}” cannot be taken back by undo. Nothing was changed. Type /lif help {done.what}")
    return take_back(ctx, done)


def _uncancel(ctx: Context, done: LogEntry) -> Message:
    meeting = _meeting(ctx, done)
    if meeting.status != "cancelled":
        raise LifError("That meeting is not cancelled any more, so nothing was changed.")
    group = ctx.reader.groups[meeting.group_id]
    ctx.require("meet", group)
    calendars.uncancel(ctx.scope, meeting, done, ctx.caller.id)
    return say(f"Undone: {group.name} meets on {say_moment(meeting.starts_at, ctx.scope.zone)} after all.")


def _unplan(ctx: Context, done: LogEntry) -> Message:
    meeting = _meeting(ctx, done)
    if meeting.status != "planned" or meeting.starts_at <= ctx.scope.now:
        raise LifError("That meeting is not ahead any more, so nothing was changed.")
    ctx.require("meet", ctx.reader.groups[meeting.group_id])
    calendars.take_out(ctx.scope, meeting, done, ctx.caller.id)
    return say(f"Undone: the meeting on {say_moment(meeting.starts_at, ctx.scope.zone)} is taken out again.")


def _meeting(ctx: Context, done: LogEntry) -> Meeting:
    found = ctx.scope.get(Meeting, int((done.about or "meeting 0").split()[1]))
    if found is None:
        raise LifError("That meeting is not there any more, so nothing was changed.")
    return found


TAKE_BACK: dict[str, Callable[[Context, LogEntry], Message]] = {
    "meeting cancel": _uncancel,
    "meeting add": _unplan,
    "settings": settings.taken_back,
    "person away": absence.take_back,
    "person leaves": leaving.take_back,
}


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
