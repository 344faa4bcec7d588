"""What comes round again: on a six-monthly basis, every quarter, twice a year. It needs a first review date."""

import re

from dateutil.relativedelta import relativedelta

from lifbot.timescale.answers import ask, day_choice
from lifbot.timescale.reader import Rank, Reader
from lifbot.timescale.values import Calendar, Question
from lifbot.timescale.words import NUMBER_WORD, number, shown

LENGTHS = {
    "day": relativedelta(days=1),
    "week": relativedelta(days=7),
    "fortnight": relativedelta(days=14),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "term": relativedelta(months=4),
    "year": relativedelta(months=12),
}
ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "termly": "term",
    "annually": "year",
    "yearly": "year",
}
# "Biannual" is twice a year to some and every two years to others, and so with the rest.
BOTH = {
    "a": (relativedelta(months=6), relativedelta(years=2)),
    "e": (relativedelta(years=2), relativedelta(months=6)),
    "m": (relativedelta(months=2), relativedelta(days=14)),
    "w": (relativedelta(days=14), relativedelta(days=3)),
}
MOST_AT_ONCE = 120

EVERY = (
    rf"(?:every|each|per)\s+(?:(?P<many>{NUMBER_WORD}|other)\s+)?"
    r"(?P<unit>day|week|fortnight|month|quarter|term|year|meeting|time)s?"
)
OFTEN = (
    rf"(?P<times>once|twice|{NUMBER_WORD}(?=\s+times))(?:\s+times)?\s+(?:a|per|each|every)\s+"
    rf"(?P<often>{'|'.join(LENGTHS)})"
)
ADVERB = rf"(?:(?P<number>{NUMBER_WORD})[\s-]*)?(?P<adverb>{'|'.join(ADVERBS)})"
RECURRING = re.compile(
    rf"(?<![a-z])(?:on\s+)?(?:an?\s+)?(?:{OFTEN}|{EVERY}|{ADVERB}|bi[ -]?(?P<bi>annual|annually|ennial|monthly|weekly)"
    r"|annual|regular(?:ly)?(?=\s+basis|\s*$)|routinely)(?![a-z])(?:\s+basis)?"
)


def recurring(found: re.Match[str], calendar: Calendar) -> Question:
    """On a six-monthly basis, quarterly, every year: asks for the first review date."""
    why = f"“{shown(found.group())}” comes round again and again. By when should it first be reviewed?"
    return ask(why, calendar, *(day_choice(calendar.today + step, "First review") for step in _steps(found)))


def _steps(found: re.Match[str]) -> tuple[relativedelta, ...]:
    """How far away the first review may be."""
    if found["bi"]:
        return BOTH[found["bi"][0]]
    if found["often"] == "year":
        return (relativedelta(months=max(1, 12 // max(1, _many(found["times"])))),)
    length = LENGTHS.get(ADVERBS.get(found["adverb"] or "") or found["unit"] or found["often"] or "")
    return (length * max(1, _many(found["number"] or found["many"])),) if length else ()


def _many(word: str | None) -> int:
    special = {None: 1, "once": 1, "twice": 2, "other": 2}
    return special[word] if word is None or word in special else min(number(word), MOST_AT_ONCE)


READERS = (Reader(Rank.MANNER, RECURRING, recurring),)
