"""News of changes that others made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.buttons import (
    assigned_buttons,
    contributor_buttons,
    decision_buttons,
    handed_over_buttons,
    not_embedded_buttons,
    offer_buttons,
    owner_buttons,
    respond_buttons,
)
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.message import Block, Button, Fine, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.instead import asks_to_pass_on
from lifbot.notices.line import LEAVE_OUT, InPlace, Line, replies
from lifbot.notices.line import SEVERAL as SEVERAL_REFS
from lifbot.views import ItemView

CHANGES = {
    "assigned": "You are now the accountable owner of {ref}, due {due}.",
    "reassigned": "{ref} has a new owner. Thank you for your part in it.",
    "new_owner": "{ref} has a new owner: {owner}.",
    "offered": "Its owner asks whether you could take over {ref}, due {due}.",
    "offer_declined": "{ref} stays with you: who you asked cannot take it over.",
    "contributes": "You contribute to {ref}, due {due}; {owner} answers for it.",
    "contributes_no_more": "You no longer contribute to {ref}. Thank you for your part in it.",
    "part_done": "A contributor has done their part of {ref}. It stays open until you say that it is done.",
    "contributor_left": "A contributor no longer takes part in {ref}.",
    "returned": "{ref} comes back to you with a note.",
    "re_dated": "{ref} has a new date: {due}.",
    "signed_off": "{ref} is signed off. Thank you.",
    "accepted": "{ref} is accepted as not completable, with what was done instead. Thank you.",
    "withdrawn": "{ref} is withdrawn; nothing more is needed.",
    "not_embedded": "{ref} is not yet embedded in practice, its owner says. It can be opened again.",
    "handed_over": "Another group hands its output to yours: {ref}, due {due}.",
    "handed_back": "What you handed over comes back; {ref} is as it was.",
    "superseded": "Another item takes the place of {ref}; nothing more is needed for this one.",
    "closed": "{ref} is closed. Thank you.",
    "reopened": "{ref} is open again, due {due}.",
    "edited": "{ref} has changed. This is how it stands now.",
    "seen": "The partnership chair has seen {ref}.",
    "decided": "The partnership chair has decided about {ref}.",
    "returned_to_group": "The partnership chair returns {ref} to the group with a note.",
    "challenged": "You are asked to respond to the challenge {ref} by {due}.",
    "responded": "There is a response to the challenge {ref}. Does it resolve it?",
    "discussed": "The group has discussed the challenge {ref}. Is it resolved?",
    "resolved": "The challenge {ref} is resolved. Thank you.",
    "remains": "The challenge {ref} still remains; it is talked about at the group's next meeting.",
    "to_chair": "The challenge {ref} still remains after it was discussed; the partnership chair is asked for help.",
}
SEVERAL = {
    "assigned": "You are now the accountable owner of these.",
    "reassigned": "These have a new owner. Thank you for your part in them.",
    "new_owner": "These have a new owner.",
    "offered": "Their owner asks whether you could take these over.",
    "offer_declined": "These stay with you: who you asked cannot take them over.",
    "contributes": "You contribute to these.",
    "contributes_no_more": "You no longer contribute to these. Thank you for your part in them.",
    "part_done": "Contributors have done their part of these. They stay open until you say that they are done.",
    "contributor_left": "A contributor no longer takes part in these.",
    "returned": "These come back to you with a note.",
    "re_dated": "These have a new date.",
    "signed_off": "These are signed off. Thank you.",
    "accepted": "These are accepted as not completable, with what was done instead. Thank you.",
    "withdrawn": "These are withdrawn; nothing more is needed.",
    "not_embedded": "These are not yet embedded in practice, their owners say. They can be opened again.",
    "handed_over": "Other groups hand their output to yours.",
    "handed_back": "What you handed over comes back; these are as they were.",
    "superseded": "Others take the place of these; nothing more is needed for them.",
    "closed": "These are closed. Thank you.",
    "reopened": "These are open again.",
    "edited": "These have changed. This is how they stand now.",
    "seen": "The partnership chair has seen these.",
    "decided": "The partnership chair has decided about these.",
    "returned_to_group": "The partnership chair returns these to the group with a note.",
    "challenged": "You are asked to respond to these challenges.",
    "responded": "There are responses to these challenges. Do they resolve them?",
    "discussed": "The group has discussed these challenges. Are they resolved?",
    "resolved": "These challenges are resolved. Thank you.",
    "remains": "These challenges still remain; they are talked about at the group's next meeting.",
    "to_chair": "These challenges still remain after they were discussed; the partnership chair is asked for help.",
}
ASKING = ("assigned", "returned", "re_dated", "reopened", "edited", "challenged")
"""News that asks its owner something."""
OTHERS = {
    "assigned": "{name} is now the accountable owner of {ref}, due {due}.",
    "reassigned": "{ref} has a new owner in {name}'s place.",
    "returned": "{ref} comes back to {name} with a note.",
    "contributes": "{name} contributes to {ref}, due {due}.",
    "contributes_no_more": "{name} no longer contributes to {ref}.",
    "offered": "{ref}, due {due}, is offered to {name}.",
    "challenged": "{name} is asked to respond to the challenge {ref} by {due}.",
}
"""News of somebody else's, for who hears it in their place."""
PRACTICE_WORDS = {
    "assigned": "You are now the accountable owner of {ref}, strong practice that is to spread by {due}. Thank you.",
    "signed_off": "{ref} has spread and is signed off. Thank you.",
}
OTHERS_SEVERAL = {
    "assigned": "{name} is now the accountable owner of these.",
    "reassigned": "These have a new owner in {name}'s place.",
    "returned": "These come back to {name} with a note.",
    "contributes": "{name} contributes to these.",
    "contributes_no_more": "{name} no longer contributes to these.",
    "offered": "These are offered to {name}.",
    "challenged": "{name} is asked to respond to these challenges.",
}
FEW = 3  # changes of one kind that are shown in full; of more each has a line, and its buttons a tap away
CLIPPED = 200  # characters of an item's words in such a line


def change(lines: Sequence[Line], today: date) -> Message:
    """News of changes that others made, told at once and in one message."""
    blocks: list[Block] = []
    for place in dict.fromkeys(line.instead for line in lines):
        blocks += _for(place, [line for line in lines if line.instead == place], today)
    asking = [line for line in lines if line.why in ASKING]
    if asking:
        several = f" {SEVERAL_REFS.format(ref=asking[0].view.ref)}" if len(asking) > 1 else ""
        blocks.append(Fine(f"{replies(asking)}{several} {LEAVE_OUT}"))
    summary = _headline(lines[0]) if len(lines) == 1 else f"{len(lines)} changes: {_refs(lines)}"
    about = tuple(line.view.id for line in asking)
    return Message(tuple(blocks), summary, about=about, asks="change" if asking else "")


def _for(place: InPlace | None, lines: Sequence[Line], today: date) -> list[Block]:
    """The news of one person: one's own, or somebody's in whose place it is heard."""
    blocks: list[Block] = []
    if place:
        blocks.append(Say(f"{place.phrase}:" if place.is_away else asks_to_pass_on(place, lines)))
    for why in dict.fromkeys(line.why for line in lines):
        same = [line for line in lines if line.why == why]
        if len(same) > FEW and not any(line.said or line.then for line in same):
            blocks.append(_listed(why, same, today))
            continue
        one_by_one = place is not None and why in OTHERS
        blocks.append(Say(_headline(same[0]) if len(same) == 1 or one_by_one else SEVERAL[why]))
        blocks += [block for line in same for block in _changed(line, today)]
    return blocks


def _headline(line: Line) -> str:
    words = CHANGES[line.why]
    name = line.instead.name if line.instead else ""
    words = OTHERS.get(line.why, words) if name else words
    words = PRACTICE_WORDS.get(line.why, words) if line.view.kind == PRACTICE and not name else words
    words = words.replace("The partnership chair", f"The chair of {line.by}") if line.by else words
    return words.format(ref=line.view.ref, due=say_date(line.view.due_on), name=name, owner=line.view.owner)


def _changed(line: Line, today: date) -> list[Block]:
    view = line.view
    buttons = _buttons(line.why, view) if line.why in (*ASKING, *BUTTONS) else ()
    card = ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, buttons)
    said: list[Block] = [Quote(line.said)] if line.said else []
    return [card, *said, *([Say(line.then)] if line.then else [])]


def _buttons(why: str, view: ItemView) -> tuple[Button, ...]:
    if why in BUTTONS:
        return assigned_buttons(view.ref, view.kind) if why == "assigned" else BUTTONS[why](view.ref)
    return respond_buttons(view.ref) if view.kind == CHALLENGE else owner_buttons(view.ref, view.kind)


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
    name = lines[0].instead.name if lines[0].instead else ""
    return ItemList(OTHERS_SEVERAL[why].format(name=name) if name and why in OTHERS else SEVERAL[why], cards)


def _refs(lines: Sequence[Line]) -> str:
    """The references as a lock screen has room for them."""
    refs = [line.view.ref for line in lines]
    return ", ".join(refs) if len(refs) <= 5 else f"{', '.join(refs[:3])} and {len(refs) - 3} more"


def _outcome_buttons(ref: str) -> tuple[Button, ...]:
    return (*decision_buttons("outcome", ref), Button("Show", f"challenge show {ref}"))


BUTTONS = {
    "assigned": assigned_buttons,
    "offered": offer_buttons,
    "contributes": contributor_buttons,
    "not_embedded": not_embedded_buttons,
    "handed_over": handed_over_buttons,
    "challenged": respond_buttons,
    "responded": _outcome_buttons,
    "discussed": _outcome_buttons,
}
