"""What is kept between requests counts as it stands in the database, at once, in every process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import delete, event, text
from sqlmodel import col, select

from lifbot.model import Group, Item, Meeting, Membership, Person, RosterStamp
from lifbot.partnership_file import read
from storage import people
from storage.db import Database
from storage.setup import apply
from tests.desk import FILE, Desk, at_desk


class Undone(Exception):
    """Ends a transaction that is to change nothing."""


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A process in which everything has been asked for once."""
    with at_desk(database_url) as found:
        found.ben("/lif action list open")
        yield found


@pytest.fixture
def other(desk: Desk, database_url: str) -> Iterator[Desk]:
    """A second process on the same database, which knows as much."""
    db = Database(database_url)
    there = Desk(db, desk.now)
    there.ben("/lif action list open")
    yield there
    db.close()


def stamp(desk: Desk) -> str:
    with desk.db.begin() as session:
        return session.exec(select(RosterStamp.stamp)).one()


def test_a_file_loaded_elsewhere_counts_at_once(desk: Desk, other: Desk) -> None:
    assert "Eve" not in other.types("eve", "/lif help").plain()
    with desk.db.begin() as session:
        eve = "  - {id: eve, name: Eve Marsh, agency: icb, slack: U0EVE}\ngroups:"
        apply(session, read(FILE.replace("groups:", eve)), desk.now, remove=False)
    assert "What you can type" in other.types("eve", "/lif help").summary
    assert "Saved as" in other.ben("/lif action add Audit owner:Eve due:31 March").plain()


def test_who_has_left_is_a_stranger_at_once_to_every_process(desk: Desk, other: Desk) -> None:
    with desk.db.begin() as session:
        scope = desk.scope(session)
        cleo = people.by_address(scope, "slack", "U0CLEO")
        assert cleo
        cleo.left_on = scope.today
    for each in (desk, other):
        assert "does not know this account" in each.cleo("/lif help").plain()


def test_a_new_chair_may_decide_at_once(desk: Desk, other: Desk) -> None:
    add = "/lif action add Audit owner:<@U0CLEO> due:31 March"
    assert "Saved" not in other.types("ian", add).plain()
    with desk.db.begin() as session:
        group = people.group_of_channel(desk.scope(session), "slack", "C0SE")
        assert group
        group.chair = "ian"
    assert "Saved" in other.types("ian", add).plain()


def test_rows_that_are_changed_in_bulk_count_too(desk: Desk, other: Desk) -> None:
    with desk.db.begin() as session:
        session.execute(delete(Membership).where(col(Membership.person_id) == "cleo"))
    with other.db.begin() as session:
        scope = other.scope(session)
        se = people.group_of_channel(scope, "slack", "C0SE")
        assert se
        assert "cleo" not in people.members(scope, se)


def test_a_meeting_that_is_cancelled_elsewhere_is_no_longer_the_next(desk: Desk, other: Desk) -> None:
    assert "12 March" in other.ben("/lif meeting next").plain()
    desk.ben("/lif meeting cancel because the hall is closed")
    assert "12 March" not in other.ben("/lif meeting next").plain()


def test_what_was_rolled_back_was_never_so(desk: Desk) -> None:
    before = stamp(desk)
    with suppress(Undone), desk.db.begin() as session:
        scope = desk.scope(session)
        cleo = people.by_address(scope, "slack", "U0CLEO")
        assert cleo
        cleo.name = "Somebody Else"
        assert [row.name for row in people.present(scope) if row.id == "cleo"] == ["Somebody Else"]
        raise Undone
    assert stamp(desk) == before
    with desk.db.begin() as session:
        assert "Cleo Hart" in [row.name for row in people.present(desk.scope(session))]


def test_a_transaction_sees_its_own_changes_and_nobody_else_does_before_it_ends(desk: Desk, other: Desk) -> None:
    with desk.db.begin() as session:
        scope = desk.scope(session)
        scope.add(Person(partnership_id=scope.id, id="lee", name="Lee Shaw", slack="U0LEE"))
        assert people.by_address(scope, "slack", "U0LEE")
        if not desk.db.is_sqlite:  # which lets nobody else begin meanwhile
            with other.db.begin() as elsewhere:
                assert people.by_address(other.scope(elsewhere), "slack", "U0LEE") is None
    with other.db.begin() as elsewhere:
        assert people.by_address(other.scope(elsewhere), "slack", "U0LEE")


def test_what_the_sweep_notes_leaves_the_roster_as_it_is(desk: Desk) -> None:
    before = stamp(desk)
    with desk.db.begin() as session:
        scope = desk.scope(session)
        cleo, se = people.by_address(scope, "slack", "U0CLEO"), people.group_of_channel(scope, "slack", "C0SE")
        assert cleo
        assert se
        cleo.overdue_anchor, se.look_again_at, scope.partnership.digest_on = scope.today, scope.now, scope.today
        cleo.home_stale = True
    assert stamp(desk) == before
    with desk.db.begin() as session:
        scope = desk.scope(session)
        cleo = people.by_address(scope, "slack", "U0CLEO")
        assert cleo
        assert (cleo.overdue_anchor, cleo.home_stale) == (scope.today, True)
        assert scope.partnership.digest_on == scope.today


def test_a_change_to_a_row_that_was_handed_out_is_kept(desk: Desk) -> None:
    with desk.db.begin() as session:
        scope = desk.scope(session)
        first, again = (people.by_address(scope, "slack", "U0CLEO") for _ in range(2))
        assert first
        assert first is again
        first.wants_digest = True
    with desk.db.begin() as session:
        assert session.exec(select(Person.wants_digest).where(Person.id == "cleo")).one()


def test_an_item_of_its_own_leaves_the_roster_as_it_is(desk: Desk) -> None:
    before = stamp(desk)
    desk.ben("/lif action add Audit owner:<@U0CLEO> due:31 March")
    assert stamp(desk) == before
    with desk.db.begin() as session:
        assert session.exec(select(Item.ref)).all() == ["SE-2026-001"]


def test_a_second_request_asks_for_nothing_but_the_stamp(desk: Desk) -> None:
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(desk.db.engine, "before_cursor_execute", note)
    with desk.db.begin() as session:
        scope = desk.scope(session)
        assert len(people.present(scope)) == 10
        assert len(people.groups(scope)) == 2
    event.remove(desk.db.engine, "before_cursor_execute", note)
    assert [each for each in asked if "person" in each or "group" in each] == []


def test_a_database_without_a_stamp_is_read_each_time(desk: Desk, other: Desk) -> None:
    with desk.db.begin() as session:
        session.connection().execute(text("DELETE FROM roster_stamp"))
    with desk.db.begin() as session:
        session.connection().execute(text("UPDATE person SET name = 'Cleo Ash' WHERE id = 'cleo'"))
    with other.db.begin() as session:
        assert "Cleo Ash" in [row.name for row in people.present(other.scope(session))]


def test_meetings_that_are_planned_are_in_the_calendar(desk: Desk) -> None:
    with desk.db.begin() as session:
        scope = desk.scope(session)
        before = len(scope.roster.meetings)
        moment = desk.now.replace(year=desk.now.year + 3)
        scope.add(Meeting(partnership_id=scope.id, group_id="se", starts_at=moment))
        assert len(scope.roster.meetings) == before + 1
        group = scope.roster.groups["se"]
        assert isinstance(group, Group)
        assert group not in session
