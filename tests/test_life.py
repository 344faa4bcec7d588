"""The rest of a log's life: reopening, superseding, editing what was agreed, the history of a date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, at_desk, buttons_of
from tests.room import room

ONE, TWO = "SE-2026-001", "SE-2026-002"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite, with two actions of Cleo's."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        it.ben("/lif action add Audit MASH owner:@cleo due:31 March success:fewer repeats source:LCSPR 2")
        it.ben("/lif action add Train all staff owner:@cleo due:30 April")
        yield it


def close(desk: Desk, how: str) -> None:
    """Bring the first action to one of its ends."""
    ends = {
        "signed off": ("cleo", "action done 1 40 staff trained", "action signoff 1"),
        "accepted": ("cleo", "action cannot 1 because no post instead briefed all", "action accept 1"),
        "withdrawn": ("ben", "action show 1", "action withdraw 1 because it was logged twice"),
        "superseded": ("ben", "action show 1", f"action supersede 1 by:{TWO} because one plan is enough"),
    }
    who, first, then = ends[how]
    desk.types(who, f"/lif {first}")
    desk.ben(f"/lif {then}")


@pytest.mark.parametrize("how", ["signed off", "accepted", "withdrawn", "superseded"])
def test_what_is_closed_is_reopened_with_a_reason(desk: Desk, how: str) -> None:
    close(desk, how)
    assert "Reopen…" in {button.label for button in buttons_of(desk.ben("/lif action show 1"))}
    history = len(desk.item(ONE)["updates"])
    answer = desk.ben("/lif action reopen 1 because the audit found repeats")
    assert f"{ONE} is open again, due 31 March 2026." in answer.plain()
    item = desk.item(ONE)
    assert (item["status"], item["brag"], item["signed_off_on"]) == ("in_progress", "green", None)
    assert (item["not_completable"], item["superseded_by"], item["cycles_missed"]) == (None, None, 0)
    assert len(item["updates"]) == history + 1, "the history keeps what was decided before"
    assert item["updates"][-1]["text"] == "Reopened: the audit found repeats"
    desk.ben("/lif undo")
    assert desk.item(ONE)["status"] != "in_progress"
    assert "it is not closed" in desk.refuses("ben", "/lif action reopen 2 because why not")


def test_a_date_that_has_passed_is_asked_for(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        desk.cleo("/lif action done 1 trained")
        desk.ben("/lif action signoff 1")
        desk.is_on("2026-05-20T10:00:00+01:00")
        asked = desk.ben("/lif action reopen 1 because the audit found repeats")
        assert "By when?" in asked.plain()
        assert desk.item(ONE)["status"] == "complete"
        assert "is open again, due 9 July 2026" in desk.clicks("ben", asked, "Next meeting").plain()
        item = desk.item(ONE)
        assert (item["due_on"], item["original_due_on"], item["cycles_missed"]) == ("2026-07-09", "2026-03-31", 0)
        assert item["updates"][-1]["text"].endswith("Due 9 July 2026, before 31 March 2026.")


def test_the_form_of_reopening_says_beside_the_date_that_it_is_needed(desk: Desk) -> None:
    close(desk, "signed off")
    desk.is_on("2026-05-20T10:00:00+01:00")
    form = desk.clicks("ben", desk.ben("/lif action show 1"), "Reopen").form
    assert form is not None
    assert {each.name for each in form.fields} == {"because", "due"}
    errors = desk.submits("ben", form, because="the audit found repeats").errors
    assert errors == (("due", "Its date, 31 March 2026, has passed. Please give a new one."),)
    desk.submits("ben", form, because="the audit found repeats", due="30 June")
    assert desk.item(ONE)["due_on"] == "2026-06-30"


def test_a_reopened_item_is_chased_and_counted_anew(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        ref = it.logs("Audit MASH", "27 February")
        it.types("cleo", f"action done {ref} trained")
        it.types("ben", f"action signoff {ref}")
        it.wind("2026-06-01 10:00")
        it.types("ben", f"action reopen {ref} due:26 June because the audit found repeats")
        it.pause()
        (told,) = it.new("cleo", "is open again")
        assert f"{ref} is open again, due 26 June 2026." in told
        assert "the audit found repeats" in told
        assert "Done" in {button.label for button in buttons_of(told.message)}
        it.wind("2026-07-08")
        assert it.days("cleo", "is due on 26 June 2026") == ["2026-06-12 09:00", "2026-06-23 09:00"]
        it.wind("2026-07-10 10:00")
        assert it.item(ref)["cycles_missed"] == 1
        assert not it.all("dev")
        it.wind("2026-09-12")
        assert len(it.all("dev", ref)) == 1


def test_superseded_by_another(desk: Desk) -> None:
    answer = desk.ben(f"/lif action supersede 1 by {TWO} because both teams share one plan")
    assert f"{ONE} is superseded by {TWO}." in answer.plain()
    item = desk.item(ONE)
    assert (item["status"], item["superseded_by"], item["brag"]) == ("superseded", TWO, None)
    assert f"Superseded by: {TWO} Train all staff" in desk.ben("/lif action show 1").plain()
    assert f"In the place of: {ONE} Audit MASH" in desk.ben("/lif action show 2").plain()
    assert "is superseded already" in desk.refuses("ben", f"/lif action supersede 1 by:{TWO} because again")
    assert "is superseded already" in desk.refuses("cleo", "/lif action done 1 trained")
    desk.clicks("ben", answer, "Undo")
    assert (desk.item(ONE)["status"], desk.item(ONE)["superseded_by"]) == ("not_started", None)


def test_what_was_under_it_counts_under_the_other(desk: Desk) -> None:
    desk.ben("/lif recommendation add Review the toolkit owner:@ian due:30 June")
    desk.ben("/lif action add Write to schools owner:@cleo due:31 March parent:3")
    desk.ben("/lif recommendation add Review both toolkits owner:@ian due:30 June")
    said = desk.ben("/lif action supersede 3 by:SE-2026-005 because a wider review asks for it").plain()
    assert "What was under it now counts under SE-2026-005: SE-2026-004." in said
    assert "1 action: 1 on track" in desk.ben("/lif recommendation show 5").plain()
    assert desk.item("SE-2026-004")["parent"] == "SE-2026-003", "it stays under what it was agreed for"


NOT_IN_ITS_PLACE = (
    (f"by:{ONE} because x", "cannot take its own place"),
    ("by:SE-2026-999 because x", "do not know one item called SE-2026-999"),
    ("by:SE-2026-003 because x", "is withdrawn, so it can take no other's place"),
    ("by:SE-2026-004 because x", f"SE-2026-004 is superseded itself. Type by:{TWO}"),
    ("by:SE-2026-005 because x", "belongs to SE-2026-001, so it cannot take its place"),
)


@pytest.mark.parametrize(("typed", "says"), NOT_IN_ITS_PLACE)
def test_not_everything_can_take_its_place(desk: Desk, typed: str, says: str) -> None:
    desk.ben("/lif action add Third owner:@cleo due:30 April")
    desk.ben("/lif action withdraw 3 because it was logged twice")
    desk.ben("/lif action add Fourth owner:@cleo due:30 April")
    desk.ben(f"/lif action supersede 4 by:{TWO} because one plan is enough")
    desk.ben("/lif action add Fifth owner:@cleo due:30 April parent:1")
    assert says in desk.refuses("ben", f"/lif action supersede 1 {typed}")


def test_owners_hear_of_each_end_once(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        one, two = it.logs("Audit MASH", "31 March"), it.logs("Train all staff", "31 March")
        it.types("ian", "issue add Meetings start late owner:@cleo due:31 March")
        it.pause()
        it.new("cleo")
        it.types("ben", f"action supersede {one} by:{two} because one plan is enough")
        it.types("ben", "issue close 3 because the new rota settles it")
        it.pause()
        (told,) = it.new("cleo")
        assert f"Another item takes the place of {one}; nothing more is needed for this one." in told
        assert "SE-2026-003 is closed. Thank you." in told
        assert "the new rota settles it" in told
        it.wind("2026-04-10")
        assert not it.new("cleo", one)


def test_an_edit_holds_what_stands_and_asks_why_what_was_agreed_changes(desk: Desk) -> None:
    form = desk.ben("/lif action edit 1").form
    assert form is not None
    held = {each.name: each.value for each in form.fields}
    assert held == {
        "text": "Audit MASH",
        "owner": "@cleo",
        "due": "31 March 2026",
        "success_criteria": "fewer repeats",
        "source": "LCSPR 2",
        "agency": "icb",
        "repeats": "",
        "because": "",
    }
    errors = desk.submits("ben", form, text="Audit MASH and MARF", due="30 April").errors
    assert errors == (("because", "Please say why the text and date changes: it was agreed."),)
    answer = desk.submits("ben", form, text="Audit MASH and MARF", due="30 April", because="the scope grew")
    assert "SE-2026-001 is changed (text, date)." in answer.plain()
    item = desk.item(ONE)
    assert (item["text"], item["due_on"], item["original_due_on"]) == (
        "Audit MASH and MARF",
        "2026-04-30",
        "2026-03-31",
    )
    assert [each["kind"] for each in item["updates"]] == ["edited", "extended"]
    desk.clicks("ben", answer, "Undo")
    item = desk.item(ONE)
    assert (item["text"], item["due_on"]) == ("Audit MASH", "2026-03-31")


def test_where_nothing_agreed_changes_no_reason_is_needed(desk: Desk) -> None:
    form = desk.ben("/lif action edit 1").form
    assert form is not None
    desk.submits("ben", form, source="", agency="police")
    item = desk.item(ONE)
    assert (item["source"], item["agency"], item["success_criteria"]) == (None, "police", "fewer repeats")
    assert "Nothing in that differs" in desk.submits("ben", desk.ben("/lif action edit 1").form or form).summary


def test_typed_without_a_reason_it_is_asked_for(desk: Desk) -> None:
    asked = desk.says("ben", "action edit SE-2026-001 owner:@ian due:30 April")
    assert "Reason?" in asked.plain()
    assert desk.item(ONE)["owner"] == "cleo"
    assert "is changed (owner, date)" in desk.says("ben", "Cleo has moved teams").plain()
    item = desk.item(ONE)
    assert (item["owner"], item["agency"], item["due_on"]) == ("ian", "police", "2026-04-30")
    assert [each["text"] for each in item["updates"]] == [
        "Cleo Hart to Ian Carter: Cleo has moved teams",
        "31 March 2026 to 30 April 2026: Cleo has moved teams",
    ]


def test_an_edit_of_a_closed_item_leaves_owner_and_date(desk: Desk) -> None:
    close(desk, "signed off")
    assert "so its owner stays" in desk.refuses("ben", "/lif action edit 1 owner:@ian because he leads")
    assert "so its date stays" in desk.refuses("ben", "/lif action edit 1 due:30 April because it slipped")
    assert "is changed (source)" in desk.ben("/lif action edit 1 source:LCSPR 3").plain()
    form = desk.ben("/lif action edit 1").form
    assert form is not None
    desk.is_on("2026-05-20T10:00:00+01:00")
    assert not desk.submits("ben", form, source="LCSPR 4").errors


def test_an_overdue_item_is_edited_without_a_word_about_its_date(desk: Desk) -> None:
    desk.is_on("2026-05-20T10:00:00+01:00")
    form = desk.ben("/lif action edit 1").form
    assert form is not None
    assert "is changed (source)" in desk.submits("ben", form, source="LCSPR 3").plain()
    assert desk.item(ONE)["due_on"] == "2026-03-31"


def test_the_history_of_a_date(desk: Desk) -> None:
    assert "Moved" not in desk.ben("/lif action show 1").plain()
    desk.ben("/lif action extend 1 30 April because legal advice is awaited")
    line = "31 March 2026 to 30 April 2026 by Ben Carter on 9 January 2026: legal advice is awaited"
    assert f"Moved once:\n{line}" in desk.ben("/lif action show 1").plain()
    desk.amina("/lif action edit 1 due:next meeting because the group wants it sooner")
    desk.ben("/lif action edit 1 due:31 July because of a slip")
    desk.ben("/lif undo")
    desk.ben("/lif meeting move 12 March to 2026-03-19 10:00 because of snow")
    shown = desk.ben("/lif action show 1").plain()
    assert (
        f"Moved 3 times:\n{line}\n"
        "30 April 2026 to 12 March 2026 by Amina Yusuf on 9 January 2026: the group wants it sooner\n"
        "12 March 2026 to 19 March 2026 by Ben Carter on 9 January 2026, with its meeting: snow"
    ) in shown


CHAIRS_OWN = """
partnership: {{id: kirklees, name: K, timezone: Europe/London, {head}, business_unit: [amina], slack_team: T0001}}
agencies: [{{id: council, name: Kirklees Council}}]
people:
  - {{id: amina, name: Amina Yusuf, agency: council, slack: U0AMINA}}
  - {{id: ben, name: Ben Carter, agency: council, slack: U0BEN}}
  - {{id: grace, name: Grace Okafor, agency: council, slack: U0GRACE}}
  - {{id: dev, name: Dev Rao, agency: council, slack: U0DEV}}
  - {{id: kim, name: Kim Aldous, agency: council, slack: U0KIM}}
groups:
  - {{id: se, name: Safeguarding Effectiveness Subgroup, prefix: SE, chair: ben, deputy: {deputy}, members: [amina],
      slack_channel: C0SE, meetings: {{rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}}}}
"""
BOARDS = (
    "boards: [{id: c, name: Children Board, scope: children, chair: dev},"
    " {id: a, name: Adults Board, scope: adults, chair: kim}]"
)
WHO_SIGNS = (
    ("chair: dev", "grace", "ben", "grace"),  # the chair's own: the deputy
    ("chair: dev", "null", "ben", "amina"),  # no deputy: the business unit
    ("chair: dev", "grace", "grace", "ben"),  # the deputy's own: the chair
    ("chair: dev", "ben", "ben", "amina"),  # chair and deputy are one person
    (BOARDS, "grace", "ben", "grace"),  # several Boards make no difference to a group's sign-off
    (BOARDS, "null", "ben", "amina"),
)


@pytest.mark.parametrize(("head", "deputy", "owner", "signs"), WHO_SIGNS)
def test_who_is_asked_to_sign_off_an_item_of_the_chairs_own(
    tmp_path: Path, head: str, deputy: str, owner: str, signs: str
) -> None:
    text = CHAIRS_OWN.format(head=head, deputy=deputy)
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", text) as it:
        ref = it.logs("Audit MASH", "31 March", owner=owner, by="amina")
        it.types(owner, f"action done {ref} 40 staff trained")
        assert "somebody else decides" in it.types(owner, f"action signoff {ref}")
        it.wind("2026-01-13")
        asked = [who for who in ("amina", "ben", "grace", "dev", "kim") if it.new(who, "Waiting for your decision")]
        assert asked == [signs]
        assert "Signed off" in it.types(signs, f"action signoff {ref}")
        assert it.item(ref)["brag"] == "blue"
