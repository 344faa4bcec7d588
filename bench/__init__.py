"""lifbot against its yardsticks: both sides in one run, in turns, and only the ratio of the two is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

ROUNDS = 7
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is hoped for: a ratio that is at least, or at most, so much."""

    name: str
    text: str
    yardstick: str
    limit: float
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A goal, and the ratio of each round."""

    goal: Goal
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return median(self.ratios)

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal.limit if self.goal.at_least else self.ratio <= self.goal.limit


def in_turns(sides: Sequence[Callable[[], T]], rounds: int = ROUNDS) -> list[list[T]]:
    """Measure every side once in each round, in an order that changes; returns a round a row."""
    found: list[list[T]] = []
    for number in range(rounds):
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        taken = {side: sides[side]() for side in order}
        found.append([taken[side] for side in range(len(sides))])
    return found
