"""What a partnership file says, as frozen values, and the same as plain JSON for the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PartnershipEntry:
    """The partnership itself; `chair` is empty where each Board has one of its own."""

    id: str
    name: str
    abbreviation: str
    timezone: str = "Europe/London"
    profile: str | None = None
    chair: str | None = None
    deputy_chair: str | None = None
    business_unit: tuple[str, ...] = ()
    slack_team: str | None = None
    teams_tenant: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # to what the profile leaves open: "every two years"


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One of several Boards; `scope` is children or adults."""

    id: str
    name: str
    scope: str
    chair: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An organisation; `ld_link` passes learning on in it, `representative` sits on the partnership for it."""

    id: str
    name: str
    ld_link: str | None = None
    ld_deputy: str | None = None
    representative: str | None = None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Somebody with a part in the partnership, and where they can be written to."""

    id: str
    name: str
    agency: str | None = None
    slack: str | None = None
    teams: str | None = None
    email: str | None = None
    prefers: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """An RRULE, and the local date and time ("2026-01-08T10:00") it starts from."""

    rrule: str
    start: str


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group with a log; `meetings` is a rule, or local dates and times ("2026-03-12T10:00"), earliest first."""

    id: str
    name: str
    prefix: str
    aliases: tuple[str, ...] = ()
    chair: str | None = None
    deputy: str | None = None
    members: tuple[str, ...] = ()
    slack_channel: str | None = None
    teams_channel: str | None = None
    meetings: MeetingRule | tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PartnershipFile:
    """A whole file; `rules` holds what it says of them, as plain values that `Rules.parse` takes."""

    partnership: PartnershipEntry
    boards: tuple[BoardEntry, ...] = ()
    agencies: tuple[AgencyEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, dict[str, Any]]:
        """The file as JSON: each section's entries by their ids; this is what `Partnership.loaded` keeps."""
        return {
            "partnership": {self.partnership.id: _plain(self.partnership) | {"rules": dict(self.rules)}},
            "boards": {board.id: _plain(board) for board in self.boards},
            "agencies": {agency.id: _plain(agency) for agency in self.agencies},
            "people": {person.id: _plain(person) for person in self.people},
            "groups": {group.id: _plain(group) for group in self.groups},
        }


def _plain(entry: PartnershipEntry | BoardEntry | AgencyEntry | PersonEntry | GroupEntry) -> dict[str, Any]:
    """An entry's fields with lists for tuples, without the id."""
    fields = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(entry).items()}
    fields.pop("id")
    return fields
