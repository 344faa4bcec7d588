"""Challenges: any partner asks an agency or a group to respond; what remains is discussed, then goes to the chair."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from commands import changes
from commands.action import add as adding
from commands.action import escalation
from commands.action.decide import sign
from commands.arguments import InGroup, Ref, Scope, When
from commands.challenge_log import beside, challenged
from commands.challenge_to import form, meant_by, who_responds
from commands.context import Context
from commands.names import default_group, group
from lifbot import timescale
from lifbot.calendar import local_day, next_working_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import CHALLENGE
from lifbot.message import Ask, Block, Button, Fine, ItemCard, Message, Say
from lifbot.model import Agency, Challenge, Group, Item, LogEntry
from lifbot.notices import challenge as shown_as
from lifbot.policy.challenge import LIVING
from storage import challenges, escalations, items, log, meetings, records, requests

Text = Annotated[
    str, Arg("text", "Challenge", "What are they asked about how they work? Never a child's or a family's case.")
]
To = Annotated[str, Arg("line", "To", "An agency or a group.", longest=100)]
Response = Annotated[str, Arg("text", "Response", "Leave out names and case details.", longest=3000)]
Because = Annotated[
    str, Arg("text", "Because", "What settles it, or what is still open?", leads=("because",), keys=("because",))
]
Said = Annotated[str, Arg("text", "What was said", "At the meeting, in a sentence or two.")]


def sentence(ctx: Context, raw: dict[str, str]) -> None:
    """Refuse what is about a case before anything is kept; read the date, and whose log it is."""
    changes.refuse_case(raw.get("text", ""))
    meant = meant_by(ctx, raw["to"]) if raw.get("to") else None
    if isinstance(meant, Group):
        raw["group"] = meant.id  # it stands in the log of the group that is challenged
    owning = group(ctx, raw["group"]) if raw.get("group") else default_group(ctx)
    if "due" not in raw:
        taken = timescale.take_from(raw.get("text", ""), meetings.calendar(ctx.scope, owning))
        if taken and taken[0].strip():
            raw["text"], raw["due"] = taken


@command(
    "challenge add",
    may="raise challenge",
    title="Raise a challenge",
    examples=("/lif challenge add How do you know that supervision reaches night staff? to:police due:next meeting",),
    sentence=sentence,
    form=form,
    replaces=True,
)
def add(ctx: Context, text: Text, to: To, due: When, group: InGroup, scope: Scope = "") -> Message:
    """Ask an agency or group to respond to a challenge: never about a child's case, which has its local procedure."""
    whom = meant_by(ctx, to)
    owner = who_responds(ctx, whom)
    agency = whom.id if isinstance(whom, Agency) else None
    item = adding.made(ctx, CHALLENGE, text, owner, due, group, agency=agency, scope=scope or None)
    ctx.scope.add(item)
    entry = log.write(ctx.scope, ctx.caller.id, "challenge add", item, is_new=True)
    row = ctx.scope.new(
        Challenge,
        item_id=item.id,
        raised_by=ctx.caller.id,
        raised_agency=ctx.caller.agency,
        to_agency=agency,
        to_group=whom.id if isinstance(whom, Group) else None,
    )
    records.write(ctx.scope, ctx.caller.id, "challenge add", row, belongs_to=entry)
    changes.tell(ctx, owner, item, "challenged")
    ctx.__dict__.pop("reader", None)
    said = f"Saved as {item.ref}, due {say_date(item.due_on)}. {whom.name} is asked to respond."
    return _answer(ctx, item, entry, said, Say("You are told when there is a response."))


def _answer(ctx: Context, item: Item, entry: LogEntry, said: str, *more: Block) -> Message:
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.line(named=False, today=ctx.scope.today), view.brag_word)
    buttons = (Button("Show", f"challenge show {item.ref}"), changes.undo_button(entry))
    return Message((Say(said), card, *more, Fine(changes.SEEN_BY), Ask("", buttons)), said)


def is_living(ctx: Context, item: Item) -> None:
    """Raise LifError unless it is a challenge that is open."""
    row = beside(ctx, item)
    stands = challenges.state(ctx.scope, item, row)
    if stands not in LIVING:
        raise LifError(f"{item.ref} is {stands} already, so nothing was changed.")


@command(
    "challenge respond",
    may="ask",
    title="Respond",
    examples=("/lif challenge respond SE-2026-014 Night staff have had supervision each month since May",),
    fits=is_living,
)
def respond(ctx: Context, item: Ref, text: Response) -> Message:
    """Respond to a challenge for your agency or group; who raised it is told."""
    changes.refuse_case(text)
    row, group = beside(ctx, item), ctx.group_of(item)
    if not (ctx.may("report", group, item) or requests.speaks_for(ctx.scope, ctx.caller.id, row.to_agency)):
        raise LifError(f"{challenges.to_whom(ctx.scope, row)} responds to {item.ref}. Nothing was changed.")
    before, was = log.picture(item), records.picture(row)
    item.heard_at = ctx.scope.now
    if item.status in items.OPEN:
        item.status = "complete"
        changes.pause_clock(ctx, item)
    changes.wait_for(ctx, item, "response")
    row.responded_at, row.responded_by, row.response = ctx.scope.now, ctx.caller.id, text
    row.outcome = row.outcome_reason = row.outcome_by = row.outcome_at = None
    entry = changes.keep(ctx, item, before, kind="update", text=f"Response: {text}")
    records.write(ctx.scope, ctx.caller.id, "challenge respond", row, before=was, belongs_to=entry)
    changes.tell(ctx, row.raised_by, item, "responded")
    return _answer(ctx, item, entry, f"Thank you. The response to {item.ref} is recorded, and who raised it is told.")


def _decides(ctx: Context, item: Item, row: Challenge) -> None:
    """Raise LifError unless somebody raised the challenge or leads the group, and is not who was to respond."""
    if ctx.caller.id != row.raised_by:
        ctx.require("decide", ctx.group_of(item), item)


def _outcome(ctx: Context, row: Challenge, outcome: str, because: str) -> None:
    row.outcome, row.outcome_reason = outcome, because
    row.outcome_by, row.outcome_at = ctx.caller.id, ctx.scope.now


@command(
    "challenge resolved",
    may="ask",
    title="Resolved",
    examples=("/lif challenge resolved SE-2026-014 because the figures show it",),
    fits=is_living,
)
def resolved(ctx: Context, item: Ref, because: Because) -> Message:
    """Say that a challenge is resolved, and why."""
    changes.refuse_case(because, "because")
    row = beside(ctx, item)
    _decides(ctx, item, row)
    before, was = log.picture(item), records.picture(row)
    item.status = "complete"
    sign(ctx, item)
    _outcome(ctx, row, "resolved", because)
    entry = changes.keep(ctx, item, before, kind="signed_off", text=f"Resolved: {because}", why=because)
    records.write(ctx.scope, ctx.caller.id, "challenge resolved", row, before=was, belongs_to=entry)
    for person in dict.fromkeys((item.owner, row.raised_by)):
        changes.tell(ctx, person, item, "resolved")
    return _answer(ctx, item, entry, f"{item.ref} is resolved. Thank you.")


@command(
    "challenge remains",
    may="ask",
    title="Still remains",
    examples=("/lif challenge remains SE-2026-014 because the figures are a year old",),
    fits=is_living,
)
def remains(ctx: Context, item: Ref, because: Because) -> Message:
    """Say that a challenge remains: it goes to the next agenda, and after the discussion to the partnership chair."""
    changes.refuse_case(because, "because")
    row, group = beside(ctx, item), ctx.group_of(item)
    _decides(ctx, item, row)
    if row.responded_at is None and item.due_on >= ctx.scope.today:
        raise LifError(
            f"{item.ref} has no response yet; it is asked for by {say_date(item.due_on)}. Nothing was changed."
        )
    before, was = log.picture(item), records.picture(row)
    if item.status not in items.OPEN:
        item.status = "in_progress"
        changes.resume_clock(ctx, item)
    changes.wait_for(ctx, item, None)
    _outcome(ctx, row, "remains", because)
    coming = meetings.next_meeting(ctx.scope, item.group_id)
    meets = local_day(coming.starts_at, ctx.scope.zone) if coming else None
    item.snoozed_until = next_working_day(meets) if meets else None  # it is the group's turn
    discussed = _is_discussed(ctx, item, row)
    to_chair = discussed and _to_chair(ctx, item, row)
    entry = changes.keep(ctx, item, before, kind="returned", text=f"Still remains: {because}", why=because)
    records.write(ctx.scope, ctx.caller.id, "challenge remains", row, before=was, belongs_to=entry)
    for person in dict.fromkeys((item.owner, row.raised_by)):
        changes.tell(ctx, person, item, "to_chair" if discussed else "remains")
    then = f"It goes to the next agenda of {group.name}, for discussion."
    if discussed:
        then = "The partnership chair is asked for help now." if to_chair else "It is with the partnership chair."
    return _answer(ctx, item, entry, f"{item.ref} still remains. {then}")


def _is_discussed(ctx: Context, item: Item, row: Challenge) -> bool:
    """Whether the group has spoken of it; what the partnership chair has decided since is spoken of first."""
    decided = challenges.decisions(ctx.scope, item)
    return row.discussed_on is not None and all(on < row.discussed_on for on, _ in decided)


def _to_chair(ctx: Context, item: Item, row: Challenge) -> bool:
    """Ask the partnership chair at once, with the response and why it remains; not twice before they decide."""
    if items.standing_escalations(ctx.scope, item) and not challenges.decisions(ctx.scope, item):
        return False
    escalation.end(ctx, item)
    response = (
        f"Response of {challenges.to_whom(ctx.scope, row)}: {row.response}" if row.response else "No response came."
    )
    note = f"{response}\nIt remains because {row.outcome_reason}"
    if not escalations.open_(ctx.scope, item, "early", note, at_once=True):
        raise LifError("This partnership has no chair to ask yet. The business unit can name one. Nothing was changed.")
    return True


@command(
    "challenge discussed",
    may="meet",
    title="Discussed",
    examples=("/lif challenge discussed SE-2026-014 The group asks for this year's figures",),
    fits=is_living,
)
def discussed(ctx: Context, item: Ref, text: Said) -> Message:
    """Record what the group said of a challenge; closing the meeting does the same."""
    changes.refuse_case(text)
    meeting = meetings.last_held(ctx.scope, item.group_id)
    recent = meeting if meeting and ctx.scope.now - meeting.starts_at < adding.RECENT else None
    on = local_day(recent.starts_at, ctx.scope.zone) if recent else ctx.scope.today
    entry = record_discussion(ctx, item, text, recent.id if recent else None, on)
    row = beside(ctx, item)
    said = f"What was said of {item.ref} is recorded."
    return _answer(ctx, item, entry, said, *([shown_as.decide(challenged(ctx, item, row))] if row.discussed_on else []))


def record_discussion(ctx: Context, item: Item, said: str, meeting_id: int | None, on: date) -> LogEntry:
    """Keep what a meeting said of a challenge; of one that remains it is then asked whether it still does."""
    row = beside(ctx, item)
    before, was = log.picture(item), records.picture(row)
    if row.outcome == "remains" or row.responded_at or item.due_on < on:
        row.discussed_on, item.discuss_told = on, True
    if row.outcome == "remains":
        changes.wait_for(ctx, item, "outcome")
    entry = changes.keep(ctx, item, before, kind="discussed", text=said, meeting_id=meeting_id)
    if records.picture(row) != was:
        records.write(ctx.scope, ctx.caller.id, "challenge discussed", row, before=was, belongs_to=entry)
        changes.tell(ctx, row.raised_by, item, "discussed")
    return entry
