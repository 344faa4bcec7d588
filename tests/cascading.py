"""Five agencies, and a notice that has gone out to them: what tests of receipts begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from lifbot.model import Agency, Notice, Receipt, Source
from storage import due, receipts, records
from storage.db import Session
from storage.scope import Scope
from tests.room import HEAD, TWO_MONTHLY, Room

# Cleo is the link of two agencies, Fay is in no workspace, Fire has nobody, Jo is away later on.
FILE = (
    HEAD
    + """
agencies:
  - {id: council, name: Kirklees Council, ld_link: jo}
  - {id: icb, name: West Yorkshire ICB, ld_link: cleo}
  - {id: police, name: West Yorkshire Police, ld_link: fay}
  - {id: probation, name: Probation Service, ld_link: cleo}
  - {id: fire, name: Fire and Rescue}
people:
  - {id: amina, name: Amina Yusuf, agency: council, slack: U0AMINA}
  - {id: ben, name: Ben Carter, agency: police, slack: U0BEN}
  - {id: cleo, name: Cleo Hart, agency: icb, slack: U0CLEO}
  - {id: dev, name: Dev Rao, agency: council, slack: U0DEV}
  - {id: kim, name: Kim Aldous, agency: council, slack: U0KIM}
  - {id: jo, name: Jo Bell, agency: council, slack: U0JO}
  - {id: ian, name: Ian Lund, agency: fire, slack: U0IAN}
  - {id: fay, name: Fay O'Brien, agency: police, email: fay@example.org}
groups:
  - {id: se, name: Safeguarding Effectiveness Subgroup, prefix: SE, chair: ben, members: [amina, dev],
     slack_channel: C0SE, meetings: """
    + TWO_MONTHLY
    + "}\n"
)
ALL = ("council", "icb", "police", "probation", "fire")
TITLE = "Seeing the child behind the behaviour"
SUMMARY = "Ask what has happened, not what is wrong."


def scope_of(it: Any, session: Session) -> Scope:
    """The partnership within a transaction, at the room's moment."""
    return Scope(session, due.partnerships(session)[0], it.now)


def publish(it: Room, agencies: tuple[str, ...] = ALL, by: str = "2026-02-06", source_id: int | None = None) -> str:
    """Let a notice go out to agencies; returns its reference."""
    it.db.public_url = "https://lifbot.example.org"
    with it.db.begin() as session:
        scope = scope_of(it, session)
        ref, number = records.next_ref(scope, Notice)
        notice = scope.insert(
            Notice,
            ref=ref,
            number=number,
            product="Learning sheet",
            title=TITLE,
            summary=SUMMARY,
            cascade_text=by,
            cascade_by=date.fromisoformat(by),
            author="amina",
            status="published",
            published_at=scope.now,
            created_at=scope.now,
            agencies=list(agencies),
            url="https://example.org/sheet",
            source_id=source_id,
        )
        receipts.begin(scope, notice)
    return ref


def a_source(it: Room) -> int:
    """Log the review that a notice comes from; returns its id."""
    with it.db.begin() as session:
        scope = scope_of(it, session)
        ref, number = records.next_ref(scope, Source)
        known = {"learning_method": "practice_review", "title": "A review", "person": "amina", "created_by": "amina"}
        row = scope.insert(Source, ref=ref, number=number, created_at=scope.now, **known)
        return row.id


def change(it: Room, model: type[Any], where: Any, **columns: Any) -> None:
    """Change a row as another part of the program would."""
    with it.db.begin() as session:
        scope = scope_of(it, session)
        row = scope.first(model, where)
        assert row is not None
        for name, value in columns.items():
            setattr(row, name, value)
        scope.add(row)


def representative(it: Room, agency: str, **posts: str) -> None:
    """Name an agency's representative or the link's deputy."""
    change(it, Agency, Agency.id == agency, **posts)


def stands(it: Any) -> dict[str, Receipt]:
    """Return the receipts of the newest notice by agency."""
    with it.db.begin() as session:
        rows = scope_of(it, session).all(Receipt, order=Receipt.id)
        return {row.agency_id: row for row in rows}


def link_in(text: str) -> str:
    """Return the signed link's path in a message."""
    line = next(line for line in text.split("\n") if line.startswith("https://lifbot.example.org/receipt/"))
    return line.removeprefix("https://lifbot.example.org")
