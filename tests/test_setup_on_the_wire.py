"""Setting up by chat over Slack's and Teams' wire: people who are picked are asked of the platform by their ids."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from lifbot.message import Field, Form, Incoming, Message, say
from lifbot.playground import deeds
from lifbot.slack.render import form_view
from tests.slack_wire import NOW, on_the_wire
from tests.teams_limits import nodes
from tests.teams_world import TeamsWorld, directory_id, teams_world
from tests.world import FILE, World, world

PICKED = Form("Members", "group members group:se", (Field("members", "Members", "accounts"),))
RHYTHM = "every other Wednesday at 14:00"
HELD = '{"command": "x", "place": {"channel": "C0SE", "direct": false}, "origin": {"channel": "C0SE", "stays": false}}'
WITHOUT_NAMES = Message((), "I cannot see their names.", unnamed=("U0EVE", "U0BOT", "U0GONE"))
UNSERVED = FILE.replace("slack_team: T0001", "slack_team: T0002")


@pytest.fixture
async def w(tmp_path: Path) -> AsyncIterator[World]:
    """The partnership in Slack; Eve is in the workspace and not in the partnership."""
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as it:
        await it.live_until("2026-01-09T10:00:00+00:00")
        yield it


async def written(w: World) -> dict[str, object]:
    """Return the partnership's file as it stands."""
    await w.run("setup", "--write", "written.yaml")
    found: dict[str, object] = yaml.safe_load((w.folder / "written.yaml").read_text(encoding="utf-8"))
    return found


def entry(file: dict[str, object], section: str, id: str) -> dict[str, object]:
    return next(each for each in file[section] if each["id"] == id)  # type: ignore[attr-defined]  # as YAML gives it


# --- Slack ------------------------------------------------------------------------------------------------------


async def test_somebody_picked_in_slack_is_added_with_the_name_that_slack_tells(w: World) -> None:
    await deeds.say(w.playground.stage, "U0AMINA", "C0SE", "/lif group edit SE")
    assert [block["element"]["type"] for block in w.form("amina")["blocks"] if block["type"] == "input"] == [
        *("plain_text_input", "plain_text_input", "conversations_select", "users_select", "users_select"),
        *("multi_users_select", "multi_static_select", "plain_text_input"),
    ]
    errors = await w.submits(
        "amina", chair="U0CLEO", members=["U0AMINA", "U0EVE"], meets="every other Wednesday at 14:00"
    )
    assert errors == {}
    answer = await w.settled_newest("amina")
    assert "Safeguarding Effectiveness Subgroup is changed." in answer
    assert "New in the partnership: Eve Marsh." in answer
    await w.clicks("amina", answer, "Yes, these dates")
    assert "Next: Wednesday 14 January 2026 at 14:00" in await w.settled_newest("amina")
    file = await written(w)
    se = entry(file, "groups", "se")
    assert (se["chair"], sorted(se["members"])) == ("cleo", ["amina", "eve"])  # type: ignore[call-overload]  # as YAML gives it
    assert se["meetings"] == {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "start": "2026-01-14T14:00"}
    assert entry(file, "people", "eve") == {"id": "eve", "name": "Eve Marsh", "slack": "U0EVE"}
    assert "nothing changed" in await w.run("setup", "written.yaml")


async def test_a_partnership_is_made_with_a_code_in_a_workspace_that_has_none(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path, file=UNSERVED) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        assert "python bot.py code" in await w.types("amina", "/lif setup")
        assert "does not know this account" in await w.types("amina", "/lif help")
        code = (await w.run("code")).split("\n")[0]
        await deeds.say(w.playground.stage, "U0AMINA", "C0SE", f"/lif setup code:{code}")
        await w.submits("amina", name="Leeds Safeguarding Partnership", abbreviation="LSP")
        welcome = await w.settled_newest("amina")
        assert "Leeds Safeguarding Partnership is set up. Thank you." in welcome
        assert "Next: agencies" in welcome.buttons
        assert "does not know this account" in await w.types("ben", "/lif setup")
        assert "Name one with --partnership" in await w.run("setup", "--write", "x.yaml", expect=2)
        await w.run("setup", "--write", "leeds.yaml", "--partnership", "lsp")
        assert code not in w.log()
        file = yaml.safe_load((w.folder / "leeds.yaml").read_text(encoding="utf-8"))
        assert file == {
            "partnership": {
                "id": "lsp",
                "name": "Leeds Safeguarding Partnership",
                "abbreviation": "LSP",
                "timezone": "Europe/London",
                "business_unit": ["amina"],
                "slack_team": "T0001",
            },
            "people": [{"id": "amina", "name": "Amina Yusuf", "slack": "U0AMINA"}],
        }


async def test_slack_is_asked_for_names_once_and_only_where_they_are_needed() -> None:
    def says(incoming: Incoming) -> Message:
        return say("Added.") if incoming.names else WITHOUT_NAMES

    async with on_the_wire() as wire:
        wire.says = says
        wire.slack.answer("users.info", {"ok": True, "user": {"id": "U0EVE", "profile": {"real_name": "Eve Marsh"}}})
        wire.slack.answer("users.info", {"ok": True, "user": {"id": "U0BOT", "is_bot": True, "real_name": "A bot"}})
        wire.slack.answer("users.info", {"ok": False, "error": "user_not_found"})
        view = form_view(PICKED, HELD)
        answer = await wire.submit(view, members={"type": "multi_users_select", "selected_users": ["U0EVE"]})
    assert answer.status_code == 200
    first, second = wire.heard
    assert first.fields == second.fields == (("members", "<@U0EVE>"),)
    assert (first.names, len(second.names)) == ((), 1)
    assert sorted(call["user"] for call in wire.slack.called("users.info")) == ["U0BOT", "U0EVE", "U0GONE"]
    assert second.at == NOW


async def test_a_slack_that_does_not_answer_costs_a_name_and_not_the_form() -> None:
    async with on_the_wire() as wire:
        wire.says = lambda incoming: Message((), "I cannot see the name.", unnamed=("U0EVE",))
        wire.slack.silence("users.info", 30)
        answer = await wire.command("group members SE add:<@U0EVE|eve>")
    assert answer.status_code == 200
    assert len(wire.heard) == 1


# --- Teams ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def t(tmp_path: Path) -> AsyncIterator[TeamsWorld]:
    """Everybody in Teams, with the bot in their channel."""
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as it:
        await it.live_until("2026-01-09T10:00:00+00:00")
        await it.install("amina", "ben", "cleo", "dev")
        it.teams.members = [{"id": "29:eve", "name": "Eve Marsh", "aadObjectId": directory_id("eve")}]
        yield it


async def test_somebody_picked_in_teams_is_added_with_the_name_of_the_teams_roster(t: TeamsWorld) -> None:
    form = await t.types("amina", "/lif group edit SE")
    drawn = {node["id"]: node for node in nodes(form.card) if node["type"].startswith("Input.")}
    assert drawn["chair"]["choices.data"]["dataset"] == "graph.microsoft.com/users"
    assert drawn["chair"]["value"] == directory_id("ben")
    assert drawn["channel"]["choices"][0]["title"] == "The channel where you ask"
    both = ",".join(map(directory_id, ("amina", "eve")))
    errors = await t.submits("amina", chair=directory_id("cleo"), members=both)
    assert errors == {}
    assert "New in the partnership: Eve Marsh." in (await t.settled_newest("amina")).text
    file = await written(t)
    assert entry(file, "people", "eve") == {"id": "eve", "name": "Eve Marsh", "teams": directory_id("eve")}
    assert entry(file, "groups", "se")["chair"] == "cleo"


async def test_in_ones_own_chat_an_unknown_name_is_asked_for_beside_the_field(t: TeamsWorld) -> None:
    t.teams.members = []
    await t.says("amina", "group members SE")
    errors = await t.submits("amina", members=directory_id("eve"))
    assert "I cannot see the name of one person whom you picked" in errors["members"]
    assert "Type person add" in errors["members"]
    await t.says("amina", "person add")
    assert await t.submits("amina", account=directory_id("eve"), name="Eve Marsh") == {}
    assert "Eve Marsh is in the partnership now." in (await t.settled_newest("amina")).text
