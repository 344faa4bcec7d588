"""Where a rhythm can begin: "every two months" does not say which month is the first."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lifbot.calendar import local_day, occurrences

AHEAD = timedelta(days=2 * 366)
MOST = 4  # beginnings that are offered


def beginnings(rrule: str, at: time, zone: ZoneInfo, now: datetime) -> list[str]:
    """Return the local starts ("2026-03-12T10:00") at which the rhythm can begin, the soonest first."""
    interval = int((re.search(r"INTERVAL=(\d+)", rrule) or ["", "1"])[1])
    dense = re.sub(r"INTERVAL=\d+;?", "", rrule).rstrip(";")
    first = f"{local_day(now, zone).isoformat()}T{at:%H:%M}"
    weekly = "FREQ=WEEKLY" in rrule
    found: dict[tuple[int, int], str] = {}
    for moment in occurrences(dense, first, zone, now, now + AHEAD):
        local = moment.astimezone(zone)
        period = local.isocalendar()[:2] if weekly else (local.year, local.month)
        found.setdefault((period[0], period[1]), f"{local:%Y-%m-%dT}{at:%H:%M}")
        if len(found) == min(interval, MOST):
            break
    return list(found.values())


def coming(rrule: str, start: str, zone: ZoneInfo, now: datetime, count: int = 3) -> list[datetime]:
    """Return the rhythm's next moments from a local start."""
    found = occurrences(rrule, start, zone, now, now + 6 * AHEAD)
    return found[:count]
