"""Who and what is meant by a mention, an id, a prefix or part of a name: people, groups and agencies."""

from __future__ import annotations

import re
from collections.abc import Callable

from commands.context import Context
from commands.need import Need, people_choices
from commands.roles import agencies_called, groups_called, named_by_role, simple
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip
from lifbot.model import Agency, Group, Person
from storage import people

SEVERAL = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*", re.IGNORECASE)
MENTION = re.compile(r"<@([A-Za-z0-9._:-]+)(?:\|[^>]*)?>")


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
    close = groups_called(ctx, said)
    if len(close) == 1:
        return close[0]
    names = ", ".join(f"{g.name} ({g.prefix})" for g in close or people.groups(ctx.scope))
    raise LifError(f"I do not know which group “{clip(said, 40)}” is. Type one of: {names}.")


def agency(ctx: Context, said: str) -> Agency:
    """Return the agency meant by an id, a name or part of a name."""
    close = agencies_called(ctx, said)
    if len(close) == 1:
        return close[0]
    names = ", ".join(each.name for each in people.agencies(ctx.scope))
    raise LifError(f"I do not know the agency “{clip(said, 40)}”. Type one of: {names}.")


def named(ctx: Context, said: str) -> str:
    """Return words with mentions of people as names: an id of a platform tells nobody anything."""

    def name(found: re.Match[str]) -> str:
        person = people.by_address(ctx.scope, ctx.incoming.platform, found[1])
        return f"@{person.name if person else found[1]}"

    return MENTION.sub(name, said)


def who(ctx: Context, arg: Arg, said: str) -> Person | Need:
    """Return the one person meant by a mention, id, name, post or agency; two are asked about, since one answers."""
    whole = _one(ctx, said)
    if not whole and (named := named_by_role(ctx, arg, said)):
        return named
    if len(whole) > 1:
        names = ", ".join(person.name for person in whole)
        return Need(arg, f"“{clip(said, 40)}” could be {names}. Who is meant?", people_choices(whole))
    found = several(ctx, arg, said)
    if len(found) == 1:
        return found[0]
    why = "One person answers for it. Who is the accountable owner? The others can be contributors."
    return Need(arg, why, people_choices(found))


def several(ctx: Context, arg: Arg, said: str) -> list[Person]:
    """Return the people meant by a list of mentions, ids or names; those nobody knows are an error."""
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
    role = named_by_role(ctx, arg, said) if not found else None
    if isinstance(role, Person):
        return role
    if isinstance(role, Need):
        raise LifError(f"{role.why} Please type the name.", field=arg.name)
    if found:
        names = ", ".join(person.name for person in found)
        raise LifError(f"“{clip(said, 40)}” could be {names}. Please type the whole name.", field=arg.name)
    shown = "That person" if MENTION.search(said) else f"“{clip(said, 40)}”"
    raise LifError(
        f"{shown} is not in this partnership yet. Type another name, or ask the business unit to add them.",
        field=arg.name,
    )


def exactly(ctx: Context, said: str) -> list[Person]:
    """Return everybody whose id, whole name or first name it is."""
    wanted = simple(said)
    return [
        person
        for person in people.present(ctx.scope)
        if wanted in {simple(person.id), simple(person.name), simple(person.name).split()[0]}
    ]


def _one(ctx: Context, said: str) -> list[Person]:
    """Everybody a mention, id or name can mean: the closest kind of match that finds anyone."""
    mention = MENTION.fullmatch(said.strip())
    if mention:
        person = people.by_address(ctx.scope, ctx.incoming.platform, mention[1])
        return [person] if person else []
    wanted = simple(said).strip(" @.,")
    if wanted in ("me", "myself"):
        return [ctx.caller]
    every = people.present(ctx.scope)
    tests: tuple[Callable[[Person], bool], ...] = (
        lambda person: wanted == simple(person.id),
        lambda person: wanted == simple(person.name),
        lambda person: wanted == simple(person.email or ""),
        lambda person: wanted in simple(person.name).split(),
        lambda person: len(wanted) > 2 and wanted in simple(person.name),
    )
    return next((found for test in tests if (found := [person for person in every if test(person)])), [])
