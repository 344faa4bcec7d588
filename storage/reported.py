"""What somebody said of an item that waits for a chair: what the chair decides about."""

from __future__ import annotations

from lifbot.model import Item
from lifbot.notices.line import reported
from storage import items
from storage.scope import Scope

KINDS = {"sign_off": "done", "acceptance": "cannot", "more_time": "more_time", "declined": "declined"}
KINDS |= {"response": "update", "outcome": "discussed"}


def words(scope: Scope, item: Item) -> str:
    """Return what the chair decides about, in the words it was reported with."""
    said = [row.text for row in items.updates(scope, item) if row.kind == KINDS.get(item.waiting or "")]
    proof = [row.text for row in items.evidence(scope, item)] if item.waiting == "sign_off" else []
    said = [text.removeprefix("Response: ") for text in said]
    return reported(item.waiting or "sign_off", (proof or said or [""])[-1])
