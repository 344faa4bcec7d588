"""People and groups in Teams, in Slack, or in both: where a message goes, and what becomes of it where it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands import dispatch
from lifbot.message import Incoming, Parcel, Place, Receipt
from lifbot.partnership_file import FaultyFile, read
from scheduler.deliver import deliver
from storage.setup import apply
from tests.ready import with_tables
from tests.teams_world import directory_id, teams_world
from tests.world import FILE, ROOT

LOGGED = datetime(2026, 1, 9, 10, tzinfo=UTC)
TENANT, CHANNEL = "7D1B0000-0000-4000-8000-0000000007E5", "19:se@thread.tacv2"
CLEO = "7F3C0000-0000-4000-8000-000000000C1E"
BOTH = FILE.replace("slack_team: T0001", f"slack_team: T0001, teams_tenant: {TENANT}").replace(
    "slack: U0CLEO}", f"slack: U0CLEO, teams: {CLEO}}}"
)
PREFERS = BOTH.replace(f"teams: {CLEO}}}", f"teams: {CLEO}, prefers: teams}}")
IN_TEAMS = PREFERS.replace("slack: U0CLEO, ", "")
CHANNELS = PREFERS.replace("slack_channel: C0SE", f'slack_channel: C0SE\n    teams_channel: "{CHANNEL}"')


class Way:
    """A way out that takes everything."""

    def __init__(self) -> None:
        self.to: list[str] = []

    async def send(self, parcel: Parcel) -> Receipt:
        """Take a message."""
        self.to.append(parcel.address.to)
        return Receipt("D1", str(len(self.to)))


async def told(folder: Path, file: str, *connected: str, line: str = "") -> dict[str, list[str]]:
    """Where it is said that Cleo has a new action, with these platforms connected."""
    db = with_tables(f"sqlite:///{folder / 'lifbot.db'}")
    with db.begin() as session:
        apply(session, read(file), LOGGED, remove=False)
    typed = line or "action add Audit MASH thresholds owner:@cleo due:27 February"
    dispatch.handle(db, Incoming("slack", "T0001", "U0BEN", Place("C0SE", False), typed, LOGGED))
    ways = {name: Way() for name in connected}
    await deliver(db, ways, LOGGED + timedelta(minutes=5))
    db.close()
    return {name: way.to for name, way in ways.items() if way.to}


@pytest.mark.parametrize(
    ("file", "connected", "to"),
    [
        (FILE, ("slack", "teams"), {"slack": ["U0CLEO"]}),
        (BOTH, ("slack", "teams"), {"slack": ["U0CLEO"]}),
        (BOTH, ("teams",), {"teams": [CLEO.lower()]}),
        (PREFERS, ("slack", "teams"), {"teams": [CLEO.lower()]}),
        (PREFERS, ("slack",), {"slack": ["U0CLEO"]}),
        (IN_TEAMS, ("slack", "teams"), {"teams": [CLEO.lower()]}),
        (IN_TEAMS, ("slack",), {}),
    ],
)
async def test_a_person_is_written_to_where_they_prefer_among_what_is_connected(
    tmp_path: Path, file: str, connected: tuple[str, ...], to: dict[str, list[str]]
) -> None:
    assert await told(tmp_path, file, *connected) == to


@pytest.mark.parametrize(
    ("file", "connected", "to"),
    [
        (CHANNELS, ("slack", "teams"), {"slack": ["C0SE"]}),
        (CHANNELS, ("teams",), {"teams": [CHANNEL]}),
        (CHANNELS.replace("slack_channel: C0SE\n", "\n"), ("slack", "teams"), {"teams": [CHANNEL]}),
    ],
)
async def test_a_group_meets_on_either_platform(
    tmp_path: Path, file: str, connected: tuple[str, ...], to: dict[str, list[str]]
) -> None:
    assert await told(tmp_path, file, *connected, line="meeting post SE") == to


def test_a_preference_is_for_a_platform_that_there_is() -> None:
    with pytest.raises(FaultyFile, match="prefers"):
        read(PREFERS.replace("prefers: teams", "prefers: pigeon"))


async def test_somebody_who_has_not_added_lifbot_is_named_and_their_messages_wait(tmp_path: Path) -> None:
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        w.teams.strangers |= {directory_id("cleo")}
        await w.install("amina", "ben", "dev")
        await w.live_until("2026-01-09T10:00:00+00:00")
        await w.types("ben", "/lif action add Audit MASH thresholds owner:<@U0CLEO> due:26 January")
        await w.live_until("2026-01-09T10:10:00+00:00")
        (named,) = w.dms("amina")
        assert "Cleo Hart has not added lifbot in Teams yet, so a message waits." in named
        await w.live_until("2026-01-11T12:00:00+00:00")
        assert w.dms("amina") == []  # once a week
        await w.live_until("2026-01-12T09:05:00+00:00")
        assert any("Cleo Hart has not added lifbot" in each for each in w.dms("amina"))
        waiting = [row for row in json.loads(await w.run("outbox", "--format", "json")) if row["status"] == "waiting"]
        assert {row["error"] for row in waiting} == {"has not added lifbot yet"}

        await w.install("cleo")
        await w.live_until("2026-01-12T09:06:00+00:00")
        assert any("SE-2026-001" in each for each in w.dms("cleo"))
        assert "waiting" not in {row["status"] for row in json.loads(await w.run("outbox", "--format", "json"))}
        w.dms("ben")
        w.posts()


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"CLIENT_ID": "x"}, "CLIENT_SECRET"),
        ({"CLIENT_ID": "x", "CLIENT_SECRET": "y", "TENANT_ID": " , "}, "TENANT_ID"),
    ],
)
def test_what_teams_still_lacks_is_said_in_one_line(tmp_path: Path, given: dict[str, str], lacks: str) -> None:
    line = [sys.executable, str(ROOT / "bot.py")]
    ended = subprocess.run(line, cwd=tmp_path, env=given, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"bot.py: CLIENT_ID is set, but {lacks}")
    assert ended.stderr.count("\n") == 1
