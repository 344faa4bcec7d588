"""Sources on hold: what came of them is silent, and an item of one is not read at all unless `Scope.with_held` is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col

from lifbot.model import (
    AssuranceAnswer,
    AssuranceRequest,
    Challenge,
    Escalation,
    HandOff,
    Impact,
    Item,
    LogEntry,
    Milestone,
    Notice,
    Practice,
    Receipt,
    Source,
)
from storage import cards, outbox
from storage.scope import Scope

OPEN = ("not_started", "in_progress")
TIED = (col(Item.id), col(Item.parent), col(Item.source_id), col(Item.held))


def on_hold(scope: Scope) -> frozenset[int]:
    """Return the ids of the sources that are on hold."""
    return frozenset(id for (id,) in scope.columns(Source, (col(Source.id),), col(Source.held_at).is_not(None)))


def is_held(scope: Scope, source_id: int | None) -> bool:
    """Say whether what came of a source is to be silent; what came of none is not."""
    return source_id is not None and source_id in on_hold(scope)


def settle(scope: Scope) -> None:
    """Mark exactly the items of held sources, and all under them, as held: after a hold, a lift, an undo."""
    scope.session.flush()
    rows = scope.with_held.columns(Item, TIED)
    sources = on_hold(scope)
    wanted = _under({id for id, _, source, _ in rows if source in sources}, rows)
    changing = [id for id, _, _, held in rows if held != (id in wanted)]
    for item in scope.with_held.all(Item, col(Item.id).in_(changing)) if changing else ():
        mark(scope, item, held=item.id in wanted)
        cards.changed(scope, item.id)


def _under(held: set[int], rows: Sequence[tuple[int, int | None, int | None, bool]]) -> set[int]:
    """Those items and all under them, at any depth."""
    found, nearest = set(held), held
    while nearest:
        nearest = {id for id, parent, *_ in rows if parent in nearest} - found
        found |= nearest
    return found


def begins_held(scope: Scope, source_id: int | None, parent: int | None) -> bool:
    """Say whether a new item is silent from the start: its source is on hold, or what it belongs to is held."""
    above = scope.with_held.get(Item, parent)
    return is_held(scope, source_id) or bool(above and above.held)


def mark(scope: Scope, item: Item, *, held: bool) -> None:
    """Silence an item and stop its clocks, or let both go on from where they were."""
    item.held, now = held, scope.now
    if item.status in OPEN:
        item.pauses = [*item.pauses, [now.isoformat(), None]] if held else _resumed(item.pauses, now)
    if not held and item.waiting_since:
        item.waiting_since = now  # the days of the hold were nobody's to decide in
    item.look_again_at = now if not held and (item.status in OPEN or item.waiting) else None
    scope.add(item)
    if not held:
        _ask_again(scope, item)


def _ask_again(scope: Scope, item: Item) -> None:
    """Promise anew what a partnership chair was to hear while the hold stood: those words were dropped."""
    silent = (col(Escalation.ended_at).is_(None), col(Escalation.acknowledged_at).is_(None))
    for row in scope.all(Escalation, Escalation.item_id == item.id, *silent):
        key = f"escalate/{item.ref}/{row.id}/after/{scope.now.isoformat()}"
        outbox.put(scope, key, "escalation", person=row.to, about={"escalation": row.id})


def _resumed(pauses: Iterable[Sequence[str | None]], now: datetime) -> list[list[str | None]]:
    return [[start, end or now.isoformat()] for start, end in pauses]


def told_of(scope: Scope) -> Sequence[LogEntry]:
    """Return the log, oldest first, without what concerns a source on hold and all that came of it."""
    items = _ids(scope.with_held, Item, Item.held, (True,))
    sources = on_hold(scope)
    notices, requests = (_ids(scope, model, model.source_id, sources) for model in (Notice, AssuranceRequest))
    silent = {
        "source": sources,
        "milestone": _ids(scope, Milestone, Milestone.source_id, sources),
        "notice": notices,
        "receipt": _ids(scope, Receipt, Receipt.notice_id, notices),
        "request": requests,
        "answer": _ids(scope, AssuranceAnswer, AssuranceAnswer.request_id, requests),
        "practice": _ids(scope, Practice, Practice.item_id, items),
        "challenge": _ids(scope, Challenge, Challenge.item_id, items),
        "impact": _ids(scope, Impact, Impact.item_id, items),
        "hand_off": _ids(scope, HandOff, HandOff.from_item, items) | _ids(scope, HandOff, HandOff.to_item, items),
    }
    names = {f"{kind} {id}" for kind, ids in silent.items() for id in ids}
    every = scope.all(LogEntry, order=col(LogEntry.id))
    return [row for row in every if row.item_id not in items and row.record not in names]


def _ids(scope: Scope, model: Any, column: Any, among: Collection[Any]) -> frozenset[int]:
    """The ids of the rows whose column is one of these values."""
    rows = scope.columns(model, (model.id,), col(column).in_(among)) if among else ()
    return frozenset(id for (id,) in rows)
