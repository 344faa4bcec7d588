"""Hand-offs: what one group puts out opens an item in another, both are linked, and it can be handed back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.teams import render as teams_render
from tests import teams_limits
from tests.desk import LD, Desk, at_desk, buttons_of
from tests.room import HEAD, file, room

ONE, NEED = "SE-2026-001", "LD-2026-001"
HAND = f"/lif action handoff {ONE} Staff need training in chairing to:LD owner:@harry due:next meeting"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an action of Cleo's that is done."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        it.ben("/lif action add Review chairing owner:@cleo due:31 March source:LCSPR 2 theme:chairing concerns:joint")
        it.ben(f"/lif action tag {ONE} priority:Neglect")
        it.cleo(f"/lif action done {ONE} reviewed with the chairs of two families' meetings")
        yield it


def test_the_output_of_one_group_is_the_input_of_another(desk: Desk) -> None:
    signed = desk.ben(f"/lif action signoff {ONE}")
    assert "Hand over…" in [button.label for button in buttons_of(signed)]
    said = desk.ben(HAND).plain()
    assert f"Handed to Learning and Development Subgroup as {NEED}, due 20 January 2026." in said
    assert "reads these words and the reference SE-2026-001, and nothing else of it" in said
    new, old = desk.item(NEED), desk.item(ONE)
    assert (new["group"], new["kind"], new["text"]) == ("ld", "action", "Staff need training in chairing")
    assert (new["source"], new["themes"], new["priority"], new["scope"]) == (
        "LCSPR 2",
        ["chairing"],
        "Neglect",
        "joint",
    )
    assert (new["timescale_text"], new["agency"]) == ("next meeting", "council")
    assert [row["ref"] for row in old["handed_to"]] == [NEED]
    assert [(row["ref"], row["output"]) for row in new["handed_from"]] == [(ONE, "Staff need training in chairing")]
    theirs = desk.types("harry", f"/lif action show {NEED}", LD).plain()
    assert f"Handed over by: Safeguarding Effectiveness Subgroup, {ONE}: Staff need training in chairing" in theirs
    assert "Review chairing" not in theirs
    assert "can be seen by" in desk.types("harry", f"/lif action show {ONE}", LD).plain()
    assert f"Handed to: Learning and Development Subgroup, {NEED}" in desk.ben(f"/lif action show {ONE}").plain()
    assert f"already, as {NEED}" in desk.refuses("ben", HAND)


def test_undo_takes_both_back(desk: Desk) -> None:
    said = desk.ben(f"{HAND} kind:issue")
    assert desk.item(NEED)["kind"] == "issue"
    desk.clicks("ben", said, "Undo")
    assert desk.item(NEED)["status"] == "withdrawn"
    assert desk.item(ONE)["handed_to"] == []
    assert "Handed to LD" not in desk.ben(f"/lif action show {ONE}").plain()


def test_what_is_missing_is_asked_with_the_other_groups_days_and_people(desk: Desk) -> None:
    asked = desk.ben(f"/lif action handoff {ONE} Staff need training")
    assert "Which group is it handed to?" in asked.plain()
    assert [button.label for button in buttons_of(asked)][:1] == ["Learning and Development Subgroup"]
    asked = desk.clicks("ben", asked, "Learning")
    labels = [button.label for button in buttons_of(asked)]
    assert "Next meeting (20 January 2026)" in labels
    assert {"Harry Lund", "Amina Yusuf"} <= set(labels)
    assert "Cleo Hart" not in labels
    assert "is Safeguarding Effectiveness Subgroup's already" in desk.refuses("ben", HAND.replace("LD", "SE", 1))
    assert "can do that" in desk.refuses("ian", HAND)
    desk.ben(f"/lif action withdraw {ONE} because logged twice")
    assert "is withdrawn, so nothing of it" in desk.refuses("ben", HAND)


def test_the_form_offers_every_group_but_its_own(desk: Desk) -> None:
    opened = desk.hears("ben", f"form action handoff {ONE}", kind="click", thread="17.1")
    form = opened.form if opened else None
    assert form is not None
    (to,) = (field for field in form.fields if field.name == "to")
    assert [name for _, name in to.options] == ["Learning and Development Subgroup"]


def test_the_other_group_hands_it_back_with_a_reason(desk: Desk) -> None:
    desk.ben(HAND)
    assert "can do that" in desk.refuses("ben", f"/lif action handback {NEED} because we changed our mind")
    assert "that no other group handed over" in desk.refuses("ben", f"/lif action handback {ONE} because no")
    typed = f"/lif action handback {NEED} because the programme has it already"
    said = desk.types("harry", typed, LD)
    assert f"{NEED} goes back to Safeguarding Effectiveness Subgroup with your reason." in said.plain()
    assert (desk.item(NEED)["status"], desk.item(ONE)["handed_to"]) == ("withdrawn", [])
    history = [row["text"] for row in desk.item(ONE)["updates"]]
    assert history[-1] == f"Learning and Development Subgroup hands {NEED} back: the programme has it already"
    desk.clicks("harry", said, "Undo", LD)
    assert (desk.item(NEED)["status"], len(desk.item(ONE)["handed_to"])) == ("not_started", 1)


def test_a_learning_link_logs_a_training_need_of_its_agency_with_the_learning_committee(desk: Desk) -> None:
    desk.types(
        "jo", "/lif issue add Staff ask for chairing skills owner:@harry due:next meeting group:LD agency:police", LD
    )
    assert (desk.item(NEED)["agency"], desk.item(NEED)["kind"]) == ("police", "issue")


BOARDS = HEAD.replace(
    "chair: dev, deputy_chair: kim,",
    "boards: [{id: children, name: Children Board, scope: children, chair: dev}, "
    "{id: adults, name: Adults Board, scope: adults, chair: kim}],",
)
PANEL = """  - {id: panel, name: Child Death Panel, prefix: CD, chair: amina, members: [ian],
     meetings: {rrule: "FREQ=MONTHLY;BYDAY=1TU", start: "2026-01-06T10:00"}}
"""


def test_a_panels_recommendation_to_another_group_is_told_and_on_its_agenda(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", file(head=BOARDS, more=PANEL)) as it:
        ref = it.logs("Look at safer sleep", "27 February", owner="ian", by="amina", more="group:CD concerns:joint")
        it.types("ian", f"action done {ref} looked at")
        typed = f"action handoff {ref} Brief all midwives to:SE kind:recommendation owner:@cleo due:next meeting"
        assert "Handed to Safeguarding Effectiveness Subgroup as SE-2026-001" in it.types("amina", typed)
        it.pause()
        (told,) = it.new("ben")
        assert "Another group hands its output to yours: SE-2026-001, due 12 March 2026." in told
        assert f"Handed over by Child Death Panel ({ref}): Brief all midwives" in told
        assert [button.label for button in buttons_of(told.message)] == ["Show", "Hand it back…"]
        assert teams_limits.check(teams_render.message(told.message)) == []
        assert (it.item("SE-2026-001")["kind"], it.item("SE-2026-001")["scope"]) == ("recommendation", "joint")
        it.wind("2026-03-10 12:00")
        (agenda,) = it.all("C0SE", "Matters arising")
        assert "Handed over by another group (1)\nSE-2026-001 Brief all midwives" in agenda
        it.types("ben", "action handback SE-2026-001 because midwives were briefed in January")
        it.pause()
        (back,) = [each for each in it.new("amina") if "comes back" in each]
        assert f"What you handed over comes back; {ref} is as it was." in back
        assert "midwives were briefed in January" in back
