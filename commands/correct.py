"""Correcting one's words by editing the message they came from: the history keeps both."""

from __future__ import annotations

from collections.abc import Callable

from commands import bind, changes, files, reply, unfinished
from commands.context import Context
from commands.names import named
from commands.spoken import verb_of
from lifbot import grammar
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Command
from lifbot.message import Ask, Message, Say
from lifbot.model import Asked, Evidence, Item, Update
from lifbot.timescale import Question
from storage import log, said

# What somebody said, by the command that said it.
COMMANDS_OF = {
    "update": "action update",
    "done": "action done",
    "cannot": "action cannot",
    "more_time": "action extend",
    "declined": "action decline",
}
VERB_NEEDED = ("action done", "action decline")  # "done" without its verb is something else
OTHER = (
    "Editing a message corrects its words, and no more; nothing was changed. "
    "To say something else, type undo within ten minutes, or write a new message."
)
NO_WORDS = "There are no words left in it, so the log keeps those that were there."


def corrected(ctx: Context, text: str) -> Message | None:
    """Keep new words in place of those that the message held before; None where they mean the same."""
    row = said.in_message(ctx.scope, ctx.incoming.edits or "")
    item = ctx.scope.get(Item, row.item_id) if row else None
    if row is None or item is None:
        return None
    _refuse(ctx, row, item)
    command = _command(row)
    raw = _read_again(ctx, command, item, text)
    for name, value in raw.items():
        grammar.refuse_long(command.arg(name), value)
    before = log.picture(item)
    new = KEEP.get(command.words, _text)(ctx, item, {name: named(ctx, value) for name, value in raw.items()}, row)
    if new == row.text:
        return None
    if isinstance(row, Update):
        entry = changes.keep(ctx, item, before, kind=row.kind, text=new, corrects=row.id)
    else:
        files.keep_evidence(ctx, item, new, "", corrects=row.id)
        entry = changes.keep(ctx, item, before)
    return Message((Say("Corrected."), Ask("", (changes.undo_button(entry),))), summary="Corrected.")


def _refuse(ctx: Context, row: Update | Evidence, item: Item) -> None:
    """Raise LifError where the words have had their effect, or have none any more."""
    entry = said.entry_of(ctx.scope, row)
    if entry and log.undone(ctx.scope, entry):
        raise LifError("That was undone, so editing the message changes nothing. Please write it again.")
    if changes.is_finished(item):
        status = "signed off" if item.signed_off_on else ctx.reader.view(item).status_word
        raise LifError(f"{item.ref} is {status} by now, so the log keeps your words as they were.")


def _command(row: Update | Evidence) -> Command:
    words = "action evidence" if isinstance(row, Evidence) else COMMANDS_OF.get(row.kind, "")
    command = unfinished.command_of(words)
    if command is None:
        raise LifError(OTHER)
    return command


def _read_again(ctx: Context, command: Command, item: Item, text: str) -> dict[str, str]:
    """Read edited words as the same command about the same item; LifError for anything else."""
    text = text[4:].strip() if text.lower().startswith("/lif") else text
    words = " ".join(text.split()[:2]).lower()
    typed = unfinished.command_of(words) if words else None
    about = Asked(partnership_id=ctx.scope.id, person=ctx.caller.id, at=ctx.scope.now, asks="", items=[item.id])
    verb = verb_of(text)
    if typed:
        verb = verb._replace(command=typed.words, rest=text.split(None, 2)[2] if len(text.split()) > 2 else "")
    ref, rest = reply.leading_ref(ctx, verb.rest, about)
    if ref and not verb.command:
        verb = verb_of(rest)
        rest = verb.rest
    if verb.command not in ("", command.words) or (not verb.command and command.words in VERB_NEEDED):
        raise LifError(OTHER)
    if ref and bind.item(ctx, ref) is not item:
        raise LifError(f"{OTHER} Your message was about {item.ref}.")
    return grammar.parse(unfinished.without_item(command), rest)


def _text(ctx: Context, item: Item, raw: dict[str, str], row: Update | Evidence) -> str:
    if not raw.get("text"):
        raise LifError(NO_WORDS)
    return raw["text"]


def _done(ctx: Context, item: Item, raw: dict[str, str], row: Update | Evidence) -> str:
    new = _text(ctx, item, raw, row)
    proof = said.evidence_in(ctx.scope, ctx.incoming.edits or "")
    if new != row.text:
        files.keep_evidence(ctx, item, new, "", corrects=proof.id if proof else None)
    return new


def _cannot(ctx: Context, item: Item, raw: dict[str, str], row: Update | Evidence) -> str:
    because = raw.get("because") or item.not_completable_reason or ""
    instead = raw.get("instead") or item.done_instead or ""
    if item.waiting == "acceptance":
        item.not_completable_reason, item.done_instead = because, instead
    return f"{because.rstrip(' .')}. Instead: {instead}"


def _more_time(ctx: Context, item: Item, raw: dict[str, str], row: Update | Evidence) -> str:
    old_day, _, old_reason = row.text.partition(": ")
    because = raw.get("because") or old_reason
    if not raw.get("due"):
        return f"{old_day}: {because}"
    due = bind.when(ctx, raw["due"], ctx.group_of(item))
    if isinstance(due, Question):
        raise LifError(f"{due.why} Nothing was changed.")
    if item.waiting == "more_time":
        item.proposed_due = due.said
    return f"{say_date(due.on)}: {because}"


Keep = Callable[[Context, Item, dict[str, str], Update | Evidence], str]
KEEP: dict[str, Keep] = {"action done": _done, "action cannot": _cannot, "action extend": _more_time}
