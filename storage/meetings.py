"""Meetings: which comes next, which was last, and the calendars that the rules and timescales read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from lifbot.model import Group, Item, Meeting
from lifbot.policy.facts import Course
from lifbot.timescale import Calendar
from storage import stale
from storage.scope import Scope

STANDING = ("planned", "held")


def next_meeting(scope: Scope, group_id: str, after: datetime | None = None) -> Meeting | None:
    """Return the group's next meeting that still stands."""
    rows = scope.roster.by_group.get(group_id, ())
    coming = (row for row in rows if row.starts_at > (after or scope.now) and row.status == "planned")
    return _mine(scope, next(coming, None))


def _mine(scope: Scope, row: Meeting | None) -> Meeting | None:
    return scope.mine(row) if row else None


def standing_after(scope: Scope, group_id: str) -> Sequence[Meeting]:
    """Return the group's meetings still to come that stand, in order."""
    later = (Meeting.status == "planned", col(Meeting.starts_at) > scope.now)
    return scope.all(Meeting, Meeting.group_id == group_id, *later, order=Meeting.starts_at, limit=20)


def last_held(scope: Scope, group_id: str, before: datetime | None = None) -> Meeting | None:
    """Return the group's last meeting that counts as held: its start has passed and nobody said otherwise."""
    rows = scope.roster.by_group.get(group_id, ())
    past = (row for row in reversed(rows) if row.starts_at <= (before or scope.now) and row.status in STANDING)
    return _mine(scope, next(past, None))


def all_of(scope: Scope, group_id: str) -> Sequence[Meeting]:
    """Return all of a group's meetings in order."""
    return scope.all(Meeting, Meeting.group_id == group_id, order=Meeting.starts_at)


def course(scope: Scope, group_id: str) -> Course:
    """Return the group's calendar as the rules read it."""
    return scope.roster.course(group_id)


def calendar(scope: Scope, group: Group | None) -> Calendar:
    """Return today and all upcoming meetings, as timescales are read against."""
    starts, days = scope.roster.planned
    return Calendar(scope.today, group.id if group else None, days[bisect_right(starts, scope.now) :])


def look_again(scope: Scope, group_id: str) -> None:
    """Let the next sweep decide anew about a group and its items, since its calendar changed."""
    scope.change(Group, {"look_again_at": scope.now}, Group.id == group_id)
    scope.change(Item, {"look_again_at": scope.now}, Item.group_id == group_id, col(Item.look_again_at).is_not(None))
    stale.calendar_changed(scope, group_id)
