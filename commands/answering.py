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
from lifbot.model import Asked, AssuranceAnswer, AssuranceRequest, Item
from storage import records

REF = re.compile(rf"\s*((?:{'|'.join(records.PREFIXES.values())})[-\s–]*(?:\d{{4}}[-\s–]+)?\d+)\b[\s:,–—-]*", re.I)


@dataclass(frozen=True, slots=True)
class Verb:
    """How people begin: `said` is a pattern, `line` makes the command line of a record and the words that follow."""

    kind: str  # of storage/records.py
    said: str
    command: str
    ref: Callable[[Context, Any], str]  # the reference that the command names it by
    prefix: str = ""  # of such references, where others are not meant
    alone: bool = False  # said of items too: it is meant only where nothing else was asked about


def _of_request(ctx: Context, row: AssuranceAnswer) -> str:
    request = ctx.scope.get(AssuranceRequest, row.request_id)
    return request.ref if request else ""


def _own_ref(ctx: Context, row: Any) -> str:
    return str(row.ref)


def _item_of(ctx: Context, row: Any) -> str:
    item = ctx.scope.get(Item, row.item_id)
    return item.ref if item else ""


ANSWERED = r"(?:our\s+|my\s+)?answer(?:ed)?|(?:we|i)\s+(?:can\s+)?confirm|confirmed"
VERBS: tuple[Verb, ...] = (
    Verb("answer", ANSWERED, "request answer", _of_request, prefix="AR"),
    Verb("answer", r"done|completed?|yes", "request answer", _of_request, prefix="AR", alone=True),
    Verb("notice", r"approved?|(?:i\s+)?confirm(?:ed)?", "notice approve", _own_ref, prefix="DN"),
    Verb("notice", r"return(?:ed)?|send\s+(?:it\s+)?back|sent\s+back", "notice return", _own_ref, prefix="DN"),
    Verb("impact", r"(?:the\s+)?(?:impact|difference)", "impact", _item_of),
    Verb("impact", r"(?:ask\s+(?:me\s+)?(?:again\s+)?)?in\s+a\s+month", "impact later", _item_of),
)
PLAIN = {"answer": VERBS[0]}
"""Kinds of which plain words are the answer, where nothing else was asked about."""
BY_REF = {"AR": ("request answer", "request show")}
"""What a reference at the front means, with words after it and without."""


def understood(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Return the command line that words mean of what is logged beside items; None where they mean nothing of it."""
    named = REF.match(text)
    rest = text[named.end() :] if named else text
    for verb in VERBS:
        if _is_meant_of_another(verb, named, asked):
            continue
        if match := re.match(rf"\s*(?:{verb.said})\b[\s:,.–—-]*", rest, re.I):
            after = rest[match.end() :]
            if named:
                return f"{verb.command} {named[1]} {after}"
            if meant := _of_asked(ctx, verb, after, asked):
                return meant
    if named and (of := BY_REF.get(named[1][:2].upper())):
        return f"{of[0]} {named[1]} {rest}" if rest.strip() else f"{of[1]} {named[1]}"
    return None


def _is_meant_of_another(verb: Verb, named: re.Match[str] | None, asked: Asked | None) -> bool:
    if named:
        return bool(verb.prefix) and not named[1].upper().startswith(verb.prefix)
    return verb.alone and bool(asked and asked.items)


def plain(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Return the command line that words without a verb mean, in answer to what asked about nothing but records."""
    kinds = {name.split()[0] for name in asked.records} if asked and not asked.items else set()
    verb = PLAIN.get(next(iter(kinds))) if len(kinds) == 1 else None
    return _of_asked(ctx, verb, text, asked) if verb else None


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
