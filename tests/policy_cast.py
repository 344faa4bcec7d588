"""Short ways to say, in the tests of the rules: this meeting, that item, this moment."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lifbot.calendar import parse_local
from lifbot.policy.facts import Course, Facts, Pause, Rules, Sitting

LONDON = ZoneInfo("Europe/London")
RULES = Rules()
EVERY_TWO_MONTHS = ("2026-01-08", "2026-03-12", "2026-05-14", "2026-07-09", "2026-09-10", "2026-11-12")


def on(text: str) -> date:
    """The day "2026-03-31"."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """The moment (UTC) of "2026-03-31 10:00" in London; 10:00 if no time is said."""
    return parse_local(text if " " in text else f"{text} 10:00", LONDON)


def meets(*meetings: str, interval: int | None = 61) -> Course:
    """A group's calendar from "2026-05-14" or "2026-05-14 cancelled", all at 10:00."""
    said = [meeting.split() for meeting in meetings]
    sittings = tuple(Sitting(at(day), status[0] if status else "planned") for day, *status in said)
    return Course(LONDON, sittings, interval)


def item(due: str = "2026-03-31", created: str = "2026-01-08", **more: Any) -> Facts:
    """An open action of Cleo's."""
    plain = Facts("in_progress", created_on=on(created), due_on=on(due), original_due_on=on(due))
    return replace(plain, **more)


def done(facts: Facts, when: str) -> Facts:
    """The item after its owner said it is done, and nobody has answered."""
    pauses = (*facts.pauses, Pause(at(when)))
    return replace(facts, status="complete", pauses=pauses, waiting="sign_off", waiting_since=at(when))


def paused(start: str, end: str | None = None) -> Pause:
    """A pause between two moments."""
    return Pause(at(start), at(end) if end else None)
