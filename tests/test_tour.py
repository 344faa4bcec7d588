"""docs/tour.md is played, and lifbot must still say every word of it. LIFBOT_TOUR=1 writes its lines anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.db import Database
from storage.migrate import migrate
from tests.tour import Tour

TOUR = Path(__file__).parent.parent / "docs" / "tour.md"


async def played(text: str, folder: Path) -> str:
    """Play a document on a database of its own, and return it with what lifbot says today."""
    db = Database(f"sqlite:///{folder / 'tour.db'}")
    try:
        migrate(db)
        return await Tour(db).page(text)
    finally:
        db.close()


async def test_the_tour_says_what_lifbot_says(tmp_path: Path) -> None:
    text = TOUR.read_text(encoding="utf-8")
    today = await played(text, tmp_path)
    if os.environ.get("LIFBOT_TOUR") == "1":
        TOUR.write_text(today, encoding="utf-8")
        return
    assert today.splitlines() == text.splitlines(), "lifbot says something else now: LIFBOT_TOUR=1 rewrites the tour"


SHORT = """Before.

```chat
[Friday 9 January 2026, 10:00 · #safeguarding-effectiveness]
Ben> /lif meeting next
lifbot (only Ben sees it)> {said}
```
"""
MEETS = """Safeguarding Effectiveness Subgroup meets next on Thursday 12 March 2026 at 10:00.
  It last met on 8 January 2026."""


@pytest.mark.parametrize("written", [MEETS.replace("12 March", "13 March"), f"{MEETS}\nlifbot (to Dev)> Good morning."])
async def test_a_wrong_or_invented_line_is_put_right(written: str, tmp_path: Path) -> None:
    assert await played(SHORT.format(said=written), tmp_path) == SHORT.format(said=MEETS)


async def test_a_message_nobody_wrote_down_is_counted(tmp_path: Path) -> None:
    later = "[Thursday 12 February 2026, 09:00]\n```\n"
    add = "Ben> /lif action add Audit MASH thresholds owner:@cleo due:27 February"
    page = SHORT.partition("Ben>")[0] + f"{add}\n" + later
    today = await played(page, tmp_path)
    counted = " ".join(today.split()).partition("In between: ")[2]
    assert counted.startswith("1 notice to Cleo, ")
    assert "weekly digests in #safeguarding-effectiveness" in counted


async def test_a_day_on_the_wrong_weekday_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is a Friday"):
        await played(SHORT.replace("Friday", "Monday"), tmp_path)
