"""The learning register: where learning comes from, what is to happen by when, and what agencies are asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Source(SQLModel, table=True):
    """A review, audit, inspection or other learning method at work; its title is neutral and names no child."""

    __table_args__ = (UniqueConstraint("partnership_id", "ref"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    ref: str  # LR-2026-003
    number: int
    learning_method: str  # an id of the profile's learning methods
    title: str
    own_reference: str | None = None  # the partnership's own: "LCSPR 2"
    origin: str = "own"  # own; outside: learning that another area's review brings in
    group_id: str | None = None  # the group that leads
    person: str  # who is responsible
    agency: str | None = None  # whose it is, where it is a single agency's
    scope: str | None = None  # child, adult, joint: which Boards it concerns
    themes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    notified_on: date | None = None
    started_on: date | None = None
    finalised_on: date | None = None
    published_on: date | None = None
    available_until: date | None = None  # not taken down before
    taken_down_on: date | None = None
    delay_reason: str | None = None  # why publication is delayed
    findings: str | None = None  # what was learnt, in one neutral paragraph
    result_of: int | None = None  # the id of the earlier action whose result this one checks
    status: str = "open"  # open, closed, withdrawn
    held_at: datetime | None = Field(default=None, sa_type=Moment)  # on hold: silent everywhere
    held_by: str | None = None
    hold_reason: str | None = None  # court_order, proceedings, other
    hold_note: str | None = None
    hold_until: date | None = None  # when it is asked whether it still stands; it never lifts itself
    created_at: datetime = Field(sa_type=Moment)
    created_by: str
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class Milestone(SQLModel, table=True):
    """What is to happen to a source by a day; the responsible person is reminded, as of an action."""

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    source_id: int = Field(foreign_key="source.id", index=True)
    kind: str  # report, publish, take_down, notify_panel, …, or other
    text: str
    due_on: date
    due_why: str | None = None  # how the day follows: "15 working days from notification"
    person: str
    done_on: date | None = None
    done_by: str | None = None
    nudged_on: date | None = None
    status: str = "open"  # open, done, withdrawn
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class AssuranceRequest(SQLModel, table=True):
    """A question to one, several or all agencies, with a date."""

    __tablename__ = "assurance_request"
    __table_args__ = (UniqueConstraint("partnership_id", "ref"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    ref: str  # AR-2026-003
    number: int
    kind: str = "assurance"  # assurance, information, return (a section 11 return, say)
    question: str
    group_id: str | None = None
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="item.id")  # the action it is about
    scope: str | None = None
    timescale_text: str
    due_on: date
    asked_at: datetime = Field(sa_type=Moment)
    asked_by: str
    status: str = "open"  # open, closed, withdrawn
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class AssuranceAnswer(SQLModel, table=True):
    """One agency's part of a request: asked, and its answer with the evidence."""

    __tablename__ = "assurance_answer"
    __table_args__ = (UniqueConstraint("request_id", "agency_id"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    request_id: int = Field(foreign_key="assurance_request.id", index=True)
    agency_id: str
    status: str = "waiting"  # waiting, answered, withdrawn
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    by: str | None = None
    text: str | None = None
    evidence: str | None = None
    url: str | None = None
    nudged_on: date | None = None
    told_on: date | None = None  # the last day somebody else was told that there is no answer
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class Practice(SQLModel, table=True):
    """What a strong practice has beyond an item: where it should spread; its item's date is by when."""

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id", unique=True)
    spread_to: str
    agencies: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    spread_on: date | None = None  # its owner said that it has spread
    status: str = "open"  # open, withdrawn


class Challenge(SQLModel, table=True):
    """What a challenge has beyond an item: whom it asks, the response, and whether it is resolved or remains."""

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id", unique=True)
    raised_by: str
    raised_agency: str | None = None
    to_agency: str | None = None
    to_group: str | None = None
    responded_at: datetime | None = Field(default=None, sa_type=Moment)
    responded_by: str | None = None
    response: str | None = None
    discussed_on: date | None = None  # at a meeting of the group
    outcome: str | None = None  # resolved, remains
    outcome_reason: str | None = None
    outcome_by: str | None = None
    outcome_at: datetime | None = Field(default=None, sa_type=Moment)
    status: str = "open"  # open, withdrawn


class Impact(SQLModel, table=True):
    """What difference a signed-off action made, asked some months later (the three questions)."""

    __table_args__ = (Index("ix_impact_item", "partnership_id", "item_id"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    item_id: int = Field(foreign_key="item.id")
    months: int  # after sign-off; 0: given without being asked
    ask_on: date
    person: str  # whose answer it is: the owner's
    status: str = "waiting"  # waiting, answered, withdrawn
    nudged_on: date | None = None
    chased: int = 0  # how often it was asked
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    by: str | None = None
    how_much: str | None = None
    how_well: str | None = None
    difference: str | None = None
    evidence_type: str | None = None  # as the profile names them
    evidence: str | None = None
    url: str | None = None
    embedded: str | None = None  # embedded, partly, not_yet
    voice: str | None = None  # how children's and families' views shaped it
    assumption: str | None = None  # which assumption changed
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class HandOff(SQLModel, table=True):
    """A group's closing output that opened an item in another group."""

    __tablename__ = "hand_off"

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    from_item: int = Field(foreign_key="item.id", index=True)
    to_item: int = Field(foreign_key="item.id", index=True)
    output: str
    at: datetime = Field(sa_type=Moment)
    by: str
    status: str = "open"  # open, withdrawn
