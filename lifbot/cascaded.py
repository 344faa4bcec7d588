"""How an agency passed learning on, read out of plain words: "at team meeting to 40 social workers"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lifbot.links import ADDRESS, CLOSING
from lifbot.listed import listed

WAYS: tuple[tuple[str, str], ...] = (
    ("team_meeting", "Team meeting"),
    ("supervision", "Supervision"),
    ("newsletter", "Newsletter"),
    ("training", "Training"),
    ("email", "E-mail"),
    ("other", "Another way"),
)
SAID = {
    "team_meeting": r"(?:(?:our|the|all|each|every|weekly|monthly|whole)\s+)*(?:(?:team|staff|service|department(?:al)?"
    r"|practice|unit|ward|management|leadership)[\s-]+)+(?:meetings?|briefings?|brief|huddles?|days?)",
    "supervision": r"(?:(?:in|group|individual|1:1|one[\s-]to[\s-]one|peer|safeguarding|clinical|reflective)\s+)*"
    r"supervisions?(?:\s+sessions?)?",
    "newsletter": r"(?:(?:our|the|staff|weekly|monthly|internal)\s+)*(?:e-?)?(?:news\s?letters?|bulletins?)",
    "training": r"(?:(?:our|the|level\s+\d|safeguarding|refresher|induction)\s+)*(?:trainings?|workshops?|courses?"
    r"|webinars?|inductions?|cpd|lunch\s+and\s+learns?|learning\s+lunch(?:es)?)(?:\s+(?:sessions?|days?))?",
    "email": r"(?:(?:an|our|the|all[\s-]staff|group)\s+)*e-?\s?mail(?:s|ed|ing)?",
    "other": r"(?:(?:our|the|staff)\s+)*(?:intranet|notice\s?boards?|team[s’']*\s+channel|teams\s+channel|sharepoint|"
    r"screen\s?savers?|posters?|podcast|yammer|viva\s+engage|what['’]?s\s?app)",
}
MANY = r"(?:(?:\d{1,2}|two|three|four|five|six|several|both|different|their|each|his|her)\s+)*"
PATTERNS = tuple((way, re.compile(rf"\b{MANY}(?:{said})\b", re.IGNORECASE)) for way, said in SAID.items())
PEOPLE = (
    r"(?:(?!and\b|or\b|to\b|at\b|in\b|of\b)[\w’'-]+\s+){0,3}?(?:people|persons?|staff|practitioners?|workers?|nurses?|officers?|"
    r"teachers?|managers?|colleagues?|members?|professionals?|attendees|participants|visitors?|midwives|doctors|gps|leads?|"
    r"carers?|governors?|volunteers?|clinicians?|employees|supervisors?|headteachers|schools?\s+staff|dsls?|recipients|others|"
    r"commissioners?|advis[eo]rs?|assistants?|therapists?|psychologists?|paediatricians?|consultants?|counsellors?|"
    r"co-?ordinators?|trainers?|mentors?|inspectors?|sergeants?|constables?|detectives?|firefighters?|students?|"
    r"receptionists?|directors?)"
)
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})"
ABOUT = (
    r"(?:(?:about|around|approx(?:imately|\.)?|roughly|some|over|more\s+than|nearly|almost|up\s+to|circa|c\.|~|"
    r"an?\s+estimated|all|total\s+of)\s*)*"
)
COUNTED = re.compile(rf"{ABOUT}\b{NUMBER}\+?\s*(?:of\s+our\s+)?(?={PEOPLE}\b)", re.IGNORECASE)
BARE = re.compile(
    rf"(?:\b(?:to|with|reach(?:ed|ing)?|reach:|n\s*=)|\()\s*{ABOUT}{NUMBER}\+?\s*(?=$|[,.;)]|\b(?:at|in|by|via|on)\b)",
    re.IGNORECASE,
)
ALONE = re.compile(rf"\W*{ABOUT}{NUMBER}\+?\W*", re.IGNORECASE)
OF_THEM = re.compile(r"\s*of\s+(?:them|these|those|whom)\b", re.IGNORECASE)
TO = re.compile(r"(?:^|\s)(?:to|with|for|among|amongst|across)\s+(?!be\b|date\b|discuss)", re.IGNORECASE)
LOOSE = re.compile(
    r"^(?:[\s,;:.–—+&-]|(?:and|at|in|by|via|through|during|our|the|their|this|was|it|on|reached|reaching|using|with|of|a|an|"
    r"as\s+well(?:\s+as)?|also|both|plus|then|to|sent|discussed|shared|included|people|staff\s*$)\b)+"
    r"|(?:[\s,;:–—+&-]|\b(?:and|at|in|by|via|through|during|our|the|on|using|with|to|also|plus|then|an?|for))+$",
    re.IGNORECASE,
)
GENERAL = re.compile(r"^(?:people|persons?|recipients|attendees|participants|others)\b", re.IGNORECASE)
HOLLOW = re.compile(r"\(\s*\)|\s\)")
ENDS = re.compile(r"[\s,;]+(?:and\s+)?(?:at|in|by|via|through|during|using)\s*$|[\s,;]+(?:and|then)\s*$", re.IGNORECASE)
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Cascaded:
    """How learning was passed on, to whom, to about how many, and where that can be seen."""

    how: tuple[str, ...] = ()
    to_whom: str = ""
    reach: int | None = None
    url: str = ""


def read(words: str) -> Cascaded:
    """Read an agency's own words; what is not understood is kept as to whom, and nothing is ever refused."""
    url, text = _without_link(" ".join(words.split()))
    if alone := ALONE.fullmatch(text):
        return Cascaded(reach=_number(alone), url=url)
    how, rest = _ways(text)
    reach, rest = _reach(rest)
    return Cascaded(how, _to_whom(rest), reach, url)


def ways(said: str) -> tuple[str, ...]:
    """Read only the ways: a form's ids, or words of which each unknown one is another way."""
    parts = [part.strip() for part in re.split(r"[,;]|\band\b", said) if part.strip()]
    known = dict(WAYS)
    names = {label.lower(): way for way, label in WAYS}
    found = [
        part if part in known else names.get(part.lower()) or next(iter(_ways(part)[0]), "other") for part in parts
    ]
    return tuple(dict.fromkeys(found))


def number(said: str) -> int | None:
    """Read about how many: "about 1,200 staff"; None where there is no number."""
    found = re.search(NUMBER, said)
    return min(_number(found), MOST) if found else None


def say_ways(how: tuple[str, ...] | list[str]) -> str:
    """Say how it was passed on: "team meeting and supervision"."""
    names = [dict(WAYS).get(way, way).lower() if way != "other" else "another way" for way in how]
    return listed(names)


def say(how: tuple[str, ...] | list[str], to_whom: str | None, reach: int | None) -> str:
    """Say it in one phrase: "by team meeting and supervision, to social workers, about 40 people"."""
    parts = [f"by {say_ways(how)}" if how else "", f"to {to_whom}" if to_whom else ""]
    parts.append(f"about {reach:,} {'person' if reach == 1 else 'people'}" if reach is not None else "")
    return ", ".join(part for part in parts if part)


def _without_link(text: str) -> tuple[str, str]:
    found = ADDRESS.search(text)
    if found is None:
        return "", text
    url = found[0].rstrip(CLOSING)
    around = text[: found.start()].rstrip(" <(:"), text[found.start() + len(url) :].lstrip(" >)")
    return url, " ".join(part for part in around if part).strip()


def _ways(text: str) -> tuple[tuple[str, ...], str]:
    """The ways in the order in which they were said, and the words without them."""
    found: list[tuple[int, str]] = []
    for way, pattern in PATTERNS:
        found += [(match.start(), way) for match in pattern.finditer(text)]
        text = pattern.sub(lambda match: "\x1f" + " " * (len(match[0]) - 1), text)
    return tuple(dict.fromkeys(way for _, way in sorted(found))), text


def _reach(text: str) -> tuple[int | None, str]:
    """About how many; those of several kinds are added up, and then the words keep their numbers."""
    found = [match for match in COUNTED.finditer(text) if not OF_THEM.match(text[match.end("number") :])]
    found = found or [match for match in [BARE.search(text)] if match]
    if not found:
        return None, text
    reach = min(sum(_number(match) for match in found), MOST)
    if len(found) > 1:
        return reach, text
    before, after = text[: found[0].start()].rstrip(), text[found[0].end() :].lstrip()
    return reach, HOLLOW.sub(" ", f"{before} {GENERAL.sub('', after)}")


def _number(match: re.Match[str]) -> int:
    return int(match["number"].replace(",", ""))


def _to_whom(text: str) -> str:
    """Who it was passed on to: what follows "to", else all that was not understood."""
    parts = [_trimmed(part) for part in text.split("\x1f")]
    whole = ", ".join(part for part in parts if part)
    after = TO.split(f" {whole}", maxsplit=1)
    before, rest = (_trimmed(after[0]), _trimmed(after[1])) if len(after) > 1 else ("", _trimmed(whole))
    return ", ".join(part for part in (rest, before) if part)


def _trimmed(text: str) -> str:
    text = " ".join(text.split())
    before = ""
    while text != before:
        before, text = text, ENDS.sub("", LOOSE.sub("", text)).strip(" .,;:–—-()")
    return text
