"""The next date of a series that comes round in a rhythm."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr


def next_date(rrule: str, present: date, after: date) -> date | None:
    """Return the first day of the rhythm after both the present date of a series and another day; None at its end.

    A rhythm that names no day keeps the present one's: the 31st, and any last day of a month, stays the last day.
    """
    latest = max(present, after)
    if {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL"} & _parts(rrule).keys():
        rule = rrulestr(rrule, dtstart=datetime.combine(present, time(0)))
        found = rule.after(datetime.combine(latest, time(0)))
        return found.date() if found else None
    parts = _parts(rrule)
    every = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] in ("DAILY", "WEEKLY"):
        step = timedelta(days=every * (7 if parts["FREQ"] == "WEEKLY" else 1))
        return present + step * ((latest - present) // step + 1)
    months = every * (12 if parts["FREQ"] == "YEARLY" else 1)
    before = sum(1 for _ in takewhile(lambda count: _months_on(present, months * count) <= latest, range(1, 2400)))
    return _months_on(present, months * (before + 1))


def _months_on(day: date, months: int) -> date:
    is_last = day.day == monthrange(day.year, day.month)[1]
    return day + relativedelta(months=months, day=31 if is_last else day.day)


def _parts(rrule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rrule.split(";"))
