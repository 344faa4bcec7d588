"""What agendas and digests are made of: a group's items as the pure rules sort and count them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.model import Group, Item, Meeting
from lifbot.policy import agenda, cycles, digest
from storage import challenges, hand_offs, impacts, meetings, milestones, notices, receipts, requests, sources
from storage.items import OPEN, Reader
from storage.scope import Scope

DIGEST_LINES: tuple[Callable[[Scope, Group | None], list[str]], ...] = (
    *(notices.digest_lines, receipts.digest_lines, milestones.overdue_lines),
    *(challenges.digest_lines, requests.digest_lines),
)
"""What a digest says beside items, of a group or of the whole partnership."""


def matters(scope: Scope, reader: Reader, group: Group, meeting: Meeting, person: str | None = None) -> agenda.Matters:
    """Return what arises for a meeting, as somebody or the group's channel (None) may hear of it."""
    before = meetings.last_held(scope, group.id, before=min(meeting.starts_at, scope.now))
    last = before if before and before.id != meeting.id else None
    since = local_day(last.starts_at, scope.zone) if last else None
    handed, meeting_on = hand_offs.opened(scope), local_day(meeting.starts_at, scope.zone)
    shown, apart = sources.apart(scope, _living(scope, group), group, person)
    living = [(item, _agenda_row(scope, reader, item, since, handed)) for item in shown]
    rows = [row for item, row in living if item.kind != CHALLENGE]
    found = agenda.matters(rows, scope.today, meeting_on, since)
    told = [replace(row, said=challenges.on_agenda(scope, item, meeting_on)) for item, row in living]
    mine = sorted((row for row in told if row.said), key=lambda row: (row.due_on, row.ref))
    return replace(found, challenges=tuple(mine), apart=apart)


def is_anything_open(scope: Scope, group: Group) -> bool:
    """Say whether a group has anything that is open or waits."""
    return bool(_living(scope, group))


def _living(scope: Scope, group: Group) -> Sequence[Item]:
    """Everything of a group that is open, waiting or was closed lately."""
    return scope.all(Item, Item.group_id == group.id, col(Item.look_again_at).is_not(None))


def _agenda_row(scope: Scope, reader: Reader, item: Item, since: date | None, handed: set[int]) -> agenda.Row:
    view = reader.view(item)
    is_new = since is None or local_day(item.created_at, scope.zone) >= since
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
        is_practice=item.kind == PRACTICE,
        new=is_new,
        handed_over=is_new and item.id in handed,
        closed_on=local_day(item.closed_at, scope.zone) if item.closed_at else None,
    )


def summary(scope: Scope, reader: Reader, group: Group | None, person: str | None = None) -> digest.Summary:
    """Return what a group's digest counts, or the whole partnership's, for somebody or for the channel (None)."""
    where = (Item.group_id == group.id,) if group else ()
    untold = {item.id for item, _ in impacts.unanswered(scope, group.id if group else None)}
    every = scope.all(Item, Item.kind != CHALLENGE, *where)
    rows = [
        _digest_row(scope, reader, item, item.id in untold) for item in sources.apart(scope, every, group, person)[0]
    ]
    return digest.counts(rows, scope.today)


def lines(scope: Scope, group: Group | None, person: str | None = None) -> list[str]:
    """Return what a group's digest, or the whole partnership's, says beside items."""
    where = (Item.group_id == group.id,) if group else ()
    living = scope.all(Item, col(Item.status).in_(OPEN), *where) if sources.not_for(scope, group, person) else ()
    apart = sources.apart(scope, living, group, person)[1]
    of_one = [agenda.say_apart(apart)] if apart else []
    return [*(line for each in DIGEST_LINES for line in each(scope, group)), *of_one]


def _digest_row(scope: Scope, reader: Reader, item: Item, is_untold: bool) -> digest.Row:
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
        is_practice=item.kind == PRACTICE,
        is_untold=is_untold,
        closed_on=local_day(item.closed_at, scope.zone) if item.closed_at else None,
    )
