"""What happens to a group's items when its calendar changes or a meeting is closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.model import Group, Item, LogEntry, Meeting
from lifbot.policy.escalation import on_closing
from storage import escalations, items, log, meetings, meetings_plan, outbox
from storage.scope import Scope


def cancel(scope: Scope, meeting: Meeting, why: str, by: str) -> LogEntry:
    """Take a meeting as not held; what was due at it keeps its date."""
    meeting.status, meeting.why = "cancelled", why or None
    scope.add(meeting)
    tied = [item.id for item in scope.with_held.all(Item, Item.due_meeting == meeting.id)]
    scope.change(Item, {"due_meeting": None}, Item.due_meeting == meeting.id)
    entry = log.write(scope, by, "meeting cancel", about=f"meeting {meeting.id}", why=why or None)
    entry.before = {"tied": tied}
    scope.add(entry)
    meetings.look_again(scope, meeting.group_id)
    return entry


def uncancel(scope: Scope, meeting: Meeting, entry: LogEntry, by: str) -> None:
    """Take back that a meeting was cancelled; what was due at it, and kept that date, is due at it again."""
    meeting.status, meeting.why = "planned", None
    scope.add(meeting)
    due = (Item.due_on == local_day(meeting.starts_at, scope.zone), col(Item.due_meeting).is_(None))
    scope.change(Item, {"due_meeting": meeting.id}, col(Item.id).in_(entry.before.get("tied", [])), *due)
    log.write(scope, by, "undo", about=entry.about, undoes=entry.id)
    meetings.look_again(scope, meeting.group_id)


def add(scope: Scope, group: Group, at: datetime, by: str) -> LogEntry:
    """Let a group meet once more than its rule says."""
    row = scope.add(Meeting(partnership_id=scope.id, group_id=group.id, starts_at=at, from_rule=False))
    meetings.look_again(scope, group.id)
    return log.write(scope, by, "meeting add", about=f"meeting {row.id}")


def take_out(scope: Scope, meeting: Meeting, entry: LogEntry, by: str) -> None:
    """Take back that a meeting was added; what was due at it keeps its date."""
    meetings_plan.take_out(scope.session, meeting, scope.now)
    log.write(scope, by, "undo", about=entry.about, undoes=entry.id)
    meetings.look_again(scope, meeting.group_id)


def move(scope: Scope, meeting: Meeting, to: datetime, why: str, by: str) -> int:
    """Put a meeting at another time and what is due at it with it; returns how many items moved."""
    new = scope.add(Meeting(partnership_id=scope.id, group_id=meeting.group_id, starts_at=to, from_rule=False))
    meeting.status, meeting.why, meeting.moved_to = "moved", why or None, new.id
    scope.add(meeting)
    tied = scope.with_held.all(Item, Item.due_meeting == meeting.id)
    for item in tied:
        before = log.picture(item)
        item.due_meeting, item.due_on = new.id, local_day(to, scope.zone)
        scope.add(item)
        log.write(scope, by, "meeting move", item, before=before, why=why or None)
    log.write(scope, by, "meeting move", about=f"meeting {meeting.id}", why=why or None)
    meetings.look_again(scope, meeting.group_id)
    return len(tied)


def after_closing(scope: Scope, group: Group) -> dict[str, list[str]]:
    """Do at once what would otherwise wait for the next morning: discussions and escalations (ruling 2)."""
    reader = items.Reader(scope)
    course = reader.course(group.id)
    told: dict[str, list[str]] = {"discuss": [], "escalate": []}
    discussed: dict[str, list[int]] = defaultdict(list)
    for item in items.open_items(scope, Item.group_id == group.id):
        due = on_closing(reader.facts(item), course, scope.rules, scope.now)
        if "discuss" in due:
            item.discuss_told = True
            told["discuss"].append(item.ref)
            discussed[reader.decider(item) or ""].append(item.id)
        if "escalate" in due and escalations.open_(scope, item, "two_cycles", at_once=True):
            told["escalate"].append(item.ref)
        item.look_again_at = scope.now
        scope.add(item)
    for person in filter(None, discussed):
        about = {"lines": [[id, "discuss"] for id in discussed[person]], "asked": True}
        outbox.put(scope, f"discuss/{group.id}/{person}/{scope.now.isoformat()}", "discuss", person=person, about=about)
    return told
