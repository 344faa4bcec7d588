"""`bot.py migrate` on SQLite and PostgreSQL: the newest tables, no row lost, twice and at once, faults in one line."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from lifbot.errors import LifError
from lifbot.model import Board, Meeting, Partnership
from storage.db import Database
from storage.migrate import MIGRATIONS, draft, is_current, migrate, revision, tables
from tests.postgres import Server

NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
NEWEST = max((MIGRATIONS / "versions").glob("*.py")).name[:4]
AFTER = f"{int(NEWEST) + 1:04}"
STEP = f'''
import sqlalchemy as sa
from alembic import op

revision = "{AFTER}"
down_revision = "{NEWEST}"

def upgrade():
    with op.batch_alter_table("partnership") as table:
        table.add_column(sa.Column("motto", sa.String(), nullable=False, server_default="Think family"))
        table.alter_column("abbreviation", existing_type=sa.String(), nullable=True)
'''


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The migrations, to add some to."""
    ignore = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "50% of migrations", ignore=ignore))


def _add(folder: Path, sql: str = "SELECT 1") -> None:
    step = f"{STEP}    op.execute({sql!r})\n"
    (folder / "versions" / f"{AFTER}_next.py").write_text(step, encoding="utf-8")


def _differences(database: Database) -> list[object]:
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, tables()))


def _fill(database: Database) -> None:
    with database.begin() as session:
        session.add(Partnership(id="kirklees", name="Kirklees", abbreviation="KSCP", rules={"digest": "FRI 15:00"}))
        session.flush()
        session.add(Board(partnership_id="kirklees", id="c", name="Children's Board", scope="children"))
        session.add(Meeting(partnership_id="kirklees", group_id="se", starts_at=NOW))


def _kept(database: Database) -> tuple[object, ...]:
    with database.begin() as session:
        head = session.exec(select(Partnership)).one()
        board, meeting = session.exec(select(Board)).one(), session.exec(select(Meeting)).one()
        return head.abbreviation, head.rules, board.name, meeting.starts_at


KEPT = ("KSCP", {"digest": "FRI 15:00"}, "Children's Board", NOW)


# --- the tables -------------------------------------------------------------------------------------------------


def test_the_migrated_tables_are_those_of_the_model(database: Database) -> None:
    assert not is_current(database)
    assert len(_differences(database)) > 19
    assert migrate(database) == ("", NEWEST)
    assert is_current(database)
    assert _differences(database) == []


def test_every_constraint_and_index_has_its_name(database: Database) -> None:
    migrate(database)
    there = inspect(database.engine)
    for table in tables().sorted_tables:
        wanted = {*(key.name for key in table.constraints), *(key.name for key in table.indexes)}
        keys = (*there.get_foreign_keys(table.name), *there.get_unique_constraints(table.name))
        found = {key["name"] for key in (*keys, *there.get_indexes(table.name), there.get_pk_constraint(table.name))}
        assert wanted == found


def test_twice_is_harmless_and_the_log_is_left_alone(database: Database) -> None:
    before = logging.getLogger("lifbot"), logging.getLogger().level, list(logging.getLogger().handlers)
    migrate(database)
    _fill(database)
    assert migrate(database) == (NEWEST, NEWEST)
    assert _kept(database) == KEPT
    assert before == (logging.getLogger("lifbot"), logging.getLogger().level, list(logging.getLogger().handlers))
    assert not before[0].disabled


AT_ONCE = """
import sys
from storage.db import Database
from storage.migrate import migrate

database = Database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(*migrate(database), flush=True)
database.close()
"""


def test_several_processes_at_once_are_harmless(database: Database, database_url: str) -> None:
    together = [
        subprocess.Popen([sys.executable, "-c", AT_ONCE, database_url], stdin=-1, stdout=-1, stderr=-1, text=True)
        for _ in range(3)
    ]
    for process in together:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in together:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in together]
    assert [error for _, error in said] == ["", "", ""]
    assert sorted(line.strip() for line, _ in said) == [NEWEST, f"{NEWEST} {NEWEST}", f"{NEWEST} {NEWEST}"]
    assert _differences(database) == []


# --- from older to newer ----------------------------------------------------------------------------------------


def test_a_step_keeps_every_row_and_what_refers_to_it(database: Database, folder: Path) -> None:
    migrate(database)
    _fill(database)
    _add(folder)
    assert not is_current(database, folder)
    assert migrate(database, folder) == (NEWEST, AFTER)
    assert is_current(database, folder)
    assert _kept(database) == KEPT
    with database.begin() as session:
        assert session.connection().execute(text("SELECT motto FROM partnership")).scalar_one() == "Think family"
    with pytest.raises(IntegrityError), database.begin() as session:
        session.add(Board(partnership_id="nobody", id="b", name="A Board", scope="children"))


def test_a_step_that_fails_leaves_everything_as_it_was(database: Database, folder: Path) -> None:
    migrate(database)
    _fill(database)
    _add(folder, "SELECT nothing FROM nowhere")
    with pytest.raises(LifError, match="Nothing was changed"):
        migrate(database, folder)
    assert migrate(database) == (NEWEST, NEWEST)
    assert _differences(database) == []
    assert _kept(database) == KEPT


def test_a_step_that_would_leave_rows_astray_is_refused(database: Database, folder: Path) -> None:
    migrate(database)
    _fill(database)
    _add(folder, "DELETE FROM partnership")
    with pytest.raises(LifError, match=r"(rows|Rows|table) .*Nothing was changed"):
        migrate(database, folder)
    assert _kept(database) == KEPT


def test_a_database_newer_than_the_program_is_left_alone(database: Database, folder: Path) -> None:
    _add(folder)
    migrate(database, folder)
    newer = f"The database is newer than this program: it is at revision {AFTER}, which"
    with pytest.raises(LifError, match=newer):
        migrate(database)
    with pytest.raises(LifError, match=newer):
        is_current(database)
    assert migrate(database, folder) == (AFTER, AFTER)


# --- writing steps ----------------------------------------------------------------------------------------------


def test_nothing_is_left_to_write(folder: Path) -> None:
    made = revision("nothing new", folder)
    assert made == folder / "versions" / f"{AFTER}_nothing_new.py"
    words = made.read_text(encoding="utf-8")
    assert words.startswith('"""Nothing new."""\n')
    assert words.endswith("    pass\n")


def test_what_the_model_has_more_is_written_for_both_databases(database: Database, folder: Path) -> None:
    first = folder / "versions" / "0001_first_tables.py"
    older = first.read_text(encoding="utf-8")
    for line in _lines(older, '"impact"', "ix_item_owner"):
        older = older.replace(line, "")
    first.write_text(older, encoding="utf-8")
    migrate(database, folder)
    assert len(_differences(database)) == 2
    revision("add impact", folder)
    migrate(database, folder)
    assert _differences(database) == []


def _lines(words: str, *parts: str) -> list[str]:
    return [line for line in words.splitlines(keepends=True) if any(part in line for part in parts)]


def test_the_first_step_is_not_written_anew_once_it_has_successors(folder: Path) -> None:
    _add(folder)
    before = sorted((folder / "versions").iterdir())
    with pytest.raises(LifError, match='type make migration m="what changes"'):
        draft(folder)
    assert sorted((folder / "versions").iterdir()) == before


def test_the_first_step_written_anew_makes_the_same_tables(database: Database, folder: Path) -> None:
    for step in sorted((folder / "versions").glob("*.py"))[1:]:
        step.unlink()
    assert draft(folder).name == "0001_first_tables.py"
    assert migrate(database, folder) == ("", "0001")
    assert _differences(database) == []


# --- faults -----------------------------------------------------------------------------------------------------


def _told(url: str) -> str:
    database = Database(url)
    with pytest.raises(LifError) as told:
        migrate(database)
    with pytest.raises(LifError, match="DATABASE_URL"):
        is_current(database)
    database.close()
    assert "\n" not in told.value.text
    assert "hush" not in told.value.text
    return told.value.text


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "where"
    said = f"There is no folder {missing} for the database. Please make it, or change DATABASE_URL."
    assert _told(f"sqlite:///{missing / 'lifbot.db'}") == said
    assert not missing.exists()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "minutes.docx"
    file.write_text("Minutes of the Safeguarding Effectiveness Subgroup" * 100, encoding="utf-8")
    said = (
        f"The database {file} cannot be used: file is not a database. Nothing was changed; "
        "please check DATABASE_URL and the file."
    )
    assert _told(f"sqlite:///{file}") == said
    assert file.read_text(encoding="utf-8").startswith("Minutes of")


def test_a_postgresql_that_is_down_is_said_without_its_password() -> None:
    assert _told("postgresql://bot:hush@127.0.0.1:1/lifbot").startswith(
        "The PostgreSQL that DATABASE_URL names does not answer. Please check that it is running"
    )


def test_a_database_that_postgresql_does_not_have_is_said(postgres: Server) -> None:
    assert _told(postgres.url("attic")).startswith("The PostgreSQL that DATABASE_URL names does not answer.")


def test_a_postgresql_user_without_rights_is_said(postgres: Server) -> None:
    url = postgres.new_database()
    owner = Database(url)
    with owner.begin() as session:
        session.connection().execute(text("CREATE ROLE visitor LOGIN PASSWORD 'hush'"))
        session.connection().execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    visitor = Database(url.replace("postgres@", "visitor:hush@", 1))
    with pytest.raises(LifError, match="PostgreSQL says: permission denied for schema public"):
        migrate(visitor)
    visitor.close()
    with owner.begin() as session:
        session.connection().execute(text("DROP ROLE visitor"))
    owner.close()
    postgres.drop_database(url)
