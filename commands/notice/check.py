"""The check: a second, named person confirms that a notice does no harm, or sends it back with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from commands.ask import field as field_of
from commands.context import Context
from commands.notice import answers, form
from commands.notice.add import likely_checker
from commands.notice.arguments import Because, Ref
from commands.setup.answers import opened as opens
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Button, Facts, Field, Form, Message
from lifbot.model import Notice, Person
from lifbot.notices import fingerprint
from lifbot.notices import publishing as saying
from lifbot.notices.dissemination import dissemination
from lifbot.policy.publishing import TICKS, confirmed_by_words, unconfirmed
from storage import notices as stored
from storage import publishing, records, stand_ins

Who = Annotated[Person, Arg("who", "Who checks it", "Somebody other than who wrote it.", keys=("by",))]


def asking(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that asks who checks a notice; whoever is likeliest is chosen."""
    notice = form.meant(ctx, raw)
    likely = likely_checker(ctx, notice) if notice else None
    chosen = raw.get("ask") or (f"@{likely.id}" if likely else "")
    fields = tuple(field_of(ctx, arg, chosen) for arg in check.args if arg.name == "ask")
    if notice is None:
        fields = (Field("notice", "Reference", value=raw.get("notice", "")), *fields)
    line = f"notice check {notice.ref}" if notice else "notice check"
    return Form("Ask for the check", line, fields, "Ask", intro=form.intro(ctx, notice) if notice else "")


@command(
    "notice check",
    may="write notice",
    title="Ask for the check",
    examples=("/lif notice check DN-2026-001 ask:@harry",),
    form=asking,
    replaces=True,
)
def check(ctx: Context, notice: Ref, ask: Who) -> Message:
    """Ask a second person, who did not write it, to check a notice; they see the whole of it."""
    answers.refuse_held(ctx, notice)
    answers.refuse_ended(notice)
    if notice.status != "draft" and not notice.proposed:
        raise LifError(f"{notice.ref} is checked already, so nothing was changed.")
    _refuse(ctx, notice, ask)
    before = records.picture(notice)
    notice.checker, notice.asked_at, notice.sent_back = ask.id, ctx.scope.now, None
    records.write(ctx.scope, ctx.caller.id, "notice check", notice, before=before)
    publishing.ask_to_check(ctx.scope, notice)
    publishing.look_again(ctx.scope, notice)
    said = f"{ask.name} is asked to check {notice.ref}, and sees the whole of it. You hear what they say."
    return answers.kept(ctx, notice, None, said)


def _refuse(ctx: Context, notice: Notice, person: Person) -> None:
    """Raise LifError for somebody who cannot be the second person, or does not hear now."""
    them = "You" if person.id == ctx.caller.id else person.name
    if stored.has_written(ctx.scope, notice, person.id):
        raise LifError(f"{them} wrote {notice.ref}, or part of it, so somebody else checks it. Who?", field="ask")
    standing = stand_ins.roll(ctx.scope)[person.id]
    if standing.away_until:
        until = say_date(standing.away_until)
        raise LifError(f"{them} is away until {until}. Please ask somebody else. Nothing was changed.", field="ask")
    if not standing.has_address:
        raise LifError(f"{them} is in no workspace. Please ask somebody else. Nothing was changed.", field="ask")


def confirming(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form with a tick for each statement; it knows which words its reader saw."""
    notice = form.meant(ctx, raw)
    yes = (("yes", "Yes, I confirm this"),)
    fields = tuple(Field(name, text, "tick", options=yes) for name, text in TICKS)
    if notice is None:
        return Form("Check a notice", "notice approve", (Field("notice", "Reference"), *fields), "Confirm")
    summary = stored.says(notice, proposed=True)["summary"]
    intro = f"{form.intro(ctx, notice)}. {clip(summary, 500)} {saying.CONFIRMED_BY}"
    line = f"notice approve {notice.ref} seen:{_seen(ctx, notice)}"
    return Form("Check a notice", line, fields, "Confirm", intro=intro)


def _seen(ctx: Context, notice: Notice) -> str:
    return fingerprint(dissemination(stored.view(ctx.scope, notice, proposed=True)))[:12]


@command(
    "notice approve",
    may="ask",
    title="Confirm the check",
    examples=("/lif notice approve DN-2026-001",),
    form=confirming,
    replaces=True,
)
def approve(
    ctx: Context,
    notice: Ref,
    confirm: Annotated[str, Arg("line", "What you confirm", "Their numbers.", longest=100, in_form=False)] = "",
    seen: Annotated[str, Arg("line", "As seen", longest=20, in_form=False)] = "",
) -> Message:
    """Confirm, as who was asked to check a notice, each statement about it; only then can it be published."""
    _refuse_others(ctx, notice)
    ticked = [name for name, value in ctx.incoming.fields if value.strip()]
    missing = unconfirmed([*ticked, *confirmed_by_words(confirm)])
    if missing and (ticked or confirm or ctx.incoming.kind == "form"):
        statement = dict(TICKS)[missing[0]]
        raise LifError(f"Not confirmed yet: “{statement}”. If it is not so, send the notice back.", field=missing[0])
    if missing:
        how = f"Once each is so, type: /lif notice approve {notice.ref} confirm:1,2,3,4,5"
        asked = opens(ctx, confirming(ctx, {"notice": notice.ref}), how)
        return Message((Facts(saying.statements()), *asked.blocks), asked.summary, form=asked.form)
    if seen and seen != _seen(ctx, notice):
        raise LifError(f"{notice.ref} was changed while the form was open. Please read it once more, then confirm.")
    return _confirmed(ctx, notice)


def _refuse_others(ctx: Context, notice: Notice) -> None:
    """Raise LifError unless the caller was asked to check it, and it still waits for that."""
    answers.refuse_held(ctx, notice)
    if answers.is_hidden(ctx, notice):
        raise LifError(f"There is no {notice.ref} here. Type /lif notice list to see the references.")
    answers.refuse_ended(notice)
    how = f"To ask somebody, type /lif notice check {notice.ref} ask:@name"
    if stored.has_written(ctx.scope, notice, ctx.caller.id):
        raise LifError(f"You wrote {notice.ref}, or part of it, so a second person checks it. {how}")
    if notice.status != "draft" and not notice.proposed:
        raise LifError(f"{notice.ref} is checked already, so nothing was changed.")
    if not stored.awaits_check(notice):
        raise LifError(f"Nobody is asked to check {notice.ref} at present, so nothing was changed. {how}")
    if notice.checker != ctx.caller.id:
        name = ctx.reader.name(notice.checker or "")
        raise LifError(f"{name} is asked to check {notice.ref}, so it is theirs to confirm. {how}")


def _confirmed(ctx: Context, notice: Notice) -> Message:
    before = records.picture(notice)
    is_edit = notice.status == "published"
    for name, value in notice.proposed.items():
        setattr(notice, name, value)
    notice.edited_at = ctx.scope.now if is_edit else None
    notice.status = "published" if is_edit else "checked"
    notice.proposed, notice.checked_at, notice.confirmed = {}, ctx.scope.now, [name for name, _ in TICKS]
    entry = records.write(ctx.scope, ctx.caller.id, "notice approve", notice, before=before)
    out = not is_edit and notice.publish_at is not None and notice.publish_at <= ctx.scope.now
    if out:
        checked = records.picture(notice)
        publishing.publish(ctx.scope, notice)
        records.write(ctx.scope, notice.author, "notice published", notice, before=checked)
    if is_edit:
        publishing.changed(ctx.scope, notice)
    publishing.look_again(ctx.scope, notice)
    what = "approved_edit" if is_edit else "approved_out" if out else "approved"
    publishing.tell_author(ctx.scope, notice, what, by=ctx.caller.id)
    said = f"Thank you. You have confirmed {notice.ref}; your name and the day are in the log."
    then = " Its change shows now wherever it was posted." if is_edit else " It is published." if out else ""
    return answers.kept(ctx, notice, None if out else entry, f"{said}{then}")


@command(
    "notice return",
    may="ask",
    title="Send it back",
    examples=("/lif notice return DN-2026-001 because the second line could identify a school",),
    replaces=True,
)
def send_back(ctx: Context, notice: Ref, because: Because) -> Message:
    """Send a notice back to its author with the reason, as who was asked to check it."""
    _refuse_others(ctx, notice)
    before = records.picture(notice)
    notice.sent_back = because
    entry = records.write(ctx.scope, ctx.caller.id, "notice return", notice, before=before, why=because)
    publishing.look_again(ctx.scope, notice)
    publishing.tell_author(ctx.scope, notice, "sent_back", by=ctx.caller.id)
    said = f"{notice.ref} goes back to {ctx.reader.name(notice.author)} with your reason. Thank you for looking."
    return answers.kept(ctx, notice, entry, said, buttons=(Button("Show", f"notice show {notice.ref}"),))
