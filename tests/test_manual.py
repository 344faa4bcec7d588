"""The commands page and the help are made from the commands, and leave none out."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import COMMANDS, SECTIONS
from lifbot.grammar import Command, parse
from lifbot.manual import help_message, page
from lifbot.message import Ask
from lifbot.policy.rights import MAY

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
NAMES = [command.words for command in COMMANDS]


def chapter(words: str) -> str:
    """Return what the page says of one command."""
    return page(SECTIONS).split(f"### /lif {words}\n")[1].split("\n## ")[0].split("\n### ")[0]


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(SECTIONS), "type make docs"


@pytest.mark.parametrize("words", NAMES)
def test_every_command_has_one_heading(words: str) -> None:
    assert page(SECTIONS).split("\n").count(f"### /lif {words}") == 1


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_a_commands_examples_can_be_typed(command: Command) -> None:
    assert command.examples
    for example in command.examples:
        typed = example.removeprefix(f"/lif {command.words}")
        assert typed != example
        parse(command, typed)


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_a_commands_right_is_in_the_table_of_rights(command: Command) -> None:
    assert command.may in MAY


def test_a_chapter_tells_how_to_type_it_what_is_needed_and_who_may() -> None:
    told = chapter("action extend")
    assert "    /lif action extend REF <by when> because:…" in told
    assert "| `REF` | Reference | yes |" in told
    assert "| the words, `due:`, `by:` | By when." in told
    assert "| `because …`, `because:` | Reason." in told
    assert "Who may: the owner, the group's chair, its deputy, the business unit or the partnership chair." in told
    assert "    /lif action extend SE-2026-014 30 June because the policy is out for consultation" in told


def test_choices_are_named() -> None:
    assert "`child` (children), `adult` (adults), `joint` (both)" in chapter("action add")


def test_the_page_ends_with_what_can_be_replied() -> None:
    assert "| `cannot because … instead …` | It cannot be completed; what was done instead. |" in page(SECTIONS)


def test_a_row_of_the_page_has_as_many_cells_as_its_table() -> None:
    tables = [block for block in page(SECTIONS).split("\n\n") if block.startswith("| ")]
    for table in tables:
        assert len({line.replace("\\|", "").count("|") for line in table.strip().split("\n")}) == 1, table


@pytest.mark.parametrize("words", NAMES)
def test_help_for_a_command_shows_its_usage(words: str) -> None:
    command = next(each for each in COMMANDS if each.words == words)
    assert command.usage in help_message(SECTIONS, f"/lif {words}").plain()


def _in_full(part: str) -> set[str]:
    """Return the commands that "source add, list" names."""
    first, _, rest = part.partition(" ")
    return {f"{first} {each}" for each in rest.split(", ")} if rest else {first}


def test_help_names_every_command_that_is_meant_to_be_found() -> None:
    told = help_message(SECTIONS, "").plain()
    named = {
        name for line in told.split("\n") for part in line.partition(": ")[2].split(" · ") for name in _in_full(part)
    }
    assert {command.words for command in COMMANDS if command.in_help} <= named
    assert not {command.words for command in COMMANDS if not command.in_help} & named
    assert len(told) < 3000, "it is an overview and no manual"


def test_each_button_of_the_overview_leads_to_its_section() -> None:
    shown = help_message(SECTIONS, "")
    (row,) = (block for block in shown.blocks if isinstance(block, Ask))
    for (title, commands), button in zip(SECTIONS, row.buttons, strict=True):
        told = help_message(SECTIONS, button.command.removeprefix("help ")).plain()
        assert told.startswith(title)
        assert all(f"/lif {each.words}: {each.summary}" in told for each in commands if each.in_help)


def test_help_for_nothing_known_shows_everything() -> None:
    assert help_message(SECTIONS, "soup").plain() == help_message(SECTIONS, "").plain()
