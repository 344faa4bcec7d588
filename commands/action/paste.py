"""Logging what a meeting agreed in one go: pasted lines, a preview that is put right in place, then all at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from commands import ask, changes, preview
from commands.action.add import put
from commands.arguments import InGroup
from commands.ask import button_line
from commands.context import Context
from commands.names import default_group
from commands.names import group as group_named
from commands.pasted import Entry, Paste
from commands.unfinished import put_aside
from lifbot import grammar
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Fine, Form, ItemCard, ItemList, Message, Say
from lifbot.model import Group, Item, LogEntry
from lifbot.timescale import Question
from storage import asked

Lines = Annotated[
    str,
    Arg(
        "text",
        "Actions, one a line",
        "As your minutes have them: “CH to review the toolkit by next meeting”. Slack takes 3,000 characters at a "
        "time; paste the rest afterwards. Please leave out names of children and families, and case details.",
        longest=grammar.LONGEST_LINE,
        whole=True,
    ),
]
Kept = Annotated[str, Arg("line", "Which lines", longest=40, in_form=False)]
GROUP = r"group:[ \t]*(?P<group>\S[^\n]*)"
GROUP_FIRST = re.compile(rf"\s*{GROUP}\n(?P<lines>.*)", re.IGNORECASE | re.DOTALL)
GROUP_LAST = re.compile(rf"(?P<lines>.*)\s{GROUP}", re.IGNORECASE | re.DOTALL)
NO_ACTION = (
    "I found no action in that, so nothing was saved. Put one on each line, for example: "
    "CH to review the toolkit by next meeting"
)
GONE = "These lines were saved already, or are more than a day old. To paste them again type: /lif action paste"
NOTHING_LEFT = "No line was left to save. Keep at least one, or close the form; nothing is saved then."


def typed(ctx: Context, raw: dict[str, str]) -> None:
    """Take the group off what was typed: on a line of its own above the lines, or after the last of them."""
    text = raw.get("lines", "")
    if ctx.incoming.kind == "form" or "group" in raw:
        return
    for pattern in (GROUP_FIRST, GROUP_LAST):
        found = pattern.fullmatch(text)
        if found and _is_group(ctx, found["group"].strip()):
            raw["group"], text = found["group"].strip(), found["lines"]
            break
    raw["lines"] = grammar.unquote(text) if text.startswith("“") else text


def _is_group(ctx: Context, said: str) -> bool:
    try:
        group_named(ctx, said)
    except LifError:
        return False
    return True


def _asked(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Draw the form for the lines; nothing is saved by sending it."""
    return replace(ask.form(ctx, paste, raw), submit="Next")


@command(
    "action paste",
    may="log",
    title="Paste actions",
    examples=("/lif action paste", "/lif action paste CH to review the toolkit by next meeting"),
    sentence=typed,
    form=_asked,
    replaces=True,
)
def paste(ctx: Context, lines: Lines, group: InGroup) -> Message:
    """Log many actions at once from pasted minutes, one a line; you check them before anything is saved."""
    shown = _previewed(ctx, put_aside(ctx, lines), group, lines)
    if shown.form and not shown.form.fields:
        raise LifError(NO_ACTION, field="lines")
    return shown


def _previewed(ctx: Context, draft: str, group: Group, lines: str) -> Message:
    line = f"action preview {draft} group:{group.id}"
    shown = _form(ctx, group, lines, line)
    said = f"{shown.intro} Please check them, then save."
    return Message((Say(said), Ask("", (Button("Check and save…", f"form {line}", "primary"),))), said, form=shown)


def _form(ctx: Context, group: Group, lines: str, line: str) -> Form:
    pasted = Paste(ctx, group)
    entries, aside = pasted.read(lines)
    first = preview.fitting(entries)
    return preview.form(pasted, line, first, aside, len(entries) - len(first))


def _kept(ctx: Context, draft: str) -> str:
    lines = asked.draft(ctx.scope, draft, ctx.caller.id)
    if lines is None:
        raise LifError(GONE)
    return lines


def _opened(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Draw the preview anew, from its command line alone."""
    draft = raw.get("draft", "")
    lines = _kept(ctx, draft)
    group = group_named(ctx, raw["group"]) if raw.get("group") else default_group(ctx)
    if group is None:
        raise LifError(GONE)
    return _form(ctx, group, lines, f"action preview {draft} group:{group.id}")


@command(
    "action preview",
    may="log",
    title="Check the actions",
    examples=("/lif action preview x7Zk group:SE",),
    in_help=False,
    form=_opened,
    replaces=True,
)
def previewed(ctx: Context, draft: Kept, group: InGroup) -> Message:
    """Save the lines of a preview, all at once, when each has one owner and a date."""
    lines = _kept(ctx, draft)
    if ctx.incoming.kind != "form":
        return _previewed(ctx, draft, group, lines)
    pasted = Paste(ctx, group)
    every = pasted.read(lines)[0]
    first = preview.fitting(every)
    wanted = _corrected(ctx, pasted, first)
    if wrong := preview.faults(wanted, first):
        return Message((), errors=wrong)
    if not wanted:
        raise LifError(NOTHING_LEFT, field=f"line{first[0].number}")
    saved = [_put(ctx, group, entry, draft) for entry in wanted]
    asked.forget_draft(ctx.scope, draft, ctx.caller.id)
    rest = "\n".join(entry.action.shown for entry in every[len(first) :])
    return _saved(ctx, group, saved, [entry for entry in wanted if entry.like], rest)


def _corrected(ctx: Context, pasted: Paste, first: list[Entry]) -> list[Entry]:
    """The lines as they stand in the form, without those that were emptied, or are known and not kept."""
    fields = dict(ctx.incoming.fields)
    wanted: list[Entry] = []
    for opened in first:
        if not fields.get(f"line{opened.number}", "").strip():
            continue
        entry = pasted.corrected(opened, fields, wanted)
        if entry.like and opened.like and not fields.get(f"keep{opened.number}", "").strip():
            continue
        wanted.append(entry)
    return wanted


def _put(ctx: Context, group: Group, entry: Entry, draft: str) -> tuple[Item, LogEntry]:
    owner, due = entry.named.owner, entry.due
    if owner is None or isinstance(due, Question):
        raise LifError(entry.named.why, field=f"line{entry.number}")  # preview.faults has said so before
    return put(ctx, "action", entry.text, owner, due, group, contributors=entry.named.others, about=f"paste {draft}")


def _saved(ctx: Context, group: Group, saved: list[tuple[Item, LogEntry]], alike: list[Entry], rest: str) -> Message:
    """Say what was saved, with one way back for all of it."""
    refs = [item.ref for item, _ in saved]
    title = f"Saved {len(refs)} actions: {refs[0]} to {refs[-1]}." if len(refs) > 1 else f"Saved as {refs[0]}."
    views = ctx.reader.views(item for item, _ in saved)
    cards = tuple(ItemCard(view.ref, clip(view.text, 200), view.line(named=True), view.brag_word) for view in views)
    owners = len({item.owner for item, _ in saved if item.owner != ctx.caller.id})
    told = "Each owner is told in one message." if owners > 1 else "The owner is told in one message." if owners else ""
    blocks: list[Block] = [ItemList(f"{title} {told}".strip(), cards)]
    blocks += [Fine(f"Kept though it looks like {entry.like}: {clip(entry.text, 100)}") for entry in alike[:5]]
    undo = Button("Undo all" if len(refs) > 1 else "Undo", f"undo {','.join(str(entry.id) for _, entry in saved)}")
    buttons = [Button("List", f"action list open {group.prefix}"), undo]
    if rest:
        left = len(rest.splitlines())
        more = button_line(ctx, f"form action preview {put_aside(ctx, rest)} group:{group.id}")
        blocks.append(Say(f"{left} more did not fit and are not saved yet."))
        buttons.insert(0, Button(f"Check the next {left}…", more, "primary"))
    return Message((*blocks, Fine(changes.SEEN_BY), Ask("", tuple(buttons))), summary=title)
