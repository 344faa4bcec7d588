"""Actions, recommendations and issues, and everything that is said and decided about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Item(SQLModel, table=True):
    """An action, recommendation or issue: one accountable owner, a timescale as said and the date it became."""

    # SQLite, which keeps no statistics, prefers an index on the partnership alone to any better one: so there is none.
    __table_args__ = (
        UniqueConstraint("partnership_id", "ref"),
        Index("ix_item_due", "partnership_id", "look_again_at"),
        Index("ix_item_owner", "partnership_id", "owner", "status", "due_on"),
        Index("ix_item_group", "partnership_id", "group_id", "status"),
        Index("ix_item_number", "partnership_id", "number"),
        Index("ix_item_under", "partnership_id", "parent"),
        Index("ix_item_instead", "partnership_id", "superseded_by"),
        Index("ix_item_source", "partnership_id", "source_id"),
    )

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    group_id: str
    ref: str
    number: int
    kind: str = "action"  # action, recommendation, issue, strong_practice, challenge
    text: str
    owner: str
    contributors: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    agency: str | None = None
    timescale_text: str
    due_on: date
    original_due_on: date
    due_meeting: int | None = Field(default=None, foreign_key="meeting.id", index=True)  # "next meeting" moves with it
    agreed_at_meeting: int | None = Field(default=None, foreign_key="meeting.id")  # the meeting it came from
    source: str | None = None
    source_id: int | None = Field(default=None, foreign_key="source.id")  # in the learning register
    held: bool = False  # its source is on hold: nothing shows it, and nobody is told of it
    success_criteria: str | None = None
    parent: int | None = Field(default=None, foreign_key="item.id", index=True)
    scope: str | None = None  # child, adult, joint: which Board's chair it goes to
    themes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    gap: str | None = None  # created, stabilised, changed: what became of a gap in practice
    priority: str | None = None  # of the delivery plan
    response: str | None = None  # the partnership's to a recommendation: accepted, part, not
    response_reason: str | None = None
    superseded_by: int | None = Field(default=None, foreign_key="item.id")
    said_by: str | None = None  # who wrote the message it was logged from
    said_url: str | None = None  # and where that stands
    repeats: str | None = None  # an RRULE: once it is closed, the next of the series is logged
    repeats_text: str | None = None  # the same in words
    repeat_of: int | None = Field(default=None, foreign_key="item.id")  # the one before in the series
    status: str = "not_started"
    created_at: datetime = Field(sa_type=Moment)
    created_by: str
    # where it stands with its owner and its chair
    taken_on_at: datetime | None = Field(default=None, sa_type=Moment)  # its owner said that they take it on
    offered_to: str | None = None  # its owner would hand it over to this person, who has not answered yet
    offered_at: datetime | None = Field(default=None, sa_type=Moment)
    heard_at: datetime | None = Field(default=None, sa_type=Moment)  # the owner's last word
    waiting: str | None = None  # sign_off, acceptance, more_time, declined; of a challenge response, outcome
    waiting_since: datetime | None = Field(default=None, sa_type=Moment)
    proposed_due: str | None = None  # the timescale an owner asked for, as said
    extensions: int = 0
    snoozed_until: date | None = None
    signed_off_on: date | None = None
    signed_off_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    # not completable: why, and what was done instead
    not_completable_reason: str | None = None
    done_instead: str | None = None
    accepted_by: str | None = None
    # what the sweep has done about it
    pauses: list[list[str | None]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # [start, end]
    returned_at: datetime | None = Field(default=None, sa_type=Moment)  # the partnership chair's last return
    round: int = 0  # counts re-datings and returns: the discussion and escalation of each round happen once
    discuss_told: bool = False
    nudged_on: date | None = None
    chased_on: date | None = None  # the last day a chair sent its owner a reminder of their own
    told_on: date | None = None  # the last day its owner was told of a change: nudges begin after it
    decision_asked_on: date | None = None
    unsigned_told_on: date | None = None
    drift_suggested: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # those of them to which the chair said "not now"
    drift_dismissed: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    impact: str | None = None
    embedded: str | None = None
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class Update(SQLModel, table=True):
    """What was said or decided about an item, dated; `kind` is one of CONTRACT.md's."""

    __tablename__ = "item_update"

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    at: datetime = Field(sa_type=Moment)
    by: str
    kind: str
    text: str
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")  # discussed at
    said_in: str | None = Field(default=None, index=True)  # the message it was said in, as "slack:D0CLEO:17.4"
    corrects: int | None = Field(default=None, foreign_key="item_update.id")  # an earlier one, which stays
    for_person: str | None = None  # in whose place it was said, where that is not `by`


class Evidence(SQLModel, table=True):
    """Proof that something was done or made a difference."""

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    at: datetime = Field(sa_type=Moment)
    by: str
    text: str
    url: str | None = None  # a link, a message's permalink, or where the platform keeps an uploaded file
    name: str | None = None  # of the file
    said_in: str | None = Field(default=None, index=True)  # the message it was said in
    corrects: int | None = Field(default=None, foreign_key="evidence.id")  # an earlier one, which stays


class Escalation(SQLModel, table=True):
    """An item taken to a partnership chair; it stands until it is returned to the group or the item is closed."""

    __table_args__ = (
        Index("ix_escalation_due", "partnership_id", "look_again_at"),
        Index("ix_escalation_standing", "partnership_id", "ended_at"),
    )

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    at: datetime = Field(sa_type=Moment)
    to: str
    reason: str  # two_cycles, drift, early
    note: str | None = None  # the chair's reason, when early
    acknowledged_at: datetime | None = Field(default=None, sa_type=Moment)
    decision: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    returned_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)  # returned, or the item was closed
    told_on: date | None = None  # the last day the business unit was told that there is no answer
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class Card(SQLModel, table=True):
    """An item's card in a channel: redrawn when the item changes, and replies in its thread are about the item."""

    __table_args__ = (
        UniqueConstraint("partnership_id", "platform", "channel", "stamp"),
        Index("ix_card_thread", "partnership_id", "platform", "channel", "thread"),
    )

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    platform: str
    channel: str
    stamp: str
    thread: str  # the thread whose replies are about the item: its own, or that of the mention which it answers
    drawn: str = ""  # a fingerprint of what it shows: a card that would look the same is left alone
    redraws: int = 0  # how often it was promised to be drawn anew


class LogEntry(SQLModel, table=True):
    """Who changed what, when and why; only ever added to. `undo` holds the item's columns as they were."""

    __tablename__ = "log"
    __table_args__ = (Index("ix_log_by", "partnership_id", "by"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    at: datetime = Field(sa_type=Moment)
    by: str
    what: str  # the command, e.g. "action done"
    item_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    about: str | None = None  # a meeting, group or person, as "meeting 12"
    record: str | None = Field(default=None, index=True)  # of storage/records.py, as "notice 12"
    why: str | None = None
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    undoes: int | None = Field(default=None, foreign_key="log.id", index=True)
