"""Where somebody's personal chat with the bot is: as remembered, else opened."""

from __future__ import annotations

from dataclasses import replace

from lifbot.errors import NOT_ADDED, TryLater, Undeliverable
from lifbot.teams.connector import Connector
from lifbot.teams.references import Reference, References

GONE = ("removed", "not_found")  # the conversation is no more, or the bot is not in it
HOUR = 3600.0


class Conversations:
    """Finds personal chats, and opens those that Teams lets a bot open."""

    def __init__(self, connector: Connector, references: References) -> None:
        self._connector = connector
        self._references = references

    async def personal(self, tenant: str, who: str, near: Reference | None = None) -> Reference:
        """Return somebody's personal chat; `near` is a conversation that they are in, with their id in Teams.

        TryLater where lifbot was never added, which Teams lets nobody but the person or an administrator mend.
        """
        if known := await self._references.personal(tenant, who):
            return known
        near = near or await self._references.newest(tenant)
        if near is None:  # nobody of the tenant ever wrote, so there is not even an address to ask at
            raise TryLater(NOT_ADDED, HOUR)
        own = near.user if near.who == who else None
        try:
            conversation = await self._connector.open_personal(near, own or who)
        except Undeliverable as error:
            if error.reason in (*GONE, "forbidden"):
                raise TryLater(NOT_ADDED, HOUR) from None
            raise
        opened = replace(near, conversation=conversation, who=who, user=own, channel=None)
        await self._references.remember(opened)
        return opened

    async def left(self, reference: Reference, error: Undeliverable) -> None:
        """Forget a conversation if this is what its refusal means."""
        if error.reason in GONE:
            await self._references.forget(reference.tenant, reference.conversation)
