"""A small Slack on a real socket: it writes down every call, and answers as a test has told it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.slack_limits import check

SECRET = "a secret of the tests"


class Call(NamedTuple):
    """A call to Slack: its method (or `response_url`) and what came with it."""

    method: str
    args: dict[str, Any]


class FakeSlack:
    """Slack's side of the wire; whatever breaks one of Slack's limits is refused as Slack would."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.base_url = ""
        self.uploads: list[bytes] = []
        self._scripts: dict[str, deque[web.Response | float]] = defaultdict(deque)

    def answer(self, method: str, body: Any = None, *, status: int = 200, **headers: str) -> None:
        """Say what the next call of a method gets: an object, or words that are none of Slack's."""
        kind = (
            {"text": body, "content_type": "text/html"}
            if isinstance(body, str)
            else {"body": json.dumps(body).encode()}
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if not isinstance(body, str):
            named["Content-Type"] = "application/json"
        self._scripts[method].append(web.Response(status=status, headers=named, **kind))

    def silence(self, method: str, seconds: float) -> None:
        """Let the next call of a method wait, and then break off."""
        self._scripts[method].append(seconds)

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return what came with each call of a method."""
        return [call.args for call in self.calls if call.method == method]

    @property
    def response_url(self) -> str:
        """An address as Slack gives with a command or a click."""
        return self.base_url.replace("/api/", "/respond")

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file's bytes, at the address that was given for them."""
        self.uploads.append(await request.read())
        self.calls.append(Call("upload", {"token": request.headers.get("Authorization", "")}))
        scripted = self._scripts["upload"].popleft() if self._scripts["upload"] else None
        assert not isinstance(scripted, float)
        return scripted or web.Response(text="OK")

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Write a call down and answer it."""
        method = request.match_info.get("method", "response_url")
        args = {**_parsed(dict(request.query)), **await _body(request)}
        self.calls.append(Call(method, args))
        scripted = self._scripts[method].popleft() if self._scripts[method] else None
        if isinstance(scripted, float):
            await asyncio.sleep(scripted)
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if method == "files.getUploadURLExternal" and not scripted:
            address = self.base_url.replace("/api/", f"/upload/{len(self.calls)}")
            return web.json_response({"ok": True, "upload_url": address, "file_id": f"F{len(self.calls)}"})
        return scripted or web.json_response(_reply(method, args))

    @asynccontextmanager
    async def socket(self, envelope: dict[str, Any]) -> AsyncIterator[Socket]:
        """Open a web socket for Socket Mode, which hands out one envelope."""
        socket = Socket(envelope)
        app = web.Application()
        app.router.add_get("/", socket.take)
        async with TestServer(app) as server:
            self.answer(
                "apps.connections.open", {"ok": True, "url": str(server.make_url("/")).replace("http", "ws", 1)}
            )
            yield socket


class Socket:
    """Slack's end of Socket Mode."""

    def __init__(self, envelope: dict[str, Any]) -> None:
        self._envelope = envelope
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def take(self, request: web.Request) -> web.WebSocketResponse:
        """Say hello, hand the envelope over, and keep what comes back."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello"})
        await socket.send_json(self._envelope)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await self._answers.put(json.loads(message.data))
        return socket

    async def answer(self) -> dict[str, Any]:
        """Wait for the bot's answer."""
        async with asyncio.timeout(10):
            return await self._answers.get()


def _reply(method: str, args: dict[str, Any]) -> dict[str, Any]:
    drawn = args.get("view") or (args if "blocks" in args else None)
    if drawn and (broken := check({"unfurl_links": False, "unfurl_media": False, **drawn})):
        return {"ok": False, "error": "invalid_blocks", "messages": broken}
    match method:
        case "auth.test":
            return {"ok": True, "user_id": "ULIF", "bot_id": "BLIF", "team_id": "T1"}
        case "conversations.open":
            return {"ok": True, "channel": {"id": f"D{args['users']}"}}
        case "files.completeUploadExternal":
            return {"ok": True, "files": [{"id": each["id"]} for each in args["files"]]}
        case "chat.postMessage":
            return {"ok": True, "channel": args["channel"], "ts": "1700000000.000100"}
        case _:
            return {"ok": True, "messages": []}


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    form = {name: str(value) for name, value in (await request.post()).items()}
    return _parsed(form)


def _parsed(form: dict[str, str]) -> dict[str, Any]:
    return {name: json.loads(value) if value[:1] in ("{", "[") else value for name, value in form.items()}


@asynccontextmanager
async def fake_slack() -> AsyncIterator[FakeSlack]:
    """Start it on a free port of this machine."""
    slack = FakeSlack()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.take)
    app.router.add_post("/respond", slack.take)
    app.router.add_post("/upload/{file}", slack.upload)
    async with TestServer(app) as server:
        slack.base_url = str(server.make_url("/api/"))
        yield slack


def signed(body: str, secret: str = SECRET, age: float = 0) -> dict[str, str]:
    """Return the headers with which Slack signs a body; `age` is in seconds."""
    moment = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def form(**fields: str) -> tuple[str, str]:
    """Return a form's body and its content type."""
    return urlencode(fields), "application/x-www-form-urlencoded"
