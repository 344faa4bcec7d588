"""Working days, local days, meeting calendars, and how dates are said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.calendar import (
    add_working_days,
    at_local,
    bank_holidays,
    financial_quarter,
    is_certain,
    is_working_day,
    local_day,
    month_end,
    next_working_day,
    normal_interval,
    occurrences,
    on_or_after,
    on_or_before,
    parse_local,
    parse_rule,
    quarter_end,
    say_date,
    say_day,
    say_moment,
    working_days_between,
)

LONDON = ZoneInfo("Europe/London")
SECOND_THURSDAYS = "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH"
START = "2026-01-08T10:00"
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 5, 4), "early May"),
        (date(2026, 8, 31), "the last Monday of August: Scotland has the first"),
        (date(2026, 12, 28), "for Boxing Day, a Saturday"),
        (date(2027, 12, 27), "for Christmas Day, a Saturday"),
        (date(2027, 12, 28), "for Boxing Day, a Sunday"),
    ],
)
def test_bank_holidays_of_england_and_wales_are_no_working_days(day: date, name: str) -> None:
    assert day in bank_holidays(day.year), name
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 8, 3), date(2026, 11, 30), date(2026, 3, 17)])
def test_the_holidays_of_scotland_and_northern_ireland_are_working_days(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 2, 12), 1, date(2026, 2, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 16)),
        (date(2026, 2, 14), 1, date(2026, 2, 16)),
        (date(2026, 2, 12), 15, date(2026, 3, 5)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 24), 5, date(2027, 1, 5)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2026, 3, 12), -2, date(2026, 3, 10)),
        (date(2026, 2, 14), 0, date(2026, 2, 14)),
    ],
)
def test_day_one_is_the_working_day_after(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end


@given(days, st.integers(1, 60))
def test_working_days_added_are_working_days_counted(start: date, count: int) -> None:
    end = add_working_days(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end) == count
    assert add_working_days(on_or_after(start), count) >= end
    assert working_days_between(end, start) == 0


@given(days)
def test_the_nearest_working_days_enclose_the_day(day: date) -> None:
    assert on_or_before(day) <= day <= on_or_after(day) <= next_working_day(day)
    assert next_working_day(day) > day
    assert (on_or_after(day) == day) == is_working_day(day) == (on_or_before(day) == day)


def test_bank_holidays_are_certain_until_the_end_of_next_year() -> None:
    assert is_certain(date(2027, 12, 31), date(2026, 2, 1))
    assert not is_certain(date(2028, 1, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 3, 28), time(9), "2026-03-28T09:00+00:00"),
        (date(2026, 3, 30), time(9), "2026-03-30T08:00+00:00"),
        (date(2026, 10, 26), time(9), "2026-10-26T09:00+00:00"),
        (date(2026, 3, 29), time(0, 59), "2026-03-29T00:59+00:00"),
        (date(2026, 3, 29), time(1), "2026-03-29T01:00+00:00"),
        (date(2026, 3, 29), time(1, 30), "2026-03-29T01:00+00:00"),
        (date(2026, 3, 29), time(2), "2026-03-29T01:00+00:00"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30+00:00"),
    ],
)
def test_a_time_on_the_wall_keeps_through_clock_changes(day: date, clock: time, moment: str) -> None:
    assert at_local(day, clock, LONDON) == datetime.fromisoformat(moment)
    assert at_local(day, clock, LONDON).tzinfo is UTC


@given(days, st.times(), st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]))
def test_every_local_time_falls_on_its_own_day(day: date, clock: time, zone: str) -> None:
    assert local_day(at_local(day, clock, ZoneInfo(zone)), ZoneInfo(zone)) == day


def test_the_local_day_is_the_one_on_the_wall() -> None:
    assert local_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), LONDON) == date(2026, 7, 1)
    assert local_day(datetime(2026, 1, 31, 23, 30, tzinfo=UTC), LONDON) == date(2026, 1, 31)
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 6, 30, 23, 30), LONDON)  # noqa: DTZ001 - a naive moment is what is refused here


def test_dates_are_said_in_words() -> None:
    assert say_date(date(2026, 3, 31)) == "31 March 2026"
    assert say_day(date(2026, 3, 31)) == "Tuesday 31 March 2026"
    assert say_moment(datetime(2026, 3, 31, 9, 0, tzinfo=UTC), LONDON) == "Tuesday 31 March 2026 at 10:00"


@pytest.mark.parametrize(
    ("day", "end", "quarter"),
    [
        (date(2026, 2, 1), date(2026, 3, 31), (4, "2025/26")),
        (date(2026, 3, 31), date(2026, 3, 31), (4, "2025/26")),
        (date(2026, 4, 1), date(2026, 6, 30), (1, "2026/27")),
        (date(2026, 8, 15), date(2026, 9, 30), (2, "2026/27")),
        (date(2026, 12, 31), date(2026, 12, 31), (3, "2026/27")),
        (date(2099, 12, 1), date(2099, 12, 31), (3, "2099/00")),
    ],
)
def test_quarters(day: date, end: date, quarter: tuple[int, str]) -> None:
    assert quarter_end(day) == end
    assert financial_quarter(day) == quarter


def test_the_end_of_a_month() -> None:
    assert [month_end(2028, 2), month_end(2026, 2), month_end(2026, 12)] == [
        date(2028, 2, 29),
        date(2026, 2, 28),
        date(2026, 12, 31),
    ]


def test_a_meeting_rule_keeps_its_time_on_the_wall_all_year() -> None:
    found = occurrences(
        SECOND_THURSDAYS, START, LONDON, datetime(2026, 1, 8, 10, tzinfo=UTC), datetime(2026, 9, 10, 9, tzinfo=UTC)
    )
    assert [say_moment(moment, LONDON) for moment in found] == [
        "Thursday 12 March 2026 at 10:00",
        "Thursday 14 May 2026 at 10:00",
        "Thursday 9 July 2026 at 10:00",
        "Thursday 10 September 2026 at 10:00",
    ]
    assert all(moment.tzinfo is UTC for moment in found)


def test_a_start_may_be_written_with_a_space_and_a_rule_with_its_name() -> None:
    first = parse_rule("RRULE:" + SECOND_THURSDAYS.lower() + ";", "2026-01-08 10:00", LONDON)[0]
    assert first == parse_rule(SECOND_THURSDAYS, START, LONDON)[0]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260122", date(2026, 1, 22)),
        ("20260122T090000", date(2026, 1, 15)),
        ("20260122T100000Z", date(2026, 1, 22)),
        ("20260122T095959Z", date(2026, 1, 15)),
    ],
)
def test_until_includes_its_whole_day_and_may_be_universal_time(until: str, last: date) -> None:
    rule = parse_rule(f"FREQ=WEEKLY;UNTIL={until}", START, LONDON)
    assert rule[-1].date() == last


def test_the_occurrences_of_an_endless_rule_come_to_an_end() -> None:
    beginning, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
    assert len(occurrences("FREQ=DAILY", START, LONDON, beginning, end)) == 600
    assert len(occurrences("FREQ=YEARLY;INTERVAL=10", START, LONDON, beginning, end)) == 18
    assert occurrences("FREQ=DAILY", START, LONDON, end, beginning) == []


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "is not a meeting rule"),
        ("every second Thursday", "is not a meeting rule"),
        ("FREQ=MONTHLY;BYDAY=XX", "is not a meeting rule"),
        ("FREQ=MONTHLY\nEXDATE:20260101", "DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;FREQ=DAILY", "is not a meeting rule"),
        ("FREQ=MONTHLY;COUNT=\0", "is not a meeting rule"),
        ("FREQ=MONTHLY;BYDAY=" + "MO," * 99, "is not a meeting rule"),
        ("FREQ=HOURLY", "DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=SECONDLY;BYDAY=MO", "DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;BYHOUR=3", "is not a meeting rule"),
        ("FREQ=MONTHLY;INTERVAL=0", "INTERVAL must be"),
        ("FREQ=MONTHLY;INTERVAL=99999999999", "INTERVAL must be"),
        ("FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2", "does not go with FREQ=DAILY"),
        ("FREQ=WEEKLY;BYMONTH=13", "does not go with FREQ=WEEKLY"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never gives a date"),
        ("FREQ=MONTHLY;BYDAY=6MO", "never gives a date"),
        ("FREQ=MONTHLY;COUNT=0", "never gives a date"),
        ("FREQ=MONTHLY;UNTIL=20250101", "never gives a date"),
        ("FREQ=MONTHLY;UNTIL=tomorrow", "UNTIL must be a date"),
        ("FREQ=MONTHLY;UNTIL=20269999T100000Z", "UNTIL must be a date"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_with_what_to_write(rule: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        parse_rule(rule, START, LONDON)
    assert "\n" not in str(refused.value)
    assert "\0" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-12T10:00", "2026-03-12T10:00+00:00"),
        (" 2026-06-12 10:00 ", "2026-06-12T09:00+00:00"),
        ("2026-06-12T10:00:30", "2026-06-12T09:00:30+00:00"),
        ("2026-06-12T10:00Z", "2026-06-12T10:00+00:00"),
        ("2026-06-12 10:00+02:00", "2026-06-12T08:00+00:00"),
    ],
)
def test_a_local_time_is_read_in_the_partnerships_zone(text: str, moment: str) -> None:
    assert parse_local(text, LONDON) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    ["", "12 March", "2026-03-12", "2026-02-30 10:00", "0001-01-01T00:00", "9999-12-31T23:59-12:00", "x\0" * 999],
)
def test_a_local_time_that_cannot_be_read_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"like 2026-03-12 10:00\."):
        parse_local(text, LONDON)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_rules_and_times(text: str) -> None:
    for wrong in (lambda: parse_local(text, LONDON), lambda: parse_rule(text, START, LONDON)):
        with pytest.raises(ValueError, match=r"Please|Meetings"):
            wrong()


def test_the_normal_interval_is_the_median_gap() -> None:
    first = date(2026, 1, 8)
    assert normal_interval([]) is None
    assert normal_interval([first, first]) is None
    assert normal_interval([first + timedelta(days=n) for n in (63, 0, 126, 400)]) == 63
    assert normal_interval([first, first + timedelta(days=28), first + timedelta(days=63)]) == 31
