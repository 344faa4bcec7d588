"""Databases that are filled once, and copied for each test that begins alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.db import Database
from storage.migrate import migrate
from tests.postgres import server_of

SQLITE = "sqlite:///"
_made: dict[Hashable, bytes] = {}


def fill(database_url: str, key: Hashable, filled: Callable[[str], None]) -> None:
    """Let an empty database hold what `filled` makes of one; what has the same key is made once.

    `filled` must close its connections.
    """
    if not database_url.startswith(SQLITE):
        server_of(database_url).fill(database_url, key, filled)
        return
    if key not in _made:
        with TemporaryDirectory() as folder:
            filled(f"{SQLITE}{folder}/lifbot.db")
            _made[key] = (Path(folder) / "lifbot.db").read_bytes()
    Path(database_url.removeprefix(SQLITE)).write_bytes(_made[key])


def with_tables(database_url: str) -> Database:
    """Open an empty database that has the tables of today."""
    fill(database_url, "tables", _migrate)
    return Database(database_url)


def _migrate(database_url: str) -> None:
    db = Database(database_url)
    try:
        migrate(db)
    finally:
        db.close()
