"""Which agencies somebody answers for, and the forms in which they do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from commands import names
from commands.context import Context
from lifbot import cascaded as reading
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import clip
from lifbot.message import Ask, Button, Field, Form, Message
from lifbot.model import Notice, Receipt
from storage import notices, receipts, records

NONE = "Nothing was changed."
WHO_MAY = (
    "The learning link of an agency that it went to, their deputy, its representative or the business unit can do "
    f"that. {NONE}"
)


def which(ctx: Context, notice: Notice, said: str) -> list[Receipt]:
    """Return the receipts that somebody answers: of the agencies named, else of all that they answer for."""
    if notices.is_held(ctx.scope, notice):
        raise LifError(f"{notice.ref} is not open to answers just now. {NONE}")
    if notice.status == "withdrawn":
        raise LifError(f"{notice.ref} was withdrawn, so there is nothing to pass on any more. Thank you. {NONE}")
    if notice.status not in receipts.STANDS:
        raise LifError(f"{notice.ref} has not gone out to agencies yet. {NONE}")
    every = receipts.of_notice(ctx.scope, notice)
    mine = receipts.mine(ctx.scope, ctx.caller.id, notice)
    if said.strip() and said.strip().lower() != "all":
        return [_named(ctx, notice, every, part) for part in re.split(r"\s*[,;]\s*", said.strip(" ,;"))]
    if not mine and ctx.caller.id in ctx.scope.partnership.business_unit and every:
        raise _which_agency(ctx, notice, every)
    if not mine:
        raise LifError(WHO_MAY)
    return mine


def _named(ctx: Context, notice: Notice, every: Sequence[Receipt], said: str) -> Receipt:
    found = names.agency(ctx, said)
    row = next((row for row in every if row.agency_id == found.id), None)
    if row is None:
        raise LifError(f"{found.name} is not asked to pass {notice.ref} on. {NONE}")
    is_unit = ctx.caller.id in ctx.scope.partnership.business_unit
    if not (is_unit or receipts.answers_for(ctx.scope, ctx.caller.id, row)):
        raise LifError(f"For {found.name}: {WHO_MAY[0].lower()}{WHO_MAY[1:]}")
    return row


def _which_agency(ctx: Context, notice: Notice, every: Sequence[Receipt]) -> LifError:
    """The business unit answers for any agency, so which one is asked; nothing is lost that was typed."""
    line = ctx.incoming.text.removeprefix("/lif").strip() if ctx.incoming.kind != "form" else ""
    words = ctx.command.words if ctx.command else ""
    typed = line if line.startswith(words) else f"{words} {notice.ref}"
    buttons = tuple(
        Button(receipts.name(ctx.scope, row.agency_id), clip(f"{typed} agency:{row.agency_id}", 1900))
        for row in every[:20]
    )
    text = f"For which agency? {NONE} Or type it again with agency:…"
    return LifError(text, answer=Message((Ask(text, buttons),), text), field="agency")


def _form(ctx: Context, raw: Mapping[str, str], what: str, fields: Sequence[Field], title: str) -> Form:
    """Make the form of an answer, with the notice named above it, and the agencies where they are several."""
    notice = _notice(ctx, raw)
    rows = which(ctx, notice, raw.get("agency", ""))
    ids = ",".join(row.agency_id for row in rows)
    line = f"notice {what} {notice.ref} agency:{ids}{' here:yes' if raw.get('here') else ''}"
    if len(rows) > 1:
        one_by_one = tuple((row.agency_id, receipts.name(ctx.scope, row.agency_id)) for row in rows)
        every = (ids, f"All of them ({len(rows)})")
        fields = (Field("agency", "For which agency", "choice", options=(every, *one_by_one), value=ids), *fields)
        line = line.replace(f" agency:{ids}", "")
    view = notices.view(ctx.scope, notice)
    by = f" · please pass on by {say_date(notice.cascade_by)}"
    whom = receipts.names(ctx.scope, rows)
    return Form(title, line, tuple(fields), "Save", f"{notice.ref} {clip(view.name, 150)}{by}. For {clip(whom, 200)}.")


def _notice(ctx: Context, raw: Mapping[str, str]) -> Notice:
    found = records.find(ctx.scope, Notice, raw.get("notice", ""))
    if len(found) == 1:
        return found[0]
    open_ones = receipts.awaited(ctx.scope, ctx.caller.id)
    if not raw.get("notice") and len(open_ones) == 1:
        return open_ones[0]
    raise LifError(f"Which notice? Type its reference, for example: /lif notice cascaded DN-2026-003 {NONE}")


WHOM, FOR_EXAMPLE = "To whom", "For example: social workers, early help."
REACH = "About how many people"
APPLIES = "What of it applies to you, and what will you do?"
EVIDENCE = "Evidence, in words or a link"


def cascaded_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask how a notice was passed on; what was said before stands in it."""
    rows = which(ctx, _notice(ctx, raw), raw.get("agency", ""))
    was = rows[0] if len(rows) == 1 else Receipt(partnership_id="", notice_id=0, agency_id="")
    held = _held(was) | {name: value for name, value in raw.items() if value}
    read = reading.read(raw.get("words", ""))

    def said(name: str, otherwise: str) -> str:
        return held.get(name) or otherwise

    how = ",".join(reading.ways(held["how"])) if held.get("how") else ",".join(read.how)
    fields = (
        Field("how", "How it was passed on", "several", required=False, options=reading.WAYS, value=how),
        Field("to_whom", WHOM, required=False, hint=FOR_EXAMPLE, value=said("to_whom", read.to_whom), max_length=300),
        Field("reach", REACH, required=False, value=said("reach", str(read.reach or "")), max_length=60),
        Field("applies", APPLIES, "text", required=False, value=said("applies", "")),
        Field("evidence", EVIDENCE, "text", required=False, hint="For example where the minutes are kept."),
    )
    return _form(ctx, raw, "cascaded", fields, "Cascaded")


def _held(row: Receipt) -> dict[str, str]:
    held = {"how": ",".join(row.how), "to_whom": row.to_whom, "reach": str(row.reach or ""), "applies": row.applies}
    return {name: value for name, value in held.items() if value}


def not_for_us_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask why a notice is not for an agency."""
    hint = "For example: we work with adults only."
    field = Field("reason", "Why is it not for you?", "text", hint=hint, value=raw.get("reason", ""))
    return _form(ctx, raw, "not-for-us", (field,), "Not for us")


def evidence_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask for what shows that a notice reached staff."""
    hint = "Words or a link, for example to the minutes. A file can be sent in the chat with: evidence"
    field = Field("text", "What shows it?", "text", hint=hint, value=raw.get("text", ""))
    return _form(ctx, raw, "evidence", (field,), "Evidence")
