"""Meetings: which comes next, which was last, and the calendars that the rules and timescales read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from lifbot.calendar import local_day, normal_interval
from lifbot.model import Group, Item, Meeting
from lifbot.policy.facts import Course, Sitting
from lifbot.timescale import Calendar, MeetingDate
from storage import stale
from storage.scope import Scope

STANDING = ("planned", "held")


def next_meeting(scope: Scope, group_id: str, after: datetime | None = None) -> Meeting | None:
    """Return the group's next meeting that still stands."""
    later = col(Meeting.starts_at) > (after or scope.now)
    return scope.first(
        Meeting, Meeting.group_id == group_id, Meeting.status == "planned", later, order=Meeting.starts_at
    )


def standing_after(scope: Scope, group_id: str) -> Sequence[Meeting]:
    """Return the group's meetings still to come that stand, in order."""
    later = (Meeting.status == "planned", col(Meeting.starts_at) > scope.now)
    return scope.all(Meeting, Meeting.group_id == group_id, *later, order=Meeting.starts_at, limit=20)


def last_held(scope: Scope, group_id: str, before: datetime | None = None) -> Meeting | None:
    """Return the group's last meeting that counts as held: its start has passed and nobody said otherwise."""
    past = col(Meeting.starts_at) <= (before or scope.now)
    newest = col(Meeting.starts_at).desc()
    return scope.first(Meeting, Meeting.group_id == group_id, col(Meeting.status).in_(STANDING), past, order=newest)


def all_of(scope: Scope, group_id: str) -> Sequence[Meeting]:
    """Return all of a group's meetings in order."""
    return scope.all(Meeting, Meeting.group_id == group_id, order=Meeting.starts_at)


def course(scope: Scope, group_id: str) -> Course:
    """Return the group's calendar as the rules read it."""
    known = (col(Meeting.starts_at), col(Meeting.status), col(Meeting.from_rule))
    rows = scope.columns(Meeting, known, Meeting.group_id == group_id, order=Meeting.starts_at)
    days = [local_day(at, scope.zone) for at, status, from_rule in rows if from_rule or status in STANDING]
    return Course(scope.zone, tuple(Sitting(at, status) for at, status, _ in rows), normal_interval(days))


def calendar(scope: Scope, group: Group | None) -> Calendar:
    """Return today and all upcoming meetings, as timescales are read against."""
    names = {each.id: (each.name, each.prefix, each.id, *each.aliases) for each in scope.all(Group)}
    coming = (Meeting.status == "planned", col(Meeting.starts_at) > scope.now)
    known = (col(Meeting.group_id), col(Meeting.id), col(Meeting.starts_at))
    rows = scope.columns(Meeting, known, *coming, order=Meeting.starts_at)
    dates = tuple(MeetingDate(group_id, names[group_id], id, local_day(at, scope.zone)) for group_id, id, at in rows)
    return Calendar(scope.today, group.id if group else None, dates)


def look_again(scope: Scope, group_id: str) -> None:
    """Let the next sweep decide anew about a group and its items, since its calendar changed."""
    scope.change(Group, {"look_again_at": scope.now}, Group.id == group_id)
    scope.change(Item, {"look_again_at": scope.now}, Item.group_id == group_id, col(Item.look_again_at).is_not(None))
    stale.calendar_changed(scope, group_id)
