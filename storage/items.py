"""Items: finding them by what people type, numbering them, and turning rows into what rules and messages read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, func, sql
from sqlmodel import SQLModel, col

from lifbot import tags
from lifbot.calendar import local_day
from lifbot.model import Escalation, Evidence, Group, Item, Person, Update
from lifbot.policy import cycles
from lifbot.policy.brag import Brag, brag
from lifbot.policy.facts import Course, Facts, Pause
from lifbot.policy.rollup import Child, Rollup, rollup
from lifbot.views import ItemView
from storage import family
from storage.refs import find as find
from storage.refs import next_ref as next_ref
from storage.scope import Scope
from storage.whose import Whose

OPEN = ("not_started", "in_progress")
ITEMS = SQLModel.metadata.tables["item"]
EARLIEST = (
    sql.select(ITEMS.c.owner, func.min(ITEMS.c.due_on))
    .where(
        ITEMS.c.partnership_id == bindparam("mine"),
        ITEMS.c.owner.in_(bindparam("owners", expanding=True)),
        ITEMS.c.status.in_(OPEN),
        ITEMS.c.due_on <= bindparam("today"),
        ITEMS.c.held.is_(False),
    )
    .group_by(ITEMS.c.owner)
)
TEXTS = (
    sql.select(ITEMS.c.ref, ITEMS.c.text)
    .where(
        ITEMS.c.partnership_id == bindparam("mine"),
        ITEMS.c.group_id == bindparam("here"),
        ITEMS.c.status.in_(OPEN),
        ITEMS.c.held.is_(False),
    )
    .order_by(ITEMS.c.id)
)


def count_open(scope: Scope, group_id: str) -> int:
    """Return how many of a group's items are open."""
    return scope.count(Item, Item.group_id == group_id, col(Item.status).in_(OPEN))


def open_items(scope: Scope, *where: Any) -> Sequence[Item]:
    """Return the items still to be done that fit, by date."""
    return scope.all(Item, col(Item.status).in_(OPEN), *where, order=(col(Item.due_on), col(Item.id)))


def open_texts(scope: Scope, group: Group) -> Sequence[tuple[str, str]]:
    """Return reference and words of what a group has open, the oldest first."""
    return [(row.ref, row.text) for row in scope.run(TEXTS, here=group.id)]


def of_kind(scope: Scope, kind: str, *where: Any) -> Sequence[Item]:
    """Return the items of a kind that fit, whatever became of them, by date."""
    return scope.all(Item, Item.kind == kind, *where, order=(col(Item.due_on), col(Item.id)))


def open_of(scope: Scope, person: str) -> Sequence[Item]:
    """Return the items still to be done that somebody answers for, by date."""
    return open_items(scope, Item.owner == person)


def earliest_overdue(scope: Scope, owners: set[str]) -> dict[str, date]:
    """Return the earliest date of each person's open items, where one has come."""
    rows: Sequence[Any] = scope.run(EARLIEST, owners=list(owners), today=scope.today).all()
    return dict(rows)


def undecided(scope: Scope, *where: Any) -> Sequence[Item]:
    """Return the items that wait for a chair, the longest waiting first."""
    return scope.all(Item, col(Item.waiting).is_not(None), *where, order=(col(Item.waiting_since), col(Item.id)))


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


def facts(scope: Scope, item: Item, owner: Person | None, escalated: bool, anchor: date | None = None) -> Facts:
    """Return what the rules are told about an item; `anchor` is of its owner's overdue items, for their reminders."""
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
        overdue_anchor=anchor,
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
        held=item.held,
    )


class Reader(Whose):
    """Views and facts of many items with few queries: names, calendars and escalations are read once."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.escalated = set(self.roster.escalated)

    @cached_property
    def heads(self) -> frozenset[int]:
        """The items that others belong to."""
        return family.heads(self.scope)

    def course(self, group_id: str) -> Course:
        """Return a group's calendar."""
        return self.roster.course(group_id)

    def facts(self, item: Item) -> Facts:
        """Return what the rules are told about an item."""
        return facts(self.scope, item, self._owner(item), item.id in self.escalated, self._anchors.get(item.owner))

    def cycles_missed(self, item: Item) -> int:
        """Return how many cycles have been missed since the item's date."""
        return len(cycles.missed(self._shown(item), self.course(item.group_id), self.scope.rules, self.scope.now))

    def _shown(self, item: Item) -> Facts:
        """What decides how an item is shown: all but when its owner is reminded of it."""
        return facts(self.scope, item, self._owner(item), item.id in self.escalated)

    def _owner(self, item: Item) -> Person | None:
        return self.roster.people.get(item.owner)

    @cached_property
    def _anchors(self) -> dict[str, date]:
        """The day of the week's series on which each person hears of what is overdue."""
        rows = self.scope.columns(
            Person, (col(Person.id), col(Person.overdue_anchor)), col(Person.overdue_anchor).is_not(None)
        )
        return dict(rows)

    def brag(self, item: Item) -> Brag | None:
        """Return an item's colour."""
        scope = self.scope
        return brag(self._shown(item), self.course(item.group_id), scope.rules, scope.now, scope.today)

    def together(self, item: Item) -> Rollup:
        """Return what the items under one say together."""
        rows = family.children(self.scope, item) if item.id in self.heads else ()
        return rollup(map(self.child, rows))

    def child(self, item: Item) -> Child:
        """Return an item as the roll-up of what it belongs to sees it."""
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
            group=self.roster.groups[item.group_id].name,
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
