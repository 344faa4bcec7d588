"""What a group is made of, as a form or a line says it."""

from __future__ import annotations

from collections.abc import Mapping

from commands.context import Context
from commands.setup.answers import kept
from commands.setup.draft import NOBODY, UNCHANGED, Draft, beside
from commands.setup.rhythm import preview, said_now, understood
from lifbot.errors import LifError
from lifbot.message import Ask, Block, Button, Fine, Message


def written(draft: Draft, id: str, said: Mapping[str, str], what: str, text: str) -> Message:
    """Write the parts that a new and an old group have in common; a rhythm is shown before it counts."""
    entry = draft.plain["groups"][id]
    for post in ("chair", "deputy"):
        if post in said:
            entry[post] = draft.holder(said[post], post, entry[post])
    if {"members", "others"} & said.keys():
        entry["members"] = members_of(draft, said, entry["members"])
    if said.get("channel"):
        entry[f"{draft.ctx.incoming.platform}_channel"] = _channel(draft.ctx, said["channel"])
    shown: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    if said.get("meets") and said["meets"] != said_now(entry):
        shown, buttons = beside(
            "meets", lambda: preview(draft.ctx, id, entry["name"], understood(said["meets"], "meets"))
        )
    kept_as = draft.keep(what)
    if kept_as is None and shown:
        return preview_alone(shown, buttons)
    return kept(draft, kept_as, text, *shown, *_invite(draft, id, said), buttons=buttons)


def preview_alone(shown: tuple[Block, ...], buttons: tuple[Button, ...]) -> Message:
    """Show dates where nothing else was changed."""
    return Message((*shown, Ask("", buttons)), summary="Please look at the dates.")


def members_of(draft: Draft, said: Mapping[str, str], present: list[str]) -> list[str]:
    """Return the members that a form or a line names; a form holds those without an account apart."""
    named = draft.several(said.get("members", ""), "members")
    if draft.ctx.incoming.kind != "form":
        return named
    away = [id for id in present if not draft.address(id)]
    others = draft.several(said["others"], "others") if "others" in said else away
    return list(dict.fromkeys([*named, *others]))


def _channel(ctx: Context, said: str) -> str | None:
    said = said.strip().strip("<>#").partition("|")[0]
    if said.lower() == "here":
        if ctx.incoming.place.direct:
            raise LifError(f"This is not a channel. Type it in the group's channel. {UNCHANGED}", field="channel")
        return ctx.incoming.place.channel
    if said.lower() in NOBODY:
        return None
    known = said == ctx.incoming.place.channel or ctx.incoming.kind == "form"
    if not known and (ctx.incoming.platform == "teams" or not (said.isascii() and said.isalnum() and said.isupper())):
        raise LifError(
            f"Type channel:here in the group's channel, or pick it in the form. {UNCHANGED}", field="channel"
        )
    return said


def _invite(draft: Draft, id: str, said: Mapping[str, str]) -> tuple[Block, ...]:
    if (
        not said.get("channel")
        or draft.ctx.incoming.platform != "slack"
        or not draft.plain["groups"][id]["slack_channel"]
    ):
        return ()
    return (Fine("In its channel type /invite @lifbot, so that its agendas can go there."),)
