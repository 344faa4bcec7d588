"""Local days, working days, bank holidays, meeting calendars, and how dates are said."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from statistics import median
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule as RecurrenceRule  # noqa: N812 - a class, and our arguments are called rrule
from dateutil.rrule import rrulestr

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ONE_DAY = timedelta(days=1)
MOST_OCCURRENCES = 600
FIRST_YEAR, LAST_YEAR = 1990, 2199
EXAMPLE_RULE = "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH"
RULE_KEY = re.compile("FREQ|INTERVAL|COUNT|UNTIL|WKST|BYDAY|BYMONTH|BYMONTHDAY|BYSETPOS|BYWEEKNO|BYYEARDAY")
LONGEST_INTERVAL = {"DAILY": 3660, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}


# --- working days -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a year, substitute days included."""
    import holidays  # it is heavy, and not needed before somebody asks for a day

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether the day is Monday to Friday and no bank holiday (ruling 8)."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def on_or_after(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def on_or_before(day: date) -> date:
    """The day itself if it is a working day, else the one before."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def next_working_day(day: date) -> date:
    """The first working day strictly after the day."""
    return on_or_after(day + ONE_DAY)


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days on (back, if negative); day one is the working day after."""
    for _ in range(abs(count)):
        day = on_or_after(day + ONE_DAY) if count > 0 else on_or_before(day - ONE_DAY)
    return day


def working_days_between(start: date, end: date) -> int:
    """The number of working days after `start`, up to and including `end`; none if `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def is_certain(day: date, today: date) -> bool:
    """Whether bank holidays are already published for the day: up to the end of the year after today's."""
    return day.year <= today.year + 1


# --- moments and local days -------------------------------------------------------------------------------------


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the partnership's wall at an aware moment."""
    return _local(moment, zone).date()


@lru_cache(maxsize=4096)
def at_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a wall-clock time: the first if it comes twice, the first that exists if clocks skip it."""
    naive = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    moment = naive.replace(tzinfo=zone).astimezone(UTC)
    while moment.astimezone(zone).replace(tzinfo=None) != naive:
        naive = naive.replace(second=0, microsecond=0) + timedelta(minutes=1)
        moment = naive.replace(tzinfo=zone).astimezone(UTC)
    return moment


def parse_local(text: str, zone: ZoneInfo) -> datetime:
    """The moment (UTC) that "2026-03-12 10:00" names in the zone, or with an offset of its own; else ValueError."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(_unreadable_moment(text)) from None
    if not re.match(r"\s*\d{4}-?\d\d-?\d\d[T ]\d", text) or not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ValueError(_unreadable_moment(text))
    return at_local(read.date(), read.time(), zone) if read.tzinfo is None else read.astimezone(UTC)


def _unreadable_moment(text: str) -> str:
    return f"“{_shown(text)}” is not a date and time I can read. Please write it like 2026-03-12 10:00."


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(zone)


# --- words ------------------------------------------------------------------------------------------------------


def say_date(day: date) -> str:
    """The date as "31 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_day(day: date) -> str:
    """The date as "Tuesday 31 March 2026"."""
    return f"{DAYS[day.weekday()]} {say_date(day)}"


def say_moment(moment: datetime, zone: ZoneInfo) -> str:
    """The moment, in the zone, as "Tuesday 31 March 2026 at 10:00"."""
    local = _local(moment, zone)
    return f"{say_day(local.date())} at {local:%H:%M}"


# --- quarters ---------------------------------------------------------------------------------------------------


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def quarter_end(day: date) -> date:
    """The last day of the quarter that holds the day (the same for calendar and April to March years)."""
    return month_end(day.year, (day.month + 2) // 3 * 3)


def financial_quarter(day: date) -> tuple[int, str]:
    """The quarter and the April to March year that hold the day: (4, "2025/26") for 1 February 2026."""
    first = day.year if day.month >= 4 else day.year - 1
    return (day.month - 4) % 12 // 3 + 1, f"{first}/{(first + 1) % 100:02}"


# --- meeting calendars ------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def parse_rule(rrule: str, start: str, zone: ZoneInfo) -> RecurrenceRule:
    """The meeting rule, in wall-clock times of the zone, from an RRULE and a local start; else a kind ValueError."""
    first = parse_local(start, zone).astimezone(zone).replace(tzinfo=None)
    text = ";".join(f"{key}={value}" for key, value in _rule_parts(rrule, zone).items())
    try:
        rule = rrulestr(text, dtstart=first)
        found = isinstance(rule, RecurrenceRule) and next(iter(rule), None)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise ValueError(_unreadable_rule(rrule)) from None
    if not isinstance(rule, RecurrenceRule) or not found:
        raise ValueError("That meeting rule never gives a date. Please check it, or list the dates instead.")
    return rule


def occurrences(rrule: str, start: str, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    """The rule's moments (UTC), after < x <= until, at the same wall-clock time all year; at most 600."""
    return list(islice(_moments(rrule, start, zone, after, until), MOST_OCCURRENCES))


def normal_interval(days: Sequence[date]) -> int | None:
    """The usual number of days from one meeting to the next (the median); None for fewer than two different days."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    return int(median(gaps)) if gaps else None


def _moments(rrule: str, start: str, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    for local in parse_rule(rrule, start, zone):
        if local.year > LAST_YEAR:
            return
        moment = at_local(local.date(), local.time(), zone)
        if moment > until:
            return
        if moment > after:
            yield moment


def _rule_parts(rrule: str, zone: ZoneInfo) -> dict[str, str]:
    pairs = [part.partition("=") for part in rrule.strip().upper().removeprefix("RRULE:").strip(";").split(";")]
    parts = {key.strip(): value.strip() for key, _, value in pairs}
    every = parts.get("FREQ", "")
    if len(rrule) > 200 or len(parts) < len(pairs) or not all(map(RULE_KEY.fullmatch, parts)) or not every:
        raise ValueError(_unreadable_rule(rrule))
    if every not in LONGEST_INTERVAL:
        raise ValueError("Meetings can repeat DAILY, WEEKLY, MONTHLY or YEARLY, for example " + EXAMPLE_RULE + ".")
    _check_reach(parts, LONGEST_INTERVAL[every])
    if "UNTIL" in parts:
        parts["UNTIL"] = _local_until(parts["UNTIL"], zone)
    return parts


def _check_reach(parts: dict[str, str], longest: int) -> None:
    """Refuses what would be searched for without end: a filter on DAILY or WEEKLY that might never match."""
    interval = parts.get("INTERVAL", "1")
    if not re.fullmatch(r"\d{1,4}", interval, re.ASCII) or not 1 <= int(interval) <= longest:
        raise ValueError(f"INTERVAL must be a whole number from 1 to {longest}.")
    allowed = {"DAILY": set[str](), "WEEKLY": {"BYDAY"}}.get(parts["FREQ"])
    extra = [key for key in parts if key.startswith("BY") and allowed is not None and key not in allowed]
    if extra:
        raise ValueError(f"{extra[0]} does not go with FREQ={parts['FREQ']}. A rule looks like {EXAMPLE_RULE}.")


def _local_until(text: str, zone: ZoneInfo) -> str:
    """UNTIL as a wall-clock time; a date alone includes the whole of that day."""
    found = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z?))?", text, re.ASCII)
    if not found:
        raise ValueError("UNTIL must be a date like 20261231.")
    day, clock, universal = found.groups()
    if not universal:
        return f"{day}T{clock or '235959'}"
    try:
        moment = datetime.strptime(day + clock, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return f"{moment.astimezone(zone):%Y%m%dT%H%M%S}"
    except (ValueError, OverflowError):
        raise ValueError("UNTIL must be a date like 20261231.") from None


def _unreadable_rule(rrule: str) -> str:
    return f"“{_shown(rrule)}” is not a meeting rule I can read. Please write it like {EXAMPLE_RULE}."


def _shown(text: str) -> str:
    return "".join(mark for mark in " ".join(text[:60].split()) if mark.isprintable())
