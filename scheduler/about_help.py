"""What is said when help is asked for: escalations, silence, items nobody signed off."""

from __future__ import annotations

from datetime import datetime

from lifbot import notices
from lifbot.calendar import local_day, say_date
from lifbot.kinds import CHALLENGE
from lifbot.message import Message
from lifbot.model import Escalation, Group, Item, Meeting, Notice, Outbox, Update
from storage import items, people, stand_ins
from storage.items import Reader
from storage.notices import is_held
from storage.scope import Scope


def escalation(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    taken = scope.get(Escalation, row.about["escalation"])
    item = scope.get(Item, taken.item_id) if taken else None
    if taken is None or item is None or taken.ended_at or item.status not in items.OPEN:
        return "it is closed or back with the group"
    history = _history(scope, reader, item)
    unreached = _in_whose_place(scope, reader, item, taken, row.person)
    spoken = _discussion(scope, item)
    return notices.escalation(reader.view(item), taken.reason, taken.note or "", spoken, history, unreached)


def _in_whose_place(scope: Scope, reader: Reader, item: Item, taken: Escalation, person: str | None) -> str:
    """Say which chair could not be asked, where somebody else is: "Dev Rao is away until 20 March 2026"."""
    chairs = people.partnership_chairs(scope, item)
    asked = [taken.to] if person != taken.to else [id for id in chairs if taken.to not in chairs]
    for id in asked:
        heard = stand_ins.helps(scope, reader.roll, id)
        reason = reader.why(heard) if heard and heard.why in ("away", "left") else "could not be reached"
        if person != taken.to or (heard and heard.is_stand_in and heard.person == person):
            return f"{reader.name(id)} {reason}"
    return ""


def _discussion(scope: Scope, item: Item) -> tuple[str, str] | None:
    spoken = [row for row in items.updates(scope, item) if row.kind == "discussed"]
    if not spoken:
        return None
    meeting = scope.get(Meeting, spoken[-1].meeting_id)
    at = meeting.starts_at if meeting else spoken[-1].at
    return say_date(local_day(at, scope.zone)), spoken[-1].text


HISTORY_WORDS = {
    "update": "update",
    "done": "reported done",
    "cannot": "reported as not completable",
    "more_time": "more time asked",
    "extended": "new date",
    "reassigned": "new owner",
    "declined": "declined",
    "returned": "returned",
    "edited": "edited",
    "discussed": "discussed",
}


def _history(scope: Scope, reader: Reader, item: Item) -> list[tuple[str, str]]:
    """The item's story, a day and a line each: when it was agreed, then what was said of it."""
    first = "raised, to be answered by" if item.kind == CHALLENGE else "agreed, due"
    agreed = (_day(scope, item.created_at), f"{first} {say_date(item.original_due_on)}")
    said = [(_day(scope, row.at), _told(row)) for row in items.updates(scope, item)]
    return [agreed, *said[-4:]]


def _told(row: Update) -> str:
    if row.kind == "edited" and row.text.startswith("Escalated: "):
        return f"help asked for: {row.text.removeprefix('Escalated: ')}"
    if row.text.startswith(("Response: ", "Still remains: ", "Handed ")):
        return row.text[0].lower() + row.text[1:]
    words = HISTORY_WORDS.get(row.kind, row.kind)
    return f"{words}: {row.text}" if row.text else words


def _day(scope: Scope, moment: datetime) -> str:
    return say_date(local_day(moment, scope.zone))


def unanswered(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    ids = row.about.get("escalations") or [row.about["escalation"]]  # the latter in rows of an earlier version
    taken = [found for id in ids if (found := scope.get(Escalation, id))]
    silent = [(found, item) for found in taken if (item := _still_silent(scope, found))]
    if not silent:
        return "they were answered, or are reported done"
    asked: dict[int, tuple[Item, datetime, list[str]]] = {}  # a joint item is with the chairs of both Boards
    for found, item in silent:
        asked.setdefault(item.id, (item, found.at, []))[2].append(reader.name(found.to))
    lines = [(reader.view(item), local_day(at, scope.zone), " and ".join(to)) for item, at, to in asked.values()]
    return notices.unanswered(lines)


def _still_silent(scope: Scope, taken: Escalation) -> Item | None:
    item = scope.get(Item, taken.item_id)
    answered = taken.acknowledged_at or taken.ended_at or item is None or item.status not in items.OPEN
    return None if answered else item


def unsigned(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    found = [
        item for id in row.about.get("items") or [row.about["item"]] if (item := scope.get(Item, id)) and item.waiting
    ]
    return notices.unsigned([reader.view(item) for item in found]) if found else "they were decided"


def undelivered(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    failed = scope.get(Outbox, row.about["outbox"])
    if failed is None:
        return "it was taken out"
    ids = [id for id, *_ in [*failed.about.get("lines", []), *failed.about.get("changes", [])]]
    taken = scope.get(Escalation, failed.about.get("escalation"))
    ids += [taken.item_id] if taken else []
    ids += [failed.about["item"]] if "item" in failed.about else []
    notice = scope.get(Notice, failed.about.get("notice"))
    refs = [item.ref for id in ids if (item := scope.get(Item, id))]
    refs += [notice.ref] if notice and not is_held(scope, notice) else []
    group = scope.get(Group, failed.group_id)
    who = group.name if group else reader.name(failed.person)
    return notices.undelivered(who, failed.occasion, failed.error or "unknown", refs)
