"""Kirklees' own story: strong practice first, a challenge that reaches the partnership chair, a recommendation.

Grace's practice is to spread; Cleo of the ICB challenges the schools, for whom Harry responds; Dev chairs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.partnership_worlds import PLATFORMS, in_order, one_of, partnership, read_all
from tests.world import World

PRACTICE, CHALLENGE, RECOMMENDED = "SE-2026-001", "SE-2026-002", "SPR-2026-001"
ASKED = "How do you know that learning from audits reaches supply teachers?"


async def what_works_well(w: World) -> None:
    """Ben logs strong practice by the same principles as an action: an owner, a date, and where it should spread."""
    said = await w.types(
        "ben",
        "/lif practice add Joint home visits in the first week owner:<@U0GRACE> spread-to:all districts "
        "agencies:Locala, Schools due:30 June",
        "C0SE",
    )
    assert f"Saved as {PRACTICE}, to spread by 30 June 2026." in said
    assert "Thank you for sharing what works." in said


async def a_challenge_and_what_is_none(w: World) -> None:
    """Cleo challenges the schools; Grace's disagreement about one child's case is pointed elsewhere, and not kept."""
    said = await w.types("cleo", f"/lif challenge add {ASKED} to:schools due:27 February", "C0SE")
    assert f"Saved as {CHALLENGE}, due 27 February 2026. Kirklees Schools is asked to respond." in said
    case = "We disagree with the decision not to hold a strategy meeting for this child"
    said = await w.types("grace", f"/lif challenge add {case} to:council due:next meeting", "C0SE")
    assert "so nothing was kept. Please use your local procedure for resolving professional disagreement" in said
    assert [row["ref"] for row in (await w.export())["challenges"]] == [CHALLENGE]
    assert "strategy meeting" not in w.log()


async def a_reviews_recommendation(w: World) -> None:
    """Harry logs what a review recommends, which needs success criteria, asked for by a form."""
    added = "/lif source add Serious Practice Review: early help own:SPR 4 started:6 January 2026 themes:neglect"
    assert "Saved as LR-2026-001" in await w.types("amina", added, "C0SPR")
    typed = "/lif recommendation add Brief every school on early help owner:<@U0CLEO> due:30 January source:SPR 4"
    asked = await w.types("harry", typed, "C0SPR")
    assert "What LR-2026-001 recommends needs success criteria." in asked
    await w.clicks("harry", asked, "Add success criteria…")
    assert not await w.submits("harry", success_criteria="9 of 10 heads say that staff know the offer")
    assert f"Saved as {RECOMMENDED}, due 30 January 2026." in await w.settled_newest("harry", "C0SPR")


async def a_duty_of_every_quarter(w: World) -> None:
    """Ben starts the quarterly report that each subgroup owes."""
    listed = await w.types("ben", "/lif duty list", "C0SE")
    assert "Quarterly subgroup report, every quarter · each subgroup to Business Group: not started." in listed
    await w.clicks("ben", listed, "Start…")
    assert not await w.submits("ben", due="31 March", owner="@amina", group="se")
    saved = await w.settled_newest("ben", "C0SE")
    assert "Saved as SE-2026-003, due 31 March 2026." in saved
    assert "It repeats every quarter." in saved


async def the_response_does_not_resolve_it(w: World) -> None:
    """Harry responds for the schools by the form; Cleo says that the challenge remains, and why."""
    await w.live_until("2026-01-16T10:10:00+00:00")
    to_grace = one_of(w.dms("grace"), PRACTICE)
    assert f"You are now the accountable owner of {PRACTICE}, strong practice that is to spread by 30 June" in to_grace
    assert {"I'll take it", "It has spread"} <= set(to_grace.buttons)
    to_harry = one_of(w.dms("harry"), f"You are asked to respond to the challenge {CHALLENGE} by 27 February 2026.")
    await w.clicks("harry", to_harry, "Respond…")
    assert not await w.submits("harry", text="Supply teachers read the newsletter, we think")
    assert f"The response to {CHALLENGE} is recorded" in await w.settled_newest("harry", "dm")
    await w.live_until("2026-01-16T10:20:00+00:00")
    to_cleo = one_of(w.dms("cleo"), f"There is a response to the challenge {CHALLENGE}. Does it resolve it?")
    assert "Supply teachers read the newsletter, we think" in to_cleo
    await w.clicks("cleo", to_cleo, "Still remains…")
    assert not await w.submits("cleo", because="nobody has checked")
    remains = await w.settled_newest("cleo", "dm")
    assert "It goes to the next agenda of Safeguarding Effectiveness Subgroup, for discussion." in remains


async def two_meetings_pass(w: World) -> None:
    """What the review recommends goes to Dev after two meetings of its group; he gives it back with a note."""
    await w.live_until("2026-03-05T09:00:00+00:00")
    said = one_of(w.dms("dev"), f"{RECOMMENDED} (agency: West Yorkshire ICB) is still open after two meetings.")
    assert "This reflects delay in the action, not on any person." in said
    answer = await w.says("dev", "return to group please agree a date with the heads")
    assert f"{RECOMMENDED} goes back to Serious Practice Review Subgroup with your note." in answer


async def at_the_meeting(w: World) -> Any:
    """Strong practice comes first in the digest and on the agenda, then the challenge; the group discusses it."""
    w.posts("C0SE")
    await w.live_until("2026-03-12T11:00:00+00:00")
    posts = w.posts("C0SE")
    assert in_order(one_of(posts, "Weekly digest"), "Strong practice", "Open", "Challenges: 1 open: 1 remains.")
    agenda = one_of(posts, "Matters arising")
    assert in_order(agenda, "Strong practice (1)", PRACTICE, "Challenges (1)", CHALLENGE)
    assert "To Kirklees Schools: remains (16 January 2026)" in agenda
    assert not [name for name in ("Grace", "Harry", "Cleo") if name in agenda.text]
    closed = await w.types("ben", f"/lif meeting close {CHALLENGE}: schools will ask all supply agencies", "C0SE")
    assert "1 discussed" in closed
    w.dms("cleo")
    assert not [each for each in w.dms("dev") if CHALLENGE in each], "nobody is asked before the discussion"
    await w.live_until("2026-03-12T11:10:00+00:00")
    return one_of(w.dms("cleo"), f"The group has discussed the challenge {CHALLENGE}. Is it resolved?")


async def it_reaches_the_partnership_chair(w: World, asked: Any) -> None:
    """It still remains, so Dev is asked for help with all that was said, and decides; those it concerns are told."""
    await w.clicks("cleo", asked, "Still remains…")
    assert not await w.submits("cleo", because="no date is set")
    assert "The partnership chair is asked for help now." in await w.settled_newest("cleo", "dm")
    await w.live_until("2026-03-12T11:20:00+00:00")
    (said,) = w.dms("dev")
    for words in (
        f"{CHALLENGE} (agency: Kirklees Schools) is a challenge that still remains after it was discussed.",
        "Response of Kirklees Schools: Supply teachers read the newsletter, we think",
        "It remains because no date is set",
        "The group discussed it on 12 March 2026:",
        "schools will ask all supply agencies",
        "raised, to be answered by 27 February 2026",
        "A challenge is about how an agency or a group works, not about any person.",
    ):
        assert words in said
    assert "returned:" not in said.text
    read_all(w)
    assert f"Your decision on {CHALLENGE} is recorded" in await w.says(
        "dev", "decide Head teachers bring figures in May"
    )
    await w.live_until("2026-03-12T11:30:00+00:00")
    for who in ("ben", "harry"):
        told = one_of(w.dms(who), f"The partnership chair has decided about {CHALLENGE}.")
        assert "Head teachers bring figures in May" in told
    listed = await w.types("ben", "/lif challenge list", "C0SE")
    assert "1 set: 1 decided by the partnership chair." in listed
    assert "Decision: Head teachers bring figures in May" in listed
    agenda = await w.types("ben", "/lif meeting agenda", "C0SE")
    assert "decided by the partnership chair (12 March 2026: Head teachers bring figures in May)" in agenda


async def how_the_log_has_it(w: World) -> None:
    """The export holds who, when and what."""
    log = await w.export()
    (practice,), (challenge,) = log["practice"], log["challenges"]
    assert (practice["owner"], practice["spread_to"], practice["agencies"]) == (
        "grace",
        "all districts",
        ["locala", "schools"],
    )
    assert (challenge["raised_by"], challenge["responded_by"], challenge["discussed_on"]) == (
        "cleo",
        "harry",
        "2026-03-12",
    )
    (asked,) = challenge["escalations"]
    assert (asked["to"], asked["decision"]) == ("dev", "Head teachers bring figures in May")
    assert challenge["state"] == "decided by the partnership chair"
    items = {row["ref"]: row for row in log["items"]}
    recommended = items[RECOMMENDED]
    assert recommended["success_criteria"] == "9 of 10 heads say that staff know the offer"
    assert recommended["source_ref"] == "LR-2026-001"
    assert [(row["reason"], row["decision"]) for row in recommended["escalations"]] == [
        ("two_cycles", "please agree a date with the heads")
    ]
    assert items["SE-2026-003"]["repeats_text"] == "every quarter"


async def the_story(w: World) -> None:
    """Live through all of it, on whichever platform this world is."""
    await w.live_until("2026-01-16T10:00:00+00:00")
    read_all(w)
    await what_works_well(w)
    await a_challenge_and_what_is_none(w)
    await a_reviews_recommendation(w)
    await a_duty_of_every_quarter(w)
    await the_response_does_not_resolve_it(w)
    await two_meetings_pass(w)
    await it_reaches_the_partnership_chair(w, await at_the_meeting(w))
    await how_the_log_has_it(w)
    assert "eve" not in read_all(w)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_strong_practice_and_a_challenge_that_reaches_the_chair(platform: str, tmp_path: Path) -> None:
    async with partnership("kirklees", tmp_path, platform) as w:
        await the_story(w)
