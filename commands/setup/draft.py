"""The partnership as it stands, to be changed by chat and kept; whoever is picked and not in it yet is added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commands import names
from commands.context import Context
from commands.names import MENTION, SEVERAL
from lifbot import ids
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip
from lifbot.model import LogEntry
from storage import people
from storage.amending import amend
from storage.present import plain

Entry = dict[str, Any]
NOBODY = {"", "none", "nobody", "no one", "-"}


class Draft:
    """What the partnership's file would say, and will say when it is kept."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.plain = plain(ctx.scope)
        self.added: list[str] = []
        self._unnamed: dict[str, str] = {}  # ids on the platform, each with the field where it was picked

    @property
    def head(self) -> Entry:
        """The partnership itself."""
        return self.plain["partnership"][self.ctx.scope.id]

    def name(self, person: str | None) -> str:
        """Return somebody's name."""
        return str(self.plain["people"][person]["name"]) if person in self.plain["people"] else ""

    def address(self, person: str | None) -> str:
        """Return somebody's id on the platform where this is asked."""
        return self.plain["people"].get(person or "", {}).get(self.ctx.incoming.platform) or ""

    def mentions(self, people: list[str]) -> str:
        """Return people as a field for accounts holds them; those who are not on this platform are left out."""
        return ",".join(f"<@{address}>" for address in map(self.address, people) if address)

    def one(self, said: str, field: str) -> str | None:
        """Return the one person meant by a mention or a name; None for nobody."""
        found = self.several(said, field)
        if len(found) > 1:
            raise LifError("One person, please. Nothing was changed.", field=field)
        return found[0] if found else None

    def holder(self, said: str, field: str, present: str | None) -> str | None:
        """Return who holds a post now; in a form somebody who cannot be picked here keeps it when nobody is."""
        found = self.one(said, field)
        away = present is not None and not self.address(present)
        return present if found is None and away and self.ctx.incoming.kind == "form" else found

    def several(self, said: str, field: str) -> list[str]:
        """Return the ids of the people meant by mentions and names; those new to the partnership are added."""
        if said.strip().lower() in NOBODY:
            return []
        parts = (part.strip() for part in SEVERAL.split(MENTION.sub(r" <@\1>, ", said)))
        return list(dict.fromkeys(id for part in parts if part for id in self._person(part, field)))

    def _person(self, said: str, field: str) -> list[str]:
        if not (mention := MENTION.fullmatch(said)):
            arg = Arg("people", "Person", name=field)
            return [person.id for person in names.several(self.ctx, arg, said)]
        address = mention[1] if self.ctx.incoming.platform == "slack" else mention[1].lower()
        known = (id for id, each in self.plain["people"].items() if each[self.ctx.incoming.platform] == address)
        return [next(known, None) or self._newcomer(address, field)]

    def _newcomer(self, address: str, field: str) -> str:
        former = people.of_former(self.ctx.scope, self.ctx.incoming.platform, address)
        name = former.name if former else dict(self.ctx.incoming.names).get(address)
        if name is None:
            self._unnamed.setdefault(address, field)
            return ""
        return self.add_person(name, address)

    def add_person(self, name: str, address: str | None = None) -> str:
        """Add somebody; who had left comes back as who they were."""
        platform = self.ctx.incoming.platform
        gone = people.of_former(self.ctx.scope, platform, address) if address else None
        taken = {*self.plain["people"], *people.ids_ever(self.ctx.scope)}
        id = gone.id if gone else ids.of_person(name, taken)
        entry = {"name": clip(" ".join(name.split()), 200), "agency": None, "slack": None, "teams": None}
        self.plain["people"][id] = {**entry, "email": None, "prefers": None, platform: address}
        self.added.append(self.plain["people"][id]["name"])
        return id

    def refuse_unnamed(self) -> None:
        """Raise LifError where the names of people who were picked are not known; the platform may tell them."""
        if not self._unnamed:
            return
        count, field = len(self._unnamed), next(iter(self._unnamed.values()))
        who = "one person whom you picked" if count == 1 else f"{count} people whom you picked"
        text = f"I cannot see the name of {who}. Type /lif person add, pick them there and type their name. {UNCHANGED}"
        raise LifError(text, field=field, unnamed=tuple(self._unnamed))

    def keep(self, what: str) -> LogEntry | None:
        """Write what was changed; None where nothing differs, LifError where it cannot stand."""
        self.refuse_unnamed()
        entry = amend(self.ctx.scope, self.plain, self.ctx.caller.id, what)
        self.ctx.__dict__.pop("reader", None)
        return entry


UNCHANGED = "Nothing was changed."


def given(ctx: Context, **typed: str) -> dict[str, str]:
    """Return what was said, by name: all of a form's fields, those left empty too; of a typed line what is in it."""
    if ctx.incoming.kind == "form":
        return {name: value.strip() for name, value in ctx.incoming.fields}
    return {name: value for name, value in typed.items() if value}


def beside(field: str, check: Callable[[], Any]) -> Any:
    """Do something whose refusal belongs beside a field."""
    try:
        return check()
    except LifError as error:
        error.field = error.field or field
        raise
