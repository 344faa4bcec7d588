"""One's own page and the decisions on it: what it shows, that it fits, and what its buttons do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.message import Form, ItemCard, Message
from lifbot.model import Outbox
from lifbot.policy.home import portions, urgency
from lifbot.policy.rules import Rules
from lifbot.slack import render as slack
from lifbot.teams import render as teams
from lifbot.teams.forms import form_card
from tests import slack_limits, teams_limits
from tests.desk import LD, Desk, at_desk, buttons_of
from tests.golden_messages import HOSTILE
from tests.policy_cast import on

ONE, TWO, THREE, FOUR = (f"SE-2026-{number:03d}" for number in (1, 2, 3, 4))
DUE = ("12 January", "14 January", "20 January", "31 March", "30 June")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def logged(desk: Desk, count: int, *, owner: str = "cleo", done: bool = False, text: str = "Audit") -> None:
    """Let Ben log actions, which their owner reports done."""
    for number in range(count):
        answer = desk.ben(f"/lif action add {text} {number} owner:@{owner} due:{DUE[number % len(DUE)]}")
        if done:
            desk.types(owner, f"/lif action done {answer.summary.split()[2].rstrip(',')} 40 staff trained")


def opens_home(desk: Desk, who: str) -> Message:
    """Open lifbot's Home tab, as the platform's edge tells of it."""
    answer = desk.hears(who, "home", f"D0{who.upper()}", "tab", can_open_form=False)
    assert answer is not None
    return answer


def presses(desk: Desk, who: str, shown: Message, label: str) -> Message:
    """Press a button of the Home tab."""
    return desk.clicks(who, shown, label, f"D0{who.upper()}")


URGENT = (
    ("2026-03-01", "overdue"),
    ("2026-03-02", "now"),
    ("2026-03-05", "now"),
    ("2026-03-06", "soon"),
    ("2026-03-16", "soon"),
    ("2026-03-17", "later"),
)


@pytest.mark.parametrize(("due", "expected"), URGENT)
def test_an_item_is_as_urgent_as_its_date_is_near(due: str, expected: str) -> None:
    assert urgency(on(due), on("2026-03-02"), Rules()) == expected


@given(st.lists(st.integers(0, 400), max_size=8), st.integers(0, 60))
def test_the_room_is_shared_out_and_never_overdrawn(wanted: list[int], room: int) -> None:
    shares = portions(wanted, room)
    assert sum(shares) == min(room, sum(wanted))
    assert all(0 <= share <= want for share, want in zip(shares, wanted, strict=True))
    hungry = [share for share, want in zip(shares, wanted, strict=True) if share < want]
    assert not hungry or max(shares) - min(hungry) <= max(shares)
    assert all(max(shares) <= share + 1 for share in hungry), "nobody has two more than one who still wants"


def test_a_page_without_anything_is_kind_and_says_what_can_be_done(desk: Desk) -> None:
    page = desk.types("jo", "/lif mine")
    assert "Nothing is waiting for you. Thank you." in page.plain()
    assert [button.label for button in buttons_of(page)] == ["Settings…", "I’ll be away…", "Raise an issue…"]
    assert "Only you can see this page." in page.plain()
    assert "does not know this account" in desk.types("eve", "/lif mine").plain()


def test_mine_is_by_urgency_and_the_groups_in_counts_with_their_colours(desk: Desk) -> None:
    logged(desk, 5)
    desk.is_on("2026-01-14T10:00:00+00:00")
    told = desk.cleo("/lif mine").plain()
    assert "Yours: 1 past date, 1 due now, 1 coming up, 2 due later." in told
    titles = ["Past their date", "Due now", "Coming up", "Due later (2)"]
    assert [told.index(title) for title in titles] == sorted(told.index(title) for title in titles)
    assert "Safeguarding Effectiveness Subgroup: 5 open: 3 Amber, 2 Green\n" in told, "a member reads less than a chair"
    assert "5 open: 3 Amber, 2 Green; 1 past date" in desk.ben("/lif mine").plain()
    assert "Thursday 12 March 2026 at 10:00" in told
    assert "Learning and Development" not in told, "Cleo is not in it"


def test_who_stands_in_finds_the_decisions_on_their_page(desk: Desk) -> None:
    logged(desk, 1, done=True)
    form = desk.clicks("ben", desk.ben("/lif mine"), "I’ll be away").form
    assert form is not None
    told = desk.submits("ben", form, dates="12 January to 30 January", substitute="@grace")
    assert "Ben Carter · 9 January 2026" in told.plain(), "the page is drawn anew"
    assert "1 waits for your decision." in desk.ben("/lif mine").plain()
    desk.is_on("2026-01-13T10:00:00+00:00")
    assert "1 waits for your decision." in desk.grace("/lif mine").plain()


def test_who_helps_with_an_item_sees_it_too(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March contributors:@ian")
    assert f"You help with (1)\n{ONE} Audit" in desk.types("ian", "/lif mine").plain()


def test_a_chair_is_reminded_of_the_meeting_that_is_not_closed(desk: Desk) -> None:
    page = desk.ben("/lif mine")
    assert "met on 8 January 2026. That meeting is not closed yet." in page.plain()
    form = desk.clicks("ben", page, "Close the meeting of SE").form
    assert form is not None
    assert form.title == "Close the meeting"
    assert "not closed yet" not in desk.cleo("/lif mine").plain()


def test_the_partnership_chair_answers_from_their_page(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@cleo due:31 March")
    desk.ben(f"/lif action escalate {ONE} because two agencies differ")
    page = desk.dev("/lif mine")
    assert "You are asked for help (1)" in page.plain()
    seen = desk.clicks("dev", page, "Seen")
    assert "The group knows that you have seen" in seen.plain()
    assert "Dev Rao · 9 January 2026" in seen.plain(), "the page is drawn anew below the answer"


def test_a_button_of_the_page_draws_it_anew_in_its_place_and_undo_stands_there(desk: Desk) -> None:
    logged(desk, 2, owner="ben")
    answer = desk.clicks("ben", desk.ben("/lif mine"), "Done")
    assert answer.replaces
    assert answer.plain().startswith(f"Thank you. {ONE} is complete")
    assert "Yours: 1 coming up." in answer.plain()
    back = desk.clicks("ben", answer, "Undo")
    assert "Yours: 1 due now, 1 coming up." in back.plain()
    assert desk.item(ONE)["status"] == "not_started"


def test_a_form_of_the_page_leads_back_to_it(desk: Desk) -> None:
    logged(desk, 1, owner="ben")
    form = desk.clicks("ben", desk.ben("/lif mine"), "More time").form
    assert form is not None
    assert form.back == "mine"
    assert form_card(form)["actions"][1]["data"] == {"line": "mine"}, "in Teams, Cancel brings the page back"
    faulty = desk.submits("ben", form, due="soup", because="waiting")
    assert faulty.errors
    answer = desk.submits("ben", form, due="30 June", because="waiting")
    assert answer.replaces
    assert "Ben Carter · 9 January 2026" in answer.plain()


def test_what_is_long_stands_alone_with_a_way_back(desk: Desk) -> None:
    logged(desk, 1, owner="ben")
    for _ in range(12):
        desk.ben(f"/lif action update {ONE} {'It goes on. ' * 12}")
    shown = desk.clicks("ben", desk.ben("/lif mine"), "Show")
    assert "Settings" not in shown.plain()
    assert "Settings" in desk.clicks("ben", shown, "Back").plain()


def test_the_home_tab_answers_beside_the_page_as_it_is_now(desk: Desk) -> None:
    logged(desk, 3, done=True)
    home = opens_home(desk, "ben")
    answer = presses(desk, "ben", home, "Sign off all (3)")
    assert "Signed off 3. Thank you." in answer.plain()
    assert not answer.replaces
    assert answer.page is not None
    assert "for your decision" not in answer.page.plain()
    undone = presses(desk, "ben", answer, "Undo all")
    assert undone.page is not None
    assert "3 wait for your decision." in undone.page.plain()


@pytest.mark.parametrize("count", [0, 1, 40, 300])
def test_pages_and_decisions_fit_on_both_platforms(desk: Desk, count: int) -> None:
    hostile = HOSTILE[0]
    for number in range(count):
        words = f"{hostile if number % 9 == 0 else 'Review the audit of thresholds and report on it'} {number}"
        owner = ("ben", "cleo", "cleo")[number % 3]
        ref = desk.ben(f"/lif action add “{words}” owner:@{owner} due:{DUE[number % 5]}").summary.split()[2].strip(",")
        if number % 3 == 1:
            desk.cleo(f"/lif action done {ref} 40 staff trained")
    desk.is_on("2026-01-20T10:00:00+00:00")
    for who in ("ben", "cleo", "amina"):
        home = slack.home(opens_home(desk, who))
        assert slack_limits.check(home) == []
        for typed in ("/lif mine", "/lif decisions"):
            shown = desk.types(who, typed)
            drawn = slack.message(shown)
            assert slack_limits.check(drawn) == []
            assert teams_limits.check(teams.message(shown)) == []
            for words in ("… and", "msg_blocks"):
                assert words not in "".join(slack_limits.texts(drawn["blocks"])), "nothing is cut off by chance"
            cut = [text for text in teams_limits.texts(teams.message(shown)) if "Type action list to see all" in text]
            assert cut == []
    if count == 300:
        told = desk.ben("/lif mine").plain()
        assert "[See all of mine]" in told
        assert "[See all decisions]" in told
        assert "Page 1 of 13." in desk.ben("/lif decisions").plain()


def test_decisions_turn_their_pages_in_place(desk: Desk) -> None:
    logged(desk, 10, done=True)
    first = desk.ben("/lif decisions")
    assert "Waiting for your decision (10)" in first.plain()
    second = desk.clicks("ben", first, "Next")
    assert second.replaces
    assert "SE-2026-010" in second.plain()
    assert "SE-2026-001" not in second.plain()
    assert "Page 1 of 2" in desk.clicks("ben", second, "Previous").plain()
    assert "Nothing is waiting for your decision" in desk.cleo("/lif decisions").plain()


def test_sign_off_all_is_one_answer_and_one_undo_and_never_ones_own(database_url: str) -> None:
    with at_desk(database_url) as desk:
        logged(desk, 3, done=True)
        logged(desk, 1, owner="ben", done=True)
        answer = desk.ben("/lif action signoff all")
        assert "Signed off 3. Thank you." in answer.plain()
        assert [card.ref for block in answer.blocks for card in getattr(block, "cards", ())] == [ONE, TWO, THREE]
        assert desk.item(FOUR)["signed_off_on"] is None, "Ben's own waits for the deputy"
        assert "Signed off SE-2026-004. Thank you." in desk.grace("/lif action signoff all").plain()
        assert "Undone for SE-2026-001, SE-2026-002, SE-2026-003." in desk.clicks("ben", answer, "Undo all").plain()
        assert desk.item(TWO)["signed_off_on"] is None
        assert "undone already" in desk.clicks("ben", answer, "Undo all").plain()


def test_sign_off_all_signs_off_what_was_shown_and_nothing_that_came_later(desk: Desk) -> None:
    logged(desk, 2, done=True)
    shown = desk.ben("/lif decisions")
    logged(desk, 1, done=True)
    desk.grace(f"/lif action signoff {ONE}")
    answer = desk.clicks("ben", shown, "Sign off all (2)").plain()
    assert "Signed off SE-2026-002. Thank you." in answer
    assert "SE-2026-001 does not wait for sign-off any more." in answer
    assert desk.item(THREE)["signed_off_on"] is None


def test_what_has_changed_since_stays_when_all_is_undone(desk: Desk) -> None:
    logged(desk, 2, done=True)
    answer = desk.ben("/lif action signoff all")
    desk.ben(f"/lif action edit {ONE} source:LCSPR 2 because it was wrong")
    undone = desk.clicks("ben", answer, "Undo all").plain()
    assert "Undone for SE-2026-001, SE-2026-002." in undone, "a source is no reason to keep a sign-off"
    again = desk.ben("/lif action signoff all")
    desk.later(minutes=11)
    assert "more than ten minutes ago" in desk.clicks("ben", again, "Undo all").plain()


def test_of_another_group_only_who_may_sign_off(desk: Desk) -> None:
    logged(desk, 2, done=True)
    assert "can do that" in desk.refuses("cleo", "/lif action signoff all SE")
    assert "Nothing waits for your sign-off" in desk.refuses("harry", "/lif action signoff all")
    assert "Signed off 2" in desk.amina("/lif action signoff all SE").plain()
    assert "I do not know which group" in desk.refuses("ben", "/lif action signoff all banana")
    desk.types("harry", "/lif action add Learning owner:@cleo due:31 March", LD)
    assert "can do that" in desk.types("harry", "/lif action signoff SE-2026-001", LD).plain()


def test_owners_are_told_of_all_their_signed_off_items_in_one_message(desk: Desk) -> None:
    logged(desk, 4, done=True)
    desk.ben("/lif action signoff all")
    with desk.db.begin() as session:
        rows = desk.scope(session).all(Outbox, Outbox.occasion == "change", Outbox.person == "cleo")
        signed = [change for row in rows for change in row.about["changes"] if change[1] == "signed_off"]
        assert (len(rows), len(signed)) == (1, 4)


def test_the_settings_are_a_form_with_what_is_set_now(desk: Desk) -> None:
    form = desk.ben("/lif settings").form
    assert form is not None
    assert [(each.name, each.value) for each in form.fields] == [("reminders", "09:00"), ("digest", "no")]
    saved = desk.submits("ben", form, reminders="14:00", digest="yes")
    assert "Reminders at 14:00 on working days, the weekly digest of your groups" in saved.plain()
    assert "Reminders at 14:00" in desk.ben("/lif mine").plain()
    again: Form | None = desk.ben("/lif settings").form
    assert again is not None
    assert [each.value for each in again.fields] == ["14:00", "yes"]
    assert "Reminders at 09:00 on working days, no weekly digest" in desk.clicks("ben", saved, "Undo").plain()
    assert "undone already" in desk.clicks("ben", saved, "Undo").plain()


SET = (("2pm", "14:00"), ("16:00", "16:00"), ("9", "09:00"), ("10.30", "10:30"), ("09:00", "09:00"))
NOT_SET = ("07:00", "18:00", "25:00", "10:75", "banana", "noon", "-1", "23:59")


@pytest.mark.parametrize(("typed", "hour"), SET)
def test_the_time_of_day_as_people_type_it(desk: Desk, typed: str, hour: str) -> None:
    assert f"Reminders at {hour} on" in desk.ben(f"/lif settings reminders:{typed}").plain()


@pytest.mark.parametrize("typed", NOT_SET)
def test_a_time_at_which_no_reminder_comes_is_refused(desk: Desk, typed: str) -> None:
    assert "Reminders come at 09:00 or later, before 18:00." in desk.refuses("ben", f"/lif settings reminders:{typed}")
    assert "yes or no" in desk.refuses("ben", "/lif settings digest:perhaps")


def test_settings_can_be_read_and_changed_in_the_direct_message(desk: Desk) -> None:
    shown = desk.says("cleo", "settings")
    assert "Reminders at 09:00 on working days, no weekly digest as a message." in shown.plain()
    assert "Reminders at 12:00" in desk.clicks("cleo", shown, "Reminders at 12:00", "D0CLEO").plain()
    assert "the weekly digest of your groups" in desk.clicks("cleo", shown, "Weekly digest", "D0CLEO").plain()


def test_every_card_of_a_page_can_be_pressed(desk: Desk) -> None:
    logged(desk, 1, owner="ben")
    cards = [card for block in desk.ben("/lif mine").blocks for card in getattr(block, "cards", ())]
    assert all(isinstance(card, ItemCard) and len(card.buttons) == 4 for card in cards)
    for label in ("Update", "More time", "Show", "Done"):
        answer = desk.clicks("ben", desk.ben("/lif mine"), label)
        assert answer.form or answer.plain()
