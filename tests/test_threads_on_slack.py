"""Cards, their threads, mentions, files and edits in the running program, on Slack's wire."""

from __future__ import annotations

from pathlib import Path

from tests.world import SE, Posted, World, world

ONE = "SE-2026-001"
NAMES = ("Cleo", "Ben", "Amina", "Dev")


async def with_a_card(w: World) -> Posted:
    """Log an action of Cleo's, and post its card."""
    await w.live_until("2026-01-09T10:00:00+00:00")
    saved = await w.types("ben", "/lif action add Audit MASH thresholds owner:@cleo due:27 February")
    await w.clicks("ben", saved, "Post a card")
    await w.settled_newest("ben")
    await w.live_until("2026-01-09T10:05:00+00:00")
    w.dms("cleo")
    (card,) = [each for each in w.stands() if "Reply in this thread" in each]
    assert not any(name in card.text for name in NAMES)
    return card


async def test_replies_in_a_cards_thread_update_it_and_the_card_is_drawn_anew(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        card = await with_a_card(w)
        (told,) = await w.replies("cleo", card, "The draft is with partners")
        assert told.text.startswith(f"Thank you, your update to {ONE} is noted.")
        assert told.message.only_for == "U0CLEO"
        assert await w.replies("ben", card, "Great, shall we talk about it on Monday?") == []
        assert await w.replies("eve", card, "done, and dusted") == []
        assert await w.replies("cleo", card, "ok, thanks") == []
        (done,) = await w.replies("cleo", card, "done, training delivered 12 May", file="Register.pdf")
        assert "waits for sign-off" in done
        await w.live_until("2026-01-09T10:10:00+00:00")
        now = w.as_it_stands(card)
        assert "complete, waiting for sign-off" in now
        assert not any(name in now.text for name in NAMES)
        item = await w.item(ONE)
        assert [row["text"] for row in item["updates"]] == ["The draft is with partners", "training delivered 12 May"]
        assert item["evidence"][1]["name"] == "Register.pdf"
        await w.live_until("2026-01-12T12:00:00+00:00")
        assert [f"{ONE}" in each for each in w.dms("ben")]
        w.dms("amina")
        assert "draft is with partners" not in w.log()
        assert not w.posts()[1:], "a digest alone"


async def test_a_mention_is_answered_in_its_thread_with_a_card_that_can_be_replied_to(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        await w.live_until("2026-01-09T10:00:00+00:00")
        told = await w.mentions("ben", "action add Audit MASH thresholds owner:@cleo due:27 February")
        assert "Saved as SE-2026-001" in told
        await w.live_until("2026-01-09T10:05:00+00:00")
        (card,) = w.in_threads()
        assert ONE in card
        assert not any(name in card.text for name in NAMES)
        (answer,) = await w.replies("cleo", card, "done, all trained")
        assert "waits for sign-off" in answer
        await w.live_until("2026-01-09T10:10:00+00:00")
        assert "waiting for sign-off" in w.as_it_stands(card)
        (again,) = await w.replies("cleo", card, "@lifbot done, all of it")
        assert "complete already" in again
        assert len(w.in_threads()) == 1
        assert not w.posts()
        w.dms("cleo")
        w.dms("ben")


async def test_a_file_and_an_edit_in_the_direct_message(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        card = await with_a_card(w)
        kept = await w.says("cleo", f"{ONE} done, 40 trained", file="Register.pdf")
        assert "waits for sign-off" in kept
        await w.edits("cleo", "40 trained", f"{ONE} done, 41 trained")
        corrected = await w.settled_newest("cleo", "dm")
        assert "Corrected." in corrected
        item = await w.item(ONE)
        assert [row["text"] for row in item["updates"]] == ["40 trained", "41 trained"]
        assert [row["text"] for row in item["evidence"]] == ["40 trained", "Register.pdf", "41 trained"]
        shown = await w.types("ben", f"/lif action show {ONE}")
        assert "41 trained" in shown
        assert "before: “40 trained”" in shown
        assert '"url": "https://playground.example/files/' in str(shown.message.blocks).replace("'", '"')
        assert card.message.channel == SE


async def test_an_edit_in_a_cards_thread_corrects_and_tells_the_writer_alone(tmp_path: Path) -> None:
    async with world(f"sqlite:///{tmp_path / 'lifbot.db'}", tmp_path) as w:
        card = await with_a_card(w)
        await w.replies("cleo", card, "The draft is raedy")
        await w.replies("ben", card, "Super")
        await w.edits("cleo", "raedy", "The draft is ready", SE, card.message.ts)
        await w.edits("ben", "Super", "Superb", SE, card.message.ts)
        await w.settled_newest("cleo")
        assert [row["text"] for row in (await w.item(ONE))["updates"]] == ["The draft is raedy", "The draft is ready"]
        thread = w.workspace.messages.in_thread(SE, card.message.ts, "U0CLEO", 50)
        assert thread[-1].text == "Corrected."
        assert thread[-1].only_for == "U0CLEO"
