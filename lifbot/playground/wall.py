"""The real clock, for signatures, message ids and time limits; workspace time comes from the clock's address."""

from datetime import UTC, datetime


def real_now() -> datetime:
    """The real time, aware, in UTC."""
    return datetime.now(UTC)


def real_seconds() -> float:
    """The real time in seconds since 1970."""
    return real_now().timestamp()
