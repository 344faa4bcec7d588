"""The kinds of items in words: what each is called alone, as one of several, and by which command it is logged."""

from __future__ import annotations

from dataclasses import dataclass

PRACTICE, CHALLENGE = "strong_practice", "challenge"


@dataclass(frozen=True, slots=True)
class KindWords:
    """How a kind is spoken of: "SE-2026-014 is an action", "3 actions", logged by `action add`."""

    word: str
    one: str  # with its article, where it has one
    many: str
    logged_by: str


KINDS: dict[str, KindWords] = {
    "action": KindWords("action", "an action", "actions", "action add"),
    "recommendation": KindWords("recommendation", "a recommendation", "recommendations", "recommendation add"),
    "issue": KindWords("issue", "an issue", "issues", "issue add"),
    PRACTICE: KindWords("strong practice", "strong practice", "strong practices", "practice add"),
    CHALLENGE: KindWords("challenge", "a challenge", "challenges", "challenge add"),
}
"""Every kind there is; nothing else may print what the database calls it."""


def kind_word(kind: str) -> str:
    """Return what a kind is called: "strong practice"."""
    return KINDS[kind].word


def a_kind(kind: str) -> str:
    """Return a kind after "is": "an action", "strong practice"."""
    return KINDS[kind].one


def kind_words(kind: str) -> str:
    """Return what several of a kind are called."""
    return KINDS[kind].many


def kind_title(kind: str) -> str:
    """Return a kind as it begins a line: "Strong practice"."""
    return KINDS[kind].word.capitalize()
