"""What happens next for one item: every step that is due, and the next of each kind to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lifbot.calendar import local_day
from lifbot.policy import drift, escalation, reminders
from lifbot.policy.cycles import since_return
from lifbot.policy.escalation import reported_on
from lifbot.policy.facts import Course, Facts, Rules
from lifbot.policy.moments import late_ok, notice_moment, nudge_after, nudge_on

__all__ = [
    "Decide",
    "Discuss",
    "Escalate",
    "Remind",
    "Step",
    "Suggest",
    "Unsigned",
    "Wait",
    "late_ok",
    "notice_moment",
    "steps",
]

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Remind:
    """To the owner, in their nudge; why is ahead, today or overdue."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Decide:
    """To the group's chair, in their nudge: something waits for a decision."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Discuss:
    """To the group's chair, in their nudge: the item is for discussion."""

    at: datetime
    missed: int


@dataclass(frozen=True, slots=True)
class Escalate:
    """To the partnership chair."""

    at: datetime
    missed: int


@dataclass(frozen=True, slots=True)
class Suggest:
    """To the group's chair, in their nudge: new reasons to escalate early."""

    at: datetime
    reasons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unsigned:
    """To the deputy and the business unit: two meetings have left it unsigned."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do; look again then."""

    at: datetime


Step = Remind | Decide | Discuss | Escalate | Suggest | Unsigned | Wait
ORDER: tuple[type[Step], ...] = (Remind, Decide, Discuss, Suggest, Escalate, Unsigned, Wait)


def steps(facts: Facts, course: Course, rules: Rules, now: datetime) -> tuple[Step, ...]:
    """The steps due now and the next of each kind, by time; none for a finished item, else always one to come."""
    if not facts.is_open and not facts.is_reported:
        return ()
    found = list(_all(facts, course, rules, now))
    if all(step.at <= now for step in found):
        found.append(Wait(nudge_on(local_day(now, course.zone) + WEEK, rules, course.zone)))
    return tuple(sorted(found, key=lambda step: (step.at, ORDER.index(type(step)))))


def _all(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    if facts.held:
        return
    yield from _reminders(facts, course, rules, now)
    yield from _decisions(facts, course, rules, now)
    yield from _discussion(facts, course, rules, now)
    yield from _suggestions(facts, course, rules, now)
    yield from _escalation(facts, course, rules, now)
    yield from _unsigned(facts, course, rules, now)


def _reminders(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    today = local_day(now, course.zone)
    nudge = reminders.next_nudge(facts, rules, _settled_on(facts, course))
    if nudge and nudge_on(nudge[0], rules, course.zone) <= now:
        yield Remind(nudge_on(nudge[0], rules, course.zone), reminders.why_now(facts, today))
        nudge = reminders.next_nudge(facts, rules, today)
    if nudge:
        yield Remind(nudge_on(nudge[0], rules, course.zone), nudge[1])


def _settled_on(facts: Facts, course: Course) -> date:
    """The day after which nudges may come: when it was logged, last told to the owner, or its clock resumed."""
    resumed = [local_day(pause.end, course.zone) for pause in facts.pauses if pause.end]
    return max([facts.created_on, facts.told_on or facts.created_on, *resumed])


def _decisions(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    what, since, asked = facts.question, reported_on(facts, course), facts.decision_asked_on
    if what is None:
        return
    again = asked + WEEK if asked and asked > since else None
    at = nudge_on(again, rules, course.zone) if again else nudge_after(since, rules, course.zone)
    yield from (Decide(moment, what) for moment in _weekly(at, course, rules, now))


def _discussion(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    if at := escalation.discuss_at(facts, course, rules):
        yield Discuss(at, max(1, since_return(facts, course, rules, now)))


def _escalation(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    if at := escalation.escalate_at(facts, course, rules):
        yield Escalate(at, max(rules.cycles_before_escalation, since_return(facts, course, rules, now)))


def _suggestions(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    """New reasons for drift, unless the clock escalates the item as soon."""
    soonest = escalation.escalate_at(facts, course, rules)
    returned = local_day(facts.returned_at, course.zone) if facts.returned_at else facts.created_on
    quiet = max(_settled_on(facts, course), returned)
    found = drift.arising(facts, course, rules, now).items()
    told = {why: nudge_after(max(local_day(arose, course.zone), quiet), rules, course.zone) for why, arose in found}
    new = {why: at for why, at in told.items() if why not in facts.drift_suggested and (not soonest or at < soonest)}
    due = {why: at for why, at in new.items() if at <= now}
    if soonest and soonest <= now:
        return
    if due:
        yield Suggest(min(due.values()), frozenset(due))
    if coming := min((at for at in new.values() if at > now), default=None):
        yield Suggest(coming, frozenset(why for why, at in new.items() if at == coming))


def _unsigned(facts: Facts, course: Course, rules: Rules, now: datetime) -> Iterator[Step]:
    if day := escalation.unsigned_on(facts, course, rules):
        yield from (Unsigned(at) for at in _weekly(nudge_on(day, rules, course.zone), course, rules, now))


def _weekly(at: datetime, course: Course, rules: Rules, now: datetime) -> Iterator[datetime]:
    """A moment that repeats weekly once it is used: if it is due, it and the one a week from today."""
    yield at
    if at <= now:
        yield nudge_on(local_day(now, course.zone) + WEEK, rules, course.zone)
