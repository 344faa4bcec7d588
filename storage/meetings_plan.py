"""Meetings as rows: made from a group's calendar, and unmade when the calendar changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import Session, col, select, update

from lifbot.calendar import MOST_OCCURRENCES, local_day, occurrences, parse_local
from lifbot.model import Group, Item, Meeting, Update

LOOK_BACK = timedelta(days=3 * 366)  # a rule may have started decades ago
POINTERS = ((Item, "due_meeting"), (Item, "agreed_at_meeting"), (Update, "meeting_id"))


def plan(session: Session, group: Group, zone: ZoneInfo, now: datetime, *, horizon_days: int = 730) -> int:
    """Make the rows of a group's meetings up to `horizon_days` from now; returns how many were new.

    Begins at the calendar's own start, not at now, and goes on from `planned_until`. A start that ever had a row is
    left alone, so what was cancelled or moved is not made again.
    """
    until = now + timedelta(days=horizon_days)
    known = set(session.exec(select(Meeting.starts_at).where(*_of(group))).all())
    found = set(_starts(group, zone, group.planned_until or now - LOOK_BACK, until)) - known
    session.add_all(
        Meeting(partnership_id=group.partnership_id, group_id=group.id, starts_at=start) for start in sorted(found)
    )
    group.planned_until = max(until, group.planned_until or until)
    session.add(group)
    session.flush()
    return len(found)


def plan_anew(session: Session, group: Group, zone: ZoneInfo, now: datetime) -> tuple[int, int]:
    """Follow a group's changed calendar; returns how many meetings were taken out and made.

    What has passed counts as held and decides cycles, so it is rewritten only while the group has no items.
    """
    items = select(Item.id).where(Item.partnership_id == group.partnership_id, Item.group_id == group.id)
    since = now - LOOK_BACK if session.exec(items).first() is None else now
    wanted = set(_starts(group, zone, since, max(now, group.planned_until or now) + LOOK_BACK))
    stale = [row for row in _untouched(session, group, since, now) if row.starts_at not in wanted]
    group.planned_until = since
    made = plan(session, group, zone, now)
    planned = session.exec(select(Meeting).where(*_of(group), Meeting.status == "planned")).all()
    instead = {local_day(row.starts_at, zone): row for row in planned if row not in stale}
    for row in stale:
        take_out(session, row, now, instead.get(local_day(row.starts_at, zone)))
    return len(stale), made


def take_out(session: Session, meeting: Meeting, now: datetime, instead: Meeting | None = None) -> None:
    """Unmake a meeting: what pointed at it points at the one `instead`, of the same day.

    Without such a one, items due at it keep their date, and a meeting that the log speaks of is cancelled, not deleted.
    """
    for model, name in POINTERS if instead else POINTERS[:1]:
        here = getattr(model, name) == meeting.id
        session.exec(update(model).where(here).values({name: instead.id if instead else None}))
    if _spoken_of(session, meeting):
        meeting.status, meeting.why = "cancelled", "no longer in the group's calendar"
        meeting.closed_at, meeting.closed_by = now, "setup"
        session.add(meeting)
    else:
        session.delete(meeting)
    session.flush()


def _starts(group: Group, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The calendar's moments, after < x <= until; those of a list have no latest."""
    if isinstance(group.meetings, list):
        yield from (at for at in (parse_local(text, zone) for text in group.meetings) if at > after)
    elif group.meetings:
        yield from _by_rule(group.meetings["rrule"], group.meetings["start"], zone, after, until)


def _by_rule(rrule: str, start: str, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    found: Sequence[datetime] = occurrences(rrule, start, zone, after, until)
    while found:
        yield from found
        found = occurrences(rrule, start, zone, found[-1], until) if len(found) == MOST_OCCURRENCES else ()


def _of(group: Group) -> tuple[Any, Any]:
    return Meeting.partnership_id == group.partnership_id, Meeting.group_id == group.id


def _untouched(session: Session, group: Group, since: datetime, now: datetime) -> Sequence[Meeting]:
    """Meetings later than `since` that nobody closed, moved or cancelled; past ones only where no agenda went out."""
    targets = select(Meeting.moved_to).where(*_of(group), col(Meeting.moved_to).is_not(None))
    return session.exec(
        select(Meeting).where(
            *_of(group),
            col(Meeting.from_rule),
            Meeting.status == "planned",
            col(Meeting.closed_at).is_(None),
            Meeting.starts_at > since,
            or_(col(Meeting.starts_at) > now, col(Meeting.agenda_at).is_(None)),
            col(Meeting.id).not_in(targets),
        )
    ).all()


def _spoken_of(session: Session, meeting: Meeting) -> bool:
    item = session.exec(select(Item.id).where(Item.agreed_at_meeting == meeting.id)).first()
    word = session.exec(select(Update.id).where(Update.meeting_id == meeting.id)).first()
    return item is not None or word is not None
