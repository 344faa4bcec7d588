"""Files that go with messages: drawn when they are sent, from what the outbox row asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from commands.action import send
from lifbot.errors import Undeliverable
from lifbot.message import File, Parcel, Receipt
from scheduler.deliver import Sender
from storage.db import Database

Draw = Callable[[str], Awaitable[File | None]]


class Drawing:
    """Draws the files of one database, as of the program's clock."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db = db
        self._now = now

    async def file(self, key: str, who: tuple[str, str] | None = None) -> File | None:
        """Return the file that an outbox row promises; None where it promises none, or not to `who`."""
        found = await self._db.run(self._gathered, key, who)
        return await asyncio.to_thread(send.drawn, found) if found else None

    def _gathered(self, key: str, who: tuple[str, str] | None) -> send.Found | None:
        return send.gathered(self._db, key, self._now(), who)


class WithFiles:
    """A platform's sender that is handed the files of messages which have one."""

    def __init__(self, sender: Sender, draw: Draw) -> None:
        self._sender = sender
        self._draw = draw

    async def send(self, parcel: Parcel) -> Receipt:
        """Send one message, with its file."""
        if not parcel.message.has_file:
            return await self._sender.send(parcel)
        file = await self._draw(parcel.key)
        if file is None:
            raise Undeliverable("no_file")
        return await self._sender.send(replace(parcel, file=file))
