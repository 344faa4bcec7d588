"""What an item can be marked with: themes, a gap and what became of it, whom it concerns, a priority, a response."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lifbot.errors import LifError

GAPS = (("created", "Created"), ("stabilised", "Stabilised"), ("changed", "Practice changed"))
SCOPES = (("child", "Children"), ("adult", "Adults"), ("joint", "Both"))
RESPONSES = (("accepted", "Accepted"), ("part", "Accepted in part"), ("not", "Not accepted"))
"""What a partnership answers to a recommendation."""
MOST_THEMES, LONGEST_THEME = 10, 60
NONE = frozenset({"none", "no", "nothing", "-", "–"})
"""What somebody types to take a tag away."""


def themes_in(said: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Read a list of themes; one that is in use keeps its spelling. Raises LifError for too many or too long."""
    spelled = {theme.casefold(): theme for theme in known}
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", said))
    named = [part.lstrip("#") for part in parts if part.strip("# ") and part.casefold() not in NONE]
    found = {theme.casefold(): spelled.get(theme.casefold(), theme) for theme in named}
    if len(found) > MOST_THEMES:
        raise LifError(f"An item can have at most {MOST_THEMES} themes; nothing was changed.", field="theme")
    if any(len(theme) > LONGEST_THEME for theme in found):
        raise LifError(f"A theme can be at most {LONGEST_THEME} characters. Put a comma between two.", field="theme")
    return tuple(found.values())


def counted(lists: Iterable[Sequence[str]]) -> tuple[tuple[str, int], ...]:
    """Count how many items have each theme, most frequent first; different spellings of one count together."""
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for themes in lists:
        for theme in themes:
            spelled.setdefault(theme.casefold(), theme)
        counts.update({theme.casefold() for theme in themes})
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((spelled[theme], count) for theme, count in order)


def label(options: Sequence[tuple[str, str]], value: str | None) -> str:
    """Return the words for a tag's value, or nothing."""
    return dict(options).get(value or "", "")
