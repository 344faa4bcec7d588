"""When an owner is reminded of an item, and why (ruling 9)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count

from lifbot.calendar import on_or_after, on_or_before
from lifbot.policy.facts import Facts
from lifbot.policy.rules import Rules

LONGEST_REST = timedelta(days=10)
"""More days than ever pass without a working day."""


def next_nudge(facts: Facts, rules: Rules, after: date) -> tuple[date, str] | None:
    """The first day strictly after `after` on which the owner is nudged, with why: ahead, today or overdue."""
    if not _nudged_at_all(facts):
        return None
    after = max(after, facts.nudged_on or after)
    if facts.snoozed_until and (woken := on_or_after(facts.snoozed_until)) > after:
        return woken, why_now(facts, woken)
    before = [(day, why) for day, why in _until_due(facts, rules) if day > after]
    return min(before) if before else (next(_overdue(facts, rules, after)), "overdue")


def missed_nudge(facts: Facts, rules: Rules, after: date, today: date) -> tuple[date, str] | None:
    """The first nudge that fell due after one day and up to today, if any, with the why that holds today."""
    nudge = next_nudge(facts, rules, after)
    return (nudge[0], why_now(facts, today)) if nudge and nudge[0] <= today else None


def why_now(facts: Facts, today: date) -> str:
    """Why a nudge sent today is sent: before the due date, on it (or the last working day before it), or past it."""
    if today > facts.due_on:
        return "overdue"
    return "today" if today >= on_or_before(facts.due_on) else "ahead"


def latest_snooze(today: date, next_meeting: date | None, rules: Rules) -> date:
    """The last day an item may be snoozed to: never past the group's next meeting."""
    latest = today + timedelta(days=rules.snooze_max_days)
    return latest if next_meeting is None else max(today, min(latest, next_meeting))


def anchor(current: date | None, overdue: Sequence[date]) -> date | None:
    """The date that a person's overdue items share as the start of their series: kept while any is overdue."""
    return (current or min(overdue)) if overdue else None


def _nudged_at_all(facts: Facts) -> bool:
    is_others_turn = facts.declined or facts.waiting == "outcome"  # of a challenge that was discussed
    return facts.is_open and not (facts.is_paused or is_others_turn or facts.owner_left or facts.held)


def _until_due(facts: Facts, rules: Rules) -> Iterator[tuple[date, str]]:
    """The nudges up to the due date; one that would fall on or beyond the due date's own gives way to it."""
    last = on_or_before(facts.due_on)
    own = 0 in rules.remind_days_before
    if own:
        yield last, "today"
    for days in rules.remind_days_before:
        day = min(on_or_after(facts.due_on - timedelta(days=days)), last)
        if days and not (own and day == last):
            yield day, why_now(facts, day)


def _overdue(facts: Facts, rules: Rules, after: date) -> Iterator[date]:
    """The days of the overdue series, after `after` and the due date, each on the next working day."""
    start = facts.overdue_anchor or facts.due_on
    floor = max(facts.due_on, after - LONGEST_REST)
    first = (floor - start).days // rules.overdue_every_days + 1
    days = (on_or_after(start + timedelta(days=k * rules.overdue_every_days)) for k in count(first))
    return (day for day in days if day > after)
