"""What `python bot.py check` says of Microsoft Teams: credentials, keys, tenants, and where lifbot was added."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from lifbot.errors import TryLater
from lifbot.model import Group, Partnership, Person
from lifbot.settings import Settings
from lifbot.teams.auth import Keys
from lifbot.teams.connector import SECONDS, client
from lifbot.teams.credentials import Credentials, tenants
from storage import people, references
from storage.people import teams_of
from storage.scope import Scope

Line = tuple[bool, str]

RENEW = "Make a new secret on the app registration's page Certificates & secrets, and check CLIENT_ID and TENANT_ID."
REFUSED = f"Teams credentials: Microsoft refuses CLIENT_ID with CLIENT_SECRET, so nothing can be sent. {RENEW}"
NO_KEYS = "Teams keys: Microsoft's could not be read, so nobody is let in. Check TEAMS_OPENID_METADATA_URL."
ADD = "In Teams: Apps, lifbot, Add."
ADD_TO_TEAM = "If its team has not added lifbot, an owner does that; a mention in the channel shows that it works."


async def check(settings: Settings, partnerships: Sequence[Partnership]) -> list[Line]:
    """Return a line for each thing that can be wrong between here and Microsoft."""
    if not settings.has_teams:
        return []
    if settings.teams_fault:
        return [(False, f"Teams: {settings.teams_fault}")]
    async with client() as http:
        lines = [await _credentials(Credentials(settings, http, time.monotonic, SECONDS))]
        known = await Keys(settings.teams_openid_metadata_url, http, time.monotonic).count()
    lines.append((True, "Teams keys: read.") if known else (False, NO_KEYS))
    return [*lines, *_tenants(tenants(settings), partnerships)]


async def _credentials(credentials: Credentials) -> Line:
    try:
        await credentials.token()
    except TryLater as error:
        if error.reason == "invalid_auth":
            return False, REFUSED
        return False, f"Teams credentials: Microsoft could not be asked ({error.reason}). Check the network."
    return True, "Teams credentials: good."


def _tenants(served: Sequence[str], partnerships: Sequence[Partnership]) -> Iterator[Line]:
    """Both must name a tenant: the settings, to let it in, and a partnership, to serve it."""
    named = {tenant for row in partnerships for tenant in teams_of(row, "teams")}
    faults = [
        f"Teams tenant {tenant}: {row.id} has it as teams_tenant, but TENANT_ID does not, so nobody there is let in."
        for row in partnerships
        for tenant in teams_of(row, "teams")
        if tenant not in served
    ]
    if named or len(partnerships) > 1:
        without = "no partnership has it as teams_tenant, so nobody there is served"
        faults += [f"Teams tenant {tenant}: {without}." for tenant in served if tenant not in named]
    yield from ((False, fault) for fault in faults)
    if not faults:
        yield True, f"Teams tenants: {', '.join(served)}."


def added(scope: Scope) -> Iterator[Line]:
    """Say where lifbot was added, and name by id who and which group can therefore not be written to."""
    them, groups = [row for row in people.present(scope) if row.teams], _groups(scope)
    if not (them or groups):
        return
    chats, channels = references.places(scope.session)
    yield True, f"Teams, {scope.id}: {_count(them, chats)} people and {_count(groups, channels)} groups are reached."
    missing = [row.id for row in them if row.teams not in chats]
    if missing:
        yield False, f"Teams, {scope.id}: lifbot was not added by {', '.join(missing)}, so their messages wait. {ADD}"
    silent = [row.id for row in groups if row.teams_channel not in channels]
    if silent:
        yield (
            True,
            f"Teams, {scope.id}: nobody has mentioned lifbot in the channel of {', '.join(silent)}. {ADD_TO_TEAM}",
        )


def _groups(scope: Scope) -> list[Group]:
    return [row for row in people.groups(scope) if row.teams_channel]


def _count(rows: Sequence[Person] | Sequence[Group], known: set[str]) -> str:
    there = sum((row.teams if isinstance(row, Person) else row.teams_channel) in known for row in rows)
    return f"{there} of {len(rows)}"
