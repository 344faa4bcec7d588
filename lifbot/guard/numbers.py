"""Numbers that belong to one person: NHS, UPN, National Insurance, postcode, phone; and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lifbot.guard.finding import Finding, Known
from lifbot.guard.usual import AREAS, OFFICES

START, END = r"(?<![\w£$€/-])(?<!\d[.,])", r"(?![\w/-]|[.,]\d)"
CALLED = r"\W{0,3}(?:(?:number|num|no|id|is|was)\b\W{0,3}){0,2}"
NHS = re.compile(rf"{START}\d{{3}}[ .-]?\d{{3}}[ .-]?\d{{4}}{END}")
SAID_NHS = re.compile(rf"\bNHS\b{CALLED}(\d(?:[ .-]?\d){{9}}){END}", re.IGNORECASE)
UPN = re.compile(rf"{START}[A-HJ-NP-RT-Z](?:[ -]?\d){{11}}[ -]?[\dA-HJ-NP-RT-Z]{END}", re.IGNORECASE)
PREFIX = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
PAIRS = r"(?: ?\d{6} ?| \d\d \d\d \d\d ?|-\d\d-\d\d-\d\d-)"
# The letters are all large or all small: "SE 202614 a" is no such number.
NINO = re.compile(rf"{START}(?:{PREFIX}{PAIRS}[A-D]|{PREFIX.lower()}{PAIRS}[a-d]){END}")
SAID_NINO = re.compile(
    rf"\b(?:NI|NINO|national insurance)\b{CALLED}([A-Z]{{2}}[ -]?\d\d[ -]?\d\d[ -]?\d\d(?:[ -]?[A-D])?){END}",
    re.IGNORECASE,
)
POSTCODE = re.compile(
    rf"{START}([A-Za-z]{{1,2}})\d(?:\d|[A-HJKMNPR-Ya-hjkmnpr-y])?( {{0,2}})(\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{{2}}){END}"
)
SAYS_NINO = re.compile(r"[A-Za-z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d")
COUNTED = re.compile(r"\d(?:st|nd|rd|th|hr|yr|ft|dy|wd)")  # "B1 2nd draft", "E2 4hr session"
PHONE = re.compile(r"(?:\+|\b0)[\d ().-]{8,}\d")
MOBILE = re.compile(rf"{START}(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)7\d{{3}}\)?(?:[ .-]?\d){{6}}{END}")
EMAIL = re.compile(r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def found(text: str) -> Iterator[Finding]:
    """Find the numbers."""
    yield from _of_health(text)
    yield from _of_pupils(text)
    yield from (_whole("nino", each) for each in NINO.finditer(text))
    if SAYS_NINO.search(text):
        yield from (_part("nino", each) for each in SAID_NINO.finditer(text))
    yield from (_whole("postcode", each) for each in POSTCODE.finditer(text) if _is_postcode(each))
    yield from (_whole("phone", each) for each in MOBILE.finditer(text))
    if PHONE.search(text):
        yield from _phones(text)


def _of_health(text: str) -> Iterator[Finding]:
    if "nhs" in text.lower():  # said to be one: a slip in it changes nothing
        yield from (_part("nhs", each) for each in SAID_NHS.finditer(text))
    for each in NHS.finditer(text):
        from stdnum.gb import nhs

        if nhs.is_valid(re.sub(r"\D", "", each[0])):
            yield _whole("nhs", each)


def _of_pupils(text: str) -> Iterator[Finding]:
    for each in UPN.finditer(text):
        from stdnum.gb import upn

        number = re.sub(r"[ -]", "", each[0]).upper()
        # Its own list of local authorities ends in 2011, so only the check letter is asked for.
        if upn.calc_check_digit(number[1:]) == number[0]:
            yield _whole("upn", each)


def _is_postcode(each: re.Match[str]) -> bool:
    """Whether a shape is a postcode's: small letters count only with a gap, and not where they count something."""
    if each[1].upper() not in AREAS:
        return False
    return each[0].isupper() or bool(each[2] and not COUNTED.fullmatch(each[3]))


def _phones(text: str) -> Iterator[Finding]:
    """Find numbers at which one person or house can be reached; helplines and switchboards (08, 03) are everybody's."""
    from phonenumbers import PhoneNumberMatcher, PhoneNumberType, number_type

    shared = (PhoneNumberType.TOLL_FREE, PhoneNumberType.UAN, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE)
    for each in PhoneNumberMatcher(text, "GB"):
        if number_type(each.number) not in shared:
            yield Finding("phone", each.start, each.end)


def addresses(text: str, known: Callable[[], Known]) -> Iterator[Finding]:
    """Find the e-mail addresses of people who are not in the partnership; those of offices pass."""
    for each in EMAIL.finditer(text):
        local = each[0].partition("@")[0].lower()
        if not OFFICES & set(re.split(r"[^a-z]+", local)) and each[0].lower().strip("'.") not in known().emails:
            yield _whole("email", each)


def _whole(kind: str, each: re.Match[str]) -> Finding:
    return Finding(kind, each.start(), each.end())


def _part(kind: str, each: re.Match[str]) -> Finding:
    return Finding(kind, each.start(1), each.end(1))
