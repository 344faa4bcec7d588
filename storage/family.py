"""Which items belong to which: actions to their recommendation or issue, and what took the place of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, sql
from sqlmodel import SQLModel, col

from lifbot.model import Item
from storage.scope import Scope

ITEMS = SQLModel.metadata.tables["item"]
MINE = ITEMS.c.partnership_id == bindparam("mine")
TIED = sql.union(  # more than 0, as all ids are: for what is not null, SQLite would look at every item
    sql.select(ITEMS.c.parent).where(MINE, ITEMS.c.parent > 0),
    sql.select(ITEMS.c.superseded_by).where(MINE, ITEMS.c.superseded_by > 0),
)


def heads(scope: Scope) -> frozenset[int]:
    """Return the ids of all items that others belong to, or that took the place of others."""
    return frozenset(id for (id,) in scope.run(TIED))


def children(scope: Scope, item: Item) -> Sequence[Item]:
    """Return the items that belong to one, or to what it took the place of, by reference."""
    over = [item.id, *(row.id for row in replaced(scope, item))]
    return scope.all(Item, col(Item.parent).in_(over), order=(col(Item.due_on), col(Item.id)))


def replaced(scope: Scope, item: Item) -> list[Item]:
    """Return the items that one took the place of, and those which they did, the nearest first."""
    found: list[Item] = []
    nearest = [item]
    while nearest:
        before = scope.all(Item, col(Item.superseded_by).in_([row.id for row in nearest]), order=col(Item.id))
        nearest = [row for row in before if row not in found and row.id != item.id]
        found += nearest
    return found


def lineage(scope: Scope, item: Item) -> Iterator[Item]:
    """Yield an item and those above it, to the topmost."""
    above: Item | None = item
    met: set[int] = set()
    while above is not None and above.id not in met:
        met.add(above.id)
        yield above
        above = scope.get(Item, above.parent)


def successor(scope: Scope, item: Item) -> Item | None:
    """Return what took the place of an item."""
    return scope.get(Item, item.superseded_by)
