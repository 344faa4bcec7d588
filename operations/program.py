"""The parts of the running program, put together from the settings: database, clock, platforms, scheduler, web."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import aiohttp
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from commands import dispatch, lasting
from lifbot.errors import LifError
from lifbot.message import Incoming, Message
from lifbot.settings import Settings, is_loopback
from operations import web
from operations.filing import Drawing, WithFiles
from scheduler.clock import Metronome
from scheduler.deliver import Sender
from storage import outbox, schema
from storage.clock import WorldClock, real
from storage.db import Database

PLAYGROUND_HASTE = 100  # its workspace takes what Slack would slow down, and a cycle is lived through in seconds

Closing = Callable[[], Awaitable[None]]


def playground_settings(settings: Settings) -> Settings:
    """Return the settings with the playground in Slack's place, on this machine only."""
    if not is_loopback(settings.host):
        raise LifError("The playground opens on this machine only. Set HOST=127.0.0.1, or Slack's tokens.")
    here = f"http://127.0.0.1:{settings.port}"
    return settings.model_copy(
        update={
            "slack_signing_secret": SecretStr(secrets.token_hex(16)),
            "slack_bot_token": SecretStr("xoxb-playground"),
            "slack_api_url": f"{here}/playground/api/",
            "lifbot_time_travel": True,
        }
    )


class Program:
    """The whole program in one process, or one half of it."""

    def __init__(self, settings: Settings, *, with_web: bool = True, with_worker: bool = True) -> None:
        if settings.fault:
            raise LifError(settings.fault)
        self.in_playground = settings.is_playground and with_web
        self.settings = playground_settings(settings) if self.in_playground else settings
        self.db = Database(self.settings.database_url, self.settings.public_url)
        _bring_to_newest(self.db)
        self.clock = WorldClock(self.db, travel=self.settings.travels)
        self.senders: dict[str, Sender] = {}
        self.drawing = Drawing(self.db, self.clock.now)
        self.with_worker = with_worker
        self.metronome: Metronome | None = None
        self.close_streams: Closing = _nothing
        if with_worker and self.db.is_sqlite:
            with self.db.begin() as session:
                outbox.release_all(session, real())

    async def halt(self) -> None:
        """Prepare to stop: begin no further pass, and end the streams that would never end by themselves."""
        if self.metronome:
            self.metronome.halt()
        await self.close_streams()

    async def handle(self, incoming: Incoming) -> Message | None:
        """Answer one thing that came in, from whichever platform."""
        if at_once := lasting.at_once(self.db, incoming):
            return at_once
        answer = await self.db.run(self._answered, incoming)
        if answer and self.metronome and self.with_worker:  # of what is not for lifbot nothing follows
            self.metronome.wake()
        return answer

    def _answered(self, incoming: Incoming) -> Message | None:
        """With time travel it is as late as the database says, which is asked in its own thread."""
        at = self.clock.now() if self.clock.travel else incoming.at
        return dispatch.handle(self.db, replace(incoming, at=at))

    @asynccontextmanager
    async def running(self, app: Starlette | None = None) -> AsyncIterator[None]:
        """Open everything, add the routes to the web application, and close it all again in order."""
        async with AsyncExitStack() as stack:
            stack.callback(self.db.close)
            routes = await self._slack(stack) if self.settings.has_slack else []
            routes += await self._teams(stack) if self.settings.has_teams else []
            self.metronome = Metronome(self.db, self.clock, self.senders, self.settings.lifbot_tick_seconds)
            if app:
                app.router.routes.extend([*routes, *web.routes(self.db, self.clock, self.metronome, self.settings)])
            if self.with_worker:
                self.metronome.start()
                stack.push_async_callback(self.metronome.stop)
            yield

    async def _slack(self, stack: AsyncExitStack) -> list[BaseRoute]:
        from lifbot.slack import inbound, sender  # Bolt is heavy, and only a running bot needs it

        session = await stack.enter_async_context(aiohttp.ClientSession())
        if self.settings.has_oauth:
            from operations import installing

            many = await installing.opened(self.db, self.settings, session, self.handle)
            bolt, self.senders["slack"], routes = many.bolt, WithFiles(many.sender, self.drawing.file), many.routes
        else:
            client = sender.client(self.settings, session)
            one = sender.SlackSender(client, haste=PLAYGROUND_HASTE if self.in_playground else 1)
            self.senders["slack"] = WithFiles(one, self.drawing.file)
            bolt, routes = inbound.app(self.settings, self.handle, real, client), []
        stack.push_async_callback(bolt.drain)
        routes += inbound.routes(bolt)
        if self.settings.slack_app_token:
            sockets = inbound.socket_mode(bolt, self.settings)
            await sockets.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            stack.push_async_callback(sockets.close_async)
        if self.in_playground:
            from operations import stage

            scene = await self.db.run(stage.set_up, self.db, self.clock, self.settings)
            stack.push_async_callback(scene.close)
            self.close_streams = scene.close
            asyncio.get_running_loop().call_later(0.5, lambda: asyncio.ensure_future(scene.start()))
            routes += scene.routes()
        return routes

    async def _teams(self, stack: AsyncExitStack) -> list[BaseRoute]:
        from lifbot.teams import connector, inbound, sender  # only a bot that is in Teams needs them
        from operations.references import Kept

        http = await stack.enter_async_context(connector.client())
        line, kept = connector.Connector(self.settings, http), Kept(self.db)
        self.senders["teams"] = WithFiles(sender.TeamsSender(self.settings, line, kept), self.drawing.file)
        bot = inbound.app(self.settings, self.handle, real, line, kept, self.drawing.file)
        stack.push_async_callback(bot.drain)
        return list(inbound.routes(bot))


def _bring_to_newest(db: Database) -> None:
    if schema.is_newest(db):
        return
    from storage.migrate import migrate  # alembic is heavy, and most starts find nothing to do

    migrate(db)


async def _nothing() -> None:
    """Nothing is open that would never end by itself."""


def application(program: Program) -> Starlette:
    """Return the web application of a program."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with program.running(app):
            yield

    return Starlette(lifespan=lifespan)
