"""How commands are told in Teams: `/lif action add` is typed without /lif, and in a channel after lifbot's mention."""

from __future__ import annotations

import re
from dataclasses import replace

from lifbot.message import Ask, Block, Facts, Fine, Form, Heading, ItemList, Message, Say

COMMAND = re.compile(r"(?<![\w/.])/lif\b ?(?=\w|$|…)")


def as_typed(msg: Message, *, in_channel: bool = False) -> Message:
    """Return the message with every command of ours as it is typed in Teams; what people wrote stays as it is."""
    blocks = tuple(_block(block, in_channel) for block in msg.blocks)
    errors = tuple((name, words(text, in_channel)) for name, text in msg.errors)
    form = _form(msg.form, in_channel) if msg.form else None
    return replace(msg, blocks=blocks, summary=words(msg.summary, in_channel), errors=errors, form=form)


def words(text: str, in_channel: bool = False) -> str:
    """Return our own words with every command as it is typed in Teams."""
    return COMMAND.sub("@lifbot " if in_channel else "", text)


def _block(block: Block, in_channel: bool) -> Block:
    match block:
        case Heading(text) | Say(text) | Fine(text):
            return replace(block, text=words(text, in_channel))
        case Facts(pairs):
            return Facts(tuple((words(name, in_channel), value) for name, value in pairs))
        case ItemList(title, _, note):
            return replace(block, title=words(title, in_channel), note=note and words(note, in_channel))
        case Ask(question):
            return replace(block, question=words(question, in_channel))
        case _:  # somebody's own words
            return block


def _form(form: Form, in_channel: bool) -> Form:
    fields = tuple(replace(each, hint=words(each.hint, in_channel)) for each in form.fields)
    return replace(form, fields=fields, intro=words(form.intro, in_channel))
