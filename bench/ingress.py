"""What it costs to answer /lif: lifbot's whole way from a signed request to its answer, against Bolt alone."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bench import yardsticks
from commands import dispatch
from lifbot.message import Incoming, Message
from lifbot.partnership_file import read
from lifbot.settings import Settings
from lifbot.slack import inbound
from storage.db import Database
from storage.migrate import migrate
from storage.setup import apply

SECRET = "the bench's secret"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FILE = Path(__file__).parent.parent / "lifbot" / "playground" / "kirklees.yaml"
ADD = "action add Audit MASH thresholds owner:<@U0CLEO> due:31 March"
AT_ONCE = 32


def signed(text: str) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Return a signed request of Slack's for what Ben typed after /lif: body and headers."""
    fields = {
        "command": "/lif", "text": text, "team_id": "T0LIFBOT", "user_id": "U0BEN", "channel_id": "C0SE",
        "response_url": "http://127.0.0.1/respond", "token": "t", "api_app_id": "A1",
    }  # fmt: skip
    body, moment = urlencode(fields).encode(), str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": str(len(body)),
        "x-slack-request-timestamp": moment,
        "x-slack-signature": f"v0={digest}",
    }
    return body, [(name.encode(), value.encode()) for name, value in headers.items()]


async def post(app: Starlette, body: bytes, headers: list[tuple[bytes, bytes]]) -> bytes:
    """Hand a request to the application as a server would, and return the body of its answer."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/slack/events", "raw_path": b"/slack/events", "query_string": b"", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 3000), "root_path": "", "state": {},
    }  # fmt: skip
    parts = bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(event: Any) -> None:
        if event["type"] == "http.response.start":
            assert event["status"] == 200, event
        parts.extend(event.get("body", b""))

    await app(scope, receive, send)
    return bytes(parts)
