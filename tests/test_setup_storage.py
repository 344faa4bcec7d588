"""`bot.py setup` against a database: the file is loaded, chat's changes stand, removing has to be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from lifbot.errors import LifError
from lifbot.model import (
    Agency,
    Board,
    Group,
    Item,
    LogEntry,
    Membership,
    Partnership,
    Person,
)
from storage.db import Database
from tests.ready import with_tables
from tests.setup_runs import FILE, NOW, edited, log_item, setup, starts


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = with_tables(database_url)
    yield database
    database.close()


# --- what is loaded ---------------------------------------------------------------------------------------------


def test_a_first_load_makes_everything_and_says_so(database: Database) -> None:
    said = setup(database)
    assert said[0] == "added partnership kirklees (Kirklees Safeguarding Children Partnership)"
    assert "added group se (Safeguarding Effectiveness Subgroup)" in said
    assert "added person fay (Fay O'Brien)" in said
    assert said[-1] == (
        "the kirklees profile also has: Child Death Overview Panel; add them to the file if you want them"
    )
    with database.begin() as session:
        head = session.get_one(Partnership, "kirklees")
        members = session.exec(select(Membership.person_id).where(Membership.group_id == "se")).all()
        assert (head.chair, head.business_unit, head.look_again_at) == ("dev", ["amina"], None)
        assert sorted(members) == ["amina", "ben", "cleo", "grace"]
        assert session.get_one(Group, ("kirklees", "ld")).aliases == ["L&D"]


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    setup(database)
    meetings = starts(database, "se")
    assert setup(database, now=NOW + timedelta(1)) == ("nothing changed",)
    assert starts(database, "se") == meetings
    with database.begin() as session:
        assert session.get_one(Partnership, "kirklees").look_again_at is None  # which is: at the next tick
        assert len(session.exec(select(LogEntry)).all()) == 1


def test_what_the_file_changes_is_written_and_looked_at_again(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        log_item(session)
    later = NOW + timedelta(1)
    text = edited(("U0CLEO", "U1CLEO"), ("[amina]", "[amina, harry]"), ("deputy: grace", "deputy: cleo"))
    said = setup(database, text + "rules: {digest: FRI 15:00}\n", now=later)
    assert said[:4] == (
        "changed partnership kirklees rules: digest none -> FRI 15:00",
        "changed partnership kirklees: business unit harry added",
        "changed person cleo: slack U0CLEO -> U1CLEO",
        "changed group se: deputy grace -> cleo",
    )
    with database.begin() as session:
        head = session.get_one(Partnership, "kirklees")
        assert (head.rules, head.business_unit) == ({"digest": "FRI 15:00"}, ["amina", "harry"])
        assert head.look_again_at is session.get_one(Group, ("kirklees", "se")).look_again_at is None
        assert session.exec(select(Item.look_again_at)).all() == [later]


def test_a_rule_taken_out_of_the_file_has_its_default_again(database: Database) -> None:
    setup(database, FILE + "rules: {snooze_max_days: 3}\n")
    assert setup(database)[0] == "changed partnership kirklees rules: snooze_max_days 3 -> none"
    with database.begin() as session:
        assert session.get_one(Partnership, "kirklees").rules == {}


def test_the_log_holds_ids_and_never_names(database: Database) -> None:
    setup(database)
    setup(database, edited(("Cleo Hart", "Cleo Hart-Lee"), ("C0SE", "C1SE")))
    with database.begin() as session:
        entry = session.exec(select(LogEntry).order_by(col(LogEntry.id).desc())).first()
        assert entry is not None
        assert (entry.by, entry.what) == ("setup", "setup")
        assert entry.after == {"changes": ["changed person cleo name", "changed group se slack_channel"]}


def test_several_boards_are_loaded(database: Database) -> None:
    children, adults = (
        "id: c, name: Children, scope: children, chair: dev",
        "id: a, name: Adults, scope: adults, chair: ben",
    )
    boards = f"boards: [{{{children}}}, {{{adults}}}]"
    said = setup(database, edited(("chair: dev\n  deputy_chair: null", boards)))
    assert "added board a (Adults)" in said
    with database.begin() as session:
        assert session.get_one(Board, ("kirklees", "a")).chair == "ben"


def test_two_partnerships_do_not_touch_each_other(database: Database) -> None:
    setup(database)
    other = edited(("id: kirklees\n", "id: leeds\n"), ("T0LIFBOT", "T0LEEDS"), ("Cleo Hart", "Cleo Other"))
    assert setup(database, other)[0].startswith("added partnership leeds")
    with database.begin() as session:
        assert session.get_one(Person, ("kirklees", "cleo")).name == "Cleo Hart"
        assert session.get_one(Person, ("leeds", "cleo")).name == "Cleo Other"
    assert setup(database) == ("nothing changed",)


# --- what chat changed ------------------------------------------------------------------------------------------


def test_what_chat_changed_is_kept_and_said(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        session.get_one(Person, ("kirklees", "cleo")).agency = "police"
        session.add(Membership(partnership_id="kirklees", group_id="se", person_id="harry"))
        session.delete(session.get_one(Membership, ("kirklees", "se", "cleo")))
        session.delete(session.get_one(Group, ("kirklees", "bg")))
    assert setup(database) == (
        "nothing changed",
        'kept person cleo: agency changed by chat to "police" (the file says "icb")',
        "kept group bg out: taken out by chat (the file still names it)",
        "kept group se: member cleo was taken out by chat (the file still names them)",
        "kept group se: member harry was added by chat (the file does not name them)",
    )
    with database.begin() as session:
        assert session.get_one(Person, ("kirklees", "cleo")).agency == "police"
        assert session.get(Group, ("kirklees", "bg")) is None


def test_the_file_wins_where_it_changed_after_chat_did(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        session.get_one(Person, ("kirklees", "cleo")).agency = "police"
    said = setup(database, edited(("Cleo Hart, agency: icb", "Cleo Hart, agency: locala")))
    assert said[0] == "changed person cleo: agency police -> locala"


def test_someone_added_by_chat_and_then_named_by_the_file_is_the_files(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        session.add(Person(partnership_id="kirklees", id="ida", name="Ida", slack="U0IDA"))
    text = edited(("people:\n", "people:\n  - {id: ida, name: Ida Berg, slack: U0IDA}\n"))
    assert setup(database, text) == (
        "changed person ida: name Ida -> Ida Berg",
        "the kirklees profile also has: Child Death Overview Panel; add them to the file if you want them",
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("prefix: BG", "prefix: ZZ", 'group bg and group chat would both have the prefix "ZZ"'),
        ("C0BG", "C0CHAT", 'group bg and group chat would both have the slack_channel "C0CHAT"'),
        ("U0CLEO", "U0IDA", 'person cleo and person ida would both have the slack id "U0IDA"'),
        ("T0LIFBOT", "T0LEEDS", 'partnership kirklees and partnership leeds would both have the slack_team "T0LEEDS"'),
    ],
)
def test_a_clash_with_what_is_already_there_changes_nothing(database: Database, old: str, new: str, told: str) -> None:
    setup(database)
    with database.begin() as session:
        session.add(Person(partnership_id="kirklees", id="ida", name="Ida", slack="U0IDA"))
        session.add(Group(partnership_id="kirklees", id="chat", name="Chat", prefix="ZZ", slack_channel="C0CHAT"))
        session.add(Partnership(id="leeds", name="Leeds", abbreviation="LSCP", slack_team="T0LEEDS, T0OTHER"))
    with pytest.raises(LifError, match="Nothing was changed") as caught:
        setup(database, edited((old, new), ("Dev Rao", "Dev Row")))
    assert caught.value.text.startswith(told)
    with database.begin() as session:
        assert session.get_one(Person, ("kirklees", "dev")).name == "Dev Rao"


def test_rules_that_do_not_go_with_what_chat_set_are_refused(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        session.get_one(Partnership, "kirklees").rules = {"notices_between": ["08:00", "10:00"]}
    with pytest.raises(LifError, match="nudge_at must be earlier than the end of notices_between"):
        setup(database, FILE + "rules: {nudge_at: 11:00}\n")
    with database.begin() as session:
        assert session.get_one(Partnership, "kirklees").rules == {"notices_between": ["08:00", "10:00"]}


# --- taking out -------------------------------------------------------------------------------------------------

FAY = "  - {id: fay, name: Fay O'Brien, agency: police}  # in no workspace\n"
NO_FAY = ((FAY, ""), ("[amina, ben, cleo, fay]", "[amina, ben, cleo]"))
CDOP = "  - {id: cdop, name: Child Death Overview Panel, prefix: CD, meetings: [2026-09-01T10:00]}\n"


def test_who_is_no_longer_in_the_file_stays_until_removing_is_asked_for(database: Database) -> None:
    setup(database)
    gone = edited(*NO_FAY)
    told = (
        "nothing changed",
        "not in the file any more: member fay of group spr (use --remove to take them out)",
        "not in the file any more: person fay (use --remove to take them out)",
    )
    assert setup(database, gone) == told
    assert setup(database, gone) == told
    with database.begin() as session:
        log_item(session)
    assert setup(database, gone, remove=True)[:3] == (
        "changed group spr: member fay taken out",
        "person fay has left",
        "1 open item of fay needs a new owner",
    )
    with database.begin() as session:
        assert session.get_one(Person, ("kirklees", "fay")).left_on == NOW.date()
        assert session.exec(select(Membership).where(Membership.person_id == "fay")).all() == []
    assert setup(database, gone, remove=True) == ("nothing changed",)
    assert "changed person fay: back in the partnership" in setup(database)


def test_whoever_still_chairs_cannot_be_taken_out(database: Database) -> None:
    setup(database)
    with database.begin() as session:
        session.get_one(Group, ("kirklees", "bg")).chair = "fay"
    with pytest.raises(LifError) as caught:
        setup(database, edited(*NO_FAY), remove=True)
    assert caught.value.text == (
        "person fay cannot be taken out: they are still chair of group bg. "
        "Please put it back, or change that first. Nothing was changed."
    )
    with database.begin() as session:
        assert session.get_one(Person, ("kirklees", "fay")).left_on is None
        assert session.get(Membership, ("kirklees", "spr", "fay")) is not None


def test_a_group_that_never_met_can_be_taken_out(database: Database) -> None:
    setup(database, FILE + CDOP)
    assert setup(database, remove=True)[0] == "took out group cdop"
    assert starts(database, "cdop") == []
    with database.begin() as session:
        assert session.get(Group, ("kirklees", "cdop")) is None


def test_a_group_with_meetings_held_or_items_cannot_be_taken_out(database: Database) -> None:
    setup(database)
    no_bg = FILE[: FILE.index("  - id: bg")]
    with pytest.raises(LifError, match=r"group bg cannot be taken out: it has held 1 meeting\."):
        setup(database, no_bg, remove=True)
    with database.begin() as session:
        log_item(session, group="bg")
    with pytest.raises(LifError, match=r"group bg cannot be taken out: its log has 1 item\."):
        setup(database, no_bg, remove=True)


def test_an_agency_can_go_when_nobody_is_in_it(database: Database) -> None:
    extra = ("people:\n", "  - {id: fire, name: Fire and Rescue}\npeople:\n")
    setup(database, edited(extra, ("Fay O'Brien, agency: police", "Fay O'Brien, agency: fire")))
    with database.begin() as session:
        session.get_one(Person, ("kirklees", "ben")).agency = "fire"
    no_fire = edited(("Fay O'Brien, agency: police", "Fay O'Brien"))
    with pytest.raises(LifError, match="agency fire cannot be taken out: 1 person still belongs to it"):
        setup(database, no_fire, remove=True)
    with database.begin() as session:
        session.get_one(Person, ("kirklees", "ben")).agency = "police"
    assert "took out agency fire" in setup(database, edited(*NO_FAY), remove=True)
    with database.begin() as session:
        assert session.get(Agency, ("kirklees", "fire")) is None
        assert session.get_one(Person, ("kirklees", "fay")).agency is None
