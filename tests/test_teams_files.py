"""A file in somebody's own chat in Teams: they are asked first, and its bytes go to Microsoft's addresses alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from lifbot.message import File, Receipt
from lifbot.teams.files import CONSENT, INFO, is_microsofts
from tests.teams_limits import check
from tests.teams_wire import BEN, CHAT, CLEO, CLEO_HERE, Wire, on_the_wire, texts
from tests.test_teams_sender import REMINDER, Out, out, parcel

__all__ = ["out"]

KEY = "kirklees/file/ben/2026-03-12T10:42/ab12"
LIST = File("lifbot-SE-overdue-2026-03-12.xlsx", "23 past their date, asked for on 12 March", b"PK\x03\x04 a workbook")


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as it:
        it.files[KEY, ("teams", BEN)] = LIST
        yield it


def upload(wire: Wire, **other: Any) -> dict[str, Any]:
    info = {"contentUrl": "https://contoso-my.sharepoint.com/list.xlsx", "name": LIST.name, "fileType": "xlsx"}
    return {"uploadUrl": f"{wire.teams.url}/onedrive/session", "uniqueId": "1150D938", **info, **other}


async def pressed(wire: Wire, action: str = "accept", key: str = KEY, **other: Any) -> Any:
    """Press one of the buttons under the question."""
    value = {"type": "fileUpload", "action": action, "context": {"lif": "file", "key": key}, **other}
    return await wire.invoke("fileConsent/invoke", value, wire.chat(replyToId="900"))


# The question


async def test_the_person_is_asked_whether_they_want_the_file(out: Out) -> None:
    await out.knows()
    sent = await out.sender.send(replace(parcel(), key=KEY, file=LIST))
    assert sent == Receipt(CHAT, "sent-1")
    (activity,) = out.teams.activities
    (card,) = activity["attachments"]
    assert (card["contentType"], card["name"]) == (CONSENT, LIST.name)
    assert card["content"]["sizeInBytes"] == len(LIST.content)
    assert card["content"]["acceptContext"] == {"lif": "file", "key": KEY}
    assert card["content"]["description"].startswith(REMINDER.summary)
    assert check(activity) == []
    assert out.teams.uploads == []


async def test_what_this_process_has_asked_it_does_not_ask_again(out: Out) -> None:
    await out.knows()
    first = await out.sender.send(replace(parcel(), file=LIST))
    assert await out.sender.send(replace(parcel(again=True), file=LIST)) == first
    assert len(out.teams.activities) == 1


# The answer


async def test_a_yes_puts_the_file_into_their_onedrive_and_shows_it(wire: Wire) -> None:
    assert await pressed(wire, uploadInfo=upload(wire)) == {}
    (taken,) = wire.teams.uploads
    size = len(LIST.content)
    assert (taken.path, taken.range, taken.content) == ("/onedrive/session", f"bytes 0-{size - 1}/{size}", LIST.content)
    assert taken.token == "", "the address itself lets the bytes in"
    shown, question = wire.teams.activities
    assert shown["attachments"][0]["contentType"] == INFO
    assert shown["attachments"][0]["contentUrl"] == "https://contoso-my.sharepoint.com/list.xlsx"
    assert shown["attachments"][0]["content"] == {"uniqueId": "1150D938", "fileType": "xlsx"}
    assert question["id"] == "900"
    assert "The list was put into your OneDrive." in texts(question)
    assert wire.teams.faults == []


async def test_a_no_takes_the_question_away(wire: Wire) -> None:
    assert await pressed(wire, "decline") == {}
    assert wire.teams.uploads == []
    (question,) = wire.teams.activities
    assert question["id"] == "900"
    assert "To have it after all, ask for the list again." in texts(question)[0]


async def test_nobody_else_gets_it(wire: Wire) -> None:
    cleo = {"id": CLEO_HERE, "name": "Cleo Hart", "aadObjectId": CLEO}
    value = {"action": "accept", "context": {"lif": "file", "key": KEY}, "uploadInfo": upload(wire)}
    await wire.invoke("fileConsent/invoke", value, wire.chat(**{"from": cleo}))
    assert wire.teams.uploads == []
    assert "I can no longer make that file." in texts(wire.teams.activities)[0]


async def test_it_is_never_taken_in_a_channel(wire: Wire) -> None:
    value = {"action": "accept", "context": {"lif": "file", "key": KEY}, "uploadInfo": upload(wire)}
    await wire.invoke("fileConsent/invoke", value, wire.channel())
    assert (wire.teams.uploads, wire.teams.activities) == ([], [])


@pytest.mark.parametrize("context", [None, 7, {}, {"lif": "file"}, {"key": KEY}, {"lif": "file", "key": 7}])
async def test_another_apps_question_is_let_be(wire: Wire, context: Any) -> None:
    value = {"action": "accept", "context": context, "uploadInfo": upload(wire)}
    assert await wire.invoke("fileConsent/invoke", value) == {}
    assert (wire.teams.uploads, wire.teams.activities) == ([], [])


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest", "https://example.org/x", "", 7, "not an address"])
async def test_no_other_address_gets_the_bytes(wire: Wire, url: Any) -> None:
    await pressed(wire, uploadInfo=upload(wire, uploadUrl=url))
    assert wire.teams.uploads == []
    assert "Teams did not take the file just now." in texts(wire.teams.activities)[0]


@pytest.mark.parametrize("status", [302, 403, 500])
async def test_a_drive_that_does_not_take_it_is_said(wire: Wire, status: int) -> None:
    wire.teams.answer("PUT /onedrive", {}, status=status, Location="http://127.0.0.1:1/")
    await pressed(wire, uploadInfo=upload(wire))
    (told,) = wire.teams.activities
    assert "Teams did not take the file just now." in texts(told)[0]


HERE, THERE = "http://127.0.0.1:9/uk/", "https://smba.trafficmanager.net/uk/"
ADDRESSES = (
    ("https://contoso-my.sharepoint.com/personal/ben/_api/session", THERE, True),
    ("https://my.microsoftpersonalcontent.com/x", THERE, False),
    ("https://api.onedrive.com/up", THERE, True),
    ("https://sharepoint.com.example.org/up", THERE, False),
    ("https://contoso.sharepoint.com@example.org/", THERE, False),
    ("http://contoso.sharepoint.com/up", THERE, False),
    ("http://127.0.0.1:80/up", THERE, False),
    ("http://localhost/up", THERE, False),
    ("http://127.0.0.1:80/up", HERE, True),
    ("http://[::1", HERE, False),
    ("", THERE, False),
)


@pytest.mark.parametrize(("url", "service", "is_one"), ADDRESSES)
def test_which_addresses_are_microsofts(url: str, service: str, is_one: bool) -> None:
    assert is_microsofts(url, service) is is_one
