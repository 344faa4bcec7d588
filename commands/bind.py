"""From what was typed to the things meant: people, groups, dates and items; what is missing becomes a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.context import Context
from lifbot import timescale
from lifbot.calendar import parse_local
from lifbot.errors import LifError
from lifbot.grammar import Arg, Command, clip, refuse_long
from lifbot.model import Agency, Group, Item, Person
from lifbot.timescale import Choice, DueDate, Question
from storage import items, meetings, people

SEVERAL = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*", re.IGNORECASE)
MENTION = re.compile(r"<@([A-Za-z0-9._:-]+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Due:
    """A timescale as said, and the date it became."""

    said: str
    on: date
    how: str
    meeting_id: int | None


@dataclass(frozen=True)
class Need:
    """An argument that is missing or unclear, with the answers that are likely."""

    arg: Arg
    why: str
    choices: tuple[Choice, ...] = ()


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
    return {"item": 0, "group": 1}.get(arg.kind, 2)


def _check_right(ctx: Context, command: Command, values: dict[str, Any]) -> None:
    item = next((value for value in values.values() if isinstance(value, Item)), None)
    group = ctx.group_of(item) if item else next((v for v in values.values() if isinstance(v, Group)), ctx.here)
    if group or not any(arg.kind == "group" and arg.required for arg in command.args):
        ctx.require(command.may, group, item)
    values["right"] = command.may


def _bind_one(ctx: Context, arg: Arg, said: str, values: dict[str, Any], needs: list[Need]) -> None:
    said = said.strip()
    if arg.kind == "group" and not said and arg.required:
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
        "people": lambda: tuple(_several(ctx, arg, said)),
        "when": lambda: when(ctx, said, _group_in(values) or ctx.here),
        "group": lambda: group(ctx, said),
        "item": lambda: item(ctx, said),
        "agency": lambda: agency(ctx, said),
        "choice": lambda: choice(arg, said),
        "meeting": lambda: moment(ctx, said),
    }
    return readers[arg.kind]() if arg.kind in readers else said


def _group_in(values: Mapping[str, Any]) -> Group | None:
    return next((value for value in values.values() if isinstance(value, Group)), None)


def missing(ctx: Context, arg: Arg, values: Mapping[str, Any]) -> Need:
    """Return the question for an argument that was not given, with the common answers."""
    group = _group_in(values) or ctx.here
    if arg.kind == "when":
        choices = timescale.common(meetings.calendar(ctx.scope, group))
        return Need(arg, "By when? An action needs a date or a timescale.", choices)
    if arg.kind in ("who", "people"):
        ids = people.members(ctx.scope, group) if group else []
        known = [ctx.reader.people[id] for id in ids if id in ctx.reader.people]
        return Need(arg, "Who is the one accountable owner?", _people_choices(known))
    if arg.kind == "group":
        found = tuple(Choice(each.name, each.id) for each in people.groups(ctx.scope))
        return Need(arg, "Which group is it for?", found)
    return Need(arg, f"{arg.label}? {arg.hint}".strip(), tuple(Choice(label, value) for value, label in arg.options))


def _people_choices(found: Sequence[Person]) -> tuple[Choice, ...]:
    return tuple(Choice(person.name, f"@{person.id}") for person in found if person.left_on is None)


def default_group(ctx: Context) -> Group | None:
    """Return the channel's group; else the only group the caller chairs; else the only group there is."""
    if ctx.here:
        return ctx.here
    every = people.groups(ctx.scope)
    chaired = [each for each in every if each.chair == ctx.caller.id]
    if len(chaired) == 1:
        return chaired[0]
    return every[0] if len(every) == 1 else None


def group(ctx: Context, said: str) -> Group:
    """Return the group meant by an id, prefix, name, alias or part of a name."""
    wanted = said.lower().lstrip("#")
    every = people.groups(ctx.scope)
    exact = [g for g in every if wanted in {g.id.lower(), g.prefix.lower(), g.name.lower(), *map(str.lower, g.aliases)}]
    close = exact or [g for g in every if wanted in g.name.lower()]
    if len(close) == 1:
        return close[0]
    names = ", ".join(f"{g.name} ({g.prefix})" for g in close or every)
    raise LifError(f"I do not know which group “{clip(said, 40)}” is. Type one of: {names}.")


def item(ctx: Context, said: str) -> Item | Need:
    """Return the item of a reference, or of its number where only one can be meant."""
    found = items.find(ctx.scope, said, ctx.here)
    if not found:
        raise LifError(f"There is no {clip(said.upper(), 40)} here. Type /lif action list to see the references.")
    if len(found) == 1:
        return found[0]
    arg = Arg("item", "Reference", name="item", required=True)
    return Need(arg, f"More than one item has the number {clip(said, 20)}. Which?", _refs(found[:8]))


def _refs(found: Sequence[Item]) -> tuple[Choice, ...]:
    return tuple(Choice(row.ref, row.ref) for row in found)


def agency(ctx: Context, said: str) -> Agency:
    """Return the agency meant by an id, a name or part of a name."""
    wanted = said.lower()
    every = people.agencies(ctx.scope)
    exact = [each for each in every if wanted in {each.id.lower(), each.name.lower()}]
    close = exact or [each for each in every if wanted in each.name.lower()]
    if len(close) == 1:
        return close[0]
    raise LifError(f"I do not know the agency “{clip(said, 40)}”. Type one of: {', '.join(e.name for e in every)}.")


def choice(arg: Arg, said: str) -> str:
    """Return the option meant by its value or label."""
    for value, label in arg.options:
        if said.lower() in {value.lower(), label.lower()}:
            return value
    raise LifError(f"{arg.label} is one of: {', '.join(value for value, _ in arg.options)}.")


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


def who(ctx: Context, arg: Arg, said: str) -> Person | Need:
    """Return the one person meant by a mention, id or name; two are asked about, since one answers."""
    found = _several(ctx, arg, said)
    if len(found) == 1:
        return found[0]
    why = "One person answers for it. Who is the accountable owner? The others can be contributors."
    return Need(arg, why, _people_choices(found))


def _several(ctx: Context, arg: Arg, said: str) -> list[Person]:
    whole = _one(ctx, said)
    if len(whole) == 1:
        return whole
    parts = [part for part in SEVERAL.split(MENTION.sub(r" <@\1> ", said)) if part.strip()]
    mentions = MENTION.findall(said)
    if len(mentions) > 1:
        parts = [f"<@{id}>" for id in mentions]
    found = [_only(ctx, arg, part.strip()) for part in parts] if len(parts) > 1 else [_only(ctx, arg, said)]
    return list({person.id: person for person in found}.values())


def _only(ctx: Context, arg: Arg, said: str) -> Person:
    found = _one(ctx, said)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(person.name for person in found)
        raise LifError(f"“{clip(said, 40)}” could be {names}. Please type the whole name.", field=arg.name)
    shown = "That person" if MENTION.search(said) else f"“{clip(said, 40)}”"
    raise LifError(
        f"{shown} is not in this partnership yet. Type another name, or ask the business unit to add them.",
        field=arg.name,
    )


def _one(ctx: Context, said: str) -> list[Person]:
    """Everybody a mention, id or name can mean: the closest kind of match that finds anyone."""
    mention = MENTION.fullmatch(said.strip())
    if mention:
        person = people.by_address(ctx.scope, ctx.incoming.platform, mention[1])
        return [person] if person else []
    wanted = " ".join(said.lower().strip(" @.").split())
    every = people.present(ctx.scope)
    tests: tuple[Callable[[Person], bool], ...] = (
        lambda person: wanted == person.id.lower(),
        lambda person: wanted == person.name.lower(),
        lambda person: wanted == (person.email or "").lower(),
        lambda person: wanted in person.name.lower().split(),
        lambda person: len(wanted) > 2 and wanted in person.name.lower(),
    )
    return next((found for test in tests if (found := [person for person in every if test(person)])), [])
