"""The roster's stamp: whoever changes one of its rows sets another, in the same transaction and by whichever way."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

from lifbot.model import Absence, Agency, Board, Escalation, Group, Meeting, Membership, Partnership, Person

KINDS = (Partnership, Person, Agency, Board, Group, Membership, Meeting, Escalation, Absence)
# What the program notes on these rows as it goes: it is read from the database whenever it is needed.
MARKS = frozenset(
    {
        *("look_again_at", "digest_on", "loaded", "planned_until", "agenda_at", "told_on"),
        *("overdue_anchor", "home_opened_at", "home_stale"),
    }
)
HERE, CHANGED = "roster here", "roster changed"  # what a session knows of the roster
ONLY_MARKS = "only_marks"  # an execution option of statements that change many rows, but nothing else of them
READ_STAMP = "SELECT stamp FROM roster_stamp"
SET_STAMP = "INSERT INTO roster_stamp (id, stamp) VALUES (1, '{0}') ON CONFLICT (id) DO UPDATE SET stamp = '{0}'"


@event.listens_for(Session, "before_flush")
def _flushes(session: Session, *_: Any) -> None:
    whole = any(isinstance(row, KINDS) for row in (*session.new, *session.deleted))
    if whole or any(isinstance(row, KINDS) and _differs(row) for row in session.dirty):
        _stamp(session)


@event.listens_for(Session, "do_orm_execute")
def _executes(state: ORMExecuteState) -> None:
    is_of_ours = state.bind_mapper is not None and state.bind_mapper.class_ in KINDS
    if is_of_ours and not state.is_select and not state.execution_options.get(ONLY_MARKS):
        _stamp(state.session)


def _differs(row: SQLModel) -> bool:
    """Whether anything but a mark of the program's has been changed."""
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in type(row).model_fields.keys() - MARKS)


def _stamp(session: Any) -> None:
    if not session.info.get(CHANGED):
        session.connection().exec_driver_sql(SET_STAMP.format(secrets.token_hex(8)))
    session.info[CHANGED] = True
    session.info.pop(HERE, None)
