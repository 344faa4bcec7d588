"""What difference it made: asked some months after sign-off, in the one nudge, and what follows from the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lifbot.policy import impact
from lifbot.policy.rules import Rules
from lifbot.slack import render as slack_render
from lifbot.teams import render as teams_render
from tests import slack_limits, teams_limits
from tests.desk import Desk, at_desk, buttons_of
from tests.room import Room, file, room

ONE, TWO, THREE = "SE-2026-001", "SE-2026-002", "SE-2026-003"
ADD = "/lif action add Audit MASH owner:@cleo due:31 March criteria:fewer repeats source:LCSPR 2 theme:neglect"
ASKED = "What difference has it made?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an action that was signed off on 9 January 2026."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        signed_off(it)
        yield it


def signed_off(desk: Desk, add: str = ADD) -> str:
    ref: str = desk.ben(add).summary.split()[2].rstrip(",")
    desk.amina(f"/lif action done {ref} 40 files audited")
    desk.ben(f"/lif action signoff {ref}")
    return ref


def asks(desk: Desk, ref: str = ONE) -> list[tuple[int, str, str]]:
    """The questions about an item: months, day, status."""
    return [(row["months"], row["ask_on"], row["status"]) for row in desk.item(ref)["impacts"]]


def in_room(it: Room, text: str = "Audit MASH", owner: str = "cleo") -> str:
    ref = it.logs(text, "31 March", owner=owner, more="criteria:fewer repeats")
    it.types("amina", f"action done {ref} 40 files")
    it.types("ben", f"action signoff {ref}")
    return ref


@pytest.mark.parametrize(
    ("signed_off_on", "months", "days"),
    [
        (date(2026, 1, 9), (3, 12), ["2026-04-09", "2027-01-09"]),
        (date(2025, 11, 30), (3,), ["2026-02-28"]),
        (date(2026, 3, 31), (12, 1, 1), ["2026-04-30", "2027-03-31"]),
        (date(2026, 3, 31), (), []),
    ],
)
def test_the_days_of_the_questions(signed_off_on: date, months: tuple[int, ...], days: list[str]) -> None:
    assert [day.isoformat() for _, day in impact.ask_days(signed_off_on, months)] == days


def test_it_is_asked_twice_and_then_the_chair_reads_of_it() -> None:
    day = date(2026, 4, 9)
    assert impact.next_ask(day, 0, None) == day
    assert impact.next_ask(day, 1, day) == date(2026, 4, 23)
    assert impact.next_ask(day, 2, date(2026, 4, 23)) is None
    assert not impact.is_unanswered(2, date(2026, 4, 23), date(2026, 5, 6))
    assert impact.is_unanswered(2, date(2026, 4, 23), date(2026, 5, 7))


@pytest.mark.parametrize("value", ["3", [0], [61], [1, 2, 3, 4, 5, 6, 7], [True], ["3"]])
def test_a_faulty_rule_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="impact_after_months must be a list of up to six months"):
        Rules.parse({"impact_after_months": value})


def test_the_rule_by_chat(desk: Desk) -> None:
    assert "The rules are changed" in desk.amina("/lif setup rules impact_after_months 6, 18").plain()
    assert asks(desk, signed_off(desk, "/lif action add Brief all owner:@cleo due:31 March")) == [
        (6, "2026-07-09", "waiting"),
        (18, "2027-07-09", "waiting"),
    ]
    desk.amina("/lif setup rules impact_after_months never")
    assert asks(desk, signed_off(desk, "/lif action add Train all owner:@cleo due:31 March")) == []
    desk.ben("/lif issue add Late starts owner:@cleo due:31 March")
    desk.ben("/lif issue close SE-2026-004 because the rota settles it")
    assert asks(desk, "SE-2026-004") == []


def test_sign_off_plans_it_and_what_undoes_sign_off_withdraws_it(database_url: str) -> None:
    with at_desk(database_url) as desk:
        waiting = [(3, "2026-04-09", "waiting"), (12, "2027-01-09", "waiting")]
        signed_off(desk)
        assert asks(desk) == waiting
        desk.ben("/lif undo")  # the sign-off
        assert asks(desk) == []
        desk.ben(f"/lif action signoff {ONE}")
        assert asks(desk) == waiting
        desk.ben(f"/lif action reopen {ONE} because repeats were found")
        assert asks(desk) == []
        desk.ben("/lif undo")  # the reopening
        assert asks(desk) == waiting
        answer = desk.cleo(f"/lif impact {ONE} Repeats fell embedded:yes evidence:https://x.org/audit views:they asked")
        assert [row[2] for row in asks(desk)] == ["answered", "waiting", "waiting"]
        desk.clicks("cleo", answer, "Undo")
        assert asks(desk) == waiting
        assert desk.item(ONE)["impact"] is None


def test_the_answer_is_kept_with_its_evidence_and_shown(desk: Desk) -> None:
    assert "Is it how people work now?" in desk.refuses("cleo", f"/lif impact {ONE} Repeats fell from 22% to 15%")
    desk.later(days=91)
    typed = f"/lif impact {ONE} Repeats fell how-much:40 staff how-well:nine in ten were glad embedded:partly "
    typed += (
        "evidence-type:Single agency audit evidence:see https://x.org/audit views:young people wrote the questions "
    )
    said = desk.cleo(f"{typed} assumption:that forms are read").plain()
    assert f"{ONE}: partly embedded. I will ask again on 10 October 2026." in said
    kept = desk.item(ONE)
    assert (kept["impact"], kept["embedded"]) == ("Repeats fell", "partly")
    first, again, last = kept["impacts"]
    assert (first["months"], first["status"], first["by"]) == (3, "answered", "cleo")
    assert (first["how_much"], first["evidence_type"]) == ("40 staff", "Single agency audit")
    assert (first["url"], first["voice"]) == ("https://x.org/audit", "young people wrote the questions")
    assert first["assumption"] == "that forms are read"
    assert (again["ask_on"], last["ask_on"]) == ("2026-10-10", "2027-01-09")
    assert kept["evidence"][-1]["url"] == "https://x.org/audit"
    assert kept["updates"][-1]["kind"] == "impact"
    shown = desk.ben(f"/lif impact show {ONE}").plain()
    for words in ("Agreed as success: fewer repeats", "How well did we do it: nine in ten", "that forms are read"):
        assert words in shown
    assert "Its owner is asked on 10 October 2026." in shown
    assert "can be seen by" in desk.types("jo", f"/lif impact show {ONE}").plain()
    assert "Difference made: Repeats fell (10 April 2026)" in desk.ben(f"/lif action show {ONE}").plain()
    named = desk.cleo(f"/lif impact {ONE} Better still embedded:partly recheck:31 July").plain()
    assert "I will ask again on 31 July 2026." in named


def test_the_form_has_the_three_questions_and_the_agreed_criteria(desk: Desk) -> None:
    form = desk.types("cleo", f"/lif impact {ONE}").form
    assert form
    assert [each.name for each in form.fields][:4] == ["how_much", "how_well", "difference", "embedded"]
    assert "Agreed as success: fewer repeats" in form.intro
    said = desk.submits("cleo", form, difference="Repeats fell", embedded="embedded").plain()
    assert f"{ONE}: embedded in practice." in said
    refused = desk.submits("cleo", form, difference="Call 943 476 5919 about it", embedded="embedded")
    assert refused.errors


def test_not_yet_opens_it_again_or_logs_an_action_and_the_chair_is_told(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        ref = in_room(it)
        it.pause()
        it.new("ben")
        said = it.types("cleo", f"impact {ref} No change to be seen embedded:not yet")
        assert f"{ref}: not yet embedded" in said
        assert "The group’s chair is told" in said
        it.pause()
        (told,) = it.new("ben")
        assert f"{ref} is not yet embedded in practice, its owner says." in told
        assert "No change to be seen" in told
        assert [button.label for button in buttons_of(told.message)] == ["Reopen…", "What was said"]
        assert it.types("amina", f"impact {ref} Still none embedded:no").count("[Reopen it…] [Log an action…]") == 1
        assert teams_limits.check(teams_render.message(told.message)) == []
        it.types("ben", f"action reopen {ref} because not yet embedded due:30 June")
        assert {row["status"] for row in it.item(ref)["impacts"]} == {"answered"}


def test_only_who_answers_for_it_says_so_and_only_once_it_is_signed_off(desk: Desk) -> None:
    assert "can do that" in desk.refuses("ian", f"/lif impact {ONE} Better embedded:partly")
    assert "Recorded for Cleo Hart." in desk.amina(f"/lif impact {ONE} Better embedded:partly").plain()
    desk.ben("/lif action add Brief all owner:@cleo due:31 March")
    assert f"{TWO} is not signed off" in desk.refuses("cleo", f"/lif impact {TWO} Better embedded:partly")
    desk.ben("/lif issue add Late starts owner:@cleo due:31 March")
    assert f"{THREE} is an issue;" in desk.refuses("cleo", f"/lif impact {THREE} Better embedded:partly")
    assert "You are asked on 9 April 2026." in desk.refuses("cleo", f"/lif impact later {ONE}")
    assert "There is no SE-2026-099" in desk.refuses("cleo", "/lif impact SE-2026-099 Better embedded:partly")


def test_the_owner_is_asked_in_the_one_nudge_and_words_answer(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        ref = in_room(it)
        it.wind("2026-04-08 18:00")
        it.new("cleo")
        it.wind("2026-04-09 18:00")
        (told,) = it.new("cleo")
        assert told.when == "2026-04-09 09:00"
        assert f"{ref} was signed off on 9 January 2026. {ASKED}" in told
        assert told.message.summary == f"{ref} was signed off on 9 January 2026. {ASKED}"
        assert "Agreed as success: fewer repeats" in told
        assert [each.label for each in buttons_of(told.message)] == ["Answer…", "Ask me in a month", "Show"]
        assert slack_limits.check(slack_render.message(told.message)) == []
        assert teams_limits.check(teams_render.message(told.message)) == []
        assert "I will ask about SE-2026-001 again on 9 May 2026." in it.says("cleo", "in a month")
        it.wind("2026-05-11 18:00")  # 9 May is a Saturday
        (again,) = it.new("cleo")
        assert again.when == "2026-05-11 09:00"
        it.wind("2026-05-26")  # two weeks later is a bank holiday
        (last,) = it.new("cleo")
        assert (last.when, "two weeks ago" in last) == ("2026-05-26 09:00", True)
        assert "Is it how people work now?" in it.says("cleo", "impact: repeats fell by a third")
        said = it.says("cleo", "partly")
        assert f"{ref}: partly embedded. I will ask again on 26 November 2026." in said
        assert it.item(ref)["impact"] == "repeats fell by a third"
        it.wind("2026-06-26")
        assert it.new("cleo") == []


def test_two_unanswered_questions_are_a_line_for_the_chair_and_no_more(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", file(rules="impact_after_months: [3]")) as it:
        ref = in_room(it)
        it.wind("2026-05-06")
        assert "not told yet" not in it.types("ben", "decisions")
        it.wind("2026-06-30")
        assert [each.when for each in it.all("cleo", ASKED)] == ["2026-04-09 09:00", "2026-04-23 09:00"]
        told = it.types("ben", "decisions")
        assert "What difference it made is not told yet (1)" in told
        assert ref in told
        assert any(f"Difference not told yet: 1 ({ref})" in each for each in it.all("C0SE", "Weekly digest"))
        assert "Nothing is waiting" in it.types("grace", "decisions")
        it.types("amina", f"impact {ref} Repeats fell embedded:yes")
        assert "not told yet" not in it.types("ben", "decisions")


def test_the_chair_hears_in_the_place_of_who_left_and_several_come_together(tmp_path: Path) -> None:
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        refs = [in_room(it), in_room(it, "Brief all staff", owner="ian"), in_room(it, "Train chairs")]
        it.wind("2026-02-02 10:00")
        it.types("amina", "person leaves @cleo")
        it.wind("2026-04-09 08:00")
        it.new("ben"), it.new("ian")
        it.wind("2026-04-09 18:00")
        (told,) = it.new("ben")
        assert "For Cleo Hart, who has left." in told
        assert refs[0] in told
        assert refs[2] in told
        assert "2 what difference has it made?" in told.message.summary
        (own,) = it.new("ian")
        assert refs[1] in own
        assert "Recorded for Cleo Hart" in it.says("ben", f"impact {refs[0]} Repeats fell embedded:yes")
        assert f"Not saved yet for {refs[1]}: “Staff ask earlier”" in it.says("ian", "impact Staff ask earlier")


def test_lists_counts_and_the_three_questions(desk: Desk) -> None:
    two = signed_off(desk, "/lif action add Brief all staff owner:@ian due:31 March theme:neglect source:Audit 3")
    desk.later(days=91)
    desk.cleo(
        f"/lif impact {ONE} Repeats fell how-much:40 staff embedded:not yet evidence-type:single agency audit "
        "views:young people asked for it"
    )
    desk.types("ian", f"/lif impact {two} Staff ask earlier how-well:nine in ten glad embedded:yes")
    desk.ben("/lif action add Review toolkit owner:@cleo due:30 June theme:Neglect source:Rapid review 7")
    listed = desk.ben("/lif impact list SE").plain()
    assert listed.index("Not yet embedded (1)") < listed.index("Embedded in practice (1)")
    assert f"“neglect” has come up again since, in {THREE}." in listed
    counted = desk.types("jo", "/lif impact by agency").plain()
    assert "West Yorkshire ICB: 1 not yet embedded; children’s and families’ views told of 1" in counted
    assert "single agency audit: 1; latest own audit 10 April 2026" in counted
    assert "West Yorkshire Police: 1 embedded in practice" in counted
    assert ONE not in counted
    told = desk.ben("/lif impact oba SE").plain()
    for words in (
        "1 April 2026 to 31 March 2027",
        "How much did we do?\nNothing was signed off.\n" + f"{ONE}: 40 staff",
        f"{two}: nine in ten glad",
        "1 embedded in practice, 1 not yet embedded. Children’s and families’ views shaped 1.",
    ):
        assert words in told
    assert "Signed off: 2 actions." in desk.ben("/lif impact oba SE in:January 2026").plain()
    assert "can be seen by" in desk.types("harry", "/lif impact list SE").plain()
    assert "Nothing is signed off yet" in desk.types("harry", "/lif impact list", "C0LD").plain()
    assert "Type for example: in:this quarter" in desk.ben("/lif impact oba SE in:soonish").plain()
