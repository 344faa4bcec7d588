"""How a Message looks in Teams: nothing people wrote is read as Markdown, nothing is too long, nothing is dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifbot.message import Ask, Block, Button, Heading, ItemCard, ItemList, Message, Say
from lifbot.teams.render import cancelled, message, redrawn, toast
from tests.any_message import BLOCKS, TEXTS, every_block
from tests.card_page import easel
from tests.golden_messages import HOSTILE, MESSAGES, look_as_before
from tests.teams_limits import actions, bare, check, check_card, nodes, size, texts

EXECUTE = "application/vnd.microsoft.card.adaptive"
MACROS = [
    "{{DATE(2026-02-14T06:08:39Z,SHORT)}}",
    "[your bank](https://example.org)",
    "<at>Ben Carter</at> www.example.org",
]
MARKED = [
    "1. first",
    "- one\n- two",
    "# loud",
    "&copy; \\*",
    "**__both__**",
    "![x](y)",
    "--- \n---",
    "[a]: https://b.c",
]


def card_of(msg: Message) -> dict[str, Any]:
    drawn = message(msg)
    assert check(drawn) == []
    return dict(drawn["attachments"][0]["content"])


def shown(msg: Message) -> str:
    return "\n".join(texts(card_of(msg)))


def item(text: str = "Audit MASH thresholds", *buttons: Button) -> ItemCard:
    return ItemCard("SE-2026-014", text, "due 31 March 2026 · West Yorkshire ICB", "Amber", buttons)


@pytest.mark.parametrize("text", HOSTILE + MACROS + MARKED)
def test_words_of_people_are_kept_letter_for_letter(text: str) -> None:
    said = [bare(words) for words in texts(card_of(Message(every_block(text))))]
    on_one_line = " ".join(text.split())
    assert sum(text in words or on_one_line in words for words in said) >= 14


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_renderer_shows_them_so_and_finds_no_fault(dark: bool) -> None:
    async with easel(dark=dark) as drawing:
        for text in HOSTILE + MACROS + MARKED:
            drawn = await drawing.draw(card_of(Message(every_block(text))))
            assert (drawn.faults, drawn.marked) == ([], [])
            assert sum(bare(drawn.words).count(line.strip()) for line in text.splitlines()) >= 12


async def test_the_renderer_finds_no_fault_with_the_golden_messages() -> None:
    async with easel(width=320) as drawing:
        for msg in MESSAGES.values():
            drawn = await drawing.draw(card_of(msg))
            assert (drawn.faults, drawn.marked) == ([], [])
            assert await drawing.page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_a_heading_is_one_to_a_screen_reader_and_a_button_sends_its_command() -> None:
    async with easel() as drawing:
        await drawing.draw(card_of(Message((Heading("Agenda"), item("Audit", Button("Done", "action done 14"))))))
        assert await drawing.page.get_by_role("heading", name="Agenda").count() == 1
        assert await drawing.press("Done") == {
            "type": "Action.Execute",
            "verb": "lif",
            "data": {"line": "action done 14"},
        }


async def test_what_the_renderer_would_drop_is_named() -> None:
    card = card_of(Message((Say("x"),)))
    card["body"] += [{"type": "Marquee"}, {"type": "TextBlock", "text": "*x*", "wrap": True, "blink": True}]
    async with easel() as drawing:
        drawn = await drawing.draw(card)
    assert any("Marquee" in fault for fault in drawn.faults)
    assert "TextBlock has blink" in drawn.faults
    assert drawn.marked == ["<em>x</em>"]


@pytest.mark.parametrize(
    ("element", "fault"),
    [
        ({"type": "Marquee"}, "unknown element Marquee"),
        ({"type": "Image", "url": "https://example.org/x.png"}, "unknown element Image"),
        ({"type": "Container", "items": [], "colour": "red"}, "Container has colour"),
        ({"type": "Container"}, "Container has no items"),
        ({"type": "Container", "items": [], "style": "loud"}, "schema"),
        ({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "x", "blink": True}]}, "schema"),
        ({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "{{DATE(x)}}"}]}, "worked out"),
        ({"type": "TextBlock", "text": "[a](b)", "wrap": True}, "a text with"),
        ({"type": "TextBlock", "text": "long"}, "cut off"),
        ({"type": "ActionSet", "actions": []}, "0 actions"),
    ],
)
def test_the_check_finds_what_teams_would_drop(element: dict[str, Any], fault: str) -> None:
    card = card_of(Message((Say("x"),)))
    assert any(fault in found for found in check_card({**card, "body": [*card["body"], element]}))


@pytest.mark.parametrize(
    ("more", "fault"),
    [({"text": "again"}, "twice"), ({"summary": "x" * 300}, "300"), ({"channelData": "x" * 30_000}, "bytes")],
)
def test_the_check_finds_what_is_wrong_with_an_activity(more: dict[str, Any], fault: str) -> None:
    assert any(fault in found for found in check({**message(Message((Say("x"),))), **more}))


def test_the_notification_of_a_channel_holds_nothing_of_an_item() -> None:
    blocks = (Heading("Agenda, 12 March 2026"), item())
    assert message(Message(blocks), place_is_channel=True)["summary"] == "Agenda, 12 March 2026"
    assert "MASH" in message(Message(blocks))["summary"]
    assert message(Message((item(),)), place_is_channel=True)["summary"] == "A message from lifbot"
    assert message(Message(blocks, summary="Agenda\nis here"))["summary"] == "Agenda is here"


def test_a_client_that_cannot_draw_it_shows_the_words_and_no_link() -> None:
    card = card_of(Message((Say("See [this](https://example.org)"), item())))
    assert "SE-2026-014 Audit MASH thresholds" in card["fallbackText"]
    assert bare(card["fallbackText"]).startswith("See [this](https://example.org)")


def test_a_message_without_blocks_says_its_summary() -> None:
    assert shown(Message((), summary="Which item?")) == "Which item?"
    assert shown(Message((Say(" "),))) == "A message from lifbot"


def test_half_a_character_cannot_stop_a_message() -> None:
    assert "\ufffd" in shown(Message(every_block("half \ud83d an emoji"), summary="\ud83d"))


@pytest.mark.parametrize(("brag", "dot"), [("Blue", "🔵"), ("Green", "🟢"), ("Amber", "🟠"), ("Red", "🔴")])
def test_brag_is_a_dot_and_its_word(brag: str, dot: str) -> None:
    card = card_of(Message((ItemCard("SE-2026-014", "Audit", "due 31 March 2026", brag),)))
    runs = [node for node in nodes(card) if node["type"] == "TextRun"]
    assert [run["text"] for run in runs[2:]] == [f"{dot} ", brag, " · due 31 March 2026"]
    assert not any("color" in run for run in runs)


def test_what_was_said_of_an_item_stands_under_it() -> None:
    said = shown(Message((ItemCard("SE-2026-014", "Audit", "due", said="Two of three are in."),)))
    assert said.endswith("Two of three are in.")


def test_a_button_carries_the_whole_command_also_for_older_clients() -> None:
    buttons = (Button("Done", "action done 14", "primary"), Button("Undo", "undo", "danger"))
    first, second = actions(card_of(Message((item("A", *buttons),))))
    assert (first["verb"], first["data"], first["style"]) == ("lif", {"line": "action done 14"}, "positive")
    assert first["fallback"]["data"] == {"lif": True, "line": "action done 14"}
    assert (first["tooltip"], second["style"]) == ("Done, SE-2026-014", "destructive")


def test_a_command_too_long_for_a_button_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="2001"):
        message(Message((Ask("", (Button("Go", "x" * 2001),)),)))


@pytest.mark.parametrize("count", [1, 2, 5, 6, 9, 10, 40])
def test_no_button_is_lost(count: int) -> None:
    buttons = tuple(Button(f"B{n}", f"action done {n}") for n in range(count))
    for block in (Ask("Which?", buttons), item("A", *buttons), ItemList("Open", (item("A", *buttons), item("B")))):
        lines = [action["data"]["line"] for action in actions(card_of(Message((block,))))]
        assert lines == [button.command for button in buttons]


def test_an_items_first_four_buttons_are_in_sight_and_a_questions_are_all() -> None:
    buttons = tuple(Button(f"Choice {n}", f"action done {n}") for n in range(8))
    in_sight = [action for action in actions(card_of(Message((item("A", *buttons),)))) if "mode" not in action]
    assert [action["title"] for action in in_sight] == [f"Choice {n}" for n in range(4)]
    assert all("mode" not in action for action in actions(card_of(Message((Ask("Which?", buttons),)))))


def test_long_choices_stand_below_each_other() -> None:
    buttons = tuple(Button(label, "x") for label in ("Next meeting, 12 March", "End of quarter, 31 March"))
    sets = [node for node in nodes(card_of(Message((Ask("By when?", buttons),)))) if node["type"] == "ActionSet"]
    assert [len(row["actions"]) for row in sets] == [1, 1]


def test_a_question_with_drafts_of_two_thousand_letters_keeps_all_its_buttons() -> None:
    buttons = tuple(Button(f"Answer {n}", "x" * 1900) for n in range(9))
    assert len(actions(card_of(Message((Say("Not saved yet"), Ask("By when?", buttons)))))) == 9


@pytest.mark.parametrize("buttons", [(), (Button("Done", "action done 14"), Button("Update", "action update 14"))])
def test_a_list_too_long_for_teams_says_how_many_are_left_out(buttons: tuple[Button, ...]) -> None:
    cards = tuple(ItemCard(f"SE-2026-{n:03}", "Audit " + "x" * 300, "due", "Green", buttons) for n in range(300))
    msg = Message((Heading("Open"), ItemList("Actions", cards)))
    said = shown(msg)
    kept = said.count("SE-2026-")
    assert 15 <= kept < 300
    assert f"… and {300 - kept} more. Type action list to see all." in said
    assert size(message(msg)) <= 26_000


def test_forty_short_items_all_fit_in_one_message() -> None:
    cards = tuple(ItemCard(f"SE-2026-{n:03}", "Audit MASH thresholds", "due 31 March 2026", "Green") for n in range(40))
    said = shown(Message((ItemList("Actions", cards),)))
    assert said.count("SE-2026-") == 40
    assert "more" not in said


def test_an_empty_list_says_its_note() -> None:
    assert shown(Message((ItemList("Overdue", (), "Nothing is overdue."),))) == "Overdue\nNothing is overdue."


def test_a_clicked_card_is_redrawn_or_left_with_a_word() -> None:
    assert redrawn(Message((Say("Done."),)))["type"] == EXECUTE
    assert redrawn(Message((Say("Done."),)))["value"] == card_of(Message((Say("Done."),)))
    assert toast("Sent to you.") == {
        "statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Sent to you.",
    }  # fmt: skip
    assert "nothing was saved" in json.dumps(cancelled())
    assert check(cancelled()) == []


@settings(deadline=None)  # the published schema takes its time
@given(st.lists(BLOCKS, max_size=12), TEXTS, st.booleans())
def test_no_message_at_all_breaks_a_limit(blocks: list[Block], summary: str, in_channel: bool) -> None:
    assert check(message(Message(tuple(blocks), summary), place_is_channel=in_channel)) == []


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_look_as_they_did(name: str) -> None:
    drawn = message(MESSAGES[name])
    assert check(drawn) == []
    assert look_as_before("teams", name, drawn)
