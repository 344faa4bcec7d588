"""Dissemination notices: written, checked by a second person, published, changed where they stand, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from lifbot.message import Message, Parcel, Receipt
from lifbot.model import Notice, NoticePost, Source
from lifbot.model import Receipt as AgencyReceipt
from lifbot.notices.dissemination import NoticeView, dissemination
from lifbot.policy.publishing import confirmed_by_words, needs_check, unconfirmed
from scheduler.publishing import settled
from storage import outbox, publishing
from storage.due import partnerships
from storage.scope import Scope
from tests.room import HEAD, LD, SE, Room, file, moment, room

LEARNING = """  - {id: ld, name: Learning and Development Sub-group, prefix: LD, chair: ian, deputy: kim,
      members: [cleo], slack_channel: C0LD}
"""
GUIDE = (
    "notice add Information sharing product:One Minute Guide summary:What to share with whom, and when. by:6 February "
    "link:https://example.org/guide channels:website, newsletter"
)
DN = "DN-2026-001"
ALL = "confirm:1,2,3,4,5"


class Wall(Room):
    """A room whose platform also draws messages anew: `shown` is what stands there now, by its stamp."""

    def start(self) -> Wall:
        """Begin with nothing on the wall."""
        self.shown: dict[str, Message] = {}
        self.drawn: list[str] = []
        return self

    async def send(self, parcel: Parcel) -> Receipt:
        """Post, or draw anew."""
        if parcel.instead:
            self.drawn.append(parcel.instead.stamp)
            self.shown[parcel.instead.stamp] = parcel.message
            return parcel.instead
        receipt = await super().send(parcel)
        self.shown[receipt.stamp] = parcel.message
        return receipt

    def posts(self, words: str = "Information sharing") -> list[str]:
        """What the notice's posts show now."""
        with self.db.begin() as session:
            stamps = [row.stamp for row in self.scope(session).all(NoticePost, order=NoticePost.id)]
        found = [self.shown[stamp].plain() for stamp in stamps]
        assert all(words in text for text in found), found
        return found

    def scope(self, session: Session) -> Scope:
        """The partnership within a transaction."""
        return Scope(session, partnerships(session)[0], self.now)

    def checked(self, text: str = GUIDE, more: str = "") -> None:
        """Let Amina write a notice, and Ian confirm it."""
        assert f"Saved as {DN}" in self.types("amina", f"{text} {more}")
        assert "Ian Lund is asked" in self.types("amina", f"notice check {DN} ask:@ian")
        assert "Thank you" in self.types("ian", f"notice approve {DN} {ALL}")

    def hold(self, *, on: bool = True) -> None:
        """Put the source of notices on hold, or lift that."""
        with self.db.begin() as session:
            scope = self.scope(session)
            source = scope.first(Source) or scope.insert(
                Source, ref="LR-2026-001", number=1, learning_method="cspr", title="Review of spring", person="amina",
                created_at=self.now, created_by="amina",
            )  # fmt: skip
            source.held_at = self.now if on else None
            scope.add(source)

    def entries(self) -> list[tuple[str, str]]:
        """Who did what about notices, as the log has it."""
        return [(row["by"], row["what"]) for row in self.export()["log"] if row["what"].startswith("notice")]

    def notice(self) -> dict[str, Any]:
        """The notice as the export has it."""
        (only,) = self.export()["notices"]
        return dict(only)


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[Wall]:
    head = HEAD.replace("timezone", "profile: wakefield, timezone")
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", file(head=head, more=LEARNING)) as it:
        yield Wall(it.db).start()


def test_a_second_named_person_confirms_each_statement(wall: Wall) -> None:
    saved = wall.types("amina", GUIDE)
    assert f"Saved as {DN}, a draft" in saved
    assert "[Ask Ian Lund to check it]" in saved, "the chair of the group that makes such guides (W12)"
    assert "is not checked yet" in wall.types("amina", f"notice publish {DN}")
    assert "wrote DN-2026-001" in wall.types("amina", f"notice check {DN} ask:@amina")
    assert "Fay O'Brien is in no workspace" in wall.types("amina", f"notice check {DN} ask:@fay")
    assert "Nobody is asked" in wall.types("dev", f"notice approve {DN} {ALL}")
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.pause()
    (asked,) = wall.new("ian")
    for words in (
        "Amina Yusuf asks you",
        "One Minute Guide: Information sharing",
        "What to share",
        "example.org/guide",
    ):
        assert words in asked
    assert "wrote" in wall.types("amina", f"notice approve {DN} {ALL}")
    assert "Ian Lund is asked to check" in wall.types("dev", f"notice approve {DN} {ALL}")
    assert "There is no DN-2026-001 here" in wall.types("cleo", f"notice approve {DN} {ALL}")
    assert "Not confirmed yet: “The welfare" in wall.types("ian", f"notice approve {DN} confirm:1,2,4,5")
    assert wall.notice()["status"] == "draft"
    assert "Thank you" in wall.types("ian", f"notice approve {DN} {ALL}")
    checked = wall.notice()
    assert (checked["status"], checked["checker"]) == ("checked", "ian")
    assert checked["confirmed"] == ["no_detail", "no_hold", "welfare", "told", "quality"]
    assert ("ian", "notice approve") in wall.entries()
    wall.pause()
    assert [said.text.split("\n")[0] for said in wall.new("amina")] == [f"Ian Lund has checked {DN} and confirms it."]


def test_it_is_sent_back_with_a_reason_and_words_answer_too(wall: Wall) -> None:
    wall.types("amina", GUIDE)
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.pause()
    assert "goes back to Amina" in wall.says("ian", "send it back because the second line could name a school")
    wall.pause()
    (told,) = wall.new("amina")
    assert "the second line could name a school" in told
    assert "[Edit…]" in told
    wall.types("amina", f"notice edit {DN} summary:What to share, and when.")
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.pause()
    assert "confirm:1,2,3,4,5" in wall.says("ian", "approve"), "where there is no form, each is said"
    assert "Thank you" in wall.says("ian", f"confirm {ALL}")


def test_words_and_links_that_change_are_checked_again_and_a_date_is_not(wall: Wall) -> None:
    wall.checked()
    wall.types("amina", f"notice edit {DN} by:20 February groups:SE")
    assert wall.notice()["status"] == "checked"
    for change in ("link:https://example.org/two", "ask:Say what applies to you"):
        assert "is a draft again" in wall.types("amina", f"notice edit {DN} {change}")
        wall.types("amina", "undo")
        assert wall.notice()["status"] == "checked"
    assert "is a draft again" in wall.types("amina", f"notice edit {DN} title:Sharing information")
    assert (wall.notice()["status"], wall.notice()["checked_at"]) == ("draft", None)
    assert "not checked yet" in wall.types("amina", f"notice publish {DN}")
    assert "undone" in wall.types("amina", "undo").lower()
    assert (wall.notice()["status"], wall.notice()["title"]) == ("checked", "Information sharing")


def test_it_is_published_once_into_its_channels(wall: Wall) -> None:
    wall.checked()
    wall.pause()
    wall.new("amina")
    out = wall.types("amina", f"notice publish {DN}")
    assert "Learning and Development Sub-group, Safeguarding Effectiveness Subgroup" in out
    assert "3 agencies are asked to cascade it by 6 February 2026" in out
    assert "published already" in wall.types("amina", f"notice publish {DN}")
    wall.pause()
    assert len(wall.all(SE, "Information sharing")) == len(wall.all(LD, "Information sharing")) == 1
    (post, _) = wall.posts()
    assert "For practitioners; not for publication. Approved on 9 January 2026." in post
    assert "please cascade it by 6 February 2026" in post
    assert "Identifying detail has been removed" in post
    assert not any(name in post for name in ("Amina", "Ian"))
    with wall.db.begin() as session:
        receipts = wall.scope(session).all(AgencyReceipt)
    assert sorted(row.agency_id for row in receipts) == ["council", "icb", "police"]
    assert "withdraw" in wall.types("amina", "undo"), "others have it already"
    assert wall.notice()["status"] == "published"


def test_a_time_that_is_given_survives_a_restart(wall: Wall, tmp_path: Path) -> None:
    wall.checked()
    assert "That time has passed" in wall.types("amina", f"notice publish {DN} at:2026-01-08 09:00")
    assert "the day and the time" in wall.types("amina", f"notice publish {DN} at:13 January")
    assert "Saturday 10 January 2026 at 07:30" in wall.types("amina", f"notice publish {DN} at 10 January 07:30")
    wall.wind("2026-01-09 23:00")
    assert wall.posts() == []
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", now=moment("2026-01-10 07:00")) as again:
        anew = Wall(again.db, again.now).start()
        anew.wind("2026-01-10 07:29")
        assert anew.all(SE) == []
        anew.wind("2026-01-10 07:30")
        assert [said.when for said in anew.all(SE)] == ["2026-01-10 07:30"], "exactly then, night or weekend"
        anew.wind("2026-01-13 12:00")
        assert len(anew.all(SE, "Information sharing")) == 2, "the post, and a line of the digest"
        assert f"{DN} is published, as planned." in anew.all("amina")[0]
        assert anew.entries()[-1] == ("amina", "notice published")


def test_nothing_unchecked_goes_out_at_its_time(wall: Wall) -> None:
    assert "It is to be published on Tuesday 13 January" in wall.types("amina", f"{GUIDE} publish:13 January 09:30")
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.wind("2026-01-13 12:00")
    assert wall.posts() == []
    assert [said.when for said in wall.all("amina", "nobody has confirmed")] == ["2026-01-13 09:30"]
    wall.wind("2026-01-15 12:00")
    reminded = wall.all("ian", "waits for a check")
    assert [said.when for said in reminded] == ["2026-01-14 09:00"], "three working days later, then weekly"
    wall.types("ian", f"notice approve {DN} {ALL}")
    wall.wind("2026-01-23 12:00")
    assert len(wall.all("ian", "waits for a check")) == 1
    assert wall.posts() == []


def test_once_checked_means_at_once(wall: Wall) -> None:
    wall.checked(more="publish:once checked")
    wall.pause()
    assert len(wall.posts()) == 2
    assert wall.all("amina", "confirms it, so it is published")
    assert "changed since" in wall.types("ian", "undo")


def test_an_edit_shows_in_place_and_new_words_wait_for_the_check(wall: Wall) -> None:
    wall.checked(more="on:14 February 10:00 place:Town Hall")
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    assert "Saturday 14 February 2026 at 10:00, Town Hall" in wall.posts()[0]
    wall.now = moment("2026-01-12 12:00")
    assert "its posts show it" in wall.types("amina", f"notice edit {DN} by:20 February")
    wall.pause()
    assert all("20 February 2026" in post and "Edited on 12 January 2026" in post for post in wall.posts())
    assert len(wall.drawn) == 2
    said = wall.types("amina", f"notice edit {DN} title:Sharing well")
    assert "stands as it is for now" in said
    assert "Ian Lund is asked" in said
    wall.pause()
    assert all("Information sharing" in post for post in wall.posts())
    assert "the change of a published notice" in wall.all("ian")[-1]
    assert "Sharing well" in wall.all("ian")[-1]
    assert "somebody else changes it" in wall.types("ian", f"notice edit {DN} title:Mine")
    wall.types("ian", f"notice approve {DN} {ALL}")
    wall.pause()
    assert len(wall.posts("Sharing well")) == 2
    assert len(wall.all(SE, "Town Hall")) == 1, "nothing is posted twice"
    wall.types("ian", "undo")
    wall.pause()
    assert len(wall.posts("Information sharing")) == 2, "undone where it stands"


def test_withdrawal_says_so_in_place_and_ends_the_chasing(wall: Wall) -> None:
    wall.checked()
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    cascaded(wall)
    assert "Reason" in wall.types("amina", f"notice withdraw {DN}")
    wall.types("amina", f"notice withdraw {DN} because the guidance has changed")
    wall.pause()
    posts = wall.posts()
    assert len(posts) == 3, "two channels and a direct message"
    for post in posts:
        assert "This notice was withdrawn on 9 January 2026" in post
        assert "the guidance has changed" in post
        assert "please cascade" not in post
    with wall.db.begin() as session:
        assert {row.status for row in wall.scope(session).all(AgencyReceipt)} == {"withdrawn"}
    assert "withdrawn already" in wall.types("amina", f"notice withdraw {DN} because of that")
    assert "withdrawn" in wall.types("amina", "undo")


def cascaded(wall: Wall) -> None:
    """Let Cleo's direct message with the notice be among what is kept."""
    with wall.db.begin() as session:
        scope = wall.scope(session)
        notice = scope.first(Notice)
        assert notice is not None
        outbox.put(scope, "cascade/1", "cascade", person="cleo", about={"notice": notice.id})
        row = outbox.of_key(scope, "cascade/1")
        assert row is not None
        row.status = "sent"
        view = NoticeView(notice.ref, "One Minute Guide", notice.title, notice.summary)
        settled(scope, row, Receipt("Dcleo", "999.0"), dissemination(view), "slack", "cleo")
        wall.shown["999.0"] = dissemination(view)


def test_a_hold_blocks_the_check_the_publishing_and_the_moment(wall: Wall) -> None:
    wall.hold(on=False)
    assert "is not published yet. The learning need not wait" in wall.types("amina", f"{GUIDE} source:LR-2026-001")
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.hold()
    assert "silent for now" in wall.types("ian", f"notice approve {DN} {ALL}"), "of the hold itself few may know"
    assert "is on hold" in wall.types("amina", GUIDE.replace("Information", "Other") + " source:LR-2026-001")
    wall.pause()
    assert wall.all("ian") == [], "what is on hold goes to nobody"
    assert wall.export()["notices"] == []
    assert "There are no notices yet" in wall.types("amina", "notice list")
    wall.hold(on=False)
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.types("ian", f"notice approve {DN} {ALL}")
    wall.types("amina", f"notice publish {DN} at:13 January 10:00")
    wall.hold()
    assert "on hold" in wall.types("amina", f"notice publish {DN}")
    wall.wind("2026-01-13 12:00")
    assert wall.posts() == []
    assert [said.when for said in wall.all("amina", "is on hold")] == ["2026-01-13 10:00"]
    assert not wall.all("amina", "Coming:")
    wall.hold(on=False)
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    assert "Review of spring" not in wall.posts()[0], "W14: it is not named before it is published"


def test_a_report_is_linked_once_it_is_published_and_the_learning_does_not_wait(wall: Wall) -> None:
    wall.hold(on=False)
    wall.checked(GUIDE.replace("One Minute Guide", "Published review"), "source:LR-2026-001")
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    assert "What to share with whom" in wall.posts()[0]
    assert "example.org" not in wall.posts()[0]
    assert "Review of spring" not in wall.posts()[0]
    with wall.db.begin() as session:
        scope = wall.scope(session)
        source = scope.first(Source)
        assert source is not None
        source.published_on = wall.now.date()
        scope.add(source)
    wall.types("amina", f"notice edit {DN} by:20 February")
    wall.pause()
    assert "example.org" in wall.posts()[0]
    assert "It comes from: Review of spring" in wall.posts()[0]


def test_what_is_held_is_withdrawn_without_its_words(wall: Wall) -> None:
    wall.hold(on=False)
    wall.checked(more="source:LR-2026-001")
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    wall.hold()
    wall.types("amina", f"notice withdraw {DN} because of proceedings")
    wall.pause()
    assert all("Information" not in post and "proceedings" not in post for post in wall.posts("was withdrawn"))


def test_a_briefing_has_its_sections_and_its_actions_come_back(wall: Wall) -> None:
    said = wall.types("amina", GUIDE.replace("One Minute Guide", "Multi-agency briefing"))
    assert "It has 4 sections: Good practice, Analysis, Areas for further development, Arising actions." in said
    wall.types("amina", f"notice section {DN} name:good practice text:Agencies met early.")
    wall.types("amina", f"notice section {DN} name:Analysis text:Why it worked.")
    assert list(wall.notice()["sections"]) == ["Good practice", "Analysis"]
    wall.types("amina", f"notice check {DN} ask:@ian")
    wall.types("ian", f"notice approve {DN} {ALL}")
    wall.types("amina", f"notice publish {DN}")
    assert "[Log an arising action…]" in wall.types("amina", f"notice show {DN}")
    wall.pause()
    assert "Good practice\nAgencies met early." in wall.posts()[0]


def test_where_else_it_is_published_and_how_often_it_is_read(wall: Wall) -> None:
    wall.checked(more="audience:public")
    assert "not published" in wall.types("amina", f"notice hits {DN} 240")
    wall.types("amina", f"notice publish {DN}")
    wall.wind("2026-01-14 12:00")
    assert "For anybody; it may be published." in wall.posts()[0]
    assert "Still to come: newsletter" in wall.types("amina", f"notice placed {DN} on the website day:13 January")
    wall.types("amina", f"notice placed {DN} Leeds Safeguarding Children Partnership")
    assert "On which day" in wall.types("amina", f"notice placed {DN} newsletter day:20 January")
    assert "1,240 times" in wall.types("amina", f"notice hits {DN} 1,240 hits")
    assert "type a number" in wall.types("amina", f"notice hits {DN} many")
    shown = wall.notice()
    assert (shown["hits"], shown["hits_on"]) == (1240, "2026-01-14")
    assert shown["channels"] == [
        {"channel": "website", "by": "amina", "on": "2026-01-13"},
        {"channel": "newsletter", "by": None, "on": None},
        {"channel": "Leeds Safeguarding Children Partnership", "by": "amina", "on": "2026-01-14"},
    ]
    assert "newsletter (not yet)" in wall.types("cleo", f"notice show {DN}"), "everybody may read what is out"


def test_the_digest_tells_what_is_new_and_what_is_coming(wall: Wall) -> None:
    course = "notice add Working together product:Briefing event summary:A morning. by:6 March"
    wall.checked(course, "on:3 February 10:00 place:Town Hall groups:LD")
    wall.types("amina", f"notice publish {DN}")
    wall.wind("2026-01-12 12:00")
    (of_group,) = wall.all(SE, "Weekly digest")
    assert "Coming: Briefing event: Working together" in of_group
    assert "Tuesday 3 February 2026 at 10:00, Town Hall" in of_group
    assert "New:" not in of_group, "it was not posted there"
    assert "New: Briefing event" in wall.all(LD, "Weekly digest")[0]
    assert "New: Briefing event" in wall.all("amina", "Weekly digest")[0]


def test_a_notice_is_closed_and_a_close_can_be_taken_back(wall: Wall) -> None:
    wall.checked()
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    wall.types("amina", f"notice close {DN}")
    wall.pause()
    assert "The cascade is closed" in wall.posts()[0]
    assert "is closed" in wall.types("amina", f"notice edit {DN} title:Other")
    wall.types("amina", "undo")
    wall.pause()
    assert "please cascade" in wall.posts()[0]


def test_below_the_threshold_and_what_applies_are_products_too(wall: Wall) -> None:
    assert "Learning from below the threshold" in wall.types(
        "amina", GUIDE.replace("One Minute Guide", "learning from below the threshold of a review")
    )
    wall.types("amina", GUIDE.replace("One Minute Guide", "learning_from_audit_briefing_note"))
    asked = {row["ref"]: row["asks"] for row in wall.export()["notices"]}
    assert asked["DN-2026-001"] is None
    assert "what of it applies to you" in asked["DN-2026-002"]
    assert "draft" not in wall.types("cleo", "notice list")
    assert "DN-2026-002" in wall.types("amina", "notice list draft")
    assert "There is none of these" in wall.types("amina", "notice list published")
    assert "undone" in wall.types("amina", "undo").lower()
    assert "DN-2026-002" not in wall.types("amina", "notice list")


@pytest.mark.parametrize("typed", ["1,2,3,4,5", "1 2 3 4 and 5", "no_detail, no-hold, welfare, told, quality"])
def test_all_is_confirmed_by_words(typed: str) -> None:
    assert unconfirmed(confirmed_by_words(typed)) == []
    assert unconfirmed(confirmed_by_words("yes")) != []


def test_what_readers_learn_is_checked() -> None:
    assert all(needs_check([name, "cascade_by"]) for name in ("summary", "asks", "url", "audience"))
    assert not needs_check(["cascade_by", "agencies", "event_at"])
    view = NoticeView("DN-2026-001", "Briefing", "Title", "Summary", audience="managers")
    assert "For managers; not for publication." in dissemination(view).plain()
    assert "Summary" not in dissemination(replace(view, status="withdrawn")).plain()


def test_a_post_that_changed_on_its_way_is_drawn_anew(wall: Wall) -> None:
    wall.checked()
    wall.types("amina", f"notice publish {DN}")
    wall.pause()
    with wall.db.begin() as session:
        scope = wall.scope(session)
        notice = scope.first(Notice)
        assert notice is not None
        there = publishing.posts(scope, notice)[0]
        row = outbox.of_key(scope, f"notice/{notice.id}/se")
        assert row is not None
        old = dissemination(NoticeView(notice.ref, "One Minute Guide", "An older title", notice.summary))
        settled(scope, row, Receipt(there.channel, there.stamp), old, "slack", None)
    wall.pause()
    assert len(wall.drawn) == 1
