"""The forms about a group: everything it is made of, or its members alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from commands.context import Context
from commands.names import group as one_group
from commands.setup.draft import Draft
from commands.setup.rhythm import WHEN, said_now
from lifbot.message import Field, Form
from lifbot.model import Group
from storage import people

EMPTY: Mapping[str, Any] = {"name": "", "prefix": "", "members": [], "chair": None, "deputy": None, "meetings": None}
AFTER = "Who is not in the partnership yet is added to it. You see the next dates before they count."


def new(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form for a new group."""
    return Form("New group", "group add", tuple(_fields(Draft(ctx), EMPTY)), intro=AFTER)


def old(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that holds what a group is made of."""
    group, draft = _meant(ctx, raw), Draft(ctx)
    fields = tuple(_fields(draft, draft.plain["groups"][group.id]))
    return Form("Change a group", f"group edit group:{group.id}", fields, intro=f"{group.name}. {AFTER}")


def members(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that holds a group's members."""
    group, draft = _meant(ctx, raw), Draft(ctx)
    fields = tuple(_members(draft, draft.plain["groups"][group.id]))
    intro = f"{group.name}. Who is not in the partnership yet is added to it."
    return Form("Members", f"group members group:{group.id}", fields, intro=intro)


def _meant(ctx: Context, raw: Mapping[str, str]) -> Group:
    said = raw.get("group") or (ctx.here.id if ctx.here else "")
    return one_group(ctx, said or next(iter(people.groups(ctx.scope))).id)


def _fields(draft: Draft, entry: Mapping[str, Any]) -> Iterator[Field]:
    platform, place = draft.ctx.incoming.platform, draft.ctx.incoming.place
    yield Field("name", "Name", value=entry["name"], max_length=200)
    prefix = "Of its references, such as SE in SE-2026-014. Left empty, its initials."
    yield Field("prefix", "Prefix", required=False, hint=prefix, value=entry["prefix"], max_length=8)
    here = () if place.direct else ((place.channel, "The channel where you ask"),)
    channel = entry.get(f"{platform}_channel") or ""
    yield Field(
        "channel", "Channel", "channel", required=False, hint="Where its agendas go.", options=here, value=channel
    )
    for post, label in (("chair", "Chair"), ("deputy", "Deputy")):
        holder = entry[post]
        hint = (
            f"{draft.name(holder)} has no account here, and stays unless you pick somebody."
            if holder and not draft.address(holder)
            else ""
        )
        yield Field(post, label, "account", required=False, hint=hint, value=draft.mentions([holder] if holder else []))
    yield from _members(draft, entry)
    yield Field(
        "meets", "When it meets", "line", required=False, hint=WHEN, value=said_now(dict(entry)), max_length=200
    )


def _members(draft: Draft, entry: Mapping[str, Any]) -> Iterator[Field]:
    members = list(entry["members"])
    yield Field("members", "Members", "accounts", required=False, value=draft.mentions(members), max_length=4000)
    away = {id: each["name"] for id, each in draft.plain["people"].items() if not draft.address(id)}
    if away:
        options = tuple((f"@{id}", name) for id, name in sorted(away.items(), key=lambda pair: pair[1]))
        value = ",".join(f"@{id}" for id in members if id in away)
        label = "Members without an account here"
        yield Field("others", label, "people", required=False, options=options, value=value, max_length=4000)
