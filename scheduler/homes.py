"""Home tabs on which something has changed: a few are drawn anew in each pass, and a failure harms nothing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, runtime_checkable

from lifbot import notices
from lifbot.buttons import on_page
from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Message
from lifbot.model import Partnership, Person
from scheduler.addresses import of_person
from scheduler.deliver import Sender
from storage import homes, stale
from storage.db import Database
from storage.scope import Scope

log = logging.getLogger("lifbot.homes")

MOST = 5  # in one pass
TAB = "home"


@runtime_checkable
class Publisher(Protocol):
    """A platform with a page of somebody's own: draws it, or raises TryLater or Undeliverable."""

    async def publish(self, address: Address, message: Message) -> None:
        """Draw somebody's Home tab anew."""
        ...


async def redraw(db: Database, senders: Mapping[str, Sender], now: datetime) -> None:
    """Draw a few Home tabs anew; those that the platform does not take now wait for their next change or opening."""
    publishers = {name: sender for name, sender in senders.items() if isinstance(sender, Publisher)}
    if not publishers:
        return
    for partnership_id, person in await db.run(_taken, db):
        try:
            drawn = await db.run(_drawn, db, partnership_id, person, now, tuple(publishers))
            if drawn:
                await publishers[drawn[0].platform].publish(*drawn)
        except TryLater as error:
            log.info("the home of %s waits: %s", person, error.reason)
            await db.run(_again, db, partnership_id, person)
        except Undeliverable as error:
            log.info("the home of %s cannot be drawn: %s", person, error.reason)
        except Exception as error:  # of any kind: a page that is a little old harms nobody
            log.warning("the home of %s was not drawn: %s", person, type(error).__name__)


def _taken(db: Database) -> list[tuple[str, str]]:
    with db.begin() as session:
        return stale.take_stale(session, MOST)


def _again(db: Database, partnership_id: str, person: str) -> None:
    with db.begin() as session:
        stale.stale_again(session, partnership_id, person)


def _drawn(
    db: Database, partnership_id: str, id: str, now: datetime, platforms: tuple[str, ...]
) -> tuple[Address, Message] | None:
    with db.begin() as session:
        partnership = session.get_one(Partnership, partnership_id)
        person = session.get_one(Person, (partnership_id, id))
        scope = Scope(session, partnership, now)
        address = next((each for each in of_person(scope, person) if each.platform in platforms), None)
        if address is None:
            return None
        return address, on_page(notices.home(homes.page(scope, person), on_tab=True), TAB)
