"""The Web API's front door: the token, the arguments, planned faults, and the table of methods."""

import asyncio
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from lifbot.playground.files import MOST_BYTES
from lifbot.playground.methods import chat, conversations, files, users, views
from lifbot.playground.methods.asked import Asked, Method
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.responses import answer_later
from lifbot.playground.stage import Stage
from lifbot.playground.workspace import Call, Fault

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}
NESTED = ("blocks", "metadata", "view", "attachments")  # arguments that forms carry as JSON texts


class CutOff(Response):
    """An answer that breaks off, as when a connection is lost."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promises a body and sends none."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


class WebApi:
    """Answers Slack's Web API methods for one bot."""

    def __init__(self, stage: Stage, bot_token: str) -> None:
        self._stage = stage
        self._token = bot_token

    async def method(self, request: Request) -> Response:
        """One Web API call."""
        name = request.path_params["method"]
        args = await _arguments(request)
        self._stage.workspace.record(Call(name, args))
        fault = self._stage.workspace.next_fault(name)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and not fault.after and _breaks(fault):
            return _broken(fault)
        answer = await self._answer(name, args, request)
        return _broken(fault) if fault and _breaks(fault) else JSONResponse(answer)

    async def _answer(self, name: str, args: Json, request: Request) -> Json:
        # The token of a stand-in is no secret, but comparing it as one keeps the habit.
        given = request.headers.get("authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
        method = METHODS.get(name)
        if method is None:
            return {"ok": False, "error": "unknown_method", "req_method": name}
        if name != "api.test" and not hmac.compare_digest(given.encode(), self._token.encode()):
            return {"ok": False, "error": "invalid_auth" if given else "not_authed"}
        clock = self._stage.clock
        speaks = name.startswith("chat.post") or name == "files.completeUploadExternal"
        at = await clock.now() if speaks else clock.guess()
        try:
            return {"ok": True, **method(Asked(self._stage.workspace, at, self._stage.here, args))}
        except Refusal as refusal:
            return refusal.as_json()
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # arguments of a shape nobody foresaw
            return Refusal("invalid_arguments", f"{type(error).__name__}: {error}").as_json()

    async def upload(self, request: Request) -> Response:
        """A file's bytes, at the address that was given for them."""
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > MOST_BYTES:
                return PlainTextResponse("too large\n", 413)
        try:
            self._stage.workspace.files.take(request.path_params["id"], bytes(content))
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), 400)
        return PlainTextResponse("OK")

    async def response(self, request: Request) -> Response:
        """A post to a response address."""
        try:
            await answer_later(self._stage, request.path_params["token"], await _arguments(request))
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), status_code=404 if refusal.error.endswith("_url") else 400)
        return PlainTextResponse("ok")


def _breaks(fault: Fault) -> bool:
    return bool(fault.status != 200 or fault.error or fault.drop)


def _broken(fault: Fault) -> Response:
    if fault.drop:
        return CutOff()
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    error = fault.error or ("ratelimited" if fault.status == 429 else "internal_error")
    return JSONResponse({"ok": False, "error": error}, fault.status, headers)


async def _arguments(request: Request) -> Json:
    args: Json = dict(request.query_params)
    if request.method == "POST":
        args |= await _body(request)
    for name in NESTED:
        if isinstance(args.get(name), str):
            args[name] = _parsed(args[name])
    return args


async def _body(request: Request) -> Json:
    text = (await request.body()).decode(errors="replace")
    if not request.headers.get("content-type", "").startswith("application/json"):
        return dict(parse_qsl(text, keep_blank_values=True))
    body = _parsed(text or "{}")
    return body if isinstance(body, dict) else {}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
