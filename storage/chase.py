"""A chair's own reminder to an owner: it rides on the owner's nudge of a day, so that nobody gets two in one day."""

from __future__ import annotations

from datetime import date, datetime

from lifbot.calendar import at_local, is_working_day, local_day, next_working_day
from lifbot.model import Item, Person, Update
from lifbot.policy.moments import notice_moment, own_hour
from lifbot.policy.stand_in import Hearer
from storage import outbox
from storage.scope import Scope

PREFIX = "Reminder: "
"""How the history tells a chair's words to an owner from an edit."""


def moment(scope: Scope, owner: Person) -> datetime:
    """Return when a chair's words can go: with today's nudge or soon after its hour, else with the next day's."""
    hour = own_hour(owner.nudge_at, scope.rules)
    opens = at_local(scope.today, hour, scope.zone)
    soon = scope.now + outbox.BUNDLE if scope.now > opens else opens
    if is_working_day(scope.today) and notice_moment(soon, scope.rules, scope.zone) == soon:
        key = outbox.nudge_key(owner.id, scope.today)
        if not outbox.promised(scope, key) or outbox.growing(scope, (key,)):
            return soon
    return at_local(next_working_day(scope.today), hour, scope.zone)


def promise(scope: Scope, item: Item, words: Update, at: datetime, heard: Hearer) -> None:
    """Put a chair's words into the day's nudge of the owner, or of who hears in their place, for that moment's day."""
    day = local_day(at, scope.zone)
    key = outbox.nudge_key(heard.person, day)
    line = [item.id, "chased", str(words.id), heard.of if heard.is_stand_in else ""]
    if grown := outbox.growing(scope, (key,)):
        row = grown[key]
        row.about = {"lines": [*(known for known in row.about["lines"] if known[0] != item.id), line]}
        scope.add(row)
    else:
        outbox.put(scope, key, "nudge", person=heard.person, about={"lines": [line]}, not_before=at)
    item.chased_on = item.nudged_on = day


def stands(scope: Scope, item: Item, words: Update) -> bool:
    """Say whether a chair's reminder was not taken back."""
    said_on: date = local_day(words.at, scope.zone)
    return item.chased_on is not None and item.chased_on >= said_on
