"""The posts that people hold: chair, deputy, business unit, learning link, representative."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col

from lifbot.model import Agency, Board, Group, Notice, Source
from storage.scope import Scope


def held(scope: Scope, person: str) -> list[str]:
    """Return the posts that somebody holds, in words: "chair of Safeguarding Effectiveness Subgroup"."""
    return list(_held(scope, person))


def _held(scope: Scope, person: str) -> Iterator[str]:
    head = scope.partnership
    if person == head.chair:
        yield "chair of the partnership"
    if person == head.deputy_chair:
        yield "deputy chair of the partnership"
    if person in head.business_unit:
        yield "business unit"
    yield from (f"chair of the Board {row.name}" for row in scope.all(Board, Board.chair == person, order=Board.name))
    for group in scope.all(Group, order=Group.name):
        yield from (
            f"{post} of {group.name}" for post, id in (("chair", group.chair), ("deputy", group.deputy)) if id == person
        )
    for agency in scope.all(Agency, order=Agency.name):
        yield from (f"{post} of {agency.name}" for post in of_agency(agency, person))


def of_agency(agency: Agency, person: str) -> Iterator[str]:
    """Yield what somebody is to an agency, in words."""
    posts = ((agency.ld_link, "learning link"), (agency.ld_deputy, "deputy learning link"))
    yield from (post for holder, post in (*posts, (agency.representative, "representative")) if holder == person)


def in_register(scope: Scope, person: str) -> list[str]:
    """Say what of the learning register and of notices somebody answers for, and how that is given to somebody else."""
    mine = (Source.status == "open", Source.person == person, col(Source.held_at).is_(None))
    rows = scope.all(Source, *mine, order=col(Source.id))
    said = [f"{row.ref}, {row.title}: /lif source edit {row.ref} person:@name" for row in rows]
    waits = (
        Notice.checker == person,
        col(Notice.status).in_(("draft", "published")),
        col(Notice.asked_at).is_not(None),
    )
    checks = [row for row in scope.all(Notice, *waits, order=col(Notice.id)) if row.status == "draft" or row.proposed]
    said += [f"The check of {row.ref}: /lif notice check {row.ref} ask:@name" for row in checks if not row.sent_back]
    return said
