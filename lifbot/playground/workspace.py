"""The workspace: people, channels, messages, modals and Home views, with no word of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lifbot.playground.answers import Answers, Deliveries
from lifbot.playground.cast import BOT, Cast, Channel, dm_of
from lifbot.playground.database import Database
from lifbot.playground.files import Files
from lifbot.playground.messages import Messages
from lifbot.playground.refusal import Refusal
from lifbot.playground.views import Triggers, Views

CALLS_KEPT = 5_000


@dataclass(frozen=True)
class Call:
    """One Web API call the bot made."""

    method: str
    args: Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """How a coming call goes wrong: `after` lets it take effect first, `drop` cuts the connection."""

    method: str
    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    after: bool = False
    drop: bool = False


class Workspace:
    """All that the local workspace knows, kept in one SQLite file."""

    def __init__(self, path: Path | str, cast: Cast) -> None:
        self.cast = cast
        self.database = Database(path)
        self.messages = Messages(self.database)
        self.files = Files(self.database)
        self.views = Views(self.database, cast.team)
        self.triggers = Triggers()
        self.answers = Answers(self.database)
        self.deliveries = Deliveries(self.database)
        self.calls: list[Call] = []
        self._faults: list[Fault] = []
        for channel in cast.channels:
            self._seat(channel)

    def _seat(self, channel: Channel) -> None:
        # Only a channel nobody knows yet is filled: whom somebody removed later stays removed after a restart.
        if not self.members(channel.id):
            for person in (BOT, *channel.members):
                self.join(channel.id, person)

    def members(self, channel: str) -> list[str]:
        """The ids of all who are in a channel or in direct messages."""
        alone = self.cast.in_dm(channel)
        if alone:
            return [alone.id, BOT]
        return [r["person"] for r in self.database.rows("SELECT person FROM members WHERE channel = ?", channel)]

    def join(self, channel: str, person: str) -> None:
        """Puts somebody into a channel."""
        self.database.write("INSERT OR IGNORE INTO members(channel, person) VALUES (?, ?)", channel, person)

    def remove(self, channel: str, person: str) -> None:
        """Takes somebody (lifbot too) out of a channel."""
        self.database.write("DELETE FROM members WHERE channel = ? AND person = ?", channel, person)

    def place(self, channel: str) -> str:
        """The id of a channel or of direct messages, given its own or a person's id; else channel_not_found."""
        if self.cast.person(channel):
            return dm_of(channel)
        if self.cast.channel(channel) or self.cast.in_dm(channel):
            return channel
        raise Refusal("channel_not_found")

    def fail_next(
        self,
        method: str,
        *,
        status: int = 200,
        error: str | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        times: int = 1,
        after: bool = False,
        drop: bool = False,
    ) -> None:
        """Makes the next calls of a method go wrong; `delay` in seconds, `retry_after` in whole seconds."""
        self._faults += [Fault(method, status, error, retry_after, delay, after, drop)] * times

    def next_fault(self, method: str) -> Fault | None:
        """Takes the fault that waits for this method, if any."""
        fault = next((fault for fault in self._faults if fault.method == method), None)
        if fault:
            self._faults.remove(fault)
        return fault

    def record(self, call: Call) -> None:
        """Remembers a call; the oldest are forgotten."""
        self.calls.append(call)
        del self.calls[:-CALLS_KEPT]

    def close(self) -> None:
        """Closes the file."""
        self.database.close()
