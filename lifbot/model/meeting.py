"""A group's meetings: rows, so that one can be cancelled or moved and still be spoken of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Meeting(SQLModel, table=True):
    """One meeting. `status` says what people said of it; a planned one whose start has passed counts as held."""

    __table_args__ = (Index("ix_meeting_group", "partnership_id", "group_id", "starts_at"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    group_id: str
    starts_at: datetime = Field(sa_type=Moment)
    status: str = "planned"  # planned, held, cancelled, moved
    why: str | None = None  # cancelled: the reason; "inquorate" is one
    moved_to: int | None = Field(default=None, foreign_key="meeting.id")
    from_rule: bool = True  # made from the calendar, so a new calendar may unmake it
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_by: str | None = None
    agenda_at: datetime | None = Field(default=None, sa_type=Moment)  # when its pack was put into the outbox
