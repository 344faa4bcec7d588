"""Taking an item to the partnership chair, and the chair's answers: seen, decide, return to group."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.arguments import Ref
from commands.context import Context
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Message
from lifbot.model import Escalation, Item
from lifbot.policy import drift
from storage import escalations, homes, items, log, people

Decision = Annotated[str, Arg("text", "Your decision", "The group's chair and the owner will see it.")]
EarlyReason = Annotated[str, Arg("text", "Reason", "What gets in the way?", leads=("because",), keys=("because",))]


def may_escalate(ctx: Context, item: Item) -> None:
    """Raise LifError for an item that is closed, or with the partnership chair already."""
    if item.status not in items.OPEN:
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word}, so there is nothing to escalate.")
    if items.standing_escalations(ctx.scope, item):
        raise LifError(f"{item.ref} is with the partnership chair already, so nothing was changed.")


@command(
    "action escalate",
    may="escalate",
    title="Ask the partnership chair for help",
    examples=("/lif action escalate SE-2026-014 because two agencies disagree about who leads",),
    fits=may_escalate,
)
def escalate(ctx: Context, item: Ref, because: EarlyReason) -> Message:
    """Ask the partnership chair for help before two cycles have passed, with a reason."""
    before = log.picture(item)
    reason = "drift" if item.drift_suggested else "early"
    opened = escalations.open_(ctx.scope, item, reason, because)
    if not opened:
        raise LifError("This partnership has no chair to ask yet. The business unit can name one.")
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Escalated: {because}", why=because)
    return changes.answer(ctx, item, entry, f"The partnership chair is asked for help with {item.ref}.")


def may_dismiss(ctx: Context, item: Item) -> None:
    """Raise LifError for an item about which nothing was suggested, or no more."""
    if not homes.standing_reasons(ctx.scope, ctx.reader, item):
        raise LifError(f"Nothing is suggested about {item.ref} now, so nothing was changed.")


@command(
    "action dismiss",
    may="escalate",
    title="Not now",
    examples=("/lif action dismiss SE-2026-014",),
    fits=may_dismiss,
)
def dismiss(ctx: Context, item: Ref) -> Message:
    """Let a suggested escalation rest: it is not suggested again for that reason until something changes."""
    before, reasons = log.picture(item), homes.standing_reasons(ctx.scope, ctx.reader, item)
    item.drift_dismissed = sorted({*item.drift_dismissed, *reasons})
    words = drift.say(reasons)
    entry = changes.keep(ctx, item, before, kind="edited", text=f"No help asked for now. {words}.", why=words)
    return changes.answer(ctx, item, entry, f"Nothing is asked about {item.ref} for now. {words}.")


def _standing(ctx: Context, item: Item) -> list[Escalation]:
    rows = items.standing_escalations(ctx.scope, item)
    if not rows:
        raise LifError(f"{item.ref} is not with the partnership chair, so nothing was changed.")
    mine = [row for row in rows if row.to == ctx.caller.id]
    if not mine and ctx.caller.id in people.board_chairs(ctx.scope):
        raise LifError(f"{item.ref} is with the chair of another Board, so nothing was changed.")
    return mine or list(rows)


def _answered(ctx: Context, rows: list[Escalation]) -> None:
    for row in rows:
        row.acknowledged_at = row.acknowledged_at or ctx.scope.now
        row.look_again_at = None
        ctx.scope.add(row)


@command("action seen", may="answer escalation", title="Seen", examples=("/lif action seen SE-2026-014",))
def seen(ctx: Context, item: Ref) -> Message:
    """As partnership chair, say that you have seen an escalation."""
    before = log.picture(item)
    _answered(ctx, _standing(ctx, item))
    entry = log.write(ctx.scope, ctx.caller.id, "action seen", item, before=before)
    changes.tell(ctx, ctx.group_of(item).chair, item, "seen")
    return changes.answer(ctx, item, entry, f"Thank you. The group knows that you have seen {item.ref}.")


@command(
    "action decide",
    may="answer escalation",
    title="Decide",
    examples=("/lif action decide SE-2026-014 The ICB will lead",),
)
def decide(ctx: Context, item: Ref, text: Decision) -> Message:
    """As partnership chair, record what you decide about an escalated item."""
    before, rows = log.picture(item), _standing(ctx, item)
    _answered(ctx, rows)
    for row in rows:
        row.decision, row.decided_at = text, ctx.scope.now
    entry = changes.keep(ctx, item, before, why=text)
    for person in dict.fromkeys((ctx.group_of(item).chair, item.owner, *ctx.scope.partnership.business_unit)):
        changes.tell(ctx, person, item, "decided")
    return changes.answer(
        ctx, item, entry, f"Your decision on {item.ref} is recorded; the group's chair and the owner are told."
    )


def return_to_group(ctx: Context, item: Item, note: str) -> Message:
    """Give an escalated item back to its group with a note; two further missed cycles may escalate it once more."""
    before, rows = log.picture(item), _standing(ctx, item)
    _answered(ctx, rows)
    for row in items.standing_escalations(ctx.scope, item):
        row.returned_at = row.ended_at = ctx.scope.now
        row.decision = row.decision or (note if row in rows else None)
        row.decided_at = row.decided_at or ctx.scope.now
        ctx.scope.add(row)
    item.round += 1
    item.returned_at, item.discuss_told = ctx.scope.now, False
    entry = changes.keep(ctx, item, before, kind="returned", text=note, why=note)
    for person in dict.fromkeys((ctx.group_of(item).chair, item.owner)):
        changes.tell(ctx, person, item, "returned_to_group")
    return changes.answer(ctx, item, entry, f"{item.ref} goes back to {ctx.group_of(item).name} with your note.")


def end(ctx: Context, item: Item) -> None:
    """End an item's escalations, since it is closed."""
    for row in items.standing_escalations(ctx.scope, item):
        row.ended_at, row.look_again_at = ctx.scope.now, None
        ctx.scope.add(row)
