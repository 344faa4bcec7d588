"""From what came in to what is answered: text -> command -> permission -> Message; where errors become replies."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from commands import COMMANDS, ask, correct, files, guarding, lasting, leaving, overheard, pages
from commands.action import card
from commands.bind import bind
from commands.context import Context
from commands.need import Need
from commands.setup import founding
from commands.spoken import QUESTION
from lifbot import grammar
from lifbot.errors import LifError
from lifbot.grammar import Command, clip
from lifbot.grammar.signature import REFERENCES
from lifbot.likely import likely
from lifbot.message import Ask, Button, Fine, Incoming, ItemCard, Message, Say, say
from lifbot.model import Item
from storage import accounts, asked, people
from storage.db import Database, Session, take_turn
from storage.scope import Scope

LOG = logging.getLogger("lifbot.commands")
OUTSIDER = say(
    "lifbot works for a safeguarding partnership and does not know this account. Its business unit can help."
)
SOMETHING = "Type /lif help to see what I can do."
KEYED = re.compile(r"(?:[a-z]+:.*)?", re.DOTALL | re.IGNORECASE)
BY_WORDS = {command.words: command for command in COMMANDS}


def handle(db: Database, incoming: Incoming) -> Message | None:
    """Deal with one thing that came in, in one transaction; None where nothing is to be answered."""
    try:
        with db.begin() as session:
            return _dealt_with(session, incoming)
    except LifError as error:
        return _refusal(incoming, error)


def _dealt_with(session: Session, incoming: Incoming) -> Message | None:
    partnership = people.partnership_of(session, incoming.platform, incoming.team)
    was_said_to_us = incoming.kind != "thread" and not incoming.edits
    if partnership is None:
        return (founding.answer(session, incoming) or OUTSIDER) if was_said_to_us else None
    scope = Scope(session, partnership, incoming.at)
    if not was_said_to_us and not overheard.concerns(scope, incoming):
        return None  # people talk with each other: nothing of it is kept, or logged
    take_turn(session, partnership.id)
    if incoming.event and asked.seen_before(session, f"{partnership.id}/{incoming.event}", incoming.at):
        return None
    if incoming.kind == "account":
        leaving.account(scope, incoming)
        return None
    return _from_somebody(scope, incoming)


def _from_somebody(scope: Scope, incoming: Incoming) -> Message | None:
    caller = people.by_address(scope, incoming.platform, incoming.who)
    if caller is None:
        return OUTSIDER
    accounts.reopened(scope, caller, incoming.platform)
    place = incoming.place
    here = None if place.direct else people.group_of_channel(scope, incoming.platform, place.channel)
    page, pressed = pages.taken_off(incoming)
    ctx = Context(scope, caller, pressed, here)
    answer = _guarded(ctx)
    return pages.with_page(ctx, page, answer) if page and answer else answer


def _guarded(ctx: Context) -> Message | None:
    """Answer; on an error undo whatever was done for it, but not the memory that the event was seen."""
    if ctx.incoming.kind == "command" and not ctx.incoming.event:  # there is no such memory: all of it is undone
        return _answered(ctx)
    try:
        with ctx.scope.session.begin_nested():
            return _answered(ctx)
    except LifError as error:
        return _refusal(ctx.incoming, error)


def _answered(ctx: Context) -> Message | None:
    answer = _heard(ctx)
    card.under_mention(ctx)
    if answer and answer.asks:
        place = ctx.incoming.place
        asked.remember(ctx.scope, ctx.caller.id, answer, place.channel, place.thread)
    return answer


def _refusal(incoming: Incoming, error: LifError) -> Message:
    if incoming.kind == "form":
        refusal = Message((), summary=error.text, errors=((error.field or "", error.text),))
    else:
        refusal = error.answer or say(error.text)
    return replace(refusal, unnamed=error.unnamed)


def _heard(ctx: Context) -> Message | None:
    text = ctx.incoming.text.strip()
    grammar.refuse_unusable(text)
    if ctx.incoming.edits:
        return guarding.edited(ctx, text) or correct.corrected(ctx, text)
    if ctx.incoming.kind == "thread":
        meant = overheard.understand(ctx, text)
        return _briefly(_run_line(ctx, meant)) if isinstance(meant, str) else meant
    return files.left_out(ctx, _answer(ctx, text))


def _answer(ctx: Context, text: str) -> Message:
    if text.lower().startswith("/lif"):
        text = text[4:].strip()
    if not text.strip("? ") and not files.are_sent(ctx):
        return _run_line(ctx, "help")
    is_ours = ctx.incoming.kind == "click" and text.startswith(("form ", "draft ", "cleared "))
    if find(text) is None and not is_ours:
        understood = guarding.understood(ctx, text)
        if isinstance(understood, Message):
            return understood
        if understood is None:
            return _unknown(ctx, text)
        text = understood
    return _run_line(ctx, text)


def _briefly(answer: Message) -> Message:
    """A confirmation for one person in a thread where others talk: what was done, a question, and the way back."""
    kept = [block for block in answer.blocks if not isinstance(block, ItemCard | Fine)]
    return replace(answer, blocks=tuple(kept))


def find(text: str) -> tuple[Command, str] | None:
    """Return the command whose words a line begins with, and the rest of the line."""
    words = text.split(None, 3)
    for count in (3, 2, 1):
        name = " ".join(words[:count]).lower()
        if len(words) >= count and name in BY_WORDS:
            command, rest = BY_WORDS[name], _after(text, count)
            return (command, rest) if not command.is_word or KEYED.fullmatch(rest.strip()) else None
    return None


def _after(text: str, count: int) -> str:
    """What follows the first words, with its own line breaks and spaces."""
    for _ in range(count):
        parts = text.split(None, 1)
        text = parts[1] if len(parts) > 1 else ""
    return text


def _run_line(ctx: Context, text: str) -> Message:
    if text.startswith("cleared "):
        ctx.vouched, text = True, _draft(ctx, text.removeprefix("cleared ").strip())
    if text.startswith("draft "):
        text = _draft(ctx, text.removeprefix("draft ").strip())
    wants_form = text.startswith("form ")
    found = find(text.removeprefix("form ").strip() if wants_form else text)
    if found is None:
        return _unknown(ctx, text)
    command, rest = found
    ctx.command = command
    raw = grammar.parse(command, rest)
    raw |= {name: value for name, value in ctx.incoming.fields if value.strip()}
    for value in raw.values():
        grammar.refuse_unusable(value)
    guarding.take_tick(ctx, raw)
    files.add(command, ctx, raw)
    if command.sentence:
        command.sentence(ctx, raw)
    return _run(ctx, command, raw, wants_form)


def _draft(ctx: Context, id: str) -> str:
    line = asked.draft(ctx.scope, id, ctx.caller.id)
    if line is None:
        raise LifError("That button is more than a day old. Please type the line again.")
    return line


def _run(ctx: Context, command: Command, raw: dict[str, str], wants_form: bool) -> Message:
    if not wants_form and (instead_of_it := guarding.caught(ctx, command, raw)):
        return instead_of_it  # a form that opens keeps nothing: it is looked at when it is sent
    values, needs = bind(ctx, command, raw)
    raw |= {name: value.ref for name, value in values.items() if isinstance(value, Item)}
    LOG.info("%s: %s by %s", ctx.scope.id, command.words, ctx.caller.id)
    instead = command.replaces and ctx.incoming.kind in ("click", "form")
    typed_nothing = not any(raw.get(arg.name) for arg in command.args if arg.kind not in ("group", *REFERENCES))
    forms = ctx.incoming.can_open_form and any(arg.in_form for arg in command.args)
    if command.stands and typed_nothing and forms and not needs:
        wants_form = wants_form or ctx.incoming.kind != "form"
    if not needs and not wants_form:
        if command.words in lasting.COMMANDS:  # what was asked of the caller stays asked
            return lasting.kept(ctx, _checked(command.run(ctx, **values), raw))
        asked.answered(ctx.scope, ctx.caller.id)
        guarding.note(ctx, command)
        answer = _read_back(ctx, _checked(command.run(ctx, **values), raw))
        return replace(answer, replaces=instead or answer.replaces)
    if ctx.incoming.kind == "form":
        return Message((), errors=tuple((need.arg.name, _beside_field(need)) for need in needs))
    if wants_form or (typed_nothing and forms and len(needs) > _unclear(needs)):
        fallback = ask.question(ctx, command, raw, needs) if needs else say(SOMETHING)
        return replace(fallback, form=command.form(ctx, raw) if command.form else ask.form(ctx, command, raw))
    return replace(ask.question(ctx, command, raw, needs), replaces=instead)


def _read_back(ctx: Context, answer: Message) -> Message:
    """Add how a post or an agency was read as a person, before the buttons."""
    if not ctx.read_as:
        return answer
    *blocks, last = answer.blocks
    said = Fine(" ".join(dict.fromkeys(ctx.read_as)))
    return replace(answer, blocks=(*blocks, said, last) if isinstance(last, Ask) else (*blocks, last, said))


def _unclear(needs: list[Need]) -> int:
    """How many of the needs are references that fit several items: a form could not settle those."""
    return sum(need.arg.kind in REFERENCES for need in needs)


def _beside_field(need: Need) -> str:
    examples = ", ".join(choice.typed for choice in need.choices[:3] if need.arg.kind == "when")
    return f"{need.why} For example: {examples}." if examples else need.why


def _checked(answer: Message, raw: Mapping[str, str]) -> Message:
    return answer if answer.summary else replace(answer, summary=clip(answer.plain().split("\n")[0], 150))


def _unknown(ctx: Context, text: str) -> Message:
    """Offer the two likeliest commands, not a manual."""
    about = asked.items_of(ctx.scope, asked.last(ctx.scope, ctx.caller.id, ctx.incoming))
    said = f"{text} {about[0].ref}" if len(about) == 1 and ctx.incoming.place.thread else text
    shown = [command.words for command in COMMANDS if command.in_help]
    buttons = tuple(Button(label, line) for label, line in likely(said, shown))
    if QUESTION.fullmatch(text):
        line = "I keep the log and cannot answer that in words, so nothing was changed."
        return Message((Say(line), Ask("Perhaps one of these shows it?", buttons)), summary=line)
    line = f"I did not understand “{clip(text, 60)}”, so nothing was changed. {SOMETHING}"
    return Message((Say(line), Ask("Did you mean one of these?", buttons)), summary=line)
