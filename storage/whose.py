"""The people of a partnership by name, and who hears or decides, in whose place: read once."""

from __future__ import annotations

from collections.abc import Mapping

from lifbot.model import Agency, Group, Item, Person
from lifbot.policy.stand_in import Hearer, Roll
from storage import stand_ins
from storage.scope import Mine, Scope


class Whose:
    """Names of people and agencies, and who stands in for whom today."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.roster = scope.roster
        self.people: Mapping[str, Person] = Mine(scope, self.roster.people)
        self.agencies: Mapping[str, Agency] = Mine(scope, self.roster.agencies)
        self.groups: Mapping[str, Group] = Mine(scope, self.roster.groups)

    @property
    def roll(self) -> Roll:
        """Everybody's standing today."""
        return stand_ins.roll(self.scope)

    def decides(self, item: Item) -> Hearer | None:
        """Return who decides, and in whose place: chair, else deputy, substitute, business unit."""
        return stand_ins.decides(self.scope, self.roll, item, self.roster.groups[item.group_id])

    def hears(self, item: Item, person: str | None = None) -> Hearer | None:
        """Return who hears what an item's owner, or somebody else it concerns, is told."""
        return stand_ins.hears(self.scope, self.roll, person or item.owner, self.roster.groups[item.group_id])

    def decider(self, item: Item) -> str | None:
        """Return the id of who decides."""
        found = self.decides(item)
        return found.person if found else None

    def owner(self, item: Item) -> str:
        """Return the owner's name, and through whom they are reached if they are in no workspace."""
        heard, name = self.hears(item), self.name(item.owner)
        if heard and heard.is_stand_in and heard.why == "no_address":
            return f"{name} (through {self.name(heard.person)})"
        return name

    def why(self, heard: Hearer) -> str:
        """Say why somebody does not hear themselves: "is away until 20 March 2026", "is not in Slack"."""
        return stand_ins.why(heard, self.roster.people)

    def name(self, person_id: str | None) -> str:
        """Return a person's name; an id nobody has any more as it is."""
        person = self.roster.people.get(person_id or "")
        return person.name if person else person_id or "nobody"

    def agency(self, agency_id: str | None) -> str:
        """Return an agency's name, or nothing."""
        agency = self.roster.agencies.get(agency_id or "")
        return agency.name if agency else ""
