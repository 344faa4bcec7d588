"""What the business unit notes of a published notice: where else it was published, and how often it was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from commands.context import Context
from commands.notice import answers, form, reading
from commands.notice.arguments import Ref
from commands.setup.answers import opened as opens
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Field, Form, Message, Say
from lifbot.model import Notice
from lifbot.timescale import DueDate, read
from storage import meetings, records
from storage import notices as stored

COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\s+(?:hits?|views?|times|visits?|readers?))?\W*", re.IGNORECASE)


@command(
    "notice hits",
    may="write notice",
    title="How often it was read",
    examples=("/lif notice hits DN-2026-001 240",),
)
def hits(ctx: Context, notice: Ref, count: Annotated[str, Arg("line", "Hits so far", longest=40)]) -> Message:
    """Note how often a notice was read so far, as the website counts it."""
    _refuse_unpublished(ctx, notice)
    said = COUNT.fullmatch(count.strip())
    if said is None:
        raise LifError(f"Please type a number: /lif notice hits {notice.ref} 240. Nothing was changed.", field="count")
    before, was = records.picture(notice), notice.hits
    notice.hits, notice.hits_on = int(said[1].replace(",", "")), ctx.scope.today
    entry = records.write(ctx.scope, ctx.caller.id, "notice hits", notice, before=before)
    earlier = f" Before it was {was:,}." if was is not None and was != notice.hits else ""
    text = f"{notice.ref} was read {notice.hits:,} times by {say_date(notice.hits_on)}.{earlier}"
    return answers.kept(ctx, notice, entry, text)


def where_after(ctx: Context, raw: dict[str, str]) -> None:
    """Read "DN-2026-001 website" and "DN-2026-001 in the newsletter"."""
    raw |= (
        {"where": re.sub(r"^(?:in|on|to|with)\s+(?:the\s+)?", "", raw["where"], flags=re.I)} if raw.get("where") else {}
    )


def placing(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that asks where else a notice was published: what is left of its list comes first."""
    notice = form.meant(ctx, raw)
    names = dict(stored.channels(ctx.scope))
    wanted = [*(notice.channels if notice else ()), *names]
    left = [id for id in dict.fromkeys(wanted) if notice is None or id not in notice.placed]
    options = tuple((id, names.get(id, id)[: form.OPTION]) for id in left)
    hint = "Or, for learning that goes to others: the name of the partnership that got it."
    fields = [Field("where", "It is published in", "choice", required=False, options=options)] if options else []
    fields += [Field("other", "Somewhere else", "line", required=False, hint=hint, max_length=100)]
    fields += [Field("day", "On", "date", required=False, value=ctx.scope.today.isoformat())]
    ref = notice.ref if notice else raw.get("notice", "")
    return Form(
        "Also published in", f"notice placed {ref}", tuple(fields), intro=form.intro(ctx, notice) if notice else ""
    )


@command(
    "notice placed",
    may="write notice",
    title="Also published in",
    examples=("/lif notice placed DN-2026-001 website", "/lif notice placed DN-2026-001 newsletter day:3 March"),
    sentence=where_after,
    form=placing,
    replaces=True,
)
def placed(
    ctx: Context,
    notice: Ref,
    where: Annotated[str, Arg("line", "It is published in", longest=100)] = "",
    day: Annotated[str, Arg("line", "On", "Today, unless you say.", longest=40)] = "",
) -> Message:
    """Tick off that a notice is on the website, in the newsletter, or went to another partnership: who, and when."""
    _refuse_unpublished(ctx, notice)
    said = dict(ctx.incoming.fields).get("other", "").strip() or where
    if not said:
        how = f"Where? Type for example: /lif notice placed {notice.ref} website"
        return opens(ctx, placing(ctx, {"notice": notice.ref}), how)
    id, on = reading.channel(ctx, said), _day(ctx, notice, day)
    before = records.picture(notice)
    done = {"by": ctx.caller.id, "on": on.isoformat(), "said": say_date(on)}
    notice.placed = {**notice.placed, id: done}
    entry = records.write(ctx.scope, ctx.caller.id, "notice placed", notice, before=before)
    names = dict(stored.channels(ctx.scope))
    left = [names.get(each, each) for each in notice.channels if each not in notice.placed]
    rest = Say(f"Still to come: {', '.join(left)}." if left else "Nothing is left on its list.")
    return answers.kept(ctx, notice, entry, f"Noted: {notice.ref}, {names.get(id, id)}, {say_date(on)}.", rest)


def _day(ctx: Context, notice: Notice, said: str) -> date:
    """Read a day since the notice was written; today where none is said."""
    if not said:
        return ctx.scope.today
    since = replace(meetings.calendar(ctx.scope, None), today=local_day(notice.created_at, ctx.scope.zone))
    found = read(said, since)
    if not isinstance(found, DueDate) or found.on > ctx.scope.today:
        raise LifError("On which day was that? For example day:3 March. Nothing was changed.", field="day")
    return found.on


def _refuse_unpublished(ctx: Context, notice: Notice) -> None:
    answers.refuse_held(ctx, notice)
    if notice.status not in stored.OUT:
        raise LifError(f"{notice.ref} is {notice.status}, not published, so nothing was changed.")
