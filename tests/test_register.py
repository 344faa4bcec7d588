"""The learning register: sources, their clocks and milestones, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lifbot import profiles
from lifbot.message import ItemList
from lifbot.model import Notice
from lifbot.policy import clocks
from lifbot.policy.clocks import Dates
from lifbot.slack.render import message as on_slack
from lifbot.teams.render import message as in_teams
from tests.desk import FILE, Desk, at_desk, buttons_of
from tests.room import file as partnership
from tests.room import room
from tests.teams_limits import check
from tests.world import world

WAKEFIELD = FILE.replace("slack_team: T0001}", "slack_team: T0001, profile: wakefield}").replace(
    "name: West Yorkshire ICB}", "name: West Yorkshire ICB, ld_link: cleo}"
)
WAKEFIELD = WAKEFIELD.replace("name: West Yorkshire Police}", "name: West Yorkshire Police, ld_link: ian}")
RAPID = "/lif source add Rapid review: early years neglect notified:5 January 2026 themes:neglect"
REVIEW = "/lif source add CSPR: Early help own:LCSPR 2 started:6 January 2026 themes:Neglect, early help"
ADVICE = "/lif recommendation add Review the toolkit owner:@cleo due:31 March source:"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", WAKEFIELD) as it:
        yield it


def method(profile: str, id: str) -> profiles.LearningMethod:
    found = profiles.load(profile).method(id)
    assert found is not None
    return found


def test_each_clock_runs_as_its_framework_says() -> None:
    rapid = clocks.steps(method("wakefield", "rapid_review"), Dates(notified=date(2026, 3, 27)))
    assert [(step.kind, step.on) for step in rapid] == [("report", date(2026, 4, 21))], "Easter's days do not count"
    review = method("wakefield", "cspr")
    assert [step.on for step in clocks.steps(review, Dates(started=date(2026, 8, 31)))] == [date(2027, 2, 28)]
    done = clocks.steps(review, Dates(started=date(2026, 1, 6), finalised=date(2026, 6, 30)))
    assert [(step.kind, step.done_on) for step in done] == [("finalise", date(2026, 6, 30))]
    published = clocks.steps(review, Dates(published=date(2026, 7, 6)))
    assert [step.text for step in published] == [
        "Send the report to the National Panel and Ofsted",
        "Decide whether the report stays online",
    ]
    assert clocks.available_until(review, date(2026, 7, 6)) == date(2027, 7, 6)
    assert [step.kind for step in clocks.steps(review, Dates(delayed_on=date(2026, 7, 3)))] == ["notify_panel"]
    enquiry = clocks.steps(method("wakefield", "thematic_enquiry"), Dates(started=date(2026, 3, 2)))
    assert [step.on for step in enquiry] == [date(2026, 3, 2)]
    section_11 = clocks.steps(method("kirklees", "section_11"), Dates(started=date(2026, 3, 2)))
    assert [(step.kind, step.on) for step in section_11] == [("next", date(2028, 3, 2))]
    assert clocks.steps(method("west-sussex", "rapid_review"), Dates(notified=date(2026, 3, 2))) == (), "“timely”"
    with_response = method("west-sussex", "lcspr")
    assert "response" in [step.kind for step in clocks.steps(with_response, Dates(published=date(2026, 7, 6)))]
    assert clocks.steps(None, Dates(notified=date(2026, 3, 2))) == ()


def test_a_source_has_a_reference_a_clock_and_what_shows_it_worked(desk: Desk) -> None:
    said = desk.ben(RAPID).plain()
    assert "Saved as LR-2026-001" in said
    assert "Complete the rapid review by 26 January 2026: 15 working days from notification, 5 January 2026" in said
    assert "What shows that it made a difference: Multi-Agency Vital Signs Data Set" in said
    again = desk.ben(REVIEW).plain()
    assert "6 July 2026: 6 months from its start" in again
    assert "This has come up before: Neglect (LR-2026-001)" in again
    assert "neglect: LR-2026-001, LR-2026-002" in desk.ben("/lif source themes").plain()
    assert "LR-2026-001" in desk.types("ian", "/lif source list rapid review").plain()
    assert "Nothing in the learning register fits “closed”" in desk.ben("/lif source list closed").plain()
    shown = desk.types("ian", "/lif source show lr 2").plain()
    for words in (
        "Own reference: LCSPR 2",
        "Responsible: Ben Carter",
        "Started: 6 January 2026",
        "Finalise the report",
    ):
        assert words in shown
    for who in ("jo", "cleo"):
        assert "can do that" in desk.refuses(who, RAPID)
    assert "can be seen by" in desk.refuses("jo", "/lif source show LR-2026-001")
    assert "still to come" in desk.refuses("ben", RAPID.replace("5 January 2026", "5 March 2026"))
    assert "is not one day" in desk.refuses("ben", RAPID.replace("5 January 2026", "soonish"))
    assert "I do not know the method" in desk.refuses("ben", "/lif source add X method:seance")
    assert "still has something to come: Finalise the report" in desk.refuses("ben", "/lif source close 2")
    assert "Undone: source add" in desk.ben("/lif undo").plain()
    assert [row["ref"] for row in desk.export()["sources"]] == ["LR-2026-001"]
    assert "LR-2026-003" in desk.ben(REVIEW).plain(), "a reference once given is never used again"


def test_the_form_offers_the_profiles_methods_and_its_group(desk: Desk) -> None:
    form = desk.ben("/lif source add").form
    assert form is not None
    methods = next(field for field in form.fields if field.name == "method")
    assert ("thematic_audit", "Thematic audit") in methods.options
    saved = desk.submits("ben", form, title="Strategy meetings", method="thematic_audit", group="se", origin="outside")
    assert "Saved as LR-2026-001" in saved.plain()
    shown = desk.ben("/lif source show 1").plain()
    assert "Learning from: From outside the partnership" in shown
    away = desk.types("amina", "/lif source add Thematic enquiry: Thresholds", "D0AMINA").plain()
    assert "LD" in away, "the profile's lead group is the default where no group meets"


def test_dates_move_milestones_and_undo_takes_both_back(desk: Desk) -> None:
    desk.ben(REVIEW)
    desk.ben("/lif source date LR-2026-001 started 5 January 2026")
    assert desk.export()["sources"][0]["milestones"][0]["due_on"] == "2026-07-05"
    desk.ben("/lif undo")
    source = desk.export()["sources"][0]
    assert (source["started_on"], source["milestones"][0]["due_on"]) == ("2026-01-06", "2026-07-06")
    delayed = desk.ben("/lif source delay 1 because proceedings may affect it").plain()
    assert "Tell the National Panel of the delay in publication by 12 January 2026" in delayed
    assert "notices and actions go on" in delayed
    assert "Done: Tell the National Panel" in desk.ben("/lif source done 1 notify_panel").plain()
    said = desk.ben("/lif source date LR-2026-001 finalised today published today").plain()
    assert "Send the report to the National Panel and Ofsted by 9 January 2026 (on the day of publication)" in said
    assert "to stay online until 9 January 2027" in desk.refuses("ben", "/lif source take-down 1")
    assert "Done: Send the report" in desk.ben("/lif source done 1 copies").plain()
    assert "LR-2026-001 is closed" in desk.ben("/lif source close 1").plain()
    desk.later(days=365)
    assert "taken down on 9 January 2027" in desk.ben("/lif source take-down 1").plain()
    assert "is taken down already" in desk.refuses("ben", "/lif source take-down 1")
    assert "is closed already" in desk.refuses("ben", "/lif source date 1 started today")


def test_a_partnership_without_a_profile_names_its_own_method_and_milestones(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as desk:
        assert "Saved as LR-2026-001" in desk.ben("/lif source add Early help method:peer review").plain()
        said = desk.ben("/lif source milestone LR-2026-001 Meet the authors due:31 March").plain()
        assert "Meet the authors, by 31 March 2026" in said
        assert "peer review: 1 this year" in desk.ben("/lif source programme").plain()
        card = next(block for block in desk.ben("/lif source show 1").blocks if isinstance(block, ItemList)).cards[0]
        assert "Done: Meet the authors" in desk.types("ben", f"/lif {card.buttons[0].command}").plain()
        assert "no milestone that is still to be done" in desk.refuses("ben", "/lif source done 1")


def test_a_years_programme_stands_beside_the_plan(desk: Desk) -> None:
    for line in ("Thematic audit: Thresholds", "Thematic audit: Early help", "MACAS: Exploitation"):
        desk.ben(f"/lif source add {line} started:today")
    said = desk.ben("/lif source programme").plain()
    assert "Thematic audit: 2 of 2 this year" in said
    assert "Deep dive multi-agency case audit (MACAS): 1 of up to 4 this year" in said
    assert "Multi-agency practice week: 0 of 1 this year" in said


def test_recommendations_need_criteria_and_roll_up_by_agency(desk: Desk) -> None:
    desk.ben(REVIEW)
    asked = desk.ben(f"{ADVICE}LCSPR 2")
    assert "How will you know that it has worked? What LR-2026-001 recommends needs success criteria" in asked.plain()
    form = desk.clicks("ben", asked, "Add success criteria").form
    assert form is not None
    desk.submits("ben", form, success_criteria="9 of 10 files show it")
    assert desk.item("SE-2026-001")["source_ref"] == "LR-2026-001"
    assert desk.item("SE-2026-001")["success_criteria"] == "9 of 10 files show it"
    assert "no response yet" in desk.ben("/lif source show 1").plain()
    assert "say why" in desk.refuses("ben", "/lif recommendation respond 1 part")
    desk.ben("/lif recommendation respond 1 part because two agencies have done so")
    spread = desk.ben("/lif recommendation spread SE-2026-001 agencies:all due:31 March")
    assert "2 actions under SE-2026-001, due 31 March 2026" in spread.plain()
    assert "nobody answers for them yet: Kirklees Council" in spread.plain()
    shown = desk.ben("/lif source show 1").plain()
    assert "response: accepted in part" in shown
    assert "By agency: West Yorkshire ICB 1 action: 1 on track; West Yorkshire Police 1 action: 1 on track" in shown
    assert {desk.item(f"SE-2026-00{n}")["owner"] for n in (2, 3)} == {"cleo", "ian"}
    assert "has its part" in desk.refuses("ben", "/lif recommendation spread 1 agencies:icb, police due:31 March")
    desk.clicks("ben", spread, "Undo")
    assert {desk.item(f"SE-2026-00{n}")["status"] for n in (2, 3)} == {"withdrawn"}
    assert "only a recommendation" in desk.refuses("ben", "/lif recommendation spread 2 agencies:all due:31 March")


def test_an_audit_says_whose_result_it_checks(desk: Desk) -> None:
    desk.ben("/lif action add Brief all teams owner:@cleo due:31 March")
    desk.ben("/lif source add Thematic audit: Briefings started:today result-of:SE-2026-001")
    assert "Checks the result of: SE-2026-001 Brief all teams" in desk.ben("/lif source show 1").plain()
    assert "Its result is checked by: LR-2026-001" in desk.cleo("/lif action show SE-2026-001").plain()
    assert desk.export()["sources"][0]["result_of"] == "SE-2026-001"


def test_what_is_one_agencys_own_goes_to_its_people_alone(desk: Desk) -> None:
    desk.amina("/lif source add Single agency learning review: Handovers agency:icb group:SE")
    desk.ben("/lif action add Audit handovers owner:@grace due:31 March source:LR-2026-001")
    for who in ("cleo", "ben", "amina"):
        assert "LR-2026-001" in desk.types(who, "/lif source list").plain()
        assert "SE-2026-001" in desk.types(who, "/lif action list").plain()
    assert "LR-2026-001" not in desk.types("ian", "/lif source list").plain()
    assert "can be seen by its agency's people" in desk.refuses("ian", "/lif source show 1")
    assert "SE-2026-001" not in desk.types("ian", "/lif action list").plain()
    assert "West Yorkshire ICB's own" in desk.refuses("ian", "/lif action show SE-2026-001")


def test_the_days_to_the_first_notice_are_counted(desk: Desk) -> None:
    desk.ben(RAPID)
    with desk.db.begin() as session:
        scope = desk.scope(session)
        told: dict[str, object] = {"title": "Neglect", "summary": "What to look for", "cascade_text": "31 March"}
        told |= {"product": "one_minute_guide", "author": "amina", "created_at": desk.now, "number": 1}
        told |= {"cascade_by": date(2026, 3, 31), "published_at": desk.now, "status": "published", "source_id": 1}
        scope.insert(Notice, ref="DN-2026-001", **told)
    shown = desk.ben("/lif source show 1").plain()
    assert "From start to first notice: 4 days" in shown
    assert "DN-2026-001 Neglect (published)" in shown


def test_both_boards_respond(tmp_path: Path) -> None:
    boards = (
        "profile: wolverhampton, boards: [{id: wscb, name: Children Board, scope: children, chair: dev}, "
        "{id: wsab, name: Adults Board, scope: adults, chair: kim}],"
    )
    text = FILE.replace("chair: dev, deputy_chair: kim,", boards)
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", text) as desk:
        desk.ben("/lif source add Table top review: Transitions concerns:joint")
        desk.ben(f"{ADVICE}LR-2026-001 success:fewer gaps")
        assert desk.item("SE-2026-001")["scope"] == "joint"
        said = desk.types("kim", "/lif recommendation respond 1 not because a national review covers it").plain()
        assert "It stands for Adults Board and Children Board" in said


def test_milestones_remind_as_actions_do_and_words_answer(tmp_path: Path) -> None:
    head = partnership().replace("slack_team: T0001}", "slack_team: T0001, profile: wakefield}")
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", head) as it:
        it.types("ben", "source add Rapid review: Early years notified:5 January 2026 person:@cleo")
        it.wind("2026-02-04")
        days = ["2026-01-12 09:00", "2026-01-23 09:00", "2026-01-26 09:00", "2026-02-02 09:00"]
        assert it.days("cleo", "Complete the rapid review") == days
        assert "“Complete the rapid review” of LR-2026-001 has passed its date of 26 January 2026" in it.all("cleo")[-1]
        assert not it.all("ben", "rapid review"), "only who answers for it is reminded"
        digest = it.all("amina", "Weekly digest")[-1]
        assert "Learning register: 1 milestone is past the date (LR-2026-001)." in digest
        assert [fault for said in it.all("cleo") for fault in check(in_teams(said.message))] == []
        assert "Done: Complete the rapid review" in it.says("cleo", "milestone done")
        it.wind("2026-03-01")
        assert it.days("cleo", "Complete the rapid review") == days


async def test_a_milestone_is_done_by_its_button_on_slack(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as it:
        await it.types("ben", "/lif source add Early help method:peer review person:@cleo")
        await it.types("ben", "/lif source milestone LR-2026-001 Meet the authors due:31 March 2026")
        await it.live_until("2026-03-31T10:00:00+01:00")
        told = [posted for posted in it.dms("cleo") if "Meet the authors" in posted][-1]
        assert "Done" in told.buttons
        await it.clicks("cleo", told, "Done")
        assert (await it.export())["sources"][0]["milestones"][0]["status"] == "done"
        it.dms("cleo"), it.posts(), it.dms("amina"), it.dms("ben")


def test_each_answer_is_drawn_on_both_platforms(desk: Desk) -> None:
    answers = [desk.ben(RAPID), desk.ben("/lif source list"), desk.ben("/lif source show 1")]
    answers += [desk.ben("/lif source programme"), desk.amina("/lif source hold 1 because court order")]
    answers += [desk.amina("/lif source show 1"), desk.amina("/lif source lift 1")]
    assert [fault for each in answers for fault in check(in_teams(each))] == []
    assert all(on_slack(each) for each in answers)
    assert "Lift the hold" in [button.label for button in buttons_of(answers[-2])]
