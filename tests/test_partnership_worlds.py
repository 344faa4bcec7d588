"""Partnerships at work: an action is logged in one of their groups, and its owner is reminded.

Leeds and Wakefield have stories of their own: tests/test_story_of_leeds.py, tests/test_story_of_wakefield.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership_worlds import partnership, read_all
from tests.world import World

# Who chairs a group, in its channel; whose action it is; its first reference.
FIVE = {
    "kirklees": ("ben", "C0SE", "cleo", "SE-2026-001"),
    "west-sussex": ("judith", "C0LP", "elena", "LP-2026-001"),
    "wolverhampton": ("lewis", "C0QP", "ivan", "QP-2026-001"),
}


@pytest.mark.parametrize(("which", "platform"), [*((which, "slack") for which in FIVE), ("wolverhampton", "teams")])
async def test_an_action_is_logged_and_its_owner_reminded(which: str, platform: str, tmp_path: Path) -> None:
    chair, channel, owner, ref = FIVE[which]
    async with partnership(which, tmp_path, platform) as w:
        await w.live_until("2026-01-16T10:00:00+00:00")
        read_all(w)
        typed = f"/lif action add Audit how learning was shared owner:<@U0{owner.upper()}> due:6 February"
        assert f"Saved as {ref}, due 6 February 2026." in await w.types(chair, typed, channel)
        await w.live_until("2026-01-23T09:00:00+00:00")
        said = read_all(w)
        assert any(f"{ref} is due on 6 February 2026" in text for text in said[owner]), said
        assert "eve" not in said
        if which == "wolverhampton":
            assert "Adults" in await w.types(chair, f"/lif action show {ref}", channel)
            await a_duty_is_started(w)


async def a_duty_is_started(w: World) -> None:
    """Stella looks at what comes round, and starts the first of it."""
    listed = await w.types("stella", "/lif duty list", "C0JLD")
    assert "Section 175/157 audit of schools, how often is still to be said" in listed
    assert "Annual report of the Children Board, every year" in listed
    assert "Say how often…" not in listed.buttons
    await w.clicks("stella", listed, "Start…")
    errors = await w.submits("stella", due="30 September", owner="@nina")
    assert not errors
    saved = await w.settled_newest("stella", "C0JLD")
    assert "Saved as JLD-2026-001, due 30 September 2026." in saved
    assert "It repeats every year." in saved
    again = await w.types("stella", "/lif duty list", "C0JLD")
    assert "JLD-2026-001 is due on 30 September 2026" in again
