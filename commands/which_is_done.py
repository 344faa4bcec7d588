"""A bare "done" or "confirmed" in answer to a message that asked about several kinds of things: which is meant."""

from __future__ import annotations

import re
from typing import Any

from commands import ask
from commands.context import Context
from lifbot.message import Ask, Button, Message
from lifbot.model import Asked, AssuranceAnswer, AssuranceRequest, Item, Notice, Source
from storage import asked as asked_of
from storage import items, milestones, records

DONE = re.compile(
    r"\W*(?:(?:that|it|this)(?:['’]s|\s+is)\s+)?(?:all\s+)?(?:done|completed?|finished)\W*", re.IGNORECASE
)
CONFIRMED = re.compile(r"\W*(?:i\s+|we\s+)?(?:can\s+)?confirm(?:ed)?\W*", re.IGNORECASE)
MOST = 10
WAYS = {
    "milestone": (Source, "source_id", "Milestone done:"),
    "answer": (AssuranceRequest, "request_id", "Answer"),
    "notice": (Notice, "id", "Check"),
    "receipt": (Notice, "notice_id", "Cascaded:"),
    "impact": (Item, "item_id", "What difference:"),
}
OPEN = {"milestone": ("open",), "notice": ("draft", "checked", "published"), "receipt": ("waiting", "received")}


def understood(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Return what a bare word means where more than items was asked about; the question, if it may be several."""
    if asked is None or not asked.records or asked.asks == "evidence":
        return None
    if CONFIRMED.fullmatch(text):
        kinds: tuple[str, ...] = ("answer", "notice")
        ways = _ways(ctx, asked, kinds)
        return _which(ctx, text, ways) if len({kind for kind, *_ in ways}) > 1 else None
    if not DONE.fullmatch(text):
        return None
    ways = _ways(ctx, asked, tuple(WAYS))
    mine = [("item", f"{row.ref}", f"action done {row.ref}") for row in _items(ctx, asked)]
    kinds = tuple(dict.fromkeys(kind for kind, *_ in (*mine, *ways)))
    if len(mine) == len(ways) == 0 or kinds in (("item",), ("answer",)):
        return None
    if len(ways) == 1 and kinds == ("milestone",):
        return ways[0][2]
    return _which(ctx, text, [*mine, *ways])


def _items(ctx: Context, asked: Asked) -> list[Item]:
    found = asked_of.items_of(ctx.scope, asked) if asked.items else []
    return [row for row in found if row.status in items.OPEN]


def _ways(ctx: Context, asked: Asked, kinds: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """What was asked about beside items and still waits: its kind, a button's words, the command that answers it."""
    found = []
    for name in asked.records:
        kind, row = name.split()[0], records.named(ctx.scope, name)
        if kind not in kinds or row is None or row.status not in OPEN.get(kind, ("waiting",)):
            continue
        model, column, label = WAYS[kind]
        if (of := ctx.scope.get(model, getattr(row, column))) is not None:
            found.append((kind, f"{label} {of.ref}", _line(row, of.ref)))
    return list(dict.fromkeys(found))


def _line(row: Any, ref: str) -> str:
    match row:
        case AssuranceAnswer():
            return f"form request answer {ref} agency:{row.agency_id}"
        case Notice():
            return f"form notice approve {ref}"
    if records.kind_of(row) == "milestone":
        return f"source done {ref} {milestones.called(row)}"
    return f"form notice cascaded {ref}" if records.kind_of(row) == "receipt" else f"form impact {ref}"


def _which(ctx: Context, text: str, ways: list[tuple[str, str, str]]) -> Message:
    question = f"Which one do you mean by “{text.strip()}”? Nothing has been changed yet."
    buttons = tuple(Button(label, ask.button_line(ctx, line)) for _, label, line in ways[:MOST])
    return Message((Ask(question, buttons),), summary=question)
