"""The guard as people meet it: what could identify somebody is caught before anything is kept, at every door."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from commands import COMMANDS, guarding
from lifbot.guard import Known, look
from lifbot.notices import identifying
from storage import log
from tests.desk import Desk, at_desk, buttons_of
from tests.identifying import TODAY

NUMBER = "943 476 5870"
CHILD = "Speak with the school of Child AB, aged 7"


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with at_desk(database_url) as it:
        yield it


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite alone: what is asked here is not the database's business."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def logged(desk: Desk, what: str) -> list[dict[str, object]]:
    return [entry for entry in desk.export()["log"] if entry["what"] == what]


def kept(desk: Desk) -> str:
    """Everything that the database holds, as text."""
    with desk.db.begin() as session:
        tables = SQLModel.metadata.sorted_tables
        return "\n".join(str(tuple(row)) for table in tables for row in session.connection().execute(select(table)))


# --- what is certain ---------------------------------------------------------------------------------------------


def test_an_nhs_number_is_not_logged_and_never_repeated(desk: Desk) -> None:
    answer = desk.ben(f"/lif action add Review the file of {NUMBER} owner:@cleo due:31 March")
    assert "Nothing was saved. I saw what looks like an NHS number (9…70) in “What is to be done”." in answer.plain()
    assert NUMBER not in answer.plain() + answer.summary
    assert [button.label for button in buttons_of(answer)] == ["Edit"]
    assert desk.export()["items"] == []
    assert NUMBER not in kept(desk)


def test_edit_opens_the_form_without_the_number_and_the_rest_is_still_there(quick: Desk) -> None:
    answer = quick.ben(f"/lif action add Review the file of {NUMBER} owner:@cleo due:31 March")
    form = quick.clicks("ben", answer, "Edit").form
    assert form is not None
    values = {field.name: field.value for field in form.fields}
    assert values["text"] == "Review the file of [NHS number taken out]"
    assert (values["owner"], values["due"]) == ("@cleo", "31 March")
    saved = quick.submits("ben", form, text="Review the file that the GP named")
    assert "Saved as SE-2026-001" in saved.plain()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("dob 12/03/2018", "a date of birth"),
        ("see B801200005001", "a pupil's number (UPN)"),
        ("NI AB 12 34 56 C", "a National Insurance number"),
        ("they live at HD1 4AP", "a postcode"),
        ("ring 07912 345678", "a phone number"),
        ("write to zofia.nowak@gmail.com", "the e-mail address of somebody outside the partnership"),
        ("crime ref 13/12345/26", "a case or crime reference"),
    ],
)
def test_each_kind_is_caught_in_a_reply_to_a_reminder(quick: Desk, words: str, kind: str) -> None:
    quick.ben("/lif action add Audit MASH thresholds owner:@cleo due:31 March")
    quick.reminded("cleo", "SE-2026-001")
    before = quick.log()
    answer = quick.says("cleo", f"update {words}")
    assert kind in answer.plain()
    assert quick.log() == before


def test_words_that_are_no_command_are_not_put_aside_either(quick: Desk) -> None:
    for number, what in enumerate(("Audit MASH thresholds", "Review the form"), 1):
        quick.ben(f"/lif action add {what} owner:@cleo due:31 March")
        assert quick.item(f"SE-2026-00{number}")
    quick.reminded("cleo", "SE-2026-001", "SE-2026-002")
    answer = quick.says("cleo", f"the GP has {NUMBER} on file")
    assert "NHS number" in answer.plain()
    assert "Please write it again without it." in answer.plain()
    assert NUMBER not in kept(quick)


def test_a_form_says_it_beside_the_field_and_stays_open(quick: Desk) -> None:
    form = quick.ben("/lif action add").form
    assert form is not None
    given = {"owner": "@cleo", "due": "31 March", "success_criteria": f"Fewer like {NUMBER}"}
    answer = quick.submits("ben", form, text="Audit referrals", **given)
    ((field, note),) = answer.errors
    assert field == "success_criteria"
    assert "an NHS number (9…70)" in note
    assert quick.export()["items"] == []


def test_a_date_as_it_was_said_is_looked_at_too(quick: Desk) -> None:
    answer = quick.ben("/lif action add Audit referrals owner:@cleo due:31 March, ring 07912 345678")
    assert "a phone number" in answer.plain()
    assert quick.export()["items"] == []


# --- what is a question ------------------------------------------------------------------------------------------


def test_initials_are_asked_about_and_a_click_runs_the_line_as_it_was(desk: Desk) -> None:
    answer = desk.ben(f"/lif action add {CHILD} owner:@cleo due:31 March")
    assert "I saw what may be initials (AB)" in answer.plain()
    assert [button.label for button in buttons_of(answer)] == ["Edit", "It is not identifying"]
    assert desk.export()["items"] == []
    saved = desk.clicks("ben", answer, "It is not identifying")
    assert "Saved as SE-2026-001" in saved.plain()
    assert desk.item("SE-2026-001")["text"] == CHILD
    (entry,) = logged(desk, log.CLEARED)
    assert (entry["by"], entry["why"]) == ("ben", "initials in action add")


def test_undo_takes_back_the_action_and_not_the_word_given_for_it(quick: Desk) -> None:
    answer = quick.ben(f"/lif action add {CHILD} owner:@cleo due:31 March")
    quick.clicks("ben", answer, "It is not identifying")
    assert "Undone: action add." in quick.ben("/lif undo").plain()
    assert quick.item("SE-2026-001")["status"] == "withdrawn"


def test_what_is_still_missing_is_asked_and_the_question_not_put_twice(quick: Desk) -> None:
    answer = quick.ben(f"/lif action add {CHILD} owner:@cleo")
    asked = quick.clicks("ben", answer, "It is not identifying")
    assert "By when?" in asked.plain()
    assert "Saved as SE-2026-001" in quick.clicks("ben", asked, "Next meeting").plain()
    assert len(logged(quick, log.CLEARED)) == 1


def test_only_who_wrote_it_can_say_so(quick: Desk) -> None:
    answer = quick.ben(f"/lif action add {CHILD} owner:@cleo due:31 March")
    refused = quick.clicks("grace", answer, "It is not identifying")
    assert "more than a day old" in refused.plain()
    assert quick.export()["items"] == []
    typed = buttons_of(answer)[-1].command
    quick.ben(f"/lif {typed}")
    assert quick.export()["items"] == []


def test_a_number_is_never_waved_through_with_initials(quick: Desk) -> None:
    answer = quick.ben(f"/lif action add {CHILD}, {NUMBER} owner:@cleo due:31 March")
    assert [button.label for button in buttons_of(answer)] == ["Edit"]


def test_a_form_asks_again_with_a_tick(quick: Desk) -> None:
    form = quick.ben("/lif action add").form
    assert form is not None
    again = quick.submits("ben", form, text=CHILD, owner="@cleo", due="31 March").form
    assert again is not None
    text, tick = again.fields[0], again.fields[-1]
    assert (text.value, tick.kind, tick.options) == (CHILD, "tick", (("yes", "This does not identify anyone"),))
    assert "I saw what may be initials (AB)." in text.hint
    assert quick.submits("ben", again).form is not None, "without the tick it is asked once more"
    assert quick.export()["items"] == []
    assert "Saved as SE-2026-001" in quick.submits("ben", again, vouched="yes").plain()
    assert logged(quick, log.CLEARED)[0]["why"] == "initials in action add"


def test_names_of_the_partnership_pass(quick: Desk) -> None:
    for text in (
        "Ask Grace Okafor and Fay O'Brien how the ICB does it",
        "Share with West Yorkshire Police and the Learning and Development Subgroup",
        "Ask whether C.H. and B.C. can pilot it",
        "Close LD-2025-014 when SE-2026-003 has reported",
    ):
        assert "Saved as" in quick.ben(f"/lif action add {text} owner:@cleo due:31 March").plain(), text
    assert logged(quick, log.CLEARED) == []


def test_pasted_minutes_are_looked_at_before_they_are_previewed(quick: Desk) -> None:
    answer = quick.ben(f"/lif action paste Cleo to review the file of {NUMBER} by 31 March\nCleo to audit MASH by May")
    assert "NHS number" in answer.plain()
    assert NUMBER not in kept(quick)
    shown = quick.ben("/lif action paste Cleo to review the toolkit by 31 March")
    assert shown.form is not None
    changed = quick.submits("ben", shown.form, line1="Cleo to ring the mother on 07912 345678 by 31 March")
    assert changed.errors[0][0] == "line1"
    assert quick.export()["items"] == []


def test_a_message_that_is_edited_to_hold_a_number_changes_nothing_in_the_log(quick: Desk) -> None:
    quick.ben("/lif action add Audit MASH thresholds owner:@cleo due:31 March")
    quick.hears("cleo", "update SE-2026-001 draft is ready", "D0CLEO", "words", event="slack:D0CLEO:7.5")
    before = quick.log()
    for words, seen in ((f"for {NUMBER}", "an NHS number (9…70)"), ("for Child AB, aged 7", "initials (AB)")):
        text, given = f"update SE-2026-001 {words}", {"event": f"slack:{words}", "edits": "slack:D0CLEO:7.5"}
        answer = quick.hears("cleo", text, "D0CLEO", "words", **given)
        assert answer is not None
        assert "The log keeps the words that were there." in answer.plain()
        assert seen in answer.plain()
    assert quick.log() == before


# --- immediate risk ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["A child is at immediate risk at home", "She is being hurt tonight", "He is in danger right now, please help"],
)
def test_immediate_risk_is_passed_on_and_not_a_word_of_it_kept(desk: Desk, words: str) -> None:
    answer = desk.cleo(f"/lif issue add {words} due:31 March owner:@cleo")
    assert "dial 999" in answer.plain()
    assert "council" in answer.plain()
    assert buttons_of(answer) == []
    assert desk.export()["items"] == []
    assert words not in kept(desk)
    (entry,) = logged(desk, log.PASSED_ON)
    assert (entry["by"], entry["why"], entry["after"]) == ("cleo", None, {})


def test_immediate_risk_in_a_direct_message_is_passed_on_too(quick: Desk) -> None:
    answer = quick.says("cleo", "999")
    assert "dial 999" in answer.plain()
    assert len(logged(quick, log.PASSED_ON)) == 1
    assert "There is nothing of yours to undo." in quick.says("cleo", "undo").plain()


def test_a_form_about_somebody_in_danger_closes_with_the_same_words(quick: Desk) -> None:
    form = quick.ben("/lif action add").form
    assert form is not None
    answer = quick.submits("ben", form, text="The boy is being hit now", owner="@cleo", due="31 March")
    assert answer.errors == ()
    assert "dial 999" in answer.plain()


@pytest.mark.parametrize(
    "text",
    ["Agree what staff do when a child is at immediate risk", "Audit 999 calls", "Put dial 999 on the leaflet"],
)
def test_work_about_risk_is_logged_as_any_other(quick: Desk, text: str) -> None:
    assert "Saved as" in quick.ben(f"/lif action add {text} owner:@cleo due:31 March").plain()


# --- what passes by ----------------------------------------------------------------------------------------------


def test_setting_up_searching_and_help_are_never_stopped(quick: Desk) -> None:
    quick.amina("/lif person add Lee Park agency:icb email:lee.park@example.org")
    assert "Lee Park" in quick.amina("/lif person").plain()
    for line in (
        "/lif find Child AB",
        f"/lif find {NUMBER}",
        "/lif help action add",
        "/lif undo",
        "/lif action list mine",
    ):
        assert "Nothing was saved" not in quick.amina(line).plain(), line


def test_every_command_is_guarded_or_named_as_exempt() -> None:
    exempt = {command.words for command in COMMANDS if guarding.is_exempt(command)}
    first = {words.split()[0] for words in exempt}
    assert first == {"undo", "help", "find", "action", "mine", "home", "decisions", *guarding.SET_UP}
    assert {words for words in exempt if words.startswith("action ")} == {"action list", "action file", "action themes"}


def test_outsiders_get_their_one_line_and_nothing_more(quick: Desk) -> None:
    answer = quick.types("eve", f"/lif action add {NUMBER}")
    assert "does not know this account" in answer.plain()


def test_a_concern_about_practice_leads_to_the_agencys_link_and_is_not_kept(quick: Desk) -> None:
    quick.amina("/lif agency edit Police link:<@U0IAN>")
    answer = quick.cleo("/lif concern agency:Police")
    assert "Ian Carter is the link of West Yorkshire Police" in answer.plain()
    assert "Amina Yusuf" in quick.cleo("/lif concern ICB").plain()
    assert [entry["why"] for entry in logged(quick, log.POINTED)] == ["police", "icb"]


# --- the words themselves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a" * 8000,
        "1" * 8000,
        "1 " * 4000,
        "case no " + "1-" * 3900 + "x",
        "LCS " * 2000,
        "Child " * 1300,
        "A." * 4000,
        "Aa " * 2600,
        "0 " * 3900 + "x",
        "born " * 1600,
        "x@" * 4000,
        "<@" * 4000,
        "https://" * 1000,
        "is being " * 800,
        "\u202e" + "١" * 500,
    ],
)
def test_hostile_words_are_looked_at_in_no_time(text: str) -> None:
    start = time.perf_counter()
    look(text, Known, TODAY)
    assert time.perf_counter() - start < 2


def test_nothing_of_an_answer_is_told_on_a_lock_screen() -> None:
    answer = identifying.passed_on()
    assert answer.summary == "Please dial 999 or contact your council now."
