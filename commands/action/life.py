"""How an item ends and comes back: withdrawn, superseded by another, reopened."""

from __future__ import annotations

from typing import Annotated

from commands import ask, changes
from commands.action import escalation
from commands.action.decide import Reason, set_date, start_round
from commands.action.edit import refuse_withdrawn
from commands.action.family import known
from commands.arguments import Ref
from commands.bind import Due
from commands.context import Context
from commands.need import missing
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Message, Say
from lifbot.model import Item
from storage import family, log

By = Annotated[
    str, Arg("line", "Superseded by", "The reference of the other item.", leads=("by",), keys=("by",), longest=40)
]
WhyAgain = Annotated[
    str, Arg("text", "Reason", "What is still to be done?", leads=("because",), keys=("because", "why"))
]
NewDate = Annotated[
    Due | None,
    Arg("when", "By when", "Needed where its date has passed.", keys=("by",)),
]


@command(
    "action withdraw",
    may="decide",
    title="Withdraw",
    examples=("/lif action withdraw SE-2026-014 because it was logged twice",),
    fits=refuse_withdrawn,
)
def withdraw(ctx: Context, item: Ref, because: Reason) -> Message:
    """Take an item out of the log with a reason; its reference stays and is never used again."""
    before = log.picture(item)
    item.status, item.closed_at = "withdrawn", ctx.scope.now
    changes.wait_for(ctx, item, None)
    escalation.end(ctx, item)
    entry = changes.keep(ctx, item, before, kind="withdrawn", text=because, why=because)
    changes.tell(ctx, item.owner, item, "withdrawn")
    return changes.answer(ctx, item, entry, f"{item.ref} is withdrawn.")


@command(
    "action supersede",
    may="decide",
    title="Superseded by another",
    examples=("/lif action supersede SE-2026-014 by:SE-2026-021 because both teams now share one plan",),
    fits=refuse_withdrawn,
)
def supersede(ctx: Context, item: Ref, by: By, because: Reason) -> Message:
    """Let another item take this one's place, with a reason; what was under this one counts under the other."""
    other = known(ctx, by, "by")
    _refuse_successor(ctx, item, other)
    before = log.picture(item)
    item.status, item.superseded_by, item.closed_at = "superseded", other.id, ctx.scope.now
    changes.wait_for(ctx, item, None)
    escalation.end(ctx, item)
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Superseded by {other.ref}: {because}", why=because)
    changes.tell(ctx, item.owner, item, "superseded")
    moved = [row.ref for row in family.children(ctx.scope, item)]
    more = (Say(f"What was under it now counts under {other.ref}: {', '.join(moved[:10])}."),) if moved else ()
    return changes.answer(ctx, item, entry, f"{item.ref} is superseded by {other.ref}.", *more)


def _refuse_successor(ctx: Context, item: Item, other: Item) -> None:
    if other.id == item.id:
        raise LifError(f"{item.ref} cannot take its own place. Nothing was changed.", field="by")
    if other.status == "superseded":
        last = family.successor(ctx.scope, other)
        then = f" Type by:{last.ref}" if last and last.id != item.id else ""
        raise LifError(f"{other.ref} is superseded itself.{then}", field="by")
    if other.status == "withdrawn":
        raise LifError(f"{other.ref} is withdrawn, so it can take no other's place.", field="by")
    if any(above.id == item.id for above in family.lineage(ctx.scope, other)):
        how = f"Type first: /lif action unlink {other.ref}"
        raise LifError(f"{other.ref} belongs to {item.ref}, so it cannot take its place. {how}", field="by")


def refuse_open(ctx: Context, item: Item) -> None:
    """Raise LifError for an item that is not closed: there is nothing to reopen."""
    if not changes.is_finished(item):
        back = f" To give it back, type /lif action return {item.ref} and a note." if item.waiting else ""
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word}: it is not closed.{back}")


@command(
    "action reopen",
    may="decide",
    title="Reopen",
    examples=("/lif action reopen SE-2026-014 because the audit found repeats due:30 June",),
    fits=refuse_open,
)
def reopen(ctx: Context, item: Ref, because: WhyAgain, due: NewDate = None) -> Message:
    """Open an item again that was signed off, accepted as not completable, withdrawn or superseded, with the reason."""
    if due is None and item.due_on < ctx.scope.today:
        return _ask_date(ctx, item, because)
    before, was = log.picture(item), item.due_on
    item.status = "in_progress"
    item.signed_off_on = item.signed_off_by = item.accepted_by = item.closed_at = None
    item.not_completable_reason = item.done_instead = item.superseded_by = None
    item.drift_suggested = []
    changes.wait_for(ctx, item, None)
    changes.resume_clock(ctx, item)
    start_round(item)
    if due:
        set_date(ctx, item, due)
    moved = f" Due {say_date(item.due_on)}, before {say_date(was)}." if item.due_on != was else ""
    entry = changes.keep(
        ctx, item, before, kind="returned", text=f"Reopened: {because}{_stop(because, moved)}", why=because
    )
    changes.tell(ctx, item.owner, item, "reopened")
    return changes.answer(ctx, item, entry, f"{item.ref} is open again, due {say_date(item.due_on)}.")


def _stop(words: str, more: str) -> str:
    return f"{'' if words.endswith(('.', '!', '?')) else '.'}{more}" if more else ""


def _ask_date(ctx: Context, item: Item, because: str) -> Message:
    """Ask for a new date: the old one has passed."""
    if ctx.incoming.kind == "form":
        raise LifError(f"Its date, {say_date(item.due_on)}, has passed. Please give a new one.", field="due")
    raw = {"item": item.ref, "because": because}
    need = missing(ctx, reopen.arg("due"), {"item": item})
    return ask.question(ctx, reopen, raw, [need])
