"""How requests to agencies stand: one with its answers, lists, and how long answers took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from commands.context import Context
from commands.request import Ref
from commands.request_news import refuse_held
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Button, ItemCard, Message
from lifbot.model import AssuranceRequest, Item, Source
from lifbot.notices import assurance as shown_as
from lifbot.policy import assurance
from lifbot.policy.rights import Role
from storage import people, requests
from storage.request_views import answered, view

Which = Annotated[str, Arg("line", "open, closed, withdrawn or all", longest=40)]
LISTED = 12


def _sees_all(ctx: Context, row: AssuranceRequest) -> bool:
    """Whether somebody sees every agency's answer: who asked, and who belongs to the group that asks."""
    return row.asked_by == ctx.caller.id or ctx.may("see register", ctx.reader.groups.get(row.group_id or ""))


@command("request show", may="ask", title="Show a request", examples=("/lif request show AR-2026-002",))
def show(ctx: Context, request: Ref) -> Message:
    """Show a request: which agencies have answered, when, after how many working days, and what they said."""
    refuse_held(ctx, request)
    rows, shown = answered(ctx.scope, ctx.reader, request), view(ctx.scope, ctx.reader, request)
    mine = requests.of_person(ctx.scope, ctx.caller.id, request)
    names = {ctx.reader.agency(row.agency_id) for row in mine}
    if not _sees_all(ctx, request):
        rows = [row for row in rows if row.agency in names]
    if not rows:
        raise LifError(f"{request.ref} can be seen by who asked it, its group and the agencies that were asked.")
    buttons = (
        [Button("Answer…", f"form request answer {request.ref}", "primary")] if mine and shown.status == "open" else []
    )
    if shown.status == "open" and ctx.may("ask agencies", ctx.reader.groups.get(request.group_id or "")):
        buttons += [Button("Ask again…", f"form request return {request.ref}")] if _is_any(rows) else []
        buttons += [] if _is_any(rows) else [Button("Edit…", f"form request edit {request.ref}")]
        buttons += [Button("Close", f"request close {request.ref}")]
        buttons += [Button("Withdraw…", f"form request withdraw {request.ref}")]
    return shown_as.shown(shown, rows, ctx.scope.today, _about(ctx, request), tuple(buttons))


def _is_any(rows: Sequence[shown_as.Answered]) -> bool:
    return any(row.status == "answered" for row in rows)


def _about(ctx: Context, request: AssuranceRequest) -> str:
    source, item = ctx.scope.get(Source, request.source_id), ctx.scope.get(Item, request.item_id)
    found = source or item
    return found.ref if found else ""


@command(
    "request list",
    may="ask",
    title="Requests",
    examples=("/lif request list", "/lif request list all"),
    replaces=True,
)
def list_(ctx: Context, which: Which = "open") -> Message:
    """List the requests that you may see, the newest first: those your agency is asked, and those of your groups."""
    wanted = which.strip().lower().rstrip(".")
    if wanted not in ("open", "closed", "all", "withdrawn"):
        raise LifError("Type /lif request list and, if you like, one of: open, closed, withdrawn, all.", field="which")
    where = () if wanted == "all" else (AssuranceRequest.status == wanted,)
    cards = [card for row in requests.shown(ctx.scope, *where) if (card := _card(ctx, row))]
    return shown_as.overview(f"Requests to agencies ({wanted})", cards[:LISTED], len(cards) - LISTED)


def _card(ctx: Context, row: AssuranceRequest) -> ItemCard | None:
    rows, mine = answered(ctx.scope, ctx.reader, row), requests.of_person(ctx.scope, ctx.caller.id, row)
    if not _sees_all(ctx, row):
        names = {ctx.reader.agency(each.agency_id) for each in mine}
        rows = [each for each in rows if each.agency in names]
    waits = row.status == "open" and any(each.status == "waiting" for each in mine)
    buttons = shown_as.answer_buttons(row.ref) if waits else ()
    return shown_as.card(view(ctx.scope, ctx.reader, row), rows, ctx.scope.today, buttons) if rows else None


def sees_counts(ctx: Context) -> bool:
    """Whether somebody sees how agencies follow through: who belongs to a group, leads one or oversees them all."""
    some = Role.MEMBER, Role.GROUP_CHAIR, Role.DEPUTY, Role.BUSINESS_UNIT, Role.PARTNERSHIP_CHAIR
    return any(ctx.roles(each) & set(some) for each in (None, *people.groups(ctx.scope)))


def refuse_counts(ctx: Context) -> None:
    """Raise LifError for somebody who belongs to no group."""
    if not sees_counts(ctx):
        raise LifError("That can be seen by members of a group, the business unit and the partnership chair.")


@command("request times", may="ask", title="Response times", examples=("/lif request times",))
def times(ctx: Context) -> Message:
    """Show how many working days agencies took to answer over the last year: by agency, never by person."""
    refuse_counts(ctx)
    return shown_as.response_times(assurance.times(requests.parts_of_year(ctx.scope), ctx.scope.today))
