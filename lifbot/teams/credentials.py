"""The bot's own token for Teams' connector: fetched once at a time, kept until shortly before it expires."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable

import httpx

from lifbot.errors import TryLater
from lifbot.settings import Settings

LOG = logging.getLogger("lifbot.teams")
EARLY = 300.0  # seconds before its end at which a token is fetched anew
SCOPE = "https://api.botframework.com/.default"
AUTHORITY = "https://login.microsoftonline.com"


def tenants(settings: Settings) -> list[str]:
    """Return the tenants that lifbot serves, in small letters."""
    return [part.strip().lower() for part in (settings.tenant_id or "").split(",") if part.strip()]


def token_url(settings: Settings) -> str:
    """Return where tokens come from: the home tenant, the first one named, also for messages to the others.

    The common authority for bots, botframework.com, knows no bot that was made after July 2025.
    """
    home = next(iter(tenants(settings)), "botframework.com")
    return settings.teams_token_url or f"{AUTHORITY}/{home}/oauth2/v2.0/token"


class Credentials:
    """Turns the app's id and secret into a bearer token."""

    def __init__(
        self, settings: Settings, http: httpx.AsyncClient, monotonic: Callable[[], float], seconds: float
    ) -> None:
        self._settings = settings
        self._http = http
        self._monotonic = monotonic
        self._seconds = seconds
        self._fetching = asyncio.Lock()
        self._token = ""
        self._until = 0.0

    async def token(self, refused: str = "") -> str:
        """Return a token other than the refused one; TryLater where there is none to be had."""
        async with self._fetching:
            if not self._token or self._token == refused or self._monotonic() >= self._until:
                self._token, lasts = await self._fetch()
                self._until = self._monotonic() + lasts - EARLY
            return self._token

    async def _fetch(self) -> tuple[str, float]:
        secret = self._settings.client_secret
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.client_id or "",
            "client_secret": secret.get_secret_value() if secret else "",
            "scope": SCOPE,
        }
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._http.post(token_url(self._settings), data=form)
        except (TimeoutError, httpx.HTTPError) as error:
            raise TryLater(f"token: {type(error).__name__}") from None
        return _read(answer)


def _read(answer: httpx.Response) -> tuple[str, float]:
    try:
        data = answer.json()
        if answer.status_code == 200:
            token, lasts = data["access_token"], float(data["expires_in"])
            if isinstance(token, str) and token.isascii() and token.isprintable() and token:
                return token, lasts
    except (ValueError, LookupError, TypeError, RecursionError):
        data = None
    if answer.status_code in (400, 401, 403):
        LOG.warning("Microsoft refuses the bot's credentials: %s", _name(data))
        raise TryLater("invalid_auth")
    raise TryLater("token: unreadable_answer" if answer.status_code == 200 else f"token: http_{answer.status_code}")


def _name(data: object) -> str:
    """The error's own name; its description is left out, since it may hold what was sent."""
    name = data.get("error") if isinstance(data, dict) else None
    return name if isinstance(name, str) and re.fullmatch(r"\w{1,60}", name) else "no reason given"
