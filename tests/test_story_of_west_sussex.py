"""West Sussex' own story: one group's output is another's input, themes recur, agencies answer, assumptions change.

Judith leads Learning from Practice, Marcus Quality and Improvement, Wendy Exploitation; Poppy links the schools.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership_worlds import PLATFORMS, in_order, one_of, partnership, read_all
from tests.world import World

MAPPED, AUDIT, BACK = "LP-2026-001", "QI-2026-001", "EX-2026-001"
RETURN, ASSURANCE = "AR-2026-001", "AR-2026-002"
TRIANGULATION = "Triangulation of evidence from previous and subsequent audits"


async def a_theme_that_recurs(w: World) -> None:
    """A scrutiny of our own, and a review from outside: their common theme is flagged."""
    scrutiny = (
        "/lif source add Thematic scrutiny: Neglect and attendance own:TS 1 started:5 January 2026 themes:neglect"
    )
    assert "Saved as LR-2026-001." in await w.types("judith", scrutiny, "C0LP")
    outside = "/lif source add Another area's review method:SCR from:outside themes:neglect, home education"
    said = await w.types("judith", outside, "C0LP")
    assert "This has come up before: neglect (LR-2026-001)." in said
    assert "From outside the partnership" in await w.types("judith", "/lif source show LR-2026-002", "C0LP")
    assert "neglect: LR-2026-001, LR-2026-002" in await w.types("leo", "/lif source themes", "C0LP")


async def a_gap_is_stabilised(w: World) -> None:
    """Poppy closes the gap that the scrutiny found; Judith signs it off."""
    typed = (
        "/lif action add Map how schools record attendance owner:<@U0POPPY> due:30 January source:TS 1 theme:neglect"
    )
    said = await w.types("judith", f"{typed} gap:created success:one record in every school", "C0LP")
    assert f"Saved as {MAPPED}" in said
    assert "Gap: Stabilised." in await w.types("judith", f"/lif action tag {MAPPED} gap:stabilised", "C0LP")
    await w.live_until("2026-01-16T10:10:00+00:00")
    one_of(w.dms("poppy"), MAPPED)
    assert f"{MAPPED} is complete and waits for sign-off" in await w.says("poppy", "done: 40 schools mapped")
    signed = await w.types("judith", f"/lif action signoff {MAPPED}", "C0LP")
    assert f"Signed off {MAPPED}" in signed
    assert "Hand over…" in signed.buttons


async def one_groups_output_is_anothers_input(w: World) -> None:
    """Judith hands the map to two groups: one takes it on, one hands it back and says why."""
    audit = "Audit attendance records in six schools to:QI owner:<@U0ELENA> due:next meeting"
    said = await w.types("judith", f"/lif action handoff {MAPPED} {audit}", "C0LP")
    assert f"Handed to Quality and Improvement Group as {AUDIT}, due 19 March 2026." in said
    brief = "Brief schools on exploitation to:EX owner:<@U0DAN> due:next meeting kind:issue"
    assert f"as {BACK}" in await w.types("judith", f"/lif action handoff {MAPPED} {brief}", "C0LP")
    await w.live_until("2026-01-16T10:20:00+00:00")
    told = one_of(w.dms("marcus"), f"Another group hands its output to yours: {AUDIT}, due 19 March 2026.")
    assert f"Handed over by Learning from Practice Group ({MAPPED}): Audit attendance records in six schools" in told
    to_wendy = one_of(w.dms("wendy"), f"Another group hands its output to yours: {BACK}")
    await w.clicks("wendy", to_wendy, "Hand it back…")
    assert not await w.submits("wendy", because="schools were briefed in November")
    assert f"{BACK} goes back to Learning from Practice Group" in await w.settled_newest("wendy", "dm")
    theirs = await w.types("marcus", f"/lif action show {AUDIT}", "C0QI")
    assert f"Learning from Practice Group, {MAPPED}: Audit attendance records in six schools" in theirs
    ours = await w.types("judith", f"/lif action show {MAPPED}", "C0LP")
    assert f"Quality and Improvement Group, {AUDIT}" in ours
    await w.live_until("2026-01-16T10:30:00+00:00")
    back = one_of(w.dms("judith"), f"What you handed over comes back; {MAPPED} is as it was.")
    assert "schools were briefed in November" in back


async def agencies_answer(w: World) -> None:
    """Leo asks everybody for the section 11 return; Judith asks two agencies what shows that guidance is used."""
    read_all(w)
    asked = await w.types("leo", "/lif request add Section 11 return agencies:all due:27 February kind:return", "dm")
    assert f"Saved as {RETURN}, due 27 February 2026." in asked
    assert "Commissioned housing support has named nobody yet" in asked
    text = f"/lif request add How do you know that guidance is used? agencies:Schools due:20 February source:{MAPPED}"
    assert f"Saved as {ASSURANCE}" in await w.types("judith", text, "C0LP")
    await w.live_until("2026-01-16T10:40:00+00:00")
    for who, agency in (("rowan", "West Sussex County Council"), ("elena", "NHS Sussex"), ("dan", "Sussex Police")):
        one_of(
            w.dms(who), f"West Sussex Safeguarding Children Partnership asks {agency} for a return by 27 February 2026."
        )
    to_poppy = one_of(w.dms("poppy"), "Learning from Practice Group asks West Sussex schools for assurance")
    await w.clicks("poppy", to_poppy, "Answer…")
    evidence = "https://example.org/audit"
    assert not await w.submits("poppy", text="Every head has signed it off", evidence=evidence)
    await w.settled_newest("poppy", "dm")
    for who in ("rowan", "elena", "poppy"):
        assert f"to {RETURN} is recorded" in await w.says(who, f"{RETURN}: our return is with you")
    housing = await w.types("leo", f"/lif request answer {RETURN} theirs is with us agency:housing", "dm")
    assert "The answer of Commissioned housing support" in housing
    shown = await w.types("judith", f"/lif request show {ASSURANCE}", "C0LP")
    assert "answered 16 January 2026, on the day it was asked" in shown
    assert f"What shows it: {evidence}" in shown


async def one_return_is_late(w: World) -> None:
    """The police are past the date: their link and then their representative hear, the business unit reads of it."""
    read_all(w)
    await w.live_until("2026-03-17T15:00:00+00:00")
    assert any("its date of 27 February 2026 has passed" in each for each in w.dms("dan"))
    assert any("No answer has come yet; perhaps you can help it along." in each for each in w.dms("wendy"))
    digests = [each for each in w.dms("leo") if "Weekly digest" in each]
    assert f"Requests without an answer: {RETURN} (Sussex Police)." in digests[-1]
    shown = await w.types("leo", f"/lif request show {RETURN}", "dm")
    assert "4 of 5" in shown
    assert "waiting, 27 February 2026 has passed" in shown
    assert f"to {RETURN} is recorded" in await w.says("dan", f"{RETURN}: our return is with you")
    agenda = one_of(w.posts("C0QI"), "Matters arising")
    assert in_order(agenda, "Handed over by another group (1)", AUDIT, "Audit attendance records in six schools")
    assert "Elena" not in agenda.text


async def which_assumption_changed(w: World) -> None:
    """Poppy is asked what difference the map made, and says by the form which assumption changed."""
    asked = one_of(w.dms("poppy"), f"{MAPPED} was signed off on 16 January 2026. What difference has it made?")
    assert "Agreed as success: one record in every school" in asked
    await w.clicks("poppy", asked, "Answer…")
    told = {"difference": "Heads see patterns sooner", "embedded": "not_yet", "evidence_type": TRIANGULATION}
    told |= {"assumption": "that schools record absence alike", "voice": "pupils said what a day at home is like"}
    assert not await w.submits("poppy", **told)
    assert f"{MAPPED}: not yet embedded" in await w.settled_newest("poppy", "dm")
    more = "/lif action add Brief governors owner:<@U0POPPY> due:30 June theme:neglect source:LR-2026-002"
    assert "Saved as LP-2026-002" in await w.types("judith", more, "C0LP")
    listed = await w.types("judith", "/lif impact list LP", "C0LP")
    assert "“neglect” has come up again since, in LP-2026-002." in listed
    assert "Gap: Practice changed." in await w.types("judith", f"/lif action tag {MAPPED} gap:changed", "C0LP")


async def how_the_log_has_it(w: World) -> None:
    """The export holds both ends of the hand-off, the answers, and what changed."""
    log = await w.export()
    items = {row["ref"]: row for row in log["items"]}
    assert [row["ref"] for row in items[MAPPED]["handed_to"]] == [AUDIT]
    assert [row["ref"] for row in items[AUDIT]["handed_from"]] == [MAPPED]
    assert (items[AUDIT]["group"], items[AUDIT]["owner"], items[BACK]["status"]) == ("qi", "elena", "withdrawn")
    assert items[MAPPED]["gap"] == "changed"
    answered = items[MAPPED]["impacts"][0]
    assert (answered["by"], answered["assumption"]) == ("poppy", "that schools record absence alike")
    assert answered["evidence_type"] == TRIANGULATION
    sources = {row["ref"]: row for row in log["sources"]}
    assert (sources["LR-2026-002"]["origin"], sources["LR-2026-002"]["learning_method"]) == ("outside", "lcspr")
    (returned, assured) = log["requests"]
    assert (returned["kind"], {row["status"] for row in returned["answers"]}) == ("return", {"answered"})
    late = next(row for row in returned["answers"] if row["agency"] == "police")
    assert late["working_days"] == 42
    assert assured["answers"][0]["url"] == "https://example.org/audit"


async def the_story(w: World) -> None:
    """Live through all of it, on whichever platform this world is."""
    await w.live_until("2026-01-16T10:00:00+00:00")
    read_all(w)
    await w.types("leo", "/lif setup rules impact_after_months 2", "C0LP")
    await a_theme_that_recurs(w)
    await a_gap_is_stabilised(w)
    await one_groups_output_is_anothers_input(w)
    await agencies_answer(w)
    await one_return_is_late(w)
    await which_assumption_changed(w)
    await how_the_log_has_it(w)
    await w.live_until("2026-03-17T15:10:00+00:00")
    told = read_all(w)
    assert any(f"All agencies have answered {RETURN}." in each for each in told["leo"])
    assert "eve" not in told


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_output_of_one_group_is_the_input_of_another(platform: str, tmp_path: Path) -> None:
    async with partnership("west-sussex", tmp_path, platform) as w:
        await the_story(w)
