"""Tags: themes, what became of a gap, the plan's priority, whom it concerns; put on, taken off, counted, exported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from lifbot.errors import LifError
from lifbot.reports.export import as_csv
from lifbot.tags import counted, themes_in
from storage import export
from tests.desk import FILE, LD, Desk, at_desk, buttons_of
from tests.room import room

ONE = "SE-2026-001"
BOARDS = FILE.replace(
    "chair: dev, deputy_chair: kim,",
    "deputy_chair: null, boards: [{id: c, name: Children Board, scope: children, chair: dev}, "
    "{id: a, name: Adults Board, scope: adults, chair: kim}],",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def marks(desk: Desk, ref: str = ONE) -> tuple[object, ...]:
    """Return an item's tags, as the export has them."""
    item = desk.item(ref)
    return item["themes"], item["gap"], item["priority"], item["scope"]


ADDED: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("theme:neglect", (["neglect"], None, None, None)),
    ("themes:neglect, MASH; #early help gap:stabilised", (["neglect", "MASH", "early help"], "stabilised", None, None)),
    ("concerns:joint priority:3 Early help", ([], None, "3 Early help", "joint")),
    ("scope:adult theme:neglect,Neglect , neglect", (["neglect"], None, None, "adult")),
)


@pytest.mark.parametrize("kind", ["action", "recommendation", "issue"])
@pytest.mark.parametrize(("typed", "then"), ADDED)
def test_tags_are_given_when_it_is_logged(desk: Desk, kind: str, typed: str, then: tuple[object, ...]) -> None:
    desk.ben(f"/lif {kind} add Audit MASH owner:@cleo due:31 March {typed}")
    assert marks(desk) == then


def test_tags_are_changed_and_taken_off(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add Audit MASH owner:@cleo due:31 March theme:neglect")
        said = desk.ben("/lif action tag 1 theme:neglect, MASH gap:created priority:2 concerns:child").plain()
        assert "is tagged. Themes: neglect, MASH; Gap: Created; Priority: 2; Concerns: Children." in said
        assert marks(desk) == (["neglect", "MASH"], "created", "2", "child")
        shown = desk.ben("/lif action show 1").plain()
        assert "Themes: neglect, MASH\nGap: Created\nPriority: 2\nConcerns: Children" in shown
        desk.ben("/lif action tag 1 theme:none gap:none priority:- scope:none")
        assert marks(desk) == ([], None, None, None)
        desk.ben("/lif undo")
        assert marks(desk) == (["neglect", "MASH"], "created", "2", "child")
        assert "has these tags already" in desk.refuses("ben", "/lif action tag 1 priority:2")


def test_the_form_holds_what_stands_and_emptying_takes_off(desk: Desk) -> None:
    desk.ben("/lif action add Other owner:@cleo due:31 March theme:Think Family")
    desk.ben("/lif action add Audit MASH owner:@cleo due:31 March theme:neglect priority:2 gap:created")
    for form in (
        desk.ben("/lif action tag 2").form,
        desk.clicks("ben", desk.ben("/lif action show 2"), "Tags").form,
    ):
        assert form is not None
        held = {each.name: each.value for each in form.fields}
        assert held == {"theme": "neglect", "gap": "created", "priority": "2", "scope": ""}
        assert "In use: neglect, Think Family." in form.fields[0].hint
    assert form is not None
    desk.submits("ben", form, theme="think family", gap="", priority="")
    assert marks(desk, "SE-2026-002") == (["Think Family"], None, None, None), "a theme keeps its first spelling"


def test_where_no_form_opens_themes_in_use_are_offered(desk: Desk) -> None:
    desk.ben("/lif action add Other owner:@cleo due:31 March theme:Think Family")
    desk.ben("/lif action add Audit MASH owner:@cleo due:31 March theme:neglect")
    offered = desk.says("ben", "action tag SE-2026-002")
    assert "Themes: neglect" in offered.plain()
    assert "Or type for example: /lif action tag SE-2026-002 theme:neglect" in offered.plain()
    desk.clicks("ben", offered, "Think Family")
    assert marks(desk, "SE-2026-002")[0] == ["neglect", "Think Family"]


WRONG = (
    ("/lif action tag 1 gap:bigger", "What became of the gap is one of: created, stabilised, changed, none."),
    (f"/lif action tag 1 theme:{'x' * 61}", "A theme can be at most 60 characters"),
    (f"/lif action tag 1 theme:{','.join(map(str, range(11)))}", "at most 10 themes"),
    (f"/lif action tag 1 priority:{'x' * 101}", "can be at most 100 characters"),
    ("/lif action add Audit owner:@cleo due:31 March gap:none", "What became of the gap is one of"),
)


@pytest.mark.parametrize(("typed", "says"), WRONG)
def test_what_is_no_tag_changes_nothing(desk: Desk, typed: str, says: str) -> None:
    desk.ben("/lif action add Audit MASH owner:@cleo due:31 March")
    assert says in desk.refuses("ben", typed)


def test_themes_are_counted(desk: Desk) -> None:
    assert "no themes yet" in desk.ben("/lif action themes").plain()
    desk.ben("/lif action add One owner:@cleo due:31 March theme:neglect, MASH")
    desk.ben("/lif issue add Two owner:@cleo due:31 March theme:Neglect")
    desk.ben("/lif action add Three owner:@cleo due:31 March theme:MASH")
    desk.ben("/lif action withdraw 3 because it was logged twice")
    desk.types("harry", "/lif action add Four owner:@cleo due:31 March theme:neglect", LD)
    said = desk.ben("/lif action themes SE").plain()
    assert "Themes · Safeguarding Effectiveness Subgroup\nneglect: 2 items\nMASH: 1 item\n" in said
    assert "neglect: 3 items" in desk.types("amina", "/lif action themes all").plain()
    assert "can be seen by" in desk.refuses("ben", "/lif action themes LD")
    assert "can be seen by" in desk.refuses("jo", "/lif action themes all")


def test_themes_by_themselves() -> None:
    assert themes_in(" #Neglect ,, neglect;MASH\nnone", ["NEGLECT"]) == ("NEGLECT", "MASH")
    assert themes_in("none") == ()
    assert counted([["a", "B"], ["b"], []]) == (("B", 2), ("a", 1))
    with pytest.raises(LifError):
        themes_in("x" * 61)


def test_hostile_themes_are_only_words(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March theme:=cmd|x, <!channel>")
    assert marks(desk)[0] == ["=cmd|x", "@channel"]
    with desk.db.begin() as session:
        scope = desk.scope(session)
        rows = list(csv.DictReader(StringIO(as_csv(export.whole_log(scope), export.names(scope)).decode("utf-8-sig"))))
    assert rows[0]["Themes"] == "'=cmd|x, @channel"


def test_tags_are_in_the_files(desk: Desk) -> None:
    desk.ben(
        "/lif recommendation add Audit owner:@cleo due:31 March theme:neglect gap:changed concerns:adult priority:2"
    )
    desk.ben("/lif recommendation respond 1 part because of the cost")
    with desk.db.begin() as session:
        scope = desk.scope(session)
        (row,) = csv.DictReader(StringIO(as_csv(export.whole_log(scope), export.names(scope)).decode("utf-8-sig")))
    assert (row["Themes"], row["Gap"], row["Concerns"], row["Priority"]) == (
        "neglect",
        "Practice changed",
        "Adults",
        "2",
    )
    assert row["Response"] == "Accepted in part. the cost"


SCOPES = (("adult", ["kim"]), ("child", ["dev"]), ("joint", ["kim", "dev"]), ("", ["kim", "dev"]))


@pytest.mark.parametrize(("scope", "told"), SCOPES)
def test_whom_it_concerns_decides_which_boards_chair_is_asked(tmp_path: Path, scope: str, told: list[str]) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", BOARDS) as it:
        ref = it.logs("Audit MASH", "31 March")
        if scope:
            it.types("ben", f"action tag {ref} concerns:{scope}")
        it.types("ben", f"action escalate {ref} because two agencies disagree")
        it.pause()
        assert [who for who in ("kim", "dev") if it.new(who, ref)] == told


def test_buttons_of_tags_are_for_those_who_decide(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert "Tags…" in {button.label for button in buttons_of(desk.ben("/lif action show 1"))}
    assert "Tags…" not in {button.label for button in buttons_of(desk.cleo("/lif action show 1"))}
