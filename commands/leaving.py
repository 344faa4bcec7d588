"""Somebody leaves, is back, or has an account that is closed: what was theirs is offered, nothing is orphaned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from commands.context import Context
from lifbot import notices
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.listed import listed
from lifbot.message import Ask, Button, Incoming, Message, Say, say
from lifbot.model import Item, LogEntry, Person, Update
from lifbot.policy import rights
from lifbot.policy.moments import notice_moment
from lifbot.policy.stand_in import GONE
from storage import accounts, departures, items, log, outbox, people, posts, stand_ins
from storage.scope import Scope

Somebody = Annotated[Person, Arg("who", "Person", "A name, or pick them.")]
Anybody = Annotated[str, Arg("line", "Person", "The name of somebody who had left.", longest=100)]


@dataclass
class Offer:
    """What one person is asked to take over or to find somebody for."""

    items: list[Item] = field(default_factory=list)
    decides: bool = False  # may name the new owner themselves


@command("person leaves", may="ask", title="A person leaves", examples=("/lif person leaves Fay O'Brien",))
def leaves(ctx: Context, person: Somebody) -> Message:
    """Say that somebody has left: what they answered for is offered to their agency's link and the group's chair."""
    _require(ctx, person)
    if ctx.read_as:
        raise LifError("Please type the person's own name. For example: /lif person leaves Fay O'Brien", field="person")
    if person.id == ctx.caller.id:
        raise LifError("Somebody else in the business unit can note that you have left. Nothing was changed.")
    left_behind = items.open_of(ctx.scope, person.id)
    offered = [row for row in items.open_items(ctx.scope) if row.offered_to == person.id]
    before = departures.leave(ctx.scope, person)
    entry = departures.entry(ctx.scope, person, ctx.caller.id, before)
    ctx.__dict__.pop("reader", None)
    _offers_end(ctx, person, offered)
    offers = _offers(ctx, person, left_behind)
    vacant = posts.held(ctx.scope, person.id)
    register = posts.in_register(ctx.scope, person.id)
    _promise(ctx, person, offers, [*vacant, *register])
    return _noted(ctx, person, offers, left_behind, vacant, register, f"undo {entry.id}")


@command("person returns", may="set up", title="A person is back", examples=("/lif person returns Fay O'Brien",))
def returns(ctx: Context, person: Anybody) -> Message:
    """Say that somebody who had left is back; what is still without an owner is theirs again."""
    found = _left_called(ctx, person)
    departures.return_(ctx.scope, found)
    log.write(ctx.scope, ctx.caller.id, "person returns", about=f"person {found.id}")
    count = len(items.open_of(ctx.scope, found.id))
    theirs = (
        f" {_counted(count)} had no other owner yet and {'is' if count == 1 else 'are'} theirs again." if count else ""
    )
    text = f"{found.name} is back in the partnership.{theirs}"
    return say(text, "They are in no group until they are added to one again.", summary=text)


@command("person here", may="ask", title="Still here", in_help=False, examples=("/lif person here @fay",))
def here(ctx: Context, person: Somebody) -> Message:
    """Say that somebody whose account seemed closed is still in the partnership; they are written to again."""
    _require(ctx, person)
    if not stand_ins.is_closed(person):
        return say(f"Thank you. {person.name} is written to as before.")
    for platform in ("slack", "teams"):
        accounts.reopened(ctx.scope, person, platform)
    departures.look_again(ctx.scope, person.id)
    text = f"Thank you. {person.name} is written to again from now on."
    return say(text, "If their account still takes nothing, whoever stands in for them goes on hearing.", summary=text)


def take_back(ctx: Context, done: LogEntry) -> Message:
    """Undo that somebody left."""
    ctx.require("set up", None)
    person = ctx.scope.first(Person, Person.id == (done.about or "").removeprefix("person "))
    if person is None or person.left_on is None:
        raise LifError("They are back already, so nothing was changed.")
    departures.return_(ctx.scope, person, done.before)
    log.write(ctx.scope, ctx.caller.id, "undo", about=done.about, undoes=done.id)
    return say(f"Undone: {person.name} is in the partnership as before.")


def account(scope: Scope, incoming: Incoming) -> None:
    """Take note that a platform has closed an account, or opened it again."""
    person = people.by_address(scope, incoming.platform, incoming.who)
    if person is None:
        return
    if incoming.text == "closed":
        accounts.closed(scope, person, incoming.platform, incoming.who)
    else:
        accounts.reopened(scope, person, incoming.platform)


def _require(ctx: Context, person: Person) -> None:
    """Raise LifError unless the caller is in the business unit, or the link of somebody whose account is closed."""
    if rights.may("set up", ctx.roles(None)):
        return
    known = stand_ins.roll(ctx.scope)
    if stand_ins.is_closed(person) and known.get(person.id, GONE).link == ctx.caller.id:
        return
    who = rights.who_may("set up")
    raise LifError(f"{who[0].upper()}{who[1:]} can do that. Nothing was changed.")


def _left_called(ctx: Context, said: str) -> Person:
    wanted = " ".join(said.lower().replace("’", "'").split()).strip(" @.,")
    gone = [row for row in ctx.reader.people.values() if row.left_on]
    exact = [row for row in gone if wanted in (row.id, row.name.lower().replace("’", "'"))]
    found = exact or [row for row in gone if wanted in row.name.lower().replace("’", "'")]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(row.name for row in found)
        raise LifError(f"“{clip(said, 40)}” could be {names}. Please type the whole name.", field="person")
    raise LifError(f"Nobody called “{clip(said, 40)}” is noted as having left. Nothing was changed.", field="person")


def _offers_end(ctx: Context, person: Person, offered: Sequence[Item]) -> None:
    """Let offers to somebody who has left lapse, and their owners know."""
    for item in offered:
        text = f"{person.name} cannot take it over: they have left."
        ctx.scope.add(
            Update(
                partnership_id=ctx.scope.id,
                item_id=item.id,
                at=ctx.scope.now,
                by=ctx.caller.id,
                kind="edited",
                text=text,
            )
        )
        if item.owner != ctx.caller.id and (heard := ctx.reader.hears(item)):
            outbox.put_change(ctx.scope, heard.person, item, "offer_declined", heard.of)


def _offers(ctx: Context, person: Person, left_behind: Sequence[Item]) -> dict[str, Offer]:
    """Return who is asked about which items: who decides in each group, and the agency's link about all of them."""
    offers: dict[str, Offer] = defaultdict(Offer)
    for item in left_behind:
        if heard := ctx.reader.decides(item):
            offers[heard.person].items.append(item)
            offers[heard.person].decides = True
    link = ctx.reader.roll[person.id].link
    if link and link != person.id and left_behind and link in ctx.reader.people and not ctx.reader.people[link].left_on:
        offers[link].items = list(left_behind)
    return offers


def _promise(ctx: Context, person: Person, offers: dict[str, Offer], vacant: Sequence[str]) -> None:
    opens = notice_moment(ctx.scope.now + outbox.BUNDLE, ctx.scope.rules, ctx.scope.zone)
    asked = dict.fromkeys((*offers, *(ctx.scope.partnership.business_unit if vacant else ())))
    for who in (each for each in asked if each not in (person.id, ctx.caller.id)):
        offer = offers.get(who, Offer())
        about = {
            "left": person.id,
            "items": [item.id for item in offer.items],
            "decides": offer.decides,
            "posts": bool(vacant) and who in ctx.scope.partnership.business_unit,
        }
        key = f"leaving/{person.id}/{ctx.scope.now.isoformat()}/{who}"
        outbox.put(ctx.scope, key, "leaving", person=who, about=about, not_before=opens)


def _noted(
    ctx: Context,
    person: Person,
    offers: dict[str, Offer],
    left_behind: Sequence[Item],
    vacant: Sequence[str],
    register: Sequence[str],
    undo: str,
) -> Message:
    mine = offers.get(ctx.caller.id, Offer())
    told = notices.leaving(person.name, ctx.reader.views(mine.items), vacant, decides=mine.decides, register=register)
    others = [ctx.reader.name(id) for id in offers if id != ctx.caller.id]
    asked = (
        f"{_counted(len(left_behind))}: {listed(others)} {'is' if len(others) == 1 else 'are'} asked who takes over."
    )
    said = (
        [Say(asked)]
        if left_behind and others
        else []
        if left_behind
        else [Say("They answered for no item that is open." if register else "They answered for nothing that is open.")]
    )
    return replace(told, blocks=(*told.blocks, *said, Ask("", (Button("Undo", undo),))))


def _counted(count: int) -> str:
    return "1 open item" if count == 1 else f"{count} open items"
