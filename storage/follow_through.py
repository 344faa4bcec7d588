"""How each agency follows through: counts of what it leads on, what it was asked, what it confirmed; never a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlmodel import col

from lifbot.model import AssuranceAnswer, AssuranceRequest, Item, Notice, Receipt, Source
from storage import requests
from storage.items import OPEN
from storage.scope import Scope

CONFIRMED = ("cascaded", "not_for_us")


def counts(scope: Scope) -> Mapping[str, Counter[str]]:
    """Return the counts of each agency, by its id."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    _of_items(scope, found)
    _of_requests(scope, found)
    _of_receipts(scope, found)
    return found


def _of_items(scope: Scope, found: Mapping[str, Counter[str]]) -> None:
    columns = (col(Item.id), col(Item.agency), col(Item.status), col(Item.due_on))
    rows = scope.columns(Item, columns, col(Item.agency).is_not(None))
    for id, agency, status, due_on in rows:
        is_open = status in OPEN
        found[agency]["open"] += is_open
        found[agency]["past its date"] += is_open and due_on < scope.today
        found[agency]["with the chair"] += is_open and id in scope.roster.escalated
        found[agency]["completed"] += status == "complete"


def _of_requests(scope: Scope, found: Mapping[str, Counter[str]]) -> None:
    kept = {row.id: row for row in requests.shown(scope, AssuranceRequest.status != "withdrawn")}
    for row in scope.all(AssuranceAnswer, col(AssuranceAnswer.status) != "withdrawn") if kept else ():
        if row.request_id in kept:
            part = requests.part(scope, kept[row.request_id], row, row.agency_id)
            is_ahead = part.answered_on is None and part.due_on >= scope.today  # nobody can say yet how it went
            found[row.agency_id]["to answer" if is_ahead else "asked"] += 1
            found[row.agency_id]["answered in time"] += part.is_in_time


def _of_receipts(scope: Scope, found: Mapping[str, Counter[str]]) -> None:
    held = {row.id for row in scope.all(Source, col(Source.held_at).is_not(None))}
    silent = {row.id for row in scope.all(Notice) if row.source_id in held or row.status == "withdrawn"}
    for row in scope.all(Receipt, col(Receipt.status) != "withdrawn"):
        if row.notice_id not in silent:
            found[row.agency_id]["notices"] += 1
            found[row.agency_id]["confirmed"] += row.status in CONFIRMED
