"""What is to happen to a source by when: from its method's timing and publishing rules, and the dates known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from lifbot.calendar import add_working_days, next_working_day, say_date
from lifbot.listed import listed
from lifbot.profiles.parts import LearningMethod

YEARS = {"annual": 1, "every_years": None, "annual_report": 1}
COUNTED = ("per_year", "per_year_max", "per_year_min", "annual")


@dataclass(frozen=True, slots=True)
class Dates:
    """What is known of a source; `delayed_on` is when somebody said that its publication is delayed."""

    notified: date | None = None
    started: date | None = None
    finalised: date | None = None
    published: date | None = None
    delayed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: its kind, what is to be done, by when, and how that day follows; `done_on` where a date says so."""

    kind: str
    text: str
    on: date
    why: str
    done_on: date | None = None


def steps(method: LearningMethod | None, dates: Dates) -> tuple[Step, ...]:
    """Return a source's milestones, as far as its dates are known; none where the framework gives no timing."""
    if method is None:
        return ()
    return (*_to_finish(method, dates), *_next(method, dates), *_delay(method, dates), *_checklist(method, dates))


def _to_finish(method: LearningMethod, dates: Dates) -> Iterator[Step]:
    timing = method.timing
    if timing is None or timing.value is None:
        return
    if timing.kind == "working_days_within" and (begins := dates.notified):
        why = f"{timing.value} working days from {timing.starts}, {say_date(begins)}"
        text = f"Complete the {_lower(method.name)}"
        yield Step("report", text, add_working_days(begins, timing.value), why, dates.finalised)
    if timing.kind == "months_up_to" and (begins := dates.started):
        why = f"{timing.value} months from its start, {say_date(begins)}"
        due = begins + relativedelta(months=timing.value)
        yield Step("finalise", "Finalise the report", due, why, dates.finalised)
    if timing.kind == "duration_days" and (begins := dates.started):
        due = begins + relativedelta(days=timing.value - 1)
        unit = "day" if timing.value == 1 else "days"
        yield Step("report", f"Hold the {_lower(method.name)}", due, f"it takes {timing.value} {unit}", dates.finalised)


def _next(method: LearningMethod, dates: Dates) -> Iterator[Step]:
    timing, begins = method.timing, dates.started or dates.notified
    years = (YEARS[timing.kind] or timing.value) if timing and timing.kind in YEARS else None
    if years and begins:
        why = f"every {'year' if years == 1 else f'{years} years'}, from {say_date(begins)}"
        yield Step("next", f"Begin the next {_lower(method.name)}", begins + relativedelta(years=years), why)


def _delay(method: LearningMethod, dates: Dates) -> Iterator[Step]:
    tell = method.publication.if_delayed_tell if method.publication else None
    if tell and dates.delayed_on:
        due = next_working_day(dates.delayed_on)
        yield Step("notify_panel", f"Tell the {tell} of the delay in publication", due, "publication is delayed")


def _checklist(method: LearningMethod, dates: Dates) -> Iterator[Step]:
    rules, day = method.publication, dates.published
    if rules is None or day is None:
        return
    if rules.with_response:
        yield Step("response", "Publish the response to the findings with the report", day, "on the day of publication")
    if rules.copies_to:
        names = listed(rules.copies_to).replace("National Panel", "the National Panel", 1)
        yield Step("copies", f"Send the report to {names}", day, "on the day of publication")
    if until := available_until(method, day):
        yield Step(
            "take_down",
            "Decide whether the report stays online",
            until,
            f"published for at least {_years(rules.years)}",
        )


def available_until(method: LearningMethod | None, published: date | None) -> date | None:
    """Return the day before which a published report may not be taken down; None where the framework gives none."""
    rules = method.publication if method else None
    return published + relativedelta(years=rules.years) if rules and rules.years and published else None


def _years(count: int | None) -> str:
    return "a year" if count == 1 else f"{count} years"


def _lower(name: str) -> str:
    """A method's name within a sentence; initials stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


@dataclass(frozen=True, slots=True)
class Planned:
    """How often a method was used this year, beside what the framework says."""

    name: str
    held: int
    timing: str
    wanted: int | None
    limit: int | None

    @property
    def line(self) -> str:
        """One line: "Thematic audit: 1 of 2 this year"."""
        if self.wanted:
            return f"{self.name}: {self.held} of {self.wanted} this year"
        if self.limit:
            over = ", more than planned" if self.held > self.limit else ""
            return f"{self.name}: {self.held} of up to {self.limit} this year{over}"
        timing = f" ({self.timing})" if self.timing else ""
        return f"{self.name}: {self.held} this year{timing}"


def programme(methods: Iterable[LearningMethod], held: Iterable[str]) -> tuple[Planned, ...]:
    """Count the sources of a year by method; methods with a plan first, then those that were used."""
    counts = Counter(held)
    lines = [_planned(each, counts[each.id]) for each in methods if _has_plan(each) or counts[each.id]]
    return tuple(sorted(lines, key=lambda each: not (each.wanted or each.limit)))


def _has_plan(method: LearningMethod) -> bool:
    return method.timing is not None and method.timing.kind in COUNTED


def _planned(method: LearningMethod, held: int) -> Planned:
    timing = method.timing
    value = (timing.value or 1) if timing and _has_plan(method) else None
    most = value if timing and timing.kind == "per_year_max" else None
    return Planned(method.name, held, timing.words if timing else "", None if most else value, most)


def year_of(day: date) -> tuple[date, date]:
    """Return the first and last day of the year from April to March that holds a day."""
    first = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    return first, first + relativedelta(years=1, days=-1)
