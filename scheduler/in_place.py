"""What stands somewhere and is drawn anew there: items' cards and dissemination notices."""

from __future__ import annotations

from collections.abc import Callable

from lifbot.message import Message, Receipt
from lifbot.model import Outbox
from scheduler import cards, publishing
from storage.scope import Scope

KEPT = (*cards.OCCASIONS, *publishing.OCCASIONS)
"""Occasions of messages whose place is kept."""
LOST: dict[str, Callable[[Scope, Outbox], None]] = {"redraw": cards.lost, "notice_redraw": publishing.lost}
"""What is done where a message can be drawn anew no more; nobody is told, since somebody deleted it."""


def instead(scope: Scope, row: Outbox) -> Receipt | None:
    """Return where that stands whose place a message takes."""
    return cards.instead(scope, row) or publishing.instead(scope, row)


def settled(scope: Scope, row: Outbox, receipt: Receipt, sent: Message, platform: str, person: str | None) -> None:
    """Keep where a message came to stand, and what it shows."""
    if row.occasion in cards.OCCASIONS:
        cards.settled(scope, row, receipt, sent)
    else:
        publishing.settled(scope, row, receipt, sent, platform, person)
