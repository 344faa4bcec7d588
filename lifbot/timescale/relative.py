"""Times counted from today: in six weeks, within 20 working days, tomorrow, Friday, next month."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from lifbot.calendar import DAYS, add_working_days, month_end, next_working_day
from lifbot.timescale.answers import FURTHEST_YEARS, ask, ask_only, day_choice, due
from lifbot.timescale.reader import Rank, Reader
from lifbot.timescale.values import Calendar, Choice, Question, Timescale
from lifbot.timescale.words import (
    DAY_WORD,
    NUMBER_WORD,
    NUMBERS,
    is_closed,
    is_led,
    number,
    real_day,
    shown,
    weekday_number,
)

UNIT = (
    r"(?:(?P<kind>calendar|working|business|school|clear)[\s-]+)?"
    r"(?P<unit>days?|fortnights?|weeks?|wks?|months?|mths?|mnths?|quarters?|years?|yrs?|hours?|hrs?)(?![a-z-])"
)
FROM_TODAY = (
    r"(?:'?\s+time(?![a-z])|\s+(?:from|of)\s+(?:now|today|the\s+date\s+of\s+this\s+meeting)|\s+hence|'"
    r"|\s+(?:max|maximum|at\s+most|or\s+(?:less|sooner|earlier)|at\s+the\s+latest)(?![a-z]))"
)
WITHIN = (
    r"(?:in|within|inside|over|up\s+to|no\s+more\s+than|no\s+longer\s+than|a\s+maximum\s+of|maximum|max\.?)\s+"
    r"(?:the\s+)?(?:next\s+)?"
)
LEAST = rf"(?P<least>[0-9]{{1,4}}(?=\s*-)|{NUMBER_WORD}(?=\s+(?:to|or)\s))\s*(?:-|to|or)\s*"

SPAN = re.compile(
    rf"(?P<led>(?<![a-z]){WITHIN})?(?:{LEAST})?(?P<many>{NUMBER_WORD})[\s-]*{UNIT}(?P<tail>{FROM_TODAY})?"
)
DAY_NAMED = re.compile(r"(?<![a-z])(?P<said>(?:the\s+)?day\s+after\s+tomorrow|tomorrow|today|tonight)(?![a-z'])")
NEXT_WORKING_DAY = re.compile(r"(?<![a-z])(?:the\s+)?next\s+working\s+day(?![a-z])")
WEEK = re.compile(
    rf"(?<![a-z])(?:(?P<before>{DAY_WORD})\s+(?:of\s+)?)?(?:early\s+|later\s+)?"
    rf"(?P<end>(?:the\s+)?end\s+of\s+)?(?P<which>next\s|this\s|the\s)?\s*(?<![a-z-])week(?![a-z])"
    rf"(?:,?\s+(?:on\s+)?(?P<after>{DAY_WORD}))?"
)
WEEKDAY = re.compile(
    rf"(?<![a-z])(?:(?P<which>this|next|coming|this\s+coming)\s+)?(?P<day>{DAY_WORD})(?P<week>\s+week)?(?![a-z0-9])"
)
MONTH = re.compile(
    r"(?<![a-z])(?P<part>(?:the\s+)?(?:early|mid|middle|late|later|start|beginning)(?:[\s-]+(?:of|in))?[\s-]+)?"
    r"(?:(?P<end>(?:the\s+)?(?:end|last\s+day)\s+(?:of\s+)?)|(?:the\s+)?(?P<nth>[\w-]+)\s+of\s+)?"
    r"(?P<which>next|this|the|current)?"
    r"\s*(?<![a-z])month(?P<tail>[ -]end)?(?![a-z])"
)
WHOLE = re.compile(
    r"(?<![a-z])(?:(?:within|over)\s+(?:the|this)\s+(?:next\s+|coming\s+)?|(?:in|during)\s+the\s+(?:next|coming)\s+)"
    r"(?P<unit>week|month|quarter|year)(?![a-z])"
)


def span(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """In six weeks, within 20 working days, three months from today."""
    stands = found["led"] or found["tail"] or (is_led(found) and is_closed(found))
    if not stands or found["kind"] in {"school", "clear"}:
        return None
    many, unit = number(found["many"]), _unit(found)
    said = shown(found.group())
    if many > 99 * FURTHEST_YEARS * 4:
        return ask(f"“{said}” is more than {FURTHEST_YEARS} years away. When should it be done?", calendar)
    on = _counted(many, unit, calendar.today)
    if found["least"]:
        sooner = _counted(min(many, number(found["least"])), unit, calendar.today)
        return ask_only(f"“{said}” is a range, and one date is needed. Which is meant?", calendar, on, sooner)
    if unit == "hour":
        return ask(f"“{said}” is counted in hours, and the log keeps days. Which day is meant?", calendar, on)
    return due(on, f"{_count(many, unit)} from today", calendar)


def day_named(found: re.Match[str], calendar: Calendar) -> Timescale:
    """Today, tomorrow, the day after tomorrow."""
    ahead = 2 if "after" in found["said"] else int(found["said"] == "tomorrow")
    return due(calendar.today + timedelta(days=ahead), found["said"], calendar)


def the_next_working_day(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The next working day."""
    return due(next_working_day(calendar.today), "the next working day", calendar)


def week(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """Friday of next week is a date; next week alone is asked about."""
    named, weeks = found["before"] or found["after"], int(found["which"] == "next ")
    monday = calendar.today + timedelta(days=7 * weeks - calendar.today.weekday())
    if named and found["which"] in {"next ", "this "}:
        on = monday + timedelta(days=weekday_number(named))
        return due(on, f"the {DAYS[on.weekday()]} of {'next' if weeks else 'this'} week", calendar)
    if not found["end"] and found["which"] not in {"next ", "this "}:
        return None
    days = [
        _with_weekday(monday + timedelta(days=n)) for n in (4, 0, 6) if monday + timedelta(days=n) >= calendar.today
    ]
    return ask(f"“{shown(found.group())}” is not one day. Which day is meant?", calendar, *days)


def weekday(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """Friday is the coming one; on a Friday, and for "next Friday" where two could be meant, it is asked about."""
    if not (is_led(found) and is_closed(found)):
        return None
    today, wanted = calendar.today, weekday_number(found["day"])
    ahead = (wanted - today.weekday()) % 7
    coming, said = today + timedelta(days=ahead), found["which"] or ""
    after = coming + timedelta(days=7)
    in_this_week = today.weekday() + ahead < 7
    if said == "next" and ahead == 0:
        return due(after, f"{DAYS[wanted]} of next week", calendar)
    if found["week"] or ahead == 0 or (said == "next" and in_this_week):
        why = f"“{shown(found.group())}” could be more than one day. Which is meant?"
        return ask_only(why, calendar, _with_weekday(coming), _with_weekday(after))
    return due(coming, f"the coming {DAYS[wanted]}", calendar)


def month(found: re.Match[str], calendar: Calendar) -> Timescale | None:
    """The end of the month, this month and next month: the last day."""
    first = calendar.today.replace(day=1) + relativedelta(months=int(found["which"] == "next"))
    if found["part"] or found["nth"]:
        return _part_of_month(first, found, calendar)
    if not (found["end"] or found["tail"] or found["which"] in {"next", "this", "current"}):
        return None
    how = "the last day of next month" if found["which"] == "next" else "the last day of the month"
    return due(month_end(first.year, first.month), how, calendar)


def _part_of_month(first: date, found: re.Match[str], calendar: Calendar) -> Timescale:
    """The 1st of next month is a day; early next month is not."""
    day = re.match(r"[0-9]{1,2}(?![0-9])", found["nth"] or "")
    on = real_day(first.year, first.month, int(day.group())) if day else None
    if on:
        return due(on, "the day that was described", calendar)
    return ask(f"“{shown(found.group())}” is not one day. Which date is meant?", calendar)


def whole(found: re.Match[str], calendar: Calendar) -> Question:
    """Within the month: to its end, or a month from today? Asked about."""
    length = {"week": 7, "month": 30, "quarter": 91, "year": 365}[found["unit"]]
    why = f"“{shown(found.group())}” could mean more than one date. Which is meant?"
    return ask(why, calendar, calendar.today + timedelta(days=length))


def _unit(found: re.Match[str]) -> str:
    unit = found["unit"].rstrip("s")
    unit = {"wk": "week", "mth": "month", "mnth": "month", "yr": "year", "hr": "hour"}.get(unit, unit)
    return "working day" if unit == "day" and found["kind"] in {"working", "business"} else unit


def _counted(many: int, unit: str, today: date) -> date:
    if unit == "working day":
        return add_working_days(today, many)
    if unit == "hour":
        return today + timedelta(days=-(-many // 24))
    lengths = {"day": (0, 1), "week": (0, 7), "fortnight": (0, 14), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)}
    months, days = lengths[unit]
    # Beyond any date that would be taken it is enough to be too far.
    return today + relativedelta(months=min(months * many, 1200), days=min(days * many, 36525))


def _count(many: int, unit: str) -> str:
    words = {1: "a", **{value: word for word, value in NUMBERS.items() if 2 <= value <= 12 and word.isalpha()}}
    return f"{words.get(many, many)} {unit}{'s' * (many != 1)}"


def _with_weekday(day: date) -> Choice:
    return day_choice(day, DAYS[day.weekday()])


READERS = (
    Reader(Rank.VAGUE, WHOLE, whole),
    Reader(Rank.RELATIVE, SPAN, span),
    Reader(Rank.RELATIVE, DAY_NAMED, day_named),
    Reader(Rank.RELATIVE, NEXT_WORKING_DAY, the_next_working_day),
    Reader(Rank.RELATIVE, WEEK, week),
    Reader(Rank.RELATIVE, MONTH, month),
    Reader(Rank.RELATIVE, WEEKDAY, weekday),
)
