"""Writing a notice: it is a draft until a second person has checked it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from commands.arguments import Scope as Concerns
from commands.arguments import Themes
from commands.context import Context
from commands.files import Files
from commands.notice import answers, form, reading
from commands.notice.arguments import (
    Agencies,
    Asks,
    Audience,
    By,
    Channels,
    Event,
    From,
    Groups,
    Link,
    Place,
    Product,
    Publish,
    Summary,
    Title,
)
from lifbot.errors import LifError
from lifbot.grammar import command, line
from lifbot.message import Button, Form, Message, Say
from lifbot.model import Group, Notice, Person
from lifbot.policy.publishing import WHAT_APPLIES
from storage import notices as stored
from storage import people, publishing, records


def opened(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form of a new notice."""
    return form.new(ctx, add, raw)


@command(
    "notice add",
    may="write notice",
    title="Write a notice",
    examples=(
        "/lif notice add Information sharing product:One Minute Guide summary:What to share, and when. by:6 June",
        "/lif notice add",
    ),
    form=opened,
    replaces=True,
)
def add(
    ctx: Context,
    title: Title,
    product: Product,
    summary: Summary,
    cascade_by: By,
    ask: Asks = "",
    link: Link = "",
    audience: Audience = "practitioners",
    source: From = None,
    theme: Themes = (),
    agencies: Agencies = "",
    groups: Groups = "",
    channels: Channels = "",
    on: Event = "",
    place: Place = "",
    publish: Publish = "",
    scope: Concerns = "",
    files: Files = "",
) -> Message:
    """Write a notice that passes learning on: a briefing, a guide, a course; a second person checks it first."""
    given = {name: value for name, value in locals().items() if name != "ctx"}
    if source and source.held_at:
        raise LifError(f"{source.ref} is on hold, so nothing goes out of it until that is lifted. Nothing is saved.")
    notice = _made(ctx, reading.defaults(ctx) | reading.columns(ctx, given))
    notice.ref, notice.number = records.next_ref(ctx.scope, Notice)
    entry = records.write(ctx.scope, ctx.caller.id, "notice add", notice)
    publishing.look_again(ctx.scope, notice)
    said = f"Saved as {notice.ref}, a draft: it goes to nobody until a second person has checked it."
    more = [Say(each) for each in _remarks(ctx, notice)]
    return answers.kept(ctx, notice, entry, said, *more, buttons=next_steps(ctx, notice))


def _made(ctx: Context, columns: Mapping[str, Any]) -> Notice:
    about_audit = "audit_briefing" in columns["product"]
    usual = {"asks": WHAT_APPLIES} if about_audit and not columns.get("asks") else {}
    new = ctx.scope.new(
        Notice, ref="", number=0, author=ctx.caller.id, created_at=ctx.scope.now, **{**columns, **usual}
    )
    if new.place and new.event_at is None:
        raise LifError("When is it? Please give the date and time with the place. Nothing is saved yet.", field="on")
    return new


def _remarks(ctx: Context, notice: Notice) -> Iterator[str]:
    """What the author should know before going on."""
    source = stored.source_of(ctx.scope, notice)
    if source and (source.published_on is None or source.published_on > ctx.scope.today):
        yield (
            f"{source.ref} is not published yet. The learning need not wait for that; until then the notice "
            "does not name it, so please see that its link does not lead to the report."
        )
    if at := stored.said_time(ctx.scope, notice):
        yield at
    if sections := stored.sections(ctx.scope, notice.product):
        yield f"It has {len(sections)} sections: {', '.join(sections)}."
    if not notice.groups:
        yield "It would be posted in no channel: no group with one is chosen."
    if not notice.agencies:
        yield "No agency would be asked to cascade it."


def next_steps(ctx: Context, notice: Notice) -> tuple[Button, ...]:
    """Return what follows for a draft: its sections, its check, by whoever is likeliest."""
    likely = likely_checker(ctx, notice)
    sections = stored.sections(ctx.scope, notice.product)
    ask = (
        Button(f"Ask {likely.name} to check it", line("notice check", notice.ref, ask=f"@{likely.id}"))
        if likely
        else None
    )
    return (
        *((Button("Write its sections…", f"form notice section {notice.ref}"),) if sections else ()),
        *((ask,) if ask else ()),
        Button("Ask somebody to check it…", f"form notice check {notice.ref}"),
        Button("Edit…", f"form notice edit {notice.ref}"),
    )


def likely_checker(ctx: Context, notice: Notice) -> Person | None:
    """Return who is likeliest to check a notice: the chair of the group that considers it, if not its author."""
    for id in _responsible(ctx, notice):
        person = ctx.reader.people.get(id or "")
        if person and person.left_on is None and not stored.has_written(ctx.scope, notice, person.id):
            return person
    return None


def _responsible(ctx: Context, notice: Notice) -> Iterator[str | None]:
    product, profile = stored.product(ctx.scope, notice.product), ctx.scope.profile
    considers = product and (product.checked_by or product.owner)
    if considers == "business_unit":
        yield from ctx.scope.partnership.business_unit
    known = next((each for each in profile.groups if each.id == considers), None) if profile else None
    for group in people.groups(ctx.scope) if known else ():
        if known and known.goes_by(group.id, group.name):
            yield from _heads(group)


def _heads(group: Group) -> tuple[str | None, str | None]:
    return group.chair, group.deputy
