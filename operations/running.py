"""Running the program until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from typing import NoReturn

import uvicorn

from lifbot.errors import LifError
from lifbot.settings import Settings
from operations.program import Program, application

KEPT_OPEN = 75  # seconds without a request; nginx and the clouds' load balancers give up after 60


class Server(uvicorn.Server):
    """A server that first ends what would never end by itself: the event streams of open pages."""

    def __init__(self, config: uvicorn.Config, program: Program) -> None:
        super().__init__(config)
        self.program = program

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: streams and passes first, then connections, then the program."""
        await self.program.halt()
        await super().shutdown(sockets)


def serve(settings: Settings, *, web: bool, worker: bool) -> int:
    """Run the web half, the scheduler's half, or both, until SIGTERM or Ctrl-C."""
    if settings.is_playground and not (web and worker):
        raise LifError("web and worker need a platform's tokens: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or Teams'.")
    program = Program(settings, with_web=web, with_worker=worker)
    if not web:
        asyncio.run(_worker(program))
        return 0
    config = uvicorn.Config(
        application(program),
        host=settings.host,
        port=settings.port,
        http="httptools",
        log_level="warning",
        access_log=False,
        # Longer than a proxy keeps a connection, which would else send a command into one that is just being closed.
        timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=5,
    )
    server = Server(config, program)
    where = f"http://{settings.host}:{settings.port}"
    print(f"The playground is open at {where}" if program.in_playground else f"lifbot listens at {where}", flush=True)
    signal.signal(signal.SIGTERM, _leave)  # the server raises it again when all is closed: that is no failure
    server.run()
    return 0 if server.started else 1


def _leave(*_: object) -> NoReturn:
    sys.exit(0)


async def _worker(program: Program) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with program.running():
        print("lifbot's scheduler is at work", flush=True)
        await stop.wait()
