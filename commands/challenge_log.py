"""The challenge log: every challenge by its number, and one with all that became of it."""

from __future__ import annotations

from typing import Annotated

from commands.action.history import history
from commands.arguments import Ref
from commands.context import Context
from lifbot.buttons import respond_buttons
from lifbot.calendar import local_day
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Block, Fine, ItemCard, Message
from lifbot.model import Challenge, Group, Item
from lifbot.notices import challenge as shown_as
from lifbot.notices.challenge import Challenged
from lifbot.policy.challenge import LIVING, State
from storage import challenges, requests

Which = Annotated[str, Arg("line", "open or all", longest=40)]
OfGroup = Annotated[Group | None, Arg("group", "Group")]


def beside(ctx: Context, item: Item) -> Challenge:
    """Return what a challenge has beside its item; LifError for an item of another kind."""
    row = challenges.of(ctx.scope, item)
    if row is None:
        raise LifError(f"{item.ref} is no challenge, so nothing was changed.")
    return row


def challenged(ctx: Context, item: Item, row: Challenge) -> Challenged:
    """Return a challenge as messages show it."""
    return Challenged(
        ref=item.ref,
        text=item.text,
        to=challenges.to_whom(ctx.scope, row),
        raised_by=ctx.reader.agency(row.raised_agency) or "a partner",
        due_on=item.due_on,
        state=challenges.state(ctx.scope, item, row),
        response=row.response or "",
        responded_on=local_day(row.responded_at, ctx.scope.zone) if row.responded_at else None,
        discussed_on=row.discussed_on,
        reason=row.outcome_reason or "",
        decisions=tuple(said for _, said in challenges.decisions(ctx.scope, item)),
    )


def _may_see(ctx: Context, item: Item, row: Challenge) -> bool:
    mine = row.raised_by == ctx.caller.id or requests.speaks_for(ctx.scope, ctx.caller.id, row.to_agency)
    return mine or ctx.may("see", ctx.group_of(item), item)


@command("challenge show", may="ask", title="Show", examples=("/lif challenge show SE-2026-014",))
def show(ctx: Context, item: Ref) -> Message:
    """Show a challenge: to whom, the response, the discussion, and whether it is resolved."""
    row = beside(ctx, item)
    if not _may_see(ctx, item, row):
        raise LifError(f"{item.ref} can be seen by who raised it, its group and who is asked to respond.")
    view, each = ctx.reader.view(item), challenged(ctx, item, row)
    blocks: list[Block] = [ItemCard(item.ref, item.text, view.lateness(ctx.scope.today), view.brag_word)]
    blocks += [*shown_as.beside(each), *history(ctx, item)]
    decides = row.raised_by == ctx.caller.id or ctx.may("decide", ctx.group_of(item), item)
    if each.state in LIVING and decides and item.owner != ctx.caller.id and each.state is not State.WAITING:
        blocks.append(shown_as.decide(each))
    elif each.state in LIVING and (ctx.may("report", ctx.group_of(item), item) or item.owner == ctx.caller.id):
        blocks.append(Ask("", respond_buttons(item.ref)))
    return Message((*blocks, Fine("Only you can see this answer.")), f"{item.ref}, {each.state}")


@command(
    "challenge list",
    may="ask",
    title="Challenge log",
    examples=("/lif challenge list", "/lif challenge list all"),
    replaces=True,
)
def list_(ctx: Context, which: Which = "open", group: OfGroup = None) -> Message:
    """Show the challenge log: each challenge by its number, to whom, the response, and whether it is resolved."""
    wanted = which.strip().lower()
    if wanted not in ("open", "all"):
        raise LifError("Type /lif challenge list, or /lif challenge list all", field="which")
    of_group = (Item.group_id == group.id,) if group else ()
    found = [pair for pair in challenges.every(ctx.scope, *of_group) if _may_see(ctx, *pair)]
    shown = [challenged(ctx, item, row) for item, row in found]
    listed = [each for each in shown if wanted == "all" or each.state in LIVING]
    title = f"Challenges · {group.name}" if group else "Challenges"
    return shown_as.log(title, listed, [each.state for each in shown])
