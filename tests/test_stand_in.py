"""Who hears in whose place: never silence, never a loop, and nobody decides about their own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.policy.stand_in import (
    Hearer,
    Standing,
    acts_for_chair,
    for_decision,
    for_escalation,
    for_owner,
    stands_in_for,
)

UNTIL = date(2026, 3, 20)
HERE, LEFT, NOWHERE = Standing(), Standing(is_here=False), Standing(has_address=False)


def away(substitute: str | None = None, link: str | None = None) -> Standing:
    """Somebody who is away until 20 March 2026."""
    return Standing(away_until=UNTIL, substitute=substitute, link=link)


OWNERS: tuple[tuple[str, dict[str, Standing], tuple[str, str]], ...] = (
    ("who is here hears", {}, ("fay", "")),
    ("a substitute hears for who is away", {"fay": away("grace", "cleo")}, ("grace", "away")),
    ("the link where no substitute is named", {"fay": away(None, "cleo")}, ("cleo", "away")),
    (
        "the link where the substitute is away too",
        {"fay": away("grace", "cleo"), "grace": away("fay")},
        ("cleo", "away"),
    ),
    ("the link where the substitute has left", {"fay": away("grace", "cleo"), "grace": LEFT}, ("cleo", "away")),
    ("the chair where the link is away too", {"fay": away(None, "cleo"), "cleo": away("fay")}, ("ben", "away")),
    ("the business unit where the chair has left", {"fay": away(), "ben": LEFT}, ("amina", "away")),
    ("two who stand in for each other are no loop", {"fay": away("grace"), "grace": away("fay")}, ("ben", "away")),
    ("the link of who is in no workspace", {"fay": Standing(has_address=False, link="cleo")}, ("cleo", "no_address")),
    ("else the business unit", {"fay": NOWHERE}, ("amina", "no_address")),
    ("a link is not their own link", {"fay": Standing(has_address=False, link="fay")}, ("amina", "no_address")),
    ("the link of who has left", {"fay": Standing(is_here=False, link="cleo")}, ("cleo", "left")),
    ("the chair of who has left without a link", {"fay": LEFT}, ("ben", "left")),
)
EVERYBODY = ("amina", "ben", "cleo", "dev", "fay", "grace", "kim")


def roll(**some: Standing) -> dict[str, Standing]:
    """Everybody here but those."""
    return dict.fromkeys(EVERYBODY, HERE) | some


@pytest.mark.parametrize(("says", "some", "expected"), OWNERS, ids=[row[0] for row in OWNERS])
def test_who_hears_what_an_owner_is_told(says: str, some: dict[str, Standing], expected: tuple[str, str]) -> None:
    heard = for_owner(roll(**some), "fay", "ben", ("amina",))
    assert heard is not None
    assert (heard.person, heard.why) == expected
    assert heard.of == "fay"


def test_where_everybody_is_away_it_waits_for_who_it_is_for() -> None:
    known = {id: away() for id in EVERYBODY}
    assert for_owner(known, "fay", "ben", ("amina",)) is not None
    assert for_escalation(known, "dev", "kim", ("amina",)) is not None


DECISIONS: tuple[tuple[str, str, dict[str, Standing], Hearer], ...] = (
    ("the chair decides", "cleo", {}, Hearer("ben", "ben")),
    ("the deputy, about the chair's own", "ben", {}, Hearer("grace", "grace")),
    ("the deputy, where the chair is away", "cleo", {"ben": away("dev")}, Hearer("grace", "ben", "away", UNTIL)),
    (
        "the substitute, without a deputy",
        "cleo",
        {"ben": away("dev"), "grace": LEFT},
        Hearer("dev", "ben", "away", UNTIL),
    ),
    ("not a substitute who owns it", "dev", {"ben": away("dev"), "grace": LEFT}, Hearer("amina", "ben", "away", UNTIL)),
    ("not the substitute, about the chair's own", "ben", {"ben": away("dev"), "grace": LEFT}, Hearer("amina", "amina")),
    ("the deputy, where the chair has left", "cleo", {"ben": LEFT}, Hearer("grace", "grace")),
    ("the business unit, where all are gone", "cleo", {"ben": LEFT, "grace": LEFT}, Hearer("amina", "amina")),
)


@pytest.mark.parametrize(("says", "owner", "some", "expected"), DECISIONS, ids=[row[0] for row in DECISIONS])
def test_who_decides(says: str, owner: str, some: dict[str, Standing], expected: Hearer) -> None:
    assert for_decision(roll(**some), owner, "ben", "grace", ("amina",)) == expected


ESCALATIONS: tuple[tuple[str, dict[str, Standing], str], ...] = (
    ("the chair", {}, "dev"),
    ("the deputy chair first", {"dev": away("cleo")}, "kim"),
    ("else the substitute", {"dev": away("cleo"), "kim": away()}, "cleo"),
    ("else the business unit", {"dev": away("cleo"), "kim": LEFT, "cleo": LEFT}, "amina"),
)


@pytest.mark.parametrize(("says", "some", "expected"), ESCALATIONS, ids=[row[0] for row in ESCALATIONS])
def test_who_is_asked_for_help(says: str, some: dict[str, Standing], expected: str) -> None:
    heard = for_escalation(roll(**some), "dev", "kim", ("amina",))
    assert heard is not None
    assert heard.person == expected


def test_a_substitute_acts_as_chair_only_while_no_deputy_can() -> None:
    known = roll(ben=away("dev"))
    assert not acts_for_chair(known, "dev", "ben", "grace")
    assert acts_for_chair(known | {"grace": away()}, "dev", "ben", "grace")
    assert acts_for_chair(known, "dev", "ben", None)
    assert not acts_for_chair(roll(), "dev", "ben", None)


def test_only_who_stands_in_may_answer_for_an_owner() -> None:
    known = roll(fay=away("grace", "cleo"))
    heard = for_owner(known, "fay", "ben", ("amina",))
    assert [id for id in EVERYBODY if stands_in_for(known, id, "fay", heard)] == ["cleo", "grace"]
    assert not [id for id in EVERYBODY if stands_in_for(roll(), id, "fay", for_owner(roll(), "fay", "ben", ()))]


PEOPLE = st.none() | st.sampled_from(EVERYBODY)
STANDINGS = st.builds(
    Standing,
    is_here=st.booleans(),
    has_address=st.booleans(),
    away_until=st.none() | st.just(UNTIL),
    substitute=PEOPLE,
    link=PEOPLE,
)


@given(
    st.fixed_dictionaries(dict.fromkeys(EVERYBODY, STANDINGS)),
    st.sampled_from(EVERYBODY),
    PEOPLE,
    PEOPLE,
    st.lists(st.sampled_from(EVERYBODY), max_size=2, unique=True),
)
def test_whoever_is_out_of_reach_somebody_who_is_here_hears(
    known: dict[str, Standing], owner: str, chair: str | None, deputy: str | None, unit: list[str]
) -> None:
    decides = for_decision(known, owner, chair, deputy, unit)
    assert decides is None or (decides.person != owner and known[decides.person].is_here)
    for heard in (for_owner(known, owner, chair, unit), for_escalation(known, owner, deputy, unit)):
        assert heard is None or known[heard.person].is_here
        if any(not known[id].why for id in unit):  # somebody in the business unit can always hear
            assert heard is not None
            assert not known[heard.person].why
