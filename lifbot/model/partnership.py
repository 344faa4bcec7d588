"""Partnerships, Boards, agencies, people, groups and who belongs to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from lifbot.model.types import Moment


class Partnership(SQLModel, table=True):
    """A safeguarding partnership; its rules override the defaults of `policy.Rules`."""

    id: str = Field(primary_key=True)
    name: str
    abbreviation: str
    timezone: str = "Europe/London"
    profile: str | None = None
    chair: str | None = None
    deputy_chair: str | None = None
    business_unit: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    slack_team: str | None = Field(default=None, index=True)
    teams_tenant: str | None = Field(default=None, index=True)
    rules: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # What its profile leaves open, by the profile's id of a method or duty: {"section_175_157": "every two years"}.
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # The partnership file as it was last loaded.
    loaded: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    look_again_at: datetime | None = Field(default=None, sa_type=Moment)  # its own digest
    digest_on: date | None = None  # day of the last digest decided on


class Board(SQLModel, table=True):
    """One of several Boards of a partnership, with a chair and a scope of its own."""

    partnership_id: str = Field(primary_key=True, foreign_key="partnership.id")
    id: str = Field(primary_key=True)
    name: str
    scope: str  # children, adults
    chair: str | None = None


class Agency(SQLModel, table=True):
    """An organisation in the partnership; `ld_link` is the person who passes learning on in it."""

    partnership_id: str = Field(primary_key=True, foreign_key="partnership.id")
    id: str = Field(primary_key=True)
    name: str
    ld_link: str | None = None
    ld_deputy: str | None = None  # who passes learning on while the link cannot
    representative: str | None = None  # who sits on the partnership for it


class Person(SQLModel, table=True):
    """Somebody with a part in the partnership; without addresses they are reached through their agency's link."""

    partnership_id: str = Field(primary_key=True, foreign_key="partnership.id")
    id: str = Field(primary_key=True)
    name: str
    agency: str | None = None
    slack: str | None = Field(default=None, index=True)
    teams: str | None = Field(default=None, index=True)
    email: str | None = None
    prefers: str | None = None  # slack or teams, for somebody who is in both; None: Slack
    left_on: date | None = None
    slack_closed: str | None = None  # an account that Slack says is deactivated: while it is theirs, nothing goes there
    teams_closed: str | None = None
    overdue_anchor: date | None = None  # a day of the series on which their overdue items are named
    nudge_at: str | None = None  # "HH:MM", where they want their reminders later than the partnership's hour
    wants_digest: bool = False  # their groups' weekly digest as a direct message too
    home_opened_at: datetime | None = Field(default=None, sa_type=Moment)  # has a Home tab to keep up to date
    home_stale: bool = False  # something on it has changed since it was drawn


class Absence(SQLModel, table=True):
    """A time in which somebody is away; `until_on` is its last day, `substitute` hears in their place."""

    __table_args__ = (Index("ix_absence_person", "partnership_id", "person", "until_on"),)

    id: int = Field(default=None, primary_key=True)  # given by the database
    partnership_id: str = Field(foreign_key="partnership.id")
    person: str
    from_on: date
    until_on: date
    substitute: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    created_by: str
    ended_on: date | None = None  # they came back earlier


class Group(SQLModel, table=True):
    """A subgroup, committee or panel that owns a log; `meetings` is the rule or list its dates come from."""

    partnership_id: str = Field(primary_key=True, foreign_key="partnership.id")
    id: str = Field(primary_key=True)
    name: str
    prefix: str
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    chair: str | None = None
    deputy: str | None = None
    slack_channel: str | None = Field(default=None, index=True)
    teams_channel: str | None = Field(default=None, index=True)
    meetings: Any = Field(default=None, sa_column=Column(JSON))  # {"rrule": …, "start": …} or ["2026-03-12T10:00", …]
    planned_until: datetime | None = Field(default=None, sa_type=Moment)  # meetings exist as rows up to here
    look_again_at: datetime | None = Field(default=None, sa_type=Moment)  # its next agenda or digest
    digest_on: date | None = None


class Membership(SQLModel, table=True):
    """Somebody belongs to a group."""

    partnership_id: str = Field(primary_key=True, foreign_key="partnership.id")
    group_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)


class RefSeries(SQLModel, table=True):
    """The last number given in a group's year; a ref once given is never used again."""

    partnership_id: str = Field(primary_key=True, foreign_key="partnership.id")
    prefix: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int = 0


class RosterStamp(SQLModel, table=True):
    """One row that is another whenever people, groups, meetings or their like have changed; see storage/roster.py."""

    __tablename__ = "roster_stamp"

    id: int = Field(default=1, primary_key=True)
    stamp: str


class SetupCode(SQLModel, table=True):
    """What lets the first person in a workspace set up its partnership by chat; only a digest of the code is kept."""

    __tablename__ = "setup_code"

    digest: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: str | None = None  # platform, team and user
