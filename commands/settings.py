"""What somebody has set for themselves: the time of day of their reminders, and a weekly digest of their groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from commands.changes import undo_button
from commands.context import Context
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Button, Field, Fine, Form, Message, Say
from lifbot.model import LogEntry
from lifbot.notices.home import settings_line
from lifbot.policy import moments
from storage import log, outbox

HOURS = ("09:00", "10:00", "12:00", "14:00", "16:00")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?", re.IGNORECASE)
YES, NO = ("yes", "y", "on", "true"), ("no", "n", "off", "false")
ALONE = "Only you can see this answer."


def hours(ctx: Context) -> list[str]:
    """Return the times of day to choose from: the partnership's own, and later ones."""
    rules = ctx.scope.rules
    first, end = rules.nudge_at.strftime("%H:%M"), rules.notices_between[1].strftime("%H:%M")
    return [first, *(each for each in HOURS if first < each < end)]


def form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Make the form with what is set now."""
    first = hours(ctx)[0]
    times = tuple((each, f"{each} (as the partnership has it)" if each == first else each) for each in hours(ctx))
    digest = (("no", "No"), ("yes", "Yes, as a message to me"))
    fields = (
        Field("reminders", "Reminders at", "choice", options=times, value=raw.get("reminders") or _own(ctx)),
        Field("digest", "Weekly digest of my groups", "choice", options=digest, value=_digest(ctx)),
    )
    return Form("My settings", "settings", fields, intro="One message a day at most, on working days, at your time.")


def _own(ctx: Context) -> str:
    own = moments.own_hour(ctx.caller.nudge_at, ctx.scope.rules).strftime("%H:%M")
    return own if own in hours(ctx) else hours(ctx)[0]


def _digest(ctx: Context) -> str:
    return "yes" if ctx.caller.wants_digest else "no"


@command(
    "settings",
    may="ask",
    title="My settings",
    examples=("/lif settings", "/lif settings reminders:14:00 digest:yes"),
    form=form,
)
def settings(
    ctx: Context,
    reminders: Annotated[str, Arg("line", "Reminders at", "09:00 or later, for example 14:00.", longest=20)] = "",
    digest: Annotated[str, Arg("line", "Weekly digest as a message", "yes or no.", longest=10)] = "",
) -> Message:
    """Show or change your own settings: when reminders come, and a weekly digest of your groups as a message."""
    if not reminders and not digest:
        return Message((*_shown(ctx), Fine(ALONE)), summary="Your settings", form=form(ctx, {}))
    person = ctx.caller
    before = {"nudge_at": person.nudge_at, "wants_digest": person.wants_digest}
    if reminders:
        at = _hour(ctx, reminders)
        person.nudge_at = None if at == hours(ctx)[0] else at
    if digest:
        person.wants_digest = _yes(digest)
    entry = _keep(ctx, before)
    text = f"Your settings are saved. {settings_line(_own_now(ctx), person.wants_digest)}"
    return Message((Say(text), Fine(ALONE), Ask("", (undo_button(entry),))), summary=text)


def _shown(ctx: Context) -> tuple[Say, Ask]:
    others = tuple(
        Button(f"Reminders at {each}", f"settings reminders:{each}") for each in hours(ctx) if each != _own(ctx)
    )
    other = Button("No digest", "settings digest:no") if ctx.caller.wants_digest else None
    button = other or Button("Weekly digest as a message", "settings digest:yes")
    away = Button("I’ll be away…", "form person away")
    return Say(settings_line(_own_now(ctx), ctx.caller.wants_digest)), Ask("Change it:", (*others, button, away))


def _own_now(ctx: Context) -> str:
    return moments.own_hour(ctx.caller.nudge_at, ctx.scope.rules).strftime("%H:%M")


def _hour(ctx: Context, said: str) -> str:
    """Read a time of day: one that is offered, or any other at which reminders may come."""
    allowed, found = hours(ctx), CLOCK.fullmatch(said.strip())
    hour, minute, half = (int(found[1]), found[2] or "00", (found[3] or "").lower()) if found else (99, "00", "")
    at = f"{hour % 12 + (12 if half == 'pm' else 0) if half else hour:02d}:{minute}"
    end = ctx.scope.rules.notices_between[1].strftime("%H:%M")
    if not allowed[0] <= at < end or minute > "59":
        raise LifError(
            f"Reminders come at {allowed[0]} or later, before {end}. Type for example: /lif settings reminders:14:00",
            field="reminders",
        )
    return at


def _yes(said: str) -> bool:
    if said.strip().lower() not in (*YES, *NO):
        raise LifError("A weekly digest: yes or no? Type for example: /lif settings digest:yes", field="digest")
    return said.strip().lower() in YES


def _keep(ctx: Context, before: Mapping[str, Any]) -> LogEntry:
    """Keep what was set; today's reminder that waits for its hour comes at the new one."""
    person = ctx.caller
    ctx.scope.add(person)
    entry = log.write(ctx.scope, person.id, "settings", about=f"person {person.id}")
    entry.before = dict(before)
    entry.after = {"nudge_at": person.nudge_at, "wants_digest": person.wants_digest}
    ctx.scope.add(entry)
    now = ctx.scope.now
    outbox.move_nudges(ctx.scope, person.id, moments.late_ok_for(now, person.nudge_at, ctx.scope.rules, ctx.scope.zone))
    return entry


def taken_back(ctx: Context, done: LogEntry) -> Message:
    """Put one's settings back to what they were."""
    person = ctx.caller
    now = {"nudge_at": person.nudge_at, "wants_digest": person.wants_digest}
    if done.about != f"person {person.id}" or now != done.after:
        raise LifError("Your settings have changed since, so that cannot be undone. Type /lif settings")
    person.nudge_at, person.wants_digest = done.before["nudge_at"], done.before["wants_digest"]
    entry = _keep(ctx, now)
    entry.what, entry.undoes = "undo", done.id
    text = f"Undone. {settings_line(_own_now(ctx), person.wants_digest)}"
    return Message((Say(text), Fine(ALONE)), summary=text)
