"""Whom a challenge is for: an agency or a group, chosen or named, and who responds for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commands import ask
from commands.context import Context
from commands.roles import agencies_called, groups_called
from lifbot.errors import LifError
from lifbot.grammar import clip
from lifbot.message import Field, Form
from lifbot.model import Agency, Group
from lifbot.notices.challenge import CHOICE
from storage import people


def meant_by(ctx: Context, said: str) -> Agency | Group:
    """Return the one agency or group that a name means."""
    found = _called(ctx, said)
    if len(found) == 1:
        return found[0]
    exact = [each for each in found if said.strip().lower() in (each.id.lower(), each.name.lower())]
    if len(exact) == 1:
        return exact[0]
    every = found or _every(ctx)
    names = ", ".join(each.name for each in every[:20])
    raise LifError(f"Which agency or group is “{clip(said, 40)}”? Type one of: {names}.", field="to")


def _called(ctx: Context, said: str) -> list[Agency | Group]:
    return [*agencies_called(ctx, said), *groups_called(ctx, said)]


def _every(ctx: Context) -> list[Agency | Group]:
    return [*people.agencies(ctx.scope), *people.groups(ctx.scope)]


def form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form, in which the agency or group is chosen."""
    assert ctx.command is not None
    made = ask.form(ctx, ctx.command, raw)
    every = tuple((each.name, each.name) for each in _every(ctx))
    fields = tuple(_chosen(each, every) for each in made.fields)
    return replace(made, fields=fields, intro=CHOICE)


def _chosen(field: Field, every: tuple[tuple[str, str], ...]) -> Field:
    known = field.value if field.value in dict(every) else ""
    return replace(field, kind="choice", options=every, value=known) if field.name == "to" and every else field


def who_responds(ctx: Context, whom: Agency | Group) -> str:
    """Return who answers for a response: the agency's representative or link, the group's chair or deputy."""
    named = (
        (whom.representative, whom.ld_link, whom.ld_deputy) if isinstance(whom, Agency) else (whom.chair, whom.deputy)
    )
    here = {person.id for person in people.present(ctx.scope)}
    found = next((each for each in named if each in here), None)
    if found is None:
        kind = "agency" if isinstance(whom, Agency) else "group"
        raise LifError(
            f"{whom.name} has named nobody who could respond yet. The business unit can: /lif {kind} edit {whom.name}",
            field="to",
        )
    if found == ctx.caller.id:
        raise LifError(f"You would be asked to respond for {whom.name} yourself, so nothing was saved.", field="to")
    return found
