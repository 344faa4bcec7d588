"""Requests to agencies and their answers: who is asked, who may answer, what waits, what the export holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.model import Agency, AssuranceAnswer, AssuranceRequest, Group, Item, LogEntry, Source
from lifbot.policy import assurance
from lifbot.policy.assurance import Asked
from lifbot.policy.stand_in import GONE, Hearer
from storage import records, stand_ins
from storage.scope import Scope

A_YEAR = timedelta(days=365)
RETURNED = "request return"
"""The command that sends an answer back; the log has the question that it goes back with."""


def is_held(scope: Scope, request: AssuranceRequest) -> bool:
    """Say whether a request is about what is on hold: then nothing of it is said or shown."""
    source = scope.get(Source, request.source_id)
    item = scope.with_held.get(Item, request.item_id)
    return bool((source and source.held_at) or (item and item.held))


def held_ids(scope: Scope) -> frozenset[int]:
    """Return the ids of the requests that are silent."""
    tied = col(AssuranceRequest.source_id).is_not(None) | col(AssuranceRequest.item_id).is_not(None)
    return frozenset(row.id for row in scope.all(AssuranceRequest, tied) if is_held(scope, row))


def shown(scope: Scope, *where: Any) -> list[AssuranceRequest]:
    """Return the requests that fit and may be shown, the newest first."""
    held = held_ids(scope)
    rows = scope.all(AssuranceRequest, *where, order=col(AssuranceRequest.id).desc())
    return [row for row in rows if row.id not in held]


def answers(scope: Scope, request: AssuranceRequest) -> list[AssuranceAnswer]:
    """Return each agency's part of a request, in the order of the agencies' names."""
    rows = scope.all(AssuranceAnswer, AssuranceAnswer.request_id == request.id)
    return sorted((row for row in rows if row.status != "withdrawn"), key=lambda row: _name(scope, row.agency_id))


def _name(scope: Scope, agency_id: str) -> str:
    agency = scope.roster.agencies.get(agency_id)
    return (agency.name if agency else agency_id).lower()


def named(agency: Agency | None) -> tuple[str | None, ...]:
    """Return who speaks for an agency, the first first: its link, the link's deputy, its representative."""
    return (agency.ld_link, agency.ld_deputy, agency.representative) if agency else ()


def asked_for(scope: Scope, agency_id: str) -> Hearer | None:
    """Return who is asked for an agency, and in whose place."""
    agency = scope.roster.agencies.get(agency_id)
    return assurance.asked_for(stand_ins.roll(scope), named(agency), scope.partnership.business_unit)


def speaks_for(scope: Scope, person: str, agency_id: str | None) -> bool:
    """Say whether somebody answers for an agency: one whom it has named, who stands in for them, or who is asked."""
    agency = scope.roster.agencies.get(agency_id or "")
    if agency is None:
        return False
    roll = stand_ins.roll(scope)
    acting = [roll.get(each or "", GONE).substitute for each in named(agency)]
    heard = asked_for(scope, agency.id)
    return person in (*named(agency), *acting) or (heard is not None and heard.person == person)


def of_person(scope: Scope, person: str, request: AssuranceRequest) -> list[AssuranceAnswer]:
    """Return the parts of a request that somebody answers for; those that wait, where there are any."""
    mine = [row for row in answers(scope, request) if speaks_for(scope, person, row.agency_id)]
    return [row for row in mine if row.status == "waiting"] or mine


def last_return(scope: Scope, row: AssuranceAnswer) -> LogEntry | None:
    """Return the last time that an answer was sent back."""
    of_it = (LogEntry.record == records.name_of(row), LogEntry.what == RETURNED)
    return scope.first(LogEntry, *of_it, order=col(LogEntry.id).desc())


def came_back_with(scope: Scope, row: AssuranceAnswer) -> str:
    """Return the question with which an answer was sent back last."""
    entry = last_return(scope, row)
    return (entry.why or "") if entry and row.answered_at else ""


def all_answered(rows: Iterable[AssuranceAnswer]) -> bool:
    """Say whether no agency's answer is awaited any more."""
    return all(row.status == "answered" for row in rows)


def part(scope: Scope, request: AssuranceRequest, row: AssuranceAnswer, agency: str) -> Asked:
    """Return the days of an agency's part of a request."""
    answered = local_day(row.answered_at, scope.zone) if row.answered_at else None
    return Asked(agency, local_day(request.asked_at, scope.zone), request.due_on, answered)


def parts_of_year(scope: Scope) -> list[Asked]:
    """Return the days of all that agencies were asked within the last year."""
    kept = {row.id: row for row in shown(scope, AssuranceRequest.asked_at > scope.now - A_YEAR)}
    rows = scope.all(AssuranceAnswer, col(AssuranceAnswer.status) != "withdrawn")
    names = scope.roster.agencies
    return [
        part(scope, kept[row.request_id], row, names[row.agency_id].name if row.agency_id in names else row.agency_id)
        for row in rows
        if row.request_id in kept and kept[row.request_id].status != "withdrawn"
    ]


def digest_lines(scope: Scope, group: Group | None) -> list[str]:
    """Return what the business unit's digest says: which requests wait for which agencies, long past their date."""
    found: list[str] = []
    if group:  # no channel hears of it
        return found
    for request in reversed(shown(scope, AssuranceRequest.status == "open")):
        if assurance.is_passed_on(request.due_on, scope.today):
            waiting = [row for row in answers(scope, request) if row.status == "waiting"]
            known = scope.roster.agencies
            names = [known[row.agency_id].name for row in waiting if row.agency_id in known]
            found += [f"{request.ref} ({', '.join(names)})"] if names else []
    more = f" and {len(found) - 6} more" if len(found) > 6 else ""
    return [f"Requests without an answer: {'; '.join(found[:6])}{more}."] if found else []


def exported(scope: Scope) -> list[dict[str, Any]]:
    """Return every request with its answers as JSON values, the oldest first."""
    return [_exported(scope, row) for row in reversed(shown(scope))]


def _exported(scope: Scope, row: AssuranceRequest) -> dict[str, Any]:
    source, item = scope.get(Source, row.source_id), scope.get(Item, row.item_id)
    return {
        "ref": row.ref,
        "kind": row.kind,
        "question": row.question,
        "group": row.group_id,
        "source": source.ref if source else None,
        "item": item.ref if item else None,
        "scope": row.scope,
        "timescale_text": row.timescale_text,
        "due_on": row.due_on.isoformat(),
        "asked_at": row.asked_at.astimezone(scope.zone).isoformat(),
        "asked_by": row.asked_by,
        "status": row.status,
        "answers": [_answer(scope, row, each) for each in answers(scope, row)],
    }


def _answer(scope: Scope, request: AssuranceRequest, row: AssuranceAnswer) -> dict[str, Any]:
    return {
        "agency": row.agency_id,
        "status": row.status,
        "answered_at": row.answered_at.astimezone(scope.zone).isoformat() if row.answered_at else None,
        "working_days": part(scope, request, row, row.agency_id).days,
        "text": row.text,
        "evidence": row.evidence,
        "url": row.url,
    }
