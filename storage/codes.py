"""One-time codes that let the first person in a workspace set up its partnership by chat."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from lifbot.model import Seen, SetupCode

VALID = timedelta(days=7)
TRIES = 5  # wrong codes of one person in a week
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are mistaken for each other
SALT = b"lifbot setup code"  # a code is looked up by its digest, so all have the same


def make(session: Session, now: datetime) -> str:
    """Return a new code, of which only a digest is kept; those that can no longer be used are forgotten."""
    for row in session.exec(select(SetupCode).where(col(SetupCode.made_at) < now - VALID)):
        session.delete(row)
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    session.add(SetupCode(digest=_digest(code), made_at=now))
    return f"{code[:4]}-{code[4:]}"


def find(session: Session, typed: str, now: datetime) -> SetupCode | None:
    """Return the code that was typed, if it can still be used."""
    wanted = _digest(_plain(typed))
    live = (col(SetupCode.used_at).is_(None), col(SetupCode.made_at) > now - VALID)
    found = [row for row in session.exec(select(SetupCode).where(*live)) if hmac.compare_digest(row.digest, wanted)]
    return found[0] if found else None


def use(session: Session, code: SetupCode, by: str, now: datetime) -> bool:
    """Use a code up; False where somebody else was quicker."""
    unused = col(SetupCode.used_at).is_(None)
    done = session.exec(
        update(SetupCode).where(col(SetupCode.digest) == code.digest, unused).values(used_at=now, used_by=by)
    )
    return done.rowcount == 1


def may_try(session: Session, who: str) -> bool:
    """Say whether somebody may still try a code; `who` names platform, workspace and person."""
    return _wrong(session, who) < TRIES


def note_wrong(session: Session, who: str, now: datetime) -> None:
    """Remember that a code was wrong; what is remembered of events is forgotten after a week."""
    session.add(Seen(event=f"{_key(who)}/{_wrong(session, who) + 1}", at=now))
    session.flush()


def _wrong(session: Session, who: str) -> int:
    return sum(session.get(Seen, f"{_key(who)}/{number}") is not None for number in range(1, TRIES + 1))


def _key(who: str) -> str:
    return f"setup code/{who}"


def _plain(typed: str) -> str:
    return "".join(mark for mark in typed.upper() if mark.isalnum())[:40]


def _digest(code: str) -> str:
    """Slow on purpose: whoever reads the database cannot try all codes in the week that one lives."""
    return hashlib.scrypt(code.encode(), salt=SALT, n=2**14, r=8, p=1).hex()
