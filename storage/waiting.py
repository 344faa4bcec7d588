"""What waits for somebody's answer beside items, in the words of the nudge: for their own page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlmodel import col

from lifbot.buttons import cascade_buttons, impact_buttons
from lifbot.message import Button
from lifbot.model import AssuranceRequest, Impact, Item, Milestone, Notice, Receipt, Source
from lifbot.notices import Beside, assurance, cascade, impact, publishing, source
from storage import milestones, notices, receipts, records, request_views, requests
from storage.items import Reader
from storage.scope import Scope

AHEAD = timedelta(days=14)  # how far ahead milestones are shown


def lines(scope: Scope, reader: Reader, person: str) -> list[Beside]:
    """Return what waits for somebody: checks, receipts, requests, milestones, what difference something made."""
    every = (_checks, _receipts, _requests, _milestones, _impacts)
    return [line for each in every for line in each(scope, reader, person)]


def _checks(scope: Scope, reader: Reader, person: str) -> Iterator[Beside]:
    for row in notices.shown(scope, Notice.checker == person):
        if notices.awaits_check(row) and row.status not in ("closed", "withdrawn"):
            yield publishing.reminder(
                notices.view(scope, row, proposed=True), reader.name(row.author), "", records.name_of(row)
            )


def _receipts(scope: Scope, reader: Reader, person: str) -> Iterator[Beside]:
    for row in receipts.awaited(scope, person):
        mine = [each for each in receipts.mine(scope, person, row) if each.status in ("waiting", "received")]
        if mine and row.status == "published":
            names = [receipts.name(scope, each.agency_id) for each in mine]
            shown = _receipt_buttons(row, mine)
            yield cascade.reminder(notices.view(scope, row), names, "due", scope.today, records.name_of(mine[0]), shown)


def _receipt_buttons(notice: Notice, rows: Sequence[Receipt]) -> tuple[Button, ...]:
    status = "waiting" if any(row.status == "waiting" for row in rows) else "received"
    ids = ",".join(row.agency_id for row in rows if row.status == status)
    return cascade_buttons(notice.ref, ids, status, here=False)


def _requests(scope: Scope, reader: Reader, person: str) -> Iterator[Beside]:
    for row in reversed(requests.shown(scope, AssuranceRequest.status == "open")):
        for part in requests.answers(scope, row):
            heard = requests.asked_for(scope, part.agency_id) if part.status == "waiting" else None
            if heard and heard.person == person:
                shown, agency = request_views.view(scope, reader, row), reader.agency(part.agency_id)
                yield assurance.reminder(
                    shown, agency, part.agency_id, records.name_of(part), scope.today, others=False
                )


def _milestones(scope: Scope, reader: Reader, person: str) -> Iterator[Beside]:
    near = (Milestone.status == "open", col(Milestone.due_on) <= scope.today + AHEAD)
    for row in scope.all(Milestone, *near, order=(col(Milestone.due_on), col(Milestone.id))):
        of = scope.get(Source, row.source_id)
        if of is None or of.held_at or of.status == "withdrawn":
            continue
        heard = milestones.hears(scope, reader, of, row)
        if heard and heard.person == person:
            whose = f"For {reader.name(row.person)}, who {reader.why(heard)}. " if heard.is_stand_in else ""
            named, record = milestones.called(row), records.name_of(row)
            yield source.milestone(of.ref, of.title, row.text, row.due_on, named, record, scope.today, whose)


def _impacts(scope: Scope, reader: Reader, person: str) -> Iterator[Beside]:
    asked = (Impact.status == "waiting", col(Impact.chased) > 0)
    for row in scope.all(Impact, *asked, order=col(Impact.id)):
        item = scope.get(Item, row.item_id)
        heard = reader.hears(item) if item and item.signed_off_on else None
        if item and item.signed_off_on and heard and heard.person == person:
            whose = f"For {reader.name(item.owner)}, who {reader.why(heard)}. " if heard.is_stand_in else ""
            question = impact.Question(reader.view(item), item.signed_off_on, item.success_criteria or "", whose)
            yield impact.asked(question, records.name_of(row), impact_buttons(item.ref), again=False)
