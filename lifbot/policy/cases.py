"""What is no challenge but a disagreement about one child's or family's case: by shapes of words, never certain."""

from __future__ import annotations

import re

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


KID = (
    r"(?:child|boy|girl|baby|infant|toddler|newborn|unborn|teenager|lad|pupil|sister|brother|sibling|twin"
    r"|young\s+(?:person|woman|man))"
)
HOME = rf"(?:{KIN}|parent(?!s)|partner|stepdad|family|household|foster\s+carer)"
GENERAL = re.compile(  # words about how things usually are: then only what is plain above counts
    r"[:;]\s*(?:how|what|where|who|is|are|can|could)\b|^\W*(?:how|what|show|when|where|which|who|please\s+(?:explain|show|tell)|do(?:es)?|did|is|are|can|could|has|have"
    r"|we\s+(?:ask|would\s+like))\b"
    r"|\b(?:audit\w*|data\w*|figures?|rates?|numbers?|proportion|per\s*cent|quarter\w*|percentage|sampl\w+|survey\w*"
    r"|seldom|rarely|often|usually|always|sometimes|across|guidance|polic(?:y|ies)|protocols?|training|strateg(?:y|ies)(?!\s+(?:meet|disc))"
    r"|briefings?|reports?|recommendations?|serious\s+case|practice\s+reviews?|the\s+reviews?|subgroups?|workforce|commission\w*"
    r"|as\s+a\s+rule|in\s+general|most|many|few|majority|generally|template|pathways?|toolkit|model|learning\s+review|yet\s+part|majesty|assur\w+|(?:a|each|every|any)\s+(?:agency|practitioner|professional|school|child['’]?s?)(?!\s+(?:was|has|is)\b)"
    r"|(?:half|third|fifth|tenth|\w+\s+of\s+(?:ten|\d+))\s*(?:of|cases)?)\b|%",
    re.IGNORECASE,
)
OFFICE = re.compile(  # of whom "she" and "his" may be said
    r"\b(?:scrutineer|director|commissioner|chief|head\s*teacher|minister|councillor|judge|inspector|author|coroner|chairs?)\b"
    r"|\b(?:his|her|him|he|she)(?:\s+or\s+|/)(?:his|hers?|him|she|he)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:he|she|him|his|hers?)\b", re.IGNORECASE)
DAYS = (
    r"(?:(?:on|last)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|this\s+morning"
    r"|last\s+(?:night|week))"
)
DEED = (
    r"(?:referral|referred|strategy\s+(?:meeting|discussion)|discharge\s+(?:planning\s+)?meeting|home\s+visit"
    r"|case\s+conference)"
)
EVENT = re.compile(  # what is said of something that happened, or is to happen, once
    r"\b(?:was|were|had|has|have|did|didn['’]t|will\s+not|won['’]t|refus\w+|still|again|should|believe|think|worried|unsafe"
    r"|wrong|says?|said|told)\b",
    re.IGNORECASE,
)
ONE_OF_THEM = re.compile(
    r"\b(?:the|these|those|this|that|our)\s+(?:(?:two|three|four|little|unborn|older|younger|youngest|eldest|same|new)\s+)*"
    rf"(?:{KID}|{HOME})s?\b{NO_ONE}(?!['’]|\s+(?:courts?|and\s+baby|is\s+(?:asked|at\s+the\s+cent)|voices?|views?|clinics?|units?"
    r"|wards?|forums?|groups?|boxes|carers?|feedback|practitioners?)\b)",
    re.IGNORECASE,
)
MANY = r"(?:practitioners|professionals|agencies|partners|staff|colleagues|people|workers|services|teams)"
ONCE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{KIN})\s+(?:is|was|has|had|does|did|won['’]t|will|can(?:not|['’]t)?|refuse[sd]?|said|says)\b",
        rf"\b(?:a|an|the)\s+(?:{KID}|{HOME})\s+(?:that\s+|whom?\s+)?(?:we|i)\b",
        rf"\b(?:the\s+same|this|that)\s+(?:unborn\s+)?(?:{KID}|{HOME}|household)\b{NO_ONE}",
        r"\b(?:bruis|injur|fractur|photograph)\w*\s+(?:\w+\s+){0,3}(?:never|not|ignored|dismissed)\b|\bsent\s+(?:you\s+)?photographs\b",
        rf"\b{DEED}\b(?:\W+\w+){{0,6}}?\W+{DAYS}\b|\b{DAYS}\b(?:\W+\w+){{0,6}}?\W+{DEED}\b",
        r"\bthresholds?\b(?:\W+\w+){0,6}?\W+(?:was|were|is|had\s+been)\s+(?:not\s+)?(?:met|reached)\b",
        r"\bchair\s+(?:removed|ended|closed|took)\b(?:\W+\w+){0,3}?\W+plan\b|\bvoted\s+against\b",
        r"\bthe\s+children\s+(?:should|must|ought\s+to)\s+(?:not\s+)?(?:be|go|come|stay|live|return)\s+(?:looked|removed|on|in|home|back|with|placed)\b",
        r"\b(?:escalated|complained|raised\s+(?:this|it))\b(?:\W+\w+){0,6}?\W+(?:about|over)\s+(?:the|a|this)\s+(?:placement|discharge|contact|return)\b",
        rf"\b{WRONG}\b(?:\W+\w+){{0,5}}?\W+(?:placement|discharge|contact|step-down|no\s+further\s+action)\b",
    )
)


def is_about_a_case(text: str) -> bool:
    """Say whether words disagree about one child's or family's case, which no log of a partnership may hold."""
    said = re.sub(rf"\b{MANY}\s+(?:\w+\s+)?{WRONG}\b", "", text, flags=re.IGNORECASE)  # who often disagree
    if any(each.search(said) for each in CASES):
        return True
    if GENERAL.search(text):
        return False
    if (PRONOUN.search(text) and not OFFICE.search(text)) or (EVENT.search(text) and ONE_OF_THEM.search(text)):
        return True
    return any(each.search(text) for each in ONCE)
