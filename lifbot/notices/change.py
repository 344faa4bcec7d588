"""News of changes that others made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.buttons import owner_buttons
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.message import Block, Button, Fine, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.line import LEAVE_OUT, REPLY, Line
from lifbot.notices.line import SEVERAL as SEVERAL_REFS

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
SEVERAL = {
    "assigned": "You are now the accountable owner of these.",
    "reassigned": "These have a new owner. Thank you for your part in them.",
    "returned": "These come back to you with a note.",
    "re_dated": "These have a new date.",
    "signed_off": "These are signed off. Thank you.",
    "accepted": "These are accepted as not completable, with what was done instead. Thank you.",
    "withdrawn": "These are withdrawn; nothing more is needed.",
    "seen": "The partnership chair has seen these.",
    "decided": "The partnership chair has decided about these.",
    "returned_to_group": "The partnership chair returns these to the group with a note.",
}
ASKING = ("assigned", "returned", "re_dated")
FEW = 3  # changes of one kind that are shown in full; of more each has a line, and its buttons a tap away
CLIPPED = 200  # characters of an item's words in such a line


def change(lines: Sequence[Line], today: date) -> Message:
    """News of changes that others made, told at once and in one message."""
    blocks: list[Block] = []
    for why in dict.fromkeys(line.why for line in lines):
        same = [line for line in lines if line.why == why]
        if len(same) > FEW and not any(line.said for line in same):
            blocks.append(_listed(why, same, today))
            continue
        blocks.append(Say(_headline(same[0]) if len(same) == 1 else SEVERAL[why]))
        blocks += [block for line in same for block in _changed(line, today)]
    asking = [line for line in lines if line.why in ASKING]
    if asking:
        several = f" {SEVERAL_REFS.format(ref=asking[0].view.ref)}" if len(asking) > 1 else ""
        blocks.append(Fine(f"{REPLY}{several} {LEAVE_OUT}"))
    summary = _headline(lines[0]) if len(lines) == 1 else f"{len(lines)} changes: {_refs(lines)}"
    about = tuple(line.view.id for line in asking)
    return Message(tuple(blocks), summary, about=about, asks="change" if asking else "")


def _headline(line: Line) -> str:
    return CHANGES[line.why].format(ref=line.view.ref, due=say_date(line.view.due_on))


def _changed(line: Line, today: date) -> list[Block]:
    view = line.view
    buttons = owner_buttons(view.ref) if line.why in ASKING else ()
    card = ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, buttons)
    return [card, *([Quote(line.said)] if line.said else [])]


def _listed(why: str, lines: Sequence[Line], today: date) -> ItemList:
    """Many changes of one kind, as a meeting's actions are: short lines that fit into one message."""
    cards = tuple(
        ItemCard(
            line.view.ref,
            clip(line.view.text, CLIPPED),
            line.view.line(named=False, today=today),
            line.view.brag_word,
            (Button("Show", f"action show {line.view.ref}"),),
        )
        for line in lines
    )
    return ItemList(SEVERAL[why], cards)


def _refs(lines: Sequence[Line]) -> str:
    """The references as a lock screen has room for them."""
    refs = [line.view.ref for line in lines]
    return ", ".join(refs) if len(refs) <= 5 else f"{', '.join(refs[:3])} and {len(refs) - 3} more"
