"""`bot.py manifest`: what Slack and Teams take, within their limits, and with no right that nothing needs."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import COMMANDS, SECTIONS
from lifbot.errors import LifError
from lifbot.manifest import slack, teams
from lifbot.manual import hint
from lifbot.settings import Settings
from lifbot.teams import chosen
from tests.fake_teams import CLIENT
from tests.world import ROOT

HINT = hint(SECTIONS)


def manifest(url: str = "https://lif.example.org") -> Any:
    return yaml.safe_load(slack(url, HINT))


def test_everything_goes_to_one_address() -> None:
    told, events = manifest(), "https://lif.example.org/slack/events"
    assert [command["url"] for command in told["features"]["slash_commands"]] == [events]
    assert told["settings"]["event_subscriptions"]["request_url"] == events
    assert told["settings"]["interactivity"] == {"is_enabled": True, "request_url": events}


def test_it_asks_for_no_more_than_it_needs() -> None:
    told = manifest()
    assert told["oauth_config"] == {
        "scopes": {
            "bot": [
                *("app_mentions:read", "channels:history", "chat:write", "commands", "files:write"),
                *("groups:history", "im:history", "im:write", "users:read"),
            ]
        }
    }
    assert told["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened", "app_mention", "app_uninstalled",
        "message.channels", "message.groups", "message.im", "tokens_revoked", "user_change",
    ]  # fmt: skip
    assert told["settings"]["token_rotation_enabled"] is False
    assert told["settings"]["socket_mode_enabled"] is False


def test_people_can_write_to_the_bot() -> None:
    assert manifest()["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_it_keeps_to_slacks_limits() -> None:
    told = manifest()
    about, command = told["display_information"], told["features"]["slash_commands"][0]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    assert (command["command"], command["should_escape"]) == ("/lif", True)
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_a_message_can_be_logged_from_its_own_menu() -> None:
    (shortcut,) = manifest()["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", "lif_log")
    assert (shortcut["name"], len(shortcut["name"]) <= 24) == ("Log as action", True)
    assert len(shortcut["description"]) <= 150


def test_the_hint_names_commands_that_there_are() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"].split(" | ")
    assert len(hint) > 4
    assert set(hint) <= {command.words for command in COMMANDS}


def test_for_many_workspaces_slack_knows_the_way_back() -> None:
    told = yaml.safe_load(slack("https://lif.example.org/lif", HINT, oauth=True))
    assert told["oauth_config"].pop("redirect_urls") == ["https://lif.example.org/lif/slack/oauth_redirect"]
    assert told == manifest("https://lif.example.org/lif")


def test_in_socket_mode_no_address_is_needed() -> None:
    told = yaml.safe_load(slack("https://lif.example.org", HINT, socket=True))
    assert told["settings"]["socket_mode_enabled"] is True
    assert "lif.example.org" not in slack("https://lif.example.org", HINT, socket=True)
    assert told["features"] | {"slash_commands": ()} == manifest()["features"] | {"slash_commands": ()}
    assert told["settings"]["interactivity"] == {"is_enabled": True}


@pytest.mark.parametrize("url", ["https://lif.example.org/", " https://lif.example.org "])
def test_a_closing_slash_and_spaces_do_no_harm(url: str) -> None:
    assert slack(url, HINT) == slack("https://lif.example.org", HINT)


def test_an_address_with_a_path_is_kept() -> None:
    told = manifest('https://example.org:8443/a"b{c}')
    assert told["settings"]["interactivity"]["request_url"] == 'https://example.org:8443/a"b{c}/slack/events'


@pytest.mark.parametrize(
    "url",
    [
        "", "lif.example.org", "http://lif.example.org", "https://", "https://[x", "https://a b.org",
        "https://a.org\nx: 1", "https://a.org/?q=1", "https://a.org/#top", "ftp://a.org", "https://a\x00.org", "https://a.org:port",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_with_what_to_type(url: str) -> None:
    with pytest.raises(LifError, match=r"https address\. Type for example: --url https://lif\.example\.org"):
        slack(url, HINT)


SETTINGS = Settings(client_id=CLIENT)

# --- Teams ------------------------------------------------------------------------------------------------------


def package(url: str = "https://lif.example.org", client: str | None = CLIENT.upper()) -> zipfile.ZipFile:
    given: dict[str, Any] = {"client_id": client, "_env_file": None}
    return zipfile.ZipFile(io.BytesIO(teams(url, Settings(**given), COMMANDS)))


def test_teams_gets_a_zip_with_the_manifest_and_its_two_icons() -> None:
    whole = package()
    assert whole.namelist() == ["manifest.json", "color.png", "outline.png"]
    sizes = {name: struct.unpack(">II", whole.read(name)[16:24]) for name in whole.namelist()[1:]}
    assert sizes == {"color.png": (192, 192), "outline.png": (32, 32)}
    assert teams("https://lif.example.org", SETTINGS, COMMANDS) == teams("https://lif.example.org/", SETTINGS, COMMANDS)


def test_teams_is_told_within_its_limits() -> None:
    told = json.loads(package().read("manifest.json"))
    assert told["manifestVersion"] in told["$schema"]
    assert (told["id"], told["bots"][0]["botId"]) == (CLIENT, CLIENT)
    assert told["bots"][0]["supportsFiles"] is True
    assert len(told["name"]["short"]) <= 30
    assert len(told["name"]["full"]) <= 100
    assert len(told["description"]["short"]) <= 80
    assert len(told["description"]["full"]) <= 4000
    assert told["validDomains"] == ["lif.example.org"]
    assert "permissions" not in told
    assert "webApplicationInfo" not in told


def test_teams_offers_commands_that_there_are() -> None:
    (bot,) = json.loads(package().read("manifest.json"))["bots"]
    (offered,) = bot["commandLists"]
    assert offered["scopes"] == bot["scopes"] == ["personal", "team", "groupChat"]
    titles = [each["title"] for each in offered["commands"]]
    assert 0 < len(titles) <= 10
    assert set(titles) <= {command.words for command in COMMANDS}
    assert all(len(each["title"]) <= 32 and len(each["description"]) <= 128 for each in offered["commands"])


def test_a_message_can_be_logged_as_an_action() -> None:
    (extension,) = json.loads(package().read("manifest.json"))["composeExtensions"]
    (action,) = extension["commands"]
    assert action["id"] == chosen.COMMAND
    assert (action["type"], action["context"], action["fetchTask"]) == ("action", ["message"], True)


@pytest.mark.parametrize("client", [None, "lifbot", "8e3c1f0a"])
def test_without_the_bots_app_id_there_is_no_package(client: str | None) -> None:
    with pytest.raises(LifError, match="Set CLIENT_ID to the Application"):
        package(client=client)


def test_teams_needs_an_https_address() -> None:
    with pytest.raises(LifError, match=r"Teams needs an https address\. Type for example: --url https"):
        package("http://lif.example.org")


def test_the_package_is_written_whole(tmp_path: Path) -> None:
    line = [sys.executable, str(ROOT / "bot.py"), "manifest", "teams", "-o", "lifbot.zip"]
    subprocess.run(line, cwd=tmp_path, env={"CLIENT_ID": CLIENT}, check=True)
    assert (tmp_path / "lifbot.zip").read_bytes() == subprocess.run(
        line[:-2], cwd=tmp_path, env={"CLIENT_ID": CLIENT}, check=True, capture_output=True
    ).stdout
