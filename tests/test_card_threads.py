"""What is said in a card's thread, and to lifbot in a channel: what reports on the item counts, talk is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from lifbot.message import Message, Receipt
from lifbot.model import Asked, Item, LogEntry, Outbox, Seen, Update
from storage import cards
from tests.desk import FILE, LD, SE, Desk, at_desk, buttons_of
from tests.test_two_partnerships import LEEDS

ONE, TWO = "SE-2026-001", "SE-2026-002"
CARD = "1700.1"


@pytest.fixture
def desk(either_database: str) -> Iterator[Desk]:
    with at_desk(either_database) as it:
        for line in ("Audit MASH thresholds owner:@cleo due:31 March", "Review the form owner:@ian due:30 April"):
            it.ben(f"/lif action add {line}")
        stands(it, ONE, CARD)
        yield it


def stands(desk: Desk, ref: str, stamp: str, channel: str = SE, thread: str | None = None) -> None:
    """Let an item's card stand in a channel."""
    with desk.db.begin() as session:
        scope = desk.scope(session)
        item = scope.first(Item, Item.ref == ref)
        assert item is not None
        about = {"item": item.id, "place": ["slack", channel, thread]}
        row = Outbox(
            partnership_id=scope.id, key="", occasion="card", about=about, created_at=desk.now, not_before=desk.now
        )
        cards.keep(scope, row, Receipt(channel, stamp), "")


def overhears(desk: Desk, who: str, text: str, thread: str = CARD, channel: str = SE) -> Message | None:
    """Let somebody write in a channel's thread, without a word to lifbot."""
    event = f"slack:{channel}:{next(desk.events)}"
    return desk.hears(who, text, channel, "thread", thread=thread, event=event)


def mentions(desk: Desk, who: str, text: str, thread: str | None = None, channel: str = SE) -> Message:
    """Let somebody mention lifbot in a channel."""
    number = next(desk.events)
    given = {"thread": thread, "event": f"slack:{channel}:{number}", "stamp": f"{number}", "can_open_form": False}
    answer = desk.hears(who, text, channel, "mention", **given)
    assert answer is not None
    return answer


def history(desk: Desk, ref: str = ONE) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["by"], row["text"]) for row in desk.item(ref)["updates"]]


@pytest.mark.parametrize(
    ("who", "said", "kept"),
    [
        ("cleo", "done, training delivered 12 May", ("done", "cleo", "training delivered 12 May")),
        ("cleo", "Done: 40 staff trained", ("done", "cleo", "40 staff trained")),
        ("cleo", "update draft is with partners", ("update", "cleo", "draft is with partners")),
        ("cleo", "The draft is with partners now", ("update", "cleo", "The draft is with partners now")),
        ("cleo", "SE-2026-001: the draft is ready", ("update", "cleo", "the draft is ready")),
        ("ben", "done, I saw the report", ("done", "ben", "I saw the report")),
        ("amina", "update: the report is in", ("update", "amina", "the report is in")),
        ("cleo", "not mine, please", ("declined", "cleo", "please")),
        ("cleo", "more time 30 April because legal", ("more_time", "cleo", "30 April 2026: legal")),
        ("cleo", "cannot complete because no post instead briefed", ("cannot", "cleo", "no post. Instead: briefed")),
    ],
)
def test_what_reports_on_the_item_counts(desk: Desk, who: str, said: str, kept: tuple[str, str, str]) -> None:
    answer = overhears(desk, who, said)
    assert answer is not None
    assert history(desk) == [kept]
    assert "Undo" in [button.label for button in buttons_of(answer)]
    assert history(desk, TWO) == []


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("cleo", "ok"),
        ("cleo", "thanks everyone"),
        ("cleo", "When do we meet?"),
        ("cleo", "could somebody look at the draft? it is in the folder"),
        ("cleo", "can't make it on Tuesday?"),
        ("ian", "I think the draft is with partners"),
        ("ian", "done"),
        ("ian", "update: I saw it"),
        ("ben", "Good progress on this one"),
        ("dev", "Well done all of you"),
        ("ben", "show me the report on Monday"),
        ("ben", "accepted wisdom says otherwise"),
        ("amina", "help is on its way"),
        ("amina", "undo"),
        ("jo", "done"),
        ("eve", "done, all of it"),
        ("eve", "what is lifbot?"),
        ("cleo", ""),
    ],
)
def test_talk_is_left_alone(desk: Desk, who: str, said: str) -> None:
    before = desk.log()
    assert overhears(desk, who, said) is None
    assert desk.log() == before


def test_nothing_at_all_is_kept_of_other_threads(desk: Desk) -> None:
    with desk.db.begin() as session:
        seen = len(session.exec(select(Seen)).all())
    for who in ("cleo", "ben", "eve"):
        assert overhears(desk, who, "done, training delivered", thread="9999.9") is None
        assert overhears(desk, who, "done, training delivered", channel=LD) is None
    assert overhears(desk, "eve", "done, training delivered") is None
    with desk.db.begin() as session:
        assert len(session.exec(select(Seen)).all()) == seen
    assert history(desk) == []


def test_the_same_reply_twice_counts_once(desk: Desk) -> None:
    given = {"thread": CARD, "event": "slack:C0SE:5.5"}
    assert desk.hears("cleo", "done, trained", SE, "mention", **given) is not None
    assert desk.hears("cleo", "done, trained", SE, "thread", **given) is None
    assert len(history(desk)) == 1


def test_the_answer_in_a_thread_is_short_and_names_nobody(desk: Desk) -> None:
    answer = overhears(desk, "cleo", "done, training delivered")
    assert answer is not None
    assert answer.plain() == f"Thank you. {ONE} is complete and waits for sign-off.\n[Undo]"


def test_what_is_refused_in_a_thread_is_told_to_who_may_report(desk: Desk) -> None:
    overhears(desk, "cleo", "done, trained")
    answer = overhears(desk, "cleo", "done, trained again")
    assert answer is not None
    assert "complete already" in answer.plain()


def test_done_without_proof_is_asked_about_once_and_the_next_words_are_it(desk: Desk) -> None:
    asked = overhears(desk, "cleo", "done")
    assert asked is not None
    assert "What shows that it is done?" in asked.plain()
    kept = overhears(desk, "cleo", "40 staff trained on 12 May")
    assert kept is not None
    assert [row["text"] for row in desk.item(ONE)["evidence"]] == ["40 staff trained on 12 May"]
    overhears(desk, "cleo", "The next round is planned")
    assert history(desk)[-1] == ("update", "cleo", "The next round is planned")


def test_a_chair_signs_off_in_the_thread(desk: Desk) -> None:
    overhears(desk, "cleo", "done, trained")
    assert overhears(desk, "ian", "sign off") is None
    assert overhears(desk, "ben", "sign off") is not None
    assert desk.item(ONE)["signed_off_on"] == "2026-01-09"


def test_two_cards_in_one_thread_need_the_reference(desk: Desk) -> None:
    stands(desk, TWO, "1700.2", thread=CARD)
    assert overhears(desk, "ben", "Good progress") is None
    asked = overhears(desk, "ben", "done, both")
    assert asked is not None
    assert "Which one do you mean" in asked.plain()
    assert history(desk) == history(desk, TWO) == []
    overhears(desk, "ben", f"{TWO} done, the form is out")
    assert history(desk, TWO) == [("done", "ben", "the form is out")]


def test_a_mention_in_the_thread_is_about_the_card(desk: Desk) -> None:
    assert "complete" in mentions(desk, "cleo", "done, trained", CARD).plain()
    assert history(desk) == [("done", "cleo", "trained")]
    assert "can do that" in mentions(desk, "ian", "done", CARD).plain()
    assert "I keep the log" in mentions(desk, "ian", "when is it due?", CARD).plain()


def promised(desk: Desk) -> list[list[str | None]]:
    with desk.db.begin() as session:
        return [row.about["place"] for row in session.exec(select(Outbox)).all() if row.occasion == "card"]


def test_a_mention_that_changes_an_item_is_answered_with_its_card_in_the_thread(desk: Desk) -> None:
    answer = mentions(desk, "ben", "action add Audit the form owner:@cleo due:31 March")
    assert "Saved as SE-2026-003" in answer.plain()
    (place,) = promised(desk)
    assert place[:2] == ["slack", SE]
    assert place[2] is not None


def test_in_a_thread_that_has_its_card_no_second_one_is_posted(desk: Desk) -> None:
    mentions(desk, "cleo", "done, trained", CARD)
    assert promised(desk) == []


@pytest.mark.parametrize(
    ("who", "said", "channel"),
    [
        ("ben", "action list", SE),
        ("ben", "action show SE-2026-001", SE),
        ("cleo", "action signoff SE-2026-001", SE),
        ("ben", "action add Audit", SE),
        ("ben", "hello there", SE),
        ("ben", "action update SE-2026-001 Draft", LD),
        ("ben", "action card SE-2026-001", LD),
    ],
)
def test_other_mentions_are_answered_to_the_asker_alone(desk: Desk, who: str, said: str, channel: str) -> None:
    mentions(desk, who, said, channel=channel)
    assert [place for place in promised(desk) if place[2]] == []


def test_two_partnerships_never_hear_each_other(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'two.db'}", FILE, LEEDS) as it:
        it.ben("/lif action add Audit owner:@cleo due:31 March")
        stands(it, ONE, CARD)
        it.team = "T0002"
        for who in ("cleo", "ben", "cara", "bob"):
            assert overhears(it, who, "done, all of it") is None
        it.team = "T0001"
        assert history(it) == []
        with it.db.begin() as session:
            assert session.exec(select(Update)).all() == []
            assert session.exec(select(Asked)).all() == []
            assert [row.what for row in session.exec(select(LogEntry)).all() if row.item_id] == ["action add"]
