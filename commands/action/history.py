"""An item's history as people read it: what was said and decided, with evidence, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from commands.context import Context
from lifbot.calendar import local_day, say_date
from lifbot.grammar import clip
from lifbot.links import Link, is_link, name_of
from lifbot.message import Block, Fine, Quote, Say
from lifbot.model import Evidence, Item, Update
from storage import items

NAMES = {"more_time": "more time asked", "signed_off": "signed off", "cannot": "cannot complete"}
BEFORE = 300  # characters of what stood there before
Entry = tuple[datetime, list[Block]]


def history(ctx: Context, item: Item) -> list[Block]:
    """Return what was said and decided, oldest first; corrected words stand once, with what they were before."""
    entries = [*_updates(ctx, items.updates(ctx.scope, item)), *_escalations(ctx, item)]
    return [block for _, blocks in sorted(entries, key=lambda entry: entry[0]) for block in blocks]


def evidence(ctx: Context, item: Item) -> list[Block]:
    """Return the evidence that has something to open, a line each; words alone stand in the history."""
    rows = items.evidence(ctx.scope, item)
    replaced = {row.corrects for row in rows}
    return [_link(ctx, row) for row in rows if row.url and row.id not in replaced]


def _link(ctx: Context, row: Evidence) -> Block:
    url = row.url or ""
    said = f"Evidence of {_day(ctx, row.at)}, {ctx.reader.name(row.by)}:"
    return Link(said, name_of(url, row.name), url) if is_link(url) else Say(f"{said} {row.name or ''} {url}")


def _updates(ctx: Context, rows: Sequence[Update]) -> Iterator[Entry]:
    by_id = {row.id: row for row in rows}
    replaced = {row.corrects for row in rows}
    for row in rows:
        if row.id in replaced:
            continue
        earlier = list(_before(row, by_id))
        first = earlier[-1] if earlier else row
        who = ctx.reader.name(row.by) + (f" for {ctx.reader.name(row.for_person)}" if row.for_person else "")
        by = f"{_day(ctx, first.at)}, {NAMES.get(row.kind, row.kind)}, {who}"
        shown: Block = Quote(row.text, by) if row.text else Say(by)
        later = [row, *earlier]
        fine = (_corrected(ctx, new, old) for new, old in zip(later, earlier, strict=False) if old.text != row.text)
        yield first.at, [shown, *fine]


def _before(row: Update, by_id: dict[int, Update]) -> Iterator[Update]:
    """What a correction replaced, the latest first."""
    while row.corrects and (earlier := by_id.get(row.corrects)):
        yield earlier
        row = earlier


def _corrected(ctx: Context, new: Update, old: Update) -> Block:
    return Fine(f"Corrected on {_day(ctx, new.at)}; before: “{clip(old.text, BEFORE)}”")


def _escalations(ctx: Context, item: Item) -> Iterator[Entry]:
    for taken in items.escalations(ctx.scope, item):
        decision = f" {taken.decision}" if taken.decision else ""
        by = f"{_day(ctx, taken.at)}, {taken.reason.replace('_', ' ')}"
        yield taken.at, [Quote(f"Partnership chair asked for help.{decision}", by)]


def _day(ctx: Context, moment: datetime) -> str:
    return say_date(local_day(moment, ctx.scope.zone))
