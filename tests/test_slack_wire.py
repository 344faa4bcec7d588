"""Slack's requests through the real Bolt app: who may speak, /lif, and Socket Mode."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from lifbot.message import Ask, Button, Incoming, Message, Place, Say
from lifbot.settings import Settings
from lifbot.slack.entities import words
from lifbot.slack.inbound import SORRY, app, socket_mode
from lifbot.slack.sender import client
from tests.fake_slack import SECRET, signed
from tests.slack_limits import check, texts
from tests.slack_wire import ADD, ASKED, NOW, Wire, on_the_wire, said


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


# Who may speak at all


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=00"},
        signed("another body"),
        signed("text=help", secret="another secret"),
    ],
)
async def test_what_slack_did_not_sign_is_refused(wire: Wire, headers: dict[str, str]) -> None:
    answer = await wire.post("text=help", "application/x-www-form-urlencoded", headers)
    assert answer.status_code == 401
    assert wire.heard == []


@pytest.mark.parametrize("age", [310, -330])
async def test_what_slack_signed_at_another_time_is_refused(wire: Wire, age: float) -> None:
    answer = await wire.post("text=help", "application/x-www-form-urlencoded", signed("text=help", age=age))
    assert answer.status_code == 401
    assert wire.heard == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "application/json"),
        ("[]", "application/json"),
        ("{", "application/json"),
        ("null", "application/json"),
        ("payload=%7B", "application/x-www-form-urlencoded"),
        ("payload=[]", "application/x-www-form-urlencoded"),
        ('{"type":"event_callback","event":null}', "application/json"),
        ('{"type":"event_callback","event":{"type":"message","channel":7}}', "application/json"),
        ("command=%2Flif&text=help", "application/x-www-form-urlencoded"),
        ('payload={"type":"block_actions","actions":[{"action_id":"lif:0"}]}', "application/x-www-form-urlencoded"),
        ('payload={"type":"view_submission","view":{"callback_id":"lif"}}', "application/x-www-form-urlencoded"),
        ("[" * 100_000, "application/json"),
    ],
)
async def test_what_cannot_be_read_is_refused_and_breaks_nothing(wire: Wire, body: str, kind: str) -> None:
    assert (await wire.post(body, kind)).status_code in (200, 400)
    assert (await wire.post(body, kind, {})).status_code in (400, 401)
    assert wire.heard == []
    assert (await wire.command("help")).status_code == 200


async def test_bytes_that_are_no_text_and_bodies_without_end_are_refused(wire: Wire) -> None:
    assert (await wire.http.post("/slack/events", content=b"\xff\xfe")).status_code == 400
    assert (await wire.http.post("/slack/events", content=b"x" * 1_000_001)).status_code == 413
    assert (await wire.http.get("/slack/events")).status_code == 405


async def test_slack_can_make_sure_of_the_address(wire: Wire) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "are you there?"})
    assert (await wire.post(body, "application/json")).json() == {"challenge": "are you there?"}


async def test_events_that_lifbot_does_not_know_are_taken_quietly(wire: Wire) -> None:
    assert (await wire.event({"type": "reaction_added", "user": "U0BEN"})).status_code == 200
    assert (await wire.event({"type": "app_uninstalled"})).status_code == 200
    assert (await wire.event({"type": "tokens_revoked", "tokens": {"bot": ["U1"]}})).status_code == 200
    assert wire.heard == []


async def test_an_account_that_is_deactivated_is_heard_of_and_other_changes_of_profiles_are_not(wire: Wire) -> None:
    def change(**user: object) -> dict[str, object]:
        return {"type": "user_change", "user": {"id": "U0CLEO", "team_id": "T1", **user}, "event_ts": "1.1"}

    for event in (change(deleted=False, name="cleo"), {"type": "user_change", "user": "U0CLEO"}, change(id=None)):
        assert (await wire.event(event)).status_code == 200
    assert wire.heard == []
    assert (await wire.event(change(deleted=True), event_id="Ev2")).status_code == 200
    assert (await wire.event(change(deleted=False), event_id="Ev3")).status_code == 200
    assert (await wire.event(change(deleted=False), event_id="Ev4")).status_code == 200
    assert [(heard.kind, heard.who, heard.text, heard.event) for heard in wire.heard] == [
        ("account", "U0CLEO", "closed", "slack:Ev2"),
        ("account", "U0CLEO", "open", "slack:Ev3"),
    ]


# /lif


async def test_a_command_is_heard_and_answered_in_the_same_breath(wire: Wire) -> None:
    answer = await wire.command("action list mine")
    assert wire.heard == [
        Incoming("slack", "T1", "U0BEN", Place("C0SE", direct=False), "action list mine", NOW, can_open_form=True)
    ]
    assert answer.json()["response_type"] == "ephemeral"
    assert check(answer.json()) == []
    assert list(texts(answer.json()["blocks"])) == ["Heard."]
    assert wire.slack.calls == []  # nothing is asked of Slack on the way


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("action add “Audit” owner:<@U0CLEO|cleo> due:31 March", "action add “Audit” owner:<@U0CLEO> due:31 March"),
        ("in <#C0SE|safeguarding> and <#C9|>", "in #safeguarding and #C9"),
        ("see <http://example.org|example.org> or <https://example.org/?a=1&amp;b=2>", "see example.org or https://example.org/?a=1&b=2"),
        ("in <https://example.org/doc|the report>", "in the report (https://example.org/doc)"),
        ("ask <mailto:fay@example.org|fay@example.org>", "ask fay@example.org"),
        ("&lt;!channel&gt; &amp;lt;b&amp;gt; &amp; co", "<!channel> &lt;b&gt; & co"),
        ("<!channel> <!here|here> <!everyone> <!subteam^S1|@chairs>", "@channel @here @everyone @chairs"),
        ("by <!date^1772438400^{date}|2 March 2026>", "by 2 March 2026"),
        ("the payload of the report is 5 > 3 & 2 < 3", "the payload of the report is 5 > 3 & 2 < 3"),
        ("הבקרה 🟠 naïve", "הבקרה 🟠 naïve"),
    ],
)  # fmt: skip
async def test_what_was_typed_arrives_as_it_was_meant(wire: Wire, sent: str, meant: str) -> None:
    await wire.command(sent)
    assert [incoming.text for incoming in wire.heard] == [meant]


def test_an_entity_is_read_once_and_never_twice() -> None:
    assert words("&amp;lt;!channel&amp;gt;") == "&lt;!channel&gt;"
    assert words("&lt;@U0DEV&gt; <@U0CLEO>") == "<@U0DEV> <@U0CLEO>"


async def test_a_command_that_needs_no_answer_gets_none(wire: Wire) -> None:
    wire.says = lambda incoming: None
    answer = await wire.command("action list")
    assert (answer.status_code, answer.text) == (200, "")


async def test_a_command_opens_a_form(wire: Wire) -> None:
    wire.says = said(ASKED)
    answer = await wire.command("action add Audit")
    assert (answer.status_code, answer.text) == (200, "")
    (opened,) = wire.slack.called("views.open")
    assert opened["trigger_id"] == "1.trigger"
    assert check(opened["view"]) == []


@pytest.mark.parametrize("error", ["expired_trigger_id", "invalid_arguments"])
async def test_where_the_form_cannot_open_the_question_is_asked_in_words(wire: Wire, error: str) -> None:
    wire.says = said(ASKED)
    wire.slack.answer("views.open", {"ok": False, "error": error})
    answer = await wire.command("action add Audit")
    assert "Who answers for it?" in list(texts(answer.json()["blocks"]))


async def test_where_there_is_no_trigger_the_question_is_asked_in_words(wire: Wire) -> None:
    wire.says = said(ASKED)
    answer = await wire.command("action add Audit", trigger_id="")
    assert "Who answers for it?" in list(texts(answer.json()["blocks"]))
    assert [incoming.can_open_form for incoming in wire.heard] == [False]


async def test_a_form_too_large_for_slack_becomes_a_question(wire: Wire) -> None:
    wire.says = said(replace(ASKED, form=replace(ADD, command="x" * 4000)))
    answer = await wire.command("action add")
    assert "Who answers for it?" in list(texts(answer.json()["blocks"]))
    assert wire.slack.calls == []


async def test_a_message_that_cannot_be_drawn_is_still_said(wire: Wire) -> None:
    wire.says = said(Message((Say("Saved."), Ask("Undo?", (Button("Undo", "x" * 3000),)))))
    answer = await wire.command("action add")
    assert "Saved." in "".join(texts(answer.json()["blocks"]))


async def test_when_lifbot_fails_the_person_is_told_and_the_log_holds_no_words(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wire.says = lambda incoming: RuntimeError(f"cannot deal with {incoming.text}")
    answer = await wire.command("action add Zebra crossing owner:<@U0CLEO>")
    await wire.event({"type": "message", "channel": "D1", "user": "U0BEN", "text": "Zebra", "ts": "17.5"})
    await wire.click("action done Zebra")
    await wire.post("text=Zebra", "application/x-www-form-urlencoded", {})
    assert list(texts(answer.json()["blocks"])) == [SORRY]
    assert wire.slack.called("chat.postMessage")[0]["text"] == SORRY
    assert "command of T1/U0BEN in C0SE: RuntimeError" in caplog.text
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("lifbot", "slack"))]
    assert not [line for line in ours if "Zebra" in line]


# The other door


async def test_socket_mode_hears_and_answers_by_the_same_listeners(wire: Wire) -> None:
    envelope = {"type": "slash_commands", "envelope_id": "E1", "accepts_response_payload": True}
    typed = {"command": "/lif", "text": "help", "team_id": "T1", "user_id": "U0BEN", "channel_id": "C0SE"}
    async with wire.slack.socket({**envelope, "payload": typed}) as socket:
        settings = Settings(slack_app_token="xapp-test", slack_bot_token="xoxb-test", slack_api_url=wire.slack.base_url)  # type: ignore[arg-type]  # pydantic makes them secrets
        handler = socket_mode(wire.bolt, settings)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
        answer = await socket.answer()
        await handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    assert [incoming.text for incoming in wire.heard] == ["help"]
    assert answer["envelope_id"] == "E1"
    assert list(texts(answer["payload"]["blocks"])) == ["Heard."]


def test_there_is_one_listener_for_each_kind_of_request() -> None:
    settings = Settings(slack_signing_secret=SECRET, slack_bot_token="xoxb-test")  # type: ignore[arg-type]  # pydantic makes them secrets

    async def handle(incoming: Incoming) -> Message | None:
        return None

    bolt = app(settings, handle, lambda: NOW, client(settings, None))
    assert len(bolt._async_listeners) == 5
