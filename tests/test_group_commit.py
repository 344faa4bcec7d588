"""What waits for SQLite is done in one transaction, and yet each piece of work stands or falls by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import SQLModel, select

from lifbot.model import Seen
from storage.db import Database

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path}/lifbot.db")
    SQLModel.metadata.create_all(found.engine)
    yield found
    found.close()


def keep(db: Database, name: str) -> str:
    with db.begin() as session:
        session.add(Seen(event=name, at=NOW))
        session.flush()
        if name.startswith("bad"):
            raise ValueError(name)
    return name


def kept(db: Database) -> list[str]:
    with db.begin() as session:
        return sorted(session.exec(select(Seen.event)).all())


async def all_of(db: Database, names: list[str]) -> list[str | BaseException]:
    return await asyncio.gather(*(db.run(keep, db, name) for name in names), return_exceptions=True)


async def test_what_waits_together_shares_a_commit(db: Database) -> None:
    commits: list[object] = []
    event.listen(db.engine, "commit", commits.append)
    names = [f"{number:03}" for number in range(100)]
    assert await all_of(db, names) == names
    assert kept(db) == names
    assert len(commits) < 10


async def test_work_that_fails_takes_no_other_along(db: Database) -> None:
    answers = await all_of(db, ["a", "bad 1", "b", "bad 2", "c"])
    assert [str(answer) for answer in answers] == ["a", "bad 1", "b", "bad 2", "c"]
    assert [isinstance(answer, ValueError) for answer in answers] == [False, True, False, True, False]
    assert kept(db) == ["a", "b", "c"]


async def test_nobody_is_told_that_it_is_done_when_it_is_not_on_the_disk(db: Database) -> None:
    def refuse(connection: object) -> None:
        raise OSError("the disk is full")

    event.listen(db.engine, "commit", refuse)
    answers = await all_of(db, ["a", "b", "c"])
    event.remove(db.engine, "commit", refuse)
    assert [type(answer) for answer in answers] == [OSError, OSError, OSError]
    assert kept(db) == []
    assert await all_of(db, ["d"]) == ["d"]


async def test_who_no_longer_waits_holds_nobody_up(db: Database) -> None:
    gone = asyncio.ensure_future(db.run(keep, db, "gone"))
    await asyncio.sleep(0)
    gone.cancel()
    assert await all_of(db, ["a", "b"]) == ["a", "b"]
    assert {"a", "b"} <= set(kept(db))


async def test_a_closed_database_says_so(db: Database) -> None:
    db.close()
    with pytest.raises(RuntimeError, match="closed"):
        await db.run(keep, db, "late")
