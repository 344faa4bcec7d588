"""What was said in which message: for words that are corrected by editing it."""

from __future__ import annotations

from sqlmodel import col

from lifbot.model import Evidence, LogEntry, Update
from storage.scope import Scope


def in_message(scope: Scope, event: str) -> Update | Evidence | None:
    """Return what a message's words became last: history, else evidence alone."""
    found = scope.first(Update, Update.said_in == event, order=col(Update.id).desc())
    return found or evidence_in(scope, event)


def evidence_in(scope: Scope, event: str) -> Evidence | None:
    """Return the evidence that a message's words became last; files that came with it are left out."""
    words = (Evidence.said_in == event, col(Evidence.name).is_(None))
    return scope.first(Evidence, *words, order=col(Evidence.id).desc())


def entry_of(scope: Scope, row: Update | Evidence) -> LogEntry | None:
    """Return the log's entry of what was said."""
    mine = (LogEntry.item_id == row.item_id, LogEntry.by == row.by, LogEntry.at == row.at, LogEntry.what != "undo")
    return scope.first(LogEntry, *mine, order=col(LogEntry.id).desc())
