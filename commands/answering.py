"""Words that answer what is logged beside items: a verb, the kind that it belongs to, and the command that it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from commands import ask, unfinished
from commands.context import Context
from lifbot.grammar import clip
from lifbot.message import Ask, Button, Message
from lifbot.model import Asked, AssuranceAnswer, AssuranceRequest, Item, Notice, Receipt, Source
from storage import milestones, receipts, records

REF = re.compile(rf"\s*((?:{'|'.join(records.PREFIXES.values())})[-\s–]*(?:\d{{4}}[-\s–]+)?\d+)\b[\s:,–—-]*", re.I)


@dataclass(frozen=True, slots=True)
class Verb:
    """How people begin: `said` is a pattern, `command` what it means of the record that `ref` names."""

    kind: str  # of storage/records.py
    said: str
    command: str
    ref: Callable[[Context, Any], str]  # the reference that the command names it by
    # What waits for somebody's answer, though the last message that they had was about something else.
    waits: Callable[[Context], Sequence[Any]] = lambda ctx: ()
    alone: bool = False  # said of items too: it is meant only where nothing else was asked about


IT = r"(?:(?:it|this|them|the\s+(?:notice|briefing|learning))\s+)?"
WE = r"(?:(?:we|i)(?:['’]ve|\s+have)?\s+)?(?:now\s+|all\s+)?"
OTHER = r"(?!\s+(?:for\s+)?(?!DN)[A-Za-z]{1,8}-\d{4}-\d)"  # "evidence for SE-2026-014: …" is an item's


def _of_request(ctx: Context, row: AssuranceAnswer) -> str:
    request = ctx.scope.get(AssuranceRequest, row.request_id)
    return request.ref if request else ""


def _own_ref(ctx: Context, row: Any) -> str:
    return str(row.ref)


def _item_of(ctx: Context, row: Any) -> str:
    item = ctx.scope.get(Item, row.item_id)
    return item.ref if item else ""


def _notice_of(ctx: Context, row: Any) -> str:
    notice = ctx.scope.get(Notice, row.notice_id)
    return notice.ref if notice else ""


def _receipts(ctx: Context) -> list[Receipt]:
    return [
        row
        for notice in receipts.awaited(ctx.scope, ctx.caller.id)
        for row in receipts.mine(ctx.scope, ctx.caller.id, notice)
    ]


def _milestone(ctx: Context, row: Any) -> str:
    source = ctx.scope.get(Source, row.source_id)
    return f"{source.ref} {milestones.called(row)}" if source else ""


ANSWERED = r"(?:our\s+|my\s+)?answer(?:ed)?|(?:we|i)\s+(?:can\s+)?confirm|confirmed"
VERBS: tuple[Verb, ...] = (
    Verb("answer", ANSWERED, "request answer", _of_request),
    Verb("answer", r"done|completed?|yes", "request answer", _of_request, alone=True),
    Verb("milestone", r"milestone\s+(?:is\s+)?done", "source done", _milestone),
    Verb("milestone", r"(?:(?:it|this)(?:['’]s|\s+is)\s+)?(?:done|completed?)", "source done", _milestone, alone=True),
    Verb("notice", r"approved?|(?:i\s+)?confirm(?:ed)?", "notice approve", _own_ref),
    Verb("notice", r"return(?:ed)?|send\s+(?:it\s+)?back|sent\s+back", "notice return", _own_ref),
    Verb("impact", r"(?:the\s+)?(?:impact|difference)", "impact", _item_of),
    Verb("impact", r"(?:ask\s+(?:me\s+)?(?:again\s+)?)?in\s+a\s+month", "impact later", _item_of),
    Verb(
        "receipt",
        rf"(?:received\s+(?:and|,)\s*)?{WE}(?:cascaded?(?:\s+(?:it|this))?|passed\s+{IT}on|disseminated|circulated)",
        "notice cascaded",
        _notice_of,
        _receipts,
    ),
    Verb("receipt", rf"{WE}received", "notice received", _notice_of, _receipts),
    Verb(
        "receipt",
        r"(?:(?:this|it)(?:['’]s|\s+is)\s+)?(?:not\s+(?:for\s+us|applicable|relevant)(?:\s+(?:to|for)\s+us)?|n/a)"
        r"|(?:(?:this|it)\s+)?does(?:n['’]t|\s+not)\s+(?:apply|concern\s+us)(?:\s+to\s+us)?",
        "notice not-for-us",
        _notice_of,
        _receipts,
    ),
    Verb("receipt", rf"evidence{OTHER}", "notice evidence", _notice_of, alone=True),
)
SERIES = {"receipt": "DN", "notice": "DN", "answer": "AR", "request": "AR", "source": "LR", "milestone": "LR"}
"""Which series a kind's references are of: words after another's mean something else."""
PLAIN = {"answer": next(verb for verb in VERBS if verb.kind == "answer")}
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
        return SERIES.get(verb.kind) != named[1][:2].upper()
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
    if not found and ctx.incoming.place.direct and not unfinished.awaited(asked):
        found = list(verb.waits(ctx))
    refs = list(dict.fromkeys(verb.ref(ctx, row) for row in found))
    if len(refs) == 1:
        return f"{verb.command} {refs[0]} {words}"
    if not refs:
        return None
    buttons = tuple(Button(ref, ask.button_line(ctx, f"{verb.command} {ref} {words}")) for ref in refs[:10])
    question = f"Which one do you mean by “{clip(words or verb.command, 40)}”? Nothing has been changed yet."
    return Message((Ask(question, buttons),), summary=question)
