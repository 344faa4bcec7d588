"""A partnership set up by chat is the one that a file with the same words makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from lifbot.model import Agency, Board, Group, Meeting, Membership, Partnership, Person
from lifbot.partnership_file import read, write
from storage.db import Database
from storage.present import plain
from storage.scope import Scope
from storage.setup import apply
from tests.desk import FRIDAY, Desk, at_desk, buttons_of
from tests.newcomers import Manager
from tests.ready import with_tables

FILE = """
partnership: {id: kscp, name: Kirklees Safeguarding Children Partnership, abbreviation: KSCP, profile: kirklees,
              chair: dev, business_unit: [amina], slack_team: T0009}
agencies:
  - {id: kirklees-council, name: Kirklees Council}
  - {id: west-yorkshire-icb, name: West Yorkshire ICB, ld_link: cleo}
  - {id: police, name: Police}
people:
  - {id: amina, name: Amina Yusuf, agency: kirklees-council, slack: U0AMINA}
  - {id: ben, name: Ben Carter, agency: police, slack: U0BEN}
  - {id: cleo, name: Cleo Hart, agency: west-yorkshire-icb, slack: U0CLEO}
  - {id: dev, name: Dev Rao, agency: kirklees-council, slack: U0DEV}
  - {id: fay, name: Fay O'Brien, agency: police, email: fay@example.org}
groups:
  - id: se
    name: SE Subgroup
    prefix: SE
    chair: ben
    deputy: fay
    members: [amina, ben, cleo]
    slack_channel: C0SE
    meetings: {rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-03-12T10:00"}
  - id: qg
    name: Quality Group
    prefix: QG
    chair: cleo
    meetings: [2026-02-03T14:00, 2026-05-05T14:00]
rules: {nudge_at: "08:30", remind_days_before: [7, 0]}
"""


@pytest.fixture
def amina(either_database: str) -> Iterator[Manager]:
    """Amina, in a workspace for which there is no partnership."""
    with empty(either_database) as db:
        yield Manager(Desk(db, team="T0009"))


class empty:  # noqa: N801 - read as a phrase
    """A database with tables and nothing in them."""

    def __init__(self, url: str) -> None:
        self.db = with_tables(url)

    def __enter__(self) -> Database:
        return self.db

    def __exit__(self, *_: object) -> None:
        self.db.close()


def founded(amina: Manager) -> Any:
    """Make the partnership with a code, and return the first step of the walk."""
    opened = amina.types(f"/lif setup code:{amina.code()}")
    name = "Kirklees Safeguarding Children Partnership"
    return amina.fills(opened, name=name, abbreviation="KSCP", profile="kirklees")


def walked(amina: Manager) -> None:
    """Walk through everything that FILE says."""
    shown = amina.presses(founded(amina), "Next: agencies")
    shown = amina.fills(shown, names="Kirklees Council\n- West Yorkshire ICB\n• Police")
    shown = amina.fills(amina.presses(shown, "Next: groups"), known="se", own="Quality Group (QG)")
    amina.types("/lif person add Fay O'Brien agency:police email:fay@example.org")
    shown = amina.types("/lif group edit SE")
    shown = amina.fills(
        shown,
        chair="<@U0BEN>",
        members="<@U0AMINA>,<@U0BEN>,<@U0CLEO>",
        channel="C0SE",
        meets="2nd Thursday every two months at 10",
    )
    assert "Thursday 12 February 2026 at 10:00; Thursday 9 April 2026" in shown.plain()
    shown = amina.presses(shown, "Begin 12 March 2026")
    shown = amina.presses(shown, "Yes, these dates")
    assert "Next: Thursday 12 March 2026 at 10:00; Thursday 14 May 2026" in shown.plain()
    amina.types("/lif group edit SE deputy:Fay O'Brien")
    amina.types("/lif group edit QG chair:@cleo")
    amina.types("/lif meeting add QG 5 May 2026 14:00")
    amina.types("/lif meeting add QG 3 February 2026 at 2pm")
    amina.fills(amina.types("/lif setup partnership"), chair="<@U0DEV>")
    people = amina.types("/lif setup people")
    council = {"agency amina": "kirklees-council", "agency dev": "kirklees-council"}
    amina.fills(people, **{**council, "agency ben": "police", "agency cleo": "west-yorkshire-icb"})
    amina.types("/lif agency edit West Yorkshire ICB link:@cleo")
    amina.fills(amina.types("/lif setup rules"), nudge_at="08:30", remind_days_before="7, 0")


TABLES: tuple[type[SQLModel], ...] = (Partnership, Board, Agency, Person, Group, Membership, Meeting)
NOT_COMPARED = {"loaded", "look_again_at"}


def tables(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return every row of what is set up, without ids that the database gives and what a file alone leaves behind."""
    found = {}
    for model in TABLES:
        skipped = NOT_COMPARED | ({"id"} if model is Meeting else set())
        rows = [row.model_dump(exclude=skipped) for row in session.exec(select(model)).all()]
        found[model.__name__] = sorted(rows, key=repr)
    return found


def test_everything_set_up_by_chat_is_what_the_file_makes(amina: Manager, tmp_path: Any, either_database: str) -> None:
    walked(amina)
    with amina.desk.db.begin() as session:
        by_chat = tables(session)
    with empty(f"sqlite:///{tmp_path / 'file.db'}") as db, db.begin() as session:
        apply(session, read(FILE), FRIDAY, remove=False)
        assert tables(session) == by_chat
    assert "Nothing is missing" not in amina.types("/lif setup").plain()
    assert "1 group without members (QG)" in amina.types("/lif setup").plain()


def test_its_file_can_be_loaded_and_changes_nothing_there(amina: Manager) -> None:
    walked(amina)
    with amina.desk.db.begin() as session:
        text = write(plain(amina.desk.scope(session)))
        said = apply(session, read(text), FRIDAY, remove=True)
        assert said[0] == "nothing changed", said
        assert plain(amina.desk.scope(session)) == read(text).plain()


def test_what_was_written_makes_the_same_in_an_empty_database(amina: Manager, tmp_path: Any) -> None:
    walked(amina)
    with amina.desk.db.begin() as session:
        text, by_chat = write(plain(amina.desk.scope(session))), tables(session)
    with empty(f"sqlite:///{tmp_path / 'again.db'}") as db, db.begin() as session:
        apply(session, read(text), FRIDAY, remove=False)
        assert tables(session) == by_chat
        again = session.get_one(Partnership, "kscp")
        assert write(plain(Scope(session, again, FRIDAY))) == text


def test_a_later_file_leaves_standing_what_chat_changed_and_made(either_database: str) -> None:
    from tests.desk import FILE as KIRKLEES

    with at_desk(either_database) as desk:
        amina = Manager(desk)
        amina.types("/lif group edit SE chair:@grace deputy:nobody")
        amina.types("/lif group members SE add:@jo remove:@ian")
        amina.types("/lif group add Quality Group prefix:QG chair:@jo")
        amina.types("/lif person add Lee Park agency:icb")
        amina.types("/lif setup rules nudge_at 10:00")
        with desk.db.begin() as session:
            before = plain(desk.scope(session))
            said = apply(session, read(KIRKLEES.replace("Ian Carter", "Ian Cartwright")), FRIDAY, remove=True)
            after = plain(desk.scope(session))
        assert said[0] == "changed person ian: name Ian Carter -> Ian Cartwright"
        assert 'kept group se: chair changed by chat to "grace" (the file says "ben")' in said
        assert "kept group se: member ian was taken out by chat (the file still names them)" in said
        before["people"]["ian"]["name"] = "Ian Cartwright"
        assert after == before


def test_a_file_that_names_what_chat_made_does_not_empty_what_it_leaves_out(amina: Manager) -> None:
    walked(amina)
    short = FILE.replace("    slack_channel: C0SE\n", "").replace("slack: U0CLEO", "email: cleo@example.org")
    with amina.desk.db.begin() as session:
        said = apply(session, read(short), FRIDAY, remove=True)
        stands = plain(amina.desk.scope(session))
    assert (stands["groups"]["se"]["slack_channel"], stands["people"]["cleo"]["slack"]) == ("C0SE", "U0CLEO")
    assert stands["people"]["cleo"]["email"] == "cleo@example.org"
    assert 'kept person cleo: slack changed by chat to "U0CLEO" (the file says "none")' in said


# --- the code ---------------------------------------------------------------------------------------------------


def test_without_a_partnership_setup_alone_says_how(amina: Manager) -> None:
    assert "python bot.py code" in amina.types("/lif setup").plain()
    for other in ("/lif help", "/lif setup please", "setup of the training is done", "/lif group"):
        assert "does not know this account" in amina.types(other).plain()


def test_an_outsider_of_a_served_workspace_hears_the_one_line(either_database: str) -> None:
    with at_desk(either_database) as desk:
        eve = Manager(desk, "eve")
        code = eve.code()
        for text in ("/lif setup", f"/lif setup code:{code}"):
            assert "does not know this account" in eve.types(text).plain()


def test_a_code_works_once_and_for_seven_days(amina: Manager) -> None:
    late = amina.code()
    amina.desk.later(days=7, minutes=1)
    assert "cannot be used" in amina.types(f"/lif setup code:{late}").plain()
    code = amina.code()
    assert "cannot be used" in amina.types("/lif setup code:ABCD-EFGH").plain()
    opened = amina.types(f"/lif setup code:{code.lower().replace('-', ' ')}")
    assert opened.form
    assert {field.name: field.value for field in opened.form.fields}["you"] == "Amina Yusuf"
    amina.fills(opened, name="Leeds", abbreviation="LSCP")
    elsewhere = Manager(Desk(amina.desk.db, amina.desk.now, team="T0010"), "ben")
    assert "cannot be used" in elsewhere.types(f"/lif setup code:{code}").plain()
    assert "was not used" in amina.types(f"/lif setup code:{elsewhere.code()}").plain()


def test_a_few_wrong_codes_are_enough(amina: Manager) -> None:
    code = amina.code()
    for _ in range(5):
        assert "cannot be used" in amina.types("/lif setup code:AAAA-AAAA").plain()
    assert "too often" in amina.types(f"/lif setup code:{code}").plain()
    colleague = Manager(amina.desk, "ben")
    assert colleague.types(f"/lif setup code:{code}").form


def test_what_cannot_be_is_said_beside_the_field_and_the_code_stays_good(amina: Manager) -> None:
    opened = amina.types(f"/lif setup code:{amina.code()}")
    wrong = amina.fills(opened, name="Leeds", abbreviation="LSCP", timezone="Europe/Londn")
    assert wrong.errors == (
        ("timezone", 'There is no time zone "Europe/Londn"; did you mean "Europe/London"? Nothing was changed.'),
    )
    assert amina.fills(opened, name=" ", abbreviation="LSCP").errors[0][0] == "name"
    assert "Leeds is set up" in amina.fills(opened, name="Leeds", abbreviation="LSCP").plain()


def test_two_boards_come_from_the_profile_and_each_is_asked_for_its_chair(amina: Manager) -> None:
    opened = amina.types(f"/lif setup code:{amina.code()}")
    amina.fills(opened, name="Wolverhampton", abbreviation="WST", profile="wolverhampton")
    form = amina.types("/lif setup partnership").form
    assert form
    boards = [field.name for field in form.fields if field.name.startswith("chair ")]
    assert len(boards) == 2
    amina.sends(form, **{boards[0]: "<@U0DEV>", boards[1]: "<@U0BEN>"})
    with amina.desk.db.begin() as session:
        assert {row.chair for row in session.exec(select(Board)).all()} == {"dev", "ben"}


def test_a_second_partnership_does_not_cut_off_one_that_names_no_workspace(either_database: str) -> None:
    from tests.desk import FILE as KIRKLEES

    with at_desk(either_database, KIRKLEES.replace(", slack_team: T0001", "")) as desk:
        with desk.db.begin() as session:
            session.get_one(Partnership, "kirklees").slack_team = None
        elsewhere = Manager(Desk(desk.db, team="T0009"), "eve")
        assert "does not know this account" in elsewhere.types("/lif setup").plain()


# --- changing it later ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(either_database: str) -> Iterator[Desk]:
    """Everybody at work in a partnership that a file made."""
    with at_desk(either_database) as it:
        yield it


def state(desk: Desk) -> dict[str, Any]:
    """Return what is set up."""
    with desk.db.begin() as session:
        return plain(desk.scope(session))


CHANGES = (
    "/lif group add Quality Group prefix:QG chair:@ben members:@cleo, @ian channel:C0QG",
    "/lif group edit SE name:Effectiveness prefix:EFF chair:nobody channel:here",
    "/lif group members SE add:@jo remove:@ian",
    "/lif group close LD sure:yes",
    "/lif person add Lee Park agency:icb email:lee@example.org",
    "/lif person edit @fay agency:none name:Fay Brien email:fay@example.org",
    "/lif person edit @cleo account:none",
    "/lif agency add Probation Service link:@jo",
    "/lif agency edit Police link:@ben name:The Police",
    "/lif meeting rhythm SE first Monday of every month at 9 begin:2026-02-02 sure:yes",
    "/lif setup agencies Education; Probation",
    "/lif setup groups Quality Group",
    "/lif setup rules overdue_every_days 14",
    "/lif setup partnership deputy_chair:nobody timezone:Europe/Paris",
)


@pytest.mark.parametrize("typed", CHANGES)
def test_every_change_is_logged_and_can_be_undone(desk: Desk, typed: str) -> None:
    before, entries = state(desk), desk.entries()
    answer = desk.amina(typed, "C0NEW")
    assert state(desk) != before, answer.plain()
    assert desk.entries() == entries + 1
    assert "Only you see this answer" in answer.plain()
    undone = desk.clicks("amina", answer, "Undo", "C0NEW").plain()
    assert "Undone" in undone
    assert state(desk) == before


def test_undo_is_refused_where_it_was_changed_again(desk: Desk) -> None:
    answer = desk.amina("/lif group edit SE deputy:nobody")
    desk.amina("/lif group edit SE deputy:@jo")
    assert "has changed since" in desk.clicks("amina", answer, "Undo").plain()
    assert state(desk)["groups"]["se"]["deputy"] == "jo"


@pytest.mark.parametrize("who", ["ben", "grace", "dev", "cleo", "jo"])
def test_the_business_unit_alone_sets_up(desk: Desk, who: str) -> None:
    for typed in (*CHANGES[:2], *CHANGES[3:9], *CHANGES[10:], "/lif setup", "/lif group close SE"):
        assert "The business unit can do that" in desk.refuses(who, typed), typed


@pytest.mark.parametrize(
    ("who", "may"), [("ben", True), ("grace", True), ("dev", False), ("cleo", False), ("harry", False)]
)
def test_a_groups_chair_and_deputy_see_to_its_members_and_meetings(desk: Desk, who: str, may: bool) -> None:
    for typed in (CHANGES[2], CHANGES[9], "/lif meeting add SE 5 March 2026 10:00"):
        answer = desk.types(who, typed).plain()
        assert ("can do that" in answer) != may, answer


def test_lists_are_for_those_who_may(desk: Desk) -> None:
    assert "Learning and Development Subgroup (LD): chair Harry Lund" in desk.amina("/lif group").plain()
    mine = desk.ben("/lif group").plain()
    assert "Safeguarding Effectiveness Subgroup (SE): chair Ben Carter, 5 members, 0 open, meets next on" in mine
    assert "Learning" not in mine
    assert "Fay O'Brien: West Yorkshire Police, in no workspace" in desk.amina("/lif person").plain()
    assert "Fay" not in desk.ben("/lif person").plain()
    assert "West Yorkshire ICB: 2 people, link not named yet" in desk.dev("/lif agency").plain()
    for typed in ("group", "person", "agency"):
        assert "can do that" in desk.types("jo", f"/lif {typed}").plain()


def test_a_sentence_that_begins_with_such_a_word_is_no_command(desk: Desk) -> None:
    ref = desk.ben("/lif action add Audit owner:@cleo due:31 March").summary.split()[2].rstrip(",")
    desk.reminded("cleo", ref)
    desk.says("cleo", "Group met yesterday and agreed the template")
    assert desk.item(ref)["updates"][-1]["text"] == "Group met yesterday and agreed the template"


def test_who_is_picked_and_new_is_added_with_the_platforms_name(desk: Desk) -> None:
    amina = Manager(desk)
    opened = amina.types("/lif group members SE", "C0SE")
    assert opened.form
    held = {field.name: field.value for field in opened.form.fields}
    assert held == {"members": "<@U0AMINA>,<@U0CLEO>,<@U0IAN>", "others": ""}
    answer = amina.fills(opened, members=f"{held['members']},<@U0STRANGER>")
    assert answer.errors
    assert "I cannot see the name of one person whom you picked" in answer.errors[0][1]
    assert amina.asked == ["U0STRANGER"]
    answer = amina.types("/lif group members SE add:<@U0STRANGER> remove:@ian")
    assert "cannot see the name" in answer.plain()


def test_a_form_never_takes_out_those_whom_it_cannot_show(desk: Desk) -> None:
    amina = Manager(desk)
    amina.types("/lif group members SE add:Fay O'Brien")
    amina.types("/lif group edit LD chair:Fay O'Brien")
    amina.fills(amina.types("/lif group members SE"), members="<@U0CLEO>")
    amina.fills(amina.types("/lif group edit LD"), name="Learning")
    assert state(desk)["groups"]["se"]["members"] == ["cleo", "fay"]
    assert (state(desk)["groups"]["ld"]["chair"], state(desk)["groups"]["ld"]["name"]) == ("fay", "Learning")
    amina.fills(amina.types("/lif group members SE"), others="")
    assert state(desk)["groups"]["se"]["members"] == ["cleo"]


def test_who_left_and_is_picked_again_is_who_they_were(desk: Desk) -> None:
    amina = Manager(desk)
    with desk.db.begin() as session:
        session.get_one(Person, ("kirklees", "jo")).left_on = desk.now.date()
    assert "jo" not in state(desk)["people"]
    assert "New in the partnership: Jo Bell" in amina.types("/lif group members SE add:<@U0JO>").plain()
    assert state(desk)["people"]["jo"]["name"] == "Jo Bell"
    assert "jo" in state(desk)["groups"]["se"]["members"]
    assert amina.asked == []


def test_ids_are_short_and_each_ones_own(desk: Desk) -> None:
    for name in ("Ben Smith", "Ben Smith-Jones", "Zoë Ådahl", "李雷", "O’Neill Ada"):
        assert "is in the partnership now" in desk.amina(f"/lif person add {name}").plain()
    new = set(state(desk)["people"]) - {"amina", "ben", "grace", "cleo", "dev", "kim", "harry", "ian", "jo", "fay"}
    assert new == {"ben-smith", "ben-jones", "zoe", "person", "oneill"}
    assert "in the partnership already" in desk.refuses("amina", "/lif person add Ben Smith")


WRONG = (
    ("/lif group add Quality Group prefix:SE", '"SE" is already used; each needs its own.'),
    ("/lif group add Safeguarding Effectiveness Subgroup", "a group of that name already"),
    ("/lif group add Quality Group prefix:9!", "prefix"),
    ("/lif group edit SE chair:@nobody-known", "is not in this partnership yet"),
    ("/lif group edit SE channel:#general", "channel:here"),
    ("/lif group edit SE channel:C0LD", "already used"),
    ("/lif group edit SE meets:now and then", "could not read how often"),
    ("/lif meeting rhythm SE second Thursday", "At what time?"),
    ("/lif meeting rhythm SE every quarter at 10", "On which day is that?"),
    ("/lif meeting rhythm SE every second Thursday at 10", "every other week, or the second one of each month?"),
    ("/lif meeting add SE 12 March 2026", "At what time?"),
    ("/lif meeting add SE 12 March 2026 10:00", "meets on 12 March 2026 already"),
    ("/lif meeting add SE 2025-03-12 10:00", "still to come"),
    ("/lif person edit @cleo agency:circus", "I do not know the agency"),
    ("/lif person edit @cleo email:cleo", "is not an e-mail address"),
    ("/lif person edit @cleo account:<@U0BEN>", "That is the account of Ben Carter"),
    ("/lif person edit @amina account:none", "somebody else in the business unit"),
    ("/lif person edit @cleo agency:icb", "Nothing in that differs"),
    ("/lif agency add Kirklees Council", "an agency of that name already"),
    ("/lif setup partnership business_unit:@ben", "leave yourself in the business unit"),
    ("/lif setup partnership timezone:Europe/Nowhere", "There is no time zone"),
    ("/lif setup partnership profile:atlantis", "is not known here"),
    ("/lif setup rules nudge_at lunch", "must be a time like 09:00"),
    ("/lif setup rules patience 3", "There is no such rule"),
    (f"/lif group edit SE name:{'x' * 201}", "at most 200 characters"),
    ("/lif group members SE add:@cleo", "Nothing in that differs"),
    ("/lif setup agencies Kirklees Council", "Nothing in that differs"),
)


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_cannot_be_changes_nothing_and_says_what_to_type(desk: Desk, typed: str, said: str) -> None:
    answer = desk.refuses("amina", typed)
    assert said in answer
    assert " on line " not in answer


# --- meetings ---------------------------------------------------------------------------------------------------


def test_a_new_rhythm_is_shown_before_it_counts_and_what_is_due_next_follows(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:next meeting")
    desk.ben("/lif action add Review owner:@cleo due:31 March")
    assert desk.item("SE-2026-001")["due_on"] == "2026-03-12"
    shown = desk.ben("/lif meeting rhythm SE first Monday every two months at 9:30")
    assert "Monday 2 February 2026 at 09:30; Monday 6 April 2026 at 09:30; Monday 1 June 2026" in shown.plain()
    assert "do not count yet" in shown.plain()
    assert desk.item("SE-2026-001")["due_on"] == "2026-03-12"
    shown = desk.clicks("ben", desk.clicks("ben", shown, "Begin 2 March 2026"), "Yes, these dates")
    assert "Next: Monday 2 March 2026 at 09:30; Monday 4 May 2026" in shown.plain()
    assert [desk.item(ref)["due_on"] for ref in ("SE-2026-001", "SE-2026-002")] == ["2026-03-02", "2026-03-31"]
    assert desk.item("SE-2026-001")["original_due_on"] == "2026-03-12"
    held = [each for each in desk.export()["meetings"] if each["group"] == "se" and each["at"].startswith("2026-01-08")]
    assert len(held) == 1, "what was held stays"
    desk.clicks("ben", shown, "Undo")
    assert desk.item("SE-2026-001")["due_on"] == "2026-03-12"


def test_a_meeting_beside_a_rule_is_added_and_taken_back(desk: Desk) -> None:
    answer = desk.ben("/lif meeting add 5 February 2026 at 2pm")
    assert "also meets on Thursday 5 February 2026 at 14:00" in answer.plain()
    assert "5 February 2026" in desk.ben("/lif meeting next").plain()
    assert "taken out again" in desk.clicks("ben", answer, "Undo").plain()
    assert "12 March 2026" in desk.ben("/lif meeting next").plain()


def test_a_group_with_open_items_is_not_closed_and_one_with_a_log_keeps_it(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert "1 item is still open" in desk.refuses("amina", "/lif group close SE")
    desk.cleo("/lif action done 1 trained")
    shown = desk.amina("/lif group close SE")
    assert [button.label for button in buttons_of(shown)] == ["Yes, close it"]
    assert "Its log stays" in desk.clicks("amina", shown, "Yes").plain()
    assert state(desk)["groups"]["se"]["meetings"] is None
    assert "no meeting planned" in desk.ben("/lif meeting next").plain()
    desk.later(minutes=1)
    assert desk.item("SE-2026-001")["status"] == "complete"
    assert desk.now - FRIDAY == timedelta(minutes=1)
