"""What a start loads: nothing that only some bots, or only some commands, need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STARTED = """
import asyncio, json, sys
from starlette.applications import Starlette
from lifbot.settings import load
from operations import running
from operations.program import Program

async def start():
    async with Program(load()).running(Starlette()):
        print(json.dumps(sorted(sys.modules)))

asyncio.run(start())
"""
HEAVY = ("alembic", "cryptography", "docx", "holidays", "httpx", "jwt", "matplotlib", "openpyxl", "prometheus_client")
ROOMS = ("lifbot.playground", "lifbot.teams", "operations.stage")


def loaded(*arguments: str, **environment: str) -> set[str]:
    """Return the modules that a fresh Python has loaded once it has run this."""
    ran = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def of_a_bot_in_slack(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    database = tmp_path_factory.mktemp("start") / "lifbot.db"
    environment = {
        "DATABASE_URL": f"sqlite:///{database}",
        "SLACK_SIGNING_SECRET": "a secret",
        "SLACK_BOT_TOKEN": "xoxb-start",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    loaded("-c", STARTED, **environment)  # makes the database
    return loaded("-c", STARTED, **environment)


@pytest.mark.parametrize("name", [*HEAVY, *ROOMS])
def test_a_bot_in_slack_starts_without(name: str, of_a_bot_in_slack: set[str]) -> None:
    assert "slack_bolt" in of_a_bot_in_slack
    assert {each for each in of_a_bot_in_slack if each == name or each.startswith(f"{name}.")} == set()


def test_the_help_of_the_command_line_loads_no_library_at_all() -> None:
    code = "import bot, json, sys; bot.parser().format_help(); print(json.dumps(sorted(sys.modules)))"
    found = loaded("-c", code)
    assert found & {"slack_bolt", "sqlalchemy", "sqlmodel", "pydantic", "starlette", "uvicorn", "apscheduler"} == set()
