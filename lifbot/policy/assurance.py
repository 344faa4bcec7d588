"""Requests to agencies: when they are reminded, who is asked for an agency, and how long answers took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from statistics import median

from lifbot.calendar import on_or_after, on_or_before, working_days_between
from lifbot.policy.stand_in import GONE, Hearer, Roll, can_hear

BEFORE = timedelta(days=3)
WEEK = timedelta(days=7)
PASSED_ON_AFTER = timedelta(days=14)
"""How long after its date a request is the representative's and the business unit's as well."""
KINDS = (("assurance", "Assurance"), ("information", "Information"), ("return", "Return"))
ASKS_FOR = {"assurance": "assurance", "information": "information", "return": "a return"}


def next_reminder(due_on: date, after: date) -> date:
    """The first day after another on which an agency is reminded: 3 days before, on its date, then weekly."""
    weeks = count(max(1, (after - due_on).days // WEEK.days))
    weekly = next(day for week in weeks if (day := on_or_after(due_on + week * WEEK)) > after)
    return min(day for day in (on_or_after(due_on - BEFORE), on_or_before(due_on), weekly) if day > after)


def is_passed_on(due_on: date, today: date) -> bool:
    """Whether a request is so long past its date that others than the agency's link hear of it."""
    return today >= due_on + PASSED_ON_AFTER


def asked_for(roll: Roll, named: Sequence[str | None], unit: Sequence[str]) -> Hearer | None:
    """Who is asked for an agency: the first whom it has named and who can be reached, else the business unit.

    Where nobody can be reached, the first who is still here, so that it is said of them that they were not.
    """
    here = [each for each in (*named, *unit) if each and roll.get(each, GONE).is_here]
    if not here:
        return None
    first = here[0]
    standing = roll[first]
    line = (first, standing.substitute if standing.away_until else None, *here[1:])
    found = next((each for each in line if each and can_hear(roll, each)), first)
    return Hearer(found, first, standing.why, standing.away_until) if found != first else Hearer(first, first)


@dataclass(frozen=True, slots=True)
class Asked:
    """One agency's part of a request, as its days go; what is sent back has a day of its first answer too."""

    agency: str
    asked_on: date
    due_on: date
    answered_on: date | None = None

    @property
    def days(self) -> int | None:
        """Working days from asking to the answer."""
        return working_days_between(self.asked_on, self.answered_on) if self.answered_on else None

    @property
    def is_in_time(self) -> bool:
        """Whether it was answered by its date."""
        return self.answered_on is not None and self.answered_on <= self.due_on


@dataclass(frozen=True, slots=True)
class Times:
    """How an agency has answered: counts, and the median of working days where there is an answer."""

    agency: str
    asked: int
    answered: int
    in_time: int
    past_date: int
    median_days: float | None


def times(parts: Iterable[Asked], today: date) -> tuple[Times, ...]:
    """How long each agency's answers took, in the order of their names: it is no table of who is best."""
    by_agency: dict[str, list[Asked]] = {}
    for part in parts:
        by_agency.setdefault(part.agency, []).append(part)
    return tuple(_times(name, by_agency[name], today) for name in sorted(by_agency, key=str.lower))


def _times(agency: str, parts: Sequence[Asked], today: date) -> Times:
    days = [part.days for part in parts if part.days is not None]
    return Times(
        agency,
        asked=len(parts),
        answered=len(days),
        in_time=sum(part.is_in_time for part in parts),
        past_date=sum(part.answered_on is None and part.due_on < today for part in parts),
        median_days=median(days) if days else None,
    )
