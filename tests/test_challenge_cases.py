"""What is no challenge: disagreement about one child's or family's case. Ordinary challenges must pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifbot.policy.cases import is_about_a_case
from tests import challenge_sentences as halves
from tests.ordinary_sentences import ORDINARY as ACTIONS

ORDINARY = """
How do you know that supervision reaches night staff?
Attendance of health at strategy meetings has been below half for two quarters
How is the child's voice heard in your single agency audits?
What has changed since the neglect review, and how would a child notice?
Why do thresholds differ between the districts?
Decisions at strategy meetings are not sent to schools within a day
The quality of child protection plans varies between teams
Each child's plan should be shared with the school; how do you check that?
Audits do not show whether the child was seen alone
Section 11 returns were late for the second year
How are threshold decisions recorded when agencies disagree?
Police notifications reach schools after the school day has begun
The training offer for 16 and 17 year olds in care is not known to GPs
Case audits show that fathers are seldom included; what will you do?
This case audit programme has no agreed sample
What assurance is there that this family hub offer reaches rural areas?
Families say that they tell their story several times
The family was at the heart of the review's questions: where are the answers?
How does the ICB assure itself that learning from reviews reaches dental practices?
Private fostering notifications have fallen to none
The data on children missing from education is a year old
Health visitors are not invited to core groups
Referral forms are returned without a reason given
We ask how the outcome of referrals is told to those who referred
The referral pathway for sexual abuse is not understood by schools
Do staff know how to use the escalation policy?
The response to the thematic audit of neglect has no success criteria
Child protection conferences are held without reports from adult services
How many practitioners have read the briefing on information sharing?
Why were three actions of the audit plan extended twice?
The group has not met since January
Your agency's learning link post has been vacant for six months
How do you test whether safety plans work for children with disabilities?
The dataset for the partnership has no figures from probation
We see no evidence that recommendations about bruising in babies are embedded
Serious case review learning from 2019 is not in induction
Strategy discussions take place without health in a third of cases
What would make decisions about thresholds more consistent?
Please show how the lived experience of a child shapes supervision
The threshold document is out of date and needs to be agreed again
We do not accept that the action on supervision is complete
Mothers' and fathers' views are missing from the annual report
What proportion of referrals result in no further action, and is this decision tested?
Can the police show that officers see every child at a domestic abuse incident?
We are concerned that decisions not to convene a strategy meeting are not reviewed by a manager
The multi-agency audit found that a child's history was missing from referrals; what have you done?
The council closed two family hubs without telling partners
Health closed the clinic that saw babies under one
We dispute the figures for repeat referrals in the annual report
Learning from the case of Baby P is still taught; what of newer reviews?
Is the outcome for the child recorded in all audits?
""".strip().splitlines()
CASES = """
We disagree with the threshold decision about a child
This family should be on a child protection plan
Social care closed the case without telling the school
A 7 year old was not seen at home
The strategy meeting decision was wrong
We do not accept the outcome of the strategy meeting on Tuesday
Please reconsider the decision not to accept our referral for the boy
The referral for a child was rejected twice
The child should not have been stepped down
Mum is not engaging and nobody acts
His social worker does not return calls about the child's plan
We disagree with the plan for this child
The decision for the baby to return home is unsafe
This child's case needs to be escalated
The health visitor disagrees with the child protection conference decision
They refused to accept the case
Her family was told nothing
The young person has been placed far away against our advice
We want the decision about a family we work with reversed
Dad has moved back in and social care will not act on our referral
The decision to end the child protection plan for these siblings is wrong
Our health visitor is worried about a baby and the referral was closed
The core group could not agree on the plan for the twins
The social worker has not visited the family for six weeks
Grandmother cannot keep him safe and the decision must be changed
""".strip().splitlines()


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_challenge_passes(text: str) -> None:
    assert not is_about_a_case(text)


@pytest.mark.parametrize("text", CASES)
def test_a_disagreement_about_a_case_is_seen(text: str) -> None:
    assert is_about_a_case(text)


def test_what_partnerships_log_as_actions_passes_too() -> None:
    assert len(ORDINARY) >= 50
    assert [text for text in ACTIONS if is_about_a_case(text)] == []


def test_fresh_sentences_of_both_kinds_are_told_apart_as_the_docs_say() -> None:
    """The halves it was made better on, and those it was not: no ordinary challenge is refused."""
    for ordinary in (halves.CHALLENGES_SEEN, halves.CHALLENGES_UNSEEN, halves.NEAR):
        assert [text for text in ordinary if is_about_a_case(text)] == []
    missed = [sum(not is_about_a_case(text) for text in some) for some in (halves.CASES_SEEN, halves.CASES_UNSEEN)]
    said = Path("docs/guard.md").read_text(encoding="utf-8")
    for words, count in zip(("it was made better on", "it was not"), missed, strict=True):
        assert f"| a disagreement about a case missed, in the half that {words} | 30 | {count} |" in said
