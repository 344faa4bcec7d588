"""Agencies: which there are, adding and editing one, and who passes learning on in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated

from commands.context import Context
from commands.names import agency as one_agency
from commands.setup.answers import kept, opened
from commands.setup.draft import UNCHANGED, Draft, given
from lifbot import ids
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Facts, Field, Fine, Form, Message, say
from lifbot.model import Agency

LINK = Annotated[str, Arg("account", "Learning link", "Who passes learning on in it.", longest=200)]
LINK_HINT = "Who passes learning on in it, and is told where somebody cannot be reached."


@command("agency", may="oversee", title="Agencies", examples=("/lif agency",), is_word=True)
def list_(ctx: Context) -> Message:
    """Show the agencies, how many people each has, and their learning links."""
    draft = Draft(ctx)
    counts = Counter(each["agency"] for each in draft.plain["people"].values())
    pairs = tuple(
        (each["name"], f"{_people(counts[id])}, link {draft.name(each['ld_link']) or 'not named yet'}")
        for id, each in sorted(draft.plain["agencies"].items(), key=lambda pair: pair[1]["name"])
    )
    if not pairs:
        return say("There are no agencies yet. The business unit can type /lif agency add Kirklees Council")
    return Message(
        (Facts(pairs), Fine("To change one, type for example /lif agency edit Police. Only you see this.")),
        summary="Agencies",
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def add_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for a new agency."""
    return Form("New agency", "agency add", _fields("", ""))


def edit_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask what is to change in an agency."""
    found, draft = one_agency(ctx, raw.get("agency", "")), Draft(ctx)
    link = draft.plain["agencies"][found.id]["ld_link"]
    return Form(
        "Change an agency",
        f"agency edit agency:{found.id}",
        _fields(found.name, draft.mentions([link] if link else [])),
    )


def _fields(name: str, link: str) -> tuple[Field, ...]:
    return (
        Field("name", "Name", value=name, max_length=200),
        Field("link", "Learning link", "account", required=False, hint=LINK_HINT, value=link),
    )


@command(
    "agency add",
    may="set up",
    title="New agency",
    examples=("/lif agency add West Yorkshire Police link:@ben",),
    form=add_form,
)
def add(
    ctx: Context, name: Annotated[str, Arg("line", "Name", leading=True, longest=200)] = "", link: LINK = ""
) -> Message:
    """Add an agency to the partnership."""
    said = given(ctx, name=name, link=link)
    if not said.get("name"):
        return opened(ctx, add_form(ctx, {}), "Type for example: /lif agency add West Yorkshire Police")
    draft = Draft(ctx)
    id = new_agency(draft, said["name"])
    draft.plain["agencies"][id]["ld_link"] = draft.one(said.get("link", ""), "link")
    return kept(draft, draft.keep("agency add"), f"{said['name']} is set up as an agency.")


def new_agency(draft: Draft, name: str) -> str:
    """Add an agency to the draft; returns its id."""
    if any(each["name"].casefold() == name.casefold() for each in draft.plain["agencies"].values()):
        raise LifError(f"There is an agency of that name already. {UNCHANGED}", field="name")
    id = ids.of_name(name, draft.plain["agencies"])
    draft.plain["agencies"][id] = {"name": name, "ld_link": None}
    return id


@command(
    "agency edit",
    may="set up",
    title="Change an agency",
    examples=("/lif agency edit Police link:@ben", "/lif agency edit Police name:West Yorkshire Police"),
    form=edit_form,
)
def edit(
    ctx: Context,
    agency: Annotated[Agency, Arg("agency", "Agency", leading=True)],
    name: Annotated[str, Arg("line", "Name", longest=200)] = "",
    link: LINK = "",
) -> Message:
    """Change an agency's name, or who passes learning on in it."""
    said = given(ctx, name=name, link=link)
    if not said:
        return opened(
            ctx, edit_form(ctx, {"agency": agency.id}), f"Type for example: /lif agency edit {agency.name} link:@ben"
        )
    draft = Draft(ctx)
    entry = draft.plain["agencies"][agency.id]
    entry["name"] = said.get("name") or entry["name"]
    if "link" in said:
        entry["ld_link"] = draft.holder(said["link"], "link", entry["ld_link"])
    return kept(draft, draft.keep("agency edit"), f"{entry['name']} is changed.")
