"""Answers of agencies to requests, and what is sent back with a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from commands import ask
from commands.arguments import OfAgency
from commands.changes import undo_button
from commands.context import Context
from commands.files import WRITTEN, Files, named
from commands.request import Ref
from commands.request_news import hour, refuse_closed, refuse_held, tell
from lifbot.errors import LifError
from lifbot.grammar import Arg, command, line
from lifbot.links import first_in
from lifbot.message import Ask, Button, Fine, Form, Message, Quote, Say
from lifbot.model import Agency, AssuranceAnswer, AssuranceRequest
from storage import outbox, people, records, requests
from storage.request_views import view

Words = Annotated[
    str, Arg("text", "Answer", "What can your agency say? Leave out names and case details.", longest=3000)
]
Shows = Annotated[
    str, Arg("text", "What shows it", "Words or a link, for example the audit's report.", keys=("evidence",))
]
Back = Annotated[str, Arg("text", "Question", "What is still open? The agency sees it.")]


def words_or_files(ctx: Context, raw: dict[str, str]) -> None:
    """Let a file without words be its own words."""
    if raw.get("files"):
        raw.setdefault("text", named(raw["files"]))


def form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return a form that holds what the agency has said already; its agency is asked for only if there are several."""
    assert ctx.command is not None
    found = records.find(ctx.scope, AssuranceRequest, raw.get("request", ""))
    if len(found) != 1:
        return ask.form(ctx, ctx.command, raw)
    mine = requests.of_person(ctx.scope, ctx.caller.id, found[0])
    row = next((each for each in mine if each.agency_id == raw.get("agency")), mine[0] if len(mine) == 1 else None)
    held = {"text": row.text or "", "evidence": row.evidence or "", "agency": row.agency_id} if row else {}
    made = ask.form(ctx, ctx.command, {**held, **{name: said for name, said in raw.items() if said}})
    if row is None:
        return made
    fields = tuple(each for each in made.fields if each.name != "agency")
    intro = f"{found[0].ref} · {ctx.reader.agency(row.agency_id)} · {found[0].question}"
    return Form(
        made.title, line("request answer", found[0].ref, agency=row.agency_id), fields, "Send", intro=intro[:500]
    )


@command(
    "request answer",
    may="ask",
    title="Answer",
    examples=("/lif request answer AR-2026-002 All teams have been briefed evidence:https://example.org/audit",),
    sentence=words_or_files,
    form=form,
)
def answer(
    ctx: Context, request: Ref, text: Words, evidence: Shows = "", agency: OfAgency = None, files: Files = ""
) -> Message:
    """Answer a request for your agency, with what shows it; a second answer corrects the first."""
    refuse_held(ctx, request)
    refuse_closed(request)
    rows = _parts(ctx, request, agency)
    if len(rows) > 1:
        return _for_which(ctx, request, rows, text, evidence)
    row = rows[0]
    before, again = records.picture(row), requests.last_return(ctx.scope, row)
    corrects = row.status == "answered"
    row.status, row.answered_at, row.by = "answered", row.answered_at or ctx.scope.now, ctx.caller.id
    row.text = text
    if evidence or files or not corrects:
        row.evidence, row.url = _proof(evidence, files), _url(text, evidence, files)
    if records.picture(row) == before:
        raise LifError("That is its answer already, so nothing was changed.")
    entry = records.write(ctx.scope, ctx.caller.id, "request answer", row, before=before)
    _tell_if_all(ctx, request, f"/{again.id}" if again else "")
    return _thanks(ctx, request, row, entry.id, corrects=corrects)


def _parts(ctx: Context, request: AssuranceRequest, agency: Agency | None) -> Sequence[AssuranceAnswer]:
    """The agency's part that is meant: the one named, else the caller's own; the business unit names it."""
    every = requests.answers(ctx.scope, request)
    is_unit = ctx.caller.id in ctx.scope.partnership.business_unit
    if agency:
        found = [row for row in every if row.agency_id == agency.id]
        if not found:
            raise LifError(f"{agency.name} was not asked {request.ref}. Nothing was changed.", field="agency")
        if not (is_unit or requests.speaks_for(ctx.scope, ctx.caller.id, agency.id)):
            raise _not_theirs(agency.name)
        return found
    mine = requests.of_person(ctx.scope, ctx.caller.id, request) or (every if is_unit else [])
    if not mine:
        raise _not_theirs("the agency")
    return mine


def _not_theirs(whose: str) -> LifError:
    return LifError(
        f"The learning link or representative of {whose}, or the business unit can do that. Nothing was changed."
    )


def _for_which(
    ctx: Context, request: AssuranceRequest, rows: Sequence[AssuranceAnswer], text: str, evidence: str
) -> Message:
    buttons = tuple(
        Button(
            ctx.reader.agency(row.agency_id),
            ask.button_line(ctx, line("request answer", request.ref, text, evidence=evidence, agency=row.agency_id)),
        )
        for row in rows[:20]
    )
    question = f"For which agency is this answer to {request.ref}? Nothing has been changed yet."
    return Message((Ask(question, buttons),), question)


def _proof(evidence: str, files: str) -> str | None:
    parts = [evidence, *(f"{name} {url}" for url, name in WRITTEN.findall(files))]
    return "; ".join(part for part in parts if part)[:3000] or None


def _url(text: str, evidence: str, files: str) -> str | None:
    found = WRITTEN.findall(files)
    return first_in(evidence) or first_in(text) or (found[0][0] if found else None)


def _tell_if_all(ctx: Context, request: AssuranceRequest, again: str) -> None:
    """Promise who asked, or who leads in their place, the news that all have answered."""
    if not requests.all_answered(requests.answers(ctx.scope, request)):
        return
    group = ctx.reader.groups.get(request.group_id or "")
    here = {person.id for person in people.present(ctx.scope)}
    line_ = (request.asked_by, group.chair if group else None, *ctx.scope.partnership.business_unit)
    who = next((each for each in line_ if each in here), None)
    if who and who != ctx.caller.id:
        about = {"request": request.id, "what": "all", "agencies": []}
        outbox.put(
            ctx.scope, f"request/{request.id}/all{again}", "request", person=who, about=about, not_before=hour(ctx)
        )


def _thanks(ctx: Context, request: AssuranceRequest, row: AssuranceAnswer, entry: int, *, corrects: bool) -> Message:
    shown, name = view(ctx.scope, ctx.reader, request), ctx.reader.agency(row.agency_id)
    said = f"Thank you. The answer of {name} to {request.ref} is {'corrected' if corrects else 'recorded'}."
    url = row.url if row.url and row.url not in (row.evidence or "") else None
    proof = " ".join(part for part in (row.evidence, url) if part)
    more = (
        ()
        if row.evidence or row.url
        else (Button("Add what shows it…", f"form request answer {request.ref} agency:{row.agency_id}"),)
    )
    shows = (Say(f"What shows it: {proof}"),) if proof else ()
    small = Fine(f"{shown.whose} sees it. To correct it, answer again.")
    return Message(
        (Say(said), Quote(row.text or ""), *shows, small, Ask("", (*more, Button("Undo", f"undo {entry}")))), said
    )


@command(
    requests.RETURNED,
    may="ask agencies",
    title="Ask again",
    examples=("/lif request return AR-2026-002 Which teams were briefed? agency:police",),
)
def return_(ctx: Context, request: Ref, text: Back, agency: OfAgency = None) -> Message:
    """Send an agency's answer back to it with a question."""
    refuse_held(ctx, request)
    refuse_closed(request)
    there = [row for row in requests.answers(ctx.scope, request) if row.status == "answered"]
    found = [row for row in there if agency is None or row.agency_id == agency.id]
    if not found:
        raise LifError(f"There is no answer to {request.ref} that could go back. Nothing was changed.")
    if len(found) > 1:
        buttons = tuple(
            Button(
                ctx.reader.agency(row.agency_id),
                ask.button_line(ctx, line(requests.RETURNED, request.ref, text, agency=row.agency_id)),
            )
            for row in found[:20]
        )
        return Message((Ask("Whose answer? Nothing has been changed yet.", buttons),), "Whose answer?")
    row = found[0]
    before = records.picture(row)
    row.status, row.look_again_at = "waiting", ctx.scope.now
    entry = records.write(ctx.scope, ctx.caller.id, requests.RETURNED, row, before=before, why=text)
    tell(ctx, request, [row], "returned")
    said = f"The answer of {ctx.reader.agency(row.agency_id)} to {request.ref} goes back with your question."
    return Message((Say(said), Quote(text), Ask("", (undo_button(entry),))), said)
