"""Slack's published limits, walked over the final JSON of a message, a modal or a Home view."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

ROOM = {  # block or element type -> {key of a text: (fewest, most) characters}
    "header": {"text": (1, 150)},
    "section": {"text": (1, 3000)},
    "input": {"label": (1, 2000), "hint": (1, 2000)},
    "button": {"text": (1, 75), "value": (1, 2000), "accessibility_label": (1, 75)},
    "option": {"text": (1, 75), "value": (1, 150)},
    "option_group": {"label": (1, 75)},
    "plain_text": {"text": (1, 3000)},
    "modal": {"title": (1, 24), "submit": (1, 24), "close": (1, 24), "private_metadata": (0, 3000)},
    "text": {"text": (1, 3000)},
}
PLACEHOLDER = 150
PIECES = {"actions": 25, "context": 10}
OPTIONS = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10, "static_select": 100, "multi_static_select": 100}
BLOCKS = {"message": 50, "modal": 100, "home": 100}
KINDS = {"header", "rich_text", "context", "actions", "input", "divider", "section"}
WITHOUT_ELEMENTS = {"header", "input", "divider", "section"}
RICH = {"rich_text_section", "rich_text_quote", "rich_text_list"}
PICKERS = {"users_select", "multi_users_select", "conversations_select"}
INPUTS = {"plain_text_input", "datepicker", *OPTIONS, *PICKERS} - {"overflow"}
ALL_TEXT = 11_000  # measured, not published: msg_blocks_too_long


def check(payload: Json) -> list[str]:
    """Return what Slack would refuse, and what could ping or fetch, in a message, a modal or a Home view."""
    surface = str(payload.get("type", "message"))
    return [*(_message(payload) if surface == "message" else _view(payload)), *_blocks(payload["blocks"], surface)]


def _message(payload: Json) -> Iterator[str]:
    if not 1 <= len(payload["text"]) <= 4000:
        yield f"text has {len(payload['text'])} characters"
    if "<" in payload["text"] or ">" in payload["text"]:
        yield "text is not escaped"
    if payload.get("unfurl_links") is not False or payload.get("unfurl_media") is not False:
        yield "links would be fetched"
    if {"parse", "link_names", "attachments"} & payload.keys():
        yield "names could be linked"
    if len("".join(texts(payload["blocks"]))) > ALL_TEXT:
        yield "msg_blocks_too_long"


def _view(view: Json) -> Iterator[str]:
    yield from _room(view, str(view["type"]))
    if len(json.dumps(view).encode()) > 250_000:
        yield "view is larger than 250 kB"
    if view["type"] == "modal" and view.get("callback_id") != "lif":
        yield "nobody listens to this callback_id"


def _blocks(blocks: list[Json], surface: str) -> Iterator[str]:
    if len(blocks) > BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    for block in blocks:
        yield from _block(block, surface)
    for key, things in (("block_id", blocks), ("action_id", [e for b in blocks for e in _elements(b)])):
        names = [thing[key] for thing in things if key in thing]
        if len(names) != len(set(names)):
            yield f"{key} is not unique"


def _elements(block: Json) -> list[Json]:
    return [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]


def _block(block: Json, surface: str) -> Iterator[str]:
    kind = block["type"]
    if kind not in KINDS or (kind == "input") > (surface == "modal"):
        yield f"{kind} in a {surface}"
    yield from _room(block, kind)
    elements = block.get("elements", ())
    if not (1 <= len(elements) <= PIECES.get(kind, 1000) or kind in WITHOUT_ELEMENTS):
        yield f"{kind} has {len(elements)} elements"
    for element in elements:
        yield from _rich(element) if kind == "rich_text" else _element(element)
    if "accessory" in block:
        yield from _element(block["accessory"])
    if kind == "input":
        if block["element"]["type"] not in INPUTS or len(block["block_id"]) > 255:
            yield f"input of {block['element']['type']}"
        yield from _element(block["element"])


def _rich(part: Json) -> Iterator[str]:
    if part["type"] == "text":
        yield from _room(part, "text")
        return
    if part["type"] == "link":
        yield from _room(part, "text")
        if not re.fullmatch(r"(?:https://|mailto:[\w.+-]+@)[\x21-\x7e]{1,2000}", part["url"]):
            yield "a link that is no plain https address"
        return
    if part["type"] not in RICH or not part["elements"]:
        yield f"rich_text with {part['type']}"
    for element in part["elements"]:
        yield from _rich(element)


def _element(element: Json) -> Iterator[str]:
    kind = element["type"]
    yield from _room(element, kind)
    if kind not in (*INPUTS, "button", "overflow", "plain_text"):
        yield f"{kind} is read as markup, or unknown"
    if kind != "plain_text" and not 1 <= len(element.get("action_id", "")) <= 255:
        yield f"{kind} without action_id"
    if kind == "button" and ("url" in element) == ("value" in element):
        yield "a button that does nothing, or two things"
    if len(element.get("url", "")) > 3000:
        yield "an address that is too long"
    if element.get("style", "primary") not in ("primary", "danger"):
        yield "style"
    if "placeholder" in element and not 1 <= len(element["placeholder"]["text"]) <= PLACEHOLDER:
        yield "placeholder"
    if kind == "plain_text_input":
        yield from _typed(element)
    if kind in OPTIONS:
        yield from _options(element, kind)
    first = [*element.get("initial_users", ()), *(element[key] for key in ("initial_user",) if key in element)]
    if any(not re.fullmatch("[UW][A-Z0-9]+", id) for id in first):
        yield "an initial user that is none"
    if not set(element.get("filter", {}).get("include", ())) <= {"im", "mpim", "private", "public"}:
        yield "a filter of what Slack has not"


def _typed(element: Json) -> Iterator[str]:
    most = element.get("max_length", 3000)
    if not 1 <= most <= 3000 or len(element.get("initial_value", "")) > most:
        yield f"max_length {most} with {len(element.get('initial_value', ''))} characters"


def _options(element: Json, kind: str) -> Iterator[str]:
    groups = element.get("option_groups", [])
    for group in groups:
        yield from _room(group, "option_group")
    sets = [group["options"] for group in groups] or [element["options"]]
    if len(groups) > 100 or not all(1 <= len(options) <= OPTIONS[kind] for options in sets):
        yield f"{kind} has {[len(options) for options in sets]} options"
    every = [option for options in sets for option in options]
    for option in every:
        yield from _room(option, "option")
    first = [*element.get("initial_options", ()), *([element["initial_option"]] if "initial_option" in element else ())]
    if any(option not in every for option in first):
        yield "initial option is none of the options"


def _room(thing: Json, kind: str) -> Iterator[str]:
    for key, (fewest, most) in ROOM.get(kind, {}).items():
        if key not in thing:
            continue
        value = thing[key]
        if isinstance(value, Mapping) and value.get("type") != "plain_text":
            yield f"{kind}.{key} must be plain_text"
        words = value["text"] if isinstance(value, Mapping) else value
        if not fewest <= len(words) <= most:
            yield f"{kind}.{key} has {len(words)} characters"


def texts(drawn: Any) -> Iterator[str]:
    """Yield every text that a person can read in drawn blocks, in order."""
    if isinstance(drawn, list):
        for part in drawn:
            yield from texts(part)
    elif isinstance(drawn, Mapping):
        if isinstance(drawn.get("text"), str):
            yield drawn["text"]
        for part in drawn.values():
            if isinstance(part, list | Mapping):
                yield from texts(part)
