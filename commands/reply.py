"""What people write back: words to a reminder, in its thread or in the direct message (ruling 14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.context import Context
from lifbot.grammar import clip
from lifbot.message import Ask, Button, Message, Say, say
from lifbot.model import Asked, Item
from storage import asked as asked_of
from storage import items

GAP = r"(?=$|[\s:,.;!–—-])"
VERBS: tuple[tuple[str, str], ...] = (
    ("action decline", r"not\s+mine|decline"),
    ("action extend", r"more\s+time|extend|extension"),
    (
        "action cannot",
        r"cannot(?:\s+(?:be\s+)?completed?)?|can\s?not(?:\s+(?:be\s+)?completed?)?|can['’]?t(?:\s+complete)?",
    ),
    ("action done", r"(?:all\s+|it\s+is\s+|it['’]s\s+)?(?:done|completed?|finished)"),
    ("action update", r"updated?"),
    ("action snooze", r"snooze|remind\s+me(?:\s+again)?(?:\s+in)?"),
    ("action signoff", r"sign(?:ed)?\s*-?off"),
    ("action accept", r"accept(?:ed)?"),
    ("action seen", r"seen"),
    ("action decide", r"decided?|decision"),
    ("action return", r"return(?:ed)?(?:\s+(?:it\s+)?to\s+(?:the\s+)?group)?"),
    ("action escalate", r"escalate"),
    ("action show", r"show"),
)
WITH_REF = re.compile(
    r"([A-Za-z][A-Za-z0-9]{0,7}[-\s–]+(?:\d{4}[-\s–]+)?\d{1,6}|\d{1,6})(?=$|[\s:,.;–—-])\s*[:,.;–—-]*\s*"
)
COURTESIES = re.compile(
    r"\W*(?:ok(?:ay)?|thanks?(?:\s+you)?|ta|great|will\s+do|hi|hello|cheers|noted)?\W*", re.IGNORECASE
)
UNDO = re.compile(r"undo\W*", re.IGNORECASE)


def understand(ctx: Context, text: str) -> str | Message | None:
    """Return the command line that words mean, a question where they are unclear, or None where they mean nothing."""
    if UNDO.fullmatch(text):
        return "undo"
    ref, rest = _leading_ref(ctx, text)
    verb, rest = _verb(rest)
    if verb and not ref:
        ref, rest = _leading_ref(ctx, rest)
    if ref:
        return f"{verb or 'action update'} {ref} {rest}" if verb or rest else f"action show {ref}"
    if ctx.incoming.kind == "command" and not verb:
        return None
    asked = asked_of.last(ctx.scope, ctx.caller.id, ctx.incoming)
    if verb:
        return _for_one(ctx, verb, rest, asked)
    return _plain_words(ctx, text, asked)


def _leading_ref(ctx: Context, text: str) -> tuple[str, str]:
    """Take a reference off the front; a bare number only where it is one that something was asked about."""
    match = WITH_REF.match(text)
    if match is None:
        return "", text
    found = items.find(ctx.scope, match[1], ctx.here)
    if match[1].isdigit():
        asked = asked_of.last(ctx.scope, ctx.caller.id, ctx.incoming)
        found = [row for row in found if asked and row.id in asked.items]
    looks_like = re.search(r"-\d", match[1]) is not None
    return (match[1], text[match.end() :]) if found or looks_like else ("", text)


def _verb(text: str) -> tuple[str, str]:
    for command, pattern in VERBS:
        match = re.match(rf"\s*(?:{pattern}){GAP}[\s:,.;!–—-]*", text, re.IGNORECASE)
        if match:
            return command, text[match.end() :]
    return "", text


def _for_one(ctx: Context, verb: str, rest: str, asked: Asked | None) -> str | Message:
    found = asked_of.items_of(ctx.scope, asked) or list(items.open_of(ctx.scope, ctx.caller.id))
    if len(found) == 1:
        return f"{verb} {found[0].ref} {rest}"
    if not found:
        return say("I am not waiting for a reply from you just now, so nothing was changed. Put a reference first.")
    return which(verb, rest, found)


def which(verb: str, rest: str, found: Sequence[Item]) -> Message:
    """Ask which of several items is meant; nothing is changed."""
    name = verb.removeprefix("action ")
    buttons = tuple(
        Button(clip(f"{row.ref} {row.text}", 70), f"{verb} {row.ref} {clip(rest, 1500)}") for row in found[:10]
    )
    question = f"Which one do you mean by “{name}”? Nothing has been changed yet."
    example = f"Or put the reference first, like this: {found[0].ref} {name}"
    about = tuple(row.id for row in found)
    return Message((Ask(question, buttons), Say(example)), summary=question, about=about, asks="which")


def _plain_words(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Words without a verb: evidence if that was asked for, else an update where the item is clear."""
    if COURTESIES.fullmatch(text):
        return say("Thank you. Nothing was changed. Reply done, update, more time or cannot complete when you can.")
    found = asked_of.items_of(ctx.scope, asked)
    if asked and asked.asks == "evidence" and len(found) == 1:
        return f"action evidence {found[0].ref} {text}"
    if asked is None or asked.asks not in ("nudge", "change", "which", "escalation"):
        return None
    if len(found) == 1 and found[0].owner == ctx.caller.id:
        return f"action update {found[0].ref} {text}"
    mine = [row for row in found if row.owner == ctx.caller.id]
    return which("action update", text, mine) if mine else None
