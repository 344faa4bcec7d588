"""A Form as Slack's modal, and what people put into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, assert_never

from lifbot.message import Field, Form, Message
from lifbot.slack.blocks import LABEL, OPTION_VALUE, Json, clip, paragraph, plain

TITLE, HINT, PLACEHOLDER, INPUT, METADATA, BLOCKS = 24, 2000, 150, 3000, 3000, 100
OPTIONS, TICKS, RADIOS = 100, 10, 3
YES = (("yes", "Yes"),)
MENTIONED = re.compile(r"<@([A-Z0-9]+)>")


def form_view(form: Form, metadata: str) -> Json:
    """Return the modal that asks for a command's missing arguments; ValueError where Slack has no room for it."""
    blocks = [*paragraph(form.intro), *(_input(field) for field in form.fields)]
    if len(metadata) > METADATA or len(blocks) > BLOCKS:
        raise ValueError(
            f"Slack has no room for a form of {len(blocks)} blocks and {len(metadata)} characters of metadata."
        )
    return {
        "type": "modal",
        "callback_id": "lif",
        "title": plain(form.title, TITLE),
        "submit": plain(form.submit, TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": blocks,
        "private_metadata": metadata,
    }


def answer_view(blocks: list[Json]) -> Json:
    """Return the window that shows an answer above the Home tab."""
    drawn = {"type": "modal", "callback_id": "lif", "title": plain("lifbot", TITLE), "close": plain("Close", TITLE)}
    return {**drawn, "blocks": blocks[:BLOCKS]}


def view_values(view: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return each field's name with what it holds, as text; several values are joined by commas."""
    values: Mapping[str, Mapping[str, Any]] = (view.get("state") or {}).get("values") or {}
    return tuple((name, _held(state)) for name, states in values.items() for state in states.values())


def _held(state: Mapping[str, Any]) -> str:
    if "selected_users" in state or "selected_user" in state:
        people = state.get("selected_users") or [state.get("selected_user")]
        return ",".join(f"<@{id}>" for id in people if id)
    if "selected_conversation" in state:
        return str(state["selected_conversation"] or "")
    if "selected_options" in state:
        return ",".join(option["value"] for option in state["selected_options"] or ())
    if "selected_option" in state:
        return str((state["selected_option"] or {}).get("value") or "")
    return str(state.get("selected_date") or state.get("value") or "")


def _input(field: Field) -> Json:
    drawn: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, HINT),
        "element": {**_element(field), "action_id": "value"},
        "optional": not field.required,
    }
    if field.hint:
        drawn["hint"] = plain(field.hint, HINT)
    return drawn


def _element(field: Field) -> Json:
    match field.kind:
        case "line" | "text":
            return _typed(field)
        case "date":
            return _date(field)
        case "person" | "choice":
            return _one(field) if field.options else _typed(field)
        case "people" | "several":
            return _several(field, "multi_static_select") if field.options else _typed(field)
        case "account" | "accounts" | "channel":
            return _picked(field)
        case "tick":
            return _several(field, "checkboxes" if len(field.options) <= TICKS else "multi_static_select")
        case _:
            assert_never(field.kind)


def _typed(field: Field) -> Json:
    most = max(1, min(field.max_length, INPUT))
    drawn: Json = {"type": "plain_text_input", "multiline": field.kind == "text", "max_length": most}
    if field.value:
        drawn["initial_value"] = clip(field.value, most)
    return _with_placeholder(drawn, field)


def _date(field: Field) -> Json:
    drawn: Json = {"type": "datepicker"}
    with suppress(ValueError):  # words that are no date leave the picker empty
        drawn["initial_date"] = date.fromisoformat(field.value).isoformat()
    return _with_placeholder(drawn, field)


def _one(field: Field) -> Json:
    # A radio button once pressed cannot be cleared, so only what must be answered has them.
    radio = field.kind == "choice" and field.required and len(field.options) <= RADIOS
    drawn: Json = {"type": "radio_buttons"} if radio else _with_placeholder({"type": "static_select"}, field)
    drawn.update(_options(field))
    chosen = [option for option in field.options if field.value and option[0] == field.value]
    if chosen:
        drawn["initial_option"] = _option(chosen[0])
    return drawn


def _picked(field: Field) -> Json:
    """Slack's own people and channels, which need no list of ours."""
    if field.kind == "channel":
        shown = {"include": ["public", "private"], "exclude_bot_users": True}
        first = {"initial_conversation": field.value} if field.value else {}
        return {"type": "conversations_select", "filter": shown, **first, **_hinted(field, "Choose a channel")}
    ids = MENTIONED.findall(field.value)
    if field.kind == "accounts":
        return {
            "type": "multi_users_select",
            **({"initial_users": ids} if ids else {}),
            **_hinted(field, "Choose people"),
        }
    return {"type": "users_select", **({"initial_user": ids[0]} if ids else {}), **_hinted(field, "Choose somebody")}


def _hinted(field: Field, otherwise: str) -> Json:
    return {"placeholder": plain(field.placeholder or otherwise, PLACEHOLDER)}


def _several(field: Field, kind: str) -> Json:
    drawn: Json = {"type": kind} if kind == "checkboxes" else _with_placeholder({"type": kind}, field)
    drawn.update(_options(field))
    wanted = {value.strip() for value in field.value.split(",")} - {""}
    chosen = [_option(option) for option in field.options or YES if option[0] in wanted]
    if chosen:
        drawn["initial_options"] = chosen
    return drawn


def _options(field: Field) -> Json:
    options = field.options or YES
    if len(options) <= OPTIONS:
        return {"options": [_option(option) for option in options]}
    # Slack shows a hundred in a menu, but a hundred groups of them: nobody is left out of a large partnership.
    groups = [options[start : start + OPTIONS] for start in range(0, len(options), OPTIONS)]
    return {"option_groups": [_group(group) for group in groups]}


def _group(options: Sequence[tuple[str, str]]) -> Json:
    ends = f"{clip(options[0][1], 35)} – {clip(options[-1][1], 35)}"
    return {"label": plain(ends, LABEL), "options": [_option(option) for option in options]}


def _option(option: tuple[str, str]) -> Json:
    value, label = option
    if not 1 <= len(value) <= OPTION_VALUE:  # cut short it would mean something else
        raise ValueError(f"An option's value has {len(value)} characters; Slack takes 1 to {OPTION_VALUE}.")
    return {"text": plain(label, LABEL), "value": value}


def _with_placeholder(drawn: Json, field: Field) -> Json:
    return {**drawn, "placeholder": plain(field.placeholder, PLACEHOLDER)} if field.placeholder else drawn


def faults_beside(answer: Message, view: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts beside a form's fields; those of no field in it stand at the first."""
    names = [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"]
    faults: dict[str, str] = {}
    for field, text in answer.errors if names else ():
        name = field if field in names else names[0]
        faults[name] = f"{faults[name]} {text}" if name in faults else text
    return faults
