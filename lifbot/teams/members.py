"""Who the ids in an activity stand for: people are known by their directory id (aadObjectId), which Teams may omit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lifbot.errors import TryLater, Undeliverable
from lifbot.teams.connector import Connector
from lifbot.teams.mentions import known, unknown
from lifbot.teams.payload import Payload, at, text_at
from lifbot.teams.reading import Origin

LOG = logging.getLogger("lifbot.teams")
MOST = 20_000  # ids that are kept


class Members:
    """Directory ids by ids in Teams: learnt from every activity, asked for where one is missing."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}  # by directory ids

    async def resolved(self, activity: Payload, source: Origin) -> tuple[Origin, Mapping[str, str]]:
        """Return the origin with its writer's directory id, and everybody's known so far."""
        self._learn(known(activity))
        self._learn_names(each for each in (at(activity, "from"),) if isinstance(each, Mapping))
        if not source.quiet and unknown(activity) - self._ids.keys():
            await self._ask(text_at(activity, "channelData", "team", "id"), source)
        near = source.near
        if not near.who and near.user in self._ids:
            source = replace(source, near=replace(near, who=self._ids[near.user or ""]))
        return source, self._ids

    async def named(self, ids: Sequence[str], source: Origin) -> tuple[tuple[str, str], ...]:
        """Return the names of people by their directory ids, as far as they are in the team where this was asked."""
        if not source.quiet and not self._names.keys() >= set(ids):
            await self._ask(source.held or "", source)
        return tuple((id, self._names[id]) for id in ids if id in self._names)

    async def _ask(self, where: str, source: Origin) -> None:
        near = source.near
        try:
            found = await self._connector.members(near.service_url, where or near.conversation)
        except (TryLater, Undeliverable) as error:
            LOG.info("the members of %s are not known: %s", near.conversation, error.reason)
            return
        ids = {text_at(each, "id"): text_at(each, "aadObjectId") or text_at(each, "objectId") for each in found}
        self._learn({id: who.lower() for id, who in ids.items() if id and who})
        self._learn_names(found)

    def _learn_names(self, people: Iterable[Payload]) -> None:
        if len(self._names) > MOST:
            self._names.clear()
        for each in people:
            who = (text_at(each, "aadObjectId") or text_at(each, "objectId")).lower()
            if who and text_at(each, "name").strip():
                self._names[who] = text_at(each, "name").strip()

    def _learn(self, ids: Mapping[str, str]) -> None:
        if len(self._ids) > MOST:
            self._ids.clear()
        self._ids.update(ids)
