"""What came in before, and what the bot asked of whom: their next words answer it (ruling 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlmodel import Session, SQLModel, col

from lifbot.message import Incoming, Message
from lifbot.model import Asked, Draft, Item, Seen
from storage import cards
from storage.db import unless_there
from storage.scope import Scope

SEEN = SQLModel.metadata.tables["seen"]
ASKED = SQLModel.metadata.tables["asked"]
FORGET_QUESTIONS = delete(ASKED).where(
    ASKED.c.partnership_id == bindparam("mine"),
    ASKED.c.person == bindparam("whose"),
    ASKED.c.asks.startswith("more "),
)


def seen_before(session: Session, event: str, at: datetime) -> bool:
    """Remember an event of a platform; True if it was dealt with before."""
    connection = session.connection()
    kept = connection.execute(unless_there(SEEN, connection.dialect.name), {"event": event, "at": at})
    return kept.first() is None


def tidy(scope: Scope) -> None:
    """Forget what nobody can answer or repeat any more: events after a week, drafts after a day."""
    week, day = scope.now - timedelta(days=7), scope.now - timedelta(days=1)
    scope.session.execute(delete(Seen).where(col(Seen.at) < week))
    scope.session.execute(delete(Draft).where(col(Draft.partnership_id) == scope.id, col(Draft.at) < day))


def remember(scope: Scope, person: str, message: Message, channel: str | None, stamp: str | None) -> None:
    """Remember that a message asked somebody something, and where it stands."""
    about = {"items": list(message.about), "records": list(message.records)}
    scope.insert(Asked, person=person, at=scope.now, asks=message.asks, channel=channel, stamp=stamp, **about)


def last(scope: Scope, person: str, incoming: Incoming) -> Asked | None:
    """Return what somebody's words answer: the message whose thread they are in, a card's, else the last."""
    newest = (col(Asked.at).desc(), col(Asked.id).desc())
    place = incoming.place
    if place.thread:
        there = (Asked.channel == place.channel, Asked.stamp == place.thread)
        if found := scope.first(Asked, Asked.person == person, *there, order=newest):
            return found
        if not place.direct and (shown := cards.in_thread(scope, incoming.platform, place.channel, place.thread)):
            about = list(dict.fromkeys(card.item_id for card in shown))
            return Asked(partnership_id=scope.id, person=person, at=scope.now, asks="card", items=about)
    return scope.first(Asked, Asked.person == person, order=newest) if place.direct else None


def items_of(scope: Scope, asked: Asked | None) -> Sequence[Item]:
    """Return the items that something was asked about, in the order of the message."""
    rows = (scope.get(Item, id) for id in (asked.items if asked else ()))
    return [row for row in rows if row]


def answered(scope: Scope, person: str) -> None:
    """Forget the questions that somebody has dealt with, in words or otherwise."""
    scope.run(FORGET_QUESTIONS, whose=person)


def draft(scope: Scope, id: str, person: str) -> str | None:
    """Return the command line kept behind a button that was too small for it."""
    row = scope.first(Draft, Draft.id == id, Draft.person == person)
    return row.line if row else None


def forget_draft(scope: Scope, id: str, person: str) -> None:
    """Forget what was kept for a form that is dealt with, so that it cannot be sent twice."""
    mine = (col(Draft.partnership_id) == scope.id, col(Draft.id) == id, col(Draft.person) == person)
    scope.session.execute(delete(Draft).where(*mine))
