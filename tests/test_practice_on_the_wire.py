"""Strong practice and the difference an action made, over Slack's wire and through the scheduler."""

from __future__ import annotations

from pathlib import Path

from tests.world import world


async def test_from_strong_practice_to_what_difference_it_made(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        logged = "/lif action add Audit MASH thresholds owner:<@U0CLEO> due:31 March success:fewer repeats"
        assert "SE-2026-001" in await w.types("ben", logged)
        await w.types("ben", "/lif practice add")
        given = {"text": "Joint home visits", "owner": "@cleo", "spread_to": "all districts", "due": "27 February"}
        assert not await w.submits("ben", **given)
        assert "SE-2026-002, to spread by 27 February 2026" in await w.settled_newest("ben")
        await w.types("cleo", "/lif practice spread SE-2026-002 all four districts use it")
        await w.types("cleo", "/lif action done SE-2026-001 40 files audited")
        for ref in ("SE-2026-001", "SE-2026-002"):
            assert f"Signed off {ref}" in await w.types("ben", f"/lif action signoff {ref}")
        await w.live_until("2026-04-09T08:01:00+00:00")  # nine o'clock in summer time
        *_, asked = w.dms("cleo")
        assert "SE-2026-001 was signed off on 9 January 2026. What difference has it made?" in asked
        assert "Agreed as success: fewer repeats" in asked
        assert asked.buttons == ["Answer…", "Ask me in a month", "Show"]
        await w.clicks("cleo", asked, "Answer…")
        told = {"how_much": "40 files", "difference": "Repeats fell by a third", "embedded": "partly"}
        told["evidence_type"] = "Inspections"  # of those that the profile names
        assert not await w.submits("cleo", **told)
        assert "I will ask again on 9 October 2026." in await w.settled_newest("cleo", "dm")
        log = await w.export()
        assert [row["spread_on"] for row in log["practice"]] == ["2026-01-09"]
        assert [row["embedded"] for row in log["items"]] == ["partly"]
        assert log["items"][0]["impacts"][0]["evidence_type"] == "Inspections"
        for who in ("amina", "ben"):
            w.dms(who)
        w.posts()
