"""What comes in from a platform, and what goes out to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lifbot.message.said import Message

IncomingKind = Literal["command", "mention", "words", "thread", "click", "form", "tab", "account"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: the platform's channel or conversation, and the thread within it."""

    channel: str
    direct: bool
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person typed, clicked or submitted, the same for every platform.

    `kind`: "command" (typed to /lif), "mention" (@lifbot in a channel), "words" (a direct message or a reply), "thread"
    (overheard in a channel's thread), "click" (a button), "form" (submitted fields), "tab" (the Home tab was opened),
    "account" (`who`'s account is closed, or open again: `text` says which). `team` is the platform's tenant or
    workspace, `who` its user id. People in `text` are neutral mentions: `<@U0CLEO>`.
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
    stamp: str | None = None  # the platform's id of the message, which a thread can be opened under
    files: tuple[tuple[str, str], ...] = ()  # name and address of each file that came with it
    edits: str | None = None  # the event of the message that these are the new words of
    names: tuple[tuple[str, str], ...] = ()  # people whose names an answer asked for (`unnamed`), by their ids


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: a person's id on the platform, or a channel and perhaps a thread in it."""

    platform: str
    team: str | None
    to: str
    direct: bool
    thread: str | None = None


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
    instead: Receipt | None = None  # it takes the place of what stands there


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a sent message came to stand."""

    channel: str
    stamp: str
