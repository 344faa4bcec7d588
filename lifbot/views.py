"""An item as messages, lists and files show it: names instead of ids, and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lifbot.calendar import say_date
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.policy.brag import Brag


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item with the names of its people, agency and group, as of a day."""

    id: int
    ref: str
    kind: str
    text: str
    group: str
    owner: str
    agency: str
    due_on: date
    timescale: str
    brag: Brag | None
    status: str
    waiting: str | None
    cycles_missed: int
    escalated: bool
    proposed_due: str | None = None
    together: str = ""  # what the items under it say together

    @property
    def status_word(self) -> str:
        """The status in words, with what it waits for."""
        words = {"not_started": "not started", "in_progress": "in progress", "not_completable": "not completable"}
        waiting = {"sign_off": "waiting for sign-off", "acceptance": "waiting for the chair"}
        if self.kind == CHALLENGE:
            words |= {"complete": "responded" if self.waiting else "resolved"}
        status = words.get(self.status, self.status)
        return f"{status}, {waiting[self.waiting]}" if self.waiting in waiting else status

    @property
    def brag_word(self) -> str | None:
        """The colour as a word."""
        return self.brag.value.capitalize() if self.brag else None

    def line(self, *, named: bool, today: date | None = None, status: bool = True) -> str:
        """One line of facts; without the person's name in channels (ruling 13)."""
        who = ", ".join(part for part in (self.owner if named else "", self.agency) if part)
        late = self.lateness(today) if today else ""
        stands = self.status_word if status and self.status != "not_started" else ""
        parts = (who, self.by_when, late, stands, self.together)
        return " · ".join(part for part in parts if part)

    @property
    def by_when(self) -> str:
        """Its date in words; strong practice is to have spread by it."""
        return f"{'spread by' if self.kind == PRACTICE else 'due'} {say_date(self.due_on)}"

    def lateness(self, today: date) -> str:
        """How long its date has passed, in words; empty while it has not."""
        return f"{_span((today - self.due_on).days)} past its date" if self.is_late(today) else ""

    def is_late(self, today: date) -> bool:
        """Whether it is open and its date has passed."""
        return self.status in {"not_started", "in_progress"} and self.due_on < today


def _span(days: int) -> str:
    """How long, as people say it: in days up to a fortnight, then in weeks."""
    if days <= 14:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // 7} weeks"
