"""A group's meetings: which is next, its pack, closing, moving and cancelling one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from commands import changes
from commands.arguments import InGroup
from commands.context import Context
from commands.which_meeting import fail, moment, none_planned, which
from lifbot import notices
from lifbot.calendar import local_day, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Button, Message, say, with_buttons
from storage import calendars, meetings, outbox, pack

Reason = Annotated[str, Arg("text", "Reason", leads=("because",), keys=("because", "why"), longest=300)]
Which = Annotated[str, Arg("line", "Which meeting", "Its date; the next one, unless you say.", longest=100)]
INQUORATE = re.compile(r"(?:\b(?:was|is|as)\s+)?\binquorate\b", re.IGNORECASE)


@command("meeting next", may="ask", title="Next meeting", examples=("/lif meeting next", "/lif meeting next LD"))
def next_(ctx: Context, group: InGroup) -> Message:
    """Say when a group meets next, and when it last met."""
    coming = meetings.next_meeting(ctx.scope, group.id)
    last = meetings.last_held(ctx.scope, group.id)
    zone = ctx.scope.zone
    lines = [f"{group.name} meets next on {say_moment(coming.starts_at, zone)}." if coming else none_planned(group)]
    if last:
        lines.append(f"It last met on {say_date(local_day(last.starts_at, zone))}.")
    return say(*lines)


@command("meeting agenda", may="see", title="Agenda pack", examples=("/lif meeting agenda",))
def agenda(ctx: Context, group: InGroup) -> Message:
    """Show the standing items for the next meeting: for discussion, due, overdue, updated, awaiting sign-off."""
    coming = meetings.next_meeting(ctx.scope, group.id) or fail(none_planned(group))
    found = pack.matters(ctx.scope, ctx.reader, group, coming, ctx.caller.id)
    shown = notices.agenda(group.name, say_moment(coming.starts_at, ctx.scope.zone), found)
    button = Button("Post it in the channel", f"meeting post {group.id}")
    return with_buttons(shown, button) if ctx.may("meet", group) else shown


@command("meeting post", may="meet", title="Post the pack", examples=("/lif meeting post",))
def post(ctx: Context, group: InGroup) -> Message:
    """Post the standing items for the next meeting in the group's channel now."""
    coming = meetings.next_meeting(ctx.scope, group.id) or fail(none_planned(group))
    key = f"agenda/{coming.id}/{ctx.scope.now.isoformat()}"
    outbox.put(ctx.scope, key, "agenda", group_id=group.id, about={"meeting": coming.id, "asked": True})
    return say(f"The pack for the meeting of {group.name} goes to its channel now.")


@command(
    "meeting cancel", may="meet", title="Cancel a meeting", examples=("/lif meeting cancel because the chair is away",)
)
def cancel(ctx: Context, group: InGroup, meeting: Which = "", because: Reason = "") -> Message:
    """Say that a meeting was or will be cancelled, or was inquorate: it does not count as held."""
    if INQUORATE.search(meeting):
        meeting, because = INQUORATE.sub("", meeting).strip(" ,:;"), because or "inquorate"
    found = which(ctx, group, meeting or ("last" if "inquorate" in because.lower() else ""))
    entry = calendars.cancel(ctx.scope, found, because, ctx.caller.id)
    day = say_date(local_day(found.starts_at, ctx.scope.zone))
    text = f"The meeting of {group.name} on {day} is taken as cancelled and does not count. What was sent stays sent."
    coming = meetings.next_meeting(ctx.scope, group.id)
    after = [f"The next is on {say_moment(coming.starts_at, ctx.scope.zone)}."] if coming else []
    return with_buttons(say(text, *after), changes.undo_button(entry))


@command("meeting move", may="meet", title="Move a meeting", examples=("/lif meeting move to 19 March 2026 10:00",))
def move(
    ctx: Context,
    group: InGroup,
    to: Annotated[
        object, Arg("meeting", "New date and time", "For example 2026-03-19 10:00.", leads=("to",), longest=100)
    ],
    meeting: Which = "",
    because: Reason = "",
) -> Message:
    """Move a meeting: what is due at it moves with it."""
    found = which(ctx, group, meeting)
    new = moment(ctx, str(to), found) if isinstance(to, str) else to
    has_begun = found.starts_at <= ctx.scope.now  # then it may be said afterwards when it was held
    if not isinstance(new, datetime) or (new <= ctx.scope.now and not has_begun):
        raise LifError(
            "A meeting can only move to a time still to come. Type for example: /lif meeting move to 2026-03-19 10:00"
        )
    moved = calendars.move(ctx.scope, found, new, because, ctx.caller.id)
    old = say_date(local_day(found.starts_at, ctx.scope.zone))
    text = f"The meeting of {group.name} on {old} is moved to {say_moment(new, ctx.scope.zone)}."
    return say(text, *([f"{moved} that {'was' if moved == 1 else 'were'} due at it moved with it."] if moved else []))
