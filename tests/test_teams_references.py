"""Where lifbot can write first in Teams: kept in the database, once for each conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest

from lifbot.teams.references import Reference
from operations.references import Kept
from storage import references
from storage.clock import real
from storage.db import Database
from tests.fake_teams import BOT, TENANT
from tests.ready import with_tables

BEN = Reference(TENANT, "a:ben", "https://smba.example.org/uk/", BOT, who="0b0e", user="29:ben")
TEAM = Reference(TENANT, "19:se@thread.tacv2", "https://smba.example.org/uk/", BOT, channel="19:se@thread.tacv2")


@pytest.fixture
def kept(database_url: str) -> Iterator[Kept]:
    db = with_tables(database_url)
    yield Kept(db)
    db.close()


async def test_a_conversation_is_new_once_and_found_by_its_person_or_channel(kept: Kept) -> None:
    assert [await kept.remember(BEN), await kept.remember(BEN), await kept.remember(TEAM)] == [True, False, True]
    assert await kept.personal(TENANT, "0b0e") == BEN
    assert await kept.channel(TENANT, TEAM.conversation) == TEAM
    assert await kept.newest(TENANT) == TEAM
    assert await kept.personal("another", "0b0e") is None


async def test_its_address_is_refreshed_and_what_is_not_known_this_time_stays(kept: Kept) -> None:
    await kept.remember(BEN)
    await kept.remember(replace(BEN, service_url="https://smba.example.org/emea/", user=None))
    assert await kept.personal(TENANT, "0b0e") == replace(BEN, service_url="https://smba.example.org/emea/")


async def test_one_that_lifbot_was_removed_from_is_forgotten(kept: Kept) -> None:
    await kept.remember(BEN)
    await kept.forget(TENANT, BEN.conversation)
    await kept.forget(TENANT, BEN.conversation)
    assert await kept.personal(TENANT, "0b0e") is None


async def test_two_first_events_in_the_same_moment_are_one_conversation(database_url: str, kept: Kept) -> None:
    """Teams tells of an installation twice, perhaps two processes: one gives the hello, and neither is lost."""
    other = Database(database_url)
    with other.begin() as session:
        assert references.keep(session, asdict(BEN), real())
        session.flush()
        late = asyncio.create_task(kept.remember(BEN))
        await asyncio.sleep(0.3)  # it waits for the other, which is about to commit
        assert not late.done()
    assert await late is False
    other.close()
