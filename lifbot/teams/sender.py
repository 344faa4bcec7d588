"""How the outbox reaches Teams: one message to a person's own chat, or as a new thread in a group's channel."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from lifbot.errors import NO_TEAM, TryLater, Undeliverable
from lifbot.message import Address, Parcel, Receipt
from lifbot.pace import Pace, Rate
from lifbot.settings import Settings
from lifbot.teams import files
from lifbot.teams.cards import Json
from lifbot.teams.connector import Connector
from lifbot.teams.conversations import HOUR, Conversations
from lifbot.teams.credentials import tenants
from lifbot.teams.reading import THREAD
from lifbot.teams.references import Reference, References
from lifbot.teams.replies import drawn

IN_ONE_PLACE, IN_ALL = Rate(7, 1), Rate(50, 50)  # for a conversation; for the app in a tenant
PAUSE = 30.0  # seconds, where Teams says "too fast" without saying for how long
SECONDS = 45.0  # for one message with all its calls: less than the outbox's lease
RECEIPTS = 1000
GROUP_CHAT = "@thread.v2"
WITHIN = "|"  # between a thread and a message in it


class TeamsSender:
    """Sends parcels, no faster than Teams takes them.

    Teams lets a bot neither look for a message nor name one before it is sent. So what this process has sent it knows,
    and does not send again; but a message whose answer was lost on the way (a time-out, a kill between sending and
    settling) is sent once more: late and perhaps twice rather than never.
    """

    def __init__(
        self,
        settings: Settings,
        connector: Connector,
        references: References,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tenants = tenants(settings)
        self._connector = connector
        self._references = references
        self._conversations = Conversations(connector, references)
        self._pace = Pace(IN_ONE_PLACE, IN_ALL, sleep, monotonic)
        self._receipts: OrderedDict[str, Receipt] = OrderedDict()

    async def send(self, parcel: Parcel) -> Receipt:
        """Send it, unless this process has; TryLater or Undeliverable says why not."""
        if parcel.again and (receipt := self._receipts.get(parcel.key)):
            return receipt
        try:
            async with asyncio.timeout(SECONDS):
                receipt = await self._sent(parcel)
        except TimeoutError:
            raise TryLater("TimeoutError") from None
        self._receipts[parcel.key] = receipt
        if len(self._receipts) > RECEIPTS:
            self._receipts.popitem(last=False)
        return receipt

    async def _sent(self, parcel: Parcel) -> Receipt:
        address = parcel.address
        there = await (self._person(address) if address.direct else self._channel(address))
        place = there.conversation if address.direct else address.to
        await self._pace.turn(place, there.tenant)
        activity = {**_body(parcel), "from": {"id": there.bot}}
        try:
            if parcel.instead:  # to draw it twice does no harm
                return await self._redrawn(parcel.instead, there, activity)
            return await self._posted(address, there, activity)
        except TryLater as error:
            if error.reason == "ratelimited":
                self._pace.pause(place, error.after or PAUSE)
            raise
        except Undeliverable as error:
            if place in (there.conversation, there.channel):  # not for an address that was borrowed
                await self._conversations.left(there, error)
            raise

    async def _redrawn(self, card: Receipt, there: Reference, activity: Json) -> Receipt:
        """Draw a card anew: it stands in a thread (before the |), begins one, or is in a group's chat."""
        conversation, _, id = card.stamp.partition(WITHIN)
        id = id or conversation.partition(THREAD)[2]
        if not id:
            conversation, id = card.channel, card.stamp
        await self._connector.put(there.service_url, conversation, id, activity)
        return card

    async def _posted(self, address: Address, there: Reference, activity: Json) -> Receipt:
        if address.thread:
            id = await self._connector.post(there.service_url, address.thread, activity)
            return Receipt(address.to, f"{address.thread}{WITHIN}{id}")
        if address.direct or address.to.endswith(GROUP_CHAT):
            place = there.conversation if address.direct else address.to
            return Receipt(place, await self._connector.post(there.service_url, place, activity))
        return Receipt(address.to, await self._connector.open_thread(there, address.to, activity))

    async def _person(self, address: Address) -> Reference:
        served = self._served(address)
        for tenant in served:
            if known := await self._references.personal(tenant, address.to):
                return known
        refused: list[TryLater | Undeliverable] = []
        for tenant in served:
            try:
                return await self._conversations.personal(tenant, address.to)
            except (TryLater, Undeliverable) as error:
                refused.append(error)
        waiting = (error for error in refused if isinstance(error, TryLater))
        raise next(waiting, next(iter(refused), Undeliverable("no_tenant")))

    async def _channel(self, address: Address) -> Reference:
        served = self._served(address)
        for tenant in served:
            if known := await self._references.channel(tenant, address.to):
                return known
        for tenant in served:
            if near := await self._references.newest(tenant):
                return near
        raise TryLater(NO_TEAM, HOUR)

    def _served(self, address: Address) -> list[str]:
        """The tenants to look in: a partnership's own, which may be several, else all."""
        return [part.strip().lower() for part in (address.team or "").split(",") if part.strip()] or self._tenants


def _body(parcel: Parcel) -> Json:
    if parcel.file:
        return files.consent(parcel.message, parcel.file, parcel.key)
    return drawn(parcel.message, place_is_channel=not parcel.address.direct)
