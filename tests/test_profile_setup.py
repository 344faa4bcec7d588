"""What a profile brings when a partnership is set up, and what is asked since no framework says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from lifbot import profiles
from lifbot.errors import LifError
from lifbot.model import Agency, Board, Partnership
from lifbot.partnership_file import FaultyFile, read, write
from storage.present import plain
from storage.setup import apply
from tests.desk import FRIDAY, Desk, at_desk
from tests.newcomers import Manager
from tests.partnership_worlds import file_for
from tests.test_setup_by_chat import empty, founded

BARE = """
partnership: {{id: {id}, name: The Partnership, profile: {id}, business_unit: [amina], slack_team: T0001}}
people: [{{id: amina, name: Amina Yusuf, slack: U0AMINA}}]
"""
OPEN = "partnership: {id: wolverhampton, name: Boards, profile: wolverhampton, business_unit: [a], answers: %s}\n"
SOMEBODY = "people: [{id: a, name: Amina}]\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Wolverhampton's cast at a desk."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", file_for("wolverhampton", "slack")) as it:
        yield it


def told(session: Session, text: str) -> list[str]:
    """Load a file, and return what is said of it."""
    return list(apply(session, read(text), FRIDAY, remove=False))


OFFERED = {
    "kirklees": "SE Subgroup, Serious Practice Review Subgroup, Child Death Overview Panel, Learning and Development",
    "leeds": "LSCP Learning and Development group, Task and Delivery groups, Secure Settings Subgroup, Child Death",
    "wakefield": "Safeguarding Effectiveness Sub-Group, Learning and Development Sub-group, Child Safeguarding",
    "wolverhampton": "Performance Management Committee, Quality Assurance Committee, Quality and Performance Committee",
    "west-sussex": "",
}


def test_each_profile_brings_its_own_and_offers_its_groups(tmp_path: Path) -> None:
    for name in profiles.names():
        with empty(f"sqlite:///{tmp_path / name}.db") as db, db.begin() as session:
            said = told(session, BARE.format(id=name))
            profile = profiles.load(name)
            assert f"the {name} profile brings {len(profile.learning_methods)} learning methods," in "\n".join(said)
            assert any(line.startswith("still to be said: its groups") for line in said), said
            chair = "still to be said: who chairs the partnership: write chair there"
            assert (chair in said) == (name != "wolverhampton"), said
            offered = [line for line in said if "profile also has" in line]
            assert bool(offered) == bool(OFFERED[name])
            assert all(line.startswith(f"the {name} profile also has: {OFFERED[name]}") for line in offered)
            assert told(session, BARE.format(id=name)) == ["nothing changed"]


def test_what_the_frameworks_leave_open_is_asked_and_never_assumed(tmp_path: Path) -> None:
    with empty(f"sqlite:///{tmp_path / 'a.db'}") as db, db.begin() as session:
        said = told(session, BARE.format(id="wolverhampton"))
        often = "how often is Section 175/157 audit of schools: twice a year or every two years? "
        assert f"still to be said: {often}Under partnership write answers: {{section_175_157: …}}" in said
        assert "the wolverhampton profile has several Boards: Wolverhampton Safeguarding Children Board" in str(said)
        assert "its learning methods with a time of their own: Single agency audit (when the agency decides)" in str(
            said
        )
        answered = BARE.format(id="wolverhampton").replace("T0001", "T0001, answers: {section_175_157: twice a year}")
        said = told(session, answered)
        assert said[0] == "changed partnership wolverhampton answers: section_175_157 none -> twice a year"
        assert "Section 175" not in "".join(said)
        assert session.get_one(Partnership, "wolverhampton").answers == {"section_175_157": "twice a year"}
    with empty(f"sqlite:///{tmp_path / 'b.db'}") as db, db.begin() as session:
        said = told(session, BARE.format(id="west-sussex"))
        assert "still to be said: its groups (the west-sussex profile names none): write them under groups" in said
    with empty(f"sqlite:///{tmp_path / 'c.db'}") as db, db.begin() as session:
        meets = '    meetings: {rrule: "FREQ=MONTHLY;BYDAY=1WE", start: "2026-01-07T09:30"}\n'
        said = told(session, file_for("wakefield", "slack").replace("    chair: kate\n", "").replace(meets, ""))
        assert "still to be said: who chairs Safeguarding Effectiveness Sub-Group: write chair there" in said
        assert "still to be said: when Child Safeguarding Practice Review Group meets: write meetings there" in said


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (
            "{section_175_57: every year}",
            'answers: there is no key "section_175_57" here; did you mean "section_175_157"?',
        ),
        ("{section_175_157: bi-annual}", "“Bi-” can mean twice in that time or every second one."),
        ("twice a year", "please write this as"),
        ("{section_175_157: [a]}", "text is meant here, not a list"),
    ],
)
def test_an_answer_that_cannot_be_read_names_its_line(answers: str, fault: str) -> None:
    with pytest.raises(FaultyFile) as caught:
        read(OPEN % answers + SOMEBODY)
    assert caught.value.text.startswith("line 1: partnership: answers")
    assert fault in caught.value.text


def test_answers_belong_to_a_profile() -> None:
    with pytest.raises(FaultyFile, match="answers belong to a profile; please name one, or take them out"):
        read((OPEN % "{section_11: every year}").replace("profile: wolverhampton, ", "") + SOMEBODY)


# --- by chat ----------------------------------------------------------------------------------------------------


def test_by_chat_how_often_is_asked_kept_undone_and_written_back(desk: Desk) -> None:
    nina = Manager(desk, "nina")
    shown = nina.types("/lif setup")
    assert "Wolverhampton Safeguarding Boards" in shown.plain()
    assert "how often it comes round: Section 175/157 audit of schools." in shown.plain()
    opened = nina.presses(shown, "Duties")
    assert opened.form
    assert [(each.name, each.hint) for each in opened.form.fields] == [
        ("often section_175_157", "Twice a year or every two years?")
    ]
    refused = nina.fills(opened, **{"often section_175_157": "bi-annually"})
    assert refused.errors[0][0] == "often section_175_157"
    kept = nina.fills(opened, **{"often section_175_157": "every two years"})
    assert "Section 175/157 audit of schools: every two years" in kept.plain()
    assert "how often" not in nina.types("/lif setup").plain()
    with desk.db.begin() as session:
        text = write(plain(desk.scope(session)))
    assert "section_175_157: every two years" in text
    assert read(text).partnership.answers == {"section_175_157": "every two years"}
    nina.presses(kept, "Undo")
    with desk.db.begin() as session:
        assert desk.scope(session).partnership.answers == {}


def test_a_profile_chosen_by_chat_brings_its_boards_and_offers_its_groups(tmp_path: Path) -> None:
    with empty(f"sqlite:///{tmp_path / 'lifbot.db'}") as db:
        amina = Manager(Desk(db, team="T0009"))
        founded(amina)
        amina.fills(amina.types("/lif setup partnership"), chair="<@U0DEV>")
        changed = amina.fills(amina.types("/lif setup partnership"), profile="wolverhampton")
        assert "The wolverhampton profile brings 14 learning methods" in changed.plain()
        assert "Quality and Performance Committee" in str(amina.types("/lif setup groups").form)
        with db.begin() as session:
            boards = session.exec(select(Board)).all()
            assert {(board.id, board.scope, board.chair) for board in boards} == {
                ("wscb", "children", "dev"),
                ("wsab", "adults", "dev"),
            }
        shown = amina.fills(amina.types("/lif setup partnership"), **{"chair wsab": "<@U0GRACE>"})
        assert "Grace Okafor" in shown.plain()


# --- agencies ---------------------------------------------------------------------------------------------------


def test_an_agency_has_a_deputy_link_and_a_representative(desk: Desk) -> None:
    listed = desk.types("nina", "/lif agency").plain()
    assert "link Meera Patel, represented by Stella Munroe" in listed
    done = desk.types("nina", "/lif agency edit Black Country ICB deputy:@carys representative:nobody")
    assert "Black Country ICB is changed." in done.plain()
    assert "link Ivan Petrov (deputy Carys Vaughan)" in desk.types("nina", "/lif agency").plain()
    desk.clicks("nina", done, "Undo")
    with desk.db.begin() as session:
        row = session.get_one(Agency, ("wolverhampton", "icb"))
        assert (row.ld_link, row.ld_deputy, row.representative) == ("ivan", None, "carys")
    opened = desk.types("nina", "/lif agency edit West Midlands Police", can_open_form=True)
    assert opened.form
    assert {each.name: each.value for each in opened.form.fields} == {
        "name": "West Midlands Police",
        "link": "<@U0PETE>",
        "link_deputy": "",
        "representative": "<@U0GWEN>",
    }
    desk.submits("nina", opened.form, link_deputy="<@U0GWEN>", representative="")
    desk.types("nina", "/lif agency add Probation link:@pete rep:@gwen")
    with desk.db.begin() as session:
        police, new = (session.get_one(Agency, ("wolverhampton", id)) for id in ("police", "probation"))
        assert (police.ld_link, police.ld_deputy, police.representative) == ("pete", "gwen", None)
        assert (new.ld_link, new.representative) == ("pete", "gwen")


def test_who_leaves_leaves_posts_of_their_agency_vacant(desk: Desk) -> None:
    desk.types("nina", "/lif agency edit Royal Wolverhampton NHS Trust deputy:@lewis")
    said = desk.types("nina", "/lif person leaves Lewis Adair").plain()
    assert "deputy learning link of Royal Wolverhampton NHS Trust" in said
    assert "representative of Royal Wolverhampton NHS Trust" in said
    with desk.db.begin() as session:
        agency = plain(desk.scope(session))["agencies"]["trust"]
        assert (agency["ld_link"], agency["ld_deputy"], agency["representative"]) == ("tara", None, None)


def test_a_file_does_not_take_out_somebody_who_represents_an_agency(desk: Desk) -> None:
    text = file_for("wolverhampton", "slack").replace("  - {id: oscar, name: Oscar Lane, slack: U0OSCAR}\n", "")
    with desk.db.begin() as session:
        session.get_one(Agency, ("wolverhampton", "schools")).representative = "oscar"
    gone = text.replace("[nina, oscar]", "[nina]").replace("[oscar, meera, ivan]", "[meera, ivan]")
    gone = gone.replace("[nina, oscar, ivan", "[nina, ivan").replace("[oscar, tara, ivan]", "[tara, ivan]")
    with (
        pytest.raises(LifError, match="they are still the representative of agency schools"),
        desk.db.begin() as session,
    ):
        apply(session, read(gone), FRIDAY, remove=True)
