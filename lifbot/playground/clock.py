"""The workspace's clock: read from the bot's clock address, and moved through it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from lifbot.playground.refusal import Json
from lifbot.playground.wall import real_now
from lifbot.playground.wire import Wire

READ_WITHIN = aiohttp.ClientTimeout(total=2)
MOVE_WITHIN = aiohttp.ClientTimeout(total=900)


class Clock:
    """What time it is in the workspace; the offset from real time is remembered in case the clock is silent."""

    def __init__(self, url: str, wire: Wire, zone: ZoneInfo) -> None:
        self.zone = zone
        self.travels = False
        self.living_through: datetime | None = None
        self._url = url
        self._wire = wire
        self._offset = timedelta(0)

    def guess(self) -> datetime:
        """The time by the remembered offset."""
        return real_now() + self._offset

    async def now(self) -> datetime:
        """The time in the workspace; asked anew each time, since it runs fast while it is being moved."""
        try:
            async with self._wire.session.get(self._url, timeout=READ_WITHIN) as answer:
                self.travels = answer.status == 200
                if self.travels:
                    self._offset = datetime.fromisoformat((await answer.json())["now"]) - real_now()
        except (aiohttp.ClientError, TimeoutError):
            pass  # the remembered offset serves until the clock answers again
        return self.guess()

    async def move(self, to: datetime, mode: str) -> str | None:
        """Moves the clock, and waits until all that is due has happened; a sentence when it would not."""
        if self.living_through:
            return "The clock is already moving. Please wait until it has arrived."
        self.living_through = to
        body = {"now": to.isoformat(), "mode": mode}
        try:
            async with self._wire.session.post(self._url, json=body, timeout=MOVE_WITHIN) as answer:
                return None if answer.status == 200 else refusal_words(answer.status, await answer.text())
        except (aiohttp.ClientError, TimeoutError):
            return "The clock did not answer. Reload the page to see where it stands."
        finally:
            self.living_through = None
            await self.now()

    def aware(self, text: str) -> datetime:
        """An ISO moment; without an offset it is the partnership's local time. ValueError if it is none."""
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def shown(self, moment: datetime) -> Json:
        """A moment in the partnership's zone, as words for people and as ISO."""
        local = moment.astimezone(self.zone)
        return {
            "iso": local.isoformat(timespec="seconds"),
            "day": f"{local:%A} {local.day} {local:%B %Y}",
            "time": f"{local:%H:%M}",
        }


def refusal_words(status: int, text: str) -> str:
    """One line for a clock that would not move."""
    if status == 409:
        return "The clock only goes forward. Choose a later date."
    said: Any = text.strip()
    return f"The clock would not move ({status}). {said[:200]}" if said else f"The clock would not move ({status})."
