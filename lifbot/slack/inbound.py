"""What comes in from Slack: one listener for /lif, one for buttons, one for forms, one for events."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lifbot.manifest import LOG_AS_ACTION_IN_SLACK as LOG_AS_ACTION
from lifbot.message import Incoming, Message, say
from lifbot.settings import Settings
from lifbot.slack import chosen, reading, requests
from lifbot.slack.accounts import Accounts
from lifbot.slack.answers import Answers, drawn
from lifbot.slack.forms import faults_beside
from lifbot.slack.names import named
from lifbot.slack.reading import Origin
from lifbot.slack.workspaces import OneWorkspace, Workspaces

Handle = Callable[[Incoming], Awaitable[Message | None]]
Body = dict[str, Any]

LOG = logging.getLogger("lifbot.slack")
# Bolt logs whole bodies of refused requests at INFO, and at WARNING talks of options that it would like to see.
BOLT_LOG = logging.getLogger("lifbot.slack.bolt")
BOLT_LOG.setLevel(logging.ERROR)

ODD_SHAPES = (ValueError, TypeError, AttributeError, LookupError, RecursionError)  # what Bolt's own reading raises
EVENTS = re.compile(r"^(app_mention|message|app_home_opened|app_uninstalled|tokens_revoked|user_change)$")
SORRY = "Something went wrong on our side; nothing was changed. Please try again."


class SlackApp(AsyncApp):
    """Bolt's app, which can be waited for until its last answers are out."""

    answers: Answers

    async def drain(self) -> None:
        """Wait for the answers that are still on their way."""
        await self.answers.drain()


class Listeners:
    """Turns each request into an Incoming, asks `handle`, and acknowledges with what came back."""

    def __init__(self, handle: Handle, now: Callable[[], datetime], workspaces: Workspaces) -> None:
        self._handle = handle
        self._now = now
        self._workspaces = workspaces
        self._me: dict[str | None, str] = {}
        self._accounts = Accounts()
        self.answers = Answers()

    async def command(self, ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        """Answer /lif in the acknowledgement itself, or by opening a form."""
        incoming, origin = reading.command(body, self._now())
        answer = await self._ask(incoming)
        client = await self._workspaces.client(context.team_id)
        if answer is None or await self._opened(client, answer, body, incoming, origin):
            await ack()
        else:
            await ack({"response_type": "ephemeral", **drawn(answer)})

    async def click(self, ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        """Answer a button; on the Home tab in a window above it, and with the tab as it is then."""
        incoming, origin = reading.click(body, self._now())
        answer = await self._ask(incoming) if incoming.text else None
        client = await self._workspaces.client(context.team_id)
        opened = answer is not None and await self._opened(client, answer, body, incoming, origin)
        if answer and origin.tab and not opened:
            opened = await self.answers.open_window(client, body.get("trigger_id"), answer, origin)
        await ack()
        if answer and not opened:
            self.answers.later(self.answers.send(client, origin, answer))
        self.answers.redraw(client, answer, origin)

    async def chosen(self, ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        """Answer "Log as action" in a message's own menu, by opening a form that holds the message."""
        client = await self._workspaces.client(context.team_id)
        incoming, origin = chosen.read(body, await chosen.permalink(client, body), self._now())
        answer = await self._ask(incoming)
        opened = answer is not None and await self._opened(client, answer, body, incoming, origin)
        await ack()
        if answer and not opened:
            self.answers.later(self.answers.send(client, origin, answer))

    async def form(self, ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        """Answer a submitted form: with its faults, with the next form, or where it was opened."""
        incoming, origin = reading.form(body, self._now())
        answer = await self._ask(incoming)
        if answer is None:
            await ack()
            return
        if faults := faults_beside(answer, body["view"]):
            await ack(response_action="errors", errors=faults)
            return
        client = await self._workspaces.client(context.team_id)
        view = self.answers.view(answer.form, incoming.place, origin) if answer.form else None
        if view is None and origin.tab:
            view = self.answers.window(answer)
        await (ack(response_action="update", view=view) if view else ack())
        if view is None:
            self.answers.later(self.answers.send(client, origin, answer))
        self.answers.redraw(client, answer, origin)

    async def event(self, body: Body, context: AsyncBoltContext) -> None:
        """Answer a mention, a direct message or the Home tab; Bolt acknowledges when this returns."""
        kind, team = body["event"]["type"], context.team_id
        if kind in ("app_uninstalled", "tokens_revoked"):
            if team and (at := reading.removed_at(body)):
                await self._workspaces.removed(team, at)
            return
        client = await self._workspaces.client(team)
        if kind == "app_home_opened":
            await self._home(client, body)
        elif kind == "user_change" and (account := self._accounts.changed(body, self._now())):
            await self._ask(account)
        elif kind in ("app_mention", "message"):
            read = reading.spoken(body, await self._bot_user(client, team, body), self._now())
            if read and (answer := await self._ask(read[0])):
                self.answers.later(self.answers.send(client, read[1], answer))

    async def _opened(
        self, client: AsyncWebClient, answer: Message, body: Body, incoming: Incoming, origin: Origin
    ) -> bool:
        if answer.form is None:
            return False
        return await self.answers.open_form(client, body.get("trigger_id"), answer.form, incoming.place, origin)

    async def _home(self, client: AsyncWebClient, body: Body) -> None:
        incoming = reading.opened_home(body, self._now())
        if incoming and (answer := await self._ask(incoming)):
            self.answers.later(self.answers.publish_home(client, incoming.who, answer))

    async def _bot_user(self, client: AsyncWebClient, team: str | None, body: Body) -> str | None:
        """The bot's own user id; Slack is asked once, and only if no event has told it."""
        me = reading.bot_user(body) or self._me.get(team)
        if me is None and body["event"]["type"] == "app_mention":
            try:
                me = (await client.auth_test())["user_id"]
            except Exception as error:  # the mention is then recognised by leading its message
                LOG.info("the bot's own user id is not known yet: %s", type(error).__name__)
        if me:
            self._me[team] = me
        return me

    async def _ask(self, incoming: Incoming) -> Message | None:
        try:
            answer = await self._handle(incoming)
            if answer and answer.unnamed:
                names = await named(await self._workspaces.client(incoming.team or None), answer.unnamed)
                answer = await self._handle(replace(incoming, names=names, event=None)) if names else answer
            return answer
        except Exception as error:  # of any kind: the person is told, and no word of theirs is logged
            spot = traceback.extract_tb(error.__traceback__)[-1]
            ids = (incoming.kind, incoming.team, incoming.who, incoming.place.channel)
            LOG.error("%s of %s/%s in %s: %s at %s:%s", *ids, type(error).__name__, spot.name, spot.lineno)
            return replace(say(SORRY), errors=(("", SORRY),))


def app(
    settings: Settings,
    handle: Handle,
    now: Callable[[], datetime],
    client: AsyncWebClient,
    workspaces: Workspaces | None = None,
    flow: AsyncOAuthFlow | None = None,
) -> SlackApp:
    """Return Bolt's app, for one workspace unless others are given; nothing is asked of Slack until somebody writes."""
    secret = settings.slack_signing_secret
    workspaces = workspaces or OneWorkspace(client)
    bolt = SlackApp(
        name=BOLT_LOG.name,
        logger=BOLT_LOG,
        process_before_response=True,  # else Bolt polls for the acknowledgement every 10 ms
        raise_error_for_unhandled_request=True,
        signing_secret=secret.get_secret_value() if secret else "",  # empty (Socket Mode) refuses every HTTP request
        client=client,
        authorize=workspaces,
        oauth_flow=flow,  # else Bolt makes one of its own as soon as the environment has a client id
        ignoring_self_events_enabled=False,  # every bot's words are ignored in reading.py, without asking who we are
    )
    listeners = Listeners(handle, now, workspaces)
    bolt.answers = listeners.answers
    bolt.command("/lif")(listeners.command)
    bolt.action(re.compile(r"^lif:"))(listeners.click)
    bolt.shortcut(LOG_AS_ACTION)(listeners.chosen)
    bolt.view("lif")(listeners.form)
    bolt.event(EVENTS)(listeners.event)
    bolt.error(_failed)
    return bolt


def routes(bolt: AsyncApp) -> list[Route]:
    """Return the one path for all of Slack's traffic."""

    async def events(request: Request) -> Response:
        body = await requests.body_of(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            return to_starlette_response(await bolt.async_dispatch(requests.read(request, body)))
        except ODD_SHAPES:
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
