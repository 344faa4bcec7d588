"""A request and a challenge over the platforms' wires: asked, answered by form and by words, reminded, settled."""

from __future__ import annotations

from pathlib import Path

from tests.teams_world import teams_world
from tests.world import World, world


async def asked_and_answered(w: World) -> None:
    """Ben asks two agencies; Cleo answers for hers by the form, Amina by words after the reminder."""
    await w.live_until("2026-01-09T10:00:00+00:00")
    said = await w.types("ben", "/lif request add Confirm that staff were briefed agencies:council, icb due:16 January")
    assert "Saved as AR-2026-001, due 16 January 2026" in said
    await w.live_until("2026-01-09T10:05:00+00:00")
    (to_cleo,) = w.dms("cleo")
    assert "asks West Yorkshire ICB for assurance by 16 January 2026" in to_cleo
    assert {"Answer…", "Show"} <= set(to_cleo.buttons)
    (to_amina,) = w.dms("amina")
    assert "asks Kirklees Council" in to_amina
    await w.clicks("cleo", to_cleo, "Answer…")
    assert not await w.submits("cleo", text="Every team, in March", evidence="https://example.org/briefing")
    thanks = await w.settled_newest("cleo", "dm")
    assert "The answer of West Yorkshire ICB to AR-2026-001 is recorded" in thanks
    await w.live_until("2026-01-13T09:00:00+00:00")
    (reminder,) = w.dms("amina")
    assert "AR-2026-001 asks Kirklees Council for assurance: due 16 January 2026." in reminder
    assert not w.dms("cleo")
    assert "is recorded" in await w.says("amina", "All teams heard of it in supervision")
    await w.live_until("2026-01-13T09:05:00+00:00")
    (told,) = w.dms("ben")
    assert "All agencies have answered AR-2026-001." in told
    (row,) = (await w.export())["requests"]
    assert [(each["agency"], each["status"]) for each in row["answers"]] == [
        ("council", "answered"),
        ("icb", "answered"),
    ]
    w.posts()


async def challenged_and_settled(w: World) -> None:
    """Ben challenges the ICB; Cleo responds in her own words; Ben settles it by a button."""
    said = await w.types("ben", "/lif challenge add Does supervision reach night staff? to:icb due:next meeting")
    assert "Saved as SE-2026-001, due 12 March 2026" in said
    await w.live_until("2026-01-13T09:15:00+00:00")
    (news,) = w.dms("cleo")
    assert "You are asked to respond to the challenge SE-2026-001" in news
    assert "Respond…" in news.buttons
    assert "is recorded" in await w.says("cleo", "Each month since May, on every ward")
    await w.live_until("2026-01-13T09:25:00+00:00")
    (response,) = w.dms("ben")
    assert "Each month since May, on every ward" in response
    await w.clicks("ben", response, "Resolved…")
    assert not await w.submits("ben", because="The figures show it")
    assert "SE-2026-001 is resolved" in await w.settled_newest("ben", "dm")
    await w.live_until("2026-01-13T09:35:00+00:00")
    (end,) = w.dms("cleo")
    assert "The challenge SE-2026-001 is resolved. Thank you." in end
    (row,) = (await w.export())["challenges"]
    assert (row["state"], row["outcome_reason"]) == ("resolved", "The figures show it")
    w.posts()
    for who in ("amina", "ben", "cleo", "dev"):
        w.dms(who)


async def test_in_slack(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await asked_and_answered(w)
        await challenged_and_settled(w)


async def test_in_teams(tmp_path: Path) -> None:
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await asked_and_answered(w)
        await challenged_and_settled(w)
