"""When two ways to write the name of a learning method mean the same one."""

from __future__ import annotations

import re


def same_name(words: str, name: str) -> bool:
    """Whether words are this name, in capitals or not, in the plural or not, numbered or not: "SCRs", "SCR 3"."""
    said, known = _bare(words), _bare(name)
    return known in (said, re.sub(r" (?:no |number )?\d+$", "", said))


def _bare(words: str) -> str:
    spaced = re.sub(r"[\W_]+", " ", words.casefold()).strip()
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in spaced.split())
