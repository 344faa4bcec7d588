"""The app manifests: what an administrator pastes into Slack, or uploads to Teams, when they make the app."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from lifbot import __version__
from lifbot.errors import LifError
from lifbot.grammar import Command, clip
from lifbot.settings import Settings

NEEDED = ("app_mentions:read", "chat:write", "commands", "files:write", "im:history", "im:write", "users:read")
"""Without these lifbot cannot work; `bot.py check` compares a token with them."""

HEARING = ("channels:history", "groups:history")
"""To hear replies in the threads of its own cards: without them people mention @lifbot there."""

SCOPES = tuple(sorted((*NEEDED, *HEARING)))
"""The smallest set with which everything works."""

EVENTS = (
    *("app_home_opened", "app_mention", "app_uninstalled"),
    *("message.channels", "message.groups", "message.im", "tokens_revoked", "user_change"),
)

MANIFEST = """\
display_information:
  name: lifbot
  description: Logs what a meeting agrees, reminds owners kindly, and asks the partnership chair for help.
  long_description: >-
    lifbot keeps a safeguarding partnership's actions moving. Log an action in the meeting's channel, with one owner
    and a timescale; the owner is reminded in a direct message and answers there; each meeting gets its standing items;
    and what is still open after two meetings goes to the partnership chair. Reference numbers and neutral titles only;
    please leave out names of children and families, and case details.
  background_color: "#24364b"
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: lifbot
    always_online: true
  shortcuts:
    - name: {shortcut}
      type: message # in the menu of every message
      callback_id: {callback}
      description: Opens the form for a new action, which begins with this message
  slash_commands:
    - command: /lif
      url: {url}
      description: Log and follow up what was agreed
      usage_hint: {hint}
      should_escape: true # people and channels arrive as ids
oauth_config:
  scopes:
    bot: [{scopes}]
settings:
  event_subscriptions:
    request_url: {url}
    bot_events: [{events}]
  interactivity:
    is_enabled: true
    request_url: {url}
  org_deploy_enabled: false
  socket_mode_enabled: false
  token_rotation_enabled: false
"""


ABOUT = "Logs what a meeting agrees, and reminds owners kindly."
ABOUT_IN_FULL = (
    "lifbot keeps a safeguarding partnership's actions moving. Log an action in the meeting's channel, with one owner "
    "and a timescale; the owner is reminded in their own chat with lifbot and answers there; each meeting gets its "
    "standing items; and what is still open after two meetings goes to the partnership chair. Reference numbers and "
    "neutral titles only; please leave out names of children and families, and case details."
)
SCHEMA = "1.19"
OFFERED = (  # to somebody who begins to type in Teams
    *("help", "action add", "action list", "action show", "action update", "action done", "action extend"),
    *("meeting next", "meeting agenda", "digest now"),
)
ICONS = ("color.png", "outline.png")
LOG_AS_ACTION_IN_SLACK = "lif_log"  # what Slack calls back by
LOG_AS_ACTION = {
    "id": "log_as_action",
    "type": "action",
    "title": "Log as action",
    "description": "Opens the form for a new action, which begins with this message",
    "context": ["message"],
    "fetchTask": True,
}

ADDRESSES = ("      url: {url}\n", "    request_url: {url}\n")
REDIRECT = "oauth_config:\n"


def slack(url: str, hint: str, *, oauth: bool = False, socket: bool = False) -> str:
    """Return the manifest as YAML; LifError for anything but the https address at which Slack reaches the program.

    `hint` is shown while somebody types the command. With `oauth` workspaces install it themselves; with `socket` it
    fetches everything, and no address is in it.
    """
    text = MANIFEST
    if socket:
        for line in ADDRESSES:
            text = text.replace(line, "")
        text = text.replace("socket_mode_enabled: false", "socket_mode_enabled: true")
    if oauth:
        text = text.replace(REDIRECT, f"{REDIRECT}  redirect_urls: [{{redirect}}]\n")
    return text.format(
        url=json.dumps(f"{_base(url)}/slack/events"),  # YAML takes a JSON string as it is, whatever is in it
        redirect=json.dumps(f"{_base(url)}/slack/oauth_redirect"),
        hint=json.dumps(hint),
        shortcut=LOG_AS_ACTION["title"],
        callback=LOG_AS_ACTION_IN_SLACK,
        scopes=", ".join(f'"{scope}"' for scope in SCOPES),
        events=", ".join(EVENTS),
    )


def teams(url: str, settings: Settings, commands: Sequence[Command]) -> bytes:
    """Return the app package for Teams: a zip; LifError for anything but an https address and the bot's app id."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(zipfile.ZipInfo("manifest.json"), json.dumps(teams_manifest(url, settings, commands), indent=2))
        for name in ICONS:
            whole.writestr(zipfile.ZipInfo(name), files("lifbot.teams").joinpath("icons", name).read_bytes())
    return package.getvalue()


def teams_manifest(url: str, settings: Settings, commands: Sequence[Command]) -> dict[str, Any]:
    """Return what Teams is told about the app; the tenant's administrator need not approve any permission."""
    app, home = _app_id(settings), _base(url, "Teams")
    everywhere = ["personal", "team", "groupChat"]
    return {
        "$schema": f"https://developer.microsoft.com/en-us/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": __version__,
        "id": app,
        "developer": {"name": "lifbot", "websiteUrl": home, "privacyUrl": home, "termsOfUseUrl": home},
        "name": {"short": "lifbot", "full": "lifbot: follow-through for safeguarding partnerships"},
        "description": {"short": ABOUT, "full": ABOUT_IN_FULL},
        "icons": {"color": ICONS[0], "outline": ICONS[1]},
        "accentColor": "#24364B",
        "bots": [_bot(app, everywhere, commands)],
        "composeExtensions": [{"botId": app, "commands": [LOG_AS_ACTION]}],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "validDomains": [urlsplit(home).hostname],
    }


def _bot(app: str, scopes: Sequence[str], commands: Sequence[Command]) -> dict[str, Any]:
    lists = [_offered(scopes, commands)]
    return {"botId": app, "scopes": list(scopes), "supportsFiles": True, "commandLists": lists}  # files as evidence


def _offered(scopes: Sequence[str], commands: Sequence[Command]) -> dict[str, Any]:
    known = {command.words: command for command in commands}
    shown = [{"title": words, "description": clip(known[words].summary, 128)} for words in OFFERED]
    return {"scopes": list(scopes), "commands": shown}


def _app_id(settings: Settings) -> str:
    try:
        return str(UUID(settings.client_id or ""))
    except ValueError:
        raise LifError(
            "The app package needs the bot's app id. Set CLIENT_ID to the Application (client) ID from the app "
            "registration's page Overview."
        ) from None


def _base(url: str, platform: str = "Slack") -> str:
    """Return the address without a closing slash."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
        usable = usable and not (parts.query or parts.fragment)
    except ValueError:
        usable = False
    if not usable or not url.strip().isprintable() or " " in url.strip():
        raise LifError(f"{platform} needs an https address. Type for example: --url https://lif.example.org")
    return url.strip().rstrip("/")
