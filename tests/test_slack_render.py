"""How a Message looks on Slack: nothing people wrote is read as markup, and nothing is too long for Slack."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.message import (
    Ask,
    Block,
    Button,
    Heading,
    ItemCard,
    ItemList,
    Message,
    Say,
)
from lifbot.slack.render import form_view, home, message
from tests.any_message import BLOCKS, TEXTS, every_block
from tests.golden_messages import FORMS, HOSTILE, MESSAGES, look_as_before
from tests.slack_limits import check, texts


def card(text: str = "Audit MASH thresholds", *buttons: Button) -> ItemCard:
    return ItemCard("SE-2026-014", text, "due 31 March 2026 · West Yorkshire ICB", "Amber", buttons)


def shown(msg: Message) -> str:
    return "\n".join(texts(message(msg)["blocks"]))


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_people_are_shown_letter_for_letter_and_never_read_as_markup(text: str) -> None:
    drawn = message(Message(every_block(text)))
    assert check(drawn) == []
    assert "mrkdwn" not in json.dumps(drawn["blocks"])
    assert all(kind not in json.dumps(drawn) for kind in ('"broadcast"', '"user"', '"link"', '"usergroup"'))
    assert sum(text in words for words in texts(drawn["blocks"])) >= 12


def test_the_notification_is_escaped_and_its_escapes_stay_whole() -> None:
    drawn = message(Message((Say("x"),), summary="<!channel> & co"))
    assert drawn["text"] == "&lt;!channel&gt; &amp; co"
    long = message(Message((Say("x"),), summary="&" * 9000))["text"]
    assert len(long) <= 4000
    assert long.replace("&amp;", "") == "…"


def test_the_notification_of_a_channel_holds_nothing_of_an_item() -> None:
    blocks = (Heading("Agenda, 12 March 2026"), card("Audit MASH thresholds"))
    assert message(Message(blocks), place_is_channel=True)["text"] == "Agenda, 12 March 2026"
    assert "MASH" in message(Message(blocks))["text"]
    assert message(Message((card(),)), place_is_channel=True)["text"] == "A message from lifbot"


@pytest.mark.parametrize(
    ("brag", "words"),
    [("Blue", "🔵 Blue"), ("Green", "🟢 Green"), ("Amber", "🟠 Amber"), ("Red", "🔴 Red")],
)
def test_brag_is_a_colour_and_its_word(brag: str, words: str) -> None:
    said = shown(Message((ItemCard("SE-2026-014", "Audit", "due 31 March 2026", brag),)))
    assert f"\n{words} · due 31 March 2026" in said


def test_a_button_carries_the_whole_command_and_its_own_action_id() -> None:
    buttons = tuple(Button(f"Do {n}", f"action done SE-2026-{n:03}", "primary") for n in range(3))
    drawn = message(Message((card("A", *buttons), Ask("Which?", (Button("No", "no", "danger"),)))))
    elements = [element for block in drawn["blocks"] if block["type"] == "actions" for element in block["elements"]]
    assert [element["action_id"] for element in elements] == ["lif:0", "lif:1", "lif:2", "lif:3"]
    assert [element["value"] for element in elements][:1] == ["action done SE-2026-000"]
    assert [element.get("style") for element in elements] == ["primary"] * 3 + ["danger"]
    assert elements[0]["accessibility_label"] == "Do 0, SE-2026-014"


def test_a_command_too_long_for_a_button_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="2001"):
        message(Message((Ask("", (Button("Go", "x" * 2001),)),)))


@pytest.mark.parametrize("count", [1, 5, 6, 9, 10, 40])
@pytest.mark.parametrize("size", [20, 150, 151, 2000])
def test_many_buttons_fold_into_a_menu_and_none_is_lost(count: int, size: int) -> None:
    commands = [f"{n:03} ".ljust(size, "x") for n in range(count)]
    drawn = message(Message((Ask("", tuple(Button(f"B{n}", line) for n, line in enumerate(commands))),)))
    assert check(drawn) == []
    elements = [element for block in drawn["blocks"] for element in block["elements"]]
    menus = [option["value"] for element in elements for option in element.get("options", ())]
    assert sorted([element["value"] for element in elements if "value" in element] + menus) == commands


@pytest.mark.parametrize("buttons", [(), (Button("Done", "action done 14"), Button("Update", "action update 14"))])
def test_a_list_too_long_for_slack_says_how_many_are_left_out(buttons: tuple[Button, ...]) -> None:
    cards = tuple(ItemCard(f"SE-2026-{n:03}", "Audit " + "x" * 300, "due", "Green", buttons) for n in range(300))
    drawn = message(Message((Heading("Open"), ItemList("Actions", cards))))
    assert check(drawn) == []
    said = "\n".join(texts(drawn["blocks"]))
    kept = said.count("SE-2026-")
    assert 15 <= kept < 300
    assert f"… and {300 - kept} more. Type /lif action list to see all." in said


def test_forty_short_items_all_fit_in_one_message() -> None:
    cards = tuple(ItemCard(f"SE-2026-{n:03}", "Audit MASH thresholds", "due 31 March 2026", "Green") for n in range(40))
    said = shown(Message((ItemList("Actions", cards),)))
    assert said.count("SE-2026-") == 40
    assert "more" not in said


def test_an_empty_list_says_its_note() -> None:
    assert shown(Message((ItemList("Overdue", (), "Nothing is overdue."),))) == "Overdue\nNothing is overdue."


@given(st.lists(BLOCKS, max_size=12), TEXTS, st.booleans())
def test_no_message_at_all_breaks_a_limit(blocks: list[Block], summary: str, in_channel: bool) -> None:
    msg = Message(tuple(blocks), summary)
    assert check(message(msg, place_is_channel=in_channel)) == []
    assert check(home(msg)) == []


DRAWN = {
    **{name: message(msg) for name, msg in MESSAGES.items()},
    **{name: form_view(form, "{}") for name, form in FORMS.items()},
    "home": home(MESSAGES["nudge"]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_messages_look_as_they_did(name: str) -> None:
    assert check(DRAWN[name]) == []
    assert look_as_before("slack", name, DRAWN[name])
