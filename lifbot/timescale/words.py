"""The vocabulary of timescales: numbers, months, weekdays, and words that carry no time of their own."""

import re
import unicodedata
from datetime import date

from lifbot.calendar import DAYS, MONTHS

LONGEST_SAID = 300
MASK = "\0"

MONTH_WORD = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
DAY_WORD = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"\b\.?"
)
FULL_YEAR = r"(?:19|2[0-9])[0-9]{2}(?![0-9])"
FINANCIAL_YEAR = r"(?:fy\s?)?20[0-9]{2}\s?[/-]\s?(?:20)?[0-9]{2}(?![0-9/-])"
ORDINAL = r"\s?(?:st|nd|rd|th)\b"

_UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = re.findall(
    r"\w+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
)

NUMBERS: dict[str, int] = (
    {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
    | {word: n for n, word in enumerate(_UNITS)}
    | _TENS
    | {f"{ten} {_UNITS[n]}": value + n for ten, value in _TENS.items() for n in range(1, 10)}
)
ORDINALS: dict[str, int] = {word: n for n, word in enumerate(_ORDINALS, start=1)} | {
    f"twenty {_ORDINALS[n - 1]}": 20 + n for n in range(1, 10)
}
ORDINALS |= {"thirtieth": 30, "thirty first": 31}


def _any_of(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", "[ -]") for word in longest_first) + ")"


NUMBER_WORD = r"(?<![\w.,/])(?:[0-9]{1,6}|" + _any_of(NUMBERS) + ")"
ORDINAL_WORD = _any_of(ORDINALS)

# Words that may stand before or after a date without changing it.
_LEADS = (
    "by|due|before|until|till|to|on|of|in|and|or|from|than|at|the|latest|date|review|reviewed|deadline|this|during|end"
    "|target|say|for|completed?|done|finished|within|around|about|approximately|circa|is|be|between|ie|eg"
)
_FOLLOWERS = "as|or|and|to|if|when|once|at|by|latest|meeting|but|for|until|because|so|with|unless|subject|depending"
_LED = re.compile(rf"(?:^\s*|[,;:()\0/&\"'-]\s*|\b(?:{_LEADS})\s+|\bi\.?e\.?,?\s+|\be\.g\.,?\s+|\s-\s)$")
_CLOSED = re.compile(rf"\s*(?:$|[,;:()\0/&\"'!?-]|\.(?![0-9])|(?:{_FOLLOWERS})\b)")


def normalise(said: str) -> str:
    """The words in lower case, on one line, with plain quotes and dashes, and without controls or outer punctuation."""
    plain = unicodedata.normalize("NFKC", said[: LONGEST_SAID * 2]).translate(_PLAIN)
    kept = "".join(_visible(mark) for mark in plain)
    return " ".join(kept.lower().split()).strip(" .;:,!?\"'*_~`")


def shown(said: str) -> str:
    """The words as they may be quoted back: one line, at most sixty characters."""
    kept = " ".join("".join(_visible(mark) for mark in said[: LONGEST_SAID * 2]).split())
    return kept if len(kept) <= 60 else kept[:57].rstrip() + "..."


def is_led(found: re.Match[str]) -> bool:
    """Whether the words found open the text or follow a word such as "by"."""
    return bool(_LED.search(found.string[: found.start()]))


def is_closed(found: re.Match[str]) -> bool:
    """Whether the words found end the text or a clause, so that they are not part of a longer phrase."""
    return bool(_CLOSED.match(found.string, found.end()))


def number(word: str) -> int:
    """The number that digits or words up to ninety-nine stand for."""
    return int(word) if word.isdigit() else NUMBERS[word.replace("-", " ")]


def ordinal(word: str) -> int:
    """The number that "3rd" or "third" stands for."""
    digits = re.match(r"[0-9]+", word)
    return int(digits.group()) if digits else ORDINALS[word.replace("-", " ")]


def month_number(word: str) -> int:
    """1 to 12 for a month's name or abbreviation."""
    return next(n for n, name in enumerate(MONTHS, start=1) if name[:3].lower() == word[:3])


def weekday_number(word: str) -> int:
    """0 to 6, Monday first, for a weekday's name or abbreviation."""
    return next(n for n, name in enumerate(DAYS) if name[:3].lower() == word[:3])


def full_year(word: str) -> int:
    """The year that "2026", "26" or "'26" stands for."""
    year = int(word.lstrip("'"))
    return year if year > 99 else 2000 + year


def financial_year(word: str) -> int | None:
    """The calendar year in which the April to March year "2026/27" begins; None if the two years do not follow."""
    first, second = re.findall(r"[0-9]+", word)
    return int(first) if int(second) % 100 == (int(first) + 1) % 100 else None


def real_day(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _visible(mark: str) -> str:
    kind = unicodedata.category(mark)
    if kind in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if kind == "Cc" else mark


_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
