"""The house's rules about its own source: who may import whom, how long, which clock."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

LONGEST_FUNCTION = 50
LONGEST_FILE = 250

ENVIRONMENT_READERS = ("lifbot/settings.py",)
CLOCK_READERS = (
    "bot.py",  # hands `now` to the inbound edge and to the tick
    "storage/clock.py",  # time travel: where the clock stands
    "lifbot/playground/wall.py",  # Slack's signatures and triggers go by the real clock
)
GENERATED = "storage/migrations/versions/"


@dataclass(frozen=True)
class Room:
    """A part of the house: its modules, the rooms and the libraries that they may import."""

    name: str
    rooms: tuple[str, ...]
    libraries: tuple[str, ...]


# DESIGN.md's table, "who may import whom". A module belongs to the longest name here that it starts with.
HOUSE = (
    Room("lifbot", (), ("dateutil", "holidays", "sqlmodel")),
    Room("lifbot.slack", ("lifbot",), ("slack_bolt", "slack_sdk", "aiohttp", "starlette")),
    Room("lifbot.teams", ("lifbot",), ("httpx", "starlette", "jwt", "cryptography")),
    Room("lifbot.playground", ("lifbot",), ("starlette", "aiohttp", "slack_sdk")),
    Room("lifbot.reports", ("lifbot",), ("docx", "openpyxl", "matplotlib")),
    Room("storage", ("lifbot",), ("sqlmodel", "sqlalchemy", "alembic", "psycopg", "cryptography", "jwt")),
    Room("commands", ("lifbot", "storage", "lifbot.reports"), ()),
    Room("scheduler", ("lifbot", "storage"), ("apscheduler",)),
    # What operators run and look at: it puts the rooms together for bot.py, so it may enter them all.
    Room(
        "operations",
        (
            *("lifbot", "lifbot.slack", "lifbot.teams", "lifbot.playground", "lifbot.reports"),
            *("storage", "commands", "scheduler"),
        ),
        ("starlette", "uvicorn", "aiohttp", "prometheus_client", "pydantic", "sqlalchemy", "sqlmodel"),
    ),
)
WIRING = ("bot",)  # the one place that may import all

# The core's few libraries that one module alone is made for.
OWN_LIBRARIES = {
    "lifbot.model": ("sqlalchemy",),  # column types that SQLModel has no words for
    "lifbot.settings": ("pydantic", "pydantic_settings"),
    "lifbot.partnership_file": ("yaml",),
    "lifbot.profiles": ("yaml",),
    "lifbot.guard": ("stdnum", "phonenumbers"),
}
EMPTY_NAMES = frozenset({"util", "utils", "helper", "helpers", "manager", "managers", "service", "services"})
EMPTY_CLASS = re.compile(r"(Manager|Service|Helper|Utils?)s?$")
WALL_CLOCKS = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
)
ENVIRONMENTS = frozenset({"os.environ", "os.environb", "os.getenv", "os.putenv"})


def faults(path: str, source: str) -> list[str]:
    """Return what one file of the program does against the rules of the house, a line each."""
    tree = ast.parse(source, path)
    found = [*_imports(path, tree), *_names(path, tree), *_lengths(path, source, tree)]
    if path not in ENVIRONMENT_READERS:
        found += [f"reads {what}, line {line}: only settings may" for what, line in _uses(tree, ENVIRONMENTS)]
    if path not in CLOCK_READERS:
        found += [f"reads {what}, line {line}: now is an argument" for what, line in _uses(tree, WALL_CLOCKS)]
    return [f"{path}: {fault}" for fault in found]


def function_lengths(source: str) -> list[int]:
    """Return the number of lines of every function in a text."""
    return [length for _, length in _functions(ast.parse(source))]


def _module(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _within(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(f"{prefix}.")


def _room(module: str) -> Room | None:
    rooms = [room for room in HOUSE if _within(module, room.name)]
    return max(rooms, key=lambda room: len(room.name), default=None)


def _imports(path: str, tree: ast.AST) -> Iterator[str]:
    module = _module(path)
    room = _room(module)
    if module in WIRING:
        return
    if room is None:
        yield "stands in no room of the house: give it one in tests/layout.py"
        return
    for target, line in _imported(path, tree):
        if not _may(module, room, target):
            yield f"imports {target}, line {line}: {room.name} may not"


def _may(module: str, room: Room, target: str) -> bool:
    top = target.partition(".")[0]
    if top in sys.stdlib_module_names or target == "__future__":
        return True
    if there := _room(target):
        return there == room or there.name in room.rooms
    own = [libraries for name, libraries in OWN_LIBRARIES.items() if _within(module, name)]
    return top in room.libraries or any(top in libraries for libraries in own)


def _imported(path: str, tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((alias.name, node.lineno) for alias in node.names)
            case ast.ImportFrom():
                source = _absolute(path, node)
                # `from lifbot import slack` enters another room by its name.
                yield from ((_deepest(source, alias.name), node.lineno) for alias in node.names)
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield name, node.lineno


def _absolute(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    folder = PurePosixPath(path).parts[: -node.level]
    return ".".join((*folder, *filter(None, (node.module,))))


def _deepest(source: str, name: str) -> str:
    inside = f"{source}.{name}"
    return inside if any(room.name == inside for room in HOUSE) else source


def _names(path: str, tree: ast.AST) -> Iterator[str]:
    for part in PurePosixPath(path).with_suffix("").parts:
        if EMPTY_NAMES & set(part.lower().split("_")):
            yield f"is named {part}: name it for what it holds"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS.search(node.name):
            yield f"has a class {node.name}, line {node.lineno}: name it for what it is"


def _lengths(path: str, source: str, tree: ast.AST) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > LONGEST_FILE and not path.startswith(GENERATED):
        yield f"has {lines} lines: split it by noun, {LONGEST_FILE} are the most"
    for node, length in _functions(tree):
        if length > LONGEST_FUNCTION and not path.startswith(GENERATED):
            yield f"{node.name}, line {node.lineno}, has {length} lines: {LONGEST_FUNCTION} are the most"


def _functions(tree: ast.AST) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def _uses(tree: ast.AST, forbidden: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Find forbidden names, called or only handed on (`default_factory=datetime.now`), also under another name."""
    called = _aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            words = ast.unparse(node).split(".")
            full = ".".join((called.get(words[0], words[0]), *words[1:]))
            if (name := ".".join(full.split(".")[-2:])) in forbidden:
                yield name, node.lineno


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for: `from time import time as t` makes t mean time.time."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names
