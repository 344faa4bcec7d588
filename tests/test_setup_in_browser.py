"""Setting up by chat as a business manager lives it: the playground in a real browser."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import expect

from tests.visitor import Visitor, visitor

PICTURES = os.environ.get("LIFBOT_PICTURES")  # a folder, for who wants to look at the forms


async def look(v: Visitor, name: str) -> None:
    """Keep a picture, where somebody wants to look."""
    if PICTURES:
        await v.shown.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


async def saved(v: Visitor) -> None:
    """Send the form that is open."""
    await v.form().get_by_role("button", name="Save").click()
    await expect(v.form()).to_be_hidden()


async def test_an_agency_and_a_group_with_channel_people_and_rhythm(tmp_path: Path) -> None:
    """Picked in forms; the next dates are shown before they count, and who is new is added."""
    async with visitor(tmp_path) as (v, _):
        await v.sets("2026-01-09T10:00")
        await v.is_("amina", "C0SPARE")
        await v.writes("/lif setup")
        await v.reads("Setting up", "Kirklees Safeguarding Children Partnership (KSCP)", "Nothing is missing.")
        await look(v, "1-setup")
        await v.presses("Agencies")
        await expect(v.form()).to_contain_text("There already: ")
        await v.form().get_by_label("Agencies").fill("Probation Service\n- Barnardo's")
        await look(v, "2-agencies")
        await saved(v)
        await v.reads("2 agencies added: Probation Service, Barnardo's.")

        await v.writes("/lif group add")
        form = v.form()
        await form.get_by_label("Name", exact=True).fill("Quality Group")
        await form.get_by_label("Channel").select_option(label="#new-group")
        await form.get_by_label("Chair (optional)").select_option(label="Ben Carter")
        members = form.locator("[data-block=members]")
        for name in ("Ben Carter", "Cleo Hart", "Eve Marsh"):
            await members.get_by_role("checkbox", name=name).check()
        await form.get_by_label("When it meets").fill("now and then")
        await look(v, "3-group")
        await form.get_by_role("button", name="Save").click()
        await expect(form.locator("[data-block=meets] .error")).to_contain_text("I could not read how often that is.")
        await look(v, "4-group-fault")
        await form.get_by_label("When it meets").fill("second Thursday every two months at 10")
        await saved(v)
        await v.reads(
            "Quality Group is set up, with the prefix QUA.",
            "Its next meetings would be on Thursday 12 February 2026 at 10:00",
            "New in the partnership: Eve Marsh.",
        )
        await look(v, "5-dates")
        await v.presses("Begin 12 March 2026")
        await v.reads("Thursday 12 March 2026 at 10:00; Thursday 14 May 2026")
        await v.presses("Yes, these dates")
        await v.reads("Quality Group meets second Thursday every two months at 10:00.")
        await look(v, "6-kept")

        await v.writes("/lif group edit")
        await expect(v.form()).to_contain_text("Quality Group.")
        await expect(v.form().get_by_label("Chair (optional)")).to_have_value("U0BEN")
        await expect(v.form().get_by_label("When it meets")).to_have_value("second Thursday every two months at 10:00")
        await v.form().get_by_role("button", name="Cancel").click()
        await expect(v.form()).to_be_hidden()
        await v.writes("/lif setup people")
        await expect(v.form()).to_contain_text("Which agency does each of them work for?")
        await v.form().get_by_label("Eve Marsh").select_option(label="Probation Service")
        await look(v, "7-people")
        await saved(v)
        await v.reads("1 person has an agency now.")
        await v.writes("/lif setup rules")
        await look(v, "8-rules")
        await v.form().get_by_label("When reminders come").fill("08:30")
        await saved(v)
        await v.writes("/lif group")
        await v.reads("Quality Group (QUA): chair Ben Carter, 3 members")
        await look(v, "9-list")
        await v.is_("eve", "C0SPARE")
        await v.writes("/lif meeting next")
        await v.reads("Quality Group meets next on Thursday 12 March 2026 at 10:00.")
