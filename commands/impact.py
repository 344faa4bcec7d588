"""The difference that actions made: what owners answer some months after sign-off, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from commands import changes
from commands.arguments import Ref
from commands.bind import Due
from commands.context import Context
from commands.files import Files, keep_evidence
from commands.impact_form import impact_form
from lifbot import grammar
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.kinds import a_kind
from lifbot.links import first_in
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, Message, Say
from lifbot.model import Impact, Item, LogEntry
from lifbot.policy import impact, rights
from lifbot.policy.moments import nudge_on
from storage import asked as asked_of
from storage import impacts, items, log, records

Difference = Annotated[
    str,
    Arg("text", "What difference did it make?", "For children, families and staff.", keys=("what-difference",)),
]
Embedded = Annotated[str, Arg("choice", "Is it how people work now?", options=impact.EMBEDDED)]
HowMuch = Annotated[str, Arg("text", "How much did we do?", "For example: 40 staff in six teams.")]
HowWell = Annotated[str, Arg("text", "How well did we do it?", "For example: nine in ten would recommend it.")]
EvidenceType = Annotated[str, Arg("line", "Kind of evidence", "For example: multi-agency audit.", longest=100)]
Shows = Annotated[str, Arg("text", "What shows it", "Words, or a link to it.", longest=1000)]
Voice = Annotated[
    str, Arg("text", "How did children’s and families’ views shape it?", "No names, please.", keys=("views",))
]
Assumption = Annotated[
    str, Arg("text", "Which assumption changed?", "What did we take for granted that was not so?", longest=600)
]
Recheck = Annotated[
    Due | None, Arg("when", "Look at it again on", "Where it is not all there yet.", keys=("re-check",))
]
MEANT = {
    "yes": "embedded",
    "fully": "embedded",
    "in part": "partly",
    "partially": "partly",
    "partly embedded": "partly",
}
MEANT |= dict.fromkeys(("no", "not", "not embedded", "not yet embedded"), "not_yet")
MOST = 12  # answers shown of one item


def refuse_unsigned(ctx: Context, item: Item) -> None:
    """Raise LifError for what is not signed off, or is of a kind that nobody asks about."""
    if item.kind not in impact.TOLD_OF:
        raise LifError(f"{item.ref} is {a_kind(item.kind)}; the difference is told of actions. Nothing was changed.")
    if item.signed_off_on is None:
        how = f"To say how it goes, type /lif action update {item.ref} and your words."
        raise LifError(f"{item.ref} is not signed off, so its difference is not told yet. {how}")


def sentence(ctx: Context, raw: dict[str, str]) -> None:
    """Let “impact” without a reference be about the one item that was asked about, and “yes” mean embedded."""
    said = raw.get("embedded", "").strip(" .").lower()
    raw |= {"embedded": MEANT[said]} if said in MEANT else {}
    if raw.get("item") and items.find(ctx.scope, raw["item"], ctx.here):
        return
    asked = asked_of.last(ctx.scope, ctx.caller.id, ctx.incoming)
    rows = (records.named(ctx.scope, name) for name in (asked.records if asked else ()) if name.startswith("impact "))
    found = {item.ref for row in rows if row and (item := ctx.scope.get(Item, row.item_id))}
    if len(found) == 1:
        number = raw.get("item", "")
        raw["difference"] = " ".join(part for part in (number, raw.get("difference", "")) if part)
        raw["item"] = found.pop()


@command(
    "impact",
    may="report",
    title="What difference it made",
    examples=(
        "/lif impact SE-2026-014 Re-referrals fell from 22% to 15% embedded:partly",
        "/lif impact SE-2026-014 Staff ask earlier embedded:yes evidence-type:single agency audit views:young people "
        "wrote the questions",
    ),
    sentence=sentence,
    fits=refuse_unsigned,
    form=impact_form,
)
def answer(
    ctx: Context,
    item: Ref,
    difference: Difference,
    embedded: Embedded,
    how_much: HowMuch = "",
    how_well: HowWell = "",
    evidence_type: EvidenceType = "",
    evidence: Shows = "",
    voice: Voice = "",
    assumption: Assumption = "",
    recheck: Recheck = None,
    files: Files = "",
) -> Message:
    """Say what difference a signed-off action has made, and whether it is how people work now."""
    given = {"difference": difference, "embedded": embedded, "how_much": how_much, "how_well": how_well}
    given |= {"evidence_type": evidence_type, "evidence": evidence, "voice": voice, "assumption": assumption}
    before = log.picture(item)
    item.impact, item.embedded = difference, embedded
    keep_evidence(ctx, item, evidence, files)
    text = f"{difference.rstrip(' .')}. {impact.STATES[embedded].capitalize()}."
    entry = changes.keep(ctx, item, before, kind="impact", text=text)
    url = first_in(evidence) or first_in(files)
    _answered(ctx, item, entry, {**given, "url": url or ""})
    following = _look_again(ctx, item, embedded, recheck, entry)
    if embedded == "not_yet":
        changes.tell(ctx, ctx.group_of(item).chair, item, "not_embedded")
    said = f"Thank you. {item.ref}: {impact.STATES[embedded]}.{following}{changes.for_owner(ctx, item)}"
    return changes.answer(ctx, item, entry, said, *_what_next(ctx, item, difference))


def _answered(ctx: Context, item: Item, entry: LogEntry, given: Mapping[str, str]) -> None:
    """Keep the answer to the question that was asked, or one that nobody asked for yet."""
    asked = impacts.asked(ctx.scope, item)
    impacts.withdraw(ctx.scope, ctx.caller.id, asked[:-1], entry)
    new = {"item_id": item.id, "months": 0, "ask_on": ctx.scope.today, "person": item.owner}
    row = asked[-1] if asked else ctx.scope.new(Impact, **new)
    before = records.picture(row) if asked else None
    for name, value in given.items():
        setattr(row, name, value or None)
    row.status, row.answered_at, row.by, row.look_again_at = "answered", ctx.scope.now, ctx.caller.id, None
    records.write(ctx.scope, ctx.caller.id, entry.what, row, before=before, belongs_to=entry)


def _look_again(ctx: Context, item: Item, embedded: str, recheck: Due | None, entry: LogEntry) -> str:
    """Plan the day on which it is asked again, where one was named or it is partly embedded; say which."""
    coming = [row.ask_on for row in impacts.waiting(ctx.scope, item)]
    day: date | None = recheck.on if recheck else impact.recheck_on(embedded, ctx.scope.today, coming)
    if day and day not in coming and item.signed_off_on:
        months = impact.months_between(item.signed_off_on, day)
        impacts.plan(ctx.scope, ctx.caller.id, item, months, day, entry)
        coming = [*coming, day]
    return f" I will ask again on {say_date(min(coming))}." if coming else ""


def _what_next(ctx: Context, item: Item, difference: str) -> tuple[Block, ...]:
    """What usually follows where it is not embedded yet: opening it again, or an action of its own."""
    if item.embedded != "not_yet":
        return ()
    group, found = ctx.group_of(item), []
    because = clip(f"not yet embedded: {difference}", 300)
    if ctx.may("decide", group, item):
        found.append(Button("Reopen it…", grammar.line("form action reopen", item.ref, because=because)))
    if ctx.may("log", group):
        line = grammar.line("form action add", group=group.id, parent=item.ref, source=item.source)
        found.append(Button("Log an action…", line))
    if found:
        return (Ask("What would help it to take hold?", tuple(found)),)
    return (Say("The group’s chair is told, and can open it again or log an action. Thank you for saying so."),)


def refuse_unasked(ctx: Context, item: Item) -> None:
    """Raise LifError where nothing is asked about an item now."""
    refuse_unsigned(ctx, item)
    if not impacts.asked(ctx.scope, item):
        coming = impacts.waiting(ctx.scope, item)
        when = f" You are asked on {say_date(coming[0].ask_on)}." if coming else ""
        raise LifError(f"Nothing is asked about {item.ref} now, so nothing was changed.{when}")


@command(
    "impact later",
    may="report",
    title="Ask me in a month",
    examples=("/lif impact later SE-2026-014",),
    fits=refuse_unasked,
)
def later(ctx: Context, item: Ref) -> Message:
    """Let the question what difference it made come back in a month."""
    row = impacts.asked(ctx.scope, item)[-1]
    before = records.picture(row)
    row.ask_on = impact.later(ctx.scope.today, impact.A_MONTH)
    row.chased, row.nudged_on = 0, None
    row.look_again_at = nudge_on(row.ask_on, ctx.scope.rules, ctx.scope.zone)
    entry = records.write(ctx.scope, ctx.caller.id, "impact later", row, before=before)
    said = f"I will ask about {item.ref} again on {say_date(row.ask_on)}."
    return Message((Say(said), Ask("", (changes.undo_button(entry),))), summary=said)


@command("impact show", may="ask", title="Difference made", examples=("/lif impact show SE-2026-014",))
def show(ctx: Context, item: Ref) -> Message:
    """Show what difference an item made: every answer, what it was to show, and when it is asked next."""
    if not ctx.may("see", ctx.group_of(item), item):
        raise LifError(f"{item.ref} can be seen by {rights.who_may('see')}.")
    blocks: list[Block] = [Heading(f"What difference {item.ref} made"), Say(clip(item.text, 300))]
    if item.success_criteria:
        blocks.append(Say(f"Agreed as success: {item.success_criteria}"))
    told = impacts.answers(ctx.scope, item)
    blocks += [Facts(_told(ctx, row)) for row in told[-MOST:]]
    if not told:
        blocks.append(Say("Nothing has been answered yet."))
    if coming := [row.ask_on for row in impacts.waiting(ctx.scope, item) if not row.chased]:
        blocks.append(Say(f"Its owner is asked on {say_date(coming[0])}."))
    if item.signed_off_on and item.kind in impact.TOLD_OF and ctx.may("report", ctx.group_of(item), item):
        blocks.append(Ask("", (Button("Answer…", f"form impact {item.ref}"),)))
    return Message((*blocks, Fine("Only you can see this answer.")), summary=f"{item.ref}: what difference it made")


def _told(ctx: Context, row: Impact) -> tuple[tuple[str, str], ...]:
    day = say_date(local_day(row.answered_at, ctx.scope.zone)) if row.answered_at else ""
    pairs = (
        ("Answered", f"{day}, by {ctx.reader.name(row.by)}"),
        ("How much did we do", row.how_much),
        ("How well did we do it", row.how_well),
        ("What difference did it make", row.difference),
        ("Embedded", impact.STATES.get(row.embedded or "", "").capitalize()),
        ("Evidence", ". ".join(part for part in (row.evidence_type, row.evidence) if part)),
        ("Children’s and families’ views", row.voice),
        ("An assumption that changed", row.assumption),
    )
    return tuple((name, value) for name, value in pairs if value)
