"""What is swept and said beside items: milestones, notices, receipts, requests, impact; a row for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lifbot.model import Person
from lifbot.notices import Beside
from scheduler import impacts, milestones, publishing, receipts, requests
from scheduler.nudges import Nudges
from storage import records
from storage.items import Reader
from storage.scope import Scope

Sweep = Callable[[Scope, Reader, Nudges], None]
SWEEPS: tuple[Sweep, ...] = (
    *(publishing.sweep, impacts.sweep, receipts.sweep, requests.sweep),
    *(milestones.sweep, milestones.sweep_holds),
)
"""Each decides about the rows of its own kind whose moment has come, and looks at nothing else."""
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
    reader = Reader(scope) if SWEEPS else None
    for each in SWEEPS:
        assert reader is not None
        each(scope, reader, nudges)


def lines(scope: Scope, reader: Reader, person: Person, told: Sequence[Sequence[str]]) -> list[Beside]:
    """Return what a nudge says beside items, of what is still true."""
    found = ((records.named(scope, name), name.split()[0], why) for name, why, *_ in told)
    said = (SAYS[kind](scope, reader, person, row, why) for row, kind, why in found if row is not None)
    return [line for line in said if line]
