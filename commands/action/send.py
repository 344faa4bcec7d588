"""A list as a file: promised at once, drawn when it is sent, and sent to nobody but the person who asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands import coverage
from commands.action import filters
from commands.action.filters import Asked
from commands.bind import bind
from commands.context import Context
from commands.unfinished import command_of, typed_line
from lifbot import grammar
from lifbot.calendar import say_moment
from lifbot.errors import LifError
from lifbot.grammar import Command, clip
from lifbot.message import File, Incoming, Message, Place, say
from lifbot.model import Outbox, Partnership, Person
from lifbot.query import file_stem
from lifbot.reports import export as writers
from storage import export, outbox, people, search
from storage.db import Database
from storage.scope import Scope

KINDS = {"xlsx": "An Excel file", "csv": "A CSV file"}


def send(ctx: Context, asked: Asked, command: Command, kind: str) -> Message:
    """Promise a list as a file; asked for again within the minute, it is the same promise."""
    title, hits = _fits(ctx, asked)
    if not hits:
        raise LifError(f"There is nothing to send: 0 {title}.")
    line = typed_line(command, asked.raw, file=kind)
    mark = hashlib.sha256(line.encode()).hexdigest()[:12]
    key = f"file/{ctx.caller.id}/{ctx.scope.now:%Y-%m-%dT%H:%M}/{mark}"
    outbox.put(ctx.scope, key, "file", person=ctx.caller.id, about={"line": line, "asked": True})
    count = "1 item" if len(hits) == 1 else f"{len(hits)} items"
    return say(
        f"{KINDS[kind]} with {count} is on its way to your own chat with me: {title}.",
        "It holds what you may see, and nobody else gets it.",
        summary="The file is on its way to your own chat with me.",
    )


def _fits(ctx: Context, asked: Asked) -> tuple[str, list[search.Hit]]:
    from commands.action.find import title_of, visible  # which shows the list that is sent here

    return title_of(ctx, asked.query), search.found(ctx.scope, ctx.reader, asked.query, ctx.caller.id, visible(ctx))


@dataclass(frozen=True)
class Gathered:
    """What a file is drawn from, read in one transaction."""

    name: str
    title: str
    kind: str
    log: Mapping[str, Any]
    names: Mapping[str, Mapping[str, str]]
    about: tuple[tuple[str, str], ...]


Found = Gathered | coverage.Picture


def gathered(db: Database, key: str, now: datetime, who: tuple[str, str] | None = None) -> Found | None:
    """Read what a promised file holds now; None if it is not promised, or `who` (platform, user) is not its person."""
    partnership_id, _, own_key = key.partition("/")
    with db.begin() as session:
        partnership = session.get(Partnership, partnership_id)
        if partnership is None:
            return None
        scope = Scope(session, partnership, now)
        row = outbox.of_key(scope, own_key)
        person = scope.get(Person, row.person) if row and row.occasion == "file" else None
        if row is None or person is None or person.left_on or (who and people.by_address(scope, *who) != person):
            return None
        if row.about.get("picture"):
            return coverage.gathered(scope, person, row.created_at)
        return _read(Context(scope, person, _incoming(scope, person), None), row)


def _incoming(scope: Scope, person: Person) -> Incoming:
    return Incoming("slack", "", person.slack or person.id, Place("", direct=True), "", scope.now)


def _read(ctx: Context, row: Outbox) -> Gathered:
    line = row.about["line"]
    command = ctx.command = command_of(line)
    assert command is not None  # it was written by one
    raw = grammar.parse(command, line.removeprefix(command.words))
    values, _ = bind(ctx, command, raw)
    typed = {arg.name: values.get(arg.name, "") for arg in command.args}
    asked = filters.asked(ctx, typed, finds=False)
    title, hits = _fits(ctx, asked)
    zone, scope = ctx.scope.zone, ctx.scope
    when = say_moment(row.created_at, zone)
    stem = file_stem(asked.group.prefix if asked.group else "", asked.query, scope.today)
    about = (
        ("Partnership", scope.partnership.name),
        ("What was asked for", title),
        ("Items", str(len(hits))),
        ("As of", say_moment(scope.now, zone)),
        ("Sent to", ctx.caller.name),
        (
            "Who can see this",
            "Whoever has this file. Please keep it as carefully as the log.",
        ),
    )
    log = export.some_of_the_log(scope, [hit.item for hit in hits])
    kind = typed["file"] or "xlsx"
    return Gathered(f"{stem}.{kind}", f"{clip(title, 180)}, asked for on {when}", kind, log, export.names(scope), about)


def drawn(found: Found) -> File:
    """Draw the file; this takes a while, and needs no database."""
    if isinstance(found, coverage.Picture):
        return coverage.drawn(found)
    if found.kind == "csv":
        return File(found.name, found.title, writers.as_csv(found.log, found.names))
    return File(found.name, found.title, writers.list_as_xlsx(found.log, found.names, found.about))
