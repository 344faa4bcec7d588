"""Ruling 1: what a missed cycle is."""

from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from lifbot.calendar import local_day, say_date, say_moment
from lifbot.policy.cycles import missed, since_return, upcoming
from lifbot.policy.facts import Course, Facts, Sitting
from tests.policy_cast import EVERY_TWO_MONTHS, LONDON, RULES, at, done, item, meets, paused

USUAL = meets(*EVERY_TWO_MONTHS)


def days(facts: Facts, course: Course, now: str) -> list[str]:
    """The local days of the missed cycles, as ISO dates."""
    return [local_day(moment, LONDON).isoformat() for moment in missed(facts, course, RULES, at(now))]


@pytest.mark.parametrize(
    ("sentence", "facts", "course", "now", "expected"),
    [
        ("a cycle is missed each time a meeting is held on a later date than the due date with the item still open",
         item(), USUAL, "2026-09-01", ["2026-05-14", "2026-07-09"]),
        ("a meeting before the due date is no missed cycle", item(), USUAL, "2026-04-20", []),
        ("a meeting on the due date itself is no missed cycle", item(due="2026-05-14"), USUAL, "2026-05-20", []),
        ("a meeting the day after the due date is one", item(due="2026-05-13"), USUAL, "2026-05-14", ["2026-05-14"]),
        ("a meeting counts as held once its start has passed, not before", item(), USUAL, "2026-05-14 09:59", []),
        ("and from its start on", item(), USUAL, "2026-05-14 10:00", ["2026-05-14"]),
        ("unless somebody says that it was cancelled", item(),
         meets("2026-05-14 cancelled", "2026-06-11"), "2026-06-12", ["2026-06-11"]),
        ("cancelled after two had been counted: the count is corrected", item(),
         meets("2026-05-14", "2026-07-09 cancelled"), "2026-07-10", ["2026-05-14"]),
        ("two sittings on one day are one meeting", item(),
         meets("2026-05-14", "2026-05-14"), "2026-05-20", ["2026-05-14"]),
        ("moved: the cycle moves with the meeting", item(),
         meets("2026-05-14 moved", "2026-05-28"), "2026-06-01", ["2026-05-28"]),
        ("moved: not before the new day", item(), meets("2026-05-14 moved", "2026-05-28"), "2026-05-20", []),
        ("moved to before the due date: no cycle", item(due="2026-05-13"),
         meets("2026-05-14 moved", "2026-05-12"), "2026-05-20", []),
        ("with the item still open: a meeting while it was done does not count",
         item(pauses=(paused("2026-05-10", "2026-05-20"),)), USUAL, "2026-07-10", ["2026-07-09"]),
        ("done and waiting: no further cycle", done(item(), "2026-06-01"), USUAL, "2027-06-01", ["2026-05-14"]),
        ("done while the meeting was sitting: it had begun with the item open",
         done(item(), "2026-05-14 11:00"), USUAL, "2026-05-20", ["2026-05-14"]),
        ("logged after its due date: the count starts when it was logged",
         item(due="2025-11-30", created="2026-05-20"), USUAL, "2026-07-10", ["2026-07-09"]),
        ("re-dating restarts the count: the new date is what counts", item(due="2026-06-30"), USUAL, "2026-07-10",
         ["2026-07-09"]),
    ],
)  # fmt: skip
def test_missed_by_meetings(sentence: str, facts: Facts, course: Course, now: str, expected: list[str]) -> None:
    assert days(facts, course, now) == expected, sentence


@pytest.mark.parametrize(
    ("sentence", "facts", "course", "now", "expected"),
    [
        ("a normal interval plus 14 days since the due date: 31 March + 61 + 14 is 14 June, so on 15 June",
         item(), meets(), "2026-06-15 00:00", ["2026-06-15"]),
        ("not while the last day runs", item(), meets(), "2026-06-14 23:59", []),
        ("interval unknown: 91 days, plus 14: 31 March + 105 is 14 July", item(), meets(interval=None),
         "2026-07-15 00:00", ["2026-07-15"]),
        ("since the last held meeting, if that is later: 14 May + 75 is 28 July", item(), meets("2026-05-14"),
         "2026-07-29", ["2026-05-14", "2026-07-29"]),
        ("a group that stops meeting cannot stop the clock: it goes on", item(), meets(), "2026-12-01",
         ["2026-06-15", "2026-08-29", "2026-11-12"]),
        ("cancelled meetings are not held ones", item(), meets("2026-05-14 cancelled", "2026-06-20 cancelled"),
         "2026-06-15", ["2026-06-15"]),
        ("a meeting before the interval is up puts it off", item(), meets("2026-05-14", "2026-07-09"), "2026-07-29",
         ["2026-05-14", "2026-07-09"]),
        ("a meeting held before the due date does not bring it forward", item(), meets("2026-03-12"), "2026-06-14", []),
        ("the silence and then the meeting are a cycle each", item(), meets("2026-06-20"), "2026-06-21",
         ["2026-06-15", "2026-06-20"]),
        ("days while it was done do not count towards it: 15 June + 10",
         item(pauses=(paused("2026-05-10", "2026-05-20"),)), meets(), "2026-06-25", ["2026-06-25"]),
        ("nor before that", item(pauses=(paused("2026-05-10", "2026-05-20"),)), meets(), "2026-06-24", []),
        ("days done before the due date take nothing away",
         item(pauses=(paused("2026-02-10", "2026-02-20"),)), meets(), "2026-06-15", ["2026-06-15"]),
        ("two pauses add up", item(pauses=(paused("2026-05-10", "2026-05-20"), paused("2026-06-20", "2026-06-22"))),
         meets(), "2026-06-30", ["2026-06-27"]),
        ("while it is done the silence is nobody's", done(item(), "2026-06-01"), meets(), "2027-06-01", []),
    ],
)  # fmt: skip
def test_missed_by_silence(sentence: str, facts: Facts, course: Course, now: str, expected: list[str]) -> None:
    assert days(facts, course, now) == expected, sentence


@pytest.mark.parametrize(
    ("due", "meeting", "counts"),
    [
        ("2026-03-28", "2026-03-29 00:30", True),   # 00:30 GMT on the night the clocks go forward: a later date
        ("2026-05-14", "2026-05-14 23:30", False),  # 22:30 UTC, and still the 14th
        ("2026-05-14", "2026-05-15 00:30", True),   # 23:30 UTC on the 14th is the 15th in London
        ("2026-10-25", "2026-10-25 23:30", False),
        ("2026-10-25", "2026-10-26 00:15", True),
    ],
)  # fmt: skip
def test_a_later_date_is_later_on_the_local_wall(due: str, meeting: str, counts: bool) -> None:
    course = Course(LONDON, (Sitting(at(meeting), "held"),), 61)
    assert bool(missed(item(due=due), course, RULES, at(meeting))) is counts


def test_silence_ends_at_local_midnight_in_summer_and_winter() -> None:
    moments = missed(item(), meets(), RULES, at("2026-12-01"))
    assert [say_moment(moment, LONDON)[-5:] for moment in moments] == ["00:00", "00:00", "00:00"]
    assert [moment.hour for moment in moments] == [23, 23, 0]  # UTC: summer time twice, then winter


def test_another_zone_has_its_own_days() -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    evening = Sitting(at("2026-03-31 20:00"), "held")  # already 1 April there
    assert missed(item(), Course(auckland, (evening,), 61), RULES, at("2026-04-01"))
    assert not missed(item(), Course(LONDON, (evening,), 61), RULES, at("2026-04-01"))


def test_after_a_return_only_further_cycles_count() -> None:
    facts = item(returned_at=at("2026-07-15"))
    assert since_return(facts, USUAL, RULES, at("2026-08-01")) == 0
    assert since_return(facts, USUAL, RULES, at("2026-09-11")) == 1
    assert since_return(facts, USUAL, RULES, at("2026-11-13")) == 2
    assert len(missed(facts, USUAL, RULES, at("2026-11-13"))) == 4


def test_upcoming_assumes_planned_meetings_then_silence() -> None:
    coming = islice(upcoming(item(), USUAL, RULES, at("2026-09-10 11:00")), 3)
    assert [say_date(local_day(moment, LONDON)) for moment in coming] == [
        "12 November 2026", "27 January 2027", "12 April 2027",
    ]  # fmt: skip


def test_nothing_is_upcoming_while_it_waits_for_sign_off() -> None:
    assert list(upcoming(done(item(), "2026-06-01"), USUAL, RULES, at("2026-06-02"))) == []
