"""Leeds' own story: a review's learning sheet is written, checked and published, and eleven agencies pass it on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.partnership_worlds import PLATFORMS, partnership, read_all
from tests.teams_world import TeamsWorld
from tests.world import World

LR, DN = "LR-2026-001", "DN-2026-001"
TICKS = ("no_detail", "no_hold", "welfare", "told", "quality")
GROUPS = ("C0LD", "C0SS", "C0CDOP", "C0TD")
LINKS = ("leah", "tom", "lynn", "irina", "paul", "fiona", "yusuf", "petra", "isla", "carl")
TITLE = "Moving on from children's services"
SHEET = {
    "title": TITLE,
    "product": "learning_sheet",
    "summary": "Plan the move early, and ask the young person.",
    "cascade_by": "6 February",
    "source": LR,
    "link": "https://example.org/sheet",
    "ask": "Talk it through in teams.",
}
IN_WORDS = {
    "irina": ("cascaded at team meeting to 40 commissioners", "by team meeting, to commissioners, about 40 people"),
    "yusuf": ("cascaded in supervision to 25 youth justice workers", "by supervision, to youth justice workers"),
    "petra": ("passed it on by newsletter to 120 staff", "by newsletter, about 120 people"),
    "isla": ("cascaded by email to 12 reviewing officers", "by e-mail, to reviewing officers, about 12 people"),
    "carl": (
        "we have cascaded it in training and supervision to about 200 social workers",
        "by training and supervision",
    ),
}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_learning_sheet_reaches_eleven_agencies(platform: str, tmp_path: Path) -> None:
    async with partnership("leeds", tmp_path, platform) as w:
        await the_story(w)


async def the_story(w: World) -> None:
    """Live through all of it, on whichever platform this world is."""
    await w.live_until("2026-01-12T10:00:00+00:00")
    await written_by_the_business_unit(w)
    await checked_by_a_second_person(w)
    first = await published(w)
    link = _link_in(first["kofi"])
    await nine_answer(w, first)
    await chased_at_half_time_and_at_the_date(w)
    await then_others_are_asked(w)
    await wes_answers_on_his_phone(w, link)
    await the_picture_is_complete(w)
    await w.live_until("2026-02-24T12:00:00+00:00")
    said = read_all(w)
    assert not [text for texts in said.values() for text in texts if DN in text], "all is quiet once all have answered"


async def written_by_the_business_unit(w: World) -> None:
    """Nadia puts the review in the register under its own reference, and writes the sheet by the form."""
    add = f"{TITLE} method:Learning Lesson Review own:LLR 4 started:3 November 2025 themes:transitions"
    assert f"Saved as {LR}." in await w.types("nadia", f"/lif source add {add}", "C0LD")
    await w.types("nadia", "/lif notice add", "C0LD")
    assert await w.submits("nadia", **SHEET) == {}
    saved = await w.settled_newest("nadia", "C0LD")
    assert f"Saved as {DN}, a draft: it goes to nobody until a second person has checked it." in saved
    assert f"{LR} is not published yet. The learning need not wait for that" in saved
    await w.clicks("nadia", saved, "Ask somebody to check it…")
    refused = await w.submits("nadia", ask="@nadia")
    assert refused == {"ask": f"You wrote {DN}, or part of it, so somebody else checks it. Who?"}
    assert await w.submits("nadia", ask="@owen") == {}
    assert "Owen Pike is asked to check" in await w.settled_newest("nadia", "C0LD")
    assert "is not checked yet, so it is not published" in await w.types("nadia", f"/lif notice publish {DN}", "C0LD")


async def checked_by_a_second_person(w: World) -> None:
    """Owen reads the whole of it, and confirms each statement or none."""
    await w.live_until("2026-01-12T10:03:00+00:00")
    (asked,) = w.dms("owen")
    assert "Nadia Hussain asks you to check this notice before it is published." in asked
    assert "Plan the move early, and ask the young person." in asked
    await w.clicks("owen", asked, "Check it…")
    assert list(await w.submits("owen", **dict.fromkeys(TICKS[:4], _yes(w)))) == ["quality"]
    assert not await w.submits("owen", **dict.fromkeys(TICKS, _yes(w)))
    assert "Thank you. You have confirmed" in await w.settled_newest("owen", "dm")


async def published(w: World) -> dict[str, Any]:
    """It goes into the four channels and once to each link; Kofi gets Wes's, who is in no workspace."""
    await w.live_until("2026-01-12T10:05:00+00:00")
    (told,) = w.dms("nadia")
    assert f"Owen Pike has checked {DN} and confirms it." in told
    await w.clicks("nadia", told, "Publish now")
    assert "11 agencies are asked to cascade it by 6 February 2026." in await w.settled_newest("nadia", "dm")
    await w.live_until("2026-01-12T10:08:00+00:00")
    for channel in GROUPS:
        (post,) = w.posts(channel)
        assert f"Learning sheet: {TITLE}" in post
        assert "please cascade it by 6 February 2026" in post
        assert not any(name in post.text for name in ("Nadia", "Owen", LR))
    first = {who: messages for who in w.people if (messages := w.dms(who))}
    assert set(first) == {*LINKS, "kofi"}, "the business unit, chairs and the outsider get nothing"
    assert all(len(messages) == 1 for messages in first.values()), "nobody is told twice"
    found = {who: messages[0] for who, messages in first.items()}
    assert "For West Yorkshire Police." in found["paul"]
    assert found["paul"].buttons[-3:] == ["Received", "Cascaded…", "Not for us…"]
    assert "For Wes Young, who is in no workspace. Could you pass this link on?" in found["kofi"]
    return found


async def nine_answer(w: World, first: dict[str, Any]) -> None:
    """Leah and Fiona answer by buttons, Lynn by a button and later words, five by words; two say nothing."""
    await w.clicks("leah", first["leah"], "Cascaded…")
    how = ["team_meeting"] if _on_slack(w) else "team_meeting"
    assert not await w.submits("leah", how=how, to_whom="nurses", reach="40")
    assert "Cascaded by team meeting, to nurses, about 40 people" in await w.settled_newest("leah", "dm")
    await w.clicks("fiona", first["fiona"], "Not for us…")
    assert "Why is it not for you?" in (await w.submits("fiona", reason=" "))["reason"]
    assert not await w.submits("fiona", reason="we work with no young people who move on")
    assert "Not for them: we work with no young people who move on" in await w.settled_newest("fiona", "dm")
    await w.clicks("lynn", first["lynn"], "Received")
    assert "Received · 12 January 2026" in await w.settled_newest("lynn", "dm")
    for who, (words, understood) in IN_WORDS.items():
        assert f"Cascaded {understood}" in await w.says(who, words), words


async def chased_at_half_time_and_at_the_date(w: World) -> None:
    """Only who has said nothing is asked at half time; Lynn, who has received it, at the date."""
    await w.live_until("2026-01-26T12:00:00+00:00")
    said = read_all(w)
    assert _asked(said, "has it reached the staff of") == {"tom", "paul", "kofi"}
    assert "DN-2026-001 is to be passed on by 6 February 2026. Has it reached the staff of LTHT?" in said["tom"][-1]
    assert "20 February 2026" in await w.types("tom", "/lif person away 2 February to 20 February", "dm")
    await w.live_until("2026-02-06T12:00:00+00:00")
    said = read_all(w)
    assert "Tom" in said["dina"][-1], "Dina, the deputy link, hears in his place"
    assert _asked(said, "by the end of today. has it reached the staff of") == {"dina", "paul", "kofi", "lynn"}
    assert "Cascaded by team meeting, to nurses, about 60" in await w.says(
        "lynn", "cascaded at team meeting to 60 nurses"
    )


async def then_others_are_asked(w: World) -> None:
    """A week later the representatives are asked, once; then the business unit reads of the agencies."""
    await w.live_until("2026-02-13T12:00:00+00:00")
    said = read_all(w)
    assert _asked(said, "has not said yet whether") == {"sam", "grant"}, "Kofi was asked in Wes's place already"
    assert (
        "West Yorkshire Police has not said yet whether DN-2026-001 reached its staff. Could you help?"
        in said["grant"][-1]
    )
    await w.live_until("2026-02-16T12:00:00+00:00")
    said = read_all(w)
    line = "3 agencies have not confirmed DN-2026-001: LTHT, West Yorkshire Police, Wetherby YOI."
    assert line in said["nadia"][-1]
    assert line in said["owen"][-1]
    assert not [name for name in ("Tom", "Paul", "Wes Young", "Sam", "Grant") if name in said["nadia"][-1]]
    assert not [text for channel in GROUPS for text in said.get(channel, ()) if "not confirmed" in text]
    assert "to officers, about 300 people" in await w.says("grant", "cascaded at team meeting to 300 officers")
    assert "about 90 people" in await w.says("sam", "cascaded at ward meetings to 90 nurses")


async def wes_answers_on_his_phone(w: World, link: str) -> None:
    """Wes opens the link that Kofi passed on: it needs no account, and reveals the title alone."""
    async with httpx.AsyncClient(trust_env=False) as phone:
        shown = await phone.get(link)
        assert shown.status_code == 200
        assert "Learning sheet: Moving on" in shown.text
        assert not [
            word for word in ("Plan the move early", DN, LR, "example.org", "Wes", "Kofi") if word in shown.text
        ]
        wrong = await phone.post(link, data={"status": "cascaded", "how": "supervision", "reach": "many"})
        assert wrong.status_code == 422
        sent = {"status": "cascaded", "how": "supervision", "to_whom": "officers", "reach": "about 25"}
        thanked = await phone.post(link, data=sent, follow_redirects=True)
        assert thanked.status_code == 200
        assert "noted as passed on" in thanked.text
        assert (await phone.get(link[:-4] + "AAAA")).status_code in (403, 404), "a link is signed"


async def the_picture_is_complete(w: World) -> None:
    """Status, coverage and the export say the same; the outsider is shown nothing."""
    status = await w.types("owen", f"/lif notice status {DN}", "C0LD")
    assert f"{DN}: 10 cascaded, 1 not for them of 11 agencies." in status
    assert "Cascaded by supervision, to officers, about 25 people · 16 February 2026" in status
    assert "Agencies are named, people are not." in status
    assert not [name for name in w.people.values() if name in status.text]
    coverage = await w.types("owen", "/lif notice coverage", "C0LD")
    assert "Coverage of 1 notice: 11 of 11 answers are in." in coverage
    assert "10 of 11 cascaded · 1 not for them" in coverage
    shown = await w.types("nadia", f"/lif source show {LR}", "C0LD")
    assert "LLR 4" in shown
    assert f"{DN} {TITLE} (published)" in shown
    log = await w.export()
    (source,), (notice,) = log["sources"], log["notices"]
    assert (source["ref"], source["own_reference"], source["group"]) == (LR, "LLR 4", "ld")
    assert (notice["status"], notice["source"], notice["author"], notice["checker"]) == (
        "published",
        LR,
        "nadia",
        "owen",
    )
    assert notice["confirmed"] == list(TICKS)
    by_agency = {each["agency"]: each for each in notice["receipts"]}
    assert len(by_agency) == 11
    assert sum(each["reach"] or 0 for each in by_agency.values()) == 40 + 40 + 25 + 120 + 12 + 200 + 60 + 300 + 90 + 25
    assert {agency for agency, each in by_agency.items() if each["status"] != "cascaded"} == {"fire"}
    assert by_agency["fire"]["reason"] == "we work with no young people who move on"
    assert {agency for agency, each in by_agency.items() if each["by_link"]} == {"wetherby"}
    assert (by_agency["police"]["by"], by_agency["ltht"]["by"]) == ("grant", "sam")
    if isinstance(w, TeamsWorld):  # where an app has to be added first
        await w.install("eve")
    for line in (f"notice status {DN}", "notice coverage", f"source show {LR}"):
        answer = await w.types("eve", f"/lif {line}", "dm")
        assert "does not know this account" in answer
        assert TITLE not in answer.text


def _on_slack(w: World) -> bool:
    return type(w) is World


def _yes(w: World) -> Any:
    return ["yes"] if _on_slack(w) else "yes"


def _asked(said: dict[str, list[str]], words: str) -> set[str]:
    """Who was asked in these words; each of them once."""
    found = [who for who, texts in said.items() for text in texts if words in text.lower()]
    assert len(found) == len(set(found)), "nobody is asked twice"
    return set(found)


def _link_in(message: Any) -> str:
    return next(str(word) for word in message.text.split() if "/receipt/" in word)
