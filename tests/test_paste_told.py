"""What owners hear of a paste: one summary each, short enough for every platform, that they can answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import dispatch
from lifbot.message import Incoming, Message, Place
from lifbot.slack import render as slack
from lifbot.teams import render as teams
from tests import slack_limits, teams_limits
from tests.room import Room, room


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Room]:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def pastes(at: Room, lines: str) -> Message:
    """Let Ben paste lines in the channel and save what the preview shows."""
    said = Incoming("slack", "T0001", "U0BEN", Place("C0SE", False), f"action paste\n{lines}", at.now)
    preview = dispatch.handle(at.db, said)
    assert preview is not None
    assert preview.form is not None
    fields = tuple((each.name, each.value) for each in preview.form.fields)
    line = preview.form.command
    answer = dispatch.handle(at.db, Incoming("slack", "T0001", "U0BEN", said.place, line, at.now, "form", fields))
    assert answer is not None
    assert not answer.errors
    return answer


def test_each_owner_gets_one_summary_and_the_chair_who_pasted_none(at: Room) -> None:
    tasks = ("toolkit", "thresholds", "dataset", "training", "website")
    lines = [f"{who} to review the {task} by 31 March" for who in ("CH", "GO", "BC") for task in tasks]
    pastes(at, "\n".join(lines))
    at.wind("2026-01-12")
    (told,) = at.new("cleo")
    assert told.text.startswith("You are now the accountable owner of these.")
    assert [f"SE-2026-00{n}" in told for n in range(1, 7)] == [True] * 5 + [False]
    assert "put the reference first: “SE-2026-001 done”" in told
    assert told.message.summary == "5 changes: SE-2026-001, SE-2026-002, SE-2026-003, SE-2026-004, SE-2026-005"
    assert len(at.new("grace")) == 1
    assert at.new("ben") == []
    assert "SE-2026-002" in at.says("cleo", "SE-2026-002 done all of them audited")


def test_thirty_for_one_person_have_room_on_every_platform(at: Room) -> None:
    lines = [f"CH to do number {n}, {'with partners in every agency ' * 6}by 31 March" for n in range(30)]
    answer = pastes(at, "\n".join(lines))
    at.wind("2026-01-12")
    (told,) = at.new("cleo")
    for message in (answer, told.message):
        assert slack_limits.check(slack.message(message)) == []
        assert teams_limits.check(teams.message(message)) == []
    assert told.message.summary.startswith("30 changes: SE-2026-001, SE-2026-002, SE-2026-003 and 27 more")


def test_what_is_undone_in_time_is_told_to_nobody(at: Room) -> None:
    answer = pastes(at, "CH to review the toolkit by 31 March\nGO to audit by 31 March")
    assert answer.summary == "Saved 2 actions: SE-2026-001 to SE-2026-002."
    at.types("ben", "/lif undo")
    at.wind("2026-01-12")
    assert at.new("cleo") + at.new("grace") == []
