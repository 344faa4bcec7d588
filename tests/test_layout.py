"""The program keeps to DESIGN.md: who may import whom, sizes, names, one reader of the environment, no hidden clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layout import LONGEST_FILE, LONGEST_FUNCTION, faults, function_lengths

ROOT = Path(__file__).parent.parent
FOLDERS = ("lifbot", "commands", "scheduler", "storage", "operations")
PROGRAM = sorted(
    path for part in (ROOT.glob("*.py"), *((ROOT / name).rglob("*.py") for name in FOLDERS)) for path in part
)


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_keeps_the_rules_of_the_house(path: Path) -> None:
    assert faults(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


def test_nine_functions_in_ten_are_short() -> None:
    lengths = sorted(length for path in PROGRAM for length in function_lengths(path.read_text(encoding="utf-8")))
    assert len(lengths) > 100
    assert lengths[len(lengths) * 9 // 10] < 25


ALLOWED = [
    ("lifbot/brag.py", "import re\nfrom dateutil import rrule\nimport lifbot.calendar\nfrom lifbot import message"),
    ("lifbot/policy/drift.py", "from lifbot.model import Item\nfrom .facts import Facts\nfrom .. import calendar"),
    ("lifbot/model/item.py", "from sqlalchemy import JSON"),
    ("lifbot/settings.py", "import os\nos.environ['PORT']"),
    ("lifbot/slack/render.py", "import slack_sdk.models\nfrom lifbot.message import Message"),
    ("lifbot/playground/page.py", "from starlette.routing import Route"),
    ("storage/items.py", "from sqlmodel import select\nfrom lifbot.model import Item"),
    ("commands/action.py", "from storage import items\nfrom lifbot import reports"),
    ("scheduler/clock.py", "import time\nfrom apscheduler.triggers import interval\ntime.monotonic()"),
    ("storage/clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ("bot.py", "import commands, scheduler, storage, uvicorn\nimport lifbot.slack.inbound"),
    ("storage/migrations/versions/0001_start.py", "x = 1\n" * 400),
]
REFUSED = [
    ("lifbot/brag.py", "import storage", "imports storage"),
    ("lifbot/brag.py", "import sqlalchemy", "imports sqlalchemy"),
    ("lifbot/brag.py", "import httpx", "imports httpx"),
    ("lifbot/brag.py", "from lifbot import slack", "imports lifbot.slack"),
    ("lifbot/policy/drift.py", "from ..slack import render", "imports lifbot.slack"),
    ("lifbot/policy/drift.py", "def f():\n    from storage.items import find", "imports storage.items"),
    (
        "lifbot/policy/drift.py",
        "import importlib\nimportlib.import_module('commands.action')",
        "imports commands.action",
    ),
    ("lifbot/slack/inbound.py", "import commands.dispatch", "imports commands.dispatch"),
    ("lifbot/slack/inbound.py", "from lifbot.playground import cast", "imports lifbot.playground"),
    ("lifbot/teams/sender.py", "import aiohttp", "imports aiohttp"),
    ("storage/items.py", "import commands", "imports commands"),
    ("storage/items.py", "from lifbot.slack import sender", "imports lifbot.slack"),
    ("commands/action.py", "import sqlmodel", "imports sqlmodel"),
    ("commands/action.py", "import scheduler.sweep", "imports scheduler.sweep"),
    ("scheduler/sweep.py", "import commands", "imports commands"),
    ("scheduler/sweep.py", "import bot", "imports bot"),
    ("attic.py", "", "stands in no room"),
    ("lifbot/date_utils.py", "", "is named date_utils"),
    ("storage/manager.py", "", "is named manager"),
    ("commands/action.py", "class ActionManager: ...", "has a class ActionManager"),
    ("storage/db.py", "import os\nos.getenv('DATABASE_URL')", "reads os.getenv"),
    ("storage/db.py", "from os import environ\nenviron['DATABASE_URL']", "reads os.environ"),
    ("bot.py", "import os\nprint(os.environ)", "reads os.environ"),
    ("lifbot/brag.py", "from datetime import datetime\ndatetime.now()", "reads datetime.now"),
    ("lifbot/brag.py", "import datetime as d\nd.datetime.now(d.UTC)", "reads datetime.now"),
    (
        "lifbot/brag.py",
        "from datetime import datetime\nField(default_factory=datetime.utcnow)",
        "reads datetime.utcnow",
    ),
    ("lifbot/brag.py", "from datetime import date as day\nday.today()", "reads date.today"),
    ("scheduler/sweep.py", "import time\ntime.time()", "reads time.time"),
    ("scheduler/sweep.py", "from time import time\ntime()", "reads time.time"),
    ("lifbot/brag.py", "x = 1\n" * (LONGEST_FILE + 1), f"has {LONGEST_FILE + 1} lines"),
    ("lifbot/brag.py", "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION, f"has {LONGEST_FUNCTION + 1} lines"),
]


@pytest.mark.parametrize(("path", "source"), ALLOWED)
def test_what_the_table_allows_passes(path: str, source: str) -> None:
    assert faults(path, source) == []


@pytest.mark.parametrize(("path", "source", "said"), REFUSED)
def test_what_it_does_not_is_named(path: str, source: str, said: str) -> None:
    found = faults(path, source)
    assert len(found) == 1
    assert found[0].startswith(f"{path}: ")
    assert said in found[0]
