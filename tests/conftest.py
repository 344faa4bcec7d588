"""What every test may ask for: a fresh database on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

from tests import one_dialect
from tests.postgres import Server

# Machines that are shared can be slow for a moment: that is no fault of the code.
settings.register_profile("lifbot", deadline=None)
settings.load_profile("lifbot")
one_dialect.share()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for the whole run, started when the first test asks for it."""
    with Server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, once on SQLite and once on PostgreSQL."""
    yield from _empty(request.param, request, tmp_path)


@pytest.fixture
def either_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database: for half of the tests on SQLite, by their names, else on PostgreSQL.

    For tests of what people do, in files that hold many of them: what a database does differently is tested elsewhere.
    """
    yield from _empty(("sqlite", "postgres")[crc32(request.node.nodeid.encode()) % 2], request, tmp_path)


def _empty(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'lifbot.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.new_database()
    yield url
    server.drop_database(url)
