"""A bot of asynchronous Bolt on Starlette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.wire import PATH, SECRET
from bench.yardsticks import QUIET, TOKEN, answers, entry, installed, item, promise


def served(*, waits_for_ack: bool, store: Callable[[], Awaitable[None]] | None = None) -> Starlette:
    """Return a bot that stores, if it is to, and acknowledges."""
    app = AsyncApp(
        logger=QUIET,
        signing_secret=SECRET,
        client=AsyncWebClient(TOKEN),
        authorize=_authorize,
        process_before_response=not waits_for_ack,
        ignoring_self_events_enabled=False,
    )
    known = answers()

    @app.command("/lif")
    async def lif(ack: AsyncAck, body: dict[str, Any]) -> None:
        if store:
            await store()
        await ack(known["help" if body["text"] == "help" else "add"])

    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route(PATH, events, methods=["POST"])])


async def kept(session: AsyncSession) -> None:
    """Put an action, its log entry and its promise into the database, by the ORM."""
    async with session:
        made = item()
        session.add(made)
        await session.flush()
        session.add_all([entry(made), promise(made)])
        await session.commit()


async def _authorize(**given: Any) -> AuthorizeResult:
    return installed()
