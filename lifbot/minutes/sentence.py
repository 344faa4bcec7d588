"""One line of minutes: what is to be done, who was named, by when.

"CH to review the toolkit by next meeting", "Review the toolkit (Action: CH)", "Review the toolkit – Cleo, 12 March",
"Toolkit to be reviewed by CH", and the cells of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lifbot import timescale
from lifbot.minutes.who import Knows, named
from lifbot.timescale import Calendar

__all__ = ["Action", "Knows", "action", "cells_of", "only_who_or_when"]


@dataclass(frozen=True, slots=True)
class Action:
    """An action as one line says it; `shown` is the whole line, tidied, which can be corrected and read again."""

    shown: str
    words: str
    who: tuple[str, ...] = ()
    when: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it names neither a person nor a time."""
        return not self.who and not self.when


LONGEST = 2000  # characters of a line that is looked into
DEEPEST = 5  # topics or sentences before who is to do it
ACTION = re.compile(
    r"(?:(?:agreed\s+)?actions?(?:\s+points?)?(?:\s+(?:no\.?\s*)?\d+(?:\.\d+)*)?\s*(?::|[–—]|\s-\s)"
    r"|(?:AP|A)\d+(?:\.\d+)*\s*[:.)–—-])\s*",
    re.IGNORECASE,
)
CELLS = re.compile(r"\s*\t\s*|\s+\|\s+|\s*\|\s*(?=$)|(?<=^)\s*\|\s*")
TAIL_MARK = r"(?:action(?:\s+owner|\s+by)?|owner|lead(?:ing)?|responsible|who|resp\.?)"
WHEN_MARK = r"(?:due(?:\s+date)?|by\s+when|when|timescales?|deadline|target(?:\s+date)?|by|review(?:ed)?)"
KEYS = re.compile(rf"(?:^|(?<=[\s.;,|(\[–—-]))(?P<key>{TAIL_MARK}|{WHEN_MARK})\s*:\s*", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,100})[)\]][\s.]*$")
DASHED = re.compile(r"\s+[–—-]+\s*([^–—]{1,100})$|[–—]\s*([^–—]{1,100})$")
LEADING = re.compile(
    r"(?P<who>[^:–—]{1,80}?)\s*(?:(?<=\S)\s(?:(?:is|are|has|have)\s+)?(?:agreed\s+|asked\s+|due\s+)?"
    r"(?:to(?!\s+be\b)|will|should|must|shall)\s+|\s*:\s*|\s*[–—]\s*|\s+-\s+)(?P<rest>\S.*)",
    re.DOTALL,
)
MENTIONED = re.compile(
    r"(?P<who>(?:<@[^<>\s]+>|@[\w.'’-]+)(?:\s*(?:[,&/+]|\band\b)\s*(?:<@[^<>\s]+>|@[\w.'’-]+))*)\s+(?P<rest>\S.*)",
    re.DOTALL,
)
TOPIC = re.compile(r"(?P<topic>[^:–—]{2,80}?(?::|\s[–—-]))\s+(?P<rest>\S.*)", re.DOTALL)
SENTENCE = re.compile(r"(?P<topic>.+?[.;])\s+(?P<rest>\S.*)", re.DOTALL)
AT_FIRST = re.compile(
    r"(?P<when>(?:by|before|at|in|within|on)\s+[^,:]{2,40})[,:]\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL
)
DONE_BY = re.compile(r"(?P<rest>.*\S)\s+by\s+(?P<who>(?!the\b)\S.{0,60})$", re.DOTALL)
NUMBER = re.compile(r"(?:(?:no|ref|item|action|ap)\.?\s*)?[A-Z]{0,3}\d+(?:[./-]\d+)*[.)]?", re.IGNORECASE)
STATES = re.compile(
    r"(?:open|closed|new|not\s+started|in\s+progress|complete[d]?|outstanding|green|amber|red|blue|n/?a|t\.?b\.?[acd]|[–—-]*)",
    re.IGNORECASE,
)


def action(line: str, calendar: Calendar, knows: Knows) -> Action:
    """Read one line; what it does not say stays empty, and is asked for."""
    shown = tidy(line)
    if len(shown) > LONGEST:
        return Action(shown, shown)
    cells = cells_of(shown)
    if len(cells) > 1:
        return replace(_of_cells(cells, calendar, knows), shown=" | ".join(cells))
    words, who, when = _keyed(ACTION.sub("", shown, count=1) if ACTION.match(shown) else shown, calendar, knows)
    return Action(shown, *_spoken(words, who, when, calendar, knows))


def cells_of(line: str) -> list[str]:
    """Return the cells of a table's row, without its number; of any other line the line."""
    cells = [cell.strip() for cell in CELLS.split(line) if cell.strip()]
    return cells[1:] if len(cells) > 1 and NUMBER.fullmatch(cells[0]) else cells


def tidy(line: str) -> str:
    """Return a line with single spaces; tabs stay, for they part a table's cells."""
    return re.sub(r"[^\S\t]+", " ", line).strip()


def is_when(piece: str, calendar: Calendar) -> bool:
    """Whether a piece of text is a timescale and nothing else, clear or unclear."""
    piece = piece.strip(" .,;()")
    if not piece or len(piece) > 80:
        return False
    joined = (f"It is done {piece}", f"It is done by {piece}", f"It is done on {piece}")
    return any((taken := timescale.take_from(each, calendar)) and taken[0] == "It is done" for each in joined)


def only_who_or_when(line: str, calendar: Calendar, knows: Knows) -> str:
    """Return what a line like "Action: BC" or "By when: 31 March" says; empty where it says anything else."""
    mark = KEYS.match(line) or ACTION.match(line)
    value = line[mark.end() :] if mark else ""
    who, when = _who_and_when(value, calendar, knows, loosely=_is_of_person(mark[0] if mark else ""))
    return value if who or when else ""


def _is_of_person(mark: str) -> bool:
    """Whether a mark like "Owner:" leads to a name."""
    return bool(re.fullmatch(TAIL_MARK, mark.strip(": "), re.IGNORECASE))


def _who_and_when(piece: str, calendar: Calendar, knows: Knows, *, loosely: bool) -> tuple[tuple[str, ...], str]:
    """Read "CH, 31 March", "Cleo by next meeting" or either alone; nothing where there are other words."""
    piece = piece.strip(" .,;")
    if who := named(piece, knows, loosely=loosely):
        return who, ""
    if is_when(piece, calendar):
        return (), _when(piece, calendar)
    for cut in re.finditer(r"\s*[,;:–—/|]\s*|\s+-\s+|\s+(?=by\b|due\b|before\b|within\b|at\b|in\b|next\b|\d)", piece):
        first, second = piece[: cut.start()], piece[cut.end() :]
        for person, time in ((first, second), (second, first)):
            who = named(person, knows, loosely=loosely)
            if who and is_when(time, calendar):
                return who, _when(time, calendar)
    return (), ""


def _when(piece: str, calendar: Calendar) -> str:
    taken = timescale.take_from(f"It is done {piece.strip(' .,;')}", calendar)
    return taken[1] if taken else piece.strip(" .,;")


def _keyed(words: str, calendar: Calendar, knows: Knows) -> tuple[str, tuple[str, ...], str]:
    """Take "Owner: …", "Action: …" and "Due: …" off a line, wherever they stand after its first words."""
    who: tuple[str, ...] = ()
    when = ""
    for mark in reversed(list(KEYS.finditer(words))):
        value = words[mark.end() :].strip(" .,;|)]")
        found = _who_and_when(value, calendar, knows, loosely=not re.fullmatch(WHEN_MARK, mark["key"], re.IGNORECASE))
        if value and words[: mark.start()].strip(" .,;|([–—-") and (found[0] or found[1]):
            who, when = found[0] or who, found[1] or when
            words = words[: mark.start()].rstrip(" ,;|([–—-")
    return words, who, when


def _spoken(
    words: str, who: tuple[str, ...], when: str, calendar: Calendar, knows: Knows
) -> tuple[str, tuple[str, ...], str]:
    only = _who_and_when(words, calendar, knows, loosely=False)
    if any(only) and not who:
        return "", only[0], only[1] or when
    words, who, when = _tail(words, who, when, calendar, knows)
    words, when = _first_when(words, when, calendar)
    words, who = _leading(words, who, knows)
    words, who = _done_by(words, who, knows)
    if not when and (taken := timescale.take_from(words, calendar)):
        words, when = taken
        words, who = _done_by(words, who, knows)
    return _sentence(words), who, when


def _tail(
    words: str, who: tuple[str, ...], when: str, calendar: Calendar, knows: Knows
) -> tuple[str, tuple[str, ...], str]:
    """Take "(CH)", "(Cleo, 31 March)" or "– Cleo, 12 March" off the end."""
    while found := BRACKETS.search(words) or DASHED.search(words):
        inside = ACTION.sub("", next(filter(None, found.groups())).strip(), count=1)
        people, time = _who_and_when(inside, calendar, knows, loosely=False)
        if not words[: found.start()].strip() or (people and who) or (time and when) or not (people or time):
            break
        who, when, words = people or who, time or when, words[: found.start()].rstrip(" ,;")
    return words, who, when


def _first_when(words: str, when: str, calendar: Calendar) -> tuple[str, str]:
    found = AT_FIRST.fullmatch(words)
    if when or found is None or not is_when(found["when"], calendar):
        return words, when
    return found["rest"], _when(found["when"], calendar)


def _leading(words: str, who: tuple[str, ...], knows: Knows, depth: int = DEEPEST) -> tuple[str, tuple[str, ...]]:
    """Take who is to do it off the front; a topic or a sentence before that stays."""
    if who or not depth:
        return words, who
    for pattern in (LEADING, MENTIONED):
        found = pattern.fullmatch(words)
        if found and (people := named(found["who"], knows) or _proper(found["who"], words)):
            return found["rest"], people
    for pattern in (TOPIC, SENTENCE):
        if found := pattern.fullmatch(words):
            rest, people = _leading(found["rest"], (), knows, depth - 1)
            if people:
                return f"{found['topic']} {rest if pattern is TOPIC else _sentence(rest)}", people
    return words, who


def _proper(said: str, words: str) -> tuple[str, ...]:
    """A name that nobody here has is still a name where it is two words or more: "Zed Smith to review"."""
    is_task = re.match(rf"{re.escape(said)}\s*[:–—-]", words)
    several = re.fullmatch(r"(?:[^\W\d_a-z][\w.'’-]+\s+){1,2}[^\W\d_a-z][\w.'’-]+", said)
    return (said,) if several and not is_task else ()


def _done_by(words: str, who: tuple[str, ...], knows: Knows) -> tuple[str, tuple[str, ...]]:
    found = DONE_BY.fullmatch(words)
    if who or found is None:
        return words, who
    people = named(found["who"], knows)
    return (found["rest"], people) if people else (words, who)


def _sentence(words: str) -> str:
    words = words.strip(" \t,;:|–—-")
    words = words[:-1] if words.endswith(".") and not words.endswith("..") else words
    return words[:1].upper() + words[1:]


def _of_cells(cells: list[str], calendar: Calendar, knows: Knows) -> Action:
    """Read a table's row: which cell says who, which by when; the rest is what is to be done."""
    who: tuple[str, ...] = ()
    when = ""
    rest: list[str] = []
    for at, cell in enumerate(cells):
        people, time = _who_and_when(cell, calendar, knows, loosely=at > 0 and bool(rest))
        if (people and who) or (time and when) or not (people or time):
            rest.append(cell)
        who, when = who or people, when or time
    rest = [cell for cell in rest if not (NUMBER.fullmatch(cell) or STATES.fullmatch(cell))]
    words, who, when = _spoken(_keyed(" – ".join(rest), calendar, knows)[0], who, when, calendar, knows)
    return Action("", words, who, when)
