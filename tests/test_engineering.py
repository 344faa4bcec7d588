"""The repository as a newcomer finds it: pinned libraries, documents, two commands that do what they say."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from lifbot.settings import Settings

ROOT = Path(__file__).parent.parent
FOLDERS = ("lifbot", "commands", "scheduler", "storage", "operations", "tests", "bench")
FIRST_PARTY = {"bot", *FOLDERS}
DOCUMENTS = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Procfile", ".env.example",
    "docs/commands.md", "docs/decisions.md", "docs/requirements.md", "docs/tour.md",
)  # fmt: skip
PIN = re.compile(r"(?P<name>[a-z0-9]+(-[a-z0-9]+)*)==(?P<version>[0-9][0-9A-Za-z.+!]*)( ; (?P<marker>[^;]+))?")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _names(requirements: list[str]) -> set[str]:
    return {_normal(re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]) for requirement in requirements}


def _project() -> dict[str, set[str]]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "run": _names(declared["project"]["dependencies"]),
        "test": _names(declared["dependency-groups"]["test"]),
        "bench": _names(declared["dependency-groups"]["bench"]),
    }


def _pins(lock: str = "requirements.lock") -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    matches = [(line, PIN.fullmatch(line)) for line in lines]
    assert [line for line, match in matches if not match] == []
    return {match["name"]: match["version"] for _, match in matches if match}


def _imported(*folders: str) -> set[str]:
    """Return the distributions behind every import of other people's modules under these folders."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (*files, *ROOT.glob("*.py"))]
    tops: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            tops |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            tops.add(node.module.partition(".")[0])
    known = packages_distributions()
    foreign = tops - sys.stdlib_module_names - FIRST_PARTY
    return {_normal(known.get(top, [top])[0]) for top in foreign}


def _settings(env_file: Path | None) -> Settings:
    given: dict[str, Any] = {"_env_file": env_file}
    return Settings(**given)


def test_the_lock_pins_every_declared_library() -> None:
    project = _project()
    assert (project["run"] | project["test"]) - _pins().keys() == set()


def test_what_the_bench_needs_is_pinned_beside_it_in_the_same_versions() -> None:
    pins, others = _pins("bench/requirements.lock"), _pins()
    assert _project()["bench"] - pins.keys() == set()
    assert [name for name in pins.keys() & others.keys() if pins[name] != others[name]] == []


def test_the_lock_holds_exact_pins_and_no_address() -> None:
    assert len(_pins()) > 40
    assert not re.search(r"://|--|@", (ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_the_program_imports_only_what_it_declares() -> None:
    assert _imported("lifbot", "commands", "scheduler", "storage", "operations") - _project()["run"] == set()


def test_the_tests_import_only_what_is_declared() -> None:
    project = _project()
    assert _imported("tests") - project["run"] - project["test"] == set()
    assert _imported("bench") - project["run"] - project["test"] - project["bench"] == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_there_and_says_something(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8")) > 60


def test_the_example_env_names_every_setting_once() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0].lower() for line in lines if line and not line.startswith("#")]
    assert sorted(names) == sorted(Settings.model_fields)


def test_the_example_env_holds_the_defaults() -> None:
    assert _settings(ROOT / ".env.example") == _settings(None)


def test_the_gate_of_continuous_integration_is_make_test() -> None:
    gate = ROOT / ".ci" / "run"
    assert os.access(gate, os.X_OK)
    assert "make test" in gate.read_text(encoding="utf-8")


@pytest.mark.parametrize(("word", "command"), [("run", "python bot.py"), ("test", "-m pytest"), ("bench", "-m bench")])
def test_make_knows_what_the_readme_promises(word: str, command: str) -> None:
    planned = subprocess.run(["make", "--dry-run", word], cwd=ROOT, capture_output=True, text=True)
    assert planned.returncode == 0, planned.stderr
    assert command in planned.stdout


def test_make_says_so_when_python_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    refused = subprocess.run(
        ["make", "--silent", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}", "install"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert refused.returncode != 0
    assert f"{old} is older than Python 3.11" in refused.stderr
