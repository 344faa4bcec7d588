"""Who is to hear of what today: one message a person, whatever their items and roles."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lifbot.model import Item
from lifbot.policy.moments import late_ok_for
from lifbot.policy.stand_in import Hearer
from storage import outbox
from storage.scope import Scope


class Nudges:
    """Who is to hear of what today: one message a person, whatever their items and roles."""

    def __init__(self, scope: Scope, owners: set[str]) -> None:
        self.scope = scope
        self.lines: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
        self.others: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # of what is logged beside items
        self.unsigned: dict[str, list[Item]] = defaultdict(list)  # told apart from nudges: it may be another's decision
        keys = [self.key(person) for person in owners]
        had = outbox.promised_among(scope, keys) if keys else set()
        self._growing = outbox.growing(scope, had) if had else {}  # a chair's own words wait for the day's nudge
        self._can = {person: self.key(person) not in had or self.key(person) in self._growing for person in owners}

    def key(self, person: str) -> str:
        """The outbox key that makes a second nudge on the same day impossible."""
        return outbox.nudge_key(person, self.scope.today)

    def can(self, person: str) -> bool:
        """Whether the person has had no nudge before this sweep today."""
        if person not in self._can:
            key = self.key(person)
            self._growing |= outbox.growing(self.scope, (key,))
            self._can[person] = key in self._growing or not outbox.promised(self.scope, key)
        return self._can[person]

    def add(self, heard: Hearer, item: Item, why: str, said: str = "") -> None:
        """Put one item into the nudge of who hears of it, with in whose place."""
        self.lines[heard.person].append((item.id, why, said, heard.of if heard.is_stand_in else ""))

    def add_record(self, heard: Hearer, name: str, why: str) -> None:
        """Put what is logged beside items into the nudge of who hears of it, by its name."""
        self.others[heard.person].append((name, why, heard.of if heard.is_stand_in else ""))

    def promise(self) -> None:
        """Put each person's nudge into the outbox."""
        everybody = self.scope.roster.people
        told = list(dict.fromkeys((*self.lines, *self.others)))
        own = {person: everybody[person].nudge_at for person in told if person in everybody}
        for person in told:
            lines, others = self.lines.get(person, []), [list(row) for row in self.others.get(person, ())]
            moment = late_ok_for(self.scope.now, own.get(person), self.scope.rules, self.scope.zone)
            pressing = {line[0]: line for line in sorted(lines, key=_least_pressing_first)}
            about: dict[str, list[Any]] = {"lines": [list(row) for row in lines if pressing[row[0]] == row]}
            about |= {"records": others} if others else {}
            if row := self._growing.get(self.key(person)):
                known = {id for id, *_ in row.about["lines"]}
                grown = [*row.about["lines"], *(each for each in about["lines"] if each[0] not in known)]
                beside = [*row.about.get("records", ()), *others]
                row.about = {"lines": grown, **({"records": beside} if beside else {})}
                self.scope.session.add(row)
            else:
                key = self.key(person)
                outbox.put(self.scope, key, "nudge", person=person, about=about, not_before=moment, is_new=True)


def _least_pressing_first(line: tuple[int, str, str, str]) -> int:
    """An item stands once in a nudge, under what is most pressing: a suggestion gives way to a discussion."""
    order = ("suggest", "discuss", "decide")
    return order.index(line[1]) if line[1] in order else len(order)
