"""What can be said of a faulty file: one line that names the line and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from lifbot.errors import LifError

SHOWN = 40  # characters of a faulty value that are said back


class FaultyFile(LifError):
    """The partnership file cannot be loaded as it is; nothing was changed."""

    def __init__(self, line: int, where: str, text: str) -> None:
        super().__init__(f"line {line}: {where}: {text}" if where else f"line {line}: {text}")
        self.line, self.where = line, where
        # Where there is no file to look at, lines mean nothing.
        self.words = re.sub(r" on line \d+", "", text)


def said(value: str) -> str:
    """A faulty value, in quotes, short and printable."""
    short = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    return f'"{"".join(mark if mark.isprintable() else "?" for mark in short)}"'


def did_you_mean(word: str, options: Iterable[str] | Mapping[str, str]) -> str:
    """A clause that offers the nearest option (or what it stands for), or nothing."""
    names = options if isinstance(options, Mapping) else {option: option for option in options}
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(word[:200].casefold(), folded, n=1)
    return f'; did you mean "{names[folded[near[0]]]}"?' if near else ""


def unprintable(text: str) -> bool:
    """Whether the text holds what no name holds: NUL, other controls, line breaks, half characters."""
    return any(unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in text)
