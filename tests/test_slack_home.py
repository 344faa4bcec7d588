"""The Home tab on Slack's wire: opened, pressed, answered in a window above it, and drawn anew."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Ask, Button, Field, Form, Incoming, Message, Place, Say, say
from lifbot.settings import Settings
from lifbot.slack.sender import SlackSender, client
from tests.fake_slack import fake_slack
from tests.slack_limits import check, texts
from tests.slack_wire import NOW, Wire, on_the_wire, said

PAGE = say("Nothing is waiting for you.")
ANSWER = Message(
    (Say("Signed off SE-2026-014."), Ask("", (Button("Undo", "on home undo 7"),))), "Signed off", page=PAGE
)
FORM = Form("More time", "on home action extend SE-2026-014", (Field("due", "By when?"),), back="home")
HOME: dict[str, Any] = {"channel": None, "container": {"type": "view", "view_id": "VHOME"}, "response_url": None}
ON_TAB = {**HOME, "view": {"id": "VHOME", "type": "home"}}
ABOVE = {**HOME, "container": {"type": "view", "view_id": "VTOP"}, "view": {"id": "VTOP", "type": "modal"}}
CLEO = Address("slack", "T1", "U0CLEO", direct=True)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as opened:
        yield opened


def methods(wire: Wire) -> list[str]:
    return [call.method for call in wire.slack.calls]


async def test_opening_the_tab_asks_for_it_and_shows_it(wire: Wire) -> None:
    await wire.event({"type": "app_home_opened", "user": "U0CLEO", "channel": "D1", "tab": "home"})
    assert wire.heard == [Incoming("slack", "T1", "U0CLEO", Place("D1", True), "home", NOW, "tab", can_open_form=False)]
    (published,) = wire.slack.called("views.publish")
    assert published["user_id"] == "U0CLEO"
    await wire.event({"type": "app_home_opened", "user": "U0CLEO", "channel": "D1", "tab": "messages"})
    assert len(wire.heard) == 1


async def test_an_answer_opens_above_the_tab_which_is_drawn_anew(wire: Wire) -> None:
    wire.says = said(ANSWER)
    await wire.click("on home action signoff SE-2026-014", **ON_TAB)
    assert [incoming.place for incoming in wire.heard] == [Place("U0CLEO", True)]
    assert methods(wire) == ["views.open", "views.publish"]
    window = wire.slack.called("views.open")[0]["view"]
    assert check(window) == []
    assert "Signed off SE-2026-014." in "".join(texts(window["blocks"]))
    assert "Nothing is waiting" in "".join(texts(wire.slack.called("views.publish")[0]["view"]["blocks"]))


async def test_a_button_in_the_window_changes_that_window(wire: Wire) -> None:
    wire.says = said(ANSWER)
    await wire.click("on home undo 7", **ABOVE)
    assert methods(wire) == ["views.update", "views.publish"]
    assert wire.slack.called("views.update")[0]["view_id"] == "VTOP"


async def test_where_no_window_can_be_opened_the_answer_comes_as_a_message(wire: Wire) -> None:
    wire.says = said(ANSWER)
    wire.slack.answer("views.open", {"ok": False, "error": "expired_trigger_id"})
    await wire.click("on home action signoff SE-2026-014", **ON_TAB)
    assert sorted(methods(wire)) == ["chat.postMessage", "views.open", "views.publish"]
    assert [posted["channel"] for posted in wire.slack.called("chat.postMessage")] == ["U0CLEO"]


@pytest.mark.parametrize("pressed", [ON_TAB, ABOVE])
async def test_a_form_of_the_tab_is_answered_in_its_own_window(wire: Wire, pressed: dict[str, Any]) -> None:
    wire.says = said(Message((Say("By when?"),), form=FORM, page=PAGE))
    await wire.click("on home action extend SE-2026-014", **pressed)
    opened = [call for call in wire.slack.calls if call.method in ("views.open", "views.update")]
    view = opened[0].args["view"]
    wire.slack.calls.clear()
    wire.says = said(ANSWER)
    answer = await wire.submit(view, due={"type": "plain_text_input", "value": "30 June"})
    assert answer.json()["response_action"] == "update"
    assert check(answer.json()["view"]) == []
    assert methods(wire) == ["views.publish"]
    assert wire.heard[-1].text == "on home action extend SE-2026-014"


async def test_a_fault_in_a_form_of_the_tab_stays_beside_its_field(wire: Wire) -> None:
    wire.says = said(Message((Say("By when?"),), form=FORM, page=PAGE))
    await wire.click("on home action extend SE-2026-014", **ON_TAB)
    view = wire.slack.called("views.open")[0]["view"]
    wire.slack.calls.clear()
    wire.says = said(Message((), errors=(("due", "That date has passed."),)))
    answer = await wire.submit(view, due={"type": "plain_text_input", "value": "soup"})
    assert answer.json() == {"response_action": "errors", "errors": {"due": "That date has passed."}}
    assert methods(wire) == []


async def test_slacks_refusal_to_draw_the_tab_breaks_nothing(wire: Wire) -> None:
    wire.says = said(ANSWER)
    wire.slack.answer("views.publish", {"ok": False, "error": "not_enabled"})
    assert (await wire.click("on home action signoff SE-2026-014", **ON_TAB)).status_code == 200


async def test_the_sender_draws_a_tab_and_says_why_it_could_not() -> None:
    async with fake_slack() as slack, aiohttp.ClientSession() as session:
        settings = Settings(slack_bot_token="xoxb-test", slack_api_url=slack.base_url)  # type: ignore[arg-type]  # pydantic makes it a secret
        sender = SlackSender(client(settings, session))
        await sender.publish(CLEO, PAGE)
        (published,) = slack.called("views.publish")
        view = published["view"] if isinstance(published["view"], dict) else json.loads(published["view"])
        assert (published["user_id"], view["type"]) == ("U0CLEO", "home")
        slack.answer("views.publish", {"ok": False, "error": "ratelimited"}, status=429, Retry_After="3")
        with pytest.raises(TryLater):
            await sender.publish(CLEO, PAGE)
        slack.answer("views.publish", {"ok": False, "error": "user_not_found"})
        with pytest.raises(Undeliverable):
            await sender.publish(CLEO, PAGE)
