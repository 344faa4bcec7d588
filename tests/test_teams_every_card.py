"""Every kind of message that commands and notices make, as a card: within Teams' limits, and drawn without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import COMMANDS, dispatch
from lifbot.message import Form, Incoming, Message, Place
from lifbot.teams.forms import form_card
from lifbot.teams.render import message
from scheduler.compose import OCCASIONS
from tests.agencies_file import represents
from tests.card_page import easel
from tests.cascading import publish
from tests.room import SE, Room, file, room
from tests.teams_limits import check, check_card

SOFAR = ("done", "more", "cannot", "decline", "late", "early", "silent")


def asked(it: Room) -> None:
    """Ask agencies and challenge one, so that all that is said of it is drawn."""
    represents(it, "icb", ld_link="cleo", representative="grace")
    represents(it, "police", ld_link="ian")
    it.types("ben", "request add Please confirm that supervision covers the guidance agencies:all due:30 January")
    it.types("ben", "request add Section 11 return agencies:icb due:30 June kind:return")
    it.types(
        "cleo",
        "challenge add Does supervision reach night staff? to:police due:next meeting",
    )
    it.wind("2026-01-09 11:00")
    it.says("ian", "AR-2026-001 answered: every team, see https://example.org/briefing")
    it.types("ben", "request return AR-2026-001 Which stations?")
    it.types("ben", "request edit AR-2026-002 due:31 July")
    it.types("ian", "challenge respond 8 Each month since May")
    it.pause()
    it.types("cleo", "challenge remains 8 because no figures came")
    it.pause()
    for typed in (
        "request show 1",
        "request list",
        "request times",
        "agency summary",
        "challenge list",
        "challenge show 8",
    ):
        it.types("ben", typed)
    it.types("ben", "request withdraw AR-2026-002 because it is known")


def lived(it: Room) -> None:
    """Live through everything that makes lifbot speak by itself."""
    refs = {what: it.logs(f"Review {what}", "27 February", more="source:LCSPR 2 criteria:90% agree") for what in SOFAR}
    asked(it)
    it.types("ben", "source add Early help method:practice review person:@ian themes:neglect")
    it.types("ben", "source milestone LR-2026-001 Meet the authors due:31 March")
    it.types("amina", "source add Transitions method:practice review")
    it.types("amina", "source hold LR-2026-002 because court order until 31 March")
    it.wind("2026-01-10")
    it.says("cleo", f"{refs['done']} done: 40 files audited")
    it.says("cleo", f"{refs['more']} more time 30 April because the form is with legal")
    it.says("cleo", f"{refs['cannot']} cannot because the post is vacant instead we briefed all teams")
    it.says("cleo", f"{refs['decline']} not mine")
    it.types("ben", f"action escalate {refs['early']} because two agencies differ")
    a_notice(it)
    it.wind("2026-03-12 11:00")
    it.types("ben", f"meeting close {refs['late']}: waiting for a system change")
    spread = it.types("ben", "practice add Joint visits owner:@cleo spread-to:all districts due:30 June")
    it.types("cleo", f"practice spread {spread.split()[2].rstrip(',')} all four districts use it")
    it.types("ben", f"action signoff {refs['done']}")
    it.wind("2026-05-20")
    it.says("dev", f"decide {refs['late']} the ICB will lead")
    it.says("dev", f"return {refs['late']} please agree a date")
    it.refuses |= {"cleo": "user_disabled", "C0SE": "is_archived"}
    it.types("ben", "action add Brief owner:@fay due:30 June")
    it.types("ben", "action contributors 1 with:@ian")
    it.types("ben", "person away 2 June to 20 June substitute:@grace")
    it.wind("2026-08-01")
    for typed in (*(f"help {command.words}" for command in COMMANDS), "help", "soup", "action list all", "digest now"):
        it.types("ben", typed)
    for ref in refs.values():
        it.types("ben", f"action show {ref}")
    it.types("amina", f"impact {refs['done']} Repeats fell how-much:40 staff embedded:not yet evidence:in the audit")
    for typed in ("practice list", f"impact show {refs['done']}", "impact list", "impact by agency", "impact oba"):
        it.types("ben", typed)
    for typed in ("list", "show LR-2026-001", "date LR-2026-001 started today", "programme", "themes"):
        it.types("ben", f"source {typed}")
    it.types("amina", "source show LR-2026-002")
    it.types("ben", "person away")
    it.types("amina", "person leaves @cleo")
    it.wind("2026-08-05")
    it.types("ben", "action add Review this")
    it.types("eve", "action list")
    passed_on(it)


def passed_on(it: Room) -> None:
    """Let a notice go out to agencies, with each kind of answer and of picture."""
    it.types("amina", "agency edit icb link:@grace")
    it.types("amina", "agency edit police link:@fay")
    ref = publish(it, ("council", "icb", "police"), by="2026-08-31")
    it.wind("2026-08-06")
    it.says("grace", "cascaded at team meeting and supervision to 40 social workers applies:The chapter on thresholds")
    it.says("grace", "not for us because we have our own")
    for typed in (f"link {ref} agency:police", f"status {ref}", "coverage", f"received {ref}"):
        it.types("amina", f"notice {typed}")
    it.wind("2026-09-08")


def a_notice(it: Room) -> None:
    """Let a notice be written, checked, published, changed and withdrawn."""
    it.wind("2026-01-12 10:00")  # a working day
    guide = "product:One Minute Guide by:6 February summary:What to share. ask:Brief all teams theme:neglect"
    guide += " link:https://example.org/guide"
    it.types("amina", f"notice add Information sharing {guide} channels:website on:3 February 10:00 place:Town Hall")
    for who, typed in (
        ("amina", "section DN-2026-001 name:Analysis text:Agencies met early."),
        ("amina", "check DN-2026-001 ask:@ian"),
        ("ian", "approve DN-2026-001"),
        ("ian", "approve DN-2026-001 confirm:1,2,3,4,5"),
        ("amina", "list"),
        ("amina", "publish DN-2026-001"),
        ("amina", "edit DN-2026-001 by:13 February"),
        ("amina", "placed DN-2026-001 website"),
        ("amina", "hits DN-2026-001 240"),
        ("amina", "show DN-2026-001"),
        ("amina", "withdraw DN-2026-001 because the guidance has changed"),
    ):
        it.types(who, f"notice {typed}")
        it.pause()


def opened(it: Room) -> list[Form]:
    """Return the form of every command that has one."""
    forms = []
    for command in COMMANDS:
        said = Incoming("slack", "T0001", "U0BEN", Place(SE, direct=False), f"form {command.words} 5", it.now, "click")
        answer = dispatch.handle(it.db, said)
        forms += [answer.form] if answer and answer.form else []
    return forms


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Message], list[Form]]:
    folder: Path = tmp_path_factory.mktemp("cards")
    with room(f"sqlite:///{folder / 'lifbot.db'}", file(more="")) as it:
        lived(it)
        messages = [*(said.message for said in it.told), *it.answered]
        return list({each.plain(): each for each in messages}.values()), opened(it)


def test_they_are_of_every_kind(everything: tuple[list[Message], list[Form]]) -> None:
    told = "\n".join(each.plain() for each in everything[0])
    for words in (
        "Where have these got to?", "Past their date", "Waiting for your decision", "For discussion",
        "still open after",
        "no answer is recorded", "could not be delivered", "Matters arising", "Weekly digest", "You are now",
        "two meetings have passed without a decision", "does not know this account", "Did you mean",
        "does not take messages to Cleo Hart any more", "Could you pass it on?", "and you stand in",
        "has a question about the answer", "has changed: this is how", "Requests to agencies", "asked to respond to",
        "There is a response to the challenge", "is withdrawn; nothing more is needed", "How agencies follow through",
        "asks you to check this notice", "has checked DN-2026-001", "When and where", "This notice was withdrawn",
        "Cleo Hart has left the partnership", "Ben Carter, who is away until", "agencies have not confirmed DN-2026-",
        "who is in no workspace", "has nobody yet who passes learning on", "is noted as cascaded",
        "not confirmed yet of 3 agencies",
        "What difference has it made?", "What difference did it make?", "What would help it to take hold?",
        "Strong practice: has spread", "What is embedded, by agency",
        "Meet the authors", "Does the hold still stand?",
    ):  # fmt: skip
        assert words in told
    assert len(OCCASIONS) >= 9
    assert len(everything[1]) >= 10


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_each_is_drawn_without_a_fault(everything: tuple[list[Message], list[Form]], dark: bool) -> None:
    """Every other card by day, those between by night."""
    messages, forms = everything[0][dark::2], everything[1][dark::2]
    cards = [message(each)["attachments"][0]["content"] for each in messages] + [form_card(each) for each in forms]
    assert [fault for each in messages for fault in check(message(each))] == []
    assert [fault for card in cards for fault in check_card(card)] == []
    async with easel(dark=dark) as drawing:
        for card in cards:
            drawn = await drawing.draw(card)
            assert (drawn.faults, drawn.marked) == ([], [])
