"""Finding items by filters and words: the database narrows, and what accents and quotes may hide is compared here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_
from sqlmodel import col, select

from lifbot.calendar import local_day, say_date
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.model import Item, Update
from lifbot.policy.rights import Role
from lifbot.query import Query, around, fold, holds, words_of
from lifbot.views import ItemView
from storage import people, sources
from storage.items import OPEN, Reader
from storage.scope import Scope

SEARCHED = (col(Item.ref), col(Item.text), col(Item.source), col(Item.success_criteria))
ESCAPE = "/"
AT_ONCE = 500  # ids in one question to the database
COLOURS = {"red": 0, "amber": 1, "green": 2, "blue": 3}


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found; `said` is the part of it that holds the words, where its text does not."""

    item: Item
    view: ItemView
    said: str = ""


def found(scope: Scope, reader: Reader, query: Query, person: str, sees: Collection[str]) -> list[Hit]:
    """Return what fits of that which somebody may see: the items of those groups, and their own."""
    rows = scope.all(
        Item,
        _may_see(person, sees),
        *_own_agency(scope, person),
        *_conditions(scope, query, person),
        order=(Item.due_on, Item.id),
    )
    rows = [row for row in rows if _is_tagged(row, query)]
    said = _where_said(scope, rows, query.words)
    hits = [Hit(row, reader.view(row), said[row.id]) for row in rows if row.id in said]
    return _sorted(scope, [hit for hit in hits if _stands(hit.view, query)], query)


def _may_see(person: str, sees: Collection[str]) -> ColumnElement[bool]:
    helps = cast(col(Item.contributors), String).like(f'%"{_literal(person)}"%', escape=ESCAPE)
    return or_(col(Item.group_id).in_(sees), col(Item.owner) == person, helps)


def _own_agency(scope: Scope, person: str) -> Sequence[ColumnElement[bool]]:
    """What came of another agency's own source is its people's to see, and that of who owns it or leads (K25)."""
    them = scope.roster.people.get(person)
    others = sources.of_others(scope, them) if them else ()
    if them is None or not others or Role.PARTNERSHIP_CHAIR in people.roles(scope, them, None):
        return ()
    unit = person in scope.partnership.business_unit
    led = [row.id for row in people.groups(scope) if unit or person in (row.chair, row.deputy)]
    shared = or_(col(Item.source_id).is_(None), col(Item.source_id).not_in(others))
    return (or_(shared, col(Item.owner) == person, col(Item.group_id).in_(led)),)


def _conditions(scope: Scope, query: Query, person: str) -> list[Any]:
    equal = {"group_id": query.group, "agency": query.agency, "kind": query.kind, "gap": query.gap}
    wanted: list[Any] = [getattr(Item, name) == value for name, value in equal.items() if value]
    if not (query.kind or query.words):  # the challenge log is a list of its own
        wanted.append(Item.kind != CHALLENGE)
    wanted += [_standing(scope, each) for each in query.standing if each != "escalated"]
    if "escalated" in query.standing:
        wanted.append(_is_open())
    if "mine" in query.filters:
        wanted.append(col(Item.owner) == person)
    if query.owners:
        wanted.append(col(Item.owner).in_(query.owners))
    if query.due and query.due.first:
        wanted.append(col(Item.due_on) >= query.due.first)
    if query.due and query.due.last:
        wanted.append(col(Item.due_on) <= query.due.last)
    return wanted + [_anywhere(scope, word) for word in query.words]


def _is_open() -> ColumnElement[bool]:
    return col(Item.status).in_(OPEN)


def _standing(scope: Scope, which: str) -> ColumnElement[bool]:
    match which:
        case "overdue":
            return and_(_is_open(), col(Item.due_on) < scope.today)
        case "waiting":
            return col(Item.waiting).is_not(None)
        case "closed":
            return and_(col(Item.status).not_in(OPEN), col(Item.waiting).is_(None))
        case _:
            return _is_open()


def _literal(text: str) -> str:
    for mark in (ESCAPE, "%", "_"):
        text = text.replace(mark, ESCAPE + mark)
    return text


def _anywhere(scope: Scope, word: str) -> ColumnElement[bool]:
    """Rows that may hold a word: all that do, and some that do not."""
    theirs = (col(Update.item_id) == col(Item.id), col(Update.partnership_id) == scope.id)
    in_updates = exists(select(Update.id).where(*theirs, _may_hold(scope, col(Update.text), word)))
    return or_(*(_may_hold(scope, column, word) for column in SEARCHED), in_updates)


def _may_hold(scope: Scope, column: Any, word: str) -> ColumnElement[bool]:
    """Plain text is compared by the database; what has accents, other scripts or curly quotes in it is read later."""
    is_postgres = scope.session.get_bind().dialect.name == "postgresql"
    beyond = column.op("~")("[^ -~]") if is_postgres else column.op("GLOB")("*[^ -~]*")
    return or_(column.ilike(f"%{_literal(word)}%", escape=ESCAPE), beyond)


def _is_tagged(item: Item, query: Query) -> bool:
    pairs = ((query.theme, " ".join(item.themes)), (query.priority, item.priority), (query.source, item.source))
    return all(holds(said or "", words_of(wanted)) for wanted, said in pairs if wanted)


def _stands(view: ItemView, query: Query) -> bool:
    colour = view.brag.value if view.brag else ""
    return (not query.brag or colour in query.brag) and ("escalated" not in query.standing or view.escalated)


def _where_said(scope: Scope, rows: Sequence[Item], words: tuple[str, ...]) -> dict[int, str]:
    """For each item that holds every word: where it says those that its text does not."""
    if not words:
        return {row.id: "" for row in rows}
    updates = _updates(scope, [row.id for row in rows])
    told = {row.id: _said(scope, row, updates[row.id], words) for row in rows}
    return {id: said for id, said in told.items() if said is not None}


def _updates(scope: Scope, ids: Sequence[int]) -> Mapping[int, list[tuple[datetime, str]]]:
    told: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    columns = (col(Update.item_id), col(Update.at), col(Update.text))
    for start in range(0, len(ids), AT_ONCE):
        some = col(Update.item_id).in_(ids[start : start + AT_ONCE])
        for id, at, text in scope.columns(Update, columns, some, order=col(Update.id).desc()):
            told[id].append((at, text))
    return told


def _said(scope: Scope, item: Item, updates: Sequence[tuple[datetime, str]], words: tuple[str, ...]) -> str | None:
    title = fold(item.text)
    missing = tuple(word for word in words if word not in title and not _is_ref(item, word))
    said = [("Source", item.source or ""), ("Success criteria", item.success_criteria or "")]
    said += [(f"Said on {say_date(local_day(at, scope.zone))}", text) for at, text in updates]
    if not holds(" ".join(text for _, text in said), missing):
        return None
    shown = next(((name, text) for name, text in said if any(holds(text, (word,)) for word in missing)), None)
    return f"{shown[0]}: {around(shown[1], missing)}" if shown else ""


def _is_ref(item: Item, word: str) -> bool:
    """Whether a word is an item's reference or a part of it; of numbers alone only its own, since all have a year."""
    return int(word) == item.number if word.isdecimal() and len(word) < 9 else word in fold(item.ref)


def _sorted(scope: Scope, hits: list[Hit], query: Query) -> list[Hit]:
    match query.sort or ("waiting" if query.standing == ("waiting",) else "due"):
        case "brag":
            return sorted(hits, key=lambda hit: COLOURS.get(hit.view.brag or "", 4))
        case "updated":
            news = _news(scope)
            return sorted(hits, key=lambda hit: news.get(hit.item.id, hit.item.created_at), reverse=True)
        case "ref":
            return sorted(hits, key=lambda hit: _by_ref(hit.item.ref))
        case "waiting":
            return sorted(hits, key=lambda hit: hit.item.waiting_since or hit.item.created_at)
    return sorted(hits, key=lambda hit: hit.item.kind != PRACTICE)  # strong practice first, each by date


def _by_ref(ref: str) -> tuple[str, int, int]:
    prefix, year, number = ref.rsplit("-", 2)
    return prefix, int(year), int(number)


def _news(scope: Scope) -> dict[int, datetime]:
    """When each item was last spoken of."""
    query = select(Update.item_id, func.max(Update.at)).where(Update.partnership_id == scope.id)
    return dict(scope.session.exec(query.group_by(col(Update.item_id))).all())


def counts(scope: Scope, group_id: str) -> tuple[int, int]:
    """Return how many items of a group are open, and how many of these are past their date: all that others learn."""
    mine = (Item.group_id == group_id, _is_open())
    today: date = scope.today
    return scope.count(Item, *mine), scope.count(Item, *mine, col(Item.due_on) < today)
