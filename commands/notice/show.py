"""Seeing notices: a list of them, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Annotated

from commands.context import Context
from commands.notice import answers
from commands.notice.add import next_steps
from commands.notice.arguments import Ref
from lifbot import grammar
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Block, Button, Facts, Fine, Message, Quote, Say
from lifbot.model import Notice
from lifbot.notices import publishing as saying
from lifbot.notices.dissemination import dissemination
from storage import notices as stored

MOST = 15
WHICH = (
    ("all", "All"),
    ("draft", "Drafts"),
    ("checked", "Checked, not out yet"),
    ("published", "Published"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
    ("mine", "Written by me"),
    ("check", "Waiting for my check"),
)
Fits = Callable[[Context, Notice], bool]
FITS: dict[str, Fits] = {
    "all": lambda ctx, row: row.status != "withdrawn",
    "mine": lambda ctx, row: row.author == ctx.caller.id,
    "check": lambda ctx, row: row.checker == ctx.caller.id and stored.awaits_check(row),
}


@command(
    "notice list",
    may="ask",
    title="Notices",
    examples=("/lif notice list", "/lif notice list draft", "/lif notice list mine"),
    replaces=True,
)
def list_(
    ctx: Context, which: Annotated[str, Arg("choice", "Which", options=WHICH, leading=True, in_form=False)] = "all"
) -> Message:
    """Show the notices, the newest first: all, drafts, published ones, your own, or what waits for your check."""
    found = [row for row in stored.shown(ctx.scope) if _fits(ctx, row, which) and not answers.is_hidden(ctx, row)]
    if not found and which == "all":
        how = "To write the first, type /lif notice add" if ctx.may("write notice", None) else ""
        return Message((Say(f"There are no notices yet. {how}".strip()),), "Notices")
    views = [stored.view(ctx.scope, row) for row in found[:MOST]]
    title = f"Notices: {dict(WHICH)[which].lower()} ({len(found)})"
    return saying.listed(title, views, max(0, len(found) - MOST), "There is none of these.")


def _fits(ctx: Context, row: Notice, which: str) -> bool:
    return FITS[which](ctx, row) if which in FITS else row.status == which


@command("notice show", may="ask", title="Show a notice", examples=("/lif notice show DN-2026-001",), replaces=True)
def show(ctx: Context, notice: Ref) -> Message:
    """Show a notice as readers see it, and what is known of it: its check, where it went, how often it was read."""
    answers.refuse_held(ctx, notice)
    if answers.is_hidden(ctx, notice):
        raise LifError(f"There is no {notice.ref} here. Type /lif notice list to see the references.")
    writes = ctx.may("write notice", None)
    facts = tuple((name, text) for name, text in _known(ctx, notice, writes=writes) if text)
    blocks: list[Block] = [*dissemination(stored.view(ctx.scope, notice)).blocks, Facts(facts)]
    if notice.sent_back and (writes or ctx.caller.id == notice.author):
        blocks += [Say("It was sent back:"), Quote(notice.sent_back)]
    if notice.proposed and writes:
        blocks += [Say("A change of its words waits for the check.")]
    buttons = _buttons(ctx, notice) if writes else _checks(ctx, notice)
    return Message((*blocks, Fine("Only you see this."), *([Ask("", buttons)] if buttons else [])), f"{notice.ref}")


def _known(ctx: Context, notice: Notice, *, writes: bool) -> Iterator[tuple[str, str]]:
    name, day = ctx.reader.name, partial(_day, ctx)
    yield "Stands", saying.STATES[notice.status]
    yield "Published", f"on {day(notice.published_at)}" if notice.published_at else stored.said_time(ctx.scope, notice)
    if writes:
        source = stored.source_of(ctx.scope, notice)
        yield "Comes from", f"{source.ref} {source.title}" if source else ""
        yield "Written by", f"{name(notice.author)}, {day(notice.created_at)}"
        asked = (
            f"{name(notice.checker)} was asked on {day(notice.asked_at)}" if notice.checker and notice.asked_at else ""
        )
        yield "Check", f"{name(notice.checker or '')}, {day(notice.checked_at)}" if notice.checked_at else asked
        confirmed = len(notice.confirmed)
        yield "Confirmed", f"each of the {confirmed} statements of the check" if confirmed else ""
    yield "In the channels of", ", ".join(ctx.reader.groups[id].name for id in notice.groups if id in ctx.reader.groups)
    yield "Also published in", ", ".join(_channel(ctx, notice, id) for id in _channels(notice))
    yield "Asked to cascade it", ", ".join(ctx.reader.agency(id) or id for id in notice.agencies)
    yield "Hits", f"{notice.hits:,} by {say_date(notice.hits_on)}" if notice.hits is not None and notice.hits_on else ""


def _day(ctx: Context, at: datetime | None) -> str:
    return say_date(local_day(at, ctx.scope.zone)) if at else ""


def _channels(notice: Notice) -> list[str]:
    return list(dict.fromkeys((*notice.channels, *notice.placed)))


def _channel(ctx: Context, notice: Notice, id: str) -> str:
    """One way of publishing, and whether somebody has done it."""
    name = dict(stored.channels(ctx.scope)).get(id, id)
    done = notice.placed.get(id)
    return f"{name} (by {ctx.reader.name(done['by'])}, {done['said']})" if done else f"{name} (not yet)"


def _checks(ctx: Context, notice: Notice) -> tuple[Button, ...]:
    mine = notice.checker == ctx.caller.id and stored.awaits_check(notice)
    return saying.checker_buttons(notice.ref) if mine else ()


def _buttons(ctx: Context, notice: Notice) -> tuple[Button, ...]:
    """What somebody who keeps notices can do about one now."""
    ref, edit = notice.ref, Button("Edit…", f"form notice edit {notice.ref}")
    withdraw = Button("Withdraw…", f"form notice withdraw {ref}")
    match notice.status:
        case "draft":
            return (*_checks(ctx, notice), *next_steps(ctx, notice))
        case "checked":
            return (*saying.to_publish(ref)[:2], edit, withdraw)
        case "published":
            waiting = [id for id in notice.channels if id not in notice.placed]
            placed = [Button("It is published in…", f"form notice placed {ref}")] if waiting else []
            return (
                *_checks(ctx, notice),
                *placed,
                arising(ctx, notice),
                edit,
                Button("Close", f"notice close {ref}"),
                withdraw,
            )
        case _:
            return (arising(ctx, notice),) if notice.status == "closed" else ()


def arising(ctx: Context, notice: Notice) -> Button:
    """Return the button that logs an action which arises from a notice, with where it comes from."""
    source = stored.source_of(ctx.scope, notice)
    return Button(
        "Log an arising action…", grammar.line("form action add", source=source.ref if source else notice.ref)
    )
