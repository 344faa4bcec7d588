"""The partnerships the program knows: their groups, learning methods, products and duties, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ProfileBoard:
    """One of several Boards; `scope` is children or adults."""

    id: str
    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    """A subgroup, committee or panel that the partnership's framework names."""

    id: str
    name: str
    kind: str
    keeps_action_log: bool
    aliases: tuple[str, ...] = ()
    scope: str | None = None
    methods_led: tuple[str, ...] = ()

    def goes_by(self, id: str, name: str) -> bool:
        """Whether a group with this id or name is this one."""
        return id == self.id or name.casefold() in {known.casefold() for known in (self.name, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Timing:
    """When a method happens, as the framework says it: `working_days_within` 15 `starts` notification."""

    kind: str
    value: int | None = None
    starts: str | None = None


@dataclass(frozen=True, slots=True)
class LearningMethod:
    """A way in which the partnership learns; `lead` holds group ids, or the framework's own words."""

    id: str
    name: str
    scope: str | None = None
    timing: Timing | None = None
    lead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Something that carries learning to practitioners; `owner` is the group that makes it, where one is named."""

    id: str
    name: str
    owner: str | None = None
    sections: tuple[str, ...] = ()  # what it is made of, where the framework says so


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which the partnership publishes."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What comes round every quarter or year, `giver` owes it and `receiver` gets it, where they are named."""

    id: str
    name: str
    every: str
    giver: str | None = None
    receiver: str | None = None


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
    priorities: tuple[str, ...]


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
        priorities=tuple(data["priorities"]),
    )


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _method(entry: Mapping[str, Any]) -> LearningMethod:
    timing = entry.get("timing")
    when = timing and Timing(timing["kind"], timing.get("value"), timing.get("from"))
    return LearningMethod(**_tuples(entry) | {"timing": when})


def _duty(entry: Mapping[str, Any]) -> Duty:
    return Duty(entry["id"], entry["name"], entry["every"], entry.get("from"), entry.get("to"))
