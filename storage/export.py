"""The whole log of a partnership as plain values: what `bot.py export` writes, in CONTRACT.md's shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.model import Agency, Escalation, Evidence, Group, Item, Meeting, Person, Update
from storage import beyond, challenges, holds, milestones, practices, published, records, requests, sources
from storage.items import Reader
from storage.scope import Scope

Row = TypeVar("Row", Update, Escalation, Evidence)
Values = dict[str, Any]

NOT_TOLD = frozenset({"held_at", "held_by", "hold_reason", "hold_note", "hold_until", "group_id", "number"})
AHEAD = timedelta(days=400)  # a rule's meetings have no end; beyond this they say nothing


def whole_log(scope: Scope) -> Values:
    """Return everything the partnership has logged, as JSON values; absent ones are None."""
    every = sorted(scope.all(Item), key=_by_ref)
    refs: dict[int | None, str] = {row.id: row.ref for row in every}
    return {
        "partnership": scope.id,
        "exported_at": _at(scope, scope.now),
        "items": _items(scope, refs, [row for row in every if row.kind not in (PRACTICE, CHALLENGE)]),
        "sources": _sources(scope),
        "practice": _practice(scope, refs, [row for row in every if row.kind == PRACTICE]),
        "notices": published.exported(scope),
        "requests": requests.exported(scope),
        "challenges": challenges.exported(scope, _items(scope, refs, [row for row in every if row.kind == CHALLENGE])),
        "meetings": _meetings(scope),
        "log": _log(scope, refs),
    }


def some_of_the_log(scope: Scope, items: Sequence[Item]) -> Values:
    """Return these items as the whole log would have them, in this order, and nothing else of it."""
    refs: dict[int | None, str] = {row.id: row.ref for row in scope.all(Item)}
    return {"partnership": scope.id, "exported_at": _at(scope, scope.now), "items": _items(scope, refs, items)}


def names(scope: Scope) -> dict[str, dict[str, str]]:
    """Return what sheets show beside the log: names by id, and by ref when an item was set, where, and closed."""
    items = scope.all(Item)
    met = {row.id: _day(scope, row.starts_at) for row in scope.all(Meeting)}
    return {
        "partnership": {scope.id: scope.partnership.name},
        "people": {row.id: row.name for row in scope.all(Person)},
        "agencies": {row.id: row.name for row in scope.all(Agency)},
        "groups": {row.id: row.name for row in scope.all(Group)},
        "set_on": {row.ref: _day(scope, row.created_at) for row in items},
        "set_at": {row.ref: met[row.agreed_at_meeting] for row in items if row.agreed_at_meeting},
        "closed_on": {row.ref: _day(scope, row.closed_at) for row in items if row.closed_at},
    }


def _practice(scope: Scope, refs: Mapping[int | None, str], rows: Sequence[Item]) -> list[Values]:
    """Strong practice: an item's fields, where it should spread, and when it had."""
    spread = practices.by_item(scope)
    items = _items(scope, refs, rows)
    return [{**values, **practices.values(spread.get(row.id))} for values, row in zip(items, rows, strict=True)]


def _items(scope: Scope, refs: Mapping[int | None, str], rows: Iterable[Item]) -> list[Values]:
    reader = Reader(scope)
    registered = {row.id: row.ref for row in sources.shown(scope)}
    updates = _by_item(scope.all(Update, order=(col(Update.at), col(Update.id))))
    evidence = _by_item(scope.all(Evidence, order=(col(Evidence.at), col(Evidence.id))))
    escalations = _by_item(scope.all(Escalation, order=(col(Escalation.at), col(Escalation.id))))
    beside = beyond.of_items(scope, refs)
    return [
        {
            **_columns(item),
            **_standing(reader, item),
            "taken_on_at": _at(scope, item.taken_on_at),
            "source_ref": registered.get(item.source_id or 0),
            "parent": refs.get(item.parent),
            "superseded_by": refs.get(item.superseded_by),
            "repeat_of": refs.get(item.repeat_of),
            "escalations": [_escalation(scope, row) for row in escalations[item.id]],
            "updates": _updates(scope, updates[item.id]),
            "evidence": _evidence(scope, evidence[item.id]),
            **beside(item),
        }
        for item in rows
    ]


def _by_ref(item: Item) -> tuple[str, int, int]:
    prefix, year, number = item.ref.rsplit("-", 2)
    return prefix, int(year), int(number)


def _by_item(rows: Iterable[Row]) -> Mapping[int | None, Sequence[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found


def _columns(item: Item) -> Values:
    reason = item.not_completable_reason
    instead = {"reason": reason, "done_instead": item.done_instead, "accepted_by": item.accepted_by}
    return {
        "ref": item.ref,
        "kind": item.kind,
        "group": item.group_id,
        "text": item.text,
        "owner": item.owner,
        "contributors": list(item.contributors),
        "offered_to": item.offered_to,
        "agency": item.agency,
        "timescale_text": item.timescale_text,
        "due_on": item.due_on.isoformat(),
        "original_due_on": item.original_due_on.isoformat(),
        "status": item.status,
        "signed_off_on": item.signed_off_on.isoformat() if item.signed_off_on else None,
        "source": item.source,
        "said_by": item.said_by,
        "said_url": item.said_url,
        "success_criteria": item.success_criteria,
        "not_completable": instead if reason else None,
        "impact": item.impact,
        "embedded": item.embedded,
        **_marks(item),
    }


def _marks(item: Item) -> Values:
    """What an item is marked with, and the response to it."""
    return {
        "themes": list(item.themes),
        "gap": item.gap,
        "priority": item.priority,
        "scope": item.scope,
        "response": item.response,
        "response_reason": item.response_reason,
        "repeats": item.repeats,
        "repeats_text": item.repeats_text,
    }


def _standing(reader: Reader, item: Item) -> Values:
    view = reader.view(item)
    return {"brag": view.brag.value if view.brag else None, "cycles_missed": view.cycles_missed}


def _escalation(scope: Scope, row: Escalation) -> Values:
    return {
        "at": _at(scope, row.at),
        "to": row.to,
        "reason": row.reason,
        "acknowledged_at": _at(scope, row.acknowledged_at),
        "decision": row.decision,
    }


def _updates(scope: Scope, rows: Sequence[Update]) -> list[Values]:
    said = {row.id: _at(scope, row.at) for row in rows}
    return [
        {
            "at": said[row.id],
            "by": row.by,
            "for": row.for_person,
            "kind": row.kind,
            "text": row.text,
            "corrects": said.get(row.corrects or 0),
        }
        for row in rows
    ]


def _evidence(scope: Scope, rows: Sequence[Evidence]) -> list[Values]:
    said = {row.id: _at(scope, row.at) for row in rows}
    return [
        {
            "at": said[row.id],
            "by": row.by,
            "text": row.text,
            "url": row.url,
            "name": row.name,
            "corrects": said.get(row.corrects or 0),
        }
        for row in rows
    ]


def _sources(scope: Scope) -> list[Values]:
    """The learning register, without what is on hold."""
    checked = {row.id: row.ref for row in scope.all(Item)}
    return [
        {
            **{name: value for name, value in records.picture(row).items() if name not in NOT_TOLD},
            "group": row.group_id,
            "result_of": checked.get(row.result_of or 0),
            "milestones": [
                {name: value for name, value in records.picture(each).items() if name != "source_id"}
                for each in milestones.of(scope, row)
            ],
        }
        for row in sources.shown(scope)
    ]


def _meetings(scope: Scope) -> list[Values]:
    near = col(Meeting.starts_at) <= scope.now + AHEAD
    rows = scope.all(Meeting, near, order=(col(Meeting.starts_at), col(Meeting.group_id), col(Meeting.id)))
    return [
        {"group": row.group_id, "at": _at(scope, row.starts_at), "status": _meeting_status(row, scope.now)}
        for row in rows
    ]


def _meeting_status(meeting: Meeting, now: datetime) -> str:
    """A planned meeting counts as held once its start has passed (ruling 1)."""
    return "held" if meeting.status == "planned" and meeting.starts_at <= now else meeting.status


def _log(scope: Scope, refs: Mapping[int | None, str]) -> list[Values]:
    return [
        {
            "at": _at(scope, row.at),
            "by": row.by,
            "what": row.what,
            "ref": refs.get(row.item_id),
            "about": row.about,
            "why": row.why,
            "before": row.before,
            "after": row.after,
        }
        for row in holds.told_of(scope)
    ]


def _at(scope: Scope, moment: datetime | None) -> str | None:
    return moment.astimezone(scope.zone).isoformat() if moment else None


def _day(scope: Scope, moment: datetime) -> str:
    return local_day(moment, scope.zone).isoformat()
