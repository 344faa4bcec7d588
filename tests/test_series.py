"""Actions that come round again: "every quarter" when one is logged, edited or told so, and what follows its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, at_desk, buttons_of
from tests.room import room

ONE, TWO = "SE-2026-001", "SE-2026-002"
MARKED = "theme:neglect priority:2 success:fewer repeats contributors:@ian agency:police"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def sign_off(desk: Desk, number: int = 1) -> str:
    """Bring an action of Cleo's to its end; returns what Ben is told."""
    desk.cleo(f"/lif action done {number} 40 staff trained")
    return desk.ben(f"/lif action signoff {number}").plain()


def test_signed_off_and_the_next_is_logged(database_url: str) -> None:
    with at_desk(database_url) as desk:
        said = desk.ben(f"/lif action add Review the data owner:@cleo due:31 March repeats:every quarter {MARKED}")
        assert "It repeats every quarter." in said.plain()
        assert f"Signed off {ONE}. Thank you. The next is {TWO}, due 30 June 2026." in sign_off(desk)
        one, two = desk.item(ONE), desk.item(TWO)
        same = ("text", "owner", "contributors", "agency", "themes", "priority", "success_criteria", "repeats")
        assert [two[name] for name in same] == [one[name] for name in same]
        assert (two["due_on"], two["original_due_on"], two["timescale_text"]) == (
            "2026-06-30",
            "2026-06-30",
            "every quarter",
        )
        assert (two["status"], two["repeat_of"], two["evidence"]) == ("not_started", ONE, [])
        assert one["repeats"] == "FREQ=MONTHLY;INTERVAL=3"
        assert "Repeats: every quarter" in desk.ben("/lif action show 2").plain()
        assert f"Follows: {ONE} Review the data" in desk.ben("/lif action show 2").plain()
        assert f"Followed by: {TWO} Review the data" in desk.ben("/lif action show 1").plain()


def test_undo_of_the_sign_off_takes_the_next_out_again(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March repeats:every quarter")
    sign_off(desk)
    assert "Undone: action signoff." in desk.ben("/lif undo").plain()
    assert (desk.item(ONE)["signed_off_on"], desk.item(TWO)["status"]) == (None, "withdrawn")
    assert "The next is SE-2026-003, due 30 June 2026." in desk.ben("/lif action signoff 1").plain()


def test_reopened_and_signed_off_again_there_is_still_one_next(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March repeats:every quarter")
    sign_off(desk)
    desk.ben("/lif action reopen 1 because the figures were of last year")
    assert "The next is SE-2026-002" in sign_off(desk)
    assert len(desk.export()["items"]) == 2


ENDS = (
    ("action cannot 1 because no data instead asked the agencies", "action accept 1", 2),
    ("action show 1", "action withdraw 1 because nobody reads it", 1),
    ("action show 1", "action supersede 1 by:SE-2026-002 because one plan is enough", 2),
)


@pytest.mark.parametrize(("first", "then", "left"), ENDS)
def test_a_series_goes_on_after_an_agreed_end_only(desk: Desk, first: str, then: str, left: int) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March repeats:every quarter")
    if "supersede" in then:
        desk.ben("/lif action add Other owner:@cleo due:31 March")
    desk.cleo(f"/lif {first}")
    desk.ben(f"/lif {then}")
    assert len(desk.export()["items"]) == left


DATES = (
    ("31 March", "every month", "2026-01-20", "2026-04-30"),
    ("31 March", "every quarter", "2026-07-10", "2026-09-30"),  # never a date that has passed
    ("12 March", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", "2026-03-10", "2026-05-14"),
    ("31 March", "twice a year", "2026-04-02", "2026-09-30"),
    ("31 March", "annually", "2026-04-02", "2027-03-31"),
)


@pytest.mark.parametrize(("due", "often", "closed", "then"), DATES)
def test_the_next_date(desk: Desk, due: str, often: str, closed: str, then: str) -> None:
    desk.ben(f"/lif action add Review owner:@cleo due:{due} repeats:{often}")
    desk.is_on(f"{closed}T11:00:00+00:00")
    sign_off(desk)
    assert desk.item(TWO)["due_on"] == then


def test_more_time_for_one_does_not_move_those_to_come(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March repeats:every quarter")
    desk.ben("/lif action extend 1 20 April because the data is late")
    sign_off(desk)
    assert desk.item(TWO)["due_on"] == "2026-06-30"


def test_a_rule_that_counts_comes_to_its_end(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March repeats:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2")
    assert "The next is" in sign_off(desk)
    assert "The next is" not in sign_off(desk, 2)
    assert len(desk.export()["items"]) == 2


def test_repeat_and_never(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March")
    said = desk.ben("/lif action repeat 1 every quarter").plain()
    assert f"{ONE} repeats every quarter. Once it is closed, the next is logged, due 30 June 2026" in said
    assert "repeats every quarter already" in desk.refuses("ben", "/lif action repeat 1 quarterly")
    assert "does not repeat any more" in desk.ben("/lif action repeat 1 never").plain()
    assert "does not repeat already" in desk.refuses("ben", "/lif action repeat 1 never")
    desk.ben("/lif undo")
    assert desk.item(ONE)["repeats_text"] == "every quarter"
    form = desk.ben("/lif action repeat 1").form
    assert form is not None
    desk.submits("ben", form, how_often="every month")
    assert desk.item(ONE)["repeats_text"] == "every month"
    sign_off(desk)
    assert "The next of it is SE-2026-002" in desk.refuses("ben", "/lif action repeat 1 never")
    desk.ben("/lif issue add Late owner:@cleo due:31 March")
    assert "only actions repeat" in desk.refuses("ben", "/lif action repeat 3 every month")


def test_the_rhythm_is_in_the_edit_form(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March repeats:every quarter")
    form = desk.ben("/lif action edit 1").form
    assert form is not None
    assert {each.name: each.value for each in form.fields}["repeats"] == "every quarter"
    assert "is changed (rhythm)" in desk.submits("ben", form, repeats="every month").plain()
    desk.submits("ben", desk.ben("/lif action edit 1").form or form, repeats="")
    assert desk.item(ONE)["repeats"] is None
    assert "is changed (rhythm)" in desk.ben("/lif action edit 1 repeats:twice a year").plain()


UNCLEAR = (
    ("/lif action add Review owner:@cleo due:31 March repeats:bi-monthly", "can mean twice in that time"),
    ("/lif action add Review owner:@cleo due:31 March repeats:every blue moon", "could not read how often"),
    ("/lif action repeat 1 termly", "Terms begin on different days"),
)


@pytest.mark.parametrize(("typed", "says"), UNCLEAR)
def test_an_unclear_rhythm_is_asked_about(desk: Desk, typed: str, says: str) -> None:
    desk.ben("/lif action add Other owner:@cleo due:31 March")
    assert says in desk.refuses("ben", typed)


def test_every_quarter_as_a_date_asks_for_the_first_and_then_repeats(desk: Desk) -> None:
    asked = desk.ben("/lif action add Review the data owner:@cleo due:every quarter")
    assert "comes round again and again. By when should it first be reviewed?" in asked.plain()
    first = next(button.label for button in buttons_of(asked) if button.label.startswith("First review"))
    desk.clicks("ben", asked, first)
    item = desk.item(ONE)
    assert (item["due_on"], item["repeats_text"]) == ("2026-04-09", "every quarter")


def test_the_owner_hears_of_the_end_and_of_the_next_in_one_message(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        ref = it.logs("Review the data", "31 March", more="repeats:every quarter")
        it.pause()
        it.new("cleo")
        it.types("cleo", f"action done {ref} figures are in")
        it.types("ben", f"action signoff {ref}")
        it.pause()
        (told,) = it.new("cleo")
        assert f"{ref} is signed off. Thank you." in told
        assert f"It repeats every quarter: the next is {TWO}, due 30 June 2026." in told
        it.wind("2026-06-30 10:00")
        assert it.days("cleo", TWO)[1:] == ["2026-06-16 09:00", "2026-06-29 09:00", "2026-06-30 09:00"]


def test_closing_a_meeting_lets_a_series_go_on_too(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        ref = it.logs("Review the data", "31 March", more="repeats:every quarter")
        it.types("cleo", f"action done {ref} figures are in")
        it.wind("2026-03-12 12:00")
        assert "1 signed off" in it.types("ben", f"meeting close signoff:{ref} confirm:yes")
        assert it.item(TWO)["due_on"] == "2026-06-30"
