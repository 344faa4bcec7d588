"""DOMAIN.md's rulings as people live through them: cycles, discussion, escalation, meetings, decisions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.room import CAST, GROUP, HEAD, LD, Room, file, room

MONTHLY = '["2026-01-08T10:00", "2026-02-05T10:00", "2026-03-05T10:00", "2026-04-09T10:00", "2026-05-07T10:00"]'
BOARDS = HEAD.replace(
    "chair: dev, deputy_chair: kim",
    "boards: [{id: c, name: Children, scope: children, chair: dev}, {id: a, name: Adults, scope: adults, chair: kim}]",
)
LEARNING = (
    "  - {id: ld, name: Learning and Development, prefix: LD, chair: cleo, slack_channel: C0LD,"
    ' meetings: {rrule: "FREQ=MONTHLY;BYDAY=1TU", start: "2026-01-06T14:00"}}\n'
)


def escalated(it: Room, to: str = "dev") -> list[str]:
    """When somebody was asked for help, as "2026-03-06 09:00"."""
    return [said.when for said in it.all(to) if said.message.asks == "escalation"]


def discussed(it: Room, to: str = "ben") -> list[str]:
    """When a chair was told what is for discussion."""
    return it.days(to, "or discussion")


def test_discussed_at_the_first_missed_cycle_and_escalated_once_at_the_second(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("Audit thresholds", "20 January 2026")
        it.wind("2026-02-05 12:00")
        answer = it.types("ben", f"meeting close {ref}: waiting for a system change")
        assert "1 discussed" in answer
        it.wind("2026-03-05 12:00")
        assert escalated(it) == []
        it.wind("2026-04-30")
        assert discussed(it) == ["2026-02-05 12:00"]
        assert escalated(it) == ["2026-03-06 09:00"]
        (asked,) = it.all("dev")
        assert "is still open after two meetings" in asked
        assert "The group discussed it on 5 February 2026:\n“waiting for a system change”" in asked
        item = it.item(ref)
        assert (item["brag"], item["cycles_missed"]) == ("red", 3)
        assert [(row["to"], row["reason"]) for row in item["escalations"]] == [("dev", "two_cycles")]


def test_what_the_chair_closes_is_told_at_once_even_in_the_evening(either_database: str) -> None:
    with room(either_database, file('["2026-01-08T18:00", "2026-02-05T18:00", "2026-03-05T18:00"]')) as it:
        it.logs("A", "20 January 2026")
        it.wind("2026-02-05 19:30")
        it.types("ben", "meeting close confirm:yes")
        it.wind("2026-03-05 19:30")
        assert "After two meetings the partnership chair" in it.types("ben", "meeting close confirm:yes")
        it.wind("2026-03-10")
        assert (discussed(it), escalated(it)) == (["2026-02-05 19:30"], ["2026-03-05 19:30"])


def test_at_a_closing_without_a_chair_the_business_unit_hears_what_is_for_discussion(either_database: str) -> None:
    with room(either_database, file(MONTHLY).replace("chair: ben, deputy: grace,", "")) as it:
        it.logs("A", "20 January 2026", by="amina")
        it.wind("2026-02-05 12:00")
        it.types("amina", "meeting close confirm:yes")
        it.pause()
        assert discussed(it, "amina") == ["2026-02-05 12:00"]


@pytest.mark.parametrize(
    ("cycles", "dates", "words"),
    [
        (1, ["2026-02-06 09:00"], "after one meeting"),
        (3, ["2026-04-10 09:00"], "after three meetings"),
    ],
)
def test_the_number_of_cycles_is_the_partnerships(
    either_database: str, cycles: int, dates: list[str], words: str
) -> None:
    with room(either_database, file(MONTHLY, rules=f"cycles_before_escalation: {cycles}")) as it:
        it.logs("A", "20 January 2026")
        it.wind("2026-04-14")
        assert discussed(it) == ["2026-02-06 09:00"]
        assert escalated(it) == dates
        assert f"is still open {words}" in it.all("dev")[0]
        told = it.all("ben", "or discussion")[0]
        assert ("After three meetings the partnership chair is asked" in told) == (cycles == 3)
        assert ("is asked for help as well" in told) == (cycles == 1)


def test_a_return_allows_one_further_escalation_after_two_further_cycles(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-03-06 10:00")
        assert "goes back to" in it.says("dev", "return to group: agree a date with the supplier")
        assert it.item(ref)["brag"] == "amber"
        assert it.item(ref)["escalations"][0]["decision"] == "agree a date with the supplier"
        it.wind("2026-05-30")
        assert discussed(it) == ["2026-02-06 09:00", "2026-04-10 09:00"]
        assert escalated(it) == ["2026-03-06 09:00", "2026-05-08 09:00"]


def test_a_new_date_starts_the_count_again_and_keeps_the_first(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-02-10")
        it.types("ben", f"action extend {ref} 10 March 2026 because the policy is late")
        it.wind("2026-05-10")
        assert escalated(it) == ["2026-05-08 09:00"]
        item = it.item(ref)
        assert (item["original_due_on"], item["due_on"], item["cycles_missed"]) == ("2026-01-20", "2026-03-10", 2)


def test_a_refused_sign_off_resumes_the_clock_where_it_was(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-02-10")
        it.says("cleo", f"{ref} done: 40 trained")
        assert (it.item(ref)["status"], it.item(ref)["brag"]) == ("complete", "green")
        it.wind("2026-03-20")
        assert it.item(ref)["cycles_missed"] == 1
        it.types("ben", f"action return {ref} please add the figures")
        it.wind("2026-04-20")
        assert escalated(it) == ["2026-04-10 09:00"]
        assert it.item(ref)["cycles_missed"] == 2


def test_two_meetings_without_a_decision_are_told_to_deputy_and_business_unit_weekly(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-01-15")
        it.says("cleo", f"{ref} done: 40 trained")
        it.wind("2026-03-16")
        expected = ["2026-03-06 09:00", "2026-03-13 09:00"]
        assert it.days("grace", "without a decision") == expected
        assert it.days("amina", "without a decision") == expected
        assert "Signed off" in it.types("grace", f"action signoff {ref}")
        it.wind("2026-04-01")
        assert it.days("grace", "without a decision") == expected


# --- meetings: cancelled, inquorate, moved, and none at all ------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["meeting cancel 5 February because snow", "meeting cancel inquorate", "meeting cancel last because snow"]
)
def test_a_meeting_said_afterwards_not_to_have_been_held_is_counted_out(either_database: str, typed: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "1 February 2026")
        it.wind("2026-02-06 10:00")
        assert it.item(ref)["cycles_missed"] == 1
        assert "5 February 2026 is taken as cancelled" in it.types("ben", typed)
        assert it.item(ref)["cycles_missed"] == 0
        assert "is cancelled already" in it.types("ben", "meeting cancel 5 February")
        it.wind("2026-04-20")
        assert discussed(it) == ["2026-02-06 09:00"]  # what was sent stays sent, and is not sent again
        assert escalated(it) == ["2026-04-10 09:00"]


def test_cancelled_before_the_chair_was_told_nobody_is_told(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        it.logs("A", "20 January 2026")
        it.wind("2026-02-05 12:00")
        it.types("ben", "meeting cancel last because inquorate")
        it.wind("2026-03-01")
        assert discussed(it) == []


def test_a_cancelled_meeting_withdraws_no_escalation(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-03-06 10:00")
        it.types("ben", "meeting cancel 5 March because inquorate")
        item = it.item(ref)
        assert (item["cycles_missed"], item["brag"], len(item["escalations"])) == (1, "red", 1)


def test_what_is_due_at_a_meeting_moves_with_it_and_the_cycle_too(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        late, tied = it.logs("Late", "20 January 2026"), it.logs("Tied", "next meeting")
        assert "1 that was due at it moved with it" in it.types("ben", "meeting move to 19 February 2026 14:00")
        assert (it.item(tied)["due_on"], it.item(tied)["original_due_on"]) == ("2026-02-19", "2026-02-05")
        assert it.item(tied)["updates"] == []  # it is no extension
        it.wind("2026-02-18")
        assert it.item(late)["cycles_missed"] == 0
        assert it.days("C0SE", "Matters arising") == ["2026-02-17 09:00"]
        it.wind("2026-02-21")
        assert discussed(it) == ["2026-02-20 09:00"]
        assert it.item(late)["cycles_missed"] == 1


def test_a_meeting_may_be_said_to_have_moved_once_it_is_past(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "10 February 2026")
        it.wind("2026-03-20")
        assert "moved to Thursday 12 March 2026 at 10:00" in it.types("ben", "meeting move 5 March to 12 March")
        assert it.item(ref)["cycles_missed"] == 1
        assert "only move to a time still to come" in it.types("ben", "meeting move to 2026-03-19 10:00")
        statuses = {row["at"][:10]: row["status"] for row in it.export()["meetings"]}
        assert (statuses["2026-03-05"], statuses["2026-03-12"], statuses["2026-04-09"]) == ("moved", "held", "planned")


def test_due_at_a_cancelled_meeting_the_old_date_stands(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "next meeting")
        it.types("ben", "meeting cancel because the room is taken")
        assert it.item(ref)["due_on"] == "2026-02-05"
        it.types("ben", "meeting move 5 March to 12 March")
        assert it.item(ref)["due_on"] == "2026-02-05"


def test_a_group_that_stops_meeting_cannot_stop_the_clock(either_database: str) -> None:
    """One meeting gives no interval: 91 and 14 days after 1 February is Sunday 17 May, and again 30 August."""
    with room(either_database, file('["2026-01-08T10:00"]')) as it:
        ref = it.logs("A", "1 February 2026")
        it.wind("2026-05-17")
        assert it.item(ref)["cycles_missed"] == 0
        it.wind("2026-09-02")
        assert discussed(it) == ["2026-05-18 09:00"]
        assert escalated(it) == ["2026-09-01 09:00"]  # 31 August is a bank holiday


# --- who gets an escalation, and what follows ---------------------------------------------------------------------


def test_without_an_answer_the_business_unit_hears_after_three_working_days_then_weekly(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-03-19")
        assert it.days("amina", "no answer") == ["2026-03-11 09:00", "2026-03-18 09:00"]
        it.says("cleo", f"{ref} done: 40 trained")
        it.wind("2026-03-30")
        assert len(it.days("amina", "no answer")) == 2  # while it waits for sign-off there is nothing to answer
        it.types("ben", f"action return {ref} please add the figures")
        it.wind("2026-04-02")
        assert len(it.days("amina", "no answer")) == 3
        assert "have seen" in it.says("dev", "seen")
        it.wind("2026-04-30")
        assert len(it.days("amina", "no answer")) == 3


def test_a_chair_who_cannot_be_reached_is_never_silence(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        it.refuses |= {"dev": "user_not_found"}
        it.logs("A", "20 January 2026")
        it.wind("2026-03-06 10:00")
        assert escalated(it, "kim") == ["2026-03-06 09:00"]
        assert "It comes to you because Dev Rao could not be reached." in it.all("kim")[0]
        assert it.days("amina", "could not be delivered to Dev Rao: the platform knows nobody") == ["2026-03-06 09:00"]
        assert "have seen" in it.says("kim", "seen")


def test_where_chair_and_deputy_are_out_of_reach_the_business_unit_gets_it_and_may_answer(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        it.refuses |= {"dev": "cannot_dm_bot"}
        first, second = it.logs("A", "20 January 2026"), it.logs("B", "20 February 2026")
        it.wind("2026-03-06 10:00")
        assert "partnership chair can do that" in it.says("amina", f"{first} seen")  # Kim has it
        it.refuses |= {"kim": "user_not_found"}
        it.wind("2026-04-10 10:00")
        assert escalated(it, "amina") == ["2026-04-10 09:00"]
        assert "have seen" in it.says("amina", f"{second} seen")
        assert it.item(second)["escalations"][0]["acknowledged_at"] == "2026-04-10T10:00:00+01:00"


def test_each_board_has_its_own_chair_and_a_joint_item_goes_to_both(either_database: str) -> None:
    with room(either_database, BOARDS + CAST + GROUP.format(meetings=MONTHLY)) as it:
        refs = [it.logs(scope, "20 January 2026", more=f"scope:{scope}") for scope in ("child", "adult", "joint")]
        it.wind("2026-03-06 10:00")
        assert [ref for ref in refs if it.all("dev", ref)] == [refs[0], refs[2]]
        assert [ref for ref in refs if it.all("kim", ref)] == [refs[1], refs[2]]
        assert "with the chair of another Board" in it.says("dev", f"{refs[1]} seen")
        assert it.item(refs[1])["escalations"][0]["acknowledged_at"] is None
        assert "have seen" in it.says("dev", f"{refs[2]} seen")


def test_two_new_dates_suggest_an_early_escalation_which_the_chair_makes_with_a_reason(either_database: str) -> None:
    with room(either_database, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        it.types("ben", f"action extend {ref} 20 February 2026 because staff moved")
        it.wind("2026-01-14")
        assert it.all("ben") == []
        it.types("ben", f"action extend {ref} 20 March 2026 because staff moved again")
        it.wind("2026-01-15 10:00")
        assert it.days("ben", ref) == ["2026-01-15 09:00"]
        it.types("ben", f"action escalate {ref} because two agencies disagree")
        it.pause()
        (asked,) = it.all("dev")
        assert "“two agencies disagree”" in asked
        assert "15 January 2026: help asked for" in asked
        assert it.item(ref)["escalations"][0]["reason"] == "drift"


def test_one_owner_of_two_groups_has_one_nudge_a_day(either_database: str) -> None:
    with room(either_database, file(MONTHLY, more=LEARNING)) as it:
        it.logs("A", "3 February 2026")
        it.logs("B", "29 January 2026", owner="ben", by="cleo", place=LD)
        it.wind("2026-04-10")
        mornings = [(said.to, said.when[:10]) for said in it.told if "Good morning" in said]
        assert len(mornings) == len(set(mornings))
        assert len({to for to, _ in mornings}) == 2


def test_references_are_never_used_again(either_database: str) -> None:
    with room(either_database, now=datetime(2026, 12, 30, 10, tzinfo=UTC)) as it:
        first = it.logs("A", "20 March 2027")
        assert "Undone" in it.types("ben", "undo")
        second = it.logs("B", "20 March 2027")
        it.wind("2027-01-04")
        third = it.logs("C", "20 March 2027")
        assert [first, second, third] == ["SE-2026-001", "SE-2026-002", "SE-2027-001"]
        assert [(item["ref"], item["status"]) for item in it.export()["items"]] == [
            (first, "withdrawn"), (second, "not_started"), (third, "not_started"),
        ]  # fmt: skip
