"""The lines of pasted minutes, each as what would be logged: owner, date, what it still needs, whether it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from commands.bind import Due
from commands.context import Context
from commands.minuted import Minuted, Named
from commands.names import named
from lifbot import alike, minutes, timescale
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.minutes import Action
from lifbot.model import Group
from lifbot.timescale import DueDate, Question
from storage import items, meetings

LONGEST_TEXT = 1000  # of an action's words, as for one that is typed


@dataclass(frozen=True)
class Entry:
    """One line: what would be logged, or what is missing; `like` is what seems to be the same."""

    number: int
    action: Action
    named: Named
    due: Due | Question
    like: str = ""

    @property
    def text(self) -> str:
        """What is to be done."""
        return self.action.words

    @property
    def understood(self) -> str:
        """Who and when, in words; a question where it is not known yet."""
        owner = self.named.owner
        others = ", ".join(person.name for person in self.named.others) if owner else ""
        who = f"{owner.name}{f' with {others}' if others else ''}" if owner else "who?"
        return f"{who} · {_said(self.due)}"

    @property
    def lacks(self) -> str:
        """What must be said about it before it can be saved, in words; empty where nothing is."""
        if not self.text:
            return "What is to be done? Please add it, or empty the line."
        if len(self.text) > LONGEST_TEXT:
            return f"That is longer than {LONGEST_TEXT:,} characters; please shorten it."
        return ""


def _said(due: Due | Question) -> str:
    if isinstance(due, Question):
        return "by when?"
    day = say_date(due.on)
    return f"due {day}" if day.startswith(due.said) else f"due {day} (“{clip(due.said, 60)}”)"


@dataclass
class Paste:
    """Reads lines for one group, against its calendar, its members and what it has open."""

    ctx: Context
    group: Group

    @cached_property
    def people(self) -> Minuted:
        """Whom the lines can name."""
        return Minuted(self.ctx, self.group)

    @cached_property
    def calendar(self) -> timescale.Calendar:
        """What their days are read against."""
        return meetings.calendar(self.ctx.scope, self.group)

    @cached_property
    def open(self) -> Sequence[tuple[str, str]]:
        """What the group has open."""
        return items.open_texts(self.ctx.scope, self.group)

    def read(self, text: str) -> tuple[list[Entry], tuple[str, ...]]:
        """Return a paste's actions, and the lines that are none."""
        found = minutes.read(text, self.calendar, self.people.knows)
        entries: list[Entry] = []
        for number, action in enumerate(found.actions, 1):
            entry = self._entry(number, action, {})
            entries.append(replace(entry, like=self._like(entry, entries)))
        return entries, found.aside

    def corrected(self, entry: Entry, fields: Mapping[str, str], above: Sequence[Entry]) -> Entry:
        """Return a line of the preview as it stands in the form now."""
        line = fields.get(f"line{entry.number}", "").strip()
        action = minutes.action(line, self.calendar, self.people.knows)
        found = self._entry(entry.number, action, fields)
        return replace(found, like=self._like(found, above))

    def _entry(self, number: int, action: Action, fields: Mapping[str, str]) -> Entry:
        who = self.people.named(action.who)
        if said := fields.get(f"who{number}", "").strip():
            chosen = self.people.named((said,))
            who = who.answered_by(chosen.owner) if chosen.owner else chosen
        words = replace(action, words=named(self.ctx, action.words))
        return Entry(number, words, who, self._due(fields.get(f"due{number}", "").strip() or action.when))

    def _due(self, said: str) -> Due | Question:
        if not said:
            return Question("By when? It needs a date or a timescale.", timescale.common(self.calendar))
        read = timescale.read(said, self.calendar)
        return Due(said, read.on, read.how, read.meeting_id) if isinstance(read, DueDate) else read

    def _like(self, entry: Entry, above: Sequence[Entry]) -> str:
        """Name what says the same: an open item by its reference and words, a line further up by its number."""
        if not entry.text:
            return ""
        lines = [(f"line {each.number}", each.text) for each in above if each.text and not _are_two(each, entry)]
        open_ = [(f"{ref} “{clip(words, 80)}”", words) for ref, words in self.open]
        return alike.first_alike(entry.text, [*open_, *lines]) or ""


def _are_two(one: Entry, other: Entry) -> bool:
    """Whether two lines name different owners: then each of them has the same to do."""
    mine, theirs = one.named.owner, other.named.owner
    return mine is not None and theirs is not None and mine.id != theirs.id
