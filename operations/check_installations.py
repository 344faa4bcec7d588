"""What `python bot.py check` says of the workspaces that installed lifbot by OAuth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.model import Installation, Partnership
from lifbot.settings import MAKE, Settings
from lifbot.slack.check import INSTALL, check_workspace, secret
from operations.installing import seal_of
from storage import installations
from storage.people import teams_of
from storage.seal import Unreadable

Line = tuple[bool, str]

NOWHERE = f"Slack workspaces: none has installed lifbot yet. {INSTALL}"
UNUSED = "Slack token: SLACK_BOT_TOKEN is set, but with SLACK_CLIENT_ID it is not used. Take it out."
SHORT = f"LIFBOT_SECRET_KEY: it is short, and so can be guessed. {MAKE}"
OTHER_KEY = (
    "LIFBOT_SECRET_KEY does not open its token, so messages wait. Put the key back that was used before "
    "(several: comma between), or install it again."
)
ENOUGH = 20  # characters of a key


async def check(
    settings: Settings,
    rows: Sequence[Installation],
    partnerships: Sequence[Partnership],
    channels: Mapping[str, Mapping[str, str]],
) -> list[Line]:
    """Return a line for each thing that can be wrong; `channels` are groups by channel, by partnership."""
    lines = [secret(settings), *_settings(settings)]
    if settings.oauth_fault:
        return lines
    lines += _missing(rows, partnerships)
    served = {team: row for row in partnerships for team in teams_of(row, "slack")}
    here = [row for row in rows if row.revoked_at is None]
    if len(here) == len(partnerships) == 1 and not served:
        served = {here[0].team: partnerships[0]}
    for row in here:
        partnership = served.get(row.team)
        if partnership is None:
            lines.append((True, _stranger(row.team)))
            continue
        of_several = len(teams_of(partnership, "slack")) > 1  # which of them a channel is in, nobody has said
        lines += await _workspace(settings, row, {} if of_several else channels.get(partnership.id, {}))
    return lines


def _settings(settings: Settings) -> Iterator[Line]:
    if settings.oauth_fault:
        yield False, f"Slack installation: {settings.oauth_fault}"
        return
    key = settings.lifbot_secret_key
    if key and min(len(part.strip()) for part in key.get_secret_value().split(",") if part.strip()) < ENOUGH:
        yield True, SHORT
    if settings.slack_bot_token:
        yield True, UNUSED


def _missing(rows: Sequence[Installation], partnerships: Sequence[Partnership]) -> Iterator[Line]:
    if not rows and not any(teams_of(row, "slack") for row in partnerships):
        yield False, NOWHERE
        return
    known = {row.team: row for row in rows}
    alone = len(partnerships) == 1 and sum(row.revoked_at is None for row in rows) == 1
    for partnership in partnerships:
        teams = teams_of(partnership, "slack")
        if not teams and not alone:
            yield False, f"Partnership {partnership.id}: it needs its workspace's id as slack_team in its file."
        for team in teams:
            row = known.get(team)
            if row is None or row.revoked_at:
                yield False, _absent(partnership.id, team, row)


def _absent(partnership: str, team: str, row: Installation | None) -> str:
    gone = f"lifbot was removed on {say_date(row.revoked_at.date())}" if row and row.revoked_at else None
    return f"Slack workspace {team}: {gone or 'lifbot is not installed'}, so messages of {partnership} wait. {INSTALL}"


def _stranger(team: str) -> str:
    return (
        f"Slack workspace {team}: installed, but no partnership has it as slack_team, so nobody there is served. "
        f"If it is yours, put slack_team: {team} into the partnership file."
    )


async def _workspace(settings: Settings, row: Installation, channels: Mapping[str, str]) -> list[Line]:
    try:
        token = installations.token(row, seal_of(settings))
    except (Unreadable, LifError):
        return [(False, f"Slack workspace {row.team}: {OTHER_KEY}")]
    return await check_workspace(settings, row.team, token, channels)
