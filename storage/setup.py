"""Loading a partnership file into the database: only what the file changed is written, chat's changes stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col

from lifbot.model import Escalation, Group, Item, LogEntry, Partnership
from lifbot.partnership_file import PartnershipFile, brought, unsaid
from storage.db import take_turn
from storage.entries import Run, write
from storage.merging import Report
from storage.present import plain
from storage.scope import Scope


def apply(session: Session, file: PartnershipFile, now: datetime, *, remove: bool) -> tuple[str, ...]:
    """Load a file; returns a line for each change. LifError, and the caller rolls back, where it cannot be done."""
    take_turn(session, file.partnership.id)
    row, is_new = _row(session, file)
    profile_was = None if is_new else row.profile
    run = Run(Scope(session, row, now), dict(row.loaded), file.plain(), file.plain(), remove, Report())
    write(run, is_new=is_new)
    row.loaded = run.loaded
    session.add(row)
    session.flush()
    return (*_tell(run), *_of_profile(run, profile_was))


def _row(session: Session, file: PartnershipFile) -> tuple[Partnership, bool]:
    """The partnership's row; a new one as the file has it."""
    found = session.get(Partnership, file.partnership.id)
    if found is not None:
        return found, False
    made = Partnership(id=file.partnership.id, **file.plain()["partnership"][file.partnership.id])
    session.add(made)
    session.flush()
    return made, True


def _tell(run: Run) -> tuple[str, ...]:
    if not run.report.lines:
        return ("nothing changed", *run.report.notes)
    scope = run.scope
    look_again(scope)
    scope.add(
        LogEntry(partnership_id=scope.id, at=scope.now, by="setup", what="setup", after={"changes": run.report.log})
    )
    return (*run.report.lines, *run.report.notes)


def _of_profile(run: Run, was: str | None) -> Iterator[str]:
    """What a profile brings, told once; what is still to be said, and the groups that are offered."""
    scope = run.scope
    if not run.report.lines:
        return
    if scope.profile and scope.profile.id != was:
        yield from brought(scope.profile)
    yield from (f"still to be said: {what}" for what in unsaid(plain(scope)))
    yield from _offers(scope)


def look_again(scope: Scope) -> None:
    """Let the next sweep decide anew about everything, since people, meetings or rules have changed."""
    scope.partnership.look_again_at = None
    scope.change(Group, {"look_again_at": None})
    scope.change(Item, {"look_again_at": scope.now}, col(Item.look_again_at).is_not(None))
    scope.change(Escalation, {"look_again_at": scope.now}, col(Escalation.look_again_at).is_not(None))


def _offers(scope: Scope) -> Iterator[str]:
    """A line with the groups that the profile knows and the partnership does not have."""
    have, profile = scope.all(Group), scope.profile
    if profile is None:
        return
    if profile.boards and not scope.roster.boards:
        boards = ", ".join(board.name for board in profile.boards)
        yield f"the {profile.id} profile has several Boards: {boards}; add them under boards, each with its chair"
    known = (group for group in profile.groups if group.keeps_action_log)
    others = [group.name for group in known if not any(group.goes_by(row.id, row.name) for row in have)]
    if others:
        yield f"the {profile.id} profile also has: {', '.join(others)}; add them to the file if you want them"
