"""Which meeting somebody means, and when they say it was or will be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from commands.context import Context
from lifbot.calendar import at_local, local_day, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import clip
from lifbot.model import Group, Meeting
from lifbot.timescale import DueDate, Question, read
from storage import meetings

LONG_AGO = timedelta(days=300)
CLOCK = re.compile(
    r"(?:\bat\s+)?\b(?:(\d{1,2})[:.](\d{2})\s*(?:([ap])\.?m\.?)?|(\d{1,2})\s*([ap])\.?m\.?)\s*$", re.IGNORECASE
)


def none_planned(group: Group) -> str:
    """Say that a group has no meeting ahead."""
    how = f"/lif meeting rhythm {group.prefix} second Thursday every two months at 10"
    return f"{group.name} has no meeting planned. Its chair or the business unit can say when it meets: {how}"


def fail(text: str) -> Meeting:
    """Raise LifError, where a meeting is needed."""
    raise LifError(text)


def to_close(ctx: Context, group: Group) -> Meeting:
    """Return the group's last meeting, which nobody has closed; raises LifError where there is none."""
    meeting = meetings.last_held(ctx.scope, group.id)
    if meeting is None or meeting.closed_at:
        coming = meetings.next_meeting(ctx.scope, group.id)
        when = (
            f" The next is on {say_moment(coming.starts_at, ctx.scope.zone)}; close it once it has begun."
            if coming
            else ""
        )
        raise LifError(f"{group.name} has no meeting to close.{when}")
    return meeting


def moment(ctx: Context, said: str, meeting: Meeting) -> datetime:
    """Read a new date, and a time if one is given; else the meeting keeps its time of day."""
    clock = CLOCK.search(said)
    words = said[: clock.start()] if clock else said
    day = read(words, meetings.calendar(ctx.scope, None))
    if meeting.starts_at <= ctx.scope.now:  # "12 March", said on the 20th of a meeting on the 5th, has passed
        day = _nearest(local_day(meeting.starts_at, ctx.scope.zone), day, _read_back(ctx, words))
    if not isinstance(day, DueDate):
        raise LifError(f"{day.why} Type for example: /lif meeting move to 2026-03-19 10:00", field="to")
    local = meeting.starts_at.astimezone(ctx.scope.zone)
    at = time_of_day(clock) if clock else local.time()
    return at_local(day.on, at, ctx.scope.zone)


def time_of_day(clock: re.Match[str]) -> time:
    """Return the time of day that was said; LifError where it is none."""
    hour, minute, half = int(clock[1] or clock[4]), int(clock[2] or 0), (clock[3] or clock[5] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise LifError("That is not a time of day. Type for example 10:00.", field="to")
    return time(hour, minute)


def which(ctx: Context, group: Group, said: str) -> Meeting:
    """Return the meeting of a date; the next one where none is said, the last for "last"."""
    if said.lower() in ("", "next", "next meeting"):
        return meetings.next_meeting(ctx.scope, group.id) or fail(none_planned(group))
    if said.lower() in ("last", "last meeting"):
        return meetings.last_held(ctx.scope, group.id) or fail(f"{group.name} has not met yet.")
    every = sorted(meetings.all_of(ctx.scope, group.id), key=lambda row: row.status in meetings.STANDING)
    on = {local_day(row.starts_at, ctx.scope.zone): row for row in every}  # one that stands comes before one that moved
    days = (read(said, meetings.calendar(ctx.scope, group)), _read_back(ctx, said))
    match = next((on[day.on] for day in days if isinstance(day, DueDate) and day.on in on), None)
    if match is None:
        raise LifError(f"{group.name} has no meeting on “{clip(said, 40)}”. Type its date, for example 2026-03-12.")
    if match.status not in meetings.STANDING:
        day = say_date(local_day(match.starts_at, ctx.scope.zone))
        raise LifError(f"The meeting of {group.name} on {day} is {match.status} already, so nothing was changed.")
    return match


def _nearest(to: date, *readings: DueDate | Question) -> DueDate | Question:
    found = [each for each in readings if isinstance(each, DueDate)]
    return min(found, key=lambda each: abs(each.on - to)) if found else readings[0]


def _read_back(ctx: Context, said: str) -> DueDate | Question:
    """Read a date of the last months: of meetings one often speaks afterwards."""
    back = replace(meetings.calendar(ctx.scope, None), today=ctx.scope.today - LONG_AGO)
    return read(said, back)
