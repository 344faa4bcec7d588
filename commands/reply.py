"""What people write back: words to a reminder, in its thread or in the direct message (ruling 14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands import answering, ask, files, unfinished, which_is_done
from commands.context import Context
from commands.spoken import (
    ANOTHER_REF,
    COURTESIES,
    GREETING,
    LIST,
    NAMES,
    NOTHING,
    QUESTION,
    UNDO,
    WHOLE_REF,
    WITH_REF,
    Verb,
    is_mistyped,
    verb_of,
)
from lifbot.grammar import clip, one_at_a_time
from lifbot.kinds import CHALLENGE
from lifbot.message import Ask, Button, Message, Say, say
from lifbot.model import Asked, Item
from lifbot.policy.rights import Role
from storage import asked as asked_of
from storage import items, people

LATER = "Nothing was changed. Reply done, update, more time or cannot complete when you can."


def understand(ctx: Context, text: str) -> str | Message | None:
    """Return the command line that words mean, a question where they are unclear, or None where they mean nothing."""
    if UNDO.fullmatch(text):
        return "undo"
    if short := LIST.fullmatch(text):
        return f"action list {short[1] or ''}".strip()
    asked = asked_of.last(ctx.scope, ctx.caller.id, ctx.incoming)
    if beside := which_is_done.understood(ctx, text, asked) or answering.understood(ctx, text, asked):
        return beside
    ref, rest = leading_ref(ctx, text, asked)
    verb = verb_of(rest)
    if not ref and verb.command and not (verb.command == "action snooze" and verb.rest.strip(" .").isdigit()):
        ref, after = leading_ref(ctx, verb.rest, asked)
        verb = verb._replace(rest=after)
    _refuse_several(ref, verb)
    if not (ref or verb.command) and (beside := _plainly_beside(ctx, text, asked)):
        return beside
    if unfinished.awaited(asked) and asked and (answer := _answer(ctx, text, ref, verb, asked)):
        return answer
    if files.are_sent(ctx) and not verb.command:
        return _sent_files(ctx, ref, verb, asked)
    if ref:
        return _about(ctx, ref, verb)
    if ctx.incoming.kind == "command" and not verb.command:
        return None
    return _for_one(ctx, verb, asked) if verb.command else _plain_words(ctx, text, asked)


def _plainly_beside(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Plain words, or a file, that answer what is logged beside items."""
    if (COURTESIES.fullmatch(text) and not files.are_sent(ctx)) or NOTHING.fullmatch(text) or QUESTION.fullmatch(text):
        return None
    return None if is_mistyped(text, _commands()) else answering.plain(ctx, text, asked)


def _about(ctx: Context, ref: str, verb: Verb) -> str:
    if not verb.command and not verb.rest.strip():
        return f"action show {ref}"
    return f"{verb.command or _news(ctx, ref)} {ref} {verb.rest}"


def _news(ctx: Context, ref: str) -> str:
    """What words about an item are: an update; of a challenge the response, from whoever is asked to respond."""
    found = items.find(ctx.scope, ref, ctx.here)
    is_asked = len(found) == 1 and found[0].kind == CHALLENGE and _speaks_for(ctx, found[0])
    return "challenge respond" if is_asked and found[0].status in items.OPEN else "action update"


def leading_ref(ctx: Context, text: str, asked: Asked | None) -> tuple[str, str]:
    """Return the reference taken off the front; a bare number only alone, or set apart and asked about."""
    match = WITH_REF.match(text)
    if match is None:
        return "", text
    rest = text[match.end() :]
    if match[1].isdigit():
        is_ref = not rest or _is_number_of_item(ctx, match, rest, asked)
    else:
        is_ref = bool(items.find(ctx.scope, match[1], ctx.here)) or _looks_like_ref(ctx, match[1])
    return (match[1], rest) if is_ref else ("", text)


def _is_number_of_item(ctx: Context, match: re.Match[str], rest: str, asked: Asked | None) -> bool:
    """Whether a number is an item's: "2: …", "2 done" and "14 done", but not "3 days" nor "40 staff trained"."""
    apart, verb = match[0].strip("# ") != match[1], verb_of(rest)
    found = items.find(ctx.scope, match[1], ctx.here)
    was_asked = any(row.id in asked.items for row in found) if asked else False
    return bool(was_asked and (apart or verb.command)) or bool(verb.command and verb.is_plain)


def _looks_like_ref(ctx: Context, typed: str) -> bool:
    """Whether it can only be a reference, though of no item: "SE-2026-999" and "se 99", but not "COVID-19"."""
    prefix = re.split(r"[-\s–\d]", typed)[0].lower()
    return bool(re.fullmatch(WHOLE_REF, typed)) or prefix in {each.prefix.lower() for each in people.groups(ctx.scope)}


def _refuse_several(ref: str, verb: Verb) -> None:
    """Raise LifError where words speak of two items at once: "SE-2026-001, SE-2026-002 done"."""
    if ref and ANOTHER_REF.search(verb.rest):
        raise one_at_a_time(f"{ref} {NAMES.get(verb.command, 'done')}")


def _answer(ctx: Context, text: str, ref: str, verb: Verb, asked: Asked) -> str | Message | None:
    """Complete what was asked about, unless the words plainly say something else."""
    if NOTHING.fullmatch(text):
        asked_of.answered(ctx.scope, ctx.caller.id)
        return say("All right. Nothing was changed.")
    awaits = unfinished.awaited(asked)
    if COURTESIES.fullmatch(text) or (ref and "item" not in awaits) or (not ref and "item" in awaits):
        return None
    if verb.is_plain if not ref else verb.command:
        return None
    return unfinished.completed(ctx, asked, verb.rest if ref else text, ref)


def _sent_files(ctx: Context, ref: str, verb: Verb, asked: Asked | None) -> str | Message:
    """A file is evidence for the item that was asked about, or that is named."""
    words = "" if COURTESIES.fullmatch(verb.rest) else verb.rest
    if ref:
        return f"action evidence {ref} {words}"
    return _for_one(ctx, Verb("action evidence", words, True), asked)


def _for_one(ctx: Context, verb: Verb, asked: Asked | None) -> str | Message:
    about_others = asked is not None and bool(asked.records) and not asked.items  # then an item is named
    found = asked_of.items_of(ctx.scope, asked) or list(items.open_of(ctx.scope, ctx.caller.id))
    if len(found) == 1 and not about_others:
        return f"{verb.command} {found[0].ref} {verb.rest}"
    if not found:
        return say("I am not waiting for a reply from you just now, so nothing was changed. Put a reference first.")
    return which(ctx, verb, found)


def which(ctx: Context, verb: Verb, found: Sequence[Item]) -> Message:
    """Ask which of several items is meant; nothing is changed."""
    name = NAMES.get(verb.command, verb.command.removeprefix("action "))
    sent = f" files:“{files.written(ctx)}”" if files.are_sent(ctx) else ""
    buttons = tuple(
        Button(clip(f"{row.ref} {row.text}", 70), ask.button_line(ctx, f"{verb.command} {row.ref} {verb.rest}{sent}"))
        for row in found[:10]
    )
    question = f"Which one do you mean by “{name}”? Nothing has been changed yet."
    example = f"Or put the reference first, like this: {found[0].ref} {name}"
    asks = unfinished.asks(ctx, unfinished.without_ref(verb.command, f"{verb.rest}{sent}"), ["item"])
    about = tuple(row.id for row in found)
    return Message((Ask(question, buttons), Say(example)), summary=question, about=about, asks=asks)


def _plain_words(ctx: Context, text: str, asked: Asked | None) -> str | Message | None:
    """Words without a verb: evidence if that was asked for, else an update where the item is clear."""
    if COURTESIES.fullmatch(text):
        return say(f"{'Hello' if GREETING.match(text) else 'Thank you'}. {LATER}")
    found = asked_of.items_of(ctx.scope, asked)
    if QUESTION.fullmatch(text) or asked is None or is_mistyped(text, _commands()):
        return None
    if asked.asks == "evidence" and len(found) == 1:
        return f"action evidence {found[0].ref} {text}"
    if asked.asks == "declined" and len(found) == 1:
        return say("All right.") if NOTHING.fullmatch(text) else f"action decline {found[0].ref} {text}"
    mine = [row for row in found if _speaks_for(ctx, row)]
    if not mine or asked.asks == "evidence":
        return None
    if len(found) == 1:
        return f"{_news(ctx, found[0].ref)} {found[0].ref} {text}"
    return which(ctx, Verb("action update", text, False), mine)


def _speaks_for(ctx: Context, item: Item) -> bool:
    """Whether somebody owns an item, or stands in for who does."""
    return item.owner == ctx.caller.id or Role.STAND_IN in ctx.roles(ctx.group_of(item), item)


def _commands() -> list[str]:
    from commands import COMMANDS  # the list is made of modules that lead here

    return [command.words for command in COMMANDS]
