"""One partnership within one transaction: every query goes through here, so none sees another partnership's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, SQLModel, select

from lifbot.calendar import local_day
from lifbot.model import Partnership
from lifbot.policy.facts import Rules

Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Scope:
    """A session narrowed to a partnership, at a moment."""

    session: Session
    partnership: Partnership
    now: datetime

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
        query = select(model).where(self._mine(model), *where)
        if order is not None:
            query = query.order_by(*order) if isinstance(order, tuple) else query.order_by(order)
        return self.session.exec(query.limit(limit) if limit else query).all()

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
