"""Which token speaks in which workspace: the one of the settings, or those of all who installed lifbot."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Message, Parcel, Receipt
from lifbot.settings import Settings
from lifbot.slack.sender import SlackSender, client_with

LOG = logging.getLogger("lifbot.slack")
REMEMBERED = 60.0  # seconds until another process's installation or removal is seen here
NOT_INSTALLED = "not_installed"

T = TypeVar("T")

Find = Callable[[str | None], Awaitable[str | None]]
Revoke = Callable[[str, datetime], Awaitable[None]]


class Workspaces(AsyncAuthorize):
    """Authorizes signed requests without asking Slack each time, and says which client answers them."""

    async def client(self, team: str | None) -> AsyncWebClient:
        """Return the client that speaks in a workspace; without a token where there is none."""
        raise NotImplementedError

    async def removed(self, team: str, at: datetime) -> None:
        """Take note that a workspace has removed lifbot."""

    async def __call__(self, *, context: AsyncBoltContext, **given: Any) -> AuthorizeResult:
        """Return the installation, as far as a request tells it."""
        return AuthorizeResult(
            enterprise_id=context.enterprise_id,
            team_id=context.team_id,
            user_id=context.user_id,
            bot_token=(await self.client(context.team_id)).token,
        )


class OneWorkspace(Workspaces):
    """The workspace of SLACK_BOT_TOKEN."""

    def __init__(self, client: AsyncWebClient) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        self._client = client

    async def client(self, team: str | None) -> AsyncWebClient:
        """Return the one client."""
        return self._client


@dataclass
class Known:
    """A workspace's client, and until when it may be used without looking again."""

    client: AsyncWebClient
    until: float


class ManyWorkspaces(Workspaces):
    """The workspaces that installed lifbot; `find` returns a token, or None where there is none."""

    def __init__(
        self,
        settings: Settings,
        session: aiohttp.ClientSession,
        find: Find,
        revoke: Revoke,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        self._settings = settings
        self._session = session
        self._find = find
        self._revoke = revoke
        self._monotonic = monotonic
        self._known: dict[str | None, Known] = {}

    async def client(self, team: str | None) -> AsyncWebClient:
        """Return a workspace's client; for None, that of the only workspace."""
        try:
            return await self.found(team)
        except TryLater as error:
            LOG.warning("there is no token for the workspace %s: %s", team, error.reason)
            return client_with(self._settings, self._session, None)

    async def found(self, team: str | None) -> AsyncWebClient:
        """Return a workspace's client; TryLater names why there is none."""
        known = self._known.get(team)
        if known is None or known.until <= self._monotonic():
            token = await self._find(team)
            # The same client while the token is the same: its sender knows how fast it has been.
            same = known is not None and known.client.token == token
            web = known.client if known and same else client_with(self._settings, self._session, token)
            known = self._known[team] = Known(web, self._monotonic() + REMEMBERED)
        if not known.client.token:
            raise TryLater(NOT_INSTALLED)
        return known.client

    async def removed(self, team: str, at: datetime) -> None:
        """Forget a workspace's token; `at` is when Slack says that lifbot was removed."""
        await self._revoke(team, at)
        self.forget(team)

    def forget(self, team: str) -> None:
        """Look again the next time, since something has changed."""
        self._known.pop(team, None)
        self._known.pop(None, None)


class SlackSenders:
    """Sends each parcel with the token of its workspace, at that workspace's own pace."""

    def __init__(self, workspaces: ManyWorkspaces) -> None:
        self._workspaces = workspaces
        self._senders: dict[str | None, tuple[AsyncWebClient, SlackSender]] = {}

    async def send(self, parcel: Parcel) -> Receipt:
        """Send it, or find that it had arrived; TryLater or Undeliverable says why not."""
        return await self._anywhere(parcel.address, lambda sender: sender.send(parcel))

    async def publish(self, address: Address, message: Message) -> None:
        """Draw somebody's Home tab anew; TryLater or Undeliverable says why not."""
        await self._anywhere(address, lambda sender: sender.publish(address, message))

    async def _anywhere(self, address: Address, doing: Callable[[SlackSender], Awaitable[T]]) -> T:
        """Do it in the workspace that knows the person or the channel: of several, one alone does."""
        named = [team.strip() for team in (address.team or "").split(",")]
        teams: list[str | None] = [team for team in named if team] or [None]
        why: TryLater | Undeliverable | None = None
        for team in teams:
            try:
                return await doing(await self._sender(team))
            except Undeliverable as error:
                why = why or error
            except TryLater as error:
                if error.reason != NOT_INSTALLED:
                    raise
                why = error
        raise why or TryLater(NOT_INSTALLED)

    async def _sender(self, team: str | None) -> SlackSender:
        client = await self._workspaces.found(team)
        known = self._senders.get(team)
        if known is None or known[0] is not client:
            known = self._senders[team] = (client, SlackSender(client))
        return known[1]
