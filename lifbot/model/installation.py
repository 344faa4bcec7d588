"""The Slack workspaces that installed lifbot by OAuth."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Installation(SQLModel, table=True):
    """A workspace's installation; `bundle` holds its token, sealed, and is empty once the token is revoked."""

    team: str = Field(primary_key=True)
    bundle: str
    bot_user: str | None = None
    installed_at: datetime = Field(sa_type=Moment)  # real time, as is the other: Slack knows no travelled clock
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
