"""What comes at one's own hour, digests as messages, and Home tabs that are drawn anew: with a clock that is wound."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import dispatch
from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Incoming, Message, Place
from lifbot.model import Item, Person
from lifbot.slack.render import message as slack_message
from lifbot.teams.render import message as teams_message
from scheduler import homes
from storage import due
from storage.scope import Scope
from tests import slack_limits, teams_limits
from tests.desk import buttons_of
from tests.room import LD, Room, file, room
from tests.test_rulings import LEARNING, MONTHLY


class Tabs:
    """A platform that shows Home tabs, and can be told to refuse."""

    def __init__(self, it: Room) -> None:
        self._room = it
        self.send = it.send
        self.drawn: list[tuple[str, str]] = []
        self.refuses: Exception | None = None

    async def publish(self, address: Address, message: Message) -> None:
        """Keep what is shown to whom."""
        if self.refuses:
            raise self.refuses
        self.drawn.append((address.to.removeprefix("U0").lower(), message.plain()))

    def redraw(self) -> list[str]:
        """Let one pass go by; returns whose tabs were drawn in it."""
        before = len(self.drawn)
        asyncio.run(homes.redraw(self._room.db, {"slack": self}, self._room.now))
        return [who for who, _ in self.drawn[before:]]


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room on SQLite, whose group meets monthly."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", file(MONTHLY, more=LEARNING)) as opened:
        yield opened


def opens(it: Room, who: str) -> str:
    """Open the Home tab."""
    place = Place(f"D{who}", direct=True)
    answer = dispatch.handle(it.db, Incoming("slack", "T0001", f"U0{who.upper()}", place, "home", it.now, "tab"))
    assert answer is not None
    return answer.plain()


def test_reminders_come_at_ones_own_hour_of_the_same_day(database_url: str) -> None:
    with room(database_url, file(MONTHLY)) as it:
        it.says("cleo", "settings reminders:14:00")
        it.logs("A", "3 February 2026")
        it.logs("B", "3 February 2026", owner="ian")
        it.wind("2026-02-12")
        assert all(when.endswith("14:00") for when in it.days("cleo", "Good"))
        assert all(when.endswith("09:00") for when in it.days("ian", "Good"))
        days = [when[:10] for when in it.days("cleo", "Good")]
        assert days == [when[:10] for when in it.days("ian", "Good")]


def test_after_downtime_it_comes_late_on_the_day_or_at_ones_hour_on_the_next(it: Room) -> None:
    it.says("cleo", "settings reminders:14:00")
    it.logs("A", "3 February 2026")
    it.wind("2026-01-20 10:00")
    assert it.days("cleo", "Good") == []
    it.jump("2026-01-20 15:30")
    assert it.days("cleo", "Good") == ["2026-01-20 15:30"]
    it.wind("2026-01-30 12:00")
    it.jump("2026-01-30 19:00")
    it.wind("2026-02-02 13:59")
    assert it.days("cleo", "Good") == ["2026-01-20 15:30"], "not at night, and not before one's own hour"
    it.wind("2026-02-02 14:00")
    assert it.days("cleo", "Good")[1:] == ["2026-02-02 14:00"]


def test_a_new_hour_counts_for_todays_reminder_too(it: Room) -> None:
    it.says("cleo", "settings reminders:16:00")
    it.logs("A", "3 February 2026")
    it.wind("2026-01-20 10:30")
    it.says("cleo", "settings reminders:12:00")
    it.wind("2026-01-20 17:00")
    assert it.days("cleo", "Good") == ["2026-01-20 12:00"]


def test_an_hour_is_that_of_the_wall_when_the_clocks_change(it: Room) -> None:
    it.says("cleo", "settings reminders:10:00")
    it.logs("A", "30 March 2026")
    it.wind("2026-04-08")
    assert {when[11:] for when in it.days("cleo", "Good")} == {"10:00"}


def test_who_wants_it_has_their_groups_digests_in_one_message(it: Room) -> None:
    it.says("ben", "settings digest:yes")
    it.logs("A", "3 February 2026")
    it.logs("B", "29 January 2026", owner="ben", by="cleo", place=LD)
    it.wind("2026-01-12 10:00")
    (digest,) = it.all("ben", "Weekly digest")
    assert digest.when == "2026-01-12 09:00"
    assert "Safeguarding Effectiveness Subgroup" in digest
    assert "settings digest:no" in digest
    assert it.all("cleo", "Weekly digest") == []
    it.says("ben", "settings digest:no")
    it.wind("2026-01-20")
    assert len(it.all("ben", "Weekly digest")) == 1
    it.says("ben", "settings digest:yes")
    it.jump("2026-01-27 10:00")
    assert len(it.all("ben", "Weekly digest")) == 1, "a digest whose day has passed is dropped"


def test_the_business_unit_has_the_partnerships_digest_and_no_second(it: Room) -> None:
    it.says("amina", "settings digest:yes")
    it.logs("A", "3 February 2026")
    it.wind("2026-01-12 10:00")
    assert len(it.all("amina", "Weekly digest")) == 1


def test_a_home_tab_is_drawn_anew_when_something_on_it_changes(database_url: str) -> None:
    with room(database_url, file(MONTHLY)) as it:
        tabs = Tabs(it)
        ref = it.logs("A", "3 February 2026")
        assert tabs.redraw() == [], "nobody has opened theirs"
        for who in ("cleo", "ben", "ian"):
            opens(it, who)
        assert tabs.redraw() == []
        it.says("cleo", f"{ref} done: 40 staff trained")
        assert sorted(tabs.redraw()) == ["ben", "cleo"], "the owner's and the chair's, and nobody else's"
        assert "1 waits for your decision." in dict(tabs.drawn)["ben"]
        assert tabs.redraw() == []


def test_the_clock_draws_it_anew_as_well(it: Room) -> None:
    tabs = Tabs(it)
    it.logs("A", "20 January 2026")
    opens(it, "dev")
    it.wind("2026-03-13")
    assert tabs.redraw() == ["dev"]
    assert "You are asked for help (1)" in tabs.drawn[-1][1]
    opens(it, "ian")
    it.types("ben", "meeting cancel because of snow")
    assert "ian" in tabs.redraw()


def test_no_more_than_a_few_tabs_in_one_pass_and_a_refusal_harms_nothing(it: Room) -> None:
    tabs = Tabs(it)
    for who in ("amina", "ben", "cleo", "dev", "grace", "kim", "ian"):
        opens(it, who)
    with it.db.begin() as session:
        for person in Scope(session, due.partnerships(session)[0], it.now).all(Person):
            person.home_stale = True
    tabs.refuses = TryLater("ratelimited", 3)
    assert tabs.redraw() == []
    tabs.refuses = Undeliverable("user_not_found")
    assert tabs.redraw() == []
    tabs.refuses = None
    left = tabs.redraw() + tabs.redraw()
    assert len(left) == 2, "those that Slack would not draw wait for their next change"
    it.logs("A", "3 February 2026")
    assert set(tabs.redraw()) >= {"ben", "cleo"}


def test_a_refused_tab_comes_with_the_next_pass(it: Room) -> None:
    tabs = Tabs(it)
    opens(it, "ben")
    it.logs("A", "3 February 2026", owner="ben")
    tabs.refuses = TryLater("http_503")
    assert tabs.redraw() == []
    tabs.refuses = None
    assert tabs.redraw() == ["ben"]


def test_a_suggested_escalation_can_rest_until_something_changes(database_url: str) -> None:
    with room(database_url, file(MONTHLY)) as it:
        ref = it.logs("A", "20 January 2026")
        for day in ("20 February 2026", "20 March 2026"):
            it.types("ben", f"action extend {ref} {day} because staff moved")
        it.wind("2026-01-15 10:00")
        (suggested,) = it.all("ben", "Might need help sooner")
        labels = [button.label for button in buttons_of(suggested.message)]
        assert labels == ["Ask the partnership chair…", "Not now"]
        ask, not_now = buttons_of(suggested.message)
        assert ask.command == f"form action escalate {ref} because:Its date has been moved twice"
        assert "Might need help sooner" in it.says("ben", "decisions")
        assert "Nothing is asked about" in it.says("ben", not_now.command)
        assert "Might need help" not in it.says("ben", "decisions")
        assert "Nothing is suggested about" in it.says("ben", f"action dismiss {ref}")
        assert "Undone" in it.says("ben", "undo")
        assert "Might need help sooner" in it.says("ben", "decisions")
        it.says("ben", f"action dismiss {ref}")
        it.wind("2026-02-20")
        assert len(it.all("ben", "Might need help sooner")) == 1
        with it.db.begin() as session:
            (row,) = Scope(session, due.partnerships(session)[0], it.now).all(Item)
            assert row.drift_dismissed == ["second_extension"]


def test_what_is_no_longer_so_can_be_suggested_again(it: Room) -> None:
    ref = it.logs("A", "30 October 2026")
    it.wind("2026-03-20")
    assert len(it.all("ben", "There has been no update for two meetings")) == 1
    it.says("cleo", f"{ref} update: the draft is out")
    it.wind("2026-06-20")
    assert len(it.all("ben", "There has been no update for two meetings")) == 2


def test_a_long_nudge_shows_the_most_pressing_and_counts_the_rest(it: Room) -> None:
    for number in range(40):
        ref = it.logs(f"Review the audit schedule {number}", "12 January 2026", owner=("ben", "cleo")[number % 2])
        if number % 4 == 1:
            it.says("cleo", f"{ref} done: trained")
    it.wind("2026-01-12 10:00")
    nudge = next(said for said in it.all("ben", "Good morning"))
    assert "more of yours: /lif action list mine." in nudge
    assert "[Sign off all (10)]" in nudge
    assert "more: /lif decisions." in nudge
    assert slack_limits.check(slack_message(nudge.message)) == []
    assert teams_limits.check(teams_message(nudge.message)) == []
    assert "… and" not in "".join(slack_limits.texts(slack_message(nudge.message)["blocks"]))


def test_what_waits_with_nobody_reaches_the_business_unit(tmp_path: Path) -> None:
    text = file(MONTHLY).replace("chair: ben, deputy: grace,", "chair: null, deputy: null,")
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", text) as it:
        ref = it.logs("A", "3 February 2026", by="amina")
        it.says("cleo", f"{ref} done: trained")
        it.wind("2026-01-12 10:00")
        assert it.all("amina", "Waiting for your decision")
        assert ref in it.says("amina", "decisions")
