"""One pass of the scheduler by hand, or as a rehearsal that changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from lifbot.errors import LifError
from lifbot.message import Message
from lifbot.model import Outbox
from lifbot.settings import Settings
from operations.program import Program
from scheduler.clock import tick as one_pass
from scheduler.compose import Drop, PassOn, Postpone, Ready, Unreachable, compose
from scheduler.sweep import sweep
from storage import due, outbox
from storage.db import Database
from storage.scope import Scope


class Rehearsed(Exception):
    """Ends a rehearsal, so that its transaction is rolled back."""


def moment(text: str | None, now: datetime) -> datetime:
    """Read the moment of a pass; without an offset it is UTC."""
    if text is None:
        return now
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise LifError("--at needs a moment such as 2026-03-02T09:00:00+00:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def tick(settings: Settings, at: str | None, *, dry_run: bool) -> int:
    """Do one pass as of a moment; a dry run prints what would be sent, and why."""
    program = Program(settings, with_web=False, with_worker=False)
    now = program.clock.now()
    when = moment(at, now)
    if dry_run:
        for line in rehearse(program.db, when, settings.platforms):
            print(line)
        return 0
    if when > now and not settings.travels:
        raise LifError("A pass later than now needs --dry-run.")
    if settings.travels and when > now:
        program.clock.set(when)
    asyncio.run(_pass(program, when))
    return 0


async def _pass(program: Program, when: datetime) -> None:
    async with program.running():
        if await program.db.run(program.clock.is_set):
            await one_pass(program.db, program.senders, when)


def rehearse(db: Database, when: datetime, connected: Collection[str]) -> list[str]:
    """Return a line for each message that a pass would send; nothing is changed."""
    lines: list[str] = []
    try:
        with db.begin() as session:
            for partnership in due.partnerships(session):
                scope = Scope(session, partnership, when)
                sweep(scope)
                lines += list(_would_send(scope, connected))
            raise Rehearsed
    except Rehearsed:
        return lines or ["Nothing would be sent."]


def _would_send(scope: Scope, connected: Collection[str]) -> Iterator[str]:
    for row in outbox.unsettled(scope.session, scope.now):
        if row.partnership_id != scope.id:
            continue
        to = f"{scope.id}: {row.occasion} to {row.person or f'the channel of {row.group_id}'}"
        match compose(scope, row, connected):
            case Drop(why) | PassOn(why):
                yield f"{to}: nothing, since {why}"
            case Postpone(until):
                yield f"{to}: not before {until.isoformat(timespec='minutes')}"
            case Unreachable(why):
                yield f"{to}: cannot be sent, since {why}"
            case Ready(_, message):
                yield f"{to}: {_why(scope, row, message)}"


def _why(scope: Scope, row: Outbox, message: Message) -> str:
    """The references and reasons, never the items' words."""
    reasons = [(id, why) for id, why, *_ in [*row.about.get("lines", []), *row.about.get("changes", [])]]
    refs = {item.id: item.ref for item in due.items_by_id(scope, [id for id, _ in reasons] or list(message.about))}
    if reasons:
        return ", ".join(f"{refs.get(id, id)} ({why})" for id, why in reasons)
    return ", ".join(refs.values()) or row.key
