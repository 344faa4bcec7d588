"""The question what difference an action made, as a reminder says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.message import Button, ItemCard
from lifbot.notices.nudge import Beside
from lifbot.views import ItemView

TITLE = "What difference has it made?"
LONGEST = 300
NOTE = (
    "“Not yet” is an answer too. Reply “impact” and your words, or use the buttons. "
    "Please leave out names and case details. Your answer goes to the log, which the group can see."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about: the item, when it was signed off, what was agreed to show success, and in whose place."""

    view: ItemView
    signed_off_on: date
    criteria: str = ""
    whose: str = ""  # "For Cleo Hart, who is away until 3 June 2026. "


def asked(question: Question, record: str, buttons: tuple[Button, ...], *, again: bool) -> Beside:
    """The question within a nudge; the criteria that were agreed are shown again."""
    view = question.view
    since = f"signed off on {say_date(question.signed_off_on)}"
    criteria = f"Agreed as success: {clip(question.criteria, LONGEST)}" if question.criteria else ""
    card = ItemCard(
        view.ref,
        clip(view.text, LONGEST),
        " · ".join(part for part in (view.agency, since) if part),
        None,
        buttons,
        f"{question.whose}{criteria}".strip(),
    )
    once_more = " You may have missed this two weeks ago." if again else ""
    alone = f"{question.whose}{view.ref} was {since}. {TITLE}{once_more}"
    return Beside(TITLE, card, record, alone, NOTE)
