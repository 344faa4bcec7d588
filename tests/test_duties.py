"""Recurring duties of the profile: listed, started by somebody, coming round as a series; and whom items concern."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.model import Item
from storage.people import partnership_chairs
from tests.desk import Desk, at_desk, buttons_of
from tests.partnership_worlds import file_for


@pytest.fixture
def kirklees(tmp_path: Path) -> Iterator[Desk]:
    """Kirklees' cast at a desk."""
    with at_desk(f"sqlite:///{tmp_path / 'kirklees.db'}", file_for("kirklees", "slack")) as it:
        yield it


@pytest.fixture
def wolverhampton(tmp_path: Path) -> Iterator[Desk]:
    """Wolverhampton's cast at a desk."""
    with at_desk(f"sqlite:///{tmp_path / 'wolverhampton.db'}", file_for("wolverhampton", "slack")) as it:
        yield it


SECTION_11 = "/lif action add Section 11 audit owner:@cleo due:30 June repeats:every 2 years source:Section 11 audit"


def start_of(desk: Desk, who: str, duty: str) -> str | None:
    """Return the command of the button beside a duty, as somebody sees it."""
    shown = desk.types(who, "/lif duty list")
    found = [block for block in shown.blocks if getattr(block, "question", "").startswith(duty)]
    assert found, shown.plain()
    buttons = [button for button in buttons_of(shown) if button in getattr(found[0], "buttons", ())]
    return buttons[0].command if buttons else None


def test_no_duty_starts_by_itself_and_a_started_one_comes_round(kirklees: Desk) -> None:
    shown = kirklees.grace("/lif duty list").plain()
    assert "Training strategy, every year · Learning and Development Subgroup: not started." in shown
    assert "Section 11 audit, every 2 years · Safeguarding Effectiveness Subgroup: not started." in shown
    assert "Quarterly subgroup report, every quarter · each subgroup to Business Group: not started." in shown
    line = start_of(kirklees, "grace", "Training strategy")
    assert line
    opened = kirklees.types("grace", line, kind="click", can_open_form=True)
    assert opened.form
    held = {field.name: field.value for field in opened.form.fields}
    assert (held["text"], held["group"], held["source"]) == ("Training strategy", "ld", "Training strategy")
    assert held["due"] == ""
    saved = kirklees.submits("grace", opened.form, owner="@harry", due="30 April")
    assert "It repeats every year." in saved.plain()
    shown = kirklees.grace("/lif duty list").plain()
    assert (
        "Training strategy, every year · Learning and Development Subgroup: LD-2026-001 is due on 30 April 2026."
        in shown
    )
    assert start_of(kirklees, "grace", "Training strategy") is None
    kirklees.says("harry", "LD-2026-001 done: agreed and published")
    kirklees.grace("/lif action signoff LD-2026-001")
    assert "LD-2026-002 is due on 30 April 2027" in kirklees.grace("/lif duty list").plain()


def test_a_report_of_each_subgroup_is_started_by_each(kirklees: Desk) -> None:
    for chair, group in (("ben", "se"), ("grace", "ld")):
        line = start_of(kirklees, chair, "Quarterly subgroup report")
        assert line
        opened = kirklees.types(chair, line, kind="click", can_open_form=True)
        assert opened.form
        kirklees.submits(chair, opened.form, group=group, owner=f"@{chair}", due="31 March")
    shown = kirklees.amina("/lif duty list").plain()
    assert "SE-2026-001 is due on 31 March 2026; LD-2026-001 is due on 31 March 2026." in shown
    assert "SE-2026-001" not in kirklees.types("harry", "/lif duty list").plain()


def test_who_logs_nothing_starts_nothing_and_sees_no_references(kirklees: Desk) -> None:
    kirklees.ben(SECTION_11)
    shown = kirklees.types("harry", "/lif duty list")
    assert "Section 11 audit, every 2 years" in shown.plain()
    assert "under way in a group whose log you do not see" in shown.plain()
    assert start_of(kirklees, "cleo", "Training strategy") is None
    assert "SE-2026-001 is due on 30 June 2026" in kirklees.cleo("/lif duty list").plain()


def test_a_withdrawn_series_can_be_started_again(kirklees: Desk) -> None:
    kirklees.ben(SECTION_11)
    assert start_of(kirklees, "ben", "Section 11 audit") is None
    kirklees.ben("/lif action withdraw SE-2026-001 because logged twice")
    assert start_of(kirklees, "ben", "Section 11 audit")


def test_where_the_framework_is_unclear_it_is_asked_first(wolverhampton: Desk) -> None:
    audit = "Section 175/157 audit of schools"
    assert start_of(wolverhampton, "nina", audit) == "form setup duties"
    assert start_of(wolverhampton, "lewis", audit) is None
    opened = wolverhampton.types("nina", "form setup duties", kind="click", can_open_form=True)
    assert opened.form
    wolverhampton.submits("nina", opened.form, **{"often section_175_157": "every two years"})
    line = start_of(wolverhampton, "nina", audit)
    assert line
    assert "repeats:every two years" in line
    shown = wolverhampton.types("nina", "/lif duty list").plain()
    assert f"{audit}, every two years · Wolverhampton Safeguarding Children Board: not started." in shown


def test_the_yearly_duties_of_leeds_are_there_with_who_owes_them(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'leeds.db'}", file_for("leeds", "slack")) as leeds:
        shown = leeds.types("nadia", "/lif duty list").plain()
        assert "LADO Annual Report, every year · ISU: not started." in shown
        assert "LSCP Secure Settings Annual Report, every year · Secure Settings Subgroup: not started." in shown
        assert "My School My Health Survey, every year · LSCP Business Unit: not started." in shown
        assert "Section 175, how often is still to be said: not started." in shown


def test_without_a_profile_there_are_no_duties(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'none.db'}") as desk:
        assert "No profile is chosen" in desk.ben("/lif duty list").plain()
        assert "Choose a profile first" in desk.amina("/lif setup duties").plain()


# --- two Boards -------------------------------------------------------------------------------------------------


def test_an_item_concerns_whom_its_group_does_unless_it_is_said(wolverhampton: Desk) -> None:
    said = {
        "QP-2026-001": ("lewis", "C0QP", "", "adult", ["abel"]),
        "QAC-2026-001": ("carys", "C0QAC", "", "child", ["beth"]),
        "JLD-2026-001": ("stella", "C0JLD", "", "joint", ["abel", "beth"]),
        "JLD-2026-002": ("stella", "C0JLD", " concerns:adult", "adult", ["abel"]),
    }
    for ref, (chair, channel, more, _, _) in said.items():
        typed = f"/lif action add Review {ref[-5:]} owner:@nina due:31 March{more}"
        assert ref in wolverhampton.types(chair, typed, channel).plain()
    with wolverhampton.db.begin() as session:
        scope = wolverhampton.scope(session)
        for ref, (*_, concerns, chairs) in said.items():
            item = scope.first(Item, Item.ref == ref)
            assert item
            assert (item.scope, sorted(partnership_chairs(scope, item))) == (concerns, chairs), ref


def test_elsewhere_an_item_concerns_nobody_in_particular(kirklees: Desk) -> None:
    kirklees.ben("/lif action add Audit owner:@cleo due:31 March")
    with kirklees.db.begin() as session:
        item = kirklees.scope(session).first(Item, Item.ref == "SE-2026-001")
        assert item
        assert item.scope is None


# --- priorities -------------------------------------------------------------------------------------------------


def test_the_partnerships_priorities_are_offered_and_spelled_as_it_spells_them(kirklees: Desk) -> None:
    kirklees.ben("/lif action add Audit owner:@cleo due:31 March priority:cse")
    offered = kirklees.types("ben", "/lif action tag SE-2026-001", can_open_form=False)
    assert "CSE" in offered.plain()
    labels = [button.label for button in buttons_of(offered)]
    assert labels[:3] == ["early intervention and prevention", "neglect", "missing children"]
    assert "Priority: neglect" in kirklees.clicks("ben", offered, "neglect").plain()
    assert "Priority: our own" in kirklees.ben("/lif action tag SE-2026-001 priority:our own").plain()
    form = kirklees.types("ben", "form action tag SE-2026-001", kind="click", can_open_form=True).form
    assert form
    hint = next(field.hint for field in form.fields if field.name == "priority")
    assert "For example early intervention and prevention, neglect, CSE, missing children." in hint
