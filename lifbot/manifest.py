"""The Slack app manifest: what an administrator pastes when they make the app."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from lifbot.errors import LifError

SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read")
"""The smallest set with which everything works; `bot.py check` compares a token with it."""

EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")

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
        scopes=", ".join(f'"{scope}"' for scope in SCOPES),
        events=", ".join(EVENTS),
    )


def _base(url: str) -> str:
    """Return the address without a closing slash."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
        usable = usable and not (parts.query or parts.fragment)
    except ValueError:
        usable = False
    if not usable or not url.strip().isprintable() or " " in url.strip():
        raise LifError("Slack needs an https address. Type for example: --url https://lif.example.org")
    return url.strip().rstrip("/")
