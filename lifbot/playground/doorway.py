"""Who may come in: only this machine, and only pages of this very server."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
Endpoint = Callable[[Request], Awaitable[Response]]
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def at_home(host: str) -> bool:
    """Whether a Host header names this machine: a name of elsewhere that was re-pointed here does not."""
    try:
        return (urlsplit(f"//{host}").hostname or "") in LOOPBACK
    except ValueError:
        return False


def same_origin(request: Request) -> bool:
    """Whether a request was sent by a page of this server, or by no page at all."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"


def guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint, for this machine and its own pages alone, with headers that keep a browser to that."""

    async def guard(request: Request) -> Response:
        if not at_home(request.headers.get("host", "")):
            return PlainTextResponse("The playground answers only at 127.0.0.1 or localhost.\n", 421)
        if request.method == "POST" and not same_origin(request):
            return PlainTextResponse("The playground takes requests only from its own page.\n", 403)
        response = await endpoint(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return guard
