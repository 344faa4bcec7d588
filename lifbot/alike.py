"""Whether two actions say the same: "Review the neglect toolkit" and "Toolkit on neglect to be reviewed"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.82  # of 1, by the letters in the order in which they stand
SAME_WORDS = 0.8  # of all the words that count in either
FEWEST = 2  # words that count: of less nothing can be said
SMALL = frozenset(  # words that say nothing of what is to be done
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "into", "is"),
        *("it", "its", "of", "on", "or", "our", "that", "the", "their", "them", "this", "to", "up", "was", "were"),
        *("will", "with"),
    )
)
ENDINGS = re.compile(r"(?<=\w{3})(?:ations?|ing|ed|es|s|e)$")


@lru_cache(maxsize=2048)
def _counting(text: str) -> tuple[str, ...]:
    """The words that count, in small letters and without their endings."""
    words = re.findall(r"\w+", text.lower().replace("’", "'").replace("'s", ""))
    return tuple(ENDINGS.sub("", word) for word in words if word not in SMALL)


def are_alike(one: str, other: str) -> bool:
    """Whether two texts say the same action; other numbers in them make them two."""
    mine, theirs = _counting(one), _counting(other)
    if _marks(one) != _marks(other):
        return False
    if mine == theirs or min(len(mine), len(theirs)) < FEWEST:
        return mine == theirs and bool(mine)
    shared, both = set(mine) & set(theirs), set(mine) | set(theirs)
    if len(shared) / len(both) >= SAME_WORDS:
        return True
    if len(shared) * 2 < min(len(mine), len(theirs)):
        return False
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs), autojunk=False).ratio() >= ALIKE


def first_alike(text: str, others: Iterable[tuple[str, str]]) -> str | None:
    """Return the name of the first of the named texts that says the same, if any does."""
    return next((name for name, other in others if are_alike(text, other)), None)


@lru_cache(maxsize=2048)
def _marks(text: str) -> list[str]:
    """The numbers and single capitals by which things of one kind are told apart: "case 3", "Child K"."""
    return sorted(re.findall(r"\d+|(?<=\w\s)[A-Z]\b", text))
