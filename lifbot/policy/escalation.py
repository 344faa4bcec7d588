"""When an item goes to the group's chair for discussion, and to the partnership chair (rulings 2 and 4)."""

from datetime import date, datetime, timedelta
from itertools import islice

from lifbot.calendar import add_working_days, local_day, next_working_day, on_or_after
from lifbot.policy.cycles import day_of, gone, round_misses, since_return
from lifbot.policy.facts import Course, Facts, Rules
from lifbot.policy.moments import nudge_after

WEEK = timedelta(days=7)


def discuss_at(facts: Facts, course: Course, rules: Rules) -> datetime | None:
    """When the group's chair is told of the first missed cycle, past or predicted; None once told or escalated."""
    return None if facts.discuss_told else _after_miss(1, facts, course, rules)


def escalate_at(facts: Facts, course: Course, rules: Rules) -> datetime | None:
    """When the partnership chair is told, past or predicted; None while an escalation stands or the clock does."""
    return _after_miss(rules.cycles_before_escalation, facts, course, rules)


def on_closing(facts: Facts, course: Course, rules: Rules, now: datetime) -> frozenset[str]:
    """What need not wait for the next nudge once the chair has closed the meeting: discuss, escalate or both."""
    if not _clock_runs(facts):
        return frozenset()
    missed = since_return(facts, course, rules, now)
    due = {"discuss"} if missed and not facts.discuss_told else set[str]()
    return frozenset(due | ({"escalate"} if missed >= rules.cycles_before_escalation else set[str]()))


def chase_on(escalated_on: date, told_on: date | None, rules: Rules) -> date:
    """The day the business unit hears that the partnership chair has not answered: at first, then weekly."""
    return on_or_after(told_on + WEEK) if told_on else add_working_days(escalated_on, rules.chair_answer_working_days)


def unsigned_on(facts: Facts, course: Course, rules: Rules) -> date | None:
    """The day deputy and business unit are told that two meetings left it unsigned, then weekly, if it waits."""
    if not facts.is_reported or facts.held:
        return None
    since = reported_on(facts, course)
    if facts.unsigned_told_on and facts.unsigned_told_on > since:
        return on_or_after(facts.unsigned_told_on + WEEK)
    second = next(islice(gone(since, (), course, rules), 1, None))
    return next_working_day(day_of(second, course))


def reported_on(facts: Facts, course: Course) -> date:
    """The local day since which the item has waited for the group's chair."""
    return local_day(facts.waiting_since, course.zone) if facts.waiting_since else facts.created_on


def _clock_runs(facts: Facts) -> bool:
    return facts.is_open and not (facts.is_paused or facts.escalated or facts.held)


def _after_miss(nth: int, facts: Facts, course: Course, rules: Rules) -> datetime | None:
    """The nudge time of the working day after the nth miss, or after the clock last resumed if that was later."""
    if not _clock_runs(facts):
        return None
    miss = next(islice(round_misses(facts, course, rules), nth - 1, None))
    resumed = [local_day(pause.end, course.zone) for pause in facts.pauses if pause.end is not None]
    return nudge_after(max([day_of(miss, course), *resumed]), rules, course.zone)
