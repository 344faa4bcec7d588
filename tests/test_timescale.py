"""Timescales as people type them: what they become, or what is asked (rulings 7 and 8)."""

from datetime import date

import pytest

from lifbot.timescale import Calendar, DueDate, MeetingDate, Question, common, read, take_from

THURSDAY = date(2026, 2, 12)
SE = ("Safeguarding Effectiveness Subgroup", "SE")
LD = ("Learning & Development Subgroup", "L&D", "LD")
MEETINGS = (
    MeetingDate("se", SE, 1, date(2026, 3, 12)),
    MeetingDate("se", SE, 2, date(2026, 5, 14)),
    MeetingDate("ld", LD, 3, date(2026, 4, 21)),
    MeetingDate("se", SE, 4, date(2026, 9, 10)),
    MeetingDate("ld", LD, 5, date(2026, 9, 22)),
)
CALENDAR = Calendar(THURSDAY, "se", MEETINGS)
NO_MEETINGS = Calendar(THURSDAY, "se", ())

DATES = [
    # ISO, the way scripts and buttons say it
    ("2026-03-31", "2026-03-31"),
    ("2026-03-01", "2026-03-01"),
    ("2026-03-31T10:00", "2026-03-31"),
    ("2026-03-31 10:00:00+01:00", "2026-03-31"),
    ("2026/03/31", "2026-03-31"),
    # numbers: the day before the month, always
    ("31/3", "2026-03-31"),
    ("3/4", "2026-04-03"),
    ("31.3", "2026-03-31"),
    ("31.03.26", "2026-03-31"),
    ("3/4/26", "2026-04-03"),
    ("31/03/2026", "2026-03-31"),
    ("31 / 3 / 2026", "2026-03-31"),
    ("31-03-2026", "2026-03-31"),
    ("by 31/3", "2026-03-31"),
    ("12/2", "2026-02-12"),
    ("11/2", "2027-02-11"),
    ("1/1", "2027-01-01"),
    # names
    ("9th June", "2026-06-09"),
    ("9 June", "2026-06-09"),
    ("June 9th", "2026-06-09"),
    ("June 9, 2026", "2026-06-09"),
    ("the 9th of June 2026", "2026-06-09"),
    ("the 3 rd May", "2026-05-03"),
    ("Fri 6 Nov 2026 5pm", "2026-11-06"),
    ("Friday, 6th November 2026 at 17:00", "2026-11-06"),
    ("6 Nov 2026 (Friday)", "2026-11-06"),
    ("Tuesday 3rd March 2026, noon", "2026-03-03"),
    ("Weds 18 Feb", "2026-02-18"),
    ("31-Mar-26", "2026-03-31"),
    ("31Mar2026", "2026-03-31"),
    ("31 Mar '26", "2026-03-31"),
    ("31 MARCH", "2026-03-31"),
    ("27 Feb", "2026-02-27"),
    ("March 5", "2026-03-05"),
    ("Feb 27th", "2026-02-27"),
    ("12 February", "2026-02-12"),
    ("11 February", "2027-02-11"),
    ("the first of April 2027", "2027-04-01"),
    ("31 March at 10.30am", "2026-03-31"),
    ("by close of play on 31 March", "2026-03-31"),
    ("31 March 30 schools", "2026-03-31"),
    ("no later than 31 March", "2026-03-31"),
    ("31 March (31/3/2026)", "2026-03-31"),
    ("29 February 2028", "2028-02-29"),
    ("end of March 26", "2026-03-31"),
    ("the 1st of next month", "2026-03-01"),
    ("the last Friday of March", "2026-03-27"),
    ("first Monday in May 2026", "2026-05-04"),
    ("last working day of May 2026", "2026-05-29"),
    # a month is its last day
    ("March", "2026-03-31"),
    ("Sept", "2026-09-30"),
    ("February", "2026-02-28"),
    ("January", "2027-01-31"),
    ("by April", "2026-04-30"),
    ("Feb 2027", "2027-02-28"),
    ("Feb '27", "2027-02-28"),
    ("February 2028", "2028-02-29"),
    ("9/2026", "2026-09-30"),
    ("2026-09", "2026-09-30"),
    ("end of March", "2026-03-31"),
    ("by the end of April 2027", "2027-04-30"),
    ("this March", "2026-03-31"),
    ("next January", "2027-01-31"),
    # one clear date in a phrase; an absolute date beats a relative one
    ("policy in place by April 2027", "2027-04-30"),
    ("March 2027 as the plan says", "2027-03-31"),
    ("in 4 months, i.e. by Sept 2026", "2026-09-30"),
    ("ongoing, review 31 March 2027", "2027-03-31"),
    ("autumn 2026, by 30 November", "2026-11-30"),
    ("Q3 (by 31 December 2026)", "2026-12-31"),
    ("24 hour cover by April 2027", "2027-04-30"),
    # quarters, months and years
    ("end of Q3 2026/27", "2026-12-31"),
    ("Q3 2026/27", "2026-12-31"),
    ("Q4 2025-26", "2026-03-31"),
    ("2026/27 Q1", "2026-06-30"),
    ("the third quarter of 2026/27", "2026-12-31"),
    ("end of 2026/27", "2027-03-31"),
    ("end of FY 2026/27", "2027-03-31"),
    ("end of the financial year", "2026-03-31"),
    ("end of next financial year", "2027-03-31"),
    ("end of the calendar year", "2026-12-31"),
    ("end of 2027", "2027-12-31"),
    ("end of quarter", "2026-03-31"),
    ("by the end of the quarter", "2026-03-31"),
    ("end of next quarter", "2026-06-30"),
    ("end of the month", "2026-02-28"),
    ("month end", "2026-02-28"),
    ("end of next month", "2026-03-31"),
    ("next month", "2026-03-31"),
    # counted from today
    ("within three months", "2026-05-12"),
    ("three months from today", "2026-05-12"),
    ("3 months", "2026-05-12"),
    ("6 mths", "2026-08-12"),
    ("in six weeks", "2026-03-26"),
    ("in six weeks' time", "2026-03-26"),
    ("2 wks", "2026-02-26"),
    ("in a month", "2026-03-12"),
    ("in a fortnight", "2026-02-26"),
    ("10 days", "2026-02-22"),
    ("within twenty-one days", "2026-03-05"),
    ("in thirty days", "2026-03-14"),
    ("within 20 working days", "2026-03-12"),
    ("within 5 working days", "2026-02-19"),
    ("within one working day", "2026-02-13"),
    ("next working day", "2026-02-13"),
    ("within a year", "2027-02-12"),
    ("a year from now", "2027-02-12"),
    ("today", "2026-02-12"),
    ("tomorrow", "2026-02-13"),
    ("3 months max", "2026-05-12"),
    ("COP Friday", "2026-02-13"),
    ("looked after children audited by 31 March", "2026-03-31"),
    ("the day after tomorrow", "2026-02-14"),
    ("Friday", "2026-02-13"),
    ("by close of play Friday", "2026-02-13"),
    ("this coming Monday", "2026-02-16"),
    ("next Thursday", "2026-02-19"),
    ("Friday of next week", "2026-02-20"),
    ("next week Tuesday", "2026-02-17"),
]


@pytest.mark.parametrize(("said", "on"), DATES)
def test_a_timescale_that_is_clear_becomes_its_date(said: str, on: str) -> None:
    found = read(said, CALENDAR)
    assert isinstance(found, DueDate), found
    assert found.on == date.fromisoformat(on)
    assert found.how
    assert found.meeting_id is None


HELD = [
    ("next meeting", 1),
    ("Next Meeting.", 1),
    ("at the next meeting", 1),
    ("before the next meeting", 1),
    ("next scheduled meeting of the subgroup", 1),
    ("next SE meeting", 1),
    ("next Safeguarding Effectiveness meeting", 1),
    ("next meeting, 12 March", 1),
    ("next meeting (12 March 2026)", 1),
    ("meeting on 2026-03-12", 1),
    ("the 14 May meeting", 2),
    ("the meeting after next", 2),
    ("next but one meeting", 2),
    ("next meeting of L&D", 3),
    ("next l&d meeting", 3),
    ("next LD meeting", 3),
    ("next Learning and Development Subgroup meeting", 3),
    ("at the next meeting of the Learning & Development Subgroup", 3),
    ("L&D meeting on 21 April", 3),
    ("the September meeting", 4),
    ("the September 2026 meeting", 4),
    ("next meeting in September", 4),
    ("the L&D September meeting", 5),
    ("the September meeting of L&D", 5),
    ("next L&D meeting in September", 5),
]


@pytest.mark.parametrize(("said", "meeting"), HELD)
def test_a_meeting_is_found_and_kept_hold_of(said: str, meeting: int) -> None:
    found = read(said, CALENDAR)
    assert isinstance(found, DueDate), found
    assert found.meeting_id == meeting
    assert found.on == next(each.at for each in MEETINGS if each.id == meeting)


# What is unclear, a word of the question, and answers that must be among the choices.
QUESTIONS = [
    ("Feb 27", "end of February 2027", "2026-02-27 2027-02-28"),
    ("February 27", "end of February 2027", "2026-02-27 2027-02-28"),
    ("March 31", "end of March 2031", "2026-03-31 2031-03-31"),
    ("3/27", "no month 27", "2026-03-27 2027-03-31"),
    ("April/May 2026", "two dates", "2026-04-30 2026-05-31"),
    ("April or May", "two dates", "2026-04-30 2026-05-31"),
    ("30 April or 31 May", "two dates", "2026-04-30 2026-05-31"),
    ("1-5 May 2026", "two dates", "2026-05-01 2026-05-05"),
    ("between 1 and 5 May", "two dates", "2026-05-01 2026-05-05"),
    ("Ben by 3 May and Cleo by 9 June", "more than one date", "2026-05-03 2026-06-09"),
    ("31/3/26-30/4/26", "more than one date", "2026-03-31 2026-04-30"),
    ("31 March or in six weeks", "more than one date", "2026-03-31 2026-03-26"),
    ("next meeting or 31 March", "more than one date", "2026-03-12 2026-03-31"),
    ("in 2-3 weeks", "range", "2026-02-26 2026-03-05"),
    ("6/8 weeks", "cannot read", ""),
    ("two to three months", "range", "2026-04-12 2026-05-12"),
    ("October 2026 (funding permitting)", "depends", "2026-10-31"),
    ("31 March 2026 subject to approval", "depends", "2026-03-31"),
    ("when the policy is agreed", "depends", "2026-03-12"),
    ("once the policy is agreed", "depends", ""),
    ("as required", "depends", ""),
    ("as and when needed", "depends", ""),
    ("if funding allows", "depends", ""),
    ("after the inspection", "depends", ""),
    ("after the next meeting", "depends", "2026-03-12"),
    ("two weeks before the next meeting", "counts from", "2026-03-12"),
    ("3 months from agreement", "counts from", ""),
    ("within one month of the review", "counts from", ""),
    ("the 20th of the month after next", "depends", ""),
    ("Mar-26", "end of March 2026", "2026-03-26 2026-03-31"),
    ("the March board meeting", "no group", "2026-03-12"),
    ("at least six weeks", "no latest date", "2026-03-26"),
    ("not before April 2027", "no latest date", "2027-04-30"),
    ("w/c 16 March 2026", "whole week", "2026-03-16"),
    ("autumn 2026", "not one day", "2026-09-30 2026-11-30"),
    ("autumn", "not one day", "2026-11-30"),
    ("winter 2026", "not one day", "2026-12-31 2027-02-28"),
    ("spring term", "not one day", "2026-03-31"),
    ("end of term", "differs", "2026-03-31"),
    ("early 2027", "not one day", "2027-03-31"),
    ("2027", "not one day", "2027-12-31"),
    ("2026/27", "not one day", "2027-03-31"),
    ("mid-March", "not one day", "2026-03-13"),
    ("early April 2027", "not one day", "2027-04-30"),
    ("first week of May", "not one day", "2026-05-07"),
    ("before April 2027", "not one day", "2027-03-31 2027-04-30"),
    ("from April", "not one day", "2026-04-01 2026-04-30"),
    ("next March", "this year or next", "2026-03-31 2027-03-31"),
    ("Q3", "October to December or July to September", "2026-12-31 2026-09-30"),
    ("end of Q3", "October to December or July to September", "2026-12-31 2026-09-30"),
    ("Q3 2026", "October to December or July to September", "2026-12-31 2026-09-30"),
    ("Q4 2026", "January to March or October to December", "2027-03-31 2026-12-31"),
    ("early Q3 2026/27", "not one day", "2026-10-31 2026-12-31"),
    ("end of the year", "more than one", "2026-12-31 2026-03-31"),
    ("year end", "more than one", "2026-12-31 2026-03-31"),
    ("end of the academic year", "not one day", "2026-07-31"),
    ("next year", "not one day", "2027-12-31"),
    ("next week", "not one day", "2026-02-20"),
    ("end of the week", "not one day", "2026-02-13"),
    ("next Friday", "more than one day", "2026-02-13 2026-02-20"),
    ("Thursday", "more than one day", "2026-02-12 2026-02-19"),
    ("by the 14th", "no month", "2026-02-14 2026-03-14"),
    ("within the month", "more than one date", ""),
    ("within the next month", "more than one date", ""),
    ("within 48 hours", "hours", "2026-02-14"),
    ("31 February", "There is no “31 February”", "2026-02-28"),
    ("31 June", "There is no “31 June”", "2026-06-30"),
    ("31/6", "There is no “31/6”", "2026-06-30"),
    ("29 February", "this year or next", "2026-02-28"),
    ("29/2/2027", "There is no", "2027-02-28"),
    ("12/31/2026", "no month 31", "2026-12-31"),
    ("Friday 5 November 2026", "is a Thursday, not a Friday", "2026-11-05 2026-11-06"),
    ("Mon 31 March", "is a Tuesday, not a Monday", "2026-03-31 2026-03-30"),
    ("immediately", "next working day", "2026-02-13"),
    ("ASAP", "next working day", "2026-02-13"),
    ("as soon as possible", "next working day", "2026-02-13"),
    ("urgently", "next working day", "2026-02-13"),
    ("straight away", "next working day", "2026-02-13"),
    ("ongoing", "alone cannot be saved", "2026-03-12 2026-08-12"),
    ("On-going", "alone cannot be saved", ""),
    ("continuous", "alone cannot be saved", ""),
    ("rolling", "alone cannot be saved", ""),
    ("on a six-monthly basis", "first be reviewed", "2026-08-12"),
    ("every quarter", "first be reviewed", "2026-05-12"),
    ("every six weeks", "first be reviewed", "2026-03-26"),
    ("monthly", "first be reviewed", "2026-03-12"),
    ("annually", "first be reviewed", "2027-02-12"),
    ("twice a year", "first be reviewed", "2026-08-12"),
    ("bi-annual", "first be reviewed", "2026-08-12 2028-02-12"),
    ("Tuesday 4th March 2025, noon", "already passed", "2026-02-13 2026-03-12 2026-03-04"),
    ("31 March 2025", "already passed", "2026-03-31"),
    ("2025-03-31", "already passed", "2026-02-13"),
    ("March 2025", "already passed", "2026-03-31"),
    ("agreed 3 March 2025, due 31 March 2027", "more than one date", "2027-03-31"),
    ("31 March 2037", "more than 10 years", ""),
    ("in 20 years", "more than 10 years", ""),
    ("in 999999 working days", "more than 10 years", ""),
    ("the July meeting", "no meeting in July 2026", "2026-03-12 2026-05-14"),
    ("next Board meeting", "no group", "2026-03-12"),
    ("next meeting of the Executive", "no group", "2026-03-12"),
    ("at the meeting", "any meeting", "2026-03-12 2026-05-14"),
    ("TBC", "not a date yet", "2026-03-12"),
    ("TBD", "not a date yet", ""),
    ("31 March 2026 (tbc)", "not a date yet", "2026-03-31"),
    ("", "When should it be done", "2026-03-12"),
    (" \0\t", "When should it be done", ""),
    ("soon", "many dates", ""),
    ("in due course", "many dates", ""),
    ("gibberish", "cannot read", "2026-03-12"),
    ("third sector", "cannot read", ""),
    ("the group may agree", "cannot read", ""),
    ("31 March " * 60, "too long", ""),
]


@pytest.mark.parametrize(("said", "why", "answers"), QUESTIONS)
def test_what_is_unclear_is_asked_about(said: str, why: str, answers: str) -> None:
    asked = read(said, CALENDAR)
    assert isinstance(asked, Question), asked
    assert why in asked.why
    offered = [read(choice.says, CALENDAR) for choice in asked.choices]
    days = [found.on for found in offered if isinstance(found, DueDate)]
    assert len(days) == len(asked.choices) > 0
    assert {date.fromisoformat(answer) for answer in answers.split()} <= set(days)


def test_immediately_offers_the_next_working_day_first() -> None:
    asked = read("immediately", Calendar(date(2026, 4, 2), None, ()))
    assert isinstance(asked, Question)
    assert (asked.choices[0].label, asked.choices[0].says) == ("Next working day (7 April 2026)", "2026-04-07")


def test_the_question_quotes_what_was_typed() -> None:
    asked = read("When the MASH Policy is agreed", CALENDAR)
    assert isinstance(asked, Question)
    assert asked.why.startswith("“When the MASH Policy is agreed” ")


def test_the_common_answers() -> None:
    assert [choice.label for choice in common(CALENDAR)] == [
        "Next meeting (12 March 2026)",
        "In a month (12 March 2026)",
        "End of quarter (31 March 2026)",
    ]
    assert [choice.says for choice in common(CALENDAR)] == ["next meeting", "2026-03-12", "2026-03-31"]
    assert [choice.says for choice in common(NO_MEETINGS)] == ["2026-03-12", "2026-03-31"]
    last = Calendar(date(2026, 3, 31), None, ())
    assert [choice.says for choice in common(last)] == ["2026-04-30", "2026-06-30"]


@pytest.mark.parametrize("said", ["next meeting", "the meeting after next", "the September meeting", "today's meeting"])
def test_a_meeting_that_is_not_planned_is_asked_about(said: str) -> None:
    for calendar in (NO_MEETINGS, Calendar(THURSDAY, None, MEETINGS)):
        asked = read(said, calendar)
        assert isinstance(asked, Question)
        assert "no meeting" in asked.why


def test_on_the_day_of_a_meeting_it_is_asked_whether_today_is_meant() -> None:
    calendar = Calendar(date(2026, 3, 12), "se", MEETINGS)
    asked = read("next meeting", calendar)
    assert isinstance(asked, Question)
    assert [choice.label for choice in asked.choices][:2] == ["Meeting on 12 March 2026", "Meeting on 14 May 2026"]
    found = [read(choice.says, calendar) for choice in asked.choices]
    assert [each.meeting_id for each in found if isinstance(each, DueDate)] == [1, 2, 4]
    today = read("today's meeting", calendar)
    assert isinstance(today, DueDate)
    assert today.meeting_id == 1


def test_two_meetings_in_one_month_are_both_offered() -> None:
    calendar = Calendar(THURSDAY, "se", (*MEETINGS, MeetingDate("se", SE, 9, date(2026, 9, 24))))
    asked = read("the September meeting", calendar)
    assert isinstance(asked, Question)
    found = [read(choice.says, calendar) for choice in asked.choices]
    assert [each.meeting_id for each in found if isinstance(each, DueDate)] == [4, 9]


def test_another_groups_meetings_are_offered_in_words_that_find_them_again() -> None:
    asked = read("the June meeting of L&D", CALENDAR)
    assert isinstance(asked, Question)
    found = [read(choice.says, CALENDAR) for choice in asked.choices[:2]]
    assert [each.meeting_id for each in found if isinstance(each, DueDate)] == [3, 5]


TAKEN = [
    ("@cleo to audit MASH thresholds by 31 March", "@cleo to audit MASH thresholds", "31 March"),
    ("audit MASH thresholds by 31 March", "audit MASH thresholds", "31 March"),
    ("audit MASH thresholds by hand by 31 March.", "audit MASH thresholds by hand", "31 March"),
    ("audit thresholds in schools by the end of March 2026", "audit thresholds in schools", "the end of March 2026"),
    ("audit thresholds, due 31/3", "audit thresholds", "31/3"),
    ("Audit thresholds due by Fri 6 Nov 2026 5pm", "Audit thresholds", "Fri 6 Nov 2026 5pm"),
    ("audit thresholds no later than 31 March", "audit thresholds", "31 March"),
    ("audit thresholds (by 31 March)", "audit thresholds", "31 March"),
    ("audit thresholds before 31 March", "audit thresholds", "before 31 March"),
    ("audit thresholds within three months", "audit thresholds", "within three months"),
    ("audit thresholds within 20 working days", "audit thresholds", "within 20 working days"),
    ("audit thresholds in six weeks", "audit thresholds", "in six weeks"),
    ("audit thresholds in 4 months, i.e. by Sept 2026", "audit thresholds", "in 4 months, i.e. by Sept 2026"),
    ("report back at the next meeting", "report back", "the next meeting"),
    ("prepare a paper for the September meeting", "prepare a paper", "the September meeting"),
    ("prepare a paper for the next meeting of L&D", "prepare a paper", "the next meeting of L&D"),
    ("report progress next meeting", "report progress", "next meeting"),
    ("report progress next L&D meeting", "report progress", "next L&D meeting"),
    ("audit thresholds immediately", "audit thresholds", "immediately"),
    ("audit thresholds ASAP", "audit thresholds", "ASAP"),
    ("audit thresholds at once", "audit thresholds", "at once"),
    ("promote the pathway, ongoing", "promote the pathway", "ongoing"),
    ("sample ten cases on a six-monthly basis", "sample ten cases", "on a six-monthly basis"),
    ("train all staff when the policy is agreed", "train all staff", "when the policy is agreed"),
    ("train all staff as required", "train all staff", "as required"),
    ("train all staff by October 2026 (funding permitting)", "train all staff", "October 2026 (funding permitting)"),
    ("train all staff by March 2027 as the plan says", "train all staff", "March 2027 as the plan says"),
    ("train all staff by April/May 2026", "train all staff", "April/May 2026"),
    ("train all staff by 3 May and by 9 June", "train all staff", "3 May and by 9 June"),
    ("train all staff in autumn 2026", "train all staff", "in autumn 2026"),
    ("train all staff by Q3", "train all staff", "Q3"),
    ("train all staff by 31 March 2025", "train all staff", "31 March 2025"),
    ("train all staff on Friday", "train all staff", "Friday"),
    ("run the campaign until 31 March", "run the campaign", "until 31 March"),
    ("audit thresholds by Friday", "audit thresholds", "Friday"),
]


@pytest.mark.parametrize(("text", "left", "said"), TAKEN)
def test_a_timescale_is_taken_off_the_end_of_a_sentence(text: str, left: str, said: str) -> None:
    assert take_from(text, CALENDAR) == (left, said)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "by 31 March",
        "audit MASH thresholds",
        "audit MASH thresholds by hand",
        "audit thresholds in schools",
        "share learning with partners by email",
        "share the learning from 2024",
        "review cases held in 2025",
        "tell schools what to do when a child is missing",
        "audit the first two weeks before the next meeting",
        "by 31 March audit MASH thresholds",
        "write guidance for May",
        "report on Q3",
        "learn from the review within the team",
        "respond to the section 11 audit",
        "make sure that support is ongoing",
    ],
)
def test_a_sentence_without_a_timescale_is_left_alone(text: str) -> None:
    assert take_from(text, CALENDAR) is None
