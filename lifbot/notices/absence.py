"""Somebody is away, and is back: what their substitute hears, and what they hear on their return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.calendar import say_date
from lifbot.message import Block, Fine, ItemCard, ItemList, Message, Say
from lifbot.views import ItemView

MOST = 10  # items of a summary


def days(first: date, last: date) -> str:
    """Say from when until when: "from 3 March to 20 March 2026", "on 3 March 2026"."""
    if first == last:
        return f"on {say_date(first)}"
    start = say_date(first)
    return f"from {start.rsplit(' ', 1)[0] if first.year == last.year else start} to {say_date(last)}"


def absence(name: str, first: date, last: date, role: str, by: str) -> Message:
    """Tell a substitute, or who was entered as away by somebody else; `role` is substitute, away or back."""
    short = name.split()[0]
    if role == "back":
        text = f"{name} is back: reminders and news for {short} go to {short} again. Thank you for standing in."
        return Message((Say(text),), text)
    if role == "away":
        text = f"{by} has noted that you are away {days(first, last)}."
        how = "Until then your reminders go to whoever stands in for you. If that is not so, type /lif person back"
        return Message((Say(text), Fine(how)), text)
    text = f"{name} is away {days(first, last)}, and you stand in."
    how = f"What lifbot would tell {short} comes to you, and you may answer it. No date moves because of it."
    note = (
        f"If you cannot, tell {short}, their agency's learning link or the business unit, who can name somebody else."
    )
    return Message((Say(text), Say(how), Fine(note)), text)


def while_away(first: date, last: date, happened: Sequence[tuple[ItemView, str]]) -> list[Block]:
    """Say on somebody's return what happened to what they answer for; nothing where nothing did."""
    if not happened:
        return []
    cards = tuple(
        ItemCard(view.ref, view.text, view.line(named=False), view.brag_word, (), said) for view, said in happened
    )
    more = len(cards) - MOST
    title = f"While you were away ({days(first, last)})"
    note = [Fine(f"And {more} more: type /lif action list mine")] if more > 0 else []
    return [ItemList(title, cards[:MOST]), *note]
