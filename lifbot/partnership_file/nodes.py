"""From text to YAML nodes that know their lines, with nothing resolved that a partnership would not mean."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import AliasEvent, Event
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from lifbot.partnership_file.faults import FaultyFile, said

LARGEST = 1_000_000  # characters
DEEPEST = 12
TAGS = re.compile("tag:yaml.org,2002:(str|int|float|bool|null|timestamp|seq|map|merge|value)")
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class _Loader(yaml.SafeLoader):
    """Composes nodes only: no aliases, no tags of others, no endless depth."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """Compose one node, refusing what a partnership file never needs."""
        event: Event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave the parser untyped
        if isinstance(event, AliasEvent):
            raise FaultyFile(line_of(event), "", "please write the value out instead of using a YAML alias (*).")
        if self.depth == DEEPEST:
            raise FaultyFile(line_of(event), "", "this is nested too deeply; please check the brackets and indents.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None and not TAGS.fullmatch(node.tag):
            raise FaultyFile(line_of(node), "", f"please write plain text without the YAML tag {said(node.tag)}.")
        return node


def compose(text: str) -> Node:
    """The file's node; FaultyFile where the text is no YAML, too long or empty."""
    if len(text) > LARGEST:
        raise FaultyFile(1, "", "the file is longer than a million characters; please check that it is the right one.")
    if "\0" in text:
        raise FaultyFile(text[: text.index("\0")].count("\n") + 1, "", "please delete the NUL character.")
    try:
        node = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        raise _unreadable(text, error) from None
    except (ValueError, OverflowError, IndexError, TypeError):  # escapes and directives beyond what Python can hold
        raise FaultyFile(1, "", "this is not YAML; please check for stray escapes (\\) and percent signs.") from None
    if node is None:
        raise FaultyFile(1, "", 'the file is empty; please begin with "partnership:".')
    return node


def _unreadable(text: str, error: yaml.YAMLError) -> FaultyFile:
    if isinstance(error, ReaderError):
        return FaultyFile(
            text.count("\n", 0, error.position) + 1, "", "please delete the character that cannot be shown."
        )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or "it cannot be read").split())
    shown = "".join(mark if mark.isprintable() else "?" for mark in problem[:120])
    return FaultyFile(
        mark.line + 1 if mark else 1, "", f"this is not YAML ({shown}); please check indents, quotes and colons."
    )


def line_of(node: Node | Event) -> int:
    """The line a node starts on, counted from 1."""
    return node.start_mark.line + 1 if node.start_mark else 1


def is_nothing(node: Node) -> bool:
    """Whether a value was left empty or written as null."""
    return isinstance(node, ScalarNode) and node.style is None and node.value in NOTHING


def plain_value(node: Node) -> Any:
    """Text, whole number, truth value, list or mapping; `10:00` and dates stay text, as they were typed."""
    if isinstance(node, SequenceNode):
        return [plain_value(each) for each in node.value]
    if isinstance(node, MappingNode):
        return {str(key.value): plain_value(value) for key, value in node.value}
    value = str(node.value)
    if isinstance(node, ScalarNode) and node.style is not None:
        return value
    if re.fullmatch(r"[-+]?[0-9]{1,9}", value):
        return int(value)
    if re.fullmatch(r"[-+]?[0-9]{1,9}\.[0-9]{1,9}", value):
        return float(value)
    return BOOLEANS.get(value.lower(), value)
