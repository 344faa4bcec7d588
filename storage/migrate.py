"""Bringing a database to the newest schema, and writing the next step when lifbot.model changes.

Once the schema is out in the world, `make migration m="add impact to items"` writes the next file in
migrations/versions: read it, mend it for the rows that exist, keep it. There is no way back but a copy of the database
taken before. Until the first release, `make migration` without a message writes the first file anew.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from lifbot import model
from lifbot.errors import LifError
from storage.db import Database

MIGRATIONS = Path(__file__).parent / "migrations"
NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
NEWER = (
    "The database is newer than this program: it is at revision {}, which this program does not know. "
    "Please start the newer version of lifbot."
)
NO_POSTGRES = (
    "The PostgreSQL that DATABASE_URL names does not answer. Please check that it is running, "
    "and DATABASE_URL's host, port, user, password and database."
)


def migrate(db: Database, folder: Path = MIGRATIONS) -> tuple[str, str]:
    """Bring the database to the newest schema; returns the revisions before and after, "" for an empty database."""
    with _alone(db) as connection:
        config = _config(connection, folder)
        before = _revision(connection, config)
        command.upgrade(config, "head")
        return before, _revision(connection, config)


def is_current(db: Database, folder: Path = MIGRATIONS) -> bool:
    """Say whether the database has the newest schema; LifError if it cannot be reached or is newer than the program."""
    with _named_faults(db), db.engine.begin() as connection:
        config = _config(connection, folder)
        return _revision(connection, config) == ScriptDirectory.from_config(config).get_current_head()


def tables() -> MetaData:
    """Return the tables of lifbot.model, each constraint with a name: what has none cannot be changed later."""
    named = MetaData(naming_convention=NAMES)
    nouns = {getattr(model, noun).__tablename__ for noun in model.__all__}
    for table in SQLModel.metadata.sorted_tables:
        if table.name in nouns:
            table.to_metadata(named)
    return named


def revision(message: str, folder: Path = MIGRATIONS) -> Path:
    """Write the step from the newest migration to the tables as they are now, for a person to read and mend."""
    with tempfile.TemporaryDirectory() as scratch:
        db = Database(f"sqlite:///{scratch}/empty.db")
        try:
            migrate(db, folder)
            return _write(db, message, folder)
        finally:
            db.close()


def draft(folder: Path = MIGRATIONS) -> Path:
    """Write the first migration anew; only while no database but throwaway ones has had it."""
    written = list((folder / "versions").glob("*.py"))
    if len(written) > 1:
        raise LifError('The first migration has successors, so it stays: type make migration m="what changes"')
    for first in written:
        first.unlink()
    return revision("first tables", folder)


def _write(db: Database, message: str, folder: Path) -> Path:
    with db.engine.begin() as connection:
        config = _config(connection, folder)
        known = ScriptDirectory.from_config(config)
        number = f"{len(list(known.walk_revisions())) + 1:04}"
        # Rebuilding a table is how SQLite changes one; a first migration has none to change.
        config.attributes["options"]["render_as_batch"] = number != "0001"
        made = command.revision(config, message, autogenerate=True, rev_id=number)
    assert made is not None
    assert not isinstance(made, list)
    return Path(made.path)


def _config(connection: Connection, folder: Path) -> Config:
    """Return what an alembic.ini would have said."""
    config = Config(attributes={"connection": connection, "options": _options()})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    for name, value in (("hooks", "ruff"), ("ruff.type", "module"), ("ruff.module", "ruff")):
        config.set_section_option("post_write_hooks", name, value)
    config.set_section_option("post_write_hooks", "ruff.options", "format --quiet REVISION_SCRIPT_FILENAME")
    return config


def _options() -> dict[str, Any]:
    return {
        "target_metadata": tables(),
        "compare_type": True,
        "render_item": _plain_type,
        "transaction_per_migration": False,
    }


def _plain_type(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Write the database's own types into migrations: ours may change or go."""
    if kind != "type":
        return False
    return f"sa.{item.impl_instance if isinstance(item, TypeDecorator) else item!r}"


def _revision(connection: Connection, config: Config) -> str:
    """Return the database's revision, "" if it has none."""
    found = MigrationContext.configure(connection).get_current_revision() or ""
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise LifError(NEWER.format(found))
    return found


@contextmanager
def _alone(db: Database) -> Iterator[Connection]:
    """Open one transaction in which nobody else migrates; all of it counts or nothing."""
    with _named_faults(db), db.engine.connect() as connection:
        if not db.is_sqlite:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('lifbot migrate'))"))
                yield connection
            return
        # A table that is built anew is dropped for a moment: what refers to it is checked at the end instead.
        connection.detach()
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield connection
            if astray := connection.execute(text("PRAGMA foreign_key_check")).first():
                raise LifError(f"Rows of {astray[0]} would refer to rows that are gone. Nothing was changed.")


@contextmanager
def _named_faults(db: Database) -> Iterator[None]:
    """Turn what a driver says into one line for an operator, without the URL, which may hold a password."""
    try:
        yield
    except DBAPIError as error:
        raise LifError(_sqlite_fault(db, error) if db.is_sqlite else _postgres_fault(error)) from error


def _sqlite_fault(db: Database, error: DBAPIError) -> str:
    path = Path(db.engine.url.database or "").absolute()
    if not path.parent.is_dir():
        return f"There is no folder {path.parent} for the database. Please make it, or change DATABASE_URL."
    asked = "Nothing was changed; please check DATABASE_URL and the file."
    return f"The database {path} cannot be used: {error.orig}. {asked}"


def _postgres_fault(error: DBAPIError) -> str:
    said = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    if not said:
        return NO_POSTGRES
    return f"PostgreSQL says: {said}. Nothing was changed; please check DATABASE_URL and its user's rights."


if __name__ == "__main__":
    print(revision(sys.argv[1]) if sys.argv[1:] else draft())
