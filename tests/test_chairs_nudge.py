"""A chair's reminder in words of their own: at once where it can be, never a second message on one day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.message import Quote
from lifbot.slack import render as slack_render
from lifbot.teams import render as teams_render
from tests import slack_limits, teams_limits
from tests.desk import buttons_of
from tests.room import Room, room
from tests.test_absence import linked

ONE, TWO = "SE-2026-001", "SE-2026-002"


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room with two actions of Cleo's, on a Friday at ten."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as each:
        each.logs("Audit MASH", "31 March")
        each.logs("Train all staff", "14 January")
        each.pause()
        each.new("cleo")
        yield each


def test_the_owner_gets_the_chairs_words_with_the_buttons(database_url: str) -> None:
    with room(database_url) as it:
        ref = it.logs("Audit MASH", "31 March")
        it.pause()
        it.new("cleo")
        said = it.types("ben", f"action nudge {ref} Could you say where this is before *Thursday* <!channel>?")
        assert f"Cleo Hart gets your words about {ref} today." in said
        it.pause()
        (told,) = it.new("cleo")
        assert f"Ben Carter asks about {ref}:" in told
        assert Quote("Could you say where this is before *Thursday* <!channel>?") in told.message.blocks
        assert told.message.summary == f"Ben Carter asks about {ref}."
        assert {"Done", "Update", "More time"} <= {button.label for button in buttons_of(told.message)}
        assert "your update" in it.says("cleo", "The draft is with partners")
        assert it.item(ref)["updates"][0]["text"].startswith("Reminder: Could you say")


def test_a_second_try_on_the_same_day_says_when_the_next_can_go(it: Room) -> None:
    it.types("ben", f"action nudge {ONE} Where is this?")
    again = it.types("grace", f"action nudge {ONE} Hello?")
    assert "Cleo Hart hears of SE-2026-001 today already, so nothing was sent." in again
    assert "You can remind again from 12 January 2026." in again
    it.pause()
    assert len(it.new("cleo")) == 1
    it.wind("2026-01-12 10:00")
    assert "gets your words" in it.types("ben", f"action nudge {ONE} And now?")


def test_words_about_several_items_within_minutes_come_together(it: Room) -> None:
    it.types("ben", f"action nudge {ONE} Where is this?")
    assert "today." in it.types("amina", f"action nudge {TWO} And this?")
    it.pause()
    (told,) = it.new("cleo")
    assert [f"Ben Carter asks about {ONE}:" in told, f"Amina Yusuf asks about {TWO}:" in told] == [True, True]


def test_later_on_the_day_they_wait_for_the_next_days_reminders(it: Room) -> None:
    it.types("ben", f"action nudge {ONE} Where is this?")
    it.pause()
    it.new("cleo")
    said = it.types("ben", f"action nudge {TWO} And this?")
    assert "on Monday 12 January 2026 at 09:00, with that day's reminders" in said
    it.wind("2026-01-12 10:00")
    (told,) = it.new("cleo")
    assert told.when == "2026-01-12 09:00"
    assert "And this?" in told


def test_the_chairs_words_come_in_the_message_of_the_day(it: Room) -> None:
    """Item 2 is due on Wednesday 14 January: its own reminder and Ben's words about item 1 are one message."""
    it.wind("2026-01-14 08:15")
    it.new("cleo")
    it.types("ben", f"action nudge {ONE} Where is this?")
    it.wind("2026-01-14 18:00")
    (told,) = it.new("cleo")
    assert told.when == "2026-01-14 09:00"
    assert told.text.index(f"Ben Carter asks about {ONE}:") < told.text.index(TWO)


def test_it_counts_as_that_days_reminder_of_the_item(it: Room) -> None:
    """Item 2 would be due for its own reminder that morning: the chair's words take its place."""
    it.wind("2026-01-14 08:15")
    it.new("cleo")
    it.types("ben", f"action nudge {TWO} This is for today, can we help?")
    it.wind("2026-01-15 18:00")
    (told,) = it.new("cleo")
    assert "can we help?" in told
    assert told.text.count(f"{TWO} Train all staff") == 1


@pytest.mark.parametrize(
    ("typed", "comes"),
    [
        ("2026-01-09 19:30", "2026-01-12 09:00"),
        ("2026-01-10 11:00", "2026-01-12 09:00"),
        ("2026-01-12 06:00", "2026-01-12 09:00"),
        ("2026-01-12 17:59", "2026-01-13 09:00"),
    ],
)
def test_they_come_in_working_hours(it: Room, typed: str, comes: str) -> None:
    it.wind(typed)
    it.new("cleo")
    it.types("ben", f"action nudge {ONE} Where is this?")
    it.wind("2026-01-13 12:00")
    assert [told.when for told in it.new("cleo", "Where is this?")] == [comes]


def test_undo_takes_the_words_back_before_they_go(it: Room) -> None:
    it.types("ben", f"action nudge {ONE} Where is this?")
    assert "Undone" in it.types("ben", "undo")
    it.wind("2026-01-13 12:00")
    assert not it.new("cleo", "Where is this?")
    assert "gets your words" in it.types("ben", f"action nudge {ONE} And now?")


REFUSED = (
    ("ben", "Audit own", "ben", "", "is yours, so there is nobody else to remind"),
    ("ben", "Audit done", "cleo", "action done {ref} trained", "waits for a decision, not for Cleo Hart"),
    ("ben", "Audit more", "cleo", "action extend {ref} 30 June because ill", "waits for a decision"),
    ("cleo", "Audit hers", "ian", "", "can do that. Nothing was changed."),
    ("dev", "Audit chair", "ian", "", "can do that. Nothing was changed."),
)


@pytest.mark.parametrize(("who", "text", "owner", "first", "says"), REFUSED)
def test_whom_and_what_nobody_is_reminded_of(it: Room, who: str, text: str, owner: str, first: str, says: str) -> None:
    ref = it.logs(text, "31 March", owner=owner)
    if first:
        it.types(owner, first.format(ref=ref))
    it.pause()
    it.new(owner)
    assert says in it.types(who, f"action nudge {ref} Where is this?")
    it.pause()
    assert not it.new(owner)


def test_closed_items_are_left_alone(it: Room) -> None:
    it.types("ben", f"action withdraw {ONE} because it was logged twice")
    assert "is withdrawn, so nobody was reminded of it" in it.types("ben", f"action nudge {ONE} Where is this?")


def test_what_is_done_before_the_words_arrive_needs_none(it: Room) -> None:
    it.wind("2026-01-12 06:00")
    it.types("ben", f"action nudge {ONE} Where is this?")
    it.types("cleo", f"action done {ONE} trained")
    it.wind("2026-01-12 12:00")
    assert not it.new("cleo", "Where is this?")


def test_after_an_outage_the_words_still_come(it: Room) -> None:
    it.wind("2026-01-12 06:00")
    it.types("ben", f"action nudge {ONE} Where is this?")
    it.jump("2026-01-14 11:00")
    it.pause()
    assert len(it.new("cleo", "Where is this?")) == 1


def test_the_words_reach_whoever_stands_in_for_a_closed_account(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", linked()) as it:
        ref = it.logs("Audit MASH", "31 March")
        it.pause()
        it.refuses["cleo"] = "user_disabled"
        it.types("ben", f"action nudge {ref} Where is this?")
        it.wind("2026-01-12 12:00")
        (told,) = it.all("grace", "Where is this?")
        assert f"Ben Carter asks about {ref}" in told
        assert "Cleo Hart" in told


def test_many_words_at_once_are_still_one_message_that_fits(it: Room) -> None:
    refs = [it.logs(f"Thing {number} {'long words ' * 80}", "31 March") for number in range(20)]
    it.pause()
    it.new("cleo")
    for ref in refs:
        it.types("ben", f"action nudge {ref} {'Where is this? ' * 60}")
    it.pause()
    (told,) = it.new("cleo")
    assert "And 8 more are asked about: /lif action list mine." in told
    assert slack_limits.check(slack_render.message(told.message)) == []
    assert teams_limits.check(teams_render.message(told.message)) == []
