"""What comes in from Teams: one path, whose requests are checked, acknowledged at once, and then dealt with."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lifbot.settings import Settings
from lifbot.teams.answers import Answers
from lifbot.teams.auth import Refused, Tokens
from lifbot.teams.cards import Json
from lifbot.teams.connector import Connector
from lifbot.teams.files import Draw, Files, no_file
from lifbot.teams.members import Members
from lifbot.teams.payload import text_at
from lifbot.teams.references import References
from lifbot.teams.turns import Handle, Turns

LOG = logging.getLogger("lifbot.teams")
MOST_BYTES = 1_000_000
BODY_SECONDS = 10.0


class Unreadable(Exception):
    """A request's body is too large, too slow, or no activity: the status says which."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class TeamsApp:
    """The bot as Teams meets it, which can be waited for until its last answers are out."""

    def __init__(self, tokens: Tokens, turns: Turns, answers: Answers, files: Files, body_seconds: float) -> None:
        self._tokens = tokens
        self._answers = answers
        self._body_seconds = body_seconds
        self._work: dict[str, Callable[[Json], Coroutine[Any, Any, None]]] = {
            "message": turns.message,
            "messageUpdate": turns.edited,
            "conversationUpdate": turns.installed,
            "installationUpdate": turns.installed,
        }
        self._invokes: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "adaptiveCard/action": turns.executed,
            "task/fetch": turns.fetched,
            "task/submit": turns.submitted,
            "composeExtension/fetchTask": turns.chosen,
            "composeExtension/submitAction": turns.submitted,
            "fileConsent/invoke": files.answered,
        }

    async def drain(self) -> None:
        """Wait for the answers that are still on their way."""
        await self._answers.drain()

    async def take(self, request: Request) -> Response:
        """Answer one request."""
        try:
            proven = await self._tokens.proven(request.headers.getlist("authorization"))
            activity = await self._activity(request)
            self._tokens.admit(proven, activity)
        except Refused as refused:
            LOG.info("a request was refused: %s", refused)
            return PlainTextResponse("not signed for this bot", 401)
        except Unreadable as error:
            return PlainTextResponse("not an activity that can be taken", error.status)
        return await self._taken(activity)

    async def _taken(self, activity: Json) -> Response:
        if not text_at(activity, "conversation", "id") or not text_at(activity, "from", "id"):
            return Response(status_code=200)  # nothing that could be answered
        kind = activity["type"]
        if kind == "invoke" and (invoke := self._invokes.get(text_at(activity, "name"))):
            return await self._invoked(invoke, activity)
        if work := self._work.get(kind):
            self._answers.later(_logged(work(activity), activity))
        return Response(status_code=200)

    async def _invoked(self, invoke: Callable[[Json], Awaitable[Json]], activity: Json) -> Response:
        try:
            return JSONResponse(await invoke(activity))
        except Exception as error:  # of any kind: the client says that it went wrong, and no word is logged
            _log(error, activity)
            return PlainTextResponse("something went wrong", 500)

    async def _activity(self, request: Request) -> Json:
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            raise Unreadable(408) from None
        try:
            activity = _read(body)
        except (ValueError, RecursionError):
            raise Unreadable(400) from None
        if not isinstance(activity, dict) or not text_at(activity, "type"):
            raise Unreadable(400)
        return activity


def app(
    settings: Settings,
    handle: Handle,
    now: Callable[[], datetime],
    connector: Connector,
    references: References,
    draw: Draw = no_file,
    *,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    body_seconds: float = BODY_SECONDS,
) -> TeamsApp:
    """Return the bot for Teams; nothing is asked of Microsoft until somebody writes."""
    answers = Answers(connector, references, sleep)
    members = Members(connector)
    turns, files = Turns(handle, now, answers, members), Files(connector.http, answers, members, draw)
    return TeamsApp(Tokens(settings, connector.http), turns, answers, files, body_seconds)


def routes(teams: TeamsApp) -> list[Route]:
    """Return the one path for all of Teams' traffic."""
    return [Route("/api/messages", teams.take, methods=["POST"])]


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > MOST_BYTES:
            raise Unreadable(413)
    return bytes(parts)


def _read(body: bytes) -> Any:
    """Read JSON; half an emoji, as some clients cut them, fits into no answer and no database, and becomes a "?"."""
    read = json.loads(body)
    if b"\\ud" in body.lower():
        read = json.loads(json.dumps(read, ensure_ascii=False).encode("utf-8", "replace"))
    return read


async def _logged(work: Coroutine[Any, Any, None], activity: Json) -> None:
    try:
        await work
    except Exception as error:  # of any kind: nobody waits for it, and no word of theirs is logged
        _log(error, activity)


def _log(error: Exception, activity: Json) -> None:
    spot = traceback.extract_tb(error.__traceback__)[-1]
    ids = (activity["type"], text_at(activity, "conversation", "id"))
    LOG.error("%s in %s: %s at %s:%s", *ids, type(error).__name__, spot.name, spot.lineno)
