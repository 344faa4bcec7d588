"""The list that a chair goes through when a meeting is closed: which items get a line, and how much fits one form."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 19_000
"""Of one form: a card of Teams holds 28 kB, and the form around its fields takes some."""
A_LINE, A_CHOICE = 330, 70
"""Bytes that an input and a choice take beside their words."""
MOST_CHOICES = 100
"""In one menu of Slack."""


@dataclass(frozen=True, slots=True)
class Point:
    """One open item at the end of a meeting; `key` is its place in the order, `has_line`: its words are asked for."""

    key: str
    ref: str
    label: str
    has_line: bool
    hint: str = ""

    @property
    def size(self) -> int:
        """How many bytes of a form it takes."""
        words = len(f"{self.label}{self.hint}".encode())
        return words + (A_LINE if self.has_line else A_CHOICE)


def split(points: Sequence[Point], taken: int = 0) -> list[tuple[Point, ...]]:
    """Return the items of each part, in order; one part where all fits. `taken` is what the first holds besides."""
    parts: list[list[Point]] = [[]]
    room, choices = MOST_BYTES - taken, 0
    for point in points:
        choices += not point.has_line
        if parts[-1] and (room < point.size or choices > MOST_CHOICES):
            parts.append([])
            room, choices = MOST_BYTES, int(not point.has_line)
        parts[-1].append(point)
        room -= point.size
    return [tuple(part) for part in parts]
