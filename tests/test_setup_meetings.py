"""A group's meetings in the database: made from its calendar, and what a changed calendar leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from lifbot.model import (
    Group,
    Item,
    Meeting,
    Update,
)
from storage.db import Database
from storage.meetings_plan import plan
from tests.ready import with_tables
from tests.setup_runs import NOW, SE_RULE, edited, log_item, setup, starts

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = with_tables(database_url)
    yield database
    database.close()


def test_meetings_are_made_from_the_rules_start_and_keep_their_hour(database: Database) -> None:
    setup(database)
    local = [start.astimezone(LONDON) for start in starts(database, "se")]
    assert [f"{each:%Y-%m-%d}" for each in local[:4]] == ["2026-01-08", "2026-03-12", "2026-05-14", "2026-07-09"]
    assert {f"{each:%H:%M}" for each in local} == {"10:00"}
    assert local[-1] <= NOW + timedelta(days=730) < local[-1] + timedelta(days=63)


def test_a_rule_that_began_decades_ago_makes_three_years_of_the_past(database: Database) -> None:
    setup(database, edited((SE_RULE, 'meetings: {rrule: "FREQ=DAILY", start: "1995-01-01T10:00"}')))
    rows = starts(database, "se")
    assert rows[0] == datetime(2023, 1, 31, 10, tzinfo=UTC)
    assert len(rows) == 3 * 366 + 730


def test_planning_on_adds_only_what_is_missing(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        group = session.get_one(Group, ("kirklees", "se"))
        assert plan(session, group, LONDON, NOW) == 0
        cancelled = session.exec(select(Meeting).where(Meeting.group_id == "se")).all()[3]
        cancelled.status = "cancelled"
        made = plan(session, group, LONDON, NOW + timedelta(days=365))
        assert made == 6
        assert group.planned_until == NOW + timedelta(days=365 + 730)
        assert plan(session, group, LONDON, NOW - timedelta(days=365)) == 0
    everything = starts(database, "se") + starts(database, "se", "cancelled")
    assert len(everything) == len(set(everything))


def test_a_list_of_dates_is_made_whole(database: Database) -> None:
    setup(database, edited((SE_RULE, "meetings: [2026-01-08T10:00, 2026-07-09T10:00, 2031-05-01T10:00]")))
    assert [each.year for each in starts(database, "se")] == [2026, 2026, 2031]


def test_a_new_calendar_replaces_the_old_one_ahead_and_never_the_past_of_a_log(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        log_item(session)
    said = setup(database, edited((SE_RULE, 'meetings: {rrule: "FREQ=WEEKLY", start: "2025-11-06T14:00"}')))
    assert said[0] == (
        "changed group se: meetings FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH from 2026-01-08T10:00"
        " -> FREQ=WEEKLY from 2025-11-06T14:00"
    )
    assert said[1] == "group se: 12 planned meetings taken out, 104 new ones"
    rows = starts(database, "se")
    assert [f"{each:%d %B %H:%M}" for each in rows[:3]] == [
        "08 January 10:00",
        "05 February 14:00",
        "12 February 14:00",
    ]


def test_a_mistaken_calendar_can_be_put_right_before_anything_is_logged(database: Database) -> None:
    setup(database)
    setup(database, edited((SE_RULE, "meetings: [2026-01-15T10:00, 2026-04-16T10:00]")))
    assert [f"{each:%d %B}" for each in starts(database, "se")] == ["15 January", "16 April"]


def test_items_of_a_meeting_that_goes_keep_their_date_and_what_was_said_keeps_its_meeting(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        march, may, july = session.exec(
            select(Meeting).where(Meeting.group_id == "se").order_by(col(Meeting.starts_at)).offset(1).limit(3)
        ).all()
        log_item(session, 1, due_meeting=march.id, due_on=date(2026, 3, 12))
        item = log_item(session, 2, due_meeting=may.id, due_on=date(2026, 5, 14), agreed_at_meeting=july.id)
        session.add(
            Update(
                partnership_id="kirklees",
                item_id=item.id,
                at=NOW,
                by="ben",
                kind="discussed",
                text="Talked about",
                meeting_id=may.id,
            )
        )
        ids = (march.id, may.id, july.id)
    setup(database, edited((SE_RULE, "meetings: [2026-03-12T14:00, 2026-11-05T10:00]")))
    with database.begin() as session:
        one, two = session.exec(select(Item).order_by(col(Item.number))).all()
        assert one.due_meeting not in (None, *ids)  # the same day, at another hour: the tie goes with it
        assert (two.due_meeting, two.due_on, two.agreed_at_meeting) == (None, date(2026, 5, 14), ids[2])
        assert session.get(Meeting, ids[0]) is None
        kept = [session.get_one(Meeting, id) for id in ids[1:]]
        assert [(row.status, row.why) for row in kept] == [("cancelled", "no longer in the group's calendar")] * 2


def test_what_people_moved_or_cancelled_stays_when_the_calendar_changes(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        march, may = session.exec(
            select(Meeting).where(Meeting.group_id == "se").order_by(col(Meeting.starts_at)).offset(1).limit(2)
        ).all()
        to = Meeting(
            partnership_id="kirklees", group_id="se", starts_at=march.starts_at + timedelta(7), from_rule=False
        )
        session.add(to)
        session.flush()
        march.status, march.moved_to, may.status = "moved", to.id, "cancelled"
    setup(database, edited((SE_RULE, "meetings: [2026-03-12T10:00, 2026-05-14T10:00, 2026-07-09T10:00]")))
    assert [f"{each:%d %B}" for each in starts(database, "se")] == ["19 March", "09 July"]
    assert len(starts(database, "se", "moved")) == len(starts(database, "se", "cancelled")) == 1


def test_another_time_zone_moves_the_meetings_and_keeps_their_hour(database: Database) -> None:
    setup(database)
    setup(database, edited(("Europe/London", "Europe/Paris")))
    local = [start.astimezone(ZoneInfo("Europe/Paris")) for start in starts(database, "se")]
    assert {f"{each:%H:%M}" for each in local} == {"10:00"}
    assert f"{local[1]:%d %B %Y}" == "12 March 2026"
