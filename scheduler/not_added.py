"""Somebody, or a group, whom Teams lets lifbot not write to: those who can help are told once a week, by name."""

from __future__ import annotations

from collections.abc import Iterator

from lifbot import notices
from lifbot.message import Message
from lifbot.model import Agency, Group, Outbox, Person
from storage import outbox
from storage.db import take_turn
from storage.items import Reader
from storage.scope import Scope

OCCASION = "not_added"


def tell(scope: Scope, row: Outbox) -> None:
    """Promise word of a message that waits to the agency's link and the business unit, once a week."""
    if row.occasion == OCCASION:
        return
    take_turn(scope.session, scope.id)  # another process may be promising the same
    week = scope.today.isocalendar()
    for person in dict.fromkeys(_helpers(scope, row)):
        if person != row.person:
            key = f"{OCCASION}/{row.person or row.group_id}/{person}/{week.year}-W{week.week:02d}"
            outbox.put(scope, key, OCCASION, person=person, about={"person": row.person, "group": row.group_id})


def _helpers(scope: Scope, row: Outbox) -> Iterator[str]:
    absent = scope.get(Person, row.person)
    agency = scope.get(Agency, absent.agency if absent else None)
    if agency and agency.ld_link:
        yield agency.ld_link
    yield from scope.partnership.business_unit


def notice(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Say how many messages wait for whom."""
    person, group = row.about["person"], scope.get(Group, row.about["group"])
    waiting = outbox.waiting_for_somebody(scope, person, None if person else row.about["group"])
    if not waiting:
        return "lifbot was added meanwhile"
    return notices.not_added(reader.name(person) if person else None, group.name if group else "", waiting)
