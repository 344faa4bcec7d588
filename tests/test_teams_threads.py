"""Cards, edits and files in Teams, on its wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from lifbot.errors import Undeliverable
from lifbot.links import Link
from lifbot.message import Address, Message, Receipt
from lifbot.teams import render
from tests.golden_messages import HOSTILE
from tests.teams_limits import check, nodes
from tests.teams_wire import CHANNEL, CHAT, THREAD, Wire, on_the_wire
from tests.test_teams_sender import AGENDA, Out, out, parcel

__all__ = ["out"]
FILE = "application/vnd.microsoft.teams.file.download.info"
IN_THREAD = Address("teams", None, CHANNEL, direct=False, thread=THREAD)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


async def test_a_card_under_a_mention_is_posted_in_its_thread_and_drawn_anew_there(out: Out) -> None:
    await out.knows_channel()
    receipt = await out.sender.send(parcel(CHANNEL, AGENDA, address=IN_THREAD))
    assert receipt.channel == CHANNEL
    thread, _, id = receipt.stamp.partition("|")
    assert thread == THREAD
    again = parcel(CHANNEL, AGENDA, key="redraw/1/1", instead=receipt)
    assert await out.sender.send(again) == receipt
    assert out.teams.calls[-1].what.startswith("PUT ")
    assert out.teams.activities[-1]["id"] == id


async def test_a_card_that_began_a_thread_is_drawn_anew(out: Out) -> None:
    await out.knows_channel()
    receipt = await out.sender.send(parcel(CHANNEL, AGENDA))
    assert ";messageid=" in receipt.stamp
    await out.sender.send(parcel(CHANNEL, AGENDA, key="redraw/1/1", instead=receipt))
    assert out.teams.calls[-1].what.startswith("PUT ")
    assert out.teams.activities[-1]["id"] == receipt.stamp.partition(";messageid=")[2]


async def test_a_card_in_a_groups_chat_is_drawn_anew(out: Out) -> None:
    await out.knows_channel("19:chat@thread.v2")
    receipt = await out.sender.send(parcel("19:chat@thread.v2", AGENDA))
    await out.sender.send(parcel("19:chat@thread.v2", AGENDA, key="redraw/1/1", instead=receipt))
    assert out.teams.calls[-1].what.startswith("PUT ")
    assert out.teams.activities[-1]["id"] == receipt.stamp


async def test_a_card_that_is_gone_is_given_up(out: Out) -> None:
    await out.knows_channel()
    out.teams.answer("PUT", status=404)
    with pytest.raises(Undeliverable):
        await out.sender.send(parcel(CHANNEL, AGENDA, instead=Receipt(CHANNEL, f"{THREAD}|1")))


def edited(activity: dict[str, Any], kind: str = "editMessage") -> dict[str, Any]:
    data = {**activity["channelData"], "eventType": kind}
    return {**activity, "type": "messageUpdate", "timestamp": "2026-03-02T09:05:00Z", "channelData": data}


async def test_an_edited_message_brings_its_new_words(wire: Wire) -> None:
    await wire.send(edited(wire.chat(text="done, 41 trained")))
    (heard,) = wire.heard
    assert (heard.text, heard.edits) == ("done, 41 trained", f"teams:{CHAT}:1001")
    assert heard.event == f"teams:{CHAT}:1001/2026-03-02T09:05:00Z"


@pytest.mark.parametrize("kind", ["undeleteMessage", "softDeleteMessage", ""])
async def test_other_updates_of_messages_are_left_alone(wire: Wire, kind: str) -> None:
    await wire.send(edited(wire.chat(text="done, 41 trained"), kind))
    await wire.send({**wire.chat(), "type": "messageDelete"})
    assert wire.heard == []


async def test_an_edit_in_a_channel_is_answered_without_a_word_to_the_channel(wire: Wire) -> None:
    await wire.mention("done, 40 trained")
    before = len(wire.teams.activities)
    me = {"type": "mention", "mentioned": {"id": "28:bot", "name": "lifbot"}, "text": "<at>lifbot</at>"}
    await wire.send(edited(wire.channel(text="<at>lifbot</at> done, 41 trained", entities=[me])))
    assert wire.heard[-1].edits == wire.heard[0].event
    assert [each for each in wire.teams.activities[before:] if each.get("text") == "Sent to you."] == []


async def test_a_file_comes_with_its_name_and_address(wire: Wire) -> None:
    url = "https://kirklees.sharepoint.com/personal/cleo/Documents/Audit.pdf"
    content = {"downloadUrl": "https://kirklees.sharepoint.com/secret?tempauth=1", "uniqueId": "1", "fileType": "pdf"}
    sent = [
        {"contentType": FILE, "contentUrl": url, "name": "Audit.pdf", "content": content},
        {"contentType": "text/html", "content": "<p>done</p>"},
        {"contentType": "image/png", "contentUrl": "https://smba.example/v3/attachments/1"},
    ]
    await wire.send(wire.chat(text="done", attachments=sent))
    assert wire.heard[0].files == (("Audit.pdf", url),)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_link_is_a_button_that_opens_it(name: str) -> None:
    drawn = render.message(Message((Link("Evidence:", name, "https://example.org/a"),), "Evidence"))
    assert check(drawn) == []
    opening = [node for node in nodes(drawn) if node["type"] == "Action.OpenUrl"]
    assert [node["url"] for node in opening] == ["https://example.org/a"]


def test_what_is_no_https_address_has_no_button() -> None:
    drawn = render.message(Message((Link("Evidence:", "report", "http://example.org/a"),), "Evidence"))
    assert check(drawn) == []
    assert [node for node in nodes(drawn) if node["type"] == "Action.OpenUrl"] == []
