"""The three ways in which something does not happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lifbot.message import Message


NOT_ADDED = "has not added lifbot yet"
NO_TEAM = "lifbot is in no team yet"
WAITS_FOR_SOMEBODY = (NOT_ADDED, NO_TEAM)
"""Reasons to try later that only people can mend: Teams lets no bot write first where nobody has added it."""

ACCOUNT_CLOSED = ("user_disabled", "users_not_found", "user_not_found", "blocked")
"""Refusals that are about somebody's account: somebody else hears in their place, and asks whether they have left."""


class LifError(Exception):
    """Text for the person who asked: one kind line that says what to type instead. Nothing was changed."""

    def __init__(
        self, text: str, *, field: str | None = None, answer: Message | None = None, unnamed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(text)
        self.unnamed = unnamed  # people on the platform with whose names it could be done
        self.text = text
        self.field = field  # the form's field that the text belongs beside
        self.answer = answer  # a fuller answer (a question with buttons) where one line is not enough


class TryLater(Exception):
    """The platform cannot take the message now; `after` is the platform's own wait in seconds, if it named one."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Undeliverable(Exception):
    """The platform will never take this message: `reason` is its name for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
