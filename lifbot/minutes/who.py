"""Who is named: initials, names, several of them, or everybody."""

from __future__ import annotations

import re
from collections.abc import Callable

Knows = Callable[[str], bool]
"""Whether words name somebody: a mention, an id, a name, initials or a role."""

LONGEST = 80
INITIALS = re.compile(r"(?:[A-Z]\.?){2,3}|[A-Z]{4}(?<!DATE)(?<!NONE)(?<!OPEN)(?<!DONE)")
EVERYBODY = re.compile(
    r"(?:all|every(?:one|body)?|each)(?:\s+(?:of\s+)?(?:the\s+)?(?:agenc(?:y|ies)|partners?|members?|leads?|colleagues?"
    r"|organisations?|services?|attendees|board\s+members|group\s+members|chairs?|links?))?",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:the\s+)?[^\W\d_a-z][\w.'’-]*(?:\s+(?:of\s+(?:the\s+)?)?[^\W\d_a-z][\w.'’&-]*){0,3}")
ONE_WORD = re.compile(r"\S+")
SEVERAL = re.compile(r"\s*(?:[,;&/+]|\band\b|\bwith\b|\bsupported\s+by\b)\s*", re.IGNORECASE)
CALLED = re.compile(r"@[\w.'’-]+")
MENTION = re.compile(r"<@[^<>\s]+>")


def is_initials(said: str) -> bool:
    """Whether words look like initials, "CH" or "C.H."."""
    return bool(INITIALS.fullmatch(said))


def everybody(said: str) -> bool:
    """Whether words mean all of them: then nobody answers for it yet."""
    return bool(EVERYBODY.fullmatch(said.strip()))


def named(piece: str, knows: Knows, *, loosely: bool = False) -> tuple[str, ...]:
    """Return who a piece of text names, if it does nothing else; `loosely` takes what only looks like a name too."""
    piece = piece.strip(" .:;,()[]–—-")
    is_called = bool(CALLED.fullmatch(piece))
    piece = piece if is_called and not knows(piece[1:]) else piece.strip("@")
    if not piece or len(piece) > LONGEST:
        return ()
    if is_called or is_somebody(piece, knows):
        return (piece,)
    parts = [part.strip(" .()[]@") for part in SEVERAL.split(MENTION.sub(r" \g<0>, ", piece))]
    parts = [part for part in parts if part]
    if all(is_somebody(part, knows) for part in parts) or (loosely and all(map(NAME.fullmatch, parts))):
        return tuple(dict.fromkeys(parts))
    return ()


def is_somebody(said: str, knows: Knows) -> bool:
    """Whether words name one person, or everybody."""
    return is_initials(said) or everybody(said) or bool(MENTION.fullmatch(said)) or knows(said)
