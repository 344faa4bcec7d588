"""A checked notice goes out, now or at a time; it is withdrawn, or closed once its cascade is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from commands.context import Context
from commands.notice import answers, form, reading
from commands.notice.arguments import Because, Ref
from lifbot.calendar import say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Button, Field, Form, Message
from lifbot.model import Notice
from lifbot.policy.moments import notice_moment
from storage import notices as stored
from storage import publishing, records


def at_time(ctx: Context, raw: dict[str, str]) -> None:
    """Read "DN-2026-001 at 6 March 09:00" as typed with a key."""
    raw |= {"at": re.sub(r"^(?:at|on)\s+", "", raw["at"])} if raw.get("at") else {}


def when(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that asks at what time a notice is published."""
    notice = form.meant(ctx, raw)
    hint = "For example 6 March 2026 09:00. It goes out at exactly that time."
    fields = (Field("at", "Publish it at", "line", hint=hint, value=raw.get("at", ""), max_length=60),)
    ref = (Field("notice", "Reference", value=raw.get("notice", "")),) if notice is None else ()
    line = f"notice publish {notice.ref}" if notice else "notice publish"
    above = form.intro(ctx, notice) if notice else ""
    return Form("Publish at a time", line, (*ref, *fields), "Save", intro=above)


@command(
    "notice publish",
    may="write notice",
    title="Publish a notice",
    examples=("/lif notice publish DN-2026-001", "/lif notice publish DN-2026-001 at:6 March 09:00"),
    sentence=at_time,
    form=when,
    replaces=True,
)
def publish(
    ctx: Context, notice: Ref, at: Annotated[str, Arg("line", "Publish it at", "Now, unless you say.", longest=60)] = ""
) -> Message:
    """Publish a checked notice, now or at a time: into its channels, and to each agency's learning link."""
    if ctx.incoming.kind == "form" and not at:
        raise LifError("At what time? Please give one that is ahead. Nothing was changed.", field="at")
    answers.refuse_held(ctx, notice)
    if notice.status == "published":
        on = say_date(notice.published_at.astimezone(ctx.scope.zone).date()) if notice.published_at else ""
        raise LifError(f"{notice.ref} is published already, since {on}. Nothing was changed.")
    answers.refuse_ended(notice)
    if at.strip().lower() in reading.NOTHING:
        return _planned(ctx, notice, None)
    if notice.status != "checked":
        raise LifError(
            f"{notice.ref} is not checked yet, so it is not published. "
            f"To ask a second person, type /lif notice check {notice.ref} ask:@name",
        )
    if at and at.strip().lower() != "now":
        return _planned(ctx, notice, reading.ahead(ctx, at, "at"))
    return _out(ctx, notice)


def _planned(ctx: Context, notice: Notice, moment: datetime | None) -> Message:
    before = records.picture(notice)
    notice.publish_at = moment
    entry = records.write(ctx.scope, ctx.caller.id, "notice schedule", notice, before=before)
    publishing.look_again(ctx.scope, notice)
    said = stored.said_time(ctx.scope, notice) or "It has no time any more: you publish it yourself."
    return answers.kept(ctx, notice, entry, f"{notice.ref}: {said}")


def _out(ctx: Context, notice: Notice) -> Message:
    before = records.picture(notice)
    publishing.publish(ctx.scope, notice)
    records.write(ctx.scope, ctx.caller.id, "notice publish", notice, before=before)
    publishing.tell_author(ctx.scope, notice, "published_by", by=ctx.caller.id)
    opens = notice_moment(ctx.scope.now, ctx.scope.rules, ctx.scope.zone)
    later = f" It is posted when the hours for notices begin, on {say_moment(opens, ctx.scope.zone)}."
    said = f"{notice.ref} is published. {_whither(ctx, notice)}{later if opens > ctx.scope.now else ''}"
    buttons = (Button("Show", f"notice show {notice.ref}"), Button("Withdraw…", f"form notice withdraw {notice.ref}"))
    return answers.kept(ctx, notice, None, said, buttons=buttons)


def _whither(ctx: Context, notice: Notice) -> str:
    """Say where a notice goes."""
    known = [ctx.reader.groups[id] for id in notice.groups if id in ctx.reader.groups]
    places = [group.name for group in known if group.slack_channel or group.teams_channel]
    links = len(notice.agencies)
    where = f"It goes into the channel of {', '.join(places)}." if places else "It goes into no channel."
    many = "1 agency is" if links == 1 else f"{links} agencies are"
    asked = f" {many} asked to cascade it by {say_date(notice.cascade_by)}." if links else ""
    return f"{where}{asked}"


@command(
    "notice withdraw",
    may="write notice",
    title="Withdraw a notice",
    examples=("/lif notice withdraw DN-2026-001 because the guidance has changed",),
    replaces=True,
)
def withdraw(ctx: Context, notice: Ref, because: Because) -> Message:
    """Take a notice back: every post and message says so in place, and nobody is asked about it any more."""
    if stored.is_held(ctx.scope, notice) and not ctx.may("hold", None):
        answers.refuse_held(ctx, notice)
    if notice.status == "withdrawn":
        raise LifError(f"{notice.ref} is withdrawn already, so nothing was changed.")
    was_out = notice.published_at is not None
    publishing.withdraw(ctx.scope, notice, ctx.caller.id, because)
    said = f"{notice.ref} is withdrawn. "
    said += (
        "Its posts and messages say so, and no agency is asked about it any more." if was_out else "It went to nobody."
    )
    return answers.kept(ctx, notice, None, said)


@command(
    "notice close",
    may="write notice",
    title="Close a notice",
    examples=("/lif notice close DN-2026-001",),
    replaces=True,
)
def close(ctx: Context, notice: Ref) -> Message:
    """Close a published notice once its cascade is done: it stays to be read, and nobody is chased any more."""
    answers.refuse_held(ctx, notice)
    answers.refuse_ended(notice)
    if notice.status != "published":
        raise LifError(f"{notice.ref} is not published yet. To take it back, type /lif notice withdraw {notice.ref}")
    before = records.picture(notice)
    notice.status, notice.closed_at, notice.look_again_at, notice.proposed = "closed", ctx.scope.now, None, {}
    entry = records.write(ctx.scope, ctx.caller.id, "notice close", notice, before=before)
    publishing.changed(ctx.scope, notice)
    return answers.kept(ctx, notice, entry, f"{notice.ref} is closed. It stays to be read; nobody is chased.")
