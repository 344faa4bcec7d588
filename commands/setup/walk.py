"""The walk through a partnership: what is there, what is missing, and a form for each step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from commands.context import Context
from commands.names import agency as one_agency
from commands.setup.agency import new_agency
from commands.setup.answers import kept, opened
from commands.setup.draft import Draft, given
from commands.setup.group import new_group
from commands.setup.standing import facts, next_button, steps
from lifbot import profiles
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Facts, Field, Fine, Form, Heading, Message, Say
from lifbot.profiles import ProfileGroup

LINES = re.compile(r"[\n;]+")
WITH_PREFIX = re.compile(r"^(?P<name>.+?)\s*\((?P<prefix>[A-Za-z][A-Za-z0-9]{0,7})\)$")
MOST_PEOPLE = 40  # in one form
PARTNERS = ("{place} Council", "{place} Integrated Care Board", "{place} Police")


@command(
    "setup",
    may="set up",
    title="Set up",
    examples=("/lif setup", "/lif setup code:ABCD-EFGH"),
    is_word=True,
    replaces=True,
)
def setup(
    ctx: Context,
    code: Annotated[
        str, Arg("line", "Code", "Only where there is no partnership yet.", longest=40, in_form=False)
    ] = "",
) -> Message:
    """Walk through the partnership: what is set up, and what is still missing."""
    draft = Draft(ctx)
    missing = [step.missing for step in steps(draft)]
    lines: list[Block] = [Heading("Setting up"), Facts(facts(draft))]
    lines.append(Say(f"Still missing: {'; '.join(missing)}." if missing else "Nothing is missing. Thank you."))
    if code:
        lines.append(Say("This workspace has its partnership already, so the code was not used."))
    lines.append(Fine("You can stop and go on at any time: type /lif setup. Only you see this."))
    ways = next_button(draft)
    others = (
        Button("Partnership", "form setup partnership"),
        Button("Agencies", "form setup agencies"),
        Button("Groups", "form setup groups"),
        Button("People", "form setup people"),
        *((Button("Duties", "form setup duties"),) if draft.head["profile"] else ()),
        Button("Rules", "form setup rules"),
    )
    return Message((*lines, Ask("", (*ways, *others))), summary="Setting up")


# --- agencies ---------------------------------------------------------------------------------------------------


def agencies_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for several agencies, a line each; the usual ones are suggested where there is none."""
    draft = Draft(ctx)
    there = ", ".join(each["name"] for each in draft.plain["agencies"].values())
    place = draft.head["name"].partition(" Safeguarding")[0]
    value = "" if there else "\n".join(each.format(place=place) for each in PARTNERS)
    intro = (
        f"There already: {clip(there, 600)}."
        if there
        else "The three statutory partners are suggested. Change the names to yours, and add the others."
    )
    field = Field("names", "Agencies", "text", hint="One on each line.", value=value, max_length=3000)
    return Form("Agencies", "setup agencies", (field,), intro=intro)


@command(
    "setup agencies",
    may="set up",
    title="Agencies",
    examples=("/lif setup agencies Kirklees Council; West Yorkshire Police",),
    form=agencies_form,
)
def agencies(
    ctx: Context, names: Annotated[str, Arg("text", "Agencies", "One on each line.", leading=True, longest=3000)] = ""
) -> Message:
    """Add several agencies, one on each line."""
    if not names.strip():
        return opened(
            ctx, agencies_form(ctx, {}), "Type for example: /lif setup agencies Kirklees Council; West Yorkshire Police"
        )
    draft = Draft(ctx)
    have = {each["name"].casefold() for each in draft.plain["agencies"].values()}
    new = [name for name in _lines(names) if name.casefold() not in have]
    for name in new:
        new_agency(draft, name)
    return kept(
        draft, draft.keep("setup agencies"), f"{_many(len(new), 'agency', 'agencies')} added: {', '.join(new)}."
    )


def _lines(said: str) -> list[str]:
    """Each line once, without what leads a list."""
    lines = (re.sub(r"^[\s*•–-]+", "", line).strip(" ,.") for line in LINES.split(said))
    return list({line.casefold(): line for line in lines if line}.values())


def _many(count: int, noun: str, more: str) -> str:
    return f"{count} {noun if count == 1 else more}"


# --- groups -----------------------------------------------------------------------------------------------------


def offered(draft: Draft) -> list[ProfileGroup]:
    """Return the groups that the profile has and the partnership has not."""
    if not draft.head["profile"]:
        return []
    have = draft.plain["groups"].items()
    known = (group for group in profiles.load(draft.head["profile"]).groups if group.keeps_action_log)
    return [group for group in known if not any(group.goes_by(id, each["name"]) for id, each in have)]


def groups_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for groups: those that the profile has, and others."""
    draft = Draft(ctx)
    known = tuple((group.id, clip(group.name, 70)) for group in offered(draft))
    there = ", ".join(each["name"] for each in draft.plain["groups"].values())
    fields = (Field("known", "From the profile", "tick", required=False, options=known),) if known else ()
    hint = "One on each line, with its prefix if you like: Learning and Development Subgroup (LD)."
    own = Field("own", "Other groups" if known else "Groups", "text", required=False, hint=hint, max_length=3000)
    return Form("Groups", "setup groups", (*fields, own), intro=f"There already: {clip(there, 600)}." if there else "")


@command(
    "setup groups",
    may="set up",
    title="Groups",
    examples=("/lif setup groups Learning and Development Subgroup (LD); Quality Subgroup",),
    form=groups_form,
)
def groups(
    ctx: Context,
    own: Annotated[
        str, Arg("text", "Groups", "One on each line, with its prefix in brackets.", leading=True, longest=3000)
    ] = "",
    known: Annotated[str, Arg("line", "From the profile", longest=1000)] = "",
) -> Message:
    """Add several groups: those of the profile, and others, one on each line."""
    draft = Draft(ctx)
    ticked = {part.strip() for part in known.split(",") if part.strip()}
    if not own.strip() and not ticked:
        return opened(
            ctx, groups_form(ctx, {}), "Type for example: /lif setup groups Learning and Development Subgroup (LD)"
        )
    new = [new_group(draft, group.name, _prefix_of(group), group.id) for group in offered(draft) if group.id in ticked]
    for line in _lines(own):
        found = WITH_PREFIX.match(line)
        new.append(new_group(draft, found["name"], found["prefix"]) if found else new_group(draft, line))
    named = ", ".join(f"{draft.plain['groups'][id]['name']} ({draft.plain['groups'][id]['prefix']})" for id in new)
    return kept(draft, draft.keep("setup groups"), f"{_many(len(new), 'group', 'groups')} added: {named}.")


def _prefix_of(group: ProfileGroup) -> str:
    """A profile's id is what people call the group: "se", "spr", "cdop"; a longer one is left to the name."""
    return group.id.upper() if group.id.isalnum() and len(group.id) <= 5 else ""


# --- people's agencies ------------------------------------------------------------------------------------------


def people_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for the agencies of those who have none."""
    draft = Draft(ctx)
    options = tuple((id, each["name"]) for id, each in draft.plain["agencies"].items())
    alone = [(id, each["name"]) for id, each in draft.plain["people"].items() if not each["agency"]]
    fields = tuple(
        Field(f"agency {id}", name, "choice" if options else "line", required=False, options=options)
        for id, name in alone
    )
    intro = (
        "Which agency does each of them work for?"
        if alone
        else "Everybody has an agency. To add somebody, type /lif person add"
    )
    return Form("People's agencies", "setup people", fields[:MOST_PEOPLE], intro=intro)


@command("setup people", may="set up", title="People's agencies", examples=("/lif setup people",), form=people_form)
def agencies_of_people(ctx: Context) -> Message:
    """Say which agency people work for who have none yet."""
    said = {
        name.removeprefix("agency "): value
        for name, value in given(ctx).items()
        if name.startswith("agency ") and value
    }
    if not said:
        return opened(ctx, people_form(ctx, {}), "Type for example: /lif person edit @cleo agency:icb")
    draft = Draft(ctx)
    for id, agency in said.items():
        if id in draft.plain["people"]:
            draft.plain["people"][id]["agency"] = one_agency(ctx, agency).id
    return kept(draft, draft.keep("setup people"), f"{_many(len(said), 'person has', 'people have')} an agency now.")
