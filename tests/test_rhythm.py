"""How often something comes round, as people say it, and the dates that follow."""

from __future__ import annotations

from datetime import date, time

import pytest

from lifbot.rhythm import Rhythm, next_date, read, say

READ = {
    "second Thursday every two months at 10": ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", time(10)),
    "we meet on the second Thursday of every second month at 10am": ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", time(10)),
    "second Thursday in alternate months": ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", None),
    "2nd Thu of each month, 10:00": ("FREQ=MONTHLY;BYDAY=2TH", time(10)),
    "second Thursday": ("FREQ=MONTHLY;BYDAY=2TH", None),
    "every month on the first Wednesday at 9:30": ("FREQ=MONTHLY;BYDAY=1WE", time(9, 30)),
    "first and third Monday of each month at 9.30am": ("FREQ=MONTHLY;BYDAY=1MO,3MO", time(9, 30)),
    "last Friday of the month at noon": ("FREQ=MONTHLY;BYDAY=-1FR", time(12)),
    "third Tuesday in March, June, September and December at 2": (
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=3TU",
        time(14),
    ),
    "1st Monday of the quarter": ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", None),
    "the 15th of every month at 10": ("FREQ=MONTHLY;BYMONTHDAY=15", time(10)),
    "every Thursday 9am": ("FREQ=WEEKLY;BYDAY=TH", time(9)),
    "every other Wednesday at 14:00": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", time(14)),
    "fortnightly on Mondays": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", None),
    "every six weeks on Tuesday at 2pm": ("FREQ=WEEKLY;INTERVAL=6;BYDAY=TU", time(14)),
    "every 6 weeks": ("FREQ=WEEKLY;INTERVAL=6", None),
    "Thursdays": ("FREQ=WEEKLY;BYDAY=TH", None),
    "every quarter": ("FREQ=MONTHLY;INTERVAL=3", None),
    "Quarterly.": ("FREQ=MONTHLY;INTERVAL=3", None),
    "twice a year": ("FREQ=MONTHLY;INTERVAL=6", None),
    "six-monthly": ("FREQ=MONTHLY;INTERVAL=6", None),
    "annually": ("FREQ=MONTHLY;INTERVAL=12", None),
    "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH": ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", None),
}
ASKED = {
    "": "could not read how often",
    "every blue moon": "could not read how often",
    "every second Thursday": "every other week, or the second one of each month?",
    "bi-monthly": "can mean twice in that time or every second one",
    "termly": "Terms begin on different days",
    "31st of each month": "Not every month has that day",
    "Thursday every two months": "Which Thursday of the month?",
    "five times a year": "does not divide evenly",
    "every year in March": "On which day of those months?",
    "second Thursday at 25:00": "not a time of day",
    "every 0 months": "could not read how often",
    "every 5000 months": "could not read how often",
    "FREQ=HOURLY": "Meetings can repeat DAILY",
    "FREQ=MONTHLY;BYDAY=9XX": "not a meeting rule I can read",
}


@pytest.mark.parametrize("said", READ)
def test_a_rhythm_is_read(said: str) -> None:
    found = read(said)
    assert isinstance(found, Rhythm), found
    assert (found.rrule, found.at) == READ[said]


@pytest.mark.parametrize("said", READ)
def test_what_is_said_back_means_the_same(said: str) -> None:
    found = read(said)
    assert isinstance(found, Rhythm)
    again = read(found.words.replace("day 15", "the 15th"))
    assert isinstance(again, Rhythm), found.words
    assert (again.rrule, again.at) == (found.rrule, found.at)


@pytest.mark.parametrize("said", ASKED)
def test_what_is_unclear_is_asked(said: str) -> None:
    found = read(said)
    assert isinstance(found, str), found
    assert ASKED[said] in found


def test_a_rule_is_said_in_words() -> None:
    assert say("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", time(10)) == "second Thursday every two months at 10:00"
    assert say("FREQ=MONTHLY;BYMONTH=3,9;BYDAY=1TU") == "first Tuesday in March and September"
    assert say("FREQ=MONTHLY;COUNT=3") == "FREQ=MONTHLY;COUNT=3"


@pytest.mark.parametrize(
    ("rrule", "present", "after", "then"),
    [
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 3, 31), date(2026, 4, 5), date(2026, 6, 30)),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 6, 30), date(2026, 6, 30), date(2026, 9, 30)),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 3, 31), date(2027, 4, 5), date(2027, 6, 30)),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", date(2026, 3, 12), date(2026, 3, 12), date(2026, 5, 14)),
        ("FREQ=MONTHLY;BYMONTH=3,9;BYDAY=1TU", date(2026, 3, 3), date(2026, 3, 3), date(2026, 9, 1)),
        ("FREQ=WEEKLY;INTERVAL=2", date(2026, 3, 12), date(2026, 3, 26), date(2026, 4, 9)),
        ("FREQ=YEARLY", date(2024, 2, 29), date(2024, 3, 12), date(2025, 2, 28)),
    ],
)
def test_the_next_date_of_a_series(rrule: str, present: date, after: date, then: date) -> None:
    assert next_date(rrule, present, after) == then
