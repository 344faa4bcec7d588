"""A notice from its form to its withdrawal in the running program: on Slack's wire, and in Teams."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lifbot.playground import deeds
from tests.slack_limits import check
from tests.teams_limits import check_card
from tests.teams_world import CHANNEL, TeamsWorld, teams_world
from tests.world import SE, World, world

DN = "DN-2026-001"
TICKS = ("no_detail", "no_hold", "welfare", "told", "quality")
WRITTEN = {
    "title": "Information sharing",
    "product": "briefing",
    "summary": "What to share with whom, and when.",
    "cascade_by": "6 February",
    "link": "https://example.org/guide",
}


async def test_on_slack_from_the_form_to_the_withdrawal_with_a_restart_between(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        await deeds.say(w.playground.stage, "U0AMINA", SE, "/lif notice add")
        form = w.form("amina")
        assert check({name: value for name, value in form.items() if name != "id"}) == []
        assert await w.submits("amina", **WRITTEN) == {}
        saved = await w.settled_newest("amina")
        assert f"Saved as {DN}" in saved
        await w.clicks("amina", saved, "Ask somebody to check it…")
        assert await w.submits("amina", ask="@amina") != {}
        assert await w.submits("amina", ask="@ben") == {}
        await w.settled_newest("amina")
        await _confirmed(w, ["yes"])
        told = (await _told(w, "2026-01-09T10:05:00+00:00", "amina"))[-1]
        await w.clicks("amina", told, "At a time…")
        assert await w.submits("amina", at="2026-01-08 09:00") != {}
        assert await w.submits("amina", at="2026-01-09 11:00") == {}
        await w.settled_newest("amina")
        await w.stop()
        await w.start()
        await w.live_until("2026-01-09T11:01:00+00:00")
        (post,) = w.posts()
        assert "For practitioners; not for publication." in post
        assert not any(name in post.text for name in ("Amina", "Ben"))
        await _changed_and_withdrawn(w, post)


async def _confirmed(w: World, yes: Any) -> None:
    (asked,) = await _told(w, "2026-01-09T10:03:00+00:00", "ben")
    assert "What to share with whom" in asked
    await w.clicks("ben", asked, "Check it…")
    assert await w.submits("ben", **dict.fromkeys(TICKS, yes)) == {}
    assert "Thank you. You have confirmed" in await w.settled_newest("ben", "dm")


async def _told(w: World, moment: str, who: str) -> list[Any]:
    await w.live_until(moment)
    return w.dms(who)


async def _changed_and_withdrawn(w: World, post: Any) -> None:
    """Edit and withdraw: the one post shows it, and there is no other."""
    await w.types("amina", f"/lif notice edit {DN} link:https://example.org/newer")
    (asked,) = await _told(w, "2026-01-09T11:03:00+00:00", "ben")
    assert "example.org/newer" in str(asked.message.blocks)
    assert "example.org/newer" not in str(w.as_it_stands(post).message.blocks), "nobody has checked where it leads"
    await w.clicks("ben", asked, "Check it…")
    assert await w.submits("ben", **{tick: ["yes"] for tick in TICKS}) == {}
    await w.live_until("2026-01-09T11:05:00+00:00")
    now = w.as_it_stands(post)
    assert "example.org/newer" in str(now.message.blocks)
    assert "Edited on 9 January 2026" in now
    await w.types("amina", f"/lif notice withdraw {DN} because the guidance has changed")
    await w.live_until("2026-01-09T11:10:00+00:00")
    assert "This notice was withdrawn on 9 January 2026" in w.as_it_stands(post)
    assert w.posts() == []
    for who in ("amina", "ben", "cleo"):
        w.dms(who)
    (notice,) = (await w.export())["notices"]
    assert (notice["status"], notice["checker"], notice["confirmed"]) == ("withdrawn", "ben", list(TICKS))
    assert "What to share" not in w.log()


async def test_in_teams_it_is_posted_and_drawn_anew(tmp_path: Path) -> None:
    async with teams_world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.install("amina", "ben", "cleo", "dev")
        await w.live_until("2026-01-09T10:00:00+00:00")
        typed = " ".join(f"{name}:{value}" for name, value in WRITTEN.items() if name != "title")
        saved = await w.types("amina", f"/lif notice add {WRITTEN['title']} {typed}")
        await w.clicks("amina", saved, "Edit…")
        assert check_card(w.form("amina").card) == []
        await w.submits("amina")  # nothing is changed
        await w.types("amina", f"/lif notice check {DN} ask:<@U0BEN>")
        (asked,) = await _told(w, "2026-01-09T10:03:00+00:00", "ben")
        await w.clicks("ben", asked, "Check it…")
        assert "Not confirmed yet" in str(await w.submits("ben"))
        await w.submits("ben", **dict.fromkeys(TICKS, "yes"))
        await w.types("amina", f"/lif notice publish {DN}")
        await w.live_until("2026-01-09T10:10:00+00:00")
        _read(w)
        await w.types("amina", f"/lif notice edit {DN} by:20 February")
        await w.live_until("2026-01-09T10:15:00+00:00")
        assert "20 February 2026" in _stands(w)
        await w.types("amina", f"/lif notice withdraw {DN} because the guidance has changed")
        await w.live_until("2026-01-09T10:20:00+00:00")
        assert "This notice was withdrawn on 9 January 2026" in _stands(w)
        _read(w)


def _stands(w: TeamsWorld) -> Any:
    """The notice as it stands in the channel: there is one post of it."""
    w.posts()
    (only,) = [each for each in w._shown(CHANNEL) if each.is_post]
    return only


def _read(w: TeamsWorld) -> None:
    w.posts()
    for who in ("amina", "ben", "cleo", "dev"):
        w.dms(who)
