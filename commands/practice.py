"""Strong practice: logging what works well, and seeing to it that it spreads, by the same principles as actions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from commands import changes
from commands.action import add as adding
from commands.action import report
from commands.action import show as showing
from commands.action.find import visible
from commands.arguments import InGroup, OfAgency, Owner, Priority, Ref, Scope, Source, Themes, When
from commands.context import Context
from commands.files import Files
from commands.names import agency as agency_named
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.kinds import PRACTICE, a_kind
from lifbot.message import Ask, Block, Button, Fine, ItemCard, ItemList, Message, Say
from lifbot.model import Group, Item, Practice
from lifbot.policy import rights
from storage import items, people, practices

What = Annotated[str, Arg("text", "What works well", "Leave out names of children and families, and case details.")]
SpreadTo = Annotated[
    str, Arg("line", "Where should it spread", "Teams, agencies or districts.", keys=("to",), longest=300)
]
ToAgencies = Annotated[
    str,
    Arg("line", "Which agencies", "With a comma between two; “all” for every agency.", keys=("agencies",), longest=600),
]
OfGroup = Annotated[Group | None, Arg("group", "Group")]
HowSpread = Annotated[
    str, Arg("text", "What shows it", "For example: all four districts use it since May.", longest=1000)
]
MOST = 20


@command(
    "practice add",
    may="log practice",
    title="Log strong practice",
    examples=(
        "/lif practice add Joint home visits in the first week owner:@cleo spread-to:all districts due:30 June",
        "/lif practice add Chairs sum up in plain words owner:@cleo spread-to:every conference due:within six months",
    ),
    sentence=adding.sentence,
    replaces=True,
)
def add(
    ctx: Context,
    text: What,
    owner: Owner,
    spread_to: SpreadTo,
    due: When,
    group: InGroup,
    to_agencies: ToAgencies = "",
    agency: OfAgency = None,
    source: Source = "",
    theme: Themes = (),
    priority: Priority = "",
    scope: Scope = "",
) -> Message:
    """Log what works well, who sees to it that it spreads, where to and by when."""
    known = _agencies(ctx, to_agencies)
    marks = {"agency": agency, "source": source, "theme": theme, "priority": priority, "scope": scope}
    item, entry = adding.put(ctx, PRACTICE, text, owner, due, group, **marks)
    practices.add(ctx.scope, ctx.caller.id, item, spread_to, known, entry)
    who = "You answer for it." if item.owner == ctx.caller.id else changes.will_hear(ctx, item)
    title = f"Saved as {item.ref}, to spread by {say_date(item.due_on)}."
    where = Say(f"To spread to: {_where(ctx, spread_to, known)}.")
    return changes.answer(ctx, item, entry, f"{title} {who} Thank you for sharing what works.", where)


def _agencies(ctx: Context, said: str) -> list[str]:
    """The agencies that were named; "all" are all of them."""
    if said.strip().lower() in ("all", "every", "all agencies", "every agency"):
        return [row.id for row in people.agencies(ctx.scope)]
    parts = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
    try:
        return list(dict.fromkeys(agency_named(ctx, part).id for part in parts))
    except LifError as error:
        error.field = "to_agencies"
        raise


def _where(ctx: Context, spread_to: str, agencies: Sequence[str]) -> str:
    named = ", ".join(ctx.reader.agency(id) for id in agencies)
    return f"{spread_to} ({named})" if named else spread_to


def refuse_others(ctx: Context, item: Item) -> None:
    """Raise LifError unless it is strong practice."""
    if item.kind != PRACTICE:
        raise LifError(f"{item.ref} is {a_kind(item.kind)}, not strong practice. Nothing was changed.")


def refuse_spread(ctx: Context, item: Item) -> None:
    """Raise LifError unless it is strong practice that has not been said to have spread."""
    refuse_others(ctx, item)
    changes.refuse_closed(ctx, item)


@command(
    "practice spread",
    may="update",
    title="It has spread",
    examples=("/lif practice spread SE-2026-014 All four districts use it since May",),
    fits=refuse_spread,
)
def spread(ctx: Context, item: Ref, text: HowSpread = "", files: Files = "") -> Message:
    """Say that strong practice has spread, with what shows it; the group's chair then signs it off."""
    answer: Message = report.done.run(ctx, item, text, files)
    return answer


@command("practice show", may="ask", title="Show", examples=("/lif practice show SE-2026-014",), in_help=False)
def show(ctx: Context, item: Ref) -> Message:
    """Show strong practice with where it should spread and its whole history."""
    return showing.shown(ctx, item)


@command("practice list", may="ask", title="Strong practice", examples=("/lif practice list",), replaces=True)
def list_(ctx: Context, group: OfGroup = None) -> Message:
    """List strong practice, what has spread and what is still to spread; a member of any group may learn from it."""
    sees = visible(ctx)
    if group and group.id not in sees:
        raise LifError(f"Strong practice of {group.name} can be seen by {rights.who_may('see')}.")
    rows = practices.by_item(ctx.scope)
    found = [item for item in items.of_kind(ctx.scope, PRACTICE) if _is_shown(ctx, item, group, sees)]
    where = f" · {group.name}" if group else ""
    still = [item for item in found if item.status in items.OPEN]
    there = [item for item in found if item.status not in items.OPEN]
    if not found:
        how = "Nothing is logged yet. What works well where you are? Others can learn from it."
        button = Button("Log strong practice…", "form practice add")
        return Message((Ask(how, (button,)), Fine("Only you can see this list.")), summary=f"Strong practice{where}")
    blocks: list[Block] = []
    for title, some in (("To spread", still), ("Has spread", there)):
        cards = tuple(_card(ctx, item, rows.get(item.id)) for item in some[:MOST])
        blocks += [ItemList(f"Strong practice{where}: {title.lower()} ({len(some)})", cards)] if some else []
        blocks += [Fine(f"And {len(some) - MOST} more.")] if len(some) > MOST else []
    return Message((*blocks, Fine("Only you can see this list.")), summary=f"{len(found)} strong practice{where}")


def _is_shown(ctx: Context, item: Item, group: Group | None, sees: Sequence[str]) -> bool:
    mine = item.owner == ctx.caller.id or ctx.caller.id in item.contributors
    there = item.group_id == group.id if group else item.group_id in sees or mine
    return there and item.status not in ("withdrawn", "superseded")


def _card(ctx: Context, item: Item, row: Practice | None) -> ItemCard:
    view = ctx.reader.view(item)
    where = f"To spread to: {_where(ctx, row.spread_to, row.agencies)}" if row else ""
    since = f". It has spread, said on {say_date(row.spread_on)}" if row and row.spread_on else ""
    line = view.line(named=True, today=ctx.scope.today)
    buttons = (Button("Show", f"action show {item.ref}"),)
    return ItemCard(item.ref, clip(item.text, 300), line, view.brag_word, buttons, clip(where + since, 300))
