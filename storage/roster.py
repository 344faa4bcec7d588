"""What changes seldom and every command asks for, kept between requests: people, groups, meetings and their like.

A stamp in the database says whether it still holds: whatever changes one of these rows sets a new stamp in the same
transaction, and each transaction reads the stamp before it trusts what this process has kept. So a change counts at
once, also in another process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import inspect
from sqlalchemy.orm import defer
from sqlmodel import Session, SQLModel, col, select

from lifbot.calendar import local_day, normal_interval
from lifbot.model import Absence, Agency, Board, Escalation, Group, Meeting, Membership, Partnership, Person
from lifbot.policy.facts import UNCOUNTED, Course, Sitting
from lifbot.policy.stand_in import Roll
from lifbot.timescale import MeetingDate
from storage.stamp import CHANGED, HERE, MARKS, READ_STAMP

Row = TypeVar("Row", bound=SQLModel)
KEPT = "roster kept"  # by which a session knows where to look


@dataclass(eq=False)
class Roster:
    """One partnership's seldom changing rows. They belong to no session: hand out `mine(session, row)` of them."""

    partnership: Partnership
    people: Mapping[str, Person]
    agencies: Mapping[str, Agency]
    groups: Mapping[str, Group]
    boards: Sequence[Board]
    members: Mapping[str, frozenset[str]]  # of each group, without its chair and deputy
    meetings: Sequence[Meeting]  # of all groups, in order
    escalated: frozenset[int]  # the items of which an escalation stands
    absences: Sequence[Absence]
    rolls: dict[date, Roll] = field(default_factory=dict)  # everybody's standing on a day, worked out once
    _courses: dict[str, Course] = field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The partnership's time zone."""
        return ZoneInfo(self.partnership.timezone)

    def by_id(self, model: type[SQLModel]) -> Mapping[Any, Any] | None:
        """The rows of a kind by their ids; None for kinds that are not looked for in this way."""
        kept: dict[type[SQLModel], Mapping[Any, SQLModel]] = {
            Person: self.people,
            Agency: self.agencies,
            Group: self.groups,
            Meeting: self._meetings,
        }
        return kept.get(model)

    @cached_property
    def _meetings(self) -> Mapping[int, Meeting]:
        return {row.id: row for row in self.meetings}

    @cached_property
    def by_address(self) -> Mapping[tuple[str, str], Person]:
        """Everybody who has not left, by platform and their id there."""
        here = [row for row in self.people.values() if row.left_on is None]
        named = {("slack", row.slack): row for row in here if row.slack}
        return {**named, **{("teams", row.teams): row for row in here if row.teams}}

    @cached_property
    def by_channel(self) -> Mapping[tuple[str, str], Group]:
        """The groups by platform and the channel in which they meet."""
        every = self.groups.values()
        named = {("slack", row.slack_channel): row for row in every if row.slack_channel}
        return {**named, **{("teams", row.teams_channel): row for row in every if row.teams_channel}}

    @cached_property
    def by_group(self) -> Mapping[str, Sequence[Meeting]]:
        """The meetings of each group, in order."""
        found: dict[str, list[Meeting]] = defaultdict(list)
        for row in self.meetings:
            found[row.group_id].append(row)
        return found

    @cached_property
    def planned(self) -> tuple[tuple[datetime, ...], tuple[MeetingDate, ...]]:
        """When the meetings begin that are planned, and their days, in order."""
        names = {row.id: (row.name, row.prefix, row.id, *row.aliases) for row in self.groups.values()}
        rows = [row for row in self.meetings if row.status == "planned"]
        days = (
            MeetingDate(row.group_id, names[row.group_id], row.id, local_day(row.starts_at, self.zone)) for row in rows
        )
        return tuple(row.starts_at for row in rows), tuple(days)

    def course(self, group_id: str) -> Course:
        """Return a group's calendar as the rules read it."""
        if group_id not in self._courses:
            rows = self.by_group.get(group_id, ())
            days = [local_day(row.starts_at, self.zone) for row in rows if row.from_rule or row.status not in UNCOUNTED]
            sittings = tuple(Sitting(row.starts_at, row.status) for row in rows)
            self._courses[group_id] = Course(self.zone, sittings, normal_interval(days))
        return self._courses[group_id]


@dataclass(eq=False)
class Kept:
    """What a process has kept: all of it stands under one stamp, and is replaced as a whole."""

    stamp: str | None = None
    partnerships: Sequence[Partnership] | None = None
    rosters: dict[str, Roster] = field(default_factory=dict)
    answers: dict[Any, Any] = field(default_factory=dict)  # what follows from the rest, and from what was asked


class Keeper:
    """Keeps what was read last, for all sessions of one database."""

    def __init__(self) -> None:
        self.kept = Kept()

    def opens(self, session: Session) -> None:
        """Let a session use what is kept here, once it has read the stamp."""
        session.info[KEPT] = self

    def under(self, stamp: str | None) -> Kept:
        """Return what is kept under a stamp."""
        if self.kept.stamp != stamp or stamp is None:
            self.kept = Kept(stamp)
        return self.kept


def roster(session: Session, id: str) -> Roster:
    """Return a partnership's roster, as this transaction sees it."""
    here = _here(session)
    if id not in here.rosters:
        here.rosters[id] = _read(session, id)
    return here.rosters[id]


def partnerships(session: Session) -> Sequence[Partnership]:
    """Return every partnership there is; they belong to no session."""
    here = _here(session)
    if here.partnerships is None:
        with _apart(session) as apart:
            here.partnerships = _all(apart, Partnership)
    return here.partnerships


def answers(session: Session) -> dict[Any, Any]:
    """Return the answers that hold as long as the roster does, to be added to."""
    return _here(session).answers


def mine(session: Session, row: Row) -> Row:
    """Return a row of a roster as one of this session's, which may be changed; nothing is asked of the database."""
    known = session.identity_map.get(inspect(row).key)
    return known if known is not None else session.merge(row, load=False)


def read_anew(session: Session) -> None:
    """Look at the stamp again: this transaction has waited for another, which may have changed something."""
    if not session.info.get(CHANGED):
        session.info.pop(HERE, None)


def _here(session: Session) -> Kept:
    """What this transaction may trust; its own changes are for nobody else to see before it ends."""
    session.flush()
    here: Kept | None = session.info.get(HERE)
    if here is None:
        keeper: Keeper | None = session.info.get(KEPT)
        is_own = session.info.get(CHANGED)
        here = session.info[HERE] = Kept() if keeper is None or is_own else _as_stamped(session, keeper)
    return here


def _as_stamped(session: Session, keeper: Keeper) -> Kept:
    return keeper.under(session.connection().exec_driver_sql(READ_STAMP).scalar())


def _read(session: Session, id: str) -> Roster:
    with _apart(session) as apart:
        members: dict[str, set[str]] = defaultdict(set)
        for row in _all(apart, Membership, Membership.partnership_id == id):
            members[row.group_id].add(row.person_id)
        escalated = select(Escalation.item_id).where(
            Escalation.partnership_id == id, col(Escalation.ended_at).is_(None)
        )
        return Roster(
            partnership=_all(apart, Partnership, Partnership.id == id)[0],
            people={row.id: row for row in _all(apart, Person, Person.partnership_id == id)},
            agencies={row.id: row for row in _all(apart, Agency, Agency.partnership_id == id)},
            groups={row.id: row for row in _all(apart, Group, Group.partnership_id == id)},
            boards=sorted(_all(apart, Board, Board.partnership_id == id), key=_id),
            members={group: frozenset(ids) for group, ids in members.items()},
            meetings=sorted(_all(apart, Meeting, Meeting.partnership_id == id), key=_starts),
            escalated=frozenset(apart.exec(escalated).all()),
            absences=_all(apart, Absence, Absence.partnership_id == id),
        )


def _starts(row: Meeting) -> tuple[datetime, int]:
    return row.starts_at, row.id


def _id(row: Board) -> str:
    return row.id


def _apart(session: Session) -> Session:
    """A session that reads within the same transaction, and whose rows are left to nobody when it closes."""
    return Session(session.connection(), join_transaction_mode="rollback_only")


def _all(apart: Session, model: type[Row], *where: Any) -> Sequence[Row]:
    marks = [defer(getattr(model, name)) for name in MARKS & model.model_fields.keys()]
    return apart.exec(select(model).where(*where).options(*marks)).all()
