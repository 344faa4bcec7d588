"""Months and pairs of dates: March 2027, by September, the end of April, mid-March, April/May 2026, 1 to 5 May."""

import re
from datetime import date, timedelta

from lifbot.calendar import MONTHS, month_end, on_or_before
from lifbot.timescale.answers import ask, ask_only, due, next_such
from lifbot.timescale.days import YEAR
from lifbot.timescale.reader import Rank, Reader
from lifbot.timescale.values import Calendar, Question, Timescale
from lifbot.timescale.words import (
    DAY_WORD,
    FULL_YEAR,
    MONTH_WORD,
    ORDINAL,
    ORDINAL_WORD,
    full_year,
    is_closed,
    is_led,
    month_number,
    ordinal,
    real_day,
    shown,
    weekday_number,
)

JOIN = rf"\s*(?:/|-|&|,?\s?(?<![a-z])(?:or|and|to|till|until|and/or)(?:\s+(?:by|the))?(?![a-z]))\s*(?:{DAY_WORD}\s*)?"
DAY = rf"[0-9]{{1,2}}(?:{ORDINAL})?"
MONTH_YEAR = rf"(?P<month>{MONTH_WORD})(?:[,\s/-]*(?:of\s+)?(?P<year>{FULL_YEAR}|'[0-9]{{2}}(?![0-9])))?"
LAST_DAY_OF = (
    r"(?:(?:(?:the\s+)?(?:very\s+)?(?:end|last\s+day)(?:\s+(?:of|in))?|month[ -]end(?:\s+of)?|during|all\s+of)\s+)"
)
PART = (
    r"(?:(?:the\s+)?(?:early|mid|middle|late|later|start|beginning|first\s+half|second\s+half|first\s+part|"
    r"(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\s+week|week)(?:[\s-]+(?:of|in))?[\s-]+(?:the\s+)?)"
)

DAYS_OF_MONTH = re.compile(
    rf"(?<![0-9/.])(?P<first>{DAY}){JOIN}(?P<day>{DAY})\s*(?:of\s+)?(?P<month>{MONTH_WORD})(?:[,\s]*(?P<year>{YEAR}))?"
)
TWO_DATES = re.compile(
    rf"(?<![0-9/.a-z])(?:(?P<first>{DAY})\s*(?:of\s+)?)?(?P<first_month>{MONTH_WORD}){JOIN}"
    rf"(?:(?P<day>{DAY})\s*(?:of\s+)?)?(?P<month>{MONTH_WORD})(?:[,\s]*(?P<year>{YEAR}))?"
)
NTH_WEEKDAY = re.compile(
    rf"(?<![a-z])(?P<nth>first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\s+(?P<weekday>working\s+day|{DAY_WORD})"
    rf"\s+(?:of|in)\s+{MONTH_YEAR}"
)
PART_OF_MONTH = re.compile(rf"(?<![a-z])(?P<part>{PART}){MONTH_YEAR}")
OPEN_MONTH = re.compile(rf"(?<![a-z])(?P<open>before|from|starting|since|next|last|this)\s+(?:in\s+)?{MONTH_YEAR}")
ORDINAL_OF_MONTH = re.compile(rf"(?<![a-z])(?P<part>{ORDINAL_WORD}|\w+day|\w+)\s+of\s+{MONTH_YEAR}")
END_OF_MONTH = re.compile(rf"(?<![a-z]){LAST_DAY_OF}(?P<month>{MONTH_WORD})(?:[,\s/-]*(?:of\s+)?(?P<year>{YEAR}))?")
MONTH = re.compile(rf"(?<![a-z0-9/]){MONTH_YEAR}")
NUMERIC_MONTH = re.compile(
    rf"(?<![0-9/.-])(?:(?P<month>0?[1-9]|1[0-2])\s?[/-]\s?(?P<year>{FULL_YEAR})|(?P<iso>{FULL_YEAR})-(?P<iso_month>0[1-9]|1[0-2]))"
    r"(?![0-9/-])"
)


def end_of_month(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The end of April, the last day of April 2027."""
    return _last_day(month_number(found["month"]), found["year"], calendar)


def month(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """A month alone, or month and year: its last day; a month alone only where it stands as a date."""
    return end_of_month(found, calendar) if found["year"] or (is_led(found) and is_closed(found)) else None


def numeric_month(found: re.Match[str], calendar: Calendar) -> Timescale:
    """9/2026 and 2026-09: the last day of the month."""
    return _last_day(int(found["month"] or found["iso_month"]), found["year"] or found["iso"], calendar)


def part_of_month(found: re.Match[str], calendar: Calendar) -> Question:
    """Mid-March, early April, the first week of May: asked about, with working days of that part."""
    number, year = month_number(found["month"]), _year_of(found, calendar)
    days = next((days for word, days in PARTS if word in found["part"]), (10, 20))
    last = month_end(year, number)
    offered = [on_or_before(min(date(year, number, day), last)) for day in days]
    return ask(f"“{shown(found.group())}” is not one day. Which date is meant?", calendar, *offered, last)


PARTS = (
    ("early", (6, 10)),
    ("start", (6, 10)),
    ("beginning", (6, 10)),
    ("first half", (15,)),
    ("first", (7,)),
    ("second w", (14,)),
    ("third", (21,)),
    ("mid", (13, 16)),
    ("late", (24, 28)),
    ("last", (24, 28)),
)


NO_PART = frozenset({"meeting", "meetings", "because", "out", "all"})


def open_month(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """Before April, from April, next April: asked about unless only one date can be meant."""
    if not found["year"] and not is_closed(found):
        return None
    number, word = month_number(found["month"]), found["open"]
    year, said = _year_of(found, calendar), shown(found.group())
    last = month_end(year, number)
    if word in {"last", "since"}:
        return ask(f"“{said}” is in the past. When should it be done?", calendar, last)
    if word in {"next", "this"} and not found["year"]:
        return _this_or_next(word, number, said, calendar)
    first = date(year, number, 1)
    edge = first - timedelta(days=1) if word == "before" else first
    return ask_only(f"“{said}” is not one day. Which date is meant?", calendar, edge, last)


def _this_or_next(word: str, number: int, said: str, calendar: Calendar) -> Timescale:
    today = calendar.today
    near, far = (month_end(today.year + n, number) for n in (0, 1))
    if near < today and word == "next":
        return due(far, f"the last day of {MONTHS[number - 1]}", calendar)
    if near >= today and word == "this":
        return due(near, f"the last day of {MONTHS[number - 1]}", calendar)
    return ask_only(f"“{said}” could be this year or next. Which is meant?", calendar, near, far)


def of_month(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """What is said "of" a month and is no known part of it: never read as the whole month."""
    return None if found["part"] in NO_PART else part_of_month(found, calendar)


def nth_weekday(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """The last Friday of March, the first Monday in May 2027, the last working day of June."""
    number, year = month_number(found["month"]), _year_of(found, calendar)
    last = month_end(year, number)
    if found["weekday"].startswith("working"):
        return (
            due(on_or_before(last), "the last working day of the month", calendar) if found["nth"] == "last" else None
        )
    days = [date(year, number, day) for day in range(1, last.day + 1)]
    such = [day for day in days if day.weekday() == weekday_number(found["weekday"])]
    nth = -1 if found["nth"] == "last" else ordinal(found["nth"]) - 1
    return due(such[nth], "the day that was described", calendar)


def days_of_month(found: re.Match[str], calendar: Calendar) -> Timescale:
    """1 to 5 May, 3/4 June 2026: two dates, asked about."""
    number = month_number(found["month"])
    days = [_day(ordinal(found[name]), number, found["year"], calendar) for name in ("first", "day")]
    return _which_of_two(found, calendar, days)


def two_dates(found: re.Match[str], calendar: Calendar) -> Timescale:
    """April/May 2026, 30 March or 2 April: two dates, asked about; the first takes the year of the second."""
    first = _day_or_last(found["first"], month_number(found["first_month"]), found["year"], calendar)
    second = _day_or_last(found["day"], month_number(found["month"]), found["year"], calendar)
    return _which_of_two(found, calendar, [first, second])


def _which_of_two(found: re.Match[str], calendar: Calendar, days: list[date | None]) -> Question:
    why = f"“{shown(found.group())}” names two dates, and one is needed. Which is meant?"
    return ask_only(why, calendar, *(day for day in days if day))


def _day_or_last(day: str | None, number: int, year: str | None, calendar: Calendar) -> date | None:
    if day:
        return _day(ordinal(day), number, year, calendar)
    return month_end(full_year(year) if year else _coming_year(number, calendar), number)


def _day(day: int, number: int, year: str | None, calendar: Calendar) -> date | None:
    return real_day(full_year(year), number, day) if year else next_such(number, day, calendar.today)


def _last_day(number: int, year: str | None, calendar: Calendar) -> Timescale:
    if year:
        return due(
            month_end(full_year(year), number), f"the last day of {MONTHS[number - 1]} {full_year(year)}", calendar
        )
    return due(month_end(_coming_year(number, calendar), number), f"the last day of {MONTHS[number - 1]}", calendar)


def _year_of(found: re.Match[str], calendar: Calendar) -> int:
    return full_year(found["year"]) if found["year"] else _coming_year(month_number(found["month"]), calendar)


def _coming_year(number: int, calendar: Calendar) -> int:
    return calendar.today.year + (number < calendar.today.month)


READERS = (
    Reader(Rank.ABSOLUTE, DAYS_OF_MONTH, days_of_month),
    Reader(Rank.ABSOLUTE, TWO_DATES, two_dates),
    Reader(Rank.ABSOLUTE, END_OF_MONTH, end_of_month),
)
MONTH_READERS = (
    Reader(Rank.ABSOLUTE, NTH_WEEKDAY, nth_weekday),
    Reader(Rank.VAGUE, PART_OF_MONTH, part_of_month),
    Reader(Rank.ABSOLUTE, OPEN_MONTH, open_month),
    Reader(Rank.VAGUE, ORDINAL_OF_MONTH, of_month),
    Reader(Rank.ABSOLUTE, NUMERIC_MONTH, numeric_month),
    Reader(Rank.ABSOLUTE, MONTH, month),
)
