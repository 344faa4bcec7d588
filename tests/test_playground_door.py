"""Who and what the playground's page lets in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.playground_world import BEN, SE, World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "playground.example"}, 421),
        ({"Host": "127.0.0.1.example:3000"}, 421),
        ({"Origin": "http://playground.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "text/plain"}, 400),
        ({}, 200),
    ],
)
async def test_only_the_playgrounds_own_page_is_let_in(world: World, headers: dict[str, str], status: int) -> None:
    said = b'{"as": "U0BEN", "place": "C0SE", "text": "hello"}'
    sent = {"Content-Type": "application/json", **headers}
    assert (await world.page.post("/playground/say", content=said, headers=sent)).status_code == status
    assert await world.texts(BEN, SE) == (["hello"] if status == 200 else [])


@pytest.mark.parametrize("told", [b"", b"[]", b"{}", b'{"as": "U0NOBODY", "place": "C0SE", "text": "x"}', b"\0"])
async def test_a_page_that_talks_nonsense_changes_nothing(world: World, told: bytes) -> None:
    answer = await world.page.post("/playground/say", content=told, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert await world.texts(BEN, SE) == []


async def test_an_empty_and_a_far_too_long_message_are_refused(world: World) -> None:
    assert (await world.say(BEN, SE, "  \n"))["error"] == "no_text"
    assert (await world.say(BEN, SE, "x" * 12_001))["error"] == "msg_too_long"
