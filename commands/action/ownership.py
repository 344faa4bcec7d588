"""Whose an item is: taking it on or over, declining it, handing it over, and who contributes beside the owner."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.arguments import Contributors, Ref
from commands.context import Context
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Message, Say
from lifbot.model import Item, Person
from lifbot.policy import rights
from lifbot.policy.rights import Role
from storage import log

WHY_NOT = "Who might it be for, or why is it not yours?"
NewOwner = Annotated[
    Person, Arg("who", "New accountable owner", "One person answers for it.", keys=("to",), leads=("to",))
]
OptionalReason = Annotated[str, Arg("text", "Note", leads=("because",), keys=("because",))]
WhyNot = Annotated[str, Arg("text", WHY_NOT, "It may be left empty.", leads=("because",))]


def contributes(ctx: Context, item: Item) -> bool:
    """Whether the caller speaks as a contributor: not as the owner, nor for them."""
    if ctx.caller.id not in item.contributors or ctx.caller.id == item.owner:
        return False
    return Role.STAND_IN not in ctx.roles(ctx.group_of(item), item)


def take_on(ctx: Context, item: Item, text: str) -> Message:
    """Note that the owner takes an item on, also one that they had declined."""
    before = log.picture(item)
    item.heard_at = ctx.scope.now
    item.taken_on_at = item.taken_on_at or ctx.scope.now
    if item.waiting == "declined":
        changes.wait_for(ctx, item, None)
    entry = changes.keep(ctx, item, before, kind="update", text=f"Accepted. {text}".strip())
    said = f"Thank you for taking on {item.ref}." if item.owner == ctx.caller.id else f"{item.ref} is taken on."
    return changes.answer(ctx, item, entry, said + changes.for_owner(ctx, item))


def give(ctx: Context, item: Item, owner: Person) -> str:
    """Make somebody the accountable owner; returns who was. What the last owner had asked for lapses."""
    old = item.owner
    item.owner, item.agency = owner.id, owner.agency or item.agency
    item.contributors = [id for id in item.contributors if id != owner.id]
    changes.wait_for(ctx, item, None)
    item.heard_at = item.nudged_on = item.snoozed_until = None
    item.offered_to = item.offered_at = None
    item.taken_on_at = ctx.scope.now if owner.id == ctx.caller.id else None
    return old


def may_take(ctx: Context, item: Item) -> None:
    """Raise LifError unless the item is the caller's to take: offered to them, or without an owner who is here."""
    name, group = ctx.reader.name(item.owner), ctx.group_of(item)
    if item.owner == ctx.caller.id:
        raise LifError(f"You answer for {item.ref} already.")
    changes.refuse_closed(ctx, item)
    roles = ctx.roles(group, item)
    gone = ctx.reader.people.get(item.owner) is None or ctx.reader.people[item.owner].left_on is not None
    if Role.OFFERED in roles or rights.may("decide", roles) or (gone and Role.STAND_IN in roles):
        return
    if not ctx.may("see", group, item):
        ctx.require("see", group, item)
    raise LifError(f"{item.ref} is not offered to you now: {name} answers for it. Nothing was changed.")


@command("action take", may="ask", title="Take over", examples=("/lif action take SE-2026-014",), fits=may_take)
def take(ctx: Context, item: Ref) -> Message:
    """Take over an item that is offered to you, or whose owner has left or declined it."""
    before, offered = log.picture(item), item.offered_to == ctx.caller.id
    old = give(ctx, item, ctx.caller)
    names = f"{ctx.reader.name(old)} to {ctx.caller.name}"
    entry = changes.keep(
        ctx, item, before, kind="reassigned", text=f"{names}: {'taken over' if offered else 'taken on'}"
    )
    changes.tell(ctx, ctx.caller.id, item, "assigned")
    changes.tell(ctx, old, item, "reassigned")
    if ctx.group_of(item).chair != old:
        changes.tell(ctx, ctx.group_of(item).chair, item, "new_owner")
    return changes.answer(ctx, item, entry, f"Thank you. You now answer for {item.ref}.")


@command(
    "action handover",
    may="report",
    title="Hand over",
    examples=("/lif action handover SE-2026-014 to:@grace because she leads on training",),
    fits=changes.refuse_closed,
)
def handover(ctx: Context, item: Ref, owner: NewOwner, because: OptionalReason = "") -> Message:
    """Ask somebody whether they can take an item over; until they say yes, its owner answers for it."""
    if item.owner == owner.id:
        raise LifError(f"{owner.name} answers for {item.ref} already.", field="owner")
    if owner.id == ctx.caller.id:
        raise LifError(f"To take it over yourself, type /lif action take {item.ref}", field="owner")
    before = log.picture(item)
    item.offered_to, item.offered_at = owner.id, ctx.scope.now
    item.heard_at = ctx.scope.now
    text = f"Offered to {owner.name}" + (f": {because}" if because else "")
    entry = changes.keep(ctx, item, before, kind="edited", text=text, why=because or None)
    changes.tell(ctx, owner.id, item, "offered")
    who = "you answer" if item.owner == ctx.caller.id else f"{ctx.reader.name(item.owner)} answers"
    said = f"{owner.name} is asked whether they can take over {item.ref}. Until they say yes, {who} for it."
    return changes.answer(ctx, item, entry, said)


def may_decline(ctx: Context, item: Item) -> None:
    """Raise LifError for an item that is closed."""
    changes.refuse_closed(ctx, item)


@command(
    "action decline",
    may="decline",
    title="Not mine",
    examples=("/lif action decline SE-2026-014 I have moved teams",),
    fits=may_decline,
)
def decline(ctx: Context, item: Ref, text: WhyNot = "") -> Message:
    """Say that an item is not yours, or that you cannot take it over; the group's chair finds the right owner."""
    if item.offered_to == ctx.caller.id != item.owner:
        return _decline_offer(ctx, item, text)
    if contributes(ctx, item):
        return _contribute_no_more(ctx, item, text)
    if item.waiting == "declined" and not text:
        raise LifError(
            f"{item.ref} is declined already: {changes.decider(ctx, item)} is asked who should answer for it."
        )
    before = log.picture(item)
    if item.waiting != "declined":
        changes.wait_for(ctx, item, "declined")
    item.taken_on_at = None
    entry = changes.keep(ctx, item, before, kind="declined", text=text)
    said = f"Thank you for saying so. {changes.decider(ctx, item)} is asked who should answer for {item.ref}."
    if text:
        return changes.answer(ctx, item, entry, said + changes.for_owner(ctx, item))
    ask = Say(f"{WHY_NOT} Reply with a line, or leave it at that.")
    return changes.answer(ctx, item, entry, said + changes.for_owner(ctx, item), ask, asks="declined")


def _decline_offer(ctx: Context, item: Item, text: str) -> Message:
    before = log.picture(item)
    item.offered_to = item.offered_at = None
    said = f"{ctx.caller.name} cannot take it over" + (f": {text}" if text else ".")
    entry = changes.keep(ctx, item, before, kind="edited", text=said, why=text or None)
    changes.tell(ctx, item.owner, item, "offer_declined")
    owner = ctx.reader.name(item.owner)
    return changes.answer(ctx, item, entry, f"Thank you for saying so. {owner}, who answers for {item.ref}, is told.")


def _contribute_no_more(ctx: Context, item: Item, text: str) -> Message:
    before = log.picture(item)
    item.contributors = [id for id in item.contributors if id != ctx.caller.id]
    said = f"{ctx.caller.name} no longer contributes" + (f": {text}" if text else ".")
    entry = changes.keep(ctx, item, before, kind="edited", text=said, why=text or None)
    changes.tell(ctx, item.owner, item, "contributor_left")
    owner = ctx.reader.name(item.owner)
    return changes.answer(
        ctx, item, entry, f"Thank you for saying so. You no longer contribute to {item.ref}; {owner} is told."
    )


def part_done(ctx: Context, item: Item, text: str) -> Message:
    """Record that a contributor has done their part: an update, not the end."""
    before = log.picture(item)
    item.heard_at = ctx.scope.now
    item.status = "in_progress" if item.status == "not_started" else item.status
    said = f"{ctx.caller.name.split()[0]}'s part is done" + (f": {text}" if text else ".")
    entry = changes.keep(ctx, item, before, kind="update", text=said)
    changes.tell(ctx, item.owner, item, "part_done")
    owner = ctx.reader.name(item.owner)
    return changes.answer(
        ctx,
        item,
        entry,
        f"Thank you. Your part of {item.ref} is noted as done, and {owner}, who answers for the whole, is told.",
    )


@command(
    "action contributors",
    may="share",
    title="Contributors",
    examples=(
        "/lif action contributors SE-2026-014 with:@grace, @ian",
        "/lif action contributors SE-2026-014 without:@ian",
    ),
    fits=changes.refuse_finished,
)
def contributors(
    ctx: Context,
    item: Ref,
    contributors: Contributors = (),
    without: Annotated[tuple[Person, ...], Arg("people", "No longer", "Who does not take part any more.")] = (),
) -> Message:
    """Say who takes part beside the owner, or no longer does; they see the item and may give updates."""
    new = [each.id for each in contributors if each.id not in (item.owner, *item.contributors)]
    gone = [each.id for each in without if each.id in item.contributors]
    if not new and not gone:
        raise LifError(_nobody_new(ctx, item))
    before = log.picture(item)
    item.contributors = [id for id in (*item.contributors, *new) if id not in gone]
    names = {"joined": new, "no longer": gone}
    text = "; ".join(f"{word} {', '.join(map(ctx.reader.name, ids))}" for word, ids in names.items() if ids)
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Contributors: {text}")
    for person in new:
        changes.tell(ctx, person, item, "contributes")
    for person in gone:
        changes.tell(ctx, person, item, "contributes_no_more")
    return changes.answer(ctx, item, entry, f"{item.ref}: {_who_contributes(ctx, item)}")


def _who_contributes(ctx: Context, item: Item) -> str:
    names = ", ".join(ctx.reader.name(id) for id in item.contributors)
    return (
        f"{names} {'contributes' if len(item.contributors) == 1 else 'contribute'}." if names else "nobody contributes."
    )


def _nobody_new(ctx: Context, item: Item) -> str:
    how = f"Type for example: /lif action contributors {item.ref} with:@grace"
    return f"Nothing in that differs: {_who_contributes(ctx, item)} {ctx.reader.name(item.owner)} answers for it. {how}"
