"""What an item has beyond itself: where strong practice spreads, hand-offs, the difference that it made."""

from __future__ import annotations

from commands.context import Context
from lifbot.calendar import local_day, say_date
from lifbot.grammar import clip
from lifbot.model import Impact, Item
from lifbot.policy.impact import STATES
from storage import hand_offs, impacts, practices

Pairs = tuple[tuple[str, str], ...]


def beyond(ctx: Context, item: Item) -> Pairs:
    """Return what an item has beyond itself, as names and values."""
    return (*_practice(ctx, item), *_handed(ctx, item), *_difference(ctx, item))


def _practice(ctx: Context, item: Item) -> Pairs:
    row = practices.of_item(ctx.scope, item)
    if row is None:
        return ()
    agencies = ", ".join(ctx.reader.agency(id) for id in row.agencies)
    spread_on = say_date(row.spread_on) if row.spread_on else ""
    return (("To spread to", row.spread_to), ("Agencies", agencies), ("Has spread", spread_on))


def _handed(ctx: Context, item: Item) -> Pairs:
    """Where its output went, and where it came from: of another group only the reference and the output."""
    to = [f"{_where(ctx, new)}: {row.output}" for row, new in hand_offs.from_item(ctx.scope, item)]
    came = [f"{_where(ctx, old)}: {row.output}" for row, old in hand_offs.to_item(ctx.scope, item)]
    return (("Handed to", "\n".join(to)), ("Handed over by", "\n".join(came)))


def _where(ctx: Context, other: Item) -> str:
    return f"{ctx.group_of(other).name}, {other.ref}"


def _difference(ctx: Context, item: Item) -> Pairs:
    """The newest answer, and when the owner is asked next."""
    waiting = [row for row in impacts.waiting(ctx.scope, item) if not row.chased]
    next_on = f"{say_date(waiting[0].ask_on)}" if waiting and item.signed_off_on else ""
    told = impacts.answers(ctx.scope, item)
    newest = _newest(ctx, told[-1]) if told else ""
    return (("Difference made", newest), ("Embedded", _state(item)), ("Difference asked about on", next_on))


def _newest(ctx: Context, row: Impact) -> str:
    day = f" ({say_date(local_day(row.answered_at, ctx.scope.zone))})" if row.answered_at else ""
    return f"{clip(row.difference or '', 600)}{day}"


def _state(item: Item) -> str:
    return STATES.get(item.embedded or "", "").capitalize()
