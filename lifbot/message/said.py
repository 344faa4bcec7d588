"""Blocks, buttons, forms, and the messages made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from lifbot.links import Link

Style = Literal["plain", "primary", "danger"]
FieldKind = Literal[
    "line", "text", "person", "people", "choice", "several", "date", "tick", "account", "accounts", "channel"
]
"""An account is one of the platform's own, whether the partnership knows that person or not; so is a channel."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button's value is a command line, so clicks and typing enter by one door; with a `url` it opens that."""

    label: str
    command: str
    style: Style = "plain"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a message or of one of its parts."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, set apart from ours."""

    text: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Fine:
    """Small print: who can see the reply, how a date was read."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, in order."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One item with what can be done about it: reference, text, one line of facts, BRAG word, what was said of it."""

    ref: str
    text: str
    line: str
    brag: str | None = None
    buttons: tuple[Button, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Several items under one title, compact; `note` is said when there are none."""

    title: str
    cards: tuple[ItemCard, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, or just a row of buttons when the text is empty."""

    question: str
    buttons: tuple[Button, ...] = ()


Block = Heading | Say | Quote | Fine | Facts | ItemCard | ItemList | Ask | Link


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a form; `value` is what it holds when the form opens (an option's value, an ISO date, words).

    People's accounts are neutral mentions with commas between. Where a platform cannot offer its channels, those in
    `options` are offered.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    required: bool = True
    hint: str = ""
    placeholder: str = ""
    options: tuple[tuple[str, str], ...] = ()  # (value, label)
    value: str = ""
    max_length: int = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """A command's missing arguments: `command` is the line to which the fields are added."""

    title: str
    command: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    intro: str = ""
    back: str = ""  # the command of the page that it was opened from, which Cancel leads back to


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, at one time, in one place; `summary` is what a phone's lock screen shows, so no item's text."""

    blocks: tuple[Block, ...]
    summary: str = ""
    form: Form | None = None  # opened instead, where the platform can
    replaces: bool = False  # takes the place of the message whose button was pressed
    about: tuple[int, ...] = ()  # the items whose owner is asked something, for ruling 14
    records: tuple[str, ...] = ()  # likewise what is logged beside items, as storage/records.py names it: "receipt 12"
    asks: str = ""  # what is asked: "nudge", "which", "evidence", …
    unnamed: tuple[str, ...] = ()  # people's ids on the platform; with their names it could be answered otherwise
    errors: tuple[tuple[str, str], ...] = ()  # a form's fields and what to type instead; the form stays open
    page: Message | None = None  # the person's Home tab as it is now, where that is where they pressed
    has_file: bool = False  # a file goes with it, which is drawn when it is sent

    def plain(self) -> str:
        """Everything as unformatted lines, for fallbacks, transcripts and screen readers."""
        return "\n".join(line for block in self.blocks for line in plain_block(block))


def say(*lines: str, summary: str = "") -> Message:
    """Return a message of plain paragraphs."""
    return Message(tuple(Say(line) for line in lines), summary or lines[0])


def with_buttons(message: Message, *buttons: Button) -> Message:
    """Return the message with a last row of buttons."""
    return replace(message, blocks=(*message.blocks, Ask("", buttons)))


def plain_block(block: Block) -> list[str]:
    """Return a block as unformatted lines."""
    match block:
        case Heading(text) | Say(text) | Fine(text):
            return [text]
        case Quote(text, by):
            return [f"“{text}”" + (f" ({by})" if by else "")]
        case Facts(pairs):
            return [f"{name}: {value}" for name, value in pairs]
        case ItemCard(ref, text, line, brag):
            facts = " · ".join(part for part in (brag, line) if part)
            return [f"{ref} {text}", *(f"  {part}" for part in (facts, block.said) if part)]
        case ItemList(title, cards, note):
            lines = [line for card in cards for line in plain_block(card)]
            return [title, *(lines or ([note] if note else []))]
        case Ask(question, buttons):
            labels = " ".join(f"[{button.label}]" for button in buttons)
            return [line for line in (question, labels) if line]
        case Link(text, name, url):
            return [" ".join(part for part in (text, name, f"({url})") if part)]
