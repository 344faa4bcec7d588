"""Days of the calendar: 2026-03-31, 31/3, 31.03.26, the 3rd of May, Fri 6 Nov 2026, Feb 27."""

import re
from datetime import date, timedelta

from lifbot.calendar import DAYS, MONTHS, month_end, say_date
from lifbot.timescale.answers import ask, ask_only, day_choice, due, next_such
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

WEEKDAY_BEFORE = rf"(?:(?<![a-z])(?P<weekday>{DAY_WORD})[,\s]*(?:the\s+)?)?"
WEEKDAY_AFTER = rf"(?:\s*[,(]?\s*(?P<weekday_after>{DAY_WORD})\)?)?"
# Two digits are a year only where no other words follow: "31 March 30 schools" is not 2030.
SHORT_YEAR = (
    r"'[0-9]{2}(?![0-9])|[0-9]{2}(?=\s*(?:$|[,;:()\0/&!?-]|\.(?![0-9])|(?:at|by|or|and|to|as|if|when|once|for)\b))"
)
YEAR = rf"(?:{FULL_YEAR}|{SHORT_YEAR})"
CLOCK = r"(?:[t ][0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:\.[0-9]+)?)?\s?(?:z|[+-][0-9]{2}:?[0-9]{2})?(?![0-9]))?"

ISO_DAY = re.compile(
    rf"(?<![0-9/.-]){WEEKDAY_BEFORE}(?P<year>(?:19|2[0-9])[0-9]{{2}})(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)"
    rf"(?P<day>[0-9]{{1,2}})(?![0-9]){CLOCK}(?![/-][0-9])"
)
NUMERIC_DAY = re.compile(
    rf"{WEEKDAY_BEFORE}(?<![0-9/.])(?P<day>[0-9]{{1,2}})\s?(?P<sep>[-/.])\s?(?P<month>[0-9]{{1,2}})\s?(?P=sep)\s?"
    rf"(?P<year>{FULL_YEAR}|[0-9]{{2}})(?![0-9/]|\.[0-9]){WEEKDAY_AFTER}"
)
SHORT_DAY = re.compile(
    rf"{WEEKDAY_BEFORE}(?<![0-9/.-])(?P<day>[0-9]{{1,2}})\s?[/.]\s?(?P<month>[0-9]{{1,2}})(?![0-9/%]|\.[0-9]){WEEKDAY_AFTER}"
)
DAY_THEN_MONTH = re.compile(
    rf"{WEEKDAY_BEFORE}(?<![0-9/.])(?P<day>[0-9]{{1,3}}(?:{ORDINAL})?|\b{ORDINAL_WORD}(?=\s+of\s))(?:\s*(?:of|-|/)\s*|\s*)"
    rf"(?P<month>{MONTH_WORD})(?:[,\s/-]*(?P<year>{YEAR}))?{WEEKDAY_AFTER}"
)
MONTH_THEN_DAY = re.compile(
    rf"{WEEKDAY_BEFORE}\b(?P<month>{MONTH_WORD})[\s-]*(?:the\s+)?(?P<day>[0-9]{{1,2}}(?![0-9:])(?P<th>{ORDINAL})?)"
    rf"(?:[,\s]+(?P<year>{FULL_YEAR}))?{WEEKDAY_AFTER}"
)
DAY_ALONE = re.compile(rf"(?<![\w/.])(?:the\s+)?(?P<day>[0-9]{{1,2}}{ORDINAL})")


def with_year(found: re.Match[str], calendar: Calendar) -> Timescale:
    """A day with its year; asked about if there is no such day, or if the weekday said is not its weekday."""
    return _day(full_year(found["year"]), int(found["month"]), int(found["day"]), found, calendar)


def without_year(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """31/3: the next such day; only where the digits stand as a date ("24/7 cover" is none)."""
    if not (is_led(found) and is_closed(found)):
        return None
    day, month = int(found["day"]), int(found["month"])
    if month > 12 and 1 <= day <= 12 and month < 100:
        return _month_and_year(day, month, found, calendar)
    return _next_day(month, day, found, calendar)


def named(found: re.Match[str], calendar: Calendar) -> Timescale:
    """31 March, with or without a year."""
    day, month = ordinal(found["day"]), month_number(found["month"])
    if found["year"]:
        return _day(full_year(found["year"]), month, day, found, calendar)
    return _next_day(month, day, found, calendar)


def month_first(found: re.Match[str], calendar: Calendar) -> Timescale:
    """March 31: a day, unless the number may as well be a year (Feb 27)."""
    day, month = ordinal(found["day"]), month_number(found["month"])
    year = 2000 + day
    if found["year"]:
        return named(found, calendar)
    said_as_day = found["th"] or found["weekday"] or found["weekday_after"]
    if said_as_day or not calendar.today.year <= year <= calendar.today.year + 10:
        return _next_day(month, day, found, calendar)
    name, such = MONTHS[month - 1], next_such(month, day, calendar.today)
    why = f"“{_said(found)}” could be {day} {name}, or the end of {name} {year}. Which is meant?"
    return ask_only(why, calendar, such, month_end(year, month))


def day_alone(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """The 14th: asked about, as it names no month."""
    if not (is_led(found) and is_closed(found)):
        return None
    today, day = calendar.today, ordinal(found["day"])
    months = [(today.year + (today.month + n) // 12, (today.month + n) % 12 + 1) for n in range(-1, 3)]
    days = [such for year, month in months if (such := real_day(year, month, day)) and such >= today]
    return ask(f"“{_said(found)}” names no month. Which month is meant?", calendar, *days[:2])


def _day(year: int, month: int, day: int, found: re.Match[str], calendar: Calendar) -> Timescale:
    on = real_day(year, month, day)
    if on is None:
        return _no_such_day(year, month, day, found, calendar)
    return _weekday_differs(on, found, calendar) or due(on, "the date given", calendar)


def _next_day(month: int, day: int, found: re.Match[str], calendar: Calendar) -> Timescale:
    on = next_such(month, day, calendar.today)
    if on is None:
        return _no_such_day(None, month, day, found, calendar)
    how = f"the next {day} {MONTHS[month - 1]}"
    return _weekday_differs(on, found, calendar) or due(on, how, calendar)


def _weekday_differs(on: date, found: re.Match[str], calendar: Calendar) -> Question | None:
    """A question where the weekday said is another, unless the day has passed anyway."""
    groups = found.groupdict()
    said = groups.get("weekday") or groups.get("weekday_after")
    if not said or weekday_number(said) == on.weekday() or on < calendar.today:
        return None
    shift = (weekday_number(said) - on.weekday() + 3) % 7 - 3
    why = f"{say_date(on)} is a {DAYS[on.weekday()]}, not a {DAYS[weekday_number(said)]}. Which day is meant?"
    days = (on, on + timedelta(days=shift))
    return ask_only(why, calendar, *(day_choice(day, DAYS[day.weekday()]) for day in days if day >= calendar.today))


def _no_such_day(year: int | None, month: int, day: int, found: re.Match[str], calendar: Calendar) -> Question:
    """Offers the nearest real day: the month's last, or, where the month makes no sense, day and month changed over."""
    if not 1 <= month <= 12:
        return _no_such_month(year, month, day, found, calendar)
    leap = real_day(2000, month, day)
    years = [year] if year else [calendar.today.year, calendar.today.year + 1]
    nearest = [last for near in years if (last := month_end(near, month)) >= calendar.today][:1]
    why = f"There is no “{_said(found)}”{' this year or next' if leap and not year else ''}. Which day is meant?"
    return ask(why, calendar, *nearest)


def _no_such_month(year: int | None, month: int, day: int, found: re.Match[str], calendar: Calendar) -> Question:
    on = real_day(year, day, month) if year else next_such(day, month, calendar.today)
    return ask(
        f"There is no month {month} in “{_said(found)}”. Which date is meant?",
        calendar,
        on,
    )


def _month_and_year(month: int, year: int, found: re.Match[str], calendar: Calendar) -> Question:
    such = next_such(month, year, calendar.today)
    why = f"“{_said(found)}” has no month {year}. Is it a day, or a month and a year?"
    return ask(why, calendar, such, month_end(2000 + year, month))


def _said(found: re.Match[str]) -> str:
    return shown(found.group().strip(" ,("))


EXACT_READERS = (
    Reader(Rank.ABSOLUTE, ISO_DAY, with_year),
    Reader(Rank.ABSOLUTE, NUMERIC_DAY, with_year),
)
READERS = (
    Reader(Rank.ABSOLUTE, SHORT_DAY, without_year),
    Reader(Rank.ABSOLUTE, DAY_THEN_MONTH, named),
    Reader(Rank.ABSOLUTE, MONTH_THEN_DAY, month_first),
    Reader(Rank.ABSOLUTE, DAY_ALONE, day_alone),
)
