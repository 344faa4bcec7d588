"""A stretch of days in words: "before 30 June", "this quarter", "March 2026" become a first and a last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from lifbot.calendar import MONTHS, ONE_DAY, month_end, quarter_end, say_date
from lifbot.timescale.reading import read
from lifbot.timescale.values import Calendar, DueDate, Question

LONG_AGO = timedelta(days=300)  # "12 March", said on the 20th, is the one that has just passed
OLDEST = timedelta(days=3660)
MONTH = "|".join(f"{name.lower()}|{name[:3].lower()}" for name in MONTHS) + "|sept"
SIDES: tuple[tuple[str, str], ...] = (
    (r"(?:on\s+or\s+before|no\s+later\s+than|up\s+to|until|till|by)", "to"),
    (r"(?:on\s+or\s+after|from|since)", "from"),
    (r"(?:earlier\s+than|before|<)", "before"),
    (r"(?:later\s+than|after|>)", "after"),
    (r"(?:within|in\s+the\s+next|over\s+the\s+next)", "within"),
)
BETWEEN = re.compile(
    r"(?:between|from)\s+(?P<first>.+?)\s+(?:and|to|until)\s+(?P<last>.+)|(?P<a>.+?)\s+(?:to|until)\s+(?P<b>.+)"
)
PERIOD = re.compile(
    r"(?:in\s+)?(?:the\s+)?(?P<which>this|next|last|current|coming|past)\s+(?P<unit>week|month|quarter|year)"
)
IN_MONTH = re.compile(rf"(?:in\s+)?(?P<month>{MONTH})\.?(?:\s+(?P<year>20\d\d))?")
IN_YEAR = re.compile(r"(?:in\s+)?(?P<year>20\d\d)")
QUARTER = re.compile(r"(?!.*\bend\b)(?:(?:in\s+)?(?:q|quarter\s*)[1-4].*|.*\bquarter\b.*)")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both counted, and how that was said; None is open on that side."""

    said: str
    first: date | None = None
    last: date | None = None
    before: date | None = None  # the day after the last, where that is what was said

    @property
    def words(self) -> str:
        """The span as a title says it."""
        if self.before:
            return f"due before {say_date(self.before)}"
        if self.first and self.last:
            one = self.first == self.last
            return f"due {say_date(self.first)}" + ("" if one else f" to {say_date(self.last)}")
        if self.first:
            return f"due {say_date(self.first)} or later"
        return f"due {say_date(self.last)} or earlier" if self.last else ""


def read_span(said: str, calendar: Calendar) -> Span | Question:
    """Return the days that words of time take in, the past among them, or the question to ask."""
    words = " ".join(said.lower().split()).strip(" .,")
    if found := _period(words, calendar.today):
        return Span(said, *found)
    for pattern, side in SIDES:
        led = re.match(rf"{pattern}\s*(?=\S)", words)
        if led and not (side == "from" and BETWEEN.fullmatch(words)):
            return _one_sided(said, words[led.end() :], side, calendar)
    if (two := BETWEEN.fullmatch(words)) and not isinstance(both := _both(two, calendar), Question):
        return Span(said, *both)
    day = _day(words, calendar)
    if isinstance(day, Question):
        return day
    return Span(said, _quarter_begins(day) if QUARTER.fullmatch(words) else day, day)


def _one_sided(said: str, words: str, side: str, calendar: Calendar) -> Span | Question:
    period = _period(words, calendar.today)
    day = _day(words, calendar) if period is None else period[0 if side in ("before", "from") else 1]
    if isinstance(day, Question):
        return day
    sides: dict[str, Callable[[date], Span]] = {
        "to": lambda day: Span(said, None, day),
        "before": lambda day: Span(said, None, day - ONE_DAY, day),
        "from": lambda day: Span(said, day),
        "after": lambda day: Span(said, day + ONE_DAY),
        "within": lambda day: Span(said, calendar.today, day),
    }
    return sides[side](day)


def _both(two: re.Match[str], calendar: Calendar) -> tuple[date, date] | Question:
    ends = []
    for at, words in enumerate((two["first"] or two["a"], two["last"] or two["b"])):
        period = _period(words, calendar.today)
        ends.append(period[at] if period else _day(words, calendar))
    asked = next((end for end in ends if isinstance(end, Question)), None)
    first, last = ends
    if asked or isinstance(first, Question) or isinstance(last, Question):
        return asked or Question("Which dates are meant?", ())
    return min(first, last), max(first, last)


def _period(words: str, today: date) -> tuple[date, date] | None:
    """A whole week, month, quarter or year."""
    if found := PERIOD.fullmatch(words):
        return _unit(found["unit"], {"next": 1, "coming": 1, "last": -1, "past": -1}.get(found["which"], 0), today)
    if found := IN_MONTH.fullmatch(words):
        number = next(at for at, name in enumerate(MONTHS, 1) if name.lower().startswith(found["month"][:3]))
        year = int(found["year"]) if found["year"] else _nearest_year(number, today)
        return date(year, number, 1), month_end(year, number)
    if found := IN_YEAR.fullmatch(words):
        return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31)
    return None


def _nearest_year(month: int, today: date) -> int:
    """The year in which a month is nearest: in February, November is last year's."""
    return min((today.year - 1, today.year, today.year + 1), key=lambda year: abs(date(year, month, 15) - today))


def _unit(unit: str, ahead: int, today: date) -> tuple[date, date]:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        there = today + relativedelta(months=ahead, day=1)
        return there, month_end(there.year, there.month)
    if unit == "quarter":
        end = quarter_end(today + relativedelta(months=3 * ahead, day=1))
        return _quarter_begins(end), end
    year = today.year + ahead
    return date(year, 1, 1), date(year, 12, 31)


def _quarter_begins(end: date) -> date:
    return date(end.year, end.month - 2, 1)


def _day(words: str, calendar: Calendar) -> date | Question:
    """One day, ahead or behind, whichever is nearer."""
    backs = [timedelta(0), LONG_AGO, *([OLDEST] if re.search(r"20\d\d", words) else [])]
    readings = [read(words, replace(calendar, today=calendar.today - back)) for back in backs]
    days = [each.on for each in readings if isinstance(each, DueDate)]
    if days and isinstance(readings[0], DueDate) and not re.search(r"\d", words):
        return readings[0].on  # "next meeting" and "in two weeks" are ahead
    if days:
        return min(days, key=lambda day: abs(day - calendar.today))
    asked = readings[0]
    return asked if isinstance(asked, Question) else asked.on
