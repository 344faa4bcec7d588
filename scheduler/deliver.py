"""Outbox -> sender -> settled: claimed under a lease, rendered now, told to a person where it cannot arrive."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Message, Parcel, Receipt
from lifbot.model import Outbox, Partnership
from lifbot.policy import retry
from scheduler.compose import Drop, Postpone, Unreachable, compose
from storage import asked, escalations, outbox
from storage.clock import real
from storage.db import Database, Session
from storage.scope import Scope

log = logging.getLogger("lifbot.deliver")

BATCH = 20


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


async def deliver(db: Database, senders: Mapping[str, Sender], now: datetime) -> bool:
    """Deliver one batch of what is due; True if there was anything to do."""
    ready, count = await db.run(_claim, db, senders, now)
    by_target: dict[Address, list[Ready]] = defaultdict(list)
    for each in ready:
        by_target[each.parcel.address].append(each)
    await asyncio.gather(*(_in_order(db, senders, now, each) for each in by_target.values()))
    return count > 0


async def _in_order(db: Database, senders: Mapping[str, Sender], now: datetime, several: Sequence[Ready]) -> None:
    for each in several:
        await _send(db, senders[each.parcel.address.platform], now, each)


def _claim(db: Database, senders: Mapping[str, Sender], now: datetime) -> tuple[list[Ready], int]:
    with db.begin() as session:
        ids = outbox.claim(session, now, real(), BATCH)
    ready = []
    for id in ids:
        with db.begin() as session:
            found = _prepare(session, id, senders, now)
        if found:
            ready.append(found)
    return ready, len(ids)


def _scope(session: Session, row: Outbox, now: datetime) -> Scope:
    partnership = session.get(Partnership, row.partnership_id)
    assert partnership is not None  # a foreign key holds it
    return Scope(session, partnership, now)


def _prepare(session: Session, id: int, senders: Mapping[str, Sender], now: datetime) -> Ready | None:
    row = session.get_one(Outbox, id)
    scope = _scope(session, row, now)
    match compose(scope, row):
        case Drop(why):
            outbox.dropped(session, id, why, now)
        case Postpone(until):
            outbox.postponed(session, id, until)
        case Unreachable(why):
            _give_up(scope, row, why)
        case (address, _) if address.platform not in senders:
            outbox.wait(session, id, f"{address.platform} is not connected", real() + retry.wait(row.attempts, None, 0))
        case (address, message):
            return Ready(id, Parcel(f"{row.partnership_id}/{row.key}", address, message, row.attempts > 1))
    return None


async def _send(db: Database, sender: Sender, now: datetime, ready: Ready) -> None:
    try:
        receipt = await sender.send(ready.parcel)
    except TryLater as error:
        await db.run(_later, db, ready.id, error, now)
    except Undeliverable as error:
        log.warning("outbox %s cannot be delivered: %s", ready.id, error.reason)
        await db.run(_undeliverable, db, ready.id, error.reason, now)
    else:
        await db.run(_sent, db, ready, receipt, now)


def _sent(db: Database, ready: Ready, receipt: Receipt, now: datetime) -> None:
    """Settle a row, and remember what it asked of whom, so that their words can answer it."""
    with db.begin() as session:
        outbox.sent(session, ready.id, receipt, now)
        row = session.get_one(Outbox, ready.id)
        if row.person and ready.parcel.message.asks:
            message: Message = ready.parcel.message
            asked.remember(_scope(session, row, now), row.person, message, receipt.channel, receipt.stamp)


def _later(db: Database, id: int, error: TryLater, now: datetime) -> None:
    with db.begin() as session:
        row = session.get_one(Outbox, id)
        if retry.give_up(row.attempts, real(), real()):
            _give_up(_scope(session, row, now), row, error.reason)
            return
        until = real() + retry.wait(row.attempts, error.after, random.random())  # jitter, not a secret
        outbox.wait(session, id, error.reason, until)
        log.info("outbox %s waits until %s: %s", id, until.isoformat(timespec="seconds"), error.reason)


def _undeliverable(db: Database, id: int, reason: str, now: datetime) -> None:
    with db.begin() as session:
        row = session.get_one(Outbox, id)
        _give_up(_scope(session, row, now), row, reason)


def _give_up(scope: Scope, row: Outbox, why: str) -> None:
    """Settle a row that will never arrive, and tell a person who can do something about it."""
    outbox.gave_up(scope.session, row.id, why, scope.now)
    if row.occasion == "escalation":
        _to_next_in_line(scope, row)
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
