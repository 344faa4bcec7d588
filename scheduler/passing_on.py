"""What could not reach a closed account goes to whoever stands in, and is not lost."""

from __future__ import annotations

from datetime import timedelta

from lifbot.model import Item, Outbox, Person, Update
from storage import chase, outbox, records
from storage.items import Reader
from storage.scope import Scope

SOON = timedelta(minutes=1)


def to_stand_in(scope: Scope, row: Outbox) -> None:
    """Let a row that was refused be heard by somebody else: a nudge is made anew, what else there is goes again."""
    if row.occasion == "nudge":
        _nudge_anew(scope, row)
    elif row.occasion == "change":
        _tell_anew(scope, row)
    else:
        outbox.put(scope, f"{row.key}/instead", row.occasion, person=row.person, group_id=row.group_id, about=row.about)


def _nudge_anew(scope: Scope, row: Outbox) -> None:
    """Take the marks of a nudge back, so that the next sweep puts its items into the nudge of who hears now."""
    for id, why, said, *_ in row.about["lines"]:
        item = scope.get(Item, id)
        if item is None:
            continue
        if why == "decide":
            item.decision_asked_on = None
        elif why == "discuss":
            item.discuss_told = False
        elif why == "chased":
            _chased_anew(scope, row, item, int(said))
            continue
        elif why == "suggest":
            item.drift_suggested = [reason for reason in item.drift_suggested if reason not in said.split(",")]
        else:
            item.nudged_on = None
        item.look_again_at = scope.now + SOON
        scope.add(item)
    for name, *_ in row.about.get("records", ()):
        _record_anew(scope, name)


def _record_anew(scope: Scope, name: str) -> None:
    """Take the mark of a nudge back from what is logged beside items."""
    record = records.named(scope, name)
    if record is not None and "nudged_on" in type(record).model_fields:
        record.nudged_on, record.look_again_at = None, scope.now + SOON
        scope.add(record)


def _chased_anew(scope: Scope, row: Outbox, item: Item, words: int) -> None:
    """Put a chair's own words into the nudge of who hears now; where that is nobody else, the next sweep reminds."""
    said, heard = scope.get(Update, words), Reader(scope).hears(item)
    person = scope.get(Person, heard.person) if heard and heard.person != row.person else None
    if said and heard and person:
        chase.promise(scope, item, said, chase.moment(scope, person), heard)
    else:
        item.nudged_on, item.look_again_at = None, scope.now + SOON
    scope.add(item)


def _tell_anew(scope: Scope, row: Outbox) -> None:
    reader = Reader(scope)
    for id, what, *of in row.about["changes"]:
        item = scope.get(Item, id)
        person = (of[0] if of else None) or row.person
        heard = reader.hears(item, person) if item else None
        if item and heard and heard.why != "left" and heard.person != row.person:
            outbox.put_change(scope, heard.person, item, what, heard.of)
