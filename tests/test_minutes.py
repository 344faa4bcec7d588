"""Reading minutes: who is named in a line, by when, and what is to be done."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot import minutes
from lifbot.timescale import Calendar, MeetingDate

CALENDAR = Calendar(
    date(2026, 1, 9),
    "se",
    (
        MeetingDate("se", ("SE", "Safeguarding Effectiveness Subgroup"), 1, date(2026, 3, 12)),
        MeetingDate("ld", ("LD", "L&D"), 2, date(2026, 1, 20)),
    ),
)
KNOWN = {
    *("cleo", "cleo hart", "hart", "ben", "ben carter", "amina", "grace", "grace okafor", "fay o'brien", "o’brien"),
    *("the chair of l&d", "the icb", "business unit", "<@u0cleo>", "<@u0ben>"),
}


def knows(said: str) -> bool:
    return said.lower() in KNOWN


# the line; what is to be done, who is named, by when
LINES: tuple[tuple[str, str, str, str], ...] = (
    ("CH to review the toolkit by next meeting", "Review the toolkit", "CH", "next meeting"),
    ("C.H. to review the toolkit by next meeting", "Review the toolkit", "C.H", "next meeting"),
    ("Action: all agencies to cascade the briefing", "Cascade the briefing", "all agencies", ""),
    ("ACTION – CH to cascade the briefing", "Cascade the briefing", "CH", ""),
    ("Action 3: CH to cascade the briefing", "Cascade the briefing", "CH", ""),
    ("AP4: CH to cascade the briefing", "Cascade the briefing", "CH", ""),
    ("Everyone to read the briefing by 31 March", "Read the briefing", "Everyone", "31 March"),
    ("Circulate the strategy (Action: BC)", "Circulate the strategy", "BC", ""),
    ("Circulate the strategy [BC, 31 March]", "Circulate the strategy", "BC", "31 March"),
    ("Circulate the strategy (by 31 March) (BC)", "Circulate the strategy", "BC", "31 March"),
    ("Circulate the strategy. Action: BC by 31 March", "Circulate the strategy", "BC", "31 March"),
    ("Circulate the strategy. Lead: Zed Smith", "Circulate the strategy", "Zed Smith", ""),
    ("• Cleo to audit MASH thresholds by 31 March", "Audit MASH thresholds", "Cleo", "31 March"),
    ("* Ben Carter will write to schools within six weeks", "Write to schools", "Ben Carter", "within six weeks"),
    ("– GO to bring data – next meeting", "Bring data", "GO", "next meeting"),
    ("1. Review the toolkit (CH, 31 March)", "Review the toolkit", "CH", "31 March"),
    ("4.2 CH to review the toolkit", "Review the toolkit", "CH", ""),
    ("4.2\tCH to review the toolkit", "Review the toolkit", "CH", ""),
    ("a) Grace to share the slides", "Share the slides", "Grace", ""),
    ("- [ ] Grace to share the slides", "Share the slides", "Grace", ""),
    ("Neglect toolkit: CH to review by 31 March", "Neglect toolkit: review", "CH", "31 March"),
    ("Dataset – CH to bring to next meeting", "Dataset – bring", "CH", "next meeting"),
    ("the chair of L&D to plan training by 30 June", "Plan training", "the chair of L&D", "30 June"),
    ("The ICB to share data by 31 March", "Share data", "The ICB", "31 March"),
    ("Update the website – Cleo, 12 March", "Update the website", "Cleo", "12 March"),
    ("Update the website - CH", "Update the website", "CH", ""),
    ("Toolkit to be reviewed by CH by 31 March", "Toolkit to be reviewed", "CH", "31 March"),
    ("Toolkit to be reviewed by 31 March by CH", "Toolkit to be reviewed", "CH", "31 March"),
    ("Section 11 audit to be completed by April 2027", "Section 11 audit", "", "April 2027"),
    ("By 31 March, CH to report back", "Report back", "CH", "31 March"),
    ("CH/BC to meet by 31 January", "Meet", "CH, BC", "31 January"),
    ("CH and Ben to draft a letter by 31 January", "Draft a letter", "CH, Ben", "31 January"),
    ("Cleo with Amina to draft a letter", "Draft a letter", "Cleo, Amina", ""),
    ("<@U0CLEO> <@U0BEN> to call the school", "Call the school", "<@U0CLEO>, <@U0BEN>", ""),
    ("<@U0CLEO> to call the school by 1 February", "Call the school", "<@U0CLEO>", "1 February"),
    ("@cleo: send the form by 1 February", "Send the form", "cleo", "1 February"),
    ("CH: circulate the minutes", "Circulate the minutes", "CH", ""),
    ("CH agreed to circulate the minutes", "Circulate the minutes", "CH", ""),
    ("Fay O'Brien to ask O’Brien's team", "Ask O’Brien's team", "Fay O'Brien", ""),
    ("XY to chase returns by end of March", "Chase returns", "XY", "end of March"),
    ("Zed Smith to review the plan by 31 March", "Review the plan", "Zed Smith", "31 March"),
    ("Send the letter owner:cleo due:31 March", "Send the letter", "cleo", "31 March"),
    ("CH to review the plan when the policy is agreed", "Review the plan", "CH", "when the policy is agreed"),
    ("CH to keep the plan under review – ongoing", "Keep the plan under review", "CH", "ongoing"),
    ("The group noted progress. CH to send the report.", "The group noted progress. Send the report", "CH", ""),
    ("Review toolkit\tCH\t31 March", "Review toolkit", "CH", "31 March"),
    ("Review toolkit | Cleo Hart | next meeting", "Review toolkit", "Cleo Hart", "next meeting"),
    ("| Review toolkit | Cleo Hart | 31 March |", "Review toolkit", "Cleo Hart", "31 March"),
    ("4.1\tReview thresholds\tBen Carter\tnext meeting\tOpen", "Review thresholds", "Ben Carter", "next meeting"),
    ("CH\tReview thresholds\t31/3/26\tIn progress", "Review thresholds", "CH", "31/3/26"),
    ("7\tReview thresholds\tZed Smith\tTBC", "Review thresholds", "Zed Smith", ""),
    ("Letter to schools about attendance", "Letter to schools about attendance", "", ""),
    ("Agreed to continue monthly audits", "Agreed to continue monthly audits", "", ""),
    ("Members to send returns", "Members to send returns", "", ""),
    ("Ask 3 schools to join: 10 places", "Ask 3 schools to join: 10 places", "", ""),
    ("review\u00a0the  plan", "Review the plan", "", ""),
)


@pytest.mark.parametrize(("line", "words", "who", "when"), LINES, ids=[line for line, *_ in LINES])
def test_a_line_says_what_is_to_be_done_by_whom_and_when(line: str, words: str, who: str, when: str) -> None:
    ((found,), aside) = (minutes.read(line, CALENDAR, knows).actions, minutes.read(line, CALENDAR, knows).aside)
    assert (found.words, ", ".join(found.who), found.when) == (words, who, when)
    assert aside == ()


@pytest.mark.parametrize("line", [line for line, *_ in LINES])
def test_what_the_preview_shows_is_read_the_same_again(line: str) -> None:
    (first,) = minutes.read(line, CALENDAR, knows).actions
    assert minutes.action(first.shown, CALENDAR, knows) == first


WHOLE = """SAFEGUARDING EFFECTIVENESS SUBGROUP
Minutes of the meeting of 8 January 2026

1. Welcome and apologies
2. Neglect toolkit
   - CH to review the toolkit
     and report back by next meeting
   - BC to write to schools
3. MASH
Review the thresholds
Action: Ben Carter by 31 March

Audit the referrals
Owner: Cleo Hart
By when: 30 April
cleo to ask the police
for their data by 1 February
ben to call them
Action\tOwner\tDue
Update the plan\tCH\t31 March
Any other business
None
"""


def test_a_whole_paste_is_put_together_and_headings_are_left_aside() -> None:
    found = minutes.read(WHOLE, CALENDAR, knows)
    assert [(each.words, ", ".join(each.who), each.when) for each in found.actions] == [
        ("Review the toolkit and report back", "CH", "next meeting"),
        ("Write to schools", "BC", ""),
        ("Review the thresholds", "Ben Carter", "31 March"),
        ("Audit the referrals", "Cleo Hart", "30 April"),
        ("Ask the police for their data", "cleo", "1 February"),
        ("Call them", "ben", ""),
        ("Update the plan", "CH", "31 March"),
    ]
    assert found.aside == (
        *("SAFEGUARDING EFFECTIVENESS SUBGROUP", "Minutes of the meeting of 8 January 2026", "Welcome and apologies"),
        *("Neglect toolkit", "MASH", "Action | Owner | Due", "Any other business", "None"),
    )


def test_where_actions_are_marked_other_lines_are_notes() -> None:
    text = "Members discussed the strategy and welcomed it.\nAction: CH to circulate it\nAction: review the plan"
    found = minutes.read(text, CALENDAR, knows)
    assert [each.words for each in found.actions] == ["Circulate it", "Review the plan"]
    assert found.aside == ("Members discussed the strategy and welcomed it.",)


def test_without_marks_a_line_that_may_be_an_action_is_kept() -> None:
    found = minutes.read("Review the plan\r\n\r\n\tand the budget\nShare the data", CALENDAR, knows)
    assert [each.words for each in found.actions] == ["Review the plan", "And the budget", "Share the data"]


@pytest.mark.parametrize(
    "text",
    ["Cleo Hart\nCH, BC\n31 March", "", " \n\t\n", "Actions:\n", "| | |\n---\n•\n1.", "AGENDA\n\nApologies: none"],
)
def test_nothing_is_found_where_nothing_is(text: str) -> None:
    assert minutes.read(text, CALENDAR, knows).actions == ()


@pytest.mark.parametrize(
    "piece",
    ["a b\n", "abc: d e\n", "a. b. ", ": ", "– ", "by ", "( ", "CH, ", "owner: ", "| ", "1. ", "x", "<@", "CH to "],
)
def test_odd_text_takes_no_long_time(piece: str) -> None:
    began = time.perf_counter()
    minutes.read((piece * 8000)[:8000], CALENDAR, knows)
    assert time.perf_counter() - began < 10


@given(st.text(alphabet="CH Ben to by31Marc\n\t|:;,.–-()[]@<>•&/'", max_size=200))
def test_no_word_is_lost_and_nothing_breaks(text: str) -> None:
    found = minutes.read(text, CALENDAR, knows)
    for each in found.actions:
        assert each.shown.strip() == each.shown
        assert each.words or each.who or each.when
