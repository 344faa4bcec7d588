"""Slack's refusals and silences, as the partnership lives through them: late rather than never, once, and named."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lifbot.playground.cast import BOT, dm_of
from lifbot.playground.wire import Wire
from tests.world import FILE, SE, SECRET, World, world

MONTHLY = FILE.replace("INTERVAL=2", "INTERVAL=1")
GUS = "  - {id: gus, name: Gus Lane, agency: council, slack: U0LEFT3}"
GONE = (  # the partnership chair, an owner and one of the business unit have left the workspace
    MONTHLY.replace("business_unit: [amina]", "business_unit: [gus, amina]")
    .replace("slack: U0DEV", "slack: U0LEFT1")
    .replace("email: fay@example.org}", f"slack: U0LEFT2}}\n{GUS}")
)
NUDGED = "2026-01-26T09:00:00+00:00"  # a Monday, fourteen days before the date: reminders and digests


@asynccontextmanager
async def three_owners(
    folder: Path, file: str = MONTHLY, now: str = "2026-01-23T10:00:00+00:00"
) -> AsyncIterator[World]:
    """A partnership in which three people have each just been given an action that is due on 9 February."""
    async with world(f"sqlite:///{folder / 'lifbot.db'}", folder, file=file) as w:
        await w.live_until(now)
        for owner in ("amina", "ben", "cleo"):
            await w.types("ben", f"/lif action add Review the toolkit owner:@{owner} due:9 February")
        yield w


def read(w: World) -> dict[str, list[str]]:
    """Everything new that anybody was sent."""
    return {who: [each.text for each in w.dms(who)] for who in ("amina", "ben", "cleo")} | {
        "group": [each.text for each in w.posts()]
    }


def keys(w: World) -> Counter[str]:
    """How often each promise arrived."""
    places = (SE, *(dm_of(f"U0{who.upper()}") for who in ("amina", "ben", "cleo", "dev")))
    found = [m.metadata for place in places for m in w.workspace.messages.in_place(place, None, 500)]
    return Counter(each["event_payload"]["key"] for each in found if each)


async def outbox(w: World) -> list[dict[str, Any]]:
    """What waits, was sent and was given up."""
    rows: list[dict[str, Any]] = json.loads(await w.run("outbox", "--format", "json"))
    return rows


async def test_whatever_slack_answers_each_message_arrives_once(tmp_path: Path) -> None:
    """Too fast, out of order, cut off before and after it was taken: told a little later, and not told twice."""
    async with three_owners(tmp_path) as w:
        await w.live_until("2026-01-23T10:30:00+00:00")
        read(w)
        say = "chat.postMessage"
        w.workspace.fail_next(say, status=429, retry_after=7)
        w.workspace.fail_next(say, status=503)
        w.workspace.fail_next(say, drop=True)
        w.workspace.fail_next(say, drop=True, after=True)
        w.workspace.fail_next(say, status=500, after=True)
        began = time.monotonic()
        await w.live_until(NUDGED)
        took = time.monotonic() - began
        print(f"answered after {took:.1f} s")
        assert 7 <= took < 40
        said = read(w)
        assert {who: len(texts) for who, texts in said.items()} == {"amina": 2, "ben": 1, "cleo": 1, "group": 1}
        assert set(keys(w).values()) == {1}
        assert {row["status"] for row in await outbox(w)} <= {"sent", "dropped"}

        moving = asyncio.create_task(w.clock("2026-02-16T10:00:00+00:00"))
        while not moving.done():
            began = time.monotonic()
            listed = await w.types("ben", "/lif action list")
            assert time.monotonic() - began < 3
            assert "SE-2026-003" in listed
            await asyncio.sleep(0.1)
        assert (await moving).status_code == 200
        read(w)


async def test_a_refused_token_keeps_everything_waiting_and_is_named(tmp_path: Path) -> None:
    """Nothing is given up, operators see why, and it all goes out once the token is good again."""
    async with three_owners(tmp_path) as w:
        await w.live_until("2026-01-23T10:30:00+00:00")
        read(w)
        w.workspace.fail_next("chat.postMessage", error="invalid_auth", times=5)
        moving = asyncio.create_task(w.clock(NUDGED))
        await asyncio.sleep(2)
        waiting = [row for row in await outbox(w) if row["status"] == "waiting" and row["error"] == "invalid_auth"]
        assert len(waiting) == 5
        answer = await w.types("ben", "/lif action list")
        assert "SE-2026-001" in answer
        assert (await moving).status_code == 200
        assert len(read(w)["cleo"]) == 1
        assert set(keys(w).values()) == {1}


async def test_those_who_cannot_be_reached_are_named_and_their_part_goes_on(tmp_path: Path) -> None:
    """An owner, the partnership chair, one of the business unit and a channel: others hear of it, once a week each."""
    async with three_owners(tmp_path, GONE, "2026-02-02T10:00:00+00:00") as w:
        await w.types("ben", "/lif action add Audit the thresholds owner:@fay due:9 February")
        w.workspace.remove(SE, BOT)
        await w.live_until("2026-02-10T12:00:00+00:00")
        said = read(w)
        agendas = [text for text in said["ben"] if "Matters arising" in text]
        assert len(agendas) == 1
        assert "For the meeting on Thursday 12 February 2026" in agendas[0]
        assert said["group"] == []
        unreached = [text.split("\n")[0] for text in said["amina"] if "could not be delivered" in text]
        of_the_group = [
            text for text in unreached if "Safeguarding Effectiveness Subgroup: lifbot is not in the channel" in text
        ]
        assert len(of_the_group) == 1
        asked = [text for text in said["amina"] if "Slack does not take messages to Fay O'Brien any more." in text]
        assert len(asked) == 1
        assert "They have left" in asked[0]
        passed_on = [text for text in said["amina"] if "To pass on" in text and "SE-2026-004" in text]
        assert len(passed_on) == 2  # three days before, and on the day

        await w.live_until("2026-03-13T09:00:00+00:00", "jump")
        asked = [text for text in read(w)["amina"] if "is still open after two meetings" in text]
        assert [text[:11] for text in sorted(asked)] == [f"SE-2026-00{n}" for n in (1, 2, 3, 4)]
        rows = await outbox(w)
        assert {row["status"] for row in rows if row["to"] in ("dev", "gus", "fay")} <= {"given_up", "dropped"}
        assert not [row["key"] for row in rows if row["key"].count("undelivered") > 1]
        assert set(keys(w).values()) == {1}


async def test_a_deactivated_account_is_asked_about_and_its_part_is_passed_on(tmp_path: Path) -> None:
    """Slack says so itself, by its own signed event; the agency's link and the business unit are asked once."""
    async with three_owners(tmp_path, MONTHLY.replace("ld_link: cleo", "ld_link: ben")) as w:
        await w.live_until("2026-01-23T10:30:00+00:00")
        read(w)
        user = {"id": "U0CLEO", "team_id": "T0001", "deleted": True}
        wire = Wire(f"{w.url}/slack/events", SECRET)
        body = {"type": "event_callback", "team_id": "T0001", "event": {"type": "user_change", "user": user}}
        for _ in range(2):  # Slack may send it again
            assert (await wire.event({**body, "event_id": "Ev1"})).ok
        await wire.close()
        await w.live_until(NUDGED)
        said = read(w)
        for who in ("amina", "ben"):
            asked = [text for text in said[who] if "Slack does not take messages to Cleo Hart any more." in text]
            assert len(asked) == 1
        assert [text for text in said["ben"] if "To pass on" in text and "SE-2026-003" in text]
        assert said["cleo"] == []
