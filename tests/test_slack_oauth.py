"""Many workspaces: each installs lifbot for itself, is answered with its own token, and may leave again."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lifbot.errors import LifError
from operations.check import check
from operations.program import Program
from storage.clock import real
from storage.installations import every
from storage.seal import Seal
from tests.many_slacks import (
    CLIENT_SECRET,
    KEY,
    Bot,
    ManySlacks,
    load,
    many_slacks,
    running,
    settings,
    state_in,
    token_of,
)

WHOLE_ORGANISATION = {
    "ok": True,
    "access_token": token_of("T1"),
    "is_enterprise_install": True,
    "enterprise": {"id": "E1"},
}
DM = {"type": "message", "channel_type": "im", "text": "help", "ts": "17.1"}


@pytest.fixture
async def slack() -> AsyncIterator[ManySlacks]:
    async with many_slacks() as slack:
        yield slack


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two partnerships, each in a workspace of its own."""
    file = tmp_path_factory.mktemp("loaded") / "lifbot.db"
    load(f"sqlite:///{file}", kirklees="T1", leeds="T2")
    return file


@pytest.fixture
def url(loaded: Path, tmp_path: Path) -> str:
    """The address of a copy of it."""
    return f"sqlite:///{shutil.copy(loaded, tmp_path / 'lifbot.db')}"


@pytest.fixture
async def bot(url: str, slack: ManySlacks) -> AsyncIterator[Bot]:
    async with running(settings(url, slack), slack) as bot:
        yield bot


async def logged(bot: Bot, team: str) -> None:
    """Let the chair log an action for Cleo, who is to be told."""
    said = await bot.command(team, "BEN", f"action add Audit thresholds owner:<@U{team}CLEO> due:31 March")
    assert "SE-2026-0" in said


async def wrong(url: str, slack: ManySlacks, **more: Any) -> list[str]:
    return [text for good, text in await check(settings(url, slack, **more)) if not good]


# --- installing -------------------------------------------------------------------------------------------------


async def test_two_workspaces_install_and_each_is_served_with_its_own_token(bot: Bot, slack: ManySlacks) -> None:
    for team in ("T1", "T2"):
        page = await bot.install(team)
        assert page.status_code == 200
        assert f"slack_team: {team}" in page.text
        assert "Kirklees &lt;b&gt;" in page.text
    for team in ("T1", "T2"):
        await logged(bot, team)
        await bot.event(team, {**DM, "channel": f"D{team}", "user": f"U{team}BEN"})
    assert await bot.deliver() == [("kirklees", "sent", None), ("leeds", "sent", None)]
    for team in ("T1", "T2"):
        told = [args["channel"] for args in slack.called(team, "chat.postMessage")]
        assert sorted(told) == sorted([f"D{team}", f"DU{team}CLEO"])


async def test_a_form_opens_with_the_workspaces_own_token_and_nothing_is_asked_on_the_way(
    bot: Bot, slack: ManySlacks
) -> None:
    await bot.install("T2")
    slack.calls.clear()
    assert await bot.command("T2", "BEN", "action add") == ""
    assert [(team, method) for team, method, _ in slack.calls] == [("T2", "views.open")]


async def test_slack_is_asked_for_what_is_needed_and_knows_the_way_back(bot: Bot) -> None:
    back, answer = await bot.begin()
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert answer.status_code == 302
    assert asked["redirect_uri"] == ["http://127.0.0.1:3000/slack/oauth_redirect"]
    assert asked["state"] == [state_in(back)]
    assert "user_scope" not in asked
    assert "HttpOnly" in answer.headers["set-cookie"]


async def test_at_the_real_slack_the_way_back_is_the_manifests_and_the_cookie_needs_tls(url: str) -> None:
    real_slack = ManySlacks(base_url="https://slack.com/api/")
    async with running(settings(url, real_slack, lifbot_time_travel=False), real_slack) as bot:
        answer = await bot.browser.get("/slack/install")
    location = answer.headers["location"]
    assert location.startswith("https://slack.com/oauth/v2/authorize?")
    assert "redirect_uri" not in location
    assert "Secure" in answer.headers["set-cookie"]


async def test_installations_outlive_a_restart(database_url: str, slack: ManySlacks) -> None:
    load(database_url, kirklees="T1", leeds="T2")
    async with running(settings(database_url, slack), slack) as bot:
        back, _ = await bot.begin()
        pages = await asyncio.gather(bot.browser.get(back), bot.browser.get(back))
        assert sorted(page.status_code for page in pages) == [200, 401]  # once, also in the same moment
    async with running(settings(database_url, slack), slack) as bot:
        await logged(bot, "T1")
        assert await bot.deliver() == [("kirklees", "sent", None)]


# --- what is no installation ------------------------------------------------------------------------------------


async def refused(bot: Bot, address: str, status: int, words: str) -> None:
    page = await bot.browser.get(address)
    assert (page.status_code, words in page.text) == (status, True)
    with bot.program.db.begin() as session:
        assert every(session) == []


async def test_a_state_of_another_browser_is_refused(bot: Bot) -> None:
    back, _ = await bot.begin()
    bot.browser.cookies.clear()
    await refused(bot, back, 400, "This browser did not begin the installation.")


@pytest.mark.parametrize("state", ["forged", "", "é", "gAAAAAB" + "x" * 93])
async def test_a_forged_state_is_refused_even_with_its_cookie(bot: Bot, state: str) -> None:
    bot.browser.headers["cookie"] = f"slack-app-oauth-state={state}".encode().decode("latin-1")
    answer = await bot.browser.get("/slack/oauth_redirect", params={"code": "1", "state": state})
    assert answer.status_code in (400, 401)
    assert "lifbot was not installed" in answer.text


async def test_a_state_of_another_key_or_of_more_than_ten_minutes_ago_is_refused(bot: Bot) -> None:
    for state in (Seal(KEY).stamp(real() - timedelta(seconds=610)), Seal("another key").stamp(real())):
        bot.browser.cookies.set("slack-app-oauth-state", state, domain="127.0.0.1")
        await refused(bot, f"/slack/oauth_redirect?code=1&state={state}", 401, "more than ten minutes ago")


async def test_a_state_is_good_once(bot: Bot) -> None:
    back, answer = await bot.begin()
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert (await bot.browser.get(back)).status_code == 200
    again = await bot.browser.get(back, headers={"cookie": cookie})
    assert again.status_code == 401
    assert "finished already" in again.text


async def test_who_decides_against_it_is_told_that_nothing_changed(bot: Bot) -> None:
    await refused(bot, "/slack/oauth_redirect?error=access_denied", 200, "You chose not to install it.")
    page = await bot.browser.get("/slack/oauth_redirect?error=<script>alert(1)</script>")
    assert "<script>" not in page.text


async def test_a_code_that_slack_refuses_installs_nothing(bot: Bot, slack: ManySlacks) -> None:
    back, _ = await bot.begin()
    slack.codes.clear()
    await refused(bot, back, 401, "Slack did not accept the code.")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"ok": True}, "single workspaces only"),
        (WHOLE_ORGANISATION, "single workspaces only"),
        ({"ok": True, "team": "T1"}, "Slack did not answer as expected."),
    ],
)  # fmt: skip
async def test_what_is_no_single_workspaces_installation_is_refused(
    bot: Bot, slack: ManySlacks, answer: dict[str, Any], words: str
) -> None:
    slack.access = answer
    back, _ = await bot.begin()
    page = await bot.browser.get(back)
    assert page.status_code >= 500
    assert words in page.text


# --- secrets ----------------------------------------------------------------------------------------------------


def in_files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("lifbot.db*"))


async def test_no_token_can_be_read_in_the_database_or_in_the_log(
    bot: Bot, tmp_path: Path, slack: ManySlacks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await bot.install("T1")
    await logged(bot, "T1")
    await bot.deliver()
    back, _ = await bot.begin()
    slack.codes.clear()
    await bot.browser.get(back)
    kept = in_files(tmp_path)
    assert b"T1" in kept
    assert token_of("T1").encode() not in kept
    assert b"not-to-be-seen" not in kept
    ours = "\n".join(line.getMessage() for line in caplog.records if line.name.startswith(("lifbot", "slack")))
    assert "installed in the workspace T1" in ours
    assert not [word for word in ("not-to-be-seen", KEY, CLIENT_SECRET) if word in ours]


async def test_with_another_key_messages_wait_and_check_says_so_until_the_key_is_back(
    url: str, slack: ManySlacks
) -> None:
    async with running(settings(url, slack), slack) as bot:
        await bot.install("T1")
    async with running(settings(url, slack, lifbot_secret_key="another key"), slack) as bot:
        await logged(bot, "T1")
        assert await bot.deliver() == [("kirklees", "waiting", "secret_key")]
    said = await wrong(url, slack, lifbot_secret_key="another key")
    assert any(line.startswith("Slack workspace T1: LIFBOT_SECRET_KEY does not open its token") for line in said)


async def test_a_new_key_before_the_old_one_takes_its_place(url: str, slack: ManySlacks) -> None:
    async with running(settings(url, slack), slack) as bot:
        await bot.install("T1")
    async with running(settings(url, slack, lifbot_secret_key=f"the new key, {KEY}"), slack):
        pass  # it has started: that seals everything anew
    async with running(settings(url, slack, lifbot_secret_key="the new key"), slack) as bot:
        await logged(bot, "T1")
        assert await bot.deliver() == [("kirklees", "sent", None)]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("lifbot_secret_key", "SLACK_CLIENT_ID is set, but LIFBOT_SECRET_KEY, which encrypts the tokens, is not."),
        ("slack_client_secret", "SLACK_CLIENT_ID is set, but SLACK_CLIENT_SECRET is not."),
        ("slack_client_id", "SLACK_CLIENT_SECRET is set, but SLACK_CLIENT_ID is not."),
    ],
)
async def test_what_is_missing_is_named_at_the_start_and_by_check(
    url: str, slack: ManySlacks, missing: str, said: str
) -> None:
    with pytest.raises(LifError) as raised:
        Program(settings(url, slack, **{missing: None}))
    assert raised.value.text.startswith(said)
    assert [
        line for line in await wrong(url, slack, **{missing: None}) if line.startswith(f"Slack installation: {said}")
    ]


# --- leaving ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UT1LIF"]}}]
)
async def test_where_lifbot_was_removed_messages_wait_until_it_is_back(
    bot: Bot, url: str, slack: ManySlacks, event: dict[str, Any]
) -> None:
    await bot.install("T1")
    await bot.event("T1", event, event_time=int(real().timestamp()))
    await logged(bot, "T1")
    slack.calls.clear()
    assert await bot.deliver() == [("kirklees", "waiting", "not_installed")]
    assert slack.calls == []
    with bot.program.db.begin() as session:
        assert [row.bundle for row in every(session)] == [""]
    assert any(line.startswith("Slack workspace T1: lifbot was removed on ") for line in await wrong(url, slack))
    await bot.install("T1")
    await logged(bot, "T1")
    assert ("kirklees", "sent", None) in await bot.deliver()


async def test_what_is_no_removal_changes_nothing(bot: Bot) -> None:
    await bot.install("T1")
    await bot.event("T1", {"type": "tokens_revoked", "tokens": {"oauth": ["UT1BEN"]}})
    await bot.removed("T1", datetime.now(UTC) - timedelta(minutes=5))  # of an earlier installation, told late
    await bot.removed("T2")
    await logged(bot, "T1")
    assert await bot.deliver() == [("kirklees", "sent", None)]


# --- who is served ----------------------------------------------------------------------------------------------


async def test_a_workspace_of_no_partnership_is_an_outsider_and_check_names_it(
    bot: Bot, url: str, slack: ManySlacks
) -> None:
    for team in ("T1", "T9"):
        await bot.install(team)
    assert "does not know this account" in await bot.command("T9", "BEN", "action list")
    lines = await check(settings(url, slack))
    assert [(good, text.partition(",")[0]) for good, text in lines if text.startswith("Slack workspace")] == [
        (False, "Slack workspace T2: lifbot is not installed"),
        (True, "Slack workspace T1: installed"),
        (True, "Slack workspace T9: installed"),
    ]
    assert any("put slack_team: T9 into the partnership file" in text for _, text in lines)


async def test_all_is_well_when_every_partnership_has_its_workspace(bot: Bot, url: str, slack: ManySlacks) -> None:
    for team in ("T1", "T2"):
        await bot.install(team)
    assert await wrong(url, slack) == []
    assert slack.called("T2", "conversations.info") == [{"channel": "CT2SE"}]


async def test_before_anybody_installed_it_check_says_where_to(url: str, slack: ManySlacks) -> None:
    said = await wrong(url, slack)
    assert [line.partition(":")[0] for line in said] == ["Slack workspace T1", "Slack workspace T2"]
    assert all(line.endswith("Somebody there opens /slack/install at this lifbot's address.") for line in said)


async def test_a_partnership_that_names_no_workspace_is_served_in_the_only_one(
    tmp_path: Path, slack: ManySlacks
) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    load(url, kirklees="")
    async with running(settings(url, slack), slack) as bot:
        await bot.install("T1")
        await logged(bot, "T1")
        assert await bot.deliver() == [("kirklees", "sent", None)]
        await bot.install("T9")
        assert "does not know this account" in await bot.command("T1", "BEN", "action list")


async def test_a_partnership_in_two_workspaces_reaches_people_in_both(tmp_path: Path, slack: ManySlacks) -> None:
    url = f"sqlite:///{tmp_path / 'two.db'}"
    load(url, kirklees="T9, T1")
    async with running(settings(url, slack), slack) as bot:
        for team in ("T1", "T9"):
            await bot.install(team)
        assert "SE-2026-001" in await bot.command("T1", "BEN", "action add Audit owner:cleo due:31 March group:se")
        assert [status for _, status, _ in await bot.deliver()] == ["sent"]
