"""What the bot says, by meaning: blocks that each platform draws by its own best means.

Every text here is plain: renderers escape all of it, so nobody can ping a channel through an action's words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Style = Literal["plain", "primary", "danger"]
FieldKind = Literal[
    "line", "text", "person", "people", "choice", "several", "date", "tick", "account", "accounts", "channel"
]
"""An account is one of the platform's own, whether the partnership knows that person or not; so is a channel."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button's value is a command line, so clicks and typing enter by one door."""

    label: str
    command: str
    style: Style = "plain"


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


Block = Heading | Say | Quote | Fine | Facts | ItemCard | ItemList | Ask


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: the platform's channel or conversation, and the thread within it."""

    channel: str
    direct: bool
    thread: str | None = None


IncomingKind = Literal["command", "mention", "words", "click", "form", "tab", "account"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person typed, clicked or submitted, the same for every platform.

    `kind`: "command" (typed to /lif), "mention" (@lifbot in a channel), "words" (a direct message or a reply),
    "click" (a button), "form" (submitted fields), "tab" (the Home tab was opened), "account" (the platform has closed
    `who`'s account, or it is open again: `text` says which). `team` is the platform's tenant or workspace, `who` its
    user id. People in `text` are neutral mentions: `<@U0CLEO>`, whatever the platform calls them.
    """

    platform: str
    team: str
    who: str
    place: Place
    text: str
    at: datetime
    kind: IncomingKind = "command"
    fields: tuple[tuple[str, str], ...] = ()
    event: str | None = None  # the platform's id of the event, to drop what is delivered twice
    can_open_form: bool = True
    names: tuple[tuple[str, str], ...] = ()  # people whose names an answer asked for (`unnamed`), by their ids


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: a person's id on the platform, or a channel; `token_for` names the workspace."""

    platform: str
    team: str | None
    to: str
    direct: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a message; no two of one person's have the same name and title."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way out: `key` is the outbox row's unique key, put into the message's metadata."""

    key: str
    address: Address
    message: Message
    again: bool  # tried before: look whether it has arrived before sending
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a sent message came to stand."""

    channel: str
    stamp: str
