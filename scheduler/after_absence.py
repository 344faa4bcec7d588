"""What happened while somebody was away: once, in their first nudge after their return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot import notices
from lifbot.calendar import local_day
from lifbot.message import Block
from lifbot.model import Item, Outbox
from storage import absences, items, outbox
from storage.items import Reader
from storage.scope import Scope

WORDS = {
    "update": "update",
    "done": "reported done",
    "cannot": "reported as not completable",
    "more_time": "more time asked for",
    "extended": "new date",
    "reassigned": "new owner",
    "returned": "returned",
    "signed_off": "signed off",
    "withdrawn": "withdrawn",
    "discussed": "discussed",
    "edited": "changed",
}


def summary(scope: Scope, reader: Reader, row: Outbox) -> Sequence[Block]:
    """Return what happened to somebody's items while they were away, unless they have heard of it."""
    absence = absences.over(scope, row.person or "")
    if absence is None or outbox.nudged_between(scope, row, absences.last_day(absence)):
        return ()
    first, last = absence.from_on, absences.last_day(absence)
    return notices.while_away(
        first, last, [(reader.view(item), said) for item, said in _happened(scope, row.person, first, last)]
    )


def _happened(scope: Scope, person: str | None, first: date, last: date) -> list[tuple[Item, str]]:
    mine, rows = items.history_of(scope, person or "")
    said: dict[int, list[str]] = {}
    for row in rows:
        if row.by != person and first <= local_day(row.at, scope.zone) <= last:
            said.setdefault(row.item_id, []).append(WORDS.get(row.kind, row.kind))
    return [(mine[id], ", ".join(dict.fromkeys(words))) for id, words in said.items()]
