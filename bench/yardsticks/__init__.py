"""What lifbot is measured against: other bots, which know nobody and check nothing, and APScheduler's job store.

A bot's module holds `web`, its web application. It acknowledges /lif with what lifbot answered to the same, made
beforehand; those that store put the rows into their database that `/lif action add` leaves in lifbot's.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from slack_bolt.authorization import AuthorizeResult

from bench.partnership import PARTNERSHIP
from lifbot.model import Item, LogEntry, Outbox

QUIET = logging.getLogger("bench.bolt")
QUIET.setLevel(logging.ERROR)
TOKEN = "xoxb-bench"
NUMBERS = itertools.count(1)


def answers() -> dict[str, Any]:
    """Return what to acknowledge with, by what was typed first."""
    found: dict[str, Any] = json.loads(Path(os.environ["BENCH_ANSWERS"]).read_text(encoding="utf-8"))
    return found


def database() -> str:
    """Return the address of the database that a bot stores into."""
    return os.environ["BENCH_DATABASE"]


def installed() -> AuthorizeResult:
    """Return the installation without asking Slack, as lifbot does."""
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=TOKEN)


def item() -> Item:
    """Return a new action."""
    number, now = next(NUMBERS), datetime.now(UTC)
    return Item(
        partnership_id=PARTNERSHIP,
        group_id="g0",
        ref=f"G0-2026-{number:03d}",
        number=number,
        text="Audit MASH thresholds",
        owner="p10",
        agency="council",
        timescale_text="31 March",
        due_on=date(2027, 3, 31),
        original_due_on=date(2027, 3, 31),
        created_at=now,
        created_by="p0",
        told_on=now.date(),
        look_again_at=now,
    )


def entry(of: Item) -> LogEntry:
    """Return who logged an action, and what it was then."""
    after = of.model_dump(mode="json", exclude={"id", "partnership_id", "look_again_at"})
    return LogEntry(
        partnership_id=PARTNERSHIP, at=of.created_at, by="p0", what="action add", item_id=of.id, after=after
    )


def promise(of: Item) -> Outbox:
    """Return the promise to tell an action's owner."""
    return Outbox(
        partnership_id=PARTNERSHIP,
        key=f"change/p10/{of.created_at.isoformat()}/{of.id}",
        occasion="change",
        person="p10",
        about={"changes": [[of.id, "assigned"]]},
        created_at=of.created_at,
        not_before=of.created_at,
    )
