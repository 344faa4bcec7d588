"""What lifbot is measured against: Bolt alone, APScheduler's job store, and the import of the libraries."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

QUIET = logging.getLogger("bench.bolt")
QUIET.setLevel(logging.ERROR)
FIVE_LIBRARIES = (
    "import slack_bolt.async_app, starlette.applications, starlette.routing, uvicorn, sqlmodel, "
    "apscheduler.schedulers.asyncio"
)


def bolt(secret: str, answer: dict[str, Any], *, waits_for_ack: bool = False) -> Starlette:
    """Return Bolt with one listener that acknowledges /lif with an answer made beforehand."""
    app = AsyncApp(
        logger=QUIET,
        signing_secret=secret,
        client=AsyncWebClient("xoxb-bench"),
        authorize=_authorize,
        process_before_response=not waits_for_ack,
        ignoring_self_events_enabled=False,
    )

    @app.command("/lif")
    async def lif(ack: AsyncAck) -> None:
        await ack(answer)

    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


async def _authorize(**given: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0001", bot_token="xoxb-bench")
