"""Pasting a meeting's actions: what is understood, what is asked, what is saved, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from lifbot.message import Form, Message
from lifbot.model import Draft, Outbox
from lifbot.slack.render import form_view
from lifbot.teams.render import form_card
from tests import slack_limits, teams_limits
from tests.desk import FILE, LD, NOWHERE, SE, Desk, at_desk, buttons_of

MINUTE = """4. Neglect toolkit
 - CH to review the toolkit by next meeting
 - Action: all agencies to cascade the briefing
 - Circulate the strategy (Action: BC)
5. MASH
Cleo and Ian to audit thresholds by 31 March
Review the dataset – Amina, 30 April"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def preview(desk: Desk, lines: str, who: str = "ben", channel: str = SE) -> Form:
    """Paste lines, and see the preview."""
    form = desk.types(who, f"/lif action paste\n{lines}", channel).form
    assert form is not None
    return form


def labels(form: Form) -> list[str]:
    """What the preview says it understood, line by line."""
    return [each.label for each in form.fields if each.name.startswith("line")]


def saved(desk: Desk) -> list[tuple[str, str, str]]:
    """Words, owner and date of everything in the log that stands."""
    every = desk.export()["items"]
    return [(each["text"], each["owner"], each["due_on"]) for each in every if each["status"] != "withdrawn"]


def test_the_form_is_pasted_into_previewed_and_saved(database_url: str) -> None:
    with at_desk(database_url) as desk:
        pasting = desk.ben("/lif action paste").form
        assert pasting is not None
        assert [(each.name, each.kind, each.max_length) for each in pasting.fields[:1]] == [("lines", "text", 8000)]
        assert (pasting.submit, pasting.fields[1].value) == ("Next", "se")
        form = desk.submits("ben", pasting, lines=MINUTE).form
        assert form is not None
        assert labels(form) == [
            "1 · Cleo Hart · due 12 March 2026 (“next meeting”)",
            "2 · who? · by when?",
            "3 · Ben Carter · by when?",
            "4 · who? · due 31 March 2026",
            "5 · Amina Yusuf · due 30 April 2026",
        ]
        assert "“Neglect toolkit”, “MASH”" in form.intro
        faults = desk.submits("ben", form).errors
        assert [field for field, _ in faults] == ["who2", "due2", "due3", "who4"]
        assert saved(desk) == []
        answer = desk.submits("ben", form, who2="@amina", due2="next meeting", due3="in a month", who4="@ian")
        assert saved(desk) == [
            ("Review the toolkit", "cleo", "2026-03-12"),
            ("Cascade the briefing", "amina", "2026-03-12"),
            ("Circulate the strategy", "ben", "2026-02-09"),
            ("Audit thresholds", "ian", "2026-03-31"),
            ("Review the dataset", "amina", "2026-04-30"),
        ]
        assert desk.item("SE-2026-004")["contributors"] == ["cleo"]
        assert "Saved 5 actions: SE-2026-001 to SE-2026-005. Each owner is told in one message." in answer.plain()
        assert [button.label for button in buttons_of(answer)] == ["List", "Undo all"]


def test_one_line_is_typed_and_previewed(desk: Desk) -> None:
    form = preview(desk, "CH to review the toolkit by next meeting")
    assert "Saved as SE-2026-001." in desk.submits("ben", form).plain()
    assert saved(desk) == [("Review the toolkit", "cleo", "2026-03-12")]


def test_nothing_is_saved_by_looking(desk: Desk) -> None:
    said = desk.refuses("ben", f"/lif action paste\n{MINUTE}")
    assert "5 actions for the log of Safeguarding Effectiveness Subgroup. Nothing is saved yet." in said


def test_in_a_direct_message_a_button_opens_the_preview(desk: Desk) -> None:
    answer = desk.says("ben", "action paste CH to review the toolkit by next meeting")
    assert "Nothing is saved yet" in answer.plain()
    form = desk.clicks("ben", answer, "Check and save", "D0BEN").form
    assert form is not None
    assert labels(form) == ["1 · Cleo Hart · due 12 March 2026 (“next meeting”)"]


# What a line says; whom it means among SE's members, then among everybody.
MEANT = (
    ("CH", "Cleo Hart"),
    ("C.H.", "Cleo Hart"),
    ("cleo", "Cleo Hart"),
    ("CLEO", "Cleo Hart"),
    ("<@U0CLEO>", "Cleo Hart"),
    ("IC", "Ian Carter"),
    ("Harry Lund", "Harry Lund"),
    ("HL", "Harry Lund"),
    ("FOB", "Fay O'Brien"),
    ("FO", "Fay O'Brien"),
    ("Me", "Ben Carter"),
)


@pytest.mark.parametrize(("said", "name"), MEANT)
def test_initials_and_first_names_are_resolved(desk: Desk, said: str, name: str) -> None:
    assert labels(preview(desk, f"{said} to audit by 31 March")) == [f"1 · {name} · due 31 March 2026"]


TWINS = FILE.replace(
    "groups:",
    "  - {id: chris, name: Chris Hall, agency: police, slack: U0CHRIS}\n"
    "  - {id: cora, name: Cora Hill, agency: icb, slack: U0CORA}\ngroups:",
)


def test_members_of_the_group_come_first_and_what_is_unclear_is_asked(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", TWINS) as desk:
        assert labels(preview(desk, "CH to audit by 31 March"))[0].startswith("1 · Cleo Hart")
        form = preview(desk, "CH to audit by 31 March group:LD", "amina")
        who = next(each for each in form.fields if each.name == "who1")
        assert who.hint == "“CH” could be Chris Hall or Cleo Hart or Cora Hill. Who is it?"
        assert [value for value, _ in who.options[:3]] == ["@chris", "@cleo", "@cora"]
        assert len(who.options) == 12
        desk.submits("amina", form, who1="@cora")
        assert [(item["owner"], item["group"]) for item in desk.export()["items"]] == [("cora", "ld")]


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("XY to audit by 31 March", "“XY” is not in this partnership. Who is the one accountable owner?"),
        ("Zed Smith to audit by 31 March", "“Zed Smith” is not in this partnership."),
        ("<@U0EVE> to audit by 31 March", "“@U0EVE” is not in this partnership."),
        ("All agencies to audit by 31 March", "“All agencies” is more than one person."),
        ("CH/BC to audit by 31 March", "One person answers for it. Who? The others are kept as contributors."),
        ("Audit by 31 March", "Who is the one accountable owner?"),
        ("CH to audit – ongoing", "ongoing"),
        ("CH to audit by 1 January 2026", "1 January 2026 has already passed. When should it be done?"),
        ("CH to audit when the policy is agreed", "when the policy is agreed"),
        ("CH to audit", "For example: next meeting, 9 February 2026, 31 March 2026."),
    ],
)
def test_what_a_line_lacks_is_asked_beside_it(desk: Desk, line: str, asks: str) -> None:
    form = preview(desk, line)
    asked = form.fields[-1]
    assert asks in asked.hint
    ((field, said),) = desk.submits("ben", form).errors
    assert field == asked.name
    assert asked.hint in said
    assert saved(desk) == []


def test_a_line_is_corrected_in_place_or_emptied(desk: Desk) -> None:
    form = preview(desk, MINUTE)
    desk.submits(
        "ben", form, line1="Grace to review the toolkits by 30 June", line2="", line3="  ", line4="", who2="@amina"
    )
    assert saved(desk) == [
        ("Review the toolkits", "grace", "2026-06-30"),
        ("Review the dataset", "amina", "2026-04-30"),
    ]


def test_a_corrected_line_that_lacks_something_says_how_to_put_it_in(desk: Desk) -> None:
    form = preview(desk, "CH to review the toolkit by next meeting\nBC to audit by 31 March")
    errors = desk.submits("ben", form, line1="Review the toolkit", line2="CH, 31 March").errors
    assert [field for field, _ in errors] == ["line1", "line1", "line2"]
    assert errors[0][1] == "Who is the one accountable owner? Put the name first: “Cleo to …”."
    assert errors[1][1].endswith("Put it at the end: “… by 31 March”.")
    assert errors[2][1] == "What is to be done? Please add it, or empty the line."
    assert saved(desk) == []


def test_all_lines_emptied_save_nothing(desk: Desk) -> None:
    form = preview(desk, "CH to review the toolkit by next meeting")
    assert desk.submits("ben", form, line1="").errors[0][0] == "line1"
    assert saved(desk) == []


def test_a_line_too_long_is_not_saved(desk: Desk) -> None:
    form = preview(desk, f"CH to review {'x' * 1100} by next meeting")
    ((field, said),) = desk.submits("ben", form).errors
    assert (field, "1,000 characters" in said) == ("line1", True)


def test_the_same_action_twice_is_left_out_unless_it_is_kept(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add Review the neglect toolkit owner:@cleo due:31 March")
        lines = ("CH to review neglect toolkit by 30 April", "BC to audit by 31 March", "BC to audit by 31 May")
        form = preview(desk, "\n".join((*lines, "CH to audit by 1 June")))
        keep = [each.label for each in form.fields if each.kind == "tick"]
        assert keep == [
            "1 looks like SE-2026-001 “Review the neglect toolkit”. Keep it all the same?",
            "3 looks like line 2. Keep it all the same?",
        ]
        desk.submits("ben", form)
        assert [text for text, _, _ in saved(desk)] == ["Review the neglect toolkit", "Audit", "Audit"], (
            "each has the same to do"
        )
        again = preview(desk, "CH to review neglect toolkit by 30 April")
        answer = desk.submits("ben", again, keep1="yes")
        assert saved(desk)[-1] == ("Review neglect toolkit", "cleo", "2026-04-30")
        assert "Kept though it looks like SE-2026-001" in answer.plain()


def test_an_item_that_is_closed_is_no_double(desk: Desk) -> None:
    desk.ben("/lif action add Review the neglect toolkit owner:@cleo due:31 March")
    desk.ben("/lif action withdraw 1 because it was logged in error")
    assert [each.name for each in preview(desk, "CH to review the neglect toolkit by 30 April").fields] == ["line1"]


def test_adding_the_same_action_says_so_and_saves_it(desk: Desk) -> None:
    desk.ben("/lif action add Review the neglect toolkit owner:@cleo due:31 March")
    answer = desk.ben("/lif action add Toolkit on neglect to be reviewed owner:@cleo due:31 March")
    assert "This looks like SE-2026-001, which is open. If it is the same, undo this one." in answer.plain()
    assert [button.label for button in buttons_of(answer)] == ["Show SE-2026-001", "Show", "Post a card", "Undo"]
    assert "looks like" not in desk.ben("/lif action add Audit MASH owner:@cleo due:31 March").plain()
    assert "looks like" not in desk.ben("/lif action add Audit MASH group:LD owner:@cleo due:31 March", LD).plain()


def test_one_undo_takes_all_of_it_back(database_url: str) -> None:
    with at_desk(database_url) as desk:
        answer = desk.submits("ben", preview(desk, "CH to review the toolkit by 31 March\nGO to audit by 31 March"))
        undone = desk.clicks("ben", answer, "Undo all").plain()
        assert "Undone for SE-2026-001, SE-2026-002." in undone
        assert saved(desk) == []
        assert "undone already" in desk.clicks("ben", answer, "Undo all").plain()


def test_undo_in_words_takes_back_the_whole_paste_and_nothing_before(desk: Desk) -> None:
    desk.ben("/lif action add Something else owner:@cleo due:31 March")
    desk.submits("ben", preview(desk, "CH to review the toolkit by 31 March\nGO to audit by 31 March"))
    assert "Undone for SE-2026-002, SE-2026-003." in desk.says("ben", "undo").plain()
    assert [text for text, _, _ in saved(desk)] == ["Something else"]


def test_what_was_changed_since_stays_and_the_rest_is_undone(desk: Desk) -> None:
    answer = desk.submits("ben", preview(desk, "CH to review the toolkit by 31 March\nGO to audit by 31 March"))
    desk.says("cleo", "SE-2026-001 done all reviewed")
    undone = desk.clicks("ben", answer, "Undo all").plain()
    assert "SE-2026-001 has changed since" in undone
    assert saved(desk) == [("Review the toolkit", "cleo", "2026-03-31")]


def test_others_do_not_undo_a_paste_and_time_runs_out(desk: Desk) -> None:
    answer = desk.submits("ben", preview(desk, "CH to review the toolkit by 31 March\nGO to audit by 31 March"))
    refused = desk.clicks("cleo", answer, "Undo all").plain()
    assert "can do that. Nothing was changed." in refused
    assert "Undone" in desk.clicks("grace", answer, "Undo all").plain(), "the deputy may"
    again = desk.submits("ben", preview(desk, "CH to plan training by 31 March\nGO to write by 31 March"))
    desk.later(minutes=11)
    assert "more than ten minutes ago" in desk.clicks("ben", again, "Undo all").plain()
    assert len(saved(desk)) == 2


@pytest.mark.parametrize("typed", ["undo 1,2,x", "undo 1,,2", "undo ,1", "undo 999998,999999"])
def test_an_undo_of_nothing_changes_nothing(desk: Desk, typed: str) -> None:
    desk.submits("ben", preview(desk, "CH to review the toolkit by 31 March"))
    before = desk.log()
    desk.types("ben", f"/lif {typed}")
    assert desk.log() == before


def test_a_preview_is_saved_once(desk: Desk) -> None:
    form = preview(desk, "CH to review the toolkit by 31 March")
    desk.submits("ben", form)
    ((_, said),) = desk.submits("ben", form).errors
    assert said.startswith("These lines were saved already")
    assert len(saved(desk)) == 1


def test_a_preview_is_its_owners_and_lasts_a_day(desk: Desk) -> None:
    form = preview(desk, "CH to review the toolkit by 31 March")
    assert "saved already" in desk.submits("grace", form).errors[0][1]
    for typed in ("action preview nothing group:se", "action preview nothing"):
        assert "saved already" in desk.types("ben", f"/lif {typed}").plain()
        shown = desk.hears("ben", f"form {typed}", kind="click")
        assert shown is not None
        assert "saved already" in shown.plain()
    nowhere = desk.hears("amina", "form action preview", NOWHERE, "click")
    assert nowhere is not None
    assert "saved already" in nowhere.plain()
    assert saved(desk) == []


def test_the_group_is_taken_asked_for_or_typed(desk: Desk) -> None:
    lines = "Task and finish group: CH to audit by 31 March\nGroup: BC to write by 31 March"
    asked = desk.types("amina", f"/lif action paste\n{lines}", NOWHERE)
    assert "Which group is it for?" in asked.plain()
    form = desk.clicks("amina", asked, "Learning and Development", NOWHERE).form
    assert form is not None
    assert labels(form)[0] == "1 · Cleo Hart · due 31 March 2026"
    assert "log of Learning and Development Subgroup" in form.intro
    for typed in (f"group:LD\n{lines}", f"{lines}\ngroup:LD", f"{lines} group:LD"):
        named = desk.types("amina", f"/lif action paste {typed}", NOWHERE).form
        assert named is not None
        assert [each.value for each in named.fields] == [each.value for each in form.fields]


def test_quotes_and_keys_in_minutes_survive_their_buttons(desk: Desk) -> None:
    lines = "“CH” said: group: CH to review “the toolkit: part 1” by 31 March\n" + "GO to audit by 31 March\n" * 90
    asked = desk.types("amina", f"/lif action paste\n{lines}", NOWHERE)
    form = desk.clicks("amina", asked, "Safeguarding Effectiveness", NOWHERE).form
    assert form is not None
    assert form.fields[0].value == "“CH” said: group: CH to review “the toolkit: part 1” by 31 March"


@pytest.mark.parametrize("lines", ["Actions:", "Any other business\n\nNone", "- \n1.", "🙂"])
def test_where_there_is_no_action_it_says_what_to_paste(desk: Desk, lines: str) -> None:
    assert "I found no action in that" in desk.refuses("ben", f"/lif action paste\n{lines}")
    pasting = desk.ben("/lif action paste").form
    assert pasting is not None
    assert desk.submits("ben", pasting, lines=lines).errors[0][0] == "lines"


def test_who_may_not_log_is_told_before_pasting(desk: Desk) -> None:
    assert "can do that" in desk.refuses("cleo", "/lif action paste")
    assert "does not know this account" in desk.refuses("eve", f"/lif action paste\n{MINUTE}")


def test_hostile_words_are_kept_as_they_are(desk: Desk) -> None:
    line = "CH to tell &lt;!channel&gt; *now* <http://example.org|your bank> 👩‍👩‍👧 ‮המצב by 31 March"
    desk.submits("ben", preview(desk, line))
    assert saved(desk)[0][0] == "Tell <!channel> *now* your bank (http://example.org) 👩‍👩‍👧 ‮המצב"


def test_mentions_in_the_words_become_names(desk: Desk) -> None:
    desk.submits("ben", preview(desk, "<@U0CLEO> to ask <@U0IAN> for data by 31 March"))
    assert saved(desk) == [("Ask @Ian Carter for data", "cleo", "2026-03-31")]


MANY = "\n".join(f"CH to review toolkit number {number} by next meeting" for number in range(1, 46))


def test_what_does_not_fit_comes_back_with_the_answer(desk: Desk) -> None:
    form = preview(desk, MANY)
    assert len(form.fields) == 30
    assert "15 more did not fit here; you get them back when these are saved." in form.intro
    answer = desk.submits("ben", form)
    assert "15 more did not fit and are not saved yet." in answer.plain()
    assert len(saved(desk)) == 30
    rest = desk.clicks("ben", answer, "Check the next 15").form
    assert rest is not None
    assert rest.fields[0].value == "CH to review toolkit number 31 by next meeting"
    assert "more did not fit" not in desk.submits("ben", rest).plain()
    assert len(saved(desk)) == 45


@pytest.mark.parametrize(
    "line",
    [
        "All agencies to cascade briefing {}",
        "CH to review toolkit {} by next meeting",
        "Zed and Cleo to do thing {} " + "with many words " * 12 + "when the policy is agreed",
        "Zed Smith to read thé “plan” {} – ongoing",
        "א {} ב",
        "{} " + "x" * 1100,
    ],
)
def test_the_preview_of_many_lines_fits_on_each_platform(desk: Desk, line: str) -> None:
    form = preview(desk, "\n".join(line.format(number) for number in range(1, 40))[:7900])
    assert len(labels(form)) >= 5
    assert slack_limits.check(form_view(form, "{}")) == []
    errors = desk.submits("ben", form).errors
    typed = {each.name: each.value for each in form.fields}
    assert teams_limits.check_card(form_card(form, errors=errors, values=typed)) == []


def test_in_a_large_partnership_the_preview_still_fits(tmp_path: Path) -> None:
    more = "".join(f"  - {{id: p{n}, name: Person {n:03} With A Long Name, agency: police}}\n" for n in range(300))
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}", FILE.replace("groups:", f"{more}groups:")) as desk:
        form = preview(desk, "\n".join(f"Audit the matter number {n}" for n in range(40)))
        assert slack_limits.check(form_view(form, "{}")) == []
        assert teams_limits.check_card(form_card(form)) == []
        one = preview(desk, "Audit the matter by 31 March")
        assert len(one.fields[1].options) == 310


def promises(desk: Desk) -> dict[str, int]:
    """How many items each person is to be told of, in the one message that waits for them."""
    with desk.db.begin() as session:
        rows = session.exec(select(Outbox).where(Outbox.occasion == "change")).all()
        assert len({row.person for row in rows}) == len(rows), "one message for each person"
        return {row.person or "": len(row.about["changes"]) for row in rows}


def test_each_owner_is_told_once_and_who_pasted_not_at_all(database_url: str) -> None:
    with at_desk(database_url) as desk:
        lines = [f"{who} to do task number {n} by 31 March" for n, who in enumerate(("CH", "GO", "BC") * 6)]
        desk.submits("ben", preview(desk, "\n".join(lines)))
        assert promises(desk) == {"cleo": 6, "grace": 6}


def test_if_one_line_cannot_be_saved_none_is(database_url: str) -> None:
    with at_desk(database_url) as desk:
        form = preview(desk, "CH to review the toolkit by 31 March\nXY to audit by 31 March")
        before = desk.log()
        assert desk.submits("ben", form).errors
        assert desk.log() == before
        assert promises(desk) == {}
        with desk.db.begin() as session:
            assert len(session.exec(select(Draft)).all()) == 1, "the lines are still there to be put right"


def test_the_preview_opens_again_from_its_line_alone(desk: Desk) -> None:
    form = preview(desk, MINUTE)
    again: Message | None = desk.hears("ben", f"form {form.command}", kind="click")
    assert again is not None
    assert again.form == form
