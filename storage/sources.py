"""The learning register: its sources, their milestones, and what came of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col

from lifbot.calendar import local_day, say_date
from lifbot.model import Agency, Group, Item, Notice, Person, Source
from lifbot.profiles.parts import LearningMethod
from storage.scope import Scope

REFERENCE = re.compile(r"\bLR[-\s–]*(\d{4})[-\s–]+0*(\d+)\b", re.IGNORECASE)
ADDED = "source add"


def method(scope: Scope, source: Source) -> LearningMethod | None:
    """Return what the profile says of a source's method."""
    return scope.profile.method(source.learning_method) if scope.profile else None


def method_name(scope: Scope, source: Source) -> str:
    """Return the name of a source's method; free words are their own."""
    known = method(scope, source)
    return known.name if known else source.learning_method


def shown(scope: Scope, *where: object) -> Sequence[Source]:
    """Return the sources that are not on hold nor taken back, oldest first."""
    here = (col(Source.held_at).is_(None), Source.status != "withdrawn")
    return scope.all(Source, *here, *where, order=col(Source.id))


def linked(scope: Scope, said: str | None) -> Source | None:
    """Return the source that words name: by its reference within them, or by its own reference and nothing else."""
    if not said:
        return None
    every = scope.all(Source, Source.status != "withdrawn")
    if found := REFERENCE.search(said):
        ref = f"LR-{found[1]}-{int(found[2]):03d}"
        return next((row for row in every if row.ref == ref), None)
    own = [row for row in every if row.own_reference and row.own_reference.casefold() == said.strip().casefold()]
    return own[0] if len(own) == 1 else None


def items_of(scope: Scope, source: Source) -> Sequence[Item]:
    """Return what is logged as coming from a source, recommendations first, without what was withdrawn."""
    rows = scope.all(Item, Item.source_id == source.id, Item.status != "withdrawn", order=col(Item.id))
    return sorted(rows, key=lambda row: row.kind != "recommendation")


def may_see(source: Source, person: Person, *, leads: bool) -> bool:
    """Say whether a source of a single agency is anybody's business: that agency's people's, and the group's leads'."""
    return source.agency is None or leads or source.agency in (person.agency,) or source.person == person.id


def recurring(scope: Scope, themes: Sequence[str], but: Source | None = None) -> list[tuple[str, list[str]]]:
    """Return which of these themes other sources have too, each with their references."""
    others = [row for row in shown(scope) if but is None or row.id != but.id]
    found = [
        (theme, [row.ref for row in others if theme.casefold() in map(str.casefold, row.themes)]) for theme in themes
    ]
    return [(theme, refs) for theme, refs in found if refs]


def who_acts(scope: Scope, agency: Agency) -> str | None:
    """Return who answers for an agency's part: its representative, else its learning link or that one's deputy."""
    here = {row.id for row in scope.all(Person, col(Person.left_on).is_(None))}
    line = (agency.representative, agency.ld_link, agency.ld_deputy)
    return next((id for id in line if id and id in here), None)


def story(scope: Scope, source: Source) -> Iterator[tuple[str, str]]:
    """Yield the dates that are known of a source, by name."""
    named = (
        ("Notified", source.notified_on),
        ("Started", source.started_on),
        ("Finalised", source.finalised_on),
        ("Published", source.published_on),
        ("Stays online until", source.available_until),
        ("Taken down", source.taken_down_on),
    )
    yield from ((name, say_date(day)) for name, day in named if day)


def begun(scope: Scope, source: Source) -> date:
    """Return the day by which a source belongs to a year: when it started, was notified of, or was logged."""
    return source.started_on or source.notified_on or local_day(source.created_at, scope.zone)


def days_to_notice(scope: Scope, source: Source) -> int | None:
    """Return how many days went by until the first notice of a source was published (S11); None before that."""
    published = (Notice.source_id == source.id, col(Notice.published_at).is_not(None), Notice.status != "withdrawn")
    row = scope.first(Notice, *published, order=col(Notice.published_at))
    if row is None or row.published_at is None:
        return None
    return (local_day(row.published_at, scope.zone) - begun(scope, source)).days


def checking(scope: Scope, item: Item) -> Sequence[Source]:
    """Return the audits and other sources that check the result of an item (L3)."""
    return shown(scope, Source.result_of == item.id)


def is_anothers(scope: Scope, item: Item, person: Person) -> bool:
    """Say whether an item came of a single agency's own source, and somebody is of another (K25)."""
    source = scope.get(Source, item.source_id)
    return source is not None and source.agency is not None and source.agency != person.agency


def of_others(scope: Scope, person: Person) -> Sequence[int]:
    """Return the ids of the sources that are a single agency's own, and not of somebody's agency."""
    rows = scope.columns(Source, (col(Source.id), col(Source.agency)), col(Source.agency).is_not(None))
    return [id for id, agency in rows if agency != person.agency]


def newest(scope: Scope) -> Sequence[Source]:
    """Return every source but those taken back, held ones among them, the newest first."""
    return scope.all(Source, Source.status != "withdrawn", order=col(Source.id).desc())


def notices_of(scope: Scope, source: Source) -> Sequence[Notice]:
    """Return the notices about a source, oldest first."""
    return scope.all(Notice, Notice.source_id == source.id, Notice.status != "withdrawn", order=col(Notice.id))


def not_for(scope: Scope, group: Group | None, person: str | None) -> frozenset[int]:
    """Return the ids of the sources of single agencies that somebody, or a channel, hears nothing of (K25).

    Who leads the group, the business unit and the partnership chair hear of all.
    """
    rows = scope.columns(Source, (col(Source.id), col(Source.agency)), col(Source.agency).is_not(None))
    if not rows or person is None:
        return frozenset(id for id, _ in rows)
    head = scope.partnership
    leads = (*((group.chair, group.deputy) if group else ()), *head.business_unit, head.chair, head.deputy_chair)
    them = scope.roster.people.get(person)
    if person in leads or person in {board.chair for board in scope.roster.boards}:
        return frozenset()
    return frozenset(id for id, agency in rows if them is None or agency != them.agency)


def apart(scope: Scope, items: Sequence[Item], group: Group | None, person: str | None) -> tuple[list[Item], int]:
    """Return the items that somebody, or a channel (None), hears of, and how many others there are."""
    hidden = not_for(scope, group, person)
    heard = [row for row in items if row.source_id not in hidden or (person is not None and row.owner == person)]
    return heard, len(items) - len(heard)
