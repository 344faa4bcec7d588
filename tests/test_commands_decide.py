"""What chairs decide: sign-off, return, acceptance, new dates, new owners, escalations and their answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, at_desk, buttons_of

ONE = "SE-2026-001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite, with one action of Cleo's."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        it.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        yield it


def kinds(desk: Desk) -> list[str]:
    """Return what has happened to the item, by kind."""
    return [each["kind"] for each in desk.item(ONE)["updates"]]


def test_done_then_signed_off(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        desk.cleo("/lif action done 1 trained")
        waiting = desk.item(ONE)
        assert (waiting["status"], waiting["brag"], waiting["signed_off_on"]) == ("complete", "green", None)
        assert "Signed off SE-2026-001." in desk.ben("/lif action signoff 1 thank you all").plain()
        item = desk.item(ONE)
        assert (item["status"], item["brag"], item["signed_off_on"]) == ("complete", "blue", "2026-01-09")
        assert (item["updates"][-1]["kind"], item["updates"][-1]["text"]) == ("signed_off", "thank you all")
        assert "was signed off on 9 January 2026" in desk.refuses("grace", "/lif action signoff 1")


def test_returned_with_a_note_and_done_again(desk: Desk) -> None:
    desk.cleo("/lif action done 1 trained")
    asked = desk.ben("/lif action return 1")
    assert asked.form is not None
    assert "goes back to Cleo Hart with your note" in desk.submits("ben", asked.form, text="Please add figures").plain()
    assert desk.item(ONE)["status"] == "in_progress"
    desk.cleo("/lif action done 1 40 staff")
    desk.grace("/lif action signoff 1")
    assert kinds(desk) == ["done", "returned", "done", "signed_off"]
    assert [each["text"] for each in desk.item(ONE)["evidence"]] == ["trained", "40 staff"]


def test_not_completable_accepted_or_returned(desk: Desk) -> None:
    desk.cleo("/lif action cannot 1 because the post is vacant instead we briefed teams")
    assert "Type /lif action accept SE-2026-001" in desk.refuses("ben", "/lif action signoff 1")
    desk.ben("/lif action return 1 Could Locala help?")
    assert desk.item(ONE)["not_completable"] is None
    desk.cleo("/lif action cannot 1 because:the post is vacant instead:we briefed teams")
    assert "is accepted as not completable" in desk.ben("/lif action accept 1").plain()
    item = desk.item(ONE)
    assert item["not_completable"] == {
        "reason": "the post is vacant",
        "done_instead": "we briefed teams",
        "accepted_by": "ben",
    }
    assert (item["status"], item["brag"]) == ("not_completable", "blue")


def test_more_time_granted_with_one_word(desk: Desk) -> None:
    desk.cleo("/lif action extend 1 30 June because it is with legal")
    assert desk.item(ONE)["due_on"] == "2026-03-31"
    shown = desk.ben("/lif action show 1")
    assert {"Agree", "Other date…", "Return…"} <= {button.label for button in buttons_of(shown)}
    assert "is now due 30 June 2026; it was 31 March 2026." in desk.clicks("ben", shown, "Agree").plain()
    item = desk.item(ONE)
    assert (item["due_on"], item["original_due_on"]) == ("2026-06-30", "2026-03-31")
    assert item["updates"][-1]["text"] == "31 March 2026 to 30 June 2026: it is with legal"


def test_more_time_with_another_date_or_none(desk: Desk) -> None:
    desk.cleo("/lif action extend 1 30 June because it is with legal")
    form = desk.clicks("ben", desk.ben("/lif action show 1"), "Other date").form
    assert form is not None
    faults = desk.submits("ben", form, due="next meeting of XY", because="sooner")
    assert faults.errors
    desk.submits("ben", form, due="30 April", because="sooner is better")
    assert desk.item(ONE)["due_on"] == "2026-04-30"
    desk.cleo("/lif action extend 1 31 July because it is still with legal")
    desk.ben("/lif action return 1 Please keep to April")
    assert desk.item(ONE)["due_on"] == "2026-04-30"
    assert kinds(desk) == ["more_time", "extended", "more_time", "returned"]


def test_a_date_that_passed_while_it_waited(desk: Desk) -> None:
    desk.cleo("/lif action extend 1 30 April because it is with legal")
    desk.is_on("2026-05-04T10:00:00+01:00")
    assert "has passed. Type /lif action extend SE-2026-001" in desk.refuses("ben", "/lif action accept 1")


def test_a_chair_needs_a_reason_for_a_new_date(desk: Desk) -> None:
    asked = desk.ben("/lif action extend 1 30 June")
    assert "Reason?" in asked.plain()
    assert kinds(desk) == []
    desk.ben("/lif action extend 1 due:30 June because the audit moved")
    assert desk.item(ONE)["due_on"] == "2026-06-30"


REASSIGNED = ("to @ian", "@ian", "owner:Ian Carter", "<@U0IAN>", "to Ian because Cleo moved")


@pytest.mark.parametrize("typed", REASSIGNED)
def test_reassign(desk: Desk, typed: str) -> None:
    desk.cleo("/lif action decline 1 I have moved")
    assert "Ian Carter now answers for SE-2026-001." in desk.ben(f"/lif action reassign 1 {typed}").plain()
    item = desk.item(ONE)
    assert (item["owner"], item["agency"]) == ("ian", "police")
    assert kinds(desk) == ["declined", "reassigned"]
    assert "can do that" in desk.refuses("cleo", "/lif action done 1 trained")


def test_reassign_asks_who(desk: Desk) -> None:
    asked = desk.types("ben", "/lif action reassign 1", can_open_form=False)
    assert "Who is the one accountable owner?" in asked.plain()
    desk.clicks("ben", asked, "Ian Carter")
    assert desk.item(ONE)["owner"] == "ian"
    assert "One person answers for it" in desk.refuses("ben", "/lif action reassign 1 to @cleo and @ian")


def test_accept_and_decline_by_the_owner(desk: Desk) -> None:
    assert "Thank you for taking on SE-2026-001." in desk.cleo("/lif action accept 1").plain()
    assert "asked who should answer for" in desk.cleo("/lif action decline 1 Try Ian").plain()
    desk.ben("/lif action return 1 It is yours after all")
    assert kinds(desk) == ["update", "declined", "returned"]


EDITS = (
    ("1 text:Audit MASH and MARF because the scope grew", {"text": "Audit MASH and MARF"}),
    ("1 Audit MARF because the form changed", {"text": "Audit MARF"}),
    ("1 source:Deep dive 2 because it was left out", {"source": "Deep dive 2"}),
    ("1 agency:police because they lead", {"agency": "police"}),
    ("1 criteria:fewer repeats why:the group agreed it", {"success_criteria": "fewer repeats"}),
)


@pytest.mark.parametrize(("typed", "then"), EDITS)
def test_edit(desk: Desk, typed: str, then: dict[str, str]) -> None:
    assert "SE-2026-001 is changed" in desk.ben(f"/lif action edit {typed}").plain()
    item = desk.item(ONE)
    assert {name: item[name] for name in then} == then
    desk.ben("/lif undo")
    assert desk.item(ONE)["text"] == "Audit MASH"


def test_withdraw_keeps_the_reference(desk: Desk) -> None:
    desk.ben("/lif action withdraw 1 because it was logged twice")
    item = desk.item(ONE)
    assert (item["status"], item["brag"]) == ("withdrawn", None)
    assert "SE-2026-002" in desk.ben("/lif action add Again owner:@cleo due:31 March").plain()


def test_an_early_escalation_and_its_answers(desk: Desk) -> None:
    assert (
        "The partnership chair is asked for help with SE-2026-001."
        in desk.ben("/lif action escalate 1 because two agencies disagree").plain()
    )
    assert "with the partnership chair already" in desk.refuses("ben", "/lif action escalate 1 because again")
    assert desk.item(ONE)["brag"] == "red"
    desk.reminded("dev", ONE, asks="escalation")
    assert "you have seen SE-2026-001" in desk.says("dev", "Seen.").plain()
    assert "Your decision on SE-2026-001 is recorded" in desk.says("dev", "decide: the ICB will lead").plain()
    assert "goes back to Safeguarding" in desk.says("dev", "return to group: please agree a date").plain()
    (row,) = desk.item(ONE)["escalations"]
    assert (row["to"], row["reason"], row["decision"]) == ("dev", "early", "the ICB will lead")
    assert row["acknowledged_at"]
    assert desk.item(ONE)["brag"] == "green"
    assert "is not with the partnership chair" in desk.says("dev", "seen").plain()


def test_a_returned_item_may_be_escalated_again(desk: Desk) -> None:
    for _ in range(2):
        desk.ben("/lif action escalate 1 because stuck")
        desk.dev("/lif action return 1 Please try once more")
    assert [row["decision"] for row in desk.item(ONE)["escalations"]] == ["Please try once more"] * 2
