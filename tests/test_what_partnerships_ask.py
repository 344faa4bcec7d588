"""What partnerships' own frameworks ask for (docs/requirements.md), each shown by a short conversation."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lifbot.reports.export import as_json
from storage import due
from storage.db import Database
from storage.export import whole_log
from storage.scope import Scope
from tests.ready import with_tables
from tests.tour import Tour

Play = Callable[[str], Awaitable[str]]

LOGGING = "[Friday 9 January 2026, 10:00 · #safeguarding-effectiveness]"
AUDIT = f"{LOGGING}\nBen> /lif action add Audit MASH thresholds owner:@cleo due:31 January\n"
CAST = ("Amina", "Ben", "Cleo", "Dev", "Grace", "Harry")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Give an empty database with the tables of today."""
    database = with_tables(f"sqlite:///{tmp_path / 'lifbot.db'}")
    yield database
    database.close()


@pytest.fixture
def play(db: Database) -> Play:
    """Play a conversation, and return it with what lifbot says in it, on one line so that words can be looked for."""

    async def played(lines: str) -> str:
        return " ".join((await Tour(db).page(f"```chat\n{lines}```\n")).split())

    return played


def logged(db: Database) -> list[dict[str, Any]]:
    """Return the items of the log as the export has them."""
    with db.begin() as session:
        scope = Scope(session, due.partnerships(session)[0], datetime(2026, 6, 1, tzinfo=UTC))
        items: list[dict[str, Any]] = json.loads(as_json(whole_log(scope)))["items"]
        return items


async def test_k1_one_log_holds_actions_recommendations_and_issues(play: Play, db: Database) -> None:
    await play(
        AUDIT + "Ben> /lif recommendation add Review the toolkit owner:@cleo due:within six months\n"
        "Cleo> /lif issue add Strategy meetings start late owner:@ben due:next meeting\n"
    )
    kinds = [(item["ref"], item["kind"], item["group"]) for item in logged(db)]
    assert kinds == [
        ("SE-2026-001", "action", "se"), ("SE-2026-002", "recommendation", "se"), ("SE-2026-003", "issue", "se"),
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "asked"), [
    ("Review the toolkit due:31 March", "Who"),
    ("Review the toolkit owner:@cleo", "By when?"),
    ("Review the toolkit owner:@cleo due:as required", "as required"),
    ("Review the toolkit owner:@nobody due:31 March", "nobody"),
])  # fmt: skip
async def test_k2_nothing_is_saved_without_an_owner_and_a_timescale(
    play: Play, db: Database, typed: str, asked: str
) -> None:
    said = await play(f"{LOGGING}\nBen> /lif action add {typed}\n")
    assert asked in said.partition(typed)[2]
    assert "Saved as" not in said
    assert logged(db) == []


async def test_k3_an_action_names_the_meeting_it_was_agreed_at(play: Play) -> None:
    said = await play(AUDIT + "Ben> /lif action show 1\n")
    assert "Agreed at: the meeting of 8 January 2026" in said


async def test_k4_updates_are_kept_with_their_dates_after_a_reminder(play: Play) -> None:
    said = await play(
        AUDIT + "[Monday 19 January 2026, 09:00]\n[Monday 19 January 2026, 12:00 · direct messages]\n"
        "Cleo> Half of the files are read\nCleo> /lif action show 1\n"
    )
    assert "“Half of the files are read” (19 January 2026, update, Cleo Hart)" in said


async def test_k5_only_those_who_lead_the_group_close_and_re_date(play: Play, db: Database) -> None:
    said = await play(
        AUDIT + "Cleo> /lif action done 1 40 files read\nCleo> /lif action signoff 1\n"
        "Harry> /lif action signoff SE-2026-001\nGrace> /lif action signoff 1\n"
    )
    assert said.count("The group's chair, its deputy, the business unit or the partnership chair can do that") == 2
    assert "Signed off SE-2026-001" in said.partition("Grace>")[2]
    assert logged(db)[0]["signed_off_on"] == "2026-01-09"


async def test_w2_a_finding_of_an_audit_becomes_an_action_that_says_so(play: Play, db: Database) -> None:
    said = await play(
        f"{LOGGING}\nBen> /lif action add Review referrals owner:@cleo due:31 March source:Audit 4, 2025\n"
    )
    assert "Saved as SE-2026-001" in said
    assert logged(db)[0]["source"] == "Audit 4, 2025"


async def test_w3_what_is_to_change_is_asked_for_and_kept(play: Play, db: Database) -> None:
    said = await play(
        f"{LOGGING}\nBen> /lif action add\nBen fills in> What is to be done: Review referrals; "
        "Accountable owner: @cleo; By when: 31 March; Success criteria: Re-referrals are down\n"
    )
    assert "Success criteria" in said
    assert logged(db)[0]["success_criteria"] == "Re-referrals are down"


async def test_k8_k9_the_matters_arising_are_in_the_channel_two_working_days_before(play: Play) -> None:
    said = await play(
        AUDIT + "Ben> /lif action add Share the tool owner:@grace due:11 March\n[Tuesday 10 March 2026, 09:00]\n"
    )
    pack = said.partition("lifbot (in #safeguarding-effectiveness)> Matters arising")[2]
    assert re.search(r"Due by this meeting \(1\) SE-2026-002 .* Past their date \(1\) SE-2026-001", pack)


async def test_k10_a_reply_is_an_update_and_is_on_the_next_agenda(play: Play) -> None:
    said = await play(
        AUDIT.replace("31 January", "31 July") + "[Monday 9 March 2026, 12:00 · direct messages]\n"
        "Cleo> update SE-2026-001 The sample is drawn\n"
        "[Tuesday 10 March 2026, 09:00]\n"
    )
    assert "Updated since the last meeting (1) SE-2026-001" in said


async def test_k11_what_cannot_be_done_needs_why_and_what_was_done_instead(play: Play, db: Database) -> None:
    said = await play(
        AUDIT + "Cleo> /lif action cannot 1 because the post is vacant\n"
        "Cleo> /lif action cannot 1 because the post is vacant instead all teams were briefed\n"
        "Ben> /lif action accept 1\n"
    )
    assert "What was done instead?" in said
    (item,) = logged(db)
    assert item["status"] == "not_completable"
    assert item["not_completable"] == {
        "reason": "the post is vacant", "done_instead": "all teams were briefed", "accepted_by": "ben",
    }  # fmt: skip


TWO_MEETINGS = AUDIT + (
    "[Thursday 12 March 2026, 11:00 · #safeguarding-effectiveness]\n"
    "Ben> /lif meeting close SE-2026-001: the sample was too small\n"
)


async def test_k12_what_remains_is_discussed_first_and_the_discussion_goes_with_it(play: Play) -> None:
    said = await play(TWO_MEETINGS + "[Friday 15 May 2026, 09:00]\n")
    assert "For discussion at the next meeting: SE-2026-001" in said
    assert "The group discussed it on 12 March 2026: “the sample was too small”" in said.partition("(to Dev)")[2]


async def test_k13_after_two_meetings_the_partnership_chair_is_asked_once(play: Play, db: Database) -> None:
    said = await play(
        TWO_MEETINGS + "[Thursday 14 May 2026, 18:00]\n[Friday 15 May 2026, 09:00]\n[Friday 29 May 2026, 09:00]\n"
    )
    assert "to Dev" not in said.partition("[Friday 15 May")[0]
    assert said.count("to Dev") == 1
    (item,) = logged(db)
    assert item["cycles_missed"] == 2
    assert [row["reason"] for row in item["escalations"]] == ["two_cycles"]


async def test_k14_the_groups_chair_may_ask_for_help_early_with_a_reason(play: Play) -> None:
    said = await play(
        AUDIT + "Ben> /lif action escalate 1 because two agencies disagree\n[Friday 9 January 2026, 10:01]\n"
    )
    asked = said.partition("lifbot (to Dev)>")[2]
    assert asked.startswith(" SE-2026-001 (agency: West Yorkshire ICB) needs your help, its group's chair says.")
    assert "“two agencies disagree”" in asked


async def test_k15_the_partnership_chairs_answer_is_recorded(play: Play, db: Database) -> None:
    await play(
        TWO_MEETINGS + "[Friday 15 May 2026, 10:00 · direct messages]\nDev> seen\nDev> decide The ICB leads on it\n"
    )
    (taken,) = logged(db)[0]["escalations"]
    assert taken["to"] == "dev"
    assert taken["acknowledged_at"].startswith("2026-05-15T10:00")
    assert taken["decision"] == "The ICB leads on it"


BLAME = re.compile(
    r"\b(fail(ed|ure|s)?|blame|fault|negligen\w*|must|you (have|did) not|too late|warning)\b", re.IGNORECASE
)


async def test_k16_words_are_polite_and_speak_of_the_action(play: Play) -> None:
    said = await play(TWO_MEETINGS + "[Monday 16 March 2026, 09:00]\n[Friday 15 May 2026, 09:00]\n")
    assert "SE-2026-001" in said.partition("[Monday 16 March")[2]
    assert BLAME.search(said) is None
    assert "This reflects delay in the action, not on any person." in said


async def test_w20_what_a_channel_reads_names_nobody(play: Play) -> None:
    said = await play(TWO_MEETINGS + "[Monday 16 March 2026, 09:00]\n[Tuesday 12 May 2026, 09:00]\n")
    posts = re.findall(r"lifbot \(in #[\w-]+\)> (.*?)(?=lifbot \(|\[|$)", said)
    assert [post for post in posts if "SE-2026-001" in post], "the digest and the agenda speak of it"
    assert [name for name in CAST for post in posts if name in post] == []


async def test_v8_an_owner_is_asked_what_got_in_the_way(play: Play) -> None:
    said = await play(AUDIT + "[Monday 9 February 2026, 09:00]\n")
    assert "Is something getting in the way? You can ask for help" in said
    assert "[Cannot complete]" in said


async def test_k34_anyone_in_the_partnership_may_raise_an_issue_to_a_group(play: Play, db: Database) -> None:
    said = await play(
        f"{LOGGING}\nHarry> /lif action add Review the form owner:@ben due:31 March\n"
        "Harry> /lif issue add Schools hear late owner:@ben due:31 March\n"
    )
    assert "The group's chair, its deputy, the business unit or the partnership chair can do that" in said
    assert [(item["kind"], item["group"]) for item in logged(db)] == [("issue", "se")]
