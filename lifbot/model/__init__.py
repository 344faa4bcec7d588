"""The nouns, as SQLModel tables."""

from lifbot.model.installation import Installation
from lifbot.model.item import Card, Escalation, Evidence, Item, LogEntry, Update
from lifbot.model.learning import (
    AssuranceAnswer,
    AssuranceRequest,
    Challenge,
    HandOff,
    Impact,
    Milestone,
    Practice,
    Source,
)
from lifbot.model.meeting import Meeting
from lifbot.model.notice import Notice, NoticePost, Receipt, SigningKey
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
    "AssuranceAnswer",
    "AssuranceRequest",
    "Board",
    "Card",
    "Challenge",
    "Clock",
    "Draft",
    "Escalation",
    "Evidence",
    "Group",
    "HandOff",
    "Impact",
    "Installation",
    "Item",
    "LogEntry",
    "Meeting",
    "Membership",
    "Milestone",
    "Notice",
    "NoticePost",
    "Outbox",
    "Partnership",
    "Person",
    "Practice",
    "Pulse",
    "Receipt",
    "RefSeries",
    "RosterStamp",
    "Seen",
    "SetupCode",
    "SigningKey",
    "Source",
    "TeamsReference",
    "Update",
]
