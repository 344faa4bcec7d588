"""Clients that send one signed request after the other, in a process of their own, so that they take nothing from the
server's core. Both sides of every comparison are asked by them.

They speak just enough HTTP/1.1 for that: requests made beforehand, on connections that stay open, whose answers name
their length. An answer other than 200 ends the measurement.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from statistics import median, quantiles
from typing import Any, Self, cast

LONGEST = 60.0  # seconds for an answer


@dataclass(frozen=True, slots=True)
class Order:
    """So many clients, for so many seconds, take turns with these requests; `client` n begins with the n-th of them."""

    port: int
    requests: Sequence[bytes]
    clients: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an order: answers a second, and the median and the 99th percentile of their seconds."""

    rate: float
    p50: float
    p99: float


class Load:
    """The process with the clients; a context manager that ends it."""

    def __init__(self, core: int | None) -> None:
        pinned = [] if core is None else [str(core)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load", *pinned], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def send(self, order: Order) -> Answered:
        """Carry out an order; AssertionError where a server answers anything but 200."""
        to, back = self._process.stdin, self._process.stdout
        assert to
        assert back
        pickle.dump(order, to)
        to.flush()
        said: dict[str, Any] = json.loads(back.readline() or b'{"fault": "the clients are gone"}')
        if "fault" in said:
            raise AssertionError(said["fault"])
        return Answered(**said)


class Client(asyncio.Protocol):
    """One connection, on which the next request goes out when the last answer is in."""

    def __init__(self, requests: Sequence[bytes], first: int, until: float) -> None:
        self.requests = islice(cycle(requests), first % len(requests), None)
        self.until = until
        self.taken: list[float] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._seen = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._seen += data
        end = self._seen.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._seen[:end]).lower()
        if not head.startswith(b"http/1.1 200 "):
            self._fail(f"a server answered {bytes(self._seen[:300])!r}")
            return
        _, _, length = head.partition(b"content-length:")
        if len(self._seen) < end + 4 + int(length.split(b"\r\n", 1)[0]):
            return
        self.taken.append(time.perf_counter() - self._sent)
        self._seen.clear()
        if time.perf_counter() < self.until:
            self._next()
        elif not self.done.done():
            self.done.set_result(None)
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(f"a server hung up: {error}")

    def _fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(AssertionError(why))

    def _next(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(next(self.requests))


async def carry_out(order: Order) -> Answered:
    """Let the clients of an order send until its time is over."""
    began = time.perf_counter()
    until = began + order.seconds
    clients = [Client(order.requests, number, until) for number in range(order.clients)]
    for client in clients:
        await asyncio.get_running_loop().create_connection(partial(_itself, client), "127.0.0.1", order.port)
    async with asyncio.timeout(order.seconds + LONGEST):
        await asyncio.gather(*(client.done for client in clients))
    taken = [each for client in clients for each in client.taken]
    rate = len(taken) / (time.perf_counter() - began)
    return Answered(rate, median(taken), quantiles(taken, n=100)[98] if len(taken) > 1 else taken[0])


def _itself(client: Client) -> Client:
    return client


def main() -> None:
    """Carry out the orders on standard input, one after the other."""
    if core := sys.argv[1:]:
        from bench.sides import pin

        pin(0, int(core[0]))
    try:
        import uvloop as loop
    except ImportError:
        loop = asyncio  # type: ignore[misc]  # where uvloop is not to be had
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        try:
            found = loop.run(carry_out(order))
            said: dict[str, Any] = {"rate": found.rate, "p50": found.p50, "p99": found.p99}
        except (AssertionError, OSError, TimeoutError) as error:
            said = {"fault": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
