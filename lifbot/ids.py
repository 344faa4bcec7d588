"""Ids made from names: short, readable, each once; they stay when the name changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import chain, count

LONGEST = 40
PREFIX = 8
NO_INITIALS = {"and", "of", "the", "for", "subgroup", "group", "committee", "panel", "board", "meeting"}


def of_person(name: str, taken: Collection[str]) -> str:
    """Return the first name, else the first and the last, else with a number: "cleo", "cleo-hart", "cleo-hart-2"."""
    words = _words(name) or ["person"]
    return _first_free(dict.fromkeys((words[0], f"{words[0]}-{words[-1]}")), taken)


def of_name(name: str, taken: Collection[str], otherwise: str = "agency") -> str:
    """Return the words with dashes between, of the first ones as many as there is room for."""
    return _first_free([("-".join(_words(name)) or otherwise)], taken)


def prefix_of(name: str, taken: Collection[str]) -> str:
    """Return a group's prefix: its initials without the words that every group has, or the beginning of its name."""
    words = [word for word in _words(name) if word not in NO_INITIALS] or _words(name) or ["group"]
    initials = "".join(word[0] for word in words)
    short = words[0][:3] if len(initials) < 2 else initials
    return _first_free([short.upper().lstrip("0123456789")[: PREFIX - 2] or "G"], taken, dash="")


def _words(name: str) -> list[str]:
    """The words in plain small letters; an accent or an apostrophe is left out, not turned into a gap."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))


def _first_free(wanted: Collection[str], taken: Collection[str], dash: str = "-") -> str:
    short = [each[: LONGEST - 3].strip("-") for each in wanted]
    numbered = (f"{short[-1]}{dash}{number}" for number in count(2))
    return next(each for each in chain(short, numbered) if each not in taken)
