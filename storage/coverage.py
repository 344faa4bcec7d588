"""Agencies and notices together: who has passed on what; nothing of what is on hold."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from lifbot.model import Notice
from lifbot.notices.cascade import Stand
from lifbot.notices.coverage import Row
from storage import notices, people, receipts
from storage.scope import Scope

NEWEST = 24  # notices in the picture: more cannot be read on a page


def rows_of(scope: Scope) -> tuple[int, list[Row]]:
    """Return how many notices went out to agencies, and how the newest of them stand; none that is on hold."""
    asked = scope.all(
        Notice, col(Notice.status).in_(receipts.STANDS), order=(col(Notice.published_at).desc(), col(Notice.id))
    )
    shown = [row for row in asked if row.agencies and not notices.is_held(scope, row)]
    return len(shown), [_row(scope, notice) for notice in shown[:NEWEST]]


def _row(scope: Scope, notice: Notice) -> Row:
    stands = {row.agency_id: row.status for row in receipts.of_notice(scope, notice)}
    every = (*(each.id for each in people.agencies(scope)), *stands)
    pairs = tuple((receipts.name(scope, id), stands.get(id)) for id in dict.fromkeys(every))
    return Row(notice.ref, notices.view(scope, notice).name, pairs)


def details(scope: Scope, rows: Sequence[Row]) -> list[tuple[str, Stand]]:
    """Return all that agencies said of these notices, each with the notice's reference."""
    found = scope.all(Notice, col(Notice.ref).in_([row.ref for row in rows]), order=col(Notice.id).desc())
    return [(notice.ref, receipts.stand(scope, row)) for notice in found for row in receipts.of_notice(scope, notice)]
