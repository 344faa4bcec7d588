"""The guard at every door: free text is looked at before a command reads or keeps anything of it.

Which commands and arguments it passes by is decided here, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from commands import ask, reply
from commands.context import Context
from commands.unfinished import put_aside, typed_line
from lifbot import guard
from lifbot.grammar import Command
from lifbot.guard import Finding, Known
from lifbot.message import Button, Field, Form, Message
from lifbot.notices import identifying
from lifbot.notices.identifying import Caught
from storage import log, people
from storage.scope import Scope

KEEP_NOTHING = frozenset(
    {"undo", "help", "find", "action list", "action file", "action themes", "mine", "home", "decisions"}
)
SET_UP = frozenset({"setup", "settings", "group", "person", "agency"})
"""First words of commands whose point is the names and addresses of the partnership's own people and offices."""
FREE = frozenset({"text", "line", "themes", "when", "rhythm", "meeting", "files"})
"""Kinds of arguments that hold people's own words; the others are references, or chosen from what there is."""
TICK = "vouched"
"""The field of a form with which somebody says that nothing in it identifies anyone."""
Found = Mapping[str, tuple[Finding, ...]]  # by argument or field
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_exempt(command: Command) -> bool:
    """Say whether the guard lets a command pass unseen."""
    return command.words in KEEP_NOTHING or command.words.split()[0] in SET_UP


def take_tick(ctx: Context, raw: dict[str, str]) -> None:
    """Note that a form's tick was set; it is no argument."""
    ctx.vouched = bool(raw.pop(TICK, "")) or ctx.vouched


def caught(ctx: Context, command: Command, raw: Mapping[str, str]) -> Message | None:
    """Return what is said instead, where a command's words hold what must not be kept; nothing of them is."""
    if is_exempt(command):
        return None
    words = _words(ctx, command, raw)
    if any(guard.is_immediate_risk(said) for said in words.values()):
        return _pass_on(ctx)
    found = {name: seen for name, said in words.items() if (seen := _look(ctx, said))}
    certain = {name: sure for name, seen in found.items() if (sure := tuple(each for each in seen if each.is_certain))}
    if certain:
        return _refused(ctx, command, raw, certain)
    asked = {} if ctx.vouched or not found else _new(ctx, command, raw, found)
    if asked:
        return _asked(ctx, command, raw, asked)
    ctx.vouched_for = tuple(dict.fromkeys(each.kind for seen in found.values() for each in seen)) if ctx.vouched else ()
    return None


def _words(ctx: Context, command: Command, raw: Mapping[str, str]) -> dict[str, str]:
    """People's own words, by argument, and by field where a form has more than the command has arguments."""
    ours = {arg.name: arg.kind in FREE for arg in command.args}
    return {name: said for name, said in raw.items() if said and ours.get(name, True)}


def _new(ctx: Context, command: Command, raw: Mapping[str, str], found: Found) -> Found:
    """What somebody was not asked about before: a form that opened with words asks no more about them."""
    extra = found.keys() - {arg.name for arg in command.args}
    if not (extra and command.form):
        return found
    opened = {field.name: field.value.strip() for field in command.form(ctx, raw).fields}
    return {name: seen for name, seen in found.items() if name not in extra or opened.get(name) != raw[name].strip()}


def note(ctx: Context, command: Command) -> None:
    """Log that somebody said that what was seen identifies nobody: who, and which kinds."""
    if ctx.vouched_for:
        log.write(ctx.scope, ctx.caller.id, log.CLEARED, why=f"{', '.join(ctx.vouched_for)} in {command.words}")


def understood(ctx: Context, text: str) -> str | Message | None:
    """Understand a reply; where it is no command's words yet, nothing of what must not be kept is put aside."""
    if guard.is_immediate_risk(text):  # whatever else it could mean: "999" is no reference
        return _pass_on(ctx)
    certain = [each for each in _look(ctx, text) if each.is_certain]
    if not certain:
        return reply.understand(ctx, text)
    with ctx.scope.session.begin_nested() as point:
        meant = reply.understand(ctx, text)
        if isinstance(meant, str):
            return meant
        point.rollback()
    return identifying.certain(_told("", text, certain))


def edited(ctx: Context, text: str) -> Message | None:
    """Return what is said where a message was edited to hold what must not be kept: the log keeps its words."""
    if guard.is_immediate_risk(text):
        return _pass_on(ctx)
    found = _look(ctx, text)
    return identifying.edited(_told("", text, found)) if found else None


def _pass_on(ctx: Context) -> Message:
    log.write(ctx.scope, ctx.caller.id, log.PASSED_ON)
    return identifying.passed_on()


def _look(ctx: Context, text: str) -> tuple[Finding, ...]:
    return look(ctx.scope, text)


def look(scope: Scope, text: str) -> tuple[Finding, ...]:
    """Return what could identify somebody in words that came in by another door than a command."""
    return guard.look(text, cache(lambda: known(scope)), scope.today)


def known(scope: Scope) -> Known:
    """Return what belongs to the partnership, and so may be said: its people and their addresses, its bodies."""
    everybody = people.ever(scope)
    partnership, groups = scope.partnership, people.groups(scope)
    names = [partnership.name, partnership.abbreviation, *(person.name for person in everybody)]
    names += [agency.name for agency in people.agencies(scope)]
    names += [name for group in groups for name in (group.name, group.prefix, *group.aliases)]
    words = frozenset(word.lower().replace("’", "'") for name in names for word in WORD.findall(name))
    emails = frozenset(person.email.lower() for person in everybody if person.email)
    initials = frozenset("".join(word[0] for word in person.name.lower().split()) for person in everybody)
    return Known(words, emails, initials)


def _told(field: str, text: str, found: Sequence[Finding]) -> list[Caught]:
    return [Caught(each.kind, field, guard.masked(text, each), each.is_certain) for each in found]


def _all_told(command: Command, raw: Mapping[str, str], found: Found) -> list[Caught]:
    labels = {arg.name: arg.label for arg in command.args}
    return [each for name, seen in found.items() for each in _told(labels.get(name, ""), raw[name], seen)]


def _beside(raw: Mapping[str, str], found: Found) -> dict[str, str]:
    return {name: identifying.beside_field(_told("", raw[name], seen)) for name, seen in found.items()}


def _refused(ctx: Context, command: Command, raw: Mapping[str, str], found: Found) -> Message:
    if ctx.incoming.kind == "form":
        return Message((), summary=identifying.NOT_SAVED, errors=tuple(_beside(raw, found).items()))
    bare = {**raw, **{name: guard.without(raw[name], seen) for name, seen in found.items()}}
    return identifying.certain(_all_told(command, raw, found), _edit(ctx, command, bare))


def _asked(ctx: Context, command: Command, raw: Mapping[str, str], found: Found) -> Message:
    surely = Button(identifying.CLEARED, f"cleared {put_aside(ctx, typed_line(command, raw))}")
    message = identifying.doubtful(_all_told(command, raw, found), (*_edit(ctx, command, raw), surely))
    if ctx.incoming.kind != "form":
        return message
    return replace(message, form=_with_tick(ctx, _form(ctx, command, raw), _beside(raw, found)))


def _edit(ctx: Context, command: Command, raw: Mapping[str, str]) -> tuple[Button, ...]:
    """Return the button that opens the command's form with what was typed: it is kept for a day, for its writer."""
    if not any(arg.in_form for arg in command.args):
        return ()
    return (Button("Edit", f"draft {put_aside(ctx, f'form {typed_line(command, raw)}')}"),)


def _form(ctx: Context, command: Command, raw: Mapping[str, str]) -> Form:
    return command.form(ctx, raw) if command.form else ask.form(ctx, command, raw)


def _with_tick(ctx: Context, form: Form, notes: Mapping[str, str]) -> Form:
    """Return the form as it was sent, with what was seen beside its fields, and the tick."""
    sent = dict(ctx.incoming.fields)
    fields = tuple(
        replace(field, value=sent.get(field.name, field.value), hint=notes.get(field.name, field.hint))
        for field in form.fields
    )
    options = (("yes", identifying.TICK),)
    tick = Field(TICK, "If you are sure", "tick", required=False, hint=identifying.LOGGED, options=options)
    return replace(form, fields=(*fields, tick), intro=f"{identifying.NOT_SAVED} Please see the note at the field.")
