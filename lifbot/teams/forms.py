"""A Form as a card with inputs, in a conversation or in a dialog, and what people put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, assert_never

from lifbot.message import Field, Form
from lifbot.teams.cards import (
    MOST_BYTES,
    TITLE,
    Json,
    attachment,
    card,
    clip,
    executed,
    fine,
    heading,
    literal,
    paragraph,
    rich,
    run,
    sendable,
    size,
    submitted,
)

OURS = frozenset({"line", "lif", "msteams", "action"})
"""Keys of an action's data that are no fields."""

LABEL, PLACEHOLDER, HINT, INTRO = 200, 150, 300, 1000
RADIOS, SEARCHED, FEW = 3, 7, 20  # choices: shown all at once; found by typing beyond; kept where room is short
YES = "yes"
UNTITLED_FORM = "Please fill this in"
USERS = "graph.microsoft.com/users"
DIRECTORY_ID = r"[0-9a-fA-F]{8,16}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
PICKED = re.compile(rf"{DIRECTORY_ID}(?:\s*,\s*{DIRECTORY_ID})*")
MENTIONED = re.compile(rf"<@({DIRECTORY_ID})>")
NOTHING: Mapping[str, str] = {}
EMPTY = {
    "person": "Please choose somebody.",
    "people": "Please choose at least one person.",
    "choice": "Please choose one.",
    "account": "Please choose somebody.",
    "accounts": "Please choose at least one person.",
    "date": "Please choose a date.",
    "tick": "Please tick this.",
}


def form_card(form: Form, *, errors: tuple[tuple[str, str], ...] = (), values: Mapping[str, str] = NOTHING) -> Json:
    """Return the form as a card in a conversation; ValueError where Teams has no room for it."""
    buttons = [executed("lif.form", {"line": form.command}, _submit(form)), _cancel(form.back)]
    return _fitting(form, errors, values, buttons)


def dialog(form: Form, *, errors: tuple[tuple[str, str], ...] = (), values: Mapping[str, str] = NOTHING) -> Json:
    """Return the answer to task/fetch that opens the form; a dialog knows only Action.Submit, and closes by itself."""
    drawn = _fitting(form, errors, values, [submitted("lif.form", {"line": form.command}, _submit(form))])
    opened = {"title": clip(form.title, TITLE), "height": "medium", "width": "medium", "card": attachment(drawn)}
    return {"task": {"type": "continue", "value": opened}}


def form_values(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return each field's name with what it holds, as text; several values are joined by commas."""
    return tuple((name, _held(value)) for name, value in data.items() if name not in OURS)


def _held(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return YES
        case list():
            return ",".join(_held(part) for part in value)
        case _:
            text = str(value)
            return ",".join(f"<@{id.strip().lower()}>" for id in text.split(",")) if PICKED.fullmatch(text) else text


def _submit(form: Form) -> Json:
    return {"title": clip(form.submit, TITLE) or "Save", "style": "positive"}


def _cancel(back: str) -> Json:
    """A card stays in the conversation, so there must be a way to put it aside, or back to the page it came from."""
    if back:
        return executed("lif", {"line": back}, {"title": "Cancel"}, associatedInputs="none")
    return executed("lif.cancel", {"line": ""}, {"title": "Cancel"}, associatedInputs="none")


def _fitting(
    form: Form, errors: tuple[tuple[str, str], ...], values: Mapping[str, str], actions: Sequence[Json]
) -> Json:
    """The form with everybody to choose from; where that is too long, long lists become a name to type."""
    for most in (None, FEW, 0):
        body = [*_head(form, errors), *(part for field in form.fields for part in _asked(field, errors, values, most))]
        drawn = card(body, form.title, actions=list(actions))
        if size(drawn) <= MOST_BYTES:
            return drawn
    raise ValueError(f"Teams has no room for a form of {len(form.fields)} fields with what they hold.")


def _head(form: Form, errors: tuple[tuple[str, str], ...]) -> list[Json]:
    names = {field.name for field in form.fields}
    astray = [text for name, text in errors if name not in names]
    if errors and not astray:
        astray = ["Nothing is saved yet. Please see the notes beside the fields."]
    said = [part for text in astray for part in paragraph(clip(text, HINT), color="Attention")]
    title = heading(clip(form.title, LABEL)) or heading(UNTITLED_FORM)
    return [*title, *paragraph(clip(form.intro, INTRO)), *said]


def _asked(
    field: Field, errors: tuple[tuple[str, str], ...], values: Mapping[str, str], most: int | None
) -> Iterator[Json]:
    if field.kind == "channel" and not field.options:
        return  # Teams tells a bot only of the channel in which it is asked
    value = sendable(values.get(field.name, field.value))
    yield {**_named(field), **_input(field, value, most)}
    said = [clip(text, HINT) for name, text in errors if name == field.name and text.strip()]
    for text in said:
        yield rich(run(text, color="Attention", weight="Bolder"), spacing="Small")
    if hint := clip(field.hint, HINT):
        yield from fine(hint, spacing="Small") if not any(hint in text for text in said) else ()


def _named(field: Field) -> Json:
    if field.name in OURS:
        raise ValueError("A field has a name that the card needs for itself.")
    named: Json = {"id": field.name, "label": clip(field.label, LABEL) or " ", "spacing": "Medium"}
    if field.required:
        named |= {"isRequired": True, "errorMessage": EMPTY.get(field.kind, "Please fill this in.")}
    return named


def _input(field: Field, value: str, most: int | None) -> Json:
    few = bool(field.options) and (most is None or len(field.options) <= most)
    match field.kind:
        case "line" | "text":
            return _typed(field, value)
        case "date":
            return _date(field, value)
        case "person" | "choice":
            return _one(field, value) if few else _typed(field, value)
        case "people" | "several":
            return _several(field, value, "filtered") if few else _typed(field, value)
        case "account" | "accounts":
            return _picked(field, value)
        case "channel":
            return _channel(field, value)
        case "tick" if not field.options:
            return _tick(field, value)
        case "tick":
            return _several(field, value, "expanded")
        case _:
            assert_never(field.kind)


def _typed(field: Field, value: str) -> Json:
    # What was typed is never cut: a text too long is refused by the command, with words.
    drawn: Json = {"type": "Input.Text", "maxLength": max(1, field.max_length, len(value))}
    if field.kind == "text":
        drawn["isMultiline"] = True
    if value:
        drawn["value"] = value
    hint = field.placeholder or ("Type a name" if field.kind in ("person", "people") else "")
    return {**drawn, "placeholder": clip(hint, PLACEHOLDER)} if hint else drawn


def _date(field: Field, value: str) -> Json:
    drawn: Json = {"type": "Input.Date"}
    if value:
        with suppress(ValueError):
            return {**drawn, "value": date.fromisoformat(value).isoformat()}
        return _typed(field, value)  # words that are no date stay, to be mended
    return drawn


def _one(field: Field, value: str) -> Json:
    # A radio button once pressed cannot be cleared, so only what must be answered has them.
    radio = field.kind == "choice" and field.required and len(field.options) <= RADIOS
    many = field.kind == "person" and len(field.options) > SEARCHED
    style = "expanded" if radio else "filtered" if many else "compact"
    drawn: Json = {"type": "Input.ChoiceSet", "style": style, "choices": _choices(field, radio)}
    if not value and field.required and len(field.options) == 1:
        value = field.options[0][0]  # what nobody can choose otherwise needs no press
    if value in dict(field.options):
        drawn["value"] = value
    elif value:  # a name that fits nobody, or several people
        drawn["placeholder"] = f"“{clip(value, LABEL)}”: please choose"
    if not radio:
        drawn.setdefault("placeholder", clip(field.placeholder, PLACEHOLDER) or "Choose")
    return drawn


def _picked(field: Field, value: str) -> Json:
    """Everybody in the tenant, found by typing; what comes back are ids of the directory."""
    drawn: Json = {"type": "Input.ChoiceSet", "choices": [], "choices.data": {"type": "Data.Query", "dataset": USERS}}
    if field.kind == "accounts":
        drawn["isMultiSelect"] = True
    if ids := MENTIONED.findall(value):
        drawn["value"] = ",".join(ids)
    return {**drawn, "placeholder": clip(field.placeholder, PLACEHOLDER) or "Type a name"}


def _channel(field: Field, value: str) -> Json:
    known = dict(field.options)
    options = field.options if value in known or not value else (*field.options, (value, "Its present channel"))
    return _one(replace(field, options=options), value)


def _several(field: Field, value: str, style: str) -> Json:
    if any("," in choice for choice, _ in field.options):
        raise ValueError("An option's value has a comma, which stands between values.")
    drawn: Json = {"type": "Input.ChoiceSet", "style": style, "isMultiSelect": True, "choices": _choices(field, True)}
    wanted = {part.strip() for part in value.split(",")}
    chosen = [choice for choice, _ in field.options if choice in wanted]
    if chosen:
        drawn["value"] = ",".join(chosen)
    if style == "filtered":
        drawn["placeholder"] = clip(field.placeholder, PLACEHOLDER) or "Choose"
    return drawn


def _choices(field: Field, in_sight: bool) -> list[Json]:
    """Choices that stand in sight are read as Markdown by some clients; those of a menu by none."""
    wrapped = [(literal(label) if in_sight else label, value) for value, label in field.options]
    return [{"title": clip(label, LABEL) or " ", "value": value} for label, value in wrapped]


def _tick(field: Field, value: str) -> Json:
    held = YES if value.strip().lower() in (YES, "true") else ""
    return {"type": "Input.Toggle", "title": "Yes", "valueOn": YES, "valueOff": "", "value": held}
