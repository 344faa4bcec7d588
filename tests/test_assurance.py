"""Requests to agencies: asked, answered with evidence, reminded, passed on, and how long answers took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from lifbot.model import AssuranceRequest, Partnership, Source
from lifbot.policy.assurance import Asked, asked_for, next_reminder, times
from lifbot.policy.stand_in import Standing
from storage.scope import Scope
from tests.agencies_file import NAMED, represents
from tests.desk import Desk, at_desk
from tests.room import Room, room

ASK = "request add Please confirm that supervision covers the new guidance"


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room on SQLite in which every agency has a link: Amina, Cleo and Ian."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", NAMED) as room_:
        yield room_


def parts(it: Room, ref: str) -> dict[str, dict[str, object]]:
    """Return each agency's part of a request, as the export has it."""
    (row,) = [row for row in it.export()["requests"] if row["ref"] == ref]
    return {each["agency"]: each for each in row["answers"]}


def test_days_of_reminders() -> None:
    due, asked = date(2026, 3, 31), date(2026, 1, 9)
    days = [asked]
    for _ in range(5):
        days.append(next_reminder(due, days[-1]))
    assert [f"{day:%d %b}" for day in days[1:]] == ["30 Mar", "31 Mar", "07 Apr", "14 Apr", "21 Apr"]
    sunday = date(2026, 3, 29)
    assert next_reminder(sunday, date(2026, 3, 26)) == date(2026, 3, 27), "the working day before its date"
    assert next_reminder(sunday, date(2026, 3, 27)) == date(2026, 4, 7), "Easter Monday is no working day"
    assert next_reminder(date(2026, 1, 12), date(2026, 1, 12)) == date(2026, 1, 19), "asked on its own day"
    assert next_reminder(date(2025, 3, 31), date(2026, 1, 9)) == date(2026, 1, 12), "after a long silence"


def test_who_is_asked_for_an_agency() -> None:
    here, gone = Standing(), Standing(is_here=False)
    away = Standing(away_until=date(2026, 3, 1), substitute="sub")
    roll = {"link": here, "rep": here, "left": gone, "away": away, "sub": here, "unit": here}
    roll["mute"] = Standing(has_address=False)

    def asked(*named: str | None) -> tuple[str, str, str]:
        found = asked_for(roll, named, ("unit",))
        assert found is not None
        return found.person, found.of, found.why

    assert asked("link", None, "rep") == ("link", "link", "")
    assert asked("left", None, "rep") == ("rep", "rep", "")
    assert asked("away", None, "rep") == ("sub", "away", "away")
    assert asked("mute", None, "rep") == ("rep", "mute", "no_address")
    assert asked(None, None, None) == ("unit", "unit", "")
    assert asked("mute", None, None) == ("unit", "mute", "no_address")
    assert asked_for({"mute": roll["mute"]}, ("mute",), ()) is not None
    assert asked_for({}, ("nobody",), ()) is None


def test_times_are_by_agency_in_the_order_of_names() -> None:
    friday, due = date(2026, 1, 9), date(2026, 1, 16)
    rows = [
        Asked("Police", friday, due, date(2026, 1, 12)),
        Asked("Police", friday, due, date(2026, 1, 20)),
        Asked("ICB", friday, due),
        Asked("council", friday, due, date(2026, 1, 9)),
    ]
    council, icb, police = times(rows, date(2026, 1, 21))
    assert [council.agency, icb.agency, police.agency] == ["council", "ICB", "Police"]
    assert (icb.asked, icb.answered, icb.past_date, icb.median_days) == (1, 0, 1, None)
    assert (police.answered, police.in_time, police.median_days) == (2, 1, 4)
    assert council.median_days == 0


def test_every_agency_is_asked_answers_and_who_asked_is_told_once(it: Room) -> None:
    said = it.types("ben", f"{ASK} agencies:all due:31 March")
    assert "Saved as AR-2026-001, due 31 March 2026." in said
    assert "Kirklees Council, West Yorkshire ICB and West Yorkshire Police are asked." in said
    it.pause()
    for who, agency in (
        ("amina", "Kirklees Council"),
        ("cleo", "West Yorkshire ICB"),
        ("ian", "West Yorkshire Police"),
    ):
        (told,) = it.new(who)
        assert f"Subgroup asks {agency} for assurance by 31 March 2026." in told
        assert not [name for name in ("Ben", "Cleo", "Ian") if name in told.text]

    assert "The answer of West Yorkshire ICB to AR-2026-001 is recorded" in it.says("cleo", "All teams were briefed")
    assert "What shows it: https://example.org/audit" in it.says(
        "ian", "AR-2026-001 answered: see https://example.org/audit"
    )
    assert "can do that" in it.says("grace", "request answer AR-2026-001 we did agency:icb")
    assert not it.new("ben")
    it.wind("2026-01-14")
    assert "corrected" in it.says("cleo", "AR-2026-001: All but one team was briefed")
    assert "is recorded" in it.says("amina", "answered: in every team meeting")
    it.pause()
    (told,) = it.new("ben")
    assert "All agencies have answered AR-2026-001." in told
    assert "West Yorkshire ICB: answered 9 January 2026, on the day it was asked" in told
    assert "Kirklees Council: answered 14 January 2026, after 3 working days" in told
    assert parts(it, "AR-2026-001")["icb"]["text"] == "All but one team was briefed"
    assert parts(it, "AR-2026-001")["police"]["url"] == "https://example.org/audit"
    assert not [name for name in ("Cleo", "Ian", "Amina") if name in told.text]

    assert "AR-2026-001 is closed" in it.types("ben", "request close AR-2026-001")
    it.wind("2026-06-01")
    assert not [said for said in it.told if "AR-2026-001" in said and said.when > "2026-01-15"]
    assert "median 3 working days" in it.types("ben", "request times")
    assert "nothing more is needed" in it.says("cleo", "AR-2026-001: one more thing")


def test_reminders_then_the_representative_then_a_line_for_the_business_unit(it: Room) -> None:
    represents(it, "icb", representative="grace")
    it.types("ben", f"{ASK} agencies:icb due:31 March")
    it.wind("2026-04-21 12:00")
    assert it.days("cleo", "AR-2026-001") == [
        "2026-01-09 10:00",
        *(f"2026-{day} 09:00" for day in ("03-30", "03-31", "04-07", "04-14", "04-21")),
    ]
    assert it.days("grace", "AR-2026-001") == ["2026-04-14 09:00", "2026-04-21 09:00"]
    assert "No answer has come yet; perhaps you can help it along." in it.all("grace")[0]
    (digest,) = it.all("amina", "Requests without an answer: AR-2026-001 (West Yorkshire ICB)")
    assert digest.when == "2026-04-20 09:00"
    assert not it.all("C0SE", "AR-2026-001"), "no channel hears of it"
    it.says("grace", "done: every team was briefed in March")
    assert parts(it, "AR-2026-001")["icb"]["status"] == "answered"
    it.wind("2026-05-20")
    assert it.days("cleo", "AR-2026-001")[-1] == "2026-04-21 09:00"
    assert len(it.all("amina", "Requests without an answer")) == 1


def test_one_reminder_a_day_holds_items_and_requests(it: Room) -> None:
    ref = it.logs("Review the toolkit", "31 March")
    it.types("ben", f"{ASK} agencies:icb due:31 March")
    it.wind("2026-03-31 12:00")
    (both,) = [said for said in it.all("cleo") if said.when == "2026-03-31 09:00"]
    assert ref in both
    assert "Requests to agencies" in both
    it.says("cleo", f"{ref} done: 40 files")
    assert it.item(ref)["status"] == "complete"
    assert parts(it, "AR-2026-001")["icb"]["status"] == "waiting"


def test_nobody_named_somebody_away_somebody_left(it: Room) -> None:
    represents(it, "icb", ld_link=None)
    it.says("ian", "person away 9 January to 30 January substitute:@grace")
    said = it.types("ben", f"{ASK} agencies:icb, police due:27 January")
    assert "West Yorkshire ICB has named nobody yet, so the business unit is asked to pass it on." in said
    it.pause()
    assert "West Yorkshire ICB has named nobody yet: could you pass it on?" in it.new("amina")[-1]
    (told,) = it.new("grace", "AR-2026-001")
    assert "It comes to you because Ian Lund is away until 30 January 2026." in told
    assert "West Yorkshire Police" in it.says("grace", "All response teams were briefed")
    assert "For which agency" not in it.says("amina", "request answer AR-2026-001 briefed agency:icb")
    assert {each["status"] for each in parts(it, "AR-2026-001").values()} == {"answered"}


def test_an_answer_goes_back_with_a_question(it: Room) -> None:
    it.types("ben", f"{ASK} agencies:icb due:31 March")
    it.pause()
    it.says("cleo", "yes we did")
    it.pause()
    it.new("cleo")
    assert "goes back with your question" in it.types("ben", "request return AR-2026-001 Which teams were briefed?")
    it.pause()
    (back,) = it.new("cleo")
    assert "has a question about the answer of West Yorkshire ICB" in back
    assert "“Which teams were briefed?”" in back
    assert "sent back with a question" in it.types("ben", "request show AR-2026-001")
    it.wind("2026-01-15")
    it.says("cleo", "All twelve teams of the north and south")
    it.pause()
    assert len(it.all("ben", "AR-2026-001 is answered.")) == 2, "the answer that came back is told of too"
    assert parts(it, "AR-2026-001")["icb"]["working_days"] == 0, "the first answer is what counts as the time"


def test_it_changes_before_anybody_answered_and_is_withdrawn(it: Room) -> None:
    it.types("ben", f"{ASK} agencies:icb, police due:31 March")
    it.pause()
    assert "due 30 April 2026" in it.types("ben", "request edit AR-2026-001 due:30 April")
    assert "says that already" in it.types("ben", "request edit AR-2026-001 due:30 April")
    it.pause()
    assert "AR-2026-001 has changed" in it.new("cleo")[-1]
    it.says("ian", "answered: yes")
    assert "it stays as it is" in it.types("ben", "request edit AR-2026-001 due:1 May")
    assert "can do that" in it.types("cleo", "request withdraw AR-2026-001")
    it.types("ben", "request withdraw AR-2026-001 because the inspection asks for the same")
    it.pause()
    (gone,) = it.new("cleo")
    assert "is withdrawn; nothing more is needed" in gone
    assert "the inspection asks for the same" in gone
    assert "withdrawn; nothing more is needed" in it.says("cleo", "AR-2026-001 answered: yes")
    it.jump("2026-06-01")
    assert not it.new("cleo", "AR-2026-001")


def test_what_is_on_hold_is_silent(it: Room) -> None:
    with it.db.begin() as session:
        scope = _scope(it, session)
        source = scope.insert(
            Source,
            ref="LR-2026-001",
            number=1,
            learning_method="lcspr",
            title="A review",
            person="amina",
            created_at=it.now,
            created_by="amina",
            begun_on=date(2026, 1, 9),
        )
        assert source.id
    it.types("amina", f"{ASK} agencies:icb due:16 January source:LR-2026-001")
    with it.db.begin() as session:
        (row,) = _scope(it, session).all(Source)
        row.held_at = it.now
        session.add(row)
    it.wind("2026-01-27")
    assert not it.all("cleo")
    assert it.export()["requests"] == []
    assert "There is no AR-2026-001 here" in it.types("amina", "request show AR-2026-001")
    assert "There is nothing here" in it.types("amina", "request list all")
    assert "No agency was asked" in it.types("amina", "request times")
    with it.db.begin() as session:
        (row,) = _scope(it, session).all(Source)
        row.held_at = None
        session.add(row)
    it.wind("2026-01-28 09:00")
    assert len(it.all("cleo", "AR-2026-001")) == 1


def _scope(it: Room, session: Session) -> Scope:
    return Scope(session, session.get_one(Partnership, "kirklees"), it.now)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as desk_:
        yield desk_


def test_the_form_and_what_is_missing_or_wrong(desk: Desk) -> None:
    opened = desk.ben("/lif request add")
    assert opened.form is not None
    field = next(each for each in opened.form.fields if each.name == "agencies")
    assert field.kind == "several"
    assert [value for value, _ in field.options] == ["all", "council", "icb", "police"]
    saved = desk.submits(
        "ben", opened.form, text="Section 11 return", agencies="icb,police", due="31 March", kind="return"
    )
    assert "West Yorkshire ICB and West Yorkshire Police are asked" in saved.plain()
    (row,) = desk.export()["requests"]
    assert (row["kind"], [each["agency"] for each in row["answers"]]) == ("return", ["icb", "police"])

    for typed, words in (
        ("/lif request add Confirm this agencies:fire due:31 March", "I do not know the agency “fire”"),
        ("/lif request add Confirm this agencies:all", "By when?"),
        ("/lif request add Confirm this due:31 March", "Agencies?"),
        ("/lif request add Confirm this agencies:all due:31 March source:SE-2026-099", "There is no SE-2026-099 here"),
        ("/lif request show AR-2026-009", "There is no AR-2026-009 here"),
        ("/lif request list soup", "open, closed, withdrawn, all"),
        ("/lif request return AR-2026-001 Why?", "There is no answer to AR-2026-001"),
        ("/lif request edit AR-2026-001", "What is to change?"),
        ("undo", "Agencies are asked already"),
    ):
        assert words in desk.refuses("ben", typed), typed
    assert "can do that" in desk.refuses("ian", "/lif request add Confirm agencies:all due:31 March")
    assert "can be seen by" in desk.refuses("jo", "/lif request show AR-2026-001")
    assert "There is nothing here" in desk.refuses("jo", "/lif request list")
    assert "members of a group" in desk.refuses("jo", "/lif request times")
    assert "was not asked" in desk.refuses("amina", "/lif request answer AR-2026-001 yes agency:council")
    which = desk.amina("/lif request answer AR-2026-001 briefed in May")
    assert "For which agency" in which.plain()
    done = desk.clicks("amina", which, "West Yorkshire Police")
    assert "The answer of West Yorkshire Police" in done.plain()
    undone = desk.clicks("amina", done, "Undo")
    assert "Undone" in undone.plain()
    assert [each["status"] for each in desk.export()["requests"][0]["answers"]] == ["waiting", "waiting"]
    form = desk.types("amina", "form request answer AR-2026-001 agency:police", kind="click").form
    assert form is not None
    assert [each.name for each in form.fields] == ["text", "evidence"]
    desk.submits("amina", form, text="Briefed", evidence="https://example.org/x")
    (row,) = desk.export()["requests"]
    assert row["answers"][1]["url"] == "https://example.org/x"


def test_on_both_databases(database_url: str) -> None:
    with room(database_url, NAMED) as it:
        it.types("ben", f"{ASK} agencies:all due:31 March")
        it.pause()
        it.says("cleo", "Briefed in every team")
        it.wind("2026-03-30 12:00")
        assert len(it.all("ian", "AR-2026-001")) == 2
        assert "answered 1" in it.types("ben", "request times")
        assert "1 of 1 requests answered in time" in it.types("ben", "agency summary icb")
        with it.db.begin() as session:
            assert _scope(it, session).count(AssuranceRequest) == 1
