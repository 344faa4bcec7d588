"""What people are called, asked of Slack: a form tells only the ids of those who were picked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

LOG = logging.getLogger("lifbot.slack")
MOST = 50  # people in one form; Slack allows a hundred such questions a minute
SECONDS = 1.5  # a form must be acknowledged within three


async def named(client: AsyncWebClient, ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the names of people by their ids, as far as Slack tells them in time; bots have none."""
    asking = [asyncio.create_task(_name(client, id)) for id in ids[:MOST]]
    done, late = await asyncio.wait(asking, timeout=SECONDS)
    for task in late:
        task.cancel()
    names = {id: name for task in done if (found := task.result()) for id, name in (found,)}
    return tuple((id, names[id]) for id in ids if id in names)


async def _name(client: AsyncWebClient, id: str) -> tuple[str, str] | None:
    try:
        user: dict[str, Any] = (await client.users_info(user=id))["user"]
    except Exception as error:  # whatever Slack or the network did, the person is told that the name is missing
        LOG.info("the name of %s is not known: %s", id, type(error).__name__)
        return None
    if user.get("is_bot") or user.get("deleted"):
        return None
    name = (user.get("profile") or {}).get("real_name") or user.get("real_name") or ""
    return (id, name) if isinstance(name, str) and name.strip() else None
