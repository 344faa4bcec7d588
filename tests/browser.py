"""A real Chromium for the tests: one that is there, else one that is fetched. `python -m tests.browser` says which."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from playwright.async_api import ConsoleMessage, Error, Page, Request, async_playwright

from tests.ports import free_port

NAMED = "LIFBOT_TEST_CHROMIUM"
MISSING = (
    "No Chromium could be started for the browser tests. Type `apt-get install chromium`, or "
    "`.venv/bin/python -m playwright install --with-deps chromium`, "
    f"or set {NAMED}=/path/to/chromium, then type `make test` again."
)
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
APT_GET = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
DEBIAN_PACKAGES = ("chromium", "fonts-liberation", "fonts-noto-color-emoji")
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
)

LAUNCH_ARGS: list[str] = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium's sandbox refuses to start as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page may need nothing from outside this machine: such a request fails, and so does its test.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE ::1",
]


class NoChromium(Exception):
    """No Chromium can be had; the text says what to type."""


def chromium() -> str:
    """Return the path of a Chromium that starts, fetching one if there is none; safe to call again."""
    if found := _found():
        return found
    raise NoChromium(MISSING)


@asynccontextmanager
async def page(
    url: str | None = None, *, width: int = 1280, height: int = 900, dark: bool = False, expect: tuple[str, ...] = ()
) -> AsyncIterator[Page]:
    """Open a browser page; a console error or a failed request without an `expect`ed text in it fails the test."""
    address = await asyncio.to_thread(_one_for_all)
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address)
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="en-GB"
        )
        opened = await context.new_page()
        _listen(opened, faults)
        try:
            if url:
                await opened.goto(url)
            yield opened
        except BaseException as error:
            for fault in faults:
                error.add_note(f"The page said: {fault}")
            raise
        finally:
            await context.close()
    unexpected = [fault for fault in faults if not any(text in fault for text in expect)]
    assert not unexpected, "The page said: " + "; ".join(unexpected)


@cache
def _one_for_all() -> str:
    """Start the browser of this process, once, and return where it can be reached; each page has a context of its own.

    To start one takes longer than most of what is done in it.
    """
    address: Future[str] = Future()
    path = chromium()
    threading.Thread(target=lambda: asyncio.run(_keep_open(path, address)), daemon=True).start()
    return address.result(60)


async def _keep_open(path: str, address: Future[str]) -> None:
    """Hold a browser for as long as this process lives: its driver ends with it."""
    port = free_port()
    try:
        async with async_playwright() as playwright:
            args = [*LAUNCH_ARGS, f"--remote-debugging-port={port}"]
            await playwright.chromium.launch(executable_path=path, args=args)
            address.set_result(f"http://127.0.0.1:{port}")
            await asyncio.Event().wait()
    except Exception as error:
        address.set_exception(error)


def _listen(opened: Page, faults: list[str]) -> None:
    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error":
            faults.append(f"{said.text} ({said.location['url']})")

    def on_error(error: Error) -> None:
        faults.append(str(error))

    def on_failure(request: Request) -> None:
        # A stream of events is always cut off when its page is left.
        if request.failure != "net::ERR_ABORTED":
            faults.append(f"{request.method} {request.url}: {request.failure}")

    opened.on("console", on_console)
    opened.on("pageerror", on_error)
    opened.on("requestfailed", on_failure)


@cache
def _found() -> str | None:
    return next((path for find in SOURCES if (path := find()) and _starts(path)), None)


def _named() -> str | None:
    return os.environ.get(NAMED)


def _installed() -> str | None:
    places = [*map(shutil.which, ON_PATH), *(place for place in ON_MACOS if Path(place).exists())]
    return next((place for place in places if place and _starts(place)), None)


def _playwrights_own() -> str | None:
    return _quietly([sys.executable, "-c", ASK_PLAYWRIGHT], 60)


def _fetched_by_playwright() -> str | None:
    print("Fetching a Chromium for the browser tests …", file=sys.stderr, flush=True)
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"], 180)
    return _playwrights_own()


def _fetched_by_apt() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's chromium for the browser tests …", file=sys.stderr, flush=True)
    _quietly([*APT_GET, "update"], 120)
    _quietly([*APT_GET, "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES], 480)
    return _installed()


SOURCES: tuple[Callable[[], str | None], ...] = (
    _named,
    _installed,
    _playwrights_own,
    _fetched_by_playwright,
    _fetched_by_apt,
)


def _starts(path: str) -> bool:
    """Ask for its version: a stub without the browser behind it, or one that lacks a library, does not answer."""
    return Path(path).exists() and _quietly([path, "--version"], 30) is not None


def _quietly(command: list[str], seconds: int) -> str | None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


if __name__ == "__main__":
    try:
        print(f"Browser tests use {chromium()}")
    except NoChromium as error:
        sys.exit(str(error))
