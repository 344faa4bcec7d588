"""How a file reaches somebody's direct message in Slack: once, to nobody else, and to no address but Slack's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, File, Parcel, Receipt, say
from lifbot.slack.files import is_slacks
from tests.test_slack_sender import Post, post

__all__ = ["post"]

LIST = File("lifbot-SE-overdue-2026-03-12.xlsx", "23 past their date, asked for on 12 March", b"PK\x03\x04 a workbook")
TO_BEN = Parcel(
    "kirklees/file/ben/1",
    Address("slack", "T1", "U0BEN", direct=True),
    say("Here is <the list>."),
    again=False,
    file=LIST,
)


async def test_the_bytes_go_to_slacks_address_and_then_the_file_into_the_direct_message(post: Post) -> None:
    assert (await post.sender.send(TO_BEN)).channel == "DU0BEN"
    assert post.slack.uploads == [LIST.content]
    (asked,) = post.slack.called("files.getUploadURLExternal")
    assert (asked["filename"], asked["length"]) == (LIST.name, str(len(LIST.content)))
    (shared,) = post.slack.called("files.completeUploadExternal")
    assert (shared["channel_id"], shared["files"][0]["title"]) == ("DU0BEN", LIST.title)
    assert shared["initial_comment"] == "Here is &lt;the list&gt;."
    assert post.slack.called("chat.postMessage") == []


async def test_the_token_does_not_go_with_the_bytes(post: Post) -> None:
    await post.sender.send(TO_BEN)
    assert post.slack.called("upload") == [{"token": ""}]


async def test_a_file_that_has_arrived_is_not_sent_again(post: Post) -> None:
    arrived = {"ts": "17.9", "files": [{"id": "F1", "name": LIST.name, "title": LIST.title}]}
    older = {"ts": "17.1", "files": [{"id": "F0", "name": LIST.name, "title": "asked for yesterday"}, 7], "text": ""}
    post.slack.answer("conversations.history", {"ok": True, "messages": [{"ts": "1"}, older, arrived]})
    assert await post.sender.send(replace(TO_BEN, again=True)) == Receipt("DU0BEN", "17.9")
    assert post.slack.uploads == []


async def test_a_file_that_has_not_arrived_is_sent(post: Post) -> None:
    post.slack.answer("conversations.history", {"ok": True, "messages": [{"ts": "1", "files": None}]})
    await post.sender.send(replace(TO_BEN, again=True))
    assert post.slack.uploads == [LIST.content]


async def test_where_slack_says_which_message_it_became_that_is_the_receipt(post: Post) -> None:
    told = {"id": "F1", "shares": {"private": {"DU0BEN": [{"ts": "18.4"}]}}}
    post.slack.answer("files.completeUploadExternal", {"ok": True, "files": [told]})
    assert await post.sender.send(TO_BEN) == Receipt("DU0BEN", "18.4")


@pytest.mark.parametrize(
    ("method", "answer", "reason"),
    [
        ("files.getUploadURLExternal", {"body": {"ok": False, "error": "missing_scope"}}, "invalid_auth"),
        ("files.getUploadURLExternal", {"body": {"ok": True, "file_id": 7}}, "unreadable_answer"),
        ("upload", {"body": "no", "status": 500}, "http_500"),
        ("upload", {"body": "elsewhere", "status": 302, "Location": "http://127.0.0.1:1/"}, "http_302"),
        ("files.completeUploadExternal", {"body": {"ok": False, "error": "internal_error"}}, "internal_error"),
    ],
)
async def test_what_goes_wrong_on_the_way_is_tried_later(
    post: Post, method: str, answer: dict[str, object], reason: str
) -> None:
    post.slack.answer(method, **answer)  # type: ignore[arg-type]  # a table's cells are of any type
    error = await post.refused(TO_BEN)
    assert (type(error), error.reason) == (TryLater, reason)


async def test_no_other_address_gets_the_bytes(post: Post) -> None:
    post.slack.answer("files.getUploadURLExternal", {"ok": True, "upload_url": "http://127.0.0.1:1/x", "file_id": "F1"})
    error = await post.refused(TO_BEN)
    assert (type(error), error.reason) == (Undeliverable, "upload_url")
    assert post.slack.uploads == []


ADDRESSES = (
    ("https://files.slack.com/upload/v1/ABC", "https://slack.com/api/", True),
    ("https://slack.com/upload", "https://slack.com/api/", True),
    ("http://files.slack.com/upload", "https://slack.com/api/", False),
    ("https://files.slack.com.example.org/upload", "https://slack.com/api/", False),
    ("https://evilslack.com/upload", "https://slack.com/api/", False),
    ("https://files.slack.com@example.org/", "https://slack.com/api/", False),
    ("http://127.0.0.1:3000/playground/upload/F1", "http://127.0.0.1:3000/playground/api/", True),
    ("http://127.0.0.1:3001/upload/F1", "http://127.0.0.1:3000/playground/api/", False),
    ("https://slack.example.org/up", "https://slack.example.org/api/", True),
    ("file:///etc/passwd", "https://slack.com/api/", False),
    ("", "https://slack.com/api/", False),
)


@pytest.mark.parametrize(("url", "api", "is_one"), ADDRESSES)
def test_which_addresses_are_slacks(url: str, api: str, is_one: bool) -> None:
    assert is_slacks(url, api) is is_one
