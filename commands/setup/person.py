"""People: who there is, adding somebody, and changing what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from commands.context import Context
from commands.names import MENTION
from commands.names import agency as one_agency
from commands.names import who as one_person
from commands.setup.answers import kept, opened
from commands.setup.draft import NOBODY, UNCHANGED, Draft, given
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Facts, Field, Fine, Form, Message, say
from lifbot.model import Person
from storage import people

AGENCY = Annotated[str, Arg("line", "Agency", longest=200)]
ACCOUNT = Annotated[
    str,
    Arg("account", "Account", "Where lifbot writes to them; “none” for nowhere.", keys=("slack", "teams"), longest=200),
]
EMAIL = Annotated[str, Arg("line", "E-mail", longest=200)]
MOST = 60  # names in one answer


@command("person", may="ask", title="People", examples=("/lif person",), is_word=True)
def list_(ctx: Context) -> Message:
    """Show who is in the partnership, by agency, to those who may."""
    led = [each for each in people.groups(ctx.scope) if ctx.may("set up group", each)]
    if not ctx.may("oversee", None) and not led:
        ctx.require("oversee", None)
    mine = {id for each in led for id in people.members(ctx.scope, each)}
    shown = [row for row in people.present(ctx.scope) if ctx.may("oversee", None) or row.id in mine]
    pairs = tuple((row.name, _told(ctx, row)) for row in shown[:MOST])
    counts = Counter(ctx.reader.agency(row.agency) or "no agency" for row in shown)
    lines = ", ".join(f"{name} {count}" for name, count in counts.most_common(12))
    more = f" {len(shown) - MOST} more are not shown." if len(shown) > MOST else ""
    fine = Fine(f"To change somebody, type for example /lif person edit @cleo. Only you see this.{more}")
    return Message((*say(f"{len(shown)} people: {lines}.").blocks, Facts(pairs), fine), summary="People")


def _told(ctx: Context, row: Person) -> str:
    where = [platform for platform, held in (("Slack", row.slack), ("Teams", row.teams)) if held]
    return ", ".join([ctx.reader.agency(row.agency) or "no agency", " and ".join(where) or "in no workspace"])


def add_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for somebody new."""
    draft = Draft(ctx)
    account = Field(
        "account", "Account", "account", required=False, hint="Leave it empty for somebody who is in no workspace."
    )
    name = Field("name", "Name", required=False, hint="Their account's name, unless you say otherwise.", max_length=200)
    return Form("New person", "person add", (account, name, *_fields(draft, {})))


def edit_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask what is to change about somebody."""
    person, draft = _meant(ctx, raw.get("person", "")), Draft(ctx)
    entry = draft.plain["people"][person.id]
    name = Field("name", "Name", value=entry["name"], max_length=200)
    account = Field(
        "account",
        "Account",
        "account",
        required=False,
        value=draft.mentions([person.id]),
        hint="Where lifbot writes to them.",
    )
    return Form(
        "Change a person",
        f"person edit person:@{person.id}",
        (name, account, *_fields(draft, entry)),
        intro=person.name,
    )


def _fields(draft: Draft, entry: Mapping[str, Any]) -> Iterator[Field]:
    options = tuple((id, each["name"]) for id, each in draft.plain["agencies"].items())
    if options:
        yield Field("agency", "Agency", "choice", required=False, options=options, value=entry.get("agency") or "")
    yield Field("email", "E-mail", required=False, value=entry.get("email") or "", max_length=200)


def _meant(ctx: Context, said: str) -> Person:
    found = one_person(ctx, Arg("who", "Person", name="person"), said)
    if not isinstance(found, Person):
        raise LifError("One person, please. Type for example: /lif person edit @cleo")
    return found


@command(
    "person add",
    may="set up",
    title="New person",
    examples=("/lif person add Fay O'Brien agency:police email:fay@example.org", "/lif person add @cleo agency:icb"),
    form=add_form,
)
def add(
    ctx: Context,
    name: Annotated[str, Arg("account", "Name or account", leading=True, longest=200)] = "",
    agency: AGENCY = "",
    account: ACCOUNT = "",
    email: EMAIL = "",
) -> Message:
    """Add somebody to the partnership, with an account or in no workspace."""
    said = given(ctx, name=name, agency=agency, account=account, email=email)
    if mention := MENTION.fullmatch(said.get("name", "")):
        said |= {"account": mention[0], "name": ""}
    if not said.get("name") and not said.get("account"):
        return opened(ctx, add_form(ctx, {}), "Type for example: /lif person add Fay O'Brien agency:police")
    draft = Draft(ctx)
    id = _new(draft, said.get("name", ""), said.get("account", ""))
    draft.refuse_unnamed()
    _describe(draft, id, said)
    entry, draft.added = draft.keep("person add"), []
    return kept(draft, entry, f"{draft.name(id)} is in the partnership now.")


def _new(draft: Draft, name: str, account: str) -> str:
    mention = MENTION.fullmatch(account.strip())
    address = mention[1] if mention else None
    if address and draft.ctx.incoming.platform == "teams":
        address = address.lower()
    known = [
        id for id, each in draft.plain["people"].items() if address and each[draft.ctx.incoming.platform] == address
    ]
    same = known or [
        id for id, each in draft.plain["people"].items() if name and each["name"].casefold() == name.casefold()
    ]
    if same:
        raise LifError(
            f"{draft.name(same[0])} is in the partnership already. Type /lif person edit @{same[0]}", field="name"
        )
    if account and not mention and account.lower() not in NOBODY:
        raise LifError(f"Type their account as a mention, such as @cleo. {UNCHANGED}", field="account")
    return draft.add_person(name, address) if name else draft.one(account, "account") or ""


@command(
    "person edit",
    may="set up",
    title="Change a person",
    examples=("/lif person edit @cleo agency:icb", "/lif person edit @fay account:none"),
    form=edit_form,
)
def edit(
    ctx: Context,
    person: Annotated[Person, Arg("who", "Person", leading=True)],
    name: Annotated[str, Arg("line", "Name", longest=200)] = "",
    agency: AGENCY = "",
    account: ACCOUNT = "",
    email: EMAIL = "",
) -> Message:
    """Change somebody's name, agency, account or e-mail address."""
    said = given(ctx, name=name, agency=agency, account=account, email=email)
    if not said:
        return opened(
            ctx,
            edit_form(ctx, {"person": f"@{person.id}"}),
            f"Type for example: /lif person edit @{person.id} agency:police",
        )
    draft = Draft(ctx)
    entry = draft.plain["people"][person.id]
    entry["name"] = said.get("name") or entry["name"]
    if "account" in said:
        entry[ctx.incoming.platform] = _address(draft, person.id, said["account"])
    _describe(draft, person.id, said)
    return kept(draft, draft.keep("person edit"), f"What is known of {entry['name']} is changed.")


def _address(draft: Draft, id: str, said: str) -> str | None:
    mention = MENTION.fullmatch(said.strip())
    if mention is None and said.strip().lower() not in NOBODY:
        raise LifError(f"Type their account as a mention, such as @cleo, or none. {UNCHANGED}", field="account")
    if id == draft.ctx.caller.id:
        raise LifError(
            f"Your own account is changed by somebody else in the business unit. {UNCHANGED}", field="account"
        )
    address = mention[1] if mention else None
    if address and draft.ctx.incoming.platform == "teams":
        address = address.lower()
    holder = [other for other in draft.plain["people"] if other != id and address and draft.address(other) == address]
    if holder:
        raise LifError(f"That is the account of {draft.name(holder[0])}. {UNCHANGED}", field="account")
    return address


def _describe(draft: Draft, id: str, said: Mapping[str, str]) -> None:
    """Write agency and e-mail address, as far as they were said."""
    entry = draft.plain["people"][id]
    if "agency" in said:
        entry["agency"] = one_agency(draft.ctx, said["agency"]).id if said["agency"].lower() not in NOBODY else None
    if "email" in said:
        entry["email"] = said["email"] if said["email"].lower() not in NOBODY else None
