"""Changing a notice: what readers learn goes to the checker first, a date counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from commands.arguments import Themes
from commands.context import Context
from commands.files import Files
from commands.notice import answers, form, reading
from commands.notice.arguments import (
    Agencies,
    Asks,
    Audience,
    Channels,
    Event,
    From,
    Groups,
    Link,
    NewBy,
    Place,
    Product,
    Ref,
    Summary,
    Title,
)
from commands.setup.answers import opened as opens
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Button, Field, Form, Message
from lifbot.model import Notice
from lifbot.policy.publishing import needs_check, split
from storage import notices as stored
from storage import publishing, receipts, records

LONGEST_SECTION = 2000
FIELD = "section_"  # before the number of a section, in its form


def opened(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that holds what a notice is."""
    notice = form.meant(ctx, raw)
    return form.old(ctx, edit, notice, raw) if notice else form.new(ctx, edit, raw)


@command(
    "notice edit",
    may="write notice",
    title="Change a notice",
    examples=("/lif notice edit DN-2026-001 by:30 June", "/lif notice edit DN-2026-001 link:https://example.org/guide"),
    form=opened,
    replaces=True,
)
def edit(
    ctx: Context,
    notice: Ref,
    title: Title = "",
    product: Product = "",
    summary: Summary = "",
    cascade_by: NewBy = None,
    ask: Asks = "",
    link: Link = "",
    audience: Audience = "",
    source: From = None,
    theme: Themes = (),
    agencies: Agencies = "",
    groups: Groups = "",
    channels: Channels = "",
    on: Event = "",
    place: Place = "",
    files: Files = "",
) -> Message:
    """Change a notice; new words, another link or audience are checked again, a date or where it goes is not."""
    given = {name: value for name, value in locals().items() if name not in ("ctx", "notice")}
    answers.refuse_held(ctx, notice)
    answers.refuse_ended(notice)
    wanted = reading.columns(ctx, given)
    if not wanted and ctx.incoming.kind != "form":
        how = f"Type for example: /lif notice edit {notice.ref} by:30 June"
        return opens(ctx, opened(ctx, {"notice": notice.ref}), how)
    return changed(ctx, notice, wanted)


def changed(ctx: Context, notice: Notice, wanted: Mapping[str, Any], what: str = "notice edit") -> Message:
    """Keep a change of a notice, or put it before the checker."""
    says = stored.says(notice, proposed=True)
    now = {name: says.get(name, getattr(notice, name)) for name in wanted}
    differs = {name: value for name, value in wanted.items() if value != now[name]}
    if not differs:
        raise LifError(f"Nothing in that differs from what {notice.ref} is, so nothing was changed.")
    if stored.awaits_check(notice) and notice.checker == ctx.caller.id:
        raise LifError(
            f"You are asked to check {notice.ref}, so somebody else changes it. To say what should be different, type "
            f"/lif notice return {notice.ref} because …",
        )
    before = records.picture(notice)
    said = _published(ctx, notice, differs) if notice.status == "published" else _unpublished(notice, differs)
    entry = records.write(ctx.scope, ctx.caller.id, what, notice, before=before)
    if notice.status == "published":
        receipts.begin(ctx.scope, notice)  # an agency may have been added
        publishing.changed(ctx.scope, notice)
    publishing.look_again(ctx.scope, notice)
    return answers.kept(ctx, notice, entry, said, buttons=_next(notice))


def _unpublished(notice: Notice, differs: Mapping[str, Any]) -> str:
    for name, value in differs.items():
        setattr(notice, name, value)
    if notice.status == "checked" and needs_check(differs):
        notice.status, notice.checked_at, notice.confirmed, notice.asked_at = "draft", None, [], None
        return (
            f"{notice.ref} is changed, so it is a draft again: what was checked was not this. Please ask for the check."
        )
    return f"{notice.ref} is changed."


def _published(ctx: Context, notice: Notice, differs: Mapping[str, Any]) -> str:
    content, others = split(differs)
    for name, value in others.items():
        setattr(notice, name, value)
    notice.edited_at = ctx.scope.now if others else notice.edited_at
    at_once = f"{notice.ref} is changed, and its posts show it."
    if not content:
        return at_once
    notice.proposed = {**notice.proposed, **content}
    notice.asked_at, notice.sent_back = None, None
    first = at_once if others else f"{notice.ref} stands as it is for now."
    waits = "Its new words are checked by a second person before they show."
    if (
        notice.checker is None
        or stored.has_written(ctx.scope, notice, notice.checker)
        or notice.checker == ctx.caller.id
    ):
        return f"{first} {waits} Please ask somebody."
    notice.asked_at = ctx.scope.now
    publishing.ask_to_check(ctx.scope, notice)
    return f"{first} {waits} {ctx.reader.name(notice.checker)} is asked."


def _next(notice: Notice) -> tuple[Button, ...]:
    if (notice.status == "draft" or notice.proposed) and not stored.awaits_check(notice):
        return (Button("Ask somebody to check it…", f"form notice check {notice.ref}"),)
    return (Button("Show", f"notice show {notice.ref}"),)


def sections(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form with the sections that a product has; else with one of any name."""
    notice = form.meant(ctx, raw)
    names = stored.sections(ctx.scope, notice.product) if notice else ()
    body = stored.says(notice, proposed=True)["body"] if notice else {}
    fields = tuple(
        Field(f"{FIELD}{at}", name, "text", required=False, value=body.get(name, ""), max_length=LONGEST_SECTION)
        for at, name in enumerate(names)
    )
    named = (
        Field("name", "Section", "line", value=raw.get("name", ""), max_length=80),
        Field("text", "Its text", "text", value=raw.get("text", ""), max_length=LONGEST_SECTION),
    )
    ref = notice.ref if notice else raw.get("notice", "")
    above = form.intro(ctx, notice) if notice else ""
    return Form("Sections of a notice", f"notice section {ref}", fields or named, intro=above)


@command(
    "notice section",
    may="write notice",
    title="Sections of a notice",
    examples=("/lif notice section DN-2026-001 name:Good practice text:Agencies met early.",),
    form=sections,
    replaces=True,
)
def section(
    ctx: Context,
    notice: Ref,
    name: Annotated[str, Arg("line", "Section", longest=80)] = "",
    text: Annotated[str, Arg("text", "Its text", "Nothing takes the section out.", longest=LONGEST_SECTION)] = "",
) -> Message:
    """Write the sections of a notice: those that the profile gives its product, or one of any name."""
    answers.refuse_held(ctx, notice)
    answers.refuse_ended(notice)
    names = stored.sections(ctx.scope, notice.product)
    body = dict(stored.says(notice, proposed=True)["body"])
    sent = {at: value for at, value in ctx.incoming.fields if at.startswith(FIELD)}
    if not name and not sent:
        how = f"Type for example: /lif notice section {notice.ref} name:{next(iter(names), 'Good practice')} text:…"
        return opens(ctx, sections(ctx, {"notice": notice.ref}), how)
    said = {each: sent.get(f"{FIELD}{at}", "").strip() for at, each in enumerate(names)} if sent else {}
    known = next((each for each in names if each.casefold() == name.casefold()), name)
    said |= {known: text.strip()} if known else {}
    body = {each: words for each, words in (body | said).items() if words}
    ordered = {each: body.pop(each) for each in names if each in body}
    return changed(ctx, notice, {"body": ordered | body}, "notice section")
