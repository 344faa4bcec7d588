"""What a group's chair, deputy or the business unit decides about an item; nobody decides about their own."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.action import escalation, handoff, ownership
from commands.action.ownership import NewOwner, OptionalReason
from commands.arguments import Ref
from commands.bind import Due
from commands.context import Context
from lifbot import timescale
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Message
from lifbot.model import Item
from lifbot.policy import rights
from lifbot.timescale import DueDate
from storage import items, log, meetings

Note = Annotated[
    str,
    Arg(
        "text", "Note", "What is still needed? The owner and the chair will see it.", leads=("because",), keys=("note",)
    ),
]
Reason = Annotated[str, Arg("text", "Reason", "Why is it changed?", leads=("because",), keys=("because", "why"))]


@command("action signoff", may="decide", title="Sign off", examples=("/lif action signoff SE-2026-014",))
def signoff(ctx: Context, item: Ref, text: OptionalReason = "") -> Message:
    """Sign off an item that its owner has reported done."""
    changes.refuse_challenge(item)
    if item.waiting != "sign_off":
        raise LifError(_not_waiting(ctx, item))
    before = log.picture(item)
    sign(ctx, item)
    entry = changes.keep(ctx, item, before, kind="signed_off", text=text)
    changes.tell(ctx, item.owner, item, "signed_off")
    more = (Ask("", buttons),) if (buttons := handoff.offered(ctx, item)) else ()
    return changes.answer(ctx, item, entry, f"Signed off {item.ref}. Thank you.{changes.and_next(ctx, item)}", *more)


def sign(ctx: Context, item: Item) -> None:
    """Close an item as done and agreed."""
    changes.wait_for(ctx, item, None)
    item.signed_off_on, item.signed_off_by = ctx.scope.today, ctx.caller.id
    item.closed_at = ctx.scope.now
    escalation.end(ctx, item)


def _not_waiting(ctx: Context, item: Item) -> str:
    if item.signed_off_on:
        return f"{item.ref} was signed off on {say_date(item.signed_off_on)}."
    if item.waiting == "acceptance":
        return f"{item.ref} cannot be completed, its owner says. Type /lif action accept {item.ref} to agree."
    done = f"/lif action done {item.ref} and what shows it"
    return f"{item.ref} is {ctx.reader.view(item).status_word}: there is nothing to sign off yet. Type {done}."


def may_accept(ctx: Context, item: Item) -> None:
    """Raise LifError unless there is something to accept, and the caller is who accepts it."""
    group = ctx.group_of(item)
    if item.waiting == "acceptance" or (item.waiting == "more_time" and item.owner != ctx.caller.id):
        ctx.require("decide", group, item)
        return
    if _is_offered(ctx, item):
        ownership.may_take(ctx, item)
        return
    ctx.require("report", group, item)
    if item.waiting == "sign_off":
        raise LifError(f"{item.ref} is complete: type /lif action signoff {item.ref} to sign it off.")
    if item.status not in items.OPEN:
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word}: there is nothing to accept.")


@command("action accept", may="ask", title="Accept", examples=("/lif action accept SE-2026-014",), fits=may_accept)
def accept(ctx: Context, item: Ref, text: OptionalReason = "") -> Message:
    """Agree: as chair to more time or to not completable, as owner to an action given to you."""
    if item.waiting == "acceptance":
        return _accept_not_completable(ctx, item, text)
    if item.waiting == "more_time" and item.owner != ctx.caller.id:
        return _grant(ctx, item)
    if _is_offered(ctx, item):
        return ownership.take.run(ctx, item)
    return ownership.take_on(ctx, item, text)


def _is_offered(ctx: Context, item: Item) -> bool:
    return item.offered_to == ctx.caller.id != item.owner


def _accept_not_completable(ctx: Context, item: Item, text: str) -> Message:
    before = log.picture(item)
    changes.wait_for(ctx, item, None)
    item.accepted_by, item.closed_at = ctx.caller.id, ctx.scope.now
    escalation.end(ctx, item)
    entry = changes.keep(ctx, item, before, kind="signed_off", text=text or "Accepted as not completable.")
    changes.tell(ctx, item.owner, item, "accepted")
    said = f"{item.ref} is accepted as not completable, with what was done instead.{changes.and_next(ctx, item)}"
    return changes.answer(ctx, item, entry, said)


def _grant(ctx: Context, item: Item) -> Message:
    said, calendar = item.proposed_due or "", meetings.calendar(ctx.scope, ctx.group_of(item))
    asked = [row.text for row in items.updates(ctx.scope, item) if row.kind == "more_time"]
    day, _, reason = (asked[-1] if asked else f"{said}: agreed").partition(": ")
    meant, now = timescale.read(day, calendar), timescale.read(said, calendar)  # "30 April" was said of a year
    if not isinstance(meant, DueDate):
        raise LifError(f"The date asked for has passed. Type /lif action extend {item.ref} and a new date, because …")
    tied = now if isinstance(now, DueDate) and now.on == meant.on else meant
    return redate(ctx, item, Due(said, meant.on, tied.how, tied.meeting_id), reason)


def redate(ctx: Context, item: Item, due: Due, because: str) -> Message:
    """Give an item a new date: the original is kept for ever, the count of cycles starts again."""
    before, old = log.picture(item), item.due_on
    set_date(ctx, item, due)
    item.extensions += 1
    text = f"{say_date(old)} to {say_date(due.on)}: {because}"
    entry = changes.keep(ctx, item, before, kind="extended", text=text, why=because)
    changes.tell(ctx, item.owner, item, "re_dated")
    return changes.answer(ctx, item, entry, f"{item.ref} is now due {say_date(due.on)}; it was {say_date(old)}.")


def set_date(ctx: Context, item: Item, due: Due) -> None:
    """Let an item be due on another day, and count from there."""
    item.due_on, item.timescale_text, item.due_meeting = due.on, due.said, due.meeting_id
    changes.wait_for(ctx, item, None)
    start_round(item)


def start_round(item: Item) -> None:
    """Count cycles, discussions and nudges afresh."""
    item.round += 1
    item.discuss_told = False
    item.returned_at = item.nudged_on = item.snoozed_until = None


def may_return(ctx: Context, item: Item) -> None:
    """Raise LifError unless there is something to return, and the caller is who returns it."""
    group = ctx.group_of(item)
    if items.standing_escalations(ctx.scope, item) and ctx.may("answer escalation", group, item):
        return
    ctx.require("decide", group, item)
    changes.refuse_challenge(item)
    if item.waiting is None:
        if items.standing_escalations(ctx.scope, item):
            ctx.require("answer escalation", group, item)
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word}: there is nothing to return.")


@command(
    "action return",
    may="ask",
    title="Return",
    examples=("/lif action return SE-2026-014 Please add the audit figures",),
    fits=may_return,
)
def return_(ctx: Context, item: Ref, text: Note) -> Message:
    """Return an item with a note: from sign-off to its owner, or from the partnership chair to the group."""
    group = ctx.group_of(item)
    if items.standing_escalations(ctx.scope, item) and ctx.may("answer escalation", group, item):
        return escalation.return_to_group(ctx, item, text)
    before = log.picture(item)
    if item.status not in items.OPEN:
        item.status = "in_progress"
        changes.resume_clock(ctx, item)
        item.not_completable_reason = item.done_instead = None
    changes.wait_for(ctx, item, None)
    entry = changes.keep(ctx, item, before, kind="returned", text=text, why=text)
    changes.tell(ctx, item.owner, item, "returned")
    return changes.answer(ctx, item, entry, f"{item.ref} goes back to {ctx.reader.name(item.owner)} with your note.")


def may_reassign(ctx: Context, item: Item) -> None:
    """Raise LifError unless the item is open and the caller may decide; one's own may be given away too."""
    group = ctx.group_of(item)
    if not rights.may("decide", ctx.roles(group, item) - {rights.Role.OWNER}):
        ctx.require("decide", group, item)
    if item.status not in items.OPEN:
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word}, so its owner stays.")


@command(
    "action reassign",
    may="ask",
    title="Change the owner",
    examples=("/lif action reassign SE-2026-014 to @grace",),
    fits=may_reassign,
)
def reassign(ctx: Context, item: Ref, owner: NewOwner, because: OptionalReason = "") -> Message:
    """Give an item to another accountable owner."""
    if item.owner == owner.id:
        raise LifError(f"{owner.name} answers for {item.ref} already.", field="owner")
    before = log.picture(item)
    old = ownership.give(ctx, item, owner)
    text = f"{ctx.reader.name(old)} to {owner.name}" + (f": {because}" if because else "")
    entry = changes.keep(ctx, item, before, kind="reassigned", text=text, why=because or None)
    changes.tell(ctx, owner.id, item, "assigned")
    changes.tell(ctx, old, item, "reassigned")
    told = "" if owner.id == ctx.caller.id else changes.not_reached(ctx, item)
    return changes.answer(ctx, item, entry, f"{owner.name} now answers for {item.ref}.{told}")
