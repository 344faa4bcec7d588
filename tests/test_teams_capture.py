"""Capture over Teams' wire, with the real commands behind it: Log as action, and a paste with its preview."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands import dispatch
from storage import people
from storage.export import whole_log
from storage.scope import Scope
from tests.desk import FILE, Desk, at_desk
from tests.fake_teams import TENANT
from tests.teams_limits import actions, check, nodes
from tests.teams_wire import BEN, CHANNEL, CLEO, Wire, on_the_wire

IN_TEAMS = (
    FILE.replace("slack_team: T0001", f"teams_tenant: {TENANT}")
    .replace("slack: U0BEN}", f"teams: {BEN}}}")
    .replace("slack: U0CLEO}", f"teams: {CLEO}}}")
    .replace("slack_channel: C0SE", f'teams_channel: "{CHANNEL}"')
)
LINK = "https://teams.microsoft.com/l/message/19:safeguarding@thread.tacv2/1650"
PASTE = "4. Neglect\n- CH to review the toolkit by next meeting\n- all agencies to cascade the briefing"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[tuple[Wire, Desk]]:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", IN_TEAMS) as desk:
        async with on_the_wire() as wire:
            # Each activity here has the same id, where Teams gives each one of its own.
            wire.says = lambda incoming: dispatch.handle(desk.db, replace(incoming, event=None))
            yield wire, desk


def items(desk: Desk) -> list[dict[str, Any]]:
    """The log's items, asked for by whoever can see all of it."""
    with desk.db.begin() as session:
        partnership = people.partnership_of(session, "teams", TENANT)
        assert partnership is not None
        found: list[dict[str, Any]] = whole_log(Scope(session, partnership, desk.now))["items"]
        return found


def held(card: dict[str, Any]) -> dict[str, str]:
    """What each input of a card holds."""
    return {node["id"]: node.get("value", "") for node in nodes(card) if node["type"].startswith("Input.")}


def line_of(card: dict[str, Any]) -> str:
    """The command line that a form's card completes."""
    line: str = actions(card)[0]["data"]["line"]
    return line


def dialog_card(answer: dict[str, Any]) -> dict[str, Any]:
    """The card of a dialog that stays open."""
    assert check(answer) == []
    card: dict[str, Any] = answer["task"]["value"]["card"]["content"]
    return card


async def test_typed_lines_become_a_card_that_is_put_right_in_place(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    await wire.send(wire.chat(text=f"action paste group:SE\n{PASTE}"))
    posted = wire.teams.calls[-1].body
    card = posted["attachments"][0]["content"]
    assert check(posted) == []
    assert list(held(card)) == ["line1", "line2", "who2", "due2"]
    data = {"line": line_of(card), **held(card), "line1": "CH to review the toolkits by 30 April"}
    again = (await wire.execute(data, "lif.form"))["value"]
    assert held(again) == {**held(card), "line1": "CH to review the toolkits by 30 April"}
    words = [node["text"] for node in nodes(again) if node["type"] == "TextRun"]
    assert "Nothing is saved yet. Please see the notes beside the fields." in words
    assert words.count("“all agencies” is more than one person. Who is the one accountable owner?") == 1
    assert items(desk) == []
    done = (await wire.execute({**data, "who2": "@amina", "due2": "31 March"}, "lif.form"))["value"]
    assert [(item["text"], item["owner"], item["due_on"]) for item in items(desk)] == [
        ("Review the toolkits", "cleo", "2026-04-30"),
        ("Cascade the briefing", "amina", "2026-03-31"),
    ]
    assert [action["title"] for action in actions(done)][-2:] == ["List", "Undo all"]


async def test_the_dialog_goes_from_pasting_to_the_preview_and_stays_open_with_faults(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    where = wire.chat()
    pasting = dialog_card(await wire.invoke("task/fetch", {"data": {"lif": True, "line": "form action paste"}}, where))
    data = {"lif": "form", "line": line_of(pasting), "lines": PASTE, "group": "se"}
    preview = dialog_card(await wire.invoke("task/submit", {"data": data}, where))
    assert list(held(preview)) == ["line1", "line2", "who2", "due2"]
    sent = {"lif": "form", "line": line_of(preview), **held(preview), "due2": "whenever"}
    faulty = dialog_card(await wire.invoke("task/submit", {"data": sent}, where))
    assert held(faulty)["due2"] == "whenever"
    sent |= {"who2": "@ian", "due2": "next meeting"}
    answer = await wire.invoke("task/submit", {"data": sent}, where)
    assert answer["task"]["value"] == "Saved 2 actions: SE-2026-001 to SE-2026-002."
    assert [item["owner"] for item in items(desk)] == ["cleo", "ian"]
    twice = await wire.invoke("task/submit", {"data": sent}, where)
    assert "saved already" in twice["task"]["value"]
    assert len(items(desk)) == 2


async def test_a_message_is_logged_with_its_sender_and_its_link(room: tuple[Wire, Desk]) -> None:
    wire, desk = room
    message = {
        "body": {"contentType": "html", "content": "<div>Please ask schools about attendance by 31 March</div>"},
        "from": {"user": {"id": CLEO, "displayName": "Cleo Hart"}},
        "linkToMessage": LINK,
    }
    value = {"commandId": "log_as_action", "commandContext": "message", "messagePayload": message}
    card = dialog_card(await wire.invoke("composeExtension/fetchTask", value, wire.channel()))
    assert held(card)["owner"] == "", "who said it is not who answers for it"
    sent = {"lif": "form", "line": line_of(card), **held(card), "owner": "@ian"}
    await wire.invoke("composeExtension/submitAction", {"commandId": "log_as_action", "data": sent}, wire.channel())
    (item,) = items(desk)
    assert (item["owner"], item["said_by"], item["said_url"]) == ("ian", "cleo", LINK)
    await wire.send(wire.chat(text="action show 1"))
    shown = wire.teams.calls[-1].body
    assert check(shown) == []
    links = [action for action in actions(shown["attachments"][0]["content"]) if action["type"] == "Action.OpenUrl"]
    assert [(link["title"], link["url"]) for link in links] == [("Open the message", LINK)]
