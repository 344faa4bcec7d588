"""What the guard sees and what it misses, measured.

`python -m tests.measure_guard --write` writes the table of docs/guard.md anew; with paths of texts it counts the alarms
in their lines, and writes nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from lifbot.guard import KINDS, Known, is_immediate_risk, look
from tests.identifying import CERTAIN, DOUBTFUL, TODAY, sentences
from tests.ordinary_sentences import ORDINARY

PAGE = Path(__file__).parent.parent / "docs" / "guard.md"
START, END = "<!-- measured: the table -->", "<!-- measured: end -->"
MEMBERS = Known(frozenset("ben carter cleo hart amina yusuf".split()), frozenset({"amina@example.org"}))  # noqa: SIM905 - names in a line read better
IDENTIFYING, NAMES = 304, 100


def alarms(lines: Iterable[str], *, certain: bool) -> list[str]:
    """Return the lines that the guard would stop, or would ask about."""
    return [line for line in lines if any(each.is_certain == certain for each in look(line, lambda: MEMBERS, TODAY))]


def missed(kind: str) -> tuple[int, int]:
    """Return how many sentences hold this kind of detail, and in how many it was not seen."""
    makers, count = (CERTAIN, IDENTIFYING) if kind in CERTAIN else (DOUBTFUL, NAMES)
    of_kind = [text for each, text in sentences(makers, count) if each == kind]
    unseen = [text for text in of_kind if kind not in {each.kind for each in look(text, lambda: MEMBERS, TODAY)}]
    return len(of_kind), len(unseen)


def table() -> str:
    """Return what was measured as the page's table."""
    rows = [
        "| what | sentences | result |",
        "|---|---|---|",
        f"| ordinary lines stopped (goal: none) | {len(ORDINARY)} | {len(alarms(ORDINARY, certain=True))} |",
        f"| ordinary lines taken for immediate risk | {len(ORDINARY)} | {sum(map(is_immediate_risk, ORDINARY))} |",
        f"| ordinary lines asked about (names, initials) | {len(ORDINARY)} | {len(alarms(ORDINARY, certain=False))} |",
    ]
    for kind in KINDS:
        count, unseen = missed(kind)
        rows.append(f"| {KINDS[kind][1]} missed | {count} | {unseen} |")
    total = [missed(kind) for kind in CERTAIN]
    count, unseen = sum(each for each, _ in total), sum(each for _, each in total)
    every = "identifying lines missed, all kinds with a checksum or shape (goal: under 2 %)"
    rows.insert(5, f"| {every} | {count} | {unseen} |")
    return "\n".join(rows)


def main() -> None:
    """Print or write the table, or count the alarms in texts."""
    paths = [Path(each) for each in sys.argv[1:] if each != "--write"]
    for path in paths:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        counts = len(alarms(lines, certain=True)), len(alarms(lines, certain=False)), sum(map(is_immediate_risk, lines))
        print(f"{path.name}: {len(lines)} lines; stopped, asked, immediate risk: {counts}")
    if "--write" in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        between = re.compile(rf"(?<={re.escape(START)}\n\n).*(?=\n\n{re.escape(END)})", re.DOTALL)
        PAGE.write_text(between.sub(table(), page), encoding="utf-8")
    elif not paths:
        print(table())


if __name__ == "__main__":
    main()
