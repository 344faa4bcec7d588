"""How often something comes round, as people say it: "second Thursday every two months at 10", "quarterly"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from lifbot.calendar import DAYS, MONTHS, parse_rule
from lifbot.rhythm.dates import next_date
from lifbot.rhythm.said import CODES, COUNTED, say
from lifbot.timescale.words import DAY_WORD, MONTH_WORD, NUMBER_WORD, normalise, number

__all__ = ["EXAMPLE", "Rhythm", "next_date", "read", "say"]

EXAMPLE = "second Thursday every two months at 10"
NOT_READ = f"I could not read how often that is. Write for example “{EXAMPLE}” or “every quarter”."
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
WEEKS_IN = {"week": 1, "fortnight": 2}
ADVERBS = {
    **{"weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter"},
    **{"yearly": "year", "annually": "year", "annual": "year"},
}
PLACES = {word: place for place, word in COUNTED.items()} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}

WEEKDAY_WORD = DAY_WORD.replace(r"\b", r"s?\b")
CLOCK = re.compile(
    r"(?:(?:\bat|,)\s*)?\b(?:(?P<noon>noon|midday)|(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|(?P<h2>\d{1,2})\s*(?P<half2>[ap])\.?m\b\.?|(?<=at )(?P<h3>\d{1,2})(?:\s*o'clock)?)(?=[\s,;.]|$)"
)
PLACE = rf"(?:{'|'.join(PLACES)})"
PLACED = re.compile(rf"\b(?P<places>{PLACE}(?:\s*(?:,|and|&|/)\s*{PLACE})*)\s+(?P<day>{WEEKDAY_WORD})")
EACH = r"(?:every|each|per|an?|of\s+(?:every|each|the))"
PERIOD = re.compile(
    rf"\b(?:{EACH}\s+(?:(?P<many>{NUMBER_WORD}|other|second|third|fourth|sixth|alternate)\s+)?|(?P<alternate>alternate)\s+)"
    r"(?P<unit>week|fortnight|month|quarter|year)s?\b"
)
TIMES = re.compile(
    rf"\b(?P<times>once|twice|{NUMBER_WORD}(?=\s+times))(?:\s+times)?\s+(?:a|per|each|every)\s+(?P<unit>month|year)\b"
)
ADVERB = re.compile(rf"\b(?:(?P<many>{NUMBER_WORD})[\s-]+)?(?P<word>{'|'.join(ADVERBS)})\b")
SIX_MONTHLY = re.compile(r"\b(?:half|six|6)[\s-]*(?:yearly|monthly)\b")
BOTH_WAYS = re.compile(r"\bbi[\s-]?(?:monthly|weekly|annual(?:ly)?|ennial(?:ly)?)\b")
TERM = re.compile(r"\b(?:half[\s-])?term(?:ly|s)?\b")
OTHER_DAY = re.compile(rf"\b(?:every\s+other|alternate)\s+(?P<day>{WEEKDAY_WORD})")
SECOND_DAY = re.compile(rf"\bevery\s+second\s+{WEEKDAY_WORD}")
WEEKDAY = re.compile(rf"\b(?:(?:on|every|each)\s+)*(?P<day>{WEEKDAY_WORD})")
OF_MONTH = re.compile(r"\b(?:on\s+)?the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b|\b(?P<bare>\d{1,2})(?:st|nd|rd|th)\b")
IN_MONTHS = re.compile(
    rf"\b(?:in|of|every|each)?\s*(?P<months>{MONTH_WORD}(?:\s*(?:,\s*and|,|and|&|/)\s*{MONTH_WORD})*)"
)
FILLERS = {"on", "the", "of", "a", "an", "at", "in", "meets", "we", "meet", "is", "day", "month", "months", "and"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """An RRULE, the time of day if one was said, and how lifbot says it back."""

    rrule: str
    at: time | None
    words: str

    @property
    def names_a_day(self) -> bool:
        """Whether it says on which day, so that a first date is needed only for its month."""
        return "BYDAY" in self.rrule or "BYMONTHDAY" in self.rrule


def read(said: str) -> Rhythm | str:
    """Return how often that is, or the question to ask."""
    if said.strip().upper().removeprefix("RRULE:").startswith("FREQ="):
        return _ready_made(said.strip().upper().removeprefix("RRULE:").rstrip(";"))
    text = _Text(normalise(said))
    at = text.clock()
    if isinstance(at, str):
        return at
    parts = _parts(text)
    if isinstance(parts, str):
        return parts
    if text.left:
        return NOT_READ
    rrule = ";".join(f"{key}={value}" for key, value in parts.items())
    return Rhythm(rrule, at, say(rrule, at))


def _ready_made(rrule: str) -> Rhythm | str:
    try:
        parse_rule(rrule, "2026-01-01T10:00", ZoneInfo("Europe/London"))
    except ValueError as wrong:
        return str(wrong)
    return Rhythm(rrule, None, say(rrule, None))


class _Text:
    """Words from which what was understood is taken out."""

    def __init__(self, words: str) -> None:
        self.words = words

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.words)
        if found:
            self.words = f"{self.words[: found.start()]} \0 {self.words[found.end() :]}"
        return found

    def clock(self) -> time | str | None:
        found = self.take(CLOCK)
        if found is None:
            return None
        if found["noon"]:
            return time(12)
        hour, minute = int(found["h"] or found["h2"] or found["h3"]), int(found["m"] or 0)
        half = found["half"] or found["half2"]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif found["h3"] and 1 <= hour <= 6:  # nobody meets at two in the night
            hour += 12
        return (
            time(hour, minute) if hour < 24 and minute < 60 else "That is not a time of day. Write for example 10:00."
        )

    @property
    def left(self) -> list[str]:
        """What was not understood."""
        return [word for word in re.findall(r"[\w']+", self.words) if word not in FILLERS]


def _parts(text: _Text) -> dict[str, str] | str:
    if BOTH_WAYS.search(text.words):
        return "“Bi-” can mean twice in that time or every second one. Write for example “every two months”."
    if TERM.search(text.words):
        return "Terms begin on different days. Write the months, for example “first Tuesday in October and May”."
    if SECOND_DAY.search(text.words):
        return "Is that every other week, or the second one of each month? Write “every two weeks” or “second Friday”."
    other, placed = text.take(OTHER_DAY), text.take(PLACED)
    period = _period(text)
    if isinstance(period, str):
        return period
    if other:
        return _weekly(2, _day(other["day"])) if period is None and not placed else NOT_READ
    months = text.take(IN_MONTHS)
    if placed:
        days = ",".join(f"{place}{CODES[_day(placed['day'])]}" for place in _places(placed["places"]))
        return _monthly(period, months, BYDAY=days)
    if day := text.take(WEEKDAY):
        if period is None and not months:
            return _weekly(1, _day(day["day"]))
        if period and "WEEK" in period:
            return _weekly(int(period["WEEK"]), _day(day["day"]))
        return f"Which {DAYS[_day(day['day'])]} of the month? Write for example “second {DAYS[_day(day['day'])]}”."
    return _on_a_date(text, period, months)


def _on_a_date(text: _Text, period: dict[str, str] | None, months: re.Match[str] | None) -> dict[str, str] | str:
    if of_month := text.take(OF_MONTH):
        day = int(of_month["day"] or of_month["bare"])
        if not 1 <= day <= 28:
            return "Not every month has that day. Write a day up to the 28th, or for example “last Friday”."
        return _monthly(period, months, BYMONTHDAY=str(day))
    if months:
        return "On which day of those months? Write for example “first Tuesday in March and September”."
    if period is None:
        return NOT_READ
    return {"FREQ": "WEEKLY", **_every(int(period["WEEK"]))} if "WEEK" in period else _monthly(period, None)


def _period(text: _Text) -> dict[str, str] | str | None:
    """How many weeks or months lie between: {"WEEK": "2"} or {"MONTH": "3"}; None where nothing says it."""
    if text.take(SIX_MONTHLY):
        return {"MONTH": "6"}
    if times := text.take(TIMES):
        return _times(times)
    if found := text.take(PERIOD):
        return _length(_many(found["many"] or found["alternate"]), found["unit"])
    if adverb := text.take(ADVERB):
        return _length(_many(adverb["many"]), ADVERBS[adverb["word"]])
    return None


def _times(found: re.Match[str]) -> dict[str, str] | str:
    times = {"once": 1, "twice": 2}.get(found["times"]) or number(found["times"])
    if found["unit"] == "year" and 0 < times <= 12 and 12 % times == 0:
        return {"MONTH": str(12 // times)}
    if times == 1:
        return {"MONTH": "1"}
    return "That often does not divide evenly. Write for example “first and third Monday of each month”."


def _length(many: int, unit: str) -> dict[str, str] | str:
    weeks, months = WEEKS_IN.get(unit, 0) * many, MONTHS_IN.get(unit, 0) * many
    if not 0 < weeks + months <= 120:
        return NOT_READ
    return {"WEEK": str(weeks)} if weeks else {"MONTH": str(months)}


def _many(word: str | None) -> int:
    special = {None: 1, "other": 2, "alternate": 2, "second": 2, "third": 3, "fourth": 4, "sixth": 6}
    return special[word] if word in special else number(word or "")


def _weekly(weeks: int, day: int) -> dict[str, str]:
    return {"FREQ": "WEEKLY", **_every(weeks), "BYDAY": CODES[day]}


def _monthly(period: dict[str, str] | None, months: re.Match[str] | None, **day: str) -> dict[str, str] | str:
    if period and "WEEK" in period:
        return NOT_READ
    if months:
        if period and period["MONTH"] not in ("1", "12"):
            return NOT_READ
        named = sorted(_month(each) for each in re.findall(MONTH_WORD, months["months"]))
        return {"FREQ": "MONTHLY", "BYMONTH": ",".join(map(str, named)), **day}
    return {"FREQ": "MONTHLY", **_every(int(period["MONTH"]) if period else 1), **day}


def _every(count: int) -> dict[str, str]:
    return {"INTERVAL": str(count)} if count > 1 else {}


def _day(word: str) -> int:
    return next(index for index, day in enumerate(DAYS) if day.lower().startswith(word[:3]))


def _month(word: str) -> int:
    return next(index for index, month in enumerate(MONTHS, 1) if month.lower().startswith(word[:3]))


def _places(words: str) -> list[int]:
    return sorted({PLACES[word] for word in re.findall(PLACE, words)}, key=lambda place: place % 6)
