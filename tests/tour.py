"""Chat transcripts that are played: people's lines are typed, pressed or filled in, and lifbot's are what it said.

A block begins with ```chat. `[Friday 9 January 2026, 10:00 · #channel]` sets the time and the place (`direct messages`
is each person's own with lifbot); a header without a place shows what lifbot says by itself at that moment.
What it says at other moments is counted in a line "In between", so nothing is ever left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Literal

from commands import dispatch
from lifbot.message import Form, Incoming, Message, Parcel, Place, Receipt
from lifbot.partnership_file import read
from lifbot.playground.cast import dm_of
from operations.stage import cast_of
from scheduler.clock import tick
from storage import due
from storage.db import Database
from storage.scope import Scope
from storage.setup import apply
from tests.transcript import buttons_of, moment_of, said, wrapped, written

Kind = Literal["command", "words", "click", "form"]
DIRECT = "direct messages"
HEADER = re.compile(r"\[(?P<when>[^·\]]+?)(?: · (?P<place>[^\]]+))?\]")
DEED = re.compile(r"(?P<who>[A-Z][a-z]+)(?P<how>>| presses| fills in>) (?P<what>.+)")
PRESS = re.compile(r"\[(?P<label>[^\]]+)\](?: of (?P<ref>\S+))?")
BLOCK = re.compile(r"^```chat\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KINDS = {
    "digest": "weekly digest",
    "nudge": "reminder",
    "change": "notice",
    "discuss": "notice",
    "escalate": "escalation",
}


@dataclass(frozen=True)
class Sent:
    """One message on its way to a person or a channel, at its moment."""

    at: datetime
    parcel: Parcel


@dataclass
class Tour:
    """The playground's partnership, its clock wound from header to header."""

    db: Database
    now: datetime | None = None
    place: str | None = None
    sent: list[Sent] = field(default_factory=list)
    shown: dict[str, list[Message]] = field(default_factory=dict)
    forms: dict[str, tuple[Form, Place]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # first name -> user id
    channels: dict[str, str] = field(default_factory=dict)  # #name -> channel id

    async def send(self, parcel: Parcel) -> Receipt:
        """Take a message as Slack would."""
        assert self.now is not None
        self.sent.append(Sent(self.now, parcel))
        to = parcel.address.to
        if parcel.address.direct:
            self.shown.setdefault(self._name(to), []).append(parcel.message)
        return Receipt(dm_of(to) if parcel.address.direct else to, f"{len(self.sent)}.0")

    async def page(self, text: str) -> str:
        """Return a document with lifbot's lines as they are today."""
        done, at = [], 0
        for block in BLOCK.finditer(text):
            done += [text[at : block.start(1)], await self._block(block[1])]
            at = block.end(1)
        return "".join([*done, text[at:]])

    async def _block(self, text: str) -> str:
        lines: list[str] = []
        for line in text.splitlines():
            if header := HEADER.fullmatch(line):
                lines += [*([""] if lines else []), *await self._header(line, header)]
            elif line and not line.startswith((" ", "lifbot ", "In between: ")):
                lines += [line, *await self._deed(line)]
        return "".join(f"{line}\n" for line in lines)

    async def _header(self, line: str, header: re.Match[str]) -> Iterator[str]:
        moment = moment_of(header["when"])
        self.place = header["place"]
        if self.now is None:
            self._set_up(moment)
        before = len(self.sent)
        await self._live_until(moment)
        new = self.sent[before:]
        earlier, here = [each for each in new if each.at < moment], [each for each in new if each.at == moment]
        between = [*wrapped(f"In between: {self._counted(earlier)}."), ""] if earlier else []
        return iter([*between, line, *self._deliveries(here)])

    def _set_up(self, now: datetime) -> None:
        text = files("lifbot.playground").joinpath("kirklees.yaml").read_text(encoding="utf-8")
        with self.db.begin() as session:
            apply(session, read(text), now - timedelta(minutes=1), remove=False)
            cast = cast_of(Scope(session, due.partnerships(session)[0], now))
        self.people = {person.name.split()[0]: person.id for person in cast.people}
        self.channels = {f"#{channel.name}": channel.id for channel in cast.channels}

    async def _live_until(self, moment: datetime) -> None:
        assert self.now is None or moment >= self.now, f"the tour goes back in time at {moment}"
        while self.now and (coming := self._next()) and coming < moment:
            self.now = coming
            await tick(self.db, {"slack": self}, coming)
        self.now = moment
        await tick(self.db, {"slack": self}, moment)

    def _next(self) -> datetime | None:
        assert self.now is not None
        with self.db.begin() as session:
            return due.next_moment(session, self.now)

    def _deliveries(self, several: Sequence[Sent]) -> Iterator[str]:
        for each in several:
            address = each.parcel.address
            tag = f"to {self._name(address.to)}" if address.direct else f"in {self._channel(address.to)}"
            yield from said(tag, each.parcel.message)

    def _counted(self, several: Sequence[Sent]) -> str:
        counts: Counter[tuple[str, str]] = Counter()
        for each in several:
            kind, address = each.parcel.key.split("/")[1], each.parcel.address
            where = f"to {self._name(address.to)}" if address.direct else f"in {self._channel(address.to)}"
            counts[KINDS.get(kind, kind), where] += 1
        return ", ".join(
            f"{count} {kind}{'s' if count > 1 else ''} {where}" for (kind, where), count in sorted(counts.items())
        )

    def _name(self, user: str) -> str:
        return next(name for name, id in self.people.items() if id == user)

    def _channel(self, channel: str) -> str:
        return next(name for name, id in self.channels.items() if id == channel)

    # --- what people do ---------------------------------------------------------------------------------------

    async def _deed(self, line: str) -> Iterator[str]:
        deed = DEED.fullmatch(line)
        assert deed, f"nobody can do this: {line}"
        who = deed["who"]
        if deed["how"] == " fills in>":
            incoming = self._filled_in(who, deed["what"])
        elif deed["how"] == " presses":
            incoming = self._incoming(who, self._pressed(who, deed["what"]), "click")
        else:
            text = deed["what"]
            incoming = self._incoming(
                who, text.removeprefix("/lif "), "command" if text.startswith("/lif") else "words"
            )
        answer = await self.db.run(dispatch.handle, self.db, incoming)
        return self._answered(who, incoming, answer) if answer else iter(())

    def _incoming(self, who: str, text: str, kind: Kind, fields: tuple[tuple[str, str], ...] = ()) -> Incoming:
        user, direct = self.people[who], self.place in (None, DIRECT)
        channel = dm_of(user) if direct else self.channels[self.place or ""]
        assert self.now is not None
        return Incoming("slack", "T0LIFBOT", user, Place(channel, direct), text, self.now, kind, fields)

    def _pressed(self, who: str, what: str) -> str:
        """The command behind a button of the newest message that has it."""
        press = PRESS.fullmatch(what)
        assert press, f"write: {who} presses [Label] of SE-2026-001, not {what}"
        for message in reversed(self.shown.get(who, [])):
            for button in buttons_of(message):
                if button.label == press["label"] and (not press["ref"] or press["ref"] in button.command):
                    return button.command
        raise AssertionError(f"{who} sees no button {what}")

    def _filled_in(self, who: str, what: str) -> Incoming:
        form, _ = self.forms[who]
        values = dict(part.strip().split(": ", 1) for part in what.split(";"))
        labels = {each.label: each.name for each in form.fields}
        assert set(values) <= set(labels), f"the form has {', '.join(labels)}"
        opened = {each.name: each.value for each in form.fields}
        fields = opened | {labels[label]: value for label, value in values.items()}
        return self._incoming(who, form.command, "form", tuple(fields.items()))

    def _answered(self, who: str, incoming: Incoming, answer: Message) -> Iterator[str]:
        if answer.form:
            self.forms[who] = (answer.form, incoming.place)
            labels = ", ".join(each.label for each in answer.form.fields)
            return written(f"opens a form for {who}", [answer.form.title, f"  {labels}"])
        if answer.errors:
            beside = {each.name: each.label for each in self.forms[who][0].fields}
            return written(f"beside {who}'s field", [f"{beside[name]}: {text}" for name, text in answer.errors])
        self.shown.setdefault(who, []).append(answer)
        return said(f"to {who}" if incoming.place.direct else f"only {who} sees it", answer)
