"""What must be one of a kind in the database once the file and chat's changes are put together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlmodel import col, select

from lifbot.errors import LifError
from lifbot.model import Group, Partnership, Person
from storage.scope import Scope


def check_alone(scope: Scope) -> None:
    """Raise LifError where two groups, people or partnerships would answer to the same address or prefix."""
    groups = scope.all(Group)
    people = scope.all(Person, col(Person.left_on).is_(None))
    _once("prefix", "group", ((row.prefix.upper(), row.id) for row in groups))
    _once("slack_channel", "group", ((row.slack_channel, row.id) for row in groups))
    _once("teams_channel", "group", ((row.teams_channel, row.id) for row in groups))
    _once("slack id", "person", ((row.slack, row.id) for row in people))
    _once("teams id", "person", ((row.teams, row.id) for row in people))
    partnerships = scope.session.exec(select(Partnership)).all()
    _once("slack_team", "partnership", ((team, row.id) for row in partnerships for team in _teams(row.slack_team)))
    _once("teams_tenant", "partnership", ((team, row.id) for row in partnerships for team in _teams(row.teams_tenant)))


def _teams(value: str | None) -> set[str]:
    return {part.strip() for part in (value or "").split(",") if part.strip()}


def _once(what: str, noun: str, holders: Iterable[tuple[str | None, str]]) -> None:
    pairs = sorted((value, id) for value, id in holders if value)
    for value, same in groupby(pairs, key=lambda pair: pair[0]):
        ids = [id for _, id in same]
        if len(ids) > 1:
            raise LifError(
                f'{noun} {ids[0]} and {noun} {ids[1]} would both have the {what} "{value}"; '
                "please change or take out one of them first. Nothing was changed."
            )
