"""Hand-offs: a group's closing output that opened an item in another group, seen from both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col

from lifbot.model import HandOff, Item, LogEntry
from storage import records
from storage.scope import Scope

GONE = ("withdrawn", "declined")
Linked = list[tuple[HandOff, Item]]  # with the item at the other end


def add(scope: Scope, by: str, from_item: Item, to_item: Item, output: str, entry: LogEntry) -> HandOff:
    """Link the item that gave its output with the one that was opened, with the change of the former."""
    row = scope.new(HandOff, from_item=from_item.id, to_item=to_item.id, output=output, at=scope.now, by=by)
    records.write(scope, by, entry.what, row, belongs_to=entry)
    return row


def decline(scope: Scope, by: str, row: HandOff, entry: LogEntry) -> None:
    """Let a hand-off be handed back, with the change of the item that it had opened."""
    before = records.picture(row)
    row.status = "declined"
    records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def from_item(scope: Scope, item: Item) -> Linked:
    """Return the hand-offs of an item's output, with the items that they opened."""
    return _linked(scope, HandOff.from_item == item.id, "to_item")


def to_item(scope: Scope, item: Item) -> Linked:
    """Return the hand-off that opened an item, with the item that it came from; at most one."""
    return _linked(scope, HandOff.to_item == item.id, "from_item")


def opened(scope: Scope) -> set[int]:
    """Return the ids of the items that hand-offs opened and that were kept."""
    return {row.to_item for row in scope.all(HandOff, col(HandOff.status).not_in(GONE))}


def _linked(scope: Scope, where: Any, other_end: str) -> Linked:
    rows: Sequence[HandOff] = scope.all(HandOff, where, col(HandOff.status).not_in(GONE), order=col(HandOff.id))
    pairs = ((row, scope.get(Item, getattr(row, other_end))) for row in rows)
    return [(row, item) for row, item in pairs if item is not None]


def by_item(scope: Scope) -> dict[str, dict[int, list[tuple[HandOff, int]]]]:
    """Return all that stand, by the item they came from ("to") and the item they opened ("from")."""
    found: dict[str, dict[int, list[tuple[HandOff, int]]]] = {"to": {}, "from": {}}
    for row in scope.all(HandOff, col(HandOff.status).not_in(GONE), order=col(HandOff.id)):
        found["to"].setdefault(row.from_item, []).append((row, row.to_item))
        found["from"].setdefault(row.to_item, []).append((row, row.from_item))
    return found
