"""The guard over Slack's and Teams' wire: in a form, in a channel and in a direct message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.slack_limits import check
from tests.teams_world import TeamsWorld, teams_world
from tests.world import World, world

NUMBER = "943 476 5870"
CHILD = "Speak with the school of Child AB, aged 7"
LINE = "/lif action add {} owner:<@U0CLEO> due:26 January"


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[World]:
    """Everybody in Slack."""
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as it:
        await it.live_until("2026-01-09T10:00:00+00:00")
        yield it


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsWorld]:
    """Everybody in Teams."""
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as it:
        await it.install("amina", "ben", "cleo", "dev")
        await it.live_until("2026-01-09T10:00:00+00:00")
        yield it


async def texts(w: World) -> list[str]:
    return [item["text"] for item in (await w.export())["items"]]


async def test_in_slack_a_number_is_held_back_and_edit_opens_the_form_without_it(slack: World) -> None:
    answer = await slack.types("ben", LINE.format(f"Review the file of {NUMBER}"))
    assert "an NHS number (9…70)" in answer
    assert answer.buttons == ["Edit"]
    await slack.clicks("ben", answer, "Edit")
    errors = await slack.submits("ben", text=f"Review what the GP holds on {NUMBER}")
    assert list(errors) == ["text"]
    assert NUMBER not in errors["text"]
    assert await slack.submits("ben", text="Review what the GP holds") == {}
    assert "Saved as SE-2026-001" in await slack.settled_newest("ben")
    assert await texts(slack) == ["Review what the GP holds"]
    assert NUMBER not in slack.log()


async def test_in_slack_a_form_with_initials_comes_back_with_a_tick(slack: World) -> None:
    answer = await slack.types("ben", LINE.format(CHILD))
    assert answer.buttons == ["Edit", "It is not identifying"]
    await slack.clicks("ben", answer, "Edit")
    assert await slack.submits("ben") == {}
    again = slack.form("ben")
    assert check({name: value for name, value in again.items() if name != "id"}) == []
    tick = again["blocks"][-1]
    assert (tick["block_id"], tick["element"]["type"]) == ("vouched", "checkboxes")
    assert any("may be initials (AB)" in str(block.get("hint")) for block in again["blocks"])
    assert await texts(slack) == []
    assert await slack.submits("ben", vouched=["yes"]) == {}
    assert "Saved as SE-2026-001" in await slack.settled_newest("ben")
    assert await texts(slack) == [CHILD]


async def test_in_slack_words_of_somebody_in_danger_are_answered_and_not_kept(slack: World) -> None:
    answer = await slack.says("cleo", "She is being hurt tonight")
    assert "dial 999" in answer
    assert [entry["what"] for entry in (await slack.export())["log"][-1:]] == ["guard passed on"]


async def test_in_teams_the_same_line_is_held_back_and_the_form_keeps_its_note(teams: TeamsWorld) -> None:
    answer = await teams.types("ben", LINE.format(f"Review the file of {NUMBER}"))
    assert "an NHS number (9…70)" in answer
    await teams.clicks("ben", answer, "Edit")
    errors = await teams.submits("ben", text=f"Review what the GP holds on {NUMBER}")
    assert "an NHS number (9…70)" in errors["text"]
    assert await texts(teams) == []
    await teams.submits("ben", text="Review what the GP holds")
    assert await texts(teams) == ["Review what the GP holds"]
    teams.posts()


async def test_in_teams_a_form_with_initials_comes_back_with_a_tick(teams: TeamsWorld) -> None:
    answer = await teams.types("ben", LINE.format(CHILD))
    await teams.clicks("ben", answer, "Edit")
    await teams.submits("ben")
    again = teams.form("ben")
    assert "This does not identify anyone" in str(again.card)
    assert "may be initials (AB)" in again
    assert await texts(teams) == []
    await teams.submits("ben", vouched="yes")
    assert await texts(teams) == [CHILD]
    teams.posts()


async def test_in_teams_a_click_says_that_it_identifies_nobody(teams: TeamsWorld) -> None:
    answer = await teams.types("ben", LINE.format(CHILD))
    await teams.clicks("ben", answer, "It is not identifying")
    assert await texts(teams) == [CHILD]
    assert "guard cleared" in {entry["what"] for entry in (await teams.export())["log"]}
    teams.posts()
    teams.dms("ben")
