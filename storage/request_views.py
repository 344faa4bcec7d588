"""Requests to agencies as messages show them: names instead of ids, and nobody of an agency."""

from __future__ import annotations

from lifbot.calendar import local_day
from lifbot.model import AssuranceRequest
from lifbot.notices.assurance import Answered, Request
from storage import requests
from storage.items import Reader
from storage.scope import Scope


def view(scope: Scope, reader: Reader, row: AssuranceRequest) -> Request:
    """Return a request as messages show it."""
    group = reader.groups.get(row.group_id or "")
    whose = group.name if group else scope.partnership.name
    return Request(row.ref, row.kind, row.question, row.due_on, whose, row.status)


def answered(scope: Scope, reader: Reader, row: AssuranceRequest) -> list[Answered]:
    """Return every agency's part of a request."""
    return [
        Answered(
            agency=reader.agency(each.agency_id) or each.agency_id,
            status=each.status,
            on=local_day(each.answered_at, scope.zone) if each.answered_at else None,
            days=requests.part(scope, row, each, each.agency_id).days,
            text=each.text or "",
            evidence=" ".join(part for part in (each.evidence, each.url) if part),
            came_back_with=requests.came_back_with(scope, each) if each.status == "waiting" else "",
        )
        for each in requests.answers(scope, row)
    ]
