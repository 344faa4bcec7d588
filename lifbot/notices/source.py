"""Milestones of the learning register and the question whether a hold still stands, as a reminder says them."""

from __future__ import annotations

from datetime import date

from lifbot.calendar import say_date
from lifbot.message import Button, ItemCard
from lifbot.notices.nudge import Beside

TITLE = "In the learning register"
NOTE = "Reply “milestone done”, or use the button. What you say goes to the register, which the lead group can see."


def milestone(
    ref: str, title: str, text: str, due: date, name: str, record: str, today: date, whose: str = ""
) -> Beside:
    """A milestone of a source: what is to happen by when, and how it is said to be done."""
    passed = due < today
    when = f"{'has passed its date of' if passed else 'is due on'} {say_date(due)}"
    buttons = (Button("Done", f"source done {ref} {name}", "primary"), Button("Show", f"source show {ref}"))
    line = f"{title} · {'was due' if passed else 'due'} {say_date(due)}"
    alone = f"{whose}“{text}” of {ref} {when}."
    return Beside(TITLE, ItemCard(ref, text, line, None, buttons, whose.strip()), record, alone, NOTE)


def still_held(ref: str, reason: str, until: date, record: str) -> Beside:
    """A hold has come to its day: does it still stand? It never lifts itself."""
    buttons = (Button("Lift the hold", f"source lift {ref}"), Button("It stands…", f"form source hold {ref}"))
    alone = f"{ref} is on hold until {say_date(until)}. Does the hold still stand?"
    note = "Until somebody lifts it, it stays silent."
    return Beside("On hold", ItemCard(ref, reason, f"until {say_date(until)}", None, buttons), record, alone, note)
