"""`bot.py check`: an operator reads, line by line, what is right and what to do about the rest."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lifbot.manifest import SCOPES
from lifbot.model import Clock, Outbox, Partnership, Pulse
from lifbot.settings import Settings
from operations.check import check
from storage import outbox
from storage.clock import real
from storage.db import Database
from storage.migrate import migrate
from storage.scope import Scope
from tests.fake_slack import FakeSlack, fake_slack
from tests.ready import fill, with_tables
from tests.setup_runs import FILE, edited, setup

TOKEN, SECRET = "xoxb-not-to-be-seen", "signing-not-to-be-seen"
GOOD = {"ok": True, "team_id": "T0LIFBOT", "user_id": "ULIF", "bot_id": "BLIF"}
NOT_IN_SCOPE = {"ok": False, "error": "missing_scope", "needed": "channels:read", "provided": "commands"}


@pytest.fixture
def loaded(either_database: str) -> str:
    """The address of a database with the playground's partnership in it."""
    fill(either_database, "kirklees", _set_up)
    return either_database


def _set_up(url: str) -> None:
    db = with_tables(url)
    setup(db, FILE)
    db.close()


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as slack:
        yield slack


def settings(url: str, slack: FakeSlack | None = None, **more: Any) -> Settings:
    known: dict[str, Any] = {"_env_file": None, "database_url": url}
    if slack:
        known |= {"slack_api_url": slack.base_url, "slack_bot_token": TOKEN, "slack_signing_secret": SECRET}
    return Settings(**{**known, **more})


def is_in(slack: FakeSlack, *members: bool) -> None:
    """Let Slack say, channel by channel, whether lifbot is in it."""
    for member in members:
        slack.answer("conversations.info", {"ok": True, "channel": {"id": "C0", "is_member": member}})


def welcome(slack: FakeSlack, scopes: str = ",".join(SCOPES), team: str = "T0LIFBOT") -> None:
    """Let Slack take the token."""
    slack.answer("auth.test", {**GOOD, "team_id": team}, x_oauth_scopes=scopes)


async def wrong(settings: Settings) -> list[str]:
    return [text for good, text in await check(settings) if not good]


async def told(settings: Settings) -> str:
    return "\n".join(text for _, text in await check(settings))


# --- all is well ------------------------------------------------------------------------------------------------


async def test_all_is_well(loaded: str, slack: FakeSlack) -> None:
    welcome(slack)
    is_in(slack, True, True, True, True)
    lines = await check(settings(loaded, slack, lifbot_url="https://lifbot.example.org"))
    kind = "SQLite" if loaded.startswith("sqlite") else "PostgreSQL"
    assert lines == [
        (True, "Settings: read."),
        (True, "Clock travel: off."),
        (True, "Links for people in no workspace: they lead to https://lifbot.example.org."),
        (True, f"Database: {kind}, reachable, newest tables."),
        (True, "Partnership kirklees: people 7, agencies 5, groups 4."),
        (True, "Partnership kirklees: no address for fay; their agency's link, else the business unit, passes on."),
        (True, "Schedule: it has not run yet."),
        (True, "Outbox: nothing waits, none given up."),
        (True, "Slack signing secret: set."),
        (True, "Slack token: good for the workspace T0LIFBOT."),
        (True, "Slack scopes: all there."),
        (True, "Slack channels: lifbot is in all 4."),
    ]


async def test_no_secret_is_ever_shown(loaded: str, slack: FakeSlack) -> None:
    for answer in (GOOD, {"ok": False, "error": TOKEN}, {"ok": False, "error": "invalid_auth"}):
        slack.answer("auth.test", answer)
        said = await told(settings(loaded, slack))
        assert TOKEN not in said
        assert SECRET not in said


# --- the playground ---------------------------------------------------------------------------------------------


async def test_the_playground_needs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lifbot.db"
    lines = await check(settings(f"sqlite:///{file}"))
    assert lines == [
        (True, "Settings: read."),
        (True, "Playground: without a platform's credentials lifbot opens its own workspace, which needs no token."),
        (True, "Clock travel: on."),
        (True, "Database: it is not there yet. The playground makes it."),
    ]
    assert not file.exists()


async def test_teams_needs_all_three_of_its_settings(loaded: str) -> None:
    assert await wrong(settings(loaded, client_id="teams")) == [
        "Teams: CLIENT_ID is set, but CLIENT_SECRET is not. "
        "Make one on the app registration's page Certificates & secrets."
    ]


# --- the database -----------------------------------------------------------------------------------------------


async def test_a_database_that_is_not_there_is_to_be_made(tmp_path: Path, slack: FakeSlack) -> None:
    welcome(slack)
    url = f"sqlite:///{tmp_path / 'lifbot.db'}"
    assert await wrong(settings(url, slack)) == ["Database: it is not there yet. Type: python bot.py migrate"]


async def test_a_database_without_our_tables_is_to_be_migrated(either_database: str, slack: FakeSlack) -> None:
    welcome(slack)
    db = Database(either_database)
    db.engine.connect().close()
    db.close()
    said = await wrong(settings(either_database, slack))
    assert len(said) == 1
    assert said[0].endswith("Type: python bot.py migrate")


async def test_a_database_without_a_partnership_is_to_be_set_up(either_database: str, slack: FakeSlack) -> None:
    db = Database(either_database)
    migrate(db)
    db.close()
    welcome(slack)
    assert await wrong(settings(either_database, slack)) == [
        "Partnership: none is loaded. Type: python bot.py setup FILE.yaml, or python bot.py code to set one up by chat"
    ]


async def test_a_server_that_does_not_answer_is_named_without_its_password(slack: FakeSlack) -> None:
    welcome(slack)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        url = f"postgresql://lif:hunter2@127.0.0.1:{taken.getsockname()[1]}/lif"
        said = await wrong(settings(url, slack))
    assert len(said) == 1
    assert said[0].startswith("Database: The PostgreSQL that DATABASE_URL names does not answer.")
    assert "hunter2" not in said[0]


async def test_a_file_that_is_no_database_is_named(tmp_path: Path, slack: FakeSlack) -> None:
    welcome(slack)
    (tmp_path / "lifbot.db").write_text("minutes of the last meeting, " * 99, encoding="utf-8")
    said = await wrong(settings(f"sqlite:///{tmp_path / 'lifbot.db'}", slack))
    assert len(said) == 1
    assert said[0].startswith("Database: The database ")


# --- the partnership, the schedule, the outbox ------------------------------------------------------------------


async def test_a_group_without_channel_or_meetings_is_named_but_not_wrong(loaded: str) -> None:
    db = Database(loaded)
    rule = '    meetings: {rrule: "FREQ=MONTHLY;BYDAY=1WE", start: "2026-01-07T09:30"}\n'
    setup(db, edited((rule, ""), ("    slack_channel: C0LD\n", "")))
    db.close()
    lines = await check(settings(loaded))
    assert (True, "Partnership kirklees: no channel for ld; no agendas or digests there.") in lines
    assert (True, "Partnership kirklees: no meetings for spr; cycles are counted in days.") in lines


async def beat(url: str, ago: timedelta) -> list[tuple[bool, str]]:
    db = Database(url)
    with db.begin() as session:
        session.add(Pulse(id=1, at=real() - ago))
    db.close()
    return [(good, text) for good, text in await check(settings(url)) if text.startswith("Schedule")]


async def test_a_schedule_that_runs_is_said_to(loaded: str) -> None:
    assert await beat(loaded, timedelta(seconds=20)) == [(True, "Schedule: the last clean pass was a moment ago.")]


async def test_a_schedule_that_stands_still_is_wrong(loaded: str) -> None:
    assert await beat(loaded, timedelta(minutes=185)) == [
        (False, "Schedule: the last clean pass was 3 hours ago. Is python bot.py, or its worker, running?")
    ]


async def promised(url: str, ago: timedelta, *given_up: str) -> list[tuple[bool, str]]:
    """Put a message into the outbox that was due some time ago, and others that were given up."""
    db = Database(url)
    with db.begin() as session:
        scope = Scope(session, session.get_one(Partnership, "kirklees"), real())
        outbox.put(scope, "nudge/cleo/1", "nudge", person="cleo", not_before=scope.now - ago)
        for key in given_up:
            outbox.put(scope, key, "nudge", person="fay")
            row = scope.first(Outbox, Outbox.key == key)
            assert row
            outbox.gave_up(session, row.id or 0, "user_not_found", scope.now)
    db.close()
    return [(good, text) for good, text in await check(settings(url)) if text.startswith("Outbox")]


async def test_what_waits_a_little_is_no_fault(loaded: str) -> None:
    assert await promised(loaded, timedelta(minutes=5)) == [
        (True, "Outbox: 1 due, the oldest for 5 minutes; none given up.")
    ]


async def test_what_waits_long_is_wrong(loaded: str) -> None:
    assert await promised(loaded, timedelta(hours=2), "a", "b") == [
        (False, "Outbox: 1 due, the oldest for 2 hours; 2 given up. python bot.py outbox says why.")
    ]


async def test_a_travelled_clock_says_what_is_due(loaded: str) -> None:
    assert (await promised(loaded, timedelta(days=-3)))[0][1] == "Outbox: nothing waits, none given up."
    db = Database(loaded)
    with db.begin() as session:
        session.add(Clock(id=1, now=real() + timedelta(days=4), set_at=real()))
    db.close()
    lines = await check(settings(loaded, lifbot_time_travel=True))
    assert (True, "Clock travel: on.") in lines
    assert (False, "Outbox: 1 due, the oldest for 1 day; none given up. python bot.py outbox says why.") in lines


# --- Slack ------------------------------------------------------------------------------------------------------


async def test_each_missing_scope_is_named(loaded: str, slack: FakeSlack) -> None:
    welcome(slack, "commands,chat:write, im:write,users:read")
    is_in(slack, True, True, True, True)
    again = "Add it to the app (python bot.py manifest slack shows them all) and install the app again."
    assert await wrong(settings(loaded, slack)) == [
        f"Slack scopes: app_mentions:read is missing. {again}",
        f"Slack scopes: files:write is missing. {again}",
        f"Slack scopes: im:history is missing. {again}",
    ]


async def test_a_token_slack_refuses_is_to_be_copied_again(loaded: str, slack: FakeSlack) -> None:
    slack.answer("auth.test", {"ok": False, "error": "token_revoked"})
    assert await wrong(settings(loaded, slack)) == [
        "Slack token: Slack refuses SLACK_BOT_TOKEN (token_revoked). "
        "Copy it again from the app's page OAuth & Permissions."
    ]


@pytest.mark.parametrize(("answer", "status"), [("<html>no</html>", 200), ("<html>no</html>", 502), ([1], 200)])
async def test_a_proxy_that_answers_for_slack_is_no_refusal(
    loaded: str, slack: FakeSlack, answer: object, status: int
) -> None:
    slack.answer("auth.test", answer, status=status)
    said = await wrong(settings(loaded, slack))
    assert len(said) == 1
    assert said[0].startswith("Slack token: Slack could not be asked (")


async def test_a_slack_that_hangs_up_is_no_refusal(loaded: str, slack: FakeSlack) -> None:
    slack.silence("auth.test", 0.05)
    said = await wrong(settings(loaded, slack))
    assert len(said) == 1
    assert said[0].startswith("Slack token: Slack could not be asked (")


async def test_missing_credentials_are_named(loaded: str, slack: FakeSlack) -> None:
    assert await wrong(
        settings(loaded, slack, slack_bot_token=None, slack_signing_secret=None, slack_client_id="1")
    ) == [
        "Slack signing secret: SLACK_SIGNING_SECRET is not set. Copy it from the app's page Basic Information.",
        "Slack installation: SLACK_CLIENT_ID is set, but SLACK_CLIENT_SECRET is not. "
        "Copy it from the app's page Basic Information.",
    ]
    assert slack.calls == []


async def test_a_missing_token_is_named(loaded: str, slack: FakeSlack) -> None:
    assert await wrong(settings(loaded, slack, slack_bot_token=None)) == [
        "Slack token: SLACK_BOT_TOKEN is not set. Copy it from the app's page OAuth & Permissions."
    ]
    assert slack.calls == []


async def test_socket_mode_needs_no_signing_secret(loaded: str, slack: FakeSlack) -> None:
    welcome(slack)
    is_in(slack, True, True, True, True)
    assert await wrong(settings(loaded, slack, slack_signing_secret=None, slack_app_token="xapp-1")) == []


async def test_a_channel_lifbot_is_not_in_is_named(loaded: str, slack: FakeSlack) -> None:
    welcome(slack)
    is_in(slack, True)
    slack.answer("conversations.info", {"ok": False, "error": "channel_not_found"})
    is_in(slack, False, True)
    assert await wrong(settings(loaded, slack)) == [
        "Slack channels: lifbot cannot see ld's (C0LD). Check slack_channel in the partnership file. "
        "Is it private? Type /invite @lifbot in that channel.",
        "Slack channels: lifbot is not in se's (C0SE). Type /invite @lifbot in that channel.",
    ]


async def test_channels_that_may_not_be_looked_at_are_no_fault(loaded: str, slack: FakeSlack) -> None:
    welcome(slack)
    slack.answer("conversations.info", NOT_IN_SCOPE)
    lines = await check(settings(loaded, slack))
    assert lines[-1] == (True, "Slack channels: not checked; that needs the scope channels:read.")
    assert len(slack.called("conversations.info")) == 1


async def test_a_workspace_no_partnership_names_is_wrong(loaded: str, slack: FakeSlack) -> None:
    welcome(slack, team="T0OTHER")
    is_in(slack, True, True, True, True)
    assert await wrong(settings(loaded, slack)) == [
        "Slack workspace: no partnership has T0OTHER as slack_team. Check the partnership file."
    ]
