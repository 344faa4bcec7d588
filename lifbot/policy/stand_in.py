"""Who hears in whose place: somebody is away, in no workspace, or has left; never silence, never a loop.

The people who could hear are a fixed line, walked once: the first of them who can be reached hears. Only if nobody of
the line can be reached does it go to somebody who is away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Why = Literal["", "away", "no_address", "left"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody as far as reaching them goes, today."""

    is_here: bool = True  # has not left
    has_address: bool = True
    away_until: date | None = None
    substitute: str | None = None  # while they are away
    link: str | None = None  # their agency's

    @property
    def why(self) -> Why:
        """Why they do not hear; nothing where they do."""
        if not self.is_here:
            return "left"
        if self.away_until:
            return "away"
        return "" if self.has_address else "no_address"


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who hears (`person`), in whose place (`of`), and why; for oneself both are the same."""

    person: str
    of: str
    why: Why = ""
    until: date | None = None  # away

    @property
    def is_stand_in(self) -> bool:
        """Whether somebody hears in another's place."""
        return self.person != self.of


Roll = Mapping[str, Standing]
GONE = Standing(is_here=False)
Line = Iterable[str | None]


def for_owner(roll: Roll, owner: str, chair: str | None, unit: Sequence[str]) -> Hearer | None:
    """Who hears what an owner is told: they, their substitute, their agency's link, the chair or the business unit."""
    them = roll.get(owner, GONE)
    if them.why == "away":
        return _hearer(roll, owner, (them.substitute, them.link, chair, *unit))
    return _hearer(roll, owner, (them.link, *unit, chair) if them.why == "no_address" else (them.link, chair, *unit))


def for_decision(roll: Roll, owner: str, chair: str | None, deputy: str | None, unit: Sequence[str]) -> Hearer | None:
    """Who decides about an item, but for its owner: its group's chair, deputy, chair's substitute, business unit.

    A substitute decides as the chair, so not about what the chair answers for.
    """
    head = roll.get(chair or "", GONE)
    acting = head.substitute if head.why == "away" and chair != owner else None
    line = [each for each in (chair, deputy, acting, *unit) if each and each != owner]
    found = _first(roll, line) or next((each for each in line if roll.get(each, GONE).is_here), None)
    if found is None or chair is None or chair == owner or head.why in ("", "left"):
        return Hearer(found, found) if found else None
    return _named(found, chair, head)


def for_escalation(roll: Roll, chair: str, deputy: str | None, unit: Sequence[str]) -> Hearer | None:
    """Who is asked for help in a partnership chair's place: the deputy chair, their substitute, the business unit."""
    head = roll.get(chair, GONE)
    return _hearer(roll, chair, (deputy, head.substitute if head.why == "away" else None, *unit))


def for_agency(
    roll: Roll, link: str | None, deputy: str | None, representative: str | None, unit: Sequence[str]
) -> Hearer | None:
    """Who hears what an agency is to pass on: its link, their deputy, a substitute, its representative, the unit.

    None where it has nobody who is still here: then somebody has to be named.
    """
    posts = [each for each in (link, deputy, representative) if each and roll.get(each, GONE).is_here]
    if not posts:
        return None
    first = posts[0]
    subs = {each: roll[each].substitute if roll[each].why == "away" else None for each in posts}
    line = (*(each for each in (link, deputy) if each in posts), subs[first], *posts, *subs.values(), *unit)
    found = _first(roll, [each for each in line if each])
    return _named(found, first, roll[first]) if found else Hearer(first, first)


def can_hear(roll: Roll, person: str | None) -> bool:
    """Whether messages reach somebody: they are here, not away, and in a workspace."""
    return bool(person) and roll.get(person or "", GONE).why == ""


def stands_in_for(roll: Roll, person: str, owner: str, heard: Hearer | None) -> bool:
    """Whether somebody may answer for an owner who does not hear: their substitute, their agency's link, who hears."""
    them = roll.get(owner, GONE)
    if not them.why or person == owner:
        return False
    if them.why == "away" and person == them.substitute:
        return True
    return person == them.link or (heard is not None and heard.person == person)


def acts_for_chair(roll: Roll, person: str, chair: str | None, deputy: str | None) -> bool:
    """Whether somebody decides as a group's chair: the substitute of one who is away, while no deputy can."""
    head = roll.get(chair or "", GONE)
    return head.why == "away" and head.substitute == person and can_hear(roll, person) and not can_hear(roll, deputy)


def _hearer(roll: Roll, person: str, line: Line) -> Hearer | None:
    them = roll.get(person, GONE)
    if not them.why:
        return Hearer(person, person)
    found = _first(roll, [*(each for each in line if each and each != person), person])
    if found is None and them.is_here:
        return Hearer(person, person)  # who cannot be reached either: that is then said of them
    return _named(found, person, them) if found else None


def _named(found: str, of: str, them: Standing) -> Hearer:
    return Hearer(found, of, them.why, them.away_until) if found != of else Hearer(of, of)


def _first(roll: Roll, line: Sequence[str]) -> str | None:
    """The first who hears; else the first who is away: better a message that waits for them than none."""
    return next(iter((*_those(roll, line, ""), *_those(roll, line, "away"))), None)


def _those(roll: Roll, line: Sequence[str], why: Why) -> Iterator[str]:
    return (each for each in line if roll.get(each, GONE).why == why and roll[each].has_address)
