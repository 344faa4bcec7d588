"""A list as a file: what it holds, what it is called, who gets it, and that it is promised once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands.action import send
from lifbot.message import File, ItemList, Message
from lifbot.model import Item, Outbox
from tests.desk import LD, SE, Desk, at_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def promised(desk: Desk) -> list[Outbox]:
    """Return the files that wait to be sent."""
    with desk.db.begin() as session:
        return list(desk.scope(session).all(Outbox, Outbox.occasion == "file", order=Outbox.id))


def drawn(desk: Desk, row: Outbox, who: tuple[str, str] | None = None) -> File:
    """Draw a promised file as it is drawn when it is sent."""
    found = send.gathered(desk.db, f"kirklees/{row.key}", desk.now, who)
    assert found is not None
    return send.drawn(found)


def cells(file: File) -> list[list[object]]:
    """Return the rows of a workbook's first sheet."""
    return [list(row) for row in load_workbook(BytesIO(file.content)).worksheets[0].iter_rows(values_only=True)]


def log_many(desk: Desk, count: int = 23) -> None:
    for number in range(count):
        desk.ben(f"/lif action add Thing {number} owner:@cleo due:{12 + number % 3} January")
    desk.types("harry", "/lif action add A secret of learning owner:@harry due:12 January", LD)
    desk.is_on("2026-03-12T10:42:00+00:00")


def refs(message: Message) -> list[str]:
    return [card.ref for block in message.blocks if isinstance(block, ItemList) for card in block.cards]


def test_all_of_a_list_is_sent_as_it_is_shown(database_url: str) -> None:
    with at_desk(database_url) as desk:
        log_many(desk)
        page = desk.ben("/lif action list overdue sort:ref")
        answer = desk.clicks("ben", page, "Send me all of it")
        assert "An Excel file with 23 items is on its way to your own chat with me: past" in answer.plain()
        assert not answer.replaces, "the list stays"
        (row,) = promised(desk)
        assert (row.person, row.group_id, row.status) == ("ben", None, "waiting")
        file = drawn(desk, row)
        assert file.name == "lifbot-SE-overdue-2026-03-12.xlsx"
        shown = (
            refs(page)
            + refs(desk.clicks("ben", page, "Next"))
            + refs(desk.ben("/lif action list overdue page:3 sort:ref"))
        )
        head, *rows = cells(file)
        assert [row[0] for row in rows] == shown
        assert rows[0][head.index("Accountable owner")] == "Cleo Hart"
        told = load_workbook(BytesIO(file.content)).worksheets[1].iter_rows(values_only=True)
        about = {name: said for name, said in told}  # noqa: C416 - each row is a pair, which `dict` cannot know
        assert about["What was asked for"] == "past their date · Safeguarding Effectiveness Subgroup · by reference"
        assert about["As of"] == "Thursday 12 March 2026 at 10:42"


def test_one_page_has_no_button_but_can_be_asked_for(desk: Desk) -> None:
    log_many(desk, 3)
    assert "Send me all of it" not in desk.ben("/lif action list").plain()
    assert "A CSV file with 3 items" in desk.ben("/lif action list as:csv").plain()
    assert "An Excel file with 1 item " in desk.ben("/lif find se-2026-003 as:xlsx").plain()
    table, found = (drawn(desk, row) for row in promised(desk))
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert (table.name, len(rows)) == ("lifbot-SE-open-2026-03-12.csv", 4)
    assert found.name == "lifbot-all-found-2026-03-12.xlsx"
    assert [row[0] for row in cells(found)[1:]] == ["SE-2026-003"]


def test_a_second_press_within_the_minute_is_the_same_promise(desk: Desk) -> None:
    log_many(desk)
    page = desk.ben("/lif action list")
    for _ in range(3):
        desk.clicks("ben", page, "Send me all of it")
    assert len(promised(desk)) == 1
    desk.later(minutes=1)
    desk.clicks("ben", page, "Send me all of it")
    assert len(promised(desk)) == 2
    assert len({drawn(desk, row).title for row in promised(desk)}) == 2


def test_it_holds_no_more_than_the_person_may_see_when_it_is_sent(desk: Desk) -> None:
    log_many(desk, 3)
    desk.types("harry", "/lif action add Cleo learns owner:@cleo due:31 March", LD)
    desk.types("cleo", "/lif action list all everywhere as:xlsx")
    (row,) = promised(desk)
    assert len(cells(drawn(desk, row))) == 1 + 4
    assert b"secret" not in drawn(desk, row).content
    with desk.db.begin() as session:  # she hands the one over and is of the group no longer
        scope = desk.scope(session)
        scope.change(Item, {"owner": "ian"}, Item.group_id == "ld")
    assert len(cells(drawn(desk, row))) == 1 + 3


def test_only_who_asked_can_fetch_it(desk: Desk) -> None:
    log_many(desk)
    desk.ben("/lif action list as:xlsx")
    (row,) = promised(desk)
    assert drawn(desk, row, ("slack", "U0BEN")).content
    for who in (("slack", "U0CLEO"), ("slack", "U0EVE"), ("teams", "U0BEN")):
        assert send.gathered(desk.db, f"kirklees/{row.key}", desk.now, who) is None
    for key in ("kirklees/file/ben/x", "nowhere/file", "", f"wakefield/{row.key}"):
        assert send.gathered(desk.db, key, desk.now) is None


def test_where_there_is_nothing_nothing_is_sent(desk: Desk) -> None:
    log_many(desk, 2)
    for typed in ("action list escalated as:xlsx", "find zebra as:csv", "action list open LD as:xlsx"):
        assert "There is nothing to send: 0 " in desk.refuses("ben", f"/lif {typed}", SE)
    assert promised(desk) == []


def test_hostile_words_in_a_file_are_words(desk: Desk) -> None:
    desk.ben("/lif action add =HYPERLINK(1) &amp; &lt;b&gt; 👩‍👩‍👧 \u202eמה owner:@cleo due:31 March")
    desk.ben("/lif find hyperlink words:“../../etc: 'x'” as:xlsx")
    assert promised(desk) == []
    desk.ben("/lif find =hyperlink as:csv")
    desk.ben("/lif find =hyperlink as:xlsx")
    table, book = (drawn(desk, row) for row in promised(desk))
    assert "'=HYPERLINK(1) & <b>" in table.content.decode()
    head, row = cells(book)
    assert str(row[head.index("Action")]).startswith("=HYPERLINK(1) & <b>")
    assert "/" not in table.name


def test_five_hundred_items_make_one_file(desk: Desk) -> None:
    desk.ben("/lif action add First owner:@cleo due:31 March")
    with desk.db.begin() as session:
        scope = desk.scope(session)
        (first,) = scope.all(Item)
        for number in range(2, 501):
            row = first.model_dump(exclude={"id"}) | {"ref": f"SE-2026-{number:03d}", "number": number}
            scope.session.add(Item(**row))
    desk.ben("/lif action list as:xlsx")
    (promise,) = promised(desk)
    assert len(cells(drawn(desk, promise))) == 501
