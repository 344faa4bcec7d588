"""Files that came with somebody's words: their names and addresses are kept as evidence, never what is in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from commands import changes
from commands.context import Context
from lifbot.errors import LifError
from lifbot.grammar import Arg, Command, clip
from lifbot.links import first_in, is_link
from lifbot.message import Message, Say
from lifbot.model import Evidence, Item

MOST = 6000  # characters of names and addresses together
Files = Annotated[
    str, Arg("files", "Files", "Each as <https://…|name>.", keys=("file", "files"), longest=MOST, in_form=False)
]
WRITTEN = re.compile(r"<(https://[^\s<>|]+)\|([^<>|]*)>")
UNNAMED = re.compile(r"[\s<>|“”\"]+")
NO_ADDRESS = (
    "I can see that there is a file, but not its name or where it is kept. Please paste its link instead. "
    "Nothing was changed."
)


def are_sent(ctx: Context) -> bool:
    """Say whether files came with the words."""
    return bool(ctx.incoming.files)


def written(ctx: Context) -> str:
    """Return the files as an argument; LifError where the platform does not tell where they are."""
    known = [(UNNAMED.sub(" ", name).strip() or "file", url) for name, url in ctx.incoming.files if is_link(url)]
    if not known:
        raise LifError(NO_ADDRESS)
    files = "".join(f"<{url}|{clip(name, 150)}>" for name, url in known)
    if len(files) > MOST:
        raise LifError("Those are more files than I can keep at once. Please send fewer of them. Nothing was changed.")
    return files


def add(command: Command, ctx: Context, raw: dict[str, str]) -> None:
    """Put the files that came with words among a command's arguments; a file without words is its own words."""
    names = {arg.name for arg in command.args}
    if are_sent(ctx) and "files" in names:
        raw.setdefault("files", written(ctx))
    if raw.get("files") and command.words == "action evidence":
        raw.setdefault("text", named(raw["files"]))


def named(files: str) -> str:
    """Return the names of files, as words."""
    return clip(", ".join(name for _, name in WRITTEN.findall(files)), 1000)


def left_out(ctx: Context, answer: Message) -> Message:
    """Say that a file was not kept by a command that keeps none."""
    keeps = ctx.command is not None and any(arg.name == "files" for arg in ctx.command.args)
    if not are_sent(ctx) or keeps or ctx.command is None or ctx.command.may == "ask":
        return answer
    line = Say("The file was not kept. To keep it as evidence, send it again with: evidence and the reference.")
    return replace(answer, blocks=(*answer.blocks, line))


def keep_evidence(ctx: Context, item: Item, text: str, files: str, corrects: int | None = None) -> None:
    """Keep words and files as evidence: the words with the first link in them, each file with its name."""
    found = WRITTEN.findall(files)
    if text and text != named(files):
        _keep(ctx, item, text, first_in(text), None, corrects)
    for url, name in found:
        _keep(ctx, item, name, url, name)


def _keep(ctx: Context, item: Item, text: str, url: str | None, name: str | None, corrects: int | None = None) -> None:
    ctx.scope.add(
        Evidence(
            partnership_id=ctx.scope.id,
            item_id=item.id,
            at=ctx.scope.now,
            by=ctx.caller.id,
            text=text,
            url=url,
            name=name,
            said_in=changes.said_in(ctx),
            corrects=corrects,
        )
    )
