"""A whole paste: its lines put together, headings and notes left aside, each action read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lifbot.minutes.sentence import ACTION, Action, Knows, action, cells_of, only_who_or_when, tidy
from lifbot.timescale import Calendar

BULLET = re.compile(
    r"(?:[-*•·▪◦‣●○►➢→–—]+(?=\s)|[☐☑☒✓✔]|\[[ xX]?\](?=\s)|o(?=\s{2,}|\t)"
    r"|\(?\d+(?:\.\d+)+[.)]?(?=\s)|\(?\d+[.)](?=\s)|\(?(?:[a-z]|[ivx]{1,4})[.)](?=\s))\s*",
)
# Whatever somebody is "to" do is no heading, whichever words it begins with.
HEADINGS = re.compile(
    r"(?!.*\bto\b)(?:"
    r"(?:agreed\s+)?actions?(?:\s+(?:log|points?|list|agreed|arising|owner))?|minutes(?:\s+of\s+.*)?|notes|agenda"
    r"|present|attendees|attendance|in\s+attendance|apologies(?:\s+.*)?|welcome(?:\s+and\s+\w+){0,2}|introductions"
    r"|matters\s+arising|any\s+other\s+business|aob|decisions?|discussion|item\s+\d+.*"
    r"|(?:date\s+of\s+)?(?:the\s+)?next\s+meeting.*"
    r"|(?:present|attendees|attendance|in\s+attendance|apologies|venue|location|chair(?:ed\s+by)?|date|time"
    r"|minutes?(?:\s+\w+)?)\s*:.*"
    r"|(?:the\s+)?(?:owner|lead|who|due(?:\s+date)?|by\s+when|when|timescale|status|ref|no\.?|responsible|deadline"
    r"|update|task|date|#)"
    r")[\s:.]*",
    re.IGNORECASE,
)
KEPT_APART = 2  # spaces by which a line must be set in, to go on with the one before


@dataclass(frozen=True, slots=True)
class Minutes:
    """The actions of a paste, in order, and the lines that were read as headings or notes."""

    actions: tuple[Action, ...]
    aside: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    text: str
    indent: int
    is_item: bool  # it has a bullet or a number
    is_apart: bool  # an empty line stands before it

    @property
    def is_marked(self) -> bool:
        return bool(ACTION.match(self.text))


def read(text: str, calendar: Calendar, knows: Knows) -> Minutes:
    """Read pasted minutes; a line that may be an action is kept as one, so that nothing is lost unseen."""
    rows = _rows(text, calendar, knows)
    is_any_marked = any(row.is_marked for row in rows)
    actions: list[Action] = []
    aside: list[str] = []
    for row, below in zip(rows, [*rows[1:], None], strict=False):
        found = action(row.text, calendar, knows)
        if not found.words or _is_heading(row) or (found.is_bare and _is_note(row, below, is_any_marked)):
            aside.append(found.shown)
        else:
            actions.append(found)
    return Minutes(tuple(actions), tuple(aside))


def _rows(text: str, calendar: Calendar, knows: Knows) -> list[_Row]:
    rows: list[_Row] = []
    is_apart = True
    for line in text.splitlines():
        row = _row(line, is_apart)
        is_apart = not row.text
        above = rows[-1] if rows else None
        if above and not _is_heading(above) and (only := only_who_or_when(row.text, calendar, knows)):
            above.text += f" | {only}"
        elif above and _goes_on(row, above, calendar, knows):
            above.text += f" {row.text}"
        elif row.text:
            rows.append(row)
    return rows


def _row(line: str, is_apart: bool) -> _Row:
    body = line.lstrip()
    text, is_item = tidy(body), False
    for _ in range(3):  # "- 1. CH to …" has two
        if bullet := BULLET.match(text):
            text, is_item = tidy(text[bullet.end() :]), True
    return _Row(text if re.search(r"\w", text) else "", len(line) - len(body), is_item, is_apart)


def _goes_on(row: _Row, above: _Row, calendar: Calendar, knows: Knows) -> bool:
    """Whether a line only goes on with the one above: it is set in, or begins small."""
    if not row.text or row.is_item or row.is_apart or row.is_marked or len(cells_of(row.text)) > 1:
        return False
    is_set_in = row.indent >= above.indent + KEPT_APART
    is_begun_small = row.text[0].islower() or row.text[0] in "(["
    return (is_set_in or is_begun_small) and not action(row.text, calendar, knows).who


def _is_heading(row: _Row) -> bool:
    """Whether a line is one of the headings that minutes have, or a table's."""
    return all(HEADINGS.fullmatch(cell) for cell in cells_of(row.text))


def _is_note(row: _Row, below: _Row | None, is_any_marked: bool) -> bool:
    """Whether a line that names nobody and no time is a heading, or a note among lines marked as actions."""
    if row.is_marked:
        return False
    letters = [each for each in row.text if each.isalpha()]
    is_loud = len(letters) > 3 and all(each.isupper() for each in letters)
    is_over_list = below is not None and not below.is_apart and _is_under(row, below)
    is_short = len(row.text.split()) < 2
    return row.text.endswith(":") or is_short or is_loud or is_over_list or is_any_marked


def _is_under(row: _Row, below: _Row) -> bool:
    """Whether a line belongs to a list over which the other stands."""
    return below.indent > row.indent or (below.is_item and not row.is_item)
