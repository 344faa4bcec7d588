"""Commands are told in Teams as they are typed there; what people wrote stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commands import COMMANDS, SECTIONS
from lifbot import notices
from lifbot.manual import help_message
from lifbot.message import Fine, ItemCard, Message, Quote, Say
from lifbot.policy.agenda import Matters
from lifbot.teams import render
from lifbot.teams.typed import words
from tests.teams_limits import bare, texts

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def shown(msg: Message, *, place_is_channel: bool = False) -> str:
    """Return everything that can be read of a message in Teams."""
    drawn = render.message(msg, place_is_channel=place_is_channel)
    return bare("\n".join([drawn["summary"], *texts(drawn), drawn["attachments"][0]["content"]["fallbackText"]]))


@pytest.mark.parametrize("about", ["", *(command.words for command in COMMANDS)])
def test_help_names_every_command_as_it_is_typed_in_teams(about: str) -> None:
    told = shown(help_message(SECTIONS, about))
    assert "/lif" not in told
    assert (about or "action add") in told


def test_in_a_channel_lifbot_is_mentioned_first() -> None:
    agenda = notices.agenda("Safeguarding Effectiveness", "12 March 2026", Matters((), (), (), (), ()))
    assert "the chair types @lifbot meeting close to record" in shown(agenda, place_is_channel=True)
    assert "the chair types meeting close to record" in shown(agenda)


def test_what_people_wrote_stays_as_it_is() -> None:
    own = "Please type /lif help"
    told = shown(Message((ItemCard("SE-2026-001", own, "due"), Quote(own), Say("Type /lif help"), Fine("/lif undo"))))
    assert told.count(own) == 6  # in the item and in the quotation: of the card, the notification and the fallback
    assert "Type help" in told


@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ("Type /lif help to see", "Type help to see"),
        ("/lif action add …", "action add …"),
        ("https://example.org/lif help", "https://example.org/lif help"),
        ("the lifbot of /life", "the lifbot of /life"),
    ],
)
def test_only_the_command_itself_changes(told: str, typed: str) -> None:
    assert words(told) == typed
