"""A source on hold is silent everywhere, and so is all that came of it; when it is lifted, clocks go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, at_desk
from tests.room import file as partnership
from tests.room import room

HOLD = "source hold LR-2026-001 because court order until 1 March"


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with at_desk(database_url) as it:
        it.ben("/lif source add Quiet review method:review")
        it.ben(
            "/lif recommendation add Review the form owner:@cleo due:31 March source:LR-2026-001 success:fewer errors"
        )
        it.ben("/lif action add Draft the form owner:@ian due:31 March parent:SE-2026-001")
        it.ben("/lif action add Print the form owner:@ian due:31 March parent:SE-2026-002")
        it.ben("/lif action add Something else owner:@cleo due:31 March")
        yield it


def test_everybodys_view_is_without_it(desk: Desk) -> None:
    held = desk.amina(f"/lif {HOLD}")
    assert "LR-2026-001 is on hold. On 1 March 2026 the business unit is asked" in held.plain()
    for line in ("action list", "find form", "mine", "home", "meeting agenda", "digest now", "source list", "group"):
        for who in ("ben", "cleo", "ian"):
            said = desk.types(who, f"/lif {line}").plain()
            assert not [
                words
                for words in ("form", "SE-2026-001", "SE-2026-002", "LR-2026", "Quiet")
                if words in said.replace("find form", "").replace("“form”", "")
            ], (line, said)
    for who in ("ben", "cleo", "ian", "amina"):
        assert "There is no SE-2026-002 here" in desk.refuses(who, "/lif action show SE-2026-002")
    for who in ("ben", "cleo"):
        assert "There is no LR-2026-001 here" in desk.refuses(who, "/lif source show LR-2026-001")
    for who in ("amina", "dev"):
        shown = desk.types(who, "/lif source show LR-2026-001").plain()
        assert "On hold until 1 March 2026: court order" in shown
        assert "LR-2026-001" in desk.types(who, "/lif source list held").plain()
    assert "is on hold" in desk.refuses("amina", "/lif source edit LR-2026-001 title:Other")
    everything = desk.export()
    assert [item["ref"] for item in everything["items"]] == ["SE-2026-004"]
    assert everything["sources"] == []
    assert "form" not in str(everything)
    assert "court" not in str(everything)
    assert "LR-2026-001" not in str(everything)


def test_what_is_logged_under_it_begins_silent(desk: Desk) -> None:
    desk.amina(f"/lif {HOLD}")
    said = desk.ben("/lif action add Another one owner:@cleo due:31 March source:LR-2026-001").plain()
    assert "Saved as SE-2026-005. It is silent for now" in said
    assert "There is no 5 here" in desk.refuses("ben", "/lif action show 5")
    desk.amina("/lif source lift LR-2026-001")
    assert "Another one" in desk.ben("/lif action show 5").plain()


def test_undo_and_lift_bring_it_back(desk: Desk) -> None:
    for who in ("ben", "cleo"):
        assert "can do that" in desk.refuses(who, f"/lif {HOLD}")
    held = desk.amina(f"/lif {HOLD}")
    desk.clicks("amina", held, "Undo")
    assert "Draft the form" in desk.ben("/lif action list").plain()
    assert "is not on hold" in desk.refuses("amina", "/lif source lift 1")
    desk.amina(f"/lif {HOLD}")
    lifted = desk.amina("/lif source lift 1")
    assert "no longer on hold" in lifted.plain()
    assert len(desk.export()["items"]) == 4
    whats = [row["what"] for row in desk.export()["log"]]
    assert {"source hold", "source lift"} <= set(whats)
    desk.clicks("amina", lifted, "Undo")
    assert [item["ref"] for item in desk.export()["items"]] == ["SE-2026-004"]


def test_nobody_is_reminded_and_no_cycle_is_missed_while_it_stands(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", partnership()) as it:
        it.types("ben", "source add Quiet review method:review")
        it.types("ben", "source milestone LR-2026-001 Meet the authors due:2 February 2026")
        it.logs("Draft the form", "20 February", more="source:LR-2026-001")
        it.wind("2026-01-15")
        it.types("ben", "action card SE-2026-001")
        it.pause()
        it.logs("Print the form", "20 February", more="source:LR-2026-001")  # its news is promised for a moment later
        it.types("amina", "source hold LR-2026-001 because court order until 1 June 2026")
        told = len(it.all("cleo")), len(it.all("ben")), len(it.all("dev"))
        it.wind("2026-05-31")
        assert not it.all("cleo", "Draft the form")[1:], "but for the news that it is theirs"
        assert (len(it.all("cleo")), len(it.all("dev"))) == (told[0], told[2])
        assert "SE-2026-001 is not shown here at present." in it.all("C0SE")[-1], "its card is redrawn"
        assert not it.all("cleo", "Print the form"), "what was promised and not yet sent is dropped"
        assert not it.all("ben", "Meet the authors"), "its own milestones are silent too"
        assert not [said for said in it.told if said.to == "amina" and "Draft the form" in said]
        assert len([said for said in it.told if said.to == "C0SE" and "Draft the form" in said]) == 1, "the card"
        it.wind("2026-06-02")
        asked = it.all("amina", "still stand?")
        assert [said.when for said in asked] == ["2026-06-01 09:00"]
        assert "LR-2026-001 is on hold until 1 June 2026" in asked[0]
        assert it.export()["items"] == [], "it never lifts itself"
        it.types("amina", "source lift LR-2026-001")
        assert it.item("SE-2026-001")["cycles_missed"] == 0
        it.wind("2026-06-16")
        assert it.all("cleo", "Draft the form")[1:], "reminders begin again"
        assert not it.all("dev"), "and two cycles are still to be missed before help is asked for"
