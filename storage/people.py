"""Finding people, agencies, groups and Boards, and what somebody is to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import Session, col

from lifbot.model import Agency, Escalation, Group, Item, Outbox, Partnership, Person
from lifbot.policy.rights import Role
from storage import installations, roster, stand_ins
from storage.scope import Scope


def partnership_of(session: Session, platform: str, team: str) -> Partnership | None:
    """Return the partnership of a workspace or tenant; one without any serves a single, unnamed workspace."""
    rows = roster.partnerships(session)
    team = team.lower() if platform == "teams" else team
    named = [row for row in rows if team in teams_of(row, platform)]
    unnamed = [row for row in rows if not teams_of(row, platform)]
    if named:
        return roster.mine(session, named[0])
    if len(unnamed) != 1 or len(rows) != 1:
        return None
    # Where workspaces install lifbot themselves, whoever came second has no part in this partnership.
    is_alone = platform != "slack" or not installations.are_several(session)
    return roster.mine(session, unnamed[0]) if is_alone else None


def without_file() -> ExecutableOption:
    """Leave the file that a partnership was loaded from where it is, until somebody asks for it: it can be long."""
    return defer(cast("QueryableAttribute[Any]", Partnership.loaded))


def teams_of(partnership: Partnership, platform: str) -> list[str]:
    """Return the workspaces or tenants that a partnership names."""
    value = partnership.slack_team if platform == "slack" else (partnership.teams_tenant or "").lower()
    return [part.strip() for part in (value or "").split(",") if part.strip()]


def by_address(scope: Scope, platform: str, address: str) -> Person | None:
    """Return the person with that id on the platform, unless they have left."""
    found = scope.roster.by_address.get((platform, address if platform == "slack" else address.lower()))
    return scope.mine(found) if found else None


def of_former(scope: Scope, platform: str, address: str) -> Person | None:
    """Return the person who had that id on the platform, and has left."""
    column = col(Person.slack) if platform == "slack" else col(Person.teams)
    return scope.first(Person, column == address, col(Person.left_on).is_not(None))


def present(scope: Scope) -> Sequence[Person]:
    """Return everybody who has not left, by name."""
    here = (row for row in scope.roster.people.values() if row.left_on is None)
    return [scope.mine(row) for row in sorted(here, key=_name)]


def ever(scope: Scope) -> Sequence[Person]:
    """Return everybody, those who have left among them."""
    return scope.all(Person)


def ids_ever(scope: Scope) -> set[str]:
    """Return every id that somebody has or had."""
    return set(scope.roster.people)


def groups(scope: Scope) -> Sequence[Group]:
    """Return all groups, by name."""
    return [scope.mine(row) for row in sorted(scope.roster.groups.values(), key=_name)]


def groups_of(scope: Scope, person: Person) -> Sequence[Group]:
    """Return the groups that somebody belongs to or leads; those who see to all of them have all."""
    every = groups(scope)
    if person.id in scope.partnership.business_unit or is_partnership_chair(scope, person):
        return every
    return [each for each in every if person.id in members(scope, each)]


def readers_of_digests(scope: Scope) -> list[str]:
    """Return who wants their groups' digests as a message; the business unit has the partnership's in any case."""
    every = scope.roster.people.values()
    here = sorted(row.id for row in every if row.wants_digest and row.left_on is None)
    return [id for id in here if id not in scope.partnership.business_unit]


def agencies(scope: Scope) -> Sequence[Agency]:
    """Return all agencies, by name."""
    return [scope.mine(row) for row in sorted(scope.roster.agencies.values(), key=_name)]


def _name(row: Person | Group | Agency) -> str:
    return row.name


def members(scope: Scope, group: Group) -> list[str]:
    """Return the ids of a group's members, chair and deputy among them."""
    return sorted({*scope.roster.members.get(group.id, ()), *(id for id in (group.chair, group.deputy) if id)})


def group_of_channel(scope: Scope, platform: str, channel: str) -> Group | None:
    """Return the group that meets in a channel."""
    found = scope.roster.by_channel.get((platform, channel))
    return scope.mine(found) if found else None


def partnership_chairs(scope: Scope, item: Item | None = None) -> list[str]:
    """Return who chairs the partnership; with several Boards, the chairs of those the item concerns (ruling 10)."""
    boards = scope.roster.boards
    if not boards:
        return [scope.partnership.chair] if scope.partnership.chair else []
    wanted = {"child": "children", "adult": "adults"}.get((item and item.scope) or "joint")
    chairs = [board.chair for board in boards if board.chair and wanted in (None, board.scope)]
    return list(dict.fromkeys(chairs))


def boards_concerned(scope: Scope, item: Item) -> list[str]:
    """Return the names of the Boards that an item concerns; none where there is one partnership without Boards."""
    wanted = {"child": "children", "adult": "adults"}.get(item.scope or "joint")
    return [board.name for board in scope.roster.boards if wanted in (None, board.scope)]


def board_chairs(scope: Scope) -> list[str]:
    """Return the chairs of the partnership's Boards, where it has several."""
    return [board.chair for board in scope.roster.boards if board.chair]


def is_partnership_chair(scope: Scope, person: Person) -> bool:
    """Say whether somebody chairs the partnership, or deputises for its chair."""
    return person.id in partnership_chairs(scope) or person.id == scope.partnership.deputy_chair


def roles(scope: Scope, person: Person, group: Group | None, item: Item | None = None) -> frozenset[Role]:
    """Return what a person is to a group and an item."""
    found = {Role.OTHER}
    if person.id in scope.partnership.business_unit:
        found.add(Role.BUSINESS_UNIT)
    if is_partnership_chair(scope, person):
        found.add(Role.PARTNERSHIP_CHAIR)
    if item and item.owner == person.id:
        found.add(Role.OWNER)
    if item and Role.PARTNERSHIP_CHAIR not in found and _stands_in(scope, person, item, Role.BUSINESS_UNIT in found):
        found.add(Role.PARTNERSHIP_CHAIR)
    if group:
        found |= _roles_in(scope, person, group)
    return frozenset(found | stand_ins.roles(scope, person, group, item))


def _stands_in(scope: Scope, person: Person, item: Item, is_unit: bool) -> bool:
    """Whether an escalation came to somebody because no chair could be reached: then they may answer it."""
    chairs = stand_ins.substitutes_for_chair(scope, person.id)
    if not (is_unit or chairs):
        return False
    for row in scope.all(Escalation, Escalation.item_id == item.id, col(Escalation.ended_at).is_(None)):
        if row.to in (person.id, *chairs) or scope.first(Outbox, Outbox.key == f"escalate/{row.id}/to/{person.id}"):
            return True
    return False


def _roles_in(scope: Scope, person: Person, group: Group) -> set[Role]:
    found = {Role.MEMBER} if person.id in members(scope, group) else set()
    if group.chair == person.id:
        found.add(Role.GROUP_CHAIR)
    if group.deputy == person.id:
        found.add(Role.DEPUTY)
    return found
