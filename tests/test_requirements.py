"""docs/requirements.md: every requirement has its row, and every test that a row names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| (?P<id>[KWLSV]\d+) \| (?P<asks>.+?) \| (?P<where>.+?) \|(?P<tests>.*)\|")
ROWS = [match for line in PAGE.splitlines() if (match := ROW.fullmatch(line))]
TEST = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
STAGES = set(re.findall(r"^- \*\*(.+?)\*\*:", PAGE, re.MULTILINE))

# How many each partnership's framework has, and what the main job has to show.
EVERY = {"K": 38, "W": 24, "L": 13, "S": 11, "V": 12}
MAIN_JOB = {*(f"K{number}" for number in (1, 2, 3, 4, 5, *range(8, 17))), "W2", "W3", "W20", "V8"}


@cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of the functions in a file, read and not imported."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def test_every_requirement_is_there_once() -> None:
    wanted = [f"{seed}{number}" for seed, count in EVERY.items() for number in range(1, count + 1)]
    assert len(wanted) == 98
    assert sorted(row["id"] for row in ROWS) == sorted(wanted)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS])
def test_a_row_says_where_it_is_met_and_which_test_shows_it(row: re.Match[str]) -> None:
    named = TEST.findall(row["tests"])
    assert row["tests"].strip(" ,") == ", ".join(f"`{file}::{test}`" for file, test in named)
    assert [test for file, test in named if test not in names_in(file)] == []
    later = re.search(r"next stage: ([a-z ]+)", row["where"])
    assert named or later, "nothing shows it, and it is not for later"
    assert later is None or later[1].strip() in STAGES


def test_the_main_job_is_shown_by_tests() -> None:
    shown = {row["id"] for row in ROWS if TEST.search(row["tests"]) and "next stage" not in row["where"]}
    assert MAIN_JOB - shown == set()
