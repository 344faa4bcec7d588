"""Where an outbox row goes: a group's channel, a person's own chat, on a platform that is connected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lifbot.message import Address
from lifbot.model import Group, Outbox, Person
from storage.scope import Scope
from storage.stand_ins import open_accounts

PLATFORMS = ("slack", "teams")  # where both would do, the first


def address(scope: Scope, row: Outbox, connected: Collection[str], person: str | None) -> Address | None:
    """Return the best address of those that are connected; else the best, which waits for its platform.

    `person` is who hears it, for what is not for a channel.
    """
    found = list(_addresses(scope, row, person))
    return next((each for each in found if each.platform in connected), next(iter(found), None))


def _addresses(scope: Scope, row: Outbox, hearer: str | None) -> Iterator[Address]:
    """All the addresses that would do, the best first: the channel, else the chair, else the deputy."""
    if place := row.about.get("place"):
        platform, channel, thread = place
        yield Address(platform, _teams(scope)[platform], channel, direct=bool(row.about.get("direct")), thread=thread)
        return
    group = scope.get(Group, row.group_id)
    if group and not row.person:
        yield from _of(scope, {"slack": group.slack_channel, "teams": group.teams_channel}, direct=False)
    here = (hearer,) if row.person else ((group.chair, group.deputy) if group else ())
    for person in (scope.get(Person, id) for id in here if id):
        if person and not person.left_on:
            yield from of_person(scope, person)


def of_person(scope: Scope, person: Person) -> Iterator[Address]:
    """The addresses at which somebody can be written to, the best first."""
    yield from _of(scope, open_accounts(person), person.prefers, direct=True)


def _of(scope: Scope, there: Mapping[str, str | None], first: str | None = None, *, direct: bool) -> Iterator[Address]:
    teams = _teams(scope)
    for platform in sorted(PLATFORMS, key=lambda each: each != first):
        if to := there.get(platform):
            yield Address(platform, teams[platform], to, direct=direct)


def _teams(scope: Scope) -> dict[str, str | None]:
    return {"slack": scope.partnership.slack_team, "teams": scope.partnership.teams_tenant}
