"""The engine and the one way to open a transaction, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlmodel import Session

T = TypeVar("T")

__all__ = ["Database", "Session", "take_turn"]

POSTGRES_THREADS = 10


class Database:
    """One database. `begin()` is one transaction; `run` is how async edges call it."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.engine = sqlite(url) if self.is_sqlite else postgres(url)
        # SQLite has one writer at a time: waiting here is fair, waiting in its busy handler is not.
        self._turn: AbstractContextManager[Any] = threading.RLock() if self.is_sqlite else nullcontext()
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_THREADS, "storage")

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a transaction that commits at the end, or changes nothing if anything is raised."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Run storage work in a thread of its own, so that the event loop never waits for a disk."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    def close(self) -> None:
        """Let go of all connections and threads."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def sqlite(url: str) -> Engine:
    """Return an engine whose transactions take the write lock at once and survive a power cut."""
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def postgres(url: str) -> Engine:
    """Return an engine on psycopg, whichever of the usual spellings the URL has."""
    _, _, rest = url.partition("://")
    return create_engine(f"postgresql+psycopg://{rest}", pool_size=POSTGRES_THREADS, pool_pre_ping=True)


def take_turn(session: Session, partnership_id: str) -> None:
    """Make changes to one partnership wait for each other until this transaction ends (SQLite's always do)."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:id))"), {"id": f"lifbot/{partnership_id}"}
        )
