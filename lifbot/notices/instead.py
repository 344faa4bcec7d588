"""What somebody hears in another's place: to answer for who is away, to pass on to who is in no workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.buttons import page_buttons
from lifbot.message import Block, Fine, Heading, ItemCard, ItemList
from lifbot.notices.line import InPlace, Line

OTHERS_TOO = "To pass on"
MOST = 6  # items of others that there is room for in a nudge
MAY_ANSWER = "You may answer for them; it is then recorded as said for them."


def in_place(lines: Sequence[Line], today: date) -> list[Block]:
    """Return the part of a nudge that is for others: first who is away, then what is to be passed on."""
    blocks: list[Block] = []
    shown, more = lines[:MOST], [line.view.ref for line in lines[MOST:]]
    away = [line for line in shown if line.instead and line.instead.is_away]
    others = [line for line in shown if line.instead and not line.instead.is_away]
    for place, theirs in _by_person(away):
        blocks.append(ItemList(place.phrase, tuple(_card(line, today) for line in theirs)))
    if others:
        blocks.append(Heading(OTHERS_TOO))
    for place, theirs in _by_person(others):
        blocks.append(ItemList(asks_to_pass_on(place, theirs), tuple(_card(line, today) for line in theirs)))
    note = f"And {', '.join(more)}: type a reference to see it. " if more else ""
    return [*blocks, Fine(note + MAY_ANSWER)] if blocks else []


def asks_to_pass_on(place: InPlace, lines: Sequence[Line]) -> str:
    """Ask for one or several items to be passed on to their owner."""
    if len(lines) == 1:
        return f"{lines[0].view.ref} is {_possessive(place.name)}, who {place.why}. Could you pass it on?"
    return f"These are {_possessive(place.name)}, who {place.why}. Could you pass them on?"


def titled(title: str, lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Return a title for one's own lines and one for those of each other person, where there are any."""
    own = [line for line in lines if line.instead is None]
    found = [(title, own)] if own else []
    return found + [
        (f"{title} · {place.phrase[0].lower()}{place.phrase[1:]}", theirs) for place, theirs in _by_person(lines)
    ]


def _by_person(lines: Sequence[Line]) -> list[tuple[InPlace, list[Line]]]:
    places = dict.fromkeys(line.instead for line in lines if line.instead)
    return [(place, [line for line in lines if line.instead == place]) for place in places]


def _card(line: Line, today: date) -> ItemCard:
    view = line.view
    return ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, page_buttons(view.ref))


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
