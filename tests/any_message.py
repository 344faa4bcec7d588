"""Any message at all, for what must hold for every one of them on every platform."""

from __future__ import annotations

from hypothesis import strategies as st

from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Quote, Say
from tests.golden_messages import HOSTILE


def every_block(text: str) -> tuple[Block, ...]:
    """Return each kind of block with this text wherever a text can stand."""
    button = Button(text, "action show SE-2026-014")
    return (
        Heading(text),
        Say(text),
        Quote(text, text),
        Fine(text),
        Facts(((text, text),)),
        ItemCard("SE-2026-014", text, text, "Red", (button,)),
        ItemList(text, (ItemCard("SE-2026-015", text, text),), text),
        ItemList(text, (), text),
        Ask(text, (button,)),
    )


TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), st.text(max_size=30).map(lambda text: text * 400))
BUTTONS = st.lists(
    st.builds(Button, TEXTS, st.text(min_size=1, max_size=2000), st.sampled_from(["plain", "primary", "danger"])),
    max_size=9,
).map(tuple)
CARDS = st.builds(ItemCard, TEXTS, TEXTS, TEXTS, st.none() | TEXTS, BUTTONS)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Say, TEXTS),
    st.builds(Quote, TEXTS, st.none() | TEXTS),
    st.builds(Fine, TEXTS),
    st.builds(Facts, st.lists(st.tuples(TEXTS, TEXTS), max_size=30).map(tuple)),
    CARDS,
    st.builds(ItemList, TEXTS, st.lists(CARDS, max_size=30).map(tuple), st.none() | TEXTS),
    st.builds(Ask, TEXTS, BUTTONS),
)
