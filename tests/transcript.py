"""What lifbot says, as lines of a transcript."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lifbot.message import Ask, Block, Button, ItemCard, ItemList, Message, plain_block

LONDON = ZoneInfo("Europe/London")
WHEN = "%A %d %B %Y, %H:%M"
WIDTH = 110


def moment_of(when: str) -> datetime:
    """Read a header's local time; a day that falls on another weekday fails."""
    found = datetime.strptime(when, WHEN).replace(tzinfo=LONDON)
    assert when.startswith(f"{found:%A}"), f"{when} is a {found:%A}"
    return found.astimezone(UTC)


def said(tag: str, message: Message) -> Iterator[str]:
    """Write a message with all its buttons as lines of a transcript."""
    return written(tag, [line for block in message.blocks for line in with_buttons(block)])


def wrapped(line: str) -> list[str]:
    """Wrap a line of its own, so that a page can show it."""
    return textwrap.wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def written(tag: str, texts: Sequence[str]) -> Iterator[str]:
    """Write lines under one tag, wrapped so that a page can show them."""
    lines = [each for text in texts for each in text.split("\n")]
    for at, line in enumerate(lines):
        own = re.match(r" *", line)
        indent = "  " + (own[0] if own else "")
        first = f"lifbot ({tag})> " if at == 0 else indent
        yield from textwrap.wrap(line.strip(), WIDTH, initial_indent=first, subsequent_indent=indent + "  ") or [
            first.rstrip()
        ]


def with_buttons(block: Block) -> Iterator[str]:
    """Yield a block as plain lines, with the buttons that plain text leaves out."""
    match block:
        case ItemCard():
            yield from card_lines(block)
        case ItemList(title=title, cards=cards) if cards:
            yield title
            for card in cards:
                yield from card_lines(card)
        case _:
            yield from plain_block(block)


def card_lines(card: ItemCard) -> Iterator[str]:
    """Yield one item and what can be pressed for it."""
    yield from plain_block(card)
    if card.buttons:
        yield "  " + " ".join(f"[{button.label}]" for button in card.buttons)


def buttons_of(message: Message) -> Iterator[Button]:
    """Yield every button of a message."""
    for block in message.blocks:
        match block:
            case Ask(_, buttons) | ItemCard(buttons=buttons):
                yield from buttons
            case ItemList(cards=cards):
                yield from (button for card in cards for button in card.buttons)
            case _:
                pass
