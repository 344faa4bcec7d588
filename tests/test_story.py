"""The main job, from a meeting to an escalation, as Ben, Cleo, Grace and Dev live it."""

from __future__ import annotations

from pathlib import Path

from tests.world import World, world


async def log_three_actions(w: World) -> None:
    """Ben logs three: one typed, one by form with "next meeting", one without a date, which is asked about."""
    typed = await w.types("ben", "/lif action add Audit MASH thresholds owner:<@U0CLEO> due:27 February")
    assert "SE-2026-001" in typed
    assert "27 February 2026" in typed

    await w.types("ben", "/lif action add")
    errors = await w.submits("ben", text="Review the MARF form", owner="@cleo", due="Q3")
    assert "due" in errors
    assert not await w.submits("ben", text="Review the MARF form", owner="@cleo", due="next meeting")
    by_form = await w.settled_newest("ben")
    assert "SE-2026-002" in by_form
    assert "12 March 2026" in by_form

    asked = await w.types("ben", "/lif action add Review the neglect toolkit owner:@cleo")
    assert "By when?" in asked
    assert len((await w.export())["items"]) == 2
    await w.clicks("ben", asked, "In a month (9 February 2026)")
    saved = await w.settled_newest("ben")
    assert "SE-2026-003" in saved
    assert "9 February 2026" in saved


async def test_from_a_meeting_to_an_escalation(database_url: str, tmp_path: Path) -> None:
    """The whole story on the wire, with the export agreeing at each step."""
    async with world(database_url, tmp_path) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        await log_three_actions(w)
        await w.live_until("2026-01-09T10:10:00+00:00")
        (told,) = w.dms("cleo")
        assert all(f"SE-2026-00{number}" in told for number in (1, 2, 3))

        await w.live_until("2026-01-26T08:59:00+00:00")
        assert not w.dms("cleo")
