"""The playground as a bot meets it: Slack's Web API, and signed requests that fail and run out as there."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from lifbot.playground.cast import BOT
from tests.playground_bot import FORM, plain
from tests.playground_world import BEN, CAST, CLEO, LD, SE, World, open_world

BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "*Due* soon"}}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def refused(world: World, method: str, **args: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await world.client.api_call(method, json=args)
    answer: dict[str, Any] = caught.value.response.data
    return answer


async def test_lifbot_learns_who_it_is_and_who_is_there(world: World) -> None:
    assert (await world.client.auth_test())["user_id"] == BOT
    assert (await world.client.users_info(user=CLEO))["user"]["real_name"] == "Cleo Hart"
    assert (await world.client.users_lookupByEmail(email="amina@example.org"))["user"]["id"] == "U0AMINA"
    assert len((await world.client.users_list())["members"]) == len(CAST.people) + 1
    assert (await world.client.conversations_info(channel=SE))["channel"]["name"] == "safeguarding-effectiveness"
    assert CLEO in (await world.client.conversations_members(channel=SE))["members"]
    listed = (await world.client.conversations_list(types="public_channel,im"))["channels"]
    assert {SE, "D0CLEO"} <= {channel["id"] for channel in listed}


async def test_a_wrong_token_is_refused(world: World) -> None:
    stranger = AsyncWebClient("xoxb-other", base_url=world.client.base_url)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await stranger.auth_test()
    with pytest.raises(SlackApiError, match="unknown_method"):
        await world.client.api_call("chat.shout")


async def test_a_message_to_a_person_opens_their_messages(world: World) -> None:
    posted = await world.client.chat_postMessage(channel=CLEO, text="Good morning", blocks=[BLOCK])
    assert posted["channel"] == (await world.client.conversations_open(users=CLEO))["channel"]["id"] == "D0CLEO"
    assert await world.texts(CLEO, "D0CLEO") == ["Good morning"]
    assert (await world.page.get("/playground/state?as=U0BEN&place=D0CLEO")).status_code == 404


async def test_messages_are_changed_removed_linked_and_reacted_to(world: World) -> None:
    posted = await world.client.chat_postMessage(channel=SE, text="Agenda")
    ts = str(posted["ts"])
    await world.client.chat_update(channel=SE, ts=ts, text="Agenda, corrected")
    await world.client.reactions_add(channel=SE, timestamp=ts, name="eyes")
    shown = (await world.sees(BEN, SE))["messages"][0]
    assert (shown["text"], shown["edited"]) == ("Agenda, corrected", True)
    assert shown["reactions"] == [{"name": "eyes", "user": BOT}]
    link = (await world.client.chat_getPermalink(channel=SE, message_ts=ts))["permalink"]
    assert str(link).startswith(world.url)
    await world.client.chat_delete(channel=SE, ts=ts)
    assert await world.texts(BEN, SE) == []
    assert (await refused(world, "chat.delete", channel=SE, ts=ts))["error"] == "message_not_found"


async def test_timestamps_only_rise(world: World) -> None:
    posted = [await world.client.chat_postMessage(channel=SE, text=str(number)) for number in range(20)]
    stamps = [str(answer["ts"]) for answer in posted]
    assert stamps == sorted(set(stamps))


async def test_metadata_come_back_to_whoever_looks_for_them(world: World) -> None:
    key = {"event_type": "lifbot", "event_payload": {"key": "remind/42/2026-03-01"}}
    posted = await world.client.chat_postMessage(channel=CLEO, text="Due", metadata=key)
    place = str(posted["channel"])
    found = (await world.client.conversations_history(channel=place, include_all_metadata=True, limit=5))["messages"]
    assert [message["metadata"] for message in found] == [key]
    silent = (await world.client.conversations_history(channel=place))["messages"]
    assert "metadata" not in silent[0]


async def test_history_comes_in_pages_and_holds_no_private_words(world: World) -> None:
    for number in range(5):
        await world.client.chat_postMessage(channel=SE, text=f"Line {number}")
    await world.client.chat_postEphemeral(channel=SE, user=BEN, text="Only for Ben")
    pages = [page["messages"] async for page in await world.client.conversations_history(channel=SE, limit=2)]
    assert [message["text"] for page in pages for message in page] == [f"Line {n}" for n in (4, 3, 2, 1, 0)]
    assert "Only for Ben" in await world.texts(BEN, SE)
    assert "Only for Ben" not in await world.texts(CLEO, SE)


async def test_a_thread_holds_its_replies(world: World) -> None:
    first = await world.client.chat_postMessage(channel=SE, text="Matters arising")
    await world.client.chat_postMessage(channel=SE, text="First", thread_ts=str(first["ts"]))
    await world.say(CLEO, SE, "second", thread=str(first["ts"]))
    thread = await world.client.conversations_replies(channel=SE, ts=str(first["ts"]))
    assert [message["text"] for message in thread["messages"]] == ["Matters arising", "First", "second"]
    assert (await world.sees(BEN, SE))["messages"][0]["replies"] == 2


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C0NONE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": SE}, "no_text"),
    ("chat.postEphemeral", {"channel": LD, "user": BEN, "text": "x"}, "user_not_in_channel"),
    ("chat.update", {"channel": SE, "ts": "1.000001", "text": "x" * 4001}, "msg_too_long"),
    ("chat.update", {"channel": SE, "ts": "1.000001", "text": "x"}, "message_not_found"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.replies", {"channel": SE, "ts": "1.000001"}, "thread_not_found"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("users.lookupByEmail", {"email": "nobody@example.org"}, "users_not_found"),
    ("views.open", {"view": FORM, "trigger_id": "never.given"}, "invalid_trigger_id"),
    ("views.update", {"view": FORM, "view_id": "V0NONE"}, "not_found"),
    ("views.publish", {"view": {"type": "home", "blocks": []}, "user_id": "U0NOBODY"}, "user_not_found"),
    ("chat.postMessage", {"channel": SE, "blocks": 7}, "invalid_blocks"),
    ("chat.postMessage", {"channel": SE, "blocks": [{"type": "actions", "elements": 7}]}, "invalid_arguments"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
async def test_refusals_are_slacks_own(world: World, method: str, args: dict[str, Any], error: str) -> None:
    assert (await refused(world, method, **args))["error"] == error


async def test_lifbot_speaks_only_where_it_is_a_member_and_changes_only_its_own_words(world: World) -> None:
    await world.say(BEN, SE, "Good morning")
    ts = (await world.sees(BEN, SE))["messages"][0]["ts"]
    assert (await refused(world, "chat.update", channel=SE, ts=ts, text="x"))["error"] == "cant_update_message"
    world.workspace.remove(SE, BOT)
    assert (await refused(world, "chat.postMessage", channel=SE, text="x"))["error"] == "not_in_channel"
    assert (await refused(world, "conversations.history", channel=SE))["error"] == "not_in_channel"


async def test_planned_faults_strike_once_and_calls_are_written_down(world: World) -> None:
    world.workspace.fail_next("chat.postMessage", status=429, retry_after=7)
    world.workspace.fail_next("chat.postMessage", error="account_inactive")
    with pytest.raises(SlackApiError) as limited:
        await world.client.chat_postMessage(channel=SE, text="one")
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    assert (await refused(world, "chat.postMessage", channel=SE, text="two"))["error"] == "account_inactive"
    await world.client.chat_postMessage(channel=SE, text="three")
    assert await world.texts(BEN, SE) == ["three"]
    calls = [call.args["text"] for call in world.workspace.calls if call.method == "chat.postMessage"]
    assert calls == ["one", "two", "three"]


async def test_a_connection_may_break_after_the_message_was_posted(world: World) -> None:
    world.workspace.fail_next("chat.postMessage", drop=True, after=True)
    headers = {"Authorization": f"Bearer {world.client.token}"}
    with pytest.raises(httpx.RemoteProtocolError):
        await world.page.post("/playground/api/chat.postMessage", json={"channel": SE, "text": "x"}, headers=headers)
    assert await world.texts(BEN, SE) == ["x"]


async def test_a_forgotten_signature_would_be_noticed(world: World) -> None:
    await world.say(BEN, SE, "/lif hello")
    assert [body["text"] for body in world.heard] == ["hello"]
    body, moment = b"text=forged", "1700000000"
    digest = hmac.new(b"wrong", b"v0:1700000000:" + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": moment}
    assert (await world.page.post("/slack/events", content=body, headers=headers)).status_code == 401


async def test_a_late_trigger_and_a_second_use_are_refused(world: World) -> None:
    late, once = world.workspace.triggers.new(BEN), world.workspace.triggers.new(BEN)
    assert (await world.client.views_open(trigger_id=once, view=FORM))["view"]["title"] == plain("Ask for more time")
    again = await refused(world, "views.open", trigger_id=once, view=FORM)
    assert again["error"] == "exchanged_trigger_id"
    await asyncio.sleep(3.1)
    assert (await refused(world, "views.open", trigger_id=late, view=FORM))["error"] == "expired_trigger_id"


async def test_what_was_said_outlives_the_process(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.client.chat_postMessage(channel=CLEO, text="Good morning")
        world.workspace.remove(LD, "U0DEV")
    async with open_world(tmp_path) as world:
        assert await world.texts(CLEO, "D0CLEO") == ["Good morning"]
        assert "U0DEV" not in world.workspace.members(LD)
        assert (await world.client.chat_postMessage(channel=CLEO, text="And again"))["ok"]
