"""The engine and the one way to open a transaction, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlmodel import Session

from lifbot.errors import LifError
from storage.group_commit import GroupCommit
from storage.roster import Keeper, read_anew
from storage.stamp import READ_STAMP

T = TypeVar("T")

__all__ = ["Database", "SQLAlchemyError", "Session", "take_turn", "unless_there"]

POSTGRES_THREADS = 10
UNREADABLE = (
    "DATABASE_URL cannot be read. Please write sqlite:///lifbot.db or postgresql://user:password@host/database "
    "(in a password, %40 for an @ and %3A for a colon)."
)
QUIET: dict[str, Any] = {"hide_parameters": True}  # what people wrote is in no error, and so in no log
WITHIN: Literal["rollback_only"] = "rollback_only"  # a transaction that is open already and goes on
SQLITE_PATIENCE = 30  # seconds to wait for another process's transaction


class Database:
    """One database. `begin()` is one transaction; `run` is how async edges call it. LifError for a URL that is none."""

    def __init__(self, url: str, public_url: str = "") -> None:
        self.public_url = public_url  # where people's browsers reach this installation, for the links it makes
        self.is_sqlite = url.startswith("sqlite")
        try:
            self.engine = sqlite(url) if self.is_sqlite else postgres(url)
        except (ArgumentError, ValueError):  # their text may repeat the URL, and with it a password
            raise LifError(UNREADABLE) from None
        # SQLite has one writer at a time: waiting here is fair, waiting in its busy handler is not.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()
        self._here = threading.local()
        self._line = GroupCommit(self._together) if self.is_sqlite else None
        self._threads = ThreadPoolExecutor(POSTGRES_THREADS, "storage")
        self._kept: Connection | None = None
        self._keeping = threading.Lock()
        self._keeper = Keeper()
        self._glance: sqlite3.Connection | None = None

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a transaction that commits at the end, or changes nothing if anything is raised."""
        if getattr(self._here, "is_open", False):  # it would wait for itself, on SQLite always
            raise RuntimeError("a transaction is open in this thread already: hand its session on")
        self._here.is_open = True
        try:
            with self._session() as session:
                session.info["public_url"] = self.public_url
                self._keeper.opens(session)
                yield session
        finally:
            self._here.is_open = False

    @contextmanager
    def _session(self) -> Iterator[Session]:
        together: Connection | None = getattr(self._here, "together", None)
        if together is None:
            with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
            return
        with _savepoint(together), Session(together, expire_on_commit=False, join_transaction_mode=WITHIN) as session:
            yield session
            session.flush()

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Run storage work in a thread of its own, so that the event loop never waits for a disk."""
        if self._line:
            return await self._line.do(work, *args)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Let all that begins in this thread be savepoints of one transaction."""
        with self._turn, self.engine.begin() as connection:
            self._here.together = connection
            try:
                yield
            finally:
                self._here.together = None

    def answers(self) -> Mapping[Any, Any]:
        """Return the answers that still hold as the roster does; none where to ask for that would mean to wait.

        SQLite is asked without a transaction, in a few microseconds, so the event loop may do it.
        """
        if not self.is_sqlite:
            return {}
        try:
            self._glance = self._glance or sqlite3.connect(self.engine.url.database or "", 0, check_same_thread=False)
            found = self._glance.execute(READ_STAMP).fetchone()
        except sqlite3.OperationalError:  # somebody has it to themselves for a moment
            return {}
        return self._keeper.under(found and found[0]).answers

    def holder(self) -> int:
        """Return what stands for this process as long as it lives: a connection that PostgreSQL would see end."""
        if self.is_sqlite:
            return os.getpid()
        with self._keeping:
            try:
                return self._kept_id()
            except DBAPIError:  # that connection is gone, and with it what it stood for
                self._let_go()
                return self._kept_id()

    def _kept_id(self) -> int:
        if self._kept is None:
            self._kept = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        id: int = self._kept.execute(text("SELECT pg_backend_pid()")).scalar_one()
        return id

    def _let_go(self) -> None:
        if self._kept is not None:
            with suppress(DBAPIError):
                self._kept.close()
        self._kept = None

    def close(self) -> None:
        """Let go of all connections and threads."""
        if self._line:
            self._line.close()
        self._threads.shutdown(wait=True)
        self._let_go()
        if self._glance:
            self._glance.close()
        self.engine.dispose()


def sqlite(url: str) -> Engine:
    """Return an engine whose transactions take the write lock at once and survive a power cut."""
    engine = create_engine(url, connect_args={"timeout": SQLITE_PATIENCE, "check_same_thread": False}, **QUIET)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        _write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """Let what is done within count or not count by itself."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("SAVEPOINT work").close()
    try:
        yield
    except BaseException:
        driver.execute("ROLLBACK TO work").close()
        raise
    finally:
        driver.execute("RELEASE work").close()


def _write_ahead(connection: Any) -> None:
    """Switch to WAL; SQLite does not wait by itself when another process is just switching a new file."""
    deadline = time.monotonic() + SQLITE_PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def postgres(url: str) -> Engine:
    """Return an engine on psycopg, whichever of the usual spellings the URL has."""
    _, _, rest = url.partition("://")
    return create_engine(f"postgresql+psycopg://{rest}", pool_size=POSTGRES_THREADS, pool_pre_ping=True, **QUIET)


@cache
def unless_there(table: Table, dialect: str) -> Insert:
    """Return the statement that puts a row in and gives its id; nothing where one with its key is there already.

    PostgreSQL's driver does not count the rows of an insert, so what it gives back is what tells.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)


def take_turn(session: Session, partnership_id: str) -> None:
    """Make changes to one partnership wait for each other until this transaction ends (SQLite's always do)."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:id))"), {"id": f"lifbot/{partnership_id}"}
        )
        read_anew(session)
