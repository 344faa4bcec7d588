"""Capture over Slack's wire, with the real commands behind it: Log as action, and a paste with its preview."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from commands import dispatch
from tests.desk import FILE, SE, Desk, at_desk
from tests.slack_limits import check, texts
from tests.slack_wire import Wire, on_the_wire

LINK = "https://kscp.slack.com/archives/C0SE/p1767952800000100"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[tuple[Wire, Desk]]:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", FILE.replace("T0001", "T1")) as desk:
        desk.team = "T1"
        async with on_the_wire() as wire:
            wire.says = lambda incoming: dispatch.handle(desk.db, incoming)
            yield wire, desk


async def choose(wire: Wire, text: str, who: str = "U0BEN", channel: str = SE, **message: Any) -> httpx.Response:
    """Pick "Log as action" in a message's menu, as Slack hands it over."""
    said = {"type": "message", "user": "U0CLEO", "ts": "1767952800.000100", "text": text, **message}
    payload = {
        "type": "message_action",
        "callback_id": "lif_log",
        "token": "t",
        "action_ts": "1767952801.1",
        "user": {"id": who, "name": "somebody", "team_id": "T1"},
        "channel": {"id": channel, "name": "safeguarding-effectiveness"},
        "message_ts": said["ts"],
        "message": said,
        "response_url": wire.slack.response_url,
    }
    return await wire.interact(payload)


def opened(wire: Wire) -> dict[str, Any]:
    """The view that was opened last, checked against Slack's limits."""
    view: dict[str, Any] = wire.slack.called("views.open")[-1]["view"]
    assert check(view) == []
    return view


def held(view: dict[str, Any]) -> dict[str, str]:
    """What each input of a view holds when it opens."""
    found = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    values = {
        name: each.get("initial_value") or (each.get("initial_option") or {}).get("value")
        for name, each in found.items()
    }
    return {name: value for name, value in values.items() if value}


def filled(view: dict[str, Any], **changed: str) -> dict[str, dict[str, Any]]:
    """The state of a view with some inputs changed."""
    return {
        name: {"type": "static_select", "selected_option": {"value": value}} if value[:1] == "@" else {"value": value}
        for name, value in {**held(view), **changed}.items()
    }


async def submit(wire: Wire, view: dict[str, Any], **changed: str) -> httpx.Response:
    """Send a view as Ben does."""
    state = {"values": {name: {"value": each} for name, each in filled(view, **changed).items()}}
    user = {"id": "U0BEN", "team_id": "T1"}
    return await wire.interact({"type": "view_submission", "view": {**view, "state": state}, "user": user})


async def test_a_message_is_logged_with_its_sender_and_its_link(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    wire.slack.answer("chat.getPermalink", {"ok": True, "permalink": LINK, "channel": SE})
    answer = await choose(wire, "<@U0IAN> to ask &lt;schools&gt; about <@U0BEN|ben>'s list by 31 March")
    assert (answer.status_code, answer.text) == (200, "")
    asked = {"channel": SE, "message_ts": "1767952800.000100"}
    assert [call | asked for call in wire.slack.called("chat.getPermalink")] == wire.slack.called("chat.getPermalink")
    view = opened(wire)
    shown = {"text": "Ask <schools> about @Ben Carter's list", "owner": "@ian", "due": "31 March", "group": "se"}
    assert held(view) == shown
    assert (await submit(wire, view)).text == ""
    item = desk.item("SE-2026-001")
    assert (item["text"], item["owner"], item["due_on"]) == (shown["text"], "ian", "2026-03-31")
    assert (item["said_by"], item["said_url"]) == ("cleo", LINK)
    page = desk.ben("/lif action show 1")
    assert "From a message by: Cleo Hart" in page.plain()
    assert "[Open the message]" in page.plain()


async def test_the_sender_does_not_become_the_owner(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    await choose(wire, "We should ask schools about attendance")
    view = opened(wire)
    assert "owner" not in held(view)
    faults = (await submit(wire, view)).json()
    assert (faults["response_action"], set(faults["errors"])) == ("errors", {"owner", "due"})
    await submit(wire, view, owner="@ian", due="next meeting")
    item = desk.item("SE-2026-001")
    assert (item["owner"], item["said_by"], item["said_url"]) == ("ian", "cleo", None)


@pytest.mark.parametrize("trouble", ["not_in_channel", "silent"])
async def test_where_the_link_cannot_be_had_the_form_opens_all_the_same(room: tuple[Wire, Desk], trouble: str) -> None:
    wire, desk = room
    if trouble == "silent":
        wire.slack.silence("chat.getPermalink", 1.5)
    else:
        wire.slack.answer("chat.getPermalink", {"ok": False, "error": trouble})
    await choose(wire, "Cleo to audit by 31 March", user="U0EVE")
    await submit(wire, opened(wire))
    item = desk.item("SE-2026-001")
    assert (item["owner"], item["said_by"], item["said_url"]) == ("cleo", "U0EVE", None)
    assert "From a message by: somebody outside the partnership" in desk.ben("/lif action show 1").plain()


async def test_what_an_app_posted_has_no_sender(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    await choose(wire, "", bot_id="B1")
    await submit(wire, opened(wire), text="Read the minutes", owner="@ian", due="31 March")
    assert desk.item("SE-2026-001")["said_by"] is None


async def test_a_long_message_is_cut_for_the_field(room: tuple[Wire, Desk]) -> None:
    wire, _ = room
    await choose(wire, "word " * 3000)
    assert len(held(opened(wire))["text"]) <= 1000


async def test_who_may_not_log_is_told_alone_and_strangers_get_the_fixed_line(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    await choose(wire, "Cleo to audit by 31 March", who="U0JO")
    await choose(wire, "Cleo to audit by 31 March", who="U0EVE")
    assert wire.slack.called("views.open") == []
    first, second = (call for call in wire.slack.called("response_url"))
    assert "can do that. Nothing was changed." in first["text"]
    assert "does not know this account" in second["text"]
    assert {call["response_type"] for call in (first, second)} == {"ephemeral"}
    assert desk.export()["items"] == []


async def test_where_no_form_can_open_the_question_is_asked_and_keeps_the_sender(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    wire.slack.answer("chat.getPermalink", {"ok": True, "permalink": LINK})
    wire.slack.answer("views.open", {"ok": False, "error": "expired_trigger_id"})
    await choose(wire, "Ian to audit thresholds")
    (asked,) = wire.slack.called("response_url")
    buttons = [each for block in asked["blocks"] if block["type"] == "actions" for each in block["elements"]]
    tap = next(each for each in buttons if each["text"]["text"].startswith("Next meeting"))
    await wire.click(tap["value"], user={"id": "U0BEN", "team_id": "T1"})
    item = desk.item("SE-2026-001")
    assert (item["owner"], item["said_by"], item["said_url"]) == ("ian", "cleo", LINK)


async def test_in_a_conversation_of_no_group_the_group_is_asked(room: tuple[Wire, Desk]) -> None:
    wire, _ = room
    await choose(wire, "Cleo to audit by 31 March", who="U0AMINA", channel="D0TWO")
    view = opened(wire)
    group = next(block for block in view["blocks"] if block.get("block_id") == "group")
    assert (group["optional"], "initial_option" in group["element"]) == (False, False)


@pytest.mark.parametrize(
    "broken", [{"message": None}, {"channel": {}}, {"callback_id": "other"}, {"user": {"id": "U0BEN"}}]
)
async def test_an_odd_shortcut_breaks_nothing(room: tuple[Wire, Desk], broken: dict[str, Any]) -> None:
    wire, _ = room
    payload = {"type": "message_action", "callback_id": "lif_log", "channel": {"id": SE}, "message_ts": "1.1"}
    message = {"ts": "1.1", "text": "x"}
    assert (await wire.interact({**payload, "message": message, **broken})).status_code in (200, 400)


PASTE = "4. Neglect\n - CH to review the toolkit by next meeting\n - all agencies to cascade the briefing"


async def test_a_paste_becomes_a_preview_faults_stand_beside_their_fields_and_all_is_saved(
    room: tuple[Wire, Desk],
) -> None:
    wire, desk = room
    await wire.command("action paste")
    first = opened(wire)
    assert [block["block_id"] for block in first["blocks"] if block["type"] == "input"] == ["lines", "group"]
    shown = (await submit(wire, first, lines=PASTE)).json()
    assert shown["response_action"] == "update"
    preview = shown["view"]
    assert check(preview) == []
    inputs = {block["block_id"]: block["label"]["text"] for block in preview["blocks"] if block["type"] == "input"}
    assert inputs["line1"] == "1 · Cleo Hart · due 12 March 2026 (“next meeting”)"
    assert list(inputs) == ["line1", "line2", "who2", "due2"]
    faults = (await submit(wire, preview)).json()
    assert faults["response_action"] == "errors"
    assert set(faults["errors"]) == {"who2", "due2"}
    assert desk.export()["items"] == []
    assert (await submit(wire, preview, who2="@amina", due2="31 March")).text == ""
    assert [item["owner"] for item in desk.export()["items"]] == ["cleo", "amina"]
    (told,) = wire.slack.called("response_url")
    assert check({**told, "unfurl_links": False, "unfurl_media": False}) == []
    assert "Saved 2 actions: SE-2026-001 to SE-2026-002." in "".join(texts(told["blocks"]))


async def test_lines_typed_after_the_command_go_straight_to_the_preview(room: tuple[Wire, Desk]) -> None:
    wire, _ = room
    await wire.command(f"action paste\n{PASTE}")
    assert held(opened(wire)) == {
        "line1": "CH to review the toolkit by next meeting",
        "line2": "all agencies to cascade the briefing",
    }


async def test_a_form_of_lines_without_an_action_stays_open(room: tuple[Wire, Desk]) -> None:
    wire, _ = room
    await wire.command("action paste")
    faults = (await submit(wire, opened(wire), lines="Any other business")).json()
    assert "I found no action in that" in faults["errors"]["lines"]


async def test_lines_in_a_direct_message_get_a_button_that_opens_the_preview(room: tuple[Wire, Desk]) -> None:
    wire, _ = room
    words = {"type": "message", "channel": "D0BEN", "channel_type": "im", "user": "U0BEN", "ts": "18.1"}
    await wire.event({**words, "text": f"action paste\n{PASTE}"})
    (said,) = wire.slack.called("chat.postMessage")
    (row,) = [block for block in said["blocks"] if block["type"] == "actions"]
    await wire.click(row["elements"][0]["value"], channel="D0BEN", user={"id": "U0BEN", "team_id": "T1"})
    assert held(opened(wire))["line1"] == "CH to review the toolkit by next meeting"
