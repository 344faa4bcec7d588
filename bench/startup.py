"""How soon lifbot is there and how much memory it then holds, against importing the libraries it stands on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from bench import Goal, Measured, in_turns
from bench.sides import BOT, environment, lifbot

LIBRARIES = (
    "import slack_bolt.async_app, starlette.applications, starlette.routing, uvicorn, sqlmodel, "
    "apscheduler.schedulers.asyncio"
)
YARDSTICK = "a Python that imports Bolt, Starlette, uvicorn, SQLModel and APScheduler"
G14_START = Goal("G14", "`bot.py`, database made before: time until it answers /healthz", f"{YARDSTICK}, and ends", 1.3)
G14_MEMORY = Goal("G14", "`bot.py` at rest: resident memory", YARDSTICK, 1.25)
G15 = Goal("G15", "`bot.py --help`: time", f"{YARDSTICK}, and ends", 0.15)
REST = 1.0  # seconds after which a started program is at rest
LONGEST = 60.0


def importing() -> float:
    """Return the seconds in which the libraries are imported."""
    return _seconds("-c", LIBRARIES)


def helping() -> float:
    """Return the seconds in which the help is printed."""
    return _seconds(str(BOT), "--help")


def importing_memory() -> float:
    """Return what a process holds that has imported the libraries, in kilobytes."""
    waiting = f"{LIBRARIES}\nprint(flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", waiting], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        held = _resident(process.pid)
        process.communicate(b"\n")
    return held


class Serving:
    """The program as an operator starts it, with Slack's credentials; it is ended as soon as it is measured."""

    def __init__(self, folder: Path) -> None:
        side = lifbot(f"sqlite:///{folder}/bench.db")
        self.port, self.environment = side.port, environment(**side.given)
        self.folder = folder
        self.memory: list[float] = []

    def start(self) -> float:
        """Return the seconds until it answers; its memory at rest is noted."""
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(BOT)], env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL
        )
        try:
            while not self._answers():
                if process.poll() is not None or time.perf_counter() - began > LONGEST:
                    raise AssertionError("bot.py does not answer")
                time.sleep(0.005)
            seconds = time.perf_counter() - began
            time.sleep(REST)
            self.memory.append(_resident(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(LONGEST)
        return seconds

    def _answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, ConnectionError):
            return False


def measured() -> Iterator[Measured]:
    """Measure starts and memory."""
    with TemporaryDirectory() as folder:
        serving = Serving(Path(folder))
        serving.start()  # makes the database
        serving.memory.clear()
        importing()
        rounds = in_turns((importing, helping, serving.start, importing_memory))
    yield Measured(G14_START, tuple(start / libraries for libraries, _, start, _ in rounds))
    held = zip(serving.memory, (memory for *_, memory in rounds), strict=True)
    yield Measured(G14_MEMORY, tuple(ours / theirs for ours, theirs in held))
    yield Measured(G15, tuple(help_ / libraries for libraries, help_, *_ in rounds))


def _seconds(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _resident(pid: int) -> float:
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True)
    return float(found.stdout)
