"""Reads what people say of time, and decides where several things are said at once (rulings 7 and 8)."""

import re
from dataclasses import replace
from itertools import pairwise

from lifbot.timescale import days, meetings, months, quarters, recurring, relative, unclear
from lifbot.timescale.answers import MOST_CHOICES, as_choice, ask
from lifbot.timescale.reader import Mark, Rank, Reader
from lifbot.timescale.values import Calendar, Choice, DueDate, Question, Timescale
from lifbot.timescale.words import LONGEST_SAID, MASK, normalise, shown

# The order matters: what one reader has read, those after it no longer see.
READERS: tuple[Reader, ...] = (
    *days.EXACT_READERS,
    *unclear.FIRST_READERS,
    *recurring.READERS,
    *months.READERS,
    *days.READERS,
    *meetings.READERS,
    *quarters.READERS,
    *months.MONTH_READERS,
    *relative.READERS,
    *unclear.READERS,
    *unclear.LAST_READERS,
)

# A time of day, or a part of one, is dropped: the log keeps days.
CLOCK = re.compile(
    r"(?<![\w./:-])(?:at\s+)?(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]\.?m\b\.?)?|(?:\.[0-5][0-9])?\s?(?:[ap]\.?m\b\.?|o'clock))"
    r"|\bat\s+[0-9]{1,2}(?:\.[0-5][0-9])?(?=\s*(?:$|[,;)])|\s+on\b)|(?<![\w/.-])(?:at\s+)?[0-9]{4}\s?(?:hrs|hours)\b"
    r"|\b(?:at\s+)?(?:12\s+)?(?:noon|midday|midnight)\b"
    r"|\b(?:(?:the\s+)?(?:close\s+of\s+(?:play|business)|cop|cob|eod|(?:end|close)\s+of\s+(?:the\s+)?(?:working\s+|business\s+)?day|morning"
    r"|afternoon|evening|lunchtime|first\s+thing))\b(?:\s+(?:of|on)\b)?"
)
QUOTED = re.compile("“([^”]*)”")
JOINED = re.compile(r"[^\w]*(?:\b(?:or|and|then|to|until|otherwise|else)\b|/|&).*|\s*-\s*", re.DOTALL)
TIME_LEFT = re.compile(
    r"\b(?:days?|weeks?|wks?|fortnights?|months?|mths?|quarters?|years?|terms?|meetings?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)


def read(said: str, calendar: Calendar) -> Timescale:
    """The date that a timescale in plain words means for an item of the calendar's group, or the question to ask."""
    if len(said) > LONGEST_SAID:
        return ask("That is too long for me to read as a timescale. Which date is meant?", calendar)
    marks, left = scan(said, calendar)
    if not marks:
        return _nothing_read(said, calendar)
    found = _decided(said, marks, left, calendar)
    if isinstance(found, DueDate):
        return meetings.tied_to_meeting(normalise(said), found, calendar)
    return replace(found, why=QUOTED.sub(lambda quoted: _as_typed(quoted[1], said), found.why))


def scan(said: str, calendar: Calendar) -> tuple[list[Mark], str]:
    """All words of time in a text, in order, and the text with those words masked out."""
    left = CLOCK.sub(lambda found: " " * len(found.group()), normalise(said))
    marks: list[Mark] = []
    for reader in READERS:
        for found in reader.pattern.finditer(left):
            means = reader.means(found, calendar)
            if means is not None:
                marks.append(Mark(found.start(), found.end(), reader.rank, means))
                left = left[: found.start()] + MASK * len(found.group()) + left[found.end() :]
    return sorted(marks, key=lambda mark: mark.start), left


def _as_typed(quoted: str, said: str) -> str:
    """The quoted words as they were typed: capitals are lost in reading."""
    typed = shown(said)
    at = typed.lower().find(quoted.lower())
    return f"“{typed[at : at + len(quoted)] if at >= 0 else quoted}”"


def _decided(said: str, marks: list[Mark], left: str, calendar: Calendar) -> Timescale:
    conditions = [mark for mark in marks if mark.rank is Rank.CONDITION]
    if conditions and isinstance(conditions[0].means, Question):
        return _asked(f"“{shown(said)}” {conditions[0].means.why}", [*_dated(marks), *conditions], calendar)
    top = _joined(marks, left) or [mark for mark in marks if mark.rank == max(each.rank for each in marks)]
    if len({_day_of(mark.means) for mark in top}) > 1:
        return _asked(f"“{shown(said)}” names more than one date, and one is needed. Which is meant?", top, calendar)
    means = next(
        (mark.means for mark in top if isinstance(mark.means, DueDate) and mark.means.meeting_id), top[0].means
    )
    if top[0].rank is Rank.RELATIVE and isinstance(means, DueDate) and TIME_LEFT.search(left):
        return _asked(f"I am not sure that I read “{shown(said)}” as it was meant. Which date is it?", top, calendar)
    return means


def _joined(marks: list[Mark], left: str) -> list[Mark]:
    """Two times joined by "or", "and" or "to": both count, whatever their rank."""
    timed = [mark for mark in marks if Rank.VAGUE <= mark.rank <= Rank.ABSOLUTE]
    pairs = [(one, two) for one, two in pairwise(timed) if JOINED.fullmatch(left[one.end : two.start])]
    return [mark for mark in timed if any(mark in pair for pair in pairs)]


def _asked(why: str, marks: list[Mark], calendar: Calendar) -> Question:
    """A question that offers all that was read, then the common answers where little was."""
    offered = [choice for mark in marks for choice in _choices(mark.means, calendar)]
    question = ask(why, calendar, *offered)
    several = tuple(dict.fromkeys(offered))[:MOST_CHOICES]
    return Question(why, several) if len(several) > 1 else question


def _dated(marks: list[Mark]) -> list[Mark]:
    return [mark for mark in marks if isinstance(mark.means, DueDate)]


def _choices(means: Timescale, calendar: Calendar) -> tuple[Choice, ...]:
    return (as_choice(means, calendar),) if isinstance(means, DueDate) else means.choices


def _day_of(means: Timescale) -> object:
    return means.on if isinstance(means, DueDate) else means


def _nothing_read(said: str, calendar: Calendar) -> Question:
    if not normalise(said):
        return ask("When should it be done by?", calendar)
    return ask(f"I cannot read “{shown(said)}” as a timescale. Which date is meant, such as 31 March?", calendar)
