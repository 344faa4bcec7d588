"""Who is away, until when, and who hears in their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col

from lifbot.model import Absence
from storage.scope import Scope

STILL_TOLD = timedelta(days=60)  # after which a summary of an absence is of no use any more


def now_away(scope: Scope) -> dict[str, Absence]:
    """Return the absences of today, by person."""
    rows = scope.all(Absence, col(Absence.until_on) >= scope.today, col(Absence.from_on) <= scope.today)
    return {row.person: row for row in rows if row.ended_on is None or row.ended_on > scope.today}


def standing(scope: Scope, person: str) -> Sequence[Absence]:
    """Return somebody's absence of today and those to come, soonest first."""
    mine = (Absence.person == person, col(Absence.until_on) >= scope.today)
    rows = scope.all(Absence, *mine, order=(col(Absence.from_on), col(Absence.id)))
    return [row for row in rows if row.ended_on is None or row.ended_on > max(scope.today, row.from_on)]


def to_come(scope: Scope) -> Sequence[Absence]:
    """Return everybody's absences of today and those to come, soonest first."""
    rows = scope.all(Absence, col(Absence.until_on) >= scope.today, order=(col(Absence.from_on), col(Absence.id)))
    return [row for row in rows if row.ended_on is None or row.ended_on > max(scope.today, row.from_on)]


def last_day(absence: Absence) -> date:
    """Return the last day on which somebody was, or will be, away."""
    early = absence.ended_on - timedelta(days=1) if absence.ended_on else absence.until_on
    return min(absence.until_on, early)


def over(scope: Scope, person: str) -> Absence | None:
    """Return the absence that somebody came back from last, unless that is long ago."""
    recent = (Absence.person == person, col(Absence.until_on) >= scope.today - STILL_TOLD)
    rows = [row for row in scope.all(Absence, *recent) if row.from_on <= last_day(row) < scope.today]
    return max(rows, key=last_day, default=None)


def end(scope: Scope, absence: Absence) -> None:
    """End an absence today; one that has not begun never was."""
    absence.ended_on = max(scope.today, absence.from_on) if absence.from_on <= scope.today else absence.from_on
    scope.add(absence)
