"""What people write back to a reminder, in the direct message or in its thread (ruling 14)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk import SE, Desk, at_desk, buttons_of

ONE, TWO, THREE = "SE-2026-001", "SE-2026-002", "SE-2026-003"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite, with one action of Cleo's."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        it.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        yield it


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Two more of Cleo's, and a reminder of all three."""
    desk.ben("/lif action add Review the toolkit owner:@cleo due:31 March")
    desk.ben("/lif action add Brief all teams owner:@cleo due:31 March")
    desk.reminded("cleo", ONE, TWO, THREE)
    return desk


def done(words: str) -> dict[str, Any]:
    """Return what an item is after "done" with these words of evidence."""
    return {"status": "complete", "updates": [("done", words)], "evidence": [words] if words else []}


def said(kind: str, words: str, status: str = "in_progress") -> dict[str, Any]:
    """Return what an item is after one word of its owner's."""
    return {"status": status, "updates": [(kind, words)], "evidence": []}


def cannot(reason: str, instead: str) -> dict[str, Any]:
    """Return what an item is that cannot be completed."""
    return said("cannot", f"{reason.rstrip('.')}. Instead: {instead}", "not_completable")


def stands(desk: Desk, ref: str) -> dict[str, Any]:
    """Return what has been said of an item."""
    item = desk.item(ref)
    updates = [(each["kind"], each["text"]) for each in item["updates"]]
    return {"status": item["status"], "updates": updates, "evidence": [each["text"] for each in item["evidence"]]}


UNTOUCHED = {"status": "not_started", "updates": [], "evidence": []}

FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("done", done("")),
    ("DONE!", done("")),
    ("done, training delivered 12 May", done("training delivered 12 May")),
    ("Done: training delivered", done("training delivered")),
    ("done – training delivered", done("training delivered")),
    ("done - training delivered", done("training delivered")),
    ("done training delivered", done("training delivered")),
    ("it’s done, all 40 staff", done("all 40 staff")),
    ("This is done.", done("")),
    ("I've finished it", done("")),
    ("completed: yes", done("yes")),
    ("done see https://example.org/x?a=1&amp;b=2", done("see https://example.org/x?a=1&b=2")),
    ("SE-2026-001 done: training delivered", done("training delivered")),
    ("SE-2026-001: done", done("")),
    ("se 1 - done - trained", done("trained")),
    ("1 done", done("")),
    ("done SE-2026-001 trained", done("trained")),
    ("update Draft is with partners", said("update", "Draft is with partners")),
    ("UPDATE: draft: v2", said("update", "draft: v2")),
    ("update – draft", said("update", "draft")),
    ("Draft is with partners", said("update", "Draft is with partners")),
    ("draft is with partners", said("update", "draft is with partners")),
    ("form is with legal", said("update", "form is with legal")),
    ("Not done yet", said("update", "Not done yet")),
    ("updated the draft", said("update", "updated the draft")),
    ("se 1 nearly there", said("update", "nearly there")),
    ("COVID-19 delayed it", said("update", "COVID-19 delayed it")),
    ("40 staff trained", said("update", "40 staff trained")),
    ("12 completed the course", said("update", "12 completed the course")),
    ("more time 30 June because the policy is out", said("more_time", "30 June 2026: the policy is out")),
    ("More time: 30 June because out", said("more_time", "30 June 2026: out")),
    ("more time, 30 June, because out", said("more_time", "30 June 2026: out")),
    ("more time 30 June - waiting for IT", said("more_time", "30 June 2026: waiting for IT")),
    ("Can I have more time? 30 June because out", said("more_time", "30 June 2026: out")),
    ("I need more time, 30 June because out", said("more_time", "30 June 2026: out")),
    ("more time next meeting because the IT change is late", said("more_time", "12 March 2026: the IT change is late")),
    ("se 1 more time 30 June because out", said("more_time", "30 June 2026: out")),
    ("cannot because the post is vacant instead we briefed teams", cannot("the post is vacant", "we briefed teams")),
    ("cannot because X. Instead Y", cannot("X.", "Y")),
    ("CANNOT BECAUSE X; INSTEAD: Y", cannot("X", "Y")),
    ("can’t complete because of X, instead Y", cannot("X", "Y")),
    ("cannot: the post is vacant. Instead, we briefed", cannot("the post is vacant.", "we briefed")),
    ("I cannot do this because X instead Y", cannot("X", "Y")),
    ("cannot because we tried instead of waiting, instead Y", cannot("we tried instead of waiting", "Y")),
    ("not mine", said("declined", "", "not_started")),
    ("Not mine: ask Grace", said("declined", "ask Grace", "not_started")),
    ("not mine, I have moved", said("declined", "I have moved", "not_started")),
    ("That's not mine because I moved", said("declined", "I moved", "not_started")),
)


@pytest.mark.parametrize(("words", "expected"), FORMS)
def test_every_form_of_reply(desk: Desk, words: str, expected: dict[str, Any]) -> None:
    stamp = desk.reminded("cleo", ONE)
    answer = desk.says("cleo", words, stamp)
    assert stands(desk, ONE) == expected
    assert ONE in answer.plain()
    assert "Undo" in [button.label for button in buttons_of(answer)]


NOTHING = (
    ("ok", "Nothing was changed"),
    ("thanks 👍", "Nothing was changed"),
    ("👍", "Nothing was changed"),
    ("Ok, thank you very much!", "Nothing was changed"),
    ("hello", "Hello. Nothing was changed"),
    ("update", "What has happened?"),
    ("update:", "What has happened?"),
    ("more time", "By when?"),
    ("more time please", "By when?"),
    ("more time 30 June", "Reason?"),
    ("more time because ill", "By when?"),
    ("more time Q3 because ill", "Which is meant?"),
    ("more time last week because ill", "Which date"),
    ("cannot", "What was done instead?"),
    ("cannot because the post is vacant", "What was done instead?"),
    ("cannot instead we briefed", "Why can it not be completed?"),
    ("snooze banana", "snooze 3 days"),
    ("what is this?", "cannot answer that"),
    ("actoin list mine", "I did not understand"),
    ("help", "/lif action add"),
    ("Help action done", "/lif action done"),
    ("list", "1 for you"),
    ("action list mine", "1 for you"),
    ("SE-2026-001", "Audit MASH"),
    ("SE-2026-999 done", "There is no SE-2026-999 here"),
    ("14 done", "There is no 14 here"),
    ("se 99 done", "There is no SE 99 here"),
    ("sign off", "group's chair"),
    ("escalate because stuck", "group's chair"),
    ("undo the whole policy", "type undo and nothing else"),
    ("undo", "nothing of yours to undo"),
)


@pytest.mark.parametrize(("words", "says"), NOTHING)
def test_what_changes_nothing(desk: Desk, words: str, says: str) -> None:
    desk.reminded("cleo", ONE)
    assert says in desk.says("cleo", words).plain()
    assert stands(desk, ONE) == UNTOUCHED


def test_replies_on_both_databases(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add Audit MASH owner:@cleo due:31 March")
        desk.ben("/lif action add Review owner:@cleo due:31 March")
        desk.reminded("cleo", ONE, TWO)
        asked = desk.says("cleo", "done, training delivered")
        assert "Which one do you mean by “done”?" in asked.plain()
        desk.clicks("cleo", asked, ONE, "D0CLEO")
        assert stands(desk, ONE) == done("training delivered")
        desk.says("cleo", f"{TWO} more time 30 June because the policy is out")
        assert stands(desk, TWO) == said("more_time", "30 June 2026: the policy is out")


SEVERAL = (
    "done",
    "all done",
    "done, trained",
    "Draft is with partners",
    "more time 30 June because ill",
    "cannot because X instead Y",
    "not mine",
    "snooze 3 days",
    "3 days more and it is out",
    f"{ONE}, {TWO} done",
    f"{ONE} and {TWO} done",
    f"done {ONE} and {TWO}",
    f"done: {ONE}, {TWO}",
    "1 and 2 done",
    "1, 2 done",
    "se 1 and se 2 done",
    f"{ONE} done, {TWO} more time 30 June because ill",
    f"{ONE} done\n{TWO} update draft",
    "ok",
)


@pytest.mark.parametrize("words", SEVERAL)
def test_with_several_items_nothing_is_guessed(three: Desk, words: str) -> None:
    before = three.log()
    answer = three.says("cleo", words).plain()
    assert "Which one" in answer or "One item at a time" in answer or "Nothing was changed" in answer
    assert three.log() == before


def test_the_reference_comes_first_among_several(three: Desk) -> None:
    three.says("cleo", "2: done: trained")
    three.says("cleo", f"update {THREE} half of it, as in {ONE}")
    assert stands(three, TWO) == done("trained")
    assert stands(three, THREE) == said("update", f"half of it, as in {ONE}")
    assert stands(three, ONE) == UNTOUCHED


def test_which_is_answered_by_a_reference_alone(three: Desk) -> None:
    three.says("cleo", "more time 30 June because ill")
    three.says("cleo", "2")
    assert stands(three, TWO) == said("more_time", "30 June 2026: ill")
    three.says("cleo", "done")
    three.says("cleo", f"{ONE} trained 40 staff")
    assert stands(three, ONE) == done("trained 40 staff")


FOLLOWED = (
    ("update", "half of the teams are briefed", said("update", "half of the teams are briefed")),
    ("update", "done the first half", said("update", "done the first half")),
    ("more time", "30 June because ill", said("more_time", "30 June 2026: ill")),
    ("more time 30 June", "the policy is out", said("more_time", "30 June 2026: the policy is out")),
    ("more time 30 June", "because the policy is out", said("more_time", "30 June 2026: the policy is out")),
    ("more time because ill", "next meeting", said("more_time", "12 March 2026: ill")),
    ("more time Q3 because ill", "30 September", said("more_time", "30 September 2026: ill")),
    ("cannot", "because X instead Y", cannot("X", "Y")),
    ("cannot because the post is vacant", "we briefed teams", cannot("the post is vacant", "we briefed teams")),
    ("cannot because the post is vacant", "instead we briefed", cannot("the post is vacant", "we briefed")),
    ("cannot because the post is vacant", "done, after all", done("after all")),
    ("done", "Training delivered, 40 staff", {**done(""), "evidence": ["Training delivered, 40 staff"]}),
    ("cannot because ill", "never mind", UNTOUCHED),
    ("update", "thanks", UNTOUCHED),
)


@pytest.mark.parametrize(("first", "then", "expected"), FOLLOWED)
def test_words_answer_what_was_last_asked(desk: Desk, first: str, then: str, expected: dict[str, Any]) -> None:
    stamp = desk.reminded("cleo", ONE)
    desk.says("cleo", first, stamp)
    desk.says("cleo", then, stamp)
    assert stands(desk, ONE) == expected


def test_what_was_asked_is_not_answered_twice(desk: Desk) -> None:
    desk.reminded("cleo", ONE)
    desk.says("cleo", "more time 30 June")
    desk.says("cleo", "because the policy is out")
    desk.says("cleo", "The policy came back today")
    assert [kind for kind, _ in stands(desk, ONE)["updates"]] == ["more_time", "update"]


def test_a_thread_answers_its_own_reminder(desk: Desk) -> None:
    desk.ben("/lif action add Review owner:@cleo due:31 March")
    older = desk.reminded("cleo", ONE)
    desk.reminded("cleo", TWO)
    desk.says("cleo", "done, trained", older)
    assert stands(desk, ONE) == done("trained")
    desk.says("cleo", "nearly there")
    assert stands(desk, TWO) == said("update", "nearly there")


def test_done_without_a_reminder(desk: Desk) -> None:
    assert "SE-2026-001 is complete" in desk.says("cleo", "done, trained").plain()
    assert "I am not waiting for a reply from you" in desk.says("cleo", "done").plain()
    assert "I did not understand" in desk.says("ben", "Draft is with partners").plain()


SNOOZES = (
    ("snooze", "12 January 2026"),
    ("snooze 2", "11 January 2026"),
    ("snooze: 3 days", "12 January 2026"),
    ("snooze until Friday", "16 January 2026"),
    ("snooze until Monday", "12 January 2026"),
    ("snooze for a week", "16 January 2026"),
    ("remind me tomorrow", "10 January 2026"),
)


@pytest.mark.parametrize(("words", "day"), SNOOZES)
def test_snooze(desk: Desk, words: str, day: str) -> None:
    desk.reminded("cleo", ONE)
    answer = desk.says("cleo", words).plain()
    assert f"I will come back to {ONE} on {day}. Its date stays as it is." in answer
    assert stands(desk, ONE) == UNTOUCHED


def test_a_snooze_goes_no_further_than_a_week_or_the_next_meeting(desk: Desk) -> None:
    desk.reminded("cleo", ONE)
    assert "16 January 2026. That is as far as a snooze goes." in desk.says("cleo", "snooze 30 days").plain()
    desk.is_on("2026-03-10T10:00:00+00:00")
    assert "12 March 2026. That is as far" in desk.says("cleo", "snooze 7 days").plain()


def test_after_the_item_is_closed(desk: Desk) -> None:
    nudge = desk.says("cleo", "show SE-2026-001")
    desk.cleo("/lif action done 1 trained")
    desk.ben("/lif action signoff 1")
    before = desk.log()
    replies = ("done", f"{ONE} done", "more time", "cannot because X instead Y", "not mine", "snooze", "more news")
    for words in replies:
        desk.reminded("cleo", ONE)
        assert "so nothing was changed" in desk.says("cleo", words).plain(), words
    for button in ("Done", "Update", "More time", "Cannot complete", "Not mine", "Snooze"):
        answer = desk.clicks("cleo", nudge, button, "D0CLEO")
        assert "so nothing was changed" in answer.plain(), button
        assert answer.form is None, "no form for what can no longer be"
    assert desk.log() == before


def test_undo(desk: Desk) -> None:
    desk.reminded("cleo", ONE)
    desk.says("cleo", "done, trained")
    assert "Undone: action done." in desk.says("cleo", "Undo that.").plain()
    item = desk.item(ONE)
    assert (item["status"], item["evidence"], item["brag"]) == ("not_started", [], "green")
    before = desk.log()
    assert "undone already" in desk.says("cleo", "undo").plain()
    desk.says("cleo", "update draft")
    desk.later(minutes=11)
    assert "more than ten minutes ago" in desk.says("cleo", "undo").plain()
    assert len(desk.log()["log"]) == len(before["log"]) + 1


def test_undo_of_somebody_elses(desk: Desk) -> None:
    shown = desk.cleo("/lif action done 1 trained")
    before = desk.log()
    assert "can do that" in desk.clicks("ian", shown, "Undo").plain()
    assert "does not know this account" in desk.clicks("eve", shown, "Undo").plain()
    assert "nothing of yours" in desk.says("ian", "undo").plain()
    for odd in ("99999", "99999999999999999999", "²", "-1"):
        assert "undo" in desk.refuses("cleo", f"/lif undo {odd}")
    assert desk.log() == before


def test_a_redelivered_event_changes_nothing_twice(desk: Desk) -> None:
    desk.reminded("cleo", ONE)
    given: dict[str, Any] = {"event": "slack:D0CLEO:1.1", "can_open_form": False}
    assert desk.hears("cleo", "update draft", "D0CLEO", "words", **given)
    assert desk.hears("cleo", "update draft", "D0CLEO", "words", **given) is None
    assert stands(desk, ONE) == said("update", "draft")


def test_a_mention_in_the_channel(desk: Desk) -> None:
    answer = desk.hears("cleo", "done SE-2026-001 trained", SE, "mention")
    assert answer
    assert stands(desk, ONE) == done("trained")
    other = desk.hears("cleo", "the draft is out", SE, "mention")
    assert other
    assert "I did not understand" in other.plain()


def test_leads_report_for_the_owner_and_are_named(desk: Desk) -> None:
    assert "Recorded for Cleo Hart." in desk.ben("/lif action update 1 Draft is out").plain()
    assert "Recorded for Cleo Hart." in desk.amina("/lif action done 1 Trained").plain()
    assert [each["by"] for each in desk.item(ONE)["updates"]] == ["ben", "amina"]
    history = desk.cleo("/lif action show 1").plain()
    assert "update, Ben Carter" in history
    assert "done, Amina Yusuf" in history
