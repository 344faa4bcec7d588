"""Dates of birth: a past date that is said to be one, or that fits the age beside it. Due dates pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lifbot.guard.finding import Finding

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
DATE = (
    rf"(?:\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{YEAR}|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d"
    rf"|(?:19|20)\d\d[-/]\d{{1,2}}[-/]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{MONTH}\.?(?:[\s,-]+{YEAR})?|{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+{YEAR})?)"
)
WORDS = r"(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?date|born)"
FILL = r"\W{0,4}(?:(?:is|was|of|the|on|as|recorded\s+as)\b\W{0,3}){0,3}"
SAID = re.compile(
    rf"\b{WORDS}{FILL}(?P<date>{DATE})(?!\w)|(?<![\w/])(?P<before>{DATE})\W{{0,4}}(?:is\W+the\W+)?{WORDS}",
    re.IGNORECASE,
)
CUE = re.compile(r"\bborn\b|birth|\bd\.?\s?o\.?\s?b\b", re.IGNORECASE)
AGE = re.compile(
    r"\b(?:aged?|age\s+of)\W{0,2}(?P<said>\d{1,2})\b(?!\s*(?:to|-|and|or)\s*\d)"
    r"|\b(?P<old>\d{1,2})[\s-]?(?:years?|yrs?|y/?o)(?:[\s-]old)?\b",
    re.IGNORECASE,
)
ANY_DATE = re.compile(rf"(?<![\w/-]){DATE}(?![\w/-])", re.IGNORECASE)
NEAR = 25  # characters between an age and the date that it belongs to
OLDEST = timedelta(days=366 * 110)


def found(text: str, today: date) -> Iterator[Finding]:
    """Find dates of birth."""
    if CUE.search(text):
        for each in SAID.finditer(text):
            group = "date" if each["date"] else "before"
            if _is_past(each[group], today):
                yield Finding("birth", each.start(group), each.end(group))
    for age in AGE.finditer(text):
        yield from _fitting(text, age, today)


def _fitting(text: str, age: re.Match[str], today: date) -> Iterator[Finding]:
    """Find dates near an age that somebody of that age would be born on."""
    first, last = max(0, age.start() - NEAR - 20), age.end() + NEAR + 20
    for each in ANY_DATE.finditer(text, first, last):
        gap = max(each.start() - age.end(), age.start() - each.end())
        on = _read(each[0], today)
        if on and gap <= NEAR and abs((today - on).days / 365.25 - int(age["said"] or age["old"]) - 0.5) < 1:
            yield Finding("birth", each.start(), each.end())


def _is_past(said: str, today: date) -> bool:
    """Whether somebody alive can be born on a date; one without a year was said to be a birth's."""
    on = _read(said, today)
    return not re.search(r"\d{4}|\d\D+\d+\D+\d", said) or (on is not None and on <= today and today - on < OLDEST)


def _read(said: str, today: date) -> date | None:
    """Return the date meant, day before month; a year of two digits is the last one that has passed."""
    words = re.findall(r"\d+|[a-z]{3,}", said.lower())
    month = next((word for word in words if word[:3] in MONTHS), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month:
        numbers.insert(1, MONTHS.index(month[:3]) + 1)
    if len(numbers) != 3:
        return None
    day, of_month, year = reversed(numbers) if numbers[0] > 31 else numbers
    century = 0 if year > 99 else 2000 if 2000 + year <= today.year else 1900
    try:
        return date(year + century, of_month, day)
    except ValueError:
        return None
