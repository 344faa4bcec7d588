"""Words of somebody who is in danger now (DOMAIN.md, wording rule 9): they belong to 999 and the council, not to a log.

Partnerships also write *about* risk: what staff do when a child is at immediate risk, leaflets that say to dial 999.
Such sentences speak of any child, of staff or of a document, and pass.
"""

from __future__ import annotations

import re

NOW = (
    r"(?:right\s+now|now|tonight|today|at\s+(?:the|this)\s+(?:moment|minute)|as\s+we\s+speak|this\s+(?:minute|evening))"
)
HURT = r"(?:hurt|beaten|hit|abused|attacked|assaulted|threatened|harmed|strangled|stabbed|raped)"
HINT = re.compile(
    r"risk|danger|\b999\b|\b112\b|being|kill|harm|hurt|suicid|overdose|unsafe|not safe|emergency", re.IGNORECASE
)
ALONE = re.compile(
    r"\W*(?:(?:at\s+|in\s+)?(?:immediate|imminent)\s+(?:risk|danger)|in\s+danger(?:\s+now)?|emergency|999|help\s+now)\W*",
    re.IGNORECASE,
)
PLAIN = re.compile(
    rf"\b(?:in\s+danger|unsafe|not\s+safe|suicidal)\s+(?:\w+\s+){{0,2}}?{NOW}\b"
    rf"|\bbeing\s+{HURT}\b(?:\W+\w+){{0,4}}?\W+{NOW}\b|\b{NOW}\W+(?:\w+\s+){{0,5}}?(?:is|are)\s+being\s+{HURT}\b"
    r"|\b(?:going|threatening|about)\s+to\s+(?:kill|hurt|harm)\s+(?:himself|herself|themselves|him|her|them|me|us|the)\b"
    r"|\bha(?:s|ve)\s+(?:just\s+)?taken\s+an\s+overdose\b",
    re.IGNORECASE,
)
LIKELY = re.compile(
    r"(?:\b(?:is|are|am|may\s+be)|['’]s)\s+(?:\w+\s+)?(?:at|in)\s+(?:\w+\s+(?:and\s+)?)?(?:immediate|imminent)\s+(?:risk|danger)\b"
    rf"|\b(?:is|are)\s+being\s+{HURT}\b"
    r"|\b(?:call(?:ed|ing)?|ring(?:ing)?|rang|dial(?:led|ling)?|phone[d]?|needs?)\s+(?:999|112)\b|\b(?:999|112)\s+(?:has|have)\s+been\b",
    re.IGNORECASE,
)
ANYBODY = re.compile(
    r"\b(?:when(?:ever)?|if|where|how|what|whether|who|anyone|any|every|everyone|each|unless|once|should|must|cases?|children|adults|families"
    r"|people|those|staff|practitioners|professionals|schools|agencies|partners)\b",
    re.IGNORECASE,
)
DOCUMENT = re.compile(
    r"\b(?:leaflets?|posters?|websites?|webpages?|pages?|guides?|guidance|polic(?:y|ies)|procedures?|protocols?|training|cards?|advice|briefings?"
    r"|audits?|reviews?|pathways?|scripts?|templates?|sheets?|newsletters?|campaigns?|messages?|strategy|toolkits?|wording|forms?)\b",
    re.IGNORECASE,
)


def is_immediate_risk(text: str) -> bool:
    """Say whether words speak of somebody who is in danger now."""
    if not HINT.search(text):
        return False
    if ALONE.fullmatch(text):
        return True
    if any(not ANYBODY.search(_sentence(text, found)) for found in PLAIN.finditer(text)):
        return True
    return not DOCUMENT.search(text) and any(
        not ANYBODY.search(_sentence(text, found)) for found in LIKELY.finditer(text)
    )


def _sentence(text: str, found: re.Match[str]) -> str:
    """What stands before something in its own sentence, and it."""
    before = re.split(r"[.!?;\n]\s", text[: found.start()])[-1]
    return before + found[0]
