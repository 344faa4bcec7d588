"""What the rules say of the items of one sweep."""

from __future__ import annotations

from lifbot.model import Item
from lifbot.policy import drift
from lifbot.policy.facts import Facts
from lifbot.policy.steps import Step, steps
from storage.items import Reader


class Ruling:
    """What the rules say of each item in one sweep: items that are alike are decided about once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._decided: dict[tuple[str, Facts], tuple[Step, ...]] = {}

    def settled(self, item: Item) -> frozenset[str]:
        """Return the reasons for drift that no longer hold."""
        scope, course = self.reader.scope, self.reader.course(item.group_id)
        return drift.settled(self.reader.facts(item), course, scope.rules, scope.now)

    def steps(self, item: Item) -> tuple[Step, ...]:
        """Return what is due for an item, and what comes."""
        scope, known = self.reader.scope, self.reader.facts(item)
        like = (item.group_id, known)
        if like not in self._decided:
            self._decided[like] = steps(known, self.reader.course(item.group_id), scope.rules, scope.now)
        return self._decided[like]
