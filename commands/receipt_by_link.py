"""What somebody answers through a signed link: read, looked at by the guard, kept; nothing else of the log is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from commands import guarding
from lifbot import cascaded as reading
from lifbot import guard
from lifbot.calendar import local_day, say_date
from lifbot.links import first_in
from lifbot.model import Notice, Partnership, Receipt
from lifbot.notices import identifying
from lifbot.notices.identifying import Caught
from storage import cascading, log, notices, receipts, signing
from storage.db import Database, Session, take_turn
from storage.receipts import Answer
from storage.scope import Scope

State = Literal["open", "wrong", "over", "withdrawn", "hold", "thanks", "risk"]
WORDS = ("to_whom", "reach", "applies", "evidence", "reason")
LONGEST = {"to_whom": 300, "reach": 60, "applies": 1000, "evidence": 1000, "reason": 1000}
LABELS = {
    "to_whom": "To whom",
    "reach": "About how many people",
    "applies": "What applies",
    "evidence": "Evidence",
    "reason": "Why not",
}
FIELDS_OF = {"received": (), "cascaded": ("to_whom", "reach", "applies", "evidence"), "not_for_us": ("reason",)}
"""What is kept with each answer; the other fields are not on the page then, or are left alone."""
STATUSES = tuple(FIELDS_OF)


@dataclass(frozen=True, slots=True)
class Page:
    """What a link's page shows: no more of the notice than its public title."""

    state: State
    partnership: str = ""
    title: str = ""  # "One Minute Guide: Information sharing"
    by: str = ""  # the day
    until: str = ""
    answered: str = ""  # a status, where there was an answer
    faults: Mapping[str, str] = field(default_factory=dict)
    asks_tick: bool = False  # something may be a name: whether it is, they say
    typed: Mapping[str, str] = field(default_factory=dict)


def shown(db: Database, token: str, now: datetime) -> Page:
    """Return what a link opens."""
    with db.begin() as session:
        found = _opened(session, token, now)
        return found if isinstance(found, Page) else _page(*found)


def answered(db: Database, token: str, now: datetime, typed: Mapping[str, str]) -> Page:
    """Keep an answer; the page to show where it cannot be kept yet, with all that was typed."""
    with db.begin() as session:
        found = _opened(session, token, now)
        if isinstance(found, Page):
            return found
        scope, _, row, _ = found
        take_turn(session, scope.id)
        session.refresh(row)
        faults = _faults(typed)
        if faults:
            return _page(*found, faults=faults, typed=typed)
        words = {name: typed.get(name, "") for name in FIELDS_OF[typed["status"]]}
        if any(guard.is_immediate_risk(typed.get(name, "")) for name in WORDS):
            log.write(scope, receipts.BY_LINK, log.PASSED_ON)
            return Page("risk", scope.partnership.name)
        seen = {name: look for name, said in words.items() if said and (look := guarding.look(scope, said))}
        certain = any(each.is_certain for look in seen.values() for each in look)
        if seen and (certain or not typed.get("vouched")):
            notes = {name: _beside(words[name], look) for name, look in seen.items()}
            return _page(*found, faults=notes, typed=typed, asks_tick=not certain)
        if seen:
            kinds = dict.fromkeys(each.kind for look in seen.values() for each in look)
            log.write(scope, receipts.BY_LINK, log.CLEARED, why=f"{', '.join(kinds)} in a receipt by link")
        receipts.answer(scope, None, f"notice {typed['status'].replace('_', '-')}", row, _answer(typed, row))
        cascading.draw_anew(scope, found[1], [row])
        return Page("thanks")


def _opened(session: Session, token: str, now: datetime) -> Page | tuple[Scope, Notice, Receipt, signing.Opened]:
    """What a token opens, or the friendly page that says why not."""
    opened = signing.opened(session, receipts.PURPOSE, token, now)
    row = session.get(Receipt, opened.record) if opened else None
    partnership = session.get(Partnership, row.partnership_id) if row else None
    if opened is None or row is None or partnership is None:
        return Page("wrong")
    scope = Scope(session, partnership, now)
    notice = scope.get(Notice, row.notice_id)
    if notice is None or notices.is_held(scope, notice):
        return Page("hold")
    if notice.status == "withdrawn" or row.status == "withdrawn":
        return Page("withdrawn", partnership.name)
    if notice.status not in receipts.STANDS:
        return Page("hold")
    return Page("over", partnership.name) if opened.is_over else (scope, notice, row, opened)


def _page(
    scope: Scope,
    notice: Notice,
    row: Receipt,
    opened: signing.Opened,
    *,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    asks_tick: bool = False,
) -> Page:
    until = say_date(local_day(opened.expires_at, scope.zone))
    answered = row.status if row.status in STATUSES else ""
    name, by = notices.view(scope, notice).name, say_date(notice.cascade_by)
    return Page("open", scope.partnership.name, name, by, until, answered, faults or {}, asks_tick, typed or {})


def _faults(typed: Mapping[str, str]) -> dict[str, str]:
    """What is missing or cannot be kept, by field."""
    found = {name: "Please shorten this." for name in WORDS if len(typed.get(name, "")) > LONGEST[name]}
    found |= {
        name: "There is a character in this that cannot be kept." for name in WORDS if "\x00" in typed.get(name, "")
    }
    status = typed.get("status", "")
    if status not in STATUSES:
        found["status"] = "Please choose one of these."
    if status == "not_for_us" and not typed.get("reason", "").strip():
        found["reason"] = "Please say in a few words why it is not for you."
    if status == "cascaded" and not any(typed.get(name, "").strip() for name in ("how", "to_whom", "reach")):
        found["how"] = "Please tick how it was passed on, or say to whom."
    if status == "cascaded" and typed.get("reach", "").strip() and reading.number(typed["reach"]) is None:
        found["reach"] = "Please write a number, for example 40."
    return found


def _beside(text: str, seen: tuple[guard.Finding, ...]) -> str:
    return identifying.beside_field([Caught(each.kind, "", guard.masked(text, each), each.is_certain) for each in seen])


def _answer(typed: Mapping[str, str], row: Receipt) -> Answer:
    """Read the fields that belong to what was chosen; a corrected answer takes the place of all of it."""
    said = {name: " ".join(typed.get(name, "").split()) or None for name in WORDS}
    status, proof = typed["status"], said["evidence"]
    if status == "received":
        return Answer("received")
    if status == "not_for_us":
        return Answer("not_for_us", reason=said["reason"])
    how = tuple(reading.ways(typed.get("how", "")))
    reach = reading.number(said["reach"]) if said["reach"] else None
    again = proof and proof in (row.evidence or "").split("\n")  # pressed twice
    kept = None if again else proof
    return Answer("cascaded", how, said["to_whom"], reach, said["applies"], kept, first_in(proof or ""))
