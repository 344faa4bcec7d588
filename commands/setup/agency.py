"""Agencies: which there are, adding and editing one, who passes learning on in it, who sits on the partnership."""

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
DEPUTY = Annotated[
    str, Arg("account", "Deputy link", "Who passes learning on while the link cannot.", keys=("deputy",), longest=200)
]
REPRESENTATIVE = Annotated[
    str, Arg("account", "Representative", "Who sits on the partnership for it.", keys=("rep", "member"), longest=200)
]
POSTS = {"link": "ld_link", "link_deputy": "ld_deputy", "representative": "representative"}
LINK_HINT = "Who passes learning on in it, and is told where somebody cannot be reached."


@command("agency", may="oversee", title="Agencies", examples=("/lif agency",), is_word=True)
def list_(ctx: Context) -> Message:
    """Show the agencies, how many people each has, their learning links, and who represents them."""
    draft = Draft(ctx)
    counts = Counter(each["agency"] for each in draft.plain["people"].values())
    pairs = tuple(
        (each["name"], f"{_people(counts[id])}, {_posts(draft, each)}")
        for id, each in sorted(draft.plain["agencies"].items(), key=lambda pair: pair[1]["name"])
    )
    if not pairs:
        return say("There are no agencies yet. The business unit can type /lif agency add Kirklees Council")
    return Message(
        (Facts(pairs), Fine("To change one, type for example /lif agency edit Police. Only you see this.")),
        summary="Agencies",
    )


def _posts(draft: Draft, entry: Mapping[str, str | None]) -> str:
    link, deputy, representative = (draft.name(entry[post]) for post in POSTS.values())
    instead = f" (deputy {deputy})" if deputy else ""
    return f"link {link or 'not named yet'}{instead}" + (f", represented by {representative}" if representative else "")


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def add_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for a new agency."""
    return Form("New agency", "agency add", _fields(Draft(ctx), {}))


def edit_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask what is to change in an agency."""
    found, draft = one_agency(ctx, raw.get("agency", "")), Draft(ctx)
    entry = draft.plain["agencies"][found.id]
    return Form("Change an agency", f"agency edit agency:{found.id}", _fields(draft, entry))


def _fields(draft: Draft, entry: Mapping[str, str | None]) -> tuple[Field, ...]:
    def post(name: str, label: str, hint: str) -> Field:
        holder = entry.get(POSTS[name])
        held = draft.mentions([holder] if holder else [])
        return Field(name, label, "account", required=False, hint=hint, value=held)

    return (
        Field("name", "Name", value=entry.get("name") or "", max_length=200),
        post("link", "Learning link", LINK_HINT),
        post("link_deputy", "Deputy link", "Passes learning on while the link cannot."),
        post("representative", "Representative", "Sits on the partnership for it, and hears what the link leaves."),
    )


@command(
    "agency add",
    may="set up",
    title="New agency",
    examples=("/lif agency add West Yorkshire Police link:@ben",),
    form=add_form,
)
def add(
    ctx: Context,
    name: Annotated[str, Arg("line", "Name", leading=True, longest=200)] = "",
    link: LINK = "",
    link_deputy: DEPUTY = "",
    representative: REPRESENTATIVE = "",
) -> Message:
    """Add an agency to the partnership."""
    said = given(ctx, name=name, link=link, link_deputy=link_deputy, representative=representative)
    if not said.get("name"):
        return opened(ctx, add_form(ctx, {}), "Type for example: /lif agency add West Yorkshire Police")
    draft = Draft(ctx)
    id = new_agency(draft, said["name"])
    for name, post in POSTS.items():
        draft.plain["agencies"][id][post] = draft.one(said.get(name, ""), name)
    return kept(draft, draft.keep("agency add"), f"{said['name']} is set up as an agency.")


def new_agency(draft: Draft, name: str) -> str:
    """Add an agency to the draft; returns its id."""
    if any(each["name"].casefold() == name.casefold() for each in draft.plain["agencies"].values()):
        raise LifError(f"There is an agency of that name already. {UNCHANGED}", field="name")
    id = ids.of_name(name, draft.plain["agencies"])
    draft.plain["agencies"][id] = {"name": name, **dict.fromkeys(POSTS.values())}
    return id


@command(
    "agency edit",
    may="set up",
    title="Change an agency",
    examples=(
        "/lif agency edit Police link:@ben deputy:@grace",
        "/lif agency edit Police representative:@dev",
        "/lif agency edit Police name:West Yorkshire Police",
    ),
    form=edit_form,
)
def edit(
    ctx: Context,
    agency: Annotated[Agency, Arg("agency", "Agency", leading=True)],
    name: Annotated[str, Arg("line", "Name", longest=200)] = "",
    link: LINK = "",
    link_deputy: DEPUTY = "",
    representative: REPRESENTATIVE = "",
) -> Message:
    """Change an agency's name, who passes learning on in it, or who sits on the partnership for it."""
    said = given(ctx, name=name, link=link, link_deputy=link_deputy, representative=representative)
    if not said:
        return opened(
            ctx, edit_form(ctx, {"agency": agency.id}), f"Type for example: /lif agency edit {agency.name} link:@ben"
        )
    draft = Draft(ctx)
    entry = draft.plain["agencies"][agency.id]
    entry["name"] = said.get("name") or entry["name"]
    for field, post in POSTS.items():
        if field in said:
            entry[post] = draft.holder(said[field], field, entry[post])
    return kept(draft, draft.keep("agency edit"), f"{entry['name']} is changed.")
