"""From what was typed to the things meant: people, groups, dates and items; what is missing becomes a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

from commands.context import Context
from commands.names import agency, default_group, group, named, several, who
from commands.need import Need, group_in, missing, receiving
from lifbot import rhythm, timescale
from lifbot.calendar import parse_local
from lifbot.errors import LifError
from lifbot.grammar import Arg, Command, clip, refuse_long
from lifbot.grammar.signature import REFERENCES, RecordKind
from lifbot.model import Group, Item, Source
from lifbot.rhythm import Rhythm
from lifbot.tags import themes_in
from lifbot.timescale import Choice, DueDate, Question
from storage import items, meetings, records, sources

NEVER = frozenset({"never", "none", "no", "once", "not"})


@dataclass(frozen=True)
class Due:
    """A timescale as said, and the date it became."""

    said: str
    on: date
    how: str
    meeting_id: int | None


def bind(ctx: Context, command: Command, raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Need]]:
    """Return the arguments as things, and what is still needed; rights are checked before anything is asked."""
    values: dict[str, Any] = {}
    needs: list[Need] = []
    for arg in sorted(command.args, key=_first_where_and_which):
        if arg.kind == "when" and "right" not in values:
            _check_right(ctx, command, values)
        try:
            _bind_one(ctx, arg, raw.get(arg.name, ""), values, needs)
        except LifError as error:
            error.field = error.field or arg.name
            raise
    _check_right(ctx, command, values)
    values.pop("right")
    return values, needs


def _first_where_and_which(arg: Arg) -> int:
    return 0 if arg.kind in REFERENCES else 1 if arg.kind == "group" else 2


def _check_right(ctx: Context, command: Command, values: dict[str, Any]) -> None:
    item = next((value for value in values.values() if isinstance(value, Item)), None)
    group = group_in(ctx, values)
    needed = {arg.kind for arg in command.args if arg.required}
    if item or ("item" not in needed and (group or "group" not in needed)):
        ctx.require(command.may, group, item)
    if item and command.fits:
        command.fits(ctx, item)
    values["right"] = command.may


def _bind_one(ctx: Context, arg: Arg, said: str, values: dict[str, Any], needs: list[Need]) -> None:
    said = said.strip() if _is_visible(said) else ""
    if arg.kind == "group" and not said and arg.required and arg.name != "to":
        value: Any = default_group(ctx)
    elif not said:
        value = None
    else:
        refuse_long(arg, said)
        value = _read(ctx, arg, said, values)
    if isinstance(value, Question | Need):
        needs.append(value if isinstance(value, Need) else Need(arg, value.why, value.choices))
    elif value is not None:
        values[arg.name] = value
    elif arg.required:
        needs.append(missing(ctx, arg, values))


def _read(ctx: Context, arg: Arg, said: str, values: Mapping[str, Any]) -> Any:
    readers: dict[str, Callable[[], Any]] = {
        "who": lambda: who(ctx, arg, said),
        "people": lambda: tuple(several(ctx, arg, said)),
        "when": lambda: when(ctx, said, receiving(ctx, values)),
        "group": lambda: group(ctx, said),
        "item": lambda: item(ctx, said),
        **{kind: partial(record, ctx, kind, said) for kind in records.TYPED},
        "agency": lambda: agency(ctx, said),
        "choice": lambda: choice(arg, said),
        "meeting": lambda: moment(ctx, said),
        **dict.fromkeys(
            ("account", "accounts", "channel"), lambda: said
        ),  # of the platform's own: the command's to read
        "rhythm": lambda: rhythm_of(arg, said),
        "themes": lambda: themes_in(said, items.themes_in_use(ctx.scope)),
    }
    return readers[arg.kind]() if arg.kind in readers else named(ctx, said)


def _is_visible(said: str) -> bool:
    """Whether there is anything to see in a text: spaces of no width are none."""
    return any(char.isprintable() and not char.isspace() for char in said)


def item(ctx: Context, said: str) -> Item | Need:
    """Return the item of a reference, or of its number where only one can be meant."""
    found = items.find(ctx.scope, said, ctx.here)
    if not found:
        raise LifError(f"There is no {clip(said.upper(), 40)} here. Type /lif action list to see the references.")
    if len(found) == 1:
        return found[0]
    arg = Arg("item", "Reference", name="item", required=True)
    return Need(arg, f"More than one item has the number {clip(said, 20)}. Which?", _refs(found[:8]))


def record(ctx: Context, kind: str, said: str) -> Any:
    """Return the source, notice or request of a reference, or of its number where only one can be meant."""
    model = records.TYPED[kind]
    own = sources.linked(ctx.scope, said) if model is Source else None  # what the partnership itself calls it
    rows: Sequence[Any] = records.find(ctx.scope, model, said) or ([own] if own else [])
    found = [row for row in rows if _is_shown(ctx, row)]
    if len(found) == 1:
        return found[0]
    prefix = records.PREFIXES[model]
    if not found:
        raise LifError(f"There is no {clip(said.upper(), 40)} here. Type /lif {kind} list to see the references.")
    arg = Arg(cast("RecordKind", kind), "Reference", name=kind, required=True)
    which = tuple(Choice(row.ref, row.ref) for row in found[:8])
    return Need(arg, f"More than one {prefix} has the number {clip(said, 20)}. Which?", which)


def _is_shown(ctx: Context, row: Any) -> bool:
    """Whether a record is there for the caller: a source on hold is so only for who may lift that."""
    return not isinstance(row, Source) or row.held_at is None or ctx.may("hold", None)


def _refs(found: Sequence[Item]) -> tuple[Choice, ...]:
    return tuple(Choice(row.ref, row.ref) for row in found)


def rhythm_of(arg: Arg, said: str) -> Rhythm | Need:
    """Return how often something comes round; "never" is a rhythm without a rule."""
    if said.strip(" .").lower() in NEVER:
        return Rhythm("", None, "never")
    found = rhythm.read(said)
    return found if isinstance(found, Rhythm) else Need(arg, found)


def choice(arg: Arg, said: str) -> str:
    """Return the option meant by its value or label."""
    for value, label in arg.options:
        if said.lower() in {value.lower(), value.lower().replace("_", " "), label.lower()}:
            return value
    known = ", ".join(value.replace("_", " ") for value, _ in arg.options)
    raise LifError(f"{arg.label.rstrip('?')} is one of: {known}.")


def when(ctx: Context, said: str, group: Group | None) -> Due | Question:
    """Return the date a timescale means for a group, or what must be asked."""
    read = timescale.read(said, meetings.calendar(ctx.scope, group))
    return Due(said, read.on, read.how, read.meeting_id) if isinstance(read, DueDate) else read


def moment(ctx: Context, said: str) -> Any:
    """Return a local date and time as a moment; words and dates alone are left to the command."""
    try:
        return parse_local(said, ctx.scope.zone)
    except ValueError:
        return said
