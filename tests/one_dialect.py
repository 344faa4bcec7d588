"""What SQLAlchemy has compiled serves every test of a process, as it serves every transaction of the program.

Each test has a database of its own, and with it an engine. An engine keeps what it has compiled to itself, so each test
would compile all its statements anew: more than half of the time of a short one.
"""

from __future__ import annotations

import sys
from typing import Any

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

MOST = 5000  # compiled statements
_made = sqlalchemy.create_engine
_first: dict[str, Engine] = {}


def share() -> None:
    """Let engines that are made from now on share what they compile, for each kind of database.

    It comes before the program is loaded, which takes `create_engine` from the library by its name.
    """
    assert "storage.db" not in sys.modules
    sqlalchemy.create_engine = _create


def _create(*args: Any, **given: Any) -> Engine:
    engine = _made(*args, **given)
    first = _first.setdefault(engine.dialect.name, engine)
    if first is engine:
        engine._compiled_cache = LRUCache(MOST)
    elif getattr(first.dialect, "server_version_info", None):  # it has been connected, so it knows its server
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    else:
        _first[engine.dialect.name] = engine
    return engine
