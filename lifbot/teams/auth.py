"""Who may post to /api/messages: Microsoft's Bot Connector, by its signed token, for the tenants we serve."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import httpx
import jwt
from jwt.types import Options

from lifbot.settings import Settings, is_safe
from lifbot.teams.credentials import tenants
from lifbot.teams.payload import text_at

LOG = logging.getLogger("lifbot.teams")
ISSUER = "https://api.botframework.com"
SKEW = 300  # seconds by which clocks may differ
KEPT = 86_400.0  # seconds for which Microsoft's keys are kept
PAUSE, SOONER = 30.0, 2.0  # seconds before keys are asked for again: after an answer, after a failure
SECONDS = 10.0
# What goes wrong with an answer: late, none, no JSON, JSON of another shape.
UNREADABLE = (
    *(TimeoutError, httpx.HTTPError, httpx.InvalidURL),
    *(ValueError, LookupError, TypeError, AttributeError, RecursionError),
)
RULES: Options = {"require": ["exp", "nbf", "iss", "aud", "serviceurl"], "strict_aud": True}


class Proven(NamedTuple):
    """What a good token says: the address it was made for, and the channels its key is endorsed for (none: any)."""

    service_url: str
    channels: frozenset[str]


class Refused(Exception):
    """A request that Microsoft did not sign for us: a 401, and one word for the log."""


class Key(NamedTuple):
    """One of Microsoft's public keys."""

    key: jwt.PyJWK
    channels: frozenset[str]


class Keys:
    """Microsoft's public keys by their id, fetched without holding anybody up, and kept for a day."""

    def __init__(self, url: str, http: httpx.AsyncClient, monotonic: Callable[[], float]) -> None:
        self._url = url
        self._http = http
        self._monotonic = monotonic
        self._fetching = asyncio.Lock()
        self._keys: dict[str, Key] = {}
        self._stale_at = self._again_at = float("-inf")

    async def key(self, kid: str) -> Key:
        """Return a key; keys are asked for again where it is not known, but not for every token that names one."""
        if kid not in self._keys or self._monotonic() >= self._stale_at:
            async with self._fetching:
                await self._refresh(kid)
        if kid not in self._keys:
            raise Refused("unknown_key")
        return self._keys[kid]

    async def count(self) -> int:
        """Return how many keys are known, once they were asked for."""
        async with self._fetching:
            await self._refresh("")
        return len(self._keys)

    async def _refresh(self, kid: str) -> None:
        now = self._monotonic()
        if now < self._again_at or (kid in self._keys and now < self._stale_at):
            return
        try:
            async with asyncio.timeout(SECONDS):
                self._keys = await self._fetch()
        except UNREADABLE as error:
            LOG.warning("the keys for Teams' tokens cannot be fetched: %s", type(error).__name__)
            self._again_at = self._monotonic() + SOONER
        else:
            self._again_at, self._stale_at = self._monotonic() + PAUSE, self._monotonic() + KEPT

    async def _fetch(self) -> dict[str, Key]:
        metadata = (await self._http.get(self._url)).raise_for_status().json()
        address = metadata["jwks_uri"]
        if not is_safe(address):
            raise ValueError
        found = (await self._http.get(address)).raise_for_status().json()["keys"]
        keys = {each["kid"]: _rsa(each) for each in found if each.get("kty") == "RSA" and each.get("kid")}
        if not keys:
            raise LookupError
        return keys


def _rsa(each: Mapping[str, Any]) -> Key:
    try:
        return Key(jwt.PyJWK(dict(each), algorithm="RS256"), frozenset(each.get("endorsements") or ()))
    except jwt.PyJWTError as error:
        raise ValueError from error


class Tokens:
    """Checks a request's token, first alone, then against the activity that came with it."""

    def __init__(
        self, settings: Settings, http: httpx.AsyncClient, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._audience = settings.client_id
        self._tenants = frozenset(tenants(settings))
        self._keys = Keys(settings.teams_openid_metadata_url, http, monotonic)

    async def proven(self, headers: Sequence[str]) -> Proven:
        """Return what the one Authorization header's token says, if Microsoft signed it for us; else Refused."""
        token = _bearer(headers)
        if not self._audience:
            raise Refused("no_client_id")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key, channels = await self._keys.key(kid if isinstance(kid, str) else "")
            told = jwt.decode(token, key, ["RS256"], RULES, audience=self._audience, issuer=ISSUER, leeway=SKEW)
            return Proven(str(told["serviceurl"]), channels)
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Refused(type(error).__name__) from None

    def admit(self, proven: Proven, activity: Mapping[str, Any]) -> None:
        """Refuse an activity that the token was not made for, or that comes from a tenant we do not serve."""
        url = text_at(activity, "serviceUrl")
        if not url or proven.service_url != url or not is_safe(url):
            raise Refused("service_url")
        if proven.channels and text_at(activity, "channelId") not in proven.channels:
            raise Refused("channel")
        places = (("channelData", "tenant", "id"), ("conversation", "tenantId"))
        told = {text_at(activity, *place).lower() for place in places} - {""}
        if not told or told - self._tenants:
            raise Refused("tenant")


def _bearer(headers: Sequence[str]) -> str:
    scheme, _, token = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token or not token.isascii():
        raise Refused("no_token")
    return token
