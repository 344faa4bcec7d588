"""The words people use when they write back, and the commands they mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

GAP = r"(?=$|[\s:,.;!?–—-])"
PLEASE = r"(?:\s+please(?=\W*$))?"
THIS = r"(?:this|it|that)"
IS = rf"(?:{THIS}(?:\s+is|['’]s)|(?:i|we)(?:['’](?:m|re)|\s+(?:am|are)))"
HAVE = r"(?:i|we)(?:['’]ve|\s+have)"
MAY_I = r"(?:(?:please\s+)?(?:can|could|may)\s+(?:i|we)\s+(?:please\s+)?have|(?:i|we)(?:\s+will|['’]ll)?\s+need|please)"
CAN = r"(?:cannot|can\s?not|can['’]?t)"
SHORT_REF = r"[A-Za-z][A-Za-z0-9]{0,7}[-\s–]+(?:\d{4}[-\s–]+)?\d{1,6}"
WHOLE_REF = r"[A-Za-z][A-Za-z0-9]{0,7}[-–]\d{4}[-–]\d{1,6}"
VERBS: tuple[tuple[str, str], ...] = (
    ("action decline", rf"(?:{IS}\s+)?not\s+mine|decline"),
    ("action extend", rf"(?:{MAY_I}\s+)?(?:(?:some|a\s+(?:bit|little))\s+)?more\s+time|extend|extension"),
    (
        "action cannot",
        rf"(?:i|we)\s+{CAN}\s+(?:do|complete|finish)(?:\s+{THIS})?"
        rf"|(?:{THIS}\s+)?{CAN}(?:\s+(?:do|finish|complete)\s+{THIS}|\s+(?:be\s+)?(?:completed?|done|finished))?",
    ),
    (
        "action done",
        rf"(?:{IS}\s+)?(?:now\s+)?(?:(?:all|both)\s+)?(?:done|completed?|finished)(?:\s+with\s+{THIS})?"
        rf"|{HAVE}\s+(?:done|completed|finished)\s+{THIS}",
    ),
    ("challenge respond", r"(?:our\s+|my\s+)?response(?=\s*[:–—-])|(?:we\s+|i\s+)?respond"),
    ("action update", r"update"),
    ("action evidence", rf"evidence(?:\s+for)?(?=\s*[:–—-]|\W*$|\s+{WHOLE_REF})"),  # else it is part of an update
    ("action snooze", r"snooze|remind\s+me(?:\s+again)?(?:\s+in)?"),
    ("action signoff", r"sign(?:ed)?\s*-?off"),
    ("action accept", r"accept(?:ed)?"),
    ("action seen", r"seen"),
    ("action decide", r"decided?|decision"),
    ("action return", r"return(?:ed)?(?:\s+(?:it\s+)?to\s+(?:the\s+)?group)?"),
    ("action escalate", r"escalate"),
    ("action show", r"show"),
)
NAMES = {
    "challenge respond": "respond",
    "action extend": "more time",
    "action decline": "not mine",
    "action signoff": "sign off",
}
ANY_VERB = rf"(?:{'|'.join(pattern for _, pattern in VERBS)}){GAP}"
WITH_REF = re.compile(rf"#?({SHORT_REF}|\d{{1,6}}|[A-Za-z]{{1,8}}\d{{1,6}}(?=\W*$))(?=$|[\s:,.;–—-])\s*[:,.;–—-]*\s*")
AND = r"(?:(?:and\b|[&,;/+])\s*)"
# A second reference straight after the first, or one that has a verb of its own: "…, SE-2026-002 done".
ANOTHER_REF = re.compile(
    rf"^\s*{AND}*{WHOLE_REF}|\b{WHOLE_REF}\s*[:,–—-]?\s*(?:(?:is|are)\s+)?{ANY_VERB}"
    rf"|^\s*{AND}+(?:[A-Za-z]{{1,8}}[-\s–]?)?\d{{1,6}}\s*(?:$|[:,–—-]?\s*(?:(?:is|are)\s+)?{ANY_VERB})"
    rf"|^\s*\d{{1,6}}\s*[:,–—-]?\s*{ANY_VERB}",
    re.IGNORECASE,
)
KIND = (
    r"(?:ok(?:ay)?|thanks?(?:\s+you)?|thx|ta|many|great|good|fine|sure|yes|yep|got\s+it|understood|will\s+do|noted"
    r"|(?:a\s+)?lot|(?:so|very)\s+much|hi|hello|hey|morning|afternoon|cheers|perfect|lovely|brilliant|no\s+problem|all"
    r"|every(?:one|body)|folks|both)"
)
COURTESIES = re.compile(rf"(?:\W*\b{KIND}\b)*\W*", re.IGNORECASE)
GREETING = re.compile(r"\W*(?:hi|hello|hey|good\s+(?:morning|afternoon))\b", re.IGNORECASE)
UNDO = re.compile(rf"(?:please\s+)?undo(?:\s+{THIS})?\W*", re.IGNORECASE)
NOTHING = re.compile(r"(?:no|cancel|stop|never\s?mind|forget\s+it|leave\s+it)\W*", re.IGNORECASE)
LIST = re.compile(
    r"(?:show\s+)?(?:my\s+)?(?:list|actions|items)(?:\s+(mine|overdue|open|escalated|waiting|all))?\W*", re.IGNORECASE
)
QUESTION = re.compile(
    r"(?:what|who|whose|why|how|when|where|which|can|could|is|are|do|does|did|should|may)\b[^.!]*\?[\s?!]*",
    re.IGNORECASE,
)


class Verb(NamedTuple):
    """What words ask for: the command, what follows, and whether they can hardly be read in another way."""

    command: str
    rest: str
    is_plain: bool


def verb_of(text: str) -> Verb:
    """Read the verb that words begin with, if any; it may be followed by a colon, a comma or a dash."""
    for command, pattern in VERBS:
        found = re.match(rf"\s*(?P<verb>{pattern}){GAP}{PLEASE}(?P<stop>[\s:,.;!?–—-]*)", text, re.IGNORECASE)
        if found:
            rest = text[found.end() :]
            return Verb(command, rest, not rest or " " in found["verb"] or bool(found["stop"].strip()))
    return Verb("", text, False)


def is_mistyped(text: str, commands: Sequence[str]) -> bool:
    """Whether words are a command with a slip in it, rather than news: "actoin list mine"."""
    words = text.lower().split()
    known = {command.split()[0] for command in commands}
    slipped = len(words) > 1 and (words[0] not in known or len(words) == 2)
    return slipped and bool(difflib.get_close_matches(" ".join(words[:2]), commands, n=1, cutoff=0.8))
