"""Items: finding them by what people type, numbering them, and turning rows into what rules and messages read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from lifbot import tags
from lifbot.calendar import local_day
from lifbot.model import Escalation, Evidence, Group, Item, Person, RefSeries, Update
from lifbot.policy import cycles
from lifbot.policy.brag import Brag, brag
from lifbot.policy.facts import Course, Facts, Pause
from lifbot.policy.rollup import Child, Rollup, rollup
from lifbot.views import ItemView
from storage import family, meetings
from storage.scope import Scope
from storage.whose import Whose

OPEN = ("not_started", "in_progress")
TYPED_REF = re.compile(r"(?:([A-Za-z][A-Za-z0-9]*)[-\s–]*)?(?:(\d{4})[-\s–]+)?0*(\d+)")


def find(scope: Scope, typed: str, group: Group | None = None) -> Sequence[Item]:
    """Return the items that "SE-2026-014", "se 14" or "14" can mean; the channel's group and later years first."""
    match = TYPED_REF.fullmatch(typed.strip())
    if match is None:
        return []
    prefix, year, number = match[1], match[2], int(match[3])
    rows = scope.all(Item, Item.number == number, order=col(Item.id).desc())
    fits = [row for row in rows if _fits(row.ref, prefix, year)]
    if group and len(fits) > 1 and not prefix:
        fits = [row for row in fits if row.group_id == group.id] or fits
    return fits


def _fits(ref: str, prefix: str | None, year: str | None) -> bool:
    its_prefix, its_year, _ = ref.rsplit("-", 2)
    return (prefix is None or prefix.upper() == its_prefix.upper()) and (year is None or year == its_year)


def next_ref(scope: Scope, group: Group) -> tuple[str, int]:
    """Give the group's next reference and its number; never one that was given before."""
    year = scope.today.year
    series = scope.first(RefSeries, RefSeries.prefix == group.prefix, RefSeries.year == year)
    series = series or RefSeries(partnership_id=scope.id, prefix=group.prefix, year=year)
    series.last += 1
    scope.add(series)
    return f"{group.prefix}-{year}-{series.last:03d}", series.last


def count_open(scope: Scope, group_id: str) -> int:
    """Return how many of a group's items are open."""
    return scope.count(Item, Item.group_id == group_id, col(Item.status).in_(OPEN))


def open_items(scope: Scope, *where: Any) -> Sequence[Item]:
    """Return the items still to be done that fit, by date."""
    return scope.all(Item, col(Item.status).in_(OPEN), *where, order=(col(Item.due_on), col(Item.id)))


def open_texts(scope: Scope, group: Group) -> Sequence[tuple[str, str]]:
    """Return reference and words of what a group has open, the oldest first."""
    here = (Item.group_id == group.id, col(Item.status).in_(OPEN))
    return [tuple(row) for row in scope.columns(Item, (col(Item.ref), col(Item.text)), *here, order=col(Item.id))]


def open_of(scope: Scope, person: str) -> Sequence[Item]:
    """Return the items still to be done that somebody answers for, by date."""
    return open_items(scope, Item.owner == person)


def earliest_overdue(scope: Scope, owners: set[str]) -> dict[str, date]:
    """Return the earliest date of each person's open items, where one has come."""
    theirs = (Item.partnership_id == scope.id, col(Item.owner).in_(owners), col(Item.status).in_(OPEN))
    query = select(Item.owner, func.min(Item.due_on)).where(*theirs, Item.due_on <= scope.today).group_by(Item.owner)
    return dict(scope.session.exec(query).all())


def undecided(scope: Scope, *where: Any) -> Sequence[Item]:
    """Return the items that wait for a chair, the longest waiting first."""
    return scope.all(Item, col(Item.waiting).is_not(None), *where, order=col(Item.waiting_since))


def themes_in_use(scope: Scope, *where: Any) -> tuple[str, ...]:
    """Return the themes of all items but those withdrawn, most frequent first."""
    return tuple(theme for theme, _ in tags.counted(themes_of(scope, *where)))


def themes_of(scope: Scope, *where: Any) -> list[list[str]]:
    """Return the themes of each item that has any, but not of those withdrawn."""
    rows = scope.columns(Item, (Item.themes,), Item.status != "withdrawn", *where)
    return [themes for (themes,) in rows if themes]


def updates(scope: Scope, item: Item) -> Sequence[Update]:
    """Return an item's history, oldest first."""
    return scope.all(Update, Update.item_id == item.id, order=(col(Update.at), col(Update.id)))


def history_of(scope: Scope, owner: str) -> tuple[dict[int, Item], Sequence[Update]]:
    """Return what somebody answers for, by id, and all that was said of it, oldest first."""
    mine = {item.id: item for item in scope.all(Item, Item.owner == owner)}
    return mine, scope.all(Update, col(Update.item_id).in_(mine), order=(col(Update.at), col(Update.id)))


def escalations(scope: Scope, item: Item) -> Sequence[Escalation]:
    """Return an item's escalations, oldest first."""
    return scope.all(Escalation, Escalation.item_id == item.id, order=(col(Escalation.at), col(Escalation.id)))


def standing_escalations(scope: Scope, item: Item) -> Sequence[Escalation]:
    """Return an item's escalations that have neither been returned nor ended."""
    return [row for row in escalations(scope, item) if row.ended_at is None]


def evidence(scope: Scope, item: Item) -> Sequence[Evidence]:
    """Return an item's evidence, oldest first."""
    return scope.all(Evidence, Evidence.item_id == item.id, order=(col(Evidence.at), col(Evidence.id)))


def pauses(item: Item) -> tuple[Pause, ...]:
    """Return the times in which an item's clock stood still."""
    return tuple(
        Pause(datetime.fromisoformat(start or ""), datetime.fromisoformat(end) if end else None)
        for start, end in item.pauses
    )


def facts(scope: Scope, item: Item, owner: Person | None, escalated: bool) -> Facts:
    """Return what the rules are told about an item."""
    return Facts(
        status=item.status,
        created_on=local_day(item.created_at, scope.zone),
        due_on=item.due_on,
        original_due_on=item.original_due_on,
        pauses=pauses(item),
        returned_at=item.returned_at,
        escalated=escalated,
        discuss_told=item.discuss_told,
        nudged_on=item.nudged_on,
        told_on=item.told_on,
        overdue_anchor=owner.overdue_anchor if owner else None,
        snoozed_until=item.snoozed_until,
        declined=item.waiting == "declined",
        owner_left=owner is None or owner.left_on is not None,
        left_on=owner.left_on if owner else None,
        waiting=item.waiting,
        waiting_since=item.waiting_since,
        decision_asked_on=item.decision_asked_on,
        unsigned_told_on=item.unsigned_told_on,
        heard_at=item.heard_at,
        extensions=item.extensions,
        drift_suggested=frozenset(item.drift_suggested),
        signed_off=item.signed_off_on is not None,
        accepted=item.accepted_by is not None,
    )


class Reader(Whose):
    """Views and facts of many items with few queries: names, calendars and escalations are read once."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.escalated = {row.item_id for row in scope.all(Escalation, col(Escalation.ended_at).is_(None))}
        self._courses: dict[str, Course] = {}

    @cached_property
    def heads(self) -> frozenset[int]:
        """The items that others belong to."""
        return family.heads(self.scope)

    def course(self, group_id: str) -> Course:
        """Return a group's calendar."""
        if group_id not in self._courses:
            self._courses[group_id] = meetings.course(self.scope, group_id)
        return self._courses[group_id]

    def facts(self, item: Item) -> Facts:
        """Return what the rules are told about an item."""
        return facts(self.scope, item, self.people.get(item.owner), item.id in self.escalated)

    def cycles_missed(self, item: Item) -> int:
        """Return how many cycles have been missed since the item's date."""
        return len(cycles.missed(self.facts(item), self.course(item.group_id), self.scope.rules, self.scope.now))

    def brag(self, item: Item) -> Brag | None:
        """Return an item's colour."""
        scope = self.scope
        return brag(self.facts(item), self.course(item.group_id), scope.rules, scope.now, scope.today)

    def together(self, item: Item) -> Rollup:
        """Return what the items under one say together."""
        rows = family.children(self.scope, item) if item.id in self.heads else ()
        return rollup(map(self._child, rows))

    def _child(self, item: Item) -> Child:
        is_late = item.status in OPEN and item.due_on < self.scope.today
        escalated, accepted = item.id in self.escalated, item.accepted_by is not None
        return Child(item.kind, item.status, self.brag(item), is_late, escalated, accepted)

    def view(self, item: Item) -> ItemView:
        """Return an item as messages show it."""
        return ItemView(
            id=item.id,
            ref=item.ref,
            kind=item.kind,
            text=item.text,
            group=self.groups[item.group_id].name,
            owner=self.owner(item),
            agency=self.agency(item.agency),
            due_on=item.due_on,
            timescale=item.timescale_text,
            brag=self.brag(item),
            status=item.status,
            waiting=item.waiting,
            cycles_missed=self.cycles_missed(item),
            escalated=item.id in self.escalated,
            proposed_due=item.proposed_due,
            together=self.together(item).line(item.status in OPEN),
        )

    def views(self, rows: Iterable[Item]) -> tuple[ItemView, ...]:
        """Return several items as messages show them."""
        return tuple(self.view(row) for row in rows)
