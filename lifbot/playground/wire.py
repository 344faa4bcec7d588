"""What goes from the workspace to the bot: signed requests, as Slack sends them."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from lifbot.playground.refusal import Json
from lifbot.playground.wall import real_seconds

ANSWER_WITHIN_SECONDS = 3.0


@dataclass(frozen=True)
class Reply:
    """The bot's HTTP answer; status 0 means that none came in time, -1 that nobody was there."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the bot took it."""
        return self.status == 200

    @property
    def json(self) -> Json:
        """The body as an object; words alone become its text."""
        try:
            body: Any = json.loads(self.text or "{}")
        except ValueError:
            return {"text": self.text}
        return body if isinstance(body, dict) else {}


class Wire:
    """One HTTP session towards the bot."""

    def __init__(self, events_url: str, signing_secret: str) -> None:
        self._events_url = events_url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session, made when it is first wanted since it belongs to the running loop."""
        if self._closed:
            raise aiohttp.ClientConnectionError("the playground is closing")
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=False)
        return self._session

    async def form(self, fields: Mapping[str, str]) -> Reply:
        """Posts a slash command or an interaction payload."""
        return await self._post(urlencode(fields).encode(), "application/x-www-form-urlencoded", {})

    async def event(self, body: Json, retry: int = 0, reason: str = "") -> Reply:
        """Posts an event; `retry` counts redeliveries."""
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        return await self._post(json.dumps(body).encode(), "application/json", headers)

    async def _post(self, body: bytes, kind: str, headers: dict[str, str]) -> Reply:
        signed = {"Content-Type": kind, "User-Agent": "lifbot playground", **headers, **self._signature(body)}
        limit = aiohttp.ClientTimeout(total=ANSWER_WITHIN_SECONDS)
        try:
            async with self.session.post(self._events_url, data=body, headers=signed, timeout=limit) as answer:
                return Reply(answer.status, await answer.text(), dict(answer.headers))
        except TimeoutError:
            return Reply(0)
        except aiohttp.ClientError:
            return Reply(-1)

    def _signature(self, body: bytes) -> dict[str, str]:
        moment = str(int(real_seconds()))
        digest = hmac.new(self._secret, b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}

    async def close(self) -> None:
        """Closes the session; nothing goes to the bot from then on."""
        self._closed = True
        if self._session is not None:
            await self._session.close()
