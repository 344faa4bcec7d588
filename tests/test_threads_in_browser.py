"""A card in its channel, its thread, a file and an edit, by hand in the playground."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.async_api import expect

from tests.visitor import visitor

PICTURES = os.environ.get("LIFBOT_TEST_PICTURES")


async def test_a_card_is_answered_in_its_thread_and_changes(tmp_path: Path) -> None:
    async with visitor(tmp_path) as (v, _):
        page = v.shown
        await v.writes("/lif action add Audit MASH thresholds owner:@cleo due:31 March 2027")
        await v.reads("Saved as SE-2026-001")
        await v.presses("Post a card")
        card = page.locator("#stream .message", has_text="Reply in this thread")
        await expect(card).to_contain_text("Green")
        await v.is_("cleo", "C0SE")
        await card.hover()
        await card.get_by_role("button", name="Reply in thread").click()
        thread = page.locator("#thread")
        await thread.locator("textarea").fill("The draft is raedy")
        await thread.locator("textarea").press("Enter")
        await expect(thread).to_contain_text("your update to SE-2026-001 is noted")
        mine = thread.locator(".message").nth(1)
        await mine.hover()
        await mine.get_by_role("button", name="Edit").click()
        await mine.locator("textarea").fill("The draft is ready")
        await mine.get_by_role("button", name="Save").click()
        await expect(thread).to_contain_text("Corrected.")
        await thread.locator("input[type=file]").set_input_files(
            {"name": "Register.pdf", "mimeType": "application/pdf", "buffer": b"-"}
        )
        await expect(thread).to_contain_text("kept as evidence for SE-2026-001")
        await expect(card).to_contain_text("in progress")
        if PICTURES:
            await page.screenshot(path=f"{PICTURES}/thread.png", full_page=True)
        await v.is_("ben", "C0SE")
        await v.writes("/lif action show SE-2026-001")
        await v.reads("Corrected on", "before: “The draft is raedy”")
        link = page.locator("#stream a", has_text="Register.pdf").last
        await expect(link).to_have_attribute("href", re.compile("^https://playground.example/files/U0CLEO/"))
        if PICTURES:
            await page.screenshot(path=f"{PICTURES}/show.png", full_page=True)
