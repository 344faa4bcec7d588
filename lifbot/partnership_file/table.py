"""One mapping of the file, read field by field; what it mentions and what it claims is kept for checking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lifbot.partnership_file.faults import FaultyFile, did_you_mean, said, unprintable
from lifbot.partnership_file.nodes import is_nothing, line_of

LONGEST = 200
ID = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)
PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that another section must define."""

    section: str
    id: str
    line: int
    where: str


@dataclass(slots=True)
class Ledger:
    """What was mentioned, and which line holds each value that must be the only one of its kind."""

    mentions: list[Mention] = field(default_factory=list)
    claims: dict[tuple[str, str], int] = field(default_factory=dict)

    def claim(self, kind: str, value: str, line: int, where: str) -> None:
        """Keep a value for one line; FaultyFile if it is taken."""
        taken = self.claims.get((kind, value.casefold()))
        if taken is not None:
            raise FaultyFile(line, where, f"{said(value)} is already used on line {taken}; each needs its own.")
        self.claims[kind, value.casefold()] = line


class Table:
    """One mapping: its keys are known, each comes once, and every fault names its line."""

    def __init__(self, node: Node, where: str, keys: Sequence[str], ledger: Ledger) -> None:
        if not isinstance(node, MappingNode):
            raise FaultyFile(
                line_of(node), where, f'please write this as "{keys[0]}: …" and so on, a key for each value.'
            )
        self.where, self.line, self.ledger = where, line_of(node), ledger
        self.nodes: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "[…]"
            if name not in keys:
                hint = did_you_mean(name, keys) or f"; please use {', '.join(keys)}."
                raise FaultyFile(line_of(key), where, f"there is no key {said(name)} here{hint}")
            if name in self.nodes:
                raise FaultyFile(line_of(key), where, f"{said(name)} is written twice; please keep one.")
            self.nodes[name] = value

    def fault(self, key: str, text: str) -> FaultyFile:
        """A fault of one key's value, on its line."""
        return FaultyFile(self.line_of(key), self.at(key), text)

    def at(self, key: str) -> str:
        """Where a key is, in words."""
        return f"{self.where}: {key}" if self.where else key

    def line_of(self, key: str) -> int:
        """The line of a key's value, or of the whole mapping where the key is missing."""
        return line_of(self.nodes[key]) if key in self.nodes else self.line

    def node(self, key: str) -> Node | None:
        """A key's value, or None where it is left out or null."""
        node = self.nodes.get(key)
        return None if node is None or is_nothing(node) else node

    def text(self, key: str) -> str | None:
        """A key's text, or None where it is left out or null."""
        node = self.node(key)
        return None if node is None else text_of(node, self.at(key))

    def required(self, key: str) -> str:
        """A key's text; FaultyFile where it is left out or empty."""
        text = self.text(key)
        if text is None:
            raise FaultyFile(self.line_of(key), self.where, f'"{key}" is missing; please add it.')
        return text

    def own_id(self, kind: str) -> str:
        """The entry's id, which no other of its kind has."""
        id = self.required("id")
        if not ID.fullmatch(id):
            raise self.fault("id", f"{said(id)} cannot be an id; please use a-z, 0-9, _ and -, at most 40 characters.")
        self.ledger.claim(f"{kind} id", id, self.line_of("id"), self.at("id"))
        return id

    def own_prefix(self) -> str:
        """The prefix of a group's refs, which no other group has."""
        prefix = self.required("prefix")
        if not PREFIX.fullmatch(prefix):
            capitals = prefix.upper()
            hint = (
                f'; please write "{capitals}"'
                if PREFIX.fullmatch(capitals)
                else "; please use A-Z, then 0-9, at most 8"
            )
            raise self.fault("prefix", f"{said(prefix)} cannot be a prefix{hint}.")
        self.ledger.claim("prefix", prefix, self.line_of("prefix"), self.at("prefix"))
        return prefix

    def address(self, key: str) -> str | None:
        """An id of a platform, as the platform writes it."""
        text = self.text(key)
        if text is not None and (text[0] in "#@" or any(mark.isspace() for mark in text)):
            raise self.fault(key, f"{said(text)} is a name; please write the platform's own id, without # or @.")
        return text

    def own_address(self, key: str) -> str | None:
        """An id of a platform that no other entry has."""
        text = self.address(key)
        if text is not None:
            self.ledger.claim(key, text, self.line_of(key), self.at(key))
        return text

    def mention(self, key: str, section: str) -> str | None:
        """The id of somebody or something in another section."""
        id = self.text(key)
        if id is not None:
            self.ledger.mentions.append(Mention(section, id, self.line_of(key), self.at(key)))
        return id

    def rows(self, key: str) -> list[Node]:
        """The entries of a list, none where it is left out or null."""
        node = self.node(key)
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            raise self.fault(key, "a list is meant here; please begin each entry with a dash, or use [ ].")
        return list(node.value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once."""
        found: dict[str, Node] = {}
        for node in self.rows(key):
            text = text_of(node, self.at(key))
            if text in found:
                raise FaultyFile(line_of(node), self.at(key), f"{said(text)} is listed twice; please keep one.")
            found[text] = node
        return tuple(found)

    def mentions(self, key: str, section: str) -> tuple[str, ...]:
        """A list of ids in another section, each once."""
        ids = self.texts(key)
        for id, node in zip(ids, self.rows(key), strict=True):
            self.ledger.mentions.append(Mention(section, id, line_of(node), self.at(key)))
        return ids


def text_of(node: Node, where: str) -> str:
    """A node's text on one line, at most 200 characters; FaultyFile for anything else."""
    if not isinstance(node, ScalarNode):
        kind = "a list" if isinstance(node, SequenceNode) else "a group of keys"
        raise FaultyFile(line_of(node), where, f"text is meant here, not {kind}.")
    text = str(node.value).strip()
    if not text or is_nothing(node):
        raise FaultyFile(line_of(node), where, "this is empty; please fill it in or take it out.")
    if len(text) > LONGEST:
        raise FaultyFile(line_of(node), where, f"this is too long; please use at most {LONGEST} characters.")
    if unprintable(text):
        raise FaultyFile(line_of(node), where, "please write this on one line, without control characters.")
    return text
