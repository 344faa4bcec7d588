"""Buttons and forms through the real Bolt app, and the way their answers find back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from lifbot.message import Incoming, Message, Place, Say, say
from lifbot.slack.inbound import SORRY
from tests.slack_limits import check
from tests.slack_wire import ASKED, DONE, NOW, Wire, on_the_wire, said


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


# Buttons


async def test_a_button_in_a_channel_is_answered_for_the_clicker_alone(wire: Wire) -> None:
    answer = await wire.click("action done SE-2026-014")
    assert (answer.status_code, answer.text) == (200, "")
    assert wire.heard == [
        Incoming("slack", "T1", "U0CLEO", Place("C0SE", False, "17.1"), "action done SE-2026-014", NOW, "click")
    ]
    (call,) = wire.slack.calls
    assert call.method == "response_url"
    assert (call.args["response_type"], call.args["replace_original"]) == ("ephemeral", False)


async def test_an_option_of_a_menu_is_a_button_too(wire: Wire) -> None:
    option = {"text": {"type": "plain_text", "text": "Snooze"}, "value": "snooze SE-2026-014"}
    chosen = {"type": "overflow", "action_id": "lif:4", "block_id": "b", "selected_option": option}
    await wire.click("", actions=[chosen])
    assert [incoming.text for incoming in wire.heard] == ["snooze SE-2026-014"]


async def test_an_answer_that_replaces_its_question_does(wire: Wire) -> None:
    wire.says = said(DONE)
    await wire.click("action done SE-2026-014", channel="D1")
    (call,) = wire.slack.calls
    assert (call.method, call.args["replace_original"]) == ("response_url", True)
    await wire.click("action done SE-2026-014", channel="D1", response_url=None)
    (updated,) = wire.slack.called("chat.update")
    assert (updated["channel"], updated["ts"], updated["text"]) == ("D1", "17.1", "Thank you")


async def test_a_button_in_a_direct_message_is_answered_there(wire: Wire) -> None:
    await wire.click("action done SE-2026-014", channel="D1", box={"thread_ts": "17.0"})
    (posted,) = wire.slack.called("chat.postMessage")
    assert (posted["channel"], posted["thread_ts"]) == ("D1", "17.0")
    assert [incoming.place for incoming in wire.heard] == [Place("D1", True, "17.1")]


async def test_a_button_under_an_answer_that_only_one_sees_is_answered_the_same_way(wire: Wire) -> None:
    await wire.click("action show 14", channel="D2", box={"is_ephemeral": True})
    assert [call.method for call in wire.slack.calls] == ["response_url"]


async def test_where_one_door_is_shut_the_answer_takes_the_next(wire: Wire) -> None:
    wire.slack.answer("response_url", "expired_url", status=404)
    await wire.click("action show 14")
    assert [call.method for call in wire.slack.calls] == ["response_url", "chat.postEphemeral"]
    wire.slack.calls.clear()
    wire.slack.answer("chat.postMessage", {"ok": False, "error": "channel_not_found"})
    await wire.click("action show 14", channel="D1")
    assert [call.method for call in wire.slack.calls] == ["chat.postMessage", "response_url"]


async def test_where_every_door_is_shut_the_ids_are_logged(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    wire.slack.answer("response_url", {"ok": False, "error": "used_url"})
    wire.slack.answer("chat.postEphemeral", {"ok": False, "error": "not_in_channel"})
    assert (await wire.click("action show 14")).status_code == 200
    assert "no way was left to answer U0CLEO in C0SE" in caplog.text


async def test_a_button_without_a_command_does_nothing(wire: Wire) -> None:
    assert (await wire.click("")).status_code == 200
    assert wire.heard == []


# Forms


async def opened(wire: Wire, **given: Any) -> dict[str, Any]:
    """Open the form from a button, and return it as Slack would send it back."""
    before, wire.says = wire.says, said(ASKED)
    await wire.click("action add Audit", **given)
    wire.says = before
    view = wire.slack.called("views.open")[-1]["view"]
    wire.heard.clear()
    wire.slack.calls.clear()
    return dict(view)


CLEO = {"type": "static_select", "selected_option": {"value": "cleo"}}
MARCH = {"type": "plain_text_input", "value": "31 March"}


async def test_a_form_completes_the_command_it_was_opened_for(wire: Wire) -> None:
    answer = await wire.submit(await opened(wire), owner=CLEO, due=MARCH)
    assert (answer.status_code, answer.text) == (200, "")
    assert wire.heard == [
        Incoming(
            "slack", "T1", "U0CLEO", Place("C0SE", False, "17.1"), "action add Audit", NOW, "form",
            fields=(("owner", "cleo"), ("due", "31 March")),
        )
    ]  # fmt: skip
    assert [call.method for call in wire.slack.calls] == ["response_url"]


async def test_a_form_of_a_direct_message_is_answered_there_for_good(wire: Wire) -> None:
    await wire.submit(await opened(wire, channel="D1"), owner=CLEO, due=MARCH)
    assert [posted["channel"] for posted in wire.slack.called("chat.postMessage")] == ["D1"]


async def test_a_form_of_a_command_is_answered_for_the_asker_alone(wire: Wire) -> None:
    wire.says = said(ASKED)
    await wire.command("action add Audit", channel_id="D9")
    view = wire.slack.called("views.open")[-1]["view"]
    wire.slack.calls.clear()
    wire.says = said(DONE)
    await wire.submit(view, owner=CLEO, due=MARCH)
    (call,) = wire.slack.calls
    assert (call.method, call.args["response_type"]) == ("response_url", "ephemeral")


async def test_an_answer_to_a_form_can_replace_the_message_it_came_from(wire: Wire) -> None:
    wire.says = said(DONE)
    await wire.submit(await opened(wire), owner=CLEO, due=MARCH)
    assert [call.args["replace_original"] for call in wire.slack.calls] == [True]


async def test_a_fault_stands_beside_its_field_and_the_form_stays_open(wire: Wire) -> None:
    faults = (("due", "That date has passed."), ("nowhere", "Type a date."), ("owner", "Choose one."))
    wire.says = said(Message((Say("Please look again."),), errors=faults))
    answer = await wire.submit(await opened(wire), owner=CLEO, due=MARCH)
    assert answer.json() == {
        "response_action": "errors",
        "errors": {"due": "That date has passed.", "owner": "Type a date. Choose one."},
    }
    assert wire.slack.calls == []


async def test_a_form_can_lead_to_the_next(wire: Wire) -> None:
    wire.says = said(ASKED)
    answer = await wire.submit(await opened(wire), owner=CLEO, due=MARCH)
    assert answer.json()["response_action"] == "update"
    assert check(answer.json()["view"]) == []
    wire.says = said(say("Saved."))
    await wire.submit(answer.json()["view"], owner=CLEO, due=MARCH)
    assert [call.method for call in wire.slack.calls] == ["response_url"]


async def test_when_lifbot_fails_the_form_keeps_what_was_typed(wire: Wire) -> None:
    view = await opened(wire)
    wire.says = lambda incoming: RuntimeError("no")
    answer = await wire.submit(view, owner=CLEO, due=MARCH)
    assert answer.json() == {"response_action": "errors", "errors": {"owner": SORRY}}
