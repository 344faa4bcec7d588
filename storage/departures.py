"""Somebody leaves by what is said in chat: nothing of theirs is orphaned, and it can be taken back at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, delete

from lifbot.model import Absence, Group, Item, LogEntry, Membership, Person
from storage import absences, escalations, items, log
from storage.scope import Scope

Before = dict[str, Any]


def leave(scope: Scope, person: Person) -> Before:
    """Mark somebody as left, and take them out of groups, substitutions and open items; returns how it was."""
    groups = [row.group_id for row in scope.all(Membership, Membership.person_id == person.id)]
    mine = (col(Membership.partnership_id) == scope.id, col(Membership.person_id) == person.id)
    scope.session.execute(delete(Membership).where(*mine))
    person.left_on = scope.today
    scope.add(person)
    before = {"groups": groups, "substitute": _stand_in_no_more(scope, person.id), **_out_of_items(scope, person.id)}
    for row in absences.standing(scope, person.id):
        absences.end(scope, row)
    _ask_others(scope, person.id)
    return before


def return_(scope: Scope, person: Person, before: Before | None = None) -> None:
    """Let somebody be here again; `before` puts back what `leave` took from them."""
    person.left_on = None
    scope.add(person)
    was = before or {}
    here = {row.id for row in scope.all(Group)}
    for group in (each for each in was.get("groups", ()) if each in here):
        scope.session.merge(Membership(partnership_id=scope.id, group_id=group, person_id=person.id))
    for row in _items(scope, was.get("contributor", ())):
        row.contributors = [*row.contributors, person.id]
    for row in _items(scope, was.get("offered", ())):
        row.offered_to, row.offered_at = row.offered_to or person.id, row.offered_at or scope.now
    for away in scope.all(Absence, col(Absence.id).in_(was.get("substitute", ()))):
        away.substitute = away.substitute or person.id
        scope.add(away)
    look_again(scope, person.id)


def entry(scope: Scope, person: Person, by: str, before: Before) -> LogEntry:
    """Keep in the log that somebody has left, with what is needed to take it back."""
    written = log.write(scope, by, "person leaves", about=f"person {person.id}")
    written.before = before
    return scope.add(written)


def look_again(scope: Scope, owner: str) -> None:
    """Let the next sweep decide anew about somebody's open items."""
    for item in items.open_of(scope, owner):
        item.look_again_at = scope.now
        scope.add(item)


def _items(scope: Scope, ids: Sequence[int]) -> Sequence[Item]:
    return scope.with_held.all(Item, col(Item.id).in_(ids))


def _stand_in_no_more(scope: Scope, person: str) -> list[int]:
    rows = scope.all(Absence, Absence.substitute == person, col(Absence.until_on) >= scope.today)
    for row in rows:
        row.substitute = None
        scope.add(row)
    return [row.id for row in rows]


def _out_of_items(scope: Scope, person: str) -> dict[str, list[int]]:
    """Take somebody out of what they contribute to and what they were offered."""
    found: dict[str, list[int]] = {"contributor": [], "offered": []}
    for item in items.open_items(scope.with_held):
        if person in item.contributors:
            item.contributors = [id for id in item.contributors if id != person]
            found["contributor"].append(item.id)
        if item.offered_to == person:
            item.offered_to = item.offered_at = None
            found["offered"].append(item.id)
    scope.session.flush()
    return found


def _ask_others(scope: Scope, person: str) -> None:
    """Let what waits for somebody's answer or decision go to the next in line, and their own items be looked at."""
    for row in escalations.standing_with(scope, person):
        escalations.pass_on(scope, row, person)
    chaired = [row.id for row in scope.all(Group, Group.chair == person)]
    for item in items.undecided(scope, col(Item.group_id).in_(chaired)):
        item.decision_asked_on, item.look_again_at = None, scope.now
        scope.add(item)
    look_again(scope, person)
