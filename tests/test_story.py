"""The main job, from a meeting to an escalation, as Ben, Cleo, Grace and Dev live it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.world import World, world


async def log_three_actions(w: World) -> None:
    """Ben logs three: one typed, one by form with "next meeting", one without a date, which is asked about."""
    typed = await w.types("ben", "/lif action add Audit MASH thresholds owner:<@U0CLEO> due:27 February")
    assert "SE-2026-001" in typed
    assert "27 February 2026" in typed

    await w.types("ben", "/lif action add")
    errors = await w.submits("ben", text="Review the MARF form", owner="@cleo", due="Q3")
    assert "due" in errors
    assert not await w.submits("ben", text="Review the MARF form", owner="@cleo", due="next meeting")
    by_form = await w.settled_newest("ben")
    assert "SE-2026-002" in by_form
    assert "12 March 2026" in by_form

    asked = await w.types("ben", "/lif action add Review the neglect toolkit owner:@cleo")
    assert "By when?" in asked
    assert len((await w.export())["items"]) == 2
    await w.clicks("ben", asked, "In a month (9 February 2026)")
    saved = await w.settled_newest("ben")
    assert "SE-2026-003" in saved
    assert "9 February 2026" in saved


async def reminders_and_replies(w: World) -> None:
    """Cleo gets one message at 09:00 on the right day; she is done with one, asks more time for another."""
    await w.live_until("2026-01-26T08:59:00+00:00")
    assert not w.dms("cleo")
    await w.live_until("2026-01-26T09:00:00+00:00")
    (nudge,) = w.dms("cleo")
    assert "SE-2026-003 is due on 9 February 2026. Where has it got to?" in nudge
    assert {"Done", "Update", "More time", "Cannot complete", "Not mine", "Snooze"} <= set(nudge.buttons)

    await w.live_until("2026-02-24T12:00:00+00:00")
    *_, last = w.dms("cleo")
    assert "SE-2026-001 is due on 27 February 2026" in last
    done = await w.says("cleo", "done, training delivered 12 May")
    assert "SE-2026-001 is complete and waits for sign-off" in done
    asked = await w.says("cleo", "SE-2026-002 more time 30 April because the form is with legal")
    assert "30 April 2026" in asked
    assert (await w.item("SE-2026-001"))["status"] == "complete"
    assert (await w.item("SE-2026-001"))["evidence"][0]["text"] == "training delivered 12 May"
    assert (await w.item("SE-2026-002"))["due_on"] == "2026-03-12"


async def the_chair_decides(w: World) -> None:
    """Ben signs off the first and re-dates the second."""
    await w.live_until("2026-02-25T09:00:00+00:00")
    (asked,) = w.dms("ben")
    assert "training delivered 12 May" in asked
    assert "the form is with legal" in asked
    await w.clicks("ben", asked, "Sign off")
    await w.clicks("ben", asked, "Agree")
    await w.settled_newest("ben", "dm")
    w.dms("ben")
    signed, redated = await w.item("SE-2026-001"), await w.item("SE-2026-002")
    assert signed["signed_off_on"] == "2026-02-25"
    assert signed["brag"] == "blue"
    assert (redated["due_on"], redated["original_due_on"]) == ("2026-04-30", "2026-03-12")
    await w.live_until("2026-02-25T09:10:00+00:00")
    (told,) = w.dms("cleo")
    assert "SE-2026-001 is signed off" in told
    assert "SE-2026-002 has a new date: 30 April 2026" in told


async def two_meetings_pass(w: World) -> None:
    """The third is discussed after one meeting, and goes to Dev after the second."""
    await w.live_until("2026-03-12T10:30:00+00:00")
    closed = await w.types("ben", "/lif meeting close SE-2026-003: waiting for a system change")
    assert "1 discussed" in closed
    assert (await w.item("SE-2026-003"))["cycles_missed"] == 1
    await w.live_until("2026-03-13T10:00:00+00:00")
    assert any("For discussion" in each for each in w.dms("ben"))
    assert not w.dms("dev")
    await w.live_until("2026-05-14T12:00:00+00:00")
    assert not w.dms("dev")
    await w.live_until("2026-05-15T09:00:00+01:00")
    (escalated,) = w.dms("dev")
    assert "SE-2026-003 (agency: West Yorkshire ICB) is still open after two meetings." in escalated
    assert "The group discussed it on 12 March 2026:" in escalated
    assert "waiting for a system change" in escalated
    assert "not on any person" in escalated
    item = await w.item("SE-2026-003")
    assert [(row["to"], row["reason"]) for row in item["escalations"]] == [("dev", "two_cycles")]
    assert item["brag"] == "red"


async def returned_to_the_group(w: World) -> None:
    """Dev returns it with a note, and hears no more; the digest tells the rest in counts."""
    answer = await w.says("dev", "return to group please agree a date with the supplier")
    assert "goes back to Safeguarding Effectiveness Subgroup" in answer
    item = await w.item("SE-2026-003")
    assert item["escalations"][0]["decision"] == "please agree a date with the supplier"
    assert item["brag"] == "amber"
    await w.live_until("2026-05-18T09:00:00+01:00")
    digest = w.posts()[-1]
    assert "Past date" in digest
    assert "Cleo" not in digest
    await w.live_until("2026-06-20T09:00:00+01:00")
    assert not w.dms("dev")


async def the_story(w: World) -> None:
    """Live through all of it, on whichever platform this world is."""
    await w.live_until("2026-01-09T10:00:00+00:00")
    await log_three_actions(w)
    await w.live_until("2026-01-09T10:10:00+00:00")
    (told,) = w.dms("cleo")
    assert all(f"SE-2026-00{number}" in told for number in (1, 2, 3))
    which = await w.says("cleo", "done")
    assert "Which one do you mean" in which
    assert all(item["status"] == "not_started" for item in (await w.export())["items"])
    await reminders_and_replies(w)
    await the_chair_decides(w)
    await two_meetings_pass(w)
    await returned_to_the_group(w)
    for who in ("amina", "ben", "cleo"):
        w.dms(who)
    w.posts()


async def test_from_a_meeting_to_an_escalation(database_url: str, tmp_path: Path) -> None:
    """The whole story on the wire, with the export agreeing at each step."""
    async with world(database_url, tmp_path) as w:
        await the_story(w)
        written, said = json.loads(await w.run("export", "--format", "json")), await w.export()
        assert written | {"exported_at": ""} == said | {"exported_at": ""}
