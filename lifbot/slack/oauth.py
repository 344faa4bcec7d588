"""How a workspace installs lifbot: to Slack's page and back, by Bolt's own flow, with our stores and our words."""

from __future__ import annotations

import base64
import html
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_utils import OAuthStateUtils
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lifbot.manifest import SCOPES
from lifbot.settings import Settings, is_loopback
from lifbot.slack.sender import client_with

LOG = logging.getLogger("lifbot.slack")
BOLT_LOG = logging.getLogger("lifbot.slack.bolt")  # Bolt would write what Slack sends back, code and all
BOLT_LOG.setLevel(logging.ERROR)

INSTALL, BACK = "/slack/install", "/slack/oauth_redirect"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds a code
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:36em;margin:4em auto;padding:0 1em}}</style>
</head><body><h1>{title}</h1>{paragraphs}</body></html>
"""
UNREACHED = (aiohttp.ClientError, TimeoutError, OSError)
UNREADABLE = (LookupError, AttributeError, TypeError, ValueError)  # Bolt's own reading, of odd answers
AGAIN = "Nothing was installed. Open /slack/install again, and use the same browser until the end."
NO_ANSWER = "Slack did not answer as expected. Nothing was installed. Please try again in a minute."
WHY = {
    "access_denied": "You chose not to install it. Nothing was changed; you can close this page.",
    "invalid_browser": f"This browser did not begin the installation. {AGAIN}",
    "invalid_state": f"This installation began more than ten minutes ago, or has been finished already. {AGAIN}",
    "missing_code": f"Slack sent no code along. {AGAIN}",
    "invalid_code": f"Slack did not accept the code. {AGAIN}",
    "storage_error": "lifbot is installed for single workspaces only, each by itself. Choose a workspace, not a whole "
    "organisation.",
}


@dataclass(frozen=True)
class Keeping:
    """What the flow needs kept: states while somebody is at Slack's page, and a workspace's token afterwards."""

    issue: Callable[[], Awaitable[str]]
    consume: Callable[[str], Awaitable[bool]]
    save: Callable[[str, str, str | None], Awaitable[None]]  # team, token, the bot's user id


class States(AsyncOAuthStateStore):
    """Bolt's store of states, on our functions."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Return a new state."""
        return await self._keeping.issue()

    async def async_consume(self, state: str) -> bool:
        """Say whether a state was issued here, is young enough and is used for the first time."""
        return await self._keeping.consume(state)


class Installations(AsyncInstallationStore):
    """Bolt's store of installations, on our functions: all that is kept is the bot's own token."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    async def async_save(self, installation: Installation) -> None:
        """Keep a workspace's token; BoltError for what is no single workspace's."""
        if installation.is_enterprise_install or not (installation.team_id and installation.bot_token):
            raise BoltError("not the installation of a single workspace")
        await self._keeping.save(installation.team_id, installation.bot_token, installation.bot_user_id)
        LOG.info("installed in the workspace %s", installation.team_id)


class Cookie(OAuthStateUtils):
    """The cookie that ties a state to the browser that began; without TLS only before a stand-in on this machine."""

    def __init__(self, *, secure: bool) -> None:
        super().__init__()
        self._ending = "Secure; SameSite=Lax" if secure else "SameSite=Lax"

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """Return the header's value."""
        age = self.expiration_seconds
        return f"{self.cookie_name}={state}; HttpOnly; Path=/; Max-Age={age}; {self._ending}"

    def build_set_cookie_for_deletion(self) -> str:
        """Return the header's value that takes it away."""
        return f"{self.cookie_name}=deleted; HttpOnly; Path=/; Max-Age=0; {self._ending}"


class Exchange(AsyncWebClient):
    """Exchanges a code for a token; the SDK's own way leans on a part of aiohttp that is about to go."""

    async def oauth_v2_access(
        self,
        *,
        client_id: str,
        client_secret: str,
        code: str | None = None,
        redirect_uri: str | None = None,
        **given: Any,
    ) -> AsyncSlackResponse:
        """Return what Slack gives for a code."""
        basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        sent = {"code": code, "redirect_uri": redirect_uri, **given}
        return await self.api_call("oauth.v2.access", data=sent, headers={"Authorization": f"Basic {basic}"})


class Flow(AsyncOAuthFlow):
    """Bolt's flow, with addresses that are encoded."""

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Return the address of Slack's page."""
        asked = {"client_id": self.client_id, "scope": ",".join(SCOPES), "state": state}
        asked |= {"redirect_uri": self.redirect_uri} if self.redirect_uri else {}
        if team := request.query.get("team"):
            asked["team"] = team[0]
        return f"{self.settings.authorization_url}?{urlencode(asked)}"


def flow(settings: Settings, keeping: Keeping, session: aiohttp.ClientSession, redirect_uri: str | None = None) -> Flow:
    """Return Bolt's flow; where no redirect_uri is given Slack takes the one of the app's manifest."""
    secret = settings.slack_client_secret
    bolt = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        scopes=SCOPES,
        user_scopes=(),
        install_page_rendering_enabled=False,  # Slack's own page says what is asked for
        callback_options=AsyncCallbackOptions(_installed, _failed),
        authorization_url=urljoin(settings.slack_api_url, "../oauth/v2/authorize"),
        installation_store=Installations(keeping),
        state_store=States(keeping),
        logger=BOLT_LOG,
    )
    bolt.redirect_uri = redirect_uri  # Bolt reads one of its own from the environment
    bolt.state_utils = Cookie(secure=not _is_stand_in(settings))
    return Flow(client=client_with(settings, session, None, Exchange), logger=BOLT_LOG, settings=bolt)


def routes(settings: Settings, keeping: Keeping, session: aiohttp.ClientSession) -> list[Route]:
    """Return the two paths of an installation."""

    def flow_for(request: Request) -> Flow:
        # A stand-in has no app whose redirect address it could take; Slack has, and knows it better than a proxy does.
        here = f"{request.base_url}".rstrip("/") + BACK if _is_stand_in(settings) else None
        return flow(settings, keeping, session, here)

    async def install(request: Request) -> Response:
        return _response(await flow_for(request).handle_installation(to_async_bolt_request(request, b"")))

    async def back(request: Request) -> Response:
        try:
            return _response(await flow_for(request).handle_callback(to_async_bolt_request(request, b"")))
        except (*UNREACHED, *UNREADABLE) as error:
            LOG.warning("an installation failed: Slack's answer was %s", type(error).__name__)
            return _response(_page(502, "lifbot was not installed", NO_ANSWER))

    return [Route(INSTALL, install, methods=["GET"]), Route(BACK, back, methods=["GET"])]


def _is_stand_in(settings: Settings) -> bool:
    return is_loopback(urlsplit(settings.slack_api_url).hostname)


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    name, team = args.installation.team_name or "your workspace", args.installation.team_id
    told = (
        f"lifbot is now in {name}. Whoever runs lifbot needs this workspace's id: {team}. "
        f"It goes into the partnership file as slack_team: {team}."
    )
    then = "Then type /invite @lifbot in each group's channel, and /lif help."
    answer = _page(200, "lifbot is installed", told, then)
    answer.headers["set-cookie"] = [args.settings.state_utils.build_set_cookie_for_deletion()]
    return answer


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    LOG.info("an installation failed: %s", args.reason if args.reason in WHY else "for a reason of Slack's")
    return _page(args.suggested_status_code, "lifbot was not installed", WHY.get(args.reason, NO_ANSWER))


def _page(status: int, title: str, *paragraphs: str) -> BoltResponse:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    page = PAGE.format(title=html.escape(title), paragraphs=body)
    return BoltResponse(status=status, body=page, headers={"Content-Type": "text/html; charset=utf-8"})


def _response(answer: BoltResponse) -> Response:
    cookies = answer.headers.get("set-cookie", [])
    response = Response(answer.body, answer.status, {**HEADERS, **answer.first_headers_without_set_cookie()})
    for cookie in cookies:
        response.headers.append("set-cookie", cookie)
    return response
