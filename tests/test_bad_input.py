"""Wrong, missing, over-long and hostile input: one kind line that names what to type, and nothing changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands import COMMANDS
from lifbot.grammar import Command
from lifbot.slack.answers import drawn
from tests.desk import NOWHERE, Desk, at_desk

ITEMS = [command for command in COMMANDS if any(arg.kind == "item" for arg in command.args)]
REF = "SE-2026-001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite, with one action that waits for its sign-off and is with the partnership chair."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        it.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        yield it


def kind_enough(said: str) -> None:
    """Fail on an answer that is long, blames, or shows what is inside the program."""
    assert said
    assert len(said) < 1500
    for word in ("Traceback", "Error", "None", "invalid", "illegal", "failed", "must not", "<lifbot", "null"):
        assert word not in said


@pytest.mark.parametrize("command", ITEMS, ids=[command.words for command in ITEMS])
def test_each_command_on_an_item(desk: Desk, command: Command) -> None:
    who = "dev" if command.may == "answer escalation" else "ben"
    words = f"/lif {command.words}"
    without = desk.refuses(who, words)
    assert "Which item? Type its reference, for example" in without
    for typed in (f"{words} SE-2026-999", f"{words} XX-1", f"{words} 99", f"{words} SE-2025-001"):
        assert "Type /lif action list to see the references" in desk.refuses(who, typed)
    for typed in (f"{words} {REF} SE-2026-002", f"{words} {REF}, SE-2026-002", f"{words} {REF} and SE-2026-002 x"):
        assert "One item at a time, please; nothing was changed" in desk.refuses(who, typed)
    for typed in (f"{words} {REF} a\x00b", f"{words} {REF} {'x' * 8001}", f"{words}\x00"):
        kind_enough(desk.refuses(who, typed))
    kind_enough(without)


RUBBISH = ("zzz:zzz", "::", "“", '"', "{}", "%s %d", "\u202e\u200b", "'; DROP TABLE item; --", "²", "١٤", "-1")
REAL = [command for command in COMMANDS if command.words not in ("undo", "help")]  # for them rubbish is harmless


@pytest.mark.parametrize("command", REAL, ids=[command.words for command in REAL])
def test_each_command_with_rubbish(desk: Desk, command: Command) -> None:
    who = "dev" if command.may == "answer escalation" else "ben"
    for rubbish in RUBBISH:
        for channel in ("C0SE", NOWHERE):
            kind_enough(desk.types(who, f"/lif {command.words} {rubbish}", channel).plain())
    assert desk.item(REF)["status"] in ("not_started", "in_progress")


OVER_LONG = (
    ("/lif action add {text} owner:@cleo due:31 March", "What is to be done can be at most 1,000 characters"),
    ("/lif action add Audit owner:{text} due:31 March", "Accountable owner can be at most 1,000 characters"),
    ("/lif action add Audit owner:@cleo due:31 March source:{text}", "Source can be at most 200 characters"),
    ("/lif action add Audit owner:@cleo due:31 March success:{text}", "Success criteria can be at most 1,000"),
    ("/lif action update 1 {text}", "What has happened can be at most 1,000 characters"),
    ("/lif action done 1 {text}", "What shows it can be at most 1,000 characters"),
    ("/lif action cannot 1 because {text} instead Y", "at most 1,000 characters"),
    ("/lif action withdraw 1 because {text}", "Reason can be at most 1,000 characters"),
    ("/lif meeting cancel because {text}", "Reason can be at most 300 characters"),
    ("/lif help {text}", "at most 60 characters"),
)


@pytest.mark.parametrize(("typed", "says"), OVER_LONG)
def test_over_long(desk: Desk, typed: str, says: str) -> None:
    assert says in desk.refuses("ben", typed.format(text="x" * 1001))


def test_what_just_fits_is_kept(desk: Desk) -> None:
    desk.ben(f"/lif action add {'é' * 1000} owner:@cleo due:31 March")
    desk.cleo(f"/lif action update 2 {'😀' * 1000}")
    assert desk.item("SE-2026-002")["text"] == "é" * 1000
    assert desk.item("SE-2026-002")["updates"][0]["text"] == "😀" * 1000


WRONG_STATE = (
    ("/lif action signoff 1", "there is nothing to sign off yet. Type /lif action done SE-2026-001"),
    ("/lif action return 1 Please add figures", "there is nothing to return"),
    ("/lif action seen 1", "is not with the partnership chair"),
    ("/lif action decide 1 The ICB leads", "is not with the partnership chair"),
    ("/lif action reassign 1 to @cleo", "Cleo Hart answers for SE-2026-001 already"),
    ("/lif action reassign 1 to @zed", "“@zed” is not in this partnership"),
    ("/lif action edit 1 text:Audit MASH because clearer", "Nothing in that differs"),
    ("/lif action edit 1 because clearer", "Nothing in that differs"),
    ("/lif action signoff", "Which item?"),
    ("/lif action extend 1 1 January 2020 because late", "has already passed"),
)


@pytest.mark.parametrize(("typed", "says"), WRONG_STATE)
def test_in_the_wrong_state(desk: Desk, typed: str, says: str) -> None:
    who = "dev" if "seen" in typed or "decide" in typed else "ben"
    assert says in desk.refuses(who, typed)


CLOSED: tuple[str, ...] = ("done {ref} x", "cannot {ref} because X instead Y", "extend {ref} 30 June because ill")
CLOSED += ("update {ref} x",)
CLOSED += ("decline {ref}", "snooze {ref}", "escalate {ref} because stuck", "reassign {ref} to @ian", "accept {ref}")


def test_once_signed_off_and_once_withdrawn(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March")
    desk.cleo("/lif action done 1 trained")
    desk.ben("/lif action signoff 1")
    desk.ben("/lif action withdraw 2 because logged twice")
    for ref, state in ((REF, "complete"), ("SE-2026-002", "withdrawn")):
        for typed in CLOSED:
            said = desk.refuses("ben", f"/lif action {typed.format(ref=ref)}")
            assert f"{ref} is {state}" in said, typed
    assert "was signed off on 9 January 2026" in desk.refuses("ben", "/lif action signoff 1")
    assert "is withdrawn already" in desk.refuses("ben", "/lif action withdraw 2 because again")


HOSTILE = "<!channel> &lt;!here&gt; <@U0BEN> *bold* `code` <https://evil.example|click> @everyone &amp;lt;"


def marked_up(drawn_block: Any) -> Iterator[str]:
    """Yield every text in which Slack would read markup; in its other texts < and > are just that."""
    if isinstance(drawn_block, dict):
        if drawn_block.get("type") == "mrkdwn":
            yield drawn_block["text"]
        for value in drawn_block.values():
            yield from marked_up(value)
    elif isinstance(drawn_block, list):
        for each in drawn_block:
            yield from marked_up(each)


def test_no_text_can_ping_anybody(desk: Desk) -> None:
    desk.ben(f"/lif action add {HOSTILE} owner:@cleo due:31 March source:{HOSTILE}")
    desk.cleo(f"/lif action update 2 {HOSTILE}")
    typed = ("action show 2", "action list", "meeting agenda", HOSTILE, f"action add {HOSTILE}")
    for each in (*typed, "action add x owner:<!here>"):
        wire = drawn(desk.ben(f"/lif {each}"))
        for text in (wire["text"], *marked_up(wire["blocks"])):
            assert not [ping for ping in ("<!", "<@", "<https") if ping in text], (each, text)
    assert "<!here>" in desk.ben("/lif action show 2").plain(), "what was typed is kept"


def test_logs_hold_ids_and_no_words(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    lines = ("action add Secretword owner:@cleo due:31 March", "action add Secretword", "secretword", "secretword\x00")
    for typed in lines:
        desk.ben(f"/lif {typed}")
    desk.says("cleo", "secretword is with partners")
    assert "secretword" not in caplog.text.lower()
