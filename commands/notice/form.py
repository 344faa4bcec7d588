"""The forms about a notice: lists to choose from where the partnership has them, filled with what there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commands import ask
from commands.context import Context
from commands.notice import reading
from lifbot.calendar import say_date
from lifbot.grammar import Command, clip
from lifbot.message import Field, Form
from lifbot.model import Notice, Source
from storage import notices as stored
from storage import people, records
from storage.scope import Scope

OPTION = 70  # letters of a choice
MOST_SOURCES = 50
MANY = 4000
Options = tuple[tuple[str, str], ...]


def new(ctx: Context, command: Command, raw: Mapping[str, str]) -> Form:
    """Return the form of a new notice: all agencies and all groups with a channel are chosen already."""
    chosen = {name: ",".join(ids) for name, ids in reading.defaults(ctx).items()}
    form = ask.form(ctx, command, {"audience": "practitioners", **chosen, **_read(ctx, raw)})
    intro = "It is a draft until a second person has checked it."
    return replace(form, fields=tuple(_choosing(ctx, each) for each in form.fields), intro=intro)


def _read(ctx: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """What was typed, as the lists have it."""
    found = dict(raw)
    if raw.get("product"):
        found["product"] = reading.product(ctx, raw["product"])
    for name in {"agencies", "groups", "channels"} & raw.keys():
        found[name] = ",".join(reading.READERS[name](ctx, raw[name])[name]) if raw[name].strip() else ""
    return found


def _choosing(ctx: Context, field: Field) -> Field:
    """Let a field be chosen from what there is."""
    if field.name == "product":
        known = tuple((id, clip(name, OPTION)) for id, name in stored.products(ctx.scope))
        others = () if not field.value or field.value in dict(known) else ((field.value, clip(field.value, OPTION)),)
        return replace(field, kind="choice", options=(*known, *others))
    if field.name == "source":
        options = _sources(ctx.scope)
        return replace(field, kind="choice", options=options) if options else field
    several = {"agencies": _agencies, "groups": _groups, "channels": _channels}
    if field.name in several and (options := several[field.name](ctx.scope)):
        own = [part for part in field.value.split(",") if part and part not in dict(options)]
        added = tuple((part, clip(part, OPTION)) for part in own)
        return replace(field, kind="several", options=(*options, *added), max_length=MANY)
    return field


def _sources(scope: Scope) -> Options:
    rows = [row for row in scope.all(Source, order=Source.id) if row.held_at is None and row.status != "withdrawn"]
    return tuple((row.ref, clip(f"{row.ref} {row.title}", OPTION)) for row in rows[-MOST_SOURCES:])


def _agencies(scope: Scope) -> Options:
    return tuple((row.id, clip(row.name, OPTION)) for row in people.agencies(scope))


def _groups(scope: Scope) -> Options:
    rows = [row for row in people.groups(scope) if row.slack_channel or row.teams_channel]
    return tuple((row.id, clip(row.name, OPTION)) for row in rows)


def _channels(scope: Scope) -> Options:
    return tuple((id, clip(name, OPTION)) for id, name in stored.channels(scope))


def old(ctx: Context, command: Command, notice: Notice, raw: Mapping[str, str]) -> Form:
    """Return the form that changes a notice, filled with what it is."""
    source = stored.source_of(ctx.scope, notice)
    is_ahead = notice.cascade_by >= ctx.scope.today
    event = f"{notice.event_at.astimezone(ctx.scope.zone):%Y-%m-%d %H:%M}" if notice.event_at else ""
    says = stored.says(notice, proposed=True)
    stands = {
        "title": says["title"],
        "product": says["product"],
        "summary": says["summary"],
        "audience": says["audience"],
        "cascade_by": notice.cascade_by.isoformat() if is_ahead else "",
        "ask": says["asks"] or "",
        "link": says["url"] or "",
        "source": source.ref if source else "",
        "theme": ", ".join(notice.themes),
        "agencies": ",".join(notice.agencies),
        "groups": ",".join(notice.groups),
        "channels": ",".join(notice.channels),
        "on": event,
        "place": notice.place or "",
    }
    form = ask.form(ctx, command, {**stands, **_read(ctx, raw)})
    fields = (_dated(_choosing(ctx, each), notice, is_ahead=is_ahead) for each in form.fields)
    return replace(form, fields=tuple(fields), intro=intro(ctx, notice))


def _dated(field: Field, notice: Notice, *, is_ahead: bool) -> Field:
    if field.name != "cascade_by" or is_ahead:
        return field
    return replace(field, hint=f"It was {say_date(notice.cascade_by)}, and stays so unless you give another.")


def intro(ctx: Context, notice: Notice) -> str:
    """Say above a form which notice it is about."""
    return f"{notice.ref} {clip(stored.view(ctx.scope, notice, proposed=True).name, 200)}"


def meant(ctx: Context, raw: Mapping[str, str]) -> Notice | None:
    """Return the notice that a form is about, where one is named."""
    found = records.find(ctx.scope, Notice, raw.get("notice", ""))
    return found[0] if len(found) == 1 and not stored.is_held(ctx.scope, found[0]) else None
