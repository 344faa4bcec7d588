"""What a command is given: who asks, where, and the partnership within one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from lifbot.errors import LifError
from lifbot.grammar import Command
from lifbot.message import Incoming
from lifbot.model import Group, Item, Person
from lifbot.policy import rights
from lifbot.policy.rights import Role
from storage import items, people
from storage.scope import Scope


@dataclass
class Context:
    """One call of one command."""

    scope: Scope
    caller: Person
    incoming: Incoming
    here: Group | None  # the group that meets in this channel
    command: Command | None = None
    vouched: bool = False  # they said of these words that nothing in them identifies anyone
    vouched_for: tuple[str, ...] = ()  # the kinds of detail that they said it of
    read_as: list[str] = field(default_factory=list)  # how posts and agencies were read as people, for the answer

    @cached_property
    def reader(self) -> items.Reader:
        """Names, calendars and views, read once per call."""
        return items.Reader(self.scope)

    @property
    def in_channel(self) -> bool:
        """Whether others are present: then nobody is named (ruling 13)."""
        return not self.incoming.place.direct

    def roles(self, group: Group | None, item: Item | None = None) -> frozenset[Role]:
        """Return what the caller is to a group and an item."""
        return people.roles(self.scope, self.caller, group, item)

    def group_of(self, item: Item) -> Group:
        """Return the group that owns an item."""
        return self.reader.groups[item.group_id]

    def may(self, right: str, group: Group | None, item: Item | None = None) -> bool:
        """Say whether the caller has a right here."""
        if right == "log" and self.scope.rules.members_may_log_actions:
            right = "log as member"
        if right in rights.ANYWHERE:
            return any(rights.may(right, self.roles(each)) for each in (None, *people.groups(self.scope)))
        return rights.is_everyones(right) or rights.may(right, self.roles(group, item))

    def require(self, right: str, group: Group | None, item: Item | None = None) -> None:
        """Raise LifError, saying who can, unless the caller has the right."""
        if self.may(right, group, item):
            return
        own = item is not None and item.owner == self.caller.id and right in rights.NOT_OWN
        if own and rights.may(right, self.roles(group) - {Role.OWNER}):
            raise LifError("This one is yours, so somebody else decides: its chair, deputy or the business unit.")
        if item is not None and Role.CONTRIBUTOR in self.roles(group, item) and right in rights.OWNERS:
            owner = self.reader.name(item.owner)
            raise LifError(
                f"You contribute to {item.ref}; {owner} answers for it and can do that. Nothing was changed. "
                f"To tell them how it goes, type /lif action update {item.ref} and your words."
            )
        who = rights.who_may(right)
        raise LifError(f"{who[0].upper()}{who[1:]} can do that. Nothing was changed.")
