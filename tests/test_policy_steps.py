"""What happens next for an item: Kirklees' story, step by step. Meetings on 12 March, 14 May, 9 July 2026…"""

from dataclasses import fields, replace

import pytest

from lifbot.calendar import say_moment
from lifbot.policy.facts import Course, Facts
from lifbot.policy.steps import Remind, Step, steps
from tests.policy_cast import EVERY_TWO_MONTHS, LONDON, RULES, at, done, item, meets, on, paused

USUAL = meets(*EVERY_TWO_MONTHS)


def said(step: Step) -> str:
    """The step as "2026-03-31 09:00 Remind today"."""
    [value] = [getattr(step, field.name) for field in fields(step) if field.name != "at"] or [""]
    words = " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
    return f"{step.at.astimezone(LONDON):%Y-%m-%d %H:%M} {type(step).__name__} {words}".strip()


def look(facts: Facts, now: str, course: Course = USUAL) -> list[str]:
    """The steps, as text."""
    return [said(step) for step in steps(facts, course, RULES, at(now))]


HEARD = item(heard_at=at("2026-03-31 15:00"))


@pytest.mark.parametrize(
    ("sentence", "facts", "now", "expected"),
    [
        ("newly logged: the first reminder, and what would come if nothing else did", item(), "2026-01-08 11:00",
         ["2026-03-17 09:00 Remind ahead", "2026-05-15 09:00 Discuss 1", "2026-05-15 09:00 Suggest no_update",
          "2026-07-10 09:00 Escalate 2"]),
        ("on the day, a second before nine", item(nudged_on=on("2026-03-30")), "2026-03-31 08:59",
         ["2026-03-31 09:00 Remind today", "2026-05-15 09:00 Discuss 1", "2026-05-15 09:00 Suggest no_update",
          "2026-07-10 09:00 Escalate 2"]),
        ("at nine it is due, and the next is named", replace(HEARD, nudged_on=on("2026-03-30")), "2026-03-31 09:00",
         ["2026-03-31 09:00 Remind today", "2026-04-07 09:00 Remind overdue", "2026-05-15 09:00 Discuss 1",
          "2026-07-10 09:00 Escalate 2"]),
        ("after downtime: one reminder, that says what stands now", replace(HEARD, nudged_on=on("2026-03-17")),
         "2026-04-09 14:00",
         ["2026-03-30 09:00 Remind overdue", "2026-04-14 09:00 Remind overdue", "2026-05-15 09:00 Discuss 1",
          "2026-07-10 09:00 Escalate 2"]),
        ("after long downtime: discussion and escalation are never dropped", replace(HEARD, nudged_on=on("2026-03-31")),
         "2026-07-20 11:00",
         ["2026-04-07 09:00 Remind overdue", "2026-05-15 09:00 Discuss 2", "2026-07-10 09:00 Escalate 2",
          "2026-07-21 09:00 Remind overdue"]),
        ("escalated: the owner is still reminded", replace(HEARD, nudged_on=on("2026-07-14"), escalated=True),
         "2026-07-14 09:00", ["2026-07-21 09:00 Remind overdue"]),
        ("the owner asks for more time: the chair decides on the next working day",
         replace(HEARD, nudged_on=on("2026-03-31"), waiting="more_time", waiting_since=at("2026-04-02")),
         "2026-04-02 11:00",
         ["2026-04-07 09:00 Remind overdue", "2026-04-07 09:00 Decide more_time", "2026-05-15 09:00 Discuss 1",
          "2026-07-10 09:00 Escalate 2"]),
        ("done: the chair is asked, then weekly, and after two meetings others are told",
         done(item(), "2026-03-20 15:00"), "2026-03-20 15:00",
         ["2026-03-23 09:00 Decide sign_off", "2026-07-10 09:00 Unsigned"]),
        ("asked: again a week later, on a working day",
         replace(done(item(), "2026-03-20"), decision_asked_on=on("2026-03-30")), "2026-03-30 09:00",
         ["2026-04-07 09:00 Decide sign_off", "2026-07-10 09:00 Unsigned"]),
        ("asked about something else the day before: a new question is asked anew",
         replace(done(item(), "2026-03-20"), decision_asked_on=on("2026-03-20")), "2026-03-20 11:00",
         ["2026-03-23 09:00 Decide sign_off", "2026-07-10 09:00 Unsigned"]),
        ("unsigned and told: weekly",
         replace(done(item(), "2026-03-20"), decision_asked_on=on("2026-07-06"), unsigned_told_on=on("2026-07-10")),
         "2026-07-10 09:00", ["2026-07-13 09:00 Decide sign_off", "2026-07-17 09:00 Unsigned"]),
        ("refused sign-off on a Tuesday: no nudge for what passed meanwhile",
         replace(HEARD, pauses=(paused("2026-04-01", "2026-04-28"),)), "2026-04-28 10:30",
         ["2026-05-05 09:00 Remind overdue", "2026-05-15 09:00 Discuss 1", "2026-07-10 09:00 Escalate 2"]),
        ("re-dated: reminders start from the new date, and none at once for days gone by",
         item(due="2026-06-30", told_on=on("2026-06-18"), nudged_on=on("2026-04-07"), heard_at=at("2026-06-17")),
         "2026-06-18 12:00",
         ["2026-06-29 09:00 Remind ahead", "2026-07-10 09:00 Discuss 1", "2026-09-11 09:00 Escalate 2"]),
        ("a second extension is suggested to the chair the next working day, once",
         item(due="2026-06-30", told_on=on("2026-06-19"), extensions=2, heard_at=at("2026-06-17")), "2026-06-19 12:00",
         ["2026-06-22 09:00 Suggest second_extension", "2026-06-29 09:00 Remind ahead", "2026-07-10 09:00 Discuss 1",
          "2026-09-11 09:00 Escalate 2"]),
        ("declined: the owner is left in peace, the chair is asked",
         item(declined=True, waiting="declined", waiting_since=at("2026-01-20"), heard_at=at("2026-01-20")),
         "2026-01-20 12:00",
         ["2026-01-21 09:00 Decide declined", "2026-01-28 09:00 Suggest declined", "2026-05-15 09:00 Discuss 1",
          "2026-07-10 09:00 Escalate 2"]),
        ("on hold is silent, and looked at again", item(held=True), "2026-05-15 09:00", ["2026-05-22 09:00 Wait"]),
        ("nothing left to do but to look again",
         item(owner_left=True, escalated=True), "2026-12-21 12:00", ["2026-12-29 09:00 Wait"]),
        ("signed off is finished", replace(done(item(), "2026-03-20"), signed_off=True), "2026-04-01", []),
        ("accepted is finished", item(status="not_completable", accepted=True), "2026-04-01", []),
        ("withdrawn is finished", item(status="withdrawn"), "2026-04-01", []),
        ("superseded is finished", item(status="superseded"), "2026-04-01", []),
    ],
)  # fmt: skip
def test_next_steps(sentence: str, facts: Facts, now: str, expected: list[str]) -> None:
    assert look(facts, now) == expected, sentence


def test_escalation_as_soon_makes_a_suggestion_pointless() -> None:
    """Silent from the first day, in a group that stopped meeting: the clock and drift agree, and the clock wins."""
    assert look(item(due="2026-01-08", created="2026-01-08", nudged_on=on("2026-06-04")), "2026-06-10", meets()) == [
        "2026-03-25 09:00 Discuss 2", "2026-06-08 09:00 Escalate 2", "2026-06-11 09:00 Remind overdue",
    ]  # fmt: skip


def test_what_drifted_while_it_was_escalated_is_said_the_day_after_its_return() -> None:
    facts = replace(HEARD, nudged_on=on("2026-07-14"), returned_at=at("2026-07-16 11:00"), extensions=2)
    assert look(facts, "2026-07-16 11:00")[0] == "2026-07-17 09:00 Suggest second_extension"


def test_new_reasons_only() -> None:
    facts = item(due="2026-12-31", extensions=2, told_on=on("2026-05-01"))
    assert look(facts, "2026-05-15 09:00")[0] == "2026-05-05 09:00 Suggest no_update second_extension"
    told = replace(facts, drift_suggested=frozenset({"second_extension"}))
    assert look(told, "2026-05-15 09:00")[0] == "2026-05-15 09:00 Suggest no_update"


def test_nine_is_nine_on_both_sides_of_a_clock_change() -> None:
    spring = steps(item(due="2026-03-30"), USUAL, RULES, at("2026-03-27 10:00"))
    assert [say_moment(step.at, LONDON) for step in spring if isinstance(step, Remind)] == [
        "Monday 16 March 2026 at 09:00", "Monday 30 March 2026 at 09:00",
    ]  # fmt: skip
    autumn = steps(item(due="2026-10-26", nudged_on=on("2026-10-23")), USUAL, RULES, at("2026-10-24 10:00"))
    assert autumn[-1].at.hour == 9
    assert [say_moment(step.at, LONDON) for step in autumn if isinstance(step, Remind)] == [
        "Monday 26 October 2026 at 09:00"
    ]
