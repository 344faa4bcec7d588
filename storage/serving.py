"""Which partnerships there are beside each other, before there is one for a workspace."""

from __future__ import annotations

from sqlmodel import Session, col, select

from lifbot.model import Partnership, Person
from storage.people import without_file


def ids(session: Session) -> set[str]:
    """Return the ids of all partnerships."""
    return set(session.exec(select(Partnership.id)))


def would_be_cut_off(session: Session) -> bool:
    """Say whether a partnership is served only while it is the only one, since it names no workspace or tenant."""
    for row in session.exec(select(Partnership).options(without_file())):
        in_teams = select(Person.id).where(Person.partnership_id == row.id, col(Person.teams).is_not(None))
        uses_teams = session.exec(in_teams.limit(1)).first() is not None
        if not (row.slack_team or row.teams_tenant) or (uses_teams and not row.teams_tenant):
            return True
    return False
