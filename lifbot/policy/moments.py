"""The hours at which lifbot may speak: nudges at their time on working days, notices between two times."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lifbot.calendar import at_local, local_day, next_working_day, on_or_after
from lifbot.policy.rules import Rules


def nudge_on(day: date, rules: Rules, zone: ZoneInfo) -> datetime:
    """The moment of the nudge on a day, or on the next working day if it is none."""
    return at_local(on_or_after(day), rules.nudge_at, zone)


def nudge_after(day: date, rules: Rules, zone: ZoneInfo) -> datetime:
    """The moment of the nudge on the next working day after a day."""
    return at_local(next_working_day(day), rules.nudge_at, zone)


def late_ok(now: datetime, rules: Rules, zone: ZoneInfo) -> datetime:
    """When a late nudge may go: now, if nudges have begun and the working day is not over; else the next nudge time."""
    return _within(now, rules.nudge_at, rules.notices_between[1], zone)


def own_hour(nudge_at: str | None, rules: Rules) -> time:
    """The time of day of somebody's reminders: the partnership's, or a later one of their own."""
    own = time.fromisoformat(nudge_at) if nudge_at else rules.nudge_at
    return max(own, rules.nudge_at) if own < rules.notices_between[1] else rules.nudge_at


def late_ok_for(now: datetime, nudge_at: str | None, rules: Rules, zone: ZoneInfo) -> datetime:
    """When a late nudge may go to somebody: as `late_ok`, but never before their own time of day."""
    return _within(now, own_hour(nudge_at, rules), rules.notices_between[1], zone)


def notice_moment(now: datetime, rules: Rules, zone: ZoneInfo) -> datetime:
    """When a notice of change may go: now, within the hours for notices on a working day; else when they next begin."""
    return _within(now, *rules.notices_between, zone)


def _within(now: datetime, start: time, end: time, zone: ZoneInfo) -> datetime:
    today = local_day(now, zone)
    opens = at_local(on_or_after(today), start, zone)
    if now < opens:
        return opens
    return now if now < at_local(today, end, zone) else at_local(next_working_day(today), start, zone)
