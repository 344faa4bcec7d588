"""The partnership as it stands in the database, in the words of the partnership file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlmodel import col

from lifbot.model import Agency, Board, Group, Membership, Person
from storage.scope import Scope

Entry = dict[str, Any]
Sections = dict[str, dict[str, Entry]]
Row = TypeVar("Row", Board, Agency, Person, Group)

HEAD = ("name", "abbreviation", "timezone", "profile", "chair", "deputy_chair", "business_unit", "slack_team")
POSTS = ("ld_link", "ld_deputy", "representative")


def plain(scope: Scope) -> Sections:
    """Return it as `PartnershipFile.plain` would; people who have left, and posts that they hold, are left out."""
    head, people = scope.partnership, scope.all(Person, col(Person.left_on).is_(None), order=Person.id)
    here = {row.id for row in people}
    members: dict[str, list[str]] = defaultdict(list)
    for row in scope.all(Membership, order=(Membership.group_id, Membership.person_id)):
        members[row.group_id] += [row.person_id] if row.person_id in here else []
    entry = {name: getattr(head, name) for name in (*HEAD, "teams_tenant")}
    entry |= {"business_unit": [id for id in head.business_unit if id in here], "answers": dict(head.answers)}
    return {
        "partnership": {head.id: {**_held(entry, here, "chair", "deputy_chair"), "rules": dict(head.rules)}},
        "boards": {row.id: _held(_of(row, "name", "scope", "chair"), here, "chair") for row in _in_order(scope, Board)},
        "agencies": {row.id: _held(_of(row, "name", *POSTS), here, *POSTS) for row in _in_order(scope, Agency)},
        "people": {row.id: _of(row, "name", "agency", "slack", "teams", "email", "prefers") for row in people},
        "groups": {row.id: _group(row, members[row.id], here) for row in _in_order(scope, Group)},
    }


def _group(row: Group, members: list[str], here: set[str]) -> Entry:
    names = _of(row, "name", "prefix", "aliases", "chair", "deputy")
    places = _of(row, "slack_channel", "teams_channel", "meetings")
    return {**_held(names, here, "chair", "deputy"), "members": members, **places}


def _in_order(scope: Scope, model: type[Row]) -> Iterable[Row]:
    return scope.all(model, order=model.id)


def _of(row: Board | Agency | Person | Group, *names: str) -> Entry:
    found = {name: getattr(row, name) for name in names}
    return {name: list(value) if isinstance(value, list) else value for name, value in found.items()}


def _held(entry: Mapping[str, Any], here: set[str], *posts: str) -> Entry:
    """The entry without those posts that somebody holds who has left: no file could name them."""
    return {name: None if name in posts and value not in here else value for name, value in entry.items()}
