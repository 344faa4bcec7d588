"""What an owner says of an item: update, done, cannot, more time, not mine, snooze; leads may say it for them."""

from __future__ import annotations

import re
from calendar import day_name
from datetime import date, timedelta
from typing import Annotated

from commands import changes
from commands.action import ownership
from commands.action.decide import redate
from commands.arguments import Ref, When, Why, Words
from commands.changes import refuse_closed, refuse_done, refuse_finished
from commands.context import Context
from commands.files import Files, keep_evidence, named
from lifbot import timescale
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import PRACTICE
from lifbot.message import Message, Say
from lifbot.model import Item
from lifbot.policy.reminders import latest_snooze
from lifbot.timescale import DueDate
from storage import items, log, meetings

Proof = Annotated[str, Arg("text", "What shows it", "For example: training delivered 12 May, 40 staff.", longest=1000)]
Reason = Annotated[
    str, Arg("text", "Why can it not be completed", "What got in the way?", leads=("because",), keys=("because",))
]
Instead = Annotated[
    str, Arg("text", "What was done instead", "Write “nothing yet” if so.", leads=("instead",), keys=("instead",))
]
SHOWS = {
    False: "What shows that it is done? Reply with a line, for example “Training delivered 12 May, 40 staff”.",
    True: "What shows that it has spread? Reply with a line, for example “All four districts use it since May”.",
}
WEEKDAYS = tuple(name.lower() for name in day_name)
Days = Annotated[str, Arg("line", "How long", "Up to 7 days, for example “3 days”.", longest=100)]


def heard(ctx: Context, item: Item) -> None:
    """Note that the owner, or a lead for them, said something."""
    item.heard_at = ctx.scope.now
    item.status = "in_progress" if item.status == "not_started" else item.status


def sentence(ctx: Context, raw: dict[str, str]) -> None:
    """Read `30 June - waiting for IT` as a date and a reason."""
    parts = re.fullmatch(r"(.{3,60}?)\s*(?:\s[–—-]|[:;])\s+(.{3,})", raw.get("due", ""), re.DOTALL)
    if parts and "because" not in raw:
        calendar = meetings.calendar(ctx.scope, None)
        first, second = (isinstance(timescale.read(part, calendar), DueDate) for part in parts.groups())
        if first and not second:
            raw["due"], raw["because"] = parts.groups()


@command(
    "action update",
    may="update",
    title="Update",
    examples=("/lif action update SE-2026-014 Draft is with partners",),
    fits=refuse_finished,
)
def update(ctx: Context, item: Ref, text: Words, files: Files = "") -> Message:
    """Say how far an item has come."""
    before = log.picture(item)
    heard(ctx, item)
    keep_evidence(ctx, item, "", files)
    entry = changes.keep(ctx, item, before, kind="update", text=text)
    whose = "" if ownership.contributes(ctx, item) else changes.for_owner(ctx, item)
    said = f"Thank you, your update to {item.ref} is noted.{whose}"
    return changes.answer(ctx, item, entry, said + changes.still_declined(ctx, item))


@command(
    "action done",
    may="update",
    title="Done",
    examples=("/lif action done SE-2026-014 Training delivered 12 May",),
    fits=refuse_done,
)
def done(ctx: Context, item: Ref, text: Proof = "", files: Files = "") -> Message:
    """Say that an item is done, with what shows it; the group's chair then signs it off."""
    if ownership.contributes(ctx, item):
        keep_evidence(ctx, item, "", files)
        return ownership.part_done(ctx, item, text or named(files))
    before = log.picture(item)
    heard(ctx, item)
    item.status = "complete"
    changes.wait_for(ctx, item, "sign_off")
    changes.pause_clock(ctx, item)
    keep_evidence(ctx, item, text, files)
    entry = changes.keep(ctx, item, before, kind="done", text=text or named(files))
    has_spread = item.kind == PRACTICE
    is_so = "has spread" if has_spread else "is complete"
    said = f"Thank you. {item.ref} {is_so} and waits for sign-off.{changes.for_owner(ctx, item)}"
    if text or items.evidence(ctx.scope, item):
        return changes.answer(ctx, item, entry, said)
    return changes.answer(ctx, item, entry, said, Say(SHOWS[has_spread]), asks="evidence")


@command(
    "action evidence", may="report", title="Evidence", examples=("/lif action evidence SE-2026-014 40 staff trained",)
)
def evidence(ctx: Context, item: Ref, text: Proof, files: Files = "") -> Message:
    """Add what shows that an item was done or made a difference."""
    before = log.picture(item)
    keep_evidence(ctx, item, text, files)
    item.heard_at = ctx.scope.now
    entry = log.write(ctx.scope, ctx.caller.id, "action evidence", item, before=before)
    return changes.answer(
        ctx, item, entry, f"Thank you, that is kept as evidence for {item.ref}.{changes.for_owner(ctx, item)}"
    )


@command(
    "action cannot",
    may="report",
    title="Cannot complete",
    examples=("/lif action cannot SE-2026-014 because the post is vacant instead we briefed all teams",),
    fits=refuse_done,
)
def cannot(ctx: Context, item: Ref, because: Reason, instead: Instead, files: Files = "") -> Message:
    """Say why an item cannot be completed and what was done instead; the group's chair then accepts it or not."""
    before = log.picture(item)
    heard(ctx, item)
    item.status = "not_completable"
    item.not_completable_reason, item.done_instead = because, instead
    keep_evidence(ctx, item, "", files)
    changes.wait_for(ctx, item, "acceptance")
    changes.pause_clock(ctx, item)
    entry = changes.keep(
        ctx, item, before, kind="cannot", text=f"{because.rstrip(' .')}. Instead: {instead}", why=because
    )
    who = changes.decider(ctx, item)
    said = f"Thank you for saying so. {who} is asked to accept that {item.ref} cannot be completed."
    return changes.answer(ctx, item, entry, said + changes.for_owner(ctx, item))


@command(
    "action extend",
    may="ask for time",
    title="More time",
    examples=("/lif action extend SE-2026-014 30 June because the policy is out for consultation",),
    sentence=sentence,
    fits=refuse_closed,
)
def extend(ctx: Context, item: Ref, due: When, because: Why) -> Message:
    """Ask for more time, or as the group's chair give it: a new date and the reason."""
    group = ctx.group_of(item)
    if ctx.may("decide", group, item):
        return redate(ctx, item, due, because)
    before = log.picture(item)
    heard(ctx, item)
    changes.wait_for(ctx, item, "more_time")
    item.proposed_due = due.said
    entry = changes.keep(ctx, item, before, kind="more_time", text=f"{say_date(due.on)}: {because}", why=because)
    who = changes.decider(ctx, item)
    said = f"Thank you. {who} is asked to move {item.ref} to {say_date(due.on)}; until then its date stands."
    return changes.answer(ctx, item, entry, said + changes.for_owner(ctx, item))


@command(
    "action snooze",
    may="report",
    title="Snooze",
    examples=("/lif action snooze SE-2026-014 3 days",),
    fits=refuse_closed,
)
def snooze(ctx: Context, item: Ref, how_long: Days = "3 days") -> Message:
    """Leave an item out of reminders for a few days; its date stands."""
    before = log.picture(item)
    wanted = _snooze_day(ctx, item, how_long)
    coming = meetings.next_meeting(ctx.scope, item.group_id)
    latest = latest_snooze(
        ctx.scope.today, local_day(coming.starts_at, ctx.scope.zone) if coming else None, ctx.scope.rules
    )
    item.snoozed_until = min(wanted, latest)
    entry = changes.keep(ctx, item, before)
    shorter = " That is as far as a snooze goes." if wanted > latest else ""
    said = f"I will come back to {item.ref} on {say_date(item.snoozed_until)}.{shorter} Its date stays as it is."
    return changes.answer(ctx, item, entry, said + changes.for_owner(ctx, item))


def _snooze_day(ctx: Context, item: Item, said: str) -> date:
    words = said.strip().lower()
    words = words.removeprefix("for ").removeprefix("until ")
    if re.fullmatch("[0-9]{1,3}", words):
        words = f"{words} days"
    if words in WEEKDAYS:
        ahead = (WEEKDAYS.index(words) - ctx.scope.today.weekday() - 1) % 7 + 1
        return ctx.scope.today + timedelta(days=ahead)
    read = timescale.read(words, meetings.calendar(ctx.scope, ctx.group_of(item)))
    if not isinstance(read, DueDate):
        raise LifError("I could not read how long. Type for example: snooze 3 days", field="how_long")
    return max(read.on, ctx.scope.today + timedelta(days=1))
