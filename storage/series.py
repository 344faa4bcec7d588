"""Actions that come round again: once the present one is closed, the next of the series is logged."""

from __future__ import annotations

import re

from sqlmodel import col

from lifbot.kinds import KINDS
from lifbot.model import Group, Item, LogEntry
from lifbot.rhythm import next_date
from storage import items, log
from storage.scope import Scope

ENDED = ("withdrawn", "superseded")


def follow(scope: Scope, by: str, item: Item, entry: LogEntry) -> Item | None:
    """Log the next of a series, if the item repeats, is closed as agreed and has no next one yet."""
    if not item.repeats or not (item.signed_off_on or item.accepted_by) or next_of(scope, item):
        return None
    # From the date that the rhythm gave: more time for one of them does not move those to come.
    due = next_date(item.repeats, item.original_due_on, max(item.due_on, scope.today))
    group = scope.first(Group, Group.id == item.group_id)
    if due is None or group is None:
        return None
    ref, number = items.next_ref(scope, group)
    parent = scope.get(Item, item.parent)
    new = Item(
        partnership_id=scope.id,
        group_id=group.id,
        ref=ref,
        number=number,
        kind=item.kind,
        text=item.text,
        owner=item.owner,
        contributors=list(item.contributors),
        agency=item.agency,
        timescale_text=item.repeats_text or item.timescale_text,
        due_on=due,
        original_due_on=due,
        source=item.source,
        source_id=item.source_id,
        success_criteria=item.success_criteria,
        parent=parent.id if parent and parent.status not in ENDED else None,
        scope=item.scope,
        themes=list(item.themes),
        gap=item.gap,
        priority=item.priority,
        repeats=_one_less(item.repeats),
        repeats_text=item.repeats_text,
        repeat_of=item.id,
        created_at=scope.now,
        created_by=by,
        look_again_at=scope.now,
    )
    scope.add(new)
    log.write(scope, by, KINDS[new.kind].logged_by, new, about=f"{log.WITH}{entry.id}")
    return new


def next_of(scope: Scope, item: Item) -> Item | None:
    """Return the next of the series, if it is in the log."""
    here = (Item.repeat_of == item.id, col(Item.status) != "withdrawn")
    return scope.first(Item, *here, order=col(Item.id).desc())


def _one_less(rrule: str) -> str:
    """Return the rule for those that are left, where it says how often in all."""
    return re.sub(r"\bCOUNT=(\d+)", lambda found: f"COUNT={max(1, int(found[1]) - 1)}", rrule)
