"""One partnership within one transaction: every query goes through here, so none sees another partnership's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Insert,
    bindparam,
    func,
    insert,
    inspect,
    sql,
    update,
)
from sqlalchemy.orm import class_mapper, make_transient_to_detached
from sqlmodel import Session, SQLModel, select

from lifbot import profiles
from lifbot.calendar import local_day
from lifbot.model import Item, Partnership
from lifbot.policy.facts import Rules
from storage import roster, stamp

Row = TypeVar("Row", bound=SQLModel)


_IS_SHOWN = inspect(Item).columns["held"].is_(False)


@cache
def _rows(model: type[SQLModel], sees_held: bool) -> Any:
    """The query for a partnership's rows, of which it is a parameter: to build it takes as long as to run it."""
    query = select(model).where(model.partnership_id == bindparam("mine"))  # type: ignore[attr-defined]  # every scoped table has it
    return query if sees_held or model is not Item else query.where(_IS_SHOWN)


@cache
def _into(model: type[SQLModel]) -> Insert:
    return insert(SQLModel.metadata.tables[str(model.__tablename__)])


@cache
def _columns(model: type[SQLModel]) -> Sequence[str]:
    """The names of all columns but an id that the database gives."""
    mapper = class_mapper(model)
    names = (column.key for column in mapper.columns)
    return [name for name in names if name != "id" or model.model_fields["id"].is_required()]


@cache
def _key(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in class_mapper(model).primary_key)


@cache
def _constants(model: type[SQLModel]) -> Mapping[str, Any]:
    """What a new row holds where nothing is said; the database gives the id."""
    fields = model.model_fields.items()
    return {name: each.default for name, each in fields if not each.is_required() and name != "id"}


@cache
def _made_anew(model: type[SQLModel]) -> Sequence[tuple[str, Callable[[], Any]]]:
    """Likewise, for columns that hold lists and mappings: no two rows share them."""
    factories = ((name, each.default_factory) for name, each in model.model_fields.items())
    return [(name, cast("Callable[[], Any]", factory)) for name, factory in factories if factory]


def made(model: type[Row], columns: Mapping[str, Any]) -> Row:
    """Return a row of no session, as it would have been read: what is known to be right is not checked again."""
    row: Row = class_mapper(model).class_manager.new_instance()
    row.__dict__.update(columns)
    return row


@dataclass
class Scope:
    """A session narrowed to a partnership, at a moment."""

    session: Session
    partnership: Partnership
    now: datetime
    changed: list[int] = field(default_factory=list)  # the items that the log has an entry of
    sees_held: bool = False  # items whose source is on hold are as if they were not there

    @property
    def id(self) -> str:
        """The partnership's id."""
        return self.partnership.id

    @property
    def with_held(self) -> Scope:
        """The same with the items whose source is on hold: for what nobody is shown."""
        return replace(self, sees_held=True)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The partnership's time zone."""
        return ZoneInfo(self.partnership.timezone)

    @cached_property
    def rules(self) -> Rules:
        """The partnership's numbers, each with its default."""
        return Rules.parse(self.partnership.rules)

    @property
    def profile(self) -> profiles.Profile | None:
        """What the partnership's framework names, where it follows one that is known here."""
        id = self.partnership.profile
        return profiles.load(id) if id in profiles.names() else None

    @cached_property
    def _connection(self) -> Connection:
        return self.session.connection()

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now, self.zone)

    @property
    def roster(self) -> roster.Roster:
        """What changes seldom, without a query: hand out `mine` of its rows."""
        return roster.roster(self.session, self.id)

    def mine(self, row: Row) -> Row:
        """Return a row of the roster as one that may be changed within this transaction."""
        return roster.mine(self.session, row)

    def all(self, model: type[Row], *where: Any, order: Any = None, limit: int | None = None) -> Sequence[Row]:
        """Return this partnership's rows that fit."""
        query = _rows(model, self.sees_held)
        query = query.where(*where) if where else query
        if order is not None:
            query = query.order_by(*order) if isinstance(order, tuple) else query.order_by(order)
        found: Sequence[Row] = self.session.exec(query.limit(limit) if limit else query, params={"mine": self.id}).all()
        return found

    def columns(self, model: type[Row], columns: tuple[Any, ...], *where: Any, order: Any = None) -> Sequence[Any]:
        """Return some columns of this partnership's rows that fit: much cheaper than the rows, where there are many."""
        query = sql.select(*columns).where(*self._shown(model), *where)
        return self.session.execute(query if order is None else query.order_by(order)).all()

    def first(self, model: type[Row], *where: Any, order: Any = None) -> Row | None:
        """Return the first of this partnership's rows that fit, or None."""
        found = self.all(model, *where, order=order, limit=1)
        return found[0] if found else None

    def get(self, model: type[Row], id: Any) -> Row | None:
        """Return this partnership's row of that id, or None."""
        if id is None:
            return None
        kept = self.roster.by_id(model)
        if kept is not None:
            return self.mine(kept[id]) if id in kept else None
        return self.first(model, model.id == id)  # type: ignore[attr-defined]  # every scoped table has an id

    def count(self, model: type[Row], *where: Any) -> int:
        """Return how many of this partnership's rows fit."""
        return self.session.exec(select(func.count()).select_from(model).where(*self._shown(model), *where)).one()

    def change(self, model: type[Row], values: dict[str, Any], *where: Any) -> None:
        """Set columns on all of this partnership's rows that fit."""
        query = update(model).where(self._mine(model), *where).values(**values)
        options = {"synchronize_session": "fetch", stamp.ONLY_MARKS: values.keys() <= stamp.MARKS}
        self.session.execute(query, execution_options=options)

    def new(self, model: type[Row], **columns: Any) -> Row:
        """Return a new row that is not kept yet; far quicker than to call its class, which checks each column."""
        anew = {name: make() for name, make in _made_anew(model)}
        return made(model, {**_constants(model), **anew, "partnership_id": self.id, **columns})

    def insert(self, model: type[Row], **columns: Any) -> Row:
        """Keep a new row of these columns, and return it with its id."""
        return self.add(self.new(model, **columns))

    def add(self, row: Row) -> Row:
        """Keep a new or a changed row; a new one has its id when this returns."""
        is_new = inspect(row).transient and not isinstance(row, stamp.KINDS)  # of those, the flush tells others
        if is_new:
            self._insert(row)
        self.session.add(row)
        self.session.flush()
        return row

    def _insert(self, row: SQLModel) -> None:
        """Put a row in by a plain statement: the session's own way takes several times as long."""
        model = type(row)
        values = {name: vars(row)[name] for name in _columns(model)}
        key = self.run(_into(model), **values).inserted_primary_key or ()
        vars(row).update(zip(_key(model), key, strict=False))
        make_transient_to_detached(row)

    def run(self, statement: Executable, **values: Any) -> CursorResult[Any]:
        """Run a statement on tables that was made beforehand; `mine` in it is this partnership's id."""
        self.session.flush()  # what it may read or refer to
        return self._connection.execute(statement, {"mine": self.id, **values})

    def _shown(self, model: type[SQLModel]) -> Sequence[ColumnElement[bool]]:
        return (self._mine(model),) if self.sees_held or model is not Item else (self._mine(model), _IS_SHOWN)

    def _mine(self, model: type[SQLModel]) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = model.partnership_id == self.id  # type: ignore[attr-defined]  # every scoped table has it
        return mine


class Mine(Mapping[str, Row]):
    """Rows of the roster by their ids, each as one of this transaction's once it is asked for."""

    def __init__(self, scope: Scope, rows: Mapping[str, Row]) -> None:
        self._scope = scope
        self._rows = rows

    def __getitem__(self, id: str) -> Row:
        return self._scope.mine(self._rows[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
