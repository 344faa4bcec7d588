"""A partnership of plain values that lives through two years by the rules alone, as the scheduler would drive it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from lifbot.calendar import at_local, local_day
from lifbot.policy.facts import Course, Facts, Pause, Rules
from lifbot.policy.reminders import anchor, latest_snooze
from lifbot.policy.steps import Decide, Discuss, Escalate, Remind, Step, Suggest, Unsigned, late_ok, steps
from tests.policy_cast import LONDON, RULES

DAY = timedelta(days=1)
NEVER = datetime.max.replace(tzinfo=UTC)
PARTNERSHIP_CHAIR = "dev"


@dataclass(frozen=True)
class Event:
    """Something a person says about an item; it is skipped where it makes no sense."""

    at: datetime
    item: int
    kind: str
    days: int = 7


@dataclass(frozen=True)
class Message:
    """One message to one person: the steps it speaks of, by item."""

    at: datetime
    to: str
    about: tuple[tuple[int, Step], ...]


@dataclass
class Group:
    """A group with its chair, its deputy and its calendar."""

    course: Course
    chair: str
    deputy: str


@dataclass
class World:
    """All that the scheduler would keep in the database."""

    groups: list[Group]
    items: list[Facts]
    owners: list[str]
    group_of: list[int]
    rules: Rules = RULES
    anchors: dict[str, date | None] = field(default_factory=dict)
    sent: list[Message] = field(default_factory=list)

    def look(self, index: int, now: datetime) -> tuple[Step, ...]:
        """The steps of one item, with the shared weekday of its owner."""
        self.refresh_anchors(local_day(now, LONDON))
        facts = replace(self.items[index], overdue_anchor=self.anchors[self.owners[index]])
        return steps(facts, self.groups[self.group_of[index]].course, self.rules, now)

    def refresh_anchors(self, today: date) -> None:
        """Each owner's series goes on while anything of theirs is open and past its date."""
        for owner in set(self.owners):
            theirs = [facts for facts, name in zip(self.items, self.owners, strict=True) if name == owner]
            overdue = [facts.due_on for facts in theirs if facts.is_open and facts.due_on < today]
            self.anchors[owner] = anchor(self.anchors.get(owner), overdue)

    def sweep(self, indexes: list[int], now: datetime) -> None:
        """Sends what is due for these items: an escalation each, and one nudge for each person."""
        nudges: dict[str, list[tuple[int, Step]]] = {}
        due = [(index, step) for index in indexes for step in self.look(index, now) if step.at <= now]
        for index, step in due:
            for person in self.audience(index, step):
                if person == PARTNERSHIP_CHAIR:
                    self.sent.append(Message(now, person, ((index, step),)))
                else:
                    nudges.setdefault(person, []).append((index, step))
        for index, step in due:
            self.items[index] = told(self.items[index], step, local_day(now, LONDON))
        self.sent += [Message(now, person, tuple(about)) for person, about in sorted(nudges.items())]

    def audience(self, index: int, step: Step) -> set[str]:
        """Who hears of a step."""
        group = self.groups[self.group_of[index]]
        match step:
            case Remind():
                return {self.owners[index]}
            case Decide() | Discuss() | Suggest():
                return {group.chair}
            case Unsigned():
                return {group.deputy, "amina"}
            case Escalate():
                return {PARTNERSHIP_CHAIR}
            case _:
                return set()

    def live(self, start: datetime, end: datetime, events: list[Event]) -> None:
        """Jumps from one look-again moment, or event, to the next."""
        again = dict.fromkeys(range(len(self.items)), start)
        queue = sorted(events, key=lambda event: event.at)
        while again or queue:
            now = min([*again.values(), *(event.at for event in queue[:1])])
            if now > end:
                return
            now_due = [index for index, moment in again.items() if moment <= now]
            if queue and queue[0].at <= now:
                event = queue.pop(0)
                self.refresh_anchors(local_day(now, LONDON))
                self.items[event.item] = happened(self.items[event.item], event)
                now_due = [index for index, name in enumerate(self.owners) if name == self.owners[event.item]]
            self.sweep(now_due, now)
            again.update(self.next_looks(now_due, now))
            again = {index: moment for index, moment in again.items() if moment < NEVER}

    def next_looks(self, indexes: list[int], now: datetime) -> Iterator[tuple[int, datetime]]:
        """When each of these items is looked at again; every unfinished one has a moment to come."""
        for index in indexes:
            coming = [step.at for step in self.look(index, now)]
            assert all(moment > now for moment in coming), "what was sent is not due again"
            unfinished = self.items[index].is_open or self.items[index].is_reported
            assert bool(coming) is unfinished, "every open item has a moment at which it is looked at"
            yield index, min(coming, default=NEVER)

    def live_daily(self, start: datetime, end: datetime, events: list[Event]) -> None:
        """Looks at everything each day at nudge time, and at nothing in between but what people say."""
        first, last = local_day(start, LONDON), local_day(end, LONDON)
        nines = [at_local(first + n * DAY, self.rules.nudge_at, LONDON) for n in range((last - first).days + 1)]
        moments: list[tuple[datetime, Event | None]] = [(nine, None) for nine in nines]
        moments += [(event.at, event) for event in events if event.at <= end]
        for now, event in sorted(moments, key=lambda moment: (moment[0], moment[1] is None)):
            self.refresh_anchors(local_day(now, LONDON))
            if event:
                self.items[event.item] = happened(self.items[event.item], event)
            self.sweep(list(range(len(self.items))), now)

    def wake(self, moments: list[datetime]) -> None:
        """Lives only at these moments, as after outages: what is late goes at the first hour at which it may."""
        for moment in moments:
            self.sweep(list(range(len(self.items))), late_ok(moment, self.rules, LONDON))


def told(facts: Facts, step: Step, today: date) -> Facts:
    """The item after its step was sent."""
    match step:
        case Remind():
            return replace(facts, nudged_on=today)
        case Decide():
            return replace(facts, decision_asked_on=today)
        case Discuss():
            return replace(facts, discuss_told=True)
        case Escalate():
            return replace(facts, escalated=True)
        case Suggest():
            return replace(facts, drift_suggested=facts.drift_suggested | step.reasons)
        case Unsigned():
            return replace(facts, unsigned_told_on=today)
        case _:
            return facts


def happened(facts: Facts, event: Event) -> Facts:
    """The item after a person said something about it."""
    today = local_day(event.at, LONDON)
    if facts.is_open:
        return _while_open(facts, event, today)
    if event.kind == "return" and facts.is_reported:
        resumed = replace(facts.pauses[-1], end=event.at)
        answered = replace(facts, pauses=(*facts.pauses[:-1], resumed), waiting=None, waiting_since=None)
        return replace(answered, status="in_progress", told_on=today)
    return replace(facts, signed_off=True, waiting=None) if event.kind == "sign off" and facts.is_reported else facts


def _while_open(facts: Facts, event: Event, today: date) -> Facts:
    heard = replace(facts, heard_at=event.at)
    match event.kind:
        case "done":
            pauses = (*facts.pauses, Pause(event.at))
            return replace(heard, status="complete", pauses=pauses, waiting="sign_off", waiting_since=event.at)
        case "update":
            return heard
        case "more time":
            return replace(heard, waiting="more_time", waiting_since=event.at)
        case "snooze":
            return replace(heard, snoozed_until=latest_snooze(today, None, RULES))
        case "decline":
            return replace(facts, declined=True, waiting="declined", waiting_since=event.at)
        case "take over":
            return replace(heard, declined=False, waiting=None, waiting_since=None, told_on=today)
        case _:
            return _by_chairs(facts, event, today)


def _by_chairs(facts: Facts, event: Event, today: date) -> Facts:
    if event.kind == "re-date" and not facts.escalated:
        due = max(facts.due_on, today) + event.days * DAY
        dated = replace(facts, due_on=due, extensions=facts.extensions + 1, told_on=today, snoozed_until=None)
        return replace(dated, discuss_told=False, waiting=None, waiting_since=None)
    if event.kind == "return" and facts.escalated:
        return replace(facts, escalated=False, returned_at=event.at, discuss_told=False)
    return facts
