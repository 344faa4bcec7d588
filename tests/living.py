"""People of a playground who live through months: they type, press and answer over the same paths as its page does."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.visitor import Opened
from tests.world import ROOT, buttons_of, words_of

Json = dict[str, Any]
SECONDS = 600  # for a month lived through on a slow machine


@dataclass
class Living:
    """Everybody in the playground, beside its browser."""

    opened: Opened
    http: httpx.AsyncClient
    seen: dict[str, str] = field(default_factory=dict)  # the last message that each person has read in their DM

    async def _tells(self, deed: str, **told: Any) -> Json:
        answer = await self.http.post(f"{self.opened.url}/playground/{deed}", json=told)
        body: Json = answer.json()
        assert answer.status_code == 200, (deed, told, body)
        assert not body.get("trouble"), (deed, told, body)
        return body

    async def sees(self, who: str, place: str = "") -> list[Json]:
        """Return the messages of a place, the direct message with lifbot unless another is named."""
        asked = {"as": user(who), "place": place or f"D{user(who)[1:]}"}
        answer = await self.http.get(f"{self.opened.url}/playground/state", params=asked)
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()["messages"]
        return found

    async def says(self, who: str, line: str, place: str = "") -> None:
        """Type something, and look away."""
        await self._tells("say", **{"as": user(who), "place": place or f"D{user(who)[1:]}", "text": line})

    async def types(self, who: str, line: str, place: str = "") -> str:
        """Type something, and return the newest words in that place."""
        await self.says(who, line, place)
        return await self.newest(who, place)

    async def newest(self, who: str, place: str = "") -> str:
        """Return the words of the newest message of lifbot's that somebody sees in a place."""
        for _ in range(100):
            found = await self.sees(who, place)
            if found and found[-1]["author"] not in (user(who),) and found[-1]["kind"] != "echo":
                return words(found[-1])
            await asyncio.sleep(0.02)
        raise AssertionError(f"no answer to {who}")

    async def unread(self, who: str) -> list[Json]:
        """Return what lifbot has written to somebody since this was last asked."""
        every = [row for row in await self.sees(who) if row["author"] != user(who) and not row["private"]]
        new = [row for row in every if row["ts"] > self.seen.get(who, "")]
        if every:
            self.seen[who] = every[-1]["ts"]
        return new

    async def presses(self, who: str, message: Json, label: str) -> None:
        """Press the first button of a message that bears this label."""
        for block in message["blocks"]:
            for shown, element, picked in buttons_of(block):
                if shown == label:
                    told = {"action_id": element["action_id"], "block_id": block.get("block_id"), "picked": picked}
                    where = {"channel": message["channel"], "ts": message["ts"]}
                    await self._tells("click", **{"as": user(who), **told, **where})
                    return
        raise AssertionError(f"no button {label!r}")

    async def lives_until(self, moment: str) -> None:
        """Wind the clock through all the time until then."""
        await self._tells("clock", now=moment, mode="run")

    async def outbox(self) -> list[Json]:
        """Return everything that was ever promised."""
        return json.loads(await self.runs("outbox", "--format", "json"))  # type: ignore[no-any-return]  # a list of rows

    async def export(self) -> Json:
        """Return the whole log."""
        found: Json = json.loads(await self.runs("export", "--format", "json"))
        return found

    async def runs(self, *command: str) -> str:
        """Run another `bot.py` command on the playground's database."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(ROOT / "bot.py"), *command),
            env=self.opened.settings(),
            cwd=self.opened.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), 120)
        assert process.returncode == 0, err.decode()[-2000:]
        return out.decode()


def user(who: str) -> str:
    """Return somebody's id in the playground."""
    return f"U0{who.upper()}"


def words(message: Json) -> str:
    """Return all the words of a message."""
    return "\n".join(words_of(message["blocks"])) or str(message["text"])


def buttons_in(message: Json) -> list[str]:
    """Return the command lines behind a message's buttons and menus."""
    found = [value for block in message["blocks"] for _, _, value in buttons_of(block)]
    return [str(value) for value in found if value]


def weeks(first: str, count: int) -> Iterator[str]:
    """Yield Friday noon of each week from a Monday on, as local moments."""
    monday = datetime.fromisoformat(first)
    for week in range(count):
        friday = monday + timedelta(days=7 * week + 4)
        yield friday.replace(hour=12, minute=0).isoformat()


def per_week(rows: list[Json]) -> dict[str, Counter[str]]:
    """Count, for each person, what reached them in each week."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        if row["status"] == "sent" and not row["to"].startswith("#"):
            moment = datetime.fromisoformat(row["settled_at"]).isocalendar()
            found.setdefault(row["to"], Counter())[f"{moment.year}-W{moment.week:02d}"] += 1
    return found


def busiest(found: Mapping[str, Counter[str]]) -> list[tuple[int, str, str]]:
    """Return the fullest weeks, the fullest first: how many messages, who, and when."""
    every = [(count, who, week) for who, by_week in found.items() for week, count in by_week.items()]
    return sorted(every, reverse=True)
