"""Identifying detail that must not enter the log (DOMAIN.md, wording rule 3): text -> what was found in it.

Numbers with a checksum or a fixed shape are certain; names and initials are a question. What an ordinary line pays is a
few searches: the libraries are loaded when something has the shape of what they know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from lifbot.guard import births, names, numbers, references
from lifbot.guard.finding import KINDS, Finding, Known, masked, without
from lifbot.guard.risk import is_immediate_risk

__all__ = ("KINDS", "Finding", "Known", "is_immediate_risk", "look", "masked", "without")

ASIDE = re.compile(r"<@[^>]*>|\bhttps?://[^\s|>]+")  # mentions, and where evidence lies
ODD = {0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2019: "'"}
DIGIT = re.compile(r"\d")


def look(text: str, known: Callable[[], Known], today: date) -> tuple[Finding, ...]:
    """Return what could identify somebody in a text, in its order; `known` is asked only where it matters."""
    plain = ASIDE.sub(lambda found: "·" * len(found[0]), text.translate(ODD))
    found: list[Finding] = []
    if DIGIT.search(plain):
        found += [*numbers.found(plain), *references.found(plain), *births.found(plain, today)]
    if "@" in plain:
        found += numbers.addresses(plain, known)
    found += names.found(plain, known)
    return _apart(found)


def _apart(found: list[Finding]) -> tuple[Finding, ...]:
    """Return findings of which none overlaps another: the certain ones first, then the longest."""
    kept: list[Finding] = []
    for each in sorted(found, key=lambda each: (not each.is_certain, each.start - each.end)):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))
