"""A rhythm's rule said back in words."""

from __future__ import annotations

import re
from datetime import time

from lifbot.calendar import DAYS, MONTHS
from lifbot.listed import listed

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COUNTED = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def say(rrule: str, at: time | None = None) -> str:
    """Say a rule in words; a rule that people rarely use is shown as it is."""
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    known = parts.keys() <= {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY"}
    words = _said(parts) if known else rrule
    return f"{words} at {at:%H:%M}" if at else words


def _said(parts: dict[str, str]) -> str:
    every, day = int(parts.get("INTERVAL", "1")), _said_day(parts)
    unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}[parts["FREQ"]]
    if unit == "week" and day:
        return f"every {day}" if every == 1 else f"{day} every {_count(every)} weeks"
    if "BYMONTH" in parts:
        named = [MONTHS[int(month) - 1] for month in parts["BYMONTH"].split(",")]
        return " ".join(part for part in (day, "in", listed(named)) if part)
    often = f"every {unit}" if every == 1 else f"every {_count(every)} {unit}s"
    often = {"every three months": "every quarter", "every 12 months": "every year"}.get(often, often)
    return f"{day} of {often}" if day and every == 1 else " ".join(part for part in (day, often) if part)


def _said_day(parts: dict[str, str]) -> str:
    if of_month := parts.get("BYMONTHDAY"):
        return f"day {of_month}"
    days = [re.fullmatch(r"([+-]?\d*)([A-Z]{2})", each) for each in parts.get("BYDAY", "").split(",") if each]
    found = [(each[1], DAYS[CODES.index(each[2])]) for each in days if each]
    places = listed([COUNTED.get(int(place), place) for place, _ in found if place])
    names = listed(list(dict.fromkeys(day for _, day in found)))
    return f"{places} {names}".strip()


def _count(many: int) -> str:
    words = ("", "one", "two", "three", "four", "five", "six")
    return words[many] if many < len(words) else str(many)
