"""What `python bot.py check` prints: one line for each thing that can be wrong, and never a secret."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from lifbot.errors import LifError
from lifbot.model import Agency, Group, Installation, Partnership
from lifbot.settings import Settings, is_loopback, is_safe
from operations import check_teams
from storage import due, installations, outbox, people
from storage.clock import WorldClock, last_beat, real
from storage.db import Database
from storage.migrate import is_current
from storage.scope import Scope

Line = tuple[bool, str]

NOT_YET = "Database: it is not there yet. "
OLD_SCHEMA = "Database: reachable, but its tables are not those of this program. Type: python bot.py migrate"
NOBODY = "Partnership: none is loaded. Type: python bot.py setup FILE.yaml, or python bot.py code to set one up by chat"
SET_URL = "Set it to the address at which browsers reach lifbot, for example https://lifbot.example.org"
LONG = timedelta(hours=1)  # a message that waits longer than this is stuck


@dataclass(slots=True)
class Stored:
    """What the database says: its lines, and what Slack is then asked about."""

    lines: list[Line] = field(default_factory=list)
    channels: dict[str, dict[str, str]] = field(default_factory=dict)  # partnership -> channel -> group
    installations: list[Installation] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)


async def check(settings: Settings) -> list[Line]:
    """Return a line for each thing looked at, with whether it is as it should be."""
    stored = await asyncio.to_thread(_stored, settings)
    teams = await check_teams.check(settings, stored.partnerships)
    return [*_settings(settings), *stored.lines, *await _slack(settings, stored), *teams]


def _settings(settings: Settings) -> Iterator[Line]:
    yield True, "Settings: read."
    if settings.is_playground:
        yield (
            True,
            "Playground: without a platform's credentials lifbot opens its own workspace, which needs no token.",
        )
    yield True, f"Clock travel: {'on' if settings.travels else 'off'}."
    yield from _links(settings)


def _links(settings: Settings) -> Iterator[Line]:
    """Where links for people in no workspace lead: somebody's phone must reach it, and nobody may read along."""
    if settings.is_playground:
        return
    url = settings.public_url
    here = is_loopback(urlsplit(url).hostname)
    if settings.lifbot_url is None:
        yield True, f"Links for people in no workspace: LIFBOT_URL is not set, so they lead to {url}. {SET_URL}"
    elif not here and not is_safe(url):
        yield False, f"Links for people in no workspace: LIFBOT_URL is {url}, which is not https. {SET_URL}"
    else:
        yield True, f"Links for people in no workspace: they lead to {url}."


async def _slack(settings: Settings, stored: Stored) -> list[Line]:
    if not settings.has_slack:
        return []
    if settings.has_oauth:
        from operations import check_installations

        return await check_installations.check(settings, stored.installations, stored.partnerships, stored.channels)
    from lifbot.slack import check as slack

    channels = {channel: group for each in stored.channels.values() for channel, group in each.items()}
    lines, team = await slack.check(settings, channels)
    return [*lines, *_workspace(stored.partnerships, team)]


def _workspace(partnerships: list[Partnership], team: str | None) -> list[Line]:
    """A workspace that no partnership names has nobody to serve."""
    named = [part.strip() for row in partnerships for part in (row.slack_team or "").split(",") if part.strip()]
    if not team or not named or team in named:
        return []
    return [(False, f"Slack workspace: no partnership has {team} as slack_team. Check the partnership file.")]


# --- what the database says -------------------------------------------------------------------------------------


def _stored(settings: Settings) -> Stored:
    found = Stored()
    try:
        db = Database(settings.database_url)
        try:
            _reach(settings, db, found)
        finally:
            db.close()
    except LifError as error:
        found.lines.append((False, f"Database: {error.text}"))
    return found


def _reach(settings: Settings, db: Database, found: Stored) -> None:
    file = db.engine.url.database
    if db.is_sqlite and file and file != ":memory:" and not Path(file).exists():
        hint = "The playground makes it." if settings.is_playground else "Type: python bot.py migrate"
        found.lines.append((settings.is_playground, NOT_YET + hint))
        return
    if not is_current(db):
        found.lines.append((False, OLD_SCHEMA))
        return
    found.lines.append((True, f"Database: {'SQLite' if db.is_sqlite else 'PostgreSQL'}, reachable, newest tables."))
    _look_inside(settings, db, found)


def _look_inside(settings: Settings, db: Database, found: Stored) -> None:
    now = WorldClock(db, travel=settings.travels).now()
    with db.begin() as session:
        found.partnerships = list(due.partnerships(session))
        if not found.partnerships:
            found.lines.append((settings.is_playground, NOBODY))
        for row in found.partnerships:
            scope = Scope(session, row, now)
            found.lines += _partnership(scope)
            found.lines += check_teams.added(scope) if settings.has_teams else ()
            groups = people.groups(scope)
            found.channels[row.id] = {group.slack_channel: group.id for group in groups if group.slack_channel}
        found.installations = list(installations.every(session))
        found.lines.append(_schedule(last_beat(session), real(), settings.lifbot_tick_seconds))
        waiting = [row.not_before for row in outbox.unsettled(session, now)]
        found.lines.append(_outbox(waiting, outbox.counts(session).get("given_up", 0), now))


def _partnership(scope: Scope) -> Iterator[Line]:
    here, groups = people.present(scope), people.groups(scope)
    counts = f"people {len(here)}, agencies {scope.count(Agency)}, groups {len(groups)}"
    yield True, f"Partnership {scope.id}: {counts}."
    if unreached := [row.id for row in here if not (row.slack or row.teams)]:
        yield (
            True,
            f"Partnership {scope.id}: no address for {', '.join(unreached)}; "
            "their agency's link, else the business unit, passes on.",
        )
    yield from _groups(scope.id, list(groups))


def _groups(partnership: str, groups: list[Group]) -> Iterator[Line]:
    silent = [row.id for row in groups if not (row.slack_channel or row.teams_channel)]
    if silent:
        yield (
            True,
            f"Partnership {partnership}: no channel for {', '.join(silent)}; no agendas or digests there.",
        )
    unplanned = [row.id for row in groups if not row.meetings]
    if unplanned:
        yield (
            True,
            f"Partnership {partnership}: no meetings for {', '.join(unplanned)}; cycles are counted in days.",
        )


def _schedule(beat: datetime | None, now: datetime, tick_seconds: float) -> Line:
    if beat is None:
        return True, "Schedule: it has not run yet."
    if now - beat < timedelta(seconds=max(30.0, 4 * tick_seconds)):
        return True, "Schedule: the last clean pass was a moment ago."
    return False, f"Schedule: the last clean pass was {_ago(now - beat)} ago. Is python bot.py, or its worker, running?"


def _outbox(waiting: list[datetime], given_up: int, now: datetime) -> Line:
    gone = f"{given_up} given up" if given_up else "none given up"
    if not waiting:
        return True, f"Outbox: nothing waits, {gone}."
    oldest = now - min(waiting)
    more = " python bot.py outbox says why." if oldest > LONG or given_up else ""
    return oldest <= LONG, f"Outbox: {len(waiting)} due, the oldest for {_ago(oldest)}; {gone}.{more}"


def _ago(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    for size, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "less than a minute"
