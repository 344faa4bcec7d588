"""A small Microsoft on a real socket: its signing keys, its tokens and Teams' connector, answering as a test says."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, NamedTuple

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.teams_limits import check

CLIENT = "8e3c1f0a-0000-4000-8000-00000000b07a"
SECRET = "a secret of the tests"
TENANT = "7d1b2c3d-0000-4000-8000-0000000007e5"
KID = "the key of the tests"
BOT = f"28:{CLIENT}"


@cache
def private_key(name: str = KID) -> rsa.RSAPrivateKey:
    """Return a key of its own for each name; the run makes it once."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def claims(service_url: str, **other: Any) -> dict[str, Any]:
    """Return what a good token says; None takes a claim out."""
    now = int(time.time())
    good = {
        "iss": "https://api.botframework.com",
        "aud": CLIENT,
        "nbf": now - 60,
        "exp": now + 3600,
        "serviceurl": service_url,
    }
    return {name: value for name, value in {**good, **other}.items() if value is not None}


def signed(told: dict[str, Any], *, kid: str = KID, key: str = KID, alg: str = "RS256") -> str:
    """Return a token signed with a key."""
    return jwt.encode(told, private_key(key), algorithm=alg, headers={"kid": kid})


class Call(NamedTuple):
    """A call to the connector: `POST /v3/conversations/…` as it was on the wire, and its body."""

    what: str
    body: Any
    token: str


class Upload(NamedTuple):
    """A file's bytes as OneDrive got them."""

    path: str
    range: str
    content: bytes
    token: str


class FakeTeams:
    """Microsoft's side of the wire."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.url = ""
        self.uploads: list[Upload] = []
        self.tokens_given = 0
        self.key_fetches = 0
        self.lasts: Any = 3600
        self.keys: list[dict[str, Any]] = [self.jwk()]
        self.members: Any = []
        self.strangers: set[str] = set()  # people who have not added the bot: it may not begin a chat with them
        self.faults: list[str] = []  # of cards: Teams refuses those, or drops what it does not know
        self.asked_for_token: dict[str, str] = {}
        self._scripts: dict[str, deque[web.Response | float]] = defaultdict(deque)

    @property
    def service_url(self) -> str:
        """Where the connector is."""
        return f"{self.url}/uk/"

    @property
    def activities(self) -> list[Any]:
        """Return every message that was sent or drawn anew."""
        return [call.body for call in self.calls if call.what.partition(" ")[0] in ("POST", "PUT")]

    def jwk(self, name: str = KID, **other: Any) -> dict[str, Any]:
        """Return the public half of a key as Microsoft publishes it."""
        public = json.loads(RSAAlgorithm.to_jwk(private_key(name).public_key()))
        return {**public, "kid": name, "use": "sig", "endorsements": ["msteams"], **other}

    def answer(self, what: str, body: Any = None, *, status: int = 200, **headers: str) -> None:
        """Say what the next call gets: `what` is how it begins; words instead of an object are no JSON."""
        text = body if isinstance(body, str) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._scripts[what].append(web.Response(status=status, text=text, headers=named))

    def silence(self, what: str, seconds: float) -> None:
        """Let the next such call wait, and then break off."""
        self._scripts[what].append(float(seconds))

    def called(self, what: str) -> list[Any]:
        """Return the bodies of such calls."""
        return [call.body for call in self.calls if call.what.startswith(what)]

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        what = f"{request.method} {request.raw_path}"
        if request.path.startswith("/uk/"):
            what = what.replace("/uk", "", 1)
            body = await request.json() if request.can_read_body else None
            self.calls.append(Call(what, body, request.headers.get("Authorization", "")))
            self.faults += _faults(body)
        scripted = self._scripted(what)
        if isinstance(scripted, float):
            await asyncio.sleep(scripted)
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return scripted or await self._reply(request, what)

    def _scripted(self, what: str) -> web.Response | float | None:
        known = (name for name in sorted(self._scripts, key=len, reverse=True) if self._scripts[name])
        name = next((name for name in known if what.startswith(name)), None)
        return self._scripts[name].popleft() if name else None

    async def _reply(self, request: web.Request, what: str) -> web.Response:
        if request.path.startswith("/onedrive/"):
            told = (request.headers.get("Content-Range", ""), await request.read())
            self.uploads.append(Upload(request.path, *told, request.headers.get("Authorization", "")))
            return web.json_response({}, status=201)
        match request.path:
            case "/openid":
                return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/keys"})
            case "/keys":
                self.key_fetches += 1
                return web.json_response({"keys": self.keys})
            case "/token":
                self.tokens_given += 1
                self.asked_for_token = {name: str(value) for name, value in (await request.post()).items()}
                given = {"access_token": f"token-{self.tokens_given}", "expires_in": self.lasts}
                return web.json_response({"token_type": "Bearer", **given})
        return self._connector(what)

    def _connector(self, what: str) -> web.Response:
        method, _, path = what.partition(" ")
        body = self.calls[-1].body
        if path.endswith("/members"):
            return web.json_response(self.members)
        if path == "/v3/conversations" and body["isGroup"]:
            thread = f"{body['channelData']['channel']['id']};messageid={1700 + len(self.calls)}"
            return web.json_response({"id": thread, "activityId": thread.rpartition("=")[2]}, status=201)
        if path == "/v3/conversations" and body["members"][0]["id"] in self.strangers:
            return web.json_response({"error": {"code": "BotNotInConversationRoster"}}, status=403)
        if path == "/v3/conversations":
            return web.json_response({"id": f"a:{body['members'][0]['id']}"}, status=201)
        id = path.rpartition("/")[2] if method == "PUT" else f"sent-{len(self.calls)}"
        return web.json_response({"id": id}, status=201 if method == "POST" else 200)


def _faults(body: Any) -> list[str]:
    activity = body.get("activity", body) if isinstance(body, dict) else {}
    return check(activity) if "attachments" in activity else []


@asynccontextmanager
async def fake_teams() -> AsyncIterator[FakeTeams]:
    """Start it on a free port of this machine."""
    teams = FakeTeams()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", teams.take)
    async with TestServer(app) as server:
        teams.url = str(server.make_url("/")).rstrip("/")
        yield teams
