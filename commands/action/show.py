"""One item with its whole history, and what can be done about it."""

from __future__ import annotations

from datetime import date

from commands.action import handoff, ownership
from commands.action.card import post_button
from commands.action.facts import below, facts
from commands.action.history import evidence, history
from commands.arguments import Ref
from commands.changes import is_finished
from commands.context import Context
from lifbot.buttons import (
    chair_buttons,
    closed_buttons,
    contributor_buttons,
    decision_buttons,
    offer_buttons,
    owner_buttons,
)
from lifbot.calendar import local_day
from lifbot.errors import LifError
from lifbot.grammar import command
from lifbot.kinds import kind_title
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, Message, Say
from lifbot.model import Item
from lifbot.policy import dates, impact, rights
from lifbot.policy.dates import Move
from storage import items, log, sources


@command("action show", may="ask", title="Show", examples=("/lif action show SE-2026-014",))
def show(ctx: Context, item: Ref) -> Message:
    """Show one item with what belongs to it and its whole history."""
    return shown(ctx, item)


def shown(ctx: Context, item: Item) -> Message:
    """Return an item of any kind with all that is known of it, for those who may see it."""
    if not ctx.may("see", ctx.group_of(item), item):
        raise LifError(f"{item.ref} can be seen by {rights.who_may('see')}.")
    refuse_other_agencies(ctx, item)
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.lateness(ctx.scope.today), view.brag_word)
    blocks: list[Block] = [Heading(f"{kind_title(item.kind)} {item.ref}"), card, Facts(facts(ctx, item, view))]
    blocks += [*below(ctx, item), *_dates(ctx, item), *history(ctx, item), *evidence(ctx, item)]
    if item.said_url:
        blocks.append(Ask("", (Button("Open the message", "", url=item.said_url),)))
    if buttons := (*_buttons(ctx, item), *_after(ctx, item), *post_button(ctx, item)):
        blocks.append(Ask("", buttons))
    return Message((*blocks, Fine("Only you can see this answer.")), summary=f"{item.ref}, {view.status_word}")


def refuse_other_agencies(ctx: Context, item: Item) -> None:
    """Raise LifError for what is a single agency's own, to all but its people, the owner and who leads (K25)."""
    own = (
        ctx.caller.id == item.owner
        or ctx.caller.id in item.contributors
        or ctx.may("keep register", ctx.group_of(item))
    )
    if not own and sources.is_anothers(ctx.scope, item, ctx.caller):
        raise LifError(
            f"{item.ref} is {ctx.reader.agency(item.agency)}'s own, so it can be seen by that agency's people."
        )


def _after(ctx: Context, item: Item) -> tuple[Button, ...]:
    """What is done with a closed item: its output is handed over, and the difference that it made is told."""
    told = item.signed_off_on is not None and item.kind in impact.TOLD_OF
    answers = told and ctx.may("report", ctx.group_of(item), item)
    tell = (Button("What difference it made…", f"form impact {item.ref}"),) if answers else ()
    return (*tell, *handoff.offered(ctx, item), *handoff.returnable(ctx, item))


def _dates(ctx: Context, item: Item) -> list[Block]:
    """Who moved its date, when, why and how often."""
    title, lines = dates.told(_moves(ctx, item))
    return [Say("\n".join((f"{title}:", *lines)))] if lines else []


def _moves(ctx: Context, item: Item) -> list[Move]:
    moves = []
    for row in log.standing(ctx.scope, item):
        was, now = row.before.get("due_on"), row.after.get("due_on")
        if was and now:
            how = "with its meeting" if row.what == "meeting move" else ""
            day = local_day(row.at, ctx.scope.zone)
            name = ctx.reader.name(row.by)
            moves.append(Move(date.fromisoformat(was), date.fromisoformat(now), name, day, row.why or "", how))
    return moves


def _buttons(ctx: Context, item: Item) -> tuple[Button, ...]:
    group, roles = ctx.group_of(item), ctx.roles(ctx.group_of(item), item)
    decides = ctx.may("decide", group, item)
    if decides and item.waiting:
        return decision_buttons(item.waiting, item.ref)
    if item.status in items.OPEN and item.offered_to == ctx.caller.id:
        return offer_buttons(item.ref)[:-1]
    if item.status in items.OPEN and ownership.contributes(ctx, item):
        return contributor_buttons(item.ref)[:-1]
    if item.status in items.OPEN and rights.may("report", roles):
        return (*owner_buttons(item.ref, item.kind), *(chair_buttons(item.kind, item.ref) if decides else ()))
    return closed_buttons(item.ref) if decides and is_finished(item) else ()
