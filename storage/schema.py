"""Whether a database has the newest schema, told without alembic: to load that takes a good part of a start."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.db import Database

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def is_newest(db: Database) -> bool:
    """Say whether nothing is to be migrated; False also where that cannot be told."""
    newest = max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    try:
        with db.engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest]
    except DBAPIError:
        return False
