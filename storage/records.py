"""What is logged beside items: sources, notices, requests and their like, by reference, with every change of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import SQLModel, col

from lifbot.model import (
    AssuranceAnswer,
    AssuranceRequest,
    Challenge,
    HandOff,
    Impact,
    LogEntry,
    Milestone,
    Notice,
    Practice,
    Receipt,
    RefSeries,
    Source,
)
from storage import holds, log
from storage.refs import ONE_MORE
from storage.scope import Scope

Record = TypeVar("Record", bound=SQLModel)

KINDS: Mapping[str, type[SQLModel]] = {
    "source": Source,
    "milestone": Milestone,
    "notice": Notice,
    "receipt": Receipt,
    "request": AssuranceRequest,
    "answer": AssuranceAnswer,
    "practice": Practice,
    "challenge": Challenge,
    "impact": Impact,
    "hand_off": HandOff,
}
TYPED: Mapping[str, type[SQLModel]] = {"source": Source, "notice": Notice, "request": AssuranceRequest}
"""Those that people name by a reference."""
PREFIXES: Mapping[type[SQLModel], str] = {Source: "LR", Notice: "DN", AssuranceRequest: "AR"}
"""Series of the partnership's own; no group may have such a prefix."""
OWN_MARKS = frozenset({"look_again_at", "nudged_on", "told_on", "unit_told_on", "chased", "sent_at"})
"""What the program notes on a record as it goes: no change of anybody's."""


def kind_of(row: SQLModel) -> str:
    """Return the name of a record's kind, as the log and the outbox have it."""
    return next(name for name, model in KINDS.items() if isinstance(row, model))


def name_of(row: Any) -> str:
    """Return what the log and questions call a record: "notice 12"."""
    return f"{kind_of(row)} {row.id}"


def named(scope: Scope, name: str) -> Any:
    """Return the record of a name that `name_of` gave, or None."""
    kind, _, id = name.partition(" ")
    return scope.get(KINDS[kind], int(id)) if kind in KINDS else None


def next_ref(scope: Scope, model: type[SQLModel]) -> tuple[str, int]:
    """Give the next reference of a kind's own series and its number; never one that was given before."""
    prefix, year = PREFIXES[model], scope.today.year
    last = scope.run(ONE_MORE, of=prefix, in_year=year).scalar()
    if last is None:
        last = scope.insert(RefSeries, prefix=prefix, year=year, last=1).last
    return f"{prefix}-{year}-{last:03d}", last


def find(scope: Scope, model: type[Record], typed: str) -> Sequence[Record]:
    """Return the records that "DN-2026-003", "dn 3" or "3" can mean, the newest first."""
    parts = typed.upper().replace("–", "-").replace("-", " ").split()
    if parts and parts[0] == PREFIXES[model]:
        parts = parts[1:]
    if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return []
    table: Any = model
    rows = scope.all(model, table.number == int(parts[-1]), order=col(table.id).desc())
    return [row for row in rows if len(parts) == 1 or f"-{parts[0]}-" in row.ref]  # type: ignore[attr-defined]  # the kinds with a series have one


def picture(row: SQLModel) -> dict[str, Any]:
    """Return a record's columns as JSON values, without the program's own marks."""
    names = (name for name in type(row).model_fields if name not in {"id", "partnership_id"} | OWN_MARKS)
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value


def write(
    scope: Scope,
    by: str,
    what: str,
    row: Any,
    *,
    before: Mapping[str, Any] | None = None,
    why: str | None = None,
    belongs_to: LogEntry | None = None,
) -> LogEntry:
    """Keep a new or changed record with its log entry; undo takes it back with the entry that it belongs to."""
    scope.add(row)
    was, after = dict(before or {}), picture(row)
    changed = [name for name in after if name not in was or was[name] != after[name]]
    entry = log.write(scope, by, what, why=why, about=f"{log.WITH}{belongs_to.id}" if belongs_to else None)
    entry.record = name_of(row)
    entry.before = {name: was[name] for name in changed if name in was}
    entry.after = {name: after[name] for name in changed}
    scope.add(entry)
    return entry


def has_changed_since(scope: Scope, entry: LogEntry) -> bool:
    """Say whether a record is no longer as an entry left it."""
    row = named(scope, entry.record or "")
    return row is None or any(picture(row).get(name) != value for name, value in entry.after.items())


def take_back(scope: Scope, entry: LogEntry, by: str) -> Any:
    """Set a record to what it was before an entry; one that was new is withdrawn, since its reference stays."""
    row = named(scope, entry.record or "")
    before = picture(row)
    if entry.before or not entry.after:
        for name, value in entry.before.items():
            setattr(row, name, _rich(row, name, value))
    else:
        row.status = "withdrawn"
    scope.add(row)
    if isinstance(row, Source):
        holds.settle(scope)  # a hold, or its lift, was taken back
    if "look_again_at" in type(row).model_fields:
        row.look_again_at = None if row.status in ("withdrawn", "closed") else scope.now
    done = write(scope, by, "undo", row, before=before)
    done.undoes = entry.id
    scope.add(done)
    return row


def _rich(row: SQLModel, name: str, value: Any) -> Any:
    python = inspect(type(row)).columns[name].type.python_type
    if value is None or python not in (date, datetime):
        return value
    return python.fromisoformat(value)


def due(scope: Scope, model: type[Record]) -> Sequence[Record]:
    """Return the records of a kind whose moment has come, the oldest first."""
    table: Any = model
    return scope.all(model, table.look_again_at <= scope.now, order=col(table.id))
