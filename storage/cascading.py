"""A notice as it stands with who passes it on, drawn anew once an agency has answered in another place."""

from __future__ import annotations

from collections.abc import Sequence

from lifbot.model import Notice, Receipt
from storage import publishing, receipts
from storage.scope import Scope


def draw_anew(scope: Scope, notice: Notice, rows: Sequence[Receipt], but: str | None = None) -> None:
    """Promise that the messages about these agencies show how they stand now; not the one that is replaced anyway."""
    for there in publishing.posts(scope, notice):
        person = there.person
        if person and person != but and any(receipts.answers_for(scope, person, row) for row in rows):
            publishing.redraw(scope, there)
