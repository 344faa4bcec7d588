"""The local workspace as a set of web routes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.routing import BaseRoute, Route

from lifbot.playground.clock import Clock
from lifbot.playground.doorway import Endpoint, guarded
from lifbot.playground.hints import HINTS
from lifbot.playground.page import Hints, Page
from lifbot.playground.stage import Stage
from lifbot.playground.webapi import WebApi
from lifbot.playground.wire import Wire
from lifbot.playground.workspace import Workspace

LONDON = ZoneInfo("Europe/London")


class Playground:
    """A stand-in for Slack: its Web API, its signed requests to the bot, and a page for people."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        events_url: str,
        signing_secret: str,
        bot_token: str,
        moments: Callable[[], Mapping[str, datetime]],
        clock_url: str,
        partnership: str,
        zone: ZoneInfo = LONDON,
        hints: Hints = HINTS,
    ) -> None:
        wire = Wire(events_url, signing_secret)
        parts = urlsplit(events_url)
        self.stage = Stage(workspace, wire, Clock(clock_url, wire, zone), f"{parts.scheme}://{parts.netloc}")
        self._api = WebApi(self.stage, bot_token)
        self._page = Page(self.stage, moments, partnership, hints)

    async def start(self) -> None:
        """Takes up what an earlier process left undelivered; call once the server listens."""
        self.stage.resume()

    async def close(self) -> None:
        """Ends streams and redeliveries; call when the server is asked to stop."""
        self._page.close()
        await self.stage.close()

    def routes(self) -> list[BaseRoute]:
        """The page at "/", the rest under "/playground/"."""
        page, api = self._page, self._api
        shown = {
            "/": page.index,
            "/playground/state": page.state,
            "/playground/moments": page.moments,
            "/playground/stream": page.stream,
            "/playground/assets/{name}": page.asset,
            "/playground/files/{id}/{name}": page.file,
        }
        told = {
            "say": page.say,
            "edit": page.edit,
            "click": page.click,
            "choose": page.choose,
            "submit": page.submit,
            "dismiss": page.dismiss,
            "home": page.home,
            "read": page.read,
            "clock": page.move,
        }
        return [
            *(_route(path, endpoint, "GET") for path, endpoint in shown.items()),
            *(_route(f"/playground/{name}", page.does(deed), "POST") for name, deed in told.items()),
            _route("/playground/api/{method}", api.method, "GET", "POST"),
            _route("/playground/upload/{id}", api.upload, "POST"),
            _route("/playground/response/{token}", api.response, "POST"),
        ]


def _route(path: str, endpoint: Endpoint, *methods: str) -> Route:
    return Route(path, guarded(endpoint), methods=list(methods))
