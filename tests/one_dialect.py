"""What SQLAlchemy has compiled serves every test of a process, as it serves every transaction of the program.

Each test has a database of its own, and with it an engine. An engine keeps what it has compiled to itself, so each test
would compile all its statements anew: more than a third of the time of a short one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from storage import db

MOST = 5000  # compiled statements
_first: dict[str, Engine] = {}


def share() -> None:
    """Let the engines that `storage/db.py` makes from now on share what they compile, for each kind of database."""
    db.create_engine = _create  # type: ignore[assignment, attr-defined]  # the name that it calls


def _create(url: str, **given: Any) -> Engine:
    engine = sqlalchemy.create_engine(url, **given)
    first = _first.setdefault(engine.dialect.name, engine)
    if first is engine:
        engine._compiled_cache = LRUCache(MOST)
    elif getattr(first.dialect, "server_version_info", None):  # it has been connected, so it knows its server
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    else:
        _first[engine.dialect.name] = engine
    return engine
