"""Items' cards in channels: what they show now, and what becomes of them once they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from lifbot import notices
from lifbot.calendar import at_local
from lifbot.message import Message, Receipt
from lifbot.model import Card, Item, Outbox
from storage import cards, items
from storage.items import Reader
from storage.scope import Scope

OCCASIONS = ("card", "redraw")


def card(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Return what an item's card says now, or why there is none to post."""
    item = scope.get(Item, row.about["item"])
    platform, _, thread = row.about["place"]
    if item is None or (item.status == "withdrawn" and not thread):
        return "it was withdrawn"
    return _drawn(reader, item, platform)


def redraw(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Return what a card shows now, unless it shows that already."""
    there = cards.find(scope, row.about["card"])
    item = scope.with_held.get(Item, row.about["item"])
    if there is None or item is None:
        return "the card is gone"
    drawn = notices.silent_card(item.ref) if item.held else _drawn(reader, item, there.platform)
    return "it looks the same" if notices.fingerprint(drawn) == there.drawn else drawn


def _drawn(reader: Reader, item: Item, platform: str) -> Message:
    return notices.card(reader.view(item), platform, is_open=item.status in items.OPEN)


def instead(scope: Scope, row: Outbox) -> Receipt | None:
    """Return where the card stands whose place a message takes."""
    there = cards.find(scope, row.about["card"]) if row.occasion == "redraw" else None
    return Receipt(there.channel, there.stamp) if there else None


def settled(scope: Scope, row: Outbox, receipt: Receipt, sent: Message) -> None:
    """Keep what a card shows; if its item has changed while it was on its way, let it be drawn anew."""
    shows = notices.fingerprint(sent)
    there = cards.find(scope, row.about["card"]) if row.occasion == "redraw" else cards.keep(scope, row, receipt, shows)
    if there is None:
        return
    there.drawn = shows
    scope.add(there)
    look_tomorrow(scope)
    stale(scope, Reader(scope), [there])


def lost(scope: Scope, row: Outbox) -> None:
    """Forget a card that can be drawn anew no more: it was deleted, or its channel is closed."""
    cards.forget(scope, row.about["card"])


def stale(scope: Scope, reader: Reader, found: Sequence[Card]) -> None:
    """Promise to draw those cards anew that no longer show what is."""
    for there in found:
        item = scope.get(Item, there.item_id)
        if item and notices.fingerprint(_drawn(reader, item, there.platform)) != there.drawn:
            cards.redraw(scope, there)


def of_swept(scope: Scope, reader: Reader, found: Sequence[Item]) -> None:
    """Look at the cards of items that the sweep has dealt with."""
    stale(scope, reader, cards.of_items(scope, [item.id for item in found]))


def as_the_day_begins(scope: Scope) -> None:
    """Look at all cards, and again when this day ends."""
    if there := cards.every(scope):
        stale(scope, Reader(scope), there)
        look_tomorrow(scope)


def look_tomorrow(scope: Scope) -> None:
    """Let the partnership be looked at when the day ends: colours turn with the date."""
    ends = at_local(scope.today + timedelta(days=1), time(0), scope.zone)
    partnership = scope.partnership
    if partnership.look_again_at is None or partnership.look_again_at > ends:
        partnership.look_again_at = ends
        scope.session.add(partnership)
