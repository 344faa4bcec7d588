"""Challenges: raised by any partner, answered, discussed, resolved or remaining; and how agencies follow through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lifbot.model import Item
from tests.agencies_file import NAMED, represents
from tests.desk import Desk, at_desk
from tests.room import Room, moment, room

NIGHT = "How do you know that supervision reaches night staff?"


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room on SQLite in which every agency has a link."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", NAMED) as room_:
        yield room_


def challenge(it: Room, ref: str = "SE-2026-001") -> dict[str, Any]:
    """Return one challenge, as the export has it."""
    return next(row for row in it.export()["challenges"] if row["ref"] == ref)


def test_a_challenge_that_remains_is_discussed_and_then_reaches_the_chair(it: Room) -> None:
    represents(it, "police", representative="ian", ld_link="fay")
    said = it.types("cleo", f"challenge add {NIGHT} to:police due:12 March")
    assert "Saved as SE-2026-001, due 12 March 2026. West Yorkshire Police is asked to respond." in said
    it.wind("2026-03-10 12:00")
    asked, *reminders = it.new("ian")
    assert "You are asked to respond to the challenge SE-2026-001 by 12 March 2026." in asked
    assert "Your own words are the response" in asked
    assert "A response to the challenge SE-2026-001 is asked for by 12 March 2026." in reminders[-1]
    (agenda,) = it.all("C0SE", "Matters arising")
    assert "Challenges (1)\nSE-2026-001" in agenda
    assert "To West Yorkshire Police: waiting for a response" in agenda
    assert "Due by this meeting" not in agenda
    (digest, *_) = it.all("C0SE", "Weekly digest")
    assert "Challenges: 1 open: 1 waiting for a response" in digest
    assert "Open: 0" in digest

    assert "To respond: /lif challenge respond SE-2026-001" in it.says("ian", "done")
    assert "The response to SE-2026-001 is recorded" in it.says("ian", "Night staff have had it each month since May")
    it.pause()
    (told,) = it.new("cleo", "There is a response to the challenge SE-2026-001")
    assert "“Night staff have had it each month since May”" in told
    assert {"Resolved…", "Still remains…"} <= _labels(told)
    it.wind("2026-03-11 09:00")
    (decide,) = it.new("ben", "Waiting for your decision")
    assert {"Resolved…", "Still remains…"} <= _labels(decide)
    assert "A response has come: Night staff have had it" in decide

    before = len(it.all("ian"))
    assert "It goes to the next agenda" in it.says("cleo", "challenge remains SE-2026-001 because no figures are given")
    assert challenge(it)["outcome"] == "remains"
    it.wind("2026-03-12 11:00")
    assert not it.all("dev"), "nobody is escalated before the discussion"
    assert [said.text.partition("\n")[0] for said in it.all("ian")[before:]] == [
        "The challenge SE-2026-001 still remains; it is talked about at the group's next meeting."
    ]
    it.types("ben", "meeting close SE-2026-001: the group asks for this year's figures")
    assert challenge(it)["discussed_on"] == "2026-03-12"
    it.pause()
    assert "The group has discussed the challenge SE-2026-001. Is it resolved?" in it.new("cleo")[-1]
    assert not it.all("dev")
    assert "The partnership chair is asked for help now." in it.says(
        "cleo", "challenge remains SE-2026-001 because the figures are a year old"
    )
    it.pause()
    (help_,) = it.new("dev")
    for words in (
        f"SE-2026-001 {NIGHT}",
        "is a challenge that still remains after it was discussed",
        "Response of West Yorkshire Police: Night staff have had it each month since May",
        "It remains because the figures are a year old",
        "The group discussed it on 12 March 2026:\n“the group asks for this year's figures”",
    ):
        assert words in help_
    assert [row["reason"] for row in challenge(it)["escalations"]] == ["early"]
    assert "1 set: 1 with the partnership chair." in it.types("ben", "challenge list")

    it.says("dev", "return SE-2026-001 please bring figures by May")
    it.says("ian", "SE-2026-001: the figures of this year are with the group")
    assert "is resolved" in it.says("cleo", "challenge resolved SE-2026-001 because the figures show it")
    assert (challenge(it)["state"], challenge(it)["brag"]) == ("resolved", "blue")
    it.pause()
    assert "The challenge SE-2026-001 is resolved. Thank you." in it.new("ian")[-1]
    it.wind("2026-06-01")
    assert len(it.all("dev")) == 1
    assert "1 set: 1 resolved." in it.types("ben", "challenge list all")


def _labels(said: Any) -> set[str]:
    from tests.desk import buttons_of

    return {button.label for button in buttons_of(said.message)}


def test_a_silent_challenge_keeps_its_clock_like_any_item(it: Room) -> None:
    it.types("cleo", f"challenge add {NIGHT} to:police due:27 February")
    it.wind("2026-03-12 11:00")
    assert any("passed its date of 27 February 2026. Could you respond" in said for said in it.all("ian"))
    assert "It goes to the next agenda" in it.types("ben", "challenge remains 1 because nothing came")
    it.types("ben", "challenge discussed 1 Police are asked to answer by April")
    assert challenge(it)["discussed_on"] == "2026-03-12"
    it.wind("2026-03-13 09:00")
    (decide,) = it.all("ben", "Waiting for your decision")
    assert "Discussed: Police are asked to answer by April" in decide
    it.types("ben", "challenge remains 1 because nothing came by then either")
    it.pause()
    (help_,) = it.all("dev")
    assert "No response came." in help_
    assert "is with the partnership chair" in it.types("ben", "challenge remains 1 because of that")
    assert "Amina" not in it.all("C0SE")[-1].text


def test_what_remains_after_the_chairs_decision_is_discussed_and_asked_again(it: Room) -> None:
    it.types("cleo", f"challenge add {NIGHT} to:police due:27 February")
    it.wind("2026-03-12 11:00")
    for said in ("remains 1 because nothing came", "discussed 1 Police are asked", "remains 1 because nothing came"):
        it.types("ben", f"challenge {said}")
    it.types("dev", "action decide 1 The police bring figures in May")
    assert challenge(it)["state"] == "decided by the partnership chair"
    again = it.types("ben", "challenge remains 1 because there are no figures yet")
    assert "It goes to the next agenda" in again
    it.pause()
    assert len(it.all("dev")) == 1
    it.wind("2026-05-14 11:00")
    it.types("ben", "challenge discussed 1 The figures are of last year")
    assert "The partnership chair is asked" in it.types("ben", "challenge remains 1 because they are of last year")
    it.pause()
    assert "It remains because they are of last year" in it.all("dev")[-1].text
    assert challenge(it)["state"] == "with the partnership chair"
    assert "It is with the partnership chair." in it.types("ben", "challenge remains 1 because they are of last year")
    it.types("dev", "action decide 1 We ask the inspectorate")
    assert [row["decision"] for row in challenge(it)["escalations"]] == [
        "The police bring figures in May",
        "We ask the inspectorate",
    ]


def test_the_minutes_of_a_meeting_keep_nothing_of_a_case_either(it: Room) -> None:
    it.types("cleo", f"challenge add {NIGHT} to:police due:27 February")
    it.jump("2026-03-12 11:00")
    said = it.types("ben", "meeting close 1: we disagree with the decision to close the case of this child")
    assert "local" in said
    assert challenge(it)["discussed_on"] is None
    assert "is closed" in it.types("ben", "meeting close 1: the group asks for figures")
    assert challenge(it)["discussed_on"] == "2026-03-12"


def test_each_boards_chair_hears_of_its_own(tmp_path: Path) -> None:
    boards = (
        "boards: [{id: c, name: Children Board, scope: children, chair: dev},"
        " {id: a, name: Adults Board, scope: adults, chair: kim}]"
    )
    text = NAMED.replace("chair: dev, deputy_chair: kim", boards)
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", text) as it:
        for concerns in ("adult", "joint"):
            it.types("cleo", f"challenge add {NIGHT} {concerns} to:police due:12 March concerns:{concerns}")
        for ref in ("1", "2"):
            it.types("ian", f"challenge respond {ref} we check it each month")
            it.types("cleo", f"challenge remains {ref} because no figures")
        it.jump("2026-03-12 11:00")
        it.types("ben", "meeting close SE-2026-001: talked of; SE-2026-002: talked of")
        for ref in ("1", "2"):
            it.types("cleo", f"challenge remains {ref} because no figures still")
        it.pause()
        assert len(it.all("kim", "SE-2026-001")) == len(it.all("kim", "SE-2026-002")) == 1
        assert not it.all("dev", "SE-2026-001 (agency")
        assert len(it.all("dev", "SE-2026-002 (agency")) == 1


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite; Grace represents the ICB, Ian the police."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as desk_:
        for agency, who in (("icb", "grace"), ("police", "ian")):
            represents(desk_, agency, representative=who)
        yield desk_


def test_any_partner_raises_one_to_an_agency_or_a_group(desk: Desk) -> None:
    opened = desk.types("jo", "/lif challenge add")
    assert opened.form is not None
    assert "local procedure" in opened.form.intro
    to = next(each for each in opened.form.fields if each.name == "to")
    assert to.kind == "choice"
    saved = desk.submits("jo", opened.form, text=NIGHT, to="West Yorkshire Police", due="next meeting")
    assert "Saved as SE-2026-001, due 12 March 2026" in saved.plain()
    to_group = desk.types("jo", "/lif challenge add Where is the training plan? to:L&D due:next meeting")
    assert "Saved as LD-2026-001, due 20 January 2026. Learning and Development Subgroup" in to_group.plain()
    ld, police = desk.export()["challenges"]
    assert (ld["owner"], ld["to_group"], ld["raised_agency"]) == ("harry", "ld", "council")
    assert (police["owner"], police["to_agency"], police["agency"]) == ("ian", "police", "police")
    assert desk.export()["items"] == []
    assert NIGHT not in desk.ben("/lif action list open").plain()
    assert NIGHT in desk.ben("/lif action list open kind:challenge").plain()
    assert NIGHT in desk.ben("/lif find night staff").plain()
    assert "SE-2026-001" in desk.types("jo", "/lif challenge list").plain()
    assert "SE-2026-001" not in desk.types("harry", "/lif challenge list").plain()
    assert "can be seen by" in desk.refuses("harry", "/lif challenge show SE-2026-001")
    undone = desk.clicks("jo", to_group, "Undo")
    assert "Undone: challenge add" in undone.plain()
    assert "1 set: 1 waiting" in desk.types("jo", "/lif challenge list all").plain()


def test_undo_takes_a_response_and_an_outcome_back(desk: Desk) -> None:
    desk.types("jo", f"/lif challenge add {NIGHT} to:police due:31 March")
    answered = desk.types("ian", "/lif challenge respond 1 Each month since May")
    assert desk.export()["challenges"][0]["state"] == "responded"
    desk.clicks("ian", answered, "Undo")
    assert desk.export()["challenges"][0]["state"] == "waiting for a response"
    assert desk.export()["challenges"][0]["status"] == "not_started"
    desk.types("ian", "/lif challenge respond 1 Each month since May")
    settled = desk.types("jo", "/lif challenge resolved 1 because that is it")
    assert desk.export()["challenges"][0]["state"] == "resolved"
    assert "resolved already" in desk.refuses("ian", "/lif challenge respond 1 More")
    desk.clicks("jo", settled, "Undo")
    assert desk.export()["challenges"][0]["state"] == "responded"


def test_what_is_refused_changes_nothing(desk: Desk) -> None:
    desk.types("jo", f"/lif challenge add {NIGHT} to:police due:31 March")
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    for who, typed, words in (
        ("jo", "/lif challenge add Why? to:fire due:31 March", "Which agency or group is “fire”?"),
        ("jo", "/lif challenge add Why? to:council due:31 March", "has named nobody who could respond"),
        ("jo", "/lif challenge add Why? to:police", "By when?"),
        ("ian", "/lif challenge add Why? to:police due:31 March", "You would be asked to respond"),
        ("harry", "/lif challenge respond 1 Yes", "West Yorkshire Police responds to SE-2026-001"),
        ("harry", "/lif challenge resolved 1 because yes", "can do that"),
        ("ian", "/lif challenge resolved 1 because yes", "can do that"),
        ("jo", "/lif challenge remains 1 because no", "has no response yet; it is asked for by 31 March 2026"),
        ("ben", "/lif challenge respond 2 Yes", "SE-2026-002 is no challenge"),
        ("ian", "/lif action done 1 yes", "To respond: /lif challenge respond SE-2026-001"),
        ("ian", "/lif action cannot 1 because X instead Y", "To respond: /lif challenge respond SE-2026-001"),
        ("ben", "/lif action signoff 1", "/lif challenge resolved SE-2026-001"),
        ("jo", "/lif challenge list soup", "Type /lif challenge list"),
    ):
        assert words in desk.refuses(who, typed), typed


@pytest.mark.parametrize("how", ["command", "form"])
def test_a_case_is_pointed_to_the_local_procedure_and_nothing_is_kept(desk: Desk, how: str) -> None:
    case = "We disagree with the threshold decision about a child"
    entries = desk.entries()
    if how == "command":
        said = desk.refuses("jo", f"/lif challenge add {case} to:police").replace("\n", " ")
    else:
        form = desk.types("jo", "/lif challenge add").form
        assert form is not None
        said = desk.submits("jo", form, text=case, to="West Yorkshire Police", due="31 March").errors[0][1]
    assert "local procedure for resolving professional disagreement" in said
    assert "nothing was kept" in said
    assert desk.entries() == entries
    assert desk.export()["challenges"] == []
    with desk.db.begin() as session:
        assert desk.scope(session).count(Item) == 0
    assert "local procedure" in desk.types("jo", "/lif help challenge add").plain()


def test_how_agencies_follow_through_is_counted_and_names_nobody(desk: Desk) -> None:
    for text, due in (("Audit", "31 January"), ("Brief", "30 June"), ("Train", "30 June")):
        desk.ben(f"/lif action add {text} owner:@cleo due:{due}")
    desk.cleo("/lif action done 3 trained")
    desk.ben("/lif action escalate 1 because stuck")
    desk.ben("/lif request add Confirm it agencies:all due:31 January")
    desk.grace("/lif request answer 1 It is confirmed")
    before_its_date = desk.ben("/lif agency summary").plain()
    assert "West Yorkshire Police: 1 request to answer" in before_its_date
    desk.now = moment("2026-02-03 10:00")
    said = desk.ben("/lif agency summary").plain()
    assert said.index("Kirklees Council") < said.index("West Yorkshire ICB") < said.index("West Yorkshire Police")
    assert "West Yorkshire ICB: 2 open, 1 past its date, 1 completed, 1 with the chair, 1 of 1 requests" in said
    assert "West Yorkshire Police: 0 of 1 requests answered in time" in said
    assert not [name for name in ("Cleo", "Grace", "Ben") if name in said]
    assert "West Yorkshire ICB" not in desk.ben("/lif agency summary police").plain()
    assert "members of a group" in desk.refuses("jo", "/lif agency summary")
