"""What `bot.py setup` and `bot.py export` do, in this process: to start another takes seconds, often in a story."""

from __future__ import annotations

import json
from typing import Any

from lifbot.partnership_file import read
from lifbot.reports.export import as_json
from storage import due
from storage.clock import WorldClock
from storage.db import Database
from storage.export import whole_log
from storage.scope import Scope
from storage.setup import apply
from tests.ready import fill, with_tables


def load(database_url: str, text: str) -> None:
    """Load a partnership file into an empty database."""
    fill(database_url, ("loaded", text), lambda url: _load(url, text))


def _load(database_url: str, text: str) -> None:
    db = with_tables(database_url)
    try:
        now = WorldClock(db, travel=True).now()
        with db.begin() as session:
            apply(session, read(text), now, remove=False)
    finally:
        db.close()


def export(database_url: str) -> dict[str, Any]:
    """Return the whole log of the one partnership."""
    db = Database(database_url)
    try:
        now = WorldClock(db, travel=True).now()
        with db.begin() as session:
            (partnership,) = due.partnerships(session)
            found: dict[str, Any] = json.loads(as_json(whole_log(Scope(session, partnership, now))))
        return found
    finally:
        db.close()
