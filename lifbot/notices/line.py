"""One item in a message to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lifbot.kinds import CHALLENGE
from lifbot.views import ItemView

REPLY = "Reply “done”, “update”, “more time” or “cannot complete”, or use the buttons."
RESPOND = "Your own words are the response to a challenge; “more time” asks for another date."
SEVERAL = "With several items, put the reference first: “{ref} done”."
LEAVE_OUT = "Please leave out names and case details. Your reply goes to the log, which the group can see."
NO_BLAME = "This reflects delay in the action, not on any person."
NOT_A_PERSON = "A challenge is about how an agency or a group works, not about any person."


@dataclass(frozen=True, slots=True)
class InPlace:
    """In whose place somebody hears: their name, and why they do not hear themselves ("is not in Slack")."""

    name: str
    why: str
    is_away: bool = False  # then the substitute answers; else it is asked to be passed on

    @property
    def phrase(self) -> str:
        """For a heading: "For Cleo Hart, who is away until 20 March 2026"."""
        return f"For {self.name}, who {self.why}"


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a message to a person: why it is there, and what was said with it."""

    view: ItemView
    why: str  # ahead, today, overdue; discuss, decide, suggest; assigned, returned, …
    said: str = ""
    meets: date | None = None  # the group's next meeting
    instead: InPlace | None = None  # heard in another's place
    by: str = ""  # who said it, where that is told
    then: str = ""  # what follows from it, in our words


def replies(lines: Sequence[Line]) -> str:
    """Say what can be replied: to challenges alone, one's own words."""
    kinds = {line.view.kind for line in lines}
    return RESPOND if kinds == {CHALLENGE} else f"{REPLY} {RESPOND}" if CHALLENGE in kinds else REPLY


def meetings(count: int) -> str:
    """How many meetings, in words."""
    words = {1: "one meeting", 2: "two meetings", 3: "three meetings", 4: "four meetings"}
    return words.get(count, f"{count} meetings")


WAITING = {
    "sign_off": "Done",
    "acceptance": "Cannot be completed",
    "more_time": "Asks for more time, to",
    "declined": "Its owner says it is not theirs",
    "response": "A response has come",
    "outcome": "Discussed",
}


def reported(waiting: str, detail: str) -> str:
    """What a chair decides about, in the words it was reported with."""
    words = WAITING[waiting]
    if waiting == "more_time":  # its text begins with the date asked for
        return f"{words} {detail}"
    return f"{words}: {detail}" if detail else words
