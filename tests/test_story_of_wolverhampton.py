"""Wolverhampton's own story: two Boards, a joint review found by its old name, and a note that asks what applies.

Gwen leads the SCR committee, Lewis the SAR committee; Beth chairs the Children Board, Abel the Adults Board.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership_worlds import PLATFORMS, in_order, one_of, partnership, read_all
from tests.world import World

REVIEW, NOTE = "LR-2026-001", "DN-2026-001"
JOINT, COUNCILS, ICBS, ADULTS = "SCR-2026-001", "SCR-2026-002", "SCR-2026-003", "SAR-2026-001"
CHILDREN_BOARD, ADULTS_BOARD = "Wolverhampton Safeguarding Children Board", "Wolverhampton Safeguarding Adults Board"
TICKS = ("no_detail", "no_hold", "welfare", "told", "quality")


async def a_joint_review(w: World) -> None:
    """A review of both Boards, found by its old name, and what they answer to its recommendation."""
    added = "/lif source add SPR: Transition to adulthood own:SCR 2 started:5 January 2026 concerns:joint"
    assert f"Saved as {REVIEW}." in await w.types("gwen", added, "C0SCR")
    table_top = "/lif source add Table Top Review: Self-neglect own:TTR 1 concerns:adult"
    assert "Saved as LR-2026-002." in await w.types("lewis", table_top, "C0SAR")
    for name in ("SPR", "SCR 2", "serious case review"):
        found = await w.types("gwen", f"/lif source list {name}", "C0SCR")
        assert REVIEW in found, name
        assert "LR-2026-002" not in found.text, name
    typed = "/lif recommendation add Agree one transition plan owner:<@U0NINA> due:27 February source:SCR 2 "
    assert f"Saved as {JOINT}" in await w.types("gwen", f"{typed} success:9 of 10 files hold one plan", "C0SCR")
    answered = f"/lif recommendation respond {JOINT} part because two agencies share a plan already"
    said = await w.types("gwen", answered, "C0SCR")
    assert f"accepted in part. It stands for {ADULTS_BOARD} and {CHILDREN_BOARD}." in said
    spread = await w.types("gwen", f"/lif recommendation spread {JOINT} council, ICB due:30 January", "C0SCR")
    assert f"2 actions under {JOINT}, due 30 January 2026." in spread
    shown = await w.types("gwen", "/lif source show SCR 2", "C0SCR")
    assert "response: accepted in part" in shown
    assert "By agency: Black Country ICB 1 action" in shown


async def what_other_committees_are_to_do(w: World) -> None:
    """A training need goes to the joint learning committee, the death panel's recommendation to another committee."""
    need = f"/lif action handoff {JOINT} Staff need training in transition to:JLD owner:<@U0HOLLY> due:next meeting"
    assert "Handed to Joint Learning and Development committee as JLD-2026-001" in await w.types("gwen", need, "C0SCR")
    panel = "/lif issue add The death panel asks for safer sleep advice owner:<@U0MEERA> due:next meeting"
    assert "Saved as SCR-2026-004" in await w.types("gwen", f"{panel} source:CDOP concerns:joint", "C0SCR")
    typed = "/lif action handoff SCR-2026-004 Brief adult services on safer sleep to:QP kind:recommendation "
    said = await w.types("gwen", f"{typed} owner:<@U0IVAN> due:next meeting", "C0SCR")
    assert "Handed to Quality and Performance Committee as QP-2026-001, due 19 March 2026." in said


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
    assert "Saved as JLD-2026-002, due 30 September 2026." in saved
    assert "It repeats every year." in saved
    again = await w.types("stella", "/lif duty list", "C0JLD")
    assert "JLD-2026-002 is due on 30 September 2026" in again


async def a_note_asks_what_applies(w: World, platform: str) -> None:
    """Carys writes what an audit taught; Gwen checks it; agencies say what applies and what they will do."""
    typed = "/lif notice add Strategy meetings product:Learning from Audit Briefing Note by:27 February "
    said = await w.types("carys", f"{typed} summary:What the audit found about attendance. groups:QAC", "C0QAC")
    assert f"Saved as {NOTE}, a draft" in said
    await w.types("carys", f"/lif notice check {NOTE} ask:<@U0GWEN>", "C0QAC")
    await w.live_until("2026-01-16T10:10:00+00:00")
    await w.clicks("gwen", one_of(w.dms("gwen"), "asks you to check this notice"), "Check it…")
    yes = ["yes"] if platform == "slack" else "yes"
    assert not await w.submits("gwen", **dict.fromkeys(TICKS, yes))
    await w.settled_newest("gwen", "dm")
    read_all(w)
    assert f"{NOTE} is published." in await w.types("carys", f"/lif notice publish {NOTE}", "C0QAC")
    await w.live_until("2026-01-16T10:20:00+00:00")
    (post,) = w.posts("C0QAC")
    assert "Agencies are asked: Please say what of it applies to you, and what you will do." in post
    assert not [name for name in ("Carys", "Gwen") if name in post.text]
    asked = {who: one_of(w.dms(who), "For ") for who in ("meera", "ivan", "pete", "tara", "holly")}
    await w.clicks("meera", asked["meera"], "Cascaded…")
    given = {"how": "team meeting", "to_whom": "social workers", "reach": "40"}
    assert not await w.submits("meera", **given, applies="Attendance: we will send a deputy")
    await w.settled_newest("meera", "dm")
    said = await w.says("gwen", f"{NOTE} cascaded in supervision to 12 sergeants")  # the Board member of the police
    assert "noted as cascaded" in said
    status = await w.types("carys", f"/lif notice status {NOTE}", "C0QAC")
    assert f"{NOTE}: 2 cascaded, 3 not confirmed yet of 5 agencies." in status
    assert "Attendance: we will send a deputy" in status


async def at_the_meetings(w: World) -> None:
    """Both committees' agendas and digests hold what is theirs."""
    await w.types(
        "lewis", "/lif action add Audit visits owner:<@U0TARA> due:27 February concerns:adult source:TTR 1", "C0SAR"
    )
    done = await w.says("carys", f"{ICBS} done: one plan is agreed")
    assert "is complete and waits for sign-off" in done
    assert f"Signed off {ICBS}" in await w.types("gwen", f"/lif action signoff {ICBS}", "C0SCR")
    read_all(w)
    await w.live_until("2026-02-02T12:00:00+00:00")
    posts = w.posts("C0JLD")
    agenda = one_of(posts, "Matters arising")
    assert in_order(agenda, "Handed over by another group (1)", "JLD-2026-001", "Staff need training")
    scr = w.posts("C0SCR")
    assert in_order(one_of(scr, "Matters arising"), "Past their date (1)", COUNCILS)
    assert f"({COUNCILS})" in [each for each in scr if "Weekly digest" in each][-1]
    sar = [each for each in w.posts("C0SAR") if "Weekly digest" in each][-1]
    assert "Next meeting: Wednesday 11 February 2026" in sar
    assert COUNCILS not in sar.text


async def both_chairs_are_asked(w: World) -> None:
    """Two meetings pass: both Boards' chairs are asked and each answers; what is for adults goes to Abel alone."""
    read_all(w)
    await w.live_until("2026-03-05T09:00:00+00:00")
    asks = f"{COUNCILS} (agency: City of Wolverhampton Council) is still open after two meetings."
    one_of(w.dms("beth"), asks)
    one_of(w.dms("abel"), asks)
    asked = f"/lif action escalate {ADULTS} because two trusts disagree about who leads"
    await w.types("lewis", asked, "C0SAR")
    await w.live_until("2026-03-05T09:10:00+00:00")
    assert "needs your help, its group's chair says" in one_of(w.dms("abel"), ADULTS)
    assert not w.dms("beth")
    read_all(w)
    assert "is recorded" in await w.says("beth", f"decide {COUNCILS} The council leads, with a deputy")
    await w.live_until("2026-03-05T09:20:00+00:00")
    told = one_of(w.dms("stella"), f"The chair of {CHILDREN_BOARD} has decided about {COUNCILS}.")
    assert "The council leads, with a deputy" in told
    assert "is recorded" in await w.says("abel", f"decide {COUNCILS} Adult services join by April")
    await w.live_until("2026-03-05T09:30:00+00:00")
    told = one_of(w.dms("stella"), f"The chair of {ADULTS_BOARD} has decided about {COUNCILS}.")
    assert "Adult services join by April" in told
    assert "is with the chair of another Board" in await w.says("beth", f"decide {ADULTS} Audit it")


async def how_the_log_has_it(w: World) -> None:
    """The export holds who was asked, by whom it was answered, and whom it concerns."""
    log = await w.export()
    items = {row["ref"]: row for row in log["items"]}
    assert {(row["to"], row["decision"]) for row in items[COUNCILS]["escalations"]} == {
        ("beth", "The council leads, with a deputy"),
        ("abel", "Adult services join by April"),
    }
    assert [row["to"] for row in items[ADULTS]["escalations"]] == ["abel"]
    assert (items[JOINT]["scope"], items[JOINT]["response"], items[ADULTS]["scope"]) == ("joint", "part", "adult")
    assert [row["ref"] for row in items[JOINT]["handed_to"]] == ["JLD-2026-001"]
    assert (items["QP-2026-001"]["kind"], items["QP-2026-001"]["scope"]) == ("recommendation", "joint")
    assert items["QP-2026-001"]["source"] == "CDOP"
    assert [row["scope"] for row in log["sources"]] == ["joint", "adult"]
    (note,) = log["notices"]
    applies = {row["agency"]: row["applies"] for row in note["receipts"] if row["status"] == "cascaded"}
    assert applies == {"council": "Attendance: we will send a deputy", "police": None}


async def the_story(w: World, platform: str) -> None:
    """Live through all of it, on whichever platform this world is."""
    await w.live_until("2026-01-16T10:00:00+00:00")
    read_all(w)
    await a_joint_review(w)
    await what_other_committees_are_to_do(w)
    await a_duty_is_started(w)
    await a_note_asks_what_applies(w, platform)
    await at_the_meetings(w)
    await both_chairs_are_asked(w)
    await how_the_log_has_it(w)
    assert "eve" not in read_all(w)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_concerns_both_boards_and_what_one(platform: str, tmp_path: Path) -> None:
    async with partnership("wolverhampton", tmp_path, platform) as w:
        await the_story(w, platform)
