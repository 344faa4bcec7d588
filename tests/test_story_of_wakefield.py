"""Wakefield's own story: a rapid review's clock, a court order, and a briefing that the learning group approves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.partnership_worlds import PLATFORMS, partnership, read_all
from tests.world import World

RR, CSPR, DN, SEG = "LR-2026-001", "LR-2026-002", "DN-2026-001", "SEG-2026-001"
TITLE = "Early help before a first child"
TICKS = ("no_detail", "no_hold", "welfare", "told", "quality")
SECTIONS = {
    "section_0": "Agencies met early.",
    "section_1": "One service asked nobody about the father.",
    "section_2": "Ask both parents.",
    "section_3": "SEG agrees how assessments ask about fathers.",
}
PASSED_ON = {
    "maya": "cascaded at team meeting to 60 social workers",
    "nora": "cascaded by newsletter to 80 health visitors",
    "vic": "cascaded in training to 30 detectives",
    "bryn": "not for us because schools have their own briefing",
}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_rapid_review_becomes_a_briefing_and_then_a_difference(platform: str, tmp_path: Path) -> None:
    async with partnership("wakefield", tmp_path, platform) as w:
        await the_story(w)


async def the_story(w: World) -> None:
    """Live through all of it, on whichever platform this world is."""
    await w.live_until("2026-04-01T10:00:00+01:00")
    await the_clock_of_a_rapid_review(w)
    await a_court_order_silences_it(w)
    await the_rapid_review_is_done(w)
    await a_briefing_is_written(w)
    await the_learning_group_approves_it(w)
    await learning_does_not_wait_for_publication(w)
    await an_arising_action_is_adopted(w)
    await agencies_pass_it_on(w)
    await published_with_its_checklist(w)
    await months_later_it_is_asked_what_changed(w)
    read_all(w)


async def the_clock_of_a_rapid_review(w: World) -> None:
    """Notified on 31 March: day one is 1 April; Good Friday and Easter Monday do not count, so it is 23 April."""
    add = f"{TITLE} method:rapid review own:RR 3 notified:31 March person:@della themes:early help"
    saved = await w.types("hugh", f"/lif source add {add}", "C0CSPR")
    assert f"Saved as {RR}." in saved
    assert "Complete the rapid review by 23 April 2026: 15 working days from notification, 31 March 2026." in saved
    await w.live_until("2026-04-09T08:59:00+01:00")
    assert not read_all(w)
    await w.live_until("2026-04-09T09:00:00+01:00")
    said = read_all(w)
    assert set(said) == {"della"}
    assert f"“Complete the rapid review” of {RR} is due on 23 April 2026." in said["della"][0]


async def a_court_order_silences_it(w: World) -> None:
    """While it stands nothing shows the review, nobody is reminded, and it is in no export; lifting it is logged."""
    held = await w.types("rana", f"/lif source hold {RR} because court order until 30 April", "C0CSPR")
    assert "On 30 April 2026 the business unit is asked whether it still stands." in held
    for who, line, words in (
        ("hugh", f"source show {RR}", f"There is no {RR} here."),
        ("hugh", "source list", "The learning register is empty."),
        ("della", f"source done {RR}", f"There is no {RR} here."),
        ("rana", f"source show {RR}", "On hold"),
    ):
        assert words in await w.types(who, f"/lif {line}", "C0CSPR"), (who, line)
    await w.live_until("2026-04-21T10:00:00+01:00")
    assert not read_all(w), "the reminder of three days before is silent too"
    log = await w.export()
    assert (log["sources"], TITLE in str(log)) == ([], False)
    assert f"{RR} is no longer on hold." in await w.types("rana", f"/lif source lift {RR}", "C0CSPR")
    await w.live_until("2026-04-22T10:00:00+01:00")
    assert f"“Complete the rapid review” of {RR} is due on 23 April 2026." in read_all(w)["della"][0]


async def the_rapid_review_is_done(w: World) -> None:
    """Della answers the reminder with one word, and no more are sent."""
    assert f"Done: Complete the rapid review ({RR})." in await w.says("della", "done")
    await w.live_until("2026-04-23T10:00:00+01:00")
    assert not read_all(w)
    log = await w.export()
    assert [row["what"] for row in log["log"] if row["what"] in ("source hold", "source lift")] == [
        "source hold",
        "source lift",
    ]
    ((milestone,),) = [each["milestones"] for each in log["sources"]]
    assert (milestone["due_on"], milestone["status"], milestone["done_on"]) == ("2026-04-23", "done", "2026-04-22")


async def a_briefing_is_written(w: World) -> None:
    """The practice review begins; Rana writes the multi-agency briefing with its four sections."""
    add = f"{TITLE} method:LCSPR own:LCSPR 2 started:23 April person:@della themes:early help"
    saved = await w.types("hugh", f"/lif source add {add}", "C0CSPR")
    assert "Finalise the report by 23 October 2026: 6 months from its start, 23 April 2026." in saved
    assert f"This has come up before: early help ({RR})." in saved
    words = f"{TITLE} product:multi-agency briefing summary:Ask early, and ask together. by:29 May source:{CSPR}"
    draft = await w.types("rana", f"/lif notice add {words} groups:LD, SEG", "C0LD")
    assert "It has 4 sections: Good practice, Analysis, Areas for further development, Arising actions." in draft
    assert f"{CSPR} is not published yet. The learning need not wait for that" in draft
    assert "Ask Nell Garside to check it" in draft.buttons, "the chair of the learning group considers it"
    await w.clicks("rana", draft, "Write its sections…")
    assert await w.submits("rana", **SECTIONS) == {}
    assert f"{DN} is changed." in await w.settled_newest("rana", "C0LD")
    await w.types("rana", f"/lif notice check {DN} ask:@nell", "C0LD")


async def the_learning_group_approves_it(w: World) -> None:
    """Nell sends it back with a reason, reads it anew, and approves it; she alone is asked."""
    await w.live_until("2026-04-23T10:04:00+01:00")
    (asked,) = w.dms("nell")
    assert all(text in asked for text in SECTIONS.values())
    await w.clicks("nell", asked, "Send it back…")
    reason = "it should not single out one service"
    assert not await w.submits("nell", because=reason)
    await w.settled_newest("nell", "dm")
    await w.live_until("2026-04-23T10:08:00+01:00")
    (back,) = w.dms("rana")
    assert reason in back
    await w.types("rana", f"/lif notice section {DN} name:Analysis text:No service asked about the father.", "C0LD")
    await w.types("rana", f"/lif notice check {DN} ask:@nell", "C0LD")
    await w.live_until("2026-04-23T10:12:00+01:00")
    again = w.dms("nell")[-1]
    assert "No service asked about the father." in again
    await w.clicks("nell", again, "Check it…")
    assert not await w.submits("nell", **dict.fromkeys(TICKS, _yes(w)))
    assert "Thank you. You have confirmed" in await w.settled_newest("nell", "dm")


async def learning_does_not_wait_for_publication(w: World) -> None:
    """The briefing goes out while the review goes on; until that is published nothing names it."""
    await w.live_until("2026-04-23T10:14:00+01:00")
    assert f"Nell Garside has checked {DN} and confirms it." in w.dms("rana")[-1]
    out = await w.types("rana", f"/lif notice publish {DN}", "C0LD")
    assert "5 agencies are asked to cascade it by 29 May 2026." in out
    await w.live_until("2026-04-23T10:16:00+01:00")
    said = read_all(w)
    assert set(said) == {"maya", "nora", "vic", "toby", "bryn", "C0LD", "C0SEG"}
    assert all(len(texts) == 1 for texts in said.values()), "nobody is told twice"
    for (text,) in said.values():
        assert "Areas for further development" in text
        assert not [word for word in ("LR-2026", "LCSPR", "Rana", "Nell", "Della") if word in text]


async def an_arising_action_is_adopted(w: World) -> None:
    """SEG's chair takes the briefing's arising action onto the group's own log, from the notice itself."""
    shown = await w.types("kate", f"/lif notice show {DN}", "C0SEG")
    await w.clicks("kate", shown, "Log an arising action…")
    text = "Agree how assessments ask about fathers"
    criteria = "fathers are asked in nine of ten assessments"
    given = {"text": text, "owner": "@maya", "due": "29 May", "success_criteria": criteria}
    assert not await w.submits("kate", **given)
    assert f"Saved as {SEG}, due 29 May 2026." in await w.settled_newest("kate", "C0SEG")
    await w.live_until("2026-04-23T10:20:00+01:00")
    assert text in read_all(w)["maya"][0]


async def agencies_pass_it_on(w: World) -> None:
    """Four answer at once; a second order silences notice, action and chasing alike, and then Toby is asked."""
    for who, words in PASSED_ON.items():
        assert f"{DN} is noted as" in await w.says(who, words), words
    await w.types("rana", f"/lif source hold {CSPR} because court order until 30 June", "C0CSPR")
    await w.live_until("2026-05-18T10:00:00+01:00")
    said = read_all(w)
    assert not [text for texts in said.values() for text in texts if DN in text or SEG in text]
    assert f"{DN} is not available just now." in await w.types("hugh", f"/lif notice status {DN}", "C0LD")
    log = await w.export()
    assert (log["items"], log["notices"], [each["ref"] for each in log["sources"]]) == ([], [], [RR])
    lifted = await w.types("rana", f"/lif source lift {CSPR}", "C0CSPR")
    assert "1 item of it can be seen again, and reminders go on." in lifted
    await w.live_until("2026-05-19T10:00:00+01:00")
    said = read_all(w)
    assert f"{DN} is to be passed on by 29 May 2026." in said["toby"][0]
    assert "about 45 people" in await w.says("toby", "cascaded in supervision to 45 midwives")
    status = await w.types("joel", f"/lif notice status {DN}", "C0LD")
    assert f"{DN}: 4 cascaded, 1 not for them of 5 agencies." in status
    assert "SEG-2026-001 is complete and waits for sign-off" in await w.says(
        "maya", f"{SEG} done the form asks for both"
    )
    assert "Signed off SEG-2026-001." in await w.types("kate", f"/lif action signoff {SEG}", "C0SEG")


async def published_with_its_checklist(w: World) -> None:
    """Its report goes to the National Panel and Ofsted, and stays online for a year."""
    await w.types("hugh", f"/lif source date {CSPR} finalised:15 May", "C0CSPR")
    out = await w.types("hugh", f"/lif source date {CSPR} published:today", "C0CSPR")
    assert "Send the report to the National Panel and Ofsted by 19 May 2026 (on the day of publication)" in out
    assert "Decide whether the report stays online by 19 May 2027 (published for at least a year)" in out
    refused = await w.types("hugh", f"/lif source take-down {CSPR}", "C0CSPR")
    assert f"{CSPR} is to stay online until 19 May 2027, so nothing was changed." in refused
    await w.live_until("2026-05-19T10:02:00+01:00")  # what the publication sets off has come by then
    sent = await w.types("della", f"/lif source done {CSPR} send", "dm")
    assert f"Done: Send the report to the National Panel and Ofsted ({CSPR})." in sent
    shown = await w.types("hugh", f"/lif source show {CSPR}", "C0CSPR")
    assert "Stays online until" in shown
    assert f"{DN} {TITLE} (published)" in shown


async def months_later_it_is_asked_what_changed(w: World) -> None:
    """Three months after the sign-off Maya says what difference it made, and the log keeps it."""
    await w.live_until("2026-08-19T10:00:00+01:00")
    asked = read_all(w)["maya"][-1]
    assert "What difference has it made?" in asked
    assert "fathers are asked in nine of ten assessments" in asked
    said = "Fathers were asked in 46 of 50 assessments embedded:embedded evidence-type:single agency assurance"
    views = "views:fathers helped to word the question"
    await w.types("maya", f"/lif impact {SEG} {said} {views}", "dm")
    shown = await w.types("kate", f"/lif impact show {SEG}", "C0SEG")
    assert "Fathers were asked in 46 of 50 assessments" in shown
    log = await w.export()
    (item,), (notice,) = log["items"], log["notices"]
    assert (item["group"], item["owner"], item["source"]) == ("seg", "maya", CSPR)
    assert item["success_criteria"] == "fathers are asked in nine of ten assessments"
    assert (notice["status"], notice["checker"], notice["confirmed"]) == ("published", "nell", list(TICKS))
    assert (item["embedded"], item["brag"]) == ("embedded", "blue")
    assert "46 of 50" in str(item["impacts"])
    source = log["sources"][-1]
    assert (source["published_on"], source["available_until"]) == ("2026-05-19", "2027-05-19")
    assert [row["kind"] for row in source["milestones"] if row["status"] == "open"] == ["take_down"]
    stands = {each["agency"]: (each["status"], each["reach"]) for each in notice["receipts"]}
    assert stands["hospitals"] == ("cascaded", 45)
    assert stands["schools"][0] == "not_for_us"


def _yes(w: World) -> Any:
    return ["yes"] if type(w) is World else "yes"
