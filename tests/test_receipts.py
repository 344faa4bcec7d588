"""A notice on its way through agencies: who is told, what they answer, who is asked again and when that ends."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands.action import send
from lifbot.message import Message
from lifbot.model import LogEntry, Notice, Outbox, Source
from storage import receipts
from tests.cascading import FILE, SUMMARY, TITLE, a_source, change, publish, representative, scope_of, stands
from tests.desk import Desk, buttons_of
from tests.room import SE, Room, room


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room with five agencies, on SQLite."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", FILE) as found:
        yield found


def desk_of(it: Room) -> Desk:
    """The same place, for clicks and forms."""
    return Desk(it.db, it.now)


def labels(message: Message) -> list[str]:
    return [button.label for button in buttons_of(message)]


def test_one_message_for_each_link_and_the_story_to_its_end(database_url: str) -> None:
    """Told once, asked at half-time and at the date, then the representative, then the business unit's digest."""
    with room(database_url, FILE) as it:
        representative(it, "police", representative="ben")
        representative(it, "council", representative="dev")
        ref = publish(it)
        it.pause()
        (cleos,), (jos,), (bens,), (aminas,) = it.new("cleo"), it.new("jo"), it.new("ben"), it.new("amina")
        assert (
            cleos.text.startswith("For Probation Service and West Yorkshire ICB.") or "West Yorkshire ICB and" in cleos
        )
        assert SUMMARY in jos
        assert "For Fay O'Brien, who is in no workspace. Could you pass this link on?" in bens
        assert "mailto:fay@example.org?subject=" in bens
        assert f"Fire and Rescue has nobody yet who passes learning on, so {ref} has reached nobody there." in aminas
        assert cleos.message.records == ("receipt 2", "receipt 4")

        said = it.says("cleo", "cascaded at team meeting and supervision to 40 social workers")
        assert f"{ref} is noted as cascaded. Recorded for Probation Service and West Yorkshire ICB." in said
        assert "Cascaded by team meeting and supervision, to social workers, about 40 people" in said
        assert "Received · 9 January 2026" in it.says("jo", "received, thank you")
        assert "agency: we work with adults only" not in it.says("ian", f"{ref} received"), "who is nobody's link"

        it.wind("2026-01-23 10:00")
        assert [each.when for each in it.new("ben", "Has it reached")] == ["2026-01-23 09:00"]
        assert not it.new("jo", "Hello"), "who has received it is not asked at half-time"
        it.wind("2026-02-06 10:00")
        assert [each.when for each in it.new("jo", "Hello")] == ["2026-02-06 09:00"]
        assert [each.when for each in it.new("ben", "Hello")] == ["2026-02-06 09:00"]
        it.new("dev")
        it.wind("2026-02-13 10:00")
        (devs,) = it.new("dev")
        assert f"Kirklees Council has not said yet whether {ref} reached its staff. Could you help?" in devs
        assert not it.new("ben", "Hello"), "the representative was asked already, in Fay's place"
        it.new("amina")
        it.wind("2026-02-16 10:00")
        (digest,) = it.new("amina")
        line = f"3 agencies have not confirmed {ref}: Fire and Rescue, Kirklees Council, West Yorkshire Police"
        assert line in digest
        assert not [name for name in ("Jo", "Fay", "Ben", "Dev") if name in digest.text]
        it.says("dev", "passed it on by email to all staff")
        it.says("amina", f"{ref} not for us because it has no staff who work with children agency:fire")
        it.wind("2026-03-09 10:00")
        *_, last = it.new("amina")
        assert f"1 agency has not confirmed {ref}: West Yorkshire Police" in last
        assert not [each for who in ("jo", "cleo", "dev", "ben") for each in it.new(who, "Hello")], (
            "nobody is asked for ever"
        )
        it.says("ben", "not for us: we have our own")
        it.wind("2026-03-17 10:00")
        assert not [each for each in it.new("amina") if ref in each]


def test_words_that_answer_and_words_that_correct(it: Room) -> None:
    ref = publish(it, ("council", "icb"))
    it.pause()
    for said, status, how, whom, reach in (
        ("received and cascaded at team meeting to 12 nurses", "cascaded", ["team_meeting"], "nurses", 12),
        (f"{ref} cascaded by newsletter", "cascaded", ["newsletter"], None, None),
        (f"{ref}: we have passed it on in supervision to all staff", "cascaded", ["supervision"], "all staff", None),
        ("it's not relevant to us because we work with adults only", "not_for_us", [], None, None),
        ("cascaded", "cascaded", [], None, None),
        ("DN 1 circulated how:training to:GPs about:30", "cascaded", ["training"], "GPs", 30),
    ):
        answer = it.says("cleo", said)
        row = stands(it)["icb"]
        assert (row.status, row.how, row.to_whom, row.reach) == (status, how, whom, reach), (said, answer)
        assert row.by == "cleo"
    assert "How, to whom and to about how many?" in "".join(m.plain() for m in it.answered)
    it.says("cleo", "not for us")
    assert stands(it)["icb"].status == "cascaded", "a reason is needed"
    it.says("cleo", "never mind")
    it.says("cleo", "evidence: the minutes are at https://x.example/m")
    it.says("cleo", "evidence and the slides")
    row = stands(it)["icb"]
    assert (row.evidence, row.url) == ("the minutes are at https://x.example/m\nand the slides", "https://x.example/m")
    assert "said already" in it.says("cleo", "received")
    assert "It stands as before" in it.says("cleo", "undo")
    assert stands(it)["icb"].evidence == "the minutes are at https://x.example/m"
    with it.db.begin() as session:
        kept = [
            row.what for row in scope_of(it, session).all(LogEntry, LogEntry.record == "receipt 2", order=LogEntry.id)
        ]
    assert kept.count("notice cascaded") == 5, "the log has all of them"
    assert kept[-2:] == ["notice evidence", "undo"]


def test_bad_input_changes_nothing_and_says_what_to_type(it: Room) -> None:
    ref = publish(it, ("council", "icb"))
    it.pause()
    before = it.export()["log"]
    for who, said, told in (
        ("jo", f"{ref} cascaded about:many", "is a number, for example 40"),
        ("jo", f"{ref} received agency:police", "West Yorkshire Police is not asked to pass"),
        ("jo", f"{ref} received agency:icb", "can do that"),
        ("ian", f"{ref} received", "can do that"),
        ("jo", "DN-2026-099 received", "There is no DN-2026-099"),
        ("jo", f"{ref} cascaded to the team of NHS number 943 476 5919", "NHS number"),
        ("amina", f"{ref} received", "For which agency?"),
    ):
        assert told in it.says(who, said), said
    assert it.export()["log"] == before
    which = it.answered[-1]
    assert {"Kirklees Council", "West Yorkshire ICB"} == set(labels(which))
    assert "Recorded for Kirklees Council." in desk_of(it).clicks("amina", which, "Kirklees Council", "DAMINA").plain()
    assert stands(it)["council"].by == "amina"


def test_buttons_and_forms_show_how_it_stands_in_place(it: Room) -> None:
    publish(it, ("icb", "probation"))
    it.pause()
    (told,) = it.new("cleo")
    desk = desk_of(it)
    got = desk.clicks("cleo", told.message, "Received", "DCLEO")
    assert got.replaces
    assert SUMMARY in got.plain(), "the notice stays in view"
    assert "Received · 9 January 2026" in got.plain()
    assert labels(got) == ["Cascaded…", "Not for us…", "Undo"]
    form = desk.clicks("cleo", got, "Cascaded…", "DCLEO").form
    assert form is not None
    assert [field.name for field in form.fields] == ["agency", "how", "to_whom", "reach", "applies", "evidence"]
    assert TITLE in form.intro
    sent = desk.submits("cleo", form, "DCLEO", how="team_meeting,email", to_whom="GPs", reach="about 30", agency="icb",
                        applies="Chapter 2; we change the form.", evidence="https://x.example/m")  # fmt: skip
    row = stands(it)["icb"]
    assert (row.how, row.to_whom, row.reach, row.url) == (["team_meeting", "email"], "GPs", 30, "https://x.example/m")
    assert row.applies == "Chapter 2; we change the form."
    assert stands(it)["probation"].status == "received", "the form was for one of them"
    assert sent.replaces
    assert labels(sent) == ["Add evidence…", "Correct it…", "Undo"]
    back = desk.clicks("cleo", sent, "Undo", "DCLEO")
    assert back.replaces
    assert "It stands as before" in back.plain()
    assert stands(it)["icb"].status == "received"
    no = desk.clicks("cleo", back, "Not for us…", "DCLEO").form
    assert no is not None
    assert "reason" in dict(desk.submits("cleo", no, "DCLEO", reason=" ").errors)
    assert "not for you" in desk.submits("cleo", no, "DCLEO", reason="because adults only").plain()
    assert stands(it)["icb"].reason == "adults only"
    again = desk.clicks("cleo", told.message, "Received", "DCLEO")
    assert "Recorded for" in again.plain(), "an older message still answers"


def test_the_caller_is_told_in_a_nudge_which_stays(it: Room) -> None:
    """A reminder can hold other things, so an answer does not take its place."""
    it.logs("Audit thresholds", "23 January", owner="cleo")
    publish(it, ("icb", "probation"))
    it.wind("2026-01-23 10:00")
    nudge = it.all("cleo", "Learning to pass on")[0]
    assert "SE-2026-001" in nudge
    answer = desk_of(it).clicks("cleo", nudge.message, "Received", "DCLEO")
    assert not answer.replaces
    assert "2 learning to pass on" not in nudge.text, "two agencies of one person are one line"
    assert "Probation Service and West Yorkshire ICB" in nudge.text


def test_hold_withdrawal_and_close_are_silence(it: Room) -> None:
    source = a_source(it)
    ref = publish(it, ("council", "icb"), source_id=source)
    change(it, Source, Source.id == source, held_at=it.now)
    it.wind("2026-01-16 10:00")
    assert not it.all("jo")
    assert "not open to answers just now" in it.says("jo", f"{ref} received")
    assert "not available" in it.types("amina", f"notice status {ref}")
    assert ref not in it.types("amina", "notice coverage")
    change(it, Source, Source.id == source, held_at=None)
    it.wind("2026-01-19 10:00")
    assert len(it.all("jo", SUMMARY)) == len(it.all("cleo", SUMMARY)) == 1, "it goes out once that is lifted"
    change(it, Source, Source.id == source, held_at=it.now)
    it.wind("2026-02-20 10:00")
    assert len(it.all("jo")) == 1
    assert not [each for each in it.all("amina") if "not confirmed" in each]
    change(it, Source, Source.id == source, held_at=None)
    change(it, Notice, Notice.ref == ref, status="withdrawn")
    it.wind("2026-03-20 10:00")
    assert len(it.all("jo")) == 1
    assert "was withdrawn" in it.says("jo", f"{ref} received")
    other = publish(it, ("council",), by="2026-04-24")
    it.pause()
    change(it, Notice, Notice.ref == other, status="closed")
    it.wind("2026-05-22 10:00")
    assert [other in each for each in it.all("jo")] == [False, True]
    assert "noted as cascaded" in it.says("jo", f"{other} cascaded"), "late is welcome too"


def test_who_is_away_left_or_named_later(it: Room) -> None:
    representative(it, "council", ld_deputy="kim")
    it.says("jo", "person away 9 January to 30 January")
    it.types("amina", "person leaves @cleo")
    ref = publish(it, ("council", "icb", "fire"))
    it.pause()
    (kims,) = it.all("kim")
    assert kims.text.startswith("For Jo Bell, who is away until 30 January 2026:")
    assert not it.all("jo", SUMMARY)
    (asked,) = it.all("amina", "Nobody to pass learning on")
    assert {"Fire and Rescue", "West Yorkshire ICB"} == {
        name for name in ("Fire and Rescue", "West Yorkshire ICB", "Kirklees Council") if name in asked
    }
    assert "Name somebody…" in labels(asked.message)
    it.says("kim", "received")
    assert stands(it)["council"].status == "received"
    representative(it, "fire", ld_link="ian")
    it.wind("2026-01-13 10:00")
    assert len(it.all("ian", SUMMARY)) == 1, "as soon as somebody is named, it goes to them"
    assert len(it.all("amina", "Nobody to pass learning on")) == 1, "the business unit is told once"
    it.wind("2026-02-06 10:00")
    assert len(it.all("jo", ref)) == 1, "Jo is back, and is asked at the date"


def test_published_late_nobody_is_asked_twice_on_a_day(it: Room) -> None:
    publish(it, ("council",), by="2026-01-09")
    it.wind("2026-02-20 10:00")
    days = it.days("jo")
    assert days == ["2026-01-09 10:00", "2026-01-12 09:00"]


def test_status_coverage_and_the_picture(it: Room) -> None:
    ref = publish(it)
    it.pause()
    it.says("cleo", "cascaded in supervision to 12 GPs applies:The chapter on thresholds")
    it.says("jo", "not for us because we passed on our own")
    shown = it.types("amina", f"notice status {ref}")
    assert f"{ref}: 2 cascaded, 1 not for them, 2 not confirmed yet of 5 agencies." in shown
    assert shown.index("West Yorkshire Police") < shown.index("Probation Service") < shown.index("Kirklees Council")
    assert "What applies: The chapter on thresholds" in shown
    assert not [name for name in ("Cleo", "Jo Bell", "Fay") if name in shown]
    second = publish(it, ("icb",))
    picture = it.types("amina", "notice coverage")
    assert "Coverage of 2 notices: 3 of 6 answers are in." in picture
    assert "2 of 5 cascaded · 1 not for them · still to come: Fire and Rescue, West Yorkshire Police" in picture
    assert "West Yorkshire ICB: 1 not yet, 1 cascaded" in picture
    assert "can be seen by" in it.types("ian", "notice coverage")
    assert "did not go to an agency of yours" in it.types("ian", f"notice status {ref}")
    assert "Kirklees" not in it.types("cleo", f"notice status {ref}"), "an agency sees its own"
    assert "on its way to your own chat" in it.types("amina", "notice coverage as:xlsx")
    it.wind(it.now)
    with it.db.begin() as session:
        row = scope_of(it, session).first(Outbox, Outbox.occasion == "file")
    assert row is not None
    found = send.gathered(it.db, f"kirklees/{row.key}", it.now)
    assert found is not None
    file = send.drawn(found)
    book = load_workbook(BytesIO(file.content))
    head, *rows = [list(each) for each in book["Coverage"].iter_rows(min_row=3, values_only=True)]
    assert [str(name).split("\n")[0] for name in head[1:]] == [second, ref]
    told = {each[0]: each[1:] for each in rows}
    assert told["West Yorkshire ICB"] == ["Not yet", "Cascaded"]
    assert told["Kirklees Council"] == ["–", "Not for them"], "a word in each cell, not only a colour"
    said = [list(each) for each in book["What agencies said"].iter_rows(min_row=2, values_only=True)]
    assert [ref, "Kirklees Council", "Not for them", "we passed on our own"] in [each[:4] for each in said]
    assert send.gathered(it.db, f"kirklees/{row.key}", it.now, ("slack", "U0CLEO")) is None, "for nobody else"


def test_the_export_has_what_was_said(it: Room) -> None:
    ref = publish(it, ("icb", "probation"))
    it.pause()
    it.says("cleo", f"{ref} cascaded by email to 30 agency:icb")
    with it.db.begin() as session:
        scope = scope_of(it, session)
        notice = scope.first(Notice)
        assert notice is not None
        first, second = receipts.exported(scope, notice)
    assert (first["agency"], first["status"], first["how"], first["reach"]) == ("icb", "cascaded", ["email"], 30)
    assert (first["by"], first["by_link"], first["answered_at"]) == ("cleo", False, "2026-01-09T10:05:00+00:00")
    assert (second["agency"], second["status"], second["by"], second["received_at"]) == (
        "probation",
        "waiting",
        None,
        None,
    )
    assert it.export()["notices"][0]["receipts"] == [first, second]


def test_eleven_agencies_do_not_flood(tmp_path: Path) -> None:
    """Eleven agencies, four links: four messages, and in a reminder one line for each notice."""
    agencies = "".join(
        f"  - {{id: a{n}, name: Agency {n:02}, ld_link: {('cleo', 'jo', 'kim', 'ian')[n % 4]}}}\n" for n in range(11)
    )
    text = FILE.replace("agencies:\n", f"agencies:\n{agencies}", 1)
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", text) as it:
        ref = publish(it, tuple(f"a{n}" for n in range(11)))
        it.pause()
        assert [len(it.new(who)) for who in ("cleo", "jo", "kim", "ian", "amina")] == [1, 1, 1, 1, 0]
        it.says("cleo", "received")
        it.wind("2026-02-06 10:00")
        for who in ("jo", "kim", "ian"):
            half, due = it.new(who)
            assert (half.when, due.when) == ("2026-01-23 09:00", "2026-02-06 09:00")
            assert due.text.count(ref) == 2, "a sentence and a card for all of them"


def test_in_a_channel_the_answer_is_for_the_asker_and_names_no_person(it: Room) -> None:
    ref = publish(it)
    it.pause()
    answer = it.types("amina", f"notice link {ref} agency:police", SE)
    assert "https://lifbot.example.org/receipt/" in answer
    assert "Only you can see this answer." in answer
    assert "can do that" in it.types("cleo", f"notice link {ref} agency:police")
