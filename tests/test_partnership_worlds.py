"""Each partnership at work: an action is logged in one of its groups, and its owner is reminded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership_worlds import partnership, read_all

# Who chairs a group, in its channel; whose action it is; its first reference. The others have stories of their own.
THESE = {
    "leeds": ("sam", "C0LD", "tom", "LD-2026-001"),
    "wakefield": ("kate", "C0SEG", "nora", "SEG-2026-001"),
}


@pytest.mark.parametrize("which", THESE)
async def test_an_action_is_logged_and_its_owner_reminded(which: str, tmp_path: Path) -> None:
    chair, channel, owner, ref = THESE[which]
    async with partnership(which, tmp_path) as w:
        await w.live_until("2026-01-16T10:00:00+00:00")
        read_all(w)
        typed = f"/lif action add Audit how learning was shared owner:<@U0{owner.upper()}> due:6 February"
        assert f"Saved as {ref}, due 6 February 2026." in await w.types(chair, typed, channel)
        await w.live_until("2026-01-23T09:00:00+00:00")
        said = read_all(w)
        assert any(f"{ref} is due on 6 February 2026" in text for text in said[owner]), said
        assert "eve" not in said
