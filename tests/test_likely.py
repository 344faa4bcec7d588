"""A sentence that is no command gets the two commands that it most likely means."""

from __future__ import annotations

import pytest

from commands import COMMANDS
from commands.dispatch import find
from lifbot.likely import likely

WORDS = [command.words for command in COMMANDS]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("what's overdue?", "action list overdue"),
        ("which actions are past their date?", "action list overdue"),
        ("who owns SE-2026-003", "action show SE-2026-003"),
        ("where has SE-2026-003 got to?", "action show SE-2026-003"),
        ("what is waiting for sign-off?", "action list waiting"),
        ("what do I have to do?", "action list mine"),
        ("show me my stuff", "action list mine"),
        ("when do we meet?", "meeting next"),
        ("what's on the agenda", "meeting agenda"),
        ("is anything with the partnership chair?", "action list escalated"),
        ("how are things", "digest now"),
        ("please record that Cleo should audit the form", "help action add"),
        ("we need somebody to look at the toolkit", "help action add"),
        ("postpone the meeting to Friday", "help meeting move"),
        ("actoin lits", "action list"),
        ("action addd Audit", "help action add"),
        ("escalation", "action list escalated"),
        ("asdf qwer", "action list"),
        ("🤷", "action list"),
    ],
)
def test_the_likeliest_command_comes_first(said: str, first: str) -> None:
    offered = likely(said, WORDS)
    assert offered[0][1] == first
    assert len(offered) == 2
    assert offered[0] != offered[1]


@pytest.mark.parametrize("said", ["can you remind Cleo about the toolkit", "nudge SE-2026-003 please"])
def test_a_reminder_is_offered_where_there_is_such_a_command(said: str) -> None:
    assert likely(said, [*WORDS, "action nudge"])[0][1] == "help action nudge"
    assert all("nudge" not in line for _, line in likely(said, [each for each in WORDS if "nudge" not in each]))


@pytest.mark.parametrize("said", ["what's overdue?", "who owns SE-2026-003", "asdf", "find the toolkit", "x" * 5000])
def test_what_is_offered_can_be_run(said: str) -> None:
    for label, line in likely(said, WORDS):
        assert find(line) is not None
        assert len(label) <= 75
