"""Asking owners, some months after sign-off, what difference their actions made: within the one nudge of a day."""

from __future__ import annotations

from datetime import datetime

from lifbot.buttons import impact_buttons
from lifbot.model import Impact, Item, Person
from lifbot.notices import Beside
from lifbot.notices import impact as words
from lifbot.policy import impact
from lifbot.policy.moments import late_ok, nudge_after, nudge_on
from scheduler.nudges import Nudges
from storage import impacts, records
from storage.items import Reader
from storage.scope import Scope


def sweep(scope: Scope, reader: Reader, nudges: Nudges) -> None:
    """Ask about what was signed off long enough ago; what is on hold waits."""
    for row in records.due(scope, Impact):
        row.look_again_at = _next(scope, reader, nudges, row)
        scope.add(row)


def _next(scope: Scope, reader: Reader, nudges: Nudges, row: Impact) -> datetime | None:
    """Ask if that is due, and return when to look again."""
    day = impact.next_ask(row.ask_on, row.chased, row.nudged_on) if row.status == "waiting" else None
    item = scope.get(Item, row.item_id)
    if day is None or (item and item.signed_off_on is None):
        return None
    tomorrow = nudge_after(scope.today, scope.rules, scope.zone)
    if item is None:  # on hold, it may be
        return tomorrow
    if day > scope.today:
        return nudge_on(day, scope.rules, scope.zone)
    if (opens := late_ok(scope.now, scope.rules, scope.zone)) > scope.now:
        return opens
    if any(other.ask_on > row.ask_on for other in impacts.asked(scope, item) if other.id != row.id):
        row.status = "withdrawn"  # a later question of the same item takes its place
        return None
    heard = reader.hears(item)
    if heard and not nudges.can(heard.person):
        return tomorrow
    if heard:
        nudges.add_record(heard, records.name_of(row), "again" if row.chased else "first")
    row.chased, row.nudged_on = row.chased + 1, scope.today
    following = impact.next_ask(row.ask_on, row.chased, row.nudged_on)
    return nudge_on(following, scope.rules, scope.zone) if following else None


def say(scope: Scope, reader: Reader, person: Person, row: object, why: str) -> Beside | None:
    """Say the question in a nudge, unless it is answered or put off by now."""
    assert isinstance(row, Impact)
    item = scope.get(Item, row.item_id)
    if item is None or item.signed_off_on is None or row.status != "waiting" or not row.chased:
        return None
    heard = reader.hears(item)
    whose = f"For {reader.name(item.owner)}, who {reader.why(heard)}. " if heard and heard.is_stand_in else ""
    question = words.Question(reader.view(item), item.signed_off_on, item.success_criteria or "", whose)
    return words.asked(question, records.name_of(row), impact_buttons(item.ref), again=why == "again")
