"""The playground as any of the five partnerships, each in a database file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError
from sqlmodel import SQLModel

from lifbot import profiles
from lifbot.errors import LifError
from lifbot.playground import Playground
from lifbot.settings import Settings
from operations import stage
from storage.clock import WorldClock
from storage.db import Database
from tests.partnership_worlds import cast_of

CHANNELS = {
    "kirklees": ["safeguarding-effectiveness", "learning-and-development", "serious-practice-review", "business-group"],
    "leeds": [
        *("lscp-learning-and-development-group", "secure-settings"),
        *("child-death-overview-panel", "task-and-delivery-groups"),
    ],
    "wakefield": [
        *("safeguarding-effectiveness-subgroup", "learning-and-development-subgroup"),
        *("child-safeguarding-practice-review-group", "wscp-executive"),
    ],
    "west-sussex": ["learning-from-practice-group", "quality-and-improvement-group", "exploitation-group"],
    "wolverhampton": [
        *("quality-assurance-committee", "quality-and-performance-committee"),
        *("joint-learning-and-development-committee", "scr-committee", "sar-committee"),
    ],
}


def opened(settings: Settings) -> Playground:
    """Open a playground on its database."""
    db = Database(settings.database_url)
    SQLModel.metadata.create_all(db.engine)
    try:
        playground = stage.set_up(db, WorldClock(db, travel=True), settings)
        playground.stage.workspace.close()
        return playground
    finally:
        db.close()


def test_each_of_the_five_has_its_own_people_and_channels(tmp_path: Path) -> None:
    assert get_args(Settings.model_fields["lifbot_playground"].annotation) == profiles.names()
    for name in profiles.names():
        it = opened(
            Settings.model_validate({"lifbot_playground": name, "database_url": f"sqlite:///{tmp_path / name}.db"})
        )
        cast = it.stage.workspace.cast
        assert [channel.name for channel in cast.channels] == [*CHANNELS[name], "new-group"]
        assert cast.people[-1].name == "Eve Marsh"
        titles = {person.title for person in cast.people}
        chairs = {title for title in titles if title.startswith(("Partnership chair", "Chair, Wolverhampton"))}
        assert len(chairs) == (2 if name == "wolverhampton" else 1), titles
        assert "Business unit" in titles
        assert len({person.id for person in cast.people}) == len(cast.people)


def test_leeds_has_its_eleven_agencies_each_with_a_link() -> None:
    leeds = cast_of("leeds")
    assert tuple(agency.name for agency in leeds.agencies) == profiles.load("leeds").agencies
    links = {person.id: person for person in leeds.people}
    assert all(links[agency.ld_link or ""].agency == agency.id for agency in leeds.agencies)
    away = [person for person in leeds.people if not person.slack]
    assert [(person.agency, bool(person.email)) for person in away] == [("wetherby", True)]
    assert [agency.id for agency in leeds.agencies if agency.ld_deputy] == ["ltht"]


def test_another_partnerships_playground_has_a_file_of_its_own() -> None:
    leeds = {"lifbot_playground": "leeds"}
    assert Settings.model_validate({}).database_url == "sqlite:///lifbot.db"
    assert Settings.model_validate(leeds).database_url == "sqlite:///lifbot-leeds.db"
    assert Settings.model_validate({**leeds, "database_url": "sqlite:///mine.db"}).database_url == "sqlite:///mine.db"
    with pytest.raises(ValidationError):
        Settings.model_validate({"lifbot_playground": "bradford"})


def test_a_database_with_another_partnership_in_it_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'lifbot.db'}"
    opened(Settings(database_url=url))
    with pytest.raises(LifError, match="The database holds Kirklees"):
        opened(Settings(lifbot_playground="leeds", database_url=url))
    assert opened(Settings(database_url=url)).stage.workspace.cast.channels[0].name == "safeguarding-effectiveness"
