"""The workspace's own small SQLite file: every statement is committed before it returns."""

import sqlite3
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from lifbot.playground.wall import real_seconds

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages(
  ts TEXT PRIMARY KEY, channel TEXT NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
  blocks TEXT NOT NULL, metadata TEXT, thread_ts TEXT, only_for TEXT, at TEXT NOT NULL,
  edited INTEGER NOT NULL DEFAULT 0, reactions TEXT NOT NULL DEFAULT '[]');
CREATE INDEX IF NOT EXISTS messages_by_place ON messages(channel, thread_ts, ts);
CREATE INDEX IF NOT EXISTS messages_since ON messages(channel, ts, kind, author, only_for);
CREATE TABLE IF NOT EXISTS members(channel TEXT, person TEXT, PRIMARY KEY(channel, person));
CREATE TABLE IF NOT EXISTS reads(channel TEXT, person TEXT, ts TEXT, PRIMARY KEY(channel, person));
CREATE TABLE IF NOT EXISTS views(
  id TEXT PRIMARY KEY, person TEXT NOT NULL, kind TEXT NOT NULL, height INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers(
  token TEXT PRIMARY KEY, channel TEXT NOT NULL, person TEXT NOT NULL, original_ts TEXT, thread_ts TEXT,
  uses INTEGER NOT NULL DEFAULT 0, made_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS files(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, size INTEGER NOT NULL, content BLOB, ts TEXT);
CREATE INDEX IF NOT EXISTS files_by_message ON files(ts);
CREATE TABLE IF NOT EXISTS deliveries(
  event_id TEXT PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
"""


class Database:
    """One connection, one writer at a time, and a bell that rings after each change."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None, timeout=5)
        self._connection.row_factory = sqlite3.Row
        # The file must outlive the process, not the machine's power: WAL with NORMAL is enough, and quick.
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
        self.revision = int(real_seconds() * 1000)  # never the number of an earlier process, which a page may hold
        self._watchers: list[Callable[[], object]] = []

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Every row that the query finds."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def named(self, sql: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        """Every row that the query with named places finds."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row that the query finds."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def write(self, sql: str, *values: object) -> int:
        """Does and commits one statement; the number of rows it touched."""
        with self._lock:
            touched = self._connection.execute(sql, values).rowcount
        self.ring()
        return touched

    def ring(self) -> None:
        """Tells all who watch that something changed."""
        self.revision += 1
        for watcher in tuple(self._watchers):
            watcher()

    def watch(self, watcher: Callable[[], object]) -> Callable[[], None]:
        """Calls `watcher` after each change, until the function returned is called."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()
