"""The main job as a first-time visitor lives it by hand: the playground in a real browser, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import expect

from tests.visitor import Opened, Visitor, visitor

SE = "C0SE"


async def ben_logs_three_actions(v: Visitor) -> None:
    """One typed, one by form with "next meeting", and one without a date, which is asked about."""
    await expect(v.shown.locator("[data-person=U0BEN]")).to_have_attribute("aria-pressed", "true")
    await expect(v.shown.locator("#head h1")).to_contain_text("safeguarding-effectiveness")
    await v.writes("/lif action add Audit MASH thresholds owner:@cleo due:27 February")
    await v.reads("Saved as SE-2026-001, due 27 February 2026.")

    await v.writes("/lif action add")
    form = v.form()
    await form.get_by_label("What is to be done").fill("Review the MARF form")
    await form.get_by_label("Accountable owner").select_option(label="Cleo Hart (West Yorkshire ICB)")
    await form.get_by_label("By when").fill("Q3")
    await form.get_by_role("button", name="Save").click()
    await expect(form.locator("[data-block=due] .error")).to_contain_text("Which is meant?")
    await form.get_by_label("By when").fill("next meeting")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await v.reads("Saved as SE-2026-002, due 12 March 2026.")

    await v.writes("/lif action add Review the neglect toolkit owner:@cleo")
    await v.reads("Not saved yet: “Review the neglect toolkit”", "By when?")
    await v.presses("In a month (9 February 2026)")
    await v.reads("Saved as SE-2026-003, due 9 February 2026.")
    await expect(v.shown.locator("#stream")).not_to_contain_text("Not saved yet")


async def cleo_is_asked_and_answers(v: Visitor) -> None:
    """One message at nine on the right day; she is done with one and asks more time for another."""
    await v.sets("2026-01-26T08:59")
    await v.is_("cleo")
    await expect(v.shown.locator("#stream .message")).to_have_count(1)
    await v.reads("You are now the accountable owner of these.", "SE-2026-001", "SE-2026-002", "SE-2026-003")
    await v.sets("2026-01-26T09:00")
    await expect(v.shown.locator("#stream .message")).to_have_count(2)
    await v.reads("Good morning Cleo.", "SE-2026-003 is due on 9 February 2026. Where has it got to?")

    await v.sets("2026-02-24T12:00")
    await v.reads("SE-2026-001 is due on 27 February 2026. Where has it got to?")
    await v.writes("done, training delivered 12 May")
    await v.reads("SE-2026-001 is complete and waits for sign-off.")
    await v.writes("/lif action extend SE-2026-002")
    await expect(v.form()).to_contain_text("SE-2026-002 Review the MARF form")
    await v.form().get_by_label("By when").fill("30 April")
    await v.form().get_by_label("Reason").fill("The form is with legal")
    await v.form().get_by_role("button", name="Save").click()
    await v.reads("The group's chair is asked to move SE-2026-002 to 30 April 2026")


async def ben_decides(v: Visitor, opened: Opened) -> None:
    """Next morning he signs the first off and gives the second its date."""
    await v.winds("+1 day")
    await v.is_("ben")
    await v.reads("Done: training delivered 12 May", "Asks for more time, to 30 April 2026: The form is with legal")
    await v.presses("Sign off", "SE-2026-001")
    await v.reads("Signed off SE-2026-001.")
    await v.presses("Agree", "SE-2026-002")
    await v.reads("SE-2026-002 is now due 30 April 2026; it was 12 March 2026.")
    log = await opened.export()
    assert (log["SE-2026-001"]["signed_off_on"], log["SE-2026-001"]["brag"]) == ("2026-02-25", "blue")
    assert (log["SE-2026-002"]["due_on"], log["SE-2026-002"]["original_due_on"]) == ("2026-04-30", "2026-03-12")


async def two_meetings_pass(v: Visitor) -> None:
    """The third is discussed at one meeting, and after the next the partnership chair is asked for help, once."""
    await v.winds("To the next meeting")
    assert await v.day() == "Thu 12 March 2026"
    await v.is_("ben", SE)
    await v.writes("/lif meeting close")
    await expect(v.form()).to_contain_text("Safeguarding Effectiveness Subgroup, 12 March 2026.")
    await v.form().get_by_label("SE-2026-003 Review the neglect toolkit").fill("Waiting for a system change")
    await v.form().get_by_role("button", name="Close meeting").click()
    await v.reads("is closed. 1 discussed, 0 signed off.", "For discussion at the next meeting: SE-2026-003.")
    await v.winds("+1 cycle")
    assert await v.day() == "Fri 15 May 2026"
    await v.is_("dev")
    await expect(v.shown.locator("#stream .message")).to_have_count(1)
    await v.reads(
        "SE-2026-003 (agency: West Yorkshire ICB) is still open after two meetings.",
        "The group discussed it on 12 March 2026:",
        "Waiting for a system change",
        "This reflects delay in the action, not on any person.",
    )


async def dev_returns_it(v: Visitor, opened: Opened) -> None:
    """With a note, in the form behind the button; the digest tells it in counts, and Dev hears no more."""
    await v.presses("Return to group…")
    await v.form().get_by_label("Note").fill("Please agree a date with the supplier")
    await v.form().get_by_role("button", name="Return").click()
    await v.reads("SE-2026-003 goes back to Safeguarding Effectiveness Subgroup with your note.")
    await v.sets("2026-05-18T09:05")
    await expect(v.shown.locator("#stream .message")).to_have_count(2)
    await v.is_("cleo")
    await expect(v.shown.locator("#stream")).to_contain_text("Please agree a date with the supplier")
    await v.is_("ben", SE)
    digest = await v.reads("Weekly digest · Safeguarding Effectiveness Subgroup", "Week to 18 May 2026.", "Open: 2")
    await expect(digest).not_to_contain_text(re.compile("Cleo|Review"))
    item = (await opened.export())["SE-2026-003"]
    assert [(row["to"], row["reason"]) for row in item["escalations"]] == [("dev", "two_cycles")]
    assert item["escalations"][0]["decision"] == "Please agree a date with the supplier"
    assert [row["kind"] for row in item["updates"]] == ["discussed", "returned"]
    assert (item["status"], item["brag"]) == ("not_started", "amber")


async def test_the_story_by_hand(tmp_path: Path) -> None:
    """From a meeting to an escalation; a console error or a request that fails on the way fails it."""
    async with visitor(tmp_path) as (v, opened):
        await v.sets("2026-01-09T10:00")
        await ben_logs_three_actions(v)
        await cleo_is_asked_and_answers(v)
        await ben_decides(v, opened)
        await two_meetings_pass(v)
        await dev_returns_it(v, opened)


async def test_the_steps_on_the_page_lead_through_it(tmp_path: Path) -> None:
    """A first-time visitor who presses what the strip offers sees a reminder, a decision and an escalation."""
    async with visitor(tmp_path) as (v, _):
        strip = v.shown.locator("#strip")
        await strip.get_by_role("button", name="Write it for me").click()
        await v.shown.keyboard.press("Enter")
        await v.reads("Saved as ", "Cleo Hart answers for it and will be told.")
        await strip.get_by_role("button", name="Next", exact=True).click()
        await strip.get_by_role("button", name="To the next meeting").click()
        await v.reads("Good morning Cleo.", "is due today. Where has it got to?")
        await strip.get_by_role("button", name="Next", exact=True).click()
        await v.writes("done, 40 files audited")
        await v.reads("is complete and waits for sign-off.")
        await strip.get_by_role("button", name="+1 day").click()
        await strip.get_by_role("button", name="Next", exact=True).click()
        await v.reads("Waiting for your decision", "Done: 40 files audited")
        await v.presses("Sign off")
        await v.reads("Signed off")
        await strip.get_by_role("button", name="Next", exact=True).click()
        await strip.get_by_role("button", name="Write it for me").click()
        await v.shown.keyboard.press("Enter")
        await v.reads("Saved as ")
        await v.winds("+1 cycle")
        await v.winds("+1 cycle")
        await strip.get_by_role("button", name="Be Dev").click()
        await v.reads("is still open after two meetings.")
        await v.shown.click("[data-person=U0CLEO]")
        await v.shown.click("[data-place=home]")
        await expect(v.shown.locator(".home")).to_contain_text("Review the neglect toolkit")
