"""The nouns, as SQLModel tables."""

from lifbot.model.installation import Installation
from lifbot.model.item import Card, Escalation, Evidence, Item, LogEntry, Update
from lifbot.model.meeting import Meeting
from lifbot.model.outbox import Asked, Clock, Draft, Outbox, Pulse, Seen
from lifbot.model.partnership import (
    Absence,
    Agency,
    Board,
    Group,
    Membership,
    Partnership,
    Person,
    RefSeries,
    RosterStamp,
    SetupCode,
)
from lifbot.model.reference import TeamsReference

__all__ = [
    "Absence",
    "Agency",
    "Asked",
    "Board",
    "Card",
    "Clock",
    "Draft",
    "Escalation",
    "Evidence",
    "Group",
    "Installation",
    "Item",
    "LogEntry",
    "Meeting",
    "Membership",
    "Outbox",
    "Partnership",
    "Person",
    "Pulse",
    "RefSeries",
    "RosterStamp",
    "Seen",
    "SetupCode",
    "TeamsReference",
    "Update",
]
