"""Words that answer what is logged beside items: a verb, the kind that it belongs to, and the command that it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commands import ask
from commands.context import Context
from lifbot.grammar import clip
from lifbot.message import Ask, Button, Message
from lifbot.model import Asked, Item, Source
from storage import milestones, records

REF = re.compile(rf"\s*((?:{'|'.join(records.PREFIXES.values())})[-\s–]*(?:\d{{4}}[-\s–]+)?\d+)\b[\s:,–—-]*", re.I)


@dataclass(frozen=True, slots=True)
class Verb:
    """How people begin: `said` is a pattern, `line` makes the command line of a record and the words that follow."""

    kind: str  # of storage/records.py
    said: str
    command: str
    ref: Callable[[Context, Any], str]  # the reference that the command names it by


def _own_ref(ctx: Context, row: Any) -> str:
    return str(row.ref)


def _item_of(ctx: Context, row: Any) -> str:
    item = ctx.scope.get(Item, row.item_id)
    return item.ref if item else ""


def _milestone(ctx: Context, row: Any) -> str:
    source = ctx.scope.get(Source, row.source_id)
    return f"{source.ref} {milestones.called(row)}" if source else ""


VERBS: tuple[Verb, ...] = (
    Verb("milestone", r"milestone\s+(?:is\s+)?done", "source done", _milestone),
    Verb("notice", r"approved?|(?:i\s+)?confirm(?:ed)?", "notice approve", _own_ref),
    Verb("notice", r"return(?:ed)?|send\s+(?:it\s+)?back|sent\s+back", "notice return", _own_ref),
    Verb("impact", r"(?:the\s+)?(?:impact|difference)", "impact", _item_of),
    Verb("impact", r"(?:ask\s+(?:me\s+)?(?:again\s+)?)?in\s+a\s+month", "impact later", _item_of),
)


def understood(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Return the command line that words mean of what is logged beside items; None where they mean nothing of it."""
    named = REF.match(text)
    rest = text[named.end() :] if named else text
    for verb in VERBS:
        if match := re.match(rf"\s*(?:{verb.said})\b[\s:,.–—-]*", rest, re.I):
            after = rest[match.end() :]
            if named:
                return f"{verb.command} {named[1]} {after}"
            return _of_asked(ctx, verb, after, asked)
    return None


def _of_asked(ctx: Context, verb: Verb, words: str, asked: Asked | None) -> str | Message | None:
    """The record that was asked about, or the question which of several is meant."""
    names = [name for name in (asked.records if asked else ()) if name.split()[0] == verb.kind]
    found = [row for name in names if (row := records.named(ctx.scope, name))]
    refs = list(dict.fromkeys(verb.ref(ctx, row) for row in found))
    if len(refs) == 1:
        return f"{verb.command} {refs[0]} {words}"
    if not refs:
        return None
    buttons = tuple(Button(ref, ask.button_line(ctx, f"{verb.command} {ref} {words}")) for ref in refs[:10])
    question = f"Which one do you mean by “{clip(words or verb.command, 40)}”? Nothing has been changed yet."
    return Message((Ask(question, buttons),), summary=question)
