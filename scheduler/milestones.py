"""Reminding of what is to happen to sources, as of actions, and asking whether a hold still stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lifbot.calendar import local_day
from lifbot.model import Milestone, Person, Source
from lifbot.notices import Beside
from lifbot.notices import source as words
from lifbot.policy.facts import Facts
from lifbot.policy.moments import late_ok, nudge_after, nudge_on
from lifbot.policy.reminders import next_nudge
from lifbot.policy.stand_in import Hearer
from scheduler.nudges import Nudges
from storage import milestones, records
from storage.items import Reader
from storage.scope import Scope

ASKED_AGAIN = timedelta(days=7)


def sweep(scope: Scope, reader: Reader, nudges: Nudges) -> None:
    """Remind of the milestones whose moment has come; one of a source on hold waits until that is lifted."""
    for row in records.due(scope, Milestone):
        source = scope.get(Source, row.source_id)
        silent = source is None or source.held_at or source.status == "withdrawn" or row.status != "open"
        row.look_again_at = None if silent or source is None else _next(scope, reader, nudges, source, row)
        scope.add(row)


def _next(scope: Scope, reader: Reader, nudges: Nudges, source: Source, row: Milestone) -> datetime | None:
    """Remind if that is due, and return when to look again."""
    begins = row.nudged_on or local_day(source.created_at, scope.zone) - timedelta(days=1)
    due = next_nudge(_facts(row, begins), scope.rules, begins)
    if due is None or due[0] > scope.today:
        return nudge_on(due[0], scope.rules, scope.zone) if due else None
    heard = milestones.hears(scope, reader, source, row)
    later = _told(scope, nudges, [heard] if heard else [], records.name_of(row), due[1])
    if later:
        return later
    row.nudged_on = scope.today
    following = next_nudge(_facts(row, scope.today), scope.rules, scope.today)
    return nudge_on(following[0], scope.rules, scope.zone) if following else None


def _facts(row: Milestone, begins: date) -> Facts:
    """A milestone as the rules of reminders know an action."""
    return Facts("in_progress", begins, row.due_on, row.due_on, nudged_on=row.nudged_on)


def _told(scope: Scope, nudges: Nudges, heard: list[Hearer], name: str, why: str) -> datetime | None:
    """Put a line into each one's nudge; where that cannot be now, nothing is done, and it is returned when it can."""
    if (opens := late_ok(scope.now, scope.rules, scope.zone)) > scope.now:
        return opens
    if not all(nudges.can(each.person) for each in heard):
        return nudge_after(scope.today, scope.rules, scope.zone)
    for each in heard:
        nudges.add_record(each, name, why)
    return None


def sweep_holds(scope: Scope, reader: Reader, nudges: Nudges) -> None:
    """Ask the business unit, on the day and weekly, whether a hold still stands: it never lifts itself."""
    for row in records.due(scope, Source):
        row.look_again_at = _asked(scope, nudges, row) if row.held_at and row.hold_until else None
        scope.add(row)


def _asked(scope: Scope, nudges: Nudges, row: Source) -> datetime | None:
    assert row.hold_until is not None
    if row.hold_until > scope.today:
        return nudge_on(row.hold_until, scope.rules, scope.zone)
    unit = [Hearer(id, id) for id in scope.partnership.business_unit]
    later = _told(scope, nudges, unit, records.name_of(row), "held")
    return later or nudge_on(scope.today + ASKED_AGAIN, scope.rules, scope.zone)


def say(scope: Scope, reader: Reader, person: Person, row: object, why: str) -> Beside | None:
    """Say a milestone in a nudge, unless it is done or its source is on hold by now."""
    assert isinstance(row, Milestone)
    source = scope.get(Source, row.source_id)
    if source is None or source.held_at or row.status != "open" or source.status == "withdrawn":
        return None
    heard = milestones.hears(scope, reader, source, row)
    whose = f"For {reader.name(row.person)}, who {reader.why(heard)}. " if heard and heard.is_stand_in else ""
    named = milestones.called(row)
    record = records.name_of(row)
    return words.milestone(source.ref, source.title, row.text, row.due_on, named, record, scope.today, whose)


def say_hold(scope: Scope, reader: Reader, person: Person, row: object, why: str) -> Beside | None:
    """Say that a hold has come to its day, to those who may lift it, unless it is lifted by now."""
    assert isinstance(row, Source)
    if row.held_at is None or row.hold_until is None or person.id not in scope.partnership.business_unit:
        return None
    return words.still_held(row.ref, row.hold_note or "", row.hold_until, records.name_of(row))
