"""The outbox: promises put in beside the facts they belong to, claimed under a lease, settled once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, sql, text, update
from sqlmodel import Session, SQLModel, col, select

from lifbot.errors import WAITS_FOR_SOMEBODY
from lifbot.message import Receipt
from lifbot.model import Outbox
from storage.promises import BUNDLE as BUNDLE
from storage.promises import put as put
from storage.promises import put_change as put_change
from storage.scope import Scope

LEASE = timedelta(seconds=60)  # outlasts one sending: three platform calls and a wait for its turn, ten seconds each
LATE = timedelta(seconds=5)  # how long after a process died a call that it left under way may still take effect

ROWS = SQLModel.metadata.tables["outbox"]
KNOWN = sql.select(ROWS.c.key).where(
    ROWS.c.partnership_id == bindparam("mine"), ROWS.c.key.in_(bindparam("keys", expanding=True))
)


def nudge_key(person: str, day: date) -> str:
    """Return the key that makes a second nudge of a person on one day impossible."""
    return f"nudge/{person}/{day.isoformat()}"


def growing(scope: Scope, keys: Iterable[str]) -> dict[str, Outbox]:
    """Return the rows of these keys that nobody has tried to send yet, locked so that no worker takes them."""
    mine = (Outbox.partnership_id == scope.id, col(Outbox.key).in_(keys))
    untried = (Outbox.status == "waiting", Outbox.attempts == 0)
    rows = scope.session.exec(select(Outbox).where(*mine, *untried).with_for_update()).all()
    return {row.key: row for row in rows}


def claim(session: Session, now: datetime, real: datetime, limit: int, holder: int) -> list[int]:
    """Take rows whose moment has come, under a lease in real time; no other process gets them meanwhile."""
    free = or_(col(Outbox.status) == "waiting", (col(Outbox.status) == "leased") & (col(Outbox.lease_until) < real))
    rested = or_(col(Outbox.retry_at).is_(None), col(Outbox.retry_at) <= real)
    due = (
        select(Outbox.id)
        .where(free, rested, col(Outbox.not_before) <= now)
        .order_by(col(Outbox.not_before), col(Outbox.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(Outbox)
        .where(col(Outbox.id).in_(due))
        .values(status="leased", lease_until=real + LEASE, leased_by=holder, attempts=Outbox.attempts + 1)
        .returning(col(Outbox.id))
        .execution_options(synchronize_session=False)
    )
    return sorted(session.execute(taken).scalars().all())


def renew(session: Session, id: int, holder: int, real: datetime) -> bool:
    """Lengthen a lease before sending: False if it ran out and another process has the row."""
    mine = (col(Outbox.id) == id, col(Outbox.status) == "leased", col(Outbox.leased_by) == holder)
    kept = update(Outbox).where(*mine).values(lease_until=real + LEASE).returning(col(Outbox.id))
    return session.execute(kept).first() is not None


def release_all(session: Session, real: datetime) -> None:
    """Give up the leases of a process that died: only for a database that no other process delivers from."""
    _release(session, real)


def release(session: Session, real: datetime, holder: int) -> None:
    """Give up the leases of a process that stops."""
    _release(session, real, col(Outbox.leased_by) == holder)


def release_dead(session: Session, real: datetime) -> None:
    """Give up the leases of processes whose connection PostgreSQL has seen end; others' leases run out."""
    _release(session, real, text("leased_by NOT IN (SELECT pid FROM pg_stat_activity)"))


def _release(session: Session, real: datetime, *whose: Any) -> None:
    free = {"status": "waiting", "lease_until": None, "leased_by": None, "retry_at": real + LATE}
    held = update(Outbox).where(col(Outbox.status) == "leased", *whose).values(**free)
    session.execute(held.execution_options(synchronize_session=False))


def sent(session: Session, id: int, receipt: Receipt, now: datetime) -> None:
    """Settle a row: it has arrived."""
    _settle(session, id, status="sent", settled_at=now, error=None, channel=receipt.channel, stamp=receipt.stamp)


def dropped(session: Session, id: int, why: str, now: datetime) -> None:
    """Settle a row: what it promised is no longer true, so nobody is told."""
    _settle(session, id, status="dropped", settled_at=now, error=why)


def gave_up(session: Session, id: int, why: str, now: datetime) -> None:
    """Settle a row: the platform will never take it."""
    _settle(session, id, status="given_up", settled_at=now, error=why)


def wait(session: Session, id: int, why: str, until: datetime, *, tried: bool = True) -> None:
    """Put a row back until a moment of real time; what was never handed to the platform is no attempt."""
    _settle(session, id, status="waiting", error=why, retry_at=until, attempts=Outbox.attempts - (0 if tried else 1))


def try_now(session: Session) -> None:
    """Let what waits for somebody to add lifbot be tried at once: somebody has."""
    waits = (col(Outbox.status) == "waiting", col(Outbox.error).in_(WAITS_FOR_SOMEBODY))
    free = update(Outbox).where(*waits).values(retry_at=None, error=None)
    session.execute(free.execution_options(synchronize_session=False))


def waiting_for_somebody(scope: Scope, person: str | None, group_id: str | None) -> int:
    """Count what waits until this person, or else somebody of this group's team, adds lifbot."""
    whose = Outbox.person == person if person else (col(Outbox.person).is_(None) & (Outbox.group_id == group_id))
    rows = scope.all(Outbox, whose, col(Outbox.error).in_(WAITS_FOR_SOMEBODY), col(Outbox.settled_at).is_(None))
    return sum(row.occasion != "not_added" for row in rows)


def _settle(session: Session, id: int, **values: Any) -> None:
    session.execute(update(Outbox).where(col(Outbox.id) == id).values(lease_until=None, leased_by=None, **values))


def next_moment(session: Session) -> datetime | None:
    """Return when the next waiting row is due, by the clock that may be moved."""
    return session.exec(select(func.min(Outbox.not_before)).where(Outbox.status == "waiting")).one()


def unsettled(session: Session, now: datetime) -> Sequence[Outbox]:
    """Return the rows that are due and neither sent, dropped nor given up."""
    return session.exec(
        select(Outbox).where(col(Outbox.status).in_(("waiting", "leased")), col(Outbox.not_before) <= now)
    ).all()


def of_key(scope: Scope, key: str) -> Outbox | None:
    """Return the row that was promised under a key, whatever became of it."""
    return scope.first(Outbox, Outbox.key == key)


def promised(scope: Scope, key: str) -> bool:
    """Say whether a key was promised before, whatever became of it."""
    return bool(promised_among(scope, (key,)))


def promised_among(scope: Scope, keys: Iterable[str]) -> set[str]:
    """Return those of the keys that were promised before, whatever became of them."""
    return {key for (key,) in scope.run(KNOWN, keys=list(keys))}


def later_nudge(scope: Scope, row: Outbox) -> bool:
    """Say whether the same person has a nudge of a later day that is more than a chair's own words."""
    same = (Outbox.occasion == "nudge", Outbox.person == row.person, col(Outbox.key) > row.key)
    return any(line[1] != "chased" for later in scope.all(Outbox, *same) for line in later.about["lines"])


def nudged_between(scope: Scope, row: Outbox, after: date) -> bool:
    """Say whether somebody had another nudge after a day and before this one."""
    since = f"nudge/{row.person}/{after.isoformat()}"
    same = (Outbox.occasion == "nudge", Outbox.person == row.person, Outbox.status == "sent")
    return scope.first(Outbox, *same, col(Outbox.key) > since, col(Outbox.key) < row.key) is not None


def told_too(scope: Scope, row: Outbox, person: str) -> bool:
    """Say whether somebody was promised the same as a row that is another's."""
    same = (Outbox.occasion == row.occasion, Outbox.person == person, col(Outbox.created_at) == row.created_at)
    return any(each.about == row.about for each in scope.all(Outbox, *same))


def move_nudges(scope: Scope, person: str, moment: datetime) -> None:
    """Let the nudge that waits for somebody's hour come at another."""
    waits = (Outbox.occasion == "nudge", Outbox.person == person, Outbox.status == "waiting", Outbox.attempts == 0)
    scope.change(Outbox, {"not_before": moment}, *waits)


def postponed(session: Session, id: int, until: datetime) -> None:
    """Put a row back until an hour at which it may be said; that is no failed attempt."""
    _settle(session, id, status="waiting", not_before=until, attempts=Outbox.attempts - 1)


def counts(session: Session) -> dict[str, int]:
    """Return how many rows there are of each status."""
    rows = session.exec(select(Outbox.status, func.count()).group_by(Outbox.status)).all()
    return dict(rows)


def every(session: Session) -> Sequence[Outbox]:
    """Return all rows, oldest first."""
    return session.exec(select(Outbox).order_by(col(Outbox.id))).all()
