"""Meeting cycles of the owning group: which were missed, and which will be (ruling 1)."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import dropwhile, islice, takewhile

from lifbot.calendar import at_local, local_day
from lifbot.policy.facts import Course, Facts, Pause, Rules

ONE_DAY = timedelta(days=1)
AN_INSTANT = timedelta(microseconds=1)
MIDNIGHT = time(0)


def missed(facts: Facts, course: Course, rules: Rules, now: datetime) -> tuple[datetime, ...]:
    """The moments, up to now, at which a cycle was missed since the due date."""
    return tuple(takewhile(lambda moment: moment <= now, misses(facts, course, rules)))


def since_return(facts: Facts, course: Course, rules: Rules, now: datetime) -> int:
    """How many missed cycles, up to now, count towards an escalation: those since the last return, else all."""
    return sum(1 for _ in takewhile(lambda moment: moment <= now, round_misses(facts, course, rules)))


def upcoming(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[datetime]:
    """The misses still to come, without end, if planned meetings are held and it stays open; none while paused."""
    return dropwhile(lambda moment: moment <= now, misses(facts, course, rules))


def misses(facts: Facts, course: Course, rules: Rules) -> Iterator[datetime]:
    """Every missed cycle in order, past and predicted; an item logged after its due date starts when it was logged."""
    return gone(max(facts.due_on, facts.created_on), facts.pauses, course, rules)


def round_misses(facts: Facts, course: Course, rules: Rules) -> Iterator[datetime]:
    """Every missed cycle, past and predicted, since the partnership chair last returned the item."""
    returned = facts.returned_at
    return (moment for moment in misses(facts, course, rules) if returned is None or moment > returned)


def gone(since: date, pauses: tuple[Pause, ...], course: Course, rules: Rules) -> Iterator[datetime]:
    """The cycles that pass after a day: later days with a meeting, and long times without; endless unless paused."""
    if pauses:
        return _gone(since, pauses, course, rules)
    return _known(since, course, rules)


def _known(since: date, course: Course, rules: Rules) -> Iterator[datetime]:
    """What was worked out before, then what follows it."""
    key = (since, period(course, rules))
    known = course.gone.get(key, ())
    yield from known
    for moment in islice(_gone(since, (), course, rules), len(known), None):
        known = course.gone[key] = (*known, moment)
        yield moment


def _gone(since: date, pauses: tuple[Pause, ...], course: Course, rules: Rules) -> Iterator[datetime]:
    for sitting, day in held(course, since):
        if day <= since:
            continue
        while (lapse := lapse_after(since, pauses, course, rules)) and lapse <= day:
            yield at_local(lapse, MIDNIGHT, course.zone)
            since = lapse - ONE_DAY
        since = day
        if not _inside(sitting, pauses):
            yield sitting
    while lapse := lapse_after(since, pauses, course, rules):
        yield at_local(lapse, MIDNIGHT, course.zone)
        since = lapse - ONE_DAY


def day_of(miss: datetime, course: Course) -> date:
    """The local day that made a cycle pass: the meeting's, or the last of a long time without one."""
    return local_day(miss - AN_INSTANT, course.zone)


def held(course: Course, since: date) -> tuple[tuple[datetime, date], ...]:
    """The meetings from a day on that count once begun, in order, each with its day."""
    return course.held[bisect_left(course.held, since, key=_day) :]


def _day(sitting: tuple[datetime, date]) -> date:
    return sitting[1]


def period(course: Course, rules: Rules) -> timedelta:
    """How long a group may go without a meeting before that counts as a missed cycle."""
    return timedelta(days=(course.interval or rules.fallback_interval_days) + rules.fallback_grace_days)


def lapse_after(since: date, pauses: tuple[Pause, ...], course: Course, rules: Rules) -> date | None:
    """The day after a full period without a meeting; paused days do not count, and an endless pause means never."""
    last = since + period(course, rules)
    for pause in sorted(pauses, key=lambda pause: pause.start):
        start = max(local_day(pause.start, course.zone), since)
        if start > last:
            break
        if pause.end is None:
            return None
        last += max(local_day(pause.end, course.zone) - start, timedelta(0))
    return last + ONE_DAY


def _inside(moment: datetime, pauses: tuple[Pause, ...]) -> bool:
    return any(pause.start <= moment and (pause.end is None or moment < pause.end) for pause in pauses)
