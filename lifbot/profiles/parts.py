"""What a profile is made of: Boards, groups, learning methods, products, channels, duties and roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
    scope: str | None = None  # children, adults, joint
    methods_led: tuple[str, ...] = ()
    shared_with: str | None = None

    def goes_by(self, id: str, name: str) -> bool:
        """Whether a group with this id or name is this one."""
        return id == self.id or name.casefold() in {known.casefold() for known in (self.name, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Timing:
    """When a method happens, as the framework says it: `working_days_within` 15 `starts` notification."""

    kind: str
    value: int | None = None
    starts: str | None = None

    @property
    def words(self) -> str:
        """The timing as lifbot says it: "within 15 working days of notification"."""
        times = {1: "once", 2: "twice"}.get(self.value or 0, f"{self.value} times")
        return TIMINGS[self.kind].format(value=self.value, starts=self.starts, times=times)


TIMINGS = {
    "working_days_within": "within {value} working days of {starts}",
    "months_up_to": "up to {value} months",
    "any_time": "at any time",
    "per_year": "{times} a year",
    "per_year_max": "up to {times} a year",
    "per_year_min": "at least {times} a year",
    "duration_days": "takes {value} day",
    "every_years": "every {value} years",
    "annual": "every year",
    "annual_report": "an annual report",
    "quarterly_report": "a quarterly report",
    "standing_priority": "a standing priority",
    "agreed_regular_basis": "as regularly as agreed",
    "agency_decides": "when the agency decides",
    "periodic": "from time to time",
    "timely": "in good time",
    "bi_annual": "bi-annual",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """What a framework says of publishing a method's report; `years` is how long it stays online at least."""

    with_response: bool = False  # never without the partnership's response to the findings
    years: int | None = None
    copies_to: tuple[str, ...] = ()
    if_delayed_tell: str | None = None
    action_waits: bool = True  # whether what was learnt waits for publication


@dataclass(frozen=True, slots=True)
class LearningMethod:
    """A way in which the partnership learns; `lead` holds ids of groups and Boards, or the framework's own words.

    `aliases` are older and shorter names ("SCR"); `evidence` is what by default shows that it made a difference;
    `publication` is None where the framework says nothing of publishing its report.
    """

    id: str
    name: str
    scope: str | None = None  # children, adults, joint
    timing: Timing | None = None
    lead: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    publication: Publication | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What carries learning to practitioners; `owner` is the group or unit that makes it, where one is named.

    `kind` is briefing, resource, training, event, bulletin, report, review, plan or policy; `sections` are titles.
    `checked_by` is the group that considers it before it goes out, where that is not who makes it.
    """

    id: str
    name: str
    kind: str
    owner: str | None = None
    sections: tuple[str, ...] = ()
    checked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which the partnership publishes."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What comes round; `giver` owes it and `receiver` gets it: a group's id, an agency or words, where named.

    `every` is "quarter", "year", "2 years"; None where the partnership has still to say how often, then `choices`
    are what the framework's words may mean. `method` is the learning method that it belongs to.
    """

    id: str
    name: str
    every: str | None = None
    giver: str | None = None
    receiver: str | None = None
    method: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def repeats(self) -> str | None:
        """How often, in words that `lifbot.rhythm` reads."""
        return f"every {self.every}" if self.every else None

    def said(self, answers: Mapping[str, str]) -> str | None:
        """How often it comes round for a partnership that answered this: its own words, else the framework's."""
        return answers.get(self.id) or self.repeats


@dataclass(frozen=True, slots=True)
class Role:
    """A role that the framework names."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Staff of the partnership, as the framework names them."""

    id: str
    name: str
