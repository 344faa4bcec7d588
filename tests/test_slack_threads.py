"""Channels' threads, edits, files and cards on Slack's wire: what is heard, what is dropped, what is drawn anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from lifbot.errors import Undeliverable
from lifbot.links import Link
from lifbot.message import Address, Message, Parcel, Place, Receipt, say
from lifbot.slack import render
from tests.any_message import TEXTS, every_block
from tests.golden_messages import HOSTILE
from tests.slack_limits import check
from tests.slack_wire import Wire, on_the_wire
from tests.test_slack_sender import Post, post

__all__ = ["TEXTS", "every_block", "post"]

HERE = [{"team_id": "T1", "user_id": "ULIF", "is_bot": True}]
CARD = Parcel("k/card/1/0", Address("slack", "T1", "C0SE", direct=False, thread="17.0"), say("A card"), again=False)
REDRAW = Parcel(
    "k/redraw/1/1", Address("slack", "T1", "C0SE", direct=False), say("New"), False, instead=Receipt("C0SE", "17.1")
)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


def reply(text: str = "done, trained", **given: Any) -> dict[str, Any]:
    """Return a reply in a thread of a channel."""
    said = {"type": "message", "channel": "C0SE", "channel_type": "channel", "user": "U0CLEO", "text": text}
    return {**said, "ts": "17.6", "thread_ts": "17.0", **given}


def edit(new: str, old: str = "done, 40", *, outer: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """Return the event of an edited direct message."""
    said = {"type": "message", "user": "U0CLEO", "text": new, "ts": "17.6", **given}
    said.setdefault("edited", {"user": "U0CLEO", "ts": "18.0"})
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": "D1", "ts": "18.1"}
    before = {"type": "message", "user": "U0CLEO", "text": old, "ts": "17.6"}
    return {**event, "channel_type": "im", "message": said, "previous_message": before, **(outer or {})}


async def test_a_reply_in_a_channels_thread_is_overheard(wire: Wire) -> None:
    await wire.event(reply(), authorizations=HERE)
    (heard,) = wire.heard
    assert (heard.kind, heard.place, heard.event, heard.text) == (
        "thread", Place("C0SE", False, "17.0"), "slack:C0SE:17.6", "done, trained",
    )  # fmt: skip
    (answer,) = wire.slack.calls
    assert answer.method == "chat.postEphemeral"
    assert (answer.args["thread_ts"], answer.args["user"]) == ("17.0", "U0CLEO")


@pytest.mark.parametrize(
    "given",
    [
        {"thread_ts": None},
        {"thread_ts": "17.6"},
        {"bot_id": "BOTHER"},
        {"user": "ULIF"},
        {"user": None},
        {"subtype": "channel_join"},
        {"subtype": "message_deleted"},
        {"text": "hello <@ULIF> done"},
    ],
)
async def test_whatever_else_is_said_in_a_channel_is_dropped_at_once(wire: Wire, given: dict[str, Any]) -> None:
    assert (await wire.event(reply(**given), authorizations=HERE)).status_code == 200
    assert wire.heard == []
    assert wire.slack.calls == []


async def test_where_nothing_is_answered_nothing_is_said(wire: Wire) -> None:
    wire.says = lambda incoming: None
    await wire.event(reply(), authorizations=HERE)
    assert len(wire.heard) == 1
    assert wire.slack.calls == []


async def test_a_reply_shown_in_the_channel_too_is_a_reply(wire: Wire) -> None:
    await wire.event(reply(subtype="thread_broadcast"), authorizations=HERE)
    assert [heard.kind for heard in wire.heard] == ["thread"]


@pytest.mark.parametrize(("channel", "thread", "kind"), [("D1", None, "words"), ("C0SE", "17.0", "thread")])
async def test_an_edited_message_brings_its_new_words(wire: Wire, channel: str, thread: str | None, kind: str) -> None:
    outer = {"channel": channel, "channel_type": "im" if channel == "D1" else "channel"}
    await wire.event(edit("done, 41", outer=outer, thread_ts=thread), authorizations=HERE)
    (heard,) = wire.heard
    assert (heard.kind, heard.text, heard.edits) == (kind, "done, 41", f"slack:{channel}:17.6")
    assert heard.event == f"slack:{channel}:17.6/18.0"
    (answer,) = wire.slack.calls
    assert answer.method == ("chat.postMessage" if channel == "D1" else "chat.postEphemeral")


async def test_an_edited_mention_is_read_without_the_mention(wire: Wire) -> None:
    await wire.event(
        edit("<@ULIF> done, 41", outer={"channel": "C0SE", "channel_type": "channel"}), authorizations=HERE
    )
    assert [(heard.kind, heard.text) for heard in wire.heard] == [("mention", "done, 41")]


@pytest.mark.parametrize(
    "event",
    [
        edit("done, 40"),
        edit("done, 41", edited={}),
        edit("done, 41", bot_id="BLIF"),
        edit("done, 41", user="ULIF"),
        edit("done, 41", outer={"channel": "C0SE", "channel_type": "channel"}),
        edit("done, 41", outer={"message": None}),
        edit("done, 41", outer={"message": {"subtype": "tombstone", "user": "U0CLEO"}}),
    ],
)
async def test_unfurled_links_and_others_edits_are_no_corrections(wire: Wire, event: dict[str, Any]) -> None:
    assert (await wire.event(event, authorizations=HERE)).status_code == 200
    assert wire.heard == []


async def test_files_come_with_their_names_and_addresses(wire: Wire) -> None:
    files = [
        {"id": "F1", "name": "audit.pdf", "title": "Audit report", "permalink": "https://x.slack.com/files/U/F1/audit.pdf"},
        {"id": "F2", "mode": "file_access", "file_access": "check_file_info"},
        {"id": "F3", "mode": "tombstone"},
    ]  # fmt: skip
    await wire.event(reply("", channel="D1", channel_type="im", thread_ts=None, subtype="file_share", files=files))
    assert wire.heard[0].files == (("Audit report", "https://x.slack.com/files/U/F1/audit.pdf"), ("", ""))
    assert all(call.method != "files.info" for call in wire.slack.calls)


async def test_a_card_under_a_mention_is_posted_in_its_thread(post: Post) -> None:
    await post.sender.send(CARD)
    (call,) = post.slack.called("chat.postMessage")
    assert (call["channel"], call["thread_ts"]) == ("C0SE", "17.0")


async def test_before_a_second_try_the_thread_is_looked_through(post: Post) -> None:
    found = {"ts": "17.9", "metadata": {"event_type": "lifbot", "event_payload": {"key": CARD.key}}}
    post.slack.answer("conversations.replies", {"ok": True, "messages": [found]})
    assert await post.sender.send(replace(CARD, again=True)) == Receipt("C0SE", "17.9")
    assert post.slack.called("chat.postMessage") == []
    post.slack.answer("conversations.replies", {"ok": False, "error": "missing_scope"})
    assert await post.sender.send(replace(CARD, again=True)) == Receipt("C0SE", "1700000000.000100")


@pytest.mark.parametrize("again", [False, True])
async def test_a_card_is_drawn_anew_in_its_place(post: Post, again: bool) -> None:
    assert await post.sender.send(replace(REDRAW, again=again)) == Receipt("C0SE", "17.1")
    (call,) = post.slack.called("chat.update")
    assert (call["channel"], call["ts"], call["text"]) == ("C0SE", "17.1", "New")
    assert post.slack.called("chat.postMessage") == post.slack.called("conversations.history") == []


async def test_a_long_card_keeps_within_what_an_update_may_hold(post: Post) -> None:
    await post.sender.send(replace(REDRAW, message=say("x" * 9000)))
    assert len(post.slack.called("chat.update")[0]["text"]) <= 4000


@pytest.mark.parametrize(
    "name", ["message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"]
)
async def test_a_card_that_is_gone_is_given_up(post: Post, name: str) -> None:
    post.slack.answer("chat.update", {"ok": False, "error": name})
    assert isinstance(await post.refused(REDRAW), Undeliverable)


async def test_redrawing_keeps_to_the_pace(post: Post) -> None:
    for _ in range(13):
        await post.sender.send(REDRAW)
    assert post.time.now >= 1003.0


@pytest.mark.parametrize("name", HOSTILE)
def test_a_link_is_drawn_by_its_name_letter_for_letter(name: str) -> None:
    drawn = render.message(Message((Link("Evidence:", name, "https://example.org/a"),), "Evidence"))
    assert check(drawn) == []
    (block,) = drawn["blocks"]
    assert [part["type"] for part in block["elements"][0]["elements"]] == ["text", "link"]


@pytest.mark.parametrize("url", ["http://example.org", "javascript:alert(1)", "https://a@b", "<!channel>", ""])
def test_what_is_no_https_address_stays_words(url: str) -> None:
    drawn = render.message(Message((Link("Evidence:", "report", url),), "Evidence"))
    assert check(drawn) == []
    assert {part["type"] for part in drawn["blocks"][0]["elements"][0]["elements"]} == {"text"}
