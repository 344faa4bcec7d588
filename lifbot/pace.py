"""How fast a platform takes messages: so many a second in one place, with short bursts, and so many altogether."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from lifbot.errors import TryLater

MOST_WAIT = 10.0  # seconds; a longer wait would outlive the lease on what is to be sent


class Rate(NamedTuple):
    """A burst of so many, and so many a second after it."""

    burst: int
    a_second: float

    def times(self, haste: float) -> Rate:
        """Return the same burst, so many times faster after it."""
        return Rate(self.burst, self.a_second * haste)


class Bucket:
    """A token bucket that holds a burst and refills by the second."""

    def __init__(self, rate: Rate) -> None:
        self._burst = (rate.burst - 1) / rate.a_second
        self._interval = 1 / rate.a_second
        self._full_at = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until the next token."""
        return max(0.0, self._full_at - now - self._burst)

    def take(self, now: float) -> None:
        """Take the next token, which may not be there yet."""
        self._full_at = max(self._full_at, now) + self._interval


class Pace:
    """A bucket for each place and one for each workspace or tenant, on a real clock."""

    def __init__(
        self,
        place: Rate,
        whole: Rate,
        sleep: Callable[[float], Awaitable[object]],
        monotonic: Callable[[], float],
    ) -> None:
        self._rates = (place, whole)
        self._sleep = sleep
        self._monotonic = monotonic
        self._wholes: dict[str, Bucket] = {}
        self._places: dict[str, Bucket] = {}
        self._paused: dict[str, float] = {}

    async def turn(self, place: str, whole: str = "") -> None:
        """Wait for this place's turn; TryLater if that is more than ten seconds away."""
        now = self._monotonic()
        bucket = self._places.setdefault(place, Bucket(self._rates[0]))
        altogether = self._wholes.setdefault(whole, Bucket(self._rates[1]))
        wait = max(bucket.wait(now), altogether.wait(now), self._paused.get(place, now) - now)
        if wait > MOST_WAIT:
            raise TryLater("pacing", wait)
        bucket.take(now)
        altogether.take(now)
        if wait:
            await self._sleep(wait)

    def pause(self, place: str, seconds: float) -> None:
        """Send nothing to a place for a while, since the platform asked for it."""
        self._paused[place] = self._monotonic() + seconds
