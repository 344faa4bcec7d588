"""The two commands that somebody most likely means by a sentence that is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

REF = re.compile(r"\b([A-Za-z][A-Za-z0-9]{0,7}[-–]\d{4}[-–]\d{1,6})\b")
# What words are about, and the line that shows or does it; the first that fit are the likeliest.
MEANINGS: tuple[tuple[str, str], ...] = (
    (r"\b(?:remind|nudge|chase|poke|prod)\w*", "nudge"),
    (r"\boverdue\b|\b(?:past|over|behind|missed)\b.*\b(?:date|due|time|deadline)|\blate\b|\bbehind\b", "list overdue"),
    (r"\bescalat|\bpartnership chair\b", "list escalated"),
    (r"\bwait(?:s|ing)?\b|\bsign(?:ed)?[\s-]?off\b|\bto (?:decide|approve)\b|\bapprov", "list waiting"),
    (r"\b(?:my|mine|i have|i owe|do i|am i|for me|on me)\b", "list mine"),
    (r"\bagenda\b|\bpack\b|\bpapers\b", "meeting agenda"),
    (r"\bclose\b.*\bmeeting\b|\bminutes\b", "meeting close"),
    (r"\b(?:move|postpone|cancel|reschedul\w*)\b.*\bmeeting\b", "meeting move"),
    (r"\bmeet(?:s|ing|ings)?\b", "meeting next"),
    (r"\bdigest\b|\bsummar|\bthis week\b|\bhow (?:are|is) (?:we|it|things)\b", "digest now"),
    (r"\b(?:find|search|look for|about|where is)\b", "find"),
    (r"\b(?:add|log|record|note|create|new action|we need|needs? to|should|agreed)\b", "add"),
    (r"\b(?:list|show|what|which|open|status|who|all)\b", "list open"),
)
RUNNABLE = ("action list", "action show", "meeting next", "meeting agenda", "digest now")


def likely(text: str, commands: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return two labels with their lines: one that runs as it is, or help for a command to be filled in."""
    lines = dict.fromkeys(each for each in _lines(text, commands) if _known(each, commands))
    return tuple(_button(line) for line in list(lines)[:2])


def _lines(text: str, commands: Sequence[str]) -> Iterator[str]:
    low = " ".join(text.lower().split())
    yield from difflib.get_close_matches(" ".join(low.split()[:2]), commands, n=1, cutoff=0.75)
    ref = REF.search(text)
    meant = [name for pattern, name in MEANINGS if re.search(pattern, low)]
    if ref:
        yield from (f"{_full(name, commands)} {ref[1]}" for name in meant if name == "nudge")
        yield f"action show {ref[1]}"
    yield from (_full(name, commands) for name in meant)
    yield from difflib.get_close_matches(" ".join(low.split()[:2]), commands, n=2, cutoff=0.48)
    yield from (name for name in commands if name.split()[-1] in low.split())
    yield from ("action list", "action add")


def _full(name: str, commands: Sequence[str]) -> str:
    """The command of a short name: "list overdue" is a list's; "nudge" and "find" are there or not."""
    if name.startswith("list "):
        return f"action {name}"
    return next((each for each in commands if each == name or each == f"action {name}"), name)


def _known(line: str, commands: Sequence[str]) -> bool:
    return any(f"{line} ".startswith(f"{each} ") for each in commands)


def _button(line: str) -> tuple[str, str]:
    runs = any(f"{line} ".startswith(f"{each} ") for each in RUNNABLE)
    if not runs:
        words = REF.sub("", line).strip()
        return f"{words}…", f"help {words}"
    return line, line
