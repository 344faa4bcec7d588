"""Who may do what: DOMAIN.md's table, written out by hand and tried by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import COMMANDS
from lifbot.policy.rights import MAY
from tests.agencies_file import represents
from tests.desk import LD, NOWHERE, SE, Desk, at_desk

# Harry owns the item and belongs to another group; Jo is in the partnership and in no group.
ROLES = {
    "ian": "a member of the group",
    "harry": "the owner",
    "ben": "the group's chair",
    "grace": "its deputy",
    "amina": "the business unit",
    "dev": "the partnership chair",
    "jo": "another member",
}
SEE = {"ian", "harry", "ben", "grace", "amina", "dev"}
LEADS = {"ben", "grace", "amina"}
EVERYONE = set(ROLES)
DONE = "/lif action done {ref} trained"
CANNOT = "/lif action cannot {ref} because X instead Y"
ASK = "/lif action extend {ref} 30 June because ill"
TAKE = "/lif action escalate {ref} because stuck"
CLOSED = "/lif action withdraw {ref} because logged twice"
ISSUE, RECOMMENDATION, PRACTICE = "issue", "recommendation", "practice"
SIGNED = "/lif action signoff {ref}"
CHALLENGE, RESPONDED, REQUEST, ANSWERED = "challenge", "responded", "request", "answered"
LED = (TAKE, CLOSED)

# what is typed; who may; what Harry (or Ben) does first
TABLE: tuple[tuple[str, set[str], str], ...] = (
    ("/lif action show {ref}", SEE, ""),
    ("/lif action card {ref}", SEE, ""),
    ("/lif meeting agenda", SEE - {"harry"}, ""),
    ("/lif digest now", SEE - {"harry"}, ""),
    ("/lif meeting next", EVERYONE, ""),
    ("/lif action list mine", EVERYONE, ""),
    ("/lif find audit", EVERYONE, ""),
    ("/lif action file mine", EVERYONE, ""),
    ("/lif help", EVERYONE, ""),
    ("/lif action add Audit owner:@cleo due:31 March", LEADS | {"dev"}, ""),
    ("/lif action paste Cleo to audit by 31 March", LEADS | {"dev"}, ""),
    ("/lif action preview nothing group:se", LEADS | {"dev"}, ""),
    ("/lif recommendation add Audit owner:@cleo due:31 March", LEADS | {"dev"}, ""),
    ("/lif issue add Late starts owner:@cleo due:31 March", EVERYONE, ""),
    ("/lif action update {ref} Draft", LEADS | {"harry"}, ""),
    (DONE, LEADS | {"harry"}, ""),
    ("/lif action evidence {ref} 40 staff", LEADS | {"harry"}, DONE),
    (CANNOT, LEADS | {"harry"}, ""),
    ("/lif action decline {ref} I moved", LEADS | {"harry"}, ""),
    ("/lif action handover {ref} to @cleo", LEADS | {"harry"}, ""),
    ("/lif action contributors {ref} with:@cleo", LEADS | {"harry", "dev"}, ""),
    ("/lif person away", EVERYONE, ""),
    ("/lif person returns @kim", {"amina"}, ""),
    ("/lif action snooze {ref} 2 days", LEADS | {"harry"}, ""),
    (ASK, LEADS | {"harry", "dev"}, ""),  # the owner asks for it, the others give it
    ("/lif action signoff {ref}", LEADS | {"dev"}, DONE),
    ("/lif action signoff all SE", LEADS | {"dev"}, ""),
    ("/lif action dismiss {ref}", LEADS, ""),
    ("/lif mine", EVERYONE, ""),
    ("/lif home", EVERYONE, ""),
    ("/lif decisions", EVERYONE, ""),
    ("/lif settings reminders:12:00", EVERYONE, ""),
    ("/lif action return {ref} Please add figures", LEADS | {"dev"}, DONE),
    ("/lif action accept {ref}", LEADS | {"dev"}, CANNOT),
    ("/lif action reassign {ref} to @ian", LEADS | {"dev"}, ""),
    ("/lif action edit {ref} text:Other words because clearer", LEADS | {"dev"}, ""),
    ("/lif action withdraw {ref} because logged twice", LEADS | {"dev"}, ""),
    ("/lif action tag {ref} theme:neglect", LEADS | {"dev"}, ""),
    ("/lif action themes SE", SEE - {"harry"}, ""),
    ("/lif action reopen {ref} because repeats were found", LEADS | {"dev"}, CLOSED),
    ("/lif action supersede {ref} by:SE-2026-001 because one plan is enough", LEADS | {"dev"}, ""),
    ("/lif action link {ref} to:SE-2026-001", LEADS | {"dev"}, ""),
    ("/lif action unlink {ref}", LEADS | {"dev"}, "/lif action link {ref} to:SE-2026-001"),
    ("/lif recommendation show {ref}", SEE, ""),
    ("/lif recommendation respond {ref} accepted", LEADS | {"dev"}, RECOMMENDATION),
    ("/lif issue show {ref}", SEE, ""),
    ("/lif issue to-action {ref} owner:@cleo due:31 March", LEADS | {"dev"}, ISSUE),
    ("/lif issue close {ref} because the rota settles it", LEADS | {"dev"}, ISSUE),
    ("/lif practice add Joint visits owner:@cleo spread-to:all due:31 March", LEADS | {"dev", "ian"}, ""),
    ("/lif practice spread {ref} everywhere", LEADS | {"harry"}, PRACTICE),
    ("/lif practice show {ref}", SEE, PRACTICE),
    ("/lif practice list SE", SEE - {"harry"}, ""),
    ("/lif impact {ref} Repeats fell embedded:partly", LEADS | {"harry"}, SIGNED),
    ("/lif impact later {ref}", LEADS | {"harry"}, SIGNED),
    ("/lif impact show {ref}", SEE, ""),
    ("/lif impact list SE", SEE - {"harry"}, ""),
    ("/lif impact by agency", EVERYONE, ""),
    ("/lif impact oba SE", SEE - {"harry"}, ""),
    ("/lif action handoff {ref} Train staff to:LD owner:@cleo due:31 March", LEADS | {"dev"}, DONE),
    ("/lif action repeat {ref} every quarter", LEADS | {"dev"}, ""),
    ("/lif action nudge {ref} Could you say where this is?", LEADS, ""),
    ("/lif recommendation spread {ref} agencies:all due:31 March", LEADS | {"dev"}, RECOMMENDATION),
    ("/lif source add Early help method:review", LEADS | {"dev"}, ""),
    ("/lif source list", EVERYONE, ""),
    ("/lif source show LR-2026-001", SEE, ""),  # Harry answers for it
    ("/lif source edit LR-2026-001 themes:neglect", LEADS | {"dev"}, ""),
    ("/lif source date LR-2026-001 started:today", LEADS | {"dev"}, ""),
    ("/lif source done LR-2026-001 meet", LEADS | {"dev", "harry"}, ""),
    ("/lif source milestone LR-2026-001 Ask them due:31 March", LEADS | {"dev"}, ""),
    ("/lif source delay LR-2026-001 because of proceedings", LEADS | {"dev"}, ""),
    ("/lif source take-down LR-2026-001", LEADS | {"dev"}, ""),
    ("/lif source close LR-2026-001", LEADS | {"dev"}, ""),
    ("/lif source hold LR-2026-001 because court order", {"amina", "dev"}, ""),
    ("/lif source lift LR-2026-001", {"amina", "dev"}, ""),
    ("/lif source programme", SEE - {"harry"}, ""),
    ("/lif source themes", SEE - {"harry"}, ""),
    (TAKE, LEADS, ""),
    ("/lif action seen {ref}", {"dev"}, TAKE),
    ("/lif action decide {ref} The ICB leads", {"dev"}, TAKE),
    ("/lif action return {ref} Please agree a date", {"dev"}, TAKE),
    ("/lif meeting cancel 12 March because of snow", LEADS, ""),
    ("/lif meeting move 12 March to 19 March", LEADS, ""),
    ("/lif meeting close confirm:yes", LEADS, ""),
    ("/lif meeting add 5 March 2026 10:00", LEADS, ""),
    ("/lif meeting rhythm first Monday of every month at 9", LEADS, ""),
    ("/lif group members SE add:@jo", LEADS, ""),
    ("/lif notice add Sharing product:Briefing summary:What is new by:31 March", LEADS | {"dev", "harry"}, ""),
    ("/lif notice list", EVERYONE, ""),
    ("/lif group", LEADS | {"dev", "harry"}, ""),  # Harry chairs another one, and sees that
    ("/lif person", LEADS | {"dev", "harry"}, ""),
    ("/lif agency", {"amina", "dev"}, ""),
    ("/lif request add Confirm it agencies:all due:31 March", LEADS | {"dev"}, ""),
    ("/lif request show AR-2026-001", SEE - {"harry"}, REQUEST),
    ("/lif request list", EVERYONE, ""),
    ("/lif request times", EVERYONE - {"jo"}, ""),  # Harry chairs another group
    ("/lif agency summary", EVERYONE - {"jo"}, ""),
    ("/lif request edit AR-2026-001 due:30 April", LEADS | {"dev"}, REQUEST),
    ("/lif request answer AR-2026-001 It is so agency:icb", {"amina"}, REQUEST),  # nobody is named for it
    ("/lif request return AR-2026-001 Which teams? agency:icb", LEADS | {"dev"}, ANSWERED),
    ("/lif request close AR-2026-001", LEADS | {"dev"}, REQUEST),
    ("/lif request withdraw AR-2026-001 because it is known", LEADS | {"dev"}, REQUEST),
    (
        "/lif challenge add Why is it late? to:LD due:next meeting",
        EVERYONE - {"harry"},
        "",
    ),  # who would respond himself
    ("/lif challenge list", EVERYONE, ""),
    ("/lif challenge show {ref}", SEE, CHALLENGE),
    ("/lif challenge respond {ref} We look at it", LEADS | {"harry"}, CHALLENGE),
    ("/lif challenge resolved {ref} because it is seen", LEADS | {"dev"}, CHALLENGE),
    ("/lif challenge remains {ref} because nothing came", LEADS | {"dev"}, RESPONDED),
    ("/lif challenge discussed {ref} They were asked again", LEADS, CHALLENGE),
    ("/lif setup", {"amina"}, ""),
    ("/lif setup partnership timezone:Europe/Paris", {"amina"}, ""),
    ("/lif setup agencies Education", {"amina"}, ""),
    ("/lif setup groups Quality Group", {"amina"}, ""),
    ("/lif setup people", {"amina"}, ""),
    ("/lif setup rules nudge_at 10:00", {"amina"}, ""),
    ("/lif setup duties", {"amina"}, ""),
    ("/lif duty list", EVERYONE, ""),
    ("/lif group add Other Group", {"amina"}, ""),
    ("/lif group edit SE name:Other", {"amina"}, ""),
    ("/lif group close SE", {"amina"}, ""),
    ("/lif person add Lee Park", {"amina"}, ""),
    ("/lif person edit @fay name:Fay", {"amina"}, ""),
    ("/lif notice coverage", EVERYONE - {"jo"}, ""),
    ("/lif agency add Probation", {"amina"}, ""),
    ("/lif agency edit Police name:The Police", {"amina"}, ""),
)
CAN = ("can do that", "can be seen by", "responds to", "would be asked to respond")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def a_request(desk: Desk, first: str) -> None:
    """Ask agencies anew, as Amina, and answer for the ICB: each is tried by everybody."""
    desk.amina("/lif request add Confirm it agencies:all due:31 March")
    if first == ANSWERED:
        number = len(desk.export()["requests"])
        desk.amina(f"/lif request answer AR-2026-{number:03d} It is so agency:icb")


def a_challenge(desk: Desk, first: str) -> str:
    """Let Kim challenge the police, for whom Harry responds; returns its reference."""
    represents(desk, "police", representative="harry")
    said = desk.types("kim", "/lif challenge add How do you know? to:police due:31 March")
    ref = said.summary.split()[2].rstrip(",")
    if first == RESPONDED:
        desk.types("harry", f"/lif challenge respond {ref} We look at it")
    return ref


def an_item(desk: Desk, first: str) -> str:
    """Let Ben log an action of Harry's, and somebody do something with it; returns its reference."""
    kind = first if first in (ISSUE, RECOMMENDATION, PRACTICE) else "action"
    more = " spread-to:all" if kind == PRACTICE else ""
    answer = desk.ben(f"/lif {kind} add Audit owner:@harry due:31 March{more}")
    ref = answer.summary.split()[2].rstrip(",")
    if first == SIGNED:
        desk.types("harry", DONE.format(ref=ref))
    if first and first != kind:
        desk.types("ben" if first in (*LED, SIGNED) or "link" in first else "harry", first.format(ref=ref))
    return ref


@pytest.mark.parametrize(("typed", "may", "first"), TABLE, ids=[typed for typed, _, _ in TABLE])
def test_the_table(desk: Desk, typed: str, may: set[str], first: str) -> None:
    if "LR-2026-001" in typed:
        desk.ben("/lif source add Early help method:review person:@harry")
        desk.ben("/lif source milestone LR-2026-001 Meet the authors due:31 March")
    for who in ROLES:
        if typed.startswith("/lif meeting c") and who in may and who != "ben":
            continue  # one meeting is closed or cancelled once; Ben's turn shows it, Grace's and Amina's are below
        if "SE-2026-001" in typed + first and who == "ian":
            an_item(desk, "")  # the other item
        if first in (CHALLENGE, RESPONDED):
            ref = a_challenge(desk, first)
        else:
            ref = an_item(desk, first) if "{ref}" in typed else ""
        if first in (REQUEST, ANSWERED):
            a_request(desk, first)
            typed = re.sub(r"AR-2026-\d+", f"AR-2026-{tuple(ROLES).index(who) + 1:03d}", typed)
        before = desk.entries()
        answer = desk.types(who, typed.format(ref=ref)).plain()
        refused = any(words in answer for words in CAN)
        assert refused == (who not in may), f"{ROLES[who]}: {typed}: {answer}"
        if refused:
            assert desk.entries() == before
            assert "does not know" not in answer, "insiders are told who can"
        if typed.startswith("/lif source hold") and not refused:
            desk.amina("/lif source lift LR-2026-001")  # who may not see a hold is told that there is no such source
        if typed.startswith("/lif meeting move") and not refused:
            desk.types(who, "/lif meeting move 19 March to 12 March")


@pytest.mark.parametrize("who", ["grace", "amina"])
def test_deputy_and_business_unit_hold_meetings_too(desk: Desk, who: str) -> None:
    assert "taken as cancelled" in desk.types(who, "/lif meeting cancel 14 May").plain()
    assert "is closed" in desk.types(who, "/lif meeting close confirm:yes").plain()


def test_every_right_and_every_command_is_tried() -> None:
    tried = {typed.split("{")[0].removeprefix("/lif ") for typed, _, _ in TABLE}
    missing = [c.words for c in COMMANDS if not any(f"{words} ".startswith(f"{c.words} ") for words in tried)]
    of_people = {"action take", "person back", "person here", "person leaves", "concern"}
    of_notices = {command.words for command in COMMANDS if command.words.startswith("notice ")}
    elsewhere = {
        "undo",
        "action handback",
        "meeting post",
        "find",
        "action file",
        *of_people,
        *of_notices,
    }  # each in a file of its own
    assert set(missing) <= elsewhere
    assert {command.may for command in COMMANDS} <= set(MAY)


def test_the_partnership_chairs_deputy_answers_escalations(desk: Desk) -> None:
    for typed in ("seen {ref}", "decide {ref} The ICB leads", "return {ref} Agree a date"):
        ref = an_item(desk, TAKE)
        assert ref in desk.types("kim", f"/lif action {typed.format(ref=ref)}").plain()
    assert desk.item("SE-2026-002")["escalations"][0]["decision"] == "The ICB leads"


DECISIONS = (
    (DONE, "/lif action signoff {ref}"),
    (DONE, "/lif action return {ref} Please add figures"),
    (CANNOT, "/lif action accept {ref}"),
    ("", "/lif action edit {ref} text:Other words because clearer"),
    ("", "/lif action withdraw {ref} because logged twice"),
)


@pytest.mark.parametrize(("first", "typed"), DECISIONS)
@pytest.mark.parametrize("owner", ["ben", "grace", "amina"])
def test_nobody_decides_about_their_own(desk: Desk, owner: str, first: str, typed: str) -> None:
    other = {"ben": "grace", "grace": "amina", "amina": "ben"}[owner]
    ref = desk.ben(f"/lif action add Audit owner:@{owner} due:31 March").summary.split()[2].rstrip(",")
    if first:
        desk.types(owner, first.format(ref=ref))
    refusal = desk.refuses(owner, typed.format(ref=ref))
    assert "This one is yours, so somebody else decides" in refusal
    assert ref in desk.types(other, typed.format(ref=ref)).plain()


def test_a_chair_asks_for_more_time_like_anybody(desk: Desk) -> None:
    desk.ben("/lif action add Audit owner:@ben due:31 March")
    asked = desk.ben("/lif action extend 1 30 June because ill").plain()
    assert "The deputy or the business unit is asked to move SE-2026-001 to 30 June 2026" in asked
    assert desk.item("SE-2026-001")["due_on"] == "2026-03-31"
    assert "30 June 2026" in desk.grace("/lif action accept 1").plain()
    assert desk.item("SE-2026-001")["due_on"] == "2026-06-30"


def test_a_group_chair_is_nobody_special_elsewhere(desk: Desk) -> None:
    desk.types("harry", "/lif action add Learning owner:@cleo due:31 March", LD)
    for typed in ("show LD-2026-001", "withdraw LD-2026-001 because wrong", "done LD-2026-001 trained"):
        assert any(words in desk.refuses("ben", f"/lif action {typed}") for words in CAN)
    assert "can do that" in desk.refuses("ben", "/lif action add Audit owner:@cleo due:31 March", LD)


ENTRIES = (
    ("/lif action list", SE, "command"),
    ("/lif help", SE, "command"),
    ("", NOWHERE, "command"),
    ("/lif action show SE-2026-001", "D0EVE", "command"),
    ("done", "D0EVE", "words"),
    ("SE-2026-001 done", "D0EVE", "words"),
    ("what do you do?", SE, "mention"),
    ("action signoff SE-2026-001", SE, "click"),
    ("undo 1", SE, "click"),
    ("form action add", SE, "click"),
    ("action add", SE, "form"),
    ("a\x00b", SE, "command"),
    ("x" * 9000, SE, "command"),
)


def test_an_outsider_hears_one_line_at_every_door(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add Audit owner:@cleo due:31 March")
        before = desk.log()
        heard = {
            (answer.plain(), answer.form)
            for text, channel, kind in ENTRIES
            if (answer := desk.hears("eve", text, channel, kind, fields=(("text", "X"), ("owner", "@cleo"))))  # type: ignore[arg-type]  # the table's kinds are those of Incoming
        }
        assert len(heard) == 1
        ((line, form),) = heard
        assert form is None
        assert "does not know this account" in line
        assert not [name for name in ("Kirklees", "Ben", "Amina", "SE-2026") if name in line]
        assert desk.log() == before
