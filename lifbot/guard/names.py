"""Names and initials of people who are not members: never certain, so always a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lifbot.guard.finding import Finding, Known
from lifbot.guard.usual import ABBREVIATIONS, FIRST_NAMES, NO_NAMES, PLACES

NAME = r"[A-ZÀ-ÖØ-Þ](?:[^\W\d_A-Z]+|['’]?[A-Z][^\W\d_]+)(?:-[A-Z][^\W\d_]+)?"
SOMEBODY = (
    r"(?i:child|girl|boy|baby|infant|toddler|teenager|young\s+person|pupil|student|sibling|brother|sister|twin|son|daughter|mother|mum|mam"
    r"|father|dad|step-?(?:father|mother|dad|mum)|grand(?:mother|father|ma|dad)|nan|aunt(?:y|ie)?|uncle|cousin|carer|parent|victim"
    r"|patient|suspect|perpetrator|partner|boyfriend|girlfriend)"
)
_PEOPLE = """
aunt auntie aunty baby boy boyfriend brother carer child cousin dad daughter father girl girlfriend grandad granddad
grandfather grandma grandmother infant mam mother mum nan parent partner patient perpetrator person pupil sibling sister
son stepdad stepfather stepmother stepmum student suspect teenager toddler twin uncle victim
"""
PEOPLE = frozenset(f"{who}{ending}" for who in _PEOPLE.split() for ending in ("", "s"))
FIRST = rf"(?:{'|'.join(sorted(FIRST_NAMES))})"
AGE = (
    r"(?:\(\s*(?:aged?\s*)?\d{1,2}\s*(?:\)|y)|(?:is\s+)?aged?\s*\d{1,2}\b"
    r"|(?:is\s+)?\d{1,2}[\s-]?(?:years?|yrs?|y/?o|months?[\s-]old)\b)"
)
THEIRS = r"(?i:mother|mum|father|dad|family|parents|sibling|brother|sister|school|carers?|home|case|plan)"
WHOSE = rf"(?:(?i:his|her|their)|{SOMEBODY}['’]?s?['’]?)"
# Each with what must be in the text first: looking for that costs a tenth of the pattern.
NAMED = (
    (
        "somebody",
        rf"\b{SOMEBODY}['’]?s?\s+(?i:of|is|was|called|named|known\s+as|by\s+the\s+name\s+of)\s+(?P<a>{NAME}(?:\s+{NAME})?)",
    ),
    ("somebody", rf"\b{SOMEBODY}\b[^.;\n]{{0,25}}\b(?i:called|named|known\s+as)\s+(?P<b>{NAME}(?:\s+{NAME})?)"),
    (
        "name",
        rf"\b{WHOSE}\s+(?i:(?:first|last|full|sur|family)?\s?name)['’]?\s*(?i:is|was|:|=|s)\s*(?P<c>{NAME}(?:\s+{NAME})?)",
    ),
    ("name", rf"\b(?i:surname|first\s+name|full\s+name)\s*(?i:is|was|:|=)\s*(?P<d>{NAME}(?:\s+{NAME})?)"),
    ("", rf"\b(?P<e>(?:Mr|Mrs|Ms|Miss|Master)\.?\s+{NAME})"),
    ("family", rf"\b(?i:the)\s+(?P<f>{NAME})\s+family\b"),
    ("first", rf"\b(?P<g>{FIRST}\s+(?:[A-Z]\.?\s+)?{NAME})(?!\w)"),
    ("first", rf"\b{SOMEBODY}[\s,:(]+(?P<h>{FIRST})\b"),
    (
        "first",
        rf"\b(?P<i>{FIRST})(?:['’]s)?\s+{THEIRS}\b",
    ),
    ("digit", rf"\b(?P<j>{NAME}),?\s+{AGE}"),
)
INITIALLED = (
    ("somebody", rf"\b{SOMEBODY}\s+(?P<a>[A-Z]{{2,3}})(?![\w-])"),
    ("digit", rf"\b{SOMEBODY}\s+(?P<b>[A-Z])(?=,?\s+{AGE})"),
    ("digit", rf"(?<![\w.&-])(?P<c>[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?),?\s*{AGE}"),
    ("", r"(?<![\w.])(?P<d>[A-Z]\.\s?[A-Z]\.(?:\s?[A-Z]\.)?)(?!\w)"),
)
PATTERNS = tuple(
    (kind, needs, re.compile(pattern))
    for kind, patterns in (("name", NAMED), ("initials", INITIALLED))
    for needs, pattern in patterns
)
HAS_AGE = re.compile(r"\b(?:aged?|years?|yrs?|months?)\b|y/?o\b")
CAPITAL = re.compile(r"[A-ZÀ-Þ]")
PLAIN_WORD = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def found(text: str, known: Callable[[], Known]) -> Iterator[Finding]:
    """Find what may be a name or initials of somebody who is no member."""
    if not CAPITAL.search(text):
        return
    there = _there(text)
    for kind, needs, pattern in PATTERNS:
        for each in pattern.finditer(text) if needs in there else ():
            start, end = each.span(each.lastgroup or 0)
            after = WORD.match(text, end + 1)
            makes_a_place = after is not None and after[0].lower() in PLACES
            if not makes_a_place and is_somebody(kind, each[0], text[start:end], known):
                yield Finding(kind, start, end, is_certain=False)


def _there(text: str) -> set[str]:
    """Say what a text has that a pattern may need."""
    words = set(WORD.findall(text)) | set(PLAIN_WORD.findall(text))
    small = {word.lower() for word in words}
    has = {
        "": True,
        "somebody": bool(small & PEOPLE),
        "name": any("name" in word for word in small),
        "family": "family" in small,
        "first": bool(words & FIRST_NAMES),
        "digit": any(char.isdigit() for char in text),
    }
    return {need for need, is_there in has.items() if is_there}


def is_somebody(kind: str, whole: str, said: str, known: Callable[[], Known]) -> bool:
    """Whether words in a name's place may be one: no member's, nor a word or place that stands there in our field."""
    if kind == "initials":
        letters = re.sub(r"[^A-Z]", "", said)
        short_form = letters in ABBREVIATIONS and not HAS_AGE.search(whole)
        is_members = whole == said and letters.lower() in known().initials  # alone, as minutes have them: "C.H. to …"
        return not short_form and not is_members and letters.lower() not in known().words
    words = [word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(said)]
    words = [word for word in words if word not in {"mr", "mrs", "ms", "miss", "master"}]
    if not words or words[0] in NO_NAMES or words[-1] in PLACES:
        return False
    return not all(word in known().words for word in words)
