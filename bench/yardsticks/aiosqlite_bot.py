"""Bolt as it comes, and SQLAlchemy's AsyncSession on aiosqlite with its own pool; SQLite at `synchronous=NORMAL`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from bench.yardsticks import database
from bench.yardsticks.on_starlette import kept, served

engine = create_async_engine(f"sqlite+aiosqlite:///{database()}", connect_args={"timeout": 30})
session = async_sessionmaker(engine, expire_on_commit=False)


@event.listens_for(engine.sync_engine, "connect")
def prepare(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


async def store() -> None:
    await kept(session())


web = served(waits_for_ack=True, store=store)
