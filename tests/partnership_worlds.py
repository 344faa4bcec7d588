"""The five partnerships at work, on Slack's wire or in Teams, each with its profile and an invented cast.

`partnership("leeds", tmp_path)` is Leeds on Slack; `partnership("leeds", tmp_path, "teams")` has everybody in Teams.
The casts are the playground's: `lifbot/playground/leeds.yaml`. Channels are called as in Slack on both: "C0LD".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from lifbot.partnership_file import PartnershipFile, read
from tests.fake_teams import TENANT, fake_teams
from tests.teams_world import TeamsWorld, directory_id
from tests.world import TEAM, World, world_of

CASTS = Path(__file__).parent.parent / "lifbot" / "playground"
OUTSIDER = {"eve": "Eve Marsh"}
PLATFORMS = ("slack", "teams")


@cache
def cast_of(which: str) -> PartnershipFile:
    """Return a partnership's cast as its file says it."""
    return read(_text(which))


def _text(which: str) -> str:
    return (CASTS / f"{which}.yaml").read_text(encoding="utf-8")


def people_of(which: str) -> dict[str, str]:
    """Return the names of everybody who is in the workspace, the outsider last."""
    return {each.id: each.name for each in cast_of(which).people if each.slack} | OUTSIDER


def rooms_of(which: str) -> dict[str, str]:
    """Return each group's channel as Slack calls it, with that in Teams."""
    return {each.slack_channel: f"19:{each.id}@thread.tacv2" for each in cast_of(which).groups if each.slack_channel}


def file_for(which: str, platform: str) -> str:
    """Return a partnership's file with everybody on one platform."""
    text = _text(which)
    if platform == "slack":
        return text.replace("slack_team: T0LIFBOT", f"slack_team: {TEAM}")
    text = text.replace("slack_team: T0LIFBOT", f"teams_tenant: {TENANT.upper()}")
    for who in people_of(which):
        text = text.replace(f"slack: U0{who.upper()}}}", f"teams: {directory_id(who).upper()}}}")
    for channel, room in rooms_of(which).items():
        text = text.replace(f"slack_channel: {channel}\n", f'teams_channel: "{room}"\n')
    return text


@asynccontextmanager
async def partnership(which: str, folder: Path, platform: str = "slack", **environment: str) -> AsyncIterator[World]:
    """Set up one of the five on a platform and start the program; at the end nothing may be unread."""
    people, rooms = people_of(which), rooms_of(which)
    given: dict[str, Any] = {"file": file_for(which, platform), "people": people, **environment}
    url = f"sqlite:///{folder / 'lifbot.db'}"
    if platform == "slack":
        channels = {each.slack_channel or "": each.id for each in cast_of(which).groups}
        async with world_of(World, url, folder, channels=channels, **given) as w:
            yield w
        return
    async with fake_teams() as teams:
        them = frozenset(people)
        kind: Callable[..., TeamsWorld] = partial(TeamsWorld, teams=teams, in_teams=them, rooms=rooms)
        async with world_of(kind, url, folder, channels=_as_in_slack(rooms), **given) as w:
            await w.install(*(who for who in people if who not in OUTSIDER))
            yield w


def _as_in_slack(rooms: Mapping[str, str]) -> dict[str, str]:
    return {channel: channel.lower() for channel in rooms}


def read_all(w: World) -> dict[str, list[str]]:
    """Read everything that waits for anybody, and return its words by who or where it is shown."""
    found = {who: [each.text for each in w.dms(who)] for who in w.people}
    found |= {channel.id: [each.text for each in w.posts(channel.id)] for channel in w.workspace.cast.channels}
    return {place: texts for place, texts in found.items() if texts}


def one_of(told: Iterable[Any], words: str) -> Any:
    """Return the one message that holds these words."""
    every = list(told)
    found = [each for each in every if words in each]
    assert len(found) == 1, (words, [each.text for each in every])
    return found[0]


def in_order(said: Any, *words: str) -> bool:
    """Whether words stand in a message one after the other."""
    places = [said.text.find(each) for each in words]
    assert -1 not in places, (words, said.text)
    return places == sorted(places)
