"""The playground's stage: its partnership, its cast, and the moments its clock can be wound to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

from sqlmodel import Session

from commands import COMMANDS
from lifbot.calendar import at_local, local_day, next_working_day
from lifbot.errors import LifError
from lifbot.grammar import Command, own_words
from lifbot.model import Group, Meeting, Partnership, Person
from lifbot.partnership_file import read
from lifbot.playground import Cast, Channel, Playground, Workspace
from lifbot.playground import Person as Actor
from lifbot.policy.moments import notice_moment
from lifbot.settings import Settings
from storage import due, items, meetings, people
from storage.clock import WorldClock
from storage.db import Database
from storage.scope import Scope
from storage.setup import apply

OUTSIDER = Actor("U0EVE", "Eve Marsh", "Outside the partnership")
TEAM = "T0LIFBOT"
SPARE = ("C0SPARE", "new-group", "A channel that no group has yet: /lif group add")
FIRST_MORNING = time(10)


def set_up(db: Database, clock: WorldClock, settings: Settings) -> Playground:
    """Load the playground's partnership where there is none, and return the workspace made from it."""
    is_new = not clock.is_set()
    now = clock.now()  # asked before the transaction: on SQLite a second one would wait for the first
    with db.begin() as session:
        if not due.partnerships(session):
            text = files("lifbot.playground").joinpath(f"{settings.lifbot_playground}.yaml").read_text(encoding="utf-8")
            apply(session, read(text), now, remove=False)
        scope = _scope(session, now)
        _refuse_another(scope, settings)
        cast, partnership = cast_of(scope), scope.partnership.name
        opens = first_moment(scope)
    if is_new:
        clock.set(opens, for_good=False)
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
        hints=hints(),
    )


def _refuse_another(scope: Scope, settings: Settings) -> None:
    """A database that holds one partnership does not become another's playground."""
    wanted = settings.lifbot_playground
    if wanted not in ("kirklees", scope.partnership.profile):  # the usual one takes what is there
        raise LifError(
            f"The database holds {scope.partnership.name}, so the playground cannot start as {wanted}. "
            "Take LIFBOT_PLAYGROUND out, or set DATABASE_URL to another file."
        )


def first_moment(scope: Scope) -> datetime:
    """Return when a new playground begins: now, or at night and at weekends ten o'clock on the next working day."""
    if notice_moment(scope.now, scope.rules, scope.zone) == scope.now:
        return scope.now
    day = local_day(notice_moment(scope.now, scope.rules, scope.zone), scope.zone)
    return at_local(day, FIRST_MORNING, scope.zone)


def hints() -> tuple[tuple[str, str], ...]:
    """Return every command with what follows it, for the composer."""
    shown = (each for each in COMMANDS if each.in_help)
    return tuple((f"/lif {each.words}", f"{_follows(each)} {each.summary}".strip()) for each in shown)


def _follows(command: Command) -> str:
    """What must follow a command's words; its group is known where it is typed."""
    own = own_words(command)
    needed = [arg for arg in command.args if arg.required and arg.kind != "group"]
    shown = {arg.name: f"<{arg.label.lower()}>" if arg == own else f"{arg.name}:…" for arg in needed}
    return " ".join("REF" if arg.kind == "item" else shown[arg.name] for arg in needed)


def _beside(settings: Settings) -> Path:
    """Where the workspace keeps its own state: beside SQLite's file, else in the working folder."""
    _, _, path = settings.database_url.partition("sqlite:///")
    return Path(path).with_suffix(".playground.db") if path else Path("playground.db")


def _scope(session: Session, now: datetime) -> Scope:
    return Scope(session, due.partnerships(session)[0], now)


def cast_of(scope: Scope) -> Cast:
    """Make the workspace's people and channels from the partnership, those of its first group first."""
    groups = _groups(scope)
    known = {each.id: each for each in people.present(scope) if each.slack}
    order = dict.fromkeys([*_leads(scope, groups[:1]), *known])
    actors = tuple(_actor(scope, known[id]) for id in order if id in known)
    everybody = tuple(actor.id for actor in (*actors, OUTSIDER))
    channels = tuple(
        Channel(each.slack_channel, _channel_name(each), each.name, everybody) for each in groups if each.slack_channel
    )
    spare = Channel(*SPARE, everybody)
    return Cast(scope.partnership.slack_team or TEAM, (*actors, OUTSIDER), (*channels, spare))


def _groups(scope: Scope) -> list[Group]:
    """The groups in the order of the partnership's file."""
    order = list((scope.partnership.loaded or {}).get("groups", ()))
    return sorted(people.groups(scope), key=lambda group: order.index(group.id) if group.id in order else len(order))


def _leads(scope: Scope, groups: Sequence[Group]) -> Iterator[str]:
    """A group's chair, then its members."""
    for group in groups:
        yield from [group.chair] if group.chair else []
        yield from people.members(scope, group)


def _actor(scope: Scope, person: Person) -> Actor:
    return Actor(person.slack or "", person.name, _title(scope, person), person.email)


def _channel_name(group: Group) -> str:
    words = group.name.lower().removesuffix(" subgroup").split()
    return "-".join("".join(letter for letter in word if letter.isalnum()) for word in words)


def _title(scope: Scope, person: Person) -> str:
    partnership: Partnership = scope.partnership
    if person.id == partnership.chair:
        return "Partnership chair"
    if boards := [board.name for board in scope.roster.boards if board.chair == person.id]:
        return f"Chair, {boards[0]}"
    if person.id in partnership.business_unit:
        return "Business unit"
    chaired = [group.name for group in people.groups(scope) if group.chair == person.id]
    if chaired:
        return f"Chair, {chaired[0]}"
    agency = next((each.name for each in people.agencies(scope) if each.id == person.agency), "")
    return agency or "Member"


def moments(db: Database, clock: WorldClock) -> Mapping[str, datetime]:
    """Return where the clock's buttons lead: a day on, into the next meeting, to the morning after it."""
    now = clock.now()
    with db.begin() as session:
        scope = _scope(session, now)
        coming, zone = _coming(scope), scope.zone
    today = local_day(now, zone)
    nine = scope.rules.nudge_at
    found = {"+1 day": at_local(today + timedelta(days=1), nine, zone)}
    if coming:
        found["To the next meeting"] = coming[0].starts_at + timedelta(minutes=5)
        found["+1 cycle"] = at_local(next_working_day(local_day(coming[0].starts_at, zone)), nine, zone)
    return found


def _coming(scope: Scope) -> Sequence[Meeting]:
    """The coming meetings of the group that meets next among those with something open, else of the first group."""
    groups = _groups(scope)
    busy = {item.group_id for item in items.open_items(scope)}
    every = [meetings.standing_after(scope, group.id) for group in groups if group.id in busy or not busy]
    found = [each for each in every if each]
    if not busy:
        return found[0] if found else ()
    return min(found, key=lambda each: each[0].starts_at, default=())
