"""Mentions, direct messages and the Home tab through the real Bolt app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from lifbot.message import Incoming, Place
from tests.slack_limits import check, texts
from tests.slack_wire import ASKED, NOW, Wire, on_the_wire, said


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


HERE = [{"team_id": "T1", "user_id": "ULIF", "is_bot": True}]


def mention(text: str = "<@ULIF> action list", **given: Any) -> dict[str, Any]:
    return {"type": "app_mention", "channel": "C0SE", "user": "U0BEN", "text": text, "ts": "17.5", **given}


def direct(text: str = "done, trained all staff", **given: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": "U0CLEO",
        "text": text,
        "ts": "17.6",
        **given,
    }


async def test_a_mention_is_answered_for_the_asker_alone(wire: Wire) -> None:
    assert (await wire.event(mention("<@ULIF>: action list", thread_ts="17.0"), authorizations=HERE)).status_code == 200
    assert wire.heard == [
        Incoming(
            "slack", "T1", "U0BEN", Place("C0SE", False, "17.0"), "action list", NOW, "mention",
            event="slack:C0SE:17.5", can_open_form=False, stamp="17.5",
        )
    ]  # fmt: skip
    (call,) = wire.slack.calls
    assert call.method == "chat.postEphemeral"
    assert (call.args["channel"], call.args["user"], call.args["thread_ts"]) == ("C0SE", "U0BEN", "17.0")
    assert check({**call.args, "unfurl_links": False, "unfurl_media": False}) == []


async def test_slack_is_asked_who_the_bot_is_once_and_only_if_no_event_tells(wire: Wire) -> None:
    await wire.event(mention("<@ULIF> <@U0CLEO> to audit"))
    await wire.event(mention("<@ULIF> help"))
    assert [incoming.text for incoming in wire.heard] == ["<@U0CLEO> to audit", "help"]
    assert len(wire.slack.called("auth.test")) == 1


async def test_a_mention_is_understood_even_if_slack_does_not_say_who_the_bot_is(wire: Wire) -> None:
    wire.slack.answer("auth.test", {"ok": False, "error": "internal_error"})
    await wire.event(mention("<@ULIF> help"))
    assert [incoming.text for incoming in wire.heard] == ["help"]


@pytest.mark.parametrize("thread", [None, "17.0"])
async def test_a_direct_message_is_answered_where_it_was_written(wire: Wire, thread: str | None) -> None:
    await wire.event(direct(thread_ts=thread) if thread else direct())
    assert [(it.kind, it.place, it.event) for it in wire.heard] == [
        ("words", Place("D1", True, thread), "slack:D1:17.6")
    ]
    (posted,) = wire.slack.called("chat.postMessage")
    assert (posted["channel"], posted.get("thread_ts")) == ("D1", thread)


async def test_a_form_that_words_cannot_open_is_asked_as_a_question(wire: Wire) -> None:
    wire.says = said(ASKED)
    await wire.event(direct("action add"))
    assert wire.slack.called("views.open") == []
    assert "Who answers for it?" in list(texts(wire.slack.called("chat.postMessage")[0]["blocks"]))


async def test_in_a_direct_message_a_leading_person_is_not_taken_for_the_bot(wire: Wire) -> None:
    await wire.event(direct("<@U0CLEO> to audit"))
    await wire.event(direct("<@ULIF> help"), authorizations=HERE)
    assert [incoming.text for incoming in wire.heard] == ["<@U0CLEO> to audit", "help"]


async def test_one_message_that_comes_twice_has_one_key(wire: Wire) -> None:
    await wire.event(direct())
    await wire.event(direct(), {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"})
    await wire.event({**direct(), "type": "app_mention"})
    assert {incoming.event for incoming in wire.heard} == {"slack:D1:17.6"}
    assert len(wire.heard) == 3  # the dispatcher drops them by that key


@pytest.mark.parametrize(
    "given",
    [
        {"bot_id": "BLIF"},
        {"bot_id": "BOTHER", "subtype": "bot_message"},
        {"user": "ULIF"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"hidden": True},
        {"user": None},
        {"channel": "C0SE", "channel_type": "channel"},
        {"channel": "G0MANY", "channel_type": "mpim"},
    ],
)
async def test_bots_edits_joins_and_other_conversations_are_not_words_to_lifbot(
    wire: Wire, given: dict[str, Any]
) -> None:
    assert (await wire.event(direct(**given), authorizations=HERE)).status_code == 200
    assert wire.heard == []
    assert wire.slack.calls == []


async def test_words_with_a_file_are_still_words(wire: Wire) -> None:
    await wire.event(direct(subtype="file_share", files=[{"id": "F1"}]))
    assert [incoming.text for incoming in wire.heard] == ["done, trained all staff"]


async def test_the_home_tab_shows_what_is_mine(wire: Wire) -> None:
    opened = {"type": "app_home_opened", "user": "U0CLEO", "channel": "D1", "event_ts": "1"}
    await wire.event({**opened, "tab": "messages"})
    await wire.event({**opened, "tab": "home"})
    assert [incoming.text for incoming in wire.heard] == ["home"]
    (published,) = wire.slack.called("views.publish")
    assert published["user_id"] == "U0CLEO"
    assert check(published["view"]) == []
