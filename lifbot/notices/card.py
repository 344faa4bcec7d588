"""An item's card in a channel: what everybody there may see of it, and no person's name (ruling 13)."""

from __future__ import annotations

from hashlib import sha256

from lifbot.buttons import card_buttons
from lifbot.kinds import kind_title
from lifbot.message import Fine, ItemCard, Message
from lifbot.views import ItemView

HOW = {
    "slack": "Reply in this thread: done, update or more time. Mention @lifbot if it does not answer.",
    "teams": "Reply in this thread and mention @lifbot: done, update or more time.",
}
LEAVE_OUT = "Please leave out names and case details. The reply goes to the log, which the group can see."


def card(view: ItemView, platform: str, *, is_open: bool) -> Message:
    """An item as a channel shows it: it holds nothing that changes by itself from day to day."""
    shown = ItemCard(
        view.ref, view.text, view.line(named=False), view.brag_word, card_buttons(view.ref, is_open=is_open)
    )
    small = (Fine(f"{HOW[platform]} {LEAVE_OUT}"),) if is_open else ()
    return Message((shown, *small), summary=f"{kind_title(view.kind)} {view.ref}, {view.by_when}")


def silent_card(ref: str) -> Message:
    """A card that stands in a channel while nothing is shown of its item."""
    said = f"{ref} is not shown here at present."
    return Message((Fine(said),), summary=said)


def fingerprint(drawn: Message) -> str:
    """Return what two cards that look the same have in common."""
    return sha256(repr(drawn).encode()).hexdigest()[:24]
