"""A file or a link as evidence: its name and address are kept, shown as a link, exported, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.links import Link, first_in, is_link, name_of
from lifbot.message import Button, Message
from tests.desk import SE, Desk, at_desk, buttons_of

ONE, TWO = "SE-2026-001", "SE-2026-002"
REPORT = ("Audit report.pdf", "https://kirklees.slack.com/files/U0CLEO/F1/audit_report.pdf")
MINUTES = ("Minutes.docx", "https://kirklees.slack.com/files/U0CLEO/F2/minutes.docx")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        for line in ("Audit MASH thresholds owner:@cleo due:31 March", "Review the form owner:@cleo due:30 April"):
            it.ben(f"/lif action add {line}")
        yield it


def sends(desk: Desk, text: str = "", *files: tuple[str, str], who: str = "cleo") -> Message:
    """Let somebody send files to lifbot, with or without words."""
    event = f"slack:D0{who.upper()}:{next(desk.events)}.5"
    given = {"event": event, "can_open_form": False, "files": files or (REPORT,)}
    answer = desk.hears(who, text, f"D0{who.upper()}", "words", **given)
    assert answer is not None
    return answer


def kept(desk: Desk, ref: str = ONE) -> list[tuple[str, str | None, str | None]]:
    return [(row["text"], row["url"], row["name"]) for row in desk.item(ref)["evidence"]]


@pytest.mark.parametrize("words", ["", "thanks", "Thank you!"])
def test_a_file_alone_is_evidence_for_what_was_asked_about(desk: Desk, words: str) -> None:
    desk.reminded("cleo", ONE)
    assert f"kept as evidence for {ONE}" in sends(desk, words).plain()
    assert kept(desk) == [("Audit report.pdf", REPORT[1], "Audit report.pdf")]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"{ONE} done, 40 staff trained", "40 staff trained"),
        (f"done {ONE} 40 staff trained", "40 staff trained"),
        (f"evidence {ONE} the register", "the register"),
        (f"action evidence {ONE} the register", "the register"),
    ],
)
def test_with_words_both_are_kept(desk: Desk, said: str, words: str) -> None:
    sends(desk, said)
    assert kept(desk) == [(words, None, None), ("Audit report.pdf", REPORT[1], "Audit report.pdf")]


def test_done_with_a_file_needs_no_more_proof(desk: Desk) -> None:
    answer = sends(desk, f"{ONE} done", REPORT, MINUTES)
    assert "What shows" not in answer.plain()
    assert [name for _, _, name in kept(desk)] == ["Audit report.pdf", "Minutes.docx"]
    assert desk.item(ONE)["updates"][-1]["text"] == "Audit report.pdf, Minutes.docx"


def test_a_file_after_done_is_the_proof_that_was_asked_for(desk: Desk) -> None:
    desk.says("cleo", f"{ONE} done")
    sends(desk)
    assert [name for _, _, name in kept(desk)] == ["Audit report.pdf"]


def test_where_it_is_unclear_lifbot_asks_and_the_file_is_not_lost(desk: Desk) -> None:
    desk.reminded("cleo", ONE, TWO)
    asked = sends(desk, "", REPORT, MINUTES)
    assert "Which one do you mean" in asked.plain()
    assert kept(desk) == kept(desk, TWO) == []
    desk.clicks("cleo", asked, TWO, "D0CLEO")
    assert [(url, name) for _, url, name in kept(desk, TWO)] == [(REPORT[1], REPORT[0]), (MINUTES[1], MINUTES[0])]


def test_a_question_about_a_file_is_answered_by_the_reference(desk: Desk) -> None:
    desk.reminded("cleo", ONE, TWO)
    sends(desk, "the audit")
    desk.says("cleo", ONE)
    assert kept(desk) == [("the audit", None, None), ("Audit report.pdf", REPORT[1], "Audit report.pdf")]


def test_an_update_with_a_file_is_both(desk: Desk) -> None:
    sends(desk, f"update {ONE} draft is ready")
    assert desk.item(ONE)["updates"][-1]["text"] == "draft is ready"
    assert [name for _, _, name in kept(desk)] == ["Audit report.pdf"]


def test_a_file_that_a_command_cannot_keep_is_said_not_to_be_kept(desk: Desk) -> None:
    assert "The file was not kept." in sends(desk, f"{ONE} more time 30 April because legal").plain()
    assert kept(desk) == []


@pytest.mark.parametrize("url", ["", "http://example.org/a.pdf", "javascript:alert(1)", "https://a b"])
def test_a_file_without_a_usable_address_is_asked_for_as_a_link(desk: Desk, url: str) -> None:
    desk.reminded("cleo", ONE)
    before = desk.log()
    assert "Please paste its link instead" in sends(desk, "", ("a.pdf", url)).plain()
    assert desk.log() == before


def test_hostile_names_stay_names(desk: Desk) -> None:
    desk.reminded("cleo", ONE)
    sends(desk, "", ("<!channel>|x “y” url:z.pdf", REPORT[1]))
    assert kept(desk) == [("!channel x y url:z.pdf", REPORT[1], "!channel x y url:z.pdf")]


def test_show_opens_files_and_links_and_words_stay_words(desk: Desk) -> None:
    sends(desk, f"{ONE} done, see https://kirklees.slack.com/archives/C0SE/p1700000000000100.")
    desk.says("cleo", f"evidence {ONE}: minutes at http://example.org/minutes")
    shown = desk.cleo(f"/lif action show {ONE}")
    links = [block for block in shown.blocks if isinstance(block, Link)]
    assert [(link.name, link.url) for link in links] == [
        ("the message", "https://kirklees.slack.com/archives/C0SE/p1700000000000100"),
        ("Audit report.pdf", REPORT[1]),
    ]
    assert "http://example.org/minutes" in shown.plain()


def test_undo_takes_the_file_back(desk: Desk) -> None:
    desk.reminded("cleo", ONE)
    desk.clicks("cleo", sends(desk), "Undo", "D0CLEO")
    assert kept(desk) == []


def test_a_file_in_a_channel_that_mentions_lifbot_is_evidence_too(desk: Desk) -> None:
    given = {"files": (REPORT,), "event": "slack:C0SE:9.9", "can_open_form": False}
    assert desk.hears("cleo", f"evidence {ONE}", SE, "mention", **given) is not None
    assert [name for _, _, name in kept(desk)] == ["Audit report.pdf"]


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/a?b=c#d", True),
        ("https://xn--bcher-kva.example/", True),
        ("http://example.org", False),
        ("https://", False),
        ("https:///path", False),
        ("https://user:pass@example.org", False),
        ("https://example.org@evil.example", False),
        ("javascript:alert(1)", False),
        ("https://example.org/\u202egpj.exe", False),
        ("https://example.org/a b", False),
        ("https://example.org/[x](y)" + "`", False),
        ("https://[broken", False),
        ("https://example.org/" + "a" * 2000, False),
    ],
)
def test_only_plain_https_addresses_are_opened(url: str, opens: bool) -> None:
    assert is_link(url) is opens


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("see https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("“https://example.org/a”", "https://example.org/a"),
        ("nothing", None),
    ],
)
def test_the_first_address_in_words_is_found(said: str, found: str | None) -> None:
    assert first_in(said) == found


@pytest.mark.parametrize(
    ("url", "name", "called"),
    [
        ("https://example.org/a", "Report.pdf", "Report.pdf"),
        ("https://example.org/a", None, "example.org"),
        ("https://evil.example/a", "https://bank.example", "evil.example"),
        ("https://evil.example/a", "www.bank.example", "evil.example"),
        ("https://x.slack.com/archives/C1/p1", None, "the message"),
        ("https://teams.microsoft.com/l/message/19:a/1", None, "the message"),
    ],
)
def test_links_are_called_by_name(url: str, name: str | None, called: str) -> None:
    assert name_of(url, name) == called


def test_buttons_that_carry_files_stay_within_limits(desk: Desk) -> None:
    desk.reminded("cleo", ONE, TWO)
    many = tuple((f"{'n' * 140}{number}.pdf", f"https://example.org/{'u' * 400}{number}") for number in range(9))
    buttons: list[Button] = buttons_of(sends(desk, "", *many))
    assert all(len(button.command) <= 2000 for button in buttons)
    asked = sends(desk, "", *many)
    desk.clicks("cleo", asked, ONE, "D0CLEO")
    assert len(kept(desk)) == 9
