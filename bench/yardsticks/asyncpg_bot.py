"""Bolt with `process_before_response`, and SQLAlchemy's AsyncSession on asyncpg with ten connections."""

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from bench.yardsticks import database
from bench.yardsticks.on_starlette import kept, served

engine = create_async_engine(database(), pool_size=10, max_overflow=0)
session = async_sessionmaker(engine, expire_on_commit=False)


async def store() -> None:
    await kept(session())


web = served(waits_for_ack=False, store=store)
