"""Hand-offs: the output of one group's item opens an item in another group; the two stay linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from commands import ask, changes
from commands.action import add as adding
from commands.action import escalation
from commands.arguments import OfAgency, Owner, Ref, When
from commands.context import Context
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import a_kind
from lifbot.message import Button, Field, Form, Message, Say
from lifbot.model import Agency, Group, Item, Update
from storage import hand_offs, items, log

AS_KINDS = (("action", "Action"), ("issue", "Issue"), ("recommendation", "Recommendation"))
To = Annotated[Group, Arg("group", "Which group is it handed to?")]
Output = Annotated[
    str, Arg("text", "What is handed over", "The other group reads this and the reference, and nothing else of it.")
]
Because = Annotated[str, Arg("text", "Reason", "Why is it not yours?", leads=("because",), keys=("because", "why"))]
AsKind = Annotated[str, Arg("choice", "It opens there", options=AS_KINDS, keys=("as",))]


def form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form, in which every group can be chosen but the item's own."""
    assert ctx.command is not None
    made, found = ask.form(ctx, ctx.command, raw), items.find(ctx.scope, raw.get("item", ""), ctx.here)
    own = found[0].group_id if len(found) == 1 else ""
    return replace(made, fields=tuple(_without(each, own) for each in made.fields))


def _without(field: Field, own: str) -> Field:
    if field.name != "to":
        return field
    others = tuple(option for option in field.options if option[0] != own)
    if not others:
        raise LifError("There is no other group that it could be handed to. Nothing was changed.", field="to")
    return replace(field, options=others)


def refuse_gone(ctx: Context, item: Item) -> None:
    """Raise LifError for what was withdrawn or superseded: it has no output."""
    if item.status in ("withdrawn", "superseded"):
        raise LifError(f"{item.ref} is {item.status}, so nothing of it can be handed over.")


def offered(ctx: Context, item: Item) -> tuple[Button, ...]:
    """Return the button that hands an item's output over, where it has one and the caller may."""
    has_output = item.status in ("complete", "not_completable") and len(ctx.reader.groups) > 1
    may = has_output and ctx.may("hand over", ctx.group_of(item), item)
    return (Button("Hand over…", f"form action handoff {item.ref}"),) if may else ()


def returnable(ctx: Context, item: Item) -> tuple[Button, ...]:
    """Return the button that hands back what another group handed over, where it is open and the caller may."""
    came = item.status in items.OPEN and hand_offs.to_item(ctx.scope, item)
    may = came and ctx.may("hand over", ctx.group_of(item), item)
    return (Button("Hand it back…", f"form action handback {item.ref}"),) if may else ()


@command(
    "action handoff",
    may="hand over",
    title="Hand to another group",
    examples=("/lif action handoff SE-2026-014 to:LD Staff need training in chairing owner:@harry due:next meeting",),
    fits=refuse_gone,
    form=form,
)
def handoff(
    ctx: Context, item: Ref, to: To, output: Output, owner: Owner, due: When, kind: AsKind = "", agency: OfAgency = None
) -> Message:
    """Let the output of an item open one in another group, whose chair is told; the two stay linked."""
    own = ctx.group_of(item)
    if to.id == own.id:
        raise LifError(f"{item.ref} is {own.name}'s already. Please choose another group.", field="to")
    _refuse_twice(ctx, item, to, output)
    before = log.picture(item)
    lead = agency.id if isinstance(agency, Agency) else owner.agency or item.agency
    marks = {"themes": list(item.themes), "priority": item.priority, "scope": item.scope, "source_id": item.source_id}
    new = adding.made(ctx, kind or "action", output, owner.id, due, to, agency=lead, source=item.source, **marks)
    added = adding.kept(ctx, new)
    _say(ctx, new, f"Handed over by {own.name} ({item.ref}): {output}")
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Handed to {to.name} as {new.ref}: {output}")
    changes.belongs_with(ctx, added, entry)
    hand_offs.add(ctx.scope, ctx.caller.id, item, new, output, entry)
    if to.chair != new.owner:
        changes.tell(ctx, to.chair, new, "handed_over")
    said = f"Handed to {to.name} as {new.ref}, due {say_date(new.due_on)}. {changes.will_hear(ctx, new)}"
    seen = Say(f"{to.name} reads these words and the reference {item.ref}, and nothing else of it.")
    return changes.answer(ctx, item, entry, said, seen)


def _refuse_twice(ctx: Context, item: Item, to: Group, output: str) -> None:
    """Raise LifError where the same words went to the same group before: a button was pressed twice."""
    same = [
        new.ref for row, new in hand_offs.from_item(ctx.scope, item) if new.group_id == to.id and row.output == output
    ]
    if same:
        raise LifError(f"That was handed to {to.name} already, as {same[0]}. Nothing was changed.")


def _say(ctx: Context, item: Item, text: str) -> None:
    ctx.scope.insert(Update, item_id=item.id, at=ctx.scope.now, by=ctx.caller.id, kind="edited", text=text)


def refuse_own(ctx: Context, item: Item) -> None:
    """Raise LifError for what no other group handed over, or what is closed."""
    if not hand_offs.to_item(ctx.scope, item):
        raise LifError(f"{item.ref} is {a_kind(item.kind)} that no other group handed over. Nothing was changed.")
    changes.refuse_closed(ctx, item)


@command(
    "action handback",
    may="hand over",
    title="Hand it back",
    examples=("/lif action handback LD-2026-003 because the training is in this year's programme already",),
    fits=refuse_own,
)
def handback(ctx: Context, item: Ref, because: Because) -> Message:
    """Give back what another group handed over, with the reason, which that group's chair is told."""
    ((row, given),) = hand_offs.to_item(ctx.scope, item)
    own, theirs = ctx.group_of(item), ctx.group_of(given)
    before, was = log.picture(item), log.picture(given)
    item.status, item.closed_at = "withdrawn", ctx.scope.now
    changes.wait_for(ctx, item, None)
    escalation.end(ctx, item)
    entry = changes.keep(ctx, item, before, kind="withdrawn", text=f"Handed back: {because}", why=because)
    text = f"{own.name} hands {item.ref} back: {because}"
    changes.belongs_with(ctx, changes.keep(ctx, given, was, kind="edited", text=text), entry)
    hand_offs.decline(ctx.scope, ctx.caller.id, row, entry)
    changes.tell(ctx, item.owner, item, "withdrawn")
    for person in dict.fromkeys((row.by, theirs.chair)):
        changes.tell(ctx, person, given, "handed_back")
    return changes.answer(ctx, item, entry, f"{item.ref} goes back to {theirs.name} with your reason.")
