"""Notices as plain values: what `bot.py export` writes of them; what is on hold is not among them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lifbot.model import Notice, Source
from storage import notices, receipts
from storage.scope import Scope

Values = dict[str, Any]


def exported(scope: Scope) -> list[Values]:
    """Return the notices as JSON values, oldest first; absent ones are None."""
    refs = {row.id: row.ref for row in scope.all(Source)}
    return [_notice(scope, row, refs) for row in reversed(notices.shown(scope))]


def _notice(scope: Scope, row: Notice, refs: dict[int, str]) -> Values:
    return {
        "ref": row.ref,
        "product": notices.product_name(scope, row.product),
        "title": row.title,
        "summary": row.summary,
        "sections": dict(row.body),
        "audience": row.audience,
        "status": row.status,
        "source": refs.get(row.source_id or 0),
        "themes": list(row.themes),
        "scope": row.scope,
        "asks": row.asks,
        "url": row.url,
        "cascade_text": row.cascade_text,
        "cascade_by": row.cascade_by.isoformat(),
        "event_at": _at(scope, row.event_at),
        "place": row.place,
        "author": row.author,
        **_course(scope, row),
        "agencies": list(row.agencies),
        "groups": list(row.groups),
        "channels": [_channel(row, name) for name in dict.fromkeys((*row.channels, *row.placed))],
        "hits": row.hits,
        "hits_on": row.hits_on.isoformat() if row.hits_on else None,
        "receipts": receipts.exported(scope, row),
    }


def _course(scope: Scope, row: Notice) -> Values:
    """What became of it, from the check to its end."""
    return {
        "checker": row.checker,
        "checked_at": _at(scope, row.checked_at),
        "confirmed": list(row.confirmed),
        "publish_at": _at(scope, row.publish_at),
        "published_at": _at(scope, row.published_at),
        "edited_at": _at(scope, row.edited_at),
        "withdrawn_at": _at(scope, row.withdrawn_at),
        "withdrawn_reason": row.withdrawn_reason,
        "closed_at": _at(scope, row.closed_at),
    }


def _channel(row: Notice, name: str) -> Values:
    """One way of publishing, or a partnership that got it, with who put it there and when."""
    done = row.placed.get(name, {})
    return {"channel": name, "by": done.get("by"), "on": done.get("on")}


def _at(scope: Scope, moment: datetime | None) -> str | None:
    return moment.astimezone(scope.zone).isoformat() if moment else None
