"""What is swept and said beside items: milestones, notices, receipts, requests, impact; a row for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lifbot.model import Person
from lifbot.notices import Beside
from scheduler import impacts, milestones, publishing, receipts, requests
from scheduler.nudges import Nudges
from storage import due, records
from storage.items import Reader
from storage.scope import Scope

Sweep = Callable[[Scope, Reader, Nudges], None]
SWEEPS: tuple[tuple[Sweep, frozenset[str]], ...] = (
    (publishing.sweep, frozenset({"notice"})),
    (impacts.sweep, frozenset({"impact"})),
    (receipts.sweep, frozenset({"receipt"})),
    (requests.sweep, frozenset({"assurance_request", "assurance_answer"})),
    (milestones.sweep, frozenset({"milestone"})),
    (milestones.sweep_holds, frozenset({"source"})),
)
"""Each decides about the rows of its own tables whose moment has come, and looks at nothing else."""
Say = Callable[[Scope, Reader, Person, object, str], Beside | None]
SAYS: Mapping[str, Say] = {
    "notice": publishing.says,
    "impact": impacts.say,
    "receipt": receipts.say,
    "answer": requests.says,
    "milestone": milestones.say,
    "source": milestones.say_hold,
}
"""By the kinds of storage/records.py: how a nudge says it, or None where it is not true any more."""


def sweep(scope: Scope, nudges: Nudges) -> None:
    """Decide about everything beside items whose moment has come."""
    waking = due.beside(scope)
    reader = Reader(scope) if waking else None
    for decide, tables in SWEEPS:
        if reader and tables & waking:
            decide(scope, reader, nudges)


def lines(scope: Scope, reader: Reader, person: Person, told: Sequence[Sequence[str]]) -> list[Beside]:
    """Return what a nudge says beside items, of what is still true."""
    found = ((records.named(scope, name), name.split()[0], why) for name, why, *_ in told)
    said = (SAYS[kind](scope, reader, person, row, why) for row, kind, why in found if row is not None)
    return [line for line in said if line]
