"""A real-sized partnership lives a year in the playground: six groups, 25 people of eight agencies, 150 open actions.

A minute is pasted, a person leaves, another is away, a group stops meeting, a chair never answers. At the end nothing
is orphaned, nobody was flooded, and every list can be read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from playwright.async_api import expect

from tests import real_size
from tests.living import SECONDS, Json, Living, busiest, per_week
from tests.the_year import Year
from tests.visitor import Opened, Visitor, visitor

LONDON = ZoneInfo("Europe/London")
MOST_A_WEEK = 8  # messages to one person: at most a nudge a day, and news of changes
ON_AVERAGE = 2.0  # messages a week


def fridays(first: date, last: date) -> Iterator[date]:
    """Yield the Fridays of a time."""
    day = first + timedelta(days=(4 - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


async def weeks_pass(year: Year, first: date, last: date) -> None:
    """Live through some weeks; everybody reads what came on Friday at noon, and answers."""
    for friday in fridays(first, last):
        await year.living.lives_until(f"{friday.isoformat()}T12:00")
        await year.everybody_answers(friday)


async def the_chairs_log(year: Year) -> None:
    """Each chair logs 25 actions in the group's channel."""
    await year.living.lives_until(real_size.FIRST_MORNING)
    for place, chair, line in real_size.actions():
        answer = await year.living.types(chair, line, place)
        assert "Saved as " in answer, (line, answer)


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the playground's database, which only the program writes to."""
    with closing(sqlite3.connect(f"file:{folder / 'lifbot.db'}?mode=ro", uri=True)) as db:
        return list(db.execute(query))


def nothing_is_orphaned(folder: Path) -> None:
    """Every open item has somebody here who answers for it, or waits for somebody's decision, and will be looked at."""
    left = {str(id) for (id,) in rows(folder, "SELECT id FROM person WHERE left_on IS NOT NULL")}
    every = rows(folder, "SELECT ref, owner, status, look_again_at FROM item")
    still_open = [row for row in every if row[2] in ("not_started", "in_progress")]
    assert [ref for ref, owner, _, looked_at in still_open if owner in left or looked_at is None] == []


async def nobody_was_flooded(year: Year) -> None:
    """Count what each person was sent in each week."""
    sent = await year.living.outbox()
    assert [row for row in sent if row["status"] in ("given_up", "waiting")] == []
    counted = per_week(sent)
    assert busiest(counted)[0][0] <= MOST_A_WEEK, busiest(counted)[:10]
    average = {who: sum(by_week.values()) / 52 for who, by_week in counted.items()}
    assert sum(average.values()) / len(average) <= ON_AVERAGE, average
    for row in sent:
        if row["status"] == "sent" and row["settled_at"]:
            assert 8 <= datetime.fromisoformat(row["settled_at"]).astimezone(LONDON).hour <= 18


@asynccontextmanager
async def a_year(folder: Path) -> AsyncIterator[tuple[Visitor, Year]]:
    """Load the partnership, open the playground, and let its chairs log their actions."""
    (folder / "partnership.yaml").write_text(real_size.file(), encoding="utf-8")
    async with httpx.AsyncClient(trust_env=False, timeout=SECONDS) as http:
        await Living(Opened(folder, 0), http).runs("setup", "partnership.yaml")
        async with visitor(folder) as (v, opened):
            year = Year(Living(opened, http))
            await away(v)
            await the_chairs_log(year)
            yield v, year


async def away(v: Visitor) -> None:
    """Leave the page: nobody looks while months go by."""
    await v.shown.goto("about:blank")


async def back(v: Visitor, year: Year, who: str, place: str = "") -> None:
    """Open the page again, as somebody."""
    await v.shown.goto(year.living.opened.url)
    await v.is_(who, place)


async def ben_pastes_a_minute(v: Visitor, year: Year) -> None:
    """Twenty lines, one of them unclear; each owner hears once."""
    await back(v, year, "ben", "C0SE")
    before = len(rows(year.living.opened.folder, "SELECT id FROM item"))
    await v.writes("/lif action paste")
    await v.form().get_by_label("Actions, one a line").fill(real_size.MINUTE)
    await v.form().get_by_role("button", name="Next").click()
    await expect(v.form()).to_contain_text("20 actions")
    await v.form().get_by_role("button", name="Save").click()
    await expect(v.form()).to_be_hidden()
    await v.reads("Saved 20 actions")
    assert len(rows(year.living.opened.folder, "SELECT id FROM item")) == before + 20
    await away(v)


async def the_lists_can_be_read(v: Visitor, year: Year) -> None:
    """What is open, page by page; one's own page; what can be found; nothing wider than the window."""
    await back(v, year, "grace", "C0LD")
    await v.writes("/lif action list all")
    await v.reads("in the log", "page 1 of 3")
    await v.presses("Next")
    await v.reads("page 2 of 3")
    await v.writes("/lif find toolkit")
    await v.reads("toolkit")
    await v.shown.click("[data-place=home]")
    await expect(v.shown.locator(".home")).to_contain_text("Learning and Development Subgroup")
    wide = await v.shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    await away(v)


def each_summary_was_one(sent: list[Json], day: str) -> None:
    """On the day of the pasted minute nobody had more than one message about it."""
    changes = [str(row["to"]) for row in sent if row["occasion"] == "change" and str(row["settled_at"]).startswith(day)]
    assert sorted(changes) == sorted(set(changes)), changes


async def test_a_real_sized_year(tmp_path: Path) -> None:
    """Twelve months, with all that happens in them."""
    async with a_year(tmp_path) as (v, year):
        living = year.living
        await weeks_pass(year, date(2026, 1, 12), date(2026, 5, 8))
        await living.lives_until("2026-05-14T11:30")
        await ben_pastes_a_minute(v, year)
        await living.lives_until("2026-05-14T18:00")
        each_summary_was_one(await living.outbox(), "2026-05-14")
        await weeks_pass(year, date(2026, 5, 15), date(2026, 6, 26))
        assert "has left" in await living.types("amina", "/lif person leaves Rosa Bianchi")
        year.gone.add("rosa")
        assert "Ines Duarte" in await living.types("maya", "/lif person away 6 July to 24 July substitute:@ines")
        year.gone.add("maya")
        await weeks_pass(year, date(2026, 6, 29), date(2026, 7, 24))
        year.gone.remove("maya")
        await weeks_pass(year, date(2026, 7, 27), date(2027, 1, 8))
        await the_lists_can_be_read(v, year)
        nothing_is_orphaned(tmp_path)
        await nobody_was_flooded(year)
