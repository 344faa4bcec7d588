"""What agendas and digests are made of: a group's items as the pure rules sort and count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.model import Group, Item, Meeting
from lifbot.policy import agenda, cycles, digest
from storage import challenges, meetings, requests
from storage.items import Reader
from storage.scope import Scope


def matters(scope: Scope, reader: Reader, group: Group, meeting: Meeting) -> agenda.Matters:
    """Return what arises for a meeting."""
    before = meetings.last_held(scope, group.id, before=min(meeting.starts_at, scope.now))
    last = before if before and before.id != meeting.id else None
    living, meeting_on = _living(scope, group), local_day(meeting.starts_at, scope.zone)
    rows = [_agenda_row(scope, reader, item) for item in living if item.kind != challenges.KIND]
    found = agenda.matters(rows, scope.today, meeting_on, local_day(last.starts_at, scope.zone) if last else None)
    return replace(found, challenges=_challenges(scope, reader, living, meeting_on))


def _challenges(scope: Scope, reader: Reader, living: Sequence[Item], on: date) -> tuple[agenda.Row, ...]:
    """The challenges that a meeting is to speak of, each with where it stands; the longest due first."""
    mine = sorted((item for item in living if item.kind == challenges.KIND), key=lambda item: (item.due_on, item.ref))
    told = ((item, challenges.on_agenda(scope, item, on)) for item in mine)
    return tuple(replace(_agenda_row(scope, reader, item), said=said) for item, said in told if said)


def is_anything_open(scope: Scope, group: Group) -> bool:
    """Say whether a group has anything that is open or waits."""
    return bool(_living(scope, group))


def _living(scope: Scope, group: Group) -> Sequence[Item]:
    """Everything of a group that is open, waiting or was closed lately."""
    return scope.all(Item, Item.group_id == group.id, col(Item.look_again_at).is_not(None))


def _agenda_row(scope: Scope, reader: Reader, item: Item) -> agenda.Row:
    view = reader.view(item)
    missed = cycles.since_return(reader.facts(item), reader.course(item.group_id), scope.rules, scope.now)
    return agenda.Row(
        ref=item.ref,
        text=item.text,
        agency=view.agency,
        due_on=item.due_on,
        brag=view.brag,
        status=item.status,
        missed=missed or int(view.escalated),
        updated_on=local_day(item.heard_at, scope.zone) if item.heard_at else None,
        closed_on=local_day(item.closed_at, scope.zone) if item.closed_at else None,
    )


def summary(scope: Scope, reader: Reader, group: Group | None) -> digest.Summary:
    """Return what a group's digest counts, or the whole partnership's."""
    where = (Item.group_id == group.id,) if group else ()
    rows = [_digest_row(scope, reader, item) for item in scope.all(Item, Item.kind != challenges.KIND, *where)]
    lines = (challenges.digest_line(scope, group), None if group else requests.digest_line(scope))
    return replace(digest.counts(rows, scope.today), beside=tuple(line for line in lines if line))


def _digest_row(scope: Scope, reader: Reader, item: Item) -> digest.Row:
    view = reader.view(item)
    return digest.Row(
        ref=item.ref,
        text=item.text,
        agency=view.agency,
        due_on=item.due_on,
        brag=view.brag,
        status=item.status,
        escalated=view.escalated,
        created_on=local_day(item.created_at, scope.zone),
        closed_on=local_day(item.closed_at, scope.zone) if item.closed_at else None,
    )
