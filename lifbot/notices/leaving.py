"""Somebody has left, or their account is closed: what is to be taken over, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from lifbot.buttons import leaving_buttons
from lifbot.message import Ask, Block, Button, Fine, ItemCard, ItemList, Message, Say
from lifbot.views import ItemView


def leaving(name: str, views: Sequence[ItemView], posts: Sequence[str], *, decides: bool,
            register: Sequence[str] = ()) -> Message:  # fmt: skip
    """Offer what somebody leaves behind to their agency's link or a chair; name their posts to the business unit."""
    text = f"{name} has left the partnership."
    blocks: list[Block] = [Say(text)]
    if views:
        needs = "It needs a new owner." if len(views) == 1 else f"These {len(views)} items need a new owner."
        cards = tuple(
            ItemCard(
                view.ref, view.text, view.line(named=False), view.brag_word, leaving_buttons(view.ref, decides=decides)
            )
            for view in views
        )
        blocks += [Say(f"{needs} Could you take over, or say who could?"), ItemList("Without an owner", cards)]
        blocks.append(Fine("Until then their dates stand, and each group's chair is reminded."))
    if posts:
        blocks += [Say(f"These posts are vacant: {'; '.join(posts)}."), Fine(FILL)]
    if register:
        blocks.append(
            Say("\n".join(("Somebody is needed who answers for:", *(f"• {line}" for line in register[:MOST]))))
        )
        blocks += [Fine(f"And {len(register) - MOST} more.")] if len(register) > MOST else []
    return Message(tuple(blocks), f"{text} {len(views)} to take over." if views else text)


MOST = 10
FILL = "The deputy or the business unit decides meanwhile. Name somebody in the partnership file, or by /lif setup."


def account(name: str, person: str, place: str, instead: str) -> Message:
    """Say that somebody's account is closed, and ask whether they have left."""
    text = f"{place} does not take messages to {name} any more."
    means = f"Their account may be closed, which need not mean that they have left. Meanwhile {instead}."
    buttons = (
        Button("They have left", f"person leaves @{person}", "danger"),
        Button("They are still here", f"person here @{person}"),
    )
    return Message((Say(text), Say(means), Ask("Have they left the partnership?", buttons)), text)
