"""People who leave, whose accounts are closed, or who were never in a workspace: nothing orphaned, nobody flooded."""

from __future__ import annotations

from collections import Counter

from commands import dispatch
from lifbot.message import Incoming, Place
from tests.desk import buttons_of
from tests.room import Room, room
from tests.test_absence import linked, nudges
from tests.test_rulings import MONTHLY

CLOSED = "user_disabled"


def clicks(it: Room, who: str, words: str, label: str) -> str:
    """Press a button of the last message with these words that somebody had."""
    shown = it.all(who, words)[-1].message
    found = next(button for button in buttons_of(shown) if button.label.startswith(label))
    said = Incoming("slack", "T0001", f"U0{who.upper()}", Place(f"D{who}", direct=True), found.command, it.now, "click")
    answer = dispatch.handle(it.db, said)
    assert answer is not None
    return answer.plain()


# --- in no workspace --------------------------------------------------------------------------------------------


def test_what_is_for_somebody_in_no_workspace_is_passed_on_in_their_links_own_nudge(database_url: str) -> None:
    with room(database_url, linked()) as it:
        hers, own = it.logs("Audit", "19 January 2026", owner="fay"), it.logs("Brief", "19 January 2026")
        second = it.logs("Train", "19 January 2026", owner="fay")
        it.pause()
        (news,) = it.all("cleo", "accountable owner")
        assert "These are Fay O'Brien's, who is not in Slack. Could you pass them on?" in news
        it.wind("2026-01-16 12:00")
        (said,) = [each for each in it.all("cleo") if each.message.asks == "nudge"]
        assert "To pass on\nThese are Fay O'Brien's, who is not in Slack. Could you pass them on?" in said
        assert all(ref in said for ref in (hers, own, second))
        assert "Recorded for Fay O'Brien." in it.says("cleo", f"{hers} update Fay rang: half done")
        it.says("cleo", f"{second} done: trained")
        it.wind("2026-02-20")
        assert max(nudges(it).values()) == 1
        assert f"{hers} is Fay O'Brien's, who is not in Slack. Could you pass it on?" in it.all("cleo", hers)[-1]
        assert it.days("cleo", hers)[-2:] == ["2026-02-09 09:00", "2026-02-16 09:00"]
        assert not it.all("amina", "could not be delivered")
        assert "Fay O'Brien (through Cleo Hart)" in it.types("ben", f"action show {hers}")
        log = it.item(hers)
        assert [row["for"] for row in log["updates"]] == ["fay"]


def test_without_a_link_the_business_unit_passes_it_on(database_url: str) -> None:
    with room(database_url, linked().replace(", ld_link: cleo", "")) as it:
        ref = it.logs("Audit", "19 January 2026", owner="fay")
        it.wind("2026-01-27")
        assert it.days("amina", "Could you pass it on?") == [
            "2026-01-09 10:02",
            "2026-01-16 09:00",
            "2026-01-19 09:00",
            "2026-01-26 09:00",
        ]
        assert ref in it.all("amina", "To pass on")[0]


# --- accounts that are closed -----------------------------------------------------------------------------------


def test_a_closed_account_is_asked_about_once_and_what_it_missed_is_heard(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "19 January 2026")
        it.wind("2026-01-15 18:00")
        it.refuses["cleo"] = CLOSED
        it.wind("2026-01-16 12:00")
        for who in ("grace", "amina"):
            (asked,) = it.all(who, "Slack does not take messages to Cleo Hart any more.")
            assert "They have left" in asked
        assert it.days("grace", "To pass on") == ["2026-01-16 09:01"]
        assert ref in it.all("grace", "To pass on")[0]
        it.wind("2026-02-27")
        assert len(it.all("amina", "does not take messages")) == 1
        assert not it.all("amina", "could not be delivered")
        assert max(nudges(it).values()) == 1
        del it.refuses["cleo"]
        assert "is written to again" in clicks(it, "grace", "does not take messages", "They are still here")
        it.wind("2026-03-03")
        assert it.days("cleo", ref)[-1] == "2026-03-02 09:00"


def test_still_here_is_tried_again_and_not_asked_twice(database_url: str) -> None:
    with room(database_url, linked()) as it:
        it.logs("Audit", "19 January 2026")
        it.refuses["cleo"] = CLOSED
        it.pause(10)
        clicks(it, "amina", "does not take messages", "They are still here")
        it.wind("2026-01-20 12:00")
        assert len(it.all("amina", "does not take messages")) == 1
        assert [day[:10] for day in it.days("grace", "To pass on")] == ["2026-01-16", "2026-01-19"]


def test_who_writes_from_a_closed_account_has_it_open_again(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "19 January 2026")
        it.refuses["cleo"] = CLOSED
        it.pause(10)
        del it.refuses["cleo"]
        it.says("cleo", "hello")
        it.wind("2026-01-16 12:00")
        assert it.days("cleo", ref)[-1] == "2026-01-16 09:00"


# --- leaving ----------------------------------------------------------------------------------------------------


def test_what_somebody_leaves_behind_is_offered_in_one_message_each(database_url: str) -> None:
    with room(database_url, linked()) as it:
        refs = [it.logs(text, "20 March 2026") for text in ("Audit", "Brief", "Train")]
        part = it.logs("Survey", "20 March 2026", owner="ian", more="with:@cleo")
        it.pause()
        said = it.types("amina", "person leaves Cleo Hart")
        assert "Cleo Hart has left the partnership." in said
        assert "3 open items: Ben Carter and Grace Okafor are asked who takes over." in said
        assert "These posts are vacant: learning link of West Yorkshire Police." in said
        it.pause()
        for who in ("ben", "grace"):
            (offer,) = it.all(who, "Cleo Hart has left the partnership.")
            assert all(ref in offer for ref in refs)
            assert part not in offer
        assert it.item(part)["contributors"] == []
        assert "does not know this account" in it.says("cleo", "done")
        assert f"You now answer for {refs[0]}" in clicks(it, "grace", "has left", "I'll take it")
        assert "is asked whether" in it.types("grace", f"action handover {refs[1]} to @ian")
        it.pause()
        assert "You now answer for" in clicks(it, "ian", "could take over", "I'll take it")
        it.types("ben", f"action reassign {refs[2]} to @ian")
        assert [it.item(ref)["owner"] for ref in refs] == ["grace", "ian", "ian"]
        it.wind("2026-02-20")
        assert not it.all("cleo", "nudge")
        assert "has left" not in "".join(said.text for said in it.told if said.when > "2026-01-10")


def test_an_item_nobody_takes_is_suggested_to_the_chair_as_before(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "20 March 2026")
        it.types("amina", "person leaves Cleo Hart")
        it.wind("2026-01-20")
        (suggested,) = it.all("ben", "Its owner has left")
        assert ref in suggested


def test_leaving_is_undone_within_ten_minutes_and_nobody_has_heard(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "20 March 2026", owner="ian", more="with:@cleo")
        it.types("ian", "person away until 30 January substitute:@cleo")
        it.types("amina", "person leaves Cleo Hart")
        assert it.item(ref)["contributors"] == []
        assert "Undone: Cleo Hart is in the partnership as before." in it.types("amina", "undo")
        assert it.item(ref)["contributors"] == ["cleo"]
        assert "substitute Cleo Hart" in it.types("amina", "person away")
        it.pause()
        assert not [said for said in it.told if "has left" in said.text]
        assert "0 open" not in it.types("cleo", "action list open")  # a member of the group again


def test_who_comes_back_has_what_nobody_took(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("Audit", "19 January 2026")
        it.types("amina", "person leaves Cleo Hart")
        it.wind("2026-01-13 10:00")
        assert "Business unit" not in it.types("ben", "person returns Cleo")
        assert "can do that" in it.types("ben", "person returns Cleo")
        said = it.types("amina", "person returns Cleo Hart")
        assert "Cleo Hart is back in the partnership. 1 open item had no other owner yet and is theirs again." in said
        it.wind("2026-01-16 12:00")
        assert it.days("cleo", ref)[-1] == "2026-01-16 09:00"
        assert "is noted as having left" in it.types("amina", "person returns Cleo Hart")


def test_a_partnership_chair_leaves_and_open_escalations_go_on(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("A", "20 January 2026")
        it.wind("2026-03-06 10:00")
        assert it.all("dev", ref)
        said = it.types("amina", "person leaves Dev Rao")
        assert "These posts are vacant: chair of the partnership." in said
        it.pause()
        (asked,) = it.all("kim", "is still open after two meetings")
        assert "It comes to you because Dev Rao has left." in asked
        assert "have seen" in it.says("kim", "seen")


def test_a_groups_chair_leaves_and_decisions_go_to_the_deputy_the_next_morning(database_url: str) -> None:
    with room(database_url, linked()) as it:
        ref = it.logs("A", "20 March 2026")
        it.says("cleo", f"{ref} done: trained")
        it.wind("2026-01-12 12:00")
        assert ref in it.all("ben", "Waiting for your decision")[0]
        assert "chair of Safeguarding Effectiveness Subgroup" in it.types("amina", "person leaves Ben Carter")
        it.wind("2026-01-14 12:00")
        assert len(it.all("grace", "Waiting for your decision")) == 1


def test_only_the_business_unit_says_that_somebody_has_left_by_their_own_name(database_url: str) -> None:
    with room(database_url, linked()) as it:
        for who in ("ben", "grace", "cleo", "dev"):
            assert "The business unit can do that" in it.types(who, "person leaves @ian")
        assert "type the person's own name" in it.types("amina", "person leaves police")
        assert "Somebody else in the business unit" in it.types("amina", "person leaves me")
        assert "They answered for nothing that is open." in it.types("amina", "person leaves @ian")


def test_a_link_says_that_somebody_whose_account_is_closed_has_left(database_url: str) -> None:
    with room(database_url, linked(MONTHLY)) as it:
        ref = it.logs("Audit", "20 March 2026")
        it.refuses["cleo"] = CLOSED
        it.pause(10)
        assert "Cleo Hart has left the partnership." in clicks(it, "grace", "does not take messages", "They have left")
        assert f"You now answer for {ref}" in it.types("grace", f"action take {ref}")


def test_no_week_is_a_flood_while_people_come_and_go(database_url: str) -> None:
    with room(database_url, linked()) as it:
        for number in range(8):
            it.logs(f"Work {number}", f"{19 + number} January 2026", owner=("cleo", "fay", "ian")[number % 3])
        it.types("ian", "person away 12 January to 6 February substitute:@cleo")
        it.wind("2026-01-28 10:00")
        it.refuses["cleo"] = CLOSED
        it.wind("2026-02-11 10:00")
        it.types("amina", "person leaves Cleo Hart")
        it.wind("2026-03-04")
        assert max(nudges(it).values()) == 1
        weeks = Counter((said.to, said.at.isocalendar()[:2]) for said in it.told if said.to not in ("C0SE",))
        assert max(weeks.values()) <= 7, weeks.most_common(3)
