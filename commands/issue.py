"""Issues: logging a concern, turning it into an action, closing it with the reason."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.action import add as adding
from commands.action import decide, escalation
from commands.action import show as showing
from commands.arguments import (
    Gap,
    InGroup,
    OfAgency,
    Owner,
    Priority,
    Ref,
    Scope,
    Source,
    Text,
    Themes,
    When,
)
from commands.context import Context
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import a_kind
from lifbot.message import Message, Say
from lifbot.model import Agency, Item
from storage import log

NewText = Annotated[str, Arg("text", "What is to be done", "The issue's own words, unless you say otherwise.")]
Because = Annotated[
    str, Arg("text", "Reason", "What was found, or why is nothing more needed?", leads=("because",), keys=("because",))
]


@command(
    "issue add",
    may="log issue",
    title="Log an issue of concern",
    examples=("/lif issue add Strategy meetings start late owner:@grace due:next meeting",),
    sentence=adding.sentence,
    replaces=True,
)
def add(
    ctx: Context,
    text: Text,
    owner: Owner,
    due: When,
    group: InGroup,
    agency: OfAgency = None,
    source: Source = "",
    theme: Themes = (),
    gap: Gap = "",
    priority: Priority = "",
    scope: Scope = "",
) -> Message:
    """Log a concern that the group should look at, perhaps not yet an action."""
    marks = {"theme": theme, "gap": gap, "priority": priority, "scope": scope}
    return adding.save(ctx, "issue", text, owner, due, group, agency=agency, source=source, **marks)


@command("issue show", may="ask", title="Show", examples=("/lif issue show SE-2026-014",), in_help=False)
def show(ctx: Context, item: Ref) -> Message:
    """Show an issue with what was done about it and its whole history."""
    return showing.shown(ctx, item)


def refuse_others(ctx: Context, item: Item) -> None:
    """Raise LifError unless it is an issue that is still open."""
    if item.kind != "issue":
        raise LifError(f"{item.ref} is {a_kind(item.kind)}, not an issue. Nothing was changed.")
    if changes.is_finished(item):
        raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word} already, so nothing was changed.")


def as_it_stands(ctx: Context, item: Item) -> dict[str, str]:
    """Return what an action made of an issue begins with."""
    return {"text": item.text, "owner": f"@{item.owner}", "agency": item.agency or ""}


@command(
    "issue to-action",
    may="decide",
    title="Make it an action",
    examples=("/lif issue to-action SE-2026-014 owner:@cleo due:next meeting",),
    sentence=adding.sentence,
    fits=refuse_others,
    stands=as_it_stands,
)
def to_action(ctx: Context, item: Ref, owner: Owner, due: When, text: NewText = "", agency: OfAgency = None) -> Message:
    """Turn an issue into an action with an owner and a timescale; the action takes the issue's place."""
    before = log.picture(item)
    marks = {"themes": list(item.themes), "gap": item.gap, "priority": item.priority, "scope": item.scope}
    lead = agency.id if isinstance(agency, Agency) else owner.agency or item.agency
    action = adding.made(ctx, "action", text or item.text, owner.id, due, ctx.group_of(item), agency=lead, **marks)
    action.source, action.success_criteria, action.parent = item.source, item.success_criteria, item.parent
    action.source_id = item.source_id
    new = adding.kept(ctx, action)
    item.status, item.superseded_by, item.closed_at = "superseded", action.id, ctx.scope.now
    changes.wait_for(ctx, item, None)
    escalation.end(ctx, item)
    entry = changes.keep(ctx, item, before, kind="edited", text=f"Became the action {action.ref}.")
    changes.belongs_with(ctx, new, entry)
    if item.owner != owner.id:
        changes.tell(ctx, item.owner, item, "superseded")
    named = ctx.reader.name(owner.id)
    said = f"{item.ref} is now the action {action.ref}, due {say_date(action.due_on)}. {named} answers for it."
    return changes.answer(ctx, action, entry, said, Say(f"{item.ref} stays in the log and points to it."))


@command(
    "issue close",
    may="decide",
    title="Close the issue",
    examples=("/lif issue close SE-2026-014 because the new rota settles it",),
    fits=refuse_others,
)
def close(ctx: Context, item: Ref, because: Because) -> Message:
    """Close an issue that needs no action, or none any more, with the reason."""
    before = log.picture(item)
    item.status = "complete"
    decide.sign(ctx, item)
    entry = changes.keep(ctx, item, before, kind="signed_off", text=f"Closed: {because}", why=because)
    changes.tell(ctx, item.owner, item, "closed")
    return changes.answer(ctx, item, entry, f"{item.ref} is closed. The reason is in its history.")
