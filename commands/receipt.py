"""What an agency says of a notice: received, cascaded with how and to whom, not for us, evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from commands import files
from commands.arguments import NoticeRef
from commands.context import Context
from commands.files import WRITTEN, Files
from commands.receipt_form import NONE, cascaded_form, evidence_form, not_for_us_form, which
from lifbot import cascaded as reading
from lifbot.buttons import cascade_buttons
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.links import first_in
from lifbot.message import Button, Message, Say
from lifbot.model import LogEntry, Notice, Receipt
from lifbot.notices import cascade
from lifbot.policy.cascade import ORDER
from storage import cascading, notices, receipts, records
from storage.receipts import Answer

SAID = Annotated[
    str, Arg("text", "How, to whom, about how many", "At team meeting to 40 social workers.", longest=1000)
]
REASON = Annotated[str, Arg("text", "Why is it not for you?", "For example: we work with adults only.", longest=1000)]
PROOF = Annotated[str, Arg("text", "What shows it", "Words or a link, for example to the minutes.", longest=1000)]
HOW = Annotated[str, Arg("line", "How", "Team meeting, supervision, newsletter, training, e-mail.", longest=300)]
WHOM = Annotated[str, Arg("line", "To whom", "For example: social workers, early help.", keys=("to",), longest=300)]
REACH = Annotated[str, Arg("line", "About how many", "A number is enough.", keys=("about",), longest=60)]
APPLIES = Annotated[str, Arg("text", "What of it applies to you, and what you will do", longest=1000)]
EVIDENCE = Annotated[str, Arg("text", "Evidence or a link", longest=1000)]
FOR = Annotated[
    str, Arg("line", "For which agency", "If you answer for several.", keys=("for",), longest=500, in_form=False)
]
HERE = Annotated[str, Arg("line", "In place", longest=10, in_form=False)]
COURTESY = re.compile(
    r"\W*(?:thanks?|thank\s+you|many|cheers|with|and|please|ok(?:ay)?|it|this|noted|yes|all|\W)*", re.IGNORECASE
)
BECAUSE = re.compile(r"^(?:because|as|since|reason)\b[\s:,]*", re.IGNORECASE)


@command("notice received", may="ask", title="Received", examples=("/lif notice received DN-2026-003",))
def received(ctx: Context, notice: NoticeRef, words: SAID = "", agency: FOR = "", here: HERE = "") -> Message:
    """Say that your agency has a notice and will pass it on."""
    rows = which(ctx, notice, agency)
    done = [row for row in rows if row.status == "cascaded"]
    if done and len(done) == len(rows):
        raise LifError(f"{receipts.names(ctx.scope, rows)} said already that {notice.ref} was cascaded. {NONE}")
    applies = None if COURTESY.fullmatch(words) else words
    left = [row for row in rows if row not in done]
    return _keep(ctx, notice, left, Answer("received", applies=applies), here)


@command(
    "notice cascaded",
    may="ask",
    title="Cascaded",
    examples=("/lif notice cascaded DN-2026-003 at team meeting and supervision to 40 social workers",),
    form=cascaded_form,
)
def cascaded(
    ctx: Context,
    notice: NoticeRef,
    words: SAID = "",
    how: HOW = "",
    to_whom: WHOM = "",
    reach: REACH = "",
    applies: APPLIES = "",
    evidence: EVIDENCE = "",
    agency: FOR = "",
    here: HERE = "",
    files: Files = "",
) -> Message:
    """Say how your agency passed a notice on, to whom and to about how many."""
    rows = which(ctx, notice, agency)
    typed = any((words, how, to_whom, reach, applies, evidence, files))
    if not typed and ctx.incoming.kind == "command" and ctx.incoming.can_open_form:
        form = cascaded_form(
            ctx, {"notice": notice.ref, "agency": ",".join(row.agency_id for row in rows), "here": here}
        )
        return Message((Say(HOW_TO_SAY),), HOW_TO_SAY, form=form)
    return _keep(ctx, notice, rows, _read(ctx, rows, words, how, to_whom, reach, applies, evidence, files), here)


WHY_NOT = "Why is it not for you? Reply for example: not for us because we work with adults only."
HOW_TO_SAY = "How, to whom and to about how many? Reply for example: cascaded at team meeting to 40 social workers"


def _read(
    ctx: Context,
    rows: Sequence[Receipt],
    words: str,
    how: str,
    to_whom: str,
    reach: str,
    applies: str,
    evidence: str,
    files: str,
) -> Answer:
    """Put what was typed in words, with keys or in the form together; a form's own fields win."""
    read = reading.read(words)
    ways = tuple(dict.fromkeys((*reading.ways(how), *read.how))) if how else read.how
    count = reading.number(reach) if reach else read.reach
    if reach and count is None:
        raise LifError("About how many people is a number, for example 40. Nothing was changed.", field="reach")
    proof, url = _evidence(evidence, files)
    said = Answer(
        "cascaded", ways, to_whom or read.to_whom or None, count, applies or None, proof, url or read.url or None
    )
    if ctx.incoming.kind == "form" or words or how or to_whom or reach or len(rows) > 1:
        return said
    was = rows[0]  # only what applies or shows it was added: what was said of how stays
    return replace(said, how=None, to_whom=was.to_whom, reach=was.reach)


def _evidence(text: str, sent: str) -> tuple[str | None, str | None]:
    """Return evidence as words, each file with where it lies, and the first link in it."""
    kept = [f"{name}: {url}" for url, name in WRITTEN.findall(sent)]
    text = "" if sent and text == files.named(sent) else text
    words = "\n".join(part for part in (text.strip(), *kept) if part)
    return words or None, first_in(words)


@command(
    "notice not-for-us",
    may="ask",
    title="Not for us",
    examples=("/lif notice not-for-us DN-2026-003 because we work with adults only",),
    form=not_for_us_form,
)
def not_for_us(ctx: Context, notice: NoticeRef, reason: REASON, agency: FOR = "", here: HERE = "") -> Message:
    """Say that a notice does not concern your agency, and why."""
    why = BECAUSE.sub("", reason.strip()).strip()
    if not why:
        raise LifError(f"{WHY_NOT} {NONE}", field="reason")
    return _keep(ctx, notice, which(ctx, notice, agency), Answer("not_for_us", reason=why), here)


@command(
    "notice evidence",
    may="ask",
    title="Evidence",
    examples=("/lif notice evidence DN-2026-003 the minutes of 3 June are on the shared drive",),
    form=evidence_form,
)
def evidence(
    ctx: Context, notice: NoticeRef, text: PROOF, agency: FOR = "", here: HERE = "", files: Files = ""
) -> Message:
    """Add what shows that a notice reached your agency's staff: words, a link or a file."""
    proof, url = _evidence(text, files)
    return _keep(ctx, notice, which(ctx, notice, agency), Answer("", evidence=proof, url=url), here)


# --- what is kept and answered ----------------------------------------------------------------------------------


def _keep(ctx: Context, notice: Notice, rows: Sequence[Receipt], said: Answer, here: str) -> Message:
    assert ctx.command is not None
    first: LogEntry | None = None
    for row in rows:
        entry = receipts.answer(ctx.scope, ctx.caller.id, ctx.command.words, row, said, belongs_to=first)
        first = first or entry
    assert first is not None
    whole = bool(here) and ctx.incoming.kind in ("click", "form")
    cascading.draw_anew(ctx.scope, notice, rows, but=ctx.caller.id if whole else None)
    return shown(ctx, notice, rows, _thanks(ctx, notice, rows, said), Button("Undo", f"undo {first.id}"), whole=whole)


def _thanks(ctx: Context, notice: Notice, rows: Sequence[Receipt], said: Answer) -> str:
    whom = receipts.names(ctx.scope, rows)
    text = {
        "received": f"Thank you. {notice.ref} is noted as received. Please say “cascaded” once staff have it.",
        "cascaded": f"Thank you. {notice.ref} is noted as cascaded.",
        "not_for_us": f"Thank you for saying so. {notice.ref} is noted as not for you.",
        "": f"Thank you, that is kept as evidence for {notice.ref}.",
    }[said.status]
    row = rows[0]
    if said.status == "cascaded" and not (row.how or row.to_whom or row.reach):
        text += f" {HOW_TO_SAY}"
    own = len(rows) == 1 and receipts.answers_for(ctx.scope, ctx.caller.id, row)
    return text if own else f"{text} Recorded for {whom}."


def shown(
    ctx: Context, notice: Notice, rows: Sequence[Receipt], said: str, *more: Button, whole: bool = False
) -> Message:
    """Return how agencies stand now, with what can be said next."""
    statuses = [row.status for row in rows]
    status = next(each for each in ORDER if each in statuses)
    ids = ",".join(row.agency_id for row in rows if row.status == status)
    applies = all(row.applies for row in rows)
    buttons = (*cascade_buttons(notice.ref, ids, status, applies=applies, here=whole), *more)
    view, stands = notices.view(ctx.scope, notice), [receipts.stand(ctx.scope, row) for row in rows]
    told = tuple(records.name_of(row) for row in rows)
    return cascade.answered(view, said, stands, buttons, told, whole=whole)


def taken_back(ctx: Context, rows: Sequence[Receipt], said: str) -> Message:
    """Return how agencies stand once an answer is undone, with what can be said instead."""
    notice = ctx.scope.get(Notice, rows[0].notice_id)
    assert notice is not None  # a foreign key holds it
    return shown(ctx, notice, rows, said, whole=ctx.incoming.kind == "click")
