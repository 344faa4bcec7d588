"""What the export says of items beyond their columns: the difference that they made, and hand-offs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lifbot.model import HandOff, Item
from storage import hand_offs, impacts
from storage.scope import Scope


def of_items(scope: Scope, refs: Mapping[int | None, str]) -> Callable[[Item], dict[str, Any]]:
    """Return how to tell it of each item, all of it read once."""
    told, handed = impacts.by_item(scope), hand_offs.by_item(scope)

    def values(item: Item) -> dict[str, Any]:
        return {
            "impacts": [impacts.values(scope, row) for row in told.get(item.id, ())],
            "handed_to": [_handed(scope, refs, *pair) for pair in handed["to"].get(item.id, ())],
            "handed_from": [_handed(scope, refs, *pair) for pair in handed["from"].get(item.id, ())],
        }

    return values


def _handed(scope: Scope, refs: Mapping[int | None, str], row: HandOff, other: int) -> dict[str, Any]:
    """One hand-off, with the reference of the item at the other end."""
    at = row.at.astimezone(scope.zone).isoformat()
    return {"ref": refs.get(other), "at": at, "by": row.by, "output": row.output}
