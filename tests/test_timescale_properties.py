"""What holds for every timescale, whatever the day and whatever is typed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lifbot.calendar import DAYS, MONTHS, is_working_day, month_end, say_date, working_days_between
from lifbot.timescale import Calendar, DueDate, MeetingDate, Question, common, read, take_from

SE = ("Safeguarding Effectiveness Subgroup", "SE")
LD = ("Learning & Development Subgroup", "L&D")

todays = st.dates(date(2024, 1, 1), date(2035, 12, 31))
ahead = st.integers(0, 9 * 365)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    today = draw(todays)
    days = draw(st.lists(st.integers(0, 400), max_size=5, unique=True))
    meetings = [
        MeetingDate(*(("se", SE) if n % 3 else ("ld", LD)), n, today + timedelta(days=day))
        for n, day in enumerate(days)
    ]
    return Calendar(today, draw(st.sampled_from(["se", "ld", None])), tuple(meetings))


def _suffix(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


FORMATS: list[Callable[[date], str]] = [
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()}T09:30",
    lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day:02}/{d.month:02}/{d.year % 100:02}",
    lambda d: f"{d.day}.{d.month}.{d.year % 100:02}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    lambda d: f"{d.day}-{d.month}-{d.year}",
    say_date,
    lambda d: f"{d.day}{_suffix(d.day)} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"the {d.day} {_suffix(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year % 100:02}",
    lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}".upper(),
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1][:3]} {d.day}{_suffix(d.day)} {d.year}",
    lambda d: f"{DAYS[d.weekday()]} {say_date(d)}",
    lambda d: f"{DAYS[d.weekday()][:3]} {d.day} {MONTHS[d.month - 1][:3]} {d.year} 5pm",
    lambda d: f"by {say_date(d)}, noon",
    lambda d: f"in place by the {d.day}{_suffix(d.day)} of {MONTHS[d.month - 1]} {d.year} as the plan says",
]
YEARLESS: list[Callable[[date], str]] = [
    lambda d: f"{d.day}/{d.month}",
    lambda d: f"{d.day}.{d.month:02}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]}",
    lambda d: f"by {DAYS[d.weekday()]} {d.day}{_suffix(d.day)} {MONTHS[d.month - 1]} at 5pm",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}{_suffix(d.day)}",
]


@given(calendars(), ahead, st.sampled_from(FORMATS))
def test_every_way_to_write_a_date_gives_that_date(
    calendar: Calendar, days: int, written: Callable[[date], str]
) -> None:
    on = calendar.today + timedelta(days=days)
    found = read(written(on), calendar)
    assert isinstance(found, DueDate), (written(on), found)
    assert found.on == on


@given(calendars(), st.integers(0, 364), st.sampled_from(YEARLESS))
def test_a_day_without_a_year_is_the_next_such_day(
    calendar: Calendar, days: int, written: Callable[[date], str]
) -> None:
    on = calendar.today + timedelta(days=days)
    found = read(written(on), calendar)
    assert isinstance(found, DueDate), (written(on), found)
    assert found.on == on


@given(calendars(), st.integers(0, 9 * 12), st.booleans(), st.sampled_from(["{}", "by {}", "end of {}", "in {}."]))
def test_a_month_and_year_are_its_last_day(calendar: Calendar, months: int, short: bool, around: str) -> None:
    index = calendar.today.month - 1 + months
    year, month = calendar.today.year + index // 12, index % 12 + 1
    name = MONTHS[month - 1][:3] if short else MONTHS[month - 1]
    found = read(around.format(f"{name} {year}"), calendar)
    assert isinstance(found, DueDate), found
    assert found.on == month_end(year, month)


@given(calendars(), st.integers(1, 12))
def test_a_month_alone_is_the_last_day_of_the_next_such_month(calendar: Calendar, month: int) -> None:
    found = read(MONTHS[month - 1], calendar)
    assert isinstance(found, DueDate)
    assert (found.on.month, (found.on + timedelta(days=1)).day) == (month, 1)
    assert calendar.today <= found.on < calendar.today + timedelta(days=397)


@given(calendars(), st.integers(1, 200))
def test_working_days_are_counted_from_the_day_after(calendar: Calendar, count: int) -> None:
    found = read(f"within {count} working days", calendar)
    assert isinstance(found, DueDate)
    assert is_working_day(found.on)
    assert working_days_between(calendar.today, found.on) == count


WORDS = re.findall(
    r"[^ ]+",
    "by in within at the next of end before after when once if and or to from for until on due no later than this "
    "31 3 2 27 2026 2027 26/27 2026/27 31/3 1.4.27 2026-12-31 Q3 q1 March may Feb Sept april Friday mon weds 5pm noon "
    "day days week weeks month months quarter year years working six three a twenty-one fortnight meeting meetings SE "
    "L&D board subgroup term autumn spring early mid- late ongoing immediately asap monthly six-monthly basis every "
    "twice tbc required agreed policy funding permitting ( ) , . ; : / - ' \" \0 <!channel> & 1st 3rd first last "
    "Monday tomorrow times a-month biannual",
)
phrases = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
texts = st.one_of(st.text(max_size=80), phrases, st.text("0123456789/.- marchfeb", max_size=30))


@given(texts, calendars())
@example("9" * 300, Calendar(date(2026, 2, 12), None, ()))
@example("in 99999 years", Calendar(date(2026, 2, 12), None, ()))
@example("31/12/9999", Calendar(date(2026, 2, 12), None, ()))
@example("\u0661\u0662/\u0663", Calendar(date(2026, 2, 12), None, ()))
def test_whatever_is_typed_gives_a_date_ahead_or_a_question_that_can_be_answered(said: str, calendar: Calendar) -> None:
    found = read(said, calendar)
    if isinstance(found, DueDate):
        assert found.on >= calendar.today
        assert found.how
        return
    assert found.why
    assert found.choices
    for choice in found.choices:
        again = read(choice.says, calendar)
        assert isinstance(again, DueDate), (choice, again)
        assert re.search(rf"\b{say_date(again.on)}\b", choice.label)


@given(calendars())
def test_the_common_answers_can_be_read_again(calendar: Calendar) -> None:
    assert common(calendar)
    for choice in common(calendar):
        found = read(choice.says, calendar)
        assert isinstance(found, DueDate)
        assert found.on > calendar.today


@given(
    st.sampled_from(["audit MASH thresholds", "@cleo to review the guidance", "train staff by hand"]),
    texts,
    calendars(),
)
def test_what_is_taken_off_a_sentence_reads_the_same_alone(task: str, said: str, calendar: Calendar) -> None:
    text = f"{task} by {said}"
    taken = take_from(text, calendar)
    if taken is None:
        return
    left, words = taken
    assert left.startswith(task.split()[0])
    assert words
    found = read(words, calendar)
    assert isinstance(found, DueDate | Question)
    assert not isinstance(found, Question) or not found.why.startswith("I cannot read")
    if isinstance(found, DueDate):
        assert read(text[len(left) :].strip(" ,;:-("), calendar) == found


@given(st.integers(0, 9 * 365), st.sampled_from(FORMATS[:17]), calendars())
def test_every_date_is_taken_off_the_end_of_a_sentence(
    days: int, written: Callable[[date], str], calendar: Calendar
) -> None:
    on = calendar.today + timedelta(days=days)
    taken = take_from(f"audit MASH thresholds by {written(on)}", calendar)
    assert taken is not None
    assert taken[0] == "audit MASH thresholds"
    found = read(taken[1], calendar)
    assert isinstance(found, DueDate)
    assert found.on == on


@pytest.mark.parametrize(
    "said",
    [
        "a " * 150,
        "1/" * 150,
        "next " * 60,
        "in the " * 40 + "may",
        "by " * 5000,
        "((((" * 70,
        "31 march or " * 25,
        "\0" * 9999,
    ],
)
def test_hostile_text_is_answered_at_once(said: str) -> None:
    calendar = Calendar(date(2026, 2, 12), "se", (MeetingDate("se", SE, 1, date(2026, 3, 12)),))
    read("warm up", calendar)
    began = perf_counter()
    read(said, calendar)
    take_from(said, calendar)
    assert perf_counter() - began < 1
