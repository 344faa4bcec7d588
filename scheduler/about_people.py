"""What is said about people: who is away, who has left, whose account is closed."""

from __future__ import annotations

from lifbot import notices
from lifbot.message import Message
from lifbot.model import Absence, Outbox, Person
from storage import absences, items, posts, stand_ins
from storage.items import Reader
from storage.scope import Scope


def absence(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    away, role = scope.get(Absence, row.about["absence"]), row.about["role"]
    if away is None or (role == "substitute" and away.substitute != row.person):
        return "somebody else stands in"
    last = absences.last_day(away)
    if role != "back" and last < scope.today:
        return "they are back"
    return notices.absence(reader.name(away.person), away.from_on, last, role, reader.name(away.created_by))


def leaving(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """What somebody leaves behind, to their agency's link, a group's chair or the business unit."""
    person = row.about["left"]
    gone = scope.first(Person, Person.id == person)
    if gone is None or gone.left_on is None:
        return "they are back"
    rows = [item for item in items.open_of(scope, person) if item.id in row.about["items"]]
    vacant = posts.held(scope, person) if row.about.get("posts") else []
    register = posts.in_register(scope, person) if row.about.get("posts") else []
    if not rows and not vacant and not register:
        return "everything was taken over"
    return notices.leaving(
        reader.name(person), reader.views(rows), vacant, decides=row.about["decides"], register=register
    )


def account(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """That a platform has closed somebody's account, to their agency's link and the business unit."""
    person = scope.first(Person, Person.id == row.about["closed"])
    if person is None or person.left_on or not stand_ins.is_closed(person):
        return "they have left, or are reached again"
    place = "Slack" if person.slack and person.slack == person.slack_closed else "Teams"
    heard = stand_ins.hears(scope, reader.roll, person.id, None)
    if heard and heard.is_stand_in:
        whose = "you hear" if heard.person == row.person else f"{reader.name(heard.person)} hears"
        return notices.account(person.name, person.id, place, f"{whose} what they would be told")
    return notices.account(person.name, person.id, place, "they are written to elsewhere")
