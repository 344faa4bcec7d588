"""What is missing or unclear in a command, with the answers that are likely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commands.context import Context
from lifbot import timescale
from lifbot.grammar import Arg, clip
from lifbot.model import AssuranceRequest, Group, Item, Person, Source
from lifbot.timescale import Choice
from storage import items, meetings, people


@dataclass(frozen=True)
class Need:
    """An argument that is missing or unclear, with the answers that are likely."""

    arg: Arg
    why: str
    choices: tuple[Choice, ...] = ()


def group_in(ctx: Context, values: Mapping[str, Any]) -> Group | None:
    """The group that is meant: the item's own, else the one named, else the one that meets here."""
    item = next((value for value in values.values() if isinstance(value, Item)), None)
    if item:
        return ctx.group_of(item)
    led = next((value for value in values.values() if isinstance(value, Source | AssuranceRequest)), None)
    if led:
        return ctx.reader.groups.get(led.group_id or "")
    return next((v for v in values.values() if isinstance(v, Group)), ctx.here)


def receiving(ctx: Context, values: Mapping[str, Any]) -> Group | None:
    """The group whose meetings and members count: the one that something is handed to, else the group that is meant."""
    to = values.get("to")
    return to if isinstance(to, Group) else group_in(ctx, values)


def missing(ctx: Context, arg: Arg, values: Mapping[str, Any]) -> Need:
    """Return the question for an argument that was not given, with the common answers."""
    group = receiving(ctx, values)
    if arg.kind == "when":
        choices = timescale.common(meetings.calendar(ctx.scope, group))
        return Need(arg, "By when? It needs a date or a timescale.", choices)
    if arg.kind in ("who", "people"):
        ids = people.members(ctx.scope, group) if group else []
        known = [ctx.reader.people[id] for id in ids if id in ctx.reader.people]
        return Need(arg, "Who is the one accountable owner?", people_choices(known))
    if arg.kind == "group" and arg.name == "to":
        own = group_in(ctx, values)
        others = (each for each in people.groups(ctx.scope) if own is None or each.id != own.id)
        return Need(arg, "Which group is it handed to?", tuple(Choice(each.name, each.id) for each in others))
    if arg.kind == "group":
        return Need(arg, "Which group is it for?", _groups_to_choose(ctx))
    if arg.kind == "item":
        words = ctx.command.words if ctx.command else "action show"
        why = f"Which item? Type its reference, for example: /lif {words} {_likely(ctx)[0][1]}"
        return Need(arg, why, tuple(Choice(clip(label, 70), ref) for label, ref in _likely(ctx) if label))
    return Need(
        arg, f"{arg.label.rstrip('?')}? {arg.hint}".strip(), tuple(Choice(label, value) for value, label in arg.options)
    )


def _groups_to_choose(ctx: Context) -> tuple[Choice, ...]:
    """The groups for which the caller may do it; where there is none, say who may."""
    right = ctx.command.may if ctx.command else "ask"
    every = [each for each in people.groups(ctx.scope) if ctx.may(right, each)]
    if not every:
        ctx.require(right, None)
    return tuple(Choice(each.name, each.id) for each in every)


def _likely(ctx: Context) -> list[tuple[str, str]]:
    """The items most likely meant, as label and reference: the caller's own, else those of the group here."""
    mine = items.open_of(ctx.scope, ctx.caller.id)
    here = items.open_items(ctx.scope, Item.group_id == ctx.here.id) if ctx.here and ctx.may("see", ctx.here) else ()
    found = [(f"{row.ref} {row.text}", row.ref) for row in (mine or here)[:6]]
    return found or [("", "SE-2026-014")]


def people_choices(found: Sequence[Person]) -> tuple[Choice, ...]:
    return tuple(Choice(person.name, f"@{person.id}") for person in found if person.left_on is None)
