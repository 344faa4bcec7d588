"""A connection that is quiet for longer than the web server's own few seconds still takes the next command."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.world import world

QUIET = 6  # seconds; uvicorn itself gives up after 5


async def test_a_quiet_connection_takes_the_next_request(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        coming, going = await asyncio.open_connection("127.0.0.1", w.port)
        for wait in (0, QUIET):
            await asyncio.sleep(wait)
            going.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert (await coming.readline()).startswith(b"HTTP/1.1 200")
            head = await coming.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await coming.readexactly(int(length.split(b":")[1]))
        going.close()
        await going.wait_closed()
