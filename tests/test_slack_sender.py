"""How the outbox's messages reach Slack: once each, at Slack's pace, and never lost for a reason that passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Heading, ItemCard, Message, Parcel, Receipt, say
from lifbot.settings import Settings
from lifbot.slack.sender import SlackSender, client
from tests.fake_slack import FakeSlack, fake_slack
from tests.slack_limits import check

TO_CLEO = Parcel(
    "nudge/cleo/2026-03-02", Address("slack", "T1", "U0CLEO", direct=True), say("Good morning."), again=False
)
TO_GROUP = Parcel("agenda/se/1", Address("slack", "T1", "C0SE", direct=False), say("Agenda"), again=False)


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Post:
    """A sender under test, Slack on its other side, and the time both live by."""

    slack: FakeSlack
    web: AsyncWebClient
    sender: SlackSender
    time: Time

    async def refused(self, parcel: Parcel = TO_CLEO) -> TryLater | Undeliverable:
        try:
            await self.sender.send(parcel)
        except (TryLater, Undeliverable) as error:
            return error
        raise AssertionError("it was sent")


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with fake_slack() as slack, aiohttp.ClientSession() as session:
        settings = Settings(slack_bot_token="xoxb-test", slack_api_url=slack.base_url)  # type: ignore[arg-type]  # pydantic makes it a secret
        web, time = client(settings, session), Time()
        yield Post(slack, web, SlackSender(web, sleep=time.sleep, monotonic=time), time)


async def test_a_person_gets_a_direct_message_that_bears_its_key(post: Post) -> None:
    assert await post.sender.send(TO_CLEO) == Receipt("DU0CLEO", "1700000000.000100")
    (sent,) = post.slack.called("chat.postMessage")
    assert sent["metadata"] == {"event_type": "lifbot", "event_payload": {"key": "nudge/cleo/2026-03-02"}}
    assert check(sent) == []


async def test_a_conversation_is_opened_once(post: Post) -> None:
    await post.sender.send(TO_CLEO)
    await post.sender.send(replace(TO_CLEO, key="another"))
    assert [call.method for call in post.slack.calls].count("conversations.open") == 1


async def test_a_group_gets_it_in_its_channel_and_the_notification_names_no_item(post: Post) -> None:
    agenda = Message((Heading("Agenda, 12 March 2026"), ItemCard("SE-2026-014", "Audit", "due")))
    assert (await post.sender.send(replace(TO_GROUP, message=agenda))).channel == "C0SE"
    assert [sent["text"] for sent in post.slack.called("chat.postMessage")] == ["Agenda, 12 March 2026"]
    assert post.slack.called("conversations.open") == []


# Looking before sending again


def ours(key: str, stamp: str = "17.9") -> dict[str, object]:
    return {"ts": stamp, "metadata": {"event_type": "lifbot", "event_payload": {"key": key}}}


async def test_what_has_arrived_is_not_sent_again(post: Post) -> None:
    theirs = {"ts": "17.2", "metadata": {"event_type": "theirs", "event_payload": {"key": TO_CLEO.key}}}
    others = [{"ts": "17.1"}, theirs, ours("another")]
    post.slack.answer("conversations.history", {"ok": True, "messages": [*others, ours(TO_CLEO.key)]})
    assert await post.sender.send(replace(TO_CLEO, again=True)) == Receipt("DU0CLEO", "17.9")
    assert post.slack.called("chat.postMessage") == []
    assert [look["limit"] for look in post.slack.called("conversations.history")] == ["100"]


async def test_what_has_not_arrived_is_sent(post: Post) -> None:
    post.slack.answer("conversations.history", {"ok": True, "messages": [ours("another"), "odd", {"metadata": 7}]})
    await post.sender.send(replace(TO_CLEO, again=True))
    assert len(post.slack.called("chat.postMessage")) == 1


async def test_history_is_read_only_before_a_second_sending(post: Post) -> None:
    await post.sender.send(TO_CLEO)
    assert post.slack.called("conversations.history") == []


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_a_channel_that_may_not_be_read_gets_the_message(post: Post, error: str) -> None:
    post.slack.answer("conversations.history", {"ok": False, "error": error})
    await post.sender.send(replace(TO_GROUP, again=True))
    assert len(post.slack.called("chat.postMessage")) == 1


async def test_where_looking_fails_nothing_is_sent(post: Post) -> None:
    post.slack.answer("conversations.history", {"ok": False, "error": "internal_error"})
    assert (await post.refused(replace(TO_CLEO, again=True))).reason == "internal_error"
    assert post.slack.called("chat.postMessage") == []


# What refusals mean


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"body": {"ok": False, "error": "ratelimited"}, "status": 429}, "ratelimited"),
        ({"body": {"ok": False, "error": "internal_error"}}, "internal_error"),
        ({"body": {"ok": False, "error": "fatal_error"}, "status": 500}, "fatal_error"),
        ({"body": {"ok": False, "error": "service_unavailable"}}, "service_unavailable"),
        ({"body": {"ok": False, "error": "request_timeout"}}, "request_timeout"),
        ({"body": {"ok": False, "error": "something_new"}}, "something_new"),
        ({"body": {"ok": False, "error": "invalid_auth"}}, "invalid_auth"),
        ({"body": {"ok": False, "error": "missing_scope"}}, "invalid_auth"),
        ({"body": {"ok": False, "error": "token_revoked"}}, "invalid_auth"),
        ({"body": {"ok": False, "error": "account_inactive"}}, "invalid_auth"),
        ({"body": "<html>Bad gateway</html>", "status": 502}, "http_502"),
        ({"body": "<html>Hello</html>"}, "unreadable_answer"),
        ({"body": [1, 2]}, "unreadable_answer"),
        ({"body": 7}, "unreadable_answer"),
        ({"body": {"ok": True}}, "unreadable_answer"),
        ({"body": {"ok": True, "ts": 7}}, "unreadable_answer"),
    ],
)
async def test_what_may_pass_is_tried_later(post: Post, answer: dict[str, object], reason: str) -> None:
    post.slack.answer("chat.postMessage", **answer)  # type: ignore[arg-type]  # a table's cells are of any type
    error = await post.refused()
    assert (type(error), error.reason) == (TryLater, reason)
    assert len(post.slack.called("chat.postMessage")) == 1  # the client does not repeat it by itself


@pytest.mark.parametrize(
    "reason",
    ["channel_not_found", "is_archived", "not_in_channel", "restricted_action", "restricted_action_read_only_channel",
     "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "no_text", "messages_tab_disabled"],
)  # fmt: skip
async def test_what_slack_will_never_take_is_named(post: Post, reason: str) -> None:
    post.slack.answer("chat.postMessage", {"ok": False, "error": reason})
    error = await post.refused()
    assert (type(error), error.reason) == (Undeliverable, reason)


@pytest.mark.parametrize("reason", ["user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot"])
async def test_a_person_who_cannot_be_reached_is_named(post: Post, reason: str) -> None:
    post.slack.answer("conversations.open", {"ok": False, "error": reason})
    error = await post.refused()
    assert (type(error), error.reason) == (Undeliverable, reason)
    await post.sender.send(TO_CLEO)  # nothing of the failure is remembered


async def test_a_line_that_breaks_may_have_delivered_so_it_is_tried_later(post: Post) -> None:
    post.slack.silence("chat.postMessage", 0.0)
    assert isinstance(await post.refused(), TryLater)
    assert len(post.slack.called("chat.postMessage")) == 1


async def test_a_conversation_without_an_id_is_asked_for_again(post: Post) -> None:
    post.slack.answer("conversations.open", {"ok": True})
    assert (await post.refused()).reason == "unreadable_answer"
    assert (await post.sender.send(TO_CLEO)).channel == "DU0CLEO"


async def test_where_nobody_answers_it_is_tried_later() -> None:
    async with aiohttp.ClientSession() as session:
        settings = Settings(slack_bot_token="xoxb-test", slack_api_url="http://127.0.0.1:1/api/")  # type: ignore[arg-type]  # pydantic makes it a secret
        with pytest.raises(TryLater, match="Client"):
            await SlackSender(client(settings, session)).send(TO_CLEO)


async def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    here = Settings(slack_bot_token="xoxb-test", slack_api_url=post.slack.base_url)  # type: ignore[arg-type]  # pydantic makes it a secret
    assert client(here, None).proxy is None
    assert client(Settings(), None).proxy == "http://127.0.0.1:1"


# Pace


@pytest.mark.parametrize("header", ["7", "7.0"])
async def test_slacks_own_wait_is_passed_on_and_kept(post: Post, header: str) -> None:
    post.slack.answer("chat.postMessage", {"ok": False, "error": "ratelimited"}, status=429, Retry_After=header)
    error = await post.refused()
    assert isinstance(error, TryLater)
    assert error.after == 7
    before = post.time.now
    await post.sender.send(TO_GROUP)  # another channel need not wait
    assert post.time.now == before
    await post.sender.send(TO_CLEO)
    assert post.time.now == before + 7


@pytest.mark.parametrize("header", ["soon", "", "-1", "nan"])
async def test_a_wait_that_is_no_number_is_none(post: Post, header: str) -> None:
    post.slack.answer("chat.postMessage", {"ok": False, "error": "ratelimited"}, status=429, Retry_After=header)
    error = await post.refused()
    assert isinstance(error, TryLater)
    assert not error.after


async def test_a_channel_takes_ten_at_once_and_then_one_a_second(post: Post) -> None:
    moments = []
    for number in range(15):
        await post.sender.send(replace(TO_GROUP, key=f"agenda/{number}"))
        moments.append(round(post.time.now - 1000, 3))
    assert moments == [0.0] * 10 + [1, 2, 3, 4, 5]


async def test_a_workspace_takes_forty_at_once_and_then_twenty_a_second(post: Post) -> None:
    for number in range(60):
        await post.sender.send(replace(TO_GROUP, address=replace(TO_GROUP.address, to=f"C{number}")))
    assert round(post.time.now - 1000, 3) == 1


async def test_a_turn_that_is_far_away_goes_back_to_the_outbox(post: Post) -> None:
    async def stand_still(seconds: float) -> None:
        await asyncio.sleep(0)

    sender = SlackSender(post.web, sleep=stand_still, monotonic=post.time)
    for number in range(20):
        await sender.send(replace(TO_GROUP, key=f"agenda/{number}"))
    with pytest.raises(TryLater, match="pacing") as caught:
        await sender.send(TO_GROUP)
    assert caught.value.after == 11
    assert len(post.slack.called("chat.postMessage")) == 20
