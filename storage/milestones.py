"""What is to happen to the register's sources by when: made and moved by their clocks, done, and told when late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.model import Group, LogEntry, Milestone, Source
from lifbot.policy import clocks
from lifbot.policy.clocks import Dates, Step
from lifbot.policy.stand_in import Hearer
from storage import records, sources, stand_ins
from storage.items import Reader
from storage.scope import Scope


def of(scope: Scope, source: Source) -> Sequence[Milestone]:
    """Return a source's milestones, the earliest first."""
    mine = (Milestone.source_id == source.id, Milestone.status != "withdrawn")
    return scope.all(Milestone, *mine, order=(col(Milestone.due_on), col(Milestone.id)))


def run_clocks(scope: Scope, source: Source, by: str, entry: LogEntry) -> None:
    """Make, move and end milestones as the source's dates have it; undone with the change that they belong to."""
    known = sources.method(scope, source)
    wanted = {step.kind: step for step in clocks.steps(known, _dates(scope, source))}
    standing = {row.kind: row for row in of(scope, source) if row.kind != "other"}
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


def overdue_lines(scope: Scope, group: Group | None) -> list[str]:
    """Return the line of the business unit's digest about milestones that have passed their date."""
    if group is not None:
        return []
    open_ = {row.id: row for row in sources.shown(scope, Source.status == "open")}
    mine = (col(Milestone.source_id).in_(open_), Milestone.status == "open", Milestone.due_on < scope.today)
    late = scope.all(Milestone, *mine, order=(col(Milestone.due_on), col(Milestone.id))) if open_ else ()
    if not late:
        return []
    refs = ", ".join(dict.fromkeys(open_[row.source_id].ref for row in late))
    noun = "milestone is" if len(late) == 1 else "milestones are"
    return [f"Learning register: {len(late)} {noun} past the date ({refs})."]


def late(scope: Scope, source: Source) -> int:
    """Return how many of a source's milestones have passed their date."""
    return sum(row.status == "open" and row.due_on < scope.today for row in of(scope, source))


def coming(scope: Scope, source: Source) -> Milestone | None:
    """Return the next milestone of a source that is still to be done."""
    return next((row for row in of(scope, source) if row.status == "open"), None)


def hand_over(scope: Scope, source: Source, by: str, entry: LogEntry) -> None:
    """Let a source's open milestones be those of the person who answers for it now."""
    for row in of(scope, source):
        if row.status == "open" and row.person != source.person:
            before = records.picture(row)
            row.person, row.nudged_on, row.look_again_at = source.person, None, scope.now
            records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def end(scope: Scope, source: Source, by: str, entry: LogEntry, kinds: Sequence[str]) -> None:
    """Take milestones of these kinds as done by what was said of their source."""
    for row in of(scope, source):
        if row.status == "open" and row.kind in kinds:
            before = records.picture(row)
            row.status, row.done_on, row.done_by, row.look_again_at = "done", scope.today, by, None
            records.write(scope, by, entry.what, row, before=before, belongs_to=entry)


def hears(scope: Scope, reader: Reader, source: Source, row: Milestone) -> Hearer | None:
    """Return who hears of a milestone: who answers for it, or whoever hears in their place."""
    return stand_ins.hears(scope, reader.roll, row.person, reader.groups.get(source.group_id or ""))


def called(row: Milestone) -> str:
    """Return the one word that names a milestone of its source."""
    return row.kind if row.kind != "other" else f"m{row.id}"
