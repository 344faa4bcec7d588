"""Teams' activities through the real checks: what is heard, and what cannot be read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from lifbot.message import Incoming, Place, say
from lifbot.teams.turns import SORRY
from tests.fake_teams import BOT, TENANT, claims, signed
from tests.teams_wire import (
    BEN,
    BEN_HERE,
    CHANNEL,
    CHAT,
    CLEO,
    CLEO_HERE,
    NOW,
    THREAD,
    Json,
    Wire,
    on_the_wire,
    texts,
)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


def mentioned(id: str, name: str, **other: Any) -> Json:
    return {"type": "mention", "mentioned": {"id": id, "name": name, **other}, "text": f"<at>{name}</at>"}


# What is heard


async def test_words_in_a_personal_chat(wire: Wire) -> None:
    await wire.send(wire.chat(text="action list mine"))
    place = Place(CHAT, direct=True)
    event = f"teams:{CHAT}:1001"
    assert wire.heard == [Incoming("teams", TENANT, BEN, place, "action list mine", NOW, "words", event=event)]


async def test_a_mention_in_a_channel(wire: Wire) -> None:
    await wire.mention("action list")
    place = Place(CHANNEL, direct=False, thread=THREAD)
    event = f"teams:{THREAD}:1001"
    assert wire.heard == [Incoming("teams", TENANT, BEN, place, "action list", NOW, "mention", event=event)]


async def test_a_channel_without_a_thread_and_a_group_chat(wire: Wire) -> None:
    await wire.mention("help", conversation={"id": CHANNEL, "conversationType": "channel", "tenantId": TENANT})
    chat = "19:meeting@thread.v2"
    grouped = {"id": chat, "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}
    await wire.mention("help", conversation=grouped, channelData={"tenant": {"id": TENANT}})
    assert [each.place for each in wire.heard] == [Place(CHANNEL, direct=False), Place(chat, direct=False)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<at>lifbot</at>&nbsp;action list", "action list"),
        ("<at>lifbot</at>, help\r\n", "help"),
        ("please <at>lifbot</at> help", "please   help"),
        ("action add R&amp;D &lt;plan&gt; owner:me", "action add R&D <plan> owner:me"),
        ("&amp;lt;at&amp;gt; and &copy; &quot;this&quot; it&#39;s", '&lt;at&gt; and &copy; "this" it\'s'),
        ("&lt;at&gt;lifbot&lt;/at&gt; stays", "<at>lifbot</at> stays"),
        ("a\xa0b הבקרה 🟠 naïve", "a b הבקרה 🟠 naïve"),
        ("half an emoji \ud83d", "half an emoji ?"),
        ("<at>Nobody</at> was mentioned", "@Nobody was mentioned"),
        ('<quoted messageId="900"/>done', "done"),
        ("one line\nand another", "one line\nand another"),
    ],
)
async def test_what_was_typed_arrives_as_it_was_meant(wire: Wire, typed: str, meant: str) -> None:
    await wire.send(wire.chat(text=typed, entities=[mentioned(BOT, "lifbot")]))
    assert wire.heard[0].text == meant


async def test_people_are_neutral_mentions_by_their_directory_id(wire: Wire) -> None:
    await wire.mention(
        "action add <at>Cleo Hart</at> to audit with <at>Cleo Hart</at>",
        mentioned(CLEO_HERE, "Cleo Hart", aadObjectId=CLEO),
        mentioned("29:another", "Cleo Hart", aadObjectId="another"),
    )
    assert wire.heard[0].text == f"action add <@{CLEO}> to audit with <@another>"
    assert wire.teams.called("GET") == []


@pytest.mark.parametrize("key", ["aadObjectId", "objectId"])
@pytest.mark.parametrize("paged", [True, False])
async def test_people_whom_teams_names_by_its_own_ids_are_looked_up_once(wire: Wire, key: str, paged: bool) -> None:
    found = [{"id": CLEO_HERE, key: CLEO, "name": "Cleo Hart"}, {"id": BEN_HERE, key: BEN}]
    wire.teams.members = {"members": found} if paged else found
    for _ in range(2):
        writer = {"id": BEN_HERE, "name": "Ben"}
        await wire.mention("ask <at>Cleo Hart</at>", mentioned(CLEO_HERE, "Cleo Hart"), **{"from": writer})
    assert [(each.who, each.text) for each in wire.heard] == [(BEN, f"ask <@{CLEO}>")] * 2
    assert [call.what for call in wire.teams.calls if call.what.startswith("GET")] == [
        "GET /v3/conversations/19%3Ateam%40thread.tacv2/members"
    ]


async def test_people_who_cannot_be_looked_up_stay_names(wire: Wire) -> None:
    wire.teams.answer("GET /v3", {"error": {"code": "ServiceError"}}, status=500)
    await wire.mention("ask <at>Cleo Hart</at>", mentioned(CLEO_HERE, "Cleo Hart"))
    wire.teams.answer("GET /v3", "<html>")
    await wire.mention("ask <at>Agency Leads</at>", mentioned("19:tag", "Agency Leads"), **{"from": {"id": "29:new"}})
    assert [(each.who, each.text) for each in wire.heard] == [(BEN, "ask @Cleo Hart"), ("29:new", "ask @Agency Leads")]


@pytest.mark.parametrize(
    "quoting",
    [
        {"entities": [{"type": "quotedReply", "quotedReply": {"messageId": "900"}}], "text": "done"},
        {"replyToId": "900", "text": "done"},
        {
            "text": "lifbot\nSE-2026-001 and SE-2026-002 are due\n\ndone",
            "attachments": [
                {
                    "contentType": "text/html",
                    "content": '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="900">'
                    "<strong>lifbot</strong><p>SE-2026-001 and SE-2026-002 are due</p></blockquote><p>done&nbsp;</p>",
                }
            ],
        },
    ],
    ids=["entity", "id", "html"],
)
async def test_a_reply_to_a_reminder_names_it_and_holds_only_what_was_replied(wire: Wire, quoting: Json) -> None:
    await wire.send(wire.chat(**quoting))
    assert (wire.heard[0].text, wire.heard[0].place) == ("done", Place(CHAT, direct=True, thread="900"))


async def test_html_beside_the_text_is_not_read(wire: Wire) -> None:
    page = {"contentType": "text/html", "content": "<div>something else</div>"}
    await wire.send(wire.chat(text="help", attachments=[page]))
    assert wire.heard[0].text == "help"


@pytest.mark.parametrize(
    "other",
    [
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "messageUpdate", "text": "edited"},
        {"type": "messageDelete"},
        {"type": "typing"},
        {"type": "event", "name": "application/vnd.microsoft.readReceipt"},
        {"type": "something of tomorrow"},
        {"type": "invoke", "name": "signin/verifyState"},
        {"type": "invoke"},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"verb": "another app's", "data": {}}}},
        {"type": "invoke", "name": "adaptiveCard/action", "value": [7]},
        {"type": "invoke", "name": "task/fetch", "value": {"data": "x"}},
        {"type": "invoke", "name": "task/submit"},
        {"type": "invoke", "name": "composeExtension/fetchTask", "value": {"commandId": "another"}},
        {"from": {"id": BOT}, "text": "help"},
        {"from": {"id": "29:x", "role": "bot"}, "text": "help"},
        {"from": {"id": "28:another", "name": "a bot"}, "text": "help"},
        {"from": {}, "text": "help"},
        {"conversation": {"tenantId": TENANT}, "text": "help"},
        {"conversation": {"id": 7, "tenantId": TENANT}, "text": "help"},
        {"type": "conversationUpdate", "membersAdded": [{"id": BEN_HERE}, 7]},
        {"type": "conversationUpdate", "topicName": "a new name"},
        {"type": "installationUpdate", "action": 7},
    ],
    ids=lambda other: json.dumps(other)[:60],
)
async def test_what_lifbot_does_not_know_is_taken_quietly(wire: Wire, other: Json) -> None:
    assert (await wire.send(wire.chat(**other))).status_code == 200
    assert wire.heard == []
    assert wire.teams.activities == []


@pytest.mark.parametrize(
    "other",
    [
        {"text": 7},
        {"text": None, "entities": "x", "attachments": 7},
        {"entities": [7, None, {"type": "mention"}, {"type": "mention", "mentioned": 7, "text": []}]},
        {"attachments": [{"contentType": "text/html"}, None]},
        {"value": {"lif": False}},
        {"value": "words"},
    ],
    ids=json.dumps,
)
async def test_a_message_of_odd_shape_is_a_message_without_words(wire: Wire, other: Json) -> None:
    assert (await wire.send(wire.chat(**other))).status_code == 200
    assert [each.text for each in wire.heard] == [""]


# What cannot be read


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"null", b"7", b'"text"', b"{}", b'{"type":""}', b'{"type":7}', b"\xff\xfe", b"[" * 100_000],
    ids=lambda body: str(body[:12]),
)
async def test_what_is_no_activity_is_refused(wire: Wire, body: bytes) -> None:
    token = signed(claims(wire.teams.service_url))
    assert (await wire.post(body, f"Bearer {token}")).status_code == 400
    assert (await wire.post(body)).status_code == 401  # who may not speak is not read
    assert (await wire.send(wire.chat(text="help"))).status_code == 200


async def test_a_body_without_end_is_refused(wire: Wire) -> None:
    token = signed(claims(wire.teams.service_url))
    assert (await wire.post(b"x" * 1_000_001, f"Bearer {token}")).status_code == 413
    assert (await wire.post(b"x" * 1_000_001)).status_code == 401
    assert (await wire.http.get("/api/messages")).status_code == 405


async def test_a_body_that_takes_for_ever_is_not_waited_for(wire: Wire) -> None:
    token = signed(claims(wire.teams.service_url))

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"type":'
        await asyncio.sleep(2)
        yield b'"message"}'

    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = await wire.http.post("/api/messages", content=slowly(), headers=headers)
    assert answer.status_code == 408
    assert wire.heard == []


async def test_a_message_is_acknowledged_before_it_is_dealt_with(wire: Wire) -> None:
    wire.teams.silence("POST /v3", 1)
    began = asyncio.get_running_loop().time()
    headers = {"Authorization": f"Bearer {signed(claims(wire.teams.service_url))}"}
    answer: httpx.Response = await wire.http.post("/api/messages", json=wire.chat(text="help"), headers=headers)
    assert answer.status_code == 200
    assert asyncio.get_running_loop().time() - began < 0.9
    await wire.app.drain()
    assert len(wire.teams.calls) == 1


async def test_repeated_deliveries_carry_one_event_for_the_dispatcher_to_drop(wire: Wire) -> None:
    seen: set[str | None] = set()

    def once(incoming: Incoming) -> Any:
        known = incoming.event in seen
        seen.add(incoming.event)
        return None if known else say("Heard.")

    wire.says = once
    for _ in range(3):
        assert (await wire.send(wire.chat(text="help"))).status_code == 200
    assert len(wire.teams.activities) == 1
    await wire.execute({"line": "action done 1"})
    assert await wire.execute({"line": "action done 1"}) == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "That has been dealt with already.",
    }


async def test_a_failure_of_ours_is_told_and_logged_by_ids(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    wire.says = lambda incoming: ValueError("a secret word")
    await wire.send(wire.chat(text="a secret word"))
    assert texts(wire.teams.activities) == [SORRY]
    assert BEN in caplog.text
    assert "secret word" not in caplog.text
    answer = await wire.execute({"line": "action done 1", "why": "a secret word"}, "lif.form")
    assert answer["value"] == SORRY


# Where it is: references


async def test_a_conversation_is_remembered_with_every_message_and_its_address_refreshed(wire: Wire) -> None:
    await wire.send(wire.chat(text="help"))
    known = await wire.kept.personal(TENANT, BEN)
    assert known
    assert (known.conversation, known.bot, known.user, known.channel) == (CHAT, BOT, BEN_HERE, None)
    moved = "https://smba.example.org/emea/"
    await wire.send(wire.chat(text="help", serviceUrl=moved), serviceurl=moved)
    known = await wire.kept.personal(TENANT, BEN)
    assert known
    assert known.service_url == moved


async def test_of_a_channel_nothing_is_remembered_about_who_wrote(wire: Wire) -> None:
    wire.teams.answer("POST /v3/conversations", {}, status=403)
    await wire.mention("help")
    known = await wire.kept.channel(TENANT, CHANNEL)
    assert known
    assert (known.conversation, known.who, known.user) == (CHANNEL, None, None)
    assert await wire.kept.personal(TENANT, BEN) is None


@pytest.mark.parametrize("place", ["chat", "channel"])
async def test_there_is_one_hello_where_lifbot_is_added(wire: Wire, place: str) -> None:
    make = wire.chat if place == "chat" else wire.channel
    here = {"conversation": make()["conversation"] | {"id": CHAT if place == "chat" else CHANNEL}}
    await wire.send(make(type="conversationUpdate", membersAdded=[{"id": BOT}], **here))
    await wire.send(make(type="installationUpdate", action="add", **here))
    await wire.send(make(type="conversationUpdate", membersAdded=[{"id": CLEO_HERE}], **here))
    assert len(wire.teams.activities) == 1
    assert "Hello, I am lifbot." in texts(wire.teams.activities)[0]
    known = wire.kept.personal(TENANT, BEN) if place == "chat" else wire.kept.channel(TENANT, CHANNEL)
    assert await known


@pytest.mark.parametrize(
    "leaving",
    [
        {"type": "conversationUpdate", "membersRemoved": [{"id": BOT}]},
        {"type": "installationUpdate", "action": "remove"},
        {"type": "installationUpdate", "action": "remove-upgrade"},
    ],
    ids=json.dumps,
)
async def test_where_lifbot_is_removed_is_forgotten_and_greeted_again(wire: Wire, leaving: Json) -> None:
    await wire.send(wire.chat(type="installationUpdate", action="add"))
    await wire.send(wire.chat(**leaving))
    assert await wire.kept.personal(TENANT, BEN) is None
    await wire.send(wire.chat(type="installationUpdate", action="add"))
    assert len(wire.teams.activities) == 2
