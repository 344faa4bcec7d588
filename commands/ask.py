"""What is missing, asked for: a question with one tap for the common answers, or a form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from commands.bind import MENTION, Due, Need
from commands.context import Context
from lifbot import grammar
from lifbot.grammar import Arg, Command, clip
from lifbot.message import Ask, Block, Button, Field, FieldKind, Fine, Form, Message, Say
from lifbot.model import Agency, Draft, Group, Item, Person
from storage import people

BUTTON_LONGEST = 1900  # Slack takes 2,000 characters in a button's value
FIELDS: dict[str, FieldKind] = {
    "text": "text",
    "who": "person",
    "people": "people",
    "group": "choice",
    "agency": "choice",
    "choice": "choice",
    "day": "date",
}


def typed_line(command: Command, raw: Mapping[str, str], **more: str) -> str:
    """Write the command line that says what was typed, with more said."""
    values = {**raw, **more}
    item = next((values.pop(arg.name) for arg in command.args if arg.kind == "item" and arg.name in values), "")
    taker = grammar.own_words(command)
    own = taker.name if taker else ""
    words = values.pop(own, "")
    if words and grammar.parse(command, " ".join([item, words])).get(own) != words:
        return grammar.line(command.words, item, **{own: words}, **values)
    return grammar.line(command.words, item, words, **values)


def button_line(ctx: Context, line: str) -> str:
    """Return a line that fits a button; a longer one is kept as a draft for a day."""
    if len(line) <= BUTTON_LONGEST:
        return line
    draft = Draft(
        id=secrets.token_urlsafe(9), partnership_id=ctx.scope.id, person=ctx.caller.id, line=line, at=ctx.scope.now
    )
    ctx.scope.add(draft)
    return f"draft {draft.id}"


def question(ctx: Context, command: Command, raw: Mapping[str, str], needs: Sequence[Need]) -> Message:
    """Ask for what is missing; nothing is saved, nothing typed is lost."""
    blocks: list[Block] = []
    own = next((raw[arg.name] for arg in command.args if arg.kind == "text" and raw.get(arg.name)), None)
    if own:
        blocks.append(Say(f"Not saved yet: “{clip(own, 200)}”"))
    for need in needs:
        buttons = tuple(
            Button(choice.label, button_line(ctx, typed_line(command, raw, **{need.arg.name: choice.says})))
            for choice in need.choices
        )
        blocks.append(Ask(need.why, buttons))
    keys = " ".join(f"{need.arg.name}:…" for need in needs)
    blocks.append(Ask("", (Button("Open form", button_line(ctx, f"form {typed_line(command, raw)}")),)))
    blocks.append(Fine(f"Or type it again with {keys}"))
    return Message(tuple(blocks), summary=needs[0].why)


def form(ctx: Context, command: Command, raw: Mapping[str, str]) -> Form:
    """Make a form from the command's signature, filled with what was typed."""
    hidden = {arg.name: raw[arg.name] for arg in command.args if not arg.in_form and arg.name in raw}
    hidden |= {arg.name: raw[arg.name] for arg in command.args if arg.kind == "item" and arg.name in raw}
    fields = tuple(
        field(ctx, arg, raw.get(arg.name, "")) for arg in command.args if arg.in_form and arg.name not in hidden
    )
    return Form(command.title, typed_line(command, hidden), fields, intro=_where(ctx, command))


def _where(ctx: Context, command: Command) -> str:
    logs = command.words.endswith(" add")
    return f"For the log of {ctx.here.name}." if ctx.here and logs else ""


def field(ctx: Context, arg: Arg, value: str) -> Field:
    """Make one input from an argument."""
    return Field(
        name=arg.name,
        label=arg.label,
        kind=FIELDS.get(arg.kind, "line"),
        required=arg.required and not (arg.kind == "group" and ctx.here),
        hint=arg.hint,
        options=_options(ctx, arg),
        value=_initial(ctx, arg, value),
        max_length=arg.longest,
    )


def _options(ctx: Context, arg: Arg) -> tuple[tuple[str, str], ...]:
    if arg.kind in ("who", "people"):
        return tuple((f"@{row.id}", _person_label(ctx, row)) for row in people.present(ctx.scope))
    if arg.kind == "group":
        return tuple((row.id, row.name) for row in people.groups(ctx.scope))
    if arg.kind == "agency":
        return tuple((row.id, row.name) for row in people.agencies(ctx.scope))
    return arg.options


def _person_label(ctx: Context, person: Person) -> str:
    agency = ctx.reader.agency(person.agency)
    return f"{person.name} ({agency})" if agency else person.name


def _initial(ctx: Context, arg: Arg, value: str) -> str:
    if arg.kind == "group" and not value and ctx.here:
        return ctx.here.id
    mention = MENTION.fullmatch(value.strip())
    if arg.kind == "who" and mention:
        person = people.by_address(ctx.scope, ctx.incoming.platform, mention[1])
        return f"@{person.id}" if person else ""
    return value


def said_of(value: Any) -> str:
    """Return how a bound argument is typed."""
    match value:
        case Person():
            return f"@{value.id}"
        case Group() | Agency():
            return value.id
        case Item():
            return value.ref
        case Due():
            return value.said
        case _:
            return str(value)
