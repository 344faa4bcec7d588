"""A change to an item, kept with all that belongs to it: history, log, the promise to tell, the offer to undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.context import Context
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.kinds import CHALLENGE
from lifbot.message import Ask, Block, Button, Fine, ItemCard, Message, Say
from lifbot.model import Item, LogEntry, Update
from lifbot.notices.challenge import LOCAL
from lifbot.policy.cases import is_about_a_case
from lifbot.policy.facts import Facts
from storage import impacts, items, log, outbox, practices, series
from storage.log import WITH

CORRECTION = "correction"  # in the log: words that were edited
SEEN_BY = "This is in the log, which the group can see."


def keep(
    ctx: Context,
    item: Item,
    before: Mapping[str, Any],
    *,
    kind: str | None = None,
    text: str = "",
    why: str | None = None,
    meeting_id: int | None = None,
    corrects: int | None = None,
) -> LogEntry:
    """Keep a changed item with its history and log entry, and let the next sweep decide anew about it."""
    if kind:
        ctx.scope.insert(
            Update,
            item_id=item.id,
            at=ctx.scope.now,
            by=ctx.caller.id,
            kind=kind,
            text=text,
            meeting_id=meeting_id,
            said_in=said_in(ctx),
            corrects=corrects,
            for_person=spoken_for(ctx, item, kind),
        )
    lapse_offer(item)
    item.look_again_at = None if is_finished(item) else ctx.scope.now
    ctx.scope.add(item)
    what = ctx.command.words if ctx.command else CORRECTION if ctx.incoming.edits else "change"
    entry = log.write(ctx.scope, ctx.caller.id, what, item, before=before, why=why)
    if kind == "signed_off":
        series.follow(ctx.scope, ctx.caller.id, item, entry)
    practices.follow(ctx.scope, ctx.caller.id, item, entry)
    impacts.follow(ctx.scope, ctx.caller.id, item, entry)
    ctx.__dict__.pop("reader", None)  # names and colours are read anew for the answer
    return entry


def said_in(ctx: Context) -> str | None:
    """Return the message that holds what is said, so that editing it can correct that; None for clicks and forms."""
    incoming = ctx.incoming
    return (incoming.edits or incoming.event) if incoming.kind in ("words", "mention", "thread") else None


def belongs_with(ctx: Context, other: LogEntry, entry: LogEntry) -> None:
    """Tie a change of another item to the change that it came with: undo takes both back."""
    other.about = f"{WITH}{entry.id}"
    ctx.scope.add(other)


def is_finished(item: Item) -> bool:
    """Whether nothing more will happen to an item by itself."""
    return bool(item.signed_off_on or item.accepted_by) or item.status in ("withdrawn", "superseded")


def refuse_closed(ctx: Context, item: Item) -> None:
    """Raise LifError for an item that is no longer open, saying where it stands."""
    if item.status in items.OPEN:
        return
    if item.status == "complete" and item.waiting:
        raise LifError(f"{item.ref} is complete already and waits for sign-off, so nothing was changed.")
    raise LifError(f"{item.ref} is {ctx.reader.view(item).status_word} already, so nothing was changed.")


def refuse_challenge(item: Item) -> None:
    """Raise LifError for a challenge, which is answered in its own words: nobody is done with one by saying so."""
    if item.kind == CHALLENGE:
        raise LifError(
            f"{item.ref} is a challenge. To respond: /lif challenge respond {item.ref} and your words. When it is "
            f"settled: /lif challenge resolved {item.ref} because … Nothing was changed."
        )


def refuse_case(text: str, field: str = "text") -> None:
    """Raise LifError for words about one child's or family's case: nothing of them is kept with a challenge."""
    if is_about_a_case(text):
        raise LifError(LOCAL, field=field)


def refuse_done(ctx: Context, item: Item) -> None:
    """Raise LifError for what nobody can report as done: a challenge, or an item that is no longer open."""
    refuse_challenge(item)
    refuse_closed(ctx, item)


def refuse_finished(ctx: Context, item: Item) -> None:
    """Raise LifError for an item about which nothing more is awaited."""
    if is_finished(item):
        refuse_closed(ctx, item)


def still_declined(ctx: Context, item: Item) -> str:
    """Say that an item waits for another owner, and how it is kept after all."""
    if item.waiting != "declined":
        return ""
    return f" It still waits for another owner; to keep it, type /lif action accept {item.ref}"


def tell(ctx: Context, person: str | None, item: Item, what: str) -> None:
    """Promise to tell somebody of a change, or whoever hears in their place, unless it is their own."""
    if person == item.owner and item.told_on != ctx.scope.today:
        item.told_on = ctx.scope.today
        ctx.scope.add(item)
    heard = ctx.reader.hears(item, person) if person and person != ctx.caller.id else None
    if heard and heard.why != "left" and heard.person != ctx.caller.id:
        outbox.put_change(ctx.scope, heard.person, item, what, heard.of)


def will_hear(ctx: Context, item: Item) -> str:
    """Say that an item's owner is told, or who is in their stead."""
    instead, name = not_reached(ctx, item), ctx.reader.name(item.owner)
    return f"{name} answers for it.{instead}" if instead else f"{name} answers for it and will be told."


def not_reached(ctx: Context, item: Item) -> str:
    """Say who hears of an item in its owner's place; nothing where they hear themselves."""
    heard = ctx.reader.hears(item)
    if heard is None or not heard.is_stand_in:
        return ""
    why = f" {ctx.reader.name(item.owner)} {ctx.reader.why(heard)}"
    if heard.person == ctx.caller.id:
        return f"{why}: could you pass it on?"
    return f"{why}, so {ctx.reader.name(heard.person)} is told in their place."


def pause_clock(ctx: Context, item: Item) -> None:
    """Stop the cycle clock from now on."""
    item.pauses = [*item.pauses, [ctx.scope.now.isoformat(), None]]


def resume_clock(ctx: Context, item: Item) -> None:
    """Let the cycle clock go on from where it was."""
    item.pauses = [[start, end or ctx.scope.now.isoformat()] for start, end in item.pauses]


def wait_for(ctx: Context, item: Item, what: str | None) -> None:
    """Let an item wait for its group's chair, or wait no longer."""
    item.waiting = what
    item.waiting_since = ctx.scope.now if what else None
    item.decision_asked_on = item.unsigned_told_on = None
    if what is None:
        item.proposed_due = None


OWNERS_WORDS = ("update", "done", "cannot", "more_time", "declined", "impact")


def spoken_for(ctx: Context, item: Item, kind: str) -> str | None:
    """Return the owner, where somebody else says what is theirs to say; a contributor speaks for themselves."""
    own = ctx.caller.id == item.owner or ctx.caller.id in item.contributors
    return item.owner if kind in OWNERS_WORDS and not own else None


def lapse_offer(item: Item) -> None:
    """Let an offer to hand an item over lapse once there is nothing to take over."""
    if item.offered_to and item.status not in ("not_started", "in_progress"):
        item.offered_to = item.offered_at = None


def for_owner(ctx: Context, item: Item) -> str:
    """Say on whose behalf something was recorded, if not the caller's own."""
    return "" if item.owner == ctx.caller.id else f" Recorded for {ctx.reader.name(item.owner)}."


def decider(ctx: Context, item: Item) -> str:
    """Say who is asked to decide: nobody decides about their own."""
    heard = ctx.reader.decides(item)
    if heard and heard.is_stand_in and heard.why == "away":
        return f"{ctx.reader.name(heard.person)} (the group's chair {ctx.reader.why(heard)})"
    group = ctx.group_of(item)
    return "The group's chair" if group.chair not in (None, item.owner) else "The deputy or the business unit"


def and_next(ctx: Context, item: Item) -> str:
    """Say which is the next of a series, where there is one."""
    new = series.next_of(ctx.scope, item)
    return f" The next is {new.ref}, due {say_date(new.due_on)}." if new else ""


def undo_button(entry: LogEntry) -> Button:
    """Return the button that takes a change back."""
    return Button("Undo", f"undo {entry.id}")


def answer(ctx: Context, item: Item, entry: LogEntry, text: str, *more: Block, asks: str = "") -> Message:
    """Confirm a change: what it is now, who can see it, and the way back."""
    view = ctx.reader.view(item)
    card = ItemCard(item.ref, item.text, view.line(named=True, today=ctx.scope.today), view.brag_word)
    blocks = (Say(text), card, *more, Fine(SEEN_BY), Ask("", (undo_button(entry),)))
    return Message(blocks, summary=text, about=(item.id,) if asks else (), asks=asks)


def current_facts(ctx: Context, item: Item) -> Facts:
    """Return what the rules are told about an item now."""
    return ctx.reader.facts(item)
