"""Who hears in whose place, read from the tables: people, their agencies' links, absences."""

from __future__ import annotations

from collections.abc import Mapping

from lifbot.calendar import say_date
from lifbot.model import Absence, Group, Item, Person
from lifbot.policy import stand_in
from lifbot.policy.rights import Role
from lifbot.policy.stand_in import Hearer, Roll, Standing
from storage import absences
from storage.scope import Scope


def roll(scope: Scope) -> Roll:
    """Return everybody's standing today."""
    found = scope.roster
    known = found.rolls.get(scope.today)
    if known is None:
        links = {row.id: row.ld_link for row in found.agencies.values()}
        away = absences.now_away(scope)
        every = found.people.values()
        known = {row.id: _standing(row, links.get(row.agency or ""), away.get(row.id)) for row in every}
        found.rolls = {scope.today: known}
    return known


def _standing(person: Person, link: str | None, absence: Absence | None) -> Standing:
    return Standing(
        is_here=person.left_on is None,
        has_address=_is_open(person.slack, person.slack_closed) or _is_open(person.teams, person.teams_closed),
        away_until=absence.until_on if absence else None,
        substitute=absence.substitute if absence else None,
        link=link,
    )


def open_accounts(person: Person) -> dict[str, str]:
    """Return somebody's addresses by platform, without an account that its platform says is closed."""
    there = {"slack": (person.slack, person.slack_closed), "teams": (person.teams, person.teams_closed)}
    return {platform: address or "" for platform, (address, closed) in there.items() if _is_open(address, closed)}


def _is_open(address: str | None, closed: str | None) -> bool:
    return bool(address) and address != closed


def hears(scope: Scope, known: Roll, owner: str, group: Group | None) -> Hearer | None:
    """Return who hears what the owner of one of a group's items is told."""
    return stand_in.for_owner(known, owner, group.chair if group else None, scope.partnership.business_unit)


def decides(scope: Scope, known: Roll, item: Item, group: Group) -> Hearer | None:
    """Return who is asked to decide about an item, and in whose place."""
    return stand_in.for_decision(known, item.owner, group.chair, group.deputy, scope.partnership.business_unit)


def helps(scope: Scope, known: Roll, chair: str) -> Hearer | None:
    """Return who is asked for help in a partnership chair's place, or they themselves."""
    head = scope.partnership
    return stand_in.for_escalation(known, chair, head.deputy_chair, head.business_unit)


def roles(scope: Scope, person: Person, group: Group | None, item: Item | None) -> set[Role]:
    """Return what somebody is in the place of those who are away, in no workspace, or have left."""
    found: set[Role] = set()
    if item is not None:
        found |= {Role.CONTRIBUTOR} if person.id in item.contributors else set()
        found |= {Role.OFFERED} if person.id == item.offered_to else set()
    if group is None:
        return found
    known = roll(scope)
    if item is not None and stand_in.stands_in_for(
        known, person.id, item.owner, hears(scope, known, item.owner, group)
    ):
        found.add(Role.STAND_IN)
    if stand_in.acts_for_chair(known, person.id, group.chair, group.deputy) and not (
        item and item.owner == group.chair
    ):
        found.add(Role.GROUP_CHAIR)
    return found


def substitutes_for_chair(scope: Scope, person: str) -> list[str]:
    """Return the partnership's chairs who are away and in whose place somebody stands."""
    chairs = {scope.partnership.chair, *(board.chair for board in scope.roster.boards)}
    away = absences.now_away(scope)
    return [id for id in chairs if id and id in away and away[id].substitute == person]


def is_closed(person: Person) -> bool:
    """Whether a platform has closed the account by which somebody would be reached."""
    return bool(
        (person.slack and person.slack == person.slack_closed) or (person.teams and person.teams == person.teams_closed)
    )


def why(heard: Hearer, people: Mapping[str, Person]) -> str:
    """Say why somebody does not hear themselves: "is away until 20 March 2026", "is not in Slack"."""
    if heard.why == "away" and heard.until:
        return f"is away until {say_date(heard.until)}"
    return "has left" if heard.why == "left" else f"is not in {_where(people)}"


def _where(people: Mapping[str, Person]) -> str:
    there = [
        name for name, has in (("Slack", "slack"), ("Teams", "teams")) if any(getattr(p, has) for p in people.values())
    ]
    return " or ".join(there) or "a workspace"
