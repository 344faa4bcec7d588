"""One's own page in Microsoft Teams: a card that is drawn anew in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.teams_world import Shown, TeamsWorld, teams_world


async def drawn_anew(w: TeamsWorld, page: Shown, *words: str) -> Shown:
    """Return Ben's card, once it stands in its old place with these words."""
    shown: Shown = page
    for _ in range(100):
        shown = await w.settled_newest("ben", "dm")
        if shown.id == page.id and all(each in shown for each in words):
            return shown
        await asyncio.sleep(0.05)
    raise AssertionError(f"the card says {shown.text}")


async def test_a_chairs_card_answers_in_its_place(tmp_path: Path) -> None:
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await w.live_until("2026-01-09T10:00:00+00:00")
        for what in ("Audit MASH thresholds", "Review the MARF form"):
            await w.types("ben", f"/lif action add {what} owner:<@U0CLEO> due:26 January")
        for ref in ("SE-2026-001", "SE-2026-002"):
            await w.says("cleo", f"{ref} done: 40 staff trained")
        page = await w.says("ben", "mine")
        assert "2 wait for your decision." in page
        await w.clicks("ben", page, "Sign off all (2)")
        signed = await drawn_anew(w, page, "Signed off 2. Thank you.", "Nothing is waiting for you.")
        await w.clicks("ben", signed, "Undo all")
        undone = await drawn_anew(w, page, "Undone for", "2 wait for your decision.")
        await w.clicks("ben", undone, "Return…")
        await drawn_anew(w, page, "Return", "The owner and the chair will see it.")
        assert not await w.submits("ben", text="Please add the figures")
        returned = await drawn_anew(w, page, "goes back to Cleo Hart with your note.", "1 waits for your decision.")
        await w.clicks("ben", returned, "Settings…")
        await drawn_anew(w, page, "My settings")
        assert not await w.submits("ben", reminders="14:00", digest="no")
        await drawn_anew(w, page, "Your settings are saved.", "Reminders at 14:00 on working days")
        for who in ("amina", "ben", "cleo", "dev"):
            w.dms(who)
        w.posts()
