"""What goes where on somebody's own page: their items by urgency, and how much of each part there is room for."""

from collections.abc import Sequence
from datetime import date, timedelta

from lifbot.policy.rules import Rules

NOW = timedelta(days=3)
URGENCIES = ("overdue", "now", "soon", "later")
"""Past its date; due within three days; within the days of the first reminder; what has time."""


def urgency(due_on: date, today: date, rules: Rules) -> str:
    """How urgent an item is: one of URGENCIES."""
    if due_on < today:
        return "overdue"
    if due_on <= today + NOW:
        return "now"
    return "soon" if due_on <= today + timedelta(days=max((14, *rules.remind_days_before[:1]))) else "later"


def portions(wanted: Sequence[int], room: int) -> list[int]:
    """How many of each part a room for so many shows: an equal share each, and what one leaves goes to the others."""
    shares = [0] * len(wanted)
    while room > 0 and (hungry := [at for at, count in enumerate(wanted) if shares[at] < count]):
        for at in hungry[:room]:
            shares[at] += 1
        room -= min(room, len(hungry))
    return shares
