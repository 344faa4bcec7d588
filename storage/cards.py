"""Items' cards in channels: promised, kept once they stand there, drawn anew when the item changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count

from sqlmodel import col, select

from lifbot.message import Receipt
from lifbot.model import Card, Item, Outbox
from storage import outbox
from storage.scope import Scope

LIVE = ("waiting", "leased")


def in_thread(scope: Scope, platform: str, channel: str, thread: str | None) -> Sequence[Card]:
    """Return the cards whose thread this is, oldest first."""
    if not thread:
        return ()
    here = (Card.platform == platform, Card.channel == channel, Card.thread == thread)
    return scope.all(Card, *here, order=col(Card.id))


def of_item(scope: Scope, item_id: int) -> Sequence[Card]:
    """Return an item's cards, oldest first."""
    return scope.all(Card, Card.item_id == item_id, order=col(Card.id))


def of_items(scope: Scope, ids: Iterable[int]) -> Sequence[Card]:
    """Return the cards of these items."""
    return scope.all(Card, col(Card.item_id).in_(ids), order=col(Card.id))


def every(scope: Scope) -> Sequence[Card]:
    """Return all cards, oldest first."""
    return scope.all(Card, order=col(Card.id))


def promise(scope: Scope, item: Item, platform: str, channel: str, thread: str | None = None) -> None:
    """Promise an item's card in a channel, or in a thread of it."""
    about = {"item": item.id, "place": [platform, channel, thread], "asked": True}
    key = f"card/{item.id}/{len(list(_promised(scope, item.id)))}"
    outbox.put(scope, key, "card", group_id=item.group_id, about=about, is_new=True)


def promised(scope: Scope, item: Item, channel: str) -> bool:
    """Say whether a card of an item is on its way to a channel."""
    on_its_way = (row for row in _promised(scope, item.id) if row.status in LIVE)
    return any(row.about["place"][1:] == [channel, None] for row in on_its_way)


def posted_at(scope: Scope, card: Card) -> datetime | None:
    """Return when a card was posted."""
    rows = _promised(scope, card.item_id)
    return next((row.settled_at for row in rows if (row.channel, row.stamp) == (card.channel, card.stamp)), None)


def _promised(scope: Scope, item_id: int) -> Iterator[Outbox]:
    """The promises of an item's cards, oldest first: their numbers have no gaps."""
    for number in count():
        row = scope.first(Outbox, Outbox.key == f"card/{item_id}/{number}")
        if row is None:
            return
        yield row


def keep(scope: Scope, row: Outbox, receipt: Receipt, drawn: str) -> Card:
    """Keep where a card came to stand."""
    platform, channel, thread = row.about["place"]
    here = (Card.platform == platform, Card.channel == channel, Card.stamp == receipt.stamp)
    known = scope.first(Card, *here)
    return known or scope.add(
        Card(
            partnership_id=scope.id,
            item_id=row.about["item"],
            platform=platform,
            channel=channel,
            stamp=receipt.stamp,
            thread=thread or receipt.stamp,
            drawn=drawn,
        )
    )


def changed(scope: Scope, item_id: int) -> None:
    """Promise that an item's cards are drawn anew; what they then show is read when they are drawn."""
    for card in of_item(scope, item_id):
        redraw(scope, card)


def redraw(scope: Scope, card: Card) -> None:
    """Promise that a card is drawn anew, unless that is promised and not begun yet."""
    last = _locked(scope, f"redraw/{card.id}/{card.redraws}")
    if last and last.status == "waiting":
        return
    card.redraws += 1
    scope.add(card)
    about = {"card": card.id, "item": card.item_id, "place": [card.platform, card.channel, None], "asked": True}
    outbox.put(scope, f"redraw/{card.id}/{card.redraws}", "redraw", about=about, is_new=True)


def _locked(scope: Scope, key: str) -> Outbox | None:
    """The row of a key, locked, so that no worker takes it before what has changed is kept."""
    mine = (Outbox.partnership_id == scope.id, Outbox.key == key)
    return scope.session.exec(select(Outbox).where(*mine).with_for_update()).first()


def find(scope: Scope, id: int) -> Card | None:
    """Return a card."""
    return scope.get(Card, id)


def forget(scope: Scope, id: int) -> None:
    """Forget a card that stands there no longer, or that nobody may draw anew."""
    if card := scope.get(Card, id):
        scope.session.delete(card)
