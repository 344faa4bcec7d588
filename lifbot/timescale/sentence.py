"""Takes a timescale off the end of a sentence: "audit MASH thresholds by 31 March"."""

import re

from lifbot.timescale.reader import Mark, Rank
from lifbot.timescale.reading import read, scan
from lifbot.timescale.values import Calendar, DueDate, PastDate, Timescale
from lifbot.timescale.words import normalise

LONGEST_PHRASE = 160
LATEST = r"(?:to be (?:done|completed?|finished)\s+)?(?:no later than|not later than|due(?: date)?:?(?: by| on| at)?|by"
TO_BE_DONE = re.compile(r"to be (?:done|completed?|finished) ")
LEAD = re.compile(
    rf"(?<![^\s(]){LATEST}|before|within|in|at|until|till|from|for|on|to)(?:\s+the)?\s+(?=\S)",
    re.IGNORECASE,
)
# What may end a sentence with no word before it that leads to a time.
BARE = re.compile(
    r"(?<![^\s(])(?=(?:the\s+)?next\s+(?:\S+\s+){0,8}?meeting\b|immediately\b|urgently\b|on[ -]?going\b|a\.?s\.?a\.?p\b"
    r"|straight ?away\b|right away\b|as soon as (?:possible|practicable)\b|on an? \S+ basis\b"
    r"|as (?:and when )?(?:required|needed|necessary)\b|tomorrow\b|today\b)",
    re.IGNORECASE,
)
# "when the policy is agreed" is a timescale; "when a child is missing" is part of what is to be done.
AWAITED = re.compile(
    r"(?<![^\s(])(?=(?:when|once|after|if|as soon as|subject to|pending|depending on|following)\s+"
    r"(?:[^\s,.;]+\s+){0,10}?(?:agreed|approved|signed off|complete|completed|finished|available|published|ready"
    r"|in place|confirmed|appointed|recruited|received|implemented|released|secured|ratified|finalised|issued"
    r"|resolved|funding|approval|agreement|resources?|capacity)[\s.)]*$)",
    re.IGNORECASE,
)
DROPPED = re.compile(rf"{LATEST}|on(?!\s+an?\b)|at|for|to)\s+", re.IGNORECASE)
GLUE = re.compile(
    r"(?:\b(?:by|due|date|before|no|not|later|than|latest|the|at|in|within|on|of|for|and|or|to|until|till|from|ie|i\.e|eg|say"
    r"|around|about|review|reviewed|with|a|an|then|be|is|end|next|this|possible|time|our|done|completed?|finished)\b|[\W_])*"
)
ASIDE = re.compile(r"\bas\b|\(")
# Words that cannot stand at the end of what is left: the time would be cut in two, or not be one.
CUT_IN_TWO = re.compile(
    r"\b(?:is|are|was|be|an?|the|not|no|least|sooner|earlier|more|days?|weeks?|months?|quarters?|years?|fortnight|between|every|each|or|and"
    r"|by|at|for|to|in|on|of|from|before|after|until|since|within)$",
    re.IGNORECASE,
)


def take_from(text: str, calendar: Calendar) -> tuple[str, str] | None:
    """The sentence without its timescale, and the timescale as said; None if the sentence ends in none."""
    shift = max(0, len(text) - LONGEST_PHRASE)
    tail = text[shift:]
    starts = {found.start() for pattern in (LEAD, BARE, AWAITED) for found in pattern.finditer(tail)}
    for start in sorted(starts):
        before, phrase = text[: shift + start].rstrip(" \t\n,;:-\u2013("), _closed(tail[start:])
        if before and not CUT_IN_TWO.search(before[-20:]) and _is_timescale(phrase, calendar):
            return before, _without_lead(phrase, calendar)
    return None


def _closed(phrase: str) -> str:
    phrase = phrase.strip()
    return phrase if "(" in phrase else phrase.rstrip(" .;,)")


def _without_lead(phrase: str, calendar: Calendar) -> str:
    """The words without "by" and the like, where they mean the same without."""
    short = DROPPED.sub("", phrase, count=1) if DROPPED.match(phrase) else phrase
    return short if short and _same(read(short, calendar), read(phrase, calendar)) else phrase


def _same(one: Timescale, other: Timescale) -> bool:
    if isinstance(one, DueDate) or isinstance(other, DueDate):
        return one == other
    return one.choices == other.choices


def _is_timescale(phrase: str, calendar: Calendar) -> bool:
    said = normalise(phrase)
    marks, left = scan(phrase, calendar)
    return bool(marks) and _lead_fits(said, marks) and _nothing_else(said, marks, left)


def _lead_fits(said: str, marks: list[Mark]) -> bool:
    """Some leading words are taken only before what they usually lead to: "for the next meeting", not "for May"."""
    lead = said.split()[0]
    if lead in {"for", "to"} and not TO_BE_DONE.match(said):
        return "meeting" in said or "mtg" in said
    if lead == "on":
        return (marks[0].start <= 7 and isinstance(marks[0].means, DueDate)) or said.startswith("on a")
    return not (lead in {"from", "in"} and any(isinstance(mark.means, PastDate) for mark in marks))


def _nothing_else(said: str, marks: list[Mark], left: str) -> bool:
    """Whether the phrase is nothing but time, save for a condition or an aside at its end."""
    awaited = AWAITED.search(said)
    if any(mark.rank is Rank.CONDITION for mark in marks) and awaited:
        return bool(GLUE.fullmatch(left[: awaited.start()]))
    first = marks[0].start
    aside = ASIDE.search(left, first)
    return bool(GLUE.fullmatch(left[: aside.start() if aside else len(left)])) and first < (
        aside.start() if aside else len(left)
    )
