"""Teams' connector: the four calls that lifbot needs, and what each refusal means."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx

from lifbot.errors import TryLater, Undeliverable
from lifbot.settings import Settings, is_safe
from lifbot.teams.cards import Json
from lifbot.teams.credentials import Credentials
from lifbot.teams.references import Reference

LOG = logging.getLogger("lifbot.teams")
SECONDS = 10.0  # for one call
LONGEST = 3600.0  # seconds of a Retry-After that are believed

# Why Teams refuses for good, in the words of the outbox.
REASONS = {
    "ConversationBlockedByUser": "blocked",
    "MessageWritesBlocked": "blocked",
    "BotDisabledByAdmin": "disabled_by_admin",
    "BotNotInConversationRoster": "removed",
    "ForbiddenOperationException": "removed",
}


def client() -> httpx.AsyncClient:
    """Return the one HTTP client for Teams; a proxy of the environment leads away from this machine."""
    here = ("all://127.0.0.1", "all://localhost", "all://[::1]")
    limits = httpx.Limits(max_connections=10, max_keepalive_connections=10)
    return httpx.AsyncClient(limits=limits, timeout=SECONDS, mounts=dict.fromkeys(here))


class Connector:
    """Speaks for the bot; every failure is a TryLater or an Undeliverable that names it."""

    def __init__(
        self,
        settings: Settings,
        http: httpx.AsyncClient,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        seconds: float = SECONDS,
    ) -> None:
        self.http = http
        self._seconds = seconds
        self._credentials = Credentials(settings, http, monotonic, seconds)

    async def open_personal(self, near: Reference, member: str) -> str:
        """Return the personal conversation with a member, by either id; Teams gives the same one each time."""
        body = {"isGroup": False, "bot": {"id": near.bot}, "members": [{"id": member}], "tenantId": near.tenant}
        return _id(await self._call("POST", near.service_url, "v3/conversations", _in_tenant(near.tenant, body)))

    async def open_thread(self, near: Reference, channel: str, activity: Json) -> str:
        """Begin a thread in a channel with a message; return the thread's conversation."""
        body = {"isGroup": True, "bot": {"id": near.bot}, "tenantId": near.tenant, "activity": activity}
        body["channelData"] = {"channel": {"id": channel}}
        return _id(await self._call("POST", near.service_url, "v3/conversations", _in_tenant(near.tenant, body)))

    async def post(self, service_url: str, conversation: str, activity: Json) -> str:
        """Send a message; return the id of its activity."""
        return _id(await self._call("POST", service_url, _path(conversation, "activities"), activity))

    async def put(self, service_url: str, conversation: str, id: str, activity: Json) -> None:
        """Draw a message anew, for everybody."""
        await self._call("PUT", service_url, _path(conversation, "activities", id), {**activity, "id": id})

    async def members(self, service_url: str, conversation: str) -> list[Json]:
        """Return who is in a conversation."""
        data = await self._call("GET", service_url, _path(conversation, "members"))
        found = data.get("members") if isinstance(data, dict) else data
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    async def _call(self, method: str, service_url: str, path: str, body: Json | None = None) -> Any:
        if not is_safe(service_url):
            raise Undeliverable("service_url")
        url = f"{service_url.rstrip('/')}/{path}"
        token = await self._credentials.token()
        answer = await self._asked(method, url, token, body)
        if answer.status_code == 401:
            answer = await self._asked(method, url, await self._credentials.token(refused=token), body)
        if answer.is_success:
            return _json(answer) if method != "PUT" else None  # what a PUT answers is of no use
        raise refusal(answer)

    async def _asked(self, method: str, url: str, token: str, body: Json | None) -> httpx.Response:
        try:
            async with asyncio.timeout(self._seconds):
                return await self.http.request(method, url, json=body, headers={"Authorization": f"Bearer {token}"})
        except (TimeoutError, httpx.HTTPError) as error:
            raise TryLater(type(error).__name__) from None
        except (httpx.InvalidURL, ValueError):  # an id that fits into no address, or words that are no text
            raise Undeliverable("unusable") from None


def refusal(answer: httpx.Response) -> TryLater | Undeliverable:
    """Return what a refusal means for the message: later, or never."""
    status, wait = answer.status_code, _seconds(answer.headers.get("Retry-After"))
    if status == 429:
        return TryLater("ratelimited", wait)
    if status == 401:
        LOG.warning("Teams refuses the bot's token")
        return TryLater("invalid_auth")
    if status in (408, 412) or status >= 500:
        return TryLater(f"http_{status}", wait)
    if status == 404:
        return Undeliverable("not_found")
    if status == 413:
        return Undeliverable("too_large")
    if status >= 400:
        code = _code(answer)
        return Undeliverable(REASONS.get(code) or code or ("forbidden" if status == 403 else f"http_{status}"))
    return TryLater("unreadable_answer")


def _path(conversation: str, *rest: str) -> str:
    return "/".join(["v3/conversations", *(quote(part, safe="") for part in (conversation, *rest))])


def _in_tenant(tenant: str, body: Json) -> Json:
    return {**body, "channelData": {**body.get("channelData", {}), "tenant": {"id": tenant}}}


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        raise TryLater("unreadable_answer") from None


def _id(data: object) -> str:
    value = data.get("id") if isinstance(data, dict) else None
    if not isinstance(value, str) or not value:
        raise TryLater("unreadable_answer")
    return value


def _code(answer: httpx.Response) -> str:
    """The refusal's own name: a subCode says more than its code."""
    try:
        data = answer.json()
    except (ValueError, RecursionError):
        return ""
    inner = data.get("error") if isinstance(data, dict) else None
    names = [part.get(key) for key in ("subCode", "code") for part in (inner, data) if isinstance(part, dict)]
    return next((name for name in names if isinstance(name, str) and name.isalnum() and len(name) <= 60), "")


def _seconds(header: str | None) -> float | None:
    try:
        return min(LONGEST, max(0.0, float(header or "")))
    except ValueError:
        return None
