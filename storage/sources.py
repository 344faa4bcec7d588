"""The learning register: its sources, their milestones, and what came of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col

from lifbot import profiles
from lifbot.calendar import local_day, say_date
from lifbot.model import Agency, Group, Item, LogEntry, Milestone, Notice, Person, Source
from lifbot.policy import clocks
from lifbot.policy.clocks import Dates, Step
from lifbot.policy.stand_in import Hearer
from lifbot.profiles.parts import LearningMethod
from storage import records, stand_ins
from storage.items import Reader
from storage.scope import Scope

REFERENCE = re.compile(r"\bLR[-\s–]*(\d{4})[-\s–]+0*(\d+)\b", re.IGNORECASE)
ADDED = "source add"


def profile(scope: Scope) -> profiles.Profile | None:
    """Return the partnership's profile, where it has one."""
    id = scope.partnership.profile
    return profiles.load(id) if id in profiles.names() else None


def method(scope: Scope, source: Source) -> LearningMethod | None:
    """Return what the profile says of a source's method."""
    found = profile(scope)
    return found.method(source.learning_method) if found else None


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


def milestones(scope: Scope, source: Source) -> Sequence[Milestone]:
    """Return a source's milestones, the earliest first."""
    mine = (Milestone.source_id == source.id, Milestone.status != "withdrawn")
    return scope.all(Milestone, *mine, order=(col(Milestone.due_on), col(Milestone.id)))


def run_clocks(scope: Scope, source: Source, by: str, entry: LogEntry) -> None:
    """Make, move and end milestones as the source's dates have it; undone with the change that they belong to."""
    known = method(scope, source)
    wanted = {step.kind: step for step in clocks.steps(known, _dates(scope, source))}
    standing = {row.kind: row for row in milestones(scope, source) if row.kind != "other"}
    for kind, step in wanted.items():
        row = standing.get(kind)
        if row is None:
            _write(scope, _made(scope, source, step), None, by, entry)
        elif (row.status == "open" or row.done_on == step.done_on) and not _stands(row, step):
            _write(scope, row, step, by, entry)
    for kind, row in standing.items():
        if kind not in wanted and row.status == "open":
            before = records.picture(row)
            row.status, row.look_again_at = "withdrawn", None
            records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def _dates(scope: Scope, source: Source) -> Dates:
    delayed = _delayed_on(scope, source) if source.delay_reason else None
    return Dates(source.notified_on, source.started_on, source.finalised_on, source.published_on, delayed)


def _delayed_on(scope: Scope, source: Source) -> date:
    """The day on which it was first said that publication is delayed."""
    mine = scope.all(LogEntry, LogEntry.record == records.name_of(source), order=col(LogEntry.id))
    said = (row.at for row in mine if row.after.get("delay_reason"))
    return local_day(next(said, scope.now), scope.zone)


def _stands(row: Milestone, step: Step) -> bool:
    return (row.due_on, row.text, row.due_why, row.done_on) == (step.on, step.text, step.why, step.done_on)


def _made(scope: Scope, source: Source, step: Step) -> Milestone:
    done = {"status": "done", "done_on": step.done_on} if step.done_on else {}
    when = {"due_on": step.on, "due_why": step.why, "look_again_at": None if done else scope.now}
    return scope.new(
        Milestone, source_id=source.id, kind=step.kind, text=step.text, person=source.person, **when, **done
    )


def _write(scope: Scope, row: Milestone, step: Step | None, by: str, entry: LogEntry) -> None:
    """Keep a new milestone, or one that moves or is done by a date that was given."""
    if step is None:
        scope.add(row)
        records.write(scope, by, entry.what, row, belongs_to=entry)
        return
    before = records.picture(row)
    row.due_on, row.text, row.due_why, row.done_on = step.on, step.text, step.why, step.done_on
    row.status, row.done_by = ("done", by) if step.done_on else ("open", None)
    row.nudged_on, row.look_again_at = None, None if step.done_on else scope.now
    records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def may_see(source: Source, person: Person, *, leads: bool) -> bool:
    """Say whether a source of a single agency is anybody's business: that agency's people's, and the group's leads'."""
    return source.agency is None or leads or source.agency in (person.agency,) or source.person == person.id


def overdue_lines(scope: Scope, group: Group | None) -> list[str]:
    """Return the line of the business unit's digest about milestones that have passed their date."""
    if group is not None:
        return []
    open_ = {row.id: row for row in shown(scope, Source.status == "open")}
    mine = (col(Milestone.source_id).in_(open_), Milestone.status == "open", Milestone.due_on < scope.today)
    late = scope.all(Milestone, *mine, order=col(Milestone.due_on)) if open_ else ()
    if not late:
        return []
    refs = ", ".join(dict.fromkeys(open_[row.source_id].ref for row in late))
    noun = "milestone is" if len(late) == 1 else "milestones are"
    return [f"Learning register: {len(late)} {noun} past the date ({refs})."]


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


def late(scope: Scope, source: Source) -> int:
    """Return how many of a source's milestones have passed their date."""
    return sum(row.status == "open" and row.due_on < scope.today for row in milestones(scope, source))


def coming(scope: Scope, source: Source) -> Milestone | None:
    """Return the next milestone of a source that is still to be done."""
    return next((row for row in milestones(scope, source) if row.status == "open"), None)


def hand_over(scope: Scope, source: Source, by: str, entry: LogEntry) -> None:
    """Let a source's open milestones be those of the person who answers for it now."""
    for row in milestones(scope, source):
        if row.status == "open" and row.person != source.person:
            before = records.picture(row)
            row.person, row.nudged_on, row.look_again_at = source.person, None, scope.now
            records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def end(scope: Scope, source: Source, by: str, entry: LogEntry, kinds: Sequence[str]) -> None:
    """Take milestones of these kinds as done by what was said of their source."""
    for row in milestones(scope, source):
        if row.status == "open" and row.kind in kinds:
            before = records.picture(row)
            row.status, row.done_on, row.done_by, row.look_again_at = "done", scope.today, by, None
            records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def hears(scope: Scope, reader: Reader, source: Source, row: Milestone) -> Hearer | None:
    """Return who hears of a milestone: who answers for it, or whoever hears in their place."""
    return stand_ins.hears(scope, reader.roll, row.person, reader.groups.get(source.group_id or ""))


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


def called(row: Milestone) -> str:
    """Return the one word that names a milestone of its source."""
    return row.kind if row.kind != "other" else f"m{row.id}"


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
