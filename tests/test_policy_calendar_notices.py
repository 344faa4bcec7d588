"""When digests and agendas go out, what stands in them, and how long a failed message waits."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.calendar import at_local, is_working_day, local_day
from lifbot.policy import agenda, digest
from lifbot.policy.brag import Brag
from lifbot.policy.facts import Rules
from lifbot.policy.retry import give_up, wait
from tests.policy_cast import LONDON, RULES, at, on


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-05-06 12:00", "2026-05-11 09:00"),
        ("2026-05-11 08:59", "2026-05-11 09:00"),
        ("2026-05-11 09:00", "2026-05-18 09:00"),
        ("2026-05-18 10:00", "2026-05-26 09:00"),  # the spring bank holiday: Tuesday
        ("2026-05-25 10:00", "2026-05-26 09:00"),  # and not lost on the holiday itself
        ("2026-03-23 10:00", "2026-03-30 09:00"),  # clocks go forward
        ("2026-10-19 10:00", "2026-10-26 09:00"),  # and back
        ("2026-12-21 10:00", "2026-12-29 09:00"),
    ],
)
def test_the_digest_is_weekly_on_a_working_day(after: str, expected: str) -> None:
    assert digest.next_digest(at(after), RULES, LONDON) == at(expected)


def test_a_digest_set_for_saturday_comes_on_monday() -> None:
    assert digest.next_digest(at("2026-06-06"), Rules(digest=(5, time(16))), LONDON) == at("2026-06-08 16:00")


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times(), st.integers(0, 6))
def test_digests_follow_each_other_by_about_a_week(day: date, clock: time, weekday: int) -> None:
    rules, after = Rules(digest=(weekday, time(9))), at_local(day, clock, LONDON)
    first = digest.next_digest(after, rules, LONDON)
    second = digest.next_digest(first, rules, LONDON)
    assert after < first
    assert timedelta(days=3) <= second - first <= timedelta(days=11)
    assert is_working_day(local_day(second, LONDON))
    assert second.astimezone(LONDON).time() == time(9)


def row(ref: str, due: str, status: str = "in_progress", **more: Any) -> digest.Row:
    """An item as the digest sees it, logged in January."""
    plain = digest.Row(ref, f"Text of {ref}", "ICB", on(due), Brag.GREEN, status, False, on("2026-01-08"))
    return replace(plain, **more)


def test_the_digest_counts_each_kind() -> None:
    rows = [
        row("SE-2026-006", "2026-03-31", escalated=True),
        row("SE-2026-001", "2026-05-25"),
        row("SE-2026-002", "2026-05-26", created_on=on("2026-05-05")),
        row("SE-2026-003", "2026-05-11", "not_started"),
        row("SE-2026-004", "2026-04-30", "complete"),
        row("SE-2026-005", "2026-04-30", "complete", closed_on=on("2026-05-04")),
        row("SE-2026-007", "2026-04-30", "not_completable", closed_on=on("2026-05-03")),
        row("SE-2026-008", "2026-05-20", "withdrawn", created_on=on("2026-05-06"), closed_on=on("2026-05-07")),
    ]
    found = digest.counts(rows, on("2026-05-11"))
    assert [item.ref[-1] for item in found.open] == ["6", "3", "1", "2"]
    assert [item.ref[-1] for item in found.due_in_two_weeks] == ["3", "1"]
    assert [item.ref[-1] for item in found.past_date] == ["6"]
    assert [item.ref[-1] for item in found.with_chair] == ["6"]
    assert [item.ref[-1] for item in found.awaiting_sign_off] == ["4"]
    assert [item.ref[-1] for item in found.completed_this_week] == ["5"]
    assert [item.ref[-1] for item in found.new_this_week] == ["2"]
    assert not digest.nothing(found)


@pytest.mark.parametrize(
    ("rows", "silent"),
    [
        ([], True),
        ([row("SE-2026-001", "2026-03-31", "complete", closed_on=on("2026-04-01"))], True),
        ([row("SE-2026-001", "2026-03-31", "withdrawn", created_on=on("2026-05-08"))], True),
        ([row("SE-2026-001", "2026-03-31", "complete")], False),
        ([row("SE-2026-001", "2026-03-31", "complete", closed_on=on("2026-05-08"))], False),
        ([row("SE-2026-001", "2027-03-31")], False),
    ],
)
def test_none_when_nothing_happened_and_nothing_is_open(rows: list[digest.Row], silent: bool) -> None:
    assert digest.nothing(digest.counts(rows, on("2026-05-11"))) is silent


@pytest.mark.parametrize(
    ("meeting", "days", "expected"),
    [
        ("2026-05-14 10:00", 2, "2026-05-12 09:00"),
        ("2026-05-12 10:00", 2, "2026-05-08 09:00"),
        ("2026-04-07 10:00", 2, "2026-04-01 09:00"),  # over Easter
        ("2026-10-26 10:00", 2, "2026-10-22 09:00"),  # clocks go back between
        ("2026-05-16 10:00", 2, "2026-05-14 09:00"),  # a Saturday conference
        ("2026-05-14 10:00", 0, "2026-05-14 09:00"),
    ],
)
def test_the_agenda_comes_two_working_days_before(meeting: str, days: int, expected: str) -> None:
    assert agenda.agenda_at(at(meeting), Rules(agenda_working_days_before=days), LONDON) == at(expected)


def test_each_item_appears_once_in_the_first_part_that_fits() -> None:
    def matter(number: int, due: str, status: str = "in_progress", **more: Any) -> agenda.Row:
        plain = agenda.Row(f"SE-2026-{number:03}", "Text", "ICB", on(due), Brag.GREEN, status)
        return replace(plain, **more)

    recently: dict[str, Any] = {"updated_on": on("2026-05-01")}
    rows = [
        matter(1, "2026-03-31", missed=1, **recently), matter(2, "2026-07-10", **recently), matter(3, "2026-07-09"),
        matter(4, "2026-07-01", **recently), matter(5, "2026-07-06"), matter(6, "2026-08-30", **recently),
        matter(7, "2026-08-30", updated_on=on("2026-05-14")), matter(8, "2026-03-31", "complete", **recently),
        matter(9, "2026-03-31", "complete", closed_on=on("2026-05-14")), matter(10, "2026-03-31", "withdrawn"),
        matter(11, "2026-02-28", missed=2),
    ]  # fmt: skip
    found = agenda.matters(rows, on("2026-07-07"), on("2026-07-09"), on("2026-05-14"))
    assert [item.ref[-3:] for item in found.for_discussion] == ["011", "001"]
    assert [item.ref[-3:] for item in found.due] == ["003"]
    assert [item.ref[-3:] for item in found.overdue] == ["004", "005"]
    assert [item.ref[-3:] for item in found.updated] == ["007"]
    assert [item.ref[-3:] for item in found.awaiting_sign_off] == ["008"]
    assert len(found.rows) == len({item.ref for item in found.rows})


@pytest.mark.parametrize(
    ("attempt", "retry_after", "jitter", "seconds"),
    [
        (1, None, 0, 5), (2, None, 0, 10), (3, None, 0, 20), (3, None, 1, 30), (9, None, 0, 1280), (12, None, 1, 3600),
        (10**9, None, 1, 3600), (1, 30, 0, 30), (1, 2, 0, 5), (12, 7200, 1, 7200), (0, None, 0, 5),
    ],
)  # fmt: skip
def test_waits_double_from_five_seconds_to_an_hour(
    attempt: int, retry_after: float | None, jitter: float, seconds: int
) -> None:
    assert wait(attempt, retry_after, jitter) == timedelta(seconds=seconds)


@given(st.integers(0, 100), st.none() | st.floats(0, 86_400), st.floats(0, 1))
def test_retry_after_is_honoured_and_nothing_else_waits_over_an_hour(
    attempt: int, retry_after: float | None, jitter: float
) -> None:
    seconds = wait(attempt, retry_after, jitter).total_seconds()
    assert max(5.0, retry_after or 0) - 1e-6 <= seconds <= max(3600.0, retry_after or 0) + 1e-6


def test_giving_up_after_forty_attempts_or_three_days() -> None:
    first = at("2026-05-11")
    assert not give_up(39, first, first + timedelta(days=2))
    assert give_up(40, first, first)
    assert give_up(2, first, first + timedelta(days=3))
