"""The playground's web page: what it shows, what it is told, and what it is told to do."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse

from lifbot.manifest import LOG_AS_ACTION, LOG_AS_ACTION_IN_SLACK
from lifbot.playground import deeds, forms, spoken
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.sight import clock as clock_shown
from lifbot.playground.sight import sight
from lifbot.playground.stage import Stage

STATIC = Path(__file__).parent / "static"
ASSETS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HEARTBEAT_SECONDS = 15.0
MOST_BYTES = 1_000_000
SHORTCUTS = ((LOG_AS_ACTION_IN_SLACK, str(LOG_AS_ACTION["title"])),)
Hints = Sequence[tuple[str, str]]  # a command, and what may follow it


class Page:
    """The page's endpoints."""

    def __init__(
        self, stage: Stage, moments: Callable[[], Mapping[str, datetime]], partnership: str, hints: Hints
    ) -> None:
        self._stage = stage
        self._moments = moments
        self._fixed = {"partnership": partnership, "hints": hints, "shortcuts": SHORTCUTS}
        self._closing = False
        self._listening: set[asyncio.Event] = set()

    async def index(self, _: Request) -> Response:
        """The page itself."""
        return FileResponse(STATIC / "index.html", media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """One of the page's own files, by name alone."""
        file = STATIC / Path(request.path_params["name"]).name
        if file.suffix not in ASSETS or not file.is_file():
            return PlainTextResponse("Not found\n", 404)
        return FileResponse(file, media_type=ASSETS[file.suffix])

    async def file(self, request: Request) -> Response:
        """A file that lifbot shared, to be saved and never shown: what is in it is no page of this server."""
        try:
            file = self._stage.workspace.files.find(request.path_params["id"])
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), 404)
        content = self._stage.workspace.files.content(file.id) or b""
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return Response(content, media_type="application/octet-stream", headers=named)

    async def state(self, request: Request) -> Response:
        """All that one person sees."""
        asked = request.query_params
        try:
            first = self._stage.workspace.cast.people[0].id
            place = asked.get("place") or self._stage.workspace.cast.channels[0].id
            seen = sight(self._stage, asked.get("as") or first, place, asked.get("thread"))
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), 404)
        return JSONResponse({**seen, **self._fixed, "me": asked.get("as") or first, "place": place})

    async def moments(self, _: Request) -> Response:
        """The clock as it stands, and where its buttons lead."""
        await self._stage.clock.now()
        found = await asyncio.to_thread(self._moments) if self._stage.clock.travels else {}
        goals = [{"label": label, **self._stage.clock.shown(moment)} for label, moment in found.items()]
        return JSONResponse({"clock": clock_shown(self._stage), "moments": goals})

    async def stream(self, _: Request) -> Response:
        """Tells the page, as server-sent events, that something changed."""
        return StreamingResponse(self._revisions(), media_type="text/event-stream")

    async def _revisions(self) -> AsyncIterator[str]:
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        stop = self._stage.workspace.database.watch(lambda: loop.call_soon_threadsafe(changed.set))
        self._listening.add(changed)
        try:
            while not self._closing:
                yield f"retry: 700\ndata: {self._stage.workspace.database.revision}\n\n"
                changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
        finally:
            self._listening.discard(changed)
            stop()

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self._closing = True
        for changed in self._listening:
            changed.set()

    def does(self, deed: Callable[[Json], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that reads JSON, does the deed, and words a refusal as JSON."""

        async def endpoint(request: Request) -> Response:
            try:
                body = await _told(request)
                return JSONResponse({"ok": True, **await deed(body)})
            except Refusal as refusal:
                return JSONResponse(refusal.as_json(), 400)
            except (KeyError, TypeError, ValueError):
                return JSONResponse({"ok": False, "error": "invalid_arguments"}, 400)

        return endpoint

    async def say(self, told: Json) -> Json:
        """Says something, or types a command."""
        file = str(told["file"])[:200] if told.get("file") else None
        await deeds.say(self._stage, told["as"], told["place"], str(told["text"]), told.get("thread"), file)
        return {}

    async def edit(self, told: Json) -> Json:
        """Puts other words into one's own message."""
        await spoken.edit(self._stage, told["as"], told["channel"], told["ts"], str(told["text"]))
        return {}

    async def click(self, told: Json) -> Json:
        """Presses a button or chooses an option."""
        fields = ("action_id", "block_id", "picked", "channel", "ts", "view_id")
        what = deeds.Click(**{name: told[name] for name in fields if told.get(name) is not None})
        return {"trouble": await deeds.click(self._stage, told["as"], what, _values(told))}

    async def choose(self, told: Json) -> Json:
        """Picks what a message's own menu offers."""
        if told["shortcut"] not in dict(SHORTCUTS):
            raise Refusal("invalid_arguments")
        where = (told["channel"], told["ts"], told["shortcut"])
        return {"trouble": await deeds.choose(self._stage, told["as"], *where)}

    async def submit(self, told: Json) -> Json:
        """Sends a form."""
        outcome = await forms.submit(self._stage, told["as"], told["view_id"], _values(told))
        return {"errors": outcome.errors, "trouble": outcome.trouble}

    async def dismiss(self, told: Json) -> Json:
        """Closes a form without sending it."""
        await forms.close(self._stage, told["as"], told["view_id"], everything=bool(told.get("everything")))
        return {}

    async def home(self, told: Json) -> Json:
        """Opens lifbot's Home."""
        await deeds.open_home(self._stage, told["as"])
        return {}

    async def read(self, told: Json) -> Json:
        """Remembers what somebody has seen of a place."""
        self._stage.workspace.messages.read(told["as"], self._stage.workspace.place(told["place"]))
        return {}

    async def move(self, told: Json) -> Json:
        """Moves the clock: to a moment of one's own, or to a labelled one as it now stands."""
        if told.get("label"):
            to = (await asyncio.to_thread(self._moments))[told["label"]]
        else:
            to = self._stage.clock.aware(told["now"])
        mode = "jump" if told.get("mode") == "jump" else "run"
        moving = asyncio.ensure_future(self._stage.clock.move(to, mode))
        await asyncio.sleep(0)
        self._stage.workspace.database.ring()
        trouble = await moving
        self._stage.workspace.database.ring()
        return {"trouble": trouble, "clock": clock_shown(self._stage)}


def _values(told: Json) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = told.get("values") or {}
    return values


async def _told(request: Request) -> Json:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refusal("invalid_content_type")
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise Refusal("too_large")
    told: Any = json.loads(body)
    if not isinstance(told, dict):
        raise Refusal("invalid_arguments")
    return told
