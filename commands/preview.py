"""The preview of pasted minutes as a form: a line for each action, which says what was understood and asks the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.pasted import Entry, Paste
from lifbot.grammar import clip
from lifbot.message import Field, Form
from lifbot.model import Person
from lifbot.timescale import Question

MOST = 30  # actions in one preview
INPUTS = 92  # Slack takes 100 blocks in a form
BYTES = 16_000  # Teams takes 28 kB in a card, of which much is not words
EACH = 120  # about what a field takes beside its own words
PICKED = 1500  # people to choose from in a whole form: Slack takes 250 kB
LINE = 1200  # characters of a line


def fitting(entries: Sequence[Entry]) -> list[Entry]:
    """Return the first entries for which one form has room on every platform."""
    inputs, size = 0, 0
    for count, entry in enumerate(entries):
        fields = _plain_fields(entry)
        inputs += len(fields)
        size += sum(EACH + _bytes(field.label, field.hint, field.value) for field in fields)
        if count and (count == MOST or inputs > INPUTS or size > BYTES):
            return list(entries[:count])
    return list(entries)


def _bytes(*texts: str) -> int:
    return sum(len(text.encode()) for text in texts)


def form(paste: Paste, line: str, entries: Sequence[Entry], aside: Sequence[str], left: int) -> Form:
    """Return the form in which each line can be put right; `left` actions did not fit."""
    asked = sum(entry.named.owner is None for entry in entries)
    people = _everybody(paste, PICKED // max(1, asked))
    fields = tuple(field for entry in entries for field in _fields(paste, entry, people))
    return Form("Check the actions", line, fields, "Save all", _intro(paste, entries, aside, left))


def _intro(paste: Paste, entries: Sequence[Entry], aside: Sequence[str], left: int) -> str:
    count = f"{len(entries)} actions" if len(entries) != 1 else "1 action"
    parts = [f"{count} for the log of {paste.group.name}. Nothing is saved yet. To leave a line out, empty it."]
    if left:
        parts.append(f"{left} more did not fit here; you get them back when these are saved.")
    if aside:
        shown = ", ".join(f"“{clip(line, 60)}”" for line in aside[:6])
        more = f" and {len(aside) - 6} more" if len(aside) > 6 else ""
        parts.append(f"Read as headings or notes and left aside: {shown}{more}.")
    return " ".join(parts)


def _plain_fields(entry: Entry) -> list[Field]:
    """The inputs of one line, without the people to choose from."""
    number = entry.number
    label = f"{number} · {entry.understood}"
    fields = [Field(f"line{number}", label, required=False, value=entry.action.shown, max_length=LINE)]
    if entry.like:
        fields.append(Field(f"keep{number}", keeps(entry), "tick", required=False, hint="Left out unless you keep it."))
    if entry.named.owner is None:
        fields.append(Field(f"who{number}", f"Owner for {number}", "person", required=False, hint=entry.named.why))
    if isinstance(entry.due, Question):
        fields.append(Field(f"due{number}", f"By when for {number}", required=False, hint=_hint(entry)))
    return fields


def keeps(entry: Entry) -> str:
    """Ask whether a line that seems to be known already is wanted all the same."""
    return f"{entry.number} looks like {entry.like}. Keep it all the same?"


def _hint(entry: Entry) -> str:
    """What to type for a date: why it is asked where something was said that is unclear, else only examples."""
    if not isinstance(entry.due, Question):
        return ""
    return _when(entry.due if entry.action.when else replace(entry.due, why=""))


def _when(question: Question) -> str:
    examples = ", ".join(choice.typed for choice in question.choices[:3])
    return f"{question.why} For example: {examples}.".strip() if examples else question.why


def _fields(paste: Paste, entry: Entry, people: Sequence[tuple[str, str]]) -> list[Field]:
    likely = [_choice(paste, person) for person in entry.named.likely]
    others = [each for each in people if each not in likely]
    return [
        replace(field, options=(*likely, *others)) if field.kind == "person" else field
        for field in _plain_fields(entry)
    ]


def _everybody(paste: Paste, most: int) -> list[tuple[str, str]]:
    """The people to choose from, the group's members first; others can be named in the line itself."""
    return [_choice(paste, person) for person in paste.people.every[:most]]


def _choice(paste: Paste, person: Person) -> tuple[str, str]:
    agency = paste.ctx.reader.agency(person.agency)
    return f"@{person.id}", f"{person.name} ({agency})" if agency else person.name


def faults(entries: Sequence[Entry], first: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """Return what is still needed, beside the field that the preview has for it; `first` is how it was opened."""
    shown = {field.name for entry in first for field in _plain_fields(entry)}
    found: list[tuple[str, str]] = []
    for entry in entries:
        number, line = entry.number, f"line{entry.number}"
        if entry.lacks:
            found.append((line, entry.lacks))
        if entry.named.owner is None:
            name = f"who{number}"
            found.append((name, entry.named.why) if name in shown else (line, f"{entry.named.why} {BEFORE}"))
        if isinstance(entry.due, Question):
            name = f"due{number}"
            found.append((name, _when(entry.due)) if name in shown else (line, f"{_when(entry.due)} {AT_END}"))
    return tuple(found)


BEFORE = "Put the name first: “Cleo to …”."
AT_END = "Put it at the end: “… by 31 March”."
