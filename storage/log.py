"""The append-only log of who changed what, when and why; undo reads it, nothing rewrites it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import object_session
from sqlmodel import Session, col, select

from lifbot.model import Escalation, Evidence, Item, LogEntry
from storage import cards
from storage import stale as homes
from storage.scope import Scope

# Columns that the log and undo speak of; the sweep's own marks are not somebody's change.
WATCHED = tuple(name for name in Item.model_fields if name not in {"id", "partnership_id", "look_again_at"})
DATES = {
    "due_on",
    "original_due_on",
    "snoozed_until",
    "signed_off_on",
    "nudged_on",
    "decision_asked_on",
    "unsigned_told_on",
    "told_on",
    "chased_on",
}
MOMENTS = {
    "created_at",
    "heard_at",
    "taken_on_at",
    "offered_at",
    "waiting_since",
    "closed_at",
    "returned_at",
    "acknowledged_at",
    "decided_at",
    "ended_at",
    "look_again_at",
}


WITH = "entry "
"""How the `about` of an entry begins that came with another: "entry 57"."""
CLEARED, PASSED_ON, POINTED = "guard cleared", "guard passed on", "concern"
"""Entries that hold no change: somebody said that words identify nobody, or was pointed to local procedures."""
PASTED = "paste "  # in `about`, before what lines saved together have in common
ANSWERS = ("acknowledged_at", "decision", "decided_at", "returned_at", "ended_at", "look_again_at")


def picture(item: Item) -> dict[str, Any]:
    """Return an item's columns, and what belongs to it, as JSON values."""
    columns = _columns(item)
    session = object_session(item)
    if not isinstance(session, Session) or item.id is None:
        return columns
    escalations = session.exec(select(Escalation).where(Escalation.item_id == item.id)).all()
    standing = {str(row.id): {name: _plain(getattr(row, name)) for name in ANSWERS} for row in escalations}
    evidence = session.exec(select(Evidence.id).where(Evidence.item_id == item.id)).all()
    return {**columns, "escalations": standing, "evidence": sorted(id for id in evidence if id)}


def _of_new(item: Item) -> dict[str, Any]:
    """A new item's picture: its columns are as they were given, and nothing belongs to it."""
    given = vars(item)
    return {**{name: _plain(given[name]) for name in WATCHED}, "escalations": {}, "evidence": []}


def _columns(item: Item) -> dict[str, Any]:
    return {name: _plain(getattr(item, name)) for name in WATCHED}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def restore(scope: Scope, item: Item, values: Mapping[str, Any]) -> None:
    """Set an item, its escalations and its evidence to what `picture` gave."""
    for name, value in values.items():
        if name == "escalations":
            _restore_escalations(scope, item, value)
        elif name == "evidence":
            for row in scope.all(Evidence, Evidence.item_id == item.id, col(Evidence.id).not_in(value)):
                scope.session.delete(row)
        else:
            setattr(item, name, _rich(name, value))


def _rich(name: str, value: Any) -> Any:
    if value is not None and name in DATES:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if value is not None and name in MOMENTS else value


def _restore_escalations(scope: Scope, item: Item, values: Mapping[str, Mapping[str, Any]]) -> None:
    for row in scope.all(Escalation, Escalation.item_id == item.id):
        was = values.get(str(row.id), {"ended_at": scope.now.isoformat(), "look_again_at": None})
        for name, value in was.items():
            setattr(row, name, _rich(name, value))
        scope.add(row)


def write(
    scope: Scope,
    by: str,
    what: str,
    item: Item | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    why: str | None = None,
    about: str | None = None,
    undoes: int | None = None,
    is_new: bool = False,  # nothing belongs to the item yet
) -> LogEntry:
    """Add an entry; of an item only the columns that differ from `before` are kept, and its cards are drawn anew."""
    after = (_of_new(item) if is_new else picture(item)) if item else {}
    if item:
        scope.changed.append(item.id)
    if item and not is_new:
        cards.changed(scope, item.id)
    was = dict(before or {})
    if item:
        homes.item_changed(scope, item, was.get("owner"))
    changed = [name for name in after if was.get(name) != after[name]]
    return scope.insert(
        LogEntry,
        at=scope.now,
        by=by,
        what=what,
        item_id=item.id if item else None,
        about=about,
        why=why,
        before={name: was[name] for name in changed if name in was},
        after={name: after[name] for name in changed},
        undoes=undoes,
    )


def find(scope: Scope, id: int) -> LogEntry | None:
    """Return an entry."""
    return scope.get(LogEntry, id)


def newest(scope: Scope) -> int:
    """Return the number of the latest entry; 0 where there is none."""
    rows = scope.all(LogEntry, order=col(LogEntry.id).desc(), limit=1)
    return rows[0].id if rows else 0


def since(scope: Scope, id: int, by: str) -> Sequence[LogEntry]:
    """Return the changes to items that somebody made after an entry, oldest first."""
    mine = (LogEntry.id > id, LogEntry.by == by, col(LogEntry.item_id).is_not(None))
    return scope.all(LogEntry, *mine, order=col(LogEntry.id))


def came_with(scope: Scope, entry: LogEntry) -> Sequence[LogEntry]:
    """Return the changes of other items that came with one."""
    return scope.all(LogEntry, LogEntry.about == f"{WITH}{entry.id}", order=col(LogEntry.id))


def first_of(scope: Scope, entry: LogEntry) -> LogEntry:
    """Return the change that one came with, or itself."""
    tied = (entry.about or "").startswith(WITH)
    return (find(scope, int((entry.about or "").removeprefix(WITH))) if tied else None) or entry


def of_item(scope: Scope, item: Item) -> Sequence[LogEntry]:
    """Return all the changes of an item, oldest first."""
    return scope.all(LogEntry, LogEntry.item_id == item.id, order=col(LogEntry.id))


def standing(scope: Scope, item: Item) -> Sequence[LogEntry]:
    """Return the changes of an item that were not taken back, oldest first."""
    rows = of_item(scope, item)
    taken_back = {row.undoes for row in rows if row.undoes}
    return [row for row in rows if row.id not in taken_back and row.what != "undo"]


def last_of(scope: Scope, by: str) -> LogEntry | None:
    """Return the last change that somebody made."""
    change = col(LogEntry.what).not_in((CLEARED, PASSED_ON, POINTED))
    return scope.first(LogEntry, LogEntry.by == by, change, order=col(LogEntry.id).desc())


def pasted_with(scope: Scope, entry: LogEntry) -> Sequence[LogEntry]:
    """Return the entries of the lines that were pasted and saved together with one, which is among them; else none."""
    if not (entry.about or "").startswith(PASTED):
        return ()
    return scope.all(LogEntry, LogEntry.about == entry.about, LogEntry.by == entry.by, order=col(LogEntry.id))


def undone(scope: Scope, entry: LogEntry) -> bool:
    """Say whether an entry was taken back."""
    return scope.first(LogEntry, LogEntry.undoes == entry.id) is not None
