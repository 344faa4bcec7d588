"""What the items under another say together, and how a date's moves are told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.policy.brag import Brag
from lifbot.policy.dates import Move, told
from lifbot.policy.rollup import Child, rollup, standing

DONE = Child("action", "complete", Brag.BLUE)
ACCEPTED = Child("action", "not_completable", Brag.BLUE, accepted=True)
REPORTED = Child("action", "complete", Brag.GREEN)
CALM = Child("action", "in_progress", Brag.GREEN)
SOON = Child("action", "not_started", Brag.AMBER)
LATE = Child("action", "not_started", Brag.AMBER, is_late=True)
HELPED = Child("action", "in_progress", Brag.RED, is_late=True, escalated=True)
GONE = Child("action", "withdrawn", None)
REPLACED = Child("action", "superseded", None)
ISSUE = Child("issue", "not_started", Brag.GREEN)

CASES = (
    ((), "", None, False),
    ((DONE, DONE, CALM, LATE), "4 actions: 2 signed off, 1 on track, 1 past its date", Brag.AMBER, False),
    ((LATE, LATE), "2 actions: 2 past their date", Brag.AMBER, False),
    ((DONE,), "1 action: 1 signed off", None, True),
    ((DONE, ACCEPTED), "2 actions: 1 signed off, 1 accepted as not completable", None, True),
    ((DONE, REPORTED), "2 actions: 1 signed off, 1 waiting for the chair", Brag.GREEN, False),
    ((SOON, HELPED), "2 actions: 1 due soon, 1 with the partnership chair", Brag.RED, False),
    ((CALM, ISSUE), "2 items: 2 on track", Brag.GREEN, False),
    ((ISSUE,), "1 issue: 1 on track", Brag.GREEN, False),
    ((GONE, REPLACED), "", None, False),
    ((DONE, GONE, REPLACED), "1 action: 1 signed off", None, True),
)


@pytest.mark.parametrize(("children", "words", "worst", "is_ready"), CASES)
def test_the_items_under_another_together(
    children: tuple[Child, ...], words: str, worst: Brag | None, is_ready: bool
) -> None:
    found = rollup(children)
    assert (found.words, found.worst, found.is_ready) == (words, worst, is_ready)
    assert found.line(is_open=False) == words
    assert found.line(is_open=True).endswith("ready to be reported done") == is_ready


EVERY = st.lists(st.sampled_from([DONE, ACCEPTED, REPORTED, CALM, SOON, LATE, HELPED, GONE, REPLACED, ISSUE]))


@given(EVERY)
def test_each_counts_once_and_only_all_closed_is_ready(children: list[Child]) -> None:
    found = rollup(children)
    living = [child for child in children if child not in (GONE, REPLACED)]
    assert found.total == len(living)
    assert found.is_ready == (bool(living) and all(child.brag is Brag.BLUE for child in living))
    assert (found.worst is None) == all(child.brag is Brag.BLUE for child in living)
    assert {name for name, _ in found.counts} == set(map(standing, living))


MARCH, JUNE, JULY, TOLD = date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 1, 9)


def test_how_often_a_date_was_moved_by_whom_when_and_why() -> None:
    assert told([]) == ("", ())
    one = Move(MARCH, JUNE, "Ben Carter", TOLD, "legal advice")
    line = "31 March 2026 to 30 June 2026 by Ben Carter on 9 January 2026: legal advice"
    assert told([one]) == ("Moved once", (line,))
    title, lines = told([one, Move(JUNE, JULY, "Amina Yusuf", TOLD, how="with its meeting")])
    assert (title, lines[1]) == (
        "Moved twice",
        "30 June 2026 to 31 July 2026 by Amina Yusuf on 9 January 2026, with its meeting",
    )
    title, lines = told([one] * 8)
    assert (title, len(lines)) == ("Moved 8 times, the last 5 of them", 5)
