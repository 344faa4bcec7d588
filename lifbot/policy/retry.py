"""How long to wait before a message is tried again, and when to give up."""

from datetime import datetime, timedelta

FIRST_WAIT = 5.0
LONGEST_WAIT = 3600.0
MOST_ATTEMPTS = 40
LONGEST_TRY = timedelta(days=3)


def wait(attempt: int, retry_after: float | None, jitter: float) -> timedelta:
    """The time to the next attempt: doubling from 5 s to 1 h, jitter (0 to 1) included, at least Retry-After (s)."""
    doubled = FIRST_WAIT * 2.0 ** min(max(attempt - 1, 0), 20)
    spread = min(doubled, LONGEST_WAIT / 1.5) * (1 + min(max(jitter, 0.0), 1.0) / 2)
    return timedelta(seconds=max(spread, min(retry_after or 0.0, LONGEST_TRY.total_seconds())))


def give_up(attempt: int, first_tried_at: datetime, now: datetime) -> bool:
    """Whether enough was tried: 40 attempts, or three days."""
    return attempt >= MOST_ATTEMPTS or now - first_tried_at >= LONGEST_TRY
