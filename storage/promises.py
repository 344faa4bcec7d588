"""Promises: what is put into the outbox, beside the facts that it belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, sql, update
from sqlmodel import SQLModel

from lifbot.model import Item
from lifbot.policy.moments import notice_moment
from storage.db import unless_there
from storage.scope import Scope

BUNDLE = timedelta(minutes=2)
ROWS = SQLModel.metadata.tables["outbox"]
INSERT = sql.insert(ROWS)
# Locked, so that no worker takes it while it grows: what it had read would not have the new line.
UNTRIED_CHANGE = (
    sql.select(ROWS.c.id, ROWS.c.about)
    .where(
        ROWS.c.partnership_id == bindparam("mine"),
        ROWS.c.person == bindparam("whose"),
        ROWS.c.status == "waiting",
        ROWS.c.occasion == "change",
        ROWS.c.attempts == 0,
    )
    .limit(1)
    .with_for_update()
)
NOW_ABOUT = update(ROWS).where(ROWS.c.id == bindparam("which")).values(about=bindparam("told"))
BESIDE = ("contributes", "part_done")  # news that stands beside other news of the same item


def put(
    scope: Scope,
    key: str,
    occasion: str,
    *,
    person: str | None = None,
    group_id: str | None = None,
    about: dict[str, Any] | None = None,
    not_before: datetime | None = None,
    is_new: bool = False,  # a second promise of it would be a fault of ours
) -> bool:
    """Promise a message once: False, and nothing done, if that key was promised before."""
    done = scope.run(
        INSERT if is_new else unless_there(ROWS, scope.session.get_bind().dialect.name),
        partnership_id=scope.id,
        key=key,
        occasion=occasion,
        person=person,
        group_id=group_id,
        about=about or {},
        created_at=scope.now,
        not_before=not_before or scope.now,
        status="waiting",
        attempts=0,
    )
    return is_new or done.first() is not None


def put_change(scope: Scope, person: str, item: Item, what: str, of: str | None = None) -> None:
    """Tell somebody of a change to an item: at once in office hours, bundled with others made within two minutes.

    `of` is in whose place they hear it, if not in their own.
    """
    waiting = scope.run(UNTRIED_CHANGE, whose=person).first()
    line = [item.id, what, of] if of and of != person else [item.id, what]
    if waiting:
        lines = [known for known in waiting.about["changes"] if not _is_overtaken(known, line)]
        scope.run(NOW_ABOUT, which=waiting.id, told={"changes": [*lines, line]})
        return
    opens = notice_moment(scope.now, scope.rules, scope.zone)
    later = notice_moment(scope.now + BUNDLE, scope.rules, scope.zone)
    moment = opens if later - opens > BUNDLE else later  # in the day's last minutes there is no time to bundle
    key = f"change/{person}/{scope.now.isoformat()}/{item.id}"
    put(scope, key, "change", person=person, about={"changes": [line]}, not_before=moment)


def _is_overtaken(known: list[Any], new: list[Any]) -> bool:
    """Whether a later change of the same item, for the same person, says all that an earlier one would."""
    same = known[0] == new[0] and known[2:] == new[2:]
    if known == new:
        return True
    return same and not (known[1] == "assigned" != new[1]) and new[1] not in BESIDE and known[1] not in BESIDE
