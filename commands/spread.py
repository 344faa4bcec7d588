"""A multi-agency recommendation, spread: one action for each agency's part of it."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.action import add
from commands.action.family import refuse_closed_parent
from commands.arguments import Ref, When
from commands.context import Context
from commands.names import SEVERAL, agency
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Fine, ItemCard, ItemList, Message
from lifbot.model import Agency, Item, LogEntry
from storage import family, people, sources

Agencies = Annotated[
    str,
    Arg("line", "Agencies", "“all”, or names with a comma between two.", keys=("agencies", "to"), longest=400),
]
Words = Annotated[
    str, Arg("text", "What each agency is to do", "The recommendation's own words, if left out.", leads=())
]


def _meant(ctx: Context, said: str) -> list[Agency]:
    if said.strip().casefold() in ("all", "all agencies", "every agency"):
        return list(people.agencies(ctx.scope))
    parts = [part.strip() for part in SEVERAL.split(said) if part.strip()]
    return list({each.id: each for each in (agency(ctx, part) for part in parts)}.values())


@command(
    "recommendation spread",
    may="decide",
    title="One action for each agency",
    examples=("/lif recommendation spread SE-2026-014 agencies:all due:31 March",),
    fits=refuse_closed_parent,
)
def spread(ctx: Context, item: Ref, agencies: Agencies, due: When, text: Words = "") -> Message:
    """Log one action for each agency's part of a recommendation, with its representative or learning link as owner."""
    has = {row.agency for row in family.children(ctx.scope, item) if row.status not in ("withdrawn", "superseded")}
    meant = [each for each in _meant(ctx, agencies) if each.id not in has]
    owners = {each.id: ctx.reader.people[id] for each in meant if (id := sources.who_acts(ctx.scope, each))}
    group = ctx.group_of(item)
    made: list[tuple[Item, LogEntry]] = []
    for each in meant:
        if each.id in owners:
            more: dict[str, object] = {"agency": each, "source": item.source, "parent": item.ref, "scope": item.scope}
            more |= {"success_criteria": item.success_criteria, "theme": tuple(item.themes)}
            made.append(add.put(ctx, "action", text or item.text, owners[each.id], due, group, **more))
    left = [each.name for each in meant if each.id not in owners]
    if not made:
        raise LifError(_nothing(item, left))
    first = made[0][1]
    for _, entry in made[1:]:
        changes.belongs_with(ctx, entry, first)
    return _answer(ctx, item, [row for row, _ in made], left, first)


def _nothing(item: Item, left: list[str]) -> str:
    if not left:
        return f"Each of these agencies has its part of {item.ref} already, so nothing was changed."
    how = "/lif agency edit names a representative or link. Nothing was changed."
    return f"Nobody answers for {', '.join(left)} yet: {how}"


def _answer(ctx: Context, item: Item, made: list[Item], left: list[str], first: LogEntry) -> Message:
    count = f"{len(made)} action{'' if len(made) == 1 else 's'}"
    title = f"{count} under {item.ref}, due {say_date(made[0].due_on)}."
    views = [(row, ctx.reader.view(row)) for row in made]
    cards = tuple(ItemCard(row.ref, clip(row.text, 200), view.line(named=True), view.brag_word) for row, view in views)
    nobody = f"Left out, since nobody answers for them yet: {', '.join(left)}."
    blocks: list[Block] = [ItemList(title, cards), *([Fine(nobody)] if left else []), Fine(changes.SEEN_BY)]
    return Message((*blocks, Ask("", (changes.undo_button(first),))), summary=title)
