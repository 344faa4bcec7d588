"""Taking out what is no longer in the partnership file, where nothing depends on it any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlmodel import col, delete

from lifbot.errors import LifError
from lifbot.model import Agency, Board, Group, Item, Meeting, Membership, Outbox, Person
from lifbot.policy.facts import OPEN
from storage.meetings_plan import take_out
from storage.merging import Report
from storage.posts import of_agency
from storage.scope import Scope


def is_here(scope: Scope, section: str, id: str) -> bool:
    """Whether an entry that the file no longer names is still in the partnership."""
    if section == "people":
        return scope.count(Person, Person.id == id, col(Person.left_on).is_(None)) > 0
    models: dict[str, type[Board] | type[Agency] | type[Group]] = {"boards": Board, "agencies": Agency, "groups": Group}
    return scope.count(models[section], models[section].id == id) > 0


def board_leaves(scope: Scope, id: str, report: Report) -> None:
    """Take out a Board."""
    row = scope.first(Board, Board.id == id)
    if row:
        scope.session.delete(row)
        report.changed(f"took out board {id}", "", f"took out board {id}")


def group_leaves(scope: Scope, id: str, report: Report) -> None:
    """Take out a group that has no items and held no meetings; LifError otherwise."""
    row = scope.first(Group, Group.id == id)
    if row is None:
        return
    if items := scope.with_held.count(Item, Item.group_id == id):
        raise _refused(f"group {id}", f"its log has {_counted(items, 'item')}")
    held = scope.all(Meeting, Meeting.group_id == id, col(Meeting.status).in_(("planned", "held")))
    if past := sum(meeting.starts_at <= scope.now for meeting in held):
        raise _refused(f"group {id}", f"it has held {_counted(past, 'meeting')}")
    for meeting in held:
        take_out(scope.session, meeting, scope.now)
    _delete_members(scope, Membership.group_id == id)
    scope.change(
        Outbox, {"status": "dropped", "settled_at": scope.now}, Outbox.group_id == id, Outbox.status == "waiting"
    )
    scope.session.delete(row)
    report.changed(f"took out group {id}", "", f"took out group {id}")


def person_leaves(scope: Scope, id: str, report: Report) -> None:
    """Mark somebody as having left; LifError while they still hold a post."""
    row = scope.first(Person, Person.id == id, col(Person.left_on).is_(None))
    if row is None:
        return
    if post := next(_posts(scope, id), None):
        raise _refused(f"person {id}", f"they are still {post}")
    row.left_on = scope.today
    scope.session.add(row)
    _delete_members(scope, Membership.person_id == id)
    report.changed(f"person {id} has left", "", f"person {id} has left")
    if items := scope.with_held.count(Item, Item.owner == id, col(Item.status).in_(OPEN)):
        report.kept(f"{_counted(items, 'open item')} of {id} {'needs' if items == 1 else 'need'} a new owner")


def agency_leaves(scope: Scope, id: str, report: Report) -> None:
    """Take out an agency that nobody belongs to and no item names; LifError otherwise."""
    row = scope.first(Agency, Agency.id == id)
    if row is None:
        return
    if people := scope.count(Person, Person.agency == id, col(Person.left_on).is_(None)):
        raise _refused(
            f"agency {id}",
            f"{_counted(people, 'person', 'people')} still {'belongs' if people == 1 else 'belong'} to it",
        )
    if items := scope.with_held.count(Item, Item.agency == id):
        raise _refused(f"agency {id}", f"the log names it in {_counted(items, 'item')}")
    scope.change(Person, {"agency": None}, Person.agency == id)
    scope.session.delete(row)
    report.changed(f"took out agency {id}", "", f"took out agency {id}")


# In this order: an agency can go once its people have left.
LEAVE: tuple[tuple[str, Callable[[Scope, str, Report], None]], ...] = (
    ("boards", board_leaves),
    ("groups", group_leaves),
    ("people", person_leaves),
    ("agencies", agency_leaves),
)


def _posts(scope: Scope, id: str) -> Iterator[str]:
    head = scope.partnership
    if id in (head.chair, head.deputy_chair):
        yield "chair or deputy chair of the partnership"
    if id in head.business_unit:
        yield "in the business unit"
    yield from (f"chair of board {row.id}" for row in scope.all(Board, Board.chair == id))
    yield from (f"chair of group {row.id}" for row in scope.all(Group, Group.chair == id))
    yield from (f"deputy of group {row.id}" for row in scope.all(Group, Group.deputy == id))
    for row in scope.all(Agency, order=Agency.id):
        yield from (f"the {post} of agency {row.id}" for post in of_agency(row, id))


def _delete_members(scope: Scope, which: object) -> None:
    scope.session.exec(delete(Membership).where(col(Membership.partnership_id) == scope.id, which))  # type: ignore[arg-type]  # a condition to SQLAlchemy


def _counted(count: int, noun: str, many: str | None = None) -> str:
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def _refused(what: str, why: str) -> LifError:
    return LifError(
        f"{what} cannot be taken out: {why}. Please put it back, or change that first. Nothing was changed."
    )
