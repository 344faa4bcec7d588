"""Seeing one item with its whole history."""

from __future__ import annotations

from datetime import datetime

from commands.arguments import Ref
from commands.context import Context
from lifbot.buttons import decision_buttons, owner_buttons
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import command
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, Message, Quote, Say
from lifbot.model import Item, Meeting
from lifbot.policy import rights
from lifbot.views import ItemView
from storage import items


@command("action show", may="ask", title="Show", examples=("/lif action show SE-2026-014",))
def show(ctx: Context, item: Ref) -> Message:
    """Show one item with its whole history."""
    if not ctx.may("see", ctx.group_of(item), item):
        raise LifError(f"{item.ref} can be seen by {rights.who_may('see')}.")
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.lateness(ctx.scope.today), view.brag_word)
    blocks: list[Block] = [Heading(f"{item.kind.capitalize()} {item.ref}"), card, Facts(tuple(_facts(ctx, item, view)))]
    blocks += _history(ctx, item)
    if buttons := _buttons(ctx, item):
        blocks.append(Ask("", buttons))
    return Message((*blocks, Fine("Only you can see this answer.")), summary=f"{item.ref}, {view.status_word}")


def _facts(ctx: Context, item: Item, view: ItemView) -> list[tuple[str, str]]:
    reader = ctx.reader
    original = say_date(item.original_due_on) if item.original_due_on != item.due_on else ""
    with_others = ", ".join(reader.name(id) for id in item.contributors)
    parent, said = ctx.scope.get(Item, item.parent), item.timescale_text
    agreed = ctx.scope.get(Meeting, item.agreed_at_meeting)
    meeting = f"the meeting of {say_date(local_day(agreed.starts_at, ctx.scope.zone))}" if agreed else ""
    pairs = (
        ("Accountable owner", view.owner),
        ("Agency", view.agency),
        ("Contributors", with_others),
        ("Group", view.group),
        ("Status", view.status_word),
        ("Due", say_date(item.due_on) + (f" (said as “{said}”)" if said != say_date(item.due_on) else "")),
        ("Originally due", original),
        ("Date asked for", item.proposed_due or ""),
        ("Meetings missed", str(view.cycles_missed) if view.cycles_missed else ""),
        ("With the partnership chair", "yes" if view.escalated else ""),
        ("Agreed at", meeting),
        ("Source", item.source or ""),
        ("Success criteria", item.success_criteria or ""),
        ("Belongs to", parent.ref if parent else ""),
        ("Why not completable", item.not_completable_reason or ""),
        ("Done instead", item.done_instead or ""),
        ("Logged", f"{say_date(local_day(item.created_at, ctx.scope.zone))} by {reader.name(item.created_by)}"),
    )
    return [(name, value) for name, value in pairs if value]


def _history(ctx: Context, item: Item) -> list[Block]:
    lines: list[tuple[datetime, str, str]] = []
    names = {"more_time": "more time asked", "signed_off": "signed off", "cannot": "cannot complete"}
    for row in items.updates(ctx.scope, item):
        day = say_date(local_day(row.at, ctx.scope.zone))
        lines.append((row.at, row.text, f"{day}, {names.get(row.kind, row.kind)}, {ctx.reader.name(row.by)}"))
    for taken in items.escalations(ctx.scope, item):
        day = say_date(local_day(taken.at, ctx.scope.zone))
        decision = f" {taken.decision}" if taken.decision else ""
        text = f"Partnership chair asked for help.{decision}"
        lines.append((taken.at, text, f"{day}, {taken.reason.replace('_', ' ')}"))
    return [Quote(text, by) if text else Say(by) for _, text, by in sorted(lines, key=lambda line: line[0])]


def _buttons(ctx: Context, item: Item) -> tuple[Button, ...]:
    group, roles = ctx.group_of(item), ctx.roles(ctx.group_of(item), item)
    if ctx.may("decide", group, item) and item.waiting:
        return decision_buttons(item.waiting, item.ref)
    if item.status in items.OPEN and rights.may("report", roles):
        return owner_buttons(item.ref)
    return ()
