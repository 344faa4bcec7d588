"""Where a new item comes from: its source in the learning register, whom it concerns by that, a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from commands.context import Context
from lifbot.errors import LifError
from lifbot.model import Group
from storage import holds, sources


def of_source(ctx: Context, group: Group, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a new item that follow from the source that it names, and whether it begins silent."""
    source = sources.linked(ctx.scope, columns.get("source"))
    id = source.id if source else None
    concerns = columns.get("scope") or (source.scope if source else None) or _usual_scope(ctx, group)
    return {"source_id": id, "held": holds.begins_held(ctx.scope, id, columns.get("parent")), "scope": concerns}


def _usual_scope(ctx: Context, group: Group) -> str | None:
    """Whom a group's items concern unless somebody says otherwise: in an adults' group, adults."""
    return ctx.scope.profile.item_scope(group.id, group.name) if ctx.scope.profile else None


def address(said: str) -> str:
    """Return the link to a message; raise LifError for what is none."""
    if said and not re.fullmatch(r"https?://\S+", said):
        raise LifError("A link to a message begins with https:// and has no spaces.", field="said_url")
    return said
