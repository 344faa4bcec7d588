"""Transactions on SQLite and PostgreSQL: whole or not at all, one after the other, also when killed."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, col, select

from lifbot.errors import LifError
from lifbot.model import Board, Partnership, RefSeries, Seen
from storage.asked import seen_before
from storage.db import Database, take_turn
from storage.migrate import migrate
from tests.postgres import Server

NOW = datetime(2026, 3, 31, 9, 30, 0, 123456, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    migrate(database)
    yield database
    database.close()


def _note(session: Session, event: str, at: datetime = NOW) -> None:
    session.add(Seen(event=event, at=at))
    session.flush()


def _noted(database: Database) -> list[str]:
    with database.begin() as session:
        return sorted(session.exec(select(Seen.event)).all())


# --- whole or not at all ----------------------------------------------------------------------------------------


def test_what_is_written_stands_when_the_transaction_ends(database: Database) -> None:
    with database.begin() as session:
        _note(session, "kept")
    assert _noted(database) == ["kept"]


def test_nothing_stands_when_anything_is_raised(database: Database) -> None:
    def fails_half_way() -> None:
        with database.begin() as session:
            _note(session, "lost")
            raise LifError("Please say who the owner is.")

    with pytest.raises(LifError, match="owner"):
        fails_half_way()
    assert _noted(database) == []


def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin() as session:
        session.add(Board(partnership_id="nobody", id="b", name="A Board", scope="children"))
    with database.begin() as session:
        assert session.exec(select(Board)).all() == []


def test_part_of_a_transaction_can_be_taken_back(database: Database) -> None:
    def refused(session: Session) -> None:
        with session.begin_nested():
            _note(session, "first")

    with database.begin() as session:
        _note(session, "first")
        session.expunge_all()
        with pytest.raises(IntegrityError):
            refused(session)
        with session.begin_nested():
            _note(session, "second")
    assert _noted(database) == ["first", "second"]


def test_a_part_that_was_kept_goes_with_the_whole(database: Database) -> None:
    def fails_at_the_end() -> None:
        with database.begin() as session:
            with session.begin_nested():
                _note(session, "lost")
            raise LifError("Please try again.")

    with pytest.raises(LifError, match="again"):
        fails_at_the_end()
    assert _noted(database) == []


def test_a_transaction_inside_a_transaction_is_refused_at_once(database: Database) -> None:
    with database.begin() as outer:
        _note(outer, "outer")
        with pytest.raises(RuntimeError, match="hand its session on"), database.begin():
            pass
    assert _noted(database) == ["outer"]


async def test_async_edges_hand_work_to_a_thread(database: Database) -> None:
    assert await database.run(_noted, database) == []
    threads = {await database.run(threading.get_ident) for _ in range(5)}
    assert threading.get_ident() not in threads


# --- one after the other ----------------------------------------------------------------------------------------


def _count_up(database: Database, times: int) -> None:
    for _ in range(times):
        with database.begin() as session:
            take_turn(session, "kirklees")
            series = session.get_one(RefSeries, ("kirklees", "SE", 2026))
            series.last += 1


def test_numbers_are_never_given_twice_by_threads_and_processes(database: Database, database_url: str) -> None:
    with database.begin() as session:
        session.add(Partnership(id="kirklees", name="Kirklees", abbreviation="KSCP"))
        session.flush()
        session.add(RefSeries(partnership_id="kirklees", prefix="SE", year=2026))
    other = Database(database_url)  # as another process has it: it knows nothing of this one's turn
    with ThreadPoolExecutor(6) as threads:
        for done in [threads.submit(_count_up, one, 15) for one in (database, other) * 3]:
            done.result()
    other.close()
    with database.begin() as session:
        assert session.get_one(RefSeries, ("kirklees", "SE", 2026)).last == 90


def _in_a_thread(work: Callable[[], Any]) -> threading.Event:
    done = threading.Event()

    def works() -> None:
        work()
        done.set()

    threading.Thread(target=works, daemon=True).start()
    return done


def test_changes_to_one_partnership_wait_for_each_other(database: Database) -> None:
    def changes() -> None:
        with database.begin() as session:
            take_turn(session, "kirklees")
            _note(session, "second")

    with database.begin() as session:
        take_turn(session, "kirklees")
        done = _in_a_thread(changes)
        assert not done.wait(0.3)
        _note(session, "first")
    assert done.wait(20)
    assert _noted(database) == ["first", "second"]


def test_on_postgresql_other_partnerships_do_not_wait(postgres: Server) -> None:
    url = postgres.new_database()
    database = Database(url)

    def changes() -> None:
        with database.begin() as session:
            take_turn(session, "leeds")

    with database.begin() as session:
        take_turn(session, "kirklees")
        assert _in_a_thread(changes).wait(20)
    database.close()
    postgres.drop_database(url)


def test_a_new_file_that_another_process_is_just_making_is_waited_for(tmp_path: Path) -> None:
    maker = sqlite3.connect(tmp_path / "lifbot.db", isolation_level=None)
    maker.execute("BEGIN IMMEDIATE")
    database = Database(f"sqlite:///{tmp_path / 'lifbot.db'}")
    done = _in_a_thread(lambda: migrate(database))
    assert not done.wait(0.3)
    maker.execute("COMMIT")
    maker.close()
    assert done.wait(20)
    assert _noted(database) == []
    database.close()


# --- a process that is killed -----------------------------------------------------------------------------------

DIES_HALF_WAY = """
import sys, time
from datetime import UTC, datetime
from lifbot.model import Seen
from storage.asked import seen_before
from storage.db import Database, take_turn

database = Database(sys.argv[1])
with database.begin() as session:
    session.add(Seen(event="kept", at=datetime(2026, 3, 31, tzinfo=UTC)))
with database.begin() as session:
    take_turn(session, "kirklees")
    session.add(Seen(event="lost", at=datetime(2026, 3, 31, tzinfo=UTC)))
    session.flush()
    print("half way", flush=True)
    time.sleep(60)
"""


def test_a_killed_process_leaves_nothing_half_done_and_nobody_waiting(database: Database, database_url: str) -> None:
    dying = [sys.executable, "-c", DIES_HALF_WAY, database_url]
    with subprocess.Popen(dying, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "half way\n"
        process.send_signal(signal.SIGKILL)
    started = time.monotonic()
    with database.begin() as session:
        take_turn(session, "kirklees")
        _note(session, "after")
    assert time.monotonic() - started < 20
    assert _noted(database) == ["after", "kept"]


# --- moments ----------------------------------------------------------------------------------------------------


def test_a_moment_comes_back_as_it_went_in_and_in_utc(database: Database) -> None:
    with database.begin() as session:
        _note(session, "summer", NOW.astimezone(LONDON))
    with database.begin() as session:
        at = session.get_one(Seen, "summer").at
        assert (at, at.tzinfo, at.utcoffset()) == (NOW, UTC, timedelta(0))


def test_moments_are_compared_as_moments_whatever_zone_they_are_said_in(database: Database) -> None:
    with database.begin() as session:
        _note(session, "half past nine in UTC")
    asked = {minutes: (NOW + timedelta(minutes=minutes)).astimezone(LONDON) for minutes in (-1, 0, 1)}
    with database.begin() as session:
        found = {minutes: session.exec(select(Seen).where(col(Seen.at) < at)).all() for minutes, at in asked.items()}
    assert {minutes: len(rows) for minutes, rows in found.items()} == {-1: 0, 0: 0, 1: 1}


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs its time zone"), database.begin() as session:
        _note(session, "naive", datetime(2026, 3, 31, 9))  # noqa: DTZ001  # the very thing that is refused
    assert _noted(database) == []


# --- addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_spelling_of_postgresql_is_understood(postgres: Server, scheme: str) -> None:
    url = postgres.new_database()
    database = Database(url.replace("postgresql", scheme, 1))
    with database.begin() as session:
        assert session.connection().dialect.driver == "psycopg"
    database.close()
    postgres.drop_database(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot:hush@db:port/lif",
        "sqlite://hush/lifbot.db",
        "sqlite:lifbot.db",
    ],
)
def test_an_address_that_is_none_is_said_in_one_line_without_its_password(url: str) -> None:
    with pytest.raises(LifError) as told:
        Database(url)
    assert told.value.text.startswith("DATABASE_URL cannot be read. Please write sqlite:///lifbot.db or postgresql://")
    assert "hu" not in told.value.text
    assert "\n" not in told.value.text


def test_what_is_there_already_is_known_on_both_databases(database: Database) -> None:
    with database.begin() as session:
        assert not seen_before(session, "kirklees/slack:C0SE:1.1", NOW)
        assert seen_before(session, "kirklees/slack:C0SE:1.1", NOW)
