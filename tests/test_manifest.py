"""`bot.py manifest slack`: what Slack takes, within its limits, and with no right that nothing needs."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from commands import COMMANDS, SECTIONS
from lifbot.errors import LifError
from lifbot.manifest import slack
from lifbot.manual import hint

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
        "scopes": {"bot": ["app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read"]}
    }
    assert told["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked",
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
