"""News of requests: promised to who answers for each agency that it concerns, one message for all that is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from commands.context import Context
from lifbot.errors import LifError
from lifbot.model import AssuranceAnswer, AssuranceRequest
from lifbot.policy.moments import notice_moment
from storage import outbox, requests


def tell(
    ctx: Context, row: AssuranceRequest, parts: Sequence[AssuranceAnswer], what: str, **about: Any
) -> list[AssuranceAnswer]:
    """Promise news of a request to whom it concerns, a message each; returns the parts that are the caller's own."""
    whose: dict[str, list[AssuranceAnswer]] = defaultdict(list)
    for part in parts:
        if heard := requests.asked_for(ctx.scope, part.agency_id):
            whose[heard.person].append(part)
    own = whose.pop(ctx.caller.id, [])
    for person, theirs in whose.items():
        told = {"request": row.id, "what": what, "agencies": [part.agency_id for part in theirs], **about}
        if what == "withdrawn":
            told["after"] = key(row, "asked", person)
        at = None if what in ("asked", "withdrawn") else ctx.scope.now
        outbox.put(ctx.scope, key(row, what, person, at), "request", person=person, about=told, not_before=hour(ctx))
    return own


def key(row: AssuranceRequest, what: str, person: str, at: datetime | None = None) -> str:
    """Return the key under which news of a request is promised once."""
    return f"request/{row.id}/{what}/{person}" + (f"/{at.isoformat()}" if at else "")


def hour(ctx: Context) -> datetime:
    """Return when news may go."""
    return notice_moment(ctx.scope.now, ctx.scope.rules, ctx.scope.zone)


def refuse_held(ctx: Context, row: AssuranceRequest) -> None:
    """Raise LifError for what is about something on hold: it is not there for anybody."""
    if requests.is_held(ctx.scope, row):
        raise LifError(f"There is no {row.ref} here. Type /lif request list to see the references.")


def refuse_silent(ctx: Context, row: AssuranceRequest) -> None:
    """Raise LifError for what is about something on hold, unless somebody may know of that."""
    if not ctx.may("hold", None):
        refuse_held(ctx, row)


def who_hears(ctx: Context, row: AssuranceRequest, told: str) -> str:
    """Say what agencies are told of a change: nothing while it is on hold."""
    return "It is on hold, so agencies are told nothing of this." if requests.is_held(ctx.scope, row) else told


def refuse_closed(row: AssuranceRequest) -> None:
    """Raise LifError for a request that is closed or withdrawn."""
    if row.status != "open":
        raise LifError(f"{row.ref} is {row.status}; nothing more is needed, and nothing was changed.")
