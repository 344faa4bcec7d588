"""Closing a meeting by its form: the whole list in one go, nothing lost, and the same as if it had been typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lifbot.message import Form
from lifbot.policy.closing import MOST_BYTES, MOST_CHOICES, Point, split
from lifbot.slack.forms import form_view
from lifbot.teams.forms import form_card
from tests import slack_limits, teams_limits
from tests.card_page import easel
from tests.desk import Desk, at_desk

DUE = ("31 March", "next meeting", "20 January", "30 June", "12 January")
AFTER = "2026-03-12T11:30:00+00:00"
TEXT = "Review the multi-agency audit schedule for neglect and report to the subgroup"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def filled(desk: Desk, count: int, text: str = TEXT) -> None:
    """Log items of every kind that a meeting deals with, and let the meeting of 12 March begin."""
    for number in range(1, count + 1):
        owner = "ben" if number % 7 == 4 else "cleo"
        desk.ben(f"/lif action add “{text} {number}” owner:@{owner} due:{DUE[(number - 1) % 5]}")
        if number % 5 == 2:
            desk.types(owner, f"/lif action done SE-2026-{number:03d} trained 40 staff")
        if number % 20 == 3:
            desk.types(owner, f"/lif action extend SE-2026-{number:03d} 30 April because waiting")
        if number % 20 == 5:
            desk.types(owner, f"/lif action cannot SE-2026-{number:03d} because vacant instead briefed")
    desk.is_on(AFTER)


def opened(desk: Desk, who: str = "ben") -> Form:
    """Open the form, which there must be."""
    form = desk.types(who, "/lif meeting close").form
    assert form is not None
    return form


def said(desk: Desk, ref: str) -> list[tuple[str, str]]:
    """Return an item's history, as kinds and words."""
    return [(each["kind"], each["text"]) for each in desk.item(ref)["updates"]]


def test_the_form_has_ticks_lines_and_one_menu_and_needs_nothing(desk: Desk) -> None:
    filled(desk, 40)
    form = opened(desk)
    fields = {each.name: each for each in form.fields}
    assert not any(each.required for each in form.fields)
    signoff = [value for value, _ in fields["signoff"].options]
    assert signoff == fields["signoff"].value.split(","), "all ticked already"
    assert "SE-2026-032" not in signoff, "Ben's own"
    assert [value for value, _ in fields["agree"].options] == ["SE-2026-003", "SE-2026-023"]
    assert fields["agree"].options[0][1].startswith("SE-2026-003 to 30 April: Review")
    assert (fields["agree"].value, fields["accept"].value) == ("", "")
    assert fields["said SE-2026-010"].hint == "for discussion · West Yorkshire ICB · due 12 January 2026"
    assert fields["said SE-2026-010"].placeholder == "What was said?"
    lines = {name[5:] for name in fields if name.startswith("said ")}
    menu = {value for value, _ in fields["on_track"].options}
    assert not lines & menu
    assert {"SE-2026-001", "SE-2026-004"} <= menu, "what is not due is spoken of all the same"
    answer = desk.submits("ben", form)
    assert "is closed. 0 discussed, 7 signed off." in answer.plain()


@pytest.mark.parametrize("count", [0, 1, 40, 100, 250])
async def test_it_fits_both_platforms_and_is_drawn_without_a_fault(desk: Desk, count: int) -> None:
    filled(desk, count)
    form: Form | None = opened(desk)
    parts, told = 0, ""
    async with easel() as drawing:
        while form:
            parts += 1
            assert slack_limits.check(form_view(form, form.command)) == []
            card = form_card(form)
            assert teams_limits.check_card(card) == []
            assert teams_limits.size(card) < teams_limits.MOST_BYTES - 2000
            drawn = await drawing.draw(card)
            assert (drawn.faults, drawn.marked) == ([], [])
            values = {each.name: "waiting" for each in form.fields if each.name.startswith("said ")}
            answer = desk.submits("ben", form, **values)
            form, told = answer.form, answer.plain()
    assert parts == {0: 1, 1: 1, 40: 1, 100: 2, 250: parts}[count]
    assert "is closed." in told


def test_a_long_list_comes_in_parts_that_say_so_and_loses_nobody(desk: Desk) -> None:
    filled(desk, 100)
    every = {row["ref"] for row in desk.export()["items"] if row["status"] in ("not_started", "in_progress")}
    first = opened(desk)
    assert "this is part 1 of 2, and the last part closes the meeting." in first.intro
    assert first.submit == "Save part 1"
    seen = _refs(first)
    line = next(each.name for each in first.fields if each.name.startswith("said "))
    second = desk.submits("ben", first, **{line: "waiting for IT"}).form
    assert second is not None
    assert "part 2 of 2" in second.intro
    assert "What you sent before is recorded." in second.intro
    assert second.submit == "Close meeting"
    assert not seen & _refs(second)
    assert seen | _refs(second) == every
    answer = desk.submits("ben", second, on_track=next(iter(_refs(second))))
    assert "is closed. 2 discussed, 18 signed off." in answer.plain()
    undone = desk.clicks("ben", answer, "Undo what was recorded").plain()
    assert undone.startswith("Undone for"), "what both parts recorded is taken back at once"
    assert desk.item("SE-2026-002")["signed_off_on"] is None


def _refs(form: Form) -> set[str]:
    lines = {each.name[5:] for each in form.fields if each.name.startswith("said ")}
    return lines | {value for each in form.fields if each.name == "on_track" for value, _ in each.options}


def test_what_the_form_records_is_what_typing_would(tmp_path: Path) -> None:
    logs: list[dict[str, Any]] = []
    for way in ("form", "typed"):
        with at_desk(f"sqlite:///{tmp_path / way}.db") as desk:
            filled(desk, 12, "Audit")
            if way == "form":
                values = {"said SE-2026-010": "waiting for IT", "on_track": "SE-2026-001,SE-2026-006"}
                desk.submits(
                    "ben", opened(desk), signoff="SE-2026-002", agree="SE-2026-003", accept="SE-2026-005", **values
                )
            else:
                desk.ben(
                    "/lif meeting close SE-2026-010: waiting for IT signoff:SE-2026-002 agree:SE-2026-003 "
                    "accept:SE-2026-005 on-track:SE-2026-001, SE-2026-006"
                )
            logs.append(desk.log())
            assert said(desk, "SE-2026-001") == [("discussed", "On track.")]
            assert said(desk, "SE-2026-003")[-1][0] == "extended"
            assert desk.item("SE-2026-005")["not_completable"]["accepted_by"] == "ben"
    assert logs[0] == logs[1]


def test_one_bad_line_never_loses_the_rest(desk: Desk) -> None:
    filled(desk, 12, "Audit")
    form = opened(desk)
    desk.grace("/lif action withdraw 10 because logged twice")
    desk.grace("/lif action signoff 2")
    answer = desk.submits("ben", form, **{"said SE-2026-010": "waiting for IT", "said SE-2026-008": "nearly done"})
    told = answer.plain()
    assert "is closed. 1 discussed, 2 signed off." in told
    assert "Not recorded: SE-2026-010 is withdrawn, so nothing was recorded." in told
    assert "You wrote: “waiting for IT”" in told, "their words are theirs to keep"
    assert "Not recorded: SE-2026-002 is not waiting for sign-off." in told
    assert said(desk, "SE-2026-008")[-1] == ("discussed", "nearly done")


def test_closing_twice_is_said_and_changes_nothing(desk: Desk) -> None:
    filled(desk, 6, "Audit")
    bens, graces = opened(desk), opened(desk, "grace")
    desk.submits("ben", bens)
    before = desk.log()
    answer = desk.submits("grace", graces, **{"said SE-2026-003": "waiting"})
    assert "has no meeting to close" in answer.errors[0][1]
    assert desk.log() == before
    assert "Type /lif help" not in desk.ben("/lif meeting close").plain()


def test_a_meeting_that_nobody_closed_before_counts_as_held_and_the_last_is_closed(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:20 January")
    desk.is_on("2026-05-14T12:00:00+01:00")
    answer = desk.submits("ben", opened(desk), **{"said SE-2026-001": "waiting"})
    assert "on 14 May 2026 is closed" in answer.plain()
    assert "After two meetings the partnership chair is now asked for help with SE-2026-001." in answer.plain()


def test_parts_hold_what_fits_and_every_point_once() -> None:
    points = [Point(f"{n:05d}", f"SE-2026-{n:03d}", "x" * 90, has_line=n % 3 == 0) for n in range(700)]
    parts = split(points, 5000)
    assert [point for part in parts for point in part] == points
    for at, part in enumerate(parts):
        assert sum(point.size for point in part) <= MOST_BYTES - (5000 if at == 0 else 0)
        assert sum(not point.has_line for point in part) <= MOST_CHOICES
    assert split([]) == [()]
