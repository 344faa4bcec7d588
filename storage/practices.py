"""What a strong practice has beyond an item: where it should spread, and when it had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lifbot.kinds import PRACTICE
from lifbot.model import Item, LogEntry, Practice
from storage import records
from storage.scope import Scope

SPREAD = ("complete",)  # its owner said so, whether or not it is signed off yet


def add(scope: Scope, by: str, item: Item, spread_to: str, agencies: list[str], entry: LogEntry) -> Practice:
    """Keep where a new strong practice should spread, with the entry of its item."""
    row = scope.new(Practice, item_id=item.id, spread_to=spread_to, agencies=agencies)
    records.write(scope, by, "practice add", row, belongs_to=entry)
    return row


def of_item(scope: Scope, item: Item) -> Practice | None:
    """Return what an item has as strong practice, or None."""
    return scope.first(Practice, Practice.item_id == item.id) if item.kind == PRACTICE else None


def by_item(scope: Scope) -> Mapping[int, Practice]:
    """Return all of them, by the id of their item."""
    return {row.item_id: row for row in scope.all(Practice)}


def follow(scope: Scope, by: str, item: Item, entry: LogEntry) -> None:
    """Note, with a change of its item, that a strong practice has spread, or has not after all."""
    row = of_item(scope, item)
    if row is None:
        return
    has_spread = item.status in SPREAD
    if has_spread == (row.spread_on is not None):
        return
    before = records.picture(row)
    row.spread_on = scope.today if has_spread else None
    records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def values(row: Practice | None) -> dict[str, Any]:
    """Return what the export says of a strong practice beside its item."""
    return {
        "spread_to": row.spread_to if row else None,
        "agencies": list(row.agencies) if row else [],
        "spread_on": row.spread_on.isoformat() if row and row.spread_on else None,
    }
