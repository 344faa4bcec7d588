"""What Slack says of the token: whether it is good, what it may do, which channels it is in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from lifbot.manifest import HEARING, NEEDED
from lifbot.settings import Settings
from lifbot.slack.blocks import Json
from lifbot.slack.sender import SECONDS, client, client_with

Line = tuple[bool, str]

CODE = re.compile(r"[a-z_]{1,60}")
NOT_SIGNED = "Slack signing secret: SLACK_SIGNING_SECRET is not set. Copy it from the app's page Basic Information."
NOT_INSTALLED = "Slack token: SLACK_BOT_TOKEN is not set. Copy it from the app's page OAuth & Permissions."
UNREADABLE = "unreadable_answer"
INVITE = "Type /invite @lifbot in that channel."
INSTALL = "Somebody there opens /slack/install at this lifbot's address."
REINSTALL = "Add it to the app (python bot.py manifest slack shows them all) and install the app again."

DEAF = "lifbot hears replies in the threads of its cards only where they mention it. All else works."


class Refused(Exception):
    """Slack did not answer as asked; `why` is its own word for it, or what happened on the way."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def check(settings: Settings, channels: Mapping[str, str]) -> tuple[list[Line], str | None]:
    """Return a line for each thing that can be wrong, and the workspace's id; `channels` are groups by channel."""
    lines = [secret(settings)]
    if not settings.slack_bot_token:
        return [*lines, (False, NOT_INSTALLED)], None
    async with aiohttp.ClientSession() as session:
        slack = client(settings, session)
        try:
            answer, headers = await _asked(slack.auth_test())
        except Refused as refused:
            return [*lines, (False, _bad_token(refused.why))], None
        team = str(answer.get("team_id") or "")
        lines += [(True, f"Slack token: good for the workspace {team}."), *_scopes(headers)]
        return [*lines, *await _channels(slack, channels)], team


async def check_workspace(settings: Settings, team: str, token: str, channels: Mapping[str, str]) -> list[Line]:
    """Return a line for each thing that can be wrong with a workspace that installed lifbot by OAuth."""
    async with aiohttp.ClientSession() as session:
        slack = client_with(settings, session, token)
        try:
            _, headers = await _asked(slack.auth_test())
        except Refused as refused:
            return [(False, _bad_installation(team, refused.why))]
        lines = [(True, f"Slack workspace {team}: installed, and its token is good."), *_scopes(headers)]
        return [*lines, *await _channels(slack, channels)]


def secret(settings: Settings) -> Line:
    """Say whether Slack's requests can be told from others'."""
    if settings.slack_signing_secret:
        return True, "Slack signing secret: set."
    if settings.slack_app_token:
        return True, "Slack signing secret: not set, and not needed with SLACK_APP_TOKEN."
    return False, NOT_SIGNED


def _is_passing(why: str) -> bool:
    return why in ("TimeoutError", "ratelimited", UNREADABLE) or "Error" in why


def _bad_installation(team: str, why: str) -> str:
    if _is_passing(why):
        return f"Slack workspace {team}: Slack could not be asked ({why}). Check the network, then try again."
    return f"Slack workspace {team}: Slack refuses its token ({why}), so messages wait. {INSTALL}"


def _bad_token(why: str) -> str:
    if _is_passing(why):
        return f"Slack token: Slack could not be asked ({why}). Check the network and SLACK_API_URL, then try again."
    return f"Slack token: Slack refuses SLACK_BOT_TOKEN ({why}). Copy it again from the app's page OAuth & Permissions."


def _scopes(headers: Mapping[str, str]) -> list[Line]:
    said = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if said is None:
        return [(True, "Slack scopes: Slack did not name them, so they could not be checked.")]
    given = {scope.strip() for scope in said.split(",")}
    missing = [scope for scope in NEEDED if scope not in given]
    deaf = [scope for scope in HEARING if scope not in given]
    lines = [(False, f"Slack scopes: {scope} is missing. {REINSTALL}") for scope in missing]
    lines += [(True, f"Slack scopes: without {' and '.join(deaf)} {DEAF}")] if deaf else []
    return lines or [(True, "Slack scopes: all there.")]


async def _channels(slack: AsyncWebClient, channels: Mapping[str, str]) -> list[Line]:
    lines: list[Line] = []
    for channel, group in channels.items():
        try:
            answer, _ = await _asked(slack.conversations_info(channel=channel))
        except Refused as refused:
            if refused.why == "missing_scope":
                return [*lines, (True, "Slack channels: not checked; that needs the scope channels:read.")]
            lines.append((False, _unknown(group, channel, refused.why)))
            continue
        found = answer.get("channel")
        if not (isinstance(found, dict) and found.get("is_member")):
            lines.append((False, f"Slack channels: lifbot is not in {group}'s ({channel}). {INVITE}"))
    return lines or ([(True, f"Slack channels: lifbot is in all {len(channels)}.")] if channels else [])


def _unknown(group: str, channel: str, why: str) -> str:
    if why == "channel_not_found":
        return (
            f"Slack channels: lifbot cannot see {group}'s ({channel}). "
            f"Check slack_channel in the partnership file. Is it private? {INVITE}"
        )
    return f"Slack channels: {group}'s ({channel}) could not be checked ({why})."


async def _asked(calling: Awaitable[AsyncSlackResponse]) -> tuple[Json, Mapping[str, str]]:
    try:
        async with asyncio.timeout(SECONDS):
            response = await calling
        data = response.data
    except SlackApiError as error:
        raise Refused(_code(error)) from None  # the SDK's own message holds what was answered
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise Refused(type(error).__name__) from None
    except (AttributeError, TypeError, ValueError):  # what came back is no answer of Slack's
        raise Refused(UNREADABLE) from None
    if not isinstance(data, dict):
        raise Refused(UNREADABLE)
    return data, response.headers


def _code(error: SlackApiError) -> str:
    data = getattr(error.response, "data", None)
    said = str(data.get("error") or "") if isinstance(data, dict) else ""
    return said if CODE.fullmatch(said) else UNREADABLE
