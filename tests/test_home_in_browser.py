"""The Home tab in the playground, in a real browser: what is pressed there is answered there, and it is drawn anew."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from tests.visitor import Visitor, visitor


async def closes(v: Visitor) -> None:
    """Close the window above the tab."""
    await v.form().get_by_role("button", name="Close", exact=True).click()
    await expect(v.form()).not_to_be_visible()


async def test_a_chair_signs_off_from_home_and_an_owner_reads_theirs(tmp_path: Path) -> None:
    async with visitor(tmp_path) as (v, opened):
        await v.is_("ben", "C0SE")
        for what in ("Audit MASH thresholds", "Review the MARF form"):
            await v.writes(f"/lif action add {what} owner:@cleo due:in a month")
            await v.reads("Saved as")
        await v.is_("cleo")
        for ref in ("SE-2026-001", "SE-2026-002"):
            await v.writes(f"{ref} done: 40 staff trained")
            await v.reads(f"{ref} is complete")
        home = v.shown.locator(".home")
        await v.is_("ben", "home")
        await expect(home).to_contain_text("2 wait for your decision.")
        await home.get_by_role("button", name="Sign off all (2)").click()
        await expect(v.form()).to_contain_text("Signed off 2. Thank you.")
        await expect(home).to_contain_text("Nothing is waiting for you.")
        await v.form().get_by_role("button", name="Undo all").click()
        await expect(v.form()).to_contain_text("Undone for SE-2026-001, SE-2026-002.")
        await closes(v)
        await expect(home).to_contain_text("2 wait for your decision.")
        await home.get_by_role("button", name="Return…, SE-2026-001").click()
        await v.form().get_by_label("Note").fill("Please add the figures")
        await v.form().get_by_role("button", name="Return", exact=True).click()
        await expect(v.form()).to_contain_text("SE-2026-001 goes back to Cleo Hart with your note.")
        await closes(v)
        await expect(home).to_contain_text("1 waits for your decision.")
        await v.is_("cleo", "home")
        await expect(home).to_contain_text("SE-2026-001")
        await home.get_by_role("button", name="Settings…").click()
        await v.form().get_by_label("Reminders at").select_option("14:00")
        await v.form().get_by_role("button", name="Save").click()
        await expect(v.form()).to_contain_text("Your settings are saved.")
        await closes(v)
        await expect(home).to_contain_text("Reminders at 14:00 on working days")
        assert (await opened.export())["SE-2026-001"]["updates"][-1]["kind"] == "returned"
