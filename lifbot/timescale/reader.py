"""A reader: a pattern, what its words mean, and how much that counts beside other words of time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from lifbot.timescale.values import Calendar, Timescale

Meaning = Callable[[re.Match[str], Calendar], Timescale | None]


class Rank(IntEnum):
    """What counts when several are said: a condition is always asked about; an absolute date beats a relative one."""

    MANNER = 0  # "ongoing", "immediately", "monthly": no date at all
    VAGUE = 1  # "autumn 2026", "mid-March": a time, but no date
    RELATIVE = 2  # "in six weeks", "next meeting"
    ABSOLUTE = 3  # "31 March", "March 2027"
    CONDITION = 4  # "when the policy is agreed"


@dataclass(frozen=True)
class Reader:
    """Finds one kind of words and says what they mean; None where they turn out to mean no time at all."""

    rank: Rank
    pattern: re.Pattern[str]
    means: Meaning


@dataclass(frozen=True)
class Mark:
    """Words of time that were found in a text, from `start` to before `end`, and what they mean."""

    start: int
    end: int
    rank: Rank
    means: Timescale
