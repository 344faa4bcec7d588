"""The servers that are compared, each in a process of its own on the same core."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Self

from bench import wire

BOT = Path(__file__).parent.parent / "bot.py"
LONGEST = 60.0
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVERS, CLIENTS = (CORES[0], CORES[1]) if len(CORES) > 1 else (None, None)  # each their own core, where there are two


def pin(pid: int, core: int | None) -> None:
    """Keep a process, or this one if it is 0, on one core."""
    if core is not None:
        os.sched_setaffinity(pid, {core})


def environment(**more: str) -> dict[str, str]:
    """Return what a server's process is given: nothing of lifbot's from outside."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {**kept, **more}


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Side:
    """A server that runs; a context manager that ends it."""

    command: list[str]
    given: Mapping[str, str]
    port: int

    def __enter__(self) -> Self:
        self._said = TemporaryFile()
        self._process = subprocess.Popen(
            self.command, env=environment(**self.given), cwd=BOT.parent, stdout=subprocess.DEVNULL, stderr=self._said
        )
        pin(self._process.pid, SERVERS)
        began = time.monotonic()
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() - began > LONGEST:
                raise AssertionError(f"{' '.join(self.command)} does not listen: {self._last_words()}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._said.close()

    def answer(self, request: bytes) -> dict[str, Any]:
        """Return what the server acknowledges a request with."""
        head, _, body = request.partition(b"\r\n\r\n")
        pairs = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        connection.request("POST", wire.PATH, body, dict(pairs))
        found: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
        return found

    def _last_words(self) -> str:
        self._said.seek(0)
        return self._said.read().decode()[-1000:]

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def lifbot(database_url: str, *further: str) -> Side:
    """Return lifbot's web half as an operator starts it with Slack's credentials."""
    port = free_port()
    given = {
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "SLACK_SIGNING_SECRET": wire.SECRET,
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    return Side([sys.executable, *(further or (str(BOT),)), "web"], given, port)


def yardstick(name: str, answers: Path, database_url: str = "") -> Side:
    """Return one of the servers of bench/yardsticks, which acknowledge with answers made beforehand."""
    port = free_port()
    given = {"BENCH_ANSWERS": str(answers), "BENCH_DATABASE": database_url}
    module = f"bench.yardsticks.{name}"
    if name == "flask_bot":
        command = ["-m", "gunicorn", "-k", "gthread", "-w", "1", "--threads", "32", "-b", f"127.0.0.1:{port}"]
        return Side([sys.executable, *command, "--keep-alive", "60", f"{module}:web"], given, port)
    command = ["-m", "uvicorn", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    return Side([sys.executable, *command, "--port", str(port), f"{module}:web"], given, port)
