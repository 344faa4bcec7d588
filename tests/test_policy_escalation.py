"""Rulings 2, 3 and 4: who is told when an item stays open. Meetings on 8 January, 12 March, 14 May, 9 July 2026…"""

from dataclasses import replace
from datetime import datetime

import pytest

from lifbot.calendar import at_local, local_day
from lifbot.policy import drift
from lifbot.policy.escalation import chase_on, discuss_at, escalate_at, on_closing, unsigned_on
from lifbot.policy.facts import Course, Facts, Rules
from tests.policy_cast import EVERY_TWO_MONTHS, LONDON, RULES, at, done, item, meets, on, paused

USUAL = meets(*EVERY_TWO_MONTHS)
NINE = RULES.nudge_at


def nine(day: str | None) -> datetime | None:
    """09:00 in London on a day."""
    return at_local(on(day), NINE, LONDON) if day else None


@pytest.mark.parametrize(
    ("sentence", "facts", "course", "discuss", "escalate"),
    [
        ("first missed cycle: the chair is told at 09:00 on the next working day; second: the partnership chair",
         item(), USUAL, "2026-05-15", "2026-07-10"),
        ("the next working day after a Friday meeting is Monday", item(), meets("2026-05-15", "2026-07-10"),
         "2026-05-18", "2026-07-13"),
        ("after a meeting on Maundy Thursday it is the Tuesday after Easter", item(), meets("2026-04-02", "2026-05-01"),
         "2026-04-07", "2026-05-05"),
        ("09:00 stays 09:00 when the clocks go forward", item(due="2026-03-20"), meets("2026-03-27", "2026-05-14"),
         "2026-03-30", "2026-05-15"),
        ("and when they go back", item(due="2026-10-01"), meets("2026-10-09", "2026-10-23"), "2026-10-12",
         "2026-10-26"),
        ("a cancelled meeting does not count, and silence does: 31 March + 61 + 14 days", item(),
         meets("2026-05-14 cancelled", "2026-07-09"), "2026-06-15", "2026-07-10"),
        ("moving a meeting moves the cycle", item(), meets("2026-05-14 moved", "2026-05-28", "2026-07-09"),
         "2026-05-29", "2026-07-10"),
        ("a group that stops meeting cannot stop the clock", item(), meets(), "2026-06-15", "2026-09-01"),
        ("the interval unknown: 91 days, plus 14", item(), meets(interval=None), "2026-07-15", "2026-10-28"),
        ("told once is not told again", item(discuss_told=True), USUAL, None, "2026-07-10"),
        ("escalated is not escalated again", item(discuss_told=True, escalated=True), USUAL, None, None),
        ("after a return, two further missed cycles allow one further escalation",
         item(returned_at=at("2026-07-20")), USUAL, "2026-09-11", "2026-11-13"),
        ("returned on the day after: the meeting of 9 July is not counted twice",
         item(returned_at=at("2026-07-10"), discuss_told=True), USUAL, None, "2026-11-13"),
        ("done pauses the clock", done(item(), "2026-05-20"), USUAL, None, None),
        ("cannot, waiting for acceptance, pauses it too",
         item(status="not_completable", pauses=(paused("2026-05-20"),)), USUAL, None, None),
        ("a refused sign-off resumes it where it was: one cycle before, one after",
         item(pauses=(paused("2026-05-20", "2026-08-03"),), discuss_told=True), USUAL, None, "2026-09-11"),
        ("refused with two cycles on the clock: the working day after the refusal",
         item(pauses=(paused("2026-07-09 16:00", "2026-07-24"),), discuss_told=True), USUAL, None, "2026-07-27"),
        ("re-dating restarts the count of cycles", item(due="2026-06-30", original_due_on=on("2026-03-31")), USUAL,
         "2026-07-10", "2026-09-11"),
        ("snooze never stops the cycle clock", item(snoozed_until=on("2026-07-13")), USUAL, "2026-05-15", "2026-07-10"),
        ("declined items go on counting", item(declined=True), USUAL, "2026-05-15", "2026-07-10"),
        ("on hold is silent", item(held=True), USUAL, None, None),
        ("signed off is finished", item(status="complete", signed_off=True), USUAL, None, None),
        ("withdrawn is finished", item(status="withdrawn"), USUAL, None, None),
    ],
)  # fmt: skip
def test_discussed_then_escalated(
    sentence: str, facts: Facts, course: Course, discuss: str | None, escalate: str | None
) -> None:
    assert discuss_at(facts, course, RULES) == nine(discuss), sentence
    assert escalate_at(facts, course, RULES) == nine(escalate), sentence


@pytest.mark.parametrize(("cycles", "escalate"), [(1, "2026-05-15"), (3, "2026-09-11")])
def test_the_number_of_cycles_is_a_setting(cycles: int, escalate: str) -> None:
    rules = Rules(cycles_before_escalation=cycles)
    assert discuss_at(item(), USUAL, rules) == nine("2026-05-15")
    assert escalate_at(item(), USUAL, rules) == nine(escalate)


@pytest.mark.parametrize(
    ("sentence", "facts", "now", "due"),
    [
        ("the first meeting closes", item(), "2026-05-14 12:00", {"discuss"}),
        ("the second closes", item(discuss_told=True), "2026-07-09 12:00", {"escalate"}),
        ("the second closes and the first was never told", item(), "2026-07-09 12:00", {"discuss", "escalate"}),
        ("a meeting before the due date closes", item(), "2026-03-12 12:00", set()),
        ("it was signed off there", item(status="complete", signed_off=True), "2026-07-09 12:00", set()),
        ("it was escalated early", item(escalated=True), "2026-07-09 12:00", set()),
    ],
)
def test_or_when_the_chair_closes_the_meeting_if_that_is_earlier(
    sentence: str, facts: Facts, now: str, due: set[str]
) -> None:
    assert on_closing(facts, USUAL, RULES, at(now)) == due, sentence


@pytest.mark.parametrize(
    ("escalated", "told", "expected"),
    [
        ("2026-07-10", None, "2026-07-15"),          # Friday: Monday, Tuesday, Wednesday
        ("2026-04-01", None, "2026-04-08"),          # over Easter
        ("2026-07-10", "2026-07-15", "2026-07-22"),  # then weekly
        ("2026-12-16", "2026-12-21", "2026-12-29"),  # a bank holiday: the next working day
    ],
)  # fmt: skip
def test_with_no_answer_the_business_unit_is_told(escalated: str, told: str | None, expected: str) -> None:
    assert chase_on(on(escalated), on(told) if told else None, RULES) == on(expected)


@pytest.mark.parametrize(
    ("sentence", "facts", "course", "expected"),
    [
        ("unsigned after two meetings", done(item(), "2026-04-20"), USUAL, "2026-07-10"),
        ("the meeting of the day it was done does not count", done(item(), "2026-05-14 08:00"), USUAL, "2026-09-11"),
        ("not completable likewise",
         replace(done(item(), "2026-04-20"), status="not_completable", waiting="acceptance"), USUAL, "2026-07-10"),
        ("a cancelled meeting is none", done(item(), "2026-05-01"),
         meets("2026-05-14", "2026-07-09 cancelled", "2026-07-16"), "2026-07-17"),
        ("a group that has stopped meeting: 1 May + 2 × 75 days", done(item(), "2026-05-01"), meets(), "2026-09-29"),
        ("then weekly", replace(done(item(), "2026-04-20"), unsigned_told_on=on("2026-07-10")), USUAL, "2026-07-17"),
        ("told about an earlier time: the count begins anew",
         replace(done(item(), "2026-08-03"), unsigned_told_on=on("2026-07-10")), USUAL, "2026-11-13"),
        ("nothing waits", item(), USUAL, None),
        ("signed off", replace(done(item(), "2026-04-20"), signed_off=True), USUAL, None),
        ("on hold", replace(done(item(), "2026-04-20"), held=True), USUAL, None),
    ],
)  # fmt: skip
def test_unsigned_after_two_meetings(sentence: str, facts: Facts, course: Course, expected: str | None) -> None:
    assert unsigned_on(facts, course, RULES) == (on(expected) if expected else None), sentence


LATE = item(due="2026-12-31")


@pytest.mark.parametrize(
    ("sentence", "facts", "course", "now", "expected"),
    [
        ("a first extension is no drift", replace(LATE, extensions=1), USUAL, "2026-01-20", set()),
        ("second extension", replace(LATE, extensions=2), USUAL, "2026-01-20", {"second_extension"}),
        ("no update for two cycles, though it is not yet due", LATE, USUAL, "2026-05-14", {"no_update"}),
        ("not while the second meeting is still to come", LATE, USUAL, "2026-05-13", set()),
        ("an update begins it anew", replace(LATE, heard_at=at("2026-03-20")), USUAL, "2026-05-20", set()),
        ("and then two more", replace(LATE, heard_at=at("2026-03-20")), USUAL, "2026-07-09", {"no_update"}),
        ("owner left", replace(LATE, owner_left=True, left_on=on("2026-01-20")), USUAL, "2026-01-20", {"owner_left"}),
        ("declined, and five working days to take it over",
         replace(LATE, declined=True, waiting="declined", waiting_since=at("2026-01-20")), USUAL, "2026-01-26", set()),
        ("declined and nobody took over",
         replace(LATE, declined=True, waiting="declined", waiting_since=at("2026-01-20")), USUAL, "2026-01-27",
         {"declined"}),
        ("group not meeting: 8 January + 2 × 75 days", replace(LATE, heard_at=at("2026-06-01")), meets(), "2026-06-08",
         {"not_meeting"}),
        ("not yet", replace(LATE, heard_at=at("2026-06-01")), meets(), "2026-06-07", set()),
        ("a meeting planned for next year is no meeting", replace(LATE, heard_at=at("2026-06-01")), meets("2027-06-10"),
         "2026-06-08", {"not_meeting"}),
        ("it meets again", replace(LATE, heard_at=at("2026-06-01")), meets("2026-06-11"), "2026-06-12", set()),
        ("done items do not drift", done(LATE, "2026-01-20"), USUAL, "2026-12-01", set()),
        ("escalated items are with the chair already", replace(LATE, escalated=True), USUAL, "2026-06-01", set()),
    ],
)  # fmt: skip
def test_drift(sentence: str, facts: Facts, course: Course, now: str, expected: set[str]) -> None:
    assert drift.reasons(facts, course, RULES, at(now)) == expected, sentence
    assert expected <= set(drift.WORDS)


def test_the_next_moment_at_which_drift_could_arise() -> None:
    assert drift.when(LATE, USUAL, RULES, at("2026-02-01")) == at("2026-05-14")
    known = replace(LATE, drift_suggested=frozenset({"no_update"}))
    when = drift.when(known, USUAL, RULES, at("2026-02-01"))
    assert when is not None
    assert local_day(when, LONDON) == on("2027-04-12")  # the day after 12 November, the last planned meeting, + 2 × 75
    assert drift.when(done(LATE, "2026-01-20"), USUAL, RULES, at("2026-02-01")) is None
