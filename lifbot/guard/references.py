"""References of cases and crimes: the shapes that police and courts use, and what is said to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lifbot.guard.finding import Finding

NUMBER = r"(?:(?:ref(?:erence)?|no|num(?:ber)?|id)\b\.?|#)"
IS = r"\W{0,3}(?:(?:is|was)\b\W{0,2})?"
REFERENCE = r"(?P<reference>[A-Z]{0,6}[-/ ]?\d[A-Z\d]*(?:[-/ ][A-Z]?\d[A-Z\d]*){0,5})(?![\w-])"
RECORDS = r"(?:crime|incident|occurrence|custody|niche|cad|storm|log|case|file|client|court|referral|family)"
SYSTEMS = (
    r"(?:LCS|EHM|Mosaic|Liquid\s?logic|Care\s?First|Care\s?Director|Azeus|Eclipse|Paris|System\s?One|SystmOne|EMIS|RiO"
    r"|CPOMS|Athena|Niche)"
)
SAID = (
    rf"\b{RECORDS}\s*{NUMBER}{IS}{REFERENCE}",
    rf"\b(?:URN|CAD|PNC|PNCID)\b\s*(?:{NUMBER})?{IS}{REFERENCE}",
    rf"\b{SYSTEMS}\b\s*(?:case|client|person|pupil)?\s*(?:{NUMBER})?{IS}{REFERENCE}",
)
LONG = re.compile(r"\d[-/ ]?[A-Z]?\d[-/ ]?[A-Z]?\d[-/ ]?[A-Z]?\d", re.IGNORECASE)
CUED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in SAID)
SHAPES = (
    re.compile(r"(?<![\w/-])\d{2}/\d{4,7}/\d{2}(?![\w/-])"),  # a crime: 13/12345/26
    re.compile(r"(?<![\w/-])[A-Z]{2}\d{2}[CPZF]\d{5}(?![\w/-])"),  # a family court's case: LS26C50123
    re.compile(r"(?<![\w/-])\d{2,4}/\d{4,7}[A-Z](?![\w/-])"),  # a person in the police's computer: 12/345678X
)
OURS = re.compile(r"[A-Z]{1,8}[-–]\d{4}[-–]\d{1,6}", re.IGNORECASE)
YEAR = re.compile(r"(?:199|20[0-4])\d(?:[-/ ](?:20)?\d\d)?")
ALONE = re.compile(rf"(?<![\w/-]){YEAR.pattern}(?![\w/-])")


def found(text: str) -> Iterator[Finding]:
    """Find references of cases and crimes; lifbot's own, years and small numbers are none."""
    for shape in SHAPES:
        yield from (Finding("case", each.start(), each.end()) for each in shape.finditer(text))
    for cue in CUED if LONG.search(ALONE.sub("", text)) else ():
        for each in cue.finditer(text):
            if _is_one(each["reference"]):
                yield Finding("case", each.start("reference"), each.end("reference"))


def _is_one(reference: str) -> bool:
    digits = sum(char.isdigit() for char in reference)
    return digits >= 4 and not OURS.fullmatch(reference) and not YEAR.fullmatch(reference)
