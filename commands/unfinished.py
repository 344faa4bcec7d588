"""A command that lifbot had to ask more about: the next words in the direct message complete it (ruling 14)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from commands.context import Context
from lifbot import grammar
from lifbot.grammar import Command
from lifbot.grammar.signature import REFERENCES
from lifbot.model import Asked, Draft
from storage import asked as asked_of

MARK = "more"


def typed_line(command: Command, raw: Mapping[str, str], **more: str) -> str:
    """Write the command line that says what was typed, with more said."""
    values = {**raw, **more}
    item = next((values.pop(arg.name) for arg in command.args if arg.kind in REFERENCES and arg.name in values), "")
    taker = grammar.own_words(command)
    own = taker.name if taker else ""
    words = values.pop(own, "")
    if words and grammar.parse(command, " ".join([item, words])).get(own) != words:
        return grammar.line(command.words, item, **{own: words}, **values)
    return grammar.line(command.words, item, words, **values)


def put_aside(ctx: Context, line: str) -> str:
    """Keep a line for a day, and return the id to find it by."""
    draft = Draft(
        id=secrets.token_urlsafe(9), partnership_id=ctx.scope.id, person=ctx.caller.id, line=line, at=ctx.scope.now
    )
    ctx.scope.add(draft)
    return draft.id


def asks(ctx: Context, line: str, names: Sequence[str]) -> str:
    """Return the mark of a question whose answer completes a line; in a channel words are not heard."""
    return f"{MARK} {put_aside(ctx, line)} {','.join(names)}" if ctx.incoming.place.direct else ""


def awaited(asked: Asked | None) -> tuple[str, ...]:
    """Return the arguments that somebody was last asked for."""
    return tuple(asked.asks.split(" ")[2].split(",")) if asked and asked.asks.startswith(f"{MARK} ") else ()


def command_of(line: str) -> Command | None:
    """Return the command that a line begins with."""
    from commands import COMMANDS  # the list is made of modules that use this one

    found = (each for each in COMMANDS if f"{line} ".startswith(f"{each.words} "))
    return max(found, key=lambda each: len(each.words), default=None)


def without_ref(words: str, rest: str) -> str:
    """Write the line of a command whose item is not known yet."""
    command = command_of(words)
    return typed_line(command, grammar.parse(without_item(command), rest)) if command else words


def completed(ctx: Context, asked: Asked, words: str, ref: str = "") -> str | None:
    """Return the line with these words for what was asked, and perhaps the reference; None when it is forgotten."""
    line = asked_of.draft(ctx.scope, asked.asks.split(" ")[1], ctx.caller.id)
    command = command_of(line or "")
    if line is None or command is None:
        return None
    raw = grammar.parse(command, line.removeprefix(command.words)) | _given(command, words, awaited(asked))
    if ref:
        raw |= {arg.name: ref for arg in command.args if arg.kind == "item"}
    return typed_line(command, raw)


def _given(command: Command, words: str, needed: Sequence[str]) -> dict[str, str]:
    """Read words as a command's arguments; those without a key are what was asked for first."""
    given = grammar.parse(without_item(command), words)
    own = grammar.own_words(command)
    first = next((name for name in needed if name != "item"), None)
    if own and first and own.name in given and own.name not in needed:
        given.setdefault(first, given.pop(own.name))
    return given


def without_item(command: Command) -> Command:
    """Return the command as it is read where a number is no reference: "more time 30 June"."""
    return replace(command, args=tuple(arg for arg in command.args if arg.kind not in REFERENCES))
