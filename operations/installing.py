"""The database's side of installations: what Slack's stores and senders ask of it, as functions of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import aiohttp
from sqlalchemy.exc import IntegrityError
from starlette.routing import BaseRoute

from lifbot.errors import LifError, TryLater
from lifbot.message import Incoming, Message
from lifbot.settings import Settings
from scheduler.deliver import Sender
from storage import installations
from storage.clock import real
from storage.db import Database
from storage.seal import Seal, Unreadable

if TYPE_CHECKING:
    from lifbot.slack.inbound import SlackApp

Handle = Callable[[Incoming], Awaitable[Message | None]]


@dataclass(frozen=True)
class Opened:
    """Slack's side of a program that serves many workspaces."""

    bolt: SlackApp
    sender: Sender
    routes: list[BaseRoute]


async def opened(db: Database, settings: Settings, session: aiohttp.ClientSession, handle: Handle) -> Opened:
    """Put together what serves the workspaces that install lifbot by OAuth."""
    from lifbot.slack import inbound, oauth  # Bolt is heavy, and only a running bot needs it
    from lifbot.slack.sender import client_with
    from lifbot.slack.workspaces import ManyWorkspaces, SlackSenders

    kept = Kept(db, seal_of(settings))
    await kept.seal_anew()
    workspaces = ManyWorkspaces(settings, session, kept.find, kept.revoke)

    async def save(team: str, token: str, bot_user: str | None) -> None:
        await kept.save(team, token, bot_user)
        workspaces.forget(team)

    keeping = oauth.Keeping(kept.issue, kept.consume, save)
    nobody = client_with(settings, session, None)
    flow = oauth.flow(settings, keeping, session)
    bolt = inbound.app(settings, handle, real, nobody, workspaces, flow)
    return Opened(bolt, SlackSenders(workspaces), list(oauth.routes(settings, keeping, session)))


def seal_of(settings: Settings) -> Seal:
    """Return what seals tokens; LifError says what the settings lack."""
    key = settings.lifbot_secret_key
    if settings.oauth_fault or not key:
        raise LifError(settings.oauth_fault or "LIFBOT_SECRET_KEY is not set.")
    return Seal(key.get_secret_value())


class Kept:
    """Installations in one database, under one seal; Slack's times are real ones, whatever a travelled clock says."""

    def __init__(self, db: Database, seal: Seal) -> None:
        self._db = db
        self._seal = seal

    async def find(self, team: str | None) -> str | None:
        """Return a workspace's token, for None that of the only one; TryLater if no key opens it."""
        return await self._db.run(self._find, team)

    def _find(self, team: str | None) -> str | None:
        with self._db.begin() as session:
            row = installations.find(session, team)
        try:
            return installations.token(row, self._seal) if row else None
        except Unreadable:
            raise TryLater("secret_key") from None

    async def save(self, team: str, token: str, bot_user: str | None) -> None:
        """Keep a workspace's token."""
        await self._db.run(self._save, team, token, bot_user)

    def _save(self, team: str, token: str, bot_user: str | None) -> None:
        with self._db.begin() as session:
            installations.save(session, self._seal, team, token, bot_user, real())

    async def revoke(self, team: str, at: datetime) -> None:
        """Forget a workspace's token."""
        await self._db.run(self._revoke, team, min(at, real()))

    def _revoke(self, team: str, at: datetime) -> None:
        with self._db.begin() as session:
            installations.revoke(session, team, at)

    async def issue(self) -> str:
        """Return a new state for an installation."""
        return await self._db.run(self._seal.stamp, real())

    async def consume(self, state: str) -> bool:
        """Take a state; False if it is not ours, too old or used."""
        return await self._db.run(self._consume, state)

    def _consume(self, state: str) -> bool:
        try:
            with self._db.begin() as session:
                return installations.consume(session, self._seal, state, real())
        except IntegrityError:  # twice in the same moment
            return False

    async def seal_anew(self) -> None:
        """Seal with the first key what an older one sealed."""
        await self._db.run(self._seal_anew)

    def _seal_anew(self) -> None:
        with self._db.begin() as session:
            installations.seal_anew(session, self._seal)
