"""A chair's reminder to an owner, with words of the chair's own."""

from __future__ import annotations

from typing import Annotated

from commands import changes
from commands.arguments import Ref
from commands.context import Context
from lifbot.calendar import local_day, next_working_day, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Message
from lifbot.model import Item, Update
from lifbot.policy.stand_in import Hearer
from storage import chase, items, log

Comment = Annotated[
    str,
    Arg("text", "Your words to the owner", "Please leave out names and case details: they are kept in the log."),
]


def refuse_others(ctx: Context, item: Item) -> None:
    """Raise LifError where there is nobody to remind, nothing to be reminded of, or who was reminded already."""
    who, stands = ctx.reader.name(item.owner), ctx.reader.view(item).status_word
    if item.owner == ctx.caller.id:
        raise LifError(f"{item.ref} is yours, so there is nobody else to remind.")
    if item.waiting:
        raise LifError(f"{item.ref} waits for a decision, not for {who}. Type /lif action show {item.ref} to decide.")
    if item.status not in items.OPEN:
        raise LifError(f"{item.ref} is {stands}, so nobody was reminded of it.")
    owner = ctx.reader.people.get(item.owner)
    if owner is None or owner.left_on:
        raise LifError(f"{who} has left. Type /lif action reassign {item.ref} to and a name.")
    if item.chased_on and item.chased_on >= ctx.scope.today:
        raise LifError(_already(ctx, item, who))


def _already(ctx: Context, item: Item, who: str) -> str:
    day = item.chased_on or ctx.scope.today
    when = "today" if day == ctx.scope.today else f"on {say_date(day)}"
    again = say_date(next_working_day(day))
    return f"{who} hears of {item.ref} {when} already, so nothing was sent. You can remind again from {again}."


@command(
    "action nudge",
    may="nudge",
    title="Remind the owner",
    examples=("/lif action nudge SE-2026-014 Could you say where this is before Thursday?",),
    fits=refuse_others,
)
def nudge(ctx: Context, item: Ref, text: Comment) -> Message:
    """Remind an owner in words of your own, at most once a day; they come with the day's reminders."""
    before = log.picture(item)
    owner = ctx.reader.people[item.owner]
    heard = ctx.reader.hears(item) or Hearer(owner.id, owner.id)
    at = chase.moment(ctx.scope, ctx.reader.people[heard.person])
    words = ctx.scope.add(
        Update(
            partnership_id=ctx.scope.id,
            item_id=item.id,
            at=ctx.scope.now,
            by=ctx.caller.id,
            kind="edited",
            text=f"{chase.PREFIX}{text}",
        )
    )
    chase.promise(ctx.scope, item, words, at, heard)
    entry = changes.keep(ctx, item, before, why=text)
    today = local_day(at, ctx.scope.zone) == ctx.scope.today
    when = "today" if today else f"on {say_moment(at, ctx.scope.zone)}, with that day's reminders"
    who = f"{ctx.reader.name(heard.person)}, for {owner.name}," if heard.is_stand_in else owner.name
    return changes.answer(ctx, item, entry, f"{who} gets your words about {item.ref} {when}.")
