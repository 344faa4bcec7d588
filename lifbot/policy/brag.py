"""BRAG: colour plus word, for lists, agendas and reports (ruling 5)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from lifbot.calendar import local_day
from lifbot.policy.cycles import since_return
from lifbot.policy.facts import Course, Facts, Rules

SOON = timedelta(days=14)


class Brag(StrEnum):
    """Blue, red, amber or green; always shown with its word."""

    BLUE = "blue"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


MEANINGS = {
    Brag.BLUE: "Signed off, or accepted as not completable.",
    Brag.GREEN: "On track, or reported as done and waiting for sign-off.",
    Brag.AMBER: "Due within two weeks with no update, or past its date.",
    Brag.RED: "Still open when the agreed number of meetings has passed, or with the partnership chair.",
}


def brag(facts: Facts, course: Course, rules: Rules, now: datetime, today: date) -> Brag | None:
    """The colour of an item now; None for what was withdrawn or superseded."""
    if facts.signed_off or facts.accepted:
        return Brag.BLUE
    if facts.is_reported:
        return Brag.GREEN
    if not facts.is_open:
        return None
    if facts.escalated or since_return(facts, course, rules, now) >= rules.cycles_before_escalation:
        return Brag.RED
    return Brag.AMBER if today > facts.due_on or _soon_and_silent(facts, course, today) else Brag.GREEN


def word(colour: Brag | None) -> str:
    """The colour's word, as printed: "Amber"; a dash for none."""
    return colour.value.capitalize() if colour else "–"


def meaning(colour: Brag) -> str:
    """One sentence that says what the colour stands for."""
    return MEANINGS[colour]


def _soon_and_silent(facts: Facts, course: Course, today: date) -> bool:
    opens = facts.due_on - SOON
    return today >= opens and (facts.heard_at is None or local_day(facts.heard_at, course.zone) < opens)
