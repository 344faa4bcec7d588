"""A partnership in one room: people type, the clock is wound, and what lifbot says by itself is kept to be read.

The real commands, sweep and delivery on a real database; only the platform is a recorder. `room.wind("2026-03-20")`
lives through every moment until then, as the running program does; `room.jump` wakes up there, as after an outage.
Times are those on the partnership's wall. Nothing is forgotten: `room.all("dev")` is everything Dev was ever told by
itself, `room.new("dev")` what came since it was last asked.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel

from commands import dispatch
from lifbot.calendar import at_local
from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Incoming, Message, Parcel, Place, Receipt
from lifbot.partnership_file import read
from scheduler.clock import tick
from storage import due
from storage.db import Database
from storage.export import whole_log
from storage.scope import Scope
from storage.setup import apply
from tests.ready import fill

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 1, 9, 10, 0, tzinfo=UTC)  # Friday, the day after SE's first meeting
SE, LD = "C0SE", "C0LD"
PUBLIC_URL = "https://lif.example.org"
TWO_MONTHLY = '{rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}'
HEAD = """
partnership: {id: kirklees, name: Kirklees Safeguarding Children Partnership, timezone: Europe/London,
              chair: dev, deputy_chair: kim, business_unit: [amina], slack_team: T0001}
"""
CAST = """
agencies:
  - {id: council, name: Kirklees Council}
  - {id: icb, name: West Yorkshire ICB}
  - {id: police, name: West Yorkshire Police}
people:
  - {id: amina, name: Amina Yusuf, agency: council, slack: U0AMINA}
  - {id: ben, name: Ben Carter, agency: police, slack: U0BEN}
  - {id: grace, name: Grace Okafor, agency: icb, slack: U0GRACE}
  - {id: cleo, name: Cleo Hart, agency: icb, slack: U0CLEO}
  - {id: dev, name: Dev Rao, agency: council, slack: U0DEV}
  - {id: kim, name: Kim Aldous, agency: council, slack: U0KIM}
  - {id: ian, name: Ian Lund, agency: police, slack: U0IAN}
  - {id: fay, name: Fay O'Brien, agency: police, email: fay@example.org}
"""
GROUP = """
groups:
  - {{id: se, name: Safeguarding Effectiveness Subgroup, prefix: SE, chair: ben, deputy: grace,
      members: [amina, cleo, ian], slack_channel: C0SE, meetings: {meetings}}}
"""


def file(meetings: str = TWO_MONTHLY, *, head: str = HEAD, rules: str = "", more: str = "") -> str:
    """Return a partnership file: the cast, and SE with these meetings."""
    return head + CAST + GROUP.format(meetings=meetings) + more + (f"rules: {{{rules}}}\n" if rules else "")


def moment(text: str) -> datetime:
    """Read "2026-03-20" (09:00) or "2026-03-20 14:30" on the partnership's wall."""
    day, _, clock = text.partition(" ")
    at = datetime.fromisoformat(f"{day}T{clock or '09:00'}")
    return at_local(at.date(), at.time(), LONDON)


@dataclass(frozen=True)
class Said:
    """What lifbot said by itself: to whom (a person's id, or a channel), when, and its plain text."""

    to: str
    at: datetime
    message: Message

    @property
    def text(self) -> str:
        """All its words, a line each."""
        return self.message.plain()

    @property
    def when(self) -> str:
        """The moment on the partnership's wall, as "2026-03-20 09:00"."""
        return f"{self.at.astimezone(LONDON):%Y-%m-%d %H:%M}"

    def __contains__(self, words: str) -> bool:
        return words in self.text


@dataclass
class Room:
    """One partnership at work; `refuses` are people whom the platform cannot reach, with its word for why."""

    db: Database
    now: datetime = START
    told: list[Said] = field(default_factory=list)
    answered: list[Message] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    is_down: bool = False
    _read: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def setup(self, text: str, *, remove: bool = False) -> tuple[str, ...]:
        """Load a partnership file, as `bot.py setup` does."""
        with self.db.begin() as session:
            return apply(session, read(text), self.now, remove=remove)

    def types(self, who: str, text: str, place: str = SE) -> str:
        """Type a command in a channel; returns the answer."""
        return self._answer(who, text, Place(place, direct=False), "command")

    def says(self, who: str, text: str) -> str:
        """Write to lifbot in the direct message; returns the reply."""
        return self._answer(who, text, Place(f"D{who}", direct=True), "words")

    def logs(self, text: str, due: str, owner: str = "cleo", by: str = "ben", place: str = SE, more: str = "") -> str:
        """Log an action, which must succeed; returns its reference."""
        said = self.types(by, f"action add {text} owner:@{owner} due:{due} {more}", place)
        assert "Saved as " in said, said
        return said.partition("Saved as ")[2].partition(",")[0]

    def wind(self, until: str | datetime) -> None:
        """Live through all the time until a moment."""
        target = moment(until) if isinstance(until, str) else until
        assert target >= self.now, f"it is {self.now} already"
        self._tick()
        while (at := self._next(target)) is not None:
            self.now = at
            self._tick()
        self.now = target
        self._tick()

    def jump(self, until: str) -> None:
        """Wake up at a moment, as after an outage."""
        self.now = moment(until)
        self._tick()

    def pause(self, minutes: int = 5) -> None:
        """Let a few minutes pass."""
        self.wind(self.now + timedelta(minutes=minutes))

    def all(self, to: str, words: str = "") -> list[Said]:
        """Return everything that somebody or a channel was told with these words in it."""
        return [said for said in self.told if said.to == to and words in said.text]

    def new(self, to: str, words: str = "") -> list[Said]:
        """Return what somebody or a channel was told since this was last asked of them."""
        mine = [said for said in self.told if said.to == to]
        fresh, self._read[to] = mine[self._read[to] :], len(mine)
        return [said for said in fresh if words in said.text]

    def days(self, to: str, words: str = "") -> list[str]:
        """Return when somebody was told something, as "2026-03-20 09:00"."""
        return [said.when for said in self.all(to, words)]

    def export(self) -> dict[str, Any]:
        """Return the whole log as `bot.py export` has it."""
        with self.db.begin() as session:
            return whole_log(Scope(session, due.partnerships(session)[0], self.now))

    def item(self, ref: str) -> dict[str, Any]:
        """Return one item of the log."""
        return next(item for item in self.export()["items"] if item["ref"] == ref)

    def _answer(self, who: str, text: str, place: Place, kind: Literal["command", "words"]) -> str:
        incoming = Incoming("slack", "T0001", f"U0{who.upper()}", place, text, self.now, kind, can_open_form=False)
        answer = dispatch.handle(self.db, incoming)
        self.answered += [answer] if answer else []
        return answer.plain() if answer else ""

    def _next(self, until: datetime) -> datetime | None:
        with self.db.begin() as session:
            at = due.next_moment(session, self.now)
        return at if at and at <= until else None

    def _tick(self) -> None:
        asyncio.run(tick(self.db, {"slack": self}, self.now))

    async def send(self, parcel: Parcel) -> Receipt:
        """Be the platform: keep what is said, or refuse it."""
        to = parcel.address.to.removeprefix("U0").lower() if parcel.address.direct else parcel.address.to
        if self.is_down:
            raise TryLater("http_503")
        if to in self.refuses:
            raise Undeliverable(self.refuses[to])
        self.told.append(Said(to, self.now, parcel.message))
        return Receipt(f"D{to}" if parcel.address.direct else to, f"{len(self.told)}.0")


_opened: set[str] = set()


@contextmanager
def room(database_url: str, text: str = "", *, now: datetime = START) -> Iterator[Room]:
    """Open a room with a partnership loaded from a file; the second time as it was left."""
    text = text or file()
    if database_url in _opened:
        _set_up(database_url, text, now)
    else:
        fill(database_url, ("room", text, now), lambda url: _set_up(url, text, now))
        _opened.add(database_url)
    db = Database(database_url, PUBLIC_URL)
    try:
        yield Room(db, now)
    finally:
        db.close()


def _set_up(database_url: str, text: str, now: datetime) -> None:
    db = Database(database_url)
    try:
        SQLModel.metadata.create_all(db.engine)
        Room(db, now).setup(text)
    finally:
        db.close()
