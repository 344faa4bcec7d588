"""`bot.py`, loaded once and forked for each start: to load it takes seconds, and stories start it all the time.

What is forked is the program in a process of its own, with its own environment, folder and output, and it can be killed
like any other. That it starts from nothing is shown by tests/test_start.py, test_halves.py and all that a visitor does.
"""

from __future__ import annotations

import asyncio
import atexit
import importlib
import json
import os
import pkgutil
import queue
import select
import signal
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
LOADED = ("lifbot", "commands", "scheduler", "storage", "operations")
LOOKS = 0.02  # seconds between two looks at whose process has ended


class Child:
    """A `bot.py` that runs, as `asyncio.subprocess.Process` has it."""

    def __init__(self, pid: int, end: Future[int]) -> None:
        self.pid = pid
        self._end = end

    @property
    def returncode(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._end.result() if self._end.done() else None

    def send_signal(self, how: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, how)

    async def wait(self) -> int:
        """Wait for its end; returns the exit code."""
        return await asyncio.shield(asyncio.wrap_future(self._end))


class Nursery:
    """The process that has loaded `bot.py`, and forks."""

    def __init__(self) -> None:
        line = [sys.executable, "-W", "error", "-m", "tests.nursery"]
        self._process = subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._births: queue.Queue[Child] = queue.Queue()
        self._ends: dict[int, Future[int]] = {}
        self._turn = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self._close)

    def start(self, arguments: Sequence[str], env: Mapping[str, str], folder: Path, out: Path, err: Path) -> Child:
        """Start `bot.py` with these arguments; what it prints is added to the files."""
        told = {"arguments": arguments, "env": env, "folder": str(folder), "out": str(out), "err": str(err)}
        with self._turn:
            _tell(self._process.stdin, told)
            return self._births.get(timeout=60)

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            told = json.loads(line)
            if "code" in told:
                self._ends.pop(told["pid"]).set_result(told["code"])
            else:
                end = self._ends[told["pid"]] = Future()
                self._births.put(Child(told["pid"], end))

    def _close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


@cache
def nursery() -> Nursery:
    """Return the one of this process; it is made when it is first wanted."""
    return Nursery()


# --- the other process ------------------------------------------------------------------------------------------


def main() -> None:
    """Load the program, then fork for each line that is read, and tell of each birth and end."""
    for name in _modules():
        importlib.import_module(name)
    requests, answers = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    os.dup2(2, 1)
    children: set[int] = set()
    while True:
        if select.select([requests], [], [], LOOKS if children else None)[0]:
            line = requests.readline()
            if not line:
                break
            pid = os.fork()
            if pid == 0:
                requests.close()
                answers.close()
                _live(json.loads(line))
            children.add(pid)
            _tell(answers, {"pid": pid})
        for pid in list(children):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                children.discard(pid)
                _tell(answers, {"pid": pid, "code": os.waitstatus_to_exitcode(status)})
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _modules() -> Iterator[str]:
    yield "bot"
    for package in LOADED:
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if "migrations" not in found.name:  # Alembic runs those
                yield found.name


def _live(told: Mapping[str, Any]) -> None:
    """Be `bot.py`, and never return."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(told["env"])
        os.chdir(told["folder"])
        for number, place in ((1, told["out"]), (2, told["err"])):
            os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        warnings.simplefilter("error" if told["env"].get("PYTHONWARNINGS") == "error" else "default")
        code = _run(told["arguments"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run(arguments: Sequence[str]) -> int:
    import bot

    try:
        return bot.main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)


def _tell(to: IO[bytes] | None, told: Mapping[str, Any]) -> None:
    assert to
    to.write(json.dumps(told).encode() + b"\n")
    to.flush()


if __name__ == "__main__":
    main()
