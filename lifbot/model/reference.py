"""Where lifbot can write first in Microsoft Teams."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class TeamsReference(SQLModel, table=True):
    """A conversation in Teams that lifbot is in: whose or which channel's, and by which address it is reached."""

    __tablename__ = "teams_reference"

    tenant: str = Field(primary_key=True)
    conversation: str = Field(primary_key=True)
    service_url: str
    bot: str
    who: str | None = Field(default=None, index=True)  # the directory's id, for a personal chat
    user: str | None = None  # the same person's id in Teams
    channel: str | None = Field(default=None, index=True)
    refreshed_at: datetime = Field(sa_type=Moment)
