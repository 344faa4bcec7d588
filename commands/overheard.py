"""What is said in the thread of a card, not to lifbot: only what plainly reports on the item is taken."""

from __future__ import annotations

from commands import files, reply
from commands.context import Context
from commands.spoken import COURTESIES, QUESTION, Verb, verb_of
from lifbot.message import Incoming, Message
from lifbot.model import Evidence, Item, Update
from lifbot.policy.rights import Role
from storage import asked, cards, items, people, said
from storage.scope import Scope

ALWAYS = ("action done", "action update", "action extend", "action decline")
PLAIN = ("action cannot", "action snooze", "action signoff")  # "can't make Tuesday" is said of other things
TAKES_PART = {Role.OWNER, Role.STAND_IN, Role.CONTRIBUTOR}


def concerns(scope: Scope, incoming: Incoming) -> bool:
    """Say whether something that was not said to lifbot is about an item, by somebody it knows; nothing is written."""
    if incoming.edits:
        row = said.in_message(scope, incoming.edits)
        return row is not None and _is_by(scope, incoming, row)
    place = incoming.place
    in_thread = cards.in_thread(scope, incoming.platform, place.channel, place.thread)
    return bool(in_thread) and people.by_address(scope, incoming.platform, incoming.who) is not None


def _is_by(scope: Scope, incoming: Incoming, row: Update | Evidence) -> bool:
    writer = people.by_address(scope, incoming.platform, incoming.who)
    return writer is not None and writer.id == row.by


def understand(ctx: Context, text: str) -> str | Message | None:
    """Return the command line that words in a card's thread mean; None where they are the people's own talk."""
    place = ctx.incoming.place
    asked_of = asked.last(ctx.scope, ctx.caller.id, ctx.incoming)
    about = [row for row in asked.items_of(ctx.scope, asked_of) if _may_report(ctx, row)]
    if not about or place.direct:
        return None
    ref, rest = reply.leading_ref(ctx, text, asked_of)
    verb = verb_of(rest)
    if verb.command in ALWAYS or (verb.command in PLAIN and verb.is_plain):
        return _line(ctx, ref, verb, about)
    if files.are_sent(ctx):
        return _line(ctx, ref, Verb("action evidence", rest, True), about)
    if COURTESIES.fullmatch(rest) or QUESTION.fullmatch(rest) or "?" in rest:
        return None
    return _plain(ctx, ref, rest, about)


def _plain(ctx: Context, ref: str, words: str, about: list[Item]) -> str | Message | None:
    """A sentence of who answers for the item, or takes part in it, is an update; everybody else's is theirs."""
    mine = [row for row in about if ctx.roles(ctx.group_of(row), row) & TAKES_PART]
    named = [row for row in mine if not ref or row in items.find(ctx.scope, ref, ctx.here)]
    if len(named) != 1:
        return None
    row = named[0]
    is_proof = row.status == "complete" and row.waiting == "sign_off" and not items.evidence(ctx.scope, row)
    return f"{'action evidence' if is_proof else 'action update'} {row.ref} {words}"


def _line(ctx: Context, ref: str, verb: Verb, about: list[Item]) -> str | Message:
    if ref or len(about) == 1:
        return f"{verb.command} {ref or about[0].ref} {verb.rest}"
    return reply.which(ctx, verb, about)


def _may_report(ctx: Context, item: Item) -> bool:
    return ctx.may("update", ctx.group_of(item), item)
