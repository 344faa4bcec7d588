"""The partnerships the program knows: their groups, learning methods, products and duties, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lifbot.profiles.naming import same_name
from lifbot.profiles.parts import (
    Channel,
    Duty,
    LearningMethod,
    Product,
    ProfileBoard,
    ProfileGroup,
    Publication,
    Role,
    Timing,
    Unit,
)

__all__ = [
    "Channel",
    "Duty",
    "LearningMethod",
    "Product",
    "Profile",
    "ProfileBoard",
    "ProfileGroup",
    "Publication",
    "Role",
    "Timing",
    "Unit",
    "load",
    "names",
]

FOLDER = Path(__file__).parent
ITEM_SCOPES = {"children": "child", "adults": "adult", "joint": "joint"}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a partnership's framework says about how it is made and how it learns."""

    id: str
    name: str
    abbreviation: str
    scope: tuple[str, ...]
    boards: tuple[ProfileBoard, ...]
    groups: tuple[ProfileGroup, ...]
    learning_methods: tuple[LearningMethod, ...]
    products: tuple[Product, ...]
    channels: tuple[Channel, ...]
    duties: tuple[Duty, ...]
    roles: tuple[Role, ...]
    units: tuple[Unit, ...]
    agencies: tuple[str, ...]  # those that the framework names
    cascade_by: str | None  # the id of the role that passes learning on in its agency
    evidence_types: tuple[str, ...]
    oba_questions: tuple[str, ...]
    priorities: tuple[str, ...]
    priorities_from: str | None  # where its priorities are set, if the framework does not list them

    def method(self, id: str) -> LearningMethod | None:
        """Return the learning method with this id."""
        return next((method for method in self.learning_methods if method.id == id), None)

    def method_called(self, words: str) -> LearningMethod | None:
        """Return the method that goes by these words, old names among them: "SCR 3", "rapid reviews"."""
        known = ((each, (each.id, each.name, *each.aliases)) for each in self.learning_methods)
        return next((each for each, called in known if any(same_name(words, name) for name in called)), None)

    def product(self, id: str) -> Product | None:
        """Return the product with this id."""
        return next((product for product in self.products if product.id == id), None)

    def group(self, id: str, name: str = "") -> ProfileGroup | None:
        """Return the group that a partnership's group with this id or name is."""
        return next((group for group in self.groups if group.goes_by(id, name)), None)

    def item_scope(self, id: str, name: str) -> str | None:
        """Return whom a group's items concern by default: child, adult or joint; None where it has no scope."""
        group = self.group(id, name)
        return ITEM_SCOPES.get(group.scope or "") if group else None

    def evidence_for(self, method: LearningMethod | None) -> tuple[str, ...]:
        """Return what by default shows that a method made a difference: its own, else all of the profile's."""
        return (method.evidence if method else ()) or self.evidence_types

    def who_leads(self, method: LearningMethod) -> tuple[str, ...]:
        """Return the names of those who lead a method: groups, Boards, or as the framework says it."""
        named = {board.id: board.name for board in self.boards} | {group.id: group.name for group in self.groups}
        return tuple(named.get(lead, lead) for lead in method.lead)


@cache
def names() -> tuple[str, ...]:
    """The ids of the profiles, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load(id: str) -> Profile:
    """The profile with this id; KeyError if there is none."""
    if id not in names():
        raise KeyError(id)
    data = yaml.safe_load((FOLDER / f"{id}.yaml").read_text(encoding="utf-8"))
    return Profile(
        id=data["id"],
        name=data["name"],
        abbreviation=data["abbreviation"],
        scope=tuple(data["scope"]),
        boards=tuple(ProfileBoard(**entry) for entry in data["boards"]),
        groups=tuple(ProfileGroup(**_tuples(entry)) for entry in data["groups"]),
        learning_methods=tuple(_method(entry) for entry in data["learning_methods"]),
        products=tuple(Product(**_tuples(entry)) for entry in data["products"]),
        channels=tuple(Channel(**entry) for entry in data["channels"]),
        duties=tuple(_duty(entry) for entry in data["duties"]),
        roles=tuple(Role(**entry) for entry in data["roles"]),
        units=tuple(Unit(**entry) for entry in data["units"]),
        agencies=tuple(data["agencies"]),
        cascade_by=data["cascade_by"],
        evidence_types=tuple(data["evidence_types"]),
        oba_questions=tuple(data["oba_questions"]),
        priorities=tuple(data["priorities"]),
        priorities_from=data["priorities_from"],
    )


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _method(entry: Mapping[str, Any]) -> LearningMethod:
    timing, publication = entry.get("timing"), entry.get("publication")
    read = {
        "timing": timing and Timing(timing["kind"], timing.get("value"), timing.get("from")),
        "publication": None if publication is None else Publication(**_tuples(publication)),
    }
    return LearningMethod(**_tuples(entry) | read)


def _duty(entry: Mapping[str, Any]) -> Duty:
    renamed = {"from": "giver", "to": "receiver"}
    return Duty(**{renamed.get(key, key): value for key, value in _tuples(entry).items()})
