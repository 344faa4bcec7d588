"""Ruling 5: BRAG, always colour plus word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lifbot.calendar import local_day
from lifbot.policy.brag import Brag, brag, meaning, word
from lifbot.policy.facts import Facts
from tests.policy_cast import EVERY_TWO_MONTHS, LONDON, RULES, at, done, item, meets

USUAL = meets(*EVERY_TWO_MONTHS)
BLUE, GREEN, AMBER, RED = Brag.BLUE, Brag.GREEN, Brag.AMBER, Brag.RED


@pytest.mark.parametrize(
    ("sentence", "facts", "now", "expected"),
    [
        ("blue signed off", item(status="complete", signed_off=True), "2026-09-01", BLUE),
        ("blue accepted as not completable", item(status="not_completable", accepted=True), "2026-09-01", BLUE),
        ("signed off though escalated", item(status="complete", signed_off=True, escalated=True), "2026-09-01", BLUE),
        ("green on track", item(), "2026-03-16", GREEN),
        ("green complete and waiting for sign-off, though late", done(item(), "2026-04-20"), "2026-05-20", GREEN),
        ("complete and waiting wins over two cycles", done(item(), "2026-07-20"), "2026-07-21", GREEN),
        ("and over escalated", replace(done(item(), "2026-07-20"), escalated=True), "2026-07-21", GREEN),
        ("cannot, waiting for acceptance, likewise", item(status="not_completable"), "2026-05-20", GREEN),
        ("amber due within 14 days with no update", item(), "2026-03-17", AMBER),
        ("an update before that does not count", item(heard_at=at("2026-03-16")), "2026-03-17", AMBER),
        ("with an update it is green", item(heard_at=at("2026-03-17")), "2026-03-18", GREEN),
        ("on its date with an update: green", item(heard_at=at("2026-03-17")), "2026-03-31 23:30", GREEN),
        ("amber past its date, update or not", item(heard_at=at("2026-03-17")), "2026-04-01 00:10", AMBER),
        ("one cycle missed is amber", item(), "2026-05-15", AMBER),
        ("red two cycles missed, from the start of the meeting on", item(), "2026-07-09", RED),
        ("red escalated and not returned", item(escalated=True), "2026-02-01", RED),
        ("returned: amber again", item(returned_at=at("2026-07-20")), "2026-07-21", AMBER),
        ("two further cycles: red again", item(returned_at=at("2026-07-20")), "2026-11-12", RED),
        ("withdrawn has none", item(status="withdrawn"), "2026-09-01", None),
        ("superseded has none", item(status="superseded"), "2026-09-01", None),
    ],
)  # fmt: skip
def test_brag(sentence: str, facts: Facts, now: str, expected: Brag | None) -> None:
    assert brag(facts, USUAL, RULES, at(now), local_day(at(now), LONDON)) == expected, sentence


def test_every_colour_has_its_word_and_its_meaning() -> None:
    assert [word(colour) for colour in Brag] == ["Blue", "Red", "Amber", "Green"]
    assert all(meaning(colour).endswith(".") for colour in Brag)
    assert word(None) == "–"


def test_a_silent_item_only_ever_gets_warmer() -> None:
    warmth = {GREEN: 0, AMBER: 1, RED: 2}
    days = (at("2026-01-08") + timedelta(days=n) for n in range(365))
    seen = [brag(item(), USUAL, RULES, now, local_day(now, LONDON)) for now in days]
    warmths = [warmth[colour] for colour in seen if colour]
    assert warmths == sorted(warmths)
    assert set(seen) == {GREEN, AMBER, RED}
