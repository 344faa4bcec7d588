"""`make bench`: measure lifbot against its yardsticks and print a table; `--write` puts it into docs/performance.md."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import ROUNDS, Measured, ingress, scheduler, startup

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
MARK, END = "<!-- bench: the table -->", "<!-- bench: end -->"
PARTS: dict[str, Callable[[], Iterator[Measured]]] = {
    "startup": startup.measured,
    "ingress": ingress.measured,
    "scheduler": scheduler.measured,
}
LIBRARIES = ("slack-bolt", "slack-sdk", "starlette", "uvicorn", "sqlmodel", "sqlalchemy", "apscheduler")


def table(found: Sequence[Measured]) -> list[str]:
    """Return what was measured, a goal a line."""
    return [
        "| goal | lifbot | against | asked | measured | rounds | holds |",
        "|---|---|---|---|---|---|---|",
        *(_line(each) for each in sorted(found, key=lambda each: int(each.goal.name[1:]))),
    ]


def _line(each: Measured) -> str:
    goal = each.goal
    asked = f"{'at least' if goal.at_least else 'at most'} {_ratio(goal.limit)}"
    spread = f"{_ratio(min(each.ratios))} to {_ratio(max(each.ratios))}"
    cells = (
        goal.name,
        goal.text,
        goal.yardstick,
        asked,
        f"**{_ratio(each.ratio)}**",
        spread,
        "yes" if each.holds else "no",
    )
    return f"| {' | '.join(cells)} |"


def _ratio(value: float) -> str:
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def machine() -> str:
    """Say what this was measured on."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    cores = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"{cores}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}."


def write(lines: Sequence[str]) -> None:
    """Put the table between its marks in docs/performance.md."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
    _, _, after = rest.partition(END)
    PAGE.write_text("\n".join([before + MARK, "", *lines, "", END + after]), encoding="utf-8")


def main() -> int:
    """Measure everything, or the parts that are named."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them if none is named"
    )
    options.add_argument(
        "--write", action="store_true", help="into docs/performance.md, for which all parts are needed"
    )
    given = options.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        options.error(f"there is no part called {', '.join(sorted(unknown))}: the parts are {', '.join(PARTS)}")
    if given.write and given.parts:
        options.error("--write needs all parts: name none")
    found: list[Measured] = []
    for name in given.parts or PARTS:
        began = time.monotonic()
        found += PARTS[name]()
        print(f"{name}: {time.monotonic() - began:.0f} seconds", file=sys.stderr)
    lines = [f"Medians of {ROUNDS} rounds, in which both sides took turns. {machine()}", "", *table(found)]
    print("\n".join(lines))
    if given.write:
        write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
