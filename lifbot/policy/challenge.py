"""Challenges: where one stands, what is for the agenda, and what is a disagreement about a child's case instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a challenge stands, in the words of the log."""

    WAITING = "waiting for a response"
    RESPONDED = "responded"
    REMAINS = "remains"
    DISCUSSED = "discussed, to be decided"
    WITH_CHAIR = "with the partnership chair"
    DECIDED = "decided by the partnership chair"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


LIVING = (State.WAITING, State.RESPONDED, State.REMAINS, State.DISCUSSED, State.WITH_CHAIR, State.DECIDED)
TALKED_OF = tuple(each for each in LIVING if each is not State.WAITING)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides where a challenge stands."""

    is_withdrawn: bool
    has_response: bool
    outcome: str | None  # resolved, remains
    discussed_on: date | None
    escalated: bool
    waits: bool  # for somebody to say whether it is resolved
    decided: bool = False  # by every partnership chair who was asked


def state(facts: Standing) -> State:
    """Say where a challenge stands."""
    if facts.is_withdrawn:
        return State.WITHDRAWN
    if facts.outcome == "resolved":
        return State.RESOLVED
    if facts.escalated and not facts.decided:
        return State.WITH_CHAIR
    if facts.decided and facts.outcome == "remains":
        return State.DECIDED
    if facts.outcome == "remains":
        return State.DISCUSSED if facts.discussed_on and facts.waits else State.REMAINS
    return State.RESPONDED if facts.has_response else State.WAITING


def is_for_agenda(stands: State, due_on: date, meeting_on: date) -> bool:
    """Say whether a meeting is to speak of a challenge: it was answered or remains, or its date is there."""
    return stands in TALKED_OF or (stands is State.WAITING and due_on <= meeting_on)


def counted(states: Iterable[State]) -> str:
    """The progress over the challenges that were set: "5 set: 1 responded, 4 resolved"."""
    counts: Counter[State] = Counter(each for each in states if each is not State.WITHDRAWN)
    parts = [f"{counts[each]} {each}" for each in State if counts[each]]
    return f"{counts.total()} set: {', '.join(parts)}" if parts else "none set"


ONE = r"(?:child|boy|girl|baby|infant|toddler|teenager|young\s+person|sibling|pupil|family)"
NO_ONE = (  # what makes a child or a case part of a name: "this child protection audit", "the case review"
    r"(?!['’]s)(?!\s+(?:protection|in\s+need|hubs?|support|law|courts?|help|centres?|nurses?|audits?|reviews?|stud(?:y|ies)|loads?|conferences?"
    r"|notes|records?|recording|management|files?|work|forms?|pathways?|process(?:es)?|rates?|routes?|numbers?|data|panels?|criteria|systems?"
    r"|health|death|deaths|sexual|criminal|poverty|exploitation|safeguarding|services?|welfare|practitioners?|approach|group|safety|examples?))"
)
WRONG = (
    r"(?:disagree\w*|disput\w+|wrong|unsafe|unhappy|reconsider\w*|overturn\w*|appeal\w*|revers\w+|object\w*|complain\w*"
    r"|(?:do(?:es)?\s+not|don['’]t|doesn['’]t|cannot|can['’]t)\s+(?:accept|agree))"
)
AT = (
    r"(?:strategy\s+(?:meeting|discussion)|(?:child\s+protection|case)\s+conference|core\s+group|threshold"
    r"|section\s*47|s47|referral)"
)
GONE = r"(?:stepped|closed|placed|removed|returned|left|sent|moved|taken|not\s+safe)"
ACT = (
    r"(?:clos(?:e|es|ed|ing)|closure\s+of|stepp?(?:ed|ing)?\s+down|re-?open(?:ed|ing)?|reject(?:ed|ing)?"
    r"|refus(?:e|ed|ing)\s+to\s+accept|accept)"
)
KIN = r"mum|dad|mother|father|gran(?:ny|dad|dma|dmother|dfather)?|nan|stepdad|stepfather|stepmother|aunt|uncle"
WORKER = r"social\s+worker|health\s+visitor|midwife|school\s+nurse|family\s+support\s+worker"
CASES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:this|his|her)\s+(?:(?:particular|specific|little|young|vulnerable|whole)\s+)*(?:{ONE}|case|referral)\b{NO_ONE}",
        rf"\bthis\s+(?:{ONE})['’]s\b",
        rf"\b(?:our|my)\s+(?:case|referral\s+(?:was|for|about|of))\b{NO_ONE}",
        rf"\b(?:decision|outcome)\b(?:\W+\w+){{0,6}}?\W+(?:about|for|on|regarding|concerning|of)\s+(?:a|an|one|the)\s+(?:[\w-]+\s+){{0,3}}?{ONE}\b{NO_ONE}",
        rf"\b(?:a|one|the)\s+{ONE}\b{NO_ONE}(?:\W+\w+){{0,6}}?\W+(?:was|were|is|being)\s+(?:refused|rejected|declined|stepped\s+down|turned\s+down)",
        rf"\b{WRONG}\b(?:\W+\w+){{0,7}}?\W+(?:decision|outcome|conclusion)\b(?:\W+\w+){{0,8}}?\W+{AT}\b",
        rf"\b{WRONG}\b(?:\W+\w+){{0,5}}?\W+(?:the|that|a)\s+{AT}\s+(?:decision|outcome)\b",
        rf"\b(?:the|that|a)\s+{AT}\s+(?:decision|outcome)\b(?:\W+\w+){{0,8}}?\W+{WRONG}\b",
        rf"\b{WRONG}\b(?:\W+\w+){{0,6}}?\W+(?:a|the|this)\s+child['’]s\s+(?:plan|placement|case)\b",
        r"\b\d{1,2}[-\s]?(?:year|yr|month|week)s?[-\s]?old\b(?!\s+(?:polic|guid|protocol|proced|agree|strateg|data|audit))",
        r"\b(?:the|his|her)\s+child['’]s\s+(?:plan|case|placement|social\s+worker|mother|father|parents?|carers?|file|name|referral|core\s+group)\b",
        rf"\b(?:{KIN})\s+(?:is|was|has|had|does|did|won['’]t|will|can(?:not|['’]t)?|refuse[sd]?|said|says)\b",
        r"\b(?:the|these|those)\s+(?:girls?|boys?|twins|siblings|toddler|teenager)\b" + NO_ONE,
        rf"\b(?:worried|concerned|anxious|worries)\s+(?:about|for)\s+(?:a|one|the)\s+{ONE}\b{NO_ONE}",
        r"\bparents?\s+of\s+(?:the|this)\s+(?:child|baby|young\s+person)\b",
        r"\b(?:the|our|my)\s+referral\s+(?:(?:was|is|has\s+been)\s+(?:closed|rejected|refused|declined|not\s+accepted)|last|yesterday|on)\b",
        rf"\b(?:the|a|his|her)\s+(?:{WORKER})\s+(?:has\s+not|hasn['’]t|did\s+not|didn['’]t|will\s+not|won['’]t|refuse[sd]?|said|says)\b",
        r"\bkeep(?:ing)?\s+(?:him|her)\s+safe\b",
        r"\bthe\s+family\s+(?:moved|lives?|(?:was|were)(?!\s+(?:at|in)\s+the\s+(?:heart|centre|focus))|should\s+(?:not\s+)?(?:be|have))\b",
        rf"\b{ACT}\s+(?:the|his|her|our|a|that)\s+(?:case|child|family)\b{NO_ONE}",
        r"\bthe\s+(?:child|boy|girl|baby|young\s+person)\s+(?:should\s+(?:not\s+)?(?:have|be\s+on|be\s+stepped|remain)|lives|disclosed|told\s+us)\b",
        rf"\bthe\s+(?:child|boy|girl|baby|young\s+person)\s+(?:was|has\s+been|had\s+been)\s+{GONE}\b",
    )
)


def is_about_a_case(text: str) -> bool:
    """Say whether words disagree about one child's or family's case, which no log of a partnership may hold."""
    return any(each.search(text) for each in CASES)
