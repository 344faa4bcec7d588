"""`bot.py check` for Teams: what is right between here and Microsoft, and who has not added lifbot yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import pytest

from lifbot.partnership_file import read
from lifbot.settings import Settings
from lifbot.teams.references import Reference
from operations.check import check
from storage import references
from storage.clock import real
from storage.setup import apply
from tests.fake_teams import BOT, CLIENT, SECRET, TENANT, FakeTeams, fake_teams
from tests.ready import with_tables
from tests.teams_world import CHANNEL, directory_id, file_with
from tests.world import PEOPLE

EVERYBODY = frozenset(PEOPLE)


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with fake_teams() as teams:
        yield teams


@pytest.fixture
def loaded(database_url: str) -> str:
    """A database with a partnership that is wholly in Teams, where Ben and the channel have added lifbot."""
    db = with_tables(database_url)
    here = {"tenant": TENANT, "service_url": "https://smba.example.org/uk/", "bot": BOT}
    with db.begin() as session:
        apply(session, read(file_with(EVERYBODY)), real(), remove=False)
        for each in (
            Reference(**here, conversation="a:ben", who=directory_id("ben")),
            Reference(**here, conversation=CHANNEL, channel=CHANNEL),
        ):
            references.keep(session, asdict(each), real())
    db.close()
    return database_url


def settings(url: str, teams: FakeTeams, **more: Any) -> Settings:
    known: dict[str, Any] = {
        "_env_file": None,
        "database_url": url,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "tenant_id": TENANT,
        "teams_openid_metadata_url": f"{teams.url}/openid",
        "teams_token_url": f"{teams.url}/token",
    }
    return Settings(**{**known, **more})


async def told(settings: Settings) -> list[tuple[bool, str]]:
    """What is said of Teams."""
    return [(good, text) for good, text in await check(settings) if text.startswith("Teams")]


async def test_each_thing_has_its_line(loaded: str, teams: FakeTeams) -> None:
    assert await told(settings(loaded, teams)) == [
        (True, "Teams, kirklees: 1 of 4 people and 1 of 1 groups are reached."),
        (
            False,
            "Teams, kirklees: lifbot was not added by amina, cleo, dev, so their messages wait. "
            "In Teams: Apps, lifbot, Add.",
        ),
        (True, "Teams credentials: good."),
        (True, "Teams keys: read."),
        (True, f"Teams tenants: {TENANT}."),
    ]
    assert not any("Slack" in text for _, text in await check(settings(loaded, teams)))


async def test_credentials_that_microsoft_refuses(loaded: str, teams: FakeTeams) -> None:
    teams.answer("POST /token", {"error": "invalid_client"}, status=401)
    lines = await told(settings(loaded, teams))
    assert any(not good and "Microsoft refuses CLIENT_ID with CLIENT_SECRET" in text for good, text in lines)
    assert not any(SECRET in text for _, text in lines)


async def test_a_microsoft_that_does_not_answer(loaded: str, teams: FakeTeams) -> None:
    teams.answer("POST /token", "busy", status=503)
    teams.answer("GET /openid", "busy", status=503)
    wrong = [text for good, text in await told(settings(loaded, teams)) if not good]
    assert any("Microsoft could not be asked (token: http_503)" in text for text in wrong)
    assert any("so nobody is let in. Check TEAMS_OPENID_METADATA_URL" in text for text in wrong)


async def test_a_tenant_that_only_one_side_names(loaded: str, teams: FakeTeams) -> None:
    wrong = [text for good, text in await told(settings(loaded, teams, tenant_id="another")) if not good]
    assert f"Teams tenant {TENANT}: kirklees has it as teams_tenant, but TENANT_ID does not" in "\n".join(wrong)
    assert "Teams tenant another: no partnership has it as teams_tenant" in "\n".join(wrong)


async def test_what_is_missing_in_the_settings(loaded: str, teams: FakeTeams) -> None:
    lines = await told(settings(loaded, teams, tenant_id=None))
    assert any(not good and "CLIENT_ID is set, but TENANT_ID" in text for good, text in lines)
