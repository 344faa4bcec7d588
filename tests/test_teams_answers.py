"""Where answers go in Teams: buttons, forms, dialogs, and a channel in which nobody else is to see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from lifbot.message import Incoming, Message, Place, Say, say
from lifbot.teams.answers import NOT_NOW, NOT_YET, SENT
from lifbot.teams.references import Reference
from tests.fake_teams import BOT, TENANT
from tests.teams_wire import (
    ADD,
    ASKED,
    BEN,
    BEN_HERE,
    CHANNEL,
    CHAT,
    CLEO,
    DONE,
    Answer,
    Json,
    Wire,
    on_the_wire,
    said,
    texts,
)

TO_CHAT = "POST /v3/conversations/a%3Achat-with-ben/activities"
TO_THREAD = "POST /v3/conversations/19%3Asafeguarding%40thread.tacv2%3Bmessageid%3D1650/activities"
REDRAWN = "PUT /v3/conversations/a%3Achat-with-ben/activities/900"
OPENED = "POST /v3/conversations/a%3A29%3Aben/activities"
CARD = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
SUBMIT = {"line": "action add Audit", "owner": "@cleo", "due": "whenever"}


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


async def known(wire: Wire) -> None:
    """Let Ben have a chat with the bot."""
    await wire.kept.remember(Reference(TENANT, CHAT, wire.teams.service_url, BOT, BEN, BEN_HERE))


def card(activity: Any) -> Any:
    return activity["attachments"][0]["content"]


def lines(drawn: Any) -> list[Json]:
    """Return the data of every button."""
    if isinstance(drawn, list):
        return [line for each in drawn for line in lines(each)]
    if not isinstance(drawn, dict):
        return []
    own = [drawn] if isinstance(drawn.get("line"), str) else []
    return own + [line for each in drawn.values() for line in lines(each)]


def asks_again(incoming: Incoming) -> Answer:
    """A bot that refuses what is submitted, and opens the form for whoever asks for it."""
    if incoming.text == "form action add Audit":
        return Message((Say("By when?"),), form=ADD)
    return Message((), "By when?", errors=(("due", "Please type a date, such as 31 March."),))


# In a personal chat


async def test_an_answer_is_a_card_in_the_chat(wire: Wire) -> None:
    await wire.send(wire.chat(text="help"))
    (call,) = wire.teams.calls
    assert call.what == TO_CHAT
    assert texts(card(call.body)) == ["Heard."]
    assert call.body["from"] == {"id": BOT}


async def test_nothing_to_say_is_nothing_said(wire: Wire) -> None:
    wire.says = lambda incoming: None
    await wire.send(wire.chat(text="thanks"))
    assert wire.teams.calls == []


async def test_a_form_is_a_card_in_the_chat(wire: Wire) -> None:
    wire.says = said(ASKED)
    await wire.send(wire.chat(text="action add"))
    form = card(wire.teams.calls[0].body)
    assert "Log an action" in texts(form)
    assert {each["id"] for each in form["body"] if "id" in each} == {"owner", "due"}


async def test_a_form_for_which_teams_has_no_room_is_asked_in_words(wire: Wire) -> None:
    long = replace(ADD, fields=(replace(ADD.fields[1], value="x" * 30_000),))
    wire.says = said(replace(ASKED, form=long))
    await wire.send(wire.chat(text="action add"))
    assert "Who answers for it?" in texts(card(wire.teams.calls[0].body))


async def test_teams_is_asked_again_where_it_asks_for_that(wire: Wire) -> None:
    for status in (429, 502):
        wire.teams.answer("POST /v3", {}, status=status, Retry_After="5")
    await wire.send(wire.chat(text="help"))
    assert len(wire.teams.called(TO_CHAT)) == 3
    assert wire.pauses == [5.0, 5.0]
    for _ in range(9):
        wire.teams.answer("POST /v3", {}, status=412)
    assert (await wire.send(wire.chat(text="help"))).status_code == 200
    assert len(wire.teams.called(TO_CHAT)) == 6
    assert 1 <= wire.pauses[2] <= 1.5
    assert 3 <= wire.pauses[3] <= 4.5


# Buttons


async def test_a_button_is_a_command_line_typed_by_whoever_pressed_it(wire: Wire) -> None:
    await wire.execute({"line": "action done SE-2026-014"})
    (heard,) = wire.heard
    assert (heard.kind, heard.text, heard.who) == ("click", "action done SE-2026-014", BEN)
    assert (heard.place, heard.event) == (Place(CHAT, direct=True, thread="900"), f"teams:{CHAT}:f:1")


async def test_an_answer_to_a_button_is_a_message_and_a_toast(wire: Wire) -> None:
    answer = await wire.execute({"line": "action done SE-2026-014"})
    assert answer == {"statusCode": 200, "type": TOAST, "value": "Heard."}
    assert [call.what for call in wire.teams.calls] == [TO_CHAT]


async def test_a_card_that_is_replaced_is_drawn_anew_for_who_pressed_and_for_everybody(wire: Wire) -> None:
    wire.says = said(DONE)
    answer = await wire.execute({"line": "action done SE-2026-014"})
    assert (answer["statusCode"], answer["type"]) == (200, CARD)
    assert "SE-2026-014" in " ".join(texts(answer["value"]))
    (call,) = wire.teams.calls
    assert call.what == REDRAWN
    assert card(call.body) == answer["value"]
    assert (call.body["type"], call.body["id"]) == ("message", "900")


async def test_a_button_that_opens_a_form_leaves_its_card(wire: Wire) -> None:
    wire.says = said(ASKED)
    answer = await wire.execute({"line": "action add Audit"})
    assert answer["value"] == "The form is below."
    assert [call.what for call in wire.teams.calls] == [TO_CHAT]


async def test_a_client_that_only_knows_submit_gets_the_same(wire: Wire) -> None:
    pressed = {"lif": True, "line": "action done SE-2026-014"}
    await wire.send(wire.chat(value=pressed, replyToId="900"))
    assert (wire.heard[0].kind, wire.heard[0].text) == ("click", "action done SE-2026-014")
    assert [call.what for call in wire.teams.calls] == [TO_CHAT]
    wire.says = said(DONE)
    await wire.send(wire.chat(value=pressed, replyToId="900"))
    assert wire.teams.calls[-1].what == REDRAWN
    wire.teams.answer("PUT", {}, status=404)
    await wire.send(wire.chat(value=pressed, replyToId="900"))
    assert [call.what for call in wire.teams.calls[-2:]] == [REDRAWN, TO_CHAT]


# Forms


@pytest.mark.parametrize("fallback", [True, False])
async def test_a_form_that_is_in_order_gives_way_to_the_answer(wire: Wire, fallback: bool) -> None:
    if fallback:
        await wire.send(wire.chat(value={"lif": "form", **SUBMIT}, replyToId="900"))
    else:
        answer = await wire.execute(SUBMIT, "lif.form")
        assert (answer["type"], texts(answer["value"])) == (CARD, ["Heard."])
    (heard,) = wire.heard
    assert (heard.kind, heard.text) == ("form", "action add Audit")
    assert heard.fields == (("owner", "@cleo"), ("due", "whenever"))
    assert [call.what for call in wire.teams.calls] == [REDRAWN]


@pytest.mark.parametrize("fallback", [True, False])
async def test_a_faulty_form_is_drawn_again_with_its_faults_and_all_that_was_typed(wire: Wire, fallback: bool) -> None:
    wire.says = asks_again
    if fallback:
        await wire.send(wire.chat(value={"lif": "form", **SUBMIT}, replyToId="900"))
        form = card(wire.teams.calls[0].body)
    else:
        form = (await wire.execute(SUBMIT, "lif.form"))["value"]
    assert "Please type a date, such as 31 March." in texts(form)
    assert {each["id"]: each.get("value") for each in form["body"] if "id" in each} == {
        "owner": "@cleo",
        "due": "whenever",
    }
    assert [each.text for each in wire.heard] == ["action add Audit", "form action add Audit"]
    assert wire.heard[1].event is None  # else it would be dropped as repeated


async def test_half_an_emoji_in_a_faulty_form_is_no_obstacle(wire: Wire) -> None:
    wire.says = asks_again
    form = (await wire.execute({**SUBMIT, "due": "soon \ud83d 🟠"}, "lif.form"))["value"]
    assert "soon ? 🟠" in [each.get("value") for each in form["body"]]


async def test_a_faulty_form_that_cannot_be_drawn_again_stays_as_it_is(wire: Wire) -> None:
    wire.says = said(Message((), "By when?", errors=(("due", "Please type a date."),)))
    answer = await wire.execute(SUBMIT, "lif.form")
    assert answer["type"] == TOAST
    assert [call.what for call in wire.teams.calls] == [TO_CHAT]
    assert texts(card(wire.teams.calls[0].body)) == ["Please type a date."]


@pytest.mark.parametrize("fallback", [True, False])
async def test_a_form_can_be_put_aside(wire: Wire, fallback: bool) -> None:
    if fallback:
        await wire.send(wire.chat(value={"lif": True, "line": "", "due": "31 March"}, replyToId="900"))
    else:
        answer = await wire.execute({"line": ""}, "lif.cancel")
        assert "nothing was saved" in texts(answer["value"])[0]
    assert wire.heard == []
    (call,) = wire.teams.calls
    assert call.what == REDRAWN
    assert "nothing was saved" in texts(card(call.body))[0]


# Dialogs


async def test_a_dialog_opens_with_the_form(wire: Wire) -> None:
    wire.says = said(ASKED)
    answer = await wire.invoke("task/fetch", {"data": {"msteams": {"type": "task/fetch"}, "line": "action add Audit"}})
    assert (wire.heard[0].kind, wire.heard[0].text) == ("click", "action add Audit")
    assert answer["task"]["type"] == "continue"
    assert answer["task"]["value"]["title"] == "Log an action"
    assert wire.teams.calls == []


async def test_a_dialog_is_closed_with_a_line_and_the_answer_stands_in_the_chat(wire: Wire) -> None:
    answer = await wire.invoke("task/submit", {"data": {"lif": "form", **SUBMIT}})
    assert (wire.heard[0].kind, dict(wire.heard[0].fields)["due"]) == ("form", "whenever")
    assert answer == {"task": {"type": "message", "value": "Heard."}}
    assert [call.what for call in wire.teams.calls] == [TO_CHAT]


async def test_a_faulty_dialog_stays_open(wire: Wire) -> None:
    wire.says = asks_again
    answer = await wire.invoke("task/submit", {"data": {"lif": "form", **SUBMIT}})
    form = card({"attachments": [answer["task"]["value"]["card"]]})
    assert "Please type a date, such as 31 March." in texts(form)
    assert "whenever" in [each.get("value") for each in form["body"]]


async def test_a_dialogs_answer_may_take_the_place_of_the_card_it_came_from(wire: Wire) -> None:
    wire.says = said(DONE)
    where = wire.chat(replyToId="900")
    answer = await wire.invoke("task/submit", {"data": {"lif": "form", **SUBMIT}}, where)
    assert answer["task"]["value"] == "Thank you"
    assert [call.what for call in wire.teams.calls] == [REDRAWN]


async def test_a_message_can_be_logged_from_its_own_menu(wire: Wire) -> None:
    wire.says = said(ASKED)
    content = '<div><at id="0">Cleo Hart</at> to audit R&amp;D <b>by</b> 31&nbsp;March<br>please</div><p>Thanks</p>'
    link = "https://teams.microsoft.com/l/message/19:safeguarding@thread.tacv2/1650"
    message = {
        "body": {"contentType": "html", "content": content},
        "linkToMessage": f"{link}?groupId={'x' * 500}",
        "from": {"user": {"id": CLEO.upper(), "displayName": "Cleo Hart"}},
        "mentions": [{"id": 0, "mentionText": "Cleo Hart", "mentioned": {"user": {"id": CLEO}}}],
    }
    value = {"commandId": "log_as_action", "commandContext": "message", "messagePayload": message}
    answer = await wire.invoke("composeExtension/fetchTask", value, wire.channel())
    (heard,) = wire.heard
    assert (heard.text, heard.kind, heard.place.channel) == ("form action add", "click", CHANNEL)
    text = f"<@{CLEO}> to audit R&D by 31 March\nplease\nThanks"
    assert heard.fields == (("text", text), ("said_by", f"<@{CLEO}>"), ("said_url", link))
    assert answer["task"]["value"]["title"] == "Log an action"


async def test_of_a_conversation_that_the_bot_may_not_be_in_nothing_is_asked(wire: Wire) -> None:
    message = {"body": {"contentType": "text", "content": "x" * 2000}, "linkToMessage": f"https://{'x' * 600}"}
    where = wire.channel(**{"from": {"id": "29:new", "name": "Ian"}})
    await wire.invoke("composeExtension/fetchTask", {"commandId": "log_as_action", "messagePayload": message}, where)
    assert wire.teams.called("GET /v3") == []
    assert wire.heard[0].who == "29:new"  # whom no partnership knows by that
    assert wire.heard[0].fields == (("text", "x" * 999 + "…"),)  # a link that is too long is left out


async def test_a_logged_message_is_answered_in_the_dialog_and_the_persons_own_chat_alone(wire: Wire) -> None:
    where = wire.channel()
    value = {"commandId": "log_as_action", "data": {"lif": "form", **SUBMIT}}
    answer = await wire.invoke("composeExtension/submitAction", value, where)
    assert answer == {"task": {"type": "message", "value": "Heard."}}
    assert wire.heard[0].place.channel == CHANNEL
    assert [call.what for call in wire.teams.calls] == ["POST /v3/conversations", OPENED]
    wire.teams.answer("POST /v3/conversations/a", {}, status=403)
    wire.teams.answer("POST /v3/conversations", {}, status=403)
    assert await wire.invoke("composeExtension/submitAction", value, where) == answer
    assert wire.teams.called(TO_THREAD) == []  # the bot may not be in that conversation
    assert await wire.kept.channel(TENANT, CHANNEL) is None


# In a channel


async def test_what_is_asked_in_a_channel_is_answered_in_the_persons_own_chat(wire: Wire) -> None:
    await known(wire)
    await wire.mention("action list")
    mine, line = wire.teams.calls
    assert (mine.what, texts(card(mine.body))) == (TO_CHAT, ["Heard."])
    assert (line.what, line.body["text"]) == (TO_THREAD, SENT)


async def test_the_chat_is_opened_for_somebody_who_has_not_written_there_yet(wire: Wire) -> None:
    await wire.mention("action list")
    opening, mine, line = wire.teams.calls
    assert opening.what == "POST /v3/conversations"
    assert opening.body["members"] == [{"id": BEN_HERE}]
    assert (mine.what, line.body["text"]) == (OPENED, SENT)
    await wire.mention("action list")
    assert len(wire.teams.called("POST /v3/conversations/")) == 4  # it is known from now on


async def test_a_chat_that_is_gone_is_opened_anew(wire: Wire) -> None:
    await known(wire)
    wire.teams.answer(TO_CHAT, {"error": {"code": "BotNotInConversationRoster"}}, status=403)
    await wire.mention("action list")
    assert [call.what for call in wire.teams.calls] == [TO_CHAT, "POST /v3/conversations", OPENED, TO_THREAD]
    assert wire.teams.calls[-1].body["text"] == SENT


@pytest.mark.parametrize("code", ["BotNotInConversationRoster", "BotDisabledByAdmin", "Forbidden"])
async def test_somebody_who_has_not_added_lifbot_is_told_how(wire: Wire, code: str) -> None:
    wire.teams.answer("POST /v3/conversations", {"error": {"code": code}}, status=403)
    await wire.mention("action list")
    assert wire.teams.calls[-1].what == TO_THREAD
    assert wire.teams.calls[-1].body["text"] == NOT_YET
    assert "Heard." not in str(wire.teams.called(TO_THREAD))


async def test_where_teams_is_out_of_order_nothing_is_said_aloud_instead(wire: Wire) -> None:
    await known(wire)
    wire.teams.answer(TO_CHAT, {}, status=500)
    await wire.mention("action list")
    assert [call.body.get("text") for call in wire.teams.calls] == [None, NOT_NOW]


async def test_a_form_asked_for_in_a_channel_remembers_the_channel(wire: Wire) -> None:
    await known(wire)
    wire.says = said(ASKED)
    await wire.mention("action add Audit")
    form = card(wire.teams.calls[0].body)
    assert wire.teams.calls[0].what == TO_CHAT
    assert {each["lif.place"] for each in lines(form)} == {CHANNEL}
    await wire.execute({**SUBMIT, "lif.place": CHANNEL}, "lif.form")
    assert wire.heard[1].place == Place(CHANNEL, direct=False)
    assert wire.heard[1].fields == (("owner", "@cleo"), ("due", "whenever"))


async def test_buttons_of_an_answer_remember_the_channel_too(wire: Wire) -> None:
    await known(wire)
    wire.says = said(replace(ASKED, form=None))
    await wire.mention("action add Audit")
    (button, fallback) = lines(card(wire.teams.calls[0].body))
    assert button == {"line": "action add Audit owner:cleo", "lif.place": CHANNEL}
    assert fallback == {"lif": True, **button}
    wire.says = said(say("Saved."))
    answer = await wire.execute(button)
    assert wire.heard[1].place == Place(CHANNEL, direct=False)
    assert answer["value"] == "Saved."
    assert wire.teams.calls[-1].what == TO_CHAT


async def test_a_button_in_a_channel_is_answered_in_the_persons_own_chat(wire: Wire) -> None:
    await known(wire)
    answer = await wire.execute({"line": "action show 14"}, where=wire.channel())
    assert wire.heard[0].place.channel == CHANNEL
    assert answer == {"statusCode": 200, "type": TOAST, "value": SENT}
    assert [call.what for call in wire.teams.calls] == [TO_CHAT]  # the toast has said so
    wire.teams.answer(TO_CHAT, {}, status=500)
    await wire.execute({"line": "action show 14"}, where=wire.channel())
    assert wire.teams.calls[-1].body["text"] == NOT_NOW


async def test_a_replaced_card_of_a_channel_is_drawn_anew_for_everybody_there(wire: Wire) -> None:
    wire.says = said(DONE)
    answer = await wire.execute({"line": "action done 14"}, where=wire.channel())
    (call,) = wire.teams.calls
    assert call.what == TO_THREAD.replace("POST", "PUT") + "/900"
    assert card(call.body) == answer["value"]
