"""Who is meant by the names and initials in minutes: the group's members first, then the partnership."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from commands import names
from commands.context import Context
from commands.need import Need
from commands.roles import simple
from lifbot import posts
from lifbot.errors import LifError
from lifbot.grammar import Arg
from lifbot.minutes import everybody
from lifbot.model import Group, Person
from storage import people

WHO = Arg("who", "Accountable owner", name="owner", required=True)
NOBODY = "Who is the one accountable owner?"
ONE_ANSWERS = "One person answers for it. Who? The others are kept as contributors."
LONGEST_NAME = 60
MOST_NAMES = 300  # in one paste, whose roles are looked up


@dataclass(frozen=True, slots=True)
class Named:
    """The owner that a line names, with the others who take part; else what is to be asked, and whom it may mean."""

    owner: Person | None = None
    others: tuple[Person, ...] = ()
    why: str = ""
    likely: tuple[Person, ...] = ()

    def answered_by(self, owner: Person) -> Named:
        """Return it with the owner who was chosen; whoever else was named takes part."""
        both = (self.owner, *self.others) if self.owner else self.others
        return Named(owner, tuple(each for each in both if each.id != owner.id))


@dataclass
class Minuted:
    """Everybody whom minutes of a group can name."""

    ctx: Context
    group: Group
    _found: dict[str, list[Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read everybody once: a paste asks about many names."""
        every = people.present(self.ctx.scope)
        members = set(people.members(self.ctx.scope, self.group))
        self.members = [person for person in every if person.id in members]
        self.every = [*self.members, *(person for person in every if person.id not in members)]
        self._agencies = [simple(each) for row in people.agencies(self.ctx.scope) for each in (row.id, row.name)]

    def knows(self, said: str) -> bool:
        """Whether words name somebody: a mention, an id, a name, initials or a role."""
        return bool(self.meant(said))

    def meant(self, said: str) -> list[Person]:
        """Return everybody whom words can mean: the closest kind of match that finds anyone, members first."""
        if said not in self._found:
            self._found[said] = self._meant(said)
        return self._found[said]

    def _meant(self, said: str) -> list[Person]:
        if mention := names.MENTION.fullmatch(said.strip()):
            person = people.by_address(self.ctx.scope, self.ctx.incoming.platform, mention[1])
            return [person] if person else []
        wanted = simple(said).strip(" @.,")
        if wanted in ("me", "myself"):
            return [self.ctx.caller]
        for fits in _tests(wanted):
            for among in (self.members, self.every):
                if found := [person for person in among if fits(person)]:
                    return found
        return self._by_role(said)

    def _by_role(self, said: str) -> list[Person]:
        """Somebody named by what they are, "the chair of L&D"; no part of a name, as "art" is of Hart."""
        if not 2 < len(said) <= LONGEST_NAME or len(self._found) > MOST_NAMES or not self._may_be_role(said):
            return []
        try:
            found = names.who(self.ctx, WHO, said)
        except LifError:
            return []
        is_part = isinstance(found, Need) or simple(said) in simple(found.name)
        return [] if is_part or not isinstance(found, Person) else [found]

    def _may_be_role(self, said: str) -> bool:
        """Whether it is worth asking who that is: most words of a minute are neither a post nor in an agency's name."""
        wanted = simple(said).strip(" @.,").removeprefix("the ")
        return posts.read(said) is not None or any(wanted in name for name in self._agencies)

    def named(self, who: Sequence[str]) -> Named:
        """Return who answers for what names these, or what must be asked."""
        if not who:
            return Named(why=NOBODY)
        if any(everybody(said) for said in who):
            return Named(why=f"“{who[0]}” is more than one person. {NOBODY}")
        if len(who) > 1:
            others = tuple({each.id: each for said in who for each in self.meant(said)[:1]}.values())
            return Named(others=others, why=ONE_ANSWERS, likely=others)
        found = self.meant(who[0])
        if len(found) == 1:
            return Named(found[0])
        if found:
            some = " or ".join(person.name for person in found[:4])
            return Named(why=f"“{who[0]}” could be {some}. Who is it?", likely=tuple(found))
        shown = "The person mentioned" if names.MENTION.search(who[0]) else f"“{who[0]}”"
        return Named(why=f"{shown} is not in this partnership. {NOBODY}")


def _tests(wanted: str) -> tuple[Callable[[Person], bool], ...]:
    return (
        lambda person: wanted == simple(person.id),
        lambda person: wanted == simple(person.name),
        lambda person: wanted == simple(person.email or ""),
        lambda person: wanted.replace(".", "") in initials(person.name),
        lambda person: wanted == simple(person.name).split()[0],
        lambda person: len(wanted) > 2 and wanted in simple(person.name).split()[1:],
    )


def initials(name: str) -> set[str]:
    """Return the ways in which a name is shortened: "Fay O'Brien" is fo and fob, "Anne-Marie Hill" ah and amh."""
    words = simple(name).split()
    parts = [part for word in words for part in re.split(r"[-']", word) if part]
    short = {"".join(word[0] for word in words), "".join(part[0] for part in parts), words[0][0] + words[-1][0]}
    return {each for each in short if len(each) > 1}
