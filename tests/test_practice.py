"""Strong practice by the same principles as actions: owner, date, evidence, and first wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from lifbot.kinds import KINDS
from lifbot.query import Query
from lifbot.reports.export import as_csv, as_docx, as_xlsx
from storage.export import names, whole_log
from storage.search import found
from tests.desk import LD, Desk, at_desk, buttons_of
from tests.room import room

ADD = "/lif practice add Joint home visits in week one owner:@cleo spread-to:all districts due:30 June"
ONE, TWO = "SE-2026-001", "SE-2026-002"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def practice(desk: Desk, ref: str = ONE) -> dict[str, object]:
    """One strong practice of the export."""
    kept: dict[str, object] = next(each for each in desk.export()["practice"] if each["ref"] == ref)
    return kept


def test_from_logging_to_spread_and_back(database_url: str) -> None:
    with at_desk(database_url) as desk:
        said = desk.types("ian", f"{ADD} agencies:Police, ICB theme:neglect").plain()  # a member
        assert f"Saved as {ONE}, to spread by 30 June 2026." in said
        assert "To spread to: all districts (West Yorkshire Police, West Yorkshire ICB)." in said
        kept = practice(desk)
        assert (kept["kind"], kept["owner"], kept["due_on"]) == ("strong_practice", "cleo", "2026-06-30")
        assert (kept["spread_to"], kept["agencies"], kept["spread_on"]) == ("all districts", ["police", "icb"], None)
        assert desk.export()["items"] == []
        answer = desk.cleo(f"/lif practice spread {ONE} Used everywhere since May")
        assert f"{ONE} has spread and waits for sign-off" in answer.plain()
        assert practice(desk)["spread_on"] == "2026-01-09"
        desk.clicks("cleo", answer, "Undo")
        assert (practice(desk)["spread_on"], practice(desk)["status"]) == (None, "not_started")
        desk.cleo(f"/lif action done {ONE} Used everywhere")  # the words for actions do as well
        desk.ben(f"/lif action return {ONE} In which districts?")
        assert (practice(desk)["spread_on"], practice(desk)["status"]) == (None, "in_progress")
        desk.cleo(f"/lif practice spread {ONE} In all four")
        desk.ben(f"/lif action signoff {ONE}")
        assert practice(desk)["spread_on"] == "2026-01-09"
        assert practice(desk)["brag"] == "blue"


def test_a_new_one_is_taken_back_whole(desk: Desk) -> None:
    desk.ben(ADD)
    assert "Undone: practice add." in desk.ben("/lif undo").plain()
    assert practice(desk)["status"] == "withdrawn"
    assert "Nothing is logged yet" in desk.ben("/lif practice list").plain()


def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(desk: Desk) -> None:
    assert "Where should it spread" in desk.refuses("ben", "/lif practice add Joint visits owner:@cleo due:30 June")
    assert "to_agencies" not in desk.refuses("ben", f"{ADD} agencies:Atlantis")
    assert "can do that" in desk.refuses("jo", f"{ADD} group:SE")
    desk.ben(ADD)
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert f"{TWO} is an action, not strong practice" in desk.refuses("cleo", f"/lif practice spread {TWO}")
    assert f"{ONE} is strong practice, not an issue" in desk.refuses("ben", f"/lif issue close {ONE} because settled")
    assert f"{ONE} is strong practice;" in desk.refuses("ben", f"/lif recommendation respond {ONE} accepted")
    form = desk.types("ben", "/lif practice add").form
    assert form
    assert [each.name for each in form.fields][:4] == ["text", "owner", "spread_to", "due"]


def test_no_kind_is_called_what_the_database_calls_it(desk: Desk) -> None:
    assert all("_" not in f"{words.word} {words.one} {words.many}" for words in KINDS.values())
    desk.ben(ADD)
    for typed in (
        *("action list all", "action list kind:strong_practice everywhere", "action show 1", "practice show 1"),
        *("practice list", "find joint", "mine", "home", "meeting agenda", "digest now", "action card 1"),
        *("action escalate 1 because districts differ", "undo"),
    ):
        for who in ("ben", "cleo"):
            told = desk.types(who, f"/lif {typed}").plain().lower()
            assert "strong_practice" not in told, (typed, told)
            assert "an strong" not in told


def test_it_is_first_in_lists_agenda_digest_and_page(desk: Desk) -> None:
    desk.ben("/lif action add Audit MASH owner:@cleo due:next meeting")
    desk.ben("/lif practice add Joint visits owner:@cleo spread-to:all districts due:30 June")
    for typed, action, mine in (
        ("/lif action list open SE", ONE, TWO),
        ("/lif action list mine", ONE, TWO),
        ("/lif meeting agenda", "Due by this meeting", "Strong practice (1)"),
        ("/lif digest now", "Open: 1", f"Strong practice: 1 ({TWO}) new"),
    ):
        told = desk.types("cleo", typed).plain()
        assert told.index(mine) < told.index(action), told
    assert "Strong practice: 1 new. Actions: 1 open," in desk.ben("/lif digest now").summary
    assert "spread by 30 June 2026" in desk.ben("/lif meeting agenda").plain()
    with desk.db.begin() as session:
        scope = desk.scope(session)
        from storage.items import Reader

        hits = found(scope, Reader(scope), Query(filters=("open",)), "ben", ["se"])
        assert [hit.item.ref for hit in hits] == [TWO, ONE]
    assert buttons_of(desk.cleo(f"/lif action show {TWO}"))[0].label == "It has spread"
    assert "can be seen by" in desk.types("harry", "/lif practice list group:SE", LD).plain()
    assert ONE not in desk.types("harry", "/lif practice list", LD).plain()


def test_every_kind_of_file_has_it_beside_the_actions(desk: Desk) -> None:
    desk.ben("/lif action add Audit MASH owner:@cleo due:31 March")
    desk.ben("/lif practice add Joint visits owner:@cleo spread-to:all districts due:30 June agencies:all")
    with desk.db.begin() as session:
        scope = desk.scope(session)
        log, called = whole_log(scope), names(scope)
    assert [row["ref"] for row in (*log["practice"], *log["items"])] == [TWO, ONE]
    lines = as_csv(log, called).decode().splitlines()
    assert lines[1].startswith(TWO)
    assert "Strong practice" in lines[1]
    book = openpyxl.load_workbook(BytesIO(as_xlsx(log, called)))
    sheet = book["Strong practice"]
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    assert (row["Ref"], row["To spread to"], row["BRAG"]) == (TWO, "all districts", "Green")
    assert row["Agencies"] == "Kirklees Council, West Yorkshire ICB, West Yorkshire Police"
    paper = docx.Document(BytesIO(as_docx(log, called)))
    cells = [row.cells[0].text for row in paper.tables[0].rows]
    assert cells[1:] == [f"{TWO}\nStrong practice", f"{ONE}\nAction"]
    assert "To spread to: all districts" in paper.tables[0].rows[1].cells[1].text


def test_it_is_reminded_of_and_helped_with_in_words_that_fit(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        it.types("ben", "practice add Joint visits owner:@cleo spread-to:all districts due:31 March")
        it.wind("2026-03-18")
        (said,) = [each for each in it.new("cleo") if "Good morning" in each]
        assert "SE-2026-001 is strong practice that is to spread by 31 March 2026. How far has it come?" in said
        assert "It has spread" in [button.label for button in buttons_of(said.message)]
        it.wind("2026-09-12")
        (help_,) = it.all("dev", "SE-2026-001")
        assert "is strong practice that has not spread everywhere yet after two meetings" in help_
        assert "has spread and waits" in it.says("cleo", "SE-2026-001 done: all districts use it")
