"""What an item holds, as names and values, and what stands under it."""

from __future__ import annotations

from commands.action import tags
from commands.action.beyond import beyond
from commands.action.family import add_line
from commands.context import Context
from lifbot.calendar import local_day, say_date
from lifbot.grammar import clip
from lifbot.kinds import PRACTICE
from lifbot.message import Ask, Block, Button, Fine, ItemCard, ItemList, Say
from lifbot.model import Item, Meeting, Source
from lifbot.policy.brag import word
from lifbot.tags import RESPONSES, label
from lifbot.views import ItemView
from storage import family, items, series, sources

MOST = 15
Pairs = tuple[tuple[str, str], ...]


def facts(ctx: Context, item: Item, view: ItemView) -> Pairs:
    """Return everything that an item holds, as names and values; what is empty is left out."""
    where_from = (*_where_from(ctx, item), *tags.facts(item))
    pairs = (*_who(ctx, item, view), *_when(ctx, item), *where_from, *_ends(ctx, item), *beyond(ctx, item))
    return tuple((name, value) for name, value in pairs if value)


def _who(ctx: Context, item: Item, view: ItemView) -> Pairs:
    with_others = ", ".join(ctx.reader.name(id) for id in item.contributors)
    return (
        ("Accountable owner", view.owner),
        ("Agency", view.agency),
        ("Contributors", with_others),
        ("Taken on", say_date(local_day(item.taken_on_at, ctx.scope.zone)) if item.taken_on_at else ""),
        ("Offered to", ctx.reader.name(item.offered_to) if item.offered_to else ""),
        ("Group", view.group),
        ("Status", view.status_word),
    )


def _when(ctx: Context, item: Item) -> Pairs:
    said, view = item.timescale_text, ctx.reader.view(item)
    return (
        (
            "Spread by" if item.kind == PRACTICE else "Due",
            say_date(item.due_on) + (f" (said as “{said}”)" if said != say_date(item.due_on) else ""),
        ),
        ("Originally due", say_date(item.original_due_on) if item.original_due_on != item.due_on else ""),
        ("Date asked for", item.proposed_due or ""),
        ("Repeats", item.repeats_text or ""),
        ("Meetings missed", str(view.cycles_missed) if view.cycles_missed else ""),
        ("With the partnership chair", "yes" if view.escalated else ""),
    )


def _where_from(ctx: Context, item: Item) -> Pairs:
    agreed = ctx.scope.get(Meeting, item.agreed_at_meeting)
    return (
        ("Agreed at", f"the meeting of {say_date(local_day(agreed.starts_at, ctx.scope.zone))}" if agreed else ""),
        ("Source", item.source or ""),
        ("In the learning register", _register(ctx, item)),
        ("Its result is checked by", ", ".join(row.ref for row in sources.checking(ctx.scope, item))),
        ("From a message by", _sender(ctx, item)),
        ("Success criteria", item.success_criteria or ""),
        ("Belongs to", named(ctx, ctx.scope.get(Item, item.parent))),
        ("In the place of", "; ".join(named(ctx, row) for row in family.replaced(ctx.scope, item))),
        ("Follows", named(ctx, ctx.scope.get(Item, item.repeat_of))),
    )


def _register(ctx: Context, item: Item) -> str:
    source = ctx.scope.get(Source, item.source_id)
    return f"{source.ref} {clip(source.title, 100)}" if source else ""


def _sender(ctx: Context, item: Item) -> str:
    """Who wrote the message that an item was logged from."""
    if not item.said_by:
        return "somebody lifbot does not know" if item.said_url else ""
    return ctx.reader.name(item.said_by) if item.said_by in ctx.reader.people else "somebody outside the partnership"


def _ends(ctx: Context, item: Item) -> Pairs:
    logged = f"{say_date(local_day(item.created_at, ctx.scope.zone))} by {ctx.reader.name(item.created_by)}"
    answered = ". ".join(part for part in (label(RESPONSES, item.response), item.response_reason or "") if part)
    return (
        ("Response", answered),
        ("Followed by", named(ctx, series.next_of(ctx.scope, item)) if item.repeats else ""),
        ("Superseded by", named(ctx, family.successor(ctx.scope, item))),
        ("Why not completable", item.not_completable_reason or ""),
        ("Done instead", item.done_instead or ""),
        ("Logged", logged),
    )


def named(ctx: Context, item: Item | None) -> str:
    """Return an item's reference, with its words for those who may see them."""
    if item is None:
        return ""
    return f"{item.ref} {clip(item.text, 100)}" if ctx.may("see", ctx.group_of(item), item) else item.ref


def below(ctx: Context, item: Item) -> list[Block]:
    """Return what stands under an item: the counts together, each with its button, and whether it can be closed."""
    rows = family.children(ctx.scope, item)
    together = ctx.reader.together(item)
    if not rows:
        return [Ask("Nothing is under it yet.", (_add(item),))] if _takes_more(ctx, item) else []
    seen = [row for row in rows if ctx.may("see", ctx.group_of(row), row)]
    worst = f" Worst colour still open: {word(together.worst)}." if together.worst else ""
    title = together.words or "Nothing under it counts any more"
    blocks: list[Block] = [ItemList(f"{title}.{worst}", tuple(_card(ctx, row) for row in seen[:MOST]))]
    unseen, more = len(rows) - len(seen), len(seen[MOST:])
    note = f"{more} more are not shown. " if more else ""
    note += f"{unseen} of other groups, whose words you cannot see, count as well." if unseen else ""
    blocks += [Fine(note.strip())] if note else []
    if together.is_ready and item.status in items.OPEN:
        blocks.append(Say(f"Everything under it is closed, so {item.ref} is ready to be reported done."))
    return [*blocks, *([Ask("", (_add(item),))] if _takes_more(ctx, item) else [])]


def _takes_more(ctx: Context, item: Item) -> bool:
    is_head = item.kind not in ("action", PRACTICE) and item.status in items.OPEN
    return is_head and ctx.may("log", ctx.group_of(item))


def _add(item: Item) -> Button:
    return Button("Add an action…", add_line(item))


def _card(ctx: Context, row: Item) -> ItemCard:
    view = ctx.reader.view(row)
    line = view.line(named=True, today=ctx.scope.today)
    buttons = (Button("Show", f"action show {row.ref}"),)
    return ItemCard(view.ref, clip(view.text, 300), line, view.brag_word, buttons)
