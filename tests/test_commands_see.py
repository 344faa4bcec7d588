"""Seeing the log: lists, one item, help, what is not understood, agenda and digest on demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import COMMANDS
from lifbot.message import ItemList, Message
from tests.desk import LD, NOWHERE, SE, Desk, at_desk, buttons_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def refs(message: Message) -> list[str]:
    """Return the references of a list, in order."""
    return [card.ref for block in message.blocks if isinstance(block, ItemList) for card in block.cards]


def log_five(desk: Desk) -> None:
    """SE: 1 Cleo's, late; 2 Ian's; 3 done; 4 with the partnership chair; LD: 1 Cleo's."""
    desk.ben("/lif action add Late owner:@cleo due:12 January")
    desk.ben("/lif action add Later owner:@ian due:31 March")
    desk.ben("/lif action add Finished owner:@ian due:31 March")
    desk.ben("/lif action add Stuck owner:@ian due:30 April")
    desk.types("harry", "/lif action add Learning owner:@cleo due:31 March", LD)
    desk.types("ian", "/lif action done 3 All trained")
    desk.ben("/lif action escalate 4 because two agencies disagree")
    desk.is_on("2026-01-20T10:00:00+00:00")


LISTS: tuple[tuple[str, str, str, list[str], str], ...] = (
    ("ben", SE, "", ["SE-2026-001", "SE-2026-002", "SE-2026-004"], "3 open · Safeguarding"),
    ("ben", SE, "open", ["SE-2026-001", "SE-2026-002", "SE-2026-004"], "Amber"),
    ("ben", SE, "overdue", ["SE-2026-001"], "8 days past its date"),
    ("ben", SE, "escalated", ["SE-2026-004"], "with the partnership chair"),
    ("ben", SE, "waiting", ["SE-2026-003"], "waiting for sign-off"),
    ("ben", SE, "all", ["SE-2026-001", "SE-2026-002", "SE-2026-003", "SE-2026-004"], "4 in the log"),
    ("ben", SE, "mine", [], "Nothing is waiting for you."),
    ("cleo", SE, "mine", ["SE-2026-001", "LD-2026-001"], "2 for you"),
    ("cleo", "D0CLEO", "", ["SE-2026-001", "LD-2026-001"], "2 for you"),
    ("cleo", "D0CLEO", "open se", ["SE-2026-001", "SE-2026-002", "SE-2026-004"], "3 open"),
    ("amina", NOWHERE, "overdue SE", ["SE-2026-001"], "1 past"),
    ("amina", SE, "open L&amp;D", ["LD-2026-001"], "Learning and Development"),
    ("amina", SE, "learning overdue", [], "Nothing here."),
    ("harry", "D0HARRY", "", ["LD-2026-001"], "1 open"),
    ("dev", "D0DEV", "open SE", ["SE-2026-001", "SE-2026-002", "SE-2026-004"], "3 open"),
    ("harry", SE, "open", [], "3 open, 1 past their date. Its items can be seen by"),
)


def test_lists(database_url: str) -> None:
    with at_desk(database_url) as desk:
        log_five(desk)
        for who, channel, typed, expected, says in LISTS:
            answer = desk.types(who, f"/lif action list {typed}", channel)
            assert refs(answer) == expected, (who, typed)
            assert says in answer.plain(), (who, typed)
        assert "Cleo" not in desk.types("harry", "/lif action list").plain()


def test_pages(desk: Desk) -> None:
    for number in range(35):
        desk.ben(f"/lif action add Thing {number} owner:@cleo due:31 March")
    first = desk.ben("/lif action list")
    assert "35 open · Safeguarding Effectiveness Subgroup · page 1 of 4" in first.plain()
    second = desk.clicks("ben", first, "Next")
    fourth = desk.clicks("ben", desk.clicks("ben", second, "Next"), "Next")
    shown = [refs(page) for page in (first, second, fourth)]
    assert [len(page) for page in shown] == [10, 10, 5]
    assert shown[2][-1] == "SE-2026-035"
    assert "Next" not in [button.label for button in buttons_of(fourth)]
    assert refs(desk.clicks("ben", second, "Previous")) == shown[0]
    for odd in ("page:9", "page:0", "page:x", "page:²"):
        assert refs(desk.ben(f"/lif action list open {odd}"))


def test_the_same_page_wherever_its_button_is_pressed(desk: Desk) -> None:
    for number in range(11):
        desk.ben(f"/lif action add Thing {number} owner:@cleo due:31 March")
    page = desk.types("cleo", "/lif action list open se", "D0CLEO")
    assert refs(desk.clicks("cleo", page, "Next", "D0CLEO")) == ["SE-2026-011"]


STATES = (
    ("ben", "", "Status: not started"),
    ("cleo", "/lif action update 1 Draft is with partners", "Draft is with partners"),
    ("cleo", "/lif action extend 1 30 June because it is with legal", "Date asked for: 30 June"),
    ("ben", "/lif action accept 1", "Originally due: 31 March 2026"),
    ("ben", "/lif action escalate 1 because nobody leads", "With the partnership chair: yes"),
    ("dev", "/lif action decide 1 The ICB leads", "The ICB leads"),
    ("dev", "/lif action return 1 Please agree a date", "Please agree a date"),
    ("cleo", "/lif action cannot 1 because it is vacant instead we briefed teams", "Done instead: we briefed teams"),
    ("ben", "/lif action return 1 Could Locala help?", "Could Locala help?"),
    ("cleo", "/lif action done 1 Training delivered", "complete, waiting for sign-off"),
    ("ben", "/lif action signoff 1", "Blue"),
    ("amina", "/lif action withdraw 1 because logged twice", "Status: withdrawn"),
)


def test_one_item_through_all_its_states(desk: Desk) -> None:
    desk.ben("/lif action add Audit MASH owner:@cleo due:31 March source:Deep dive")
    for who, typed, says in STATES:
        if typed:
            answer = desk.types(who, typed)
            assert "SE-2026-001" in answer.plain(), typed
        assert says in desk.types("amina", "/lif action show SE-2026-001").plain(), typed
    history = desk.ben("/lif action show 1").plain()
    for _, _, words in STATES[1:3] + STATES[5:10]:
        assert words.split(": ")[-1] in history or "30 June" in history
    assert "9 January 2026, signed off, Ben Carter" in history


REFS = ("1", "001", "1.", "se 1", "SE 1", "se-1", "se1", "#1", "SE-2026-001", "se-2026-1", "SE–2026–001", "SE-2026-1:")


@pytest.mark.parametrize("typed", REFS)
def test_a_reference_in_every_shape(desk: Desk, typed: str) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert "Audit" in desk.ben(f"/lif action show {typed}").plain()
    assert "Audit" in desk.ben(f"/lif {typed}").plain()


def test_a_number_that_fits_two_items_is_asked_about(desk: Desk) -> None:
    log_five(desk)
    asked = desk.types("amina", "/lif action show 1", NOWHERE)
    assert "More than one item has the number 1" in asked.plain()
    assert "Learning" in desk.clicks("amina", asked, "LD-2026-001", NOWHERE).plain()
    assert "Late" in desk.types("amina", "/lif action show 1", SE).plain(), "in a channel its own group is meant"
    assert "Learning" in desk.types("amina", "/lif action show 1", LD).plain()


SHOWN = (
    ("help", "/lif action add"),
    ("HELP", "/lif action add"),
    ("", "/lif action add"),
    ("?", "/lif action add"),
    ("help action add", "/lif action add Audit MASH thresholds owner:@cleo due:31 March"),
    ("help /lif action add", "By when"),
    ("help meeting", "/lif meeting cancel"),
    ("help action snooze", "3 days"),
    ("meeting next", "Thursday 12 March 2026 at 10:00"),
    ("meeting next LD", "Tuesday 20 January 2026 at 14:00"),
    ("meeting agenda", "Matters arising"),
    ("digest now", "Week to 9 January 2026"),
)


@pytest.mark.parametrize(("typed", "says"), SHOWN)
def test_help_and_what_is_on(desk: Desk, typed: str, says: str) -> None:
    assert says in desk.refuses("ben", f"/lif {typed}")


def test_every_command_has_help_of_its_own(desk: Desk) -> None:
    for command in COMMANDS:
        assert f"/lif {command.words}" in desk.ben(f"/lif help {command.words}").plain()


SLIPS: tuple[tuple[str, list[str]], ...] = (
    ("actoin lst", ["action list"]),
    ("mting next", ["meeting next", "meeting cancel…"]),
    ("acton add x owner:@cleo due:31 March", ["action add…"]),
    ("frobnicate", ["action add…", "action list"]),
    ("action", ["action add…"]),
    ("meeting", []),
    ("add Audit owner:@cleo due:31 March", ["action add…"]),
)


@pytest.mark.parametrize(("typed", "labels"), SLIPS)
def test_a_slip_gets_two_likely_commands(desk: Desk, typed: str, labels: list[str]) -> None:
    answer = desk.ben(f"/lif {typed}")
    assert "so nothing was changed" in answer.plain()
    offered = [button.label for button in buttons_of(answer)]
    assert len(offered) == 2
    assert set(labels) <= set(offered)
    pressed = desk.clicks("ben", answer, offered[0]).plain()
    assert "I did not understand" not in pressed
    assert offered[0].removesuffix("…") in pressed or not offered[0].endswith("…"), "help, or what needs no more words"
    assert desk.export()["items"] == []


def test_agenda_and_digest_name_nobody(desk: Desk) -> None:
    log_five(desk)
    for typed in ("meeting agenda", "digest now"):
        said = desk.ben(f"/lif {typed}").plain()
        assert not [name for name in ("Cleo", "Ian", "Carter", "Hart") if name in said], typed
    assert "Past date: 1" in desk.ben("/lif digest now").plain()
