"""One partnership within one transaction: every query goes through here, so none sees another partnership's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, func, sql, update
from sqlmodel import Session, SQLModel, select

from lifbot.calendar import local_day
from lifbot.model import Partnership
from lifbot.policy.facts import Rules

Row = TypeVar("Row", bound=SQLModel)


@cache
def _rows(model: type[SQLModel]) -> Any:
    """The query for a partnership's rows, of which it is a parameter: to build it takes as long as to run it."""
    return select(model).where(model.partnership_id == bindparam("mine"))  # type: ignore[attr-defined]  # as below


@dataclass
class Scope:
    """A session narrowed to a partnership, at a moment."""

    session: Session
    partnership: Partnership
    now: datetime
    changed: list[int] = field(default_factory=list)  # the items that the log has an entry of

    @property
    def id(self) -> str:
        """The partnership's id."""
        return self.partnership.id

    @cached_property
    def zone(self) -> ZoneInfo:
        """The partnership's time zone."""
        return ZoneInfo(self.partnership.timezone)

    @cached_property
    def rules(self) -> Rules:
        """The partnership's numbers, each with its default."""
        return Rules.parse(self.partnership.rules)

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now, self.zone)

    def all(self, model: type[Row], *where: Any, order: Any = None, limit: int | None = None) -> Sequence[Row]:
        """Return this partnership's rows that fit."""
        query = _rows(model).where(*where) if where else _rows(model)
        if order is not None:
            query = query.order_by(*order) if isinstance(order, tuple) else query.order_by(order)
        found: Sequence[Row] = self.session.exec(query.limit(limit) if limit else query, params={"mine": self.id}).all()
        return found

    def columns(self, model: type[Row], columns: tuple[Any, ...], *where: Any, order: Any = None) -> Sequence[Any]:
        """Return some columns of this partnership's rows that fit: much cheaper than the rows, where there are many."""
        query = sql.select(*columns).where(self._mine(model), *where)
        return self.session.execute(query if order is None else query.order_by(order)).all()

    def first(self, model: type[Row], *where: Any, order: Any = None) -> Row | None:
        """Return the first of this partnership's rows that fit, or None."""
        found = self.all(model, *where, order=order, limit=1)
        return found[0] if found else None

    def get(self, model: type[Row], id: Any) -> Row | None:
        """Return this partnership's row of that id, or None."""
        if id is None:
            return None
        return self.first(model, model.id == id)  # type: ignore[attr-defined]  # every scoped table has an id

    def count(self, model: type[Row], *where: Any) -> int:
        """Return how many of this partnership's rows fit."""
        return self.session.exec(select(func.count()).select_from(model).where(self._mine(model), *where)).one()

    def change(self, model: type[Row], values: dict[str, Any], *where: Any) -> None:
        """Set columns on all of this partnership's rows that fit."""
        query = update(model).where(self._mine(model), *where).values(**values)
        self.session.execute(query, execution_options={"synchronize_session": "fetch"})

    def add(self, row: Row) -> Row:
        """Keep a new row; it has its id when this returns."""
        self.session.add(row)
        self.session.flush()
        return row

    def _mine(self, model: type[SQLModel]) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = model.partnership_id == self.id  # type: ignore[attr-defined]  # as above
        return mine
