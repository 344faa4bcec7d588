"""An item's card in its group's channel: posted without names, drawn anew as the item changes, forgotten when gone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.errors import Undeliverable
from lifbot.message import Message, Parcel, Receipt
from scheduler.clock import tick
from scheduler.deliver import deliver
from storage.outbox import every
from tests.desk import LD, Desk, at_desk, buttons_of
from tests.room import SE, Room, file, room

PEOPLE = ("Amina", "Ben", "Grace", "Cleo", "Dev", "Kim", "Ian", "Fay")


class Channel(Room):
    """A room whose platform also draws messages anew: `shown` is what stands in the channel now."""

    def start(self) -> Channel:
        """Begin with an empty channel."""
        self.shown: dict[str, Message] = {}
        self.drawn: list[str] = []
        self.gone: set[str] = set()
        return self

    async def send(self, parcel: Parcel) -> Receipt:
        """Post, or draw anew."""
        if parcel.instead:
            if parcel.instead.stamp in self.gone:
                raise Undeliverable("message_not_found")
            self.drawn.append(parcel.instead.stamp)
            self.shown[parcel.instead.stamp] = parcel.message
            return parcel.instead
        receipt = await super().send(parcel)
        if parcel.message.summary.startswith("Action "):
            self.shown[receipt.stamp] = parcel.message
        return receipt

    def card(self) -> str:
        """What the one card in the channel shows."""
        (only,) = self.shown.values()
        return only.plain()

    def statuses(self, occasion: str) -> list[str]:
        """How the rows of an occasion stand."""
        with self.db.begin() as session:
            return [row.status for row in every(session) if row.occasion == occasion]


@pytest.fixture
def channel(database_url: str) -> Iterator[Channel]:
    with room(database_url) as it:
        yield Channel(it.db).start()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def posted(channel: Channel, due: str = "27 February 2026") -> str:
    """Log an action of Cleo's and post its card; returns the reference."""
    ref = channel.logs("Audit MASH thresholds", due)
    assert "goes to the channel" in channel.types("ben", f"action card {ref}")
    channel.pause()
    return ref


def test_a_card_names_nobody_and_says_how_to_answer(channel: Channel) -> None:
    ref = posted(channel)
    (said,) = channel.all(SE)
    assert f"{ref} Audit MASH thresholds" in said
    assert "Green · West Yorkshire ICB · due 27 February 2026" in said
    assert "Reply in this thread" in said
    assert not any(name in said.text for name in PEOPLE)
    assert said.message.summary == f"Action {ref}, due 27 February 2026"


@pytest.mark.parametrize(
    ("who", "typed", "shows"),
    [
        ("cleo", "action update {ref} Draft is with partners", "in progress"),
        ("cleo", "action done {ref} trained", "complete, waiting for sign-off"),
        ("ben", "action extend {ref} 30 April 2026 because legal", "due 30 April 2026"),
        ("ben", "action edit {ref} text:Audit the front door because the scope grew", "Audit the front door"),
        ("ben", "action withdraw {ref} because logged twice", "withdrawn"),
        ("ben", "action escalate {ref} because stuck", "Red"),
        ("ben", "action reassign {ref} to @ben", "due 27 February 2026"),
    ],
)
def test_it_is_drawn_anew_when_the_item_changes(channel: Channel, who: str, typed: str, shows: str) -> None:
    ref = posted(channel)
    channel.types(who, typed.format(ref=ref))
    channel.pause()
    assert shows in channel.card()
    assert len(channel.drawn) == 1
    assert len(channel.all(SE)) == 1, "nothing more is posted"
    assert not any(name in channel.card() for name in PEOPLE)


def test_undo_draws_it_as_it_was(channel: Channel) -> None:
    ref = posted(channel)
    before = channel.card()
    channel.types("cleo", f"action done {ref} trained")
    channel.pause()
    channel.types("cleo", "undo")
    channel.pause()
    assert channel.card() == before


def test_a_card_that_would_look_the_same_is_left_alone(channel: Channel) -> None:
    ref = posted(channel)
    channel.types("ben", f"action edit {ref} source:LCSPR 2 because it was missing")
    channel.pause()
    assert channel.drawn == []
    assert channel.statuses("redraw") == ["dropped"]


def test_many_changes_are_one_drawing(channel: Channel) -> None:
    ref = posted(channel)
    for text in ("one", "two", "three"):
        channel.types("cleo", f"action update {ref} {text}")
    assert channel.statuses("redraw") == ["waiting"]
    channel.types("ben", f"action extend {ref} 30 April 2026 because legal")
    channel.pause()
    assert channel.drawn == [next(iter(channel.shown))]
    assert "30 April" in channel.card()


def test_the_colour_turns_with_the_days_and_the_meetings(channel: Channel) -> None:
    posted(channel)
    channel.wind("2026-02-13 08:00")
    assert "Amber" in channel.card(), "two weeks before its date, and no word"
    drawn = len(channel.drawn)
    channel.wind("2026-02-26 08:00")
    assert len(channel.drawn) == drawn, "it is not drawn for nothing"
    channel.wind("2026-05-15")
    assert "Red" in channel.card()
    assert len(channel.drawn) <= drawn + 2
    assert len([said for said in channel.all(SE) if "Reply in this thread" in said]) == 1


def test_a_card_that_somebody_deleted_is_forgotten_and_nobody_is_bothered(channel: Channel) -> None:
    ref = posted(channel)
    channel.gone |= set(channel.shown)
    channel.types("cleo", f"action done {ref} trained")
    channel.pause()
    channel.wind("2026-01-20")
    assert channel.statuses("redraw") == ["given_up"]
    assert not channel.all("amina", "could not be delivered")
    assert "goes to the channel" in channel.types("ben", f"action card {ref}")


def test_a_change_while_the_card_is_on_its_way_is_not_lost(channel: Channel) -> None:
    ref = channel.logs("Audit MASH thresholds", "27 February 2026")
    channel.types("ben", f"action card {ref}")
    send = channel.send

    async def slow(parcel: Parcel) -> Receipt:
        if parcel.message.summary.startswith("Action") and not channel.shown:
            channel.types("cleo", f"action done {ref} trained")
        return await send(parcel)

    channel.send = slow  # type: ignore[method-assign]  # the platform takes its time
    channel.pause()
    assert "waiting for sign-off" in channel.card()


def test_killed_between_drawing_and_settling_it_is_drawn_again_and_no_more(channel: Channel) -> None:
    ref = posted(channel)
    channel.types("cleo", f"action done {ref} trained")
    draw = channel.send

    async def killed(parcel: Parcel) -> Receipt:
        await draw(parcel)
        raise KeyboardInterrupt

    channel.send = killed  # type: ignore[method-assign]  # it arrives, and the process dies before it knows
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(deliver(channel.db, {"slack": channel}, channel.now))
    channel.send = draw  # type: ignore[method-assign]  # another process
    with channel.db.begin() as session:
        for row in every(session):
            row.status, row.lease_until, row.retry_at = (
                ("waiting" if row.status == "leased" else row.status),
                None,
                None,
            )
            session.add(row)
    asyncio.run(tick(channel.db, {"slack": channel}, channel.now))
    assert "waiting for sign-off" in channel.card()
    assert len(channel.drawn) == 2
    assert channel.statuses("redraw") == ["sent"]


def test_a_second_card_is_not_posted_until_the_first_is_old(channel: Channel) -> None:
    ref = posted(channel)
    again = channel.types("ben", f"action card {ref}")
    assert f"{ref} has had its card in the channel" in again
    assert "since 9 January 2026" in again
    assert "[Post it again]" not in again
    channel.wind("2026-01-26")
    assert "[Post it again]" in channel.types("ben", f"action card {ref}")
    channel.types("ben", f"action card {ref} again:yes")
    channel.pause()
    assert len([said for said in channel.all(SE) if "Reply in this thread" in said]) == 2
    channel.types("cleo", f"action done {ref} trained")
    channel.pause()
    assert sorted(set(channel.drawn)) == sorted(channel.shown), "both are drawn anew"


def test_asked_twice_at_once_one_is_posted(channel: Channel) -> None:
    ref = channel.logs("Audit", "27 February 2026")
    for _ in range(2):
        channel.types("ben", f"action card {ref}")
    channel.pause()
    assert len(channel.all(SE)) == 1


@pytest.mark.parametrize(("rules", "cards"), [("", 0), ("cards_in_channel: true", 1)])
def test_each_new_action_has_its_card_where_the_partnership_wants_that(tmp_path: Path, rules: str, cards: int) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", file(rules=rules)) as it:
        it.logs("Audit", "27 February 2026")
        it.types("ben", "issue add Late starts owner:@cleo due:27 February 2026")
        it.pause()
        assert len(it.all(SE)) == cards


def test_who_may_not_see_an_item_posts_no_card(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert "can do that" in desk.refuses("jo", "/lif action card SE-2026-001")
    assert "goes to the channel of Safeguarding" in desk.types("cleo", "/lif action card SE-2026-001", LD).plain()


def test_it_is_offered_where_an_item_is_logged_or_shown(desk: Desk) -> None:
    saved = desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert "Post a card" in [button.label for button in buttons_of(saved)]
    shown = desk.cleo("/lif action show SE-2026-001")
    assert "goes to the channel" in desk.clicks("cleo", shown, "Post a card").plain()


def test_a_withdrawn_item_and_a_group_without_a_channel_have_no_card(tmp_path: Path) -> None:
    text = file().replace("slack_channel: C0SE, ", "")
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", text) as it:
        ref = it.logs("Audit", "27 February 2026", more="group:se")
        assert "has no channel yet" in it.types("ben", f"action card {ref}")
        it.types("ben", f"action withdraw {ref} because twice")
        assert "no card was posted" in it.types("ben", f"action card {ref}")
