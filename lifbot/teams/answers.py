"""How an answer finds its way back to the person who asked: Teams has no message for one person in a channel."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from lifbot.errors import NOT_ADDED, TryLater, Undeliverable
from lifbot.teams.cards import Json
from lifbot.teams.connector import Connector
from lifbot.teams.conversations import GONE, Conversations
from lifbot.teams.reading import Origin, reference
from lifbot.teams.references import Reference, References
from lifbot.teams.replies import held_to

LOG = logging.getLogger("lifbot.teams")
SENT = "Sent to you."
NOT_YET = "I cannot write to you yet. Please add lifbot to Teams for yourself (Apps, lifbot, Add), then ask me again."
NOT_NOW = "I could not reach your own chat with me just now. Please ask me again in a minute."
AGAIN = ("ratelimited", "http_412", "http_502", "http_503", "http_504")
WAITS = (1.0, 3.0)  # seconds before the second and the third try
LONGEST_WAIT = 20.0

T = TypeVar("T")


class Answers:
    """Sends answers after Teams' request was acknowledged; a failure is logged by ids and breaks nothing."""

    def __init__(
        self,
        connector: Connector,
        references: References,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._connector = connector
        self._references = references
        self._conversations = Conversations(connector, references)
        self._sleep = sleep
        self._tasks: set[asyncio.Task[object]] = set()

    def later(self, doing: Coroutine[Any, Any, object]) -> None:
        """Start something; Teams' request need not wait for it."""
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait until everything that was started is done or has failed."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def remember(self, source: Origin) -> bool:
        """Keep where a conversation is; True if it is new."""
        kept = reference(source)
        return bool(kept.channel or kept.who) and await self._references.remember(kept)

    async def forget(self, source: Origin) -> None:
        """Drop a conversation that the bot was removed from."""
        await self._references.forget(source.near.tenant, source.near.conversation)

    async def instead(self, source: Origin, body: Json) -> bool:
        """Draw the card whose button was pressed anew, for everybody; False where that did not work."""
        if source.card is None:
            return False
        where = (source.near.service_url, source.conversation, source.card)
        return await self._tried(source, partial(self._connector.put, *where, body))

    async def deliver(self, source: Origin, body: Json, *, told: bool = False) -> None:
        """Send to the person's own chat; in a channel one line says so, unless they were `told` in another way."""
        if source.stays:
            await self._tried(source, partial(self._post, source, body))
            return
        line = await self._personally(source, held_to(body, source.held))
        if not source.quiet and not (told and line == SENT):
            await self._tried(
                source, partial(self._post, source, {"type": "message", "text": line, "textFormat": "plain"})
            )

    async def say(self, source: Origin, body: Json) -> None:
        """Say something where it was asked, for everybody there."""
        await self._tried(source, partial(self._post, source, body))

    async def _personally(self, source: Origin, body: Json) -> str:
        """Send to somebody's own chat, opened if need be; return what to say in the channel."""
        try:
            try:
                await self._to_own_chat(source, body)
            except Undeliverable as error:
                if error.reason not in GONE:
                    raise
                await self._to_own_chat(source, body)  # what was known is forgotten now, so it is opened anew
        except (TryLater, Undeliverable) as error:
            LOG.info("%s cannot be written to: %s", source.who, error.reason)
            return NOT_YET if isinstance(error, Undeliverable) or error.reason == NOT_ADDED else NOT_NOW
        return SENT

    async def _to_own_chat(self, source: Origin, body: Json) -> None:
        near = source.near
        chat = await self._again(partial(self._conversations.personal, near.tenant, source.who, near))
        try:
            await self._again(partial(self._connector.post, chat.service_url, chat.conversation, _from(chat, body)))
        except Undeliverable as error:
            await self._conversations.left(chat, error)
            raise

    async def _post(self, source: Origin, body: Json) -> str:
        return await self._connector.post(source.near.service_url, source.conversation, _from(source.near, body))

    async def _tried(self, source: Origin, sending: Callable[[], Awaitable[object]]) -> bool:
        try:
            await self._again(sending)
        except (TryLater, Undeliverable) as error:
            LOG.warning("an answer to %s in %s failed: %s", source.who, source.conversation, error.reason)
            return False
        return True

    async def _again(self, sending: Callable[[], Awaitable[T]]) -> T:
        """Send, and again where Teams asks for that."""
        for wait in WAITS:
            try:
                return await sending()
            except TryLater as error:
                if error.reason not in AGAIN:
                    raise
                pause = error.after if error.after is not None else wait * random.uniform(1, 1.5)
                await self._sleep(min(pause, LONGEST_WAIT))
        return await sending()


def _from(near: Reference, body: Json) -> Json:
    return {**body, "from": {"id": near.bot}}
