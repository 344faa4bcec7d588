"""Who is away, and who hears meanwhile: exactly who is told what on which day, and nobody twice."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.room import CAST, HEAD, Room, file, room
from tests.test_rulings import MONTHLY

LINKED = CAST.replace("name: West Yorkshire ICB}", "name: West Yorkshire ICB, ld_link: grace}").replace(
    "name: West Yorkshire Police}", "name: West Yorkshire Police, ld_link: cleo}"
)


def linked(meetings: str = MONTHLY, head: str = HEAD) -> str:
    """The partnership with links: the ICB's is Grace, the police's is Cleo."""
    return file(meetings, head=head).replace(CAST, LINKED)


def nudges(it: Room) -> Counter[tuple[str, str]]:
    """How many nudges each person had on each day."""
    found = [(said.to, said.when[:10]) for said in it.told if said.message.asks == "nudge"]
    return Counter(found)


def test_a_substitute_hears_and_answers_and_who_comes_back_is_told_once(database_url: str) -> None:
    with room(database_url, linked()) as it:
        mine, other = it.logs("Audit the thresholds", "19 January 2026"), it.logs("Brief the teams", "27 February 2026")
        own = it.logs("Update the toolkit", "19 January 2026", owner="ian")
        it.pause()
        said = it.types("cleo", "person away 14 January to 30 January substitute:@ian")
        assert "You are noted as away from 14 January to 30 January 2026." in said
        assert "Ian Lund hears in your place and may answer." in said
        it.pause()
        assert "Cleo Hart is away from 14 January to 30 January 2026, and you stand in." in it.new("ian")[-1]
        it.wind("2026-01-16 12:00")
        heard = it.all("ian", "For Cleo Hart, who is away until 30 January 2026")
        assert [said.when for said in heard] == ["2026-01-16 09:00"]
        assert mine in heard[0]
        assert own in heard[0]  # in one message, with their own
        assert [day for day in it.days("cleo", mine) if day > "2026-01-13"] == []
        assert "Which one do you mean" in it.says("ian", "update half done")
        assert "Recorded for Cleo Hart." in it.says("ian", f"{mine} done: 40 files audited")
        it.types("ben", f"action signoff {mine}")
        it.wind("2026-02-13 10:00")
        first, *_ = [said for said in it.all("cleo") if said.message.asks == "nudge" and said.when > "2026-01-14"]
        assert first.when == "2026-02-13 09:00"
        assert "While you were away (from 14 January to 30 January 2026)" in first
        assert mine in first
        assert "reported done, signed off" in first
        it.wind("2026-03-10")
        assert len(it.all("cleo", "While you were away")) == 1
        assert max(nudges(it).values()) == 1
        assert other not in "".join(said.text for said in it.all("ian"))


def test_without_a_substitute_the_link_hears_and_where_they_cannot_the_next(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "19 January 2026")
        it.pause()
        assert "No substitute is named, so Grace Okafor hears instead" in it.types(
            "cleo", "person away until 13 February"
        )
        it.wind("2026-01-16 12:00")
        assert it.days("grace", ref) == ["2026-01-16 09:00"]
        said = it.types("grace", "person away until 23 January substitute:@cleo")
        assert "Cleo Hart stands in, but is away too" in said
        it.wind("2026-01-19 12:00")
        assert it.days("ben", "For Cleo Hart, who is away until 13 February 2026")[-1] == "2026-01-19 09:00"
        it.wind("2026-02-02 12:00")
        assert it.days("grace", ref)[-1] == "2026-02-02 09:00"
        assert not [day for day in it.days("cleo", ref) if day > "2026-01-13"]
        assert max(nudges(it).values()) == 1


def test_the_clock_never_stops(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "19 January 2026")
        it.types("cleo", "person away 12 January to 30 April substitute:@ian")
        it.wind("2026-03-20")
        assert it.item(ref)["cycles_missed"] == 2
        assert len(it.all("dev", ref)) == 1


def test_news_of_changes_goes_to_the_substitute_with_for_whom(database_url: str) -> None:
    with room(database_url, linked()) as it:
        it.types("cleo", "person away until 30 January substitute:@ian")
        it.pause()
        said = it.types("ben", "action add Audit owner:@cleo due:20 February 2026")
        assert "Cleo Hart is away until 30 January 2026, so Ian Lund is told in their place." in said
        it.types("ben", "action add Brief owner:@ian due:20 February 2026")
        it.pause()
        (news,) = it.all("ian", "accountable owner")
        assert "For Cleo Hart, who is away until 30 January 2026:" in news
        assert "Cleo Hart is now the accountable owner of SE-2026-001, due 20 February 2026." in news
        assert "You are now the accountable owner of SE-2026-002" in news
        assert not it.all("cleo")


def test_a_chair_who_is_away_decides_through_the_deputy_then_the_substitute(database_url: str) -> None:
    with room(database_url, linked()) as it:
        first, second = it.logs("Audit", "20 February 2026"), it.logs("Brief", "20 February 2026", owner="grace")
        it.types("ben", "person away until 6 February substitute:@ian")
        it.says("cleo", f"{first} done: trained")
        said = it.says("grace", f"{second} done: trained")
        it.wind("2026-01-12 12:00")
        (asked,) = it.all("grace", "Waiting for your decision")
        assert "Waiting for your decision · for Ben Carter, who is away until 6 February 2026" in asked
        assert first in asked
        assert second not in asked
        assert "Ian Lund (the group's chair is away until 6 February 2026)" in said or "waits for sign-off" in said
        assert second in it.all("ian", "Waiting for your decision")[0]
        assert "can do that" in it.types("ian", f"action signoff {first}")  # the deputy is there
        it.types("grace", "person away until 6 February")
        assert "Signed off" in it.types("ian", f"action signoff {second}")
        assert not it.all("ben", "Waiting")


def test_nobody_decides_about_their_own_in_anothers_place(database_url: str) -> None:
    with room(database_url, linked().replace("deputy: grace,", "deputy: null,")) as it:
        his, theirs = (
            it.logs("Audit", "20 February 2026", owner="ian"),
            it.logs("Brief", "20 February 2026", owner="ben"),
        )
        it.says("ian", f"{his} done: trained")
        it.says("ben", f"{theirs} done: trained")
        it.types("ben", "person away until 6 February substitute:@ian")
        it.wind("2026-01-12 12:00")
        assert "somebody else decides" in it.types("ian", f"action signoff {his}")
        assert "can do that" in it.types("ian", f"action signoff {theirs}")
        asked = it.all("amina", "Waiting for your decision")[0]
        assert his in asked
        assert theirs in asked


def test_a_partnership_chair_who_is_away_is_stood_in_for_and_this_is_said(database_url: str) -> None:
    with room(database_url, linked()) as it:
        first, second = it.logs("A", "20 January 2026"), it.logs("B", "20 February 2026")
        it.wind("2026-02-20 10:00")
        it.types("dev", "person away 1 March to 30 April 2026 substitute:@ian")
        it.wind("2026-03-06 10:00")
        (asked,) = it.all("kim", "is still open after two meetings")
        assert "It comes to you because Dev Rao is away until 30 April 2026." in asked
        it.types("kim", "person away until 30 April 2026")
        it.wind("2026-04-10 10:00")
        assert "Dev Rao is away until 30 April 2026" in it.all("ian", "is still open after two meetings")[0]
        assert "have seen" in it.says("ian", f"{second} seen")
        assert "partnership chair can do that" in it.says("cleo", f"{first} seen")
        assert not it.all("dev", "is still open")


def test_being_back_early_ends_it_and_the_substitute_is_told(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "23 January 2026")
        it.types("cleo", "person away until 30 January substitute:@ian")
        it.pause()
        assert "Cleo Hart: until 30 January 2026, substitute Ian Lund" in it.types("ben", "person away")
        it.wind("2026-01-19 10:00")
        assert "Welcome back." in it.types("cleo", "person back")
        it.pause()
        assert len(it.all("ian", "Cleo Hart is back")) == 1
        it.wind("2026-01-20 12:00")
        assert it.days("cleo", ref)[-1] == "2026-01-20 09:00"
        assert "not noted as away" in it.types("cleo", "person back")
        assert "Nobody is noted as away." in it.types("ben", "person away")


READ = (
    ("3 February to 20 February", "from 3 February to 20 February 2026"),
    ("3 to 20 February", "from 3 February to 20 February 2026"),
    ("from 3 February until 20 February 2026", "from 3 February to 20 February 2026"),
    ("2026-02-03 - 2026-02-20", "from 3 February to 20 February 2026"),
    ("until 20 February", "from 9 January to 20 February 2026"),
    ("today to 12 January", "from 9 January to 12 January 2026"),
    ("20 February", "on 20 February 2026"),
    ("22 December 2026 to 4 January 2027", "from 22 December 2026 to 4 January 2027"),
)
REFUSED = (
    ("1 January 2026 to 20 January 2026", "If it has begun: /lif person away until 20 March"),
    ("20 February to 3 February 2026", "That ends before it begins"),
    ("when I am ill", "Type for example: /lif person away"),
    ("3 February to 20 February substitute:@cleo", "The substitute is somebody else"),
    ("3 February to 20 February substitute:@nobody", "is not in this partnership yet"),
    ("3 February to 20 February person:@kim", "Kim Aldous, their group's chair or deputy"),
)


@pytest.mark.parametrize(("typed", "says"), READ, ids=[row[0] for row in READ])
def test_days_are_read_as_people_write_them(tmp_path: object, typed: str, says: str) -> None:
    with room(f"sqlite:///{tmp_path}/lifbot.db", linked()) as it:
        assert f"You are noted as away {says}." in it.types("cleo", f"person away {typed}")


@pytest.mark.parametrize(("typed", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_is_told_what_to_type(tmp_path: object, typed: str, says: str) -> None:
    with room(f"sqlite:///{tmp_path}/lifbot.db", linked()) as it:
        assert says in it.types("cleo", f"person away {typed}")
        assert "Nobody is noted as away" in it.types("cleo", "person away")


def test_a_lead_notes_it_for_a_member_who_is_told_and_it_can_be_undone(tmp_path: object) -> None:
    with room(f"sqlite:///{tmp_path}/lifbot.db", linked()) as it:
        said = it.types("ben", "person away until 30 January substitute:@ian person:@cleo")
        assert "Cleo Hart is noted as away from 9 January to 30 January 2026." in said
        it.pause()
        assert len(it.all("cleo", "Ben Carter has noted that you are away")) == 1
        assert "Undone: Cleo Hart is not noted as away." in it.types("ben", "undo")
        assert "undone already" in it.types("ben", "undo")
        it.types("cleo", "person away until 30 January")
        assert "This takes the place of what was noted before." in it.types("cleo", "person away until 6 February")
        assert it.types("cleo", "person away").count("Cleo Hart") == 1


def test_what_was_promised_before_somebody_went_is_heard_by_who_stands_in(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "19 January 2026")
        it.now = it.now.replace(hour=16)
        it.types("cleo", "person away until 30 January substitute:@ian")
        it.pause()
        (news,) = it.all("ian", "accountable owner")
        assert "For Cleo Hart, who is away until 30 January 2026:" in news
        assert ref in news
        assert not it.all("cleo")
