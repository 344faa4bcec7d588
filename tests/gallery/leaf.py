"""A message on the page: what it says, where its picture is, and what is written beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from commands import COMMANDS, SECTIONS
from lifbot.message import Form, Message
from tests.gallery.png import size
from tests.gallery.story import MORNING, Mornings, Told
from tests.gallery.table import Answer, Notice
from tests.room import moment

DOCS = Path(__file__).parent.parent.parent / "docs"
PICTURES = DOCS / "images" / "messages"
PAGE = DOCS / "messages.md"
HEAD = """\
# What lifbot says

Every message that lifbot sends by itself, and what each command answers, as the playground draws them. This page and
its pictures are made by `make messages` from the real commands and the real scheduler; nothing in it is written by
hand. In Slack and Teams the words are the same, and each platform draws them by its own means.

Nobody is flooded: at most one reminder a person and working day, news of changes in one message, nothing outside office
hours but what somebody asks for, and nothing twice ([decisions](decisions.md)). In channels no person is named.
"""
PARTS = {
    "by itself": ("What it says by itself", "Each has the name that `python bot.py outbox` gives it."),
    "answers": (
        "What it answers",
        "Answers in a channel are seen only by the person who asked. They come once, and nobody else hears of them; "
        "what a change means for others comes as news, above.",
    ),
    "slips": ("Slips, questions and refusals", "Nothing is changed by any of these."),
}


@dataclass(frozen=True)
class Leaf:
    """One message with its picture's name."""

    title: str
    name: str  # the occasion, or the command's words
    about: tuple[tuple[str, str], ...]
    message: Message
    to: str
    at: datetime
    typed: str = ""
    direct: bool = False
    form: Form | None = None

    @property
    def file(self) -> str:
        """The picture's name."""
        title = self.title.removeprefix("/lif ") if self.typed else f"{self.name} {self.title}"
        return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") + ".png"

    @property
    def words(self) -> str:
        """What it says, without its looks."""
        if self.form is None:
            return self.message.plain()
        fields = [f"{each.label}: {each.value}".strip() for each in self.form.fields]
        return "\n".join(line for line in (self.form.title, self.form.intro, *fields, f"[{self.form.submit}]") if line)


def notice_leaf(row: Notice, told: Sequence[Told]) -> Leaf:
    """Find a notice in what was said by itself."""
    found = [each for each in told if each.occasion == row.occasion and row.words in each.message.plain()]
    assert found, f"nothing was said on the occasion {row.occasion!r} with {row.words!r}"
    about = (("When", row.when), ("To", row.to), ("Why it is no flood", row.calm))
    return Leaf(row.title, row.occasion, about, found[0].message, found[0].to, found[0].at)


def answer_leaf(row: Answer, mornings: Mornings) -> Leaf:
    """Type a line, and keep what comes back."""
    with mornings.again() as it:
        for who, typed in row.before:
            it.answers(who, typed)
        answer = it.answers(row.who, row.typed, direct=row.direct, can_open_form=row.form)
        if row.presses:
            answer = it.presses(row.who, answer, row.presses)
    assert answer.form or not row.form, f"{row.typed!r}: {answer.plain()}"
    line = row.typed.replace("\n", " ⏎ ")
    typed = f"`{line}`" if row.direct else f"`/lif {line}`"
    who = row.who.capitalize()
    title = f"/lif {row.command}, {row.says}" if row.says else f"/lif {row.command}"
    about = (("When", f"{who} types {typed}" + (f" and presses *{row.presses}*" if row.presses else "")),)
    return Leaf(
        title,
        row.command,
        about,
        answer,
        row.who,
        moment(MORNING),
        row.typed,
        row.direct,
        answer.form if row.form else None,
    )


def written(parts: Mapping[str, Sequence[Leaf]], pictures: Mapping[str, bytes]) -> str:
    """Return the whole page."""
    lines = [HEAD]
    for part, several in parts.items():
        title, words = PARTS[part]
        lines += [f"## {title}", "", words, ""]
        for section, those in _sections(part, several):
            lines += [f"### {section}", ""] if section else []
            lines += [line for each in those for line in _leaf(each, pictures[each.file], part)]
    return "\n".join(lines).rstrip() + "\n"


def _sections(part: str, several: Sequence[Leaf]) -> Iterator[tuple[str, list[Leaf]]]:
    if part != "answers":
        yield "", list(several)
        return
    left = list(several)
    for title, commands in SECTIONS:
        words = {command.words for command in commands}
        those = [each for each in left if each.name in words]
        left = [each for each in left if each not in those]
        if those:
            yield title, those


def _leaf(each: Leaf, picture: bytes, part: str) -> Iterator[str]:
    width, height = size(picture)
    level = "####" if part == "answers" else "###"
    yield from (f"{level} {each.title[:1].upper()}{each.title[1:]}", "")
    if part == "by itself":
        yield f"- Occasion: `{each.name}`"
    elif part == "answers" and each.title == f"/lif {each.name}":
        yield f"- {next(command.summary for command in COMMANDS if command.words == each.name)}"
    yield from (f"- {name}: {words[:1].upper()}{words[1:].rstrip('.')}." for name, words in each.about)
    alt = html.escape(each.words).replace("\n", "&#10;")
    yield from ("", f'<img src="images/messages/{each.file}" alt="{alt}" width="{width}" height="{height}">', "")
