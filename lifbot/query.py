"""What somebody looks for in the log: filters that combine, words, a span of dates, and how it is said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from lifbot.kinds import kind_words
from lifbot.timescale import Span

FILTERS: dict[str, str] = {
    "mine": "for you",
    "overdue": "past their date",
    "open": "open",
    "escalated": "with the partnership chair",
    "waiting": "waiting for a decision",
    "closed": "closed",
    "all": "in the log",
}
SORTS: dict[str, str] = {"due": "By date", "brag": "By colour", "updated": "Latest news first", "ref": "By reference"}
SORTED: dict[str, str] = {"brag": "by colour", "updated": "latest news first", "ref": "by reference"}
QUOTES = dict.fromkeys("’‘‛ʼ`´′", "'") | dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‐‑‒–—−", "-")
AS_TYPED = str.maketrans(QUOTES)
STOPS = ",;\"'“”‘’„«»"
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: ids of the partnership file, and words as they are compared. Empty parts ask for nothing."""

    filters: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    group: str | None = None
    owners: tuple[str, ...] = ()
    agency: str | None = None
    kind: str = ""
    theme: str = ""
    priority: str = ""
    gap: str = ""
    source: str = ""
    brag: tuple[str, ...] = ()
    due: Span | None = None
    sort: str = ""

    @property
    def standing(self) -> tuple[str, ...]:
        """The filters that say how an item stands; "all", and "open" beside "closed", leave nothing out.

        What is for somebody is what is open of it, unless they say otherwise.
        """
        if self.filters == ("mine",):
            return ("open",)
        found = tuple(each for each in self.filters if each not in ("mine", "all"))
        if {"open", "closed"} <= set(found):
            return tuple(each for each in found if each not in ("open", "closed"))
        return found


def fold(text: str) -> str:
    """Return a text as texts are compared: without case, accents, kinds of quotes and dashes, and what has no width."""
    apart = unicodedata.normalize("NFKD", text.translate(AS_TYPED)).casefold()
    kept = (mark for mark in apart if unicodedata.category(mark) not in ("Mn", "Cf"))
    return " ".join("".join(kept).split())


def words_of(said: str) -> tuple[str, ...]:
    """Return the words to look for, each once, as they are compared."""
    folded = (fold(word.strip(STOPS) or word) for word in said.split())
    return tuple(dict.fromkeys(word for word in folded if word))


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Say whether every one of the words stands in a text."""
    whole = fold(text)
    return all(word in whole for word in words)


def around(text: str, words: tuple[str, ...], most: int = 160) -> str:
    """Return the part of a text in which the first of the words stands, with … where it is cut."""
    whole = " ".join(text.split())
    at = min((found for word in words if (found := fold(whole).find(word)) >= 0), default=0)
    start = 0 if at < most // 2 else whole.find(" ", at - most // 3) + 1
    end = len(whole) if len(whole) - start <= most else whole.rfind(" ", start, start + most)
    end = end if end > start else start + most
    return ("… " if start else "") + whole[start:end].rstrip() + (" …" if end < len(whole) else "")


def named(query: Query, names: dict[str, str]) -> str:
    """Return in words what is looked for; `names` has those of groups, people and agencies, each after its kind."""
    parts = (
        " ".join(part for part in (kind_words(query.kind) if query.kind else "", _standing(query)) if part),
        names.get(f"group {query.group}", ""),
        "owned by " + " or ".join(names.get(f"person {id}", id) for id in query.owners) if query.owners else "",
        names.get(f"agency {query.agency}", ""),
        " or ".join(query.brag),
        query.due.words if query.due else "",
        *(f"{name} “{said}”" for name, said in _tagged(query) if said),
        "with " + " ".join(f"“{word}”" for word in query.words) if query.words else "",
        SORTED.get(query.sort, ""),
    )
    return " · ".join(part for part in parts if part)


def _standing(query: Query) -> str:
    if query.filters in (("mine",), ("mine", "all")):
        return FILTERS["mine"] + ("" if len(query.filters) == 1 else ", open or closed")
    mine = (FILTERS["mine"],) if "mine" in query.filters else ()
    return ", ".join((*mine, *(FILTERS[each] for each in query.standing))) or FILTERS["all"]


def _tagged(query: Query) -> tuple[tuple[str, str], ...]:
    return (("theme", query.theme), ("priority", query.priority), ("gap", query.gap), ("source", query.source))


def file_stem(prefix: str, query: Query, day: date) -> str:
    """Return a file's name without its ending: lifbot-SE-overdue-2026-03-12; no word of the log is in it."""
    parts = ("lifbot", prefix, *query.filters, "found" if query.words else "", day.isoformat())
    return re.sub(r"[^A-Za-z0-9-]+", "", "-".join(part for part in parts if part))
