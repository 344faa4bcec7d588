"""What was typed, taken apart by a command's signature, and a line put together again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lifbot.errors import LifError
from lifbot.grammar.signature import REFERENCES, Arg, Command, own_words

REF = re.compile(
    r"\s*#?(?:([A-Za-z][A-Za-z0-9]{0,7})[-\s–]*)?(?:(\d{4})[-\s–]+)?(\d{1,6})(?=$|[\s:,.;–—-])\s*[:,.;–—-]*\s*"
)
ANOTHER_REF = re.compile(r"\s*(?:(?:and\b|[&,;/+])\s*)*[A-Za-z][A-Za-z0-9]{0,7}[-–]\d{4}[-–]\d+", re.IGNORECASE)
QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "„": "“", "«": "»"}
LONGEST_LINE = 8000


def parse(command: Command, rest: str) -> dict[str, str]:
    """Return the arguments as typed, by name; absent ones are left out. Raises LifError on unusable text."""
    refuse_unusable(rest)
    found: dict[str, str] = {}
    own = own_words(command)
    if own and own.whole:
        return {own.name: rest.strip()} if rest.strip() else {}
    head, keyed = split_keys(rest, _spellings(command), {arg.name: arg.looks for arg in command.args if arg.looks})
    if takes := _takes_ref(command):
        head = _take_ref(command, takes, head, found)
    head = _take_leads(command, head, found)
    if own and head.strip():
        found[own.name] = unquote(head)
    elif head.strip():
        raise LifError(f"I could not place “{clip(head.strip(), 60)}”. Type: {command.usage}")
    for name, value in keyed.items():
        holds_lead = command.arg(name).kind in ("who", "people") or _lacks_lead(command, found, keyed)
        found[name] = unquote(_take_leads(command, value, found) if holds_lead else value)
    return {name: value for name, value in found.items() if value.strip()}


def _lacks_lead(command: Command, found: Mapping[str, str], keyed: Mapping[str, str]) -> bool:
    """Whether a needed "because …" has not been said yet, so that it may stand at the end of a value."""
    awaited = (arg for arg in command.args if arg.leads and (arg.required or arg.usual))
    return any(arg.name not in found and arg.name not in keyed for arg in awaited)


def refuse_unusable(text: str) -> None:
    """Raise LifError for text that no command can take: NUL, or longer than any command needs."""
    if "\x00" in text:
        raise LifError("There is a character in that which cannot be kept (NUL). Please type the words again.")
    if len(text) > LONGEST_LINE:
        raise LifError(f"That is longer than {LONGEST_LINE:,} characters. Please say it in fewer words.")


def refuse_long(arg: Arg, value: str) -> None:
    """Raise LifError, beside the argument's field, for a value that is over-long."""
    if len(value) > arg.longest:
        raise LifError(f"{arg.label} can be at most {arg.longest:,} characters; please shorten it.", field=arg.name)


def _spellings(command: Command) -> dict[str, str]:
    return {key.lower(): arg.name for arg in command.args for key in (arg.name.replace("_", "-"), arg.name, *arg.keys)}


def split_keys(text: str, keys: Mapping[str, str], looks: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Split "words key:value key:value" into words and values by argument; quoted text and what `looks` else stay."""
    if not keys:
        return text, {}
    pattern = _beginnings(tuple((key, looks.get(name, "")) for key, name in keys.items()))
    marks = [mark for mark in pattern.finditer(text) if not _quoted(text, mark.start())]
    found: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        name, value = keys[mark[1].lower()], text[mark.end() : following.start() if following else len(text)].strip()
        found[name] = ", ".join(part for part in (found.get(name), value) if part)  # said twice is asked about
    return (text[: marks[0].start()] if marks else text), found


@lru_cache(maxsize=256)
def _beginnings(keys: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """What a value begins with: one of the keys, and how some values have to look."""
    longest_first = sorted(keys, key=lambda pair: len(pair[0]), reverse=True)
    names = "|".join(rf"{re.escape(key)}(?=:\s*{look})" for key, look in longest_first)
    return re.compile(rf"(?<!\S)({names}):", re.IGNORECASE)


def _quoted(text: str, at: int) -> bool:
    """Whether a position lies inside double quotes that are closed later."""
    before, after = text[:at], text[at:]
    straight = before.count('"') % 2 == 1 and '"' in after
    curly = before.count("“") > before.count("”") and "”" in after
    return straight or curly


def _takes_ref(command: Command) -> Arg | None:
    """The argument whose reference may stand first; where one is not needed, what stands first are words."""
    return next((arg for arg in command.args if arg.kind in REFERENCES and (arg.required or arg.kind == "item")), None)


def _take_ref(command: Command, takes: Arg, head: str, found: dict[str, str]) -> str:
    match = REF.match(head)
    if match is None:
        return head
    ref, rest = head[: match.end()].strip(" #:,.;–—-\t\n"), head[match.end() :]
    if ANOTHER_REF.match(rest):
        raise one_at_a_time(f"/lif {command.words} {ref}")
    found[takes.name] = ref
    return rest


def one_at_a_time(example: str) -> LifError:
    """Return the refusal of two references at once: one of them would be lost."""
    return LifError(f"One item at a time, please; nothing was changed. Type {example} and then the same for the next.")


def _take_leads(command: Command, head: str, found: dict[str, str]) -> str:
    """Take "because …" and "instead …" off the words; each counts once, and runs to the next of them."""
    leads = {lead: arg.name for arg in command.args for lead in arg.leads if arg.name not in found}
    if not leads:
        return head
    aside = r"(?!(?<=instead)\s+of\b)(?:(?<=because)\s+of\b)?"  # "instead of" leads to nothing of its own
    pattern = rf"(?:^|[\s,;])(?:and\s+)?({'|'.join(map(re.escape, leads))})\b{aside}[:,]?\s*"
    first = {leads[mark[1].lower()]: mark for mark in reversed(list(re.finditer(pattern, head, re.IGNORECASE)))}
    marks = sorted(first.values(), key=lambda mark: mark.start())
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        value = head[mark.end() : following.start() if following else len(head)].strip(" ,;")
        if value:
            found[leads[mark[1].lower()]] = unquote(value)
    return head[: marks[0].start()] if marks else head


def unquote(value: str) -> str:
    """Take one pair of quotes, straight or curly, off a value that is wholly inside them."""
    value = value.strip()
    closing = QUOTES.get(value[:1])
    inside = value[1:-1]
    if closing is None or len(value) < 2 or not value.endswith(closing):
        return value
    return value if closing in inside or value[0] in inside else inside.strip()


def clip(text: str, length: int) -> str:
    """Return the text, shortened with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def line(command_words: str, *own: str, **keyed: str | None) -> str:
    """Write a command line that parses back to these arguments: what a button carries."""
    keys = [f"{name}:{_protect(value)}" for name, value in keyed.items() if value]
    return " ".join([command_words, *(_protect(part) for part in own if part), *keys])


def _protect(value: str) -> str:
    """Quote a value that could be mistaken for several arguments."""
    return f"“{value}”" if ":" in value and "“" not in value and "”" not in value else value
