"""One's own page in Microsoft Teams: a card that is drawn anew in its place."""

from __future__ import annotations

from pathlib import Path

from tests.teams_world import teams_world


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
        signed = await w.settled_newest("ben", "dm")
        assert signed.id == page.id, "the same card"
        assert "Signed off 2. Thank you." in signed
        assert "Nothing is waiting for you." in signed
        await w.clicks("ben", signed, "Undo all")
        undone = await w.settled_newest("ben", "dm")
        assert undone.id == page.id
        assert "2 wait for your decision." in undone
        await w.clicks("ben", undone, "Return…")
        assert not await w.submits("ben", text="Please add the figures")
        returned = await w.settled_newest("ben", "dm")
        assert returned.id == page.id, "the form, and then its answer, stood in the card's place"
        assert "goes back to Cleo Hart with your note." in returned
        assert "1 waits for your decision." in returned
        await w.clicks("ben", returned, "Settings…")
        assert not await w.submits("ben", reminders="14:00", digest="no")
        assert "Reminders at 14:00 on working days" in await w.settled_newest("ben", "dm")
        for who in ("amina", "ben", "cleo", "dev"):
            w.dms(who)
        w.posts()
