"""Ruling 9: nudges. In 2026 Good Friday is 3 April, Easter Monday 6 April; 25 and 28 December are bank holidays."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.calendar import is_working_day, on_or_before
from lifbot.policy.facts import Facts, Rules
from lifbot.policy.moments import late_ok, notice_moment
from lifbot.policy.reminders import anchor, latest_snooze, missed_nudge, next_nudge, why_now
from tests.policy_cast import LONDON, RULES, at, done, item, on, paused


def series(facts: Facts, after: str, number: int, rules: Rules = RULES) -> list[str]:
    """The next nudges as "2026-03-17 ahead"."""
    found: list[str] = []
    day = on(after)
    while len(found) < number and (nudge := next_nudge(facts, rules, day)):
        day = nudge[0]
        found.append(f"{day} {nudge[1]}")
    return found


@pytest.mark.parametrize(
    ("sentence", "due", "expected"),
    [
        ("14 and 3 days before, on the day, then weekly while overdue", "2026-06-30",
         ["2026-06-16 ahead", "2026-06-29 ahead", "2026-06-30 today", "2026-07-07 overdue", "2026-07-14 overdue"]),
        ("all on working days", "2026-07-16",
         ["2026-07-02 ahead", "2026-07-13 ahead", "2026-07-16 today", "2026-07-23 overdue", "2026-07-30 overdue"]),
        ("on the working day before for on the day: Sunday comes on Friday", "2026-06-28",
         ["2026-06-15 ahead", "2026-06-25 ahead", "2026-06-26 today", "2026-07-06 overdue", "2026-07-13 overdue"]),
        ("Easter Monday comes on Maundy Thursday, and the one that Good Friday would put off gives way", "2026-04-06",
         ["2026-03-23 ahead", "2026-04-02 today", "2026-04-13 overdue", "2026-04-20 overdue", "2026-04-27 overdue"]),
        ("on the next working day otherwise: 14 days before 20 April is Easter Monday", "2026-04-20",
         ["2026-04-07 ahead", "2026-04-17 ahead", "2026-04-20 today", "2026-04-27 overdue", "2026-05-05 overdue"]),
        ("a weekly nudge on the substitute day of Boxing Day comes a day later", "2026-12-21",
         ["2026-12-07 ahead", "2026-12-18 ahead", "2026-12-21 today", "2026-12-29 overdue", "2027-01-04 overdue"]),
    ],
)  # fmt: skip
def test_when_owners_are_nudged(sentence: str, due: str, expected: list[str]) -> None:
    assert series(item(due=due), "2026-01-08", 5) == expected, sentence


def test_three_days_before_a_tuesday_is_the_monday() -> None:
    """3 days before Tuesday 30 June is Saturday, so the nudge comes on Monday, and the one on the day still comes."""
    assert series(item(due="2026-06-30"), "2026-06-17", 2) == ["2026-06-29 ahead", "2026-06-30 today"]


@pytest.mark.parametrize(
    ("why_not", "facts"),
    [
        ("done, waiting for sign-off", done(item(), "2026-02-01")),
        ("the clock stands still", item(pauses=(paused("2026-02-01"),))),
        ("declined", item(declined=True)),
        ("the owner has left", item(owner_left=True)),
        ("on hold means silent", item(held=True)),
        ("signed off", item(status="complete", signed_off=True)),
        ("accepted as not completable", item(status="not_completable", accepted=True)),
        ("withdrawn", item(status="withdrawn")),
        ("superseded", item(status="superseded")),
    ],
)
def test_nobody_is_nudged_about(why_not: str, facts: Facts) -> None:
    assert next_nudge(facts, RULES, on("2026-01-08")) is None, why_not


def test_a_persons_overdue_items_share_one_weekday() -> None:
    shared = anchor(None, [on("2026-03-31"), on("2026-04-15")])
    assert shared == on("2026-03-31")  # a Tuesday
    later = item(due="2026-04-15", overdue_anchor=shared)
    assert series(later, "2026-04-15", 3) == ["2026-04-21 overdue", "2026-04-28 overdue", "2026-05-05 overdue"]


def test_the_shared_weekday_stays_until_nothing_is_overdue() -> None:
    assert anchor(on("2026-03-31"), [on("2026-04-15")]) == on("2026-03-31")
    assert anchor(on("2026-03-31"), []) is None


def test_an_overdue_nudge_is_never_on_or_before_the_due_date() -> None:
    facts = item(due="2026-04-21", overdue_anchor=on("2026-03-31"))
    assert series(facts, "2026-04-21", 1) == ["2026-04-28 overdue"]


@pytest.mark.parametrize(
    ("sentence", "until", "after", "expected"),
    [
        ("no nudge before the day, one on it, then as usual", "2026-06-18", "2026-06-15",
         ["2026-06-18 ahead", "2026-06-29 ahead"]),
        ("the day of waking is a Saturday: Monday", "2026-06-20", "2026-06-16",
         ["2026-06-22 ahead", "2026-06-29 ahead"]),
        ("snoozed across the due date: what stands then", "2026-07-02", "2026-06-29",
         ["2026-07-02 overdue", "2026-07-07 overdue"]),
        ("a snooze that is over changes nothing", "2026-06-18", "2026-06-18", ["2026-06-29 ahead", "2026-06-30 today"]),
    ],
)  # fmt: skip
def test_snooze(sentence: str, until: str, after: str, expected: list[str]) -> None:
    assert series(item(due="2026-06-30", snoozed_until=on(until)), after, 2) == expected, sentence


@pytest.mark.parametrize(
    ("sentence", "meeting", "latest"),
    [
        ("at most 7 days", None, "2026-06-08"),
        ("at most 7 days, though the meeting is later", "2026-07-09", "2026-06-08"),
        ("never past the next meeting", "2026-06-04", "2026-06-04"),
        ("nowhere on the day of the meeting", "2026-06-01", "2026-06-01"),
    ],
)
def test_latest_snooze(sentence: str, meeting: str | None, latest: str) -> None:
    assert latest_snooze(on("2026-06-01"), on(meeting) if meeting else None, RULES) == on(latest), sentence


def test_after_downtime_one_nudge_says_what_stands_now() -> None:
    facts = item(due="2026-06-30")
    assert missed_nudge(facts, RULES, on("2026-06-15"), on("2026-07-01")) == (on("2026-06-16"), "overdue")
    assert missed_nudge(facts, RULES, on("2026-06-16"), on("2026-06-26")) is None


@pytest.mark.parametrize(
    ("today", "why"),
    [("2026-06-25", "ahead"), ("2026-06-26", "today"), ("2026-06-28", "today"), ("2026-06-29", "overdue")],
)
def test_why_now_for_an_item_due_on_a_sunday(today: str, why: str) -> None:
    assert why_now(item(due="2026-06-28"), on(today)) == why


@pytest.mark.parametrize(
    ("now", "nudge", "notice"),
    [
        ("2026-03-27 07:59", "2026-03-27 09:00", "2026-03-27 08:00"),
        ("2026-03-27 08:30", "2026-03-27 09:00", "2026-03-27 08:30"),
        ("2026-03-27 09:00", "2026-03-27 09:00", "2026-03-27 09:00"),
        ("2026-03-27 17:59", "2026-03-27 17:59", "2026-03-27 17:59"),
        ("2026-03-27 18:00", "2026-03-30 09:00", "2026-03-30 08:00"),  # Friday evening, and the clocks change on Sunday
        ("2026-10-24 12:00", "2026-10-26 09:00", "2026-10-26 08:00"),  # and back
        ("2026-04-03 12:00", "2026-04-07 09:00", "2026-04-07 08:00"),  # Good Friday to the Tuesday
        ("2026-12-24 19:00", "2026-12-29 09:00", "2026-12-29 08:00"),
    ],
)  # fmt: skip
def test_late_nudges_and_notices_keep_to_working_hours(now: str, nudge: str, notice: str) -> None:
    assert late_ok(at(now), RULES, LONDON) == at(nudge)
    assert notice_moment(at(now), RULES, LONDON) == at(notice)


def test_nudge_time_is_a_setting() -> None:
    assert late_ok(at("2026-03-27 10:00"), Rules(nudge_at=time(11, 15)), LONDON) == at("2026-03-27 11:15")


dates = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@given(due=dates, after=dates, series_start=st.none() | dates, every=st.integers(1, 30))
def test_every_nudge_is_later_on_a_working_day_and_says_what_holds(
    due: date, after: date, series_start: date | None, every: int
) -> None:
    overdue_anchor = series_start if series_start and series_start <= due else None
    facts = item(due=due.isoformat(), overdue_anchor=overdue_anchor)
    nudge = next_nudge(facts, Rules(overdue_every_days=every), after)
    assert nudge is not None
    day, why = nudge
    assert day > after
    assert is_working_day(day)
    assert why == why_now(facts, day)
    assert why != "ahead" or day < on_or_before(due)
    assert day <= max(after, due) + timedelta(days=every + 5)
