"""Whether two actions say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.alike import are_alike, first_alike

SAME = (
    ("Review the neglect toolkit", "review the neglect toolkit."),
    ("Review the neglect toolkit", "Toolkit on neglect to be reviewed"),
    ("Audit MASH thresholds", "Audit of the MASH thresholds"),
    ("Send the letter to all agencies", "Send letter to all partner agencies"),
    ("Update the website with the new policy", "Update website with new policies"),
    ("Review the threshold document", "Review thresholds document and guidance"),
    ("Audit", "Audits"),
    ("Bring the dataset for quarter 3", "Bring dataset for quarter 3"),
)
DIFFERENT = (
    ("Review the neglect toolkit", "Review the exploitation toolkit"),
    ("Circulate the minutes", "Circulate the briefing"),
    ("Write to schools about attendance", "Write to schools about exclusions"),
    ("Audit 3 cases", "Audit 4 cases"),
    ("Train staff in agency A", "Train staff in agency B"),
    ("Present the annual report to the Board", "Present the section 11 report to the Board"),
    ("Audit", "Review"),
    ("Audit", "Audit of the thresholds in MASH with partners"),
    ("", ""),
    ("the", "an"),
    ("🙂", "🙂"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_say_the_same(one: str, other: str) -> None:
    assert are_alike(one, other)
    assert are_alike(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_these_do_not(one: str, other: str) -> None:
    assert not are_alike(one, other)
    assert not are_alike(other, one)


def test_the_first_that_says_the_same_is_named() -> None:
    known = [("SE-2026-001", "Audit thresholds"), ("SE-2026-002", "Review the plan"), ("SE-2026-003", "Review plan")]
    assert first_alike("Review the plan.", known) == "SE-2026-002"
    assert first_alike("Something else", known) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_does_not_matter_which_came_first(one: str, other: str) -> None:
    assert are_alike(one, other) == are_alike(other, one)
