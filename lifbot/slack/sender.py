"""How the outbox reaches Slack: one message, looked for before it is sent a second time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Message, Parcel, Receipt
from lifbot.pace import Pace, Rate
from lifbot.settings import Settings, is_loopback
from lifbot.slack import files, render
from lifbot.slack.answers import drawn
from lifbot.slack.blocks import Json
from lifbot.slack.render import escape

LOG = logging.getLogger("lifbot.slack")
# The SDK writes bodies at DEBUG, and takes a logger without a level of its own for one at DEBUG.
SDK_LOG = logging.getLogger("lifbot.slack.sdk")
SDK_LOG.setLevel(logging.WARNING)

SECONDS = 10  # for one call
CHANNEL, WORKSPACE = Rate(10, 1), Rate(40, 20)  # about one message a second in a channel, with short bursts
HISTORY = 100  # messages looked through for one that may have arrived
EVENT = "lifbot"  # the type of our messages' metadata
PAUSE = 30.0  # seconds, where Slack says "too fast" without saying for how long

# An operator can mend these, so the message waits.
TOKEN = {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope"}
NEVER = {
    *("channel_not_found", "is_archived", "not_in_channel", "method_not_supported_for_channel_type"),
    *(
        "user_not_found",
        "users_not_found",
        "user_not_visible",
        "user_disabled",
        "cannot_dm_bot",
        "messages_tab_disabled",
    ),
    *("message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "cannot_reply_to_message"),
    *("msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text"),
}
UNREADABLE = ("invalid_auth", "not_in_channel", "channel_not_found", "thread_not_found")  # for a look into a channel


def client(settings: Settings, session: aiohttp.ClientSession | None) -> AsyncWebClient:
    """Return the client with the token of the settings."""
    token = settings.slack_bot_token
    return client_with(settings, session, token.get_secret_value() if token else None)


def client_with(
    settings: Settings,
    session: aiohttp.ClientSession | None,
    token: str | None,
    kind: type[AsyncWebClient] = AsyncWebClient,
) -> AsyncWebClient:
    """Return the client for a workspace's calls; it never repeats a call by itself, which could send twice."""
    web = kind(
        token=token,
        base_url=settings.slack_api_url,
        timeout=SECONDS,
        session=session,
        logger=SDK_LOG,
        retry_handlers=[],
    )
    if is_loopback(urlsplit(settings.slack_api_url).hostname):
        web.proxy = None  # a proxy of the environment leads away from this machine
    return web


class SlackSender:
    """Sends parcels to one workspace, no faster than Slack takes them."""

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        haste: float = 1,
    ) -> None:
        self._client = client
        self._pace = Pace(CHANNEL.times(haste), WORKSPACE.times(haste), sleep, monotonic)
        self._conversations: dict[str, str] = {}

    async def send(self, parcel: Parcel) -> Receipt:
        """Send it, or find that it had arrived; TryLater or Undeliverable says why not."""
        channel = await self._channel(parcel.address)
        if parcel.again and not parcel.instead and (arrived := await self._arrived(channel, parcel)):
            return arrived
        await self._pace.turn(channel)
        try:
            return await (self._upload(channel, parcel) if parcel.file else self._post(channel, parcel))
        except TryLater as error:
            if error.reason == "ratelimited":
                self._pace.pause(channel, error.after or PAUSE)
            raise

    async def publish(self, address: Address, message: Message) -> None:
        """Draw somebody's Home tab anew; TryLater or Undeliverable says why not."""
        await self._pace.turn(f"home of {address.to}")
        await _asked(self._client.views_publish(user_id=address.to, view=render.home(message)))

    async def _post(self, channel: str, parcel: Parcel) -> Receipt:
        metadata = {"event_type": EVENT, "event_payload": {"key": parcel.key}}
        body = drawn(parcel.message, place_is_channel=not parcel.address.direct)
        if parcel.instead:  # to draw it twice does no harm
            shown = {name: body[name] for name in ("text", "blocks")}
            await _asked(self._client.chat_update(channel=channel, ts=parcel.instead.stamp, **shown))
            return parcel.instead
        if parcel.address.thread:
            body["thread_ts"] = parcel.address.thread
        answer = await _asked(self._client.chat_postMessage(channel=channel, metadata=metadata, **body))
        return Receipt(str(answer.get("channel") or channel), _text(answer.get("ts")))

    async def _upload(self, channel: str, parcel: Parcel) -> Receipt:
        """Send a file with its words; until the last call nobody sees anything of it."""
        file, web = parcel.file, self._client
        assert file is not None  # as the caller has seen
        there = await _asked(web.files_getUploadURLExternal(filename=file.name, length=len(file.content)))
        id = _text(there.get("file_id"))
        await files.hand_over(web, there.get("upload_url"), file.content)
        ready: list[dict[str, str | None]] = [{"id": id, "title": file.title}]
        text = escape(parcel.message.plain())
        answer = web.files_completeUploadExternal(files=ready, channel_id=channel, initial_comment=text)
        return files.receipt(await _asked(answer), channel, id)

    async def _channel(self, address: Address) -> str:
        if not address.direct:
            return address.to
        if address.to not in self._conversations:
            answer = await _asked(self._client.conversations_open(users=address.to))
            opened = answer.get("channel")
            self._conversations[address.to] = _text(opened.get("id") if isinstance(opened, dict) else None)
        return self._conversations[address.to]

    def _looking(self, channel: str, thread: str | None) -> Awaitable[AsyncSlackResponse]:
        if thread:
            return self._client.conversations_replies(
                channel=channel, ts=thread, limit=HISTORY, include_all_metadata=True
            )
        return self._client.conversations_history(channel=channel, limit=HISTORY, include_all_metadata=True)

    async def _arrived(self, channel: str, parcel: Parcel) -> Receipt | None:
        try:
            answer = await _asked(self._looking(channel, parcel.address.thread))
        except (TryLater, Undeliverable) as error:
            # It may not be allowed to read channels, or the thread is gone: better told twice than never.
            if not parcel.address.direct and error.reason in UNREADABLE:
                return None
            raise
        messages = answer.get("messages")
        if parcel.file:  # its message can hold no key
            return files.found(messages, channel, parcel.file)
        for message in messages if isinstance(messages, list) else ():
            if _key(message) == parcel.key:
                return Receipt(channel, _text(message.get("ts")))
        return None


async def _asked(calling: Awaitable[AsyncSlackResponse]) -> Json:
    try:
        async with asyncio.timeout(SECONDS):
            data = (await calling).data
    except SlackApiError as error:
        raise refusal(error) from None  # the SDK's own message holds what was answered
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise TryLater(type(error).__name__) from None
    except (AttributeError, TypeError, ValueError):  # what came back is no answer of Slack's
        raise TryLater("unreadable_answer") from None
    if not isinstance(data, dict):
        raise TryLater("unreadable_answer")
    return data


def refusal(error: SlackApiError) -> TryLater | Undeliverable:
    """Return what Slack's refusal means for the message: later, or never."""
    data, headers = getattr(error.response, "data", None), getattr(error.response, "headers", {})
    name = str(data.get("error") or "") if isinstance(data, dict) else ""
    status = getattr(error.response, "status_code", 0)
    if status == 429 or name in ("ratelimited", "rate_limited"):
        return TryLater("ratelimited", _seconds(headers.get("Retry-After")))
    if name in TOKEN:
        LOG.warning("Slack refuses the bot's token: %s", name)
        return TryLater("invalid_auth")
    if name in NEVER or name.startswith("restricted_action"):
        return Undeliverable(name)
    return TryLater(name or (f"http_{status}" if status >= 500 else "unreadable_answer"))


def _key(message: object) -> str | None:
    """The outbox key in a message's metadata; None for messages that are not ours."""
    metadata = message.get("metadata") if isinstance(message, dict) else None
    payload = (
        metadata.get("event_payload") if isinstance(metadata, dict) and metadata.get("event_type") == EVENT else None
    )
    return payload.get("key") if isinstance(payload, dict) else None


def _seconds(header: str | None) -> float | None:
    try:
        return min(3600.0, max(0.0, float(header or "")))
    except ValueError:
        return None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TryLater("unreadable_answer")
    return value
