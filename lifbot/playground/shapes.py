"""Interactive elements: finding one in blocks, and what somebody chose in it, as Slack words it."""

import copy
import secrets
from collections.abc import Mapping
from typing import Any

from lifbot.playground.limits import elements_of, said
from lifbot.playground.refusal import Json, Refusal

Values = Mapping[str, Mapping[str, Any]]  # block id -> action id -> a string, a list of strings, or None

ONE = {
    "datepicker": "date",
    "timepicker": "time",
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "datetimepicker": "date_time",
}
MANY = {
    "multi_users_select": "users",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}
ONE_OPTION = {"static_select", "radio_buttons", "overflow"}
MANY_OPTIONS = {"checkboxes", "multi_static_select"}
TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
STATEFUL = ONE.keys() | MANY.keys() | (ONE_OPTION - {"overflow"}) | MANY_OPTIONS | TEXTS


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and element has an id, as Slack gives them."""
    whole = copy.deepcopy(blocks)
    for block in whole:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if element.get("type") in STATEFUL | {"button", "overflow"}:
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return whole


def element_in(blocks: list[Json], block_id: str | None, action_id: str) -> tuple[Json, Json]:
    """The block and the element that somebody used; block_id may be left out."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("action_id") == action_id and block_id in (None, block.get("block_id")):
                return block, element
    raise Refusal("action_not_found")


def initial(element: Json) -> Any:
    """What an element holds before anybody touches it."""
    kind = element["type"]
    if kind in TEXTS:
        return element.get("initial_value")
    if kind in ONE_OPTION:
        return (element.get("initial_option") or {}).get("value")
    if kind in MANY_OPTIONS:
        return [option["value"] for option in element.get("initial_options", [])]
    return element.get(f"initial_{ONE.get(kind) or MANY.get(kind)}")


def chosen(element: Json, raw: Any) -> Json:
    """What was chosen, in the keys Slack uses for that kind of element."""
    kind = element["type"]
    if kind == "button":
        return {key: element[key] for key in ("text", "value", "style") if key in element}
    if kind in TEXTS:
        return {"value": str(raw) if raw else None}
    if kind in ONE_OPTION:
        return {"selected_option": _option(element, raw)}
    if kind in MANY_OPTIONS:
        picked = [_option(element, value) for value in raw or []]
        return {"selected_options": [option for option in picked if option]}
    if kind in MANY:
        return {f"selected_{MANY[kind]}": list(raw or [])}
    value = int(raw) if kind == "datetimepicker" and raw else (raw or None)
    return {f"selected_{ONE[kind]}": value}


def _option(element: Json, value: Any) -> Json | None:
    groups = element.get("option_groups", [])
    options = element.get("options", []) + [option for group in groups for option in group["options"]]
    return next((option for option in options if option["value"] == value), None)


def state_of(blocks: list[Json], values: Values) -> Json:
    """Slack's `state`: what every input holds now."""
    state: dict[str, Json] = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in STATEFUL:
                held = values.get(block["block_id"], {})
                raw = held.get(element["action_id"], initial(element))
                shape = {"type": element["type"], **chosen(element, raw)}
                state.setdefault(block["block_id"], {})[element["action_id"]] = shape
    return {"values": state}


def unfilled(blocks: list[Json], state: Json) -> dict[str, str]:
    """Slack's own complaints before a form is sent, by block id."""
    faults: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = state["values"].get(block["block_id"], {}).get(element["action_id"], {})
        fault = _complaint(block, element, [value for key, value in held.items() if key != "type"])
        if fault:
            faults[block["block_id"]] = fault
    return faults


def _complaint(block: Json, element: Json, held: list[Any]) -> str | None:
    if not any(held):
        return None if block.get("optional") else "Please complete this field."
    words = said(held[0]) or ""
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if element["type"] in TEXTS and len(words) > most:
        return f"Please use {most} characters or fewer (now {len(words)})."
    if element["type"] in TEXTS and len(words) < least:
        return f"Please use at least {least} characters."
    return None
