"""Slack's published limits for blocks and views, each as a sentence about what breaks it."""

import json
from collections.abc import Iterator
from typing import Any

from lifbot.playground.refusal import Json

TEXT_ROOM = {  # type -> {key: most characters}
    "header": {"text": 150},
    "section": {"text": 3000},
    "input": {"label": 2000, "hint": 2000},
    "button": {"text": 75, "value": 2000, "url": 3000, "accessibility_label": 75},
    "image": {"alt_text": 2000, "image_url": 3000, "title": 2000},
    "mrkdwn": {"text": 3000},
    "plain_text": {"text": 3000},
    "confirm": {"title": 100, "text": 300, "confirm": 30, "deny": 30},
    "option": {"text": 75, "value": 150, "description": 75},
    "modal": {"title": 24, "submit": 24, "close": 24, "private_metadata": 3000, "callback_id": 255, "external_id": 255},
    "home": {"private_metadata": 3000, "callback_id": 255, "external_id": 255},
}
PLAIN_ONLY = {
    "header": ("text",),
    "button": ("text",),
    "input": ("label", "hint"),
    "modal": ("title", "submit", "close"),
}
NEEDED = {
    "header": ("text",),
    "button": ("text",),
    "input": ("label", "element"),
    "image": ("alt_text",),
    "actions": ("elements",),
    "context": ("elements",),
    "option": ("text", "value"),
    "modal": ("title", "blocks"),
    "home": ("blocks",),
    "rich_text": ("elements",),
}
BLOCK_TYPES = {"header", "section", "divider", "context", "actions", "input", "image", "rich_text"}
MOST_ELEMENTS = {"actions": 25, "context": 10}
MOST_OPTIONS = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
VIEW_BYTES = 250_000
SURFACE_BLOCKS = {"message": 50, "modal": 100, "home": 100}


def said(value: Any) -> str | None:
    """The words of a string or text object; None when there are none to be had."""
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) else None


def broken_in_view(view: Json) -> list[str]:
    """What Slack would refuse about a modal or Home view."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return ["must be a view of type modal or home [json-pointer:/view/type]"]
    faults = [*_texts(view, kind, "/view"), *broken_in(view.get("blocks"), kind, "/view")]
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        faults.append("view is larger than 250 kB [json-pointer:/view]")
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if kind == "modal" and has_input and not view.get("submit"):
        faults.append("submit is required when an input is in the view [json-pointer:/view/submit]")
    return faults


def broken_in(blocks: Any, surface: str, where: str = "") -> list[str]:
    """What Slack would refuse about a list of blocks; empty when all is well."""
    at = f"{where}/blocks"
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return [f"must be an array of blocks [json-pointer:{at}]"]
    faults = [fault for index, block in enumerate(blocks) for fault in _block(block, f"{at}/{index}")]
    if len(blocks) > SURFACE_BLOCKS[surface]:
        faults.append(f"no more than {SURFACE_BLOCKS[surface]} items allowed [json-pointer:{at}]")
    names = [block["block_id"] for block in blocks if block.get("block_id")]
    faults += [f"block_id must be unique [json-pointer:{at}]" for name in set(names) if names.count(name) > 1]
    return faults


def _block(block: Json, at: str) -> Iterator[str]:
    kind = str(block.get("type"))
    if kind not in BLOCK_TYPES:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from _texts(block, kind, at)
    if len(str(block.get("block_id", ""))) > 255:
        yield f"must be less than 256 characters [json-pointer:{at}/block_id]"
    if kind == "section":
        yield from _section(block, at)
    elements = elements_of(block)
    if len(elements) > MOST_ELEMENTS.get(kind, 1000):
        yield f"no more than {MOST_ELEMENTS[kind]} items allowed [json-pointer:{at}/elements]"
    if kind in MOST_ELEMENTS and not elements:
        yield f"must have at least one element [json-pointer:{at}/elements]"
    yield from _elements(elements, at) if kind != "rich_text" else ()


def elements_of(block: Json) -> list[Json]:
    """The elements that a block holds, wherever it holds them."""
    held = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [element for element in held if isinstance(element, dict)]


def _section(block: Json, at: str) -> Iterator[str]:
    fields = block.get("fields") or []
    if not block.get("text") and not fields:
        yield f"must have text or fields [json-pointer:{at}]"
    if len(fields) > 10:
        yield f"no more than 10 items allowed [json-pointer:{at}/fields]"
    for index, field in enumerate(fields):
        yield from _room(field, 2000, f"{at}/fields/{index}/text")


def _elements(elements: list[Json], at: str) -> Iterator[str]:
    names = [element["action_id"] for element in elements if element.get("action_id")]
    if len(set(names)) < len(names):
        yield f"action_id must be unique within a block [json-pointer:{at}/elements]"
    for index, element in enumerate(elements):
        yield from _element(element, f"{at}/elements/{index}")


def _element(element: Json, at: str) -> Iterator[str]:
    kind = str(element.get("type"))
    yield from _texts(element, kind, at)
    if len(str(element.get("action_id", ""))) > 255:
        yield f"must be less than 256 characters [json-pointer:{at}/action_id]"
    if element.get("placeholder") is not None:
        yield from _room(element["placeholder"], 150, f"{at}/placeholder/text")
    if kind == "button" and element.get("style") not in (None, "primary", "danger"):
        yield f"style must be primary or danger [json-pointer:{at}/style]"
    if element.get("max_length", 1) > 3000:
        yield f"must be at most 3000 [json-pointer:{at}/max_length]"
    if "confirm" in element:
        yield from _texts(element["confirm"], "confirm", f"{at}/confirm")
    if "options" in element or kind in MOST_OPTIONS:
        yield from _options(element, kind, at)


def _options(element: Json, kind: str, at: str) -> Iterator[str]:
    options = element.get("options") or []
    most = MOST_OPTIONS.get(kind, 100)
    if not 1 <= len(options) <= most:
        yield f"must have between 1 and {most} options [json-pointer:{at}/options]"
    for index, option in enumerate(options):
        yield from _texts(option, "option", f"{at}/options/{index}")


def _texts(thing: Json, kind: str, at: str) -> Iterator[str]:
    for key in NEEDED.get(kind, ()):
        if not thing.get(key):
            yield f"missing required field: {key} [json-pointer:{at}]"
    for key in PLAIN_ONLY.get(kind, ()):
        if isinstance(thing.get(key), dict) and thing[key].get("type") != "plain_text":
            yield f"must be plain_text [json-pointer:{at}/{key}]"
    for key, room in TEXT_ROOM.get(kind, {}).items():
        if thing.get(key) is not None:
            yield from _room(thing[key], room, f"{at}/{key}")


def _room(value: Any, room: int, at: str) -> Iterator[str]:
    words = said(value)
    if words is None:
        yield f"must be a text [json-pointer:{at}]"
    elif len(words) > room:
        yield f"must be less than {room + 1} characters [json-pointer:{at}]"
    elif not words and isinstance(value, dict):
        yield f"must be more than 0 characters [json-pointer:{at}]"
