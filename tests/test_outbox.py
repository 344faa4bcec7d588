"""Leases and attempts, one batch at a time: who may send a message, and when it counts as tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from commands import dispatch
from lifbot.errors import TryLater
from lifbot.message import Incoming, Parcel, Place, Receipt
from lifbot.model import Outbox
from lifbot.partnership_file import read
from scheduler.deliver import deliver
from storage import outbox
from storage.clock import real
from storage.db import Database
from storage.setup import apply
from tests.postgres import Server
from tests.ready import with_tables
from tests.world import FILE

LOGGED = datetime(2026, 1, 9, 10, tzinfo=UTC)
TOLD = LOGGED + timedelta(minutes=5)
LEASE = timedelta(seconds=60)


class Slack:
    """A way out that answers as it was told to, and then takes everything."""

    def __init__(self, *answers: Exception) -> None:
        self.answers = list(answers)
        self.parcels: list[Parcel] = []

    async def send(self, parcel: Parcel) -> Receipt:
        """Take a message, or not."""
        self.parcels.append(parcel)
        if self.answers:
            raise self.answers.pop(0)
        return Receipt("D1", str(len(self.parcels)))


def filled(url: str) -> Database:
    """A database in which two people have an action to be told of."""
    db = with_tables(url)
    with db.begin() as session:
        apply(session, read(FILE), LOGGED, remove=False)
    for owner in ("cleo", "amina"):
        line = f"action add Audit MASH thresholds owner:@{owner} due:27 February"
        dispatch.handle(db, Incoming("slack", "T0001", "U0BEN", Place("C0SE", False), line, LOGGED))
    return db


def rows(db: Database) -> list[Outbox]:
    """What was promised, in order."""
    with db.begin() as session:
        return list(session.exec(select(Outbox).order_by(col(Outbox.id))))


def claim(db: Database, at: datetime) -> list[int]:
    """Take all that is due, as a process that sends."""
    holder = db.holder()
    with db.begin() as session:
        return outbox.claim(session, TOLD, at, 20, holder)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """The database of one process."""
    found = filled(database_url)
    yield found
    found.close()


async def test_a_wait_for_its_turn_is_no_attempt(db: Database) -> None:
    slack = Slack(TryLater("pacing", 0.0), TryLater("pacing", 0.0))
    await deliver(db, {"slack": slack}, TOLD)
    assert [(row.status, row.attempts) for row in rows(db)] == [("waiting", 0), ("waiting", 0)]
    await deliver(db, {"slack": slack}, TOLD)
    assert [parcel.again for parcel in slack.parcels] == [False] * 4
    assert {row.status for row in rows(db)} == {"sent"}


async def test_what_slack_may_have_taken_is_looked_for(db: Database) -> None:
    slack = Slack(TryLater("TimeoutError"))
    await deliver(db, {"slack": slack}, TOLD)
    waiting, sent = sorted(rows(db), key=lambda row: row.status, reverse=True)
    assert (sent.status, waiting.status, waiting.error) == ("sent", "waiting", "TimeoutError")
    with db.begin() as session:
        outbox.wait(session, waiting.id, "TimeoutError", real())  # the pause has gone by
    await deliver(db, {"slack": slack}, TOLD)
    assert [parcel.again for parcel in slack.parcels] == [False, False, True]


async def test_a_fault_in_one_message_does_not_keep_back_the_others(db: Database) -> None:
    await deliver(db, {"slack": Slack(KeyError("a fault of ours"))}, TOLD)
    assert sorted((row.status, row.error) for row in rows(db)) == [("sent", None), ("waiting", "KeyError")]


async def test_a_refused_token_is_never_a_reason_to_give_up(db: Database) -> None:
    for row in rows(db):
        with db.begin() as session:
            session.add(row)
            row.attempts = 500
    await deliver(db, {"slack": Slack(TryLater("invalid_auth"), TryLater("somehow"))}, TOLD)
    patient, given_up = sorted((row for row in rows(db) if row.occasion == "change"), key=lambda row: row.error or "")
    assert (patient.status, given_up.status) == ("waiting", "given_up")
    assert patient.retry_at is not None
    assert patient.retry_at < real() + timedelta(minutes=6)


def test_a_lease_that_ran_out_cannot_be_renewed_by_who_lost_it(postgres: Server) -> None:
    slow, other = filled(url := postgres.new_database()), Database(url)
    (first, second) = claim(slow, real() - 2 * LEASE)
    with slow.begin() as session:
        assert outbox.renew(session, first, slow.holder(), real())
    assert claim(other, real()) == [second]
    with slow.begin() as session:
        assert not outbox.renew(session, second, slow.holder(), real())
    slow.close()
    other.close()


async def test_a_dead_process_keeps_its_leases_for_seconds_and_a_living_one_for_good(postgres: Server) -> None:
    living = filled(url := postgres.new_database())
    dying = Database(url)
    assert len(claim(dying, real())) == 2
    slack = Slack()
    assert not await deliver(living, {"slack": slack}, TOLD)
    assert {row.status for row in rows(living)} == {"leased"}
    dying.close()
    assert not await deliver(living, {"slack": slack}, TOLD)
    for row in rows(living):
        assert row.status == "waiting"
        assert row.retry_at is not None
        assert timedelta(0) < row.retry_at - real() < timedelta(seconds=6)
    assert slack.parcels == []
    living.close()
