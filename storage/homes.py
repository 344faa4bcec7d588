"""Somebody's own page: what it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlmodel import col

from lifbot.calendar import say_date, say_moment
from lifbot.model import Escalation, Group, Item, Meeting, Person
from lifbot.notices.home import GroupSeen, Page
from lifbot.notices.line import Line
from lifbot.policy import drift, moments
from lifbot.views import ItemView
from storage import items, meetings, people, reported, sources, waiting
from storage.items import Reader
from storage.scope import Scope

LATELY = timedelta(days=28)  # in which a meeting that nobody has closed is still spoken of


def page(scope: Scope, person: Person) -> Page:
    """Return what somebody's own page shows now."""
    reader = Reader(scope)
    mine = items.open_of(scope, person.id)
    decide = decisions(scope, reader, person.id)
    groups = people.groups_of(scope, person)
    return Page(
        name=person.name,
        today=scope.today,
        rules=scope.rules,
        mine=reader.views(mine),
        helps=reader.views(_helps(scope, person)),
        decide=lines(scope, reader, decide),
        suggest=suggestions(scope, reader, person.id),
        escalated=escalated(scope, reader, person.id),
        groups=tuple(_seen(scope, reader, person, group) for group in groups),
        may_log=any(_leads(scope, person, group) for group in groups),
        reminders=moments.own_hour(person.nudge_at, scope.rules).strftime("%H:%M"),
        digest=person.wants_digest,
        others=tuple(waiting.lines(scope, reader, person.id)),
    )


def decisions(scope: Scope, reader: Reader, person: str, *where: Any) -> list[Item]:
    """Return what waits for somebody's decision, the longest waiting first: the items about which they are asked."""
    return [item for item in items.undecided(scope, *where) if reader.decider(item) == person]


def lines(scope: Scope, reader: Reader, found: Iterable[Item]) -> tuple[Line, ...]:
    """Return items that wait as messages show them, with the words that they were reported with."""
    return tuple(Line(reader.view(item), "decide", reported.words(scope, item)) for item in found)


def suggestions(scope: Scope, reader: Reader, person: str) -> tuple[Line, ...]:
    """Return the items about which somebody was told that help might be needed sooner, while that holds."""
    found = []
    for item in items.open_items(scope):
        reasons = standing_reasons(scope, reader, item) if item.drift_suggested else []
        if reasons and reader.decider(item) == person:
            found.append(Line(reader.view(item), "suggest", drift.say(reasons)))
    return tuple(found)


def standing_reasons(scope: Scope, reader: Reader, item: Item) -> list[str]:
    """Return the reasons to ask for help that were put to the chair, still hold and were not put aside."""
    hold = drift.reasons(reader.facts(item), reader.course(item.group_id), scope.rules, scope.now)
    return sorted(hold & set(item.drift_suggested) - set(item.drift_dismissed))


def escalated(scope: Scope, reader: Reader, person: str) -> tuple[ItemView, ...]:
    """Return the items with which somebody is asked for help as partnership chair."""
    rows = scope.all(
        Escalation,
        Escalation.to == person,
        col(Escalation.ended_at).is_(None),
        order=(col(Escalation.at), col(Escalation.id)),
    )
    found = (scope.get(Item, row.item_id) for row in rows)
    return tuple(reader.view(item) for item in found if item and item.status in items.OPEN)


def _helps(scope: Scope, person: Person) -> list[Item]:
    return [item for item in items.open_items(scope) if person.id in item.contributors and item.owner != person.id]


def _leads(scope: Scope, person: Person, group: Group) -> bool:
    return person.id in (group.chair, group.deputy, *scope.partnership.business_unit)


def _seen(scope: Scope, reader: Reader, person: Person, group: Group) -> GroupSeen:
    views = reader.views(sources.apart(scope, items.open_items(scope, Item.group_id == group.id), group, person.id)[0])
    coming = meetings.next_meeting(scope, group.id)
    leads = _leads(scope, person, group)
    return GroupSeen(
        id=group.id,
        name=group.name,
        prefix=group.prefix,
        leads=leads,
        open=len(views),
        late=sum(view.is_late(scope.today) for view in views),
        colours=Counter(view.brag_word for view in views if view.brag_word),
        waiting=scope.count(Item, Item.group_id == group.id, col(Item.waiting).is_not(None)),
        meets_at=coming.starts_at if coming else None,
        meets=say_moment(coming.starts_at, scope.zone) if coming else "",
        to_close=_to_close(scope, group) if leads else "",
    )


def _to_close(scope: Scope, group: Group) -> str:
    """The day of a group's last meeting, where that was lately and nobody has closed it."""
    held: Meeting | None = meetings.last_held(scope, group.id)
    if held is None or held.closed_at or held.starts_at < scope.now - LATELY:
        return ""
    return say_date(held.starts_at.astimezone(scope.zone).date())
