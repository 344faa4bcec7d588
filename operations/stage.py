"""The playground's stage: its partnership, its cast, and the moments its clock can be wound to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from sqlmodel import Session

from lifbot.calendar import at_local, local_day, next_working_day
from lifbot.model import Group, Partnership, Person
from lifbot.partnership_file import read
from lifbot.playground import Cast, Channel, Playground, Workspace
from lifbot.playground import Person as Actor
from lifbot.settings import Settings
from storage import due, meetings, people
from storage.clock import WorldClock, real
from storage.db import Database
from storage.scope import Scope
from storage.setup import apply

OUTSIDER = Actor("U0EVE", "Eve Marsh", "Outside the partnership")
TEAM = "T0LIFBOT"


def set_up(db: Database, clock: WorldClock, settings: Settings) -> Playground:
    """Load the playground's partnership where there is none, and return the workspace made from it."""
    if not clock.is_set():
        clock.set(real())
    now = clock.now()  # asked before the transaction: on SQLite a second one would wait for the first
    with db.begin() as session:
        if not due.partnerships(session):
            text = files("lifbot.playground").joinpath("kirklees.yaml").read_text(encoding="utf-8")
            apply(session, read(text), now, remove=False)
        scope = _scope(session, now)
        cast, partnership = cast_of(scope), scope.partnership.name
    here = f"http://127.0.0.1:{settings.port}"
    secret, token = settings.slack_signing_secret, settings.slack_bot_token
    return Playground(
        workspace=Workspace(_beside(settings), cast),
        events_url=f"{here}/slack/events",
        signing_secret=secret.get_secret_value() if secret else "",
        bot_token=token.get_secret_value() if token else "",
        moments=lambda: moments(db, clock),
        clock_url=f"{here}/clock",
        partnership=partnership,
    )


def _beside(settings: Settings) -> Path:
    """Where the workspace keeps its own state: beside SQLite's file, else in the working folder."""
    _, _, path = settings.database_url.partition("sqlite:///")
    return Path(path).with_suffix(".playground.db") if path else Path("playground.db")


def _scope(session: Session, now: datetime) -> Scope:
    return Scope(session, due.partnerships(session)[0], now)


def cast_of(scope: Scope) -> Cast:
    """Make the workspace's people and channels from the partnership."""
    known = [each for each in people.present(scope) if each.slack]
    actors = tuple(Actor(each.slack or "", each.name, _title(scope, each), each.email) for each in known)
    everybody = tuple(actor.id for actor in (*actors, OUTSIDER))
    channels = tuple(
        Channel(each.slack_channel, _channel_name(each), each.name, everybody)
        for each in people.groups(scope)
        if each.slack_channel
    )
    return Cast(scope.partnership.slack_team or TEAM, (*actors, OUTSIDER), channels)


def _channel_name(group: Group) -> str:
    words = group.name.lower().removesuffix(" subgroup").split()
    return "-".join("".join(letter for letter in word if letter.isalnum()) for word in words)


def _title(scope: Scope, person: Person) -> str:
    partnership: Partnership = scope.partnership
    if person.id == partnership.chair:
        return "Partnership chair"
    if person.id in partnership.business_unit:
        return "Business unit"
    chaired = [group.name for group in people.groups(scope) if group.chair == person.id]
    if chaired:
        return f"Chair, {chaired[0]}"
    agency = next((each.name for each in people.agencies(scope) if each.id == person.agency), "")
    return agency or "Member"


def moments(db: Database, clock: WorldClock) -> Mapping[str, datetime]:
    """Return where the clock's buttons lead: a day on, the next meeting, a cycle on."""
    now = clock.now()
    with db.begin() as session:
        scope = _scope(session, now)
        coming = [row for group in people.groups(scope) for row in meetings.standing_after(scope, group.id)]
        zone = scope.zone
    today = local_day(now, zone)
    nine = scope.rules.nudge_at
    found = {"+1 day": at_local(today + timedelta(days=1), nine, zone)}
    if coming:
        soonest = min(coming, key=lambda row: row.starts_at)
        group_id = soonest.group_id
        found["To the next meeting"] = soonest.starts_at + timedelta(minutes=5)
        later = sorted(row.starts_at for row in coming if row.group_id == group_id)
        cycle = later[1] - later[0] if len(later) > 1 else timedelta(days=scope.rules.fallback_interval_days)
        found["+1 cycle"] = at_local(next_working_day(local_day(now + cycle, zone)), nine, zone)
    return found
