"""Closing a meeting: what was said of each item, and what was agreed, in one go; a form with the whole list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from commands import changes
from commands.action import decide
from commands.action.all_ import signed, undo_line
from commands.arguments import InGroup
from commands.ask import button_line
from commands.bind import item as one_item
from commands.challenge import record_discussion
from commands.closing_form import FIELDS_APART, Place, make, next_part
from commands.context import Context
from commands.which_meeting import to_close
from lifbot import notices
from lifbot.calendar import local_day, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import CHALLENGE
from lifbot.message import Ask, Block, Button, Fine, Message, Say
from lifbot.model import Group, Item, LogEntry, Meeting
from storage import calendars, log, meetings

ON_TRACK = "On track."
SHOWN = 12  # references in one sentence
SAID = re.compile(
    r"(?:^|[;\n])\s*([A-Za-z][A-Za-z0-9]{0,7}[-\s–]+(?:\d{4}[-\s–]+)?\d{1,6}|\d{1,6})\s*(?:[:,]|[–—-](?=\s))\s*"
)


def gather(ctx: Context, raw: dict[str, str]) -> None:
    """Put the fields of the form into what would have been typed."""
    said = [f"{name[5:]}: {raw.pop(name)}" for name in list(raw) if name.startswith("said ")]
    if said:
        raw["discussed"] = FIELDS_APART + FIELDS_APART.join(said)  # their words are not searched for references


@dataclass
class Minutes:
    """What was recorded, and what could not be, with the words that were meant for it."""

    tolerant: bool
    faults: list[str] = field(default_factory=list)

    def note(self, doing: Callable[[], object], ref: str, words: str = "") -> None:
        """Do one thing; in a form one that fails is named, so that it never loses the rest."""
        try:
            doing()
        except LifError as error:
            if not self.tolerant:
                raise
            kept = f" You wrote: “{words}”" if words not in ("", ON_TRACK) else ""
            self.faults.append(f"{error.text}{kept}" if ref in error.text else f"{ref}: {error.text}{kept}")


@command(
    "meeting close",
    may="meet",
    title="Close the meeting",
    examples=(
        "/lif meeting close",
        "/lif meeting close SE-2026-003: waiting for a system change; SE-2026-004: on track",
        "/lif meeting close signoff:SE-2026-005 agree:SE-2026-006 on-track:SE-2026-007, SE-2026-008",
    ),
    sentence=gather,
    form=make,
)
def close(
    ctx: Context,
    group: InGroup,
    discussed: Annotated[str, Arg("text", "REF: what was said; REF: …", longest=40_000)] = "",
    signoff: Annotated[str, Arg("line", "Sign off", "References.", keys=("sign-off",), longest=4000)] = "",
    agree: Annotated[str, Arg("line", "Agree to the date asked for", "References.", longest=4000)] = "",
    accept: Annotated[str, Arg("line", "Accept as not completable", "References.", longest=4000)] = "",
    on_track: Annotated[str, Arg("line", "Discussed, on track", "References.", longest=8000)] = "",
    confirm: Annotated[str, Arg("line", "Confirm", in_form=False)] = "",
    part: Annotated[str, Arg("line", "Part", in_form=False)] = "",
) -> Message:
    """Close the meeting that has begun: record what was discussed, and sign off and agree what is agreed."""
    meeting = to_close(ctx, group)
    if not (discussed or signoff or agree or accept or on_track or confirm) and ctx.incoming.can_open_form:
        how = "Type /lif meeting close and, for each item, REF: what was said; or confirm:yes to close it."
        return Message((Say(how),), form=make(ctx, {"group": group.id}))
    place = Place.read(part)
    first = int(place.since) if place.since.isdigit() else log.newest(ctx.scope)
    minutes = Minutes(tolerant=ctx.incoming.kind == "form")
    _record_all(ctx, meeting, minutes, _spoken(discussed), _refs(on_track))
    _decide_all(ctx, minutes, _refs(signoff), _refs(agree), _refs(accept))
    if minutes.tolerant and (following := next_part(ctx, group, meeting, place, first, minutes.faults)):
        return Message((Say(f"{following.intro} Type /lif meeting close to go on."),), form=following)
    return _close(ctx, group, meeting, log.since(ctx.scope, first, ctx.caller.id), minutes.faults)


def _refs(typed: str) -> list[str]:
    return list(dict.fromkeys(ref for ref in re.split(r"[\s,;]+", typed) if ref))


def _record_all(
    ctx: Context, meeting: Meeting, minutes: Minutes, spoken: Sequence[tuple[str, str]], on_track: Sequence[str]
) -> None:
    for ref, words in (*spoken, *((ref, ON_TRACK) for ref in on_track)):
        minutes.note(partial(_record, ctx, meeting, ref, words), ref, words)


def _decide_all(
    ctx: Context, minutes: Minutes, signoff: Sequence[str], agree: Sequence[str], accept: Sequence[str]
) -> None:
    for refs, doing in ((signoff, _sign_off), (agree, _agree), (accept, _accept)):
        for ref in refs:
            minutes.note(partial(doing, ctx, ref), ref)


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


def _record(ctx: Context, meeting: Meeting, ref: str, said: str) -> None:
    item = _item(ctx, ref)
    if item.group_id != meeting.group_id:
        raise LifError(f"{item.ref} belongs to {ctx.group_of(item).name}, so it cannot be recorded at this meeting.")
    if item.status in ("withdrawn", "superseded"):
        raise LifError(f"{item.ref} is {item.status}, so nothing was recorded. Please leave it out.")
    if item.kind == CHALLENGE:
        changes.refuse_case(said, "discussed")
        record_discussion(ctx, item, said, meeting.id, local_day(meeting.starts_at, ctx.scope.zone))
        return
    changes.keep(ctx, item, log.picture(item), kind="discussed", text=said, meeting_id=meeting.id)


def _waits(ctx: Context, ref: str, what: str, words: str, name: str) -> Item:
    """The item, which must wait for this decision, and the caller be who decides."""
    item = _item(ctx, ref)
    ctx.require("decide", ctx.group_of(item), item)
    if item.waiting != what:
        raise LifError(f"{item.ref} is not waiting {words}.", field=name)
    return item


def _sign_off(ctx: Context, ref: str) -> None:
    signed(ctx, _waits(ctx, ref, "sign_off", "for sign-off", "signoff"))


def _agree(ctx: Context, ref: str) -> None:
    decide.accept.run(ctx, _waits(ctx, ref, "more_time", "for a new date", "agree"))


def _accept(ctx: Context, ref: str) -> None:
    decide.accept.run(ctx, _waits(ctx, ref, "acceptance", "to be accepted as not completable", "accept"))


def _close(ctx: Context, group: Group, meeting: Meeting, entries: Sequence[LogEntry], faults: Sequence[str]) -> Message:
    meeting.status, meeting.closed_at, meeting.closed_by = "held", ctx.scope.now, ctx.caller.id
    ctx.scope.add(meeting)
    log.write(ctx.scope, ctx.caller.id, "meeting close", about=f"meeting {meeting.id}")
    told = calendars.after_closing(ctx.scope, group)
    lines = [_recorded(ctx, group, meeting, entries), *_follows(ctx, group, told)]
    blocks: list[Block] = list(map(Say, lines))
    blocks += [Say(f"Not recorded: {fault}") for fault in faults]
    blocks.append(Fine(changes.SEEN_BY))
    if entries:
        undo = Button("Undo what was recorded", button_line(ctx, undo_line(entries)))
        blocks.append(Ask("Undo takes back what was recorded; the meeting stays closed.", (undo,)))
    return Message(tuple(blocks), summary=lines[0])


def _recorded(ctx: Context, group: Group, meeting: Meeting, entries: Sequence[LogEntry]) -> str:
    signed = sum("signed_off_on" in entry.after for entry in entries)
    dated = sum("due_on" in entry.after for entry in entries)
    accepted = sum("accepted_by" in entry.after for entry in entries)
    counts = [f"{len(entries) - signed - dated - accepted} discussed", f"{signed} signed off"]
    counts += [f"{dated} new date{'s' if dated > 1 else ''} agreed"] if dated else []
    counts += [f"{accepted} accepted as not completable"] if accepted else []
    day = say_date(local_day(meeting.starts_at, ctx.scope.zone))
    return f"The meeting of {group.name} on {day} is closed. {', '.join(counts)}."


def _listed(refs: Sequence[str]) -> str:
    return ", ".join(refs[:SHOWN]) + (f" and {len(refs) - SHOWN} more" if len(refs) > SHOWN else "")


def _follows(ctx: Context, group: Group, told: Mapping[str, list[str]]) -> list[str]:
    """What follows from the closing: help that is asked for, what is for discussion, the next meeting."""
    lines: list[str] = []
    if told["escalate"]:
        words = notices.meetings(ctx.scope.rules.cycles_before_escalation)
        lines.append(f"After {words} the partnership chair is now asked for help with {_listed(told['escalate'])}.")
    if told["discuss"]:
        lines.append(f"For discussion at the next meeting: {_listed(told['discuss'])}.")
    coming = meetings.next_meeting(ctx.scope, group.id)
    if coming:
        lines.append(f"The next meeting is on {say_moment(coming.starts_at, ctx.scope.zone)}.")
    return lines
