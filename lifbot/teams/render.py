"""A Message as Teams shows it: one Adaptive Card, in a conversation or in place of the card that was clicked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from lifbot.links import Link, is_link, is_mail
from lifbot.message import Ask, Block, Facts, Fine, Heading, ItemCard, ItemList, Message, Quote, Say, say
from lifbot.teams.cards import (
    CONTENT,
    MOST_BYTES,
    UNTITLED,
    Json,
    attachment,
    card,
    choices,
    clip,
    column,
    container,
    fine,
    folded,
    heading,
    opened,
    paragraph,
    rich,
    run,
    size,
)
from lifbot.teams.forms import dialog, form_card, form_values
from lifbot.teams.typed import as_typed

__all__ = ["cancelled", "dialog", "form_card", "form_values", "message", "redrawn", "toast"]

BRAG = {"blue": "🔵", "green": "🟢", "amber": "🟠", "red": "🔴"}
SUMMARY, TEXT, LISTED, LABEL, LINE = 250, 3000, 400, 75, 300
NAMES = "130px"  # the column of names beside facts; on a phone their values keep more than half


class Piece(NamedTuple):
    """Elements that stay together, and how many items they show."""

    elements: list[Json]
    items: int = 0


def message(msg: Message, *, place_is_channel: bool = False) -> Json:
    """Return the activity that a conversation gets; a channel's notification holds nothing of the items."""
    msg = as_typed(msg, in_channel=place_is_channel)
    return {
        "type": "message",
        "summary": _summary(msg, place_is_channel),
        "attachments": [attachment(_card(msg))],
    }


def redrawn(msg: Message) -> Json:
    """Return the answer to Action.Execute that puts this message in place of the card that was clicked."""
    return {"statusCode": 200, "type": CONTENT, "value": _card(msg)}


def toast(text: str) -> Json:
    """Return the answer to Action.Execute that says something and leaves the card as it is."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def cancelled() -> Json:
    """Return the answer to a form's Cancel (verb "lif.cancel"), in place of the form."""
    return redrawn(say("The form is put aside; nothing was saved."))


def _summary(msg: Message, place_is_channel: bool) -> str:
    headings = (block.text for block in msg.blocks if isinstance(block, Heading))
    spoken = next(headings, "") if place_is_channel else msg.plain()
    return clip(" ".join((msg.summary or spoken).split()), SUMMARY) or UNTITLED


def _card(msg: Message) -> Json:
    words = msg.plain().strip() or msg.summary.strip() or UNTITLED
    whole = card([], words, msteams={"width": "Full"})
    pieces = [piece for block in msg.blocks for piece in _pieces(block)]
    whole["body"] = _fitting(pieces, MOST_BYTES - size(whole)) or paragraph(clip(words, TEXT))
    return whole


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Heading(text):
            yield Piece(heading(clip(text, TEXT)))
        case Say(text):
            yield Piece(paragraph(clip(text, TEXT)))
        case Quote(text, by):
            yield Piece(_quote(text, by))
        case Fine(text):
            yield Piece(fine(clip(text, TEXT)))
        case Facts(pairs):
            yield from (Piece([_fact(*pair, place)]) for place, pair in enumerate(pairs))
        case ItemCard():
            yield _item(block, TEXT)
        case ItemList():
            yield from _list(block)
        case Ask(question, buttons):
            yield Piece([*paragraph(clip(question, TEXT)), *choices(buttons)])
        case Link():
            yield Piece(_link(block))
        case _:
            assert_never(block)


def _quote(text: str, by: str | None) -> list[Json]:
    if not text.strip():
        return []
    words = [*paragraph(clip(text, TEXT)), *fine(f"— {clip(by, LABEL)}" if by else "", spacing="Small")]
    return [container(words, style="emphasis")]


def _link(link: Link) -> list[Json]:
    """Words, and a button that opens the address: no client reads a button's title as Markdown."""
    if is_link(link.url) or is_mail(link.url):
        return [*paragraph(clip(link.text, TEXT)), opened(link.name, link.url)]
    return paragraph(clip(f"{link.text} {link.name} ({link.url})", TEXT))


def _fact(name: str, value: str, place: int) -> Json:
    """Two columns: a FactSet reads Markdown, and cuts long values on phones."""
    words = (run(clip(name, LABEL), weight="Bolder"), run(clip(value, TEXT) or "—"))
    columns = [column(width, [rich(word)]) for width, word in zip((NAMES, "stretch"), words, strict=True)]
    return {"type": "ColumnSet", "spacing": "Small" if place else "Default", "columns": columns}


def _item(item: ItemCard, most: int, **layout: object) -> Piece:
    words = [rich(run(f"{clip(item.ref, LABEL) or '—'}  ", weight="Bolder"), run(clip(item.text, most)))]
    words += [rich(*line, spacing="None") for line in (_line(item), _said(item)) if line]
    buttons = folded(item.buttons, item.ref)
    if layout and len(item.buttons) == 1:  # in a list, the one button at its side takes half the height
        return Piece(
            [{"type": "ColumnSet", **layout, "columns": [column("stretch", words), column("auto", buttons)]}], 1
        )
    return Piece([container([*words, *buttons], **layout)], 1)


def _line(item: ItemCard) -> list[Json]:
    runs = []
    if item.brag:
        # The dot has the colour; the word keeps the text's own, for clients draw Warning in a yellow that few can read.
        runs += [run(f"{BRAG.get(item.brag.lower(), '⚪')} "), run(clip(item.brag, LABEL), weight="Bolder")]
    if item.line.strip():
        runs.append(run((" · " if runs else "") + clip(item.line.strip(), LINE), isSubtle=True))
    return runs


def _said(item: ItemCard) -> list[Json]:
    return [run(clip(item.said.strip(), LISTED))] if item.said.strip() else []


def _list(items: ItemList) -> Iterator[Piece]:
    title = heading(clip(items.title, LINE), "Medium")
    if not items.cards:
        yield Piece([*title, *paragraph(clip(items.note or "", TEXT), isSubtle=True)])
        return
    first, *others = items.cards
    yield Piece([*title, *_item(first, LISTED, spacing="Small").elements], 1)
    for other in others:
        yield _item(other, LISTED, separator=True)


def _fitting(pieces: Sequence[Piece], room: int) -> list[Json]:
    """The first pieces that Teams has room for, and a line that counts the items left out."""
    if sum(size(piece.elements) for piece in pieces) <= room:
        return [element for piece in pieces for element in piece.elements]
    kept: list[Json] = []
    room -= 400  # for the line that says so
    for index, piece in enumerate(pieces):
        room -= size(piece.elements)
        if room < 0:
            return [*kept, *_more(sum(rest.items for rest in pieces[index:]))]
        kept += piece.elements
    return kept


def _more(items: int) -> list[Json]:
    left = f"… and {items} more." if items else "… and more."
    return fine(f"{left} Type action list to see all.", separator=True)
