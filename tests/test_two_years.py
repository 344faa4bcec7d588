"""Two random years of a partnership: what must hold whatever its calendar, its people and its luck."""

from collections import Counter
from copy import deepcopy
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lifbot.calendar import at_local, is_working_day, local_day, normal_interval
from lifbot.policy.facts import Course, Facts, Sitting
from lifbot.policy.steps import Discuss, Escalate, Remind, Wait
from tests.policy_cast import LONDON, RULES
from tests.two_years import PARTNERSHIP_CHAIR, Event, Group, Message, World

KINDS = ("done", "sign off", "return", "update", "more time", "snooze", "decline", "take over", "re-date", "re-date")
first_days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
PEOPLE = ("ben", "cleo", "fay")


@st.composite
def courses(draw: st.DrawFn, first: date) -> Course:
    """A group that meets every fortnight to every quarter, more or less, and may stop."""
    gaps = draw(st.lists(st.integers(14, 100), max_size=20))
    status = st.sampled_from(["planned", "held", "planned", "held", "cancelled", "moved"])
    days = [first + timedelta(days=sum(gaps[: n + 1])) for n in range(len(gaps))]
    hour = st.times(time(8), time(20))
    sittings = tuple(Sitting(at_local(day, draw(hour), LONDON), draw(status)) for day in days)
    return Course(LONDON, sittings, normal_interval([first, *days]))


@st.composite
def worlds(draw: st.DrawFn, items: int = 4) -> tuple[World, datetime, list[Event]]:
    """Two groups whose chairs and owners are the same few people, items due within a year, and what people say."""
    first = draw(first_days)
    person = st.sampled_from(PEOPLE)
    groups = [Group(draw(courses(first)), draw(person), draw(person)) for _ in range(2)]
    number = draw(st.integers(1, items))
    dues = [first + timedelta(days=draw(st.integers(0, 365))) for _ in range(number)]
    facts = [Facts("not_started", first, due, due) for due in dues]
    owners = [draw(person) for _ in dues]
    world = World(groups, facts, owners, [draw(st.integers(0, 1)) for _ in dues])
    moment = st.builds(at_local, st.dates(first, first + timedelta(days=700)), st.times(), st.just(LONDON))
    talked_of = st.integers(0, max(0, number - 2))  # the last item of several is always silent
    event = st.builds(Event, moment, talked_of, st.sampled_from(KINDS), st.integers(1, 120))
    return world, at_local(first, time(12), LONDON), draw(st.lists(event, max_size=12)) if number > 1 else []


def two_years_from(start: datetime) -> datetime:
    """The end of the simulation."""
    return start + timedelta(days=730)


def check_nudges(sent: list[Message]) -> None:
    """Nobody gets two nudge messages on a day, and nothing goes out but on working days."""
    nudges = Counter((message.to, local_day(message.at, LONDON)) for message in sent if message.to != PARTNERSHIP_CHAIR)
    assert set(nudges.values()) <= {1}
    assert all(is_working_day(local_day(message.at, LONDON)) for message in sent)


def told_times(sent: list[Message], index: int, kind: type) -> int:
    """How often an item was the matter of such a step."""
    return sum(isinstance(step, kind) and item == index for message in sent for item, step in message.about)


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_jumping_from_moment_to_moment(drawn: tuple[World, datetime, list[Event]]) -> None:
    world, start, events = drawn
    world.live(start, two_years_from(start), events)
    check_nudges(world.sent)
    assert all(message.at.astimezone(LONDON).time() == time(9) for message in world.sent), "in winter and in summer"
    for index in set(range(len(world.items))) - {event.item for event in events}:
        assert told_times(world.sent, index, Discuss) == 1, "every silent item is discussed once"
        assert told_times(world.sent, index, Escalate) == 1, "and escalated exactly once"
    for index in {event.item for event in events}:
        returns = sum(event.item == index and event.kind == "return" for event in events)
        assert told_times(world.sent, index, Escalate) <= 1 + returns


@settings(max_examples=12, deadline=None)
@given(worlds(items=3))
def test_looking_every_day_sends_the_same_messages(drawn: tuple[World, datetime, list[Event]]) -> None:
    world, start, events = drawn
    daily = deepcopy(world)
    world.live(start, two_years_from(start), events)
    daily.live_daily(start, two_years_from(start), events)
    assert sorted(map(repr, world.sent)) == sorted(map(repr, daily.sent))


@settings(max_examples=40, deadline=None)
@given(worlds(items=3), st.lists(st.integers(1, 60 * 24 * 90), min_size=10, max_size=30))
def test_waking_now_and_then(drawn: tuple[World, datetime, list[Event]], minutes: list[int]) -> None:
    """After downtime each person gets one message that says what stands now; escalations are never lost."""
    world, start, _ = drawn
    moments = [start + timedelta(minutes=sum(minutes[: n + 1])) for n in range(len(minutes))]
    world.wake([moment for n, moment in enumerate(moments) if n == 0 or moment - moments[n - 1] > timedelta(days=5)])
    world.wake([max(moments[-1], two_years_from(start)) + timedelta(days=7)])
    check_nudges(world.sent)
    assert all(time(9) <= message.at.astimezone(LONDON).time() < time(18) for message in world.sent)
    for index in range(len(world.items)):
        assert told_times(world.sent, index, Discuss) == 1
        assert told_times(world.sent, index, Escalate) == 1
    for message in world.sent:
        today = local_day(message.at, LONDON)
        reminded = [(world.items[index], step) for index, step in message.about if isinstance(step, Remind)]
        assert all((step.why == "overdue") is (facts.due_on < today) for facts, step in reminded)


@settings(max_examples=60, deadline=None)
@given(worlds(items=2))
def test_an_item_on_hold_is_silent_and_not_forgotten(drawn: tuple[World, datetime, list[Event]]) -> None:
    world, start, _ = drawn
    facts = deepcopy(world.items[0])
    on_hold = Facts(facts.status, facts.created_on, facts.due_on, facts.original_due_on, held=True)
    world.items[0] = on_hold
    [step] = world.look(0, start)
    assert isinstance(step, Wait)
    assert step.at > start
    assert RULES.nudge_at == step.at.astimezone(LONDON).time()
