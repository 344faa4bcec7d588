"""How the people of the real-sized partnership behave, week by week: most answer, some late, some never."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.living import Json, Living, buttons_in
from tests.real_size import GROUPS, IN_NO_WORKSPACE, PEOPLE

SILENT_CHAIRS = frozenset({"dev", "zak"})  # the partnership's never answers an escalation, PP's never decides
OWNED = re.compile(r"action done ([A-Z]+-\d{4}-\d+)")
WAITING = re.compile(r"action (signoff|accept|reassign) ([A-Z]+-\d{4}-\d+)")
OFFERED = re.compile(r"action take ([A-Z]+-\d{4}-\d+)")


@dataclass
class Year:
    """A year of the partnership's life; `asked` counts how often each item was asked about."""

    living: Living
    asked: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)  # what its owner left behind, and somebody has taken over
    gone: set[str] = field(default_factory=set)  # people who do not answer: away, or left

    async def everybody_answers(self, today: date) -> None:
        """Let each person read what came, and answer as is their way."""
        for who in PEOPLE:
            if who == IN_NO_WORKSPACE or who in self.gone:
                continue
            for message in await self.living.unread(who):
                await self._answers(who, message, today)

    async def _answers(self, who: str, message: Json, today: date) -> None:
        for line in buttons_in(message):
            if owned := OWNED.match(line):
                await self._owner(who, owned[1], today)
            elif (offered := OFFERED.match(line)) and offered[1] not in self.taken:
                self.taken.add(offered[1])
                await self.living.says(who, f"/lif {line}")
            elif (waiting := WAITING.match(line)) and who not in SILENT_CHAIRS:
                await self._decides(who, waiting[1], waiting[2])

    async def _owner(self, who: str, ref: str, today: date) -> None:
        """By the item's number: four in ten are done when asked, one never is, the others come round to it."""
        self.asked[ref] += 1
        way, times = int(ref.rsplit("-", 1)[1]) % 10, self.asked[ref]
        said = ""
        if (way <= 3 and times >= 2) or (way in (4, 8) and times >= 4) or (way in (5, 9) and times >= 5):
            said = "done: the minutes of the last meeting show it"
        elif way in (4, 9):
            said = "update: a draft is with partners"
        elif way == 5 and times == 3:
            until = today + timedelta(days=45)
            said = f"more time {until.isoformat()} because the partners need to see it"
        elif way == 6 and times == 4:
            said = "cannot because the post is vacant instead we briefed the teams"
        if said:
            await self.living.says(who, f"{ref} {said}")

    async def _decides(self, who: str, what: str, ref: str) -> None:
        if what == "reassign":
            owner = next(id for id in GROUPS[ref.split("-")[0].lower()].members.split(", ") if id != who)
            await self.living.says(who, f"/lif action reassign {ref} to @{owner}")
            return
        await self.living.says(who, f"/lif action {what} {ref}")
