"""What is set up by chat: written as a partnership file with this change in it would be, and taken back."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlmodel import Session

from lifbot import partnership_file
from lifbot.errors import LifError
from lifbot.model import LogEntry, Partnership
from lifbot.partnership_file import FaultyFile, PartnershipFile
from storage import log
from storage.db import take_turn
from storage.entries import Run, write
from storage.merging import Report
from storage.present import Sections, plain
from storage.scope import Scope
from storage.setup import look_again

KEPT = "setup"  # in a log entry's `before` and `after`: the entries of the partnership that were changed
UNCHANGED = "Nothing was changed."


def amend(scope: Scope, wanted: Sections, by: str, what: str, *, undoes: int | None = None) -> LogEntry | None:
    """Write what somebody changed; LifError where a file could not say it either, None where nothing differs.

    The file as it was last loaded stays what it was, so that a later one finds these changes to be chat's.
    """
    was = plain(scope)
    file = _checked(wanted)
    run = Run(scope, was, file.plain(), file.plain(), remove=True, report=Report(), by=by)
    write(run, is_new=False)
    for cached in ("rules", "zone"):
        scope.__dict__.pop(cached, None)
    before, after = differing(was, plain(scope))
    if not before:
        return None
    look_again(scope)
    entry = log.write(scope, by, what, about=_about(before), undoes=undoes)
    entry.before, entry.after = {KEPT: before}, {KEPT: after}
    return scope.add(entry)


def found(session: Session, wanted: Sections, by: str, now: datetime) -> Scope:
    """Make a partnership that no file has; LifError where its id is taken or a file could not say it either."""
    ((id, _),) = wanted["partnership"].items()
    take_turn(session, id)
    if session.get(Partnership, id) is not None:
        raise LifError(f"There is a partnership {id} already. Please choose another abbreviation. {UNCHANGED}")
    entries = _checked(wanted).plain()
    row = Partnership(id=id, **entries["partnership"][id])
    session.add(row)
    session.flush()
    scope = Scope(session, row, now)
    write(Run(scope, {}, entries, deepcopy(entries), remove=False, report=Report(), by=by), is_new=True)
    entry = log.write(scope, by, "setup", about=f"partnership {id}")
    entry.after = {KEPT: plain(scope)}
    scope.add(entry)
    return scope


def take_back(scope: Scope, done: LogEntry, by: str) -> None:
    """Undo what somebody changed; LifError where it has been changed again since."""
    wanted = plain(scope)
    for section, entries in done.before[KEPT].items():
        for id, entry in entries.items():
            if wanted[section].get(id) != done.after[KEPT][section][id]:
                raise LifError(f"{_noun(section)} {id} has changed since, so that cannot be undone on its own.")
            if entry is None:
                del wanted[section][id]
            else:
                wanted[section][id] = entry
    amend(scope, wanted, by, "undo", undoes=done.id)


def differing(was: Sections, now: Sections) -> tuple[Sections, Sections]:
    """Return the entries that differ, as they were and as they are; None where there is none."""
    before: dict[str, dict[str, Any]] = {}
    after: dict[str, dict[str, Any]] = {}
    for section in now:
        for id in {**was[section], **now[section]}:
            if was[section].get(id) != now[section].get(id):
                before.setdefault(section, {})[id] = was[section].get(id)
                after.setdefault(section, {})[id] = now[section].get(id)
    return before, after


def _checked(wanted: Sections) -> PartnershipFile:
    try:
        return partnership_file.read(partnership_file.write(wanted))
    except FaultyFile as fault:
        raise LifError(
            f"{fault.words[:1].upper()}{fault.words[1:]} {UNCHANGED}", field=fault.where.rpartition(": ")[2]
        ) from None


def _about(before: Sections) -> str:
    """What was changed, in ids: "group se", or "group se and 2 more"."""
    named = [f"{_noun(section).lower()} {id}" for section in reversed(before) for id in before[section]]
    return named[0] if len(named) == 1 else f"{named[0]} and {len(named) - 1} more"


def _noun(section: str) -> str:
    nouns = {"boards": "Board", "agencies": "Agency", "people": "Person", "groups": "Group"}
    return nouns.get(section, "Partnership")
