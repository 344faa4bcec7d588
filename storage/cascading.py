"""A notice as it stands with who passes it on, drawn anew once an agency has answered in another place."""

from __future__ import annotations

from collections.abc import Sequence

from lifbot.model import Notice, NoticePost, Outbox, Receipt
from storage import publishing
from storage.scope import Scope


def sent_as(scope: Scope, there: NoticePost) -> Outbox | None:
    """Return the promise that a person's message of a notice came of: it says for which agencies they hear it."""
    here = (Outbox.channel == there.channel, Outbox.stamp == there.stamp)
    return scope.first(Outbox, Outbox.occasion == "cascade", *here) if there.person else None


def draw_anew(scope: Scope, notice: Notice, rows: Sequence[Receipt], but: str | None = None) -> None:
    """Promise that the messages about these agencies show how they stand now; not the one that is replaced anyway."""
    ids = {row.id for row in rows}
    for there in publishing.posts(scope, notice):
        sent = sent_as(scope, there) if there.person != but else None
        if sent and ids & set(sent.about.get("receipts", ())):
            publishing.redraw(scope, there)
