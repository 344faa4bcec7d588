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
from storage import cards, outbox, stand_ins
from storage.scope import Scope

SILENT = "It is silent for now, as all of its source; the business unit can say why."
"""What who changes something may learn of a hold, unless they may lift it."""
OPEN = ("not_started", "in_progress")
TIED = (col(Item.id), col(Item.parent), col(Item.source_id), col(Item.held))


def on_hold(scope: Scope) -> frozenset[int]:
    """Return the ids of the sources that are on hold."""
    return frozenset(id for (id,) in scope.columns(Source, (col(Source.id),), col(Source.held_at).is_not(None)))


def is_held(scope: Scope, source_id: int | None) -> bool:
    """Say whether what came of a source is to be silent; what came of none is not."""
    return source_id is not None and source_id in on_hold(scope)


def settle(scope: Scope) -> int:
    """Mark exactly the items of held sources, and all under them, as held: after a hold, a lift, an undo.

    Returns how many were shown or silenced by it. Notices that are out and milestones are looked at again.
    """
    scope.session.flush()
    held_now = on_hold(scope)
    rows = scope.with_held.columns(Item, TIED)
    wanted = _under({id for id, _, source, _ in rows if source in held_now}, rows)
    changing = [id for id, _, _, held in rows if held != (id in wanted)]
    for item in scope.with_held.all(Item, col(Item.id).in_(changing)) if changing else ():
        mark(scope, item, held=item.id in wanted)
        cards.changed(scope, item.id)
    out = (col(Notice.source_id).is_not(None), col(Notice.published_at).is_not(None))
    scope.change(Notice, {"look_again_at": scope.now}, *out)  # what stands in channels is drawn anew, where it differs
    mine = (Milestone.status == "open", col(Milestone.look_again_at).is_(None))
    scope.change(Milestone, {"look_again_at": scope.now}, *mine)  # their dates stand, since the law's clocks do
    return len(changing)


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
        _tell_of_new(scope, item)


def _ask_again(scope: Scope, item: Item) -> None:
    """Promise anew what a partnership chair was to hear while the hold stood: those words were dropped."""
    silent = (col(Escalation.ended_at).is_(None), col(Escalation.acknowledged_at).is_(None))
    for row in scope.all(Escalation, Escalation.item_id == item.id, *silent):
        key = f"escalate/{item.ref}/{row.id}/after/{scope.now.isoformat()}"
        outbox.put(scope, key, "escalation", person=row.to, about={"escalation": row.id})


def _tell_of_new(scope: Scope, item: Item) -> None:
    """Tell of an item that was logged while the hold stood, the first time that one is lifted: nobody was told then."""
    began_held = len(item.pauses) == 1 and item.pauses[0][0] == item.created_at.isoformat()
    if item.status not in OPEN or not began_held:
        return
    item.told_on = scope.today
    known, group = stand_ins.roll(scope), scope.roster.groups.get(item.group_id)
    for person, what in ((item.owner, "assigned"), *((each, "contributes") for each in item.contributors)):
        heard = stand_ins.hears(scope, known, person, group)
        if heard and heard.why != "left":
            outbox.put_change(scope, heard.person, item, what, heard.of)


def _resumed(pauses: Iterable[Sequence[str | None]], now: datetime) -> list[list[str | None]]:
    return [[start, end or now.isoformat()] for start, end in pauses]


def told_of(scope: Scope) -> Sequence[LogEntry]:
    """Return the log, oldest first, without what concerns a source on hold and all that came of it."""
    items = _ids(scope.with_held, Item, Item.held, (True,))
    sources = on_hold(scope)
    notices, requests = (_ids(scope, model, model.source_id, sources) for model in (Notice, AssuranceRequest))
    requests |= _ids(scope, AssuranceRequest, AssuranceRequest.item_id, items)
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
