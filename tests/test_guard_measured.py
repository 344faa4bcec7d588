"""What docs/guard.md says of the guard is what it does: no false alarm, hardly a miss, no time."""

from __future__ import annotations

import time

import pytest

from lifbot.guard import Known, is_immediate_risk, look
from tests.identifying import CERTAIN, TODAY, sentences
from tests.measure_guard import END, IDENTIFYING, MEMBERS, PAGE, START, alarms, missed, table
from tests.ordinary_sentences import ORDINARY


def test_the_table_in_the_docs_is_what_was_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.partition(f"{START}\n\n")[2].partition(f"\n\n{END}")[0] == table()


def test_two_hundred_ordinary_lines_pass() -> None:
    assert len(set(ORDINARY)) == 200
    assert alarms(ORDINARY, certain=True) == []
    assert [line for line in ORDINARY if is_immediate_risk(line)] == []


def test_under_two_in_a_hundred_identifying_lines_pass() -> None:
    counts = [missed(kind) for kind in CERTAIN]
    assert sum(count for count, _ in counts) == IDENTIFYING >= 300
    assert sum(unseen for _, unseen in counts) < 0.02 * IDENTIFYING


@pytest.mark.parametrize("seed", range(10))
def test_nor_of_other_sentences_made_in_the_same_way(seed: int) -> None:
    made = [*sentences(CERTAIN, IDENTIFYING, seed)]
    unseen = [text for kind, text in made if kind not in {each.kind for each in look(text, Known, TODAY)}]
    assert len(unseen) < 0.02 * IDENTIFYING, unseen


def test_an_ordinary_line_costs_less_than_a_millisecond() -> None:
    look("ring 07912 345678", Known, TODAY)  # the libraries are loaded
    best = min(_seconds_for_all() for _ in range(5))
    assert best / len(ORDINARY) < 0.001


def _seconds_for_all() -> float:
    start = time.perf_counter()
    for line in ORDINARY:
        look(line, lambda: MEMBERS, TODAY)
    return time.perf_counter() - start


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5871",  # the check digit is another one
        "A801200005001",  # likewise the check letter
        "QQ 12 34 56 E",
        "ZX1 1AA and M1 motorway",
        "31/03/2026 and 01.02.2026",
        "SE-2026-014, LD 2025 11",
        "0800 1111 and 0808 800 5000 and 0300 123 4567",
        "enquiries@leeds.gov.uk and mash@westsussex.gov.uk",
        "born before 1 April 2026",
        "case reference SE-2026-014 of 2026",
        "Child Protection Conference (7)",
        "Boys aged 11 to 16",
        "<@U0CLEO> and https://example.org/9434765870",
    ],
)
def test_what_only_looks_alike_passes(text: str) -> None:
    assert look(text, Known, TODAY) == ()
