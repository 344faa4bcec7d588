"""How fast Slack takes messages: about one a second in a channel, with short bursts, and a limit on the workspace."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from lifbot.errors import TryLater

MOST_WAIT = 10.0  # seconds; a longer wait would outlive the lease on what is to be sent


class Bucket:
    """A token bucket that holds `capacity` and refills with `rate` a second."""

    def __init__(self, capacity: int, rate: float) -> None:
        self._burst = (capacity - 1) / rate
        self._interval = 1 / rate
        self._full_at = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until the next token."""
        return max(0.0, self._full_at - now - self._burst)

    def take(self, now: float) -> None:
        """Take the next token, which may not be there yet."""
        self._full_at = max(self._full_at, now) + self._interval


class Pace:
    """A bucket for each channel and one for the workspace, on a real clock; `haste` makes both so many times faster."""

    def __init__(
        self, sleep: Callable[[float], Awaitable[object]], monotonic: Callable[[], float], haste: float = 1
    ) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._haste = haste
        self._workspace = Bucket(40, 20 * haste)
        self._channels: dict[str, Bucket] = {}
        self._paused: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait for this channel's turn; TryLater if that is more than ten seconds away."""
        now = self._monotonic()
        bucket = self._channels.setdefault(channel, Bucket(10, self._haste))
        wait = max(bucket.wait(now), self._workspace.wait(now), self._paused.get(channel, now) - now)
        if wait > MOST_WAIT:
            raise TryLater("pacing", wait)
        bucket.take(now)
        self._workspace.take(now)
        if wait:
            await self._sleep(wait)

    def pause(self, channel: str, seconds: float) -> None:
        """Send nothing to a channel for a while, since Slack asked for it."""
        self._paused[channel] = self._monotonic() + seconds
