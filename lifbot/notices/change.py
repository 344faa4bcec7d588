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
    "seen": "The partnership chair has seen {ref}.",
    "decided": "The partnership chair has decided about {ref}.",
    "returned_to_group": "The partnership chair returns {ref} to the group with a note.",
}
ASKING = ("assigned", "returned", "re_dated")


def change(lines: Sequence[Line], today: date) -> Message:
    """News of changes that others made, told at once and in one message."""
    blocks: list[Block] = []
    for line in lines:
        view = line.view
        blocks.append(Say(CHANGES[line.why].format(ref=view.ref, due=say_date(view.due_on))))
        buttons = owner_buttons(view.ref) if line.why in ASKING else ()
        blocks.append(ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, buttons))
        if line.said:
            blocks.append(Quote(line.said))
    asking = [line for line in lines if line.why in ASKING]
    if asking:
        blocks.append(Fine(f"{REPLY} {LEAVE_OUT}"))
    first = CHANGES[lines[0].why].format(ref=lines[0].view.ref, due=say_date(lines[0].view.due_on))
    summary = first if len(lines) == 1 else f"{len(lines)} changes: {', '.join(line.view.ref for line in lines)}"
    about = tuple(line.view.id for line in asking)
    return Message(tuple(blocks), summary, about=about, asks="change" if asking else "")
