"""What happens to a group's items when its calendar changes or a meeting is closed."""

from __future__ import annotations

from datetime import datetime

from lifbot.calendar import local_day
from lifbot.model import Group, Item, Meeting
from lifbot.policy.escalation import on_closing
from storage import escalations, items, log, meetings, outbox
from storage.scope import Scope


def cancel(scope: Scope, meeting: Meeting, why: str, by: str) -> None:
    """Take a meeting as not held; what was due at it keeps its date."""
    meeting.status, meeting.why = "cancelled", why or None
    scope.add(meeting)
    scope.change(Item, {"due_meeting": None}, Item.due_meeting == meeting.id)
    log.write(scope, by, "meeting cancel", about=f"meeting {meeting.id}", why=why or None)
    meetings.look_again(scope, meeting.group_id)


def move(scope: Scope, meeting: Meeting, to: datetime, why: str, by: str) -> int:
    """Put a meeting at another time and what is due at it with it; returns how many items moved."""
    new = scope.add(Meeting(partnership_id=scope.id, group_id=meeting.group_id, starts_at=to, from_rule=False))
    meeting.status, meeting.why, meeting.moved_to = "moved", why or None, new.id
    scope.add(meeting)
    tied = scope.all(Item, Item.due_meeting == meeting.id)
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
    discussed: list[int | None] = []
    for item in items.open_items(scope, Item.group_id == group.id):
        due = on_closing(reader.facts(item), course, scope.rules, scope.now)
        if "discuss" in due:
            item.discuss_told = True
            told["discuss"].append(item.ref)
            discussed.append(item.id)
        if "escalate" in due and escalations.open_(scope, item, "two_cycles"):
            told["escalate"].append(item.ref)
        item.look_again_at = scope.now
        scope.add(item)
    if discussed and group.chair:
        about = {"lines": [[id, "discuss"] for id in discussed]}
        outbox.put(scope, f"discuss/{group.id}/{scope.now.isoformat()}", "discuss", person=group.chair, about=about)
    return told
