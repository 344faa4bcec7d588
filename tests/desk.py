"""A desk at which people type to lifbot: the real commands on a real database, without the wire.

`desk.ben("/lif action add …")` is what Ben typed in the group's channel, and returns what lifbot answers;
`desk.says("cleo", …)` is a direct message, `desk.clicks` a button, `desk.submits` a form. What is typed passes Slack's
own reading first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, SQLModel

from commands import dispatch
from lifbot.message import Ask, Button, Form, Incoming, IncomingKind, ItemCard, ItemList, Message, Place
from lifbot.model import Item, LogEntry, Update
from lifbot.partnership_file import read
from lifbot.slack.entities import words
from storage import asked, people
from storage.db import Database
from storage.export import whole_log
from storage.scope import Scope
from storage.setup import apply
from tests.ready import fill

FRIDAY = datetime(2026, 1, 9, 10, 0, tzinfo=UTC)  # the day after the first meeting of SE
Kind = IncomingKind
SE, LD, NOWHERE = "C0SE", "C0LD", "C0TALK"
FILE = """
partnership: {id: kirklees, name: Kirklees Safeguarding Children Partnership, abbreviation: KSCP,
              timezone: Europe/London, chair: dev, deputy_chair: kim, business_unit: [amina], slack_team: T0001}
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
  - {id: harry, name: Harry Lund, agency: council, slack: U0HARRY}
  - {id: ian, name: Ian Carter, agency: police, slack: U0IAN}
  - {id: jo, name: Jo Bell, agency: council, slack: U0JO}
  - {id: fay, name: Fay O'Brien, agency: police}
groups:
  - id: se
    name: Safeguarding Effectiveness Subgroup
    prefix: SE
    chair: ben
    deputy: grace
    members: [amina, cleo, ian]
    slack_channel: C0SE
    meetings: {rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}
  - id: ld
    name: Learning and Development Subgroup
    prefix: LD
    aliases: [L&D]
    chair: harry
    members: [amina]
    slack_channel: C0LD
    meetings: {rrule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TU", start: "2026-01-20T14:00"}
"""


@dataclass
class Desk:
    """One database, one moment, and everybody who types there; `team` is the workspace they sit in."""

    db: Database
    now: datetime = FRIDAY
    team: str = "T0001"
    events: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000)))

    def hears(self, who: str, text: str, channel: str = SE, kind: Kind = "command", **given: Any) -> Message | None:
        """Hand one thing to the program as the platform's edge does."""
        place = Place(channel, channel.startswith("D"), given.pop("thread", None))
        user = f"U0{who.upper()}"
        text = text if kind in ("click", "form") else words(text).strip()
        return dispatch.handle(self.db, Incoming("slack", self.team, user, place, text, self.now, kind, **given))

    def types(self, who: str, text: str, channel: str = SE, **given: Any) -> Message:
        """Type a command in a channel; there is always an answer."""
        answer = self.hears(who, text, channel, **given)
        assert answer is not None
        return answer

    def amina(self, text: str, channel: str = SE) -> Message:
        """The business unit."""
        return self.types("amina", text, channel)

    def ben(self, text: str, channel: str = SE) -> Message:
        """The chair of SE."""
        return self.types("ben", text, channel)

    def grace(self, text: str, channel: str = SE) -> Message:
        """The deputy of SE."""
        return self.types("grace", text, channel)

    def cleo(self, text: str, channel: str = SE) -> Message:
        """A member of SE, who owns most of what is logged here."""
        return self.types("cleo", text, channel)

    def dev(self, text: str, channel: str = SE) -> Message:
        """The partnership chair."""
        return self.types("dev", text, channel)

    def says(self, who: str, text: str, thread: str | None = None) -> Message:
        """Write to lifbot in the direct message."""
        given: dict[str, Any] = {"thread": thread, "event": f"slack:{next(self.events)}", "can_open_form": False}
        answer = self.hears(who, text, f"D0{who.upper()}", "words", **given)
        assert answer is not None
        return answer

    def clicks(self, who: str, shown: Message, label: str, channel: str = SE) -> Message:
        """Press the button of a message that bears these words."""
        found = [button for button in buttons_of(shown) if button.label.startswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in buttons_of(shown)]}"
        answer = self.hears(who, found[0].command, channel, "click", thread="17.1")
        assert answer is not None
        return answer

    def submits(self, who: str, form: Form, channel: str = SE, **values: str) -> Message:
        """Fill in a form, on top of what it holds already, and send it."""
        assert set(values) <= {each.name for each in form.fields}, [each.name for each in form.fields]
        filled = {**{each.name: each.value for each in form.fields}, **values}
        answer = self.hears(who, form.command, channel, "form", fields=tuple(filled.items()))
        assert answer is not None
        return answer

    def reminded(self, who: str, *refs: str, asks: str = "nudge") -> str:
        """Let somebody have a message in their DM that asks about these items; returns its stamp."""
        with self.db.begin() as session:
            scope = self.scope(session)
            every = {row.ref: row.id for row in scope.all(Item)}
            stamp = f"{next(self.events)}.7"
            message = Message((), about=tuple(every[ref] for ref in refs), asks=asks)
            asked.remember(scope, who, message, f"D0{who.upper()}", stamp)
            return stamp

    def scope(self, session: Session) -> Scope:
        """The partnership within a transaction."""
        partnership = people.partnership_of(session, "slack", self.team)
        assert partnership is not None
        return Scope(session, partnership, self.now)

    def export(self) -> dict[str, Any]:
        """Return the whole log, as the export gives it."""
        with self.db.begin() as session:
            return whole_log(self.scope(session))

    def log(self) -> dict[str, Any]:
        """Return the whole log without the moment of the export: what must stay as it was when nothing is changed."""
        return {name: value for name, value in self.export().items() if name != "exported_at"}

    def refuses(self, who: str, text: str, channel: str = SE, **given: Any) -> str:
        """Type something that must change nothing; returns the answer in words."""
        before = self.log()
        answer = self.types(who, text, channel, **given).plain()
        assert self.log() == before, f"{who} changed something by {text!r}"
        return answer

    def entries(self) -> int:
        """Return how many changes the log holds: quicker to ask than the whole of it."""
        with self.db.begin() as session:
            scope = self.scope(session)
            return scope.count(LogEntry) + scope.count(Update)

    def item(self, ref: str) -> dict[str, Any]:
        """Return one item of the log."""
        found: dict[str, Any] = next(item for item in self.export()["items"] if item["ref"] == ref)
        return found

    def later(self, **passed: float) -> None:
        """Let time go by; nothing is swept."""
        self.now += timedelta(**passed)

    def is_on(self, moment: str) -> None:
        """Let it be this moment."""
        self.now = datetime.fromisoformat(moment)


def buttons_of(message: Message) -> list[Button]:
    """Return every button of a message, in order."""
    found: list[Button] = []
    for block in message.blocks:
        match block:
            case Ask() | ItemCard():
                found += block.buttons
            case ItemList():
                found += [button for card in block.cards for button in card.buttons]
    return found


@contextmanager
def at_desk(database_url: str, *files: str) -> Iterator[Desk]:
    """Open a database with the partnership in it, or with those of the files."""
    texts = files or (FILE,)
    fill(database_url, ("desk", texts), lambda url: _set_up(url, texts))
    db = Database(database_url)
    try:
        yield Desk(db)
    finally:
        db.close()


def _set_up(database_url: str, files: tuple[str, ...]) -> None:
    db = Database(database_url)
    try:
        SQLModel.metadata.create_all(db.engine)
        with db.begin() as session:
            for each in files:
                apply(session, read(each), FRIDAY, remove=False)
    finally:
        db.close()
