"""A Slack with several workspaces, which install lifbot by OAuth; and lifbot before it, with a browser between them."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from aiohttp import web
from aiohttp.test_utils import TestServer
from starlette.applications import Starlette

from lifbot.manifest import SCOPES
from lifbot.partnership_file import read
from lifbot.settings import Settings
from operations.program import Program
from scheduler.deliver import deliver
from storage import outbox
from storage.db import Database
from storage.migrate import migrate
from storage.setup import apply
from tests.fake_slack import SECRET, form, signed

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CLIENT, CLIENT_SECRET, KEY = "1234.5678", "client-secret-not-to-be-seen", "a key of the tests that nobody guesses"
FILE = """
partnership: {{id: {id}, name: {id} Partnership, timezone: Europe/London, profile: kirklees, chair: dev,
              business_unit: [amina], slack_team: {named}}}
agencies: [{{id: council, name: Council}}]
people:
  - {{id: amina, name: Amina Yusuf, agency: council, slack: U{team}AMINA}}
  - {{id: ben, name: Ben Carter, agency: council, slack: U{team}BEN}}
  - {{id: cleo, name: Cleo Hart, agency: council, slack: U{team}CLEO}}
  - {{id: dev, name: Dev Rao, agency: council, slack: U{team}DEV}}
groups:
  - {{id: se, name: Safeguarding Effectiveness, prefix: SE, chair: ben, members: [cleo], slack_channel: C{team}SE}}
"""


def token_of(team: str) -> str:
    """Return the token that Slack gives out for a workspace."""
    return f"xoxb-{team}-not-to-be-seen"


@dataclass
class ManySlacks:
    """Slack's side: who allows an installation is in the workspace `visiting`."""

    base_url: str = ""
    visiting: str = "T1"
    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)  # team, method, arguments
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: dict[str, Any] | None = None  # what oauth.v2.access answers instead

    def called(self, team: str, method: str) -> list[dict[str, Any]]:
        """Return what came with each call that a workspace's token made."""
        return [args for who, name, args in self.calls if (who, name) == (team, method)]

    async def authorize(self, request: web.Request) -> web.StreamResponse:
        """Allow it at once, and send the browser back."""
        asked = dict(request.query)
        assert asked["client_id"] == CLIENT
        assert set(asked["scope"].split(",")) == set(SCOPES)
        code = f"code-{len(self.codes)}-not-to-be-seen"
        self.codes[code] = {"team": self.visiting, "redirect_uri": asked["redirect_uri"]}
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def api(self, request: web.Request) -> web.Response:
        """Answer a call of the Web API."""
        method = request.match_info["method"]
        sent = await request.json() if request.content_type == "application/json" else await request.post()
        args = {**request.query, **sent}
        if method == "oauth.v2.access":
            return web.json_response(self.access or self._exchanged(request.headers["Authorization"], args))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        team = next((team for team in ("T1", "T2", "T9") if token == token_of(team)), None)
        if team is None:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        self.calls.append((team, method, args))
        return web.json_response(_reply(team, method, args), headers={"X-OAuth-Scopes": ",".join(SCOPES)})

    def _exchanged(self, authorization: str, args: dict[str, Any]) -> dict[str, Any]:
        known = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        asked = self.codes.pop(args["code"], None)
        if authorization != f"Basic {known}" or asked is None or args["redirect_uri"] != asked["redirect_uri"]:
            return {"ok": False, "error": "invalid_code"}
        team = asked["team"]
        granted = {"access_token": token_of(team), "token_type": "bot", "scope": ",".join(SCOPES)}
        who = {"team": {"id": team, "name": "Kirklees <b>"}, "bot_user_id": f"U{team}LIF", "authed_user": {"id": "UX"}}
        return {"ok": True, "app_id": "A1", "is_enterprise_install": False, "enterprise": None, **granted, **who}


def _reply(team: str, method: str, args: dict[str, Any]) -> dict[str, Any]:
    match method:
        case "auth.test":
            return {"ok": True, "team_id": team, "user_id": f"U{team}LIF", "bot_id": f"B{team}", "url": "https://x"}
        case "conversations.open" if not str(args["users"]).startswith(f"U{team}"):
            return {"ok": False, "error": "user_not_found"}
        case "conversations.open":
            return {"ok": True, "channel": {"id": f"D{args['users']}"}}
        case "chat.postMessage":
            return {"ok": True, "channel": args["channel"], "ts": "1700000000.000100"}
        case "conversations.info":
            return {"ok": True, "channel": {"id": args["channel"], "is_member": True}}
        case _:
            return {"ok": True, "messages": []}


@dataclass
class Bot:
    """The running program, and a browser that looks at its pages."""

    slack: ManySlacks
    program: Program
    browser: httpx.AsyncClient

    async def begin(self) -> tuple[str, httpx.Response]:
        """Open /slack/install and allow it: the address that Slack sends the browser back to, and lifbot's answer."""
        answer = await self.browser.get("/slack/install")
        async with httpx.AsyncClient(trust_env=False) as outside:
            allowed = await outside.get(answer.headers["location"])
        return allowed.headers["location"], answer

    async def install(self, team: str) -> httpx.Response:
        """Install lifbot in a workspace, from the first click to the last page."""
        self.slack.visiting = team
        back, _ = await self.begin()
        return await self.browser.get(back)

    async def post(self, body: str, kind: str) -> httpx.Response:
        """Send what Slack sends."""
        headers = {"Content-Type": kind, **signed(body)}
        return await self.browser.post("/slack/events", content=body.encode(), headers=headers)

    async def command(self, team: str, who: str, text: str) -> str:
        """Type /lif in a group's channel of a workspace; the words of the answer."""
        given = {"team_id": team, "user_id": f"U{team}{who}", "channel_id": f"C{team}SE", "trigger_id": "1.t"}
        return (await self.post(*form(command="/lif", text=text, **given))).text

    async def event(self, team: str, event: dict[str, Any], **given: Any) -> None:
        """Send an event of a workspace."""
        body = {"type": "event_callback", "team_id": team, "event_id": "Ev1", "event": event, **given}
        assert (await self.post(json.dumps(body), "application/json")).status_code == 200

    async def removed(self, team: str, at: datetime | None = None) -> None:
        """Remove lifbot from a workspace."""
        moment = int((at or datetime.now(UTC)).timestamp())
        await self.event(team, {"type": "app_uninstalled"}, event_time=moment)

    async def deliver(self) -> list[tuple[str, str, str | None]]:
        """Deliver what is due three minutes later: each row's partnership, status and error."""
        db = self.program.db
        await deliver(db, self.program.senders, NOW + timedelta(minutes=3))
        with db.begin() as session:
            return [(row.partnership_id, row.status, row.error) for row in outbox.every(session)]


def settings(url: str, slack: ManySlacks, **more: Any) -> Settings:
    """Return the settings of a program that workspaces install."""
    oauth = {"slack_client_id": CLIENT, "slack_client_secret": CLIENT_SECRET, "lifbot_secret_key": KEY}
    known = {"slack_signing_secret": SECRET, "slack_api_url": slack.base_url, "database_url": url, "_env_file": None}
    return Settings(**{**known, "lifbot_time_travel": True, **oauth, **more})


def load(url: str, **partnerships: str) -> None:
    """Load partnerships, each with the workspaces that it names, if any; its people are in the last, else in T1."""
    db = Database(url)
    migrate(db)
    with db.begin() as session:
        for id, team in partnerships.items():
            named, home = f'"{team}"' if team else "null", team.split(",")[-1].strip() or "T1"
            apply(session, read(FILE.format(id=id, named=named, team=home)), NOW, remove=False)
    db.close()


@asynccontextmanager
async def many_slacks() -> AsyncIterator[ManySlacks]:
    """Start Slack on a free port of this machine."""
    slack = ManySlacks()
    app = web.Application()
    app.router.add_get("/oauth/v2/authorize", slack.authorize)
    app.router.add_route("*", "/api/{method}", slack.api)
    async with TestServer(app) as server:
        slack.base_url = str(server.make_url("/api/"))
        yield slack


@asynccontextmanager
async def running(settings: Settings, slack: ManySlacks) -> AsyncIterator[Bot]:
    """Start lifbot, without the scheduler's own passes."""
    async with AsyncExitStack() as stack:
        program, app = Program(settings, with_worker=False), Starlette()
        program.clock.set(NOW)
        await stack.enter_async_context(program.running(app))
        browser = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:3000")
        yield Bot(slack, program, await stack.enter_async_context(browser))


def state_in(address: str) -> str:
    """Return the state that an address holds."""
    return parse_qs(urlsplit(address).query)["state"][0]
