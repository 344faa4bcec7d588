"""Challenges: where one stands, and what is for the agenda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a challenge stands, in the words of the log."""

    WAITING = "waiting for a response"
    RESPONDED = "responded"
    REMAINS = "remains"
    DISCUSSED = "discussed, to be decided"
    WITH_CHAIR = "with the partnership chair"
    DECIDED = "decided by the partnership chair"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


LIVING = (State.WAITING, State.RESPONDED, State.REMAINS, State.DISCUSSED, State.WITH_CHAIR, State.DECIDED)
TALKED_OF = tuple(each for each in LIVING if each is not State.WAITING)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides where a challenge stands."""

    is_withdrawn: bool
    has_response: bool
    outcome: str | None  # resolved, remains
    discussed_on: date | None
    escalated: bool
    waits: bool  # for somebody to say whether it is resolved
    decided: bool = False  # by every partnership chair who was asked


def state(facts: Standing) -> State:
    """Say where a challenge stands."""
    if facts.is_withdrawn:
        return State.WITHDRAWN
    if facts.outcome == "resolved":
        return State.RESOLVED
    if facts.escalated and not facts.decided:
        return State.WITH_CHAIR
    if facts.decided and facts.outcome == "remains":
        return State.DECIDED
    if facts.outcome == "remains":
        return State.DISCUSSED if facts.discussed_on and facts.waits else State.REMAINS
    return State.RESPONDED if facts.has_response else State.WAITING


def is_for_agenda(stands: State, due_on: date, meeting_on: date) -> bool:
    """Say whether a meeting is to speak of a challenge: it was answered or remains, or its date is there."""
    return stands in TALKED_OF or (stands is State.WAITING and due_on <= meeting_on)


def counted(states: Iterable[State]) -> str:
    """The progress over the challenges that were set: "5 set: 1 responded, 4 resolved"."""
    counts: Counter[State] = Counter(each for each in states if each is not State.WITHDRAWN)
    parts = [f"{counts[each]} {each}" for each in State if counts[each]]
    return f"{counts.total()} set: {', '.join(parts)}" if parts else "none set"
