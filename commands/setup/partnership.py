"""The partnership itself: its name, zone and profile, its chairs, its business unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from commands.context import Context
from commands.setup.answers import kept, opened
from commands.setup.draft import UNCHANGED, Draft, given
from lifbot import profiles
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Block, Field, Form, Message, Say
from lifbot.partnership_file import brought


def partnership_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for the partnership's name, zone and profile, its chairs and its business unit."""
    draft = Draft(ctx)
    head = draft.head
    fields = (
        Field("name", "Name", value=head["name"], max_length=200),
        Field("abbreviation", "Abbreviation", value=head["abbreviation"], max_length=40),
        Field("timezone", "Time zone", value=head["timezone"], max_length=60),
        Field("profile", "Profile", "choice", required=False, options=profile_options(), value=head["profile"] or ""),
        *_chair_fields(draft),
        Field(
            "business_unit",
            "Business unit",
            "accounts",
            hint="Who looks after all this.",
            value=draft.mentions(head["business_unit"]),
            max_length=4000,
        ),
    )
    intro = "Who is not in the partnership yet is added to it. The partnership chair hears only of escalations."
    return Form("Partnership", "setup partnership", fields, intro=intro)


def _chair_fields(draft: Draft) -> tuple[Field, ...]:
    def field(name: str, label: str, holder: str | None) -> Field:
        return Field(name, label, "account", required=False, value=draft.mentions([holder] if holder else []))

    boards = draft.plain["boards"].items()
    chairs = [field(f"chair {id}", clip(f"Chair of {each['name']}", 100), each["chair"]) for id, each in boards]
    own = [] if chairs else [field("chair", "Partnership chair", draft.head["chair"])]
    return (*chairs, *own, field("deputy_chair", "Deputy chair", draft.head["deputy_chair"]))


def profile_options() -> tuple[tuple[str, str], ...]:
    """Return the profiles by name, for a field in which none may be chosen."""
    return tuple((id, profiles.load(id).name) for id in profiles.names())


@command(
    "setup partnership",
    may="set up",
    title="Partnership",
    examples=("/lif setup partnership chair:@dev", "/lif setup partnership timezone:Europe/London"),
    form=partnership_form,
)
def partnership(
    ctx: Context,
    name: Annotated[str, Arg("line", "Name", longest=200)] = "",
    abbreviation: Annotated[str, Arg("line", "Abbreviation", longest=40)] = "",
    timezone: Annotated[str, Arg("line", "Time zone", longest=60)] = "",
    profile: Annotated[str, Arg("line", "Profile", longest=40)] = "",
    chair: Annotated[str, Arg("account", "Partnership chair", longest=200)] = "",
    deputy_chair: Annotated[str, Arg("account", "Deputy chair", longest=200)] = "",
    business_unit: Annotated[str, Arg("accounts", "Business unit", longest=4000)] = "",
) -> Message:
    """Change the partnership's name, time zone or profile, its chair and deputy, or its business unit."""
    typed = {"name": name, "abbreviation": abbreviation, "timezone": timezone, "profile": profile}
    said = given(ctx, **typed, chair=chair, deputy_chair=deputy_chair, business_unit=business_unit)
    if not said:
        return opened(ctx, partnership_form(ctx, {}), "Type for example: /lif setup partnership chair:@dev")
    draft = Draft(ctx)
    head: dict[str, Any] = draft.head
    head |= {key: said[key] for key in ("name", "abbreviation", "timezone") if said.get(key)}
    for post in ("chair", "deputy_chair"):
        if post in said:
            head[post] = draft.holder(said[post], post, head[post])
    for id, board in draft.plain["boards"].items():
        if f"chair {id}" in said:
            board["chair"] = draft.holder(said[f"chair {id}"], f"chair {id}", board["chair"])
    chose = "profile" in said and (said["profile"] or None) != head["profile"]
    if chose:
        _choose(draft, said["profile"] or None)
    if "business_unit" in said:
        head["business_unit"] = _unit(draft, said["business_unit"])
    entry = draft.keep("setup partnership")
    return kept(draft, entry, f"{head['name']} is changed.", *(_brought(head["profile"]) if chose else ()))


def _choose(draft: Draft, profile: str | None) -> None:
    """Take a profile: what was answered of another's duties goes, and the Boards that it has are set up.

    Whoever chaired the partnership chairs each of these, until somebody says otherwise: escalations go on as before.
    """
    head = draft.head
    head["profile"] = profile
    found = profiles.load(profile) if profile in profiles.names() else None
    duties = {duty.id for duty in found.duties} if found else set()
    head["answers"] = {id: words for id, words in head["answers"].items() if id in duties}
    if found and found.boards and not draft.plain["boards"]:
        chair, head["chair"] = head["chair"], None
        draft.plain["boards"] |= {
            each.id: {"name": each.name, "scope": each.scope, "chair": chair} for each in found.boards
        }


def _brought(profile: str | None) -> tuple[Block, ...]:
    """What comes with a profile that was chosen."""
    lines = brought(profiles.load(profile)) if profile else ()
    return tuple(Say(f"{line[:1].upper()}{line[1:]}.") for line in lines)


def _unit(draft: Draft, said: str) -> list[str]:
    """The business unit, with those of it who have no account here; nobody can lock everybody out."""
    away = (
        [id for id in draft.head["business_unit"] if not draft.address(id)] if draft.ctx.incoming.kind == "form" else []
    )
    found = list(dict.fromkeys([*draft.several(said, "business_unit"), *away]))
    if draft.ctx.caller.id not in found:
        raise LifError(
            f"Please leave yourself in the business unit; a colleague can take you out. {UNCHANGED}",
            field="business_unit",
        )
    return found
