"""What README and docs/operating.md promise is there: commands, settings, rules, paths, metrics, links."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from bot import parser
from commands.dispatch import OUTSIDER
from lifbot.partnership_file import read
from lifbot.policy.rules import Rules
from lifbot.settings import Settings
from operations import web
from storage.db import Database
from storage.migrate import migrate

ROOT = Path(__file__).parent.parent
NAMES = ("README.md", "docs/operating.md", "docs/connecting-teams.md", "CHANGELOG.md")
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
README, OPERATING = PAGES["README.md"], PAGES["docs/operating.md"]
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(#[^)]*)?\)")
SLACKS_OWN = ("dispatch_failed", "operation_timeout")
TYPED = sorted(
    {match for page in PAGES.values() for match in re.findall(r"python bot\.py((?: [^`\n|>]+)?)[`\n>]", page)}
)


@pytest.mark.parametrize("arguments", TYPED)
def test_every_command_line_can_be_typed(arguments: str) -> None:
    assert parser().parse_args(shlex.split(arguments)).run


def test_every_command_and_setting_is_in_the_readme() -> None:
    assert [
        name
        for name in re.findall(r"^    (\w+) ", parser().format_help(), re.MULTILINE)
        if f"bot.py {name}" not in README
    ] == []
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in README] == []


def test_what_the_readme_quotes_is_what_lifbot_says() -> None:
    assert f'| "{OUTSIDER.plain().partition(".")[0]}" |' in README
    said = " ".join(path.read_text(encoding="utf-8") for path in (*ROOT.glob("*/*.py"), ROOT / "Makefile"))
    quoted = re.findall(r'^\| "([^"|]+)" ', README, re.MULTILINE)
    assert [words for words in quoted if words not in said and words not in SLACKS_OWN] == []


def test_every_make_word_is_one() -> None:
    words = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES.values():
        assert set(re.findall(r"(?:^|`)make ([a-z]+)", page, re.MULTILINE)) <= words


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/operating.md",
        "docs/connecting-teams.md",
        "docs/tour.md",
        "docs/requirements.md",
        "CONTRIBUTING.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for to, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        found = (path.parent / to).resolve() if to else path
        assert found.exists(), to
        if anchor:
            titles = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def test_the_rules_of_the_partnership_file_are_told_with_their_defaults() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", OPERATING, re.MULTILINE))
    assert set(rows) <= {each.name for each in fields(Rules)}
    text = (ROOT / "lifbot/playground/kirklees.yaml").read_text(encoding="utf-8")
    written = ", ".join(f"{name}: {value}" for name, value in rows.items())
    told = read(f"{text}rules: {{{written}}}\n")
    assert Rules.parse(told.plain()["partnership"]["kirklees"]["rules"]) == Rules()
    assert {each.name for each in fields(Rules)} - set(rows) == {"fallback_grace_days"}  # no file can set it


def test_the_metrics_are_those_that_are_measured(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'lifbot.db'}")
    migrate(db)
    measured = set(re.findall(r"^# TYPE (\w+)", web.measured(db).decode(), re.MULTILINE))
    db.close()
    assert measured == set(re.findall(r"^\| `(lifbot_\w+)", OPERATING, re.MULTILINE))
