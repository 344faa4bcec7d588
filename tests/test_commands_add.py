"""Logging actions, recommendations and issues: what people and scripts type, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lifbot.message import Form
from tests.desk import FILE, LD, NOWHERE, SE, Desk, at_desk, buttons_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def only(desk: Desk) -> dict[str, Any]:
    """Return the one item that there is."""
    (item,) = desk.export()["items"]
    found: dict[str, Any] = item
    return found


def test_both_forms_of_the_contract(database_url: str) -> None:
    with at_desk(database_url) as desk:
        answer = desk.ben("/lif action add Audit MASH thresholds owner:@cleo due:31 March")
        assert "Saved as SE-2026-001, due 31 March 2026." in answer.plain()
        assert [button.label for button in buttons_of(answer)] == ["Show", "Post a card", "Undo"]
        desk.ben("/lif action add <@U0CLEO> to audit MASH thresholds by 31 March")
        first, second = desk.export()["items"]
        same = ("text", "owner", "agency", "timescale_text", "due_on", "original_due_on", "status", "kind", "group")
        assert {name: first[name] for name in same} == {name: second[name] for name in same}
        assert (first["text"], first["owner"], first["agency"]) == ("Audit MASH thresholds", "cleo", "icb")
        assert (first["due_on"], first["timescale_text"], first["status"]) == ("2026-03-31", "31 March", "not_started")


WAYS = (
    "DUE:31 March OWNER:cleo text:Audit MASH",
    '"Audit MASH" owner: "Cleo Hart" due: "31 March"',
    "“Audit MASH” owner: ‘Cleo Hart’ due: “31 March”",
    "due: 31 March owner: cleo hart text: Audit MASH",
    "Audit MASH owner:<@U0CLEO|cleo> due:31 March",
    "<@U0CLEO|cleo> to audit MASH by 31 March",
    "<@U0CLEO>: audit MASH by 31 March",
    "@cleo to audit MASH by 31 March",
    "Cleo to audit MASH by 31 March",
    "Cleo Hart will audit MASH by 31 March",
    "@cleo audit MASH no later than 31 March",
    "Audit MASH\nowner:@cleo\ndue:31 March",
)


@pytest.mark.parametrize("typed", WAYS)
def test_many_ways_to_type_the_same(desk: Desk, typed: str) -> None:
    desk.ben(f"/lif action add {typed}")
    item = only(desk)
    assert (item["text"], item["owner"], item["due_on"]) == ("Audit MASH", "cleo", "2026-03-31")
    assert item["timescale_text"] == "31 March"


def test_me_is_whoever_types_it(desk: Desk) -> None:
    desk.amina("/lif action add Audit MASH owner:me due:31 March")
    assert only(desk)["owner"] == "amina"


def test_every_argument_is_kept(desk: Desk) -> None:
    desk.ben("/lif recommendation add Review the toolkit owner:@cleo due:30 June source:LCSPR Child K: rec. 3")
    desk.ben(
        "/lif action add Audit referrals source: Deep dive 2 success:fewer repeats: 10% "
        "contributors:@ben, Grace Okafor agency:west yorkshire police parent:SE-2026-001 owner:@cleo due:next meeting"
    )
    parent, action = desk.export()["items"]
    assert (parent["kind"], parent["source"]) == ("recommendation", "LCSPR Child K: rec. 3")
    assert (action["source"], action["success_criteria"]) == ("Deep dive 2", "fewer repeats: 10%")
    assert (action["contributors"], action["agency"], action["parent"]) == (["ben", "grace"], "police", "SE-2026-001")
    assert (action["due_on"], action["timescale_text"]) == ("2026-03-12", "next meeting")


KEPT = (
    ("Ask O'Brien about 'the' plan", "Ask O'Brien about 'the' plan"),
    ("See https://example.org/a?b=1&amp;c=2 today", "See https://example.org/a?b=1&c=2 today"),
    ("See <https://example.org/a?b=1&amp;c=2>", "See https://example.org/a?b=1&c=2"),
    ("Tell &lt;!channel&gt; and &amp;lt;", "Tell <!channel> and &lt;"),
    ("Tell <!channel> now", "Tell @channel now"),
    ("😀 הבדיקה של MASH", "😀 הבדיקה של MASH"),
    ("Line one\nLine two", "Line one\nLine two"),
    ("Meet at 10:30: agree terms", "Meet at 10:30: agree terms"),
    ("Ask <@U0BEN> to help", "Ask @Ben Carter to help"),
    ('Audit "owner:@ben due:1 May" words', 'Audit "owner:@ben due:1 May" words'),
)


@pytest.mark.parametrize(("typed", "kept"), KEPT)
def test_what_is_typed_is_kept(desk: Desk, typed: str, kept: str) -> None:
    desk.ben(f"/lif action add {typed} owner:@cleo due:31 March")
    assert only(desk)["text"] == kept
    assert kept.split("\n")[0] in desk.ben("/lif action show 1").plain()


def test_typed_keys_beat_words_in_the_text(desk: Desk) -> None:
    desk.ben("/lif action add @ben to audit by 30 April owner:@cleo due:31 March")
    assert (only(desk)["owner"], only(desk)["due_on"]) == ("cleo", "2026-03-31")


def test_who_may_be_meant(desk: Desk) -> None:
    for owner in ("fay", "Fay O'Brien", "Fay O’Brien", "fay o'brien", "@fay", "O’Brien"):
        desk.ben(f"/lif action add Ask owner:{owner} due:31 March")
    assert [item["owner"] for item in desk.export()["items"]] == ["fay"] * 6


ASKED: tuple[tuple[str, str, list[str]], ...] = (
    ("Audit due:31 March owner:@cleo, @ben", "One person answers for it", ["Cleo Hart", "Ben Carter"]),
    ("Audit due:31 March owner:<@U0CLEO> <@U0BEN>", "One person answers for it", ["Cleo Hart", "Ben Carter"]),
    ("Audit due:31 March owner:@cleo owner:@ben", "One person answers for it", ["Cleo Hart", "Ben Carter"]),
    ("@cleo and @ben to audit by 31 March", "One person answers for it", ["Cleo Hart", "Ben Carter"]),
    ("Audit due:31 March", "Who is the one accountable owner?", ["Amina Yusuf", "Ben Carter", "Cleo Hart"]),
    ("Audit owner:@cleo", "By when?", ["Next meeting (12 March 2026)", "In a month (9 February 2026)"]),
    ("Audit owner:@cleo due:", "By when?", ["Next meeting (12 March 2026)"]),
    ("Audit owner:@cleo due:31 March due:30 April", "more than one date", ["31 March 2026", "30 April 2026"]),
    ("Audit owner:@cleo due:31 March by:30 April", "more than one date", ["31 March 2026", "30 April 2026"]),
    ("Audit owner:@cleo due:31 March or 30 April", "names two dates", ["31 March 2026", "30 April 2026"]),
    ("Audit owner:@cleo due:when the policy is agreed", "when the policy is agreed", []),
    ("Audit owner:@cleo due:autumn", "autumn", []),
    ("Audit owner:@cleo due:by the end of term", "term", []),
    ("Audit owner:@cleo due:as required", "as required", []),
    ("Audit owner:@cleo due:Q3", "Which is meant?", ["31 December 2026", "30 September 2026"]),
    ("Audit owner:@cleo due:Feb 27", "Feb 27", []),
    ("Audit owner:@cleo due:1 January 2026", "already passed", []),
    ("Audit owner:@cleo due:ongoing", "ongoing", []),
    ("Audit owner:@cleo due:immediately", "mmediately", ["Next working day (12 January 2026)"]),
    ("Audit owner:@cleo due:banana", "cannot read “banana”", []),
    ("@cleo to audit", "By when?", []),
    ("owner:@cleo due:31 March", "What is to be done?", []),
    ("\u200b owner:@cleo due:31 March", "What is to be done?", []),
    ('"" owner:@cleo due:31 March', "What is to be done?", []),
)


@pytest.mark.parametrize(("typed", "says", "labels"), ASKED)
def test_what_is_missing_or_unclear_is_asked_and_nothing_saved(
    desk: Desk, typed: str, says: str, labels: list[str]
) -> None:
    answer = desk.ben(f"/lif action add {typed}")
    assert says in answer.plain()
    assert "Not saved yet" in answer.plain()
    offered = [button.label for button in buttons_of(answer)]
    assert set(labels) <= set(offered)
    assert "Open form" in offered
    assert desk.export()["items"] == []


def test_one_tap_saves(desk: Desk) -> None:
    asked = desk.ben("/lif action add Review the toolkit: part 1 owner:@cleo source:Audit 2")
    saved = desk.clicks("ben", asked, "In a month")
    assert "Saved as SE-2026-001, due 9 February 2026" in saved.plain()
    assert (only(desk)["text"], only(desk)["source"]) == ("Review the toolkit: part 1", "Audit 2")


def test_two_missing_take_two_taps(desk: Desk) -> None:
    first = desk.ben("/lif action add Review the toolkit")
    second = desk.clicks("ben", first, "Cleo Hart")
    assert "By when?" in second.plain()
    assert desk.export()["items"] == []
    desk.clicks("ben", second, "Next meeting")
    assert (only(desk)["owner"], only(desk)["due_on"]) == ("cleo", "2026-03-12")


def test_a_long_line_survives_its_buttons(desk: Desk) -> None:
    text = "x" * 996 + " end"
    asked = desk.ben(f"/lif action add {text} success:{'y' * 999}")
    desk.clicks("ben", desk.clicks("ben", asked, "Cleo Hart"), "End of quarter")
    assert (only(desk)["text"], len(only(desk)["success_criteria"])) == (text, 999)


def form_of(desk: Desk, typed: str, who: str = "ben", channel: str = SE) -> Form:
    """Open the form of a command."""
    shown = desk.types(who, typed, channel)
    form = shown.form or desk.clicks(who, shown, "Open form", channel).form
    assert form is not None
    return form


def test_the_form_is_filled_with_what_was_typed(desk: Desk) -> None:
    form = form_of(desk, "/lif action add Review the toolkit owner:Cleo Hart due:Q3 agency:police source:Audit 2")
    held = {field.name: field.value for field in form.fields}
    assert held["text"] == "Review the toolkit"
    assert (held["owner"], held["due"], held["agency"], held["group"]) == ("@cleo", "Q3", "police", "se")
    assert held["source"] == "Audit 2"
    assert "Saved as SE-2026-001" in desk.submits("ben", form, due="30 September").plain()
    assert (only(desk)["owner"], only(desk)["agency"]) == ("cleo", "police")


BESIDE = (
    ({"due": "Q3"}, "due", "31 December 2026"),
    ({"due": ""}, "due", "By when?"),
    ({"due": "1 January 2020"}, "due", "already passed"),
    ({"owner": ""}, "owner", "Who is the one accountable owner?"),
    ({"text": "   "}, "text", "What is to be done?"),
    ({"text": "x" * 1001}, "text", "1,000 characters"),
    ({"text": "a\x00b"}, "", "cannot be kept"),
)


@pytest.mark.parametrize(("wrong", "field", "says"), BESIDE)
def test_faults_stand_beside_their_field(desk: Desk, wrong: dict[str, str], field: str, says: str) -> None:
    form = form_of(desk, "/lif action add")
    answer = desk.submits("ben", form, **{"text": "Audit", "owner": "@cleo", "due": "31 March", **wrong})
    ((name, text),) = answer.errors
    assert name == field
    assert says in text
    assert desk.export()["items"] == []


def test_words_in_a_form_are_no_keys(desk: Desk) -> None:
    form = form_of(desk, "/lif action add")
    desk.submits("ben", form, text="Say owner:@ben due:1 May group:ld", owner="@cleo", due="31 March")
    assert only(desk)["text"] == "Say owner:@ben due:1 May group:ld"
    assert (only(desk)["owner"], only(desk)["group"]) == ("cleo", "se")


def test_where_no_form_can_open_the_question_stands(desk: Desk) -> None:
    answer = desk.types("ben", "/lif action add", can_open_form=False)
    assert answer.form is None
    assert "What is to be done?" in answer.plain()
    opened = desk.ben("/lif action add")
    assert opened.form is not None
    assert opened.plain() == answer.plain(), "if the form fails to open, this is shown"


WHERE = (
    ("ben", SE, "", "se"),
    ("amina", SE, "", "se"),
    ("dev", SE, "", "se"),
    ("amina", NOWHERE, "group:LD", "ld"),
    ("amina", NOWHERE, "group:L&amp;D", "ld"),
    ("amina", NOWHERE, "group:learning", "ld"),
    ("amina", NOWHERE, "group:Learning and Development Subgroup", "ld"),
    ("amina", LD, "group:se", "se"),
    ("ben", "D0BEN", "", "se"),
    ("ben", NOWHERE, "", "se"),
    ("harry", "D0HARRY", "", "ld"),
)


@pytest.mark.parametrize(("who", "channel", "more", "group"), WHERE)
def test_which_group_it_is_for(desk: Desk, who: str, channel: str, more: str, group: str) -> None:
    desk.types(who, f"/lif action add Audit owner:@cleo due:31 March {more}", channel)
    assert only(desk)["group"] == group


def test_the_group_is_asked_where_nothing_says_it(desk: Desk) -> None:
    asked = desk.types("amina", "/lif action add Audit owner:@cleo due:next meeting", "D0AMINA")
    assert "Which group is it for?" in asked.plain()
    desk.clicks("amina", asked, "Learning and Development", "D0AMINA")
    assert (only(desk)["group"], only(desk)["due_on"]) == ("ld", "2026-01-20")
    assert "business unit" in desk.refuses("cleo", "/lif action add Audit owner:@cleo due:31 March", "D0CLEO")


UNKNOWN = (
    ("Audit owner:@zed due:31 March", "“@zed” is not in this partnership"),
    ("Audit owner:<@U0EVE> due:31 March", "That person is not in this partnership"),
    ("Audit owner:Carter due:31 March", "could be Ben Carter, Ian Carter"),
    ("Audit owner:@cleo due:31 March agency:zzz", "Type one of: Kirklees Council"),
    ("Audit owner:@cleo due:31 March group:zzz", "Type one of: Learning and Development Subgroup (LD)"),
    ("Audit owner:@cleo due:31 March with:zed", "“zed” is not in this partnership"),
    ("Audit owner:@cleo due:31 March parent:SE-2026-999", "SE-2026-999"),
    ("Audit owner:@cleo due:31 March scope:zebra", "child, adult, joint"),
)


@pytest.mark.parametrize(("typed", "says"), UNKNOWN)
def test_what_nobody_knows_is_said_kindly(desk: Desk, typed: str, says: str) -> None:
    assert says in desk.refuses("ben", f"/lif action add {typed}")


def test_somebody_who_left_owns_nothing_new(desk: Desk) -> None:
    from lifbot.partnership_file import read
    from storage.setup import apply

    gone = "\n".join(each for each in FILE.splitlines() if "U0CLEO" not in each).replace("cleo, ", "")
    with desk.db.begin() as session:
        apply(session, read(gone), desk.now, remove=True)
    for owner in ("@cleo", "Cleo Hart", "<@U0CLEO>"):
        assert "not in this partnership" in desk.refuses("ben", f"/lif action add Audit owner:{owner} due:31 March")
    assert "does not know this account" in desk.refuses("cleo", "/lif action list")


def test_undo_withdraws_and_the_reference_is_never_used_again(desk: Desk) -> None:
    saved = desk.ben("/lif action add Audit owner:@cleo due:31 March")
    assert "Undone: action add" in desk.clicks("ben", saved, "Undo").plain()
    assert only(desk)["status"] == "withdrawn"
    assert "SE-2026-002" in desk.ben("/lif action add Audit again owner:@cleo due:31 March").plain()


def test_members_may_log_where_the_partnership_says_so(tmp_path: Path) -> None:
    with at_desk(f"sqlite:///{tmp_path / 'two.db'}", FILE + "rules: {members_may_log_actions: true}\n") as desk:
        desk.cleo("/lif action add Audit owner:@cleo due:31 March")
        assert only(desk)["owner"] == "cleo"
