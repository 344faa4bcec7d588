"""Recommendations and issues: what belongs to them, the response, an issue that becomes an action or is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.message import ItemList, Message
from tests.desk import LD, Desk, at_desk, buttons_of

REC, ONE, TWO = "SE-2026-001", "SE-2026-002", "SE-2026-003"


def fill(desk: Desk) -> None:
    """A recommendation of Ian's with two actions of Cleo's under it, one of them of another group."""
    desk.ben("/lif recommendation add Review the toolkit owner:@ian due:30 June source:LCSPR 2")
    desk.ben(f"/lif action add Audit MASH owner:@cleo due:12 January parent:{REC}")
    desk.types("harry", f"/lif action add Train all staff owner:@cleo due:31 March parent:{REC}", LD)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite, with a recommendation and what is done about it."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        fill(it)
        yield it


def under(message: Message) -> list[str]:
    """Return the references of what is listed."""
    return [card.ref for block in message.blocks if isinstance(block, ItemList) for card in block.cards]


def test_actions_under_a_recommendation_are_counted_and_listed(database_url: str) -> None:
    with at_desk(database_url) as desk:
        fill(desk)
        desk.is_on("2026-01-20T10:00:00+00:00")
        shown = desk.amina("/lif recommendation show 1")
        assert "2 actions: 1 on track, 1 past its date. Worst colour still open: Amber." in shown.plain()
        assert under(shown) == ["SE-2026-002", "LD-2026-001"]
        assert "Audit MASH" in desk.clicks("amina", shown, "Show").plain()
        assert f"Belongs to: {REC} Review the toolkit" in desk.amina("/lif action show SE-2026-002").plain()
        assert "2 actions: 1 on track, 1 past its date" in desk.amina("/lif action list SE").plain(), "on the card too"
        assert [desk.item(ref)["parent"] for ref in ("SE-2026-002", "LD-2026-001")] == [REC, REC]


def test_of_other_groups_only_a_count_is_shown(desk: Desk) -> None:
    shown = desk.cleo(f"/lif action show {REC}")
    assert under(shown) == ["SE-2026-002", "LD-2026-001"], "Cleo owns the one of the other group"
    shown = desk.types("ian", f"/lif action show {REC}")
    assert under(shown) == ["SE-2026-002"]
    assert "2 actions:" in shown.plain()
    assert "1 of other groups, whose words you cannot see, count as well." in shown.plain()
    assert "Train all staff" not in shown.plain()
    theirs = desk.types("harry", "/lif action show LD-2026-001", LD).plain()
    assert f"Belongs to: {REC}\n" in theirs, "its words belong to a group that Harry is not in"


def test_all_signed_off_is_ready_to_be_reported_done(desk: Desk) -> None:
    desk.cleo("/lif action done SE-2026-002 done, 12 files read")
    desk.ben("/lif action signoff SE-2026-002")
    assert "ready to be reported done" not in desk.ben(f"/lif action show {REC}").plain()
    desk.cleo("/lif action done LD-2026-001 40 staff")
    desk.types("harry", "/lif action signoff LD-2026-001", LD)
    for who in ("ben", "ian"):
        shown = desk.types(who, f"/lif recommendation show {REC}").plain()
        assert "2 actions: 2 signed off." in shown
        assert f"Everything under it is closed, so {REC} is ready to be reported done." in shown
    assert "2 actions: 2 signed off, ready to be reported done" in desk.types("ian", "/lif action list mine").plain()
    assert desk.item(REC)["status"] == "not_started", "it is suggested, not done by itself"


def test_link_and_unlink(desk: Desk) -> None:
    desk.ben("/lif action add Write to schools owner:@cleo due:31 March")
    assert f"{TWO} now belongs to {REC}." in desk.ben("/lif action link 3 to 1").plain()
    assert "belongs to SE-2026-001 already" in desk.refuses("ben", f"/lif action link 3 to:{REC}")
    assert f"{TWO} no longer belongs to {REC}." in desk.ben("/lif action unlink 3").plain()
    assert desk.item(TWO)["parent"] is None
    assert "belongs to nothing" in desk.refuses("ben", "/lif action unlink 3")
    assert "Undone" in desk.ben("/lif undo").plain()
    assert desk.item(TWO)["parent"] == REC
    asked = desk.ben("/lif action link 3")
    assert asked.form is not None
    assert [each.name for each in asked.form.fields] == ["to"]


LOOPS = (
    (f"/lif action link {REC} to:{REC}", "cannot belong to itself"),
    (f"/lif action link {REC} to:SE-2026-002", "belongs to SE-2026-001 already, so it cannot stand above it"),
    (f"/lif action link {REC} to:SE-2026-999", "do not know one item called SE-2026-999"),
    (f"/lif action link {REC} to:<!channel>", "do not know one item called"),
    ("/lif action add Another owner:@cleo due:31 March parent:nothing", "do not know one item called nothing"),
)


@pytest.mark.parametrize(("typed", "says"), LOOPS)
def test_nothing_belongs_to_itself_or_to_what_is_not_there(desk: Desk, typed: str, says: str) -> None:
    assert says in desk.refuses("ben", typed)


def test_nothing_goes_under_what_is_withdrawn(desk: Desk) -> None:
    desk.ben(f"/lif action withdraw {REC} because it was logged twice")
    for typed in ("action add More owner:@cleo due:31 March parent:1", "action link LD-2026-001 to:SE-2026-001"):
        who = "harry" if "LD" in typed else "ben"
        said = desk.refuses(who, f"/lif {typed}")
        assert "is withdrawn, so nothing can be put under it" in said or "belongs to SE-2026-001 already" in said


def test_an_action_is_added_from_the_recommendation(desk: Desk) -> None:
    shown = desk.ben(f"/lif action show {REC}")
    form = desk.clicks("ben", shown, "Add an action").form
    assert form is not None
    desk.submits("ben", form, text="Brief the chairs", owner="@cleo", due="31 March")
    assert desk.item(TWO)["parent"] == REC


RESPONSES = (
    ("accepted", "accepted", None, "accepted."),
    ("agreed", "accepted", None, "accepted."),
    ("part because two agencies have done so", "part", "two agencies have done so", "accepted in part."),
    ("in part because of the cost", "part", "the cost", "accepted in part."),
    ("response:not because:it is law already", "not", "it is law already", "not accepted."),
    ("response:rejected because it is law already", "not", "it is law already", "not accepted."),
)


@pytest.mark.parametrize(("typed", "response", "reason", "says"), RESPONSES)
def test_a_response_with_its_reason(desk: Desk, typed: str, response: str, reason: str | None, says: str) -> None:
    answer = desk.ben(f"/lif recommendation respond {REC} {typed}").plain()
    assert f"The response to {REC} is recorded: {says}" in answer
    item = desk.item(REC)
    assert (item["response"], item["response_reason"]) == (response, reason)
    assert "Response: " in desk.ben(f"/lif action show {REC}").plain()
    desk.ben("/lif undo")
    assert (desk.item(REC)["response"], desk.item(REC)["response_reason"]) == (None, None)


def test_a_response_needs_a_reason_and_a_recommendation(desk: Desk) -> None:
    assert "Please say why it is accepted in part" in desk.refuses("ben", f"/lif recommendation respond {REC} part")
    assert "Response is one of: accepted, part, not." in desk.refuses(
        "ben", f"/lif recommendation respond {REC} perhaps"
    )
    assert "is an action; a response is given" in desk.refuses("ben", "/lif recommendation respond 2 accepted")
    form = desk.ben(f"/lif recommendation respond {REC}").form
    assert form is not None
    refused = desk.submits("ben", form, response="not")
    assert refused.errors[0][0] == "because"
    desk.submits("ben", form, response="not", because="it is law already")
    assert desk.item(REC)["response"] == "not"
    assert "not accepted already" in desk.refuses(
        "ben", f"/lif recommendation respond {REC} not because it is law already"
    )


def an_issue(desk: Desk) -> str:
    """Let Jo, who is in no group, raise an issue that Ian looks into; returns its reference."""
    answer = desk.types(
        "jo", "/lif issue add Meetings start late owner:@ian due:31 March theme:timeliness concerns:joint"
    )
    return answer.summary.split()[2].rstrip(",")


def test_an_issue_becomes_an_action_that_takes_its_place(desk: Desk) -> None:
    ref = an_issue(desk)
    answer = desk.ben("/lif issue to-action 3 owner:@cleo due:30 April")
    assert f"{ref} is now the action SE-2026-004, due 30 April 2026. Cleo Hart answers for it." in answer.plain()
    issue, action = desk.item(ref), desk.item("SE-2026-004")
    assert (issue["status"], issue["superseded_by"], issue["brag"]) == ("superseded", "SE-2026-004", None)
    assert (action["kind"], action["text"], action["owner"]) == ("action", "Meetings start late", "cleo")
    assert (action["themes"], action["scope"]) == (["timeliness"], "joint")
    assert f"In the place of: {ref} Meetings start late" in desk.ben("/lif action show 4").plain()
    assert "Superseded by: SE-2026-004" in desk.ben("/lif issue show 3").plain()
    assert "is superseded already" in desk.refuses("ben", "/lif issue to-action 3 owner:@cleo due:30 April")


def test_undo_takes_back_both_the_action_and_the_issues_end(desk: Desk) -> None:
    ref = an_issue(desk)
    answer = desk.ben("/lif issue to-action 3 owner:@cleo due:30 April")
    assert "Undone: issue to-action." in desk.clicks("ben", answer, "Undo").plain()
    assert desk.item(ref)["status"] == "not_started"
    assert desk.item(ref)["superseded_by"] is None
    assert desk.item("SE-2026-004")["status"] == "withdrawn"
    assert "undone already" in desk.refuses("ben", "/lif undo")


def test_the_form_of_to_action_holds_the_issues_words(desk: Desk) -> None:
    an_issue(desk)
    form = desk.ben("/lif issue to-action 3").form
    assert form is not None
    held = {each.name: each.value for each in form.fields}
    assert (held["text"], held["owner"]) == ("Meetings start late", "@ian")
    desk.submits("ben", form, due="30 April", text="Agree a start time")
    assert desk.item("SE-2026-004")["text"] == "Agree a start time"


def test_an_issue_is_closed_with_the_reason(desk: Desk) -> None:
    ref = an_issue(desk)
    assert desk.ben("/lif issue close 3").form is not None
    assert f"{ref} is closed." in desk.ben("/lif issue close 3 because the new rota settles it").plain()
    item = desk.item(ref)
    assert (item["status"], item["brag"], item["signed_off_on"]) == ("complete", "blue", "2026-01-09")
    assert item["updates"][-1]["text"] == "Closed: the new rota settles it"
    assert "is complete already" in desk.refuses("ben", "/lif issue close 3 because it is settled")
    assert "is an action, not an issue" in desk.refuses("ben", "/lif issue close 2 because it is settled")
    assert "is a recommendation, not an issue" in desk.refuses("ben", f"/lif issue close {REC} because it is settled")
    desk.ben("/lif undo")
    assert desk.item(ref)["status"] == "not_started"


def test_what_a_chair_can_do_about_each_kind_is_offered_where_it_is_shown(desk: Desk) -> None:
    an_issue(desk)
    offered = {ref: {button.label for button in buttons_of(desk.ben(f"/lif action show {ref}"))} for ref in (REC, "3")}
    assert {"Response…", "Edit…", "Tags…", "Add an action…"} <= offered[REC]
    assert {"Make it an action…", "Close…", "Edit…"} <= offered["3"]
    owners = {button.label for button in buttons_of(desk.types("ian", "/lif issue show 3"))}
    assert "Done" in owners
    assert not {"Close…", "Edit…"} & owners
