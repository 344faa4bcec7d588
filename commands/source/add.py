"""Putting a source into the register, and changing what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from commands import ask
from commands.action import family
from commands.context import Context
from commands.source import words
from commands.source.words import (
    Concerns,
    Lead,
    Method,
    OneAgency,
    Origin,
    Own,
    Ref,
    Responsible,
    ResultOf,
    Themes,
    Title,
)
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import command
from lifbot.message import Block, Fine, Form, Message, Say
from lifbot.model import Group, Source
from lifbot.profiles.parts import LearningMethod
from storage import milestones, people, records, sources

Notified = Annotated[str, words.day("notified", "Notified on")]
Started = Annotated[str, words.day("started", "Started on")]
LED = re.compile(r"\s*([^:]{3,60}):\s+(.+)", re.DOTALL)


def method_first(ctx: Context, raw: dict[str, str]) -> None:
    """Read "Rapid review: early years" as method and title, and take the group that leads the method."""
    led = LED.fullmatch(raw.get("title", ""))
    if led and not raw.get("method") and _is_method(ctx, led[1]):
        raw["method"], raw["title"] = led[1], led[2]
    if raw.get("method") and not raw.get("group") and ctx.here is None and _is_method(ctx, raw["method"]):
        known = words.method_of(ctx, raw["method"])[1]
        if group := lead_of(ctx, known):
            raw["group"] = group.id


def _is_method(ctx: Context, said: str) -> bool:
    try:
        return words.method_of(ctx, said)[1] is not None
    except LifError:
        return False


def lead_of(ctx: Context, method: LearningMethod | None) -> Group | None:
    """Return the partnership's group that leads a method by the profile, where it has that group."""
    profile = ctx.scope.profile
    if profile is None or method is None:
        return None
    ids = {*method.lead, *(each.id for each in profile.groups if method.id in each.methods_led)}
    leads = [known for id in sorted(ids) if (known := profile.group(id))]
    return next(
        (row for row in people.groups(ctx.scope) if any(each.goes_by(row.id, row.name) for each in leads)), None
    )


def filled_in(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form; where there is a profile, its methods are offered."""
    assert ctx.command is not None
    form, profile = ask.form(ctx, ctx.command, raw), ctx.scope.profile
    if profile is None:
        return form
    options = tuple((each.id, each.name) for each in profile.learning_methods)
    chosen = profile.method_called(raw.get("method", ""))
    value = chosen.id if chosen else ""
    fields = (
        replace(each, kind="choice", options=options, value=value) if each.name == "method" else each
        for each in form.fields
    )
    return replace(form, fields=tuple(fields))


@command(
    "source add",
    may="keep register",
    title="Add to the register",
    examples=(
        "/lif source add Rapid review: early years neglect notified:4 March",
        "/lif source add Neglect in the early years method:thematic audit group:SE started:today",
    ),
    sentence=method_first,
    form=filled_in,
    replaces=True,
)
def add(
    ctx: Context,
    title: Title,
    method: Method,
    group: Lead,
    own_reference: Own = "",
    person: Responsible = None,
    scope: Concerns = "",
    agency: OneAgency = None,
    notified: Notified = "",
    started: Started = "",
    theme: Themes = (),
    origin: Origin = "own",
    result_of: ResultOf = "",
) -> Message:
    """Put a review, audit, inspection or other source of learning into the register."""
    id, known = words.method_of(ctx, method)
    ref, number = records.next_ref(ctx.scope, Source)
    row = ctx.scope.insert(
        Source,
        **{"ref": ref, "number": number, "learning_method": id, "title": title, "group_id": group.id},
        own_reference=own_reference or None,
        person=(person or ctx.caller).id,
        agency=agency.id if agency else None,
        scope=scope or _scope_of(known),
        themes=list(theme),
        origin=origin or "own",
        notified_on=words.past_day(ctx, notified, "notified"),
        started_on=words.past_day(ctx, started, "started"),
        result_of=_checked(ctx, result_of),
        look_again_at=None,
        created_at=ctx.scope.now,
        created_by=ctx.caller.id,
    )
    entry = words.keep(ctx, row, None)
    return words.answer(ctx, row, entry, f"Saved as {ref}.", *_follows(ctx, row))


def _scope_of(method: LearningMethod | None) -> str | None:
    return {"children": "child", "adults": "adult", "joint": "joint"}.get((method and method.scope) or "")


def _checked(ctx: Context, ref: str) -> int | None:
    return family.known(ctx, ref, "result_of").id if ref.strip() else None


def _follows(ctx: Context, source: Source) -> list[Block]:
    """What the clock says now, what shows that it made a difference, and themes that other sources had too."""
    method, profile = sources.method(ctx.scope, source), ctx.scope.profile
    lines = [f"{row.text} by {say_date(row.due_on)}: {row.due_why}." for row in milestones.of(ctx.scope, source)]
    blocks: list[Block] = [Say("\n".join(lines))] if lines else []
    if not lines and method and method.timing:
        blocks.append(Fine(f"Its timing: {method.timing.words}. Say when it began: /lif source date {source.ref}"))
    if profile and (shows := profile.evidence_for(method)):
        blocks.append(Fine(f"What shows that it made a difference: {', '.join(shows)}."))
    return [*blocks, *recurring(ctx, source)]


def recurring(ctx: Context, source: Source) -> list[Block]:
    """Return the line that says which of a source's themes came up before (S3)."""
    found = sources.recurring(ctx.scope, source.themes, source)
    said = "; ".join(f"{theme} ({', '.join(refs[:5])})" for theme, refs in found)
    return [Say(f"This has come up before: {said}.")] if said else []


@command(
    "source edit",
    may="keep register",
    title="Change a source",
    examples=("/lif source edit LR-2026-003 themes:neglect, information sharing",),
)
def edit(
    ctx: Context,
    source: Ref,
    title: Title = "",
    method: Method = "",
    group: Annotated[Group | None, words.Arg("group", "Lead group", keys=("lead",))] = None,
    own_reference: Own = "",
    person: Responsible = None,
    scope: Concerns = "",
    agency: OneAgency = None,
    theme: Themes = (),
    origin: Origin = "",
    result_of: ResultOf = "",
) -> Message:
    """Change what the register says of a source; its dates have a command of their own."""
    words.require_seen(ctx, source)
    words.refuse_held(source)
    said: dict[str, Any] = {
        "title": title,
        "learning_method": words.method_of(ctx, method)[0] if method else "",
        "group_id": group.id if group else "",
        "own_reference": own_reference,
        "person": person.id if person else "",
        "scope": scope,
        "agency": agency.id if agency else "",
        "themes": list(theme),
        "origin": origin,
        "result_of": _checked(ctx, result_of),
    }
    new = {name: value for name, value in said.items() if value and value != getattr(source, name)}
    if not new:
        raise LifError(
            f"Say what is to change, for example: /lif source edit {source.ref} themes:neglect", field="title"
        )
    before = records.picture(source)
    for name, value in new.items():
        setattr(source, name, value)
    entry = words.keep(ctx, source, before)
    if "person" in new:
        milestones.hand_over(ctx.scope, source, ctx.caller.id, entry)
    return words.answer(ctx, source, entry, f"{source.ref} is changed.", *(recurring(ctx, source) if theme else ()))
