"""An item's card in its group's channel: seen by all there, with nobody's name on it (ruling 13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from commands.arguments import Ref
from commands.context import Context
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Button, Fine, Message, Say, say, with_buttons
from lifbot.model import Card, Group, Item
from storage import cards

OLD = timedelta(days=14)  # by then a card has moved far up in its channel
POST = "Post a card"
Again = Annotated[str, Arg("line", "Write yes to post another where one stands", longest=5, in_form=False)]


def post_button(ctx: Context, item: Item) -> tuple[Button, ...]:
    """Return the button that posts an item's card, where the caller may and the group has a channel."""
    group = ctx.group_of(item)
    offered = _channel(ctx, group) and ctx.may("see", group, item) and item.status != "withdrawn"
    return (Button(POST, f"action card {item.ref}"),) if offered else ()


def _channel(ctx: Context, group: Group) -> tuple[str, str] | None:
    """The group's channel on the platform where this is asked, else on the other."""
    there = {"slack": group.slack_channel, "teams": group.teams_channel}
    order = sorted(there, key=lambda platform: platform != ctx.incoming.platform)
    return next(((platform, channel) for platform in order if (channel := there[platform])), None)


@command("action card", may="see", title="Post a card", examples=("/lif action card SE-2026-014",))
def card(ctx: Context, item: Ref, again: Again = "") -> Message:
    """Post an item's card in its group's channel, without names; it changes with the item, and replies count."""
    group = ctx.group_of(item)
    if item.status == "withdrawn":
        raise LifError(f"{item.ref} is withdrawn, so no card was posted.")
    if (place := _channel(ctx, group)) is None:
        raise LifError(f"{group.name} has no channel yet, so no card was posted. The business unit can name one.")
    there = [row for row in cards.of_item(ctx.scope, item.id) if (row.platform, row.channel) == place]
    if there and again.strip().lower() not in ("yes", "y", "true"):
        return _there(ctx, item, group, there[-1])
    if not cards.promised(ctx.scope, item, place[1]):
        cards.promise(ctx.scope, item, *place)
    small = "It names nobody. It changes as the item does, and replies in its thread reach the log."
    return Message((Say(f"The card of {item.ref} goes to the channel of {group.name} now."), Fine(small)))


def _there(ctx: Context, item: Item, group: Group, row: Card) -> Message:
    """Say where an item's card stands; once it is old, offer to post another."""
    posted = cards.posted_at(ctx.scope, row)
    when = f" since {say_date(local_day(posted, ctx.scope.zone))}" if posted else ""
    told = say(f"{item.ref} has had its card in the channel of {group.name}{when}. It shows how the item stands now.")
    is_old = posted is None or ctx.scope.now - posted > OLD
    return with_buttons(told, Button("Post it again", f"action card {item.ref} again:yes")) if is_old else told


def when_logged(ctx: Context) -> None:
    """Post the card of the action that was just logged, where the partnership has chosen that."""
    item = ctx.scope.get(Item, ctx.scope.changed[-1]) if ctx.scope.rules.cards_in_channel else None
    if item and (place := _channel(ctx, ctx.group_of(item))):
        cards.promise(ctx.scope, item, *place)


def under_mention(ctx: Context) -> None:
    """Answer a mention that changed one item with its card in the thread: in its own group's channel, and only once."""
    incoming, changed = ctx.incoming, set(ctx.scope.changed)
    thread = incoming.place.thread or incoming.stamp
    if incoming.kind != "mention" or len(changed) != 1 or ctx.here is None or not thread:
        return
    item = ctx.scope.get(Item, changed.pop())
    channel = incoming.place.channel
    if item is None or item.group_id != ctx.here.id or cards.promised(ctx.scope, item, channel):
        return
    if not any(row.item_id == item.id for row in cards.in_thread(ctx.scope, incoming.platform, channel, thread)):
        cards.promise(ctx.scope, item, incoming.platform, channel, thread)
