"""Everything a deed in the playground needs at hand, and the events that leave it for the bot."""

import asyncio
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from lifbot.playground.answers import Answering
from lifbot.playground.cast import APP, BOT
from lifbot.playground.clock import Clock
from lifbot.playground.messages import Draft, Message
from lifbot.playground.refusal import Json
from lifbot.playground.wall import real_seconds
from lifbot.playground.wire import Reply, Wire
from lifbot.playground.workspace import Workspace


@dataclass
class Stage:
    """One workspace with its wire to the bot and its clock; `here` is the address of this web server."""

    workspace: Workspace
    wire: Wire
    clock: Clock
    here: str
    retry_seconds: tuple[float, ...] = (1.0, 3.0, 10.0)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def post(self, channel: str, author: str, text: str, **more: Any) -> Message:
        """Posts a message at the workspace's present time."""
        return self.workspace.messages.post(Draft(channel, author, text, await self.clock.now(), **more))

    def response_url(self, answering: Answering) -> str:
        """A fresh address at which the bot may answer this deed."""
        return f"{self.here}/playground/response/{self.workspace.answers.new(answering)}"

    async def deliver(self, event: Json) -> None:
        """Sends an event to the bot; what it does not take is sent again, even after a restart."""
        body = self._envelope(event)
        self.workspace.deliveries.keep(body)
        reply = await self.wire.event(body)
        if not self._settled(body, reply, 0):
            self._in_background(self._again(body, reply, 0))

    def resume(self) -> None:
        """Takes up the events that an earlier process did not get rid of."""
        for body, attempts in self.workspace.deliveries.waiting():
            self._in_background(self._again(body, Reply(-1), attempts))

    async def _again(self, body: Json, reply: Reply, done: int) -> None:
        for retry, pause in enumerate(self.retry_seconds[done:], start=done + 1):
            await asyncio.sleep(pause)
            reply = await self.wire.event(body, retry, "http_timeout" if reply.status == 0 else "http_error")
            if self._settled(body, reply, retry):
                return

    def _settled(self, body: Json, reply: Reply, attempts: int) -> bool:
        spent = attempts >= len(self.retry_seconds) or reply.headers.get("X-Slack-No-Retry") == "1"
        if reply.ok or spent:
            self.workspace.deliveries.drop(body["event_id"])
            return True
        self.workspace.deliveries.tried(body["event_id"])
        return False

    def _envelope(self, event: Json) -> Json:
        team = self.workspace.cast.team
        grant = {"enterprise_id": None, "team_id": team, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        return {
            "token": "playground",
            "team_id": team,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(6).upper()}",
            "event_time": int(real_seconds()),
            "authorizations": [grant],
            "is_ext_shared_channel": False,
            "event_context": f"4-{secrets.token_urlsafe(12)}",
        }

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stops redelivering; what waits is kept for the next start."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.wire.close()
