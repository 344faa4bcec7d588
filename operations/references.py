"""Teams' conversations, kept in the database for the platform that must not know of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields

from sqlalchemy.exc import IntegrityError

from lifbot.model import TeamsReference
from lifbot.teams.references import Reference
from storage import outbox, references
from storage.clock import real
from storage.db import Database


class Kept:
    """References in the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def remember(self, reference: Reference) -> bool:
        """Keep or refresh one, by tenant and conversation; True if it is new."""
        return await self._db.run(self._remember, reference)

    async def personal(self, tenant: str, who: str) -> Reference | None:
        """Return somebody's personal chat with the bot."""
        return await self._db.run(self._found, references.personal, tenant, who)

    async def channel(self, tenant: str, channel: str) -> Reference | None:
        """Return a channel or group chat that the bot is in."""
        return await self._db.run(self._found, references.channel, tenant, channel)

    async def newest(self, tenant: str) -> Reference | None:
        """Return the tenant's reference that was refreshed last."""
        return await self._db.run(self._found, references.newest, tenant)

    async def forget(self, tenant: str, conversation: str) -> None:
        """Drop a conversation from which the bot was removed."""
        await self._db.run(self._forget, tenant, conversation)

    def _remember(self, reference: Reference) -> bool:
        try:
            return self._keep(reference)
        except IntegrityError:  # two first events of one conversation in the same moment, as at every installation
            return self._keep(reference)

    def _keep(self, reference: Reference) -> bool:
        with self._db.begin() as session:
            is_new = references.keep(session, asdict(reference), real())
            if is_new:
                outbox.try_now(session)
            return is_new

    def _found(self, query: Callable[..., TeamsReference | None], *asked: str) -> Reference | None:
        with self._db.begin() as session:
            return _reference(query(session, *asked))

    def _forget(self, tenant: str, conversation: str) -> None:
        with self._db.begin() as session:
            references.forget(session, tenant, conversation)


def _reference(row: TeamsReference | None) -> Reference | None:
    return Reference(**{each.name: getattr(row, each.name) for each in fields(Reference)}) if row else None
