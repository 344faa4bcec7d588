"""The story of tests.test_story once more: with everybody in Teams, and with Ben in Slack and Cleo in Teams."""

from __future__ import annotations

from pathlib import Path

from tests.teams_world import TeamsWorld, teams_world
from tests.test_story import (
    log_three_actions,
    reminders_and_replies,
    returned_to_the_group,
    the_chair_decides,
    two_meetings_pass,
)


async def the_story(w: TeamsWorld) -> None:
    await w.live_until("2026-01-09T10:00:00+00:00")
    await log_three_actions(w)
    await w.live_until("2026-01-09T10:10:00+00:00")
    (told,) = w.dms("cleo")
    assert all(f"SE-2026-00{number}" in told for number in (1, 2, 3))
    which = await w.says("cleo", "done")
    assert "Which one do you mean" in which
    assert all(item["status"] == "not_started" for item in (await w.export())["items"])
    await reminders_and_replies(w)
    await the_chair_decides(w)
    await two_meetings_pass(w)
    await returned_to_the_group(w)
    for who in ("amina", "ben", "cleo"):
        w.dms(who)
    w.posts()


async def test_from_a_meeting_to_an_escalation_in_teams(database_url: str, tmp_path: Path) -> None:
    async with teams_world(database_url, tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await the_story(w)


async def test_ben_is_in_slack_and_cleo_in_teams(database_url: str, tmp_path: Path) -> None:
    async with teams_world(database_url, tmp_path, "cleo") as w:
        await w.install("cleo")
        await the_story(w)
