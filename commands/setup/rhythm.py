"""When a group meets, said in words; its next dates are shown before they count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from commands import changes
from commands.arguments import InGroup
from commands.context import Context
from commands.names import group as one_group
from commands.setup.answers import kept, opened
from commands.setup.draft import Draft
from commands.which_meeting import CLOCK, time_of_day
from lifbot import rhythm
from lifbot.calendar import at_local, local_day, parse_local, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command, line
from lifbot.message import Ask, Block, Button, Field, Fine, Form, Message, Say, say, with_buttons
from lifbot.model import Group
from lifbot.rhythm import Rhythm
from lifbot.rhythm.beginning import beginnings, coming
from lifbot.timescale import DueDate, read
from storage import calendars, meetings

EXAMPLE = rhythm.EXAMPLE
WHEN = "In words: “second Thursday every two months at 10”, “every other Wednesday at 14:00”."


def group_first(ctx: Context, raw: dict[str, str]) -> None:
    """Take a group's name off the front of the words: "SE second Thursday at 10"."""
    own = "when"
    words = raw.get(own, "")
    first, _, rest = words.partition(" ")
    if "group" not in raw and first:
        try:
            raw["group"] = one_group(ctx, first.strip(",:")).id
        except LifError:
            return
        raw[own] = rest.strip()


def understood(said: str, field: str = "when") -> Rhythm:
    """Read when a group meets; LifError asks what is unclear, or for the time of day."""
    found = rhythm.read(said)
    if isinstance(found, str):
        raise LifError(f"{found} Nothing was changed.", field=field)
    if not found.names_a_day:
        raise LifError(f"On which day is that? Write for example “{EXAMPLE}”. Nothing was changed.", field=field)
    if found.at is None:
        raise LifError(
            f"At what time? Write for example “{clip(said, 60)} at 10:00”. Nothing was changed.", field=field
        )
    return found


def said_now(entry: dict[str, Any]) -> str:
    """Say when a group meets in words, where a rule says it."""
    meets = entry["meetings"]
    return rhythm.say(meets["rrule"], datetime.fromisoformat(meets["start"]).time()) if isinstance(meets, dict) else ""


def preview(
    ctx: Context, group: str, name: str, found: Rhythm, start: str = ""
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Show the next dates of a rhythm, and the ways to let them count or to begin in another month."""
    zone, now = ctx.scope.zone, ctx.scope.now
    assert found.at is not None
    offered = beginnings(found.rrule, found.at, zone, now)
    if not offered:
        raise LifError("That gives no date in the next two years. Please say it another way. Nothing was changed.")
    start = start or offered[0]
    dates = [say_moment(each, zone) for each in coming(found.rrule, start, zone, now)]
    written = {"group": group, "when": found.words}
    sure = line("meeting rhythm", "", **written, begin=start.replace("T", " "), sure="yes")
    others = tuple(
        Button(
            f"Begin {say_date(datetime.fromisoformat(each).date())}",
            line("meeting rhythm", "", **written, begin=each.replace("T", " ")),
        )
        for each in offered
        if each != start
    )
    blocks = (
        Say(f"{name}: {found.words}. Its next meetings would be on {'; '.join(dates)}; and so on."),
        Fine("These dates do not count yet. Meetings that were held stay as they are."),
    )
    return blocks, (Button("Yes, these dates", sure, "primary"), *others)


def rhythm_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask when a group meets."""
    group = one_group(ctx, raw["group"]) if raw.get("group") else ctx.here
    entry = Draft(ctx).plain["groups"][group.id] if group else {}
    field = Field(
        "when", "When does it meet?", "line", hint=WHEN, value=said_now(entry) if entry else "", max_length=200
    )
    return Form(
        "When it meets",
        f"meeting rhythm group:{group.id}" if group else "meeting rhythm",
        (field,),
        intro=group.name if group else "",
    )


@command(
    "meeting rhythm",
    may="set up group",
    title="When it meets",
    examples=("/lif meeting rhythm SE second Thursday every two months at 10",),
    sentence=group_first,
    form=rhythm_form,
    replaces=True,
)
def set_rhythm(
    ctx: Context,
    group: InGroup,
    when: Annotated[str, Arg("line", "When it meets", WHEN, leading=True, longest=200)] = "",
    begin: Annotated[
        str, Arg("line", "First meeting", "Its date, where the words leave it open.", longest=40, in_form=False)
    ] = "",
    sure: Annotated[str, Arg("line", "These dates", longest=5, in_form=False)] = "",
) -> Message:
    """Say when a group meets, in words; the next dates are shown before they count."""
    if not when:
        return opened(
            ctx,
            rhythm_form(ctx, {"group": group.id}),
            f"Type for example: /lif meeting rhythm {group.prefix} {EXAMPLE}",
        )
    found = understood(when)
    start = _begin(ctx, begin, found) if begin else ""
    blocks, buttons = preview(ctx, group.id, group.name, found, start)
    if not (sure and start):
        return Message((*blocks, Ask("", buttons)), summary=f"Please look at the dates of {group.name}.")
    draft = Draft(ctx)
    draft.plain["groups"][group.id]["meetings"] = {"rrule": found.rrule, "start": start}
    entry = draft.keep("meeting rhythm")
    return kept(draft, entry, f"{group.name} meets {found.words}.", *_next_three(ctx, group))


def _begin(ctx: Context, said: str, found: Rhythm) -> str:
    """The local start that a date means; the rhythm's own hour where none is said."""
    assert found.at is not None
    whole = said if re.search(r"\d[T ]\d", said) else ""
    try:
        moment = parse_local(whole, ctx.scope.zone) if whole else None
    except ValueError as wrong:
        raise LifError(f"{wrong} Nothing was changed.", field="begin") from None
    day = local_day(moment, ctx.scope.zone) if moment else _day(ctx, said)
    return f"{day.isoformat()}T{found.at:%H:%M}"


def _day(ctx: Context, said: str) -> Any:
    day = read(said, meetings.calendar(ctx.scope, None))
    if not isinstance(day, DueDate):
        raise LifError(f"{day.why} Type for example: begin:2026-03-12. Nothing was changed.", field="begin")
    return day.on


def _next_three(ctx: Context, group: Group) -> tuple[Block, ...]:
    found = [say_moment(row.starts_at, ctx.scope.zone) for row in meetings.standing_after(ctx.scope, group.id)[:3]]
    return (Say(f"Next: {'; '.join(found)}."),) if found else ()


@command(
    "meeting add",
    may="set up group",
    title="Add a meeting",
    examples=("/lif meeting add SE 12 March 2026 10:00",),
    sentence=group_first,
)
def add(
    ctx: Context,
    group: InGroup,
    when: Annotated[str, Arg("line", "Date and time", "For example 12 March 2026 10:00.", leading=True, longest=100)],
) -> Message:
    """Add one meeting of a group."""
    at = _moment(ctx, when)
    day = local_day(at, ctx.scope.zone)
    if any(local_day(each.starts_at, ctx.scope.zone) == day for each in meetings.standing_after(ctx.scope, group.id)):
        raise LifError(f"{group.name} meets on {say_date(day)} already, so nothing was changed.", field="when")
    text = f"{group.name} also meets on {say_moment(at, ctx.scope.zone)}."
    if isinstance(group.meetings, dict):  # beside a rule, as a meeting that was moved stands beside it
        entry = calendars.add(ctx.scope, group, at, ctx.caller.id)
        return with_buttons(say(text), changes.undo_button(entry))
    draft = Draft(ctx)
    local = at.astimezone(ctx.scope.zone).replace(tzinfo=None).isoformat(timespec="minutes")
    dates = draft.plain["groups"][group.id]["meetings"] or []
    draft.plain["groups"][group.id]["meetings"] = sorted([*dates, local])
    return kept(draft, draft.keep("meeting add"), text)


def _moment(ctx: Context, said: str) -> datetime:
    """A date with its time of day, still to come."""
    try:
        at = parse_local(said, ctx.scope.zone)
    except ValueError:
        clock = CLOCK.search(said)
        if clock is None:
            raise LifError(
                "At what time? Type for example: /lif meeting add SE 12 March 2026 10:00", field="when"
            ) from None
        day = read(said[: clock.start()], meetings.calendar(ctx.scope, None))
        if not isinstance(day, DueDate):
            raise LifError(
                f"{day.why} Type for example: 12 March 2026 10:00. Nothing was changed.", field="when"
            ) from None
        at = at_local(day.on, time_of_day(clock), ctx.scope.zone)
    if at <= ctx.scope.now:
        raise LifError(
            "A meeting can be added for a time still to come. Type for example: 12 March 2026 10:00", field="when"
        )
    return at
