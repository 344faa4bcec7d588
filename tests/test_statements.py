"""How many statements a request makes: what it costs is mostly these, and unlike time they can be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from commands import lasting
from lifbot.message import Incoming, Message, Place
from storage import people
from storage.db import Database
from tests.desk import Desk, at_desk

ADD = "/lif action add Audit MASH thresholds owner:<@U0CLEO> due:31 March"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at which everything has been asked for once: the roster is kept, and Cleo has been reminded."""
    with at_desk(f"sqlite:///{tmp_path}/lifbot.db") as found:
        found.ben(ADD)
        found.ben(ADD)
        found.later(minutes=5)
        yield found


def statements(desk: Desk, does: Callable[[], object]) -> list[str]:
    """Return the statements that something makes, without the bounds of its transaction."""
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            seen.append(" ".join(statement.split())[:100])

    event.listen(desk.db.engine, "before_cursor_execute", note)
    try:
        does()
    finally:
        event.remove(desk.db.engine, "before_cursor_execute", note)
    return seen


def test_help_asks_only_whether_the_roster_still_holds(desk: Desk) -> None:
    assert statements(desk, lambda: desk.ben("/lif help")) == ["SELECT stamp FROM roster_stamp"]


def test_help_that_was_asked_before_makes_none(desk: Desk) -> None:
    desk.ben("/lif help")
    assert statements(desk, lambda: asked_at_once(desk, "ben")) == []
    assert asked_at_once(desk, "ben") == desk.ben("/lif help")


def test_help_is_given_at_once_only_where_it_would_be_given_now(desk: Desk, tmp_path: Path) -> None:
    for who in ("ben", "cleo"):
        desk.types(who, "/lif help")
    assert asked_at_once(desk, "eve") is None
    elsewhere = Database(f"sqlite:///{tmp_path}/lifbot.db")
    with elsewhere.begin() as session:
        scope = desk.scope(session)
        cleo = people.by_address(scope, "slack", "U0CLEO")
        assert cleo
        cleo.left_on = scope.today
    elsewhere.close()
    assert [asked_at_once(desk, who) for who in ("ben", "cleo")] == [None, None]
    assert "does not know this account" in desk.cleo("/lif help").plain()
    assert asked_at_once(desk, "cleo") is None


def asked_at_once(desk: Desk, who: str) -> Message | None:
    incoming = Incoming("slack", desk.team, f"U0{who.upper()}", Place("C0SE", False), "/lif help", desk.now)
    return lasting.at_once(desk.db, incoming)


def test_an_outsider_costs_no_more_than_that(desk: Desk) -> None:
    assert len(statements(desk, lambda: desk.hears("eve", "/lif help"))) == 1


def test_logging_an_action_makes_few_statements(desk: Desk) -> None:
    assert len(statements(desk, lambda: desk.ben(ADD))) <= 10


def test_a_list_makes_as_many_statements_for_many_items_as_for_few(desk: Desk) -> None:
    few = statements(desk, lambda: desk.cleo("/lif action list mine"))
    for owner in ("AMINA", "GRACE", "IAN", "CLEO", "HARRY"):
        desk.ben(f"/lif action add Train everybody owner:<@U0{owner}> due:1 May")
    assert len(statements(desk, lambda: desk.cleo("/lif action list mine"))) == len(few) <= 5
    assert len(statements(desk, lambda: desk.ben("/lif action list all"))) <= 5


def test_a_reply_to_a_reminder_makes_few_statements(desk: Desk) -> None:
    thread = desk.reminded("cleo", "SE-2026-001")
    assert len(statements(desk, lambda: desk.says("cleo", "update half of it is done", thread=thread))) <= 20
