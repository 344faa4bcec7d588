"""Drift and delay other than the clock: why the group's chair may want to escalate early (ruling 3)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from lifbot.calendar import add_working_days, at_local, local_day
from lifbot.policy.cycles import gone, held, period
from lifbot.policy.escalation import reported_on
from lifbot.policy.facts import Course, Facts, Rules

EXTENSIONS = 2
CYCLES = 2
TAKEN_OVER_WITHIN = 5
"""Working days in which somebody may take over a declined item before that is suggested as drift (our reading)."""

WORDS = {
    "second_extension": "its date has been moved twice",
    "no_update": "there has been no update for two meetings",
    "owner_left": "its owner has left",
    "declined": "it was declined and nobody has taken it over",
    "not_meeting": "the group has not been meeting",
}


def say(reasons: Iterable[str]) -> str:
    """The reasons in words, as a sentence without its stop."""
    words = ", ".join(WORDS.get(reason, reason) for reason in reasons if reason)
    return words[:1].upper() + words[1:]


def settled(facts: Facts, course: Course, rules: Rules, now: datetime) -> frozenset[str]:
    """The reasons put to the chair that no longer hold, so that they may be put again when they come back.

    None is settled while the item is done, paused, on hold or with the partnership chair: nothing is known then.
    """
    if not facts.is_open or facts.is_paused or facts.held or facts.escalated:
        return frozenset()
    return facts.drift_suggested - reasons(facts, course, rules, now)


def reasons(facts: Facts, course: Course, rules: Rules, now: datetime) -> frozenset[str]:
    """The reasons for drift that hold now; none for an item that is done, paused, on hold or already escalated."""
    return frozenset(reason for reason, arose in arising(facts, course, rules, now).items() if arose <= now)


def when(facts: Facts, course: Course, rules: Rules, now: datetime) -> datetime | None:
    """The next moment at which a reason not yet put to the chair would arise, if nothing else happens."""
    found = arising(facts, course, rules, now)
    return min((at for reason, at in found.items() if at > now and reason not in facts.drift_suggested), default=None)


def arising(facts: Facts, course: Course, rules: Rules, now: datetime) -> dict[str, datetime]:
    """Each reason with the moment, past or predicted, at which it arises."""
    if not facts.is_open or facts.is_paused or facts.held or facts.escalated:
        return {}
    return dict(_each(facts, course, rules, now))


def _each(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[tuple[str, datetime]]:
    # A return by the partnership chair is news enough: the group gets its two cycles before silence is drift.
    spoken = [local_day(at, course.zone) for at in (facts.heard_at, facts.returned_at) if at]
    heard = max(spoken, default=facts.created_on)
    yield "no_update", next(islice(gone(heard, facts.pauses, course, rules), CYCLES - 1, None))
    yield "not_meeting", _silence(facts, course, rules, now)
    if facts.extensions >= EXTENSIONS:
        yield "second_extension", _start(facts.told_on or facts.created_on, course)
    if facts.owner_left:
        yield "owner_left", _start(facts.left_on or facts.created_on, course)
    if facts.declined:
        yield "declined", _start(add_working_days(reported_on(facts, course), TAKEN_OVER_WITHIN), course)


def _silence(facts: Facts, course: Course, rules: Rules, now: datetime) -> datetime:
    """When two full periods will have passed, or have, since the group last met or the item was logged."""
    since = facts.created_on
    for sitting in held(course, facts.created_on):
        day = local_day(sitting, course.zone)
        if sitting > now and day > _silent_until(since, course, rules):
            break
        since = max(since, day)
    return _start(_silent_until(since, course, rules) + timedelta(days=1), course)


def _silent_until(since: date, course: Course, rules: Rules) -> date:
    return since + 2 * period(course, rules)


def _start(day: date, course: Course) -> datetime:
    return at_local(day, time(0), course.zone)
