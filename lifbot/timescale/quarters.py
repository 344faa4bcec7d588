"""Quarters and years: end of Q3 2026/27, Q3, the end of the quarter, the financial year, early 2027."""

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from lifbot.calendar import MONTHS, ONE_DAY, month_end, quarter_end
from lifbot.timescale.answers import ask, ask_only, due, passed
from lifbot.timescale.reader import Rank, Reader
from lifbot.timescale.values import Calendar, Question, Timescale
from lifbot.timescale.words import FINANCIAL_YEAR, FULL_YEAR, financial_year, is_closed, is_led, ordinal, shown

END = r"(?P<end>(?:the\s+)?(?:end|close|last\s+day)\s+(?:of\s+)?(?:the\s+)?)"
PART = (
    r"(?P<part>(?:the\s+)?(?:early|mid|middle|late|start|beginning|before|from|after|first\s+half|second\s+half)"
    r"(?:[\s-]+(?:of|in))?[\s-]+(?:the\s+)?)"
)
QUARTER = (
    r"(?:(?:q|qtr\.?|quarter)\s?(?P<number>[1-4])(?![0-9])"
    r"|(?P<nth>first|second|third|fourth|[1-4](?:st|nd|rd|th))\s+quarter(?![a-z]))"
)
BETWEEN = r"[\s,(]*(?:of\s+|in\s+)?(?:the\s+)?(?:financial\s+year\s+)?"

QUARTER_OF_YEAR = re.compile(
    rf"(?<![a-z0-9])(?:{END}|{PART})?(?:(?P<year_first>{FINANCIAL_YEAR})[\s,:-]*)?{QUARTER}"
    rf"(?:{BETWEEN}(?P<year>{FINANCIAL_YEAR}|{FULL_YEAR}))?"
)
FINANCIAL = rf"(?:(?:financial|fiscal)\s+year\s+)?(?P<year>{FINANCIAL_YEAR})(?:\s+(?:financial|fiscal)\s+year)?"
END_OF_FINANCIAL = re.compile(rf"(?<![a-z0-9]){END}{FINANCIAL}")
WHOLE_FINANCIAL = re.compile(rf"(?<![a-z0-9/.-]){PART}?{FINANCIAL}")
THIS_QUARTER = re.compile(
    rf"(?<![a-z]){END}?(?:(?P<which>this|next|current|each|every|per)\s+)?quarter(?P<tail>[ -]end)?(?![a-z0-9]|\s[0-9])"
)
KIND = r"(?:(?P<kind>financial|fiscal|calendar|academic|school)\s+)?"
YEAR_END = re.compile(
    rf"(?<![a-z])(?:{END}(?:(?P<which>this|next|current)\s+)?{KIND}(?:year|(?P<fy>fy))"
    rf"|(?P<year_end>(?:financial\s+|calendar\s+)?year[ -]end))(?![a-z])(?:\s+(?P<numbered>{FULL_YEAR}))?"
)
WHOLE_YEAR = re.compile(rf"(?<![a-z])(?P<which>this|next)\s+{KIND}year(?![a-z])")
END_OF_NUMBERED = re.compile(rf"(?<![a-z0-9]){END}(?P<year>{FULL_YEAR})(?![/.-][0-9])")
NUMBERED = re.compile(rf"(?<![a-z0-9/.-])(?:{PART}|(?P<season>half\s+of\s+))?(?P<year>{FULL_YEAR})(?![/.-]?[0-9])")


def quarter_of_year(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """Q3 2026/27: its last day."""
    number, begins = _quarter(found), _begins(found["year_first"] or found["year"])
    if begins is None:
        return None
    last = month_end(begins + number // 4, (number * 3 + 2) % 12 + 1)
    if found["part"]:
        return _not_one_day(found, calendar, *(last - relativedelta(months=back, day=31) for back in (2, 1, 0)))
    return due(last, f"the last day of quarter {number} of {begins}/{(begins + 1) % 100:02}", calendar)


def bare_quarter(found: re.Match[str], calendar: Calendar) -> Question:
    """Q3, or Q3 2026: a calendar quarter or one of April to March, so asked about."""
    number, said = _quarter(found), found["year"]
    april_to_march, of_year = (number * 3 + 2) % 12 + 1, number * 3
    if said and said.isdigit():
        ends = [month_end(int(said) + number // 4, april_to_march), month_end(int(said), of_year)]
    else:
        ends = [_coming_end(month, calendar) for month in (april_to_march, of_year)]
    spans = " or ".join(f"{MONTHS[month - 3]} to {MONTHS[month - 1]}" for month in (april_to_march, of_year))
    return ask_only(f"“{_said(found)}” could mean {spans}. Which is meant?", calendar, *ends)


def end_of_financial(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """The end of 2026/27: 31 March 2027."""
    begins = _begins(found["year"])
    return due(date(begins + 1, 3, 31), "the last day of that financial year", calendar) if begins else None


def financial(found: re.Match[str], calendar: Calendar) -> Question | None:
    """2026/27: a whole year, so asked about."""
    begins = _begins(found["year"])
    return _not_one_day(found, calendar, date(begins, 9, 30), date(begins + 1, 3, 31)) if begins else None


def this_quarter(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """The end of the quarter, this quarter, next quarter: its last day."""
    if found["which"] in {"each", "every", "per"} or not (found["end"] or found["which"] or found["tail"]):
        return None
    end = quarter_end(calendar.today)
    if found["which"] == "next":
        return due(quarter_end(end + ONE_DAY), "the last day of next quarter", calendar)
    return due(end, "the last day of the quarter", calendar)


def year_end(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The end of the financial year is 31 March, of the calendar year 31 December; of "the year" it is asked."""
    kind = found["kind"] or ("fiscal" if found["fy"] else (found["year_end"] or "").partition("year")[0].strip())
    later = relativedelta(years=found["which"] == "next")
    march, december = _coming_end(3, calendar) + later, _coming_end(12, calendar) + later
    if found["numbered"]:
        year = int(found["numbered"])
        march, december = date(year, 3, 31), date(year, 12, 31)
    elif kind in {"financial", "fiscal"}:
        return due(march, "the last day of the financial year", calendar)
    if kind == "calendar":
        return due(december, "the last day of the calendar year", calendar)
    if kind in {"academic", "school"}:
        return _not_one_day(found, calendar, _coming_end(7, calendar), _coming_end(8, calendar))
    return ask(f"“{_said(found)}” could mean more than one date. Which is meant?", calendar, march, december)


def whole_year(found: re.Match[str], calendar: Calendar) -> Question:
    """This year, next financial year: asked about."""
    later = relativedelta(years=found["which"] == "next")
    return _not_one_day(found, calendar, *(_coming_end(month, calendar) + later for month in (3, 12)))


def end_of_numbered(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The end of 2027."""
    return due(date(int(found["year"]), 12, 31), "the last day of that year", calendar)


def numbered(found: re.Match[str], calendar: Calendar) -> Question | None:
    """2027, early 2027: a year, or part of one, so asked about."""
    if not (is_led(found) and is_closed(found)):
        return None
    if int(found["year"]) < calendar.today.year:
        return passed(date(int(found["year"]), 12, 31), calendar)
    months = next((months for word, months in PARTS_OF_YEAR.items() if word in (found["part"] or "")), (3, 6, 12))
    return _not_one_day(found, calendar, *(month_end(int(found["year"]), month) for month in months))


PARTS_OF_YEAR = {"early": (1, 2, 3), "start": (1, 3), "beg": (1, 3), "mid": (5, 6, 7), "late": (10, 11, 12)}


def _quarter(found: re.Match[str]) -> int:
    return int(found["number"] or ordinal(found["nth"]))


def _begins(year: str | None) -> int | None:
    return financial_year(year) if year and not year.isdigit() else None


def _not_one_day(found: re.Match[str], calendar: Calendar, *days: date) -> Question:
    return ask(f"“{_said(found)}” is not one day. Which date is meant?", calendar, *days)


def _coming_end(month: int, calendar: Calendar) -> date:
    end = month_end(calendar.today.year, month)
    return end if end >= calendar.today else month_end(calendar.today.year + 1, month)


def _said(found: re.Match[str]) -> str:
    return shown(found.group().strip(" ,("))


READERS = (
    Reader(Rank.ABSOLUTE, QUARTER_OF_YEAR, quarter_of_year),
    Reader(Rank.VAGUE, QUARTER_OF_YEAR, bare_quarter),
    Reader(Rank.ABSOLUTE, END_OF_FINANCIAL, end_of_financial),
    Reader(Rank.VAGUE, WHOLE_FINANCIAL, financial),
    Reader(Rank.RELATIVE, THIS_QUARTER, this_quarter),
    Reader(Rank.RELATIVE, YEAR_END, year_end),
    Reader(Rank.VAGUE, WHOLE_YEAR, whole_year),
    Reader(Rank.ABSOLUTE, END_OF_NUMBERED, end_of_numbered),
    Reader(Rank.VAGUE, NUMBERED, numbered),
)
