"""Requests to agencies: asking one, several or all, and seeing to it until it is closed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from commands import ask
from commands.arguments import When
from commands.bind import Due
from commands.changes import undo_button
from commands.context import Context
from commands.names import agency as one_agency
from commands.names import default_group, group
from commands.request_news import refuse_closed, refuse_silent, tell, who_hears
from lifbot import timescale
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.listed import listed
from lifbot.message import Ask, Button, Field, Fine, Form, ItemCard, Message, Say
from lifbot.model import Agency, AssuranceAnswer, AssuranceRequest, Group, Item, Source
from lifbot.policy.assurance import KINDS
from storage import items, meetings, people, records, requests

Question = Annotated[str, Arg("text", "Question", "What are agencies asked? Leave out names and case details.")]
ToAgencies = Annotated[
    str,
    Arg(
        "line", "Agencies", "With a comma between two, or “all”.", ("agency", "to"), options=(("all", "All agencies"),)
    ),
]
Kind = Annotated[str, Arg("choice", "What is asked for", "A return is one of section 11, say.", options=KINDS)]
About = Annotated[
    str,
    Arg("line", "About", "The reference of a review or an item, if it is about one.", ("about", "item"), longest=100),
]
OfGroup = Annotated[Group | None, Arg("group", "Asked by the group", "Without one, the partnership asks.")]
Ref = Annotated[AssuranceRequest, Arg("request", "Reference")]
NewQuestion = Annotated[str, Arg("text", "Question", "Leave out names and case details.", keys=("question",))]
NewDue = Annotated[Due | None, Arg("when", "By when", "A date, “next meeting” or “within three months”.", keys=("by",))]
Because = Annotated[str, Arg("text", "Reason", leads=("because",), keys=("because",))]
EVERYBODY = re.compile(r"\W*(?:all|every(?:one|body)?)(?:\s+(?:the\s+)?(?:agencies|partners))?\W*", re.IGNORECASE)


def sentence(ctx: Context, raw: dict[str, str]) -> None:
    """Read the date in "Confirm that … by 31 March", and for which group it is."""
    owning = group(ctx, raw["group"]) if raw.get("group") else default_group(ctx)
    if owning:
        raw.setdefault("group", owning.id)
    if "due" not in raw:
        taken = timescale.take_from(raw.get("text", ""), meetings.calendar(ctx.scope, owning))
        if taken and taken[0].strip():
            raw["text"], raw["due"] = taken


def form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form, in which agencies are chosen rather than typed."""
    assert ctx.command is not None
    made = ask.form(ctx, ctx.command, raw)
    every = tuple((row.id, row.name) for row in people.agencies(ctx.scope))
    return replace(made, fields=tuple(_chosen(each, every) for each in made.fields))


def _chosen(field: Field, every: tuple[tuple[str, str], ...]) -> Field:
    if field.name != "agencies" or not every:
        return field
    options = (("all", "All agencies"), *every)
    known = field.value if field.value in dict(options) else ""
    return replace(field, kind="several", options=options, value=known)


@command(
    "request add",
    may="ask agencies",
    title="Ask agencies",
    examples=(
        "/lif request add Please confirm that supervision covers the new guidance agencies:all due:31 March",
        "/lif request add Section 11 return agencies:police, icb due:30 September kind:return",
    ),
    sentence=sentence,
    form=form,
    replaces=True,
)
def add(
    ctx: Context,
    text: Question,
    agencies: ToAgencies,
    due: When,
    kind: Kind = "assurance",
    group: OfGroup = None,
    source: About = "",
) -> Message:
    """Ask one, several or all agencies for assurance, information or a return, by a date."""
    asked, (source_id, item_id) = _agencies(ctx, agencies), _about(ctx, source)
    ref, number = records.next_ref(ctx.scope, AssuranceRequest)
    row = ctx.scope.new(
        AssuranceRequest,
        ref=ref,
        number=number,
        kind=kind,
        question=text,
        group_id=group.id if group else None,
        source_id=source_id,
        item_id=item_id,
        timescale_text=due.said,
        due_on=due.on,
        asked_at=ctx.scope.now,
        asked_by=ctx.caller.id,
    )
    entry = records.write(ctx.scope, ctx.caller.id, "request add", row)
    parts = [_part(ctx, row, each) for each in asked]
    for part in parts:
        records.write(ctx.scope, ctx.caller.id, "request add", part, belongs_to=entry)
    own = tell(ctx, row, parts, "asked")
    return _asked(ctx, row, asked, own)


def _part(ctx: Context, row: AssuranceRequest, agency: Agency) -> AssuranceAnswer:
    return ctx.scope.new(AssuranceAnswer, request_id=row.id, agency_id=agency.id, look_again_at=ctx.scope.now)


def _agencies(ctx: Context, said: str) -> list[Agency]:
    every = people.agencies(ctx.scope)
    if not every:
        raise LifError("There are no agencies yet. The business unit can type /lif setup agencies", field="agencies")
    parts = [part for part in re.split(r"\s*[,;]\s*", said.strip()) if part]
    if any(EVERYBODY.fullmatch(part) for part in parts):
        return list(every)
    found = [one_agency(ctx, part) for part in parts]
    return list({each.id: each for each in found}.values())


def _about(ctx: Context, said: str) -> tuple[int | None, int | None]:
    """Return the id of the source or of the item that a reference names."""
    if not said:
        return None, None
    sources = records.find(ctx.scope, Source, said) if said.upper().startswith("LR") else []
    found = items.find(ctx.scope, said, ctx.here) if not sources else []
    held = any(row.held_at for row in sources) or any(row.held for row in found)
    if len(sources) + len(found) != 1 or held or not _may_see(ctx, found):
        raise LifError(
            f"There is no {clip(said.upper(), 40)} here that it can be about. Type for example: source:SE-2026-014",
            field="source",
        )
    return (sources[0].id, None) if sources else (None, found[0].id)


def _may_see(ctx: Context, found: Sequence[Item]) -> bool:
    return all(ctx.may("see", ctx.group_of(item), item) for item in found)


def _asked(ctx: Context, row: AssuranceRequest, asked: Sequence[Agency], own: Sequence[AssuranceAnswer]) -> Message:
    names = listed([each.name for each in asked])
    text = f"Saved as {row.ref}, due {say_date(row.due_on)}. {names} {'is' if len(asked) == 1 else 'are'} asked."
    silent = [each.name for each in asked if not any(requests.named(each))]
    notes = [f"You answer for {listed([ctx.reader.agency(each.agency_id) for each in own])}."] if own else []
    if silent:
        have = "has" if len(silent) == 1 else "have"
        notes.append(f"{listed(silent)} {have} named nobody yet, so the business unit is asked to pass it on.")
    card = ItemCard(row.ref, row.question, f"due {say_date(row.due_on)}")
    more = (Button("Answer…", f"form request answer {row.ref}"),) if own else ()
    buttons = (
        *more,
        Button("Show", f"request show {row.ref}"),
        Button("Edit…", f"form request edit {row.ref}"),
        Button("Withdraw…", f"form request withdraw {row.ref}"),
    )
    told = Fine("You are told once all have answered.")
    return Message((Say(text), card, *(Say(note) for note in notes), told, Ask("", buttons)), summary=text)


def edit_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return a form that holds the request as it is."""
    found = records.find(ctx.scope, AssuranceRequest, raw.get("request", ""))
    assert ctx.command is not None
    held = {"text": found[0].question, "due": found[0].timescale_text} if len(found) == 1 else {}
    return ask.form(ctx, ctx.command, {**held, **raw})


@command(
    "request edit",
    may="ask agencies",
    title="Change a request",
    examples=("/lif request edit AR-2026-002 due:30 April", "/lif request edit AR-2026-002 question:Other words"),
    form=edit_form,
)
def edit(ctx: Context, request: Ref, text: NewQuestion = "", due: NewDue = None) -> Message:
    """Change the question or the date of a request, before anybody has answered."""
    refuse_silent(ctx, request)
    refuse_closed(request)
    rows = requests.answers(ctx.scope, request)
    if any(row.answered_at for row in rows):
        raise LifError(
            f"An agency has answered {request.ref}, so it stays as it is. You can ask anew. Nothing was changed."
        )
    if not text and due is None:
        raise LifError(f"What is to change? Type for example: /lif request edit {request.ref} due:30 April")
    before = records.picture(request)
    request.question = text or request.question
    if due:
        request.timescale_text, request.due_on = due.said, due.on
    if records.picture(request) == before:
        raise LifError(f"{request.ref} says that already, so nothing was changed.")
    entry = records.write(ctx.scope, ctx.caller.id, "request edit", request, before=before)
    for row in rows:
        row.look_again_at = ctx.scope.now
    tell(ctx, request, rows, "changed")
    told = who_hears(ctx, request, "Those who were asked are told.")
    said = f"{request.ref} is changed: due {say_date(request.due_on)}. {told}"
    card = ItemCard(request.ref, request.question, f"due {say_date(request.due_on)}")
    return Message((Say(said), card, Ask("", (undo_button(entry),))), said)


@command(
    "request withdraw",
    may="ask agencies",
    title="Withdraw a request",
    examples=("/lif request withdraw AR-2026-002 because the inspection asks for the same",),
)
def withdraw(ctx: Context, request: Ref, because: Because = "") -> Message:
    """Withdraw a request: agencies that were asked are told that nothing more is needed."""
    refuse_silent(ctx, request)
    refuse_closed(request)
    before = records.picture(request)
    request.status, request.closed_at = "withdrawn", ctx.scope.now
    records.write(ctx.scope, ctx.caller.id, "request withdraw", request, before=before, why=because or None)
    tell(ctx, request, requests.answers(ctx.scope, request), "withdrawn", why=because)
    told = who_hears(ctx, request, "Those who were asked are told that nothing more is needed.")
    said = f"{request.ref} is withdrawn. {told}"
    return Message((Say(said),), said)


@command("request close", may="ask agencies", title="Close a request", examples=("/lif request close AR-2026-002",))
def close(ctx: Context, request: Ref) -> Message:
    """Close a request: nobody is reminded of it any more, and its answers stay."""
    refuse_silent(ctx, request)
    refuse_closed(request)
    before = records.picture(request)
    request.status, request.closed_at = "closed", ctx.scope.now
    entry = records.write(ctx.scope, ctx.caller.id, "request close", request, before=before)
    left = [ctx.reader.agency(row.agency_id) for row in requests.answers(ctx.scope, request) if row.status == "waiting"]
    without = f" {listed(left)} did not answer; nobody is reminded any more." if left else ""
    said = f"{request.ref} is closed.{without}"
    return Message((Say(said), Ask("", (undo_button(entry),))), said)
