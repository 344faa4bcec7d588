"""What is missing, asked for: a question with one tap for the common answers, or a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commands import priorities
from commands.bind import Due
from commands.context import Context
from commands.names import agency, group, named, several
from commands.need import Need
from commands.unfinished import asks, put_aside, typed_line
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, Command, clip
from lifbot.grammar.signature import REFERENCES
from lifbot.message import Ask, Block, Button, Field, FieldKind, Fine, Form, Message, Say
from lifbot.model import Agency, Group, Item, Person
from lifbot.rhythm import Rhythm
from storage import items, people

BUTTON_LONGEST = 1900  # Slack takes 2,000 characters in a button's value
FIELDS: dict[str, FieldKind] = {
    "text": "text",
    "who": "person",
    "people": "people",
    "group": "choice",
    "agency": "choice",
    "choice": "choice",
    "day": "date",
    "account": "account",
    "accounts": "accounts",
    "channel": "channel",
}


def button_line(ctx: Context, line: str) -> str:
    """Return a line that fits a button; a longer one is kept as a draft for a day."""
    if ctx.vouched:
        return f"cleared {put_aside(ctx, line)}"
    return line if len(line) <= BUTTON_LONGEST else f"draft {put_aside(ctx, line)}"


def question(ctx: Context, command: Command, raw: Mapping[str, str], needs: Sequence[Need]) -> Message:
    """Ask for what is missing; nothing is saved, nothing typed is lost."""
    blocks: list[Block] = [Say(_standing(command, raw, needs))]
    for need in needs:
        buttons = tuple(
            Button(choice.label, button_line(ctx, typed_line(command, raw, **{need.arg.name: choice.says})))
            for choice in need.choices
        )
        blocks.append(Ask(need.why, buttons))
    keys = " ".join("the reference" if need.arg.kind in REFERENCES else f"{need.arg.name}:…" for need in needs)
    blocks.append(Ask("", (Button("Open form", button_line(ctx, f"form {typed_line(command, raw)}")),)))
    blocks.append(Fine(f"Or type it again with {keys}"))
    names = [need.arg.name for need in needs]
    return Message(tuple(blocks), summary=needs[0].why, asks=asks(ctx, typed_line(command, raw), names))


def _standing(command: Command, raw: Mapping[str, str], needs: Sequence[Need]) -> str:
    """Say that nothing is saved yet, of which item and which words."""
    asked = {need.arg.name for need in needs}
    ref = next(
        (raw[arg.name] for arg in command.args if arg.kind == "item" and arg.name not in asked and arg.name in raw), ""
    )
    own = next((raw[arg.name] for arg in command.args if arg.kind == "text" and raw.get(arg.name)), "")
    parts = (f"Not saved yet{f' for {ref}' if ref else ''}", f": “{clip(own, 200)}”" if own else ".")
    return "".join(parts)


def form(ctx: Context, command: Command, raw: Mapping[str, str]) -> Form:
    """Make a form from the command's signature, filled with what was typed."""
    hidden = {arg.name: raw[arg.name] for arg in command.args if not arg.in_form and arg.name in raw}
    hidden |= {arg.name: raw[arg.name] for arg in command.args if arg.kind in REFERENCES and arg.name in raw}
    held = {**_standing_values(ctx, command, raw), **{name: value for name, value in raw.items() if value}}
    fields = tuple(
        field(ctx, arg, held.get(arg.name, "")) for arg in command.args if arg.in_form and arg.name not in hidden
    )
    submit = command.title if command.may == "ask" else "Save"  # nothing is saved by looking
    return Form(command.title, typed_line(command, hidden), fields, submit, intro=_where(ctx, command, raw))


def _item_in(ctx: Context, command: Command, raw: Mapping[str, str]) -> Item | None:
    """The one item that was named."""
    ref = next((raw[arg.name] for arg in command.args if arg.kind == "item" and arg.name in raw), "")
    found = items.find(ctx.scope, ref, ctx.here) if ref else []
    return found[0] if len(found) == 1 else None


def _standing_values(ctx: Context, command: Command, raw: Mapping[str, str]) -> dict[str, str]:
    """What the item holds already, for a form that changes it."""
    item = _item_in(ctx, command, raw) if command.stands else None
    return command.stands(ctx, item) if command.stands and item else {}


def emptied(ctx: Context) -> frozenset[str]:
    """Return the fields of a form that came back with nothing in them."""
    return frozenset(name for name, value in ctx.incoming.fields if not value.strip())


def _where(ctx: Context, command: Command, raw: Mapping[str, str]) -> str:
    """The item that a form is about, or the log that it writes to."""
    item = _item_in(ctx, command, raw)
    if item:
        return f"{item.ref} {clip(item.text, 200)} · due {say_date(item.due_on)}"
    logs = command.words.endswith(" add")
    return f"For the log of {ctx.here.name}." if ctx.here and logs else ""


def field(ctx: Context, arg: Arg, value: str) -> Field:
    """Make one input from an argument."""
    return Field(
        name=arg.name,
        label=arg.label,
        kind=FIELDS.get(arg.kind, "line"),
        required=arg.required and not (arg.kind == "group" and arg.name != "to" and ctx.here),
        hint=_hint(ctx, arg),
        options=_options(ctx, arg),
        value=_initial(ctx, arg, value),
        max_length=arg.longest,
    )


def _hint(ctx: Context, arg: Arg) -> str:
    """What helps to fill a field in: for themes, those in use; for a priority, those of the partnership."""
    known = items.themes_in_use(ctx.scope)[:12] if arg.kind == "themes" else ()
    named = priorities.known(ctx) if arg.name == "priority" else ()
    more = (f"In use: {', '.join(known)}." if known else "", f"For example {', '.join(named)}." if named else "")
    return " ".join(part for part in (arg.hint, *more) if part)


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
    if arg.kind == "group" and arg.name != "to" and arg.required and not value and ctx.here:
        return ctx.here.id
    try:
        return _as_option(ctx, arg, value) if value else ""
    except LifError:  # it will be said once the form is sent
        return ""


def _as_option(ctx: Context, arg: Arg, value: str) -> str:
    match arg.kind:
        case "who":
            found = several(ctx, arg, value)
            return f"@{found[0].id}" if len(found) == 1 else ""
        case "people":
            return ",".join(f"@{person.id}" for person in several(ctx, arg, value))
        case "group":
            return group(ctx, value).id
        case "agency":
            return agency(ctx, value).id
        case "text" | "line":
            return named(ctx, value)
        case _:
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
        case Rhythm():
            return value.words
        case _:
            return str(value)
