"""What happened to a source and when: its dates, its milestones, a delay, taking down, closing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from commands.bind import Due
from commands.context import Context
from commands.source import words
from commands.source.words import DATES, Reason, Ref
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Message, Say
from lifbot.model import Milestone, Source
from lifbot.policy import clocks
from storage import milestones, records, sources

Notified = Annotated[str, words.day("notified", "Notified on")]
Started = Annotated[str, words.day("started", "Started on")]
Finalised = Annotated[str, words.day("finalised", "Finalised on")]
Published = Annotated[str, words.day("published", "Published on")]
NAMED = re.compile(rf"\b({'|'.join(DATES)})\b[:\s]*(?:on\s+)?", re.IGNORECASE)


def dates_as_said(ctx: Context, raw: dict[str, str]) -> None:
    """Read "started 4 March" as its key and value: the words before any key name which date it is."""
    said = raw.get("said", "")
    parts = NAMED.split(said)
    for name, value in zip(parts[1::2], parts[2::2], strict=False):
        raw.setdefault(name.lower(), value.strip(" ,;") or "today")


@command(
    "source date",
    may="keep register",
    title="Dates of a source",
    examples=("/lif source date LR-2026-003 started:4 March", "/lif source date LR-2026-003 published today"),
    sentence=dates_as_said,
)
def date_(
    ctx: Context,
    source: Ref,
    said: Annotated[str, Arg("line", "Which date", longest=100, in_form=False)] = "",
    notified: Notified = "",
    started: Started = "",
    finalised: Finalised = "",
    published: Published = "",
) -> Message:
    """Say when a source was notified, started, finalised or published; its milestones follow."""
    words.require_seen(ctx, source)
    words.refuse_ended(source)
    typed = {"notified": notified, "started": started, "finalised": finalised, "published": published}
    read = {name: words.past_day(ctx, value, name) for name, value in typed.items()}
    new = {name: day for name, day in read.items() if day and day != getattr(source, DATES[name])}
    if not new:
        raise LifError(
            f"Say which date, for example: /lif source date {source.ref} started:4 March 2026", field="started"
        )
    before = records.picture(source)
    for name, day in new.items():
        setattr(source, DATES[name], day)
    if "published" in new:
        source.available_until = clocks.available_until(sources.method(ctx.scope, source), source.published_on)
    entry = words.keep(ctx, source, before)
    told = ", ".join(f"{name} on {say_date(day)}" for name, day in new.items())
    return words.answer(ctx, source, entry, f"{source.ref}: {told}.", *_coming(ctx, source))


def _coming(ctx: Context, source: Source) -> list[Block]:
    rows = [row for row in milestones.of(ctx.scope, source) if row.status == "open"]
    lines = [f"{row.text} by {say_date(row.due_on)}" + (f" ({row.due_why})" if row.due_why else "") for row in rows]
    return [Say("Still to come:\n" + "\n".join(lines))] if lines else []


Which = Annotated[str, Arg("line", "Which milestone", "Its first words are enough.", longest=200)]


@command(
    "source done",
    may="ask",
    title="Milestone done",
    examples=("/lif source done LR-2026-003 report",),
    replaces=True,
)
def done(ctx: Context, source: Ref, milestone: Which = "") -> Message:
    """Say that a milestone of a source is done."""
    words.require_seen(ctx, source)
    words.refuse_ended(source)
    row = _meant(ctx, source, milestone)
    if not _answers_for(ctx, source, row):
        ctx.require("keep register", words.group_of(ctx, source))
    before = records.picture(row)
    row.status, row.done_on, row.done_by, row.look_again_at = "done", ctx.scope.today, ctx.caller.id, None
    entry = records.write(ctx.scope, ctx.caller.id, "source done", row, before=before)
    return words.answer(ctx, source, entry, f"Done: {row.text} ({source.ref}).", *_coming(ctx, source))


def _answers_for(ctx: Context, source: Source, row: Milestone) -> bool:
    heard = milestones.hears(ctx.scope, ctx.reader, source, row)
    return ctx.caller.id == row.person or bool(heard and heard.person == ctx.caller.id)


def _meant(ctx: Context, source: Source, said: str) -> Milestone:
    rows = [row for row in milestones.of(ctx.scope, source) if row.status == "open"]
    if not rows:
        raise LifError(f"{source.ref} has no milestone that is still to be done, so nothing was changed.")
    if not said.strip() and len(rows) == 1:
        return rows[0]
    found = _called(rows, said)
    if len(found) == 1:
        return found[0]
    question = f"Which milestone of {source.ref} is done? Nothing has been changed yet."
    buttons = tuple(
        Button(clip(row.text, 70), f"source done {source.ref} {milestones.called(row)}") for row in found or rows
    )
    raise LifError(question, field="milestone", answer=Message((Ask(question, buttons[:10]),), summary=question))


def _called(rows: Sequence[Milestone], said: str) -> list[Milestone]:
    wanted = said.strip().casefold()
    first = wanted.split()[0].rstrip(":,.") if wanted else ""
    exact = [row for row in rows if first == milestones.called(row)]
    return exact or [row for row in rows if wanted and wanted in row.text.casefold()]


@command(
    "source milestone",
    may="keep register",
    title="New milestone",
    examples=("/lif source milestone LR-2026-003 Meet the authors due:31 March",),
)
def milestone(
    ctx: Context,
    source: Ref,
    text: Annotated[str, Arg("line", "What is to happen", words.NAMELESS, longest=200)],
    due: Annotated[Due, Arg("when", "By when", "A date, or “within three months”.", keys=("by",))],
) -> Message:
    """Add something that is to happen to a source by a day, of which the responsible person is reminded."""
    words.require_seen(ctx, source)
    words.refuse_ended(source)
    row = ctx.scope.insert(
        Milestone,
        **{"source_id": source.id, "kind": "other", "text": text, "due_on": due.on, "person": source.person},
        look_again_at=ctx.scope.now,
    )
    entry = records.write(ctx.scope, ctx.caller.id, "source milestone", row)
    return words.answer(ctx, source, entry, f"{source.ref}: {text}, by {say_date(due.on)}.")


@command(
    "source delay",
    may="keep register",
    title="Publication is delayed",
    examples=("/lif source delay LR-2026-003 because of proceedings",),
)
def delay(ctx: Context, source: Ref, because: Reason) -> Message:
    """Say that publication is delayed and why; whoever is to be told of that becomes a milestone."""
    words.require_seen(ctx, source)
    words.refuse_ended(source)
    if source.published_on:
        raise LifError(f"{source.ref} was published on {say_date(source.published_on)}, so nothing was changed.")
    before = records.picture(source)
    source.delay_reason = because
    entry = words.keep(ctx, source, before, because)
    method = sources.method(ctx.scope, source)
    waits = method is None or method.publication is None or method.publication.action_waits
    goes_on = () if waits else (Say("What was learnt does not wait for it: notices and actions go on."),)
    said = f"{source.ref}: the delay is recorded."
    return words.answer(ctx, source, entry, said, *_coming(ctx, source), *goes_on)


@command(
    "source take-down", may="keep register", title="Take a report down", examples=("/lif source take-down LR-2026-003",)
)
def take_down(ctx: Context, source: Ref) -> Message:
    """Say that a published report is no longer online; before its time that is refused."""
    words.require_seen(ctx, source)
    words.refuse_held(source)
    if source.published_on is None or source.taken_down_on:
        how = "has not been published" if source.published_on is None else "is taken down already"
        raise LifError(f"{source.ref} {how}, so nothing was changed.")
    if source.available_until and ctx.scope.today < source.available_until:
        until = say_date(source.available_until)
        raise LifError(f"{source.ref} is to stay online until {until}, so nothing was changed.")
    before = records.picture(source)
    source.taken_down_on = ctx.scope.today
    entry = words.keep(ctx, source, before)
    milestones.end(ctx.scope, source, ctx.caller.id, entry, ("take_down",))
    return words.answer(ctx, source, entry, f"{source.ref}: taken down on {say_date(ctx.scope.today)}.")


@command(
    "source close",
    may="keep register",
    title="Close a source",
    examples=("/lif source close LR-2026-003",),
    replaces=True,
)
def close(ctx: Context, source: Ref) -> Message:
    """Close a source once nothing more is to happen to it; what came of it stays as it is."""
    words.require_seen(ctx, source)
    words.refuse_ended(source)
    left = [row for row in milestones.of(ctx.scope, source) if row.status == "open" and row.kind not in LATER]
    if left:
        texts = "; ".join(row.text for row in left)
        raise LifError(f"{source.ref} still has something to come: {texts}. Say done first. Nothing was changed.")
    before = records.picture(source)
    source.status, source.closed_at = "closed", ctx.scope.now
    entry = records.write(ctx.scope, ctx.caller.id, "source close", source, before=before)
    return words.answer(ctx, source, entry, f"{source.ref} is closed.")


LATER = ("take_down", "next")
"""Milestones that a closed source may still have: they come long after."""
