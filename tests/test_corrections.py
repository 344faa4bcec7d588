"""Correcting one's words by editing the message they came from: history keeps both, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lifbot.message import Message
from tests.desk import Desk, at_desk, buttons_of

ONE = "SE-2026-001"
NOTHING_ELSE = "Editing a message corrects its words, and no more; nothing was changed."


@pytest.fixture
def desk(either_database: str) -> Iterator[Desk]:
    with at_desk(either_database) as it:
        for line in ("Audit MASH thresholds owner:@cleo due:31 March", "Review the form owner:@cleo due:30 April"):
            it.ben(f"/lif action add {line}")
        yield it


def said(desk: Desk, who: str, text: str) -> str:
    """Let somebody write to lifbot; returns the message's event."""
    event = f"slack:D0{who.upper()}:{next(desk.events)}.5"
    assert desk.hears(who, text, f"D0{who.upper()}", "words", event=event, can_open_form=False) is not None
    return event


def edited(desk: Desk, who: str, event: str, text: str) -> Message | None:
    """Let somebody edit a message of theirs."""
    desk.later(minutes=1)
    given = {"event": f"{event}/{next(desk.events)}", "edits": event, "can_open_form": False}
    return desk.hears(who, text, f"D0{who.upper()}", "words", **given)


def history(desk: Desk, ref: str = ONE) -> list[tuple[str, str]]:
    return [(row["kind"], row["text"]) for row in desk.item(ref)["updates"]]


def refused(desk: Desk, who: str, event: str, text: str) -> str:
    """Edit a message so that nothing changes; returns the answer."""
    before = desk.log()
    answer = edited(desk, who, event, text)
    assert desk.log() == before
    return answer.plain() if answer else ""


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        (f"update {ONE} draft is ready", f"update {ONE} draft is with partners", ("update", "draft is with partners")),
        (f"{ONE}: draft is raedy", f"{ONE}: draft is ready", ("update", "draft is ready")),
        (f"action update {ONE} draft", f"action update {ONE} the draft", ("update", "the draft")),
        (f"{ONE} done, 40 trained", f"{ONE} done, 41 trained", ("done", "41 trained")),
        (f"done {ONE} 40 trained", f"done {ONE} 41 trained", ("done", "41 trained")),
        (
            f"{ONE} cannot because ill instead briefed",
            f"{ONE} cannot because no post instead briefed all",
            ("cannot", "no post. Instead: briefed all"),
        ),
        (
            f"{ONE} more time 30 April because legal",
            f"{ONE} more time 14 May because legal asked",
            ("more_time", "14 May 2026: legal asked"),
        ),
    ],
)
def test_new_words_stand_beside_the_old_ones(desk: Desk, first: str, then: str, kept: tuple[str, str]) -> None:
    event = said(desk, "cleo", first)
    (old,) = history(desk)
    answer = edited(desk, "cleo", event, then)
    assert answer is not None
    assert answer.plain() == "Corrected.\n[Undo]"
    assert history(desk) == [old, kept]
    rows = desk.item(ONE)["updates"]
    assert [row["corrects"] for row in rows] == [None, rows[0]["at"]]


def test_what_hangs_on_the_words_follows_them(desk: Desk) -> None:
    event = said(desk, "cleo", f"{ONE} cannot because ill instead briefed")
    edited(desk, "cleo", event, f"{ONE} cannot because no post instead briefed all")
    assert desk.item(ONE)["not_completable"]["reason"] == "no post"
    event = said(desk, "cleo", "SE-2026-002 more time 14 May because legal")
    edited(desk, "cleo", event, "SE-2026-002 more time 21 May because legal")
    desk.ben("/lif action accept SE-2026-002")
    assert desk.item("SE-2026-002")["due_on"] == "2026-05-21"


def test_evidence_is_corrected_with_the_words(desk: Desk) -> None:
    event = said(desk, "cleo", f"{ONE} done, 40 trained")
    edited(desk, "cleo", event, f"{ONE} done, 41 trained, see https://example.org/a")
    old, new = desk.item(ONE)["evidence"]
    assert (old["text"], new["text"]) == ("40 trained", "41 trained, see https://example.org/a")
    assert (old["corrects"], new["corrects"], new["url"]) == (None, old["at"], "https://example.org/a")
    alone = said(desk, "cleo", f"evidence {ONE}: the register")
    edited(desk, "cleo", alone, f"evidence {ONE}: the signed register")
    assert desk.item(ONE)["evidence"][-1]["text"] == "the signed register"


def test_show_says_what_was_there_before(desk: Desk) -> None:
    event = said(desk, "cleo", f"update {ONE} draft is raedy")
    edited(desk, "cleo", event, f"update {ONE} draft is ready")
    desk.later(days=1)
    edited(desk, "cleo", event, f"update {ONE} draft is with partners")
    shown = desk.cleo(f"/lif action show {ONE}").plain()
    assert "“draft is with partners” (9 January 2026, update, Cleo Hart)" in shown
    assert "Corrected on 10 January 2026; before: “draft is ready”" in shown
    assert "Corrected on 9 January 2026; before: “draft is raedy”" in shown
    assert shown.count("draft is with partners") == 1


def test_undo_lets_the_earlier_words_stand_again(desk: Desk) -> None:
    event = said(desk, "cleo", f"{ONE} done, 40 trained")
    answer = edited(desk, "cleo", event, f"{ONE} done, 41 trained")
    assert answer is not None
    desk.clicks("cleo", answer, "Undo", "D0CLEO")
    assert [row["text"] for row in desk.item(ONE)["evidence"]] == ["40 trained"]
    assert history(desk)[2] == ("done", "40 trained")
    assert "“40 trained” (9 January 2026, done, Cleo Hart)" in desk.cleo(f"/lif action show {ONE}").plain()
    assert desk.item(ONE)["status"] == "complete"


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        (f"{ONE} done, trained", f"update {ONE} not quite", NOTHING_ELSE),
        (f"{ONE} done, trained", f"{ONE} nearly there", NOTHING_ELSE),
        (f"update {ONE} draft", f"{ONE} done, trained", NOTHING_ELSE),
        (f"update {ONE} draft", "update SE-2026-002 draft two", f"Your message was about {ONE}."),
        (f"update {ONE} draft", f"action withdraw {ONE} because twice", NOTHING_ELSE),
        (f"update {ONE} draft", f"update {ONE}", "There are no words left in it"),
        (f"{ONE} more time 30 April because legal", f"{ONE} more time soon because legal", "Nothing was changed"),
        (f"update {ONE} draft", f"update {ONE} {'x' * 1001}", "at most 1,000 characters"),
    ],
)
def test_anything_else_is_answered_kindly_and_changes_nothing(desk: Desk, first: str, then: str, why: str) -> None:
    event = said(desk, "cleo", first)
    assert why in refused(desk, "cleo", event, then)


def test_only_the_writer_corrects(desk: Desk) -> None:
    event = said(desk, "cleo", f"update {ONE} draft")
    assert refused(desk, "ben", event, f"update {ONE} other words") == ""
    assert refused(desk, "eve", event, f"update {ONE} other words") == ""


def test_messages_that_reported_nothing_may_be_edited_in_peace(desk: Desk) -> None:
    event = said(desk, "cleo", "ok")
    assert refused(desk, "cleo", event, "ok, thanks") == ""
    event = said(desk, "cleo", "when do we meet?")
    assert refused(desk, "cleo", event, "update SE-2026-001 draft") == ""


def test_the_same_words_are_no_correction(desk: Desk) -> None:
    event = said(desk, "cleo", f"update {ONE} draft")
    assert refused(desk, "cleo", event, f"update  {ONE}  draft") == ""


def test_what_is_closed_or_undone_stays_as_it_is(desk: Desk) -> None:
    event = said(desk, "cleo", f"{ONE} done, trained")
    desk.ben(f"/lif action signoff {ONE}")
    assert f"{ONE} is signed off by now" in refused(desk, "cleo", event, f"{ONE} done, trained all")
    event = said(desk, "cleo", "update SE-2026-002 draft")
    desk.says("cleo", "undo")
    assert "That was undone" in refused(desk, "cleo", event, "update SE-2026-002 the draft")


def test_an_edit_delivered_twice_counts_once(desk: Desk) -> None:
    event = said(desk, "cleo", f"update {ONE} draft")
    given = {"event": f"{event}/1", "edits": event}
    assert desk.hears("cleo", f"update {ONE} the draft", "D0CLEO", "words", **given) is not None
    assert desk.hears("cleo", f"update {ONE} the draft", "D0CLEO", "words", **given) is None
    assert len(history(desk)) == 2


def test_after_a_return_words_can_be_corrected_and_the_item_stays_open(desk: Desk) -> None:
    event = said(desk, "cleo", f"{ONE} done, 40 trained")
    desk.ben(f"/lif action return {ONE} please add figures")
    edited(desk, "cleo", event, f"{ONE} done, 41 trained")
    assert desk.item(ONE)["status"] == "in_progress"


def test_a_correction_has_no_other_button_than_undo(desk: Desk) -> None:
    event = said(desk, "cleo", f"update {ONE} draft")
    answer = edited(desk, "cleo", event, f"update {ONE} the draft")
    assert answer is not None
    assert [button.label for button in buttons_of(answer)] == ["Undo"]
