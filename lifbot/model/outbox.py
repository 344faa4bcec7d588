"""What waits to be said, what was asked of whom, and what came in already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Outbox(SQLModel, table=True):
    """A promise to tell somebody something: references, never prose, so nothing stale or doubled is ever sent."""

    __table_args__ = (
        UniqueConstraint("partnership_id", "key"),
        Index("ix_outbox_due", "status", "not_before"),
        Index("ix_outbox_person", "partnership_id", "person", "status"),
    )

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    key: str
    occasion: str  # nudge, change, escalation, agenda, digest, …: how notices.py names it
    person: str | None = None  # to this person
    group_id: str | None = None  # or into this group's channel
    about: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))  # ids and occasions
    created_at: datetime = Field(sa_type=Moment)
    not_before: datetime = Field(sa_type=Moment)
    status: str = "waiting"  # waiting, leased, sent, dropped, given_up
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=Moment)  # real time: leases are not moved by the clock
    leased_by: int | None = None  # the process that is sending it, as Database.holder() names it
    retry_at: datetime | None = Field(default=None, sa_type=Moment)  # real time: Retry-After and back-off
    error: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    channel: str | None = None
    stamp: str | None = None


class Asked(SQLModel, table=True):
    """The bot asked somebody something: their next words answer it (ruling 14)."""

    __table_args__ = (Index("ix_asked_last", "partnership_id", "person", "at"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    person: str
    at: datetime = Field(sa_type=Moment)
    asks: str
    items: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    records: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # as "receipt 12"
    channel: str | None = Field(default=None, index=True)
    stamp: str | None = None  # the platform's id of the message, for replies in its thread


class Seen(SQLModel, table=True):
    """An event of a platform that was dealt with; the same id again is dropped."""

    event: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)


class Draft(SQLModel, table=True):
    """A command line too long for a button's value, kept for a day."""

    id: str = Field(primary_key=True)
    partnership_id: str = Field(foreign_key="partnership.id")
    person: str
    line: str
    at: datetime = Field(sa_type=Moment)


class Clock(SQLModel, table=True):
    """Time travel: the moment that was set, and the real moment at which it was set."""

    id: int = Field(default=1, primary_key=True)
    now: datetime = Field(sa_type=Moment)
    set_at: datetime = Field(sa_type=Moment)


class Pulse(SQLModel, table=True):
    """The last clean pass of the scheduler, in real time."""

    id: int = Field(default=1, primary_key=True)
    at: datetime = Field(sa_type=Moment)
