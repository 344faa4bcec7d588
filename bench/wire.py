"""What Slack sends when somebody types /lif, as bytes on the wire: signed beforehand, so that to send costs little."""

from __future__ import annotations

import hashlib
import hmac
import time
from urllib.parse import urlencode

from bench.partnership import GROUPS, TEAM

SECRET = "the bench's secret"
PATH = "/slack/events"
PEOPLE = 300


def typed(text: str, group: int = 0) -> bytes:
    """Return the request of a group's chair typing /lif and this in the group's channel."""
    fields = {
        "token": "bench",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": f"C{group}",
        "channel_name": f"group-{group}",
        "user_id": f"UP{group}",
        "user_name": f"p{group}",
        "command": "/lif",
        "text": text,
        "api_app_id": "A1",
        "response_url": "http://127.0.0.1:9/commands/T1/1/1",
        "trigger_id": "1.1.1",
    }
    body, moment = urlencode(fields).encode(), str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: Slackbot 1.0\r\naccept: application/json,*/*\r\n"
        f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body)}\r\n"
        f"x-slack-request-timestamp: {moment}\r\nx-slack-signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + body


def help_() -> list[bytes]:
    """Return somebody asking for help."""
    return [typed("help")]


def lists() -> list[bytes]:
    """Return chairs asking for what is theirs."""
    return [typed("action list mine", group) for group in range(GROUPS)]


def adds() -> list[bytes]:
    """Return chairs logging an action for one person after the other."""
    text = "action add Audit MASH thresholds in area {0} owner:<@UP{0}> due:31 March"
    return [typed(text.format(person), person % GROUPS) for person in range(GROUPS, PEOPLE)]
