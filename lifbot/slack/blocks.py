"""A Message's blocks as Slack's: whatever people wrote goes into elements that Slack shows letter for letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, NamedTuple, assert_never

from lifbot.links import Link, is_link, is_mail
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Quote, Say

Json = dict[str, Any]

# Slack's published limits, in characters or pieces.
HEADER, TEXT, LABEL, VALUE, OPTION_VALUE = 150, 3000, 75, 2000, 150
ROW, MENU = 5, 5
# Undocumented: chat.postMessage refuses blocks that hold about 11,000 characters together (msg_blocks_too_long).
ROOM = 8000
DOTS = {"blue": "🔵", "green": "🟢", "amber": "🟠", "red": "🔴"}
COMPACT = 10  # facts, or cards without buttons, that share one block
LINE, LISTED = 300, 400  # characters of a card's second line, and of an item's text in a list


class Piece(NamedTuple):
    """Blocks that stay together, and how many items they show."""

    blocks: list[Json]
    items: int = 0


def clip(text: str, most: int) -> str:
    """Return the text, cut to `most` characters with … at its end where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(text: str, most: int) -> Json:
    """Return a text object that Slack does not read as markup; an empty one becomes a space, for Slack refuses none."""
    return {"type": "plain_text", "text": clip(text, most) or " ", "emoji": True}


def draw(blocks: Iterable[Block], most: int, room: int = ROOM) -> list[Json]:
    """Return at most `most` of Slack's blocks with `room` characters, each button with an action_id of its own."""
    return _numbered(_fitting([piece for block in blocks for piece in _pieces(block)], most, room))


def paragraph(text: str) -> list[Json]:
    """Return a paragraph as a block, or nothing where there are no words."""
    return [_rich(_section(_words(text)))] if text.strip() else []


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Heading(text):
            yield Piece([{"type": "header", "text": plain(text, HEADER)}] if text.strip() else [])
        case Say(text):
            yield Piece(paragraph(text))
        case Quote(text, by):
            yield Piece(_quote(text, by))
        case Fine(text):
            yield Piece([{"type": "context", "elements": [plain(text, VALUE)]}] if text.strip() else [])
        case Facts(pairs):
            yield Piece(_facts(pairs))
        case ItemCard():
            yield _card(block)
        case ItemList():
            yield from _list(block)
        case Ask(question, buttons):
            yield Piece([*paragraph(question), *_actions(buttons)])
        case Link():
            yield Piece([_link(block)])
        case _:
            assert_never(block)


def _words(text: str, most: int = TEXT, *, bold: bool = False) -> Json:
    words: Json = {"type": "text", "text": clip(text, most)}
    return {**words, "style": {"bold": True}} if bold else words


def _section(*words: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(words)}


def _rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def _quote(text: str, by: str | None) -> list[Json]:
    if not text.strip():
        return []
    quoted = {"type": "rich_text_quote", "elements": [_words(text)]}
    return [_rich(quoted, _section(_words(f"— {by}", LABEL)))] if by else [_rich(quoted)]


def _link(link: Link) -> Json:
    """What is opened stands under its name, letter for letter; what is no https address stays words."""
    name = clip(link.name, LABEL) or "link"
    words = [_words(f"{link.text} ")] if link.text.strip() else []
    if not (is_link(link.url) or is_mail(link.url)):
        return _rich(_section(*words, _words(f"{name} ({link.url})")))
    return _rich(_section(*words, {"type": "link", "url": link.url, "text": name}))


def _facts(pairs: tuple[tuple[str, str], ...]) -> list[Json]:
    groups = [pairs[start : start + COMPACT] for start in range(0, len(pairs), COMPACT)]
    return [
        _rich(_section(*(words for place, pair in enumerate(group) for words in _fact(place, *pair))))
        for group in groups
    ]


def _fact(place: int, name: str, value: str) -> tuple[Json, Json]:
    return _words(("\n" if place else "") + f"{clip(name, LABEL)}: ", bold=True), _words(value or "—", VALUE)


def _card_words(card: ItemCard, most: int) -> list[Json]:
    brag = f"{DOTS.get(card.brag.lower(), '⚪')} {card.brag}" if card.brag else ""
    second = clip(" · ".join(part for part in (brag, card.line) if part), LINE)
    words = "\n".join(part for part in (f"  {clip(card.text, most)}", second, clip(card.said, most)) if part)
    return [_words(card.ref or "—", LABEL, bold=True), _words(words)]


def _card(card: ItemCard, most: int = VALUE) -> Piece:
    return Piece([_rich(_section(*_card_words(card, most))), *_actions(card.buttons, card.ref)], 1)


def _beside(card: ItemCard) -> Piece:
    """A card with its one button at its side, which takes half the height."""
    words = "".join(part["text"] for part in _card_words(card, LISTED))
    text = {"type": "plain_text", "text": clip(words, TEXT), "emoji": False}
    return Piece([{"type": "section", "text": text, "accessory": _button(card.buttons[0], card.ref)}], 1)


def _list(items: ItemList) -> Iterator[Piece]:
    title = [_rich(_section(_words(items.title, TEXT, bold=True)))] if items.title.strip() else []
    if not items.cards:
        yield Piece([*title, *paragraph(items.note or "")])
        return
    first, *others = _runs(items.cards)
    yield Piece([*title, *first.blocks], first.items)
    yield from others


def _runs(cards: tuple[ItemCard, ...]) -> list[Piece]:
    """Cards with buttons stand alone; those without share a bulleted list, ten at most."""
    pieces: list[Piece] = []
    waiting: list[ItemCard] = []
    for card in cards:
        if card.buttons or len(waiting) == COMPACT:
            pieces += _bullets(waiting)
            waiting = []
        if card.buttons:
            pieces.append(_beside(card) if len(card.buttons) == 1 else _card(card, LISTED))
        else:
            waiting.append(card)
    return [*pieces, *_bullets(waiting)]


def _bullets(cards: list[ItemCard]) -> list[Piece]:
    if not cards:
        return []
    lines = [_section(*_card_words(card, LISTED)) for card in cards]
    return [Piece([_rich({"type": "rich_text_list", "style": "bullet", "elements": lines})], len(cards))]


def _actions(buttons: tuple[Button, ...], ref: str = "") -> list[Json]:
    if not buttons:
        return []
    shown, hidden = _folded(list(buttons))
    elements = [_button(button, ref) for button in shown]
    if hidden:
        elements.append({"type": "overflow", "options": [_option(button) for button in hidden]})
    return [{"type": "actions", "elements": elements[start : start + 25]} for start in range(0, len(elements), 25)]


def _folded(buttons: list[Button]) -> tuple[list[Button], list[Button]]:
    """Five stand side by side; beyond that the last ones go into a menu, whose values Slack keeps much shorter."""
    if len(buttons) <= ROW:
        return buttons, []
    late = [each for each in buttons[ROW - 1 :] if each.command and len(each.command) <= OPTION_VALUE][-MENU:]
    return [button for button in buttons if not any(button is other for other in late)], late


def _button(button: Button, ref: str) -> Json:
    if len(button.command) > VALUE:  # a command cut short would be another command
        raise ValueError(f"A button's command has {len(button.command)} characters; Slack takes {VALUE}.")
    drawn: Json = {"type": "button", "text": plain(button.label, LABEL)}
    drawn |= {"url": button.url} if button.url else {"value": button.command}
    if button.style != "plain":
        drawn["style"] = button.style
    if ref:
        drawn["accessibility_label"] = clip(f"{button.label}, {ref}", LABEL)
    return drawn


def _option(button: Button) -> Json:
    return {"text": plain(button.label, LABEL), "value": button.command}


def _fitting(pieces: list[Piece], most: int, room: int) -> list[Json]:
    """The first pieces that Slack has room for, and a line that counts the items left out."""
    whole = [block for piece in pieces for block in piece.blocks]
    if len(whole) <= most and letters(whole) <= room:
        return whole
    kept: list[Json] = []
    for index, piece in enumerate(pieces):
        room -= letters(piece.blocks)
        if len(kept) + len(piece.blocks) >= most or room < 0:
            return [*kept, _more(sum(rest.items for rest in pieces[index:]))]
        kept += piece.blocks
    return kept


def _more(items: int) -> Json:
    left = f"… and {items} more." if items else "… and more."
    return {"type": "context", "elements": [plain(f"{left} Type /lif action list to see all.", VALUE)]}


def letters(drawn: Any) -> int:
    """Count the characters of every text in drawn blocks, as Slack does for its limit on a whole message."""
    if isinstance(drawn, list):
        return sum(letters(part) for part in drawn)
    if not isinstance(drawn, dict):
        return 0
    own = len(drawn["text"]) if isinstance(drawn.get("text"), str) else 0
    return own + sum(letters(part) for part in drawn.values() if isinstance(part, dict | list))


def _numbered(drawn: list[Json]) -> list[Json]:
    numbers = count()
    for block in drawn:
        pressed = block["elements"] if block["type"] == "actions" else [block.get("accessory")]
        for element in filter(None, pressed):
            element["action_id"] = f"lif:{next(numbers)}"
    return drawn
