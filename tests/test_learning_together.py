"""Where the parts of the learning work meet: holds, single agencies, leavers, one nudge with all kinds, the guard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.slack import render as slack_render
from lifbot.teams import render as teams_render
from tests import slack_limits, teams_limits
from tests.agencies_file import NAMED
from tests.desk import Desk, buttons_of
from tests.room import Room, room

REVIEW, FORM, UNDER = "LR-2026-001", "SE-2026-001", "SE-2026-002"
SILENT = "It is silent for now, as all of its source; the business unit can say why."
HOLD = f"source hold {REVIEW} because court order"


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room in which every agency has a link, and a review with an action, one under it, and what followed."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", NAMED) as found:
        found.db.public_url = "https://lifbot.example.org"
        found.types("ben", "source add Quiet review method:review")
        yield found


def begin(it: Room) -> None:
    """Log what came of the review: two items, two requests, a published notice."""
    it.logs("Draft the quiet form", "31 March", more=f"source:{REVIEW}")
    it.logs("Print the quiet form", "31 March", owner="ian", more=f"parent:{FORM}")
    it.types("amina", f"request add Does supervision cover the quiet form agencies:icb due:20 February item:{UNDER}")
    it.types("amina", f"request add Is the quiet review known agencies:icb due:20 February source:{REVIEW}")
    notice(it, "Quiet briefing", f"source:{REVIEW}")


def notice(it: Room, title: str, more: str = "") -> None:
    by = f"by:20 February groups:se agencies:icb,police {more}"
    said = it.types("amina", f'notice add {title} product:"Learning sheet" summary:Two quiet lines {by}')
    ref = said.partition("Saved as ")[2].partition(",")[0]
    it.types("amina", f"notice check {ref} ask:@ben")
    assert "Thank you" in it.types("ben", f"notice approve {ref} confirm:1,2,3,4,5")
    it.types("amina", f"notice publish {ref}")


def desk_of(it: Room) -> Desk:
    return Desk(it.db, it.now)


def test_a_hold_silences_what_follows_at_one_remove_and_what_stands_in_channels(it: Room) -> None:
    begin(it)
    it.pause(10)
    assert it.all("C0SE", "Two quiet lines")
    it.types("amina", HOLD)
    it.pause(10)
    for to in ("C0SE", "cleo", "ian"):
        assert "DN-2026-001 is not shown here at present." in it.all(to)[-1].text, "drawn anew where it stands"
    for who in ("ben", "cleo", "amina"):
        for line in ("request list", "request show AR-2026-001", "request show AR-2026-002", "agency summary icb"):
            assert "quiet" not in it.types(who, line), (who, line)
    everything = str(it.export())
    assert [ref for ref in ("AR-2026", "DN-2026", "quiet", "Quiet") if ref in everything] == [], "also in the log"
    assert "There is no AR-2026-001" in it.says("cleo", "AR-2026-001 yes, it does")
    assert f"DN-2026-001: {SILENT[:1].lower()}{SILENT[1:]}" in it.types("ben", "notice show DN-2026-001")
    for line in ("edit AR-2026-001 due:1 March", "close AR-2026-001", "withdraw AR-2026-001"):
        assert "There is no AR-2026-001" in it.types("ben", f"request {line}"), "who may not know of the hold"
    assert "so agencies are told nothing of this" in it.types("amina", "request edit AR-2026-001 due:28 February")
    told = {who: len(it.all(who)) for who in ("cleo", "ian", "ben", "C0SE")}
    it.wind("2026-02-20 12:00")
    assert not [said for who in told for said in it.all(who)[told[who] :] if "uiet" in said]

    it.types("amina", f"source lift {REVIEW}")
    it.pause(10)
    for to in ("C0SE", "cleo"):
        assert "Two quiet lines" in it.all(to)[-1].text, "and it is there again"
    it.wind("2026-02-26 12:00")
    asked = it.all("cleo", "AR-2026-001")[-1]
    assert "due 28 February 2026" in asked, "who was asked hears of it as it is now"
    assert len(it.all("cleo", "asks West Yorkshire ICB for assurance by")) == 2, "nothing is asked twice"


def test_what_is_tied_to_a_held_source_is_silent_at_once_and_told_of_once_it_is_lifted(it: Room) -> None:
    it.logs("Draft the form", "31 March")
    it.logs("Print the form", "31 March", owner="ian", more=f"parent:{FORM}")
    it.pause()
    it.types("amina", HOLD)
    assert SILENT in it.types("ben", f"action edit {FORM} source:{REVIEW}")
    assert it.export()["items"] == [], "with what is under it"
    assert f"There is no {UNDER} here" in it.types("ian", f"action show {UNDER}")
    assert "Undone: action edit" in it.types("ben", "undo"), "the wrong reference is no trap"
    assert len(it.export()["items"]) == 2
    assert "undone already" in it.types("ben", "undo")
    assert SILENT in it.types("ben", f"action add Send the form owner:@cleo due:31 May source:{REVIEW}")
    assert SILENT in it.types("ben", f"action edit {FORM} source:{REVIEW}")
    it.wind("2026-01-09 10:30")
    assert "more than ten minutes" in it.types("ben", "undo")
    assert not it.all("cleo", "Send the form")
    assert "3 items of it can be seen again" in it.types("amina", f"source lift {REVIEW}")
    it.pause()
    assert len(it.all("cleo", "You are now the accountable owner of SE-2026-003")) == 1
    it.types("amina", HOLD)
    it.types("amina", "undo")
    it.pause()
    assert len(it.all("cleo", "You are now the accountable owner of SE-2026-003")) == 1, "not twice"


def test_a_link_is_asked_after_a_hold_that_took_all_the_time(it: Room) -> None:
    begin(it)
    it.pause(10)
    it.types("amina", HOLD)
    it.wind("2026-03-06 10:00")
    it.types("amina", f"source lift {REVIEW}")
    it.wind("2026-03-10 10:00")
    (asked,) = it.all("ian", "was to be passed on by 20 February 2026")
    assert "Has it reached the staff of West Yorkshire Police?" in asked


def test_an_author_outside_the_unit_hears_nothing_of_the_hold(it: Room) -> None:
    add = (
        f'notice add Quiet sheet product:"Learning sheet" summary:Two lines source:{REVIEW} by:20 February agencies:icb'
    )
    it.types("ben", f"{add} publish:13 January 09:30")
    it.types("ben", "notice check DN-2026-001 ask:@grace")
    it.types("grace", "notice approve DN-2026-001 confirm:1,2,3,4,5")
    it.types("amina", HOLD)
    it.wind("2026-01-13 12:00")
    told = it.all("ben", "was not published at its time")[0]
    assert "the business unit can say why" in told
    assert "hold" not in told
    assert "Quiet" not in told


def test_what_is_one_agencys_own_is_counted_for_others_and_in_channels(it: Room) -> None:
    it.types("ben", f"source edit {REVIEW} agency:police person:@cleo")
    it.logs("Brief the officers", "20 January", owner="ian", more=f"source:{REVIEW}")
    it.logs("Something else", "20 January")
    apart = "1 item of a single agency is not shown here."
    for line in ("meeting agenda", "digest now"):
        for who in ("ben", "ian", "amina"):
            assert FORM in it.types(who, line)
            assert apart not in it.types(who, line)
        assert apart in it.types("cleo", line)
        assert FORM not in it.types("cleo", line)
    assert "1 open" in it.types("cleo", "mine")
    it.wind("2026-03-10 10:00")
    agenda, digest = it.all("C0SE", "Matters arising")[-1], it.all("C0SE", "Weekly digest")[-1]
    for said in (agenda, digest):
        assert apart in said
        assert FORM not in said
        assert UNDER in said
    left = it.types("amina", "person leaves @cleo")
    assert f"{REVIEW}, Quiet review: /lif source edit {REVIEW} person:@name" in left


def test_one_nudge_with_everything_is_shown_on_ones_page_and_a_bare_word_asks(it: Room) -> None:
    many = 7
    it.types("ben", f"source edit {REVIEW} person:@cleo")
    for count in range(many):
        it.types("ben", f"source milestone {REVIEW} Meet the authors, round {count} due:20 February 2026")
        it.types("amina", f"request add Does supervision cover it, part {count} agencies:icb due:20 February")
        it.logs(f"Draft part {count} of the form", "20 February")
        notice(it, f"Briefing {count}")
    it.types("amina", 'notice add Unchecked product:"Learning sheet" summary:Two by:20 February agencies:icb')
    it.types("amina", f"notice check DN-2026-{many + 1:03d} ask:@cleo")
    it.wind("2026-02-20 10:00")
    whole = it.all("cleo", "Learning to pass on")[-1]
    assert whole.when == "2026-02-20 09:00"
    assert len([said for said in it.all("cleo") if said.when == whole.when]) == 1, "one message a day"
    for part in ("Due now", "Requests to agencies", "In the learning register"):
        assert part in whole
    desk = desk_of(it)
    page = desk.types("cleo", "/lif mine")
    for message in (whole.message, page):
        assert slack_limits.check(slack_render.message(message)) == []
        assert teams_limits.check(teams_render.message(message)) == []
    assert f"{many * 3 + 1} wait for your answer." in page.plain()
    assert "Also waiting for you" in page.plain()
    before = desk.log()
    for word in ("done", "Done.", "all done"):
        asked = desk.says("cleo", word)
        assert "Nothing has been changed yet" in asked.plain()
        commands = [button.command for button in buttons_of(asked)]
        assert f"action done {FORM}" in commands
    assert desk.log() == before


def test_done_never_closes_what_was_not_asked_about(it: Room) -> None:
    it.types("ben", f"source edit {REVIEW} person:@cleo")
    it.types("ben", f"source milestone {REVIEW} Meet the authors due:20 February 2026")
    it.logs("Draft the form", "30 June")
    it.wind("2026-02-20 10:00")
    assert "“Meet the authors” of LR-2026-001 is due on 20 February 2026." in it.all("cleo")[-1]
    assert "Meet the authors" in it.says("cleo", "done")
    assert it.item(FORM)["status"] == "not_started"


def test_words_about_one_childs_case_are_kept_nowhere_with_a_challenge(it: Room) -> None:
    add = "challenge add How do you know that supervision reaches night staff? to:icb due:20 February"
    assert f"Saved as {FORM}" in it.types("ben", add)
    case = "We do not think it is safe for him to go back to his stepfather"
    before = it.export()["items"]
    for who, line in (
        ("cleo", f"challenge respond {FORM} {case}"),
        ("ben", f"action edit {FORM} text:{case} because it is so"),
        ("ben", f"challenge resolved {FORM} because {case}"),
        ("ben", f"challenge discussed {FORM} {case}"),
    ):
        assert "nothing was kept" in it.types(who, line), line
    assert it.export()["items"] == before
    assert "is recorded" in it.types("cleo", f"challenge respond {FORM} Night staff have had supervision since May")
