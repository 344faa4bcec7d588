"""How an answer finds its way back to the person who asked, by whichever of Slack's doors is still open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from lifbot.message import Form, Message, Place, Say
from lifbot.slack import reading, render
from lifbot.slack.blocks import Json
from lifbot.slack.reading import Origin

LOG = logging.getLogger("lifbot.slack")
POST_SECONDS = 10.0
FORM_SECONDS = 2.0  # a trigger lives for three, and so does the request that waits


class Answers:
    """Sends answers after the acknowledgement; a failure is logged by ids and breaks nothing."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def later(self, sending: Coroutine[Any, Any, None]) -> None:
        """Start sending; Slack's request need not wait for it."""
        task = asyncio.create_task(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait until every answer that was started has been sent or has failed."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def send(self, client: AsyncWebClient, origin: Origin, msg: Message) -> None:
        """Send the answer by the first way that works."""
        body = drawn(msg)
        for way in self._ways(client, origin, msg.replaces, body):
            if await _tried(way(), origin):
                return
        LOG.warning("no way was left to answer %s in %s", origin.who, origin.channel)

    def _ways(
        self, client: AsyncWebClient, origin: Origin, replaces: bool, body: Json
    ) -> list[Callable[[], Awaitable[object]]]:
        place: Json = {"channel": origin.channel, "thread_ts": origin.thread}
        instead: Json = {"channel": origin.channel, "ts": origin.message}
        whisper: Json = {**body, "response_type": "ephemeral", "replace_original": False}
        whisper |= {"thread_ts": origin.thread} if origin.thread else {}
        post = partial(client.chat_postMessage, **place, **body)
        shown_to_one = {name: body[name] for name in ("text", "blocks")}
        ways: list[Callable[[], Awaitable[object]]] = []
        if replaces and origin.message:
            if origin.url:
                ways.append(partial(_respond, client, origin.url, {**body, "replace_original": True}))
            ways.append(partial(client.chat_update, **instead, **shown_to_one))
        if origin.stays:
            ways.append(post)
        if origin.url:
            ways.append(partial(_respond, client, origin.url, whisper))
        if not origin.stays:
            ways.append(partial(client.chat_postEphemeral, **place, user=origin.who, **shown_to_one))
        return ways

    async def open_form(
        self, client: AsyncWebClient, trigger: str | None, form: Form, place: Place, origin: Origin
    ) -> bool:
        """Open the form while its trigger lives; False where it could not be opened."""
        return await self._open(client, trigger, self.view(form, place, origin), origin)

    async def open_window(self, client: AsyncWebClient, trigger: str | None, msg: Message, origin: Origin) -> bool:
        """Show an answer above the Home tab, where somebody pressed a button; False where that did not work."""
        return await self._open(client, trigger, self.window(msg), origin)

    async def _open(self, client: AsyncWebClient, trigger: str | None, view: Json | None, origin: Origin) -> bool:
        """Open a modal; where one is open above the Home tab, that one changes."""
        if view is None or not (trigger or origin.view):
            return False
        opening = (
            client.views_update(view_id=origin.view, view=view)
            if origin.view
            else client.views_open(trigger_id=trigger or "", view=view)
        )
        return await _tried(opening, origin, FORM_SECONDS)

    def window(self, msg: Message) -> Json | None:
        """Return the modal that shows an answer; None where something in it cannot be drawn."""
        try:
            return render.window(msg)
        except ValueError as error:
            LOG.warning("an answer cannot be drawn: %s", type(error).__name__)
            return None

    def view(self, form: Form, place: Place, origin: Origin) -> Json | None:
        """Return the form's modal; None where Slack has no room for it."""
        try:
            return render.form_view(form, reading.metadata(form.command, place, origin))
        except ValueError as error:
            LOG.warning("a form for %s does not fit: %s", origin.who, type(error).__name__)
            return None

    def redraw(self, client: AsyncWebClient, answer: Message | None, origin: Origin) -> None:
        """Start drawing the Home tab as it is after an answer, where that is where somebody pressed."""
        if answer and answer.page:
            self.later(self.publish_home(client, origin.who, answer.page))

    async def publish_home(self, client: AsyncWebClient, who: str, msg: Message) -> None:
        """Show a message as somebody's Home tab."""
        publishing = client.views_publish(user_id=who, view=render.home(msg))
        await _tried(publishing, Origin(who, who, stays=True))


def drawn(msg: Message, *, place_is_channel: bool = False) -> Json:
    """Return the message as Slack takes it; as plain words if something in it cannot be drawn."""
    try:
        return render.message(msg, place_is_channel=place_is_channel)
    except ValueError as error:
        LOG.warning("a message cannot be drawn: %s", type(error).__name__)
        plain = Message((Say(msg.plain()),), msg.summary)
        return render.message(plain, place_is_channel=place_is_channel)


async def _respond(client: AsyncWebClient, url: str, body: Json) -> None:
    webhook = AsyncWebhookClient(url, session=client.session, logger=client.logger, retry_handlers=[])
    webhook.proxy = client.proxy
    answer = await webhook.send_dict(body)
    if answer.status_code != 200 or '"ok":false' in answer.body.replace(" ", ""):
        raise ConnectionError


async def _tried(sending: Awaitable[object], origin: Origin, seconds: float = POST_SECONDS) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await sending
    except Exception as error:  # whatever Slack or the network did, the person's change stands and others wait
        LOG.info("an answer to %s in %s failed: %s", origin.who, origin.channel, _reason(error))
        return False
    return True


def _reason(error: Exception) -> str:
    data = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    return str(data.get("error")) if isinstance(data, dict) else type(error).__name__
