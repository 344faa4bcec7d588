"""A list as a file, by hand: found, asked for, and saved from the link in one's own messages."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from playwright.async_api import expect

from tests.visitor import visitor

SE = "C0SE"


async def test_a_list_is_found_and_saved_as_a_file(tmp_path: Path) -> None:
    async with visitor(tmp_path) as (v, _):
        await v.sets("2026-01-09T10:00")
        for number in range(11):
            await v.writes(f"/lif action add Review neglect tool {number} owner:@cleo due:27 February")
            await v.reads(f"Saved as SE-2026-{number + 1:03d}")
        await v.writes("/lif find neglect")
        await v.reads("11 in the log · with “neglect” · page 1 of 2", "Send me all of it")
        await v.presses("Next")
        await v.reads("page 2 of 2", "SE-2026-011")
        await v.presses("Send me all of it")
        await v.reads("An Excel file with 11 items is on its way to your own chat with me")
        await v.is_("ben")
        link = v.shown.locator("#stream .message .file a")
        await expect(link).to_have_text("lifbot-all-found-2026-01-09.xlsx")
        await v.reads("Here is the list you asked for, as a file.", "in the log · with “neglect”, asked for on Friday")
        async with v.shown.expect_download() as saving:
            await link.click()
        await (await saving.value).save_as(tmp_path / "saved.xlsx")
        sheet = load_workbook(tmp_path / "saved.xlsx").worksheets[0]
        assert [row[0] for row in sheet.iter_rows(values_only=True)] == [
            "Ref",
            *(f"SE-2026-{number + 1:03d}" for number in range(11)),
        ]
        await v.is_("cleo")
        await expect(v.shown.locator("#stream .file")).to_have_count(0)
        await v.is_("ben", SE)
        await expect(v.shown.locator("#stream .file")).to_have_count(0)
