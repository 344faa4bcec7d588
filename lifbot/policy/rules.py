"""The numbers of a partnership: each has a default, and each may be set in the partnership file."""

import re
from calendar import day_name
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Self

WEEKDAYS = {name: at for at, day in enumerate(day_name) for name in (day.upper(), day[:3].upper())}


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide when lifbot speaks (CONTRACT.md, `rules`)."""

    cycles_before_escalation: int = 2
    fallback_interval_days: int = 91
    fallback_grace_days: int = 14
    remind_days_before: tuple[int, ...] = (14, 3, 0)
    overdue_every_days: int = 7
    nudge_at: time = time(9)
    notices_between: tuple[time, time] = (time(8), time(18))
    agenda_working_days_before: int = 2
    digest: tuple[int, time] = (0, time(9))
    snooze_max_days: int = 7
    chair_answer_working_days: int = 3
    members_may_log_actions: bool = False
    cards_in_channel: bool = False
    impact_after_months: tuple[int, ...] = (3, 12)

    @classmethod
    def parse(cls, mapping: object) -> Self:
        """The rules of a file's `rules` mapping; ValueError with one sentence that names the key and what to write."""
        if mapping is None:
            return cls()
        if not isinstance(mapping, Mapping):
            raise ValueError("rules must be written as keys with values, for example: rules: {overdue_every_days: 7}.")
        rules = cls(**{str(key): _read(key, value) for key, value in mapping.items()})
        if rules.nudge_at >= rules.notices_between[1]:
            raise ValueError("rules: nudge_at must be earlier than the end of notices_between.")
        return rules


def _read(key: object, value: object) -> Any:  # each key has its own type; the dataclass above names it
    reader = READERS.get(key) if isinstance(key, str) else None
    if reader is None:
        raise ValueError(f"rules: there is no rule called “{str(key)[:40]}”. The rules are {', '.join(READERS)}.")
    try:
        return reader(value)
    except ValueError as wrong:
        raise ValueError(f"rules: {key} must be {wrong}.") from None


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return value

    return read


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _clock(value: object) -> time:
    """A time of day; a number is what YAML makes of an unquoted 18:00, minutes since midnight."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        return time(value // 60, value % 60)
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value, re.ASCII) if isinstance(value, str) else None
    if not found:
        raise ValueError("a time like 09:00")
    return time(int(found[1]), int(found[2]))


def _between(value: object) -> tuple[time, time]:
    try:
        first, last = (_clock(part) for part in value) if isinstance(value, list | tuple) else ("", "")
    except ValueError:
        first, last = "", ""
    if not isinstance(first, time) or not isinstance(last, time) or first >= last:
        raise ValueError('two times, the earlier first, like ["08:00", "18:00"]')
    return first, last


def _days_before(value: object) -> tuple[int, ...]:
    day = _whole(0, 365)
    try:
        days = {day(part) for part in value} if isinstance(value, list | tuple) and len(value) <= 20 else None
    except ValueError:
        days = None
    if days is None:
        raise ValueError("a list of days from 0 to 365, like [14, 3, 0]")
    return tuple(sorted(days, reverse=True))


def _months(value: object) -> tuple[int, ...]:
    month = _whole(1, 60)
    try:
        months = {month(part) for part in value} if isinstance(value, list | tuple) and len(value) <= 6 else None
    except ValueError:
        months = None
    if months is None:
        raise ValueError("a list of up to six months from 1 to 60, like [3, 12], or [] for never")
    return tuple(sorted(months))


def _weekly(value: object) -> tuple[int, time]:
    name, _, clock = value.strip().partition(" ") if isinstance(value, str) else ("", "", "")
    try:
        return WEEKDAYS[name.upper()], _clock(clock.strip())
    except (KeyError, ValueError):
        raise ValueError("a day and a time like MON 09:00") from None


READERS: dict[str, Callable[[object], object]] = {
    "cycles_before_escalation": _whole(1, 12),
    "fallback_interval_days": _whole(7, 730),
    "remind_days_before": _days_before,
    "overdue_every_days": _whole(1, 90),
    "nudge_at": _clock,
    "notices_between": _between,
    "agenda_working_days_before": _whole(0, 20),
    "digest": _weekly,
    "snooze_max_days": _whole(0, 60),
    "chair_answer_working_days": _whole(1, 30),
    "members_may_log_actions": _yes_or_no,
    "cards_in_channel": _yes_or_no,
    "impact_after_months": _months,
}
