"""The playground refuses what Slack would refuse, takes what lifbot really draws, and forgets nothing when killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lifbot.playground import Workspace
from lifbot.playground.limits import broken_in, broken_in_view
from lifbot.playground.typed import as_sent
from tests.playground_bot import CARD, FORM, button, plain
from tests.playground_world import CAST, SE

GOLDEN = sorted((Path(__file__).parent / "golden" / "slack").glob("*.json"))
Json = dict[str, Any]


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(count: int, text: str = "one") -> Json:
    options = [{"text": plain(text), "value": str(number)} for number in range(count)]
    return {"type": "static_select", "action_id": "pick", "placeholder": plain("Pick"), "options": options}


TAKEN: list[list[Json]] = [
    CARD,
    [section("x" * 3000)],
    [section()] * 50,
    [{"type": "header", "text": plain("x" * 150)}],
    [actions(button("x" * 75, "a", "v" * 2000))],
    [actions(select(100))],
]
REFUSED: list[tuple[str, list[Json]]] = [
    ("less than 3001", [section("x" * 3001)]),
    ("more than 0", [section("")]),
    ("no more than 50", [section()] * 51),
    ("less than 151", [{"type": "header", "text": plain("x" * 151)}]),
    ("plain_text", [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
    ("missing required field: text", [{"type": "header"}]),
    ("text or fields", [{"type": "section"}]),
    ("less than 2001", [{"type": "section", "fields": [plain("x" * 2001)]}]),
    ("no more than 10", [{"type": "section", "fields": [plain("x")] * 11}]),
    ("less than 76", [actions(button("x" * 76, "a"))]),
    ("less than 2001", [actions(button("x", "a", "v" * 2001))]),
    ("less than 256", [actions(button("x", "a" * 256))]),
    ("style", [actions(button("x", "a", style="green"))]),
    ("unique within", [actions(button("x", "a"), button("y", "a"))]),
    ("no more than 25", [actions(*(button("x", str(number)) for number in range(26)))]),
    ("at least one", [actions()]),
    ("between 1 and 100", [actions(select(101))]),
    ("between 1 and 100", [actions(select(0))]),
    ("less than 76", [actions(select(2, "x" * 76))]),
    ("between 1 and 10", [actions({**select(11), "type": "radio_buttons"})]),
    ("between 1 and 5", [actions({**select(6), "type": "overflow"})]),
    ("less than 151", [actions({**select(2), "placeholder": plain("x" * 151)})]),
    ("block_id must be unique", [section(block_id="a"), section(block_id="a")]),
    ("unsupported type", [{"type": "marquee"}]),
]
VIEWS: list[tuple[str, Json]] = [
    ("less than 25", {**FORM, "title": plain("x" * 25)}),
    ("less than 25", {**FORM, "submit": plain("x" * 25)}),
    ("less than 3001", {**FORM, "private_metadata": "x" * 3001}),
    ("submit is required", {**FORM, "submit": None}),
    ("missing required field: title", {**FORM, "title": None}),
    ("no more than 100", {"type": "home", "blocks": [section()] * 101}),
    ("larger than 250 kB", {"type": "home", "blocks": [section("x" * 2999)] * 90}),
    ("type modal or home", {"type": "page", "blocks": []}),
]


@pytest.mark.parametrize("blocks", TAKEN)
def test_what_keeps_to_the_limits_is_taken(blocks: list[Json]) -> None:
    assert broken_in(blocks, "message") == []


@pytest.mark.parametrize(("complaint", "blocks"), REFUSED)
def test_what_passes_a_limit_is_refused(complaint: str, blocks: list[Json]) -> None:
    assert any(complaint in fault for fault in broken_in(blocks, "message"))


@pytest.mark.parametrize(("complaint", "view"), VIEWS)
def test_views_have_limits_too(complaint: str, view: Json) -> None:
    assert any(complaint in fault for fault in broken_in_view(view))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_what_lifbot_draws_is_taken(path: Path) -> None:
    drawn: Json = json.loads(path.read_text(encoding="utf-8"))
    assert (broken_in_view(drawn) if "type" in drawn else broken_in(drawn["blocks"], "message")) == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a & b < c", "a &amp; b &lt; c"),
        ("@cleo and @Cleo Hart, @dev.", "<@U0CLEO> and <@U0CLEO>, <@U0DEV>."),
        ("owner:@cleo", "owner:<@U0CLEO>"),
        ("cleo@cleo.example @cleopatra @nobody", "cleo@cleo.example @cleopatra @nobody"),
        ("see https://example.org/a?b=1&c=2.", "see <https://example.org/a?b=1&amp;c=2>."),
        ("<!channel> <@U0CLEO>", "&lt;!channel&gt; &lt;@U0CLEO&gt;"),
        ("#safeguarding-effectiveness", "<#C0SE>"),
    ],
)
def test_typed_words_become_slacks_text(typed: str, sent: str) -> None:
    assert as_sent(typed, CAST, labelled=False) == sent


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from lifbot.playground import Workspace
from lifbot.playground.messages import Draft
from tests.playground_world import CAST, SE
workspace = Workspace(sys.argv[1], CAST)
for number in range(20):
    workspace.messages.post(Draft(SE, "U0BEN", f"Line {number}", datetime(2026, 3, 31, tzinfo=UTC)))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "playground.db"
    root = Path(__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=root, check=False)
    assert ended.returncode == -signal.SIGKILL
    workspace = Workspace(path, CAST)
    found = workspace.messages.in_place(SE, None, 100)
    workspace.close()
    assert [message.text for message in found] == [f"Line {number}" for number in range(20)]
