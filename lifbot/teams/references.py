"""What lifbot must remember to write first in Teams: where a conversation is, and by which door it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reference:
    """A conversation that the bot is in.

    `conversation` is its id as it came; for a channel the channel's own id, without a thread. `who` is the directory's
    id (aadObjectId) of the person whose personal chat it is, `user` their id in Teams ("29:…"), `bot` ours ("28:…").
    `channel` is set for channels and group chats: the "19:…@thread.tacv2" that a partnership names as teams_channel.
    """

    tenant: str
    conversation: str
    service_url: str
    bot: str
    who: str | None = None
    user: str | None = None
    channel: str | None = None


class References(Protocol):
    """Where references are kept."""

    async def remember(self, reference: Reference) -> bool:
        """Keep or refresh one, by tenant and conversation; True if it is new."""
        ...

    async def personal(self, tenant: str, who: str) -> Reference | None:
        """Return somebody's personal chat with the bot."""
        ...

    async def channel(self, tenant: str, channel: str) -> Reference | None:
        """Return a channel or group chat that the bot is in."""
        ...

    async def newest(self, tenant: str) -> Reference | None:
        """Return the tenant's reference that was refreshed last: its address serves for new conversations."""
        ...

    async def forget(self, tenant: str, conversation: str) -> None:
        """Drop a conversation from which the bot was removed."""
        ...
