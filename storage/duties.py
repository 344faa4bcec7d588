"""Recurring duties that were started: series of actions that bear the duty's name as their source."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from lifbot.model import Item
from lifbot.policy.facts import OPEN
from lifbot.profiles import Duty
from storage.scope import Scope


def running(scope: Scope, duty: Duty) -> Sequence[Item]:
    """Return the open actions by which a duty comes round, the earliest due first."""
    mine = (Item.source == duty.name, col(Item.repeats).is_not(None), col(Item.status).in_(OPEN))
    return scope.all(Item, *mine, order=(Item.due_on, Item.id))
