"""Two partnerships on one database: nobody of one learns anything of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk import FILE, SE, Desk, at_desk, buttons_of

LEEDS = """
partnership: {id: leeds, name: Leeds Safeguarding Children Partnership, abbreviation: LSCP, timezone: Europe/London,
              chair: dev, business_unit: [amina], slack_team: T0002}
agencies:
  - {id: council, name: Leeds City Council}
people:
  - {id: amina, name: Anna Leeds, agency: council, slack: U0ANNA}
  - {id: ben, name: Bob Leeds, agency: council, slack: U0BOB}
  - {id: cleo, name: Cara Leeds, agency: council, slack: U0CARA}
  - {id: dev, name: Dan Leeds, agency: council, slack: U0DAN}
groups:
  - id: se
    name: Learning and Improvement Group
    prefix: SE
    chair: ben
    members: [amina, cleo]
    slack_channel: C0SE
    meetings: {rrule: "FREQ=MONTHLY;BYDAY=1WE", start: "2026-01-07T09:30"}
"""
SECRETS = ("Kirklees", "Audit MASH", "Cleo Hart", "Ben Carter", "Safeguarding Effectiveness", "West Yorkshire")


@pytest.fixture
def desks(database_url: str) -> Iterator[tuple[Desk, Desk]]:
    """Sit in both workspaces, whose ids, references and channels are alike."""
    with at_desk(database_url, FILE, LEEDS) as kirklees:
        kirklees.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        kirklees.ben("/lif action add Review owner:@cleo due:31 March")
        yield kirklees, replace(kirklees, team="T0002")


def test_nothing_leaks(desks: tuple[Desk, Desk]) -> None:
    kirklees, leeds = desks
    before = kirklees.log()
    typed: tuple[str, ...] = (
        "action list",
        "action list all",
        "action list mine",
        "action show 1",
        "action show SE-2026-001",
    )
    typed += ("meeting next", "meeting agenda", "digest now", "action add Review")
    typed += ("action done SE-2026-001", "action withdraw 1 because wrong", "undo", "undo 1", "undo 2", "help")
    typed += ("action add Review owner:<@U0CLEO> due:31 March", "action add Review owner:@cleo due:31 March agency:icb")
    typed += ("action add Review owner:@cleo due:31 March parent:SE-2026-001", "action list LD")
    for each in typed:
        answer = leeds.types("bob", f"/lif {each}")
        shown = answer.plain() + " ".join(button.label + button.command for button in buttons_of(answer))
        assert not [secret for secret in SECRETS if secret in shown.replace(each, "")], each
    assert leeds.export()["items"] == []
    assert kirklees.log() == before


def test_each_has_its_own_series_people_and_meetings(desks: tuple[Desk, Desk]) -> None:
    kirklees, leeds = desks
    saved = leeds.types("bob", "/lif action add Their own owner:@cleo due:next meeting").plain()
    assert "Saved as SE-2026-001, due 4 February 2026. Cara Leeds answers for it" in saved
    assert "Audit MASH" in kirklees.ben("/lif action show SE-2026-001").plain()
    assert "Their own" in leeds.types("cara", "/lif action show SE-2026-001").plain()
    leeds.types("bob", "/lif meeting cancel 4 February because of snow")
    assert {each["status"] for each in kirklees.export()["meetings"]} <= {"planned", "held"}
    leeds.says("cara", "done, trained")
    assert [item["status"] for item in kirklees.export()["items"]] == ["not_started", "not_started"]
    assert leeds.item("SE-2026-001")["status"] == "complete"


def test_a_member_of_one_is_an_outsider_in_the_other(desks: tuple[Desk, Desk]) -> None:
    kirklees, leeds = desks
    before = (kirklees.log(), leeds.log())
    for desk, who in ((leeds, "ben"), (leeds, "cleo"), (kirklees, "bob"), (replace(leeds, team="T0003"), "ben")):
        for text, kind in (("/lif action list", "command"), ("done", "words"), ("action done SE-2026-001", "click")):
            answer = desk.hears(who, text, SE, kind)  # type: ignore[arg-type]  # the kinds above are those of Incoming
            assert answer
            assert "does not know this account" in answer.plain()
    assert (kirklees.log(), leeds.log()) == before


def test_drafts_and_buttons_are_their_makers(desks: tuple[Desk, Desk]) -> None:
    kirklees, leeds = desks
    asked = kirklees.ben(f"/lif action add {'x' * 1000} success:{'y' * 1000}")
    command = next(button.command for button in buttons_of(asked) if button.label == "Cleo Hart")
    assert command.startswith("draft ")
    for desk, who in ((leeds, "bob"), (kirklees, "amina")):
        answer = desk.types(who, command, kind="click")
        assert "more than a day old" in answer.plain()
    assert "By when?" in kirklees.types("ben", command, kind="click").plain()


def test_one_workspace_for_two_needs_a_team(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'one.db'}", FILE, LEEDS) as desk:
        nowhere = replace(desk, team="")
        assert "does not know this account" in nowhere.types("ben", "/lif action list").plain()
