"""References: what people type of them, and the next of a group's series."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import bindparam, update
from sqlmodel import SQLModel, col

from lifbot.model import Group, Item, RefSeries
from storage.scope import Scope

SERIES = SQLModel.metadata.tables["refseries"]
ONE_MORE = (
    update(SERIES)
    .where(
        SERIES.c.partnership_id == bindparam("mine"),
        SERIES.c.prefix == bindparam("of"),
        SERIES.c.year == bindparam("in_year"),
    )
    .values(last=SERIES.c.last + 1)
    .returning(SERIES.c.last)
)
TYPED_REF = re.compile(r"(?:([A-Za-z][A-Za-z0-9]*)[-\s–]*)?(?:(\d{4})[-\s–]+)?0*(\d+)")


def find(scope: Scope, typed: str, group: Group | None = None) -> Sequence[Item]:
    """Return the items that "SE-2026-014", "se 14" or "14" can mean; the channel's group and later years first."""
    match = TYPED_REF.fullmatch(typed.strip())
    if match is None:
        return []
    prefix, year, number = match[1], match[2], int(match[3])
    rows = scope.all(Item, Item.number == number, order=col(Item.id).desc())
    fits = [row for row in rows if _fits(row.ref, prefix, year)]
    if group and len(fits) > 1 and not prefix:
        fits = [row for row in fits if row.group_id == group.id] or fits
    return fits


def _fits(ref: str, prefix: str | None, year: str | None) -> bool:
    its_prefix, its_year, _ = ref.rsplit("-", 2)
    return (prefix is None or prefix.upper() == its_prefix.upper()) and (year is None or year == its_year)


def next_ref(scope: Scope, group: Group) -> tuple[str, int]:
    """Give the group's next reference and its number; never one that was given before."""
    year = scope.today.year
    last = scope.run(ONE_MORE, of=group.prefix, in_year=year).scalar()
    if last is None:
        last = scope.insert(RefSeries, prefix=group.prefix, year=year, last=1).last
    return f"{group.prefix}-{year}-{last:03d}", last
