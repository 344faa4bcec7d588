"""Who moved an item's date, when, why and how often: read from the log, in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lifbot.calendar import say_date

TIMES = {1: "once", 2: "twice"}
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a date; `how` says what did it where it was not asked for: its meeting was moved."""

    was: date
    now: date
    by: str
    on: date
    why: str = ""
    how: str = ""


def told(moves: Sequence[Move]) -> tuple[str, tuple[str, ...]]:
    """Return how often a date was moved, in words, and a line for each of the last moves; nothing if it never was."""
    if not moves:
        return "", ()
    often = TIMES.get(len(moves), f"{len(moves)} times")
    earlier = f", the last {SHOWN} of them" if len(moves) > SHOWN else ""
    return f"Moved {often}{earlier}", tuple(map(_line, moves[-SHOWN:]))


def _line(move: Move) -> str:
    how = f", {move.how}" if move.how else ""
    why = f": {move.why}" if move.why else ""
    return f"{say_date(move.was)} to {say_date(move.now)} by {move.by} on {say_date(move.on)}{how}{why}"
