"""Whose an item is: taken on, declined, handed over, shared with contributors, named by post or agency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import FILE, LD, Desk, at_desk, buttons_of

LINKED = FILE.replace("name: West Yorkshire ICB}", "name: West Yorkshire ICB, ld_link: cleo}").replace(
    "name: West Yorkshire Police}", "name: West Yorkshire Police, ld_link: ben}"
)
DUE = "due:31 March 2026"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite; the ICB's link is Cleo, the police's is Ben, the council has none."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", LINKED) as it:
        yield it


def log(desk: Desk, owner: str = "@cleo", more: str = "") -> str:
    """Let Ben log an action; returns its reference."""
    said = desk.ben(f"/lif action add Audit MASH thresholds owner:{owner} {DUE} {more}").plain()
    assert "Saved as " in said, said
    return said.partition("Saved as ")[2].partition(",")[0]


# --- taking on, declining ---------------------------------------------------------------------------------------


def test_an_owner_takes_an_item_on_and_it_is_shown(desk: Desk) -> None:
    ref = log(desk)
    assert desk.item(ref)["taken_on_at"] is None
    assert f"Thank you for taking on {ref}" in desk.says("cleo", f"{ref} accept").plain()
    assert desk.item(ref)["taken_on_at"].startswith("2026-01-09")
    assert "Taken on: 9 January 2026" in desk.ben(f"/lif action show {ref}").plain()


def test_who_logs_their_own_has_taken_it_on(desk: Desk) -> None:
    assert desk.item(log(desk, "me"))["taken_on_at"]


def test_a_decline_without_a_word_asks_kindly_and_the_next_words_are_the_reason(desk: Desk) -> None:
    ref = log(desk)
    desk.reminded("cleo", ref)
    asked = desk.says("cleo", "not mine").plain()
    assert "Who might it be for, or why is it not yours? Reply with a line, or leave it at that." in asked
    assert "is asked who should answer" in desk.says("cleo", "Grace leads on this now").plain()
    declined = [row["text"] for row in desk.item(ref)["updates"] if row["kind"] == "declined"]
    assert declined == ["", "Grace leads on this now"]
    assert "is declined already" in desk.refuses("cleo", f"/lif action decline {ref}")


def test_the_reason_may_be_left_empty(desk: Desk) -> None:
    ref = log(desk)
    desk.reminded("cleo", ref)
    desk.says("cleo", "not mine")
    assert "All right" in desk.says("cleo", "no").plain()
    assert "Thank you" in desk.says("cleo", "thanks").plain()
    assert [row["kind"] for row in desk.item(ref)["updates"]] == ["declined"]


def test_the_chairs_own_goes_to_the_deputy_or_the_business_unit(desk: Desk) -> None:
    ref = log(desk, "@ben")
    assert "The deputy or the business unit is asked" in desk.ben(f"/lif action decline {ref} I moved").plain()


def test_words_about_a_declined_item_still_count_and_taking_it_on_ends_the_decline(desk: Desk) -> None:
    ref = log(desk)
    desk.cleo(f"/lif action decline {ref} not my team")
    said = desk.cleo(f"/lif action update {ref} I have begun all the same").plain()
    assert f"It still waits for another owner; to keep it, type /lif action accept {ref}" in said
    desk.cleo(f"/lif action accept {ref}")
    assert ref not in desk.ben("/lif action list waiting").plain()
    desk.cleo(f"/lif action decline {ref} no")
    assert "is complete and waits for sign-off" in desk.cleo(f"/lif action done {ref} trained").plain()
    assert "Signed off" in desk.ben(f"/lif action signoff {ref}").plain()


# --- contributors -----------------------------------------------------------------------------------------------


def test_a_contributor_sees_the_item_and_gives_updates_but_does_not_end_it(desk: Desk) -> None:
    ref = log(desk, more="with:@jo")
    assert desk.item(ref)["contributors"] == ["jo"]
    shown = desk.types("jo", f"/lif action show {ref}", LD)
    assert "Contributors: Jo Bell" in shown.plain()
    assert [button.label for button in buttons_of(shown)] == ["My part is done", "Update", "Post a card"]
    assert "your update" in desk.types("jo", f"/lif action update {ref} survey is out", LD).plain()
    said = desk.types("jo", f"/lif action done {ref} 40 answers", LD).plain()
    assert f"Your part of {ref} is noted as done, and Cleo Hart, who answers for the whole, is told." in said
    item = desk.item(ref)
    assert (item["status"], item["updates"][-1]["kind"]) == ("in_progress", "update")
    assert item["updates"][-1]["text"] == "Jo's part is done: 40 answers"


@pytest.mark.parametrize(
    "typed", ["cannot {ref} because X instead Y", "extend {ref} 30 June because ill", "snooze {ref}"]
)
def test_what_only_the_owner_can_say_is_refused_kindly(desk: Desk, typed: str) -> None:
    ref = log(desk, more="with:@jo")
    said = desk.refuses("jo", f"/lif action {typed.format(ref=ref)}", LD)
    assert f"You contribute to {ref}; Cleo Hart answers for it and can do that." in said
    assert f"type /lif action update {ref}" in said


def test_contributors_come_and_go(desk: Desk) -> None:
    ref = log(desk)
    assert (
        "Grace Okafor, Ian Carter contribute" in desk.cleo(f"/lif action contributors {ref} with:@grace, @ian").plain()
    )
    assert "Grace Okafor contributes" in desk.ben(f"/lif action contributors {ref} without:@ian").plain()
    assert "Nothing in that differs" in desk.refuses("ben", f"/lif action contributors {ref} with:@cleo")
    said = desk.types("grace", f"/lif action decline {ref} no time").plain()
    assert f"You no longer contribute to {ref}; Cleo Hart is told." in said
    assert (desk.item(ref)["contributors"], desk.item(ref)["owner"]) == ([], "cleo")
    desk.types("grace", "/lif undo")
    assert desk.item(ref)["contributors"] == ["grace"]


# --- handing over -----------------------------------------------------------------------------------------------


def test_an_item_is_handed_over_once_the_other_says_yes(desk: Desk) -> None:
    ref = log(desk)
    said = desk.cleo(f"/lif action handover {ref} to:@jo because she leads on training").plain()
    assert f"Jo Bell is asked whether they can take over {ref}. Until they say yes, you answer for it." in said
    assert (desk.item(ref)["owner"], desk.item(ref)["offered_to"]) == ("cleo", "jo")
    shown = desk.types("jo", f"/lif action show {ref}", LD)
    assert "Thank you. You now answer for" in desk.clicks("jo", shown, "I'll take it", LD).plain()
    item = desk.item(ref)
    assert (item["owner"], item["offered_to"], item["agency"]) == ("jo", None, "council")
    assert item["updates"][-1] == {
        "at": "2026-01-09T10:00:00+00:00",
        "by": "jo",
        "for": None,
        "corrects": None,
        "kind": "reassigned",
        "text": "Cleo Hart to Jo Bell: taken over",
    }
    assert item["taken_on_at"]


def test_who_says_no_leaves_it_where_it_was(desk: Desk) -> None:
    ref = log(desk)
    desk.cleo(f"/lif action handover {ref} to @jo")
    said = desk.types("jo", f"/lif action decline {ref} I am full", LD).plain()
    assert f"Cleo Hart, who answers for {ref}, is told." in said
    assert (desk.item(ref)["owner"], desk.item(ref)["offered_to"]) == ("cleo", None)
    assert "can be seen by" in desk.refuses("jo", f"/lif action show {ref}", LD)


def test_a_second_offer_replaces_the_first_and_one_of_a_closed_item_lapses(desk: Desk) -> None:
    ref = log(desk)
    desk.cleo(f"/lif action handover {ref} to @ian")
    desk.cleo(f"/lif action handover {ref} to @jo")
    assert "is not offered to you now: Cleo Hart answers for it" in desk.refuses("ian", f"/lif action take {ref}")
    desk.cleo(f"/lif action done {ref} trained")
    assert desk.item(ref)["offered_to"] is None
    desk.ben(f"/lif action return {ref} Please add figures")
    desk.cleo(f"/lif action handover {ref} to @jo")
    desk.ben(f"/lif action reassign {ref} to @kim")
    assert desk.item(ref)["offered_to"] is None


def test_an_offer_is_undone_like_all_else(desk: Desk) -> None:
    ref = log(desk)
    desk.cleo(f"/lif action handover {ref} to @jo")
    desk.cleo("/lif undo")
    assert desk.item(ref)["offered_to"] is None


def test_handing_over_to_oneself_or_to_who_owns_it_is_told_what_to_type(desk: Desk) -> None:
    ref = log(desk)
    assert "answers for SE-2026-001 already" in desk.refuses("cleo", f"/lif action handover {ref} to me")
    assert f"type /lif action take {ref}" in desk.refuses("ben", f"/lif action handover {ref} to me")
    assert "You answer for" in desk.refuses("cleo", f"/lif action take {ref}")
    assert "can do that" in desk.refuses("jo", f"/lif action take {ref}", LD)


# --- posts and agencies -----------------------------------------------------------------------------------------

READ = (
    ("the chair of L&D", "harry", "Harry Lund, chair of Learning and Development Subgroup"),
    ("chair of SE", "ben", "Ben Carter, chair of Safeguarding Effectiveness Subgroup"),
    ("L&D chair", "harry", "chair of Learning and Development Subgroup"),
    ("the chair", "ben", "chair of Safeguarding Effectiveness Subgroup"),
    ("SE's deputy", "grace", "Grace Okafor, deputy of Safeguarding Effectiveness Subgroup"),
    ("deputy chair of SE", "grace", "deputy of Safeguarding"),
    ("partnership chair", "dev", "Dev Rao, chair of the partnership"),
    ("the deputy chair of the partnership", "kim", "deputy chair of the partnership"),
    ("the business unit", "amina", "Amina Yusuf, in the business unit"),
    ("police", "ben", "“police” was read as Ben Carter, link of West Yorkshire Police."),
    ("West Yorkshire ICB", "cleo", "link of West Yorkshire ICB"),
)


@pytest.mark.parametrize(("typed", "owner", "says"), READ, ids=[row[0] for row in READ])
def test_an_owner_is_named_by_post_or_agency_and_the_answer_says_how_it_was_read(
    desk: Desk, typed: str, owner: str, says: str
) -> None:
    said = desk.ben(f"/lif action add Audit owner:{typed} {DUE}").plain()
    assert says in said
    assert desk.item("SE-2026-001")["owner"] == owner


ASKED = (
    ("council", "Kirklees Council has no link person yet. Who answers for it there?", "Jo Bell"),
    ("West Yorkshire", "could be West Yorkshire ICB or West Yorkshire Police. Who is meant?", "Cleo Hart"),
    ("the deputy of L&D", "There is no deputy of Learning and Development Subgroup just now.", "Harry Lund"),
    ("Carter", "could be Ben Carter, Ian Carter. Who is meant?", "Ian Carter"),
)


@pytest.mark.parametrize(("typed", "why", "button"), ASKED, ids=[row[0] for row in ASKED])
def test_what_is_unclear_is_asked_with_buttons(desk: Desk, typed: str, why: str, button: str) -> None:
    before = desk.log()
    asked = desk.ben(f"/lif action add Audit owner:{typed} {DUE}")
    assert why in asked.plain()
    assert desk.log() == before
    assert "Saved as" in desk.clicks("ben", asked, button).plain()


def test_a_persons_name_wins_over_an_agencys(tmp_path: Path) -> None:
    named = LINKED.replace("name: Jo Bell,", "name: Police Bell,")
    with at_desk(f"sqlite:///{tmp_path / 'two.db'}", named) as desk:
        desk.ben(f"/lif action add Audit owner:police {DUE}")
        assert desk.item("SE-2026-001")["owner"] == "jo"


def test_minutes_name_posts_and_agencies_at_the_front(desk: Desk) -> None:
    desk.ben("/lif action add Chair of L&D to update the training plan by 31 March 2026")
    desk.ben("/lif action add West Yorkshire Police to share the dataset by 31 March 2026")
    desk.ben(f"/lif action add Share the dataset agency:icb {DUE}")
    assert [item["owner"] for item in desk.export()["items"]] == ["harry", "ben", "cleo"]
    assert desk.item("SE-2026-002")["text"] == "Share the dataset"


def test_the_reassigned_owner_may_be_an_agencys_link(desk: Desk) -> None:
    ref = log(desk)
    assert "Ben Carter now answers for" in desk.amina(f"/lif action reassign {ref} to police").plain()


# --- owners in no workspace -------------------------------------------------------------------------------------


def test_an_owner_in_no_workspace_is_reached_through_their_link_who_may_answer(desk: Desk) -> None:
    said = desk.amina(f"/lif action add Audit owner:@fay {DUE}").plain()
    assert "Fay O'Brien is not in Slack, so Ben Carter is told in their place." in said
    assert "Accountable owner: Fay O'Brien (through Ben Carter)" in desk.cleo("/lif action show 1").plain()
    assert "Recorded for Fay O'Brien." in desk.ben("/lif action update 1 Fay rang: half done").plain()
    assert desk.item("SE-2026-001")["updates"][-1]["for"] == "fay"
    assert "update, Ben Carter for Fay O'Brien" in desk.cleo("/lif action show 1").plain()


def test_a_link_who_is_no_lead_may_answer_for_who_is_in_no_workspace_and_for_nobody_else(tmp_path: Path) -> None:
    linked = LINKED.replace("ld_link: ben", "ld_link: jo")
    with at_desk(f"sqlite:///{tmp_path / 'jo.db'}", linked) as desk:
        desk.ben(f"/lif action add Audit owner:@fay {DUE}")
        desk.ben(f"/lif action add Audit owner:@ian {DUE}")
        assert "Recorded for Fay O'Brien." in desk.types("jo", "/lif action done SE-2026-001 trained", LD).plain()
        assert "can do that" in desk.refuses("jo", "/lif action done SE-2026-002 trained", LD)
