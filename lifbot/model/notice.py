"""Dissemination notices, where they were posted, and what each agency says of having passed them on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Notice(SQLModel, table=True):
    """Learning on its way to practitioners: drafted, checked by a second person, published, closed or withdrawn."""

    __table_args__ = (UniqueConstraint("partnership_id", "ref"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    ref: str  # DN-2026-003
    number: int
    product: str  # an id of the profile's products, or words
    title: str  # what anybody may read, also who opens a receipt's link
    summary: str
    body: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))  # sections, by title
    asks: str | None = None  # what agencies are asked to do
    url: str | None = None
    file_name: str | None = None
    audience: str = "practitioners"  # practitioners, managers, public
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    themes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    scope: str | None = None  # child, adult, joint
    groups: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # into whose channels
    channels: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # website, newsletter, …
    agencies: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # who cascades
    event_at: datetime | None = Field(default=None, sa_type=Moment)  # of a briefing, course or conference
    place: str | None = None
    cascade_text: str
    cascade_by: date
    publish_at: datetime | None = Field(default=None, sa_type=Moment)  # None: as soon as somebody says so
    status: str = "draft"  # draft, checked, published, closed, withdrawn
    author: str
    checker: str | None = None  # who was asked to check it
    asked_at: datetime | None = Field(default=None, sa_type=Moment)
    checked_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # by the check
    sent_back: str | None = None  # why the checker did not confirm
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    edited_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_reason: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    # Changes of content to what is published, until they are checked; and by channel who put it there and when.
    proposed: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    placed: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    hits: int | None = None  # as the website counts them
    hits_on: date | None = None
    unit_told_on: date | None = None
    created_at: datetime = Field(sa_type=Moment)
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class NoticePost(SQLModel, table=True):
    """A notice as it stands in a channel or a direct message: redrawn when the notice is edited or withdrawn."""

    __tablename__ = "notice_post"
    __table_args__ = (UniqueConstraint("partnership_id", "platform", "channel", "stamp"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    notice_id: int = Field(foreign_key="notice.id", index=True)
    group_id: str | None = None
    person: str | None = None
    platform: str
    channel: str
    stamp: str
    drawn: str = ""  # a fingerprint of what it shows
    redraws: int = 0


class Receipt(SQLModel, table=True):
    """What an agency says of a notice: received, cascaded with how and to whom, or not for us with a reason."""

    __table_args__ = (UniqueConstraint("notice_id", "agency_id"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    notice_id: int = Field(foreign_key="notice.id", index=True)
    agency_id: str
    status: str = "waiting"  # waiting, received, cascaded, not_for_us, withdrawn
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    received_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    by: str | None = None  # None where it came through the link
    by_link: bool = False
    how: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # team_meeting, supervision, …
    to_whom: str | None = None
    reach: int | None = None  # about how many people
    applies: str | None = None  # what of it applies here, and what will be done
    evidence: str | None = None
    url: str | None = None
    reason: str | None = None  # why it is not for us
    nudged_on: date | None = None
    chased: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # half, due, representative
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class SigningKey(SQLModel, table=True):
    """What links for people in no workspace are signed with; made once, never shown."""

    __tablename__ = "signing_key"

    id: int = Field(default=1, primary_key=True)
    key: str
