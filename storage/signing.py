"""Links that somebody without an account can open: signed, for one purpose and one record, until a day."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import Session, SQLModel, select

from lifbot.model import SigningKey
from storage.db import unless_there

ALGORITHM = "HS256"
KEYS = SQLModel.metadata.tables["signing_key"]
LONGEST = 500  # characters of a token


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link is for, and whether its time is over."""

    record: int
    expires_at: datetime
    is_over: bool


def key(session: Session) -> str:
    """Return the key of this installation; the first who asks makes it, once for all processes."""
    query = select(SigningKey.key).where(SigningKey.id == 1)
    found = session.exec(query).first()
    if found is None:
        session.flush()
        made = {"id": 1, "key": secrets.token_hex(32)}
        session.connection().execute(unless_there(KEYS, session.get_bind().dialect.name), made)
        found = session.exec(query).one()
    return found


def signed(session: Session, purpose: str, record: int, last_day: date) -> str:
    """Return a token that opens one record for one purpose until the end of a day (UTC)."""
    import jwt  # it brings the cryptography library, and few need a link

    end = datetime.combine(last_day, time(23, 59, 59), UTC)
    claims = {"p": purpose, "r": record, "exp": int(end.timestamp())}
    return jwt.encode(claims, key(session), ALGORITHM)


def opened(session: Session, purpose: str, token: str, now: datetime) -> Opened | None:
    """Return what a token opens; None for one that was not made here, or is for something else."""
    import jwt  # as above

    if len(token) > LONGEST or not token.isascii():
        return None
    try:  # whether it is over is told by `now`, which may be another than the wall clock's
        claims = jwt.decode(token, key(session), [ALGORITHM], options={"verify_exp": False})
    except jwt.InvalidTokenError:
        return None
    record, end = claims.get("r"), claims.get("exp")
    if claims.get("p") != purpose or not isinstance(record, int) or not isinstance(end, int):
        return None
    expires_at = datetime.fromtimestamp(end, UTC)
    return Opened(record, expires_at, now > expires_at)
