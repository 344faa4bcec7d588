"""News of changes that others made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.buttons import owner_buttons
from lifbot.calendar import say_date
from lifbot.message import Block, Fine, ItemCard, Message, Quote, Say
from lifbot.notices.line import LEAVE_OUT, REPLY, Line

CHANGES = {
    "assigned": "You are now the accountable owner of {ref}, due {due}.",
    "reassigned": "{ref} has a new owner. Thank you for your part in it.",
    "returned": "{ref} comes back to you with a note.",
    "re_dated": "{ref} has a new date: {due}.",
    "signed_off": "{ref} is signed off. Thank you.",
    "accepted": "{ref} is accepted as not completable, with what was done instead. Thank you.",
    "withdrawn": "{ref} is withdrawn; nothing more is needed.",
    "superseded": "Another item takes the place of {ref}; nothing more is needed for this one.",
    "closed": "{ref} is closed. Thank you.",
    "reopened": "{ref} is open again, due {due}.",
    "edited": "{ref} has changed. This is how it stands now.",
    "seen": "The partnership chair has seen {ref}.",
    "decided": "The partnership chair has decided about {ref}.",
    "returned_to_group": "The partnership chair returns {ref} to the group with a note.",
}
SEVERAL = {
    "assigned": "You are now the accountable owner of these.",
    "reassigned": "These have a new owner. Thank you for your part in them.",
    "returned": "These come back to you with a note.",
    "re_dated": "These have a new date.",
    "signed_off": "These are signed off. Thank you.",
    "accepted": "These are accepted as not completable, with what was done instead. Thank you.",
    "withdrawn": "These are withdrawn; nothing more is needed.",
    "superseded": "Others take the place of these; nothing more is needed for them.",
    "closed": "These are closed. Thank you.",
    "reopened": "These are open again.",
    "edited": "These have changed. This is how they stand now.",
    "seen": "The partnership chair has seen these.",
    "decided": "The partnership chair has decided about these.",
    "returned_to_group": "The partnership chair returns these to the group with a note.",
}
ASKING = ("assigned", "returned", "re_dated", "reopened", "edited")


def change(lines: Sequence[Line], today: date) -> Message:
    """News of changes that others made, told at once and in one message."""
    blocks: list[Block] = []
    for why in dict.fromkeys(line.why for line in lines):
        same = [line for line in lines if line.why == why]
        blocks.append(Say(_headline(same[0]) if len(same) == 1 else SEVERAL[why]))
        blocks += [block for line in same for block in _changed(line, today)]
    asking = [line for line in lines if line.why in ASKING]
    if asking:
        blocks.append(Fine(f"{REPLY} {LEAVE_OUT}"))
    refs = ", ".join(line.view.ref for line in lines)
    summary = _headline(lines[0]) if len(lines) == 1 else f"{len(lines)} changes: {refs}"
    about = tuple(line.view.id for line in asking)
    return Message(tuple(blocks), summary, about=about, asks="change" if asking else "")


def _headline(line: Line) -> str:
    return CHANGES[line.why].format(ref=line.view.ref, due=say_date(line.view.due_on))


def _changed(line: Line, today: date) -> list[Block]:
    view = line.view
    buttons = owner_buttons(view.ref) if line.why in ASKING else ()
    card = ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, buttons)
    said: list[Block] = [Quote(line.said)] if line.said else []
    return [card, *said, *([Say(line.then)] if line.then else [])]
