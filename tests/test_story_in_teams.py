"""The story of tests.test_story once more: with everybody in Teams, and with Ben in Slack and Cleo in Teams."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.postgres import Server
from tests.teams_world import teams_world
from tests.test_story import the_story


async def test_from_a_meeting_to_an_escalation_in_teams(postgres: Server, tmp_path: Path) -> None:
    async with teams_world(postgres.new_database(), tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await the_story(w)


async def test_ben_is_in_slack_and_cleo_in_teams(tmp_path: Path) -> None:
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path, "cleo") as w:
        await w.install("cleo")
        await the_story(w)


async def test_a_reply_that_quotes_an_older_reminder_answers_that_one(tmp_path: Path) -> None:
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await w.live_until("2026-01-09T10:00:00+00:00")
        for what, due in (("Audit MASH thresholds", "26 January"), ("Review the MARF form", "2 February")):
            await w.types("ben", f"/lif action add {what} owner:<@U0CLEO> due:{due}")
        await w.live_until("2026-01-19T09:00:00+00:00")
        older, newer = w.dms("cleo")[-2:]
        assert "SE-2026-001" in older
        assert "SE-2026-002" in newer
        done = await w.says("cleo", "done, slides sent", thread=older.id)
        assert "SE-2026-001 is complete" in done
        assert (await w.item("SE-2026-002"))["status"] == "not_started"
        for who in ("amina", "ben", "cleo"):
            w.dms(who)
        w.posts()


async def test_conversations_outlive_the_process(tmp_path: Path) -> None:
    """Killed and started again, lifbot still knows where to write first, and says nothing twice."""
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await w.live_until("2026-01-09T10:00:00+00:00")
        await w.types("ben", "/lif action add Audit MASH thresholds owner:<@U0CLEO> due:26 January")
        await w.stop(signal.SIGKILL)
        await w.start()
        await w.live_until("2026-01-09T10:10:00+00:00")
        (told,) = w.dms("cleo")
        assert "SE-2026-001" in told
        await w.stop(signal.SIGKILL)
        await w.start()
        await w.live_until("2026-01-12T09:00:00+00:00")
        (nudge,) = w.dms("cleo")
        assert "SE-2026-001 is due on 26 January 2026" in nudge
        w.posts()
        w.dms("amina")
        w.dms("ben")
