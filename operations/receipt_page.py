"""The page behind a signed link, for people in no workspace: no account, no script, and nothing but a title on it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from commands import receipt_by_link
from commands.receipt_by_link import Page
from operations import receipt_html
from scheduler.clock import Metronome
from storage.clock import WorldClock
from storage.db import Database

MOST_BYTES = 32_000
CODES = {"open": 200, "thanks": 200, "wrong": 404, "over": 410, "withdrawn": 410, "hold": 404, "risk": 200}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}


def routes(db: Database, clock: WorldClock, metronome: Metronome | None) -> list[Route]:
    """Return the path of the page."""

    async def page(request: Request) -> Response:
        token = request.path_params["token"]
        if request.method == "POST":
            return await _posted(request, token, db, clock, metronome)
        now = await db.run(clock.now)
        found = await db.run(receipt_by_link.shown, db, token, now)
        return _drawn(found, has_thanked="thanks" in request.query_params)

    return [Route("/receipt/{token}", page, methods=["GET", "POST"])]


async def _posted(
    request: Request, token: str, db: Database, clock: WorldClock, metronome: Metronome | None
) -> Response:
    body = await _body(request)
    if body is None:
        return _html(receipt_html.too_long(), 413)
    now = await db.run(clock.now)
    found = await db.run(receipt_by_link.answered, db, token, now, _fields(body))
    if found.state != "thanks":
        return _drawn(found, code=422 if found.faults else None)
    if metronome:
        metronome.wake()  # what others have on their screens is drawn anew
    return RedirectResponse(f"/receipt/{token}?thanks", 303, _headers())  # so that nothing is sent twice by reloading


async def _body(request: Request) -> bytes | None:
    """Return what was sent, or None where it is longer than any answer."""
    found = b""
    try:
        async for part in request.stream():
            found += part
            if len(found) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return found


def _fields(body: bytes) -> Mapping[str, str]:
    """Read a form's fields; several ticks of one name are joined by commas."""
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return {}
    return {name: ",".join(values) if name == "how" else values[-1] for name, values in found.items()}


def _drawn(page: Page, *, has_thanked: bool = False, code: int | None = None) -> Response:
    return _html(receipt_html.draw(page, has_thanked=has_thanked), code or CODES[page.state])


def _html(text: str, code: int) -> Response:
    return HTMLResponse(text, code, _headers())


def _headers() -> dict[str, str]:
    return {name: value.replace("{style}", receipt_html.STYLE_HASH) for name, value in HEADERS.items()}
