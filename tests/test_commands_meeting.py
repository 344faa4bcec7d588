"""Meetings as people type them: next, agenda, close, cancel and move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import LD, Desk, at_desk, buttons_of

ONE, TWO, THREE = "SE-2026-001", "SE-2026-002", "SE-2026-003"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite with three actions of Cleo's; the first is due at the next meeting, 12 March."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        for text, due in (("First", "next meeting"), ("Second", "31 March"), ("Third", "31 March")):
            it.ben(f"/lif action add {text} owner:@cleo due:{due}")
        yield it


def meetings(desk: Desk) -> dict[str, str]:
    """Return SE's meetings by day and time."""
    return {each["at"][:16]: each["status"] for each in desk.export()["meetings"] if each["group"] == "se"}


CANCELS = (
    ("because the chair is ill", "2026-03-12T10:00"),
    ("12 March because chair ill", "2026-03-12T10:00"),
    ("next because chair ill", "2026-03-12T10:00"),
    ("2026-05-14", "2026-05-14T10:00"),
    ("14 May 2026 because of the election", "2026-05-14T10:00"),
    ("meeting:14 May because:the election", "2026-05-14T10:00"),
    ("last because inquorate", "2026-01-08T10:00"),
    ("because inquorate", "2026-01-08T10:00"),
    ("8 January because inquorate", "2026-01-08T10:00"),
)


@pytest.mark.parametrize(("typed", "day"), CANCELS)
def test_cancel(desk: Desk, typed: str, day: str) -> None:
    shown = desk.ben(f"/lif meeting cancel {typed}")
    assert "is taken as cancelled and does not count" in shown.plain()
    cancelled = {at for at, status in meetings(desk).items() if status == "cancelled"}
    assert cancelled == {day}
    assert desk.item(ONE)["due_on"] == "2026-03-12", "if that meeting is cancelled the old date stands"
    assert "after all" in desk.clicks("ben", shown, "Undo").plain()
    assert "cancelled" not in meetings(desk).values()


def test_undo_gives_back_the_date_that_moves(desk: Desk) -> None:
    desk.ben("/lif meeting cancel 12 March")
    assert "meets on Thursday 12 March 2026" in desk.ben("/lif undo").plain()
    desk.ben("/lif meeting move to 19 March")
    assert desk.item(ONE)["due_on"] == "2026-03-19"
    assert "cannot be taken back by undo" in desk.refuses("ben", "/lif undo")
    assert desk.item(TWO)["status"] == "not_started", "undo after a meeting touches no earlier action"


MOVES = (
    ("12 March to 19 March", "2026-03-19T10:00"),
    ("to 19 March 2026 14:00", "2026-03-19T14:00"),
    ("to 2026-03-19 14:00", "2026-03-19T14:00"),
    ("to 2026-03-19T14:00", "2026-03-19T14:00"),
    ("12 March to 19 March 2pm because of snow", "2026-03-19T14:00"),
    ("next to Thursday 19 March at 10:30", "2026-03-19T10:30"),
    ("to:19 March meeting:12 March", "2026-03-19T10:00"),
    ("to 1 April", "2026-04-01T10:00"),
)


@pytest.mark.parametrize(("typed", "to"), MOVES)
def test_move(desk: Desk, typed: str, to: str) -> None:
    answer = desk.ben(f"/lif meeting move {typed}").plain()
    assert "on 12 March 2026 is moved to" in answer
    assert "1 that was due at it moved with it" in answer
    found = meetings(desk)
    assert (found["2026-03-12T10:00"], found[to]) == ("moved", "planned")
    item = desk.item(ONE)
    assert (item["due_on"], item["timescale_text"], item["updates"]) == (to[:10], "next meeting", [])


REFUSED = (
    ("cancel banana", "has no meeting on “banana”. Type its date, for example 2026-03-12"),
    ("cancel 13 March", "has no meeting on “13 March”"),
    ("move", "New date and time?"),
    ("move to banana", "Type for example: /lif meeting move to 2026-03-19 10:00"),
    ("move to 2020-01-01 10:00", "to a time still to come"),
    ("move 13 March to 20 March", "has no meeting on “13 March”"),
    ("move to 19 March 25:00", "not a time of day"),
    ("move to 19 March or 26 March", "Which is meant?"),
    ("next zzz", "Type one of:"),
    ("close waiting", "Put the reference first"),
    ("close SE-2026-001", "Put the reference first"),
    ("close SE-2026-999: waiting", "There is no SE-2026-999"),
    ("close SE-2026-001: waiting; SE-2026-999: waiting", "There is no SE-2026-999"),
    ("close signoff:SE-2026-001", "is not waiting for sign-off"),
)


@pytest.mark.parametrize(("typed", "says"), REFUSED)
def test_refused(desk: Desk, typed: str, says: str) -> None:
    assert says in desk.refuses("ben", f"/lif meeting {typed}")


def test_cancelled_twice(desk: Desk) -> None:
    desk.ben("/lif meeting cancel 12 March")
    assert "cancelled already" in desk.refuses("ben", "/lif meeting cancel 12 March")
    assert "14 May 2026" in desk.ben("/lif meeting next").plain()


def test_close_typed(database_url: str) -> None:
    with at_desk(database_url) as desk:
        for text in ("First", "Second"):
            desk.ben(f"/lif action add {text} owner:@cleo due:next meeting")
        desk.is_on("2026-03-12T11:30:00+00:00")
        answer = desk.ben("/lif meeting close 1: waiting for IT: the vendor; SE-2026-002 - on track").plain()
        assert "The meeting of Safeguarding Effectiveness Subgroup on 12 March 2026 is closed. 2 discussed" in answer
        assert "The next meeting is on Thursday 14 May 2026 at 10:00." in answer
        said = [[(each["kind"], each["text"]) for each in desk.item(ref)["updates"]] for ref in (ONE, TWO)]
        assert said == [[("discussed", "waiting for IT: the vendor")], [("discussed", "on track")]]
        again = desk.refuses("ben", "/lif meeting close 1: more")
        assert "has no meeting to close. The next is on Thursday 14 May 2026" in again


def test_close_by_form(desk: Desk) -> None:
    desk.cleo("/lif action done 2 trained")
    desk.is_on("2026-03-12T11:30:00+00:00")
    form = desk.ben("/lif meeting close").form
    assert form is not None
    assert {f"said {ONE}", "signoff"} <= {each.name for each in form.fields}
    answer = desk.submits("ben", form, **{f"said {ONE}": "REF: waiting; see\nSE-2026-003: no", "signoff": TWO}).plain()
    assert "1 discussed, 1 signed off" in answer
    assert desk.item(ONE)["updates"][-1]["text"] == "REF: waiting; see\nSE-2026-003: no"
    assert desk.item(TWO)["signed_off_on"] == "2026-03-12"
    assert "has no meeting to close" in desk.submits("ben", form).errors[0][1]


def test_close_without_words_and_before_it_began(desk: Desk) -> None:
    assert "0 discussed" in desk.ben("/lif meeting close confirm:yes").plain(), "the meeting of 8 January"
    refusal = desk.refuses("ben", "/lif meeting close confirm:yes")
    assert "The next is on Thursday 12 March 2026 at 10:00; close it once it has begun." in refusal


def test_another_groups_item_is_not_recorded(desk: Desk) -> None:
    desk.types("harry", "/lif action add Learning owner:@cleo due:31 March", LD)
    assert "belongs to Learning and Development" in desk.refuses("ben", "/lif meeting close LD-2026-001: waiting")
    desk.ben("/lif action withdraw 3 because logged twice")
    assert "is withdrawn, so nothing was recorded" in desk.refuses("ben", "/lif meeting close 3: waiting")


def test_own_items_are_not_offered_for_sign_off(desk: Desk) -> None:
    desk.ben("/lif action add Mine owner:@ben due:31 March")
    desk.ben("/lif action done 4 trained")
    form = desk.ben("/lif meeting close").form
    assert form is not None
    assert "signoff" not in {each.name for each in form.fields}
    assert "This one is yours" in desk.refuses("ben", "/lif meeting close signoff:SE-2026-004")
    assert "1 signed off" in desk.grace("/lif meeting close signoff:4").plain()


def test_the_agenda_is_shown_to_one_and_offered_to_all(desk: Desk) -> None:
    shown = desk.ben("/lif meeting agenda")
    assert "Due by this meeting (1)" in shown.plain()
    assert [button.label for button in buttons_of(shown)][-1] == "Post it in the channel"
    assert "Post" not in " ".join(button.label for button in buttons_of(desk.cleo("/lif meeting agenda")))
    assert "can do that" in desk.refuses("cleo", "/lif meeting post")
    assert "channel" in desk.clicks("ben", shown, "Post it").plain()
