"""A group's meetings: which is next, its pack, closing, moving and cancelling one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from commands import changes
from commands.action.decide import sign
from commands.arguments import InGroup
from commands.bind import item as one_item
from commands.context import Context
from commands.which_meeting import fail, moment, none_planned, which
from lifbot import notices
from lifbot.calendar import local_day, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Button, Field, Fine, Form, Message, Say, say, with_buttons
from lifbot.model import Group, Item, Meeting
from storage import calendars, items, log, meetings, outbox, pack

Reason = Annotated[str, Arg("text", "Reason", leads=("because",), keys=("because", "why"), longest=300)]
Which = Annotated[str, Arg("line", "Which meeting", "Its date; the next one, unless you say.", longest=100)]
INQUORATE = re.compile(r"(?:\b(?:was|is|as)\s+)?\binquorate\b", re.IGNORECASE)
FIELDS_APART = "\ue000"  # of the private use area: nobody types it
SAID = re.compile(
    r"(?:^|[;\n])\s*([A-Za-z][A-Za-z0-9]{0,7}[-\s–]+(?:\d{4}[-\s–]+)?\d{1,6}|\d{1,6})\s*(?:[:,]|[–—-](?=\s))\s*"
)


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
    found = pack.matters(ctx.scope, ctx.reader, group, coming)
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


def close_form(ctx: Context, group: Group, meeting: Meeting) -> Form:
    """Make the form with which a chair goes through the whole list."""
    found = pack.matters(ctx.scope, ctx.reader, group, meeting)
    waiting = [row for row in items.undecided(ctx.scope, Item.group_id == group.id) if row.waiting == "sign_off"]
    mine = {row.ref for row in waiting if row.owner == ctx.caller.id}
    ticks = tuple((row.ref, clip(f"{row.ref} {row.text}", 70)) for row in waiting if row.ref not in mine)
    talk = [row for row in found.rows if row not in found.awaiting_sign_off][:40]
    fields = [
        Field(
            f"said {row.ref}",
            clip(f"{row.ref} {row.text}", 140),
            "line",
            required=False,
            hint=" · ".join(part for part in (row.agency, f"due {say_date(row.due_on)}") if part),
            placeholder="What was said?",
        )
        for row in talk
    ]
    if ticks:
        fields.append(Field("signoff", "Sign off", "tick", required=False, options=ticks))
    day = say_date(local_day(meeting.starts_at, ctx.scope.zone))
    how = "Leave empty what was not discussed." if fields else "Nothing was waiting for it."
    intro = f"{group.name}, {day}. {how}"
    return Form(
        "Close the meeting", f"meeting close group:{group.id} confirm:yes", tuple(fields), "Close meeting", intro
    )


def gather(ctx: Context, raw: dict[str, str]) -> None:
    """Put the fields of the form into what would have been typed."""
    said = [f"{name[5:]}: {raw.pop(name)}" for name in list(raw) if name.startswith("said ")]
    if said:
        raw["discussed"] = FIELDS_APART + FIELDS_APART.join(said)  # their words are not searched for references


@command(
    "meeting close",
    may="meet",
    title="Close the meeting",
    examples=(
        "/lif meeting close",
        "/lif meeting close SE-2026-003: waiting for a system change; SE-2026-004: on track",
    ),
    sentence=gather,
)
def close(
    ctx: Context,
    group: InGroup,
    discussed: Annotated[str, Arg("text", "REF: what was said; REF: …", longest=40_000)] = "",
    signoff: Annotated[str, Arg("line", "Sign off", keys=("sign-off",), longest=1000)] = "",
    confirm: Annotated[str, Arg("line", "Confirm", in_form=False)] = "",
) -> Message:
    """Close the meeting that has begun: record what was discussed, and sign off what is agreed."""
    meeting = _to_close(ctx, group)
    if not (discussed or signoff or confirm) and ctx.incoming.can_open_form:
        return Message(
            (Say("Type /lif meeting close and, for each item, REF: what was said; or confirm:yes to close it."),),
            form=close_form(ctx, group, meeting),
        )
    recorded = [_record(ctx, meeting, ref, said) for ref, said in _spoken(discussed)]
    signed = [_sign_off(ctx, ref) for ref in re.split(r"[\s,;]+", signoff) if ref]
    meeting.status, meeting.closed_at, meeting.closed_by = "held", ctx.scope.now, ctx.caller.id
    ctx.scope.add(meeting)
    log.write(ctx.scope, ctx.caller.id, "meeting close", about=f"meeting {meeting.id}")
    told = calendars.after_closing(ctx.scope, group)
    return _closed(ctx, group, meeting, len(recorded), len(signed), told)


def _to_close(ctx: Context, group: Group) -> Meeting:
    meeting = meetings.last_held(ctx.scope, group.id)
    if meeting is None or meeting.closed_at:
        coming = meetings.next_meeting(ctx.scope, group.id)
        when = (
            f" The next is on {say_moment(coming.starts_at, ctx.scope.zone)}; close it once it has begun."
            if coming
            else ""
        )
        raise LifError(f"{group.name} has no meeting to close.{when}")
    return meeting


def _spoken(discussed: str) -> list[tuple[str, str]]:
    """Split "REF: words; REF: words" into pairs."""
    if discussed.startswith(FIELDS_APART):
        fields = [field.partition(": ") for field in discussed.split(FIELDS_APART)[1:]]
        return [(ref, said.strip()) for ref, _, said in fields]
    parts = SAID.split(discussed)
    pairs = [(ref, said.strip()) for ref, said in zip(parts[1::2], parts[2::2], strict=True) if said.strip()]
    if parts[0].strip() or (discussed and not pairs):
        raise LifError(
            "Put the reference first, for example: SE-2026-003: waiting for a system change", field="discussed"
        )
    return pairs


def _item(ctx: Context, ref: str) -> Item:
    found = one_item(ctx, ref)
    if not isinstance(found, Item):
        raise LifError(f"More than one item has the number {ref}. Please type the whole reference.")
    return found


def _record(ctx: Context, meeting: Meeting, ref: str, said: str) -> Item:
    item = _item(ctx, ref)
    if item.group_id != meeting.group_id:
        raise LifError(f"{item.ref} belongs to {ctx.group_of(item).name}, so it cannot be recorded at this meeting.")
    if item.status in ("withdrawn", "superseded"):
        raise LifError(f"{item.ref} is {item.status}, so nothing was recorded. Please leave it out.")
    changes.keep(ctx, item, log.picture(item), kind="discussed", text=said, meeting_id=meeting.id)
    return item


def _sign_off(ctx: Context, ref: str) -> Item:
    item = _item(ctx, ref)
    ctx.require("decide", ctx.group_of(item), item)
    if item.waiting != "sign_off":
        raise LifError(f"{item.ref} is not waiting for sign-off.", field="signoff")
    before = log.picture(item)
    sign(ctx, item)
    changes.keep(ctx, item, before, kind="signed_off")
    changes.tell(ctx, item.owner, item, "signed_off")
    return item


def _closed(
    ctx: Context, group: Group, meeting: Meeting, recorded: int, signed: int, told: dict[str, list[str]]
) -> Message:
    day = say_date(local_day(meeting.starts_at, ctx.scope.zone))
    lines = [f"The meeting of {group.name} on {day} is closed. {recorded} discussed, {signed} signed off."]
    if told["escalate"]:
        words = notices.meetings(ctx.scope.rules.cycles_before_escalation)
        lines.append(f"After {words} the partnership chair is now asked for help with {', '.join(told['escalate'])}.")
    if told["discuss"]:
        lines.append(f"For discussion at the next meeting: {', '.join(told['discuss'])}.")
    coming = meetings.next_meeting(ctx.scope, group.id)
    if coming:
        lines.append(f"The next meeting is on {say_moment(coming.starts_at, ctx.scope.zone)}.")
    return Message((*map(Say, lines), Fine(changes.SEEN_BY)), summary=lines[0])


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
    return say(text, *([f"{moved} due at it moved with it."] if moved else []))
