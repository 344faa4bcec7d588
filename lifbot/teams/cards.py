"""An Adaptive Card's small parts: words that no client reads as Markdown, buttons, and the card around them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal

from lifbot.message import Button

Json = dict[str, Any]
Place = Literal["message", "dialog"]

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CONTENT = "application/vnd.microsoft.card.adaptive"
MOST_BYTES = 25_000  # of a card's JSON; Teams refuses an activity of more than 28 kB
SIGHT, SET = 4, 6  # an item's buttons in sight; actions in one set, as Teams shows no more
WIDE, BORDER = 33, 4  # letters that fit beside each other on a phone, and how many a button's border takes
TITLE, COMMAND = 40, 2000
TWICE = 400  # characters of a command that stands in its fallback once more; a card has little room for longer ones
STYLES = {"primary": "positive", "danger": "destructive"}
FALLBACK = 700

UNTITLED = "A message from lifbot"

UNSENDABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # half characters, and what no client can show
JOINER, HAIR = "\u2060", "\u200a"  # a character of no width, and a space of next to none
MACRO = re.compile(r"\{(?=\{)")  # {{DATE(…)}} is worked out even where Markdown is not
LINK = re.compile(r"(?<=\])(?=[(\[:])|(?<=[<&\\])|(?<=:)(?=//)|(?<=[wW])(?=\.)|(?<=@)")
BEGINS = re.compile(r"[^\w\s]|\d+[.)]")  # what may begin a list, a quotation, a heading, a rule
EMPHASIS = re.compile(r"([*_~])(?=\S)")


def clip(text: str, most: int) -> str:
    """Return the text, cut to `most` characters with … at its end where it is longer."""
    text = sendable(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def sendable(text: str) -> str:
    """Return the text with � in place of each character that cannot be sent or shown."""
    return UNSENDABLE.sub("\ufffd", text)


def unworked(text: str) -> str:
    """Return foreign text so that a client does not work out {{DATE(…)}} in it."""
    return MACRO.sub("{" + JOINER, sendable(text))


def literal(text: str) -> str:
    """Return foreign text on one line so that a place that reads Markdown, or may read it, shows it as it is."""
    words = LINK.sub(JOINER, unworked(" ".join(text.split())))
    words = EMPHASIS.sub(r"\1" + HAIR, words).replace("`", "ˋ")
    return JOINER + words if BEGINS.match(words) else words


def run(text: str, **style: Any) -> Json:
    """Return words that no client reads as Markdown, mention or link."""
    return {"type": "TextRun", "text": unworked(text) or " ", **style}


def rich(*runs: Json, **layout: Any) -> Json:
    """Return a paragraph of runs."""
    return {"type": "RichTextBlock", "inlines": list(runs), **layout}


def paragraph(text: str, **style: Any) -> list[Json]:
    """Return a paragraph, or nothing where there are no words."""
    return [rich(run(text.strip(), **style))] if text.strip() else []


def fine(text: str, **layout: Any) -> list[Json]:
    """Return small print, or nothing where there are no words."""
    return [rich(run(text.strip(), size="Small", isSubtle=True), **layout)] if text.strip() else []


def heading(text: str, size: Literal["Large", "Medium"] = "Large") -> list[Json]:
    """Return a heading that screen readers know as one."""
    words = literal(text)
    look = {"style": "heading", "size": size, "weight": "Bolder", "wrap": True}
    return [{"type": "TextBlock", "text": words, **look}] if words else []


def container(items: Sequence[Json], **layout: Any) -> Json:
    """Return elements that stay together."""
    return {"type": "Container", **layout, "items": list(items)}


def column(width: str, items: Sequence[Json]) -> Json:
    """Return a column, to stand beside others in a ColumnSet."""
    return {"type": "Column", "width": width, "items": list(items)}


def press(button: Button, ref: str = "") -> Json:
    """Return a button; clients that do not know Action.Execute get the same as Action.Submit."""
    if len(button.command) > COMMAND:  # a command cut short would be another command
        raise ValueError(f"A button's command has {len(button.command)} characters; {COMMAND} is the most.")
    look: Json = {"title": clip(button.label, TITLE) or " "}
    if button.url:
        return {"type": "Action.OpenUrl", **look, "url": button.url}
    if button.style in STYLES:
        look["style"] = STYLES[button.style]
    if ref:
        look["tooltip"] = clip(f"{button.label}, {ref}", 2 * TITLE)
    return executed("lif", {"line": button.command}, look)


def opened(name: str, url: str) -> Json:
    """Return a button that opens an address in the browser."""
    action = {"type": "Action.OpenUrl", "title": clip(name, TITLE) or "Open", "url": url, "tooltip": clip(url, 200)}
    return {"type": "ActionSet", "actions": [action], "spacing": "Small"}


def executed(verb: str, data: Json, look: Json, **inputs: str) -> Json:
    """Return an action that asks the bot, with its fallback where there is room for it."""
    drawn: Json = {"type": "Action.Execute", **look, "verb": verb, "data": data, **inputs}
    if len(str(data.get("line", ""))) <= TWICE:
        drawn["fallback"] = submitted(verb, data, look, **inputs)
    return drawn


def submitted(verb: str, data: Json, look: Json, **inputs: str) -> Json:
    """Return the same as a message whose value says in `lif` that it is ours: true, or "form" for a form."""
    ours: Json = {"lif": "form" if verb == "lif.form" else True, **data}
    return {"type": "Action.Submit", **look, "data": ours, **inputs}


def folded(buttons: Sequence[Button], ref: str) -> list[Json]:
    """Return an item's buttons: four in sight, the rest behind the last row's …"""
    rows = _rows([press(button, ref) for button in buttons[:SIGHT]])
    late = [{**press(button, ref), "mode": "secondary"} for button in buttons[SIGHT:]]
    if late:
        rows[-1]["actions"] += late
    return rows


def choices(buttons: Sequence[Button]) -> list[Json]:
    """Return a question's buttons, all of them in sight."""
    return _rows([press(button) for button in buttons])


def _rows(actions: Sequence[Json]) -> list[Json]:
    """Sets of actions, each no longer than a phone is wide, for titles are cut rather than wrapped."""
    rows: list[list[Json]] = []
    room = 0
    for action in actions:
        room -= len(action["title"]) + BORDER
        if room < 0 or len(rows[-1]) == SET:
            rows.append([])
            room = WIDE - len(action["title"]) - BORDER
        rows[-1].append(action)
    return [
        {"type": "ActionSet", "actions": row, **({"spacing": "Small"} if at else {})} for at, row in enumerate(rows)
    ]


def card(body: Sequence[Json], fallback: str, **more: Any) -> Json:
    """Return a whole card; `fallback` is what a client shows that cannot draw it."""
    words = literal(clip(fallback, FALLBACK)) or UNTITLED
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "fallbackText": words,
        "body": list(body),
        **more,
    }


def attachment(drawn: Json) -> Json:
    """Return the card as an activity holds it."""
    return {"contentType": CONTENT, "content": drawn}


def size(drawn: Any) -> int:
    """Count the bytes of JSON, as httpx writes it."""
    return len(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
