"""Outbox -> sender -> settled: claimed under a lease, rendered now, told to a person where it cannot arrive."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from lifbot.errors import ACCOUNT_CLOSED, WAITS_FOR_SOMEBODY, TryLater, Undeliverable
from lifbot.message import Address, Parcel, Receipt
from lifbot.model import Group, Outbox, Partnership
from lifbot.policy import retry
from scheduler import in_place, not_added, passing_on
from scheduler.compose import Drop, PassOn, Postpone, Unreachable, compose
from scheduler.compose import Ready as Composed
from storage import accounts, asked, escalations, outbox
from storage.clock import real
from storage.db import Database, Session, SQLAlchemyError, take_turn
from storage.scope import Scope

log = logging.getLogger("lifbot.deliver")

MENDED = ("invalid_auth", "not_installed", "secret_key")  # by an operator
PATIENT = ("pacing", *MENDED, *WAITS_FOR_SOMEBODY)  # never given up: the first is no attempt

BATCH = 20
FRESH = timedelta(seconds=10)  # an older lease is renewed before sending, so that it outlasts the sending
LONGEST = 45  # seconds for one sending, so that a process that slept through its lease does not send after it
TOKEN_WAIT = timedelta(minutes=5)  # an operator who has mended the token need not wait longer


class Sender(Protocol):
    """A platform's way out: returns where the message stands, or raises TryLater or Undeliverable."""

    def send(self, parcel: Parcel) -> Awaitable[Receipt]:
        """Send one message."""
        ...


@dataclass(frozen=True)
class Ready:
    """A claimed row with what it says now."""

    id: int
    parcel: Parcel
    person: str | None = None  # who hears it


async def deliver(db: Database, senders: Mapping[str, Sender], now: datetime) -> bool:
    """Deliver one batch of what is due; True if there was anything to do."""
    claimed_at = real()
    ready, count = await db.run(_claim, db, senders, now)
    by_target: dict[Address, list[Ready]] = defaultdict(list)
    for each in ready:
        by_target[each.parcel.address].append(each)
    sending = (_in_order(db, senders, now, each, claimed_at) for each in by_target.values())
    # All are waited for, whatever happens to one: what is left under way could be sent by the next pass too.
    faults = [fault for fault in await asyncio.gather(*sending, return_exceptions=True) if fault]
    if faults:
        raise faults[0]
    return count > 0


async def _in_order(
    db: Database, senders: Mapping[str, Sender], now: datetime, several: Sequence[Ready], claimed_at: datetime
) -> None:
    for each in several:
        if real() - claimed_at < FRESH or await db.run(_renew, db, each.id):
            await _send(db, senders[each.parcel.address.platform], now, each)


def _renew(db: Database, id: int) -> bool:
    holder = db.holder()
    with db.begin() as session:
        return outbox.renew(session, id, holder, real())


def _claim(db: Database, senders: Mapping[str, Sender], now: datetime) -> tuple[list[Ready], int]:
    holder = db.holder()
    with db.begin() as session:
        if not db.is_sqlite:
            outbox.release_dead(session, real())
        ids = outbox.claim(session, now, real(), BATCH, holder)
    found = [_prepared(db, id, senders, now) for id in ids]
    return [each for each in found if each], len(ids)


def _prepared(db: Database, id: int, senders: Mapping[str, Sender], now: datetime) -> Ready | None:
    """Prepare one row; a fault of ours in it must not keep the others from going out."""
    try:
        with db.begin() as session:
            return _prepare(session, id, senders, now)
    except SQLAlchemyError:
        raise
    except Exception as error:
        log.error("outbox %s could not be put into words: %s", id, type(error).__name__)
        _later(db, id, TryLater(type(error).__name__), now)
        return None


def _scope(session: Session, row: Outbox, now: datetime) -> Scope:
    partnership = session.get(Partnership, row.partnership_id)
    assert partnership is not None  # a foreign key holds it
    return Scope(session, partnership, now)


def _prepare(session: Session, id: int, senders: Mapping[str, Sender], now: datetime) -> Ready | None:
    row = session.get_one(Outbox, id)
    scope = _scope(session, row, now)
    match compose(scope, row, senders.keys()):
        case Drop(why):
            outbox.dropped(session, id, why, now)
        case Postpone(until):
            outbox.postponed(session, id, until)
        case PassOn(why):
            outbox.dropped(session, id, why, now)
            passing_on.to_stand_in(scope, row)
        case Unreachable(why):
            _give_up(scope, row, why)
        case Composed(address) if address.platform not in senders:
            outbox.wait(session, id, f"{address.platform} is not connected", real() + retry.wait(row.attempts, None, 0))
        case Composed(address, message, person):
            key, again = f"{row.partnership_id}/{row.key}", row.attempts > 1
            return Ready(id, Parcel(key, address, message, again, instead=in_place.instead(scope, row)), person)
    return None


async def _send(db: Database, sender: Sender, now: datetime, ready: Ready) -> None:
    try:
        async with asyncio.timeout(LONGEST):
            receipt = await sender.send(ready.parcel)
    except TimeoutError:
        await db.run(_later, db, ready.id, TryLater("TimeoutError"), now)
    except TryLater as error:
        await db.run(_later, db, ready.id, error, now)
    except Undeliverable as error:
        log.warning("outbox %s cannot be delivered: %s", ready.id, error.reason)
        await db.run(_undeliverable, db, ready, error.reason, now)
    except Exception as error:  # a fault of ours in one message must not keep the others from going out
        log.error("outbox %s could not be sent: %s", ready.id, type(error).__name__)
        await db.run(_later, db, ready.id, TryLater(type(error).__name__), now)
    else:
        await db.run(_sent, db, ready, receipt, now)


def _sent(db: Database, ready: Ready, receipt: Receipt, now: datetime) -> None:
    """Settle a row, and remember what it asked of whom, so that their words can answer it."""
    with db.begin() as session:
        row, message = session.get_one(Outbox, ready.id), ready.parcel.message
        if row.occasion in in_place.KEPT:
            take_turn(session, row.partnership_id)  # before the row is locked: who has the turn may wait for it
        outbox.sent(session, ready.id, receipt, now)
        if row.occasion in in_place.KEPT:
            platform = ready.parcel.address.platform
            in_place.settled(_scope(session, row, now), row, receipt, message, platform, ready.person)
        if ready.person and message.asks:
            asked.remember(_scope(session, row, now), ready.person, message, receipt.channel, receipt.stamp)


def _later(db: Database, id: int, error: TryLater, now: datetime) -> None:
    with db.begin() as session:
        row = session.get_one(Outbox, id)
        if row.status != "leased":  # it took so long that another process has settled it
            return
        if retry.give_up(row.attempts, real(), real()) and error.reason not in PATIENT:
            _give_up(_scope(session, row, now), row, error.reason)
            return
        until = real() + _pause(row.attempts, error)
        outbox.wait(session, id, error.reason, until, tried=error.reason != "pacing")
        if error.reason in WAITS_FOR_SOMEBODY:
            not_added.tell(_scope(session, row, now), row)
        log.info("outbox %s waits until %s: %s", id, until.isoformat(timespec="seconds"), error.reason)


def _pause(attempts: int, error: TryLater) -> timedelta:
    pause = retry.wait(attempts, error.after, random.random())  # jitter, not a secret
    match error.reason:
        case "pacing":  # its turn comes at a known moment
            return timedelta(seconds=error.after or 0)
        case reason if reason in MENDED:
            return min(pause, TOKEN_WAIT)
        case _:
            return pause


def _undeliverable(db: Database, ready: Ready, reason: str, now: datetime) -> None:
    with db.begin() as session:
        row = session.get_one(Outbox, ready.id)
        scope = _scope(session, row, now)
        take_turn(session, scope.id)  # another process may be promising the same
        closed = ready.person and reason in ACCOUNT_CLOSED and accounts.close(scope, ready.person, ready.parcel.address)
        if closed and row.occasion != "escalation":
            outbox.gave_up(session, row.id, reason, now)
            passing_on.to_stand_in(scope, row)
        else:
            _give_up(scope, row, reason)


def _give_up(scope: Scope, row: Outbox, why: str) -> None:
    """Settle a row that will never arrive, and tell a person who can do something about it."""
    take_turn(scope.session, scope.id)  # another process may be promising the same
    outbox.gave_up(scope.session, row.id, why, scope.now)
    if lost := in_place.LOST.get(row.occasion):  # somebody deleted it, or the channel is closed: nobody misses it
        lost(scope, row)
        return
    if row.occasion == "escalation":
        _to_next_in_line(scope, row)
    if row.occasion == "agenda":
        _to_the_chair(scope, row)
    if row.occasion == "undelivered":
        return
    week = scope.today.isocalendar()
    for person in scope.partnership.business_unit:
        if person != row.person:
            key = f"undelivered/{row.person or row.group_id}/{person}/{week.year}-W{week.week:02d}"
            key = f"undelivered/{row.key}/{person}" if row.occasion == "escalation" else key
            outbox.put(scope, key, "undelivered", person=person, about={"outbox": row.id})


def _to_next_in_line(scope: Scope, row: Outbox) -> None:
    """Send an escalation that its chair cannot get to the deputy, then to the business unit (ruling 2)."""
    line = escalations.in_line(scope, row.person)
    if line:
        key = f"escalate/{row.about['escalation']}/to/{line[0]}"
        outbox.put(scope, key, "escalation", person=line[0], about=row.about)


def _to_the_chair(scope: Scope, row: Outbox) -> None:
    """Send an agenda that its channel does not take to the group's chair."""
    group = scope.get(Group, row.group_id)
    if group and group.chair and row.person is None:
        key = f"{row.key}/to/{group.chair}"
        outbox.put(scope, key, "agenda", person=group.chair, group_id=group.id, about=row.about)
