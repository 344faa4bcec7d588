"""What difference items made: when their owners are asked, what they answered, and what is still unanswered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col

from lifbot.model import Impact, Item, LogEntry
from lifbot.policy import impact
from lifbot.policy.moments import nudge_on
from storage import records
from storage.scope import Scope

ORDER: tuple[Any, ...] = (col(Impact.ask_on), col(Impact.id))
AT_ONCE = 500  # ids in one question to the database


def follow(scope: Scope, by: str, item: Item, entry: LogEntry) -> None:
    """Plan, with its sign-off, when an item's owner is asked; withdraw that once it is no longer signed off."""
    if "signed_off_on" not in entry.after and "status" not in entry.after:
        return
    if item.signed_off_on is None or item.status in ("withdrawn", "superseded"):
        withdraw(scope, by, waiting(scope, item), entry)
    elif item.kind in impact.ASKED_OF and entry.after.get("signed_off_on"):
        for months, day in impact.ask_days(item.signed_off_on, scope.rules.impact_after_months):
            plan(scope, by, item, months, day, entry)


def plan(scope: Scope, by: str, item: Item, months: int, ask_on: date, entry: LogEntry) -> Impact:
    """Promise to ask an item's owner on a day, with the change that this follows from."""
    at = nudge_on(ask_on, scope.rules, scope.zone)
    row = scope.new(Impact, item_id=item.id, months=months, ask_on=ask_on, person=item.owner, look_again_at=at)
    records.write(scope, by, entry.what, row, belongs_to=entry)
    return row


def withdraw(scope: Scope, by: str, rows: Sequence[Impact], entry: LogEntry) -> None:
    """Ask no more, with the change that this follows from."""
    for row in rows:
        before = records.picture(row)
        row.status, row.look_again_at = "withdrawn", None
        records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def waiting(scope: Scope, item: Item) -> Sequence[Impact]:
    """Return the questions about an item that are not answered yet, whether they were asked or are to come."""
    return scope.all(Impact, Impact.item_id == item.id, Impact.status == "waiting", order=ORDER)


def asked(scope: Scope, item: Item) -> list[Impact]:
    """Return the questions whose day has come and which wait for an answer, the earliest first."""
    return [row for row in waiting(scope, item) if row.chased or row.ask_on <= scope.today]


def answers(scope: Scope, item: Item) -> Sequence[Impact]:
    """Return what was answered about an item, oldest first."""
    answered = (Impact.item_id == item.id, Impact.status == "answered")
    return scope.all(Impact, *answered, order=(col(Impact.answered_at), col(Impact.id)))


def by_item(scope: Scope, ids: Collection[int] | None = None) -> Mapping[int, list[Impact]]:
    """Return all that stands of these items, or of all, by the item's id, in order of the days asked for."""
    found: dict[int, list[Impact]] = defaultdict(list)
    for row in scope.all(Impact, Impact.status != "withdrawn", order=ORDER):
        if ids is None or row.item_id in ids:
            found[row.item_id].append(row)
    return found


def told_items(scope: Scope, groups: Collection[str]) -> list[Item]:
    """Return the items of these groups that are signed off and of which the difference may be told, oldest first."""
    signed = (col(Item.signed_off_on).is_not(None), col(Item.kind).in_(impact.TOLD_OF))
    return list(scope.all(Item, *signed, col(Item.group_id).in_(groups), order=(col(Item.signed_off_on), col(Item.id))))


def unanswered(scope: Scope, group_id: str | None = None) -> list[tuple[Item, Impact]]:
    """Return the items whose owners were asked twice and have not answered, with the question."""
    asked_twice = (Impact.status == "waiting", col(Impact.chased) >= impact.MOST_ASKED)
    rows = scope.all(Impact, *asked_twice, order=ORDER)
    silent = [row for row in rows if impact.is_unanswered(row.chased, row.nudged_on, scope.today)]
    pairs = ((scope.get(Item, row.item_id), row) for row in silent)
    return [(item, row) for item, row in pairs if item and group_id in (None, item.group_id)]


def values(scope: Scope, row: Impact) -> dict[str, Any]:
    """Return one answer, or one question that waits, as the export has it."""
    names = (
        "how_much",
        "how_well",
        "difference",
        "evidence_type",
        "evidence",
        "url",
        "embedded",
        "voice",
        "assumption",
    )
    at = row.answered_at.astimezone(scope.zone).isoformat() if row.answered_at else None
    asked_of = {"months": row.months, "ask_on": row.ask_on.isoformat(), "status": row.status}
    return {**asked_of, "at": at, "by": row.by, **{name: getattr(row, name) for name in names}}
