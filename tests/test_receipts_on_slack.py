"""The whole program and Slack's wire: a notice reaches links, and Fay, who is in no workspace, answers on her phone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from lifbot.model import Notice
from storage import due, receipts
from storage.db import Database
from storage.scope import Scope
from tests.browser import page
from tests.world import FILE, World, world

POLICE = FILE.replace("name: West Yorkshire Police}", "name: West Yorkshire Police, ld_link: fay}")
TITLE = "Seeing the child behind the behaviour"


def publish(w: World, now: str) -> None:
    """Let a notice go out to three agencies, as its own command does."""
    db = Database(w.database_url)
    with db.begin() as session:
        scope = Scope(session, due.partnerships(session)[0], datetime.fromisoformat(now))
        columns: dict[str, Any] = {
            "product": "Learning sheet",
            "title": TITLE,
            "summary": "Ask what has happened.",
            "author": "amina",
        }
        columns |= {"cascade_text": "6 February", "status": "published"}
        columns |= {"published_at": scope.now, "created_at": scope.now, "cascade_by": date(2026, 2, 6)}
        notice = scope.insert(Notice, ref="DN-2026-001", number=1, agencies=["council", "icb", "police"], **columns)
        receipts.begin(scope, notice)
    db.close()


async def test_links_answer_in_slack_and_fay_through_her_link(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path, file=POLICE) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        publish(w, "2026-01-09T10:00:00+00:00")
        await w.live_until("2026-01-09T10:01:00+00:00")
        (cleos,) = w.dms("cleo")
        assert "For West Yorkshire ICB." in cleos
        assert cleos.buttons == ["Received", "Cascaded…", "Not for us…"]
        own, fays = sorted(w.dms("amina"), key=lambda each: "Fay O'Brien" in each)
        assert "For Fay O'Brien, who is in no workspace. Could you pass this link on?" in fays
        assert "mailto:fay@example.org" in str(fays.message.blocks)
        await cleo_answers_in_place(w)
        link = next(line for line in fays.text.split("\n") if "/receipt/" in line).strip()
        assert link.startswith(f"http://127.0.0.1:{w.port}/receipt/")
        async with page(link, width=360, height=740, dark=True, expect=("422",)) as phone:
            await fay_answers(phone)
        await w.live_until("2026-01-09T10:05:00+00:00")
        assert "Cascaded by supervision, to officers, about 25 people" in w.as_it_stands(fays), "it is drawn anew"
        assert "West Yorkshire Police" in w.as_it_stands(fays)
        log = w.log()
        assert "/receipt/" not in log, "who reads the program's log cannot answer"
        await w.clicks("amina", own, "Not for us…")
        assert "reason" in await w.submits("amina", reason=" ")
        assert not await w.submits("amina", reason="because its staff are told by the ICB")
        await w.settled_newest("amina", "dm")
        assert "DN-2026-001: 2 cascaded, 1 not for them of 3 agencies." in await w.types(
            "amina", "/lif notice status DN-2026-001"
        )
        await w.live_until("2026-02-16T10:00:00+00:00")
        for who in ("amina", "ben", "cleo", "dev"):
            assert not [each for each in w.dms(who) if "DN-2026-001" in each], "all have answered, so all is quiet"
        w.posts()


async def cleo_answers_in_place(w: World) -> None:
    """Cleo presses Received, and later says how; her message shows how it stands."""
    (cleos,) = [w.as_it_stands(each) for each in w.stands("D0CLEO")][-1:]
    await w.clicks("cleo", cleos, "Received")
    got = w.as_it_stands(await w.settled_newest("cleo", "dm"))
    assert got.message.ts == cleos.message.ts, "the message itself shows the answer"
    assert "Received · 9 January 2026" in got
    assert "Ask what has happened." in got
    said = await w.says("cleo", "cascaded at team meeting and supervision to 40 social workers")
    assert "Cascaded by team meeting and supervision, to social workers, about 40 people" in said
    await w.live_until("2026-01-09T10:02:00+00:00")
    assert "about 40 people" in w.as_it_stands(cleos)


async def fay_answers(phone: Page) -> None:
    """Fay answers on her phone: what belongs to her answer is on the page, and no more."""
    assert await phone.title() == f"Learning sheet: {TITLE}"
    assert not await phone.get_by_label("To whom?").is_visible()
    await phone.get_by_label("Passed on to our staff").check()
    await phone.get_by_label("To whom?").fill("officers")
    await phone.get_by_label("About how many people?").fill("many")
    await phone.get_by_role("button", name="Send the answer").click()
    assert "Not sent yet" in await phone.get_by_role("alert").inner_text()
    assert await phone.get_by_label("To whom?").input_value() == "officers"
    assert await phone.get_by_label("Passed on to our staff").is_checked()
    await phone.get_by_label("Supervision").check()
    await phone.get_by_label("About how many people?").fill("about 25")
    sizes = "all => all.map(each => each.getBoundingClientRect()).filter(box => box.width).map(box => box.height)"
    heights = await phone.eval_on_selector_all(".pick, button, input[type=text], textarea", sizes)
    assert heights
    assert min(heights) >= 44, "each can be touched"
    wide = await phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, "nothing runs off a phone"
    await phone.get_by_role("button", name="Send the answer").click()
    assert "noted as passed on" in await phone.get_by_role("status").inner_text()
