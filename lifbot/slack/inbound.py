"""What comes in from Slack: one listener for /lif, one for buttons, one for forms, one for events."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lifbot.message import Incoming, Message, say
from lifbot.settings import Settings
from lifbot.slack import reading
from lifbot.slack.answers import Answers, drawn
from lifbot.slack.reading import Origin

Handle = Callable[[Incoming], Awaitable[Message | None]]
Body = dict[str, Any]

LOG = logging.getLogger("lifbot.slack")
# Bolt logs whole bodies of refused requests at INFO, and at WARNING talks of options that it would like to see.
BOLT_LOG = logging.getLogger("lifbot.slack.bolt")
BOLT_LOG.setLevel(logging.ERROR)

MOST_BYTES = 1_000_000
EVENTS = re.compile(r"^(app_mention|message|app_home_opened|app_uninstalled|tokens_revoked)$")
SORRY = "Something went wrong on our side; nothing was changed. Please try again."


class OneWorkspace(AsyncAuthorize):
    """Authorizes every signed request with the one bot token, without asking Slack each time."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def __call__(self, *, context: AsyncBoltContext, **given: Any) -> AuthorizeResult:
        """Return the installation, as far as a request tells it."""
        return AuthorizeResult(
            enterprise_id=context.enterprise_id,
            team_id=context.team_id,
            user_id=context.user_id,
            bot_token=self._token,
        )


class SlackApp(AsyncApp):
    """Bolt's app, which can be waited for until its last answers are out."""

    answers: Answers

    async def drain(self) -> None:
        """Wait for the answers that are still on their way."""
        await self.answers.drain()


class Listeners:
    """Turns each request into an Incoming, asks `handle`, and acknowledges with what came back."""

    def __init__(self, handle: Handle, now: Callable[[], datetime], client: AsyncWebClient) -> None:
        self._handle = handle
        self._now = now
        self._client = client
        self._me: str | None = None
        self.answers = Answers(client)

    async def command(self, ack: AsyncAck, body: Body) -> None:
        """Answer /lif in the acknowledgement itself, or by opening a form."""
        incoming, origin = reading.command(body, self._now())
        answer = await self._ask(incoming)
        if answer is None or await self._opened(answer, body, incoming, origin):
            await ack()
        else:
            await ack({"response_type": "ephemeral", **drawn(answer)})

    async def click(self, ack: AsyncAck, body: Body) -> None:
        """Answer a button."""
        incoming, origin = reading.click(body, self._now())
        answer = await self._ask(incoming) if incoming.text else None
        opened = answer is not None and await self._opened(answer, body, incoming, origin)
        await ack()
        if answer and not opened:
            self.answers.later(self.answers.send(origin, answer))

    async def form(self, ack: AsyncAck, body: Body) -> None:
        """Answer a submitted form: with its faults, with the next form, or where it was opened."""
        incoming, origin = reading.form(body, self._now())
        answer = await self._ask(incoming)
        if answer and (faults := _faults(answer, body["view"])):
            await ack(response_action="errors", errors=faults)
        elif answer and answer.form and (view := self.answers.view(answer.form, incoming.place, origin)):
            await ack(response_action="update", view=view)
        else:
            await ack()
            if answer:
                self.answers.later(self.answers.send(origin, answer))

    async def event(self, body: Body) -> None:
        """Answer a mention, a direct message or the Home tab; Bolt acknowledges when this returns."""
        kind = body["event"]["type"]
        if kind == "app_home_opened":
            await self._home(body)
        elif kind in ("app_mention", "message"):
            read = reading.spoken(body, await self._bot_user(body), self._now())
            if read and (answer := await self._ask(read[0])):
                self.answers.later(self.answers.send(read[1], answer))

    async def _opened(self, answer: Message, body: Body, incoming: Incoming, origin: Origin) -> bool:
        if answer.form is None:
            return False
        return await self.answers.open_form(body.get("trigger_id"), answer.form, incoming.place, origin)

    async def _home(self, body: Body) -> None:
        incoming = reading.opened_home(body, self._now())
        if incoming and (answer := await self._ask(incoming)):
            self.answers.later(self.answers.publish_home(incoming.who, answer))

    async def _bot_user(self, body: Body) -> str | None:
        """The bot's own user id; Slack is asked once, and only if no event has told it."""
        self._me = reading.bot_user(body) or self._me
        if self._me is None and body["event"]["type"] == "app_mention":
            try:
                self._me = (await self._client.auth_test())["user_id"]
            except Exception as error:  # the mention is then recognised by leading its message
                LOG.info("the bot's own user id is not known yet: %s", type(error).__name__)
        return self._me

    async def _ask(self, incoming: Incoming) -> Message | None:
        try:
            return await self._handle(incoming)
        except Exception as error:  # of any kind: the person is told, and no word of theirs is logged
            spot = traceback.extract_tb(error.__traceback__)[-1]
            ids = (incoming.kind, incoming.team, incoming.who, incoming.place.channel)
            LOG.error("%s of %s/%s in %s: %s at %s:%s", *ids, type(error).__name__, spot.name, spot.lineno)
            return replace(say(SORRY), errors=(("", SORRY),))


def app(settings: Settings, handle: Handle, now: Callable[[], datetime], client: AsyncWebClient) -> SlackApp:
    """Return Bolt's app for one workspace; nothing is asked of Slack until somebody writes."""
    secret = settings.slack_signing_secret
    bolt = SlackApp(
        name=BOLT_LOG.name,
        logger=BOLT_LOG,
        process_before_response=True,  # else Bolt polls for the acknowledgement every 10 ms
        raise_error_for_unhandled_request=True,
        signing_secret=secret.get_secret_value() if secret else "",  # empty (Socket Mode) refuses every HTTP request
        client=client,
        authorize=OneWorkspace(client.token or ""),
        ignoring_self_events_enabled=False,  # every bot's words are ignored in reading.py, without asking who we are
    )
    listeners = Listeners(handle, now, client)
    bolt.answers = listeners.answers
    bolt.command("/lif")(listeners.command)
    bolt.action(re.compile(r"^lif:"))(listeners.click)
    bolt.view("lif")(listeners.form)
    bolt.event(EVENTS)(listeners.event)
    bolt.error(_failed)
    return bolt


def routes(bolt: AsyncApp) -> list[Route]:
    """Return the one path for all of Slack's traffic."""

    async def events(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            return to_starlette_response(await bolt.async_dispatch(_read(request, body)))
        except (
            ValueError,
            TypeError,
            AttributeError,
            LookupError,
            RecursionError,
        ):  # Bolt's own reading, of odd shapes
            return PlainTextResponse("not a request of Slack's", 400)

    return [Route("/slack/events", events, methods=["POST"])]


def socket_mode(bolt: AsyncApp, settings: Settings) -> AsyncSocketModeHandler:
    """Return the handler that fetches Slack's traffic by web socket instead; start it with `connect_async()`."""
    token = settings.slack_app_token
    handler = AsyncSocketModeHandler(bolt, token.get_secret_value() if token else "", logger=BOLT_LOG)
    handler.client.proxy = bolt.client.proxy
    return handler


async def _failed(error: Exception) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)  # Slack stops sending to an app that refuses what it did not expect
    LOG.error("a request of Slack's could not be read: %s", type(error).__name__)
    return BoltResponse(status=400)


async def _body(request: Request) -> bytes | None:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > MOST_BYTES:
            return None
    return bytes(parts)


def _read(request: Request, body: bytes) -> AsyncBoltRequest:
    read = to_async_bolt_request(request, body)
    if body and not read.body:  # Bolt takes any form that has the word "payload" in it for a button's, and drops it
        read.body = dict(parse_qsl(body.decode(), keep_blank_values=True))
        read.context = build_async_context(AsyncBoltContext(), read.body)
    return read


def _faults(answer: Message, view: Body) -> dict[str, str]:
    """The texts beside a form's fields; those of no field in it stand at the first."""
    names = [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"]
    faults: dict[str, str] = {}
    for field, text in answer.errors if names else ():
        name = field if field in names else names[0]
        faults[name] = f"{faults[name]} {text}" if name in faults else text
    return faults
