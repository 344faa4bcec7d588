"""Finding in the log: words, filters that combine, orders, dates in words; what nobody may learn; and hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lifbot.grammar import clip
from lifbot.message import ItemList, Message
from lifbot.model import Item
from lifbot.slack.render import message as as_slack
from tests.desk import LD, NOWHERE, SE, Desk, at_desk, buttons_of
from tests.slack_limits import check


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    with at_desk(f"sqlite:///{tmp_path / 'lifbot.db'}") as it:
        yield it


def refs(message: Message) -> list[str]:
    """Return the references of a list, in order, without their year."""
    cards = (card for block in message.blocks if isinstance(block, ItemList) for card in block.cards)
    return [card.ref.replace("-2026-0", "") for card in cards]


def log_some(desk: Desk) -> None:
    """SE: 1 Cleo's, late; 2 Ian's, escalated; 3 Ian's, done; 4 Cleo's issue; 5 withdrawn. LD: 1 Cleo's; 2 Harry's."""
    desk.ben("/lif action add Audit MASH thresholds owner:@cleo due:12 January source:Deep dive into neglect")
    desk.ben("/lif action add Revise the O’Brien café protocol owner:@ian due:31 March success:90% of staff say so")
    desk.ben("/lif action add Brief all duty teams owner:@ian due:30 April")
    desk.ben("/lif issue add Thresholds differ between districts owner:@cleo due:15 May")
    desk.ben("/lif action add Logged twice owner:@ian due:30 June")
    desk.types("harry", "/lif action add Neglect toolkit training owner:@cleo due:31 March", LD)
    desk.types("harry", "/lif action add A secret of learning owner:@harry due:12 January", LD)
    desk.types("ian", "/lif action done 3 All four teams met, neglect included")
    desk.ben("/lif action escalate 2 because two agencies disagree")
    desk.ben("/lif action withdraw 5 because it was logged twice")
    desk.types("cleo", "/lif action update se 1 Écoute: the naïve sample was redrawn")
    desk.is_on("2026-01-20T10:00:00+00:00")
    with desk.db.begin() as session:
        scope = desk.scope(session)
        for ref, values in TAGS.items():
            scope.change(Item, values, Item.ref == ref)


TAGS = {
    "SE-2026-001": {"themes": ["Neglect", "Santé"], "priority": "Priority 2", "gap": "stabilised"},
    "LD-2026-001": {"themes": ["neglect"], "priority": "Priority 1", "gap": "created"},
}
ALL_SE = ["SE01", "SE02", "SE03", "SE04"]

FINDS: tuple[tuple[str, str, list[str]], ...] = (
    ("amina", "find neglect", ["SE01", "LD01", "SE03"]),
    ("amina", "find NEGLECT toolkit", ["LD01"]),
    ("amina", "find toolkit, “neglect”", ["LD01"]),
    ("amina", "find se-2026-004", ["SE04"]),
    ("amina", "find neglect group:se", ["SE01", "SE03"]),
    ("amina", "find neglect open", ["SE01", "LD01"]),
    ("amina", "find neglect overdue", ["SE01"]),
    ("amina", "find neglect waiting", ["SE03"]),
    ("amina", "find closed", ["SE05"]),
    ("amina", "find escalated", ["SE02"]),
    ("amina", "find cafe o'brien", ["SE02"]),
    ("amina", "find CAFÉ O’BRIEN", ["SE02"]),
    ("amina", "find ecoute naive", ["SE01"]),
    ("amina", "find 90%", ["SE02"]),
    ("amina", "find all", ["SE01", "LD02", "SE02", "LD01", "SE03", "SE04", "SE05"]),
    ("amina", "find thresholds kind:issue", ["SE04"]),
    ("amina", "find owner:@ian open", ["SE02"]),
    ("amina", "find owner:cleo, ian open", ["SE01", "SE02", "LD01", "SE04"]),
    ("amina", "find agency:police", ["SE02", "SE03", "SE05"]),
    ("amina", "find agency:police due:before 30 June", ["SE02", "SE03"]),
    ("amina", "find due:this quarter", ["SE01", "LD02", "SE02", "LD01"]),
    ("amina", "find due:12 January", ["SE01", "LD02"]),
    ("amina", "find due:after 31 March open", ["SE04"]),
    ("amina", "find theme:neglect", ["SE01", "LD01"]),
    ("amina", "find theme:sante", ["SE01"]),
    ("amina", "find priority:priority 1", ["LD01"]),
    ("amina", "find gap:stabilised", ["SE01"]),
    ("amina", "find source:deep dive", ["SE01"]),
    ("amina", "find brag:red", ["SE02"]),
    ("amina", "find brag:red, amber group:se", ["SE01", "SE02"]),
    ("amina", "find words:open", []),
    ("cleo", "find mine", ["SE01", "LD01", "SE04"]),
    ("cleo", "find neglect", ["SE01", "LD01", "SE03"]),
    ("cleo", "find secret", []),
    ("harry", "find neglect", ["LD01"]),
    ("harry", "find thresholds", []),
    ("ian", "find secret", []),
    ("jo", "find neglect", []),
    ("dev", "find secret", ["LD02"]),
    ("ben", "action list overdue sort:ref", ["SE01"]),
    ("ben", "action list all sort:ref", [*ALL_SE, "SE05"]),
    ("ben", "action list all sort:brag", ["SE02", "SE01", "SE03", "SE04", "SE05"]),
    ("ben", "action list open sort:updated", ["SE01", "SE02", "SE04"]),
    ("ben", "action list closed", ["SE05"]),
    ("ben", "action list open closed", [*ALL_SE, "SE05"]),
    ("ben", "action list open words:thresholds", ["SE01", "SE04"]),
    ("cleo", "action list mine overdue", ["SE01"]),
    ("cleo", "action list mine LD", ["LD01"]),
    ("dev", "action list overdue everywhere", ["SE01", "LD02"]),
    ("dev", "action list overdue agency:council everywhere", ["LD02"]),
)


def test_finds(database_url: str) -> None:
    with at_desk(database_url) as desk:
        log_some(desk)
        for who, typed, expected in FINDS:
            answer = desk.types(who, f"/lif {typed}", SE)
            assert refs(answer) == expected, (who, typed, answer.plain())
            assert check(as_slack(answer)) == []


TITLES = (
    ("find neglect overdue owner:@cleo", "1 past their date · owned by Cleo Hart · with “neglect”"),
    ("find neglect", "3 in the log · with “neglect”"),
    ("action list mine overdue", "0 for you, past their date"),
    ("action list open SE due:before 30 June brag:red", "Effectiveness Subgroup · red · due before 30 June 2026"),
    ("find kind:issue due:this quarter", "0 issues in the log · due 1 January 2026 to 31 March 2026"),
    ("find theme:neglect gap:created sort:ref", "1 in the log · theme “neglect” · gap “created” · by reference"),
    ("find agency:police mine", "0 for you, open or closed · West Yorkshire Police"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "title"), TITLES)
def test_the_title_says_in_words_what_was_looked_for(desk: Desk, typed: str, title: str) -> None:
    log_some(desk)
    assert title in desk.amina(f"/lif {typed}").plain()


def test_where_the_words_were_said_is_shown(desk: Desk) -> None:
    log_some(desk)
    assert "Source: Deep dive into neglect" in desk.amina("/lif find neglect mash").plain()
    assert "Said on 9 January 2026: Écoute: the naïve" in desk.amina("/lif find ecoute").plain()
    assert "Success criteria: 90% of staff say so" in desk.amina("/lif find 90% protocol").plain()
    assert "Said on" not in desk.amina("/lif find toolkit").plain()


# What nobody may learn


def test_counts_of_words_tell_others_nothing(desk: Desk) -> None:
    log_some(desk)
    plain = desk.types("ian", "/lif action list open LD", NOWHERE).plain()
    assert "Learning and Development Subgroup: 2 open, 1 past their date. Its items can be seen by" in plain
    for typed in (
        "open LD words:secret",
        "open LD words:nothing",
        "all LD owner:@harry",
        "LD brag:amber",
        "LD as:xlsx",
    ):
        answer = desk.refuses("ian", f"/lif action list {typed}", NOWHERE)
        assert ("2 open, 1 past" in answer) or "There is nothing to send" in answer, typed
        assert "0 " not in answer.replace("2026", "") or "There is nothing to send" in answer, typed
    for word in ("secret", "learning", "zebra"):
        assert desk.refuses("ian", f"/lif find {word}") == desk.refuses("ian", f"/lif find {'x' * len(word)}").replace(
            "x" * len(word), word
        )


def test_an_owner_sees_their_own_in_a_group_they_are_not_in(desk: Desk) -> None:
    log_some(desk)
    answer = desk.types("cleo", "/lif action list open LD", NOWHERE)
    assert refs(answer) == ["LD01"]
    assert "Learning and Development Subgroup: 2 open, 1 past their date." in answer.plain()
    assert "secret" not in answer.plain()


def test_a_contributor_finds_what_they_take_part_in(database_url: str) -> None:
    with at_desk(database_url) as desk:
        log_some(desk)
        desk.ben("/lif action add Joint briefing owner:@cleo due:31 March contributors:@jo")
        assert refs(desk.types("jo", "/lif find briefing", NOWHERE)) == ["SE06"]
        assert refs(desk.types("jo", "/lif find thresholds", NOWHERE)) == []


def test_outsiders_get_their_one_line(desk: Desk) -> None:
    log_some(desk)
    assert "does not know this account" in desk.refuses("eve", "/lif find neglect")


# Hostile words

HOSTILE = (
    "%", "_", "%%", "100%", "a_b", "/", "\\", "'", "''", '"', "';--", "“", "”", "*", "[a]", "(", "?",
    "👩‍👩‍👧", "🟠", "מה", "\u202eמרחבא\u202c", "ß", "Ø", "ﬁ", "<!channel>", "<@U0DEV>", "&amp;", "x" * 1990,
    "null", "group", "page", "-", "…", "\u200b",
)  # fmt: skip


def test_hostile_words_are_words(database_url: str) -> None:
    with at_desk(database_url) as desk:
        log_some(desk)
        everything = len(refs(desk.amina("/lif find all")))
        for word in HOSTILE:
            answer = desk.types("amina", f"/lif find {word}", NOWHERE)
            assert check(as_slack(answer)) == [], word
            assert len(refs(answer)) < everything or not word.strip("\"'“”\u200b-/"), word
        assert refs(desk.amina("/lif find %")) == ["SE02"]
        assert refs(desk.amina("/lif find _")) == []
        assert refs(desk.amina("/lif find '")) in ([], ["SE02"])


WRITTEN = (
    "100% of _all_ [cases]",
    "Straße naïve",
    "👩‍👩‍👧 families",
    "מה המצב? שלום",
    "O’Neill “quoted”",
    "back\\slash/es",
)
SOUGHT = ("100%", "_all_", "[cases]", "strasse", "NAIVE", "👩‍👩‍👧", "המצב", "o'neill", "quoted", "back\\slash", "h/es")


def test_what_was_written_in_any_script_is_found(database_url: str) -> None:
    with at_desk(database_url) as desk:
        for text in WRITTEN:
            desk.ben(f"/lif action add {text} owner:@cleo due:31 March")
        for word in SOUGHT:
            assert len(refs(desk.ben(f"/lif find {word}"))) == 1, word


def test_what_is_too_long_or_too_much_gets_a_kind_line(desk: Desk) -> None:
    log_some(desk)
    assert "at most 2,000 characters" in desk.refuses("ben", "/lif find " + "x" * 5000)
    assert "longer than 8,000 characters" in desk.refuses("ben", "/lif find " + "x" * 9000)
    many = " ".join(f"word{number}" for number in range(30))
    assert "at most 20 words" in desk.refuses("ben", f"/lif find {many}")


SLIPS = (
    ("find audit due:soon", "due:before 30 June"),
    ("find audit owner:nobody", "I do not know who “nobody” is."),
    ("find audit owner:carter", "could be Ben Carter, Ian Carter"),
    ("find audit agency:fire", "I do not know the agency “fire”"),
    ("find audit brag:purple", "“purple” is no BRAG colour. Type one or several of: blue, red, amber, green."),
    ("find audit kind:wish", "Kind is one of: action, recommendation, issue, strong practice, challenge."),
    ("find audit group:xyz", "I do not know which group “xyz” is."),
    ("find audit sort:size", "In which order is one of: due, brag, updated, ref."),
    ("action list audit", "To look for words, type /lif find audit"),
    ("action list as:pdf", "As a file is one of: xlsx, csv."),
    ("find", "What should I look for?"),
    ("find zebra", "Nothing fits all of these words."),
)


@pytest.mark.parametrize(("typed", "says"), SLIPS)
def test_a_slip_gets_a_kind_line(desk: Desk, typed: str, says: str) -> None:
    log_some(desk)
    assert says in desk.refuses("ben", f"/lif {typed}")


def test_news_that_begins_with_find_is_not_lost_silently(desk: Desk) -> None:
    log_some(desk)
    said = desk.says("cleo", "find attached the report of the audit").plain()
    assert "If you meant to tell me news, put “update” before them." in said


# Buttons


def test_every_button_carries_the_whole_search(desk: Desk) -> None:
    for number in range(25):
        desk.ben(f"/lif action add Check “thing: {number}” owner:@cleo due:31 March")
    desk.ben("/lif action add Check another owner:@ian due:31 March")
    first = desk.types("cleo", "/lif find check “thing:” owner:@cleo sort:ref open", "D0CLEO")
    assert "25 open · owned by Cleo Hart · with “check” “thing:” · by reference · page 1 of 3" in first.plain()
    second = desk.clicks("cleo", first, "Next", "D0CLEO")
    third = desk.clicks("cleo", second, "Next", SE)
    assert [len(refs(page)) for page in (first, second, third)] == [10, 10, 5]
    assert refs(desk.clicks("cleo", third, "Previous", LD)) == refs(second)


def test_a_search_too_long_for_a_button_is_kept_for_a_day(desk: Desk) -> None:
    for number in range(12):
        desk.ben(f"/lif action add Thing {number} owner:@cleo due:31 March source:{'x' * 150}")
    first = desk.ben("/lif find " + " ".join("x" * length for length in range(86, 106)) + " group:se")
    assert "12 in the log" in first.plain()
    lines = [button.command for button in buttons_of(first)]
    assert max(map(len, lines)) <= 1900
    assert any(line.startswith("draft ") for line in lines)
    assert len(refs(desk.clicks("ben", first, "Next"))) == 2


def test_where_nothing_is_found_more_is_offered(desk: Desk) -> None:
    log_some(desk)
    nothing = desk.ben("/lif action list open words:twice")
    assert refs(desk.clicks("ben", nothing, "Look among closed ones too")) == ["SE05"]
    elsewhere = desk.amina("/lif find toolkit group:se")
    assert refs(desk.clicks("amina", elsewhere, "Look in all groups")) == ["LD01"]
    desk.ben("/lif action add Shorten the waiting list owner:@cleo due:31 March")
    read_as_filter = desk.ben("/lif find waiting list")
    assert refs(read_as_filter) == []
    assert refs(desk.clicks("ben", read_as_filter, "Look for the word “waiting”")) == ["SE06"]


def test_the_form_finds_as_the_line_does(desk: Desk) -> None:
    log_some(desk)
    asked = desk.ben("/lif find")
    opened = desk.clicks("ben", asked, "Open form")
    assert opened.form is not None
    answer = desk.submits("ben", opened.form, which="neglect", agency="icb", due="this quarter")
    assert refs(answer) == ["SE01"]


def test_five_hundred_items(database_url: str) -> None:
    with at_desk(database_url) as desk:
        desk.ben("/lif action add First owner:@cleo due:31 March")
        with desk.db.begin() as session:
            scope = desk.scope(session)
            (first,) = scope.all(Item)
            for number in range(2, 501):
                row = first.model_dump(exclude={"id"}) | {"ref": f"SE-2026-{number:03d}", "number": number}
                scope.session.add(Item(**row | {"text": f"Thing {number} {'ü' if number % 2 else 'u'}"}))
        answer = desk.ben("/lif find THING u sort:ref page:50")
        assert "499 in the log · with “thing” “u” · by reference · page 50 of 50" in answer.plain()
        assert len(refs(answer)) == 9
        assert clip(answer.summary, 60)
